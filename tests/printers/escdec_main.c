/* SPDX-License-Identifier: Apache-2.0
 *
 * escdec DOTS FILE OUT.pbm — what the paper would show. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/printers/escdec.h"

int main(int argc, char **argv)
{
	if (argc != 4)
		return 64;
	static uint8_t data[16 << 20];
	FILE *file = fopen(argv[2], "rb");
	if (!file)
		return 66;
	size_t size = fread(data, 1, sizeof data, file);
	fclose(file);
	struct escdec d;
	if (!escdec_read(&d, atoi(argv[1]), data, size)) {
		fprintf(stderr, "%s at byte %zu\n", d.wrong, d.offset);
		escdec_free(&d);
		return 2;
	}
	printf("%zu rows, %d pictures, %d feeds, %d cuts\n", d.count, d.pictures, d.feeds, d.cuts);
	bool ok = escdec_write_pbm(&d, argv[3], 1);
	escdec_free(&d);
	return ok ? 0 : 73;
}
