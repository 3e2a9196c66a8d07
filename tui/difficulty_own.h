/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/difficulty_own.h — The slip being written; between difficulty.c and
 * difficulty_keep.c only. */
#pragma once
#include "core/base/keep.h"
#include "core/store/difficulty.h"
#include "core/store/seal.h"
#include "tui/duty.h"
#include "tui/form.h"
#include "tui/screen.h"

enum { SLIP_ITEMS = 5 };

struct slip {
	struct screen *screen;
	char request_id[37];
	const char *system, *dossier, *at_screen; /* the screen's arena */
	int64_t dossier_id;
	struct field system_shown, procedure, dossier_shown;
	struct area error, words;
	struct form_item items[SLIP_ITEMS];
	struct form form;
	struct difficulty_ask ask;
	bool sending, finished;
	/* Draft: */
	struct timer save;
	struct keeping keeping;
	char path[512];
	bool save_again;
};

void slip_show(struct slip *);
/* Something was typed: kept within a second. */
void slip_changed(struct slip *);
bool slip_worth_keeping(const struct slip *);
void slip_keep(struct slip *);
void slip_keep_stop(struct slip *); /* on leaving, whatever took the screen away */
void slip_keep_drop(struct slip *); /* nothing may bring it back               */
bool slip_restore(struct slip *, struct error *);
/* An unfinished one of this clerk lies on this machine. */
bool slip_waits(const struct duty *);
