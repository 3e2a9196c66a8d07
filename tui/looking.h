/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/looking.h — A look-up under way while the clerk goes on typing: asked, the
 * one-time code if they want one, the answer beside what was typed.  No screen in
 * it: its owner draws what looking_say tells and decides what to take over. */
#pragma once
#include "core/base/loop.h"
#include "core/store/lookups.h"
#include "tui/duty.h"
#include "tui/theme.h"

struct looking {
	/* Set by the owner: */
	struct screen *screen;
	void (*changed)(struct looking *); /* something new to draw */
	/* Read by the owner: */
	char what[12];              /* "citizen" …; "" nothing was asked           */
	char number[24];            /* of whom                                     */
	int64_t question;
	bool sent;                  /* on its way to our database                  */
	enum lookup_answer answer;
	const char *system, *note;
	moment_t at;
	const struct lookup_item *items;
	int count;
	/* looking.c's own: */
	struct arena memory, coming;
	struct lookup_ask start, read;
	struct listener listener;
	struct timer again;
	bool reading;
	char name[256], purpose[300];
	day_t birth;
	char failed[320];
};
void looking_open(struct looking *, struct screen *, void (*changed)(struct looking *));
void looking_close(struct looking *);
/* What a database of a rule ("CSDL quốc gia về dân cư") is asked as; NULL: none we ask. */
const char *looking_kind(const char *database);
/* "Dân cư", "Đăng ký kinh doanh", "Bảo hiểm". */
const char *looking_name(const char *what);
/* Asks; strings are copied. */
void looking_ask(struct looking *, const struct lookup_wish *);
/* The same question once more, with the code that came. */
void looking_code(struct looking *, const char *code);
/* Sent, or waiting for them. */
bool looking_waits(const struct looking *);
/* One short piece for a corner of the screen, "" when there is nothing. */
const char *looking_say(const struct looking *, struct arena *, enum role *role);
