/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/filing_read.h — A dossier that a citizen filed online, as a portal or a system
 * tells it, in the neutral members of wire.filing_told (schema 0431).  Foreign text: every
 * text is mended and cut, lists have an end, what is none of its kind is left out. */
#pragma once
#include <jansson.h>
#include "core/courier/profile.h"

/* Where things stand: paths of codec.h; NULL: it does not tell that. */
struct filing_shape {
	const char *code, *status, *agency, *filed_at, *or_filed_at, *steps;
	const char *procedure, *procedure_name, *in_case, *summary, *result_by, *return_to, *note, *form;
	const char *verified, *paid, *id;
	const char *owner_kind, *owner_kind_map;
	struct filing_party_shape {
		const char *name, *number, *birth, *sex, *phone, *email, *address;
	} owner, submitter;
	const char *files, *inner;         /* inner: each of them holds a list of files       */
	const char *component, *file_key, *file_name, *link, *content, *type, *size, *sha256, *deleted;
};
/* The vocabulary of the national portal (DongBoHoSoMC), and that of the ministries' platform. */
extern const struct filing_shape filing_portal, filing_platform;

struct filing_reader {
	const struct profile *profile;
	const struct filing_shape *shape;
	/* What this system calls a member; NULL: as the shape says. */
	const char *(*names)(const struct profile *, const char *);
};
/* One filing; a new reference.  found: false when item is none. */
json_t *filing_of(const struct filing_reader *, const json_t *item);
/* A page of a list: [{code, agency, status, at}], lines without a code left out; NULL: it is no
 * list.  more: as long as a page can be ("filings": {"size"} of the profile). */
json_t *filing_lines(const struct filing_reader *, const json_t *items, bool *more);
/* How many lines a page is asked for. */
long filing_page(const struct profile *);
/* Bytes of a reply with files inside. */
#define FILING_REPLY ((size_t)32 << 20)
