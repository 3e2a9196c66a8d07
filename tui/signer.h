/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/signer.h — The clerk's token at this counter, where motcua.ini says that signing is
 * used ([sign] module): looked at without a PIN at log-in and before each dossier, so that
 * a missing or expired certificate is told before the citizen has gone. */
#pragma once
#include "core/sign/sign.h"

struct duty;
struct screen;
struct signer;

bool signer_used(const struct duty *);
/* Looks for the first time; after the duty's scope has ended it is ended.  NULL-safe. */
struct signer *signer_begin(struct duty *);
struct signer *signer_end(struct signer *);
/* Looks again, unless it is looking; listeners hear "signer". */
void signer_look(struct duty *);
/* What stands in the way of signing, or should be known (it expires soon); NULL: nothing.
 * Lives until the next look. */
const char *signer_alarm(const struct duty *);
/* The certificate that would be used, NULL: none. */
const struct sign_cert *signer_cert(const struct duty *);

/* ---- a batch, with one PIN ---- */

/* Embedded in its owner, zeroed at first, kept until done. */
struct signing {
	/* Once: files tell what became of each.  err: why it ended; given_up: the clerk said no. */
	void (*done)(struct signing *, const struct error *err);
	void *owner;
	bool given_up;
	struct sign_job job;     /* in done: name, print, to, signed_count */
	/* signer.c's own: */
	struct screen *screen;
	struct sign_look look;
	struct sign_file *files;
	int count;
	char key[17];
	bool pad;                /* the PIN is typed on the device */
	int choices[SIGN_CERTS];
};
/* Looks at the token, asks which certificate when several would do, asks for the PIN, signs;
 * files are the owner's. */
void signing_start(struct screen *, struct signing *, struct sign_file *files, int count);
void signing_clear(struct signing *);
