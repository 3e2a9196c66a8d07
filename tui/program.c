/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/program.h"

#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/store/session.h"
#include "printers/printer.h"

int exit_status(const struct error *err)
{
	switch (err->fault) {
	case FAULT_NONE: return 0;
	case FAULT_INPUT:
	case FAULT_CONFLICT: return EXIT_INPUT;
	case FAULT_DENIED: return EXIT_DENIED;
	case FAULT_OFFLINE: return EXIT_OFFLINE;
	case FAULT_DEVICE: return EXIT_DEVICE;
	case FAULT_BUG: return EXIT_BUG;
	}
	return EXIT_BUG;
}

/* A province's or a LAN server is named in [database] server; without it the
 * counter keeps its own. */
static bool find_server(struct program *program, struct error *err)
{
	program->server = config_text(&program->config, "database", "server", NULL);
	program->embedded = !program->server;
	if (!program->embedded)
		return true;
	if (!cluster_find(&program->cluster, &program->paths, &program->arena, err))
		return false;
	program->server = program->cluster.server;
	return true;
}

bool program_open(struct program *program, const struct options *options, struct error *err)
{
	*program = (struct program){ .options = *options };
	loop_init(&program->loop);
	if (!paths_find(&program->paths, &program->arena, err))
		return false;
	const char *config = options->config ? options->config : program->paths.config;
	if (!config_read(&program->config, config, !options->config, err))
		return false;
	const char *log = path_join(&program->arena, program->paths.data, "motcua.log");
	if (!log_open("motcua", log, err))
		return false;
	return find_server(program, err) && program_printers(program, err);
}

/* ---- printers ---- */

static const char *printers_file(struct program *program, struct arena *arena)
{
	return path_join(arena, program->paths.data, "printers.ini");
}

bool program_own_printers(struct program *program, struct config *own, struct error *err)
{
	return config_read(own, printers_file(program, &own->arena), true, err);
}

bool program_printers(struct program *program, struct error *err)
{
	struct config all = { 0 };
	struct printer *printers;
	bool ok = program_own_printers(program, &all, err);
	/* Entries stand last first: what motcua.ini says comes after. */
	struct config_entry **end = &all.entries;
	while (*end)
		end = &(*end)->next;
	*end = program->config.entries;
	ok = ok && printers_read(&all, &program->arena, program->paths.libexec, &printers, err);
	if (ok)
		program->printers = printers;
	config_free(&all);
	return ok;
}

bool program_write_printers(struct program *program, const char *text, struct error *err)
{
	struct arena arena = { 0 };
	bool ok = path_write(printers_file(program, &arena), text, strlen(text), 0600, err);
	arena_free(&arena);
	return ok && program_printers(program, err);
}

void program_close(struct program *program)
{
	config_free(&program->config);
	arena_free(&program->arena);
	log_close();
}

static const char *counter_file(struct program *program, struct arena *arena)
{
	return path_join(arena, program->paths.data, "counter");
}

const char *program_counter(struct program *program, struct arena *arena)
{
	if (program->options.counter)
		return program->options.counter;
	const char *set = config_text(&program->config, "counter", "code", NULL);
	char *text;
	if (set)
		return set;
	if (!path_read(arena, counter_file(program, arena), &text, NULL, NULL))
		return "";
	text[strcspn(text, "\n")] = '\0';
	return strlen(text) <= 16 ? text : "";
}

void program_remember_counter(struct program *program, const char *code)
{
	struct arena arena = { 0 };
	struct error err = { 0 };
	const char *line = arena_format(&arena, "%s\n", code);
	if (!path_write(counter_file(program, &arena), line, strlen(line), 0600, &err))
		log_error("remembering the counter", &err);
	arena_free(&arena);
}
