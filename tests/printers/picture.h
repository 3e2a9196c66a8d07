/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/printers/picture.h — A paper from far away: how dark each of its fields is.
 * Another version of a font library moves dots, not fields. */
#pragma once
#include <stdint.h>
#include "core/base/arena.h"
#include "core/base/bytes.h"

/* Lines of digits 0 (white) to 9 for a gray picture; block: dots a field is wide and high. */
void picture_fields(const uint8_t *gray, int width, int height, int block, struct bytes *out);
/* The same for ESC/POS bytes of so many dots, and for a binary PGM; fail the test on bad ones. */
void picture_of_roll(int dots, const struct bytes *escpos, int block, struct bytes *out);
void picture_of_pgm(struct arena *, const char *path, int block, struct bytes *out);
/* The mean difference of two pictures' fields; 9 when they differ in size by more than a line. */
double picture_differ(const char *a, const char *b);
