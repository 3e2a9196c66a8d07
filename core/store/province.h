/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/province.h — What a login of the province may see: the figures of its
 * units, and the dossiers behind them by code.  No person, and nothing to change. */
#pragma once
#include "core/store/store.h"

struct province_unit {
	const char *code, *name;
	int received_today, in_hand, due_today, late, finished_today, to_hand_over, refused, problems;
};
struct province_ask {
	/* The latest first. */
	void (*done)(struct province_ask *, const struct province_unit *, int count, const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;     /* province.c's own, here and below */
};
void province_read(struct store *, struct scope *, struct province_ask *);

struct province_holder {
	const char *who, *whose; /* as in core/store/board.h; whose is a name already */
	int late, due, days;
};
struct province_holders_ask {
	void (*done)(struct province_holders_ask *, const struct province_holder *, int count, const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;
};
void province_holders(struct store *, struct scope *, struct province_holders_ask *, const char *unit_code);

struct province_row {
	const char *code, *procedure_code, *procedure_name;
	moment_t received_at, due_at, finished_at; /* or MOMENT_NONE */
	int status;
};
struct province_list_ask {
	void (*done)(struct province_list_ask *, const struct province_row *, int count, const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;
};
/* kind: a figure of struct province_unit.  Each look is written down for the unit. */
/* Biểu 06 of a unit as the unit counts it, a line a field; both days counted.  The look is written down, too. */
struct province_form06 {
	const char *field;
	int total, online, direct, carried, done, early, on_time, late, open, within, overdue;
};
struct province_form06_ask {
	void (*done)(struct province_form06_ask *, const struct province_form06 *, int count, const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;
};
void province_form06_read(struct store *, struct scope *, struct province_form06_ask *, const char *unit_code, day_t from, day_t to);

/* What the province looked at in this unit, the newest first; for its supervisors. */
struct province_look {
	moment_t at;
	const char *login, *kind; /* a figure of struct province_unit */
};
struct province_looks_ask {
	void (*done)(struct province_looks_ask *, const struct province_look *, int count, const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;
};
void province_looks(struct store *, struct scope *, struct province_looks_ask *, int most);

void province_list(struct store *, struct scope *, struct province_list_ask *, const char *unit_code, const char *kind, int most);
