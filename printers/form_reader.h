/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/form_reader.h — Lines and words of a form file; between form_token.c,
 * form_read.c and form_table.c only. */
#pragma once
#include "printers/form.h"

#define TOKENS_MOST 24

enum place { IN_BODY = 1, IN_CELL = 2, IN_TABLE = 4 };

struct token {
	const char *text;
	bool quoted;
};
struct reader {
	struct arena *arena;
	const char *file, *at, *end;
	int line;
	struct token tokens[TOKENS_MOST];
	int count, used;
	bool pushed;               /* the line is to be read again */
	int depth, nodes;
	const struct form_node *table; /* around */
	const char *group;         /* of the each around */
	struct form *form;
	struct form_word **word_end;
	struct error *err;
};

/* Both return false and set the error. */
bool form_wrong(struct reader *, const char *cause);
bool form_wrong_word(struct reader *, const char *cause, const char *word);
/* The next line that says something; false at the end, or on error (err->fault). */
bool form_next_line(struct reader *);
const char *form_next_word(struct reader *);
bool form_is_word(const struct reader *, int at, const char *word);
bool form_read_number(struct reader *, double least, double most, double *out);

/* form_read.c */
bool form_read_block(struct reader *, enum place, struct form_node **out);
bool form_read_pieces(struct reader *, const char *text, struct form_piece **out);
bool form_expect(struct reader *, const char *word);
/* form_table.c */
bool form_read_columns(struct reader *, struct form_node *);
bool form_read_table(struct reader *, struct form_node *);
bool form_read_head(struct reader *, struct form_node *);
bool form_read_row(struct reader *, struct form_node *);
