/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/catalogue_private.h — What the files of the catalogue screen share. */
#pragma once
#include "core/dossier/catalogue.h"
#include "core/store/admin.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/field.h"
#include "tui/list.h"
#include "tui/program.h"

enum { MOST = 800 };
enum confirm_what { CONFIRM_LIMIT, CONFIRM_FEE, CONFIRM_PAPER };

struct figures {
	struct field query;
	struct list list;
	const struct procedure *rows[MOST];
	bool on_list, sending;
	enum channel channel;      /* which one is shown and confirmed */
	enum confirm_what what;    /* being confirmed                  */
	struct arena scratch;
	struct admin_ask ask;
	struct admin_confirm confirm;
	struct listener listener;
	struct screen *screen;
};

/* The procedure under the cursor, or NULL. */
const struct procedure *catalogue_here(const struct figures *);

/* catalogue_confirm.c: what a supervisor answers for, with basis and day. */
void catalogue_confirm_limit(struct screen *);
void catalogue_confirm_fee(struct screen *);
void catalogue_confirm_paper(struct screen *);
