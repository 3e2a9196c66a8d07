/* SPDX-License-Identifier: Apache-2.0
 *
 * core/practice/form.h — The room's own: bodies that are no JSON, as a far
 * side reads them. */
#pragma once
#include <stdbool.h>
#include "core/base/bytes.h"

/* A value of an application/x-www-form-urlencoded body, decoded; false: none. */
bool form_value(const struct bytes *body, const char *name, struct bytes *out);

struct form_part {
	char name[64], filename[256], type[96]; /* "" when not told */
	const char *data;
	size_t size;
};
/* The next part of a multipart/form-data body; *at begins as 0.  False: the end,
 * or a body that breaks its own boundary. */
bool form_part(const struct bytes *body, const char *content_type, size_t *at,
               struct form_part *out);
/* base64 to bytes; false when it is none. */
bool form_base64(const char *text, struct bytes *out);
