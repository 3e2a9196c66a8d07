/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/command/command.h — One-shot work without a screen: one file each.  Every
 * command prints people's words, or one JSON object with --json, on stdout;
 * the sentence of a failure and its cause on stderr; and ends with the statuses
 * of tui/program.h. */
#pragma once
#include <stdio.h>
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

/* The sentence, then the cause, on stderr; returns exit_status(err). */
int command_failed(const struct error *);
/* "motcua NAME USAGE" and the sentence, on the stream. */
void command_usage(const struct command *, FILE *);
/* Usage on stderr, EXIT_USAGE. */
int command_misused(const char *name);
