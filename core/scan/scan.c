/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/scan.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/scan/told.h"

#define PATIENCE_MS 90000
#define STOP_MS     5000
#define MEMORY_MOST ((size_t)1 << 30)
#define ARGS_MOST   40

bool scan_setup_read(const struct config *config, struct scan_setup *setup, struct error *err)
{
	long dpi;
	if (!config_number(config, "scan", "dpi", 300, 100, 600, &dpi, err))
		return false;
	*setup = (struct scan_setup){
		.device = config_text(config, "scan", "device", NULL),
		.source = config_text(config, "scan", "source", NULL),
		.options = config_text(config, "scan", "options", NULL),
		.gray = config_flag(config, "scan", "gray", false),
		.words = config_flag(config, "scan", "words", true),
		.dpi = (int)dpi,
	};
	return true;
}

/* ---- what the helper says ---- */

static void take_line(struct scan *scan, const char *line)
{
	struct told told;
	switch (told_scan(line, &told)) {
	case TOLD_PAGE:
		scan->pages++;
		scan->percent = 0;
		scan->page(scan, &(struct scan_page){ told.file, told.facts.width, told.facts.height, told.facts.dpi });
		break;
	case TOLD_AT:
		scan->percent = told.percent;
		if (scan->moved)
			scan->moved(scan);
		break;
	case TOLD_END:
		memcpy(scan->word, told.word, sizeof scan->word);
		memcpy(scan->cause, told.cause, sizeof scan->cause);
		break;
	default:
		break;
	}
}

static void take_lines(struct scan *scan)
{
	struct bytes *out = &scan->child.out;
	char *end;
	while (out->size && (end = memchr(out->data, '\n', out->size))) {
		char line[256];
		size_t n = (size_t)(end - out->data);
		if (n < sizeof line) {
			memcpy(line, out->data, n);
			line[n] = '\0';
			bytes_shift(out, n + 1);
			take_line(scan, line);
		} else {
			bytes_shift(out, n + 1);
		}
	}
}

static void heard(struct child *child)
{
	struct scan *scan = OWNER_OF(child, struct scan, child);
	if (!scan->stopping)
		child_patience(child, scan->patience_ms);
	take_lines(scan);
}

static void on_done(struct child *child)
{
	struct scan *scan = OWNER_OF(child, struct scan, child);
	struct error err;
	take_lines(scan);
	bool good = strcmp(scan->word, "done") == 0;
	if (scan->stopping && !good)
		scan_fail(&err, "stop", scan->cause);
	else if (child->timed_out)
		scan_fail(&err, "slow", "no word in time");
	else if (!*scan->word)
		snprintf(scan->cause, sizeof scan->cause, "status %d: %.100s", child->status,
		         bytes_string(&child->err)), scan_fail(&err, "crash", scan->cause);
	else if (!good)
		scan_fail(&err, scan->word, scan->cause);
	child_clear(child);
	scan->running = false;
	scan->done(scan, good ? NULL : &err);
}

/* ---- starting ---- */

struct words {
	const char *items[ARGS_MOST + 1];
	int count;
};

static void add(struct words *argv, const char *name, const char *value)
{
	if (argv->count + 2 > ARGS_MOST || !value)
		return;
	argv->items[argv->count++] = name;
	argv->items[argv->count++] = value;
}

/* "a=b; c=d" of motcua.ini, each as the helper takes it. */
static void add_options(struct words *argv, struct arena *arena, const char *options)
{
	char *rest = arena_string(arena, options), *one;
	while ((one = strsep(&rest, ";"))) {
		one += strspn(one, " \t");
		for (size_t n = strlen(one); n && strchr(" \t", one[n - 1]); n--)
			one[n - 1] = '\0';
		if (*one)
			add(argv, "--set", one);
	}
}

static void scanner_words(struct words *argv, struct arena *arena, const struct scan_plan *plan)
{
	const struct scan_setup *setup = plan->setup;
	add(argv, "--folder", plan->folder);
	add(argv, "--first", arena_format(arena, "%d", plan->first));
	add(argv, "--dpi", arena_format(arena, "%d", setup->dpi));
	add(argv, "--device", setup->device);
	add(argv, "--source", setup->source);
	add_options(argv, arena, setup->options ? setup->options : "");
	if (setup->gray && argv->count < ARGS_MOST)
		argv->items[argv->count++] = "--gray";
}

static void file_words(struct words *argv, struct arena *arena, const struct scan_plan *plan)
{
	add(argv, "split", plan->folder);
	add(argv, plan->file, arena_format(arena, "%d", plan->first));
	add(argv, arena_format(arena, "%d", plan->setup->dpi), plan->setup->gray ? "gray" : "colour");
}

bool scan_start(struct loop *loop, struct scope *scope, struct scan *scan,
                const struct scan_plan *plan, struct error *err)
{
	struct words argv = { { plan->program }, 1 };
	struct arena arena = { 0 };
	*scan = (struct scan){ .page = plan->page, .moved = plan->moved, .done = plan->done,
		.patience_ms = plan->patience_ms ? plan->patience_ms : PATIENCE_MS };
	(plan->file ? file_words : scanner_words)(&argv, &arena, plan);
	struct child_plan how = { .argv = argv.items, .nice = plan->nice, .timeout_ms = scan->patience_ms,
		.output_limit = 1 << 20, .heard = heard };
#ifndef __SANITIZE_ADDRESS__ /* whose shadow is larger than any limit */
	how.memory = MEMORY_MOST;
#endif
	scan->running = child_start(loop, scope, &scan->child, &how, on_done, err);
	arena_free(&arena);
	return scan->running;
}

void scan_stop(struct scan *scan)
{
	if (!scan->running || scan->stopping)
		return;
	scan->stopping = true;
	child_stop(&scan->child, STOP_MS);
}
