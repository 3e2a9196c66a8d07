/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/program.h — What this run of motcua was told and found: paths, settings,
 * which database.  Shared by the counter and by the one-shot commands; the
 * counter finds it at desk->program. */
#pragma once
#include <stdbool.h>
#include "core/base/arena.h"
#include "core/base/config.h"
#include "core/base/error.h"
#include "core/base/loop.h"
#include "core/base/path.h"
#include "core/store/cluster.h"

struct printer;
struct duty;
struct sitting;

/* Exit statuses, documented in motcua(1): scripts tell them apart. */
enum {
	EXIT_NO = 1,       /* the answer is no: not found, not genuine        */
	EXIT_INPUT = 2,    /* the input was refused; the sentence says why    */
	EXIT_DENIED = 3,   /* not this clerk's to do                          */
	EXIT_OFFLINE = 4,  /* database or network away; try again later       */
	EXIT_DEVICE = 5,   /* printer, scanner or disk needs hands            */
	EXIT_USAGE = 64,   /* the command line was wrong                      */
	EXIT_BUG = 70,     /* ours; see the log                               */
};
int exit_status(const struct error *);

/* Options that stand before the command. */
struct options {
	bool practice;        /* --practice: the practice world comes with it    */
	const char *lang;     /* --lang en                                       */
	const char *config;   /* --config FILE                                   */
	const char *counter;  /* --counter Q3                                    */
	const char *login;    /* --user; one-shot commands log in as this clerk  */
};

struct program {
	struct options options;
	struct arena arena;
	struct paths paths;
	struct config config;
	struct loop loop;
	bool embedded;           /* our own PostgreSQL; else server says where   */
	struct cluster cluster;  /* when embedded                                */
	const char *server;      /* libpq's words, without user                  */
	struct printer *printers;/* of motcua.ini and printers.ini; NULL: none   */
	struct duty *duty;     /* who works here; NULL before log-in           */
	const struct sitting *sitting; /* tui/sit.h; NULL: the counter          */
	const char *refused;   /* why the sitting was not for who logged in; NULL */
};

/* Finds paths, reads the configuration, opens the log. */
bool program_open(struct program *, const struct options *, struct error *);
void program_close(struct program *);

/* Reads the printers of motcua.ini and of this machine's printers.ini
 * (printers/printer_file.h) anew.  What was read before stays alive, jobs use it;
 * when it fails, the printers are as they were. */
bool program_printers(struct program *, struct error *);
/* printers.ini alone, as it is now; the caller frees it. */
bool program_own_printers(struct program *, struct config *own, struct error *);
/* Its whole new text, then the printers anew. */
bool program_write_printers(struct program *, const char *text, struct error *);

/* The counter this machine is, as chosen last; "" when never. */
const char *program_counter(struct program *, struct arena *);
/* Remembers it; failing to is no harm. */
void program_remember_counter(struct program *, const char *code);
