/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/printers/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "tests/printers/escdec.h"

#include <cmocka.h> /* last: it takes the name fail */

void picture_fields(const uint8_t *gray, int width, int height, int block, struct bytes *out)
{
	for (int y = 0; y < height; y += block) {
		for (int x = 0; x < width; x += block) {
			long sum = 0, count = 0;
			for (int j = y; j < y + block && j < height; j++)
				for (int i = x; i < x + block && i < width; i++, count++)
					sum += 255 - gray[(size_t)j * (size_t)width + (size_t)i];
			long dark = sum * 18 / (count * 255); /* text is half white at most */
			bytes_byte(out, (uint8_t)('0' + (dark > 9 ? 9 : dark)));
		}
		bytes_byte(out, '\n');
	}
}

void picture_of_roll(int dots, const struct bytes *escpos, int block, struct bytes *out)
{
	struct escdec paper;
	if (!escdec_read(&paper, dots, (const uint8_t *)escpos->data, escpos->size))
		fail_msg("%s at byte %zu", paper.wrong, paper.offset);
	for (size_t i = 0; i < paper.count * (size_t)dots; i++)
		paper.rows[i] = paper.rows[i] ? 0 : 255;
	picture_fields(paper.rows, dots, (int)paper.count, block, out);
	escdec_free(&paper);
}

void picture_of_pgm(struct arena *arena, const char *path, int block, struct bytes *out)
{
	struct error err = { 0 };
	char *data;
	size_t size;
	int width, height, at = 0;
	if (!path_read(arena, path, &data, &size, &err))
		fail_msg("%s", err.log);
	if (sscanf(data, "P5 %d %d 255%n", &width, &height, &at) != 2 || !at)
		fail_msg("%s is no gray picture", path);
	assert_true(size >= (size_t)at + 1 + (size_t)width * (size_t)height);
	picture_fields((const uint8_t *)data + at + 1, width, height, block, out);
}

double picture_differ(const char *a, const char *b)
{
	long sum = 0, count = 0;
	size_t n = strlen(a), m = strlen(b);
	size_t line = strcspn(a, "\n") + 1, shorter = n < m ? n : m;
	if (strcspn(b, "\n") + 1 != line || (n > m ? n - m : m - n) > line)
		return 9;
	for (size_t i = 0; i < shorter; i++) {
		if (a[i] == '\n')
			continue;
		sum += abs(a[i] - b[i]);
		count++;
	}
	return count ? (double)sum / (double)count : 9;
}
