/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/command/command.h"

#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"

const struct command commands[] = {
#define X(word, arguments, sentence) \
	{ .name = #word, .usage = arguments, .help = sentence, .run = command_##word },
	COMMANDS(X)
#undef X
	{ 0 },
};

const struct command *command_find(const char *name)
{
	for (const struct command *at = commands; at->name; at++)
		if (strcmp(at->name, name) == 0)
			return at;
	return NULL;
}

int command_failed(const struct error *err)
{
	fprintf(stderr, "%s\n", err->say);
	if (err->log[0])
		fprintf(stderr, "%s\n", err->log);
	log_error("command", err);
	return exit_status(err);
}

void command_usage(const struct command *command, FILE *out)
{
	fprintf(out, "motcua %s %s\n    %s\n", command->name, command->usage, _(command->help));
}

int command_misused(const char *name)
{
	command_usage(command_find(name), stderr);
	return EXIT_USAGE;
}
