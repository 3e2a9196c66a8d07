/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/accounts_private.h — What the files of the accounts screen share. */
#pragma once
#include "core/dossier/catalogue.h"
#include "core/store/accounts.h"
#include "tui/accounts_screen.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/fresh.h"

struct accounts {
	struct screen *screen;
	struct fresh fresh;
	const struct account_row *rows;    /* clerks × systems                        */
	int clerks, systems;
	int *order;                        /* column → system: the needed ones first  */
	int needed;                        /* how many of them are needed             */
	int gaps;                          /* needed accounts known not to work       */
	int unknown;                       /* needed accounts nobody knows of         */
	int at, column;                    /* the cell under the cursor               */
	int first, first_column;           /* what was drawn last …                   */
	int page, page_columns;            /* … and how much of it                    */
	int top, left;                     /* … where: for clicks                     */
	struct arena scratch;              /* texts of the last paint                 */
	struct accounts_ask ask;
	bool acting;
	struct listener listener;          /* the catalogue arranges the columns anew */
	/* Under way: */
	struct account_act act;
	struct accounts_ask history, list;
	struct arena told;                 /* of history and list                     */
	const char *asked_login, *asked_system; /* whose history                      */
	const char *path;
};

/* The cell under the cursor, NULL when there is none yet. */
const struct account_row *accounts_here(const struct accounts *);
const struct account_row *accounts_at(const struct accounts *, int clerk, int column);
/* What the system works here, NULL: nothing, it is only told. */
const struct right_work *accounts_work(const struct accounts *, const char *system);
/* Some of the needed procedures lie outside a limited right. */
bool accounts_partial(const struct accounts *, const struct account_row *);

/* accounts_draw.c */
void accounts_draw(const struct screen *, struct canvas *);
/* "hệ thống báo 22/11/2026 07:02", "Phạm Thu Huệ ghi 21/11/2026 09:10", "chưa kiểm tra". */
const char *accounts_source(struct arena *, const struct account_row *);

/* accounts_acts.c */
void accounts_read_one(struct accounts *);
void accounts_check_now(struct screen *);
void accounts_export(struct screen *);

/* What the two forms are opened with; the strings are copied. */
struct account_edit_plan {
	const struct account_row *row;
};
struct officer_edit_plan {
	const char *login, *full_name;
};
