/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/propose_own.h — A line of a page in pieces, for propose.c and its values. */
#pragma once
#include "core/base/date.h"
#include "core/scan/propose.h"

enum { TOKENS_MOST = 120, FOLDED_MOST = 24 };

struct token {
	const char *text;          /* NUL-terminated, in the arena           */
	char folded[FOLDED_MOST];  /* letters and digits alone, no marks     */
	bool colon, comma;         /* what it ends with                      */
};
struct tokens {
	struct token items[TOKENS_MOST];
	int count;
};
void tokens_read(struct arena *, const char *line, struct tokens *out);
/* The words from … to, a blank between, without what leads to blanks to be filled in. */
const char *tokens_join(struct arena *, const struct tokens *, int from, int to);

/* Values from from to to; NULL when there is none. */
const char *value_name(struct arena *, const struct tokens *, int from, int to);
/* Twelve digits, perhaps in groups; *guessed: a letter was taken for a digit. */
const char *value_number(struct arena *, const struct tokens *, int from, int to, bool *guessed);
const char *value_phone(struct arena *, const struct tokens *, int from, int to);
const char *value_sex(const struct tokens *, int from, int to);
const char *value_address(struct arena *, const struct tokens *, int from, int to);
/* dd/mm/yyyy with whatever between, or "ngày 5 tháng 3 năm 1999"; DAY_NONE. */
day_t value_day(const struct tokens *, int from, int to);
