/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/form.h — Labelled inputs in the order the hand fills them.  Tab, Enter and
 * Down go on; Shift-Tab and Up go back; the form scrolls when it is long.  The
 * items and what they point to belong to the screen. */
#pragma once
#include <stdbool.h>
#include "tui/area.h"
#include "tui/canvas.h"
#include "tui/event.h"
#include "tui/field.h"

/* One of a few, shown in a row: "(●) tiền mặt  ( ) chuyển khoản".  Left, Right and
 * Space move; the first letter of a choice picks it. */
struct choice {
	const char *const *names; /* N_("…"), NULL-terminated */
	int at;
	bool changed;
};
bool choice_handle(struct choice *, const struct event *);
void choice_draw(const struct choice *, struct canvas *, int row, int col, int width,
                 bool focused);

/* Yes or no: "■ đã xem bản chính".  Space turns it. */
struct check {
	const char *name; /* N_("…") */
	bool on, changed;
};
bool check_handle(struct check *, const struct event *);
void check_draw(const struct check *, struct canvas *, int row, int col, int width, bool focused);

enum form_kind { FORM_FIELD, FORM_AREA, FORM_CHOICE, FORM_CHECK, FORM_HEAD };
struct form_item {
	const char *label;   /* N_("…"); FORM_HEAD: a heading, no input */
	enum form_kind kind;
	union {
		struct field *field;
		struct area *area;
		struct choice *choice;
		struct check *check;
	};
	int rows;            /* FORM_AREA: 0 is 3                       */
	const char *hint;    /* N_("…") shown dim while it has the focus and there is room */
	bool hidden;         /* skipped and not drawn                   */
	bool required;       /* "*" beside the label                    */
};
struct form {
	struct form_item *items;
	int count;
	int focus;           /* index of the item that types            */
	int labels;          /* columns for labels; 0: 22               */
	int first;           /* form.c's own: rows scrolled away        */
	bool idle;           /* nobody has the focus (another pane has) */
};

/* Focus on the first item that can take it. */
void form_start(struct form *);
/* true: taken.  Enter, Tab or Down on the last and Shift-Tab or Up on the first
 * item are not taken: the screen decides where to go. */
bool form_handle(struct form *, const struct event *);
void form_draw(struct form *, struct canvas *);
bool form_focus(struct form *, const void *widget); /* by what the item points to */
bool form_changed(const struct form *);             /* any widget                 */
bool form_step(struct form *, int by);              /* +1 or -1; false at the end */
