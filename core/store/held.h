/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/held.h — Papers this unit already holds of a person: files of earlier
 * dossiers whose owner has the number, and results given.  A file may stand in another
 * dossier of the same owner by its id alone (intake_component.files); the database
 * refuses any other, keeps each use and marks it for the systems.  Each look is
 * written to the audit trail. */
#pragma once
#include "core/store/store.h"

struct held_paper {
	int64_t file_id;
	const char *name;       /* of the paper, or of the result             */
	bool result;            /* a result given, not a paper handed in      */
	const char *code;       /* of the dossier it lies in                  */
	moment_t at;            /* when it was received                       */
	const char *media_type;
	int64_t size;
};
struct held_ask {
	void (*done)(struct held_ask *, const struct held_paper *, int count, const struct error *);
	struct arena *into;     /* required */
	void *owner;
	struct ask ask;         /* held.c's own */
};
/* Those called like_name first, then the newest; at most most (1 … 100). */
void held_papers(struct store *, struct scope *, struct held_ask *, const char *id_number,
                 const char *like_name, int most);
/* The same of the owner of a dossier, but for what lies in that dossier. */
void held_papers_of(struct store *, struct scope *, struct held_ask *, int64_t dossier_id, const char *like_name,
                    int most);
