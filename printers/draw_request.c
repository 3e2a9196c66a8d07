/* SPDX-License-Identifier: Apache-2.0 */
#include "printers/draw_request.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"

static const char *const output_words[] = {
#define X(name, word) [DRAW_##name] = word,
	DRAW_OUTPUTS(X)
#undef X
};

const char *draw_output_word(enum draw_output output)
{
	return output_words[output];
}

bool draw_request_write(const struct draw_request *request, struct bytes *out, struct error *err)
{
	char day[16];
	if (strpbrk(request->form, "\r\n") || (request->qr && strpbrk(request->qr, "\r\n")) ||
	    request->date == DAY_NONE || (unsigned)request->output >= DRAW_OUTPUT_COUNT) {
		fail(err, FAULT_BUG, _("Yêu cầu in bị hỏng."));
		return because(err, "draw request: form, qr, day or output unusable");
	}
	bytes_format(out, "form %s\ndate %s\noutput %s\n", request->form,
	             day_write_iso(request->date, day, sizeof day),
	             draw_output_word(request->output));
	if (request->qr && request->qr[0])
		bytes_format(out, "qr %s\n", request->qr);
	if (request->copy > 0)
		bytes_format(out, "copy %d\n", request->copy);
	bytes_byte(out, '\n');
	fields_write(request->fields, out);
	return true;
}

static bool refuse(struct error *err, const char *cause)
{
	fail(err, FAULT_INPUT, _("Yêu cầu in bị hỏng."));
	return because(err, "draw request: %.100s", cause);
}

static bool head_line(struct draw_request *out, const char *key, char *value, struct error *err)
{
	if (strcmp(key, "form") == 0) {
		out->form = value;
		return true;
	}
	if (strcmp(key, "date") == 0) {
		out->date = day_read_iso(value);
		return out->date == DAY_NONE ? refuse(err, "bad date") : true;
	}
	if (strcmp(key, "output") == 0) {
		for (int i = 0; i < DRAW_OUTPUT_COUNT; i++) {
			if (strcmp(output_words[i], value) == 0) {
				out->output = (enum draw_output)i;
				return true;
			}
		}
		return refuse(err, "unknown output");
	}
	if (strcmp(key, "qr") == 0) {
		out->qr = value;
		return true;
	}
	if (strcmp(key, "copy") == 0) {
		char *end;
		long copy = strtol(value, &end, 10);
		if (*end || copy < 0 || copy > 9999)
			return refuse(err, "bad copy");
		out->copy = (int)copy;
		return true;
	}
	return refuse(err, "unknown line in the head");
}

bool draw_request_parse(struct arena *arena, const char *text, size_t size,
                        struct draw_request *out, struct fields *fields, struct error *err)
{
	*out = (struct draw_request){ .date = DAY_NONE, .output = DRAW_OUTPUT_COUNT,
				      .fields = fields };
	*fields = (struct fields){ 0 };
	size_t at = 0;
	while (at < size && text[at] != '\n') {
		const char *end = memchr(text + at, '\n', size - at);
		size_t n = end ? (size_t)(end - text) - at : size - at;
		if (memchr(text + at, '\0', n))
			return refuse(err, "NUL in the head");
		char *line = arena_copy(arena, text + at, n);
		char *space = strchr(line, ' ');
		if (!space)
			return refuse(err, "line without value");
		*space = '\0';
		if (!head_line(out, line, space + 1, err))
			return false;
		at += n + 1;
	}
	if (at >= size)
		return refuse(err, "head without empty line");
	if (!out->form || out->date == DAY_NONE || out->output == DRAW_OUTPUT_COUNT)
		return refuse(err, "form, date and output are needed");
	at++;
	return fields_parse(arena, text + at, size - at, fields, err);
}

static const struct {
	enum fault fault;
	int status;
} statuses[] = { { FAULT_NONE, 0 }, { FAULT_INPUT, 1 }, { FAULT_DEVICE, 3 }, { FAULT_BUG, 70 } };

int draw_status(enum fault fault)
{
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
		if (statuses[i].fault == fault)
			return statuses[i].status;
	return 70;
}

enum fault draw_fault(int status)
{
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
		if (statuses[i].status == status)
			return statuses[i].fault;
	return FAULT_BUG;
}
