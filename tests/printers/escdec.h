/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/printers/escdec.h — A strict paper: reads ESC/POS as a thermal printer would, and refuses what a
 * printer might print as garbage.  Written against the command lists of the
 * printers, not against our own encoder. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct escdec {
	int dots;
	uint8_t *rows;   /* one byte a dot, 1 is black */
	size_t count, room;
	int cuts, pictures, feeds, tallest;
	const char *wrong; /* NULL: every byte was understood */
	size_t offset;   /* where it went wrong */
};

bool escdec_read(struct escdec *, int dots, const uint8_t *data, size_t size);
/* Binary PBM, each dot drawn zoom times, with white around it. */
bool escdec_write_pbm(const struct escdec *, const char *path, int zoom);
/* Tears off all but the last rows: picture readers have their limits. */
void escdec_tear(struct escdec *, size_t rows);
void escdec_free(struct escdec *);
