/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/command/shop.h — The real program against a home of its own: embedded
 * cluster, courier, practice world.  A guardian stops all of it and removes the
 * folder when the test ends, in whatever way. */
#pragma once
#include <jansson.h>
#include <stdbool.h>

/* cmocka group fixtures: the folder, and everything set up in practice. */
int shop_start(void **state);
int shop_stop(void **state);
/* A path in the shop's folder; lives until the next eight calls. */
const char *shop_path(const char *name);
void shop_write(const char *name, const char *text, unsigned mode);

struct told {
	int status;           /* exit status, or 128 + signal */
	char out[65536], err[16384];
};
/* motcua --practice WORDS… (NULL-ended) with input (NULL: none); borrowed until the
 * next call. */
const struct told *tell(const char *input, const char *word, ...) __attribute__((sentinel));
/* Words that stand before the command for the next call only, e.g. "--config". */
void tell_first(const char *option, const char *value);
/* Another program; fails the test when it fails. */
const char *asked(const char *command, ...) __attribute__((format(printf, 1, 2)));
/* The JSON value that was told, and a text in it; kept until the next. */
json_t *told_json(const struct told *);
const char *told_text(json_t *, const char *key);
/* Fails the test unless the text holds the piece; unless it ended so. */
void has(const char *text, const char *piece);
void ended(const struct told *, int status);
