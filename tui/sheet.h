/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/sheet.h — A read-only page of headings, labelled values and lines, wrapped
 * to the width at hand and scrolled.  Texts are borrowed from its owner. */
#pragma once
#include <stdbool.h>
#include "core/base/arena.h"
#include "tui/canvas.h"
#include "tui/event.h"

struct sheet_line {
	const char *label;  /* NULL: none                                   */
	const char *text;
	enum role role;     /* of the text                                  */
	bool heading;       /* a rule with the text as title                */
	int indent;         /* columns before a line without label          */
};
struct sheet {
	struct arena *arena;       /* of the lines array and formatted texts */
	struct sheet_line *lines;
	size_t count, room;
	int labels;                /* columns for labels; 0: 14              */
	int first;                 /* sheet.c's own: rows scrolled away      */
	bool at_end;               /* End was pressed: stays there, whatever comes later */
	int rows, page;            /* as drawn last                          */
};

/* Empties it; the scroll stays, so that a refreshed page does not jump. */
void sheet_start(struct sheet *, struct arena *);
void sheet_heading(struct sheet *, const char *title);
void sheet_value(struct sheet *, const char *label, enum role, const char *text);
void sheet_line(struct sheet *, int indent, enum role, const char *text);
void sheet_format(struct sheet *, int indent, enum role, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
bool sheet_handle(struct sheet *, const struct event *);
void sheet_draw(struct sheet *, struct canvas *, bool focused);
