/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/codec.h — Spellings found on the wire: five date formats,
 * three kinds of booleans, member names in any case, JSON or XML inside a
 * string. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include "core/base/date.h"

/* yyyyMMddHHmmss · yyyy-MM-dd HH:mm:ss · ISO with T, milliseconds or zone ·
 * dd/MM/yyyy[ HH:mm:ss] · yyyy-MM-dd; blanks around are ignored, the clock has
 * 24 hours, without a zone it is Vietnamese time.  MOMENT_NONE otherwise. */
moment_t codec_moment(const char *text);
/*  name in profiles  example */
#define CODECS(X)                                                                   \
	X("compact",      "20261120094100")                                         \
	X("compact-day",  "20261120")                                               \
	X("sql",          "2026-11-20 09:41:00")                                    \
	X("iso-ms",       "2026-11-20T02:41:00.000Z")                               \
	X("iso",          "2026-11-20T09:41:00+07:00")                              \
	X("slashed",      "20/11/2026 09:41:00")                                    \
	X("slashed-day",  "20/11/2026")                                             \
	X("day",          "2026-11-20")                                             \
	X("iso-local",    "2026-11-20T09:41:00")
/* The moment in that spelling, in Vietnamese time but for iso-ms; false: no
 * such codec, or no room. */
bool codec_write(const char *codec, moment_t, char *out, size_t room);
/* "True" "true" "1" 1 true → 1, "False" … → 0, anything else → -1. */
int codec_flag(const json_t *);
/* A whole number, as JSON integer or as text with blanks around it. */
bool codec_number(const json_t *, long *out);
/* The member whatever its case; the exact spelling wins.  NULL: none. */
json_t *codec_member(const json_t *object, const char *name);
/* Its text; numbers are written out; "" for null and others.  room bytes. */
const char *codec_text(const json_t *object, const char *name, char *out, size_t room);
/* What lies at "a.b.0.c", members in any case, a string in between opened where
 * it holds JSON or XML; "" is the root itself.  A new reference, NULL: nothing
 * (null counts as nothing). */
json_t *codec_path(const json_t *root, const char *path);
/* A scalar as text, cut at a character; "" for others. */
const char *codec_word(const json_t *, char *out, size_t room);
/* A new reference: what a string holds when it holds JSON, else the value itself. */
json_t *codec_unquote(json_t *);
/* The same for JSON or XML. */
json_t *codec_open(json_t *);
