/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/command/command.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/base/date.h"
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

void command_json(json_t *value)
{
	json_dumpf(value, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(value);
}

json_t *command_moment(moment_t moment)
{
	char text[40];
	if (moment == MOMENT_NONE)
		return json_null();
	return json_string(moment_write_iso(moment, text, sizeof text));
}

bool command_take(struct arena *arena, const char *path, size_t most, char **out, size_t *size,
                  struct error *err)
{
	struct bytes all = { .limit = most };
	char piece[16384];
	bool piped = strcmp(path, "-") == 0;
	int fd = piped ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = -1;
	while (fd >= 0 && !all.failed && (n = read(fd, piece, sizeof piece)) > 0)
		bytes_add(&all, piece, (size_t)n);
	bool good = n == 0 && !all.failed;
	if (all.failed) {
		fail(err, FAULT_INPUT, _("Tệp %s quá lớn."), path);
	} else if (!good) {
		fail(err, FAULT_INPUT, _("Không đọc được tệp %s."), path);
		because(err, "%s: %s", path, strerror(errno));
	} else {
		*out = arena_copy(arena, bytes_string(&all), all.size);
		*size = all.size;
	}
	if (fd >= 0 && !piped)
		close(fd);
	bytes_free(&all);
	return good;
}
