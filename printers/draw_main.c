/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua-draw — draws papers for the counter; see printers/draw_request.h.
 *
 *     motcua-draw [--serve] [--share FOLDER]
 *
 * It opens its forms and fonts and afterwards nothing but its own pipes. */
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

static bool ready(struct arena *arena, const char *share, struct form **forms, struct error *err)
{
	struct paths paths = { .share = share };
	if (!share && !paths_find(&paths, arena, err))
		return false;
	return forms_here(arena, paths.share, forms, err) && fonts_check(FONT_SHEET, err) && fonts_check(FONT_NARROW, err);
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

static int one_shot(const struct form *forms, bool usable, struct error *err)
{
	struct bytes in = { .limit = DRAW_REQUEST_MOST }, out = { .limit = DRAW_REPLY_MOST };
	char piece[65536];
	ssize_t n;
	while ((n = read(STDIN_FILENO, piece, sizeof piece)) > 0)
		bytes_add(&in, piece, (size_t)n);
	bool ok = usable && draw(forms, bytes_string(&in), in.size, &out, err);
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

static bool serve_one(const struct form *forms, bool usable, const struct error *broken,
                      const char *text, size_t size)
{
	struct bytes out = { .limit = DRAW_REPLY_MOST };
	struct error err = *broken;
	bool ok = usable && draw(forms, text, size, &out, &err);
	if (!ok) {
		bytes_clear(&out);
		bytes_format(&out, "%s\n%s\n", err.say, err.log);
	}
	ok = reply(ok ? 0 : draw_status(err.fault), &out);
	bytes_free(&out);
	return ok;
}

/* Until the counter closes its end.  What cannot be framed ends the program. */
static int serve(const struct form *forms, bool usable, const struct error *broken)
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
		    !serve_one(forms, usable, broken, text, size)) {
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
	struct form *forms = NULL;
	struct error err = { 0 };
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
	bool usable = ready(&arena, share, &forms, &err);
	int status = serving ? serve(forms, usable, &err) : one_shot(forms, usable, &err);
	arena_free(&arena);
	return status;
}
