/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/right.h — What a clerk may do on a system outside, and which of
 * them a counter's work needs.  Pure. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "core/base/arena.h"
#include "core/base/date.h"

/*      name      stored as  mark   the clerk reads  */
#define RIGHTS(X)                                      \
	X(UNKNOWN, "",        "?",  N_("chưa rõ"))      \
	X(GRANTED, "granted", "■",  N_("đã cấp"))       \
	X(ERROR,   "error",   "!",  N_("lỗi"))          \
	X(MISSING, "missing", "□",  N_("chưa có"))      \
	X(ASKED,   "asked",   "→",  N_("đã xin"))

enum right {
#define X(name, stored, mark, label) RIGHT_##name,
	RIGHTS(X)
#undef X
	RIGHT_COUNT
};
enum right right_read(const char *stored); /* UNKNOWN for others */
const char *right_stored(enum right);
const char *right_mark(enum right);
const char *right_name(enum right);

struct catalogue;
struct procedure;
struct system;

/* Is it known that this right does not reach the procedure?  fields and
 * procedures are what it is limited to, separated by "; ", both empty: not
 * limited.  A right nobody knows of lacks nothing. */
bool right_lacks(enum right, const char *fields, const char *procedures, const struct procedure *);

/* The procedures received here whose dossiers a system works, by today's routes. */
struct right_work {
	const struct system *system;
	const struct procedure **procedures;
	size_t count;
};
/* In the order of the catalogue's systems; those that work none are left out. */
size_t right_works(struct arena *, const struct catalogue *, const char *level, day_t,
                   struct right_work **out);

/* "Bộ Tư pháp" for "Hệ thống tập trung của Bộ Tư pháp": where the room is short.
 * Borrowed from name. */
const char *system_brief(const char *name);
/* A heading of few columns: "KHCN", "NV" (nội vụ), "TINH"; at most 4. */
const char *system_short(struct arena *, const char *code);
