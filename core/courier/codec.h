/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/codec.h — Spellings found on the wire: five date formats,
 * three kinds of booleans, member names in any case, JSON inside a string. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include "core/base/date.h"

/* yyyyMMddHHmmss · yyyy-MM-dd HH:mm:ss · ISO with T, milliseconds or zone ·
 * dd/MM/yyyy[ HH:mm:ss] · yyyy-MM-dd; blanks around are ignored, the clock has
 * 24 hours, without a zone it is Vietnamese time.  MOMENT_NONE otherwise. */
moment_t codec_moment(const char *text);
/* "True" "true" "1" 1 true → 1, "False" … → 0, anything else → -1. */
int codec_flag(const json_t *);
/* A whole number, as JSON integer or as text with blanks around it. */
bool codec_number(const json_t *, long *out);
/* The member whatever its case; the exact spelling wins.  NULL: none. */
json_t *codec_member(const json_t *object, const char *name);
/* Its text; numbers are written out; "" for null and others.  room bytes. */
const char *codec_text(const json_t *object, const char *name, char *out, size_t room);
/* A new reference: what a string holds when it holds JSON, else the value itself. */
json_t *codec_unquote(json_t *);
