/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/printers/escdec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_MOST 200000
#define MARGIN    16

static bool wrong(struct escdec *d, size_t at, const char *why)
{
	d->wrong = why;
	d->offset = at;
	return false;
}

static uint8_t *add_rows(struct escdec *d, size_t rows)
{
	size_t width = (size_t)d->dots;
	if (d->count + rows > d->room) {
		d->room = (d->count + rows) * 2;
		d->rows = realloc(d->rows, d->room * width);
		if (!d->rows)
			abort();
	}
	uint8_t *first = d->rows + d->count * width;
	memset(first, 0, rows * width);
	d->count += rows;
	return first;
}

/* GS v 0 m xL xH yL yH: only the plain mode, whole picture inside the paper. */
static bool picture(struct escdec *d, const uint8_t *data, size_t size, size_t *at)
{
	if (size - *at < 8)
		return wrong(d, *at, "picture head cut off");
	const uint8_t *head = data + *at;
	size_t wide = head[4] + 256u * head[5], high = head[6] + 256u * head[7];
	if (head[2] != '0' || head[3] != 0)
		return wrong(d, *at, "picture mode");
	if (wide == 0 || high == 0 || wide * 8 > (size_t)d->dots)
		return wrong(d, *at, "picture outside the paper");
	if (high > 256)
		return wrong(d, *at, "band higher than small printers can hold");
	if (size - *at - 8 < wide * high)
		return wrong(d, *at, "picture cut off");
	uint8_t *out = add_rows(d, high);
	for (size_t y = 0; y < high; y++)
		for (size_t x = 0; x < wide * 8; x++)
			out[y * (size_t)d->dots + x] =
				(head[8 + y * wide + x / 8] >> (7 - x % 8)) & 1;
	d->pictures++;
	d->tallest = (int)high > d->tallest ? (int)high : d->tallest;
	*at += 8 + wide * high;
	return true;
}

static bool escape(struct escdec *d, const uint8_t *data, size_t size, size_t *at)
{
	uint8_t c = *at + 1 < size ? data[*at + 1] : 0;
	if (c == '@') {
		*at += 2;
		return true;
	}
	if ((c == 'J' || c == 'd') && *at + 2 < size) {
		add_rows(d, c == 'J' ? data[*at + 2] : data[*at + 2] * 30u);
		d->feeds++;
		*at += 3;
		return true;
	}
	return wrong(d, *at, "unknown ESC");
}

static bool group(struct escdec *d, const uint8_t *data, size_t size, size_t *at)
{
	uint8_t c = *at + 1 < size ? data[*at + 1] : 0;
	if (c == 'v')
		return picture(d, data, size, at);
	if (c == 'V' && *at + 3 < size && (data[*at + 2] == 'A' || data[*at + 2] == 'B')) {
		d->cuts++;
		*at += 4;
		return true;
	}
	return wrong(d, *at, "unknown GS");
}

bool escdec_read(struct escdec *d, int dots, const uint8_t *data, size_t size)
{
	*d = (struct escdec){ .dots = dots };
	for (size_t at = 0; at < size;) {
		if (d->count > ROWS_MOST)
			return wrong(d, at, "paper too long");
		bool ok = data[at] == 0x1b   ? escape(d, data, size, &at)
		          : data[at] == 0x1d ? group(d, data, size, &at)
		                             : wrong(d, at, "a byte that would print as text");
		if (!ok)
			return false;
	}
	return true;
}

bool escdec_write_pbm(const struct escdec *d, const char *path, int zoom)
{
	FILE *file = fopen(path, "wb");
	if (!file)
		return false;
	size_t width = ((size_t)d->dots + 2 * MARGIN) * (size_t)zoom;
	size_t height = (d->count + 2 * MARGIN) * (size_t)zoom;
	uint8_t *line = malloc((width + 7) / 8);
	if (!line)
		abort();
	fprintf(file, "P4\n%zu %zu\n", width, height);
	for (size_t y = 0; y < height; y++) {
		size_t row = y / (size_t)zoom;
		memset(line, 0, (width + 7) / 8);
		for (size_t x = 0; x < width; x++) {
			size_t dot = x / (size_t)zoom;
			if (row >= MARGIN && row < d->count + MARGIN && dot >= MARGIN &&
			    dot < (size_t)d->dots + MARGIN &&
			    d->rows[(row - MARGIN) * (size_t)d->dots + dot - MARGIN])
				line[x / 8] |= (uint8_t)(0x80 >> (x % 8));
		}
		fwrite(line, 1, (width + 7) / 8, file);
	}
	free(line);
	return fclose(file) == 0;
}

void escdec_tear(struct escdec *d, size_t rows)
{
	if (d->count <= rows)
		return;
	size_t width = (size_t)d->dots;
	memmove(d->rows, d->rows + (d->count - rows) * width, rows * width);
	d->count = rows;
}

void escdec_free(struct escdec *d)
{
	free(d->rows);
	*d = (struct escdec){ 0 };
}
