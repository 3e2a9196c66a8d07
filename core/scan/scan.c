/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/scan.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"

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

static void take_page(struct scan *scan, const char *line)
{
	struct scan_page page = { 0 };
	char file[32];
	int number, used = 0;
	if (sscanf(line, "page %d %31s %d %d %d%n", &number, file, &page.width, &page.height,
	           &page.dpi, &used) != 5 || line[used] || strchr(file, '/') || file[0] == '.')
		return;
	page.file = file;
	scan->pages++;
	scan->percent = 0;
	scan->page(scan, &page);
}

static void take_line(struct scan *scan, char *line)
{
	int number, percent;
	if (strncmp(line, "page ", 5) == 0) {
		take_page(scan, line);
	} else if (sscanf(line, "at %d %d", &number, &percent) == 2 && percent >= 0 && percent <= 100) {
		scan->percent = percent;
		if (scan->moved)
			scan->moved(scan);
	} else if (strncmp(line, "end ", 4) == 0) {
		char *tab = strchr(line, '\t');
		if (tab)
			*tab = '\0';
		snprintf(scan->word, sizeof scan->word, "%.7s", line + 4);
		snprintf(scan->cause, sizeof scan->cause, "%s", tab ? tab + 1 : "");
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

bool scan_start(struct loop *loop, struct scope *scope, struct scan *scan,
                const struct scan_plan *plan, struct error *err)
{
	const struct scan_setup *setup = plan->setup;
	struct words argv = { { plan->program }, 1 };
	struct arena arena = { 0 };
	*scan = (struct scan){ .page = plan->page, .moved = plan->moved, .done = plan->done,
		.patience_ms = plan->patience_ms ? plan->patience_ms : PATIENCE_MS };
	add(&argv, "--folder", plan->folder);
	add(&argv, "--first", arena_format(&arena, "%d", plan->first));
	add(&argv, "--dpi", arena_format(&arena, "%d", setup->dpi));
	add(&argv, "--device", setup->device);
	add(&argv, "--source", setup->source);
	add_options(&argv, &arena, setup->options ? setup->options : "");
	if (setup->gray && argv.count < ARGS_MOST)
		argv.items[argv.count++] = "--gray";
	struct child_plan how = { .argv = argv.items, .timeout_ms = scan->patience_ms,
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
