/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua-draw — draws papers for the counter; see printers/draw_request.h.
 *
 *     motcua-draw [--serve] [--share FOLDER]
 *
 * It opens its forms and fonts, and afterwards nothing but its own pipes and, when one of
 * them has changed, the forms again. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "printers/layout.h"
#include "printers/paper.h"
#include "printers/preview.h"

/* The forms as they lie in their folders now. */
struct shelf {
	struct arena arena;
	const char *share;
	struct form *forms;
	uint64_t stamp;
	bool usable, fonts;
	struct error broken;   /* why not usable, or the fonts' */
};

static void load(struct shelf *shelf)
{
	if (!shelf->fonts)
		return;
	/* Taken before they are read: what changes meanwhile is seen the next time. */
	shelf->stamp = forms_here_stamp(shelf->share);
	arena_free(&shelf->arena);
	shelf->usable = forms_here(&shelf->arena, shelf->share, &shelf->forms, &shelf->broken);
}

/* A form that an administrator lays in, mends or takes away counts from the next paper on. */
static void look_again(struct shelf *shelf)
{
	if (shelf->fonts && forms_here_stamp(shelf->share) != shelf->stamp)
		load(shelf);
}

static void open_shelf(struct shelf *shelf, struct arena *arena, const char *share)
{
	struct paths paths = { .share = share };
	*shelf = (struct shelf){ 0 };
	if (!share && !paths_find(&paths, arena, &shelf->broken))
		return;
	shelf->share = paths.share;
	shelf->fonts = fonts_check(FONT_SHEET, &shelf->broken) && fonts_check(FONT_NARROW, &shelf->broken);
	load(shelf);
}

static bool draw(const struct form *forms, const char *text, size_t size, struct bytes *out,
                 struct error *err)
{
	struct arena arena = { 0 };
	struct draw_request request;
	struct fields fields;
	bool ok = draw_request_parse(&arena, text, size, &request, &fields, err) &&
	          paper_draw(forms, &arena, &request, out, err);
	arena_free(&arena);
	return ok;
}

static bool write_all(const char *data, size_t size)
{
	while (size > 0) {
		ssize_t n = write(STDOUT_FILENO, data, size);
		if (n <= 0)
			return false;
		data += n;
		size -= (size_t)n;
	}
	return true;
}

static int one_shot(const struct shelf *shelf)
{
	struct error why = shelf->broken, *err = &why;
	struct bytes in = { .limit = DRAW_REQUEST_MOST }, out = { .limit = DRAW_REPLY_MOST };
	char piece[65536];
	ssize_t n;
	while ((n = read(STDIN_FILENO, piece, sizeof piece)) > 0)
		bytes_add(&in, piece, (size_t)n);
	bool ok = shelf->usable && draw(shelf->forms, bytes_string(&in), in.size, &out, err);
	if (ok && !write_all(out.data, out.size)) {
		ok = fail(err, FAULT_BUG, _("Không ghi được giấy vừa vẽ."));
		because(err, "write failed");
	}
	if (!ok)
		fprintf(stderr, "%s\n%s\n", err->say, err->log);
	bytes_free(&in);
	bytes_free(&out);
	return ok ? 0 : draw_status(err->fault);
}

static bool reply(int status, const struct bytes *out)
{
	char head[48];
	int n = snprintf(head, sizeof head, "%d %zu\n", status, out->size);
	return write_all(head, (size_t)n) && write_all(bytes_string(out), out->size);
}

static bool serve_one(struct shelf *shelf, const char *text, size_t size)
{
	struct bytes out = { .limit = DRAW_REPLY_MOST };
	look_again(shelf);
	struct error err = shelf->broken;
	bool ok = shelf->usable && draw(shelf->forms, text, size, &out, &err);
	if (!ok) {
		bytes_clear(&out);
		bytes_format(&out, "%s\n%s\n", err.say, err.log);
	}
	ok = reply(ok ? 0 : draw_status(err.fault), &out);
	bytes_free(&out);
	return ok;
}

/* Until the counter closes its end.  What cannot be framed ends the program. */
static int serve(struct shelf *shelf)
{
	char line[32], *end;
	char *text = malloc(DRAW_REQUEST_MOST);
	int status = 0;
	if (!text)
		abort();
	while (fgets(line, sizeof line, stdin)) {
		unsigned long size = strtoul(line, &end, 10);
		if (*end != '\n' || end == line || size > DRAW_REQUEST_MOST ||
		    fread(text, 1, size, stdin) != size ||
		    !serve_one(shelf, text, size)) {
			status = 70;
			break;
		}
	}
	free(text);
	return status;
}

int main(int argc, char **argv)
{
	struct arena arena = { 0 };
	struct shelf shelf;
	const char *share = NULL;
	bool serving = false;
	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--serve") == 0) {
			serving = true;
		} else if (strcmp(argv[i], "--share") == 0 && i + 1 < argc) {
			share = argv[++i];
		} else {
			fprintf(stderr, "usage: motcua-draw [--serve] [--share FOLDER]\n");
			return 64;
		}
	}
	open_shelf(&shelf, &arena, share);
	int status = serving ? serve(&shelf) : one_shot(&shelf);
	arena_free(&shelf.arena);
	arena_free(&arena);
	return status;
}
