/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/template_own.h — The room's own: one expansion under way. */
#pragma once
#include "core/courier/template.h"

struct expansion {
	struct template_scope scope;
	const json_t *item;
	size_t index;       /* from 1 */
	long component;     /* index of the component at hand, -1: none */
	int depth, budget;  /* nodes still to be expanded */
	bool quoted;        /* inside a string: no files there */
	struct error *err;
};

/* *out: a new reference, NULL: nothing.  False: err is filled. */
bool expand(struct expansion *, const json_t *node, json_t **out);
/* A new reference or NULL. */
json_t *expansion_find(const struct expansion *, const char *path);
bool expansion_line(struct expansion *, const char *line, bool percent, struct bytes *out);
/* template_value.c: {"$": …} */
bool expand_value(struct expansion *, const json_t *node, json_t **out);
/* A node as JSON or XML text. */
bool expand_text(struct expansion *, const json_t *value, const char *root, json_t **out);
/* Is a member's value the one wanted, or among those? */
bool expansion_is(const json_t *value, const json_t *wanted);
bool expansion_missing(struct expansion *, const char *label);
bool expansion_unmapped(struct expansion *, const char *label, const char *value);
bool expansion_wrong(struct expansion *, const char *what);
