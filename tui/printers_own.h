/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/printers_own.h — Shared by the parts of the printers screen. */
#pragma once
#include "core/store/prints.h"
#include "printers/printer.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/print.h"
#include "tui/screen.h"

enum { PRINTERS_MOST = 20 };

/* One printer being asked how it is. */
struct printer_look {
	const struct printer *printer;
	const char *key;          /* how the database names its device */
	struct carriage trip;
	struct prints_ask said;
	struct arena memory;
	bool busy;
	bool unsaid;              /* state and say wait for what is being written down */
	char state[12], say[sizeof((struct error *)NULL)->say];
	struct printers *owner;
};

/* A printer being described, step by step. */
struct printer_draft {
	int kind;                    /* of printers_add.c's table */
	char address[220], name[140], paper[4];
	char wrong[sizeof((struct error *)NULL)->say]; /* what a dialog says of what was typed */
};

struct printers {
	struct screen *screen;
	struct list list, jobs;
	bool in_jobs;
	struct printer_look looks[PRINTERS_MOST];
	int count;
	const struct printer_word *words;
	int word_count;
	const struct print_row *rows;
	struct fresh fresh;
	struct prints_ask read, read_words, act;
	struct arena act_memory;
	int64_t chosen;              /* the job a question is about */
	struct printer_draft draft;
};

extern const struct action printers_actions[];
/* What the database knows of a printer; NULL: nobody asked it yet. */
const struct printer_word *printers_word(const struct printers *, const struct printer_look *);
const struct print_row *printers_job(const struct printers *); /* under the cursor, or NULL */
void printers_read_again(struct printers *);
/* The list anew from print_printers(); nothing is being asked. */
void printers_list(struct printers *);
/* Asks the printer under the cursor how it is. */
void printers_look(struct screen *);
/* printers_add.c: a printer more, another default, one less. */
void printers_set_up(struct screen *);
