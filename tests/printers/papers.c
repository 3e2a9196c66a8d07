/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/printers/papers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/path.h"
#include "printers/paper.h"

#include <cmocka.h> /* last: it takes the name fail */

void papers_fields(struct arena *arena, const char *name, struct fields *out)
{
	struct error err = { 0 };
	char *text;
	size_t size;
	const char *path = arena_format(arena, MOTCUA_SOURCE "/tests/printers/data/%s.fields", name);
	if (!path_read(arena, path, &text, &size, &err) ||
	    !fields_parse(arena, text, size, out, &err))
		fail_msg("%s: %s", name, err.log);
}

void papers_draw(struct arena *arena, const char *form, enum draw_output output,
                 const struct fields *fields, const char *qr, struct bytes *out)
{
	struct error err = { 0 };
	struct form *forms;
	struct draw_request request = { .form = form, .date = day_of(2026, 11, 20),
					.output = output, .qr = qr, .fields = fields };
	if (!forms_load(arena, MOTCUA_SOURCE "/printers/forms", &forms, &err) ||
	    !paper_draw(forms, arena, &request, out, &err))
		fail_msg("%s (%s)", err.log, err.say);
}

char *papers_run(struct arena *arena, const char *format, ...)
{
	char line[1024];
	va_list list;
	va_start(list, format);
	vsnprintf(line, sizeof line, format, list);
	va_end(list);
	FILE *pipe = popen(line, "r");
	assert_non_null(pipe);
	struct bytes all = { 0 };
	char piece[4096];
	for (size_t n; (n = fread(piece, 1, sizeof piece, pipe)) > 0;)
		bytes_add(&all, piece, n);
	int status = pclose(pipe);
	char *out = arena_copy(arena, bytes_string(&all), all.size);
	bytes_free(&all);
	if (status != 0)
		fail_msg("%s: status %d: %s", line, status, out);
	return out;
}

static char folder[64];

static void remove_folder(void)
{
	char line[96];
	snprintf(line, sizeof line, "rm -rf '%s'", folder);
	if (system(line) != 0)
		perror(folder);
}

const char *papers_folder(void)
{
	if (!folder[0]) {
		snprintf(folder, sizeof folder, "/tmp/motcua-papers-XXXXXX");
		assert_non_null(mkdtemp(folder));
		atexit(remove_folder);
	}
	return folder;
}

void papers_write(const char *path, const struct bytes *bytes)
{
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes->data, 1, bytes->size, file), bytes->size);
	assert_int_equal(fclose(file), 0);
}
