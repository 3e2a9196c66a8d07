/* SPDX-License-Identifier: Apache-2.0
 *
 * core/practice/dialect.h — The room's own: what the smaller dialects share:
 * tokens, complaints that glue all wrong fields into one sentence, moments in
 * whatever pattern ("dd/MM/yyyy HH:mm:ss"). */
#pragma once
#include "core/practice/door.h"

/* The path's tenant, or the system such a door usually is. */
struct world_system *dialect_system(const struct practice_ask *, const char *usual);
/* Is the bearer token good?  Else *told is 401, as gateways say it. */
bool dialect_bearer(const struct practice_ask *, struct world_system *, struct practice_told *);
/* The member's text, "" when there is none; numbers are written out. */
const char *dialect_word(const json_t *, const char *name, char *out, size_t room);
/* By our code or by theirs; borrowed, NULL: none.  code: ours. */
json_t *dialect_kept(const struct world_system *, const char *any, const char **code);
/* A step of world_report, a new reference. */
json_t *dialect_step(const char *code, const char *who, const char *when, const char *text,
                     int status);
int dialect_status(const json_t *kept);
/* May so many be asked about at once?  Ten; what was the most of it is kept in the
 * system's "extra" as asked_at_once. */
bool dialect_few(struct world_system *, const json_t *codes);

struct complaint {
	char text[900];
	const char *join; /* between two */
};
void complain_of(struct complaint *, const char *name, const char *what);
/* Each says whether the member is as it must be. */
bool must_fill(struct complaint *, const json_t *, const char *name);
bool must_be(struct complaint *, const json_t *, const char *name, const char *choices);
bool must_when(struct complaint *, const json_t *, const char *name, const char *pattern,
               char wire[16]);
bool must_list(struct complaint *, const json_t *, const char *name);
/* base64 that is whole, and no HTML in disguise; its size, -1: none. */
long must_base64(struct complaint *, const json_t *, const char *name);

/* yyyyMMddHHmmss to the pattern and back; false when it does not fit. */
bool moment_from(const char *text, const char *pattern, char wire[16]);
const char *moment_to(const char *wire, const char *pattern, char *out, size_t room);

extern const struct practice_door door_token, door_ho_tich, door_lien_thong, door_dat_dai, door_emc,
	door_van_ban, door_btxh, door_lltp, door_chung, door_nhan_tin;
