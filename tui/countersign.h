/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/countersign.h — A second person's word at this counter: somebody logs in for one act alone, which the database takes in
 * that person's own name; the clerk stays at work.  For what a supervisor must allow and for who takes dossiers over. */
#pragma once
#include "tui/screen.h"

struct store;

struct countersign {
	const char *title;      /* "NGƯỜI PHỤ TRÁCH DUYỆT"                                       */
	const char *question;   /* what is agreed to; may wrap                                    */
	const char *who;        /* told when a field is empty: who types, and what                */
	const char *login;      /* filled in already; NULL: nothing                               */
	struct screen *asker;
	/* Asks the database by that person's connection, with the dialog's scope; ends with countersign_done
	 * (asked for a second time after a refusal, with the new log-in). */
	void (*act)(struct screen *dialog, struct store *, void *data);
	/* It was done: the dialog is gone. */
	void (*then)(struct screen *asker, void *data);
	void *data;
};
/* Its argument is a const struct countersign *; the texts are copied. */
extern const struct screen_kind countersign_screen;
/* What became of the act: NULL, it is done; else it is told and the person may try again. */
void countersign_done(struct screen *dialog, const struct error *err);
