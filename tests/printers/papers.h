/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/printers/papers.h — Papers for tests: the fields in tests/printers/data, the forms of the house. */
#pragma once
#include "core/base/arena.h"
#include "core/base/bytes.h"
#include "printers/draw_request.h"

/* A QR text of the usual length and alphabet. */
#define SAMPLE_QR                                                                    \
	"HTTPS://DICHVUCONG.GOV.VN/TRA-CUU/H01.999-261120-0125/K7/"                  \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"           \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDEFG"

/* data/NAME.fields as they are in the file. */
void papers_fields(struct arena *, const char *name, struct fields *);
/* Draws inside this process, with the forms of the house; fails the test on error. */
void papers_draw(struct arena *, const char *form, enum draw_output, const struct fields *,
                 const char *qr, struct bytes *out);
/* Runs a shell command line and returns its output; fails the test on a bad exit. */
char *papers_run(struct arena *, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A scratch folder, made once and removed at exit. */
const char *papers_folder(void);
void papers_write(const char *path, const struct bytes *);
