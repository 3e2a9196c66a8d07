/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/command/command.h — One-shot work without a screen: one file each.  Every
 * command prints people's words, or one JSON value with --json, on stdout;
 * the sentence of a failure and its cause on stderr; and ends with the statuses
 * of tui/program.h. */
#pragma once
#include <stdbool.h>
#include <stdio.h>
#include <jansson.h>
#include "core/base/date.h"
#include "tui/command/list.h"
#include "tui/program.h"

struct command {
	const char *name;
	const char *usage; /* after the name: "[--json] TEXT" */
	const char *help;  /* N_("…"): one sentence           */
	int (*run)(struct program *, int argc, char **argv); /* argv[0] is the name */
};

#define X(word, arguments, sentence) int command_##word(struct program *, int, char **);
COMMANDS(X)
#undef X

extern const struct command commands[]; /* ends with { 0 } */
const struct command *command_find(const char *name);

/* What stood after the command's name. */
struct call {
	bool json, dry;
	bool original;                              /* print: as it was given     */
	bool as_is;                                 /* doctor: starts nothing     */
	const char *user, *password_file, *counter; /* NULL: not given            */
	const char *save, *out, *printer, *form, *by;
	const char *check, *preview, *fields;       /* print                      */
	bool list, test;                            /* print, sign                */
	bool province;                              /* board                      */
	const char *key, *pin_file;                 /* sign                       */
	int most, keep;                             /* 0: not given               */
	bool verify;                                /* backup                     */
	day_t from, to;                             /* DAY_NONE: not given        */
	const char *period, *field, *personal;      /* report: a word, lĩnh vực, the reason */
	bool deciding;                              /* report                     */
	char **words;                               /* the arguments, in order    */
	int count;
};
/* Reads options of this command (those its usage names, and --user, --password-file,
 * --counter where it works as a clerk) and least … most arguments (most 0: any
 * number, -1: none).  False: told on stderr, the command ends with EXIT_USAGE. */
bool command_read(struct call *, int argc, char **argv, int least, int most);
/* --help stands among the arguments. */
bool command_asks_help(int argc, char **argv);

/* The sentence, then the cause, on stderr; returns exit_status(err). */
int command_failed(const struct error *);
/* "motcua NAME USAGE" and the sentence, on the stream. */
void command_usage(const struct command *, FILE *);
/* The same, with the options and the exit statuses. */
void command_help(const struct command *, FILE *);
/* Usage on stderr, EXIT_USAGE. */
int command_misused(const char *name);

/* One JSON value and a line end on stdout; takes the reference. */
void command_json(json_t *);
/* A moment as ISO text, JSON null for MOMENT_NONE. */
json_t *command_moment(int64_t moment);
/* A whole file, or standard input for "-", at most so many bytes. */
bool command_take(struct arena *, const char *path, size_t most, char **out, size_t *size,
                  struct error *);
