/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/command/clerk.h — A clerk at work from the command line: the session, the
 * catalogue and the machine's key, each asked for and waited for. */
#pragma once
#include "core/base/scope.h"
#include "core/store/keys.h"
#include "core/store/session.h"
#include "tui/command/command.h"

struct catalogue;

struct clerk {
	struct program *program;
	struct session *session;
	struct store *store;
	const struct session_facts *facts;
	struct scope scope;
	struct arena arena;          /* everything read for this command         */
	struct catalogue *catalogue; /* after clerk_catalogue                    */
	struct seal_key key;         /* after clerk_key                          */
	int64_t key_id;
	struct key_list known;
};

/* Logs in as --user, as the program's --user, or in practice as its first clerk;
 * the password is that of --password-file, of MOTCUA_PASSWORD, or the one that
 * everybody knows in practice.  at_counter: works at a counter (receives, prints).
 * Brings up the embedded database when it does not run.  The clerk must be ended
 * in every case. */
bool clerk_begin(struct clerk *, struct program *, const struct call *, bool at_counter,
                 struct error *);
void clerk_end(struct clerk *);
/* The password as above, for whoever logs in; wipe it after use. */
bool clerk_password(const struct program *, const struct call *, char *out, size_t room, struct error *);

bool clerk_catalogue(struct clerk *, struct error *);
/* Opens this machine's key, registers it, keeps every counter's for verify. */
bool clerk_key(struct clerk *, struct error *);
/* Where the keys of all counters are kept for use without a network. */
const char *clerk_keys_file(struct program *, struct arena *);

/* Turns the loop until *done. */
void clerk_wait(struct clerk *, const bool *done);
