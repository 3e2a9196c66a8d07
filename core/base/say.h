/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/say.h — Sentences for people.  Vietnamese is the source language;
 * the catalogues made from tui/po/LANG.po translate it (--lang en).  Printed
 * legal forms never pass through here: they stay as the law words them.
 *
 * The tools and the file format are gettext's; the look-up is our own, because
 * libintl translates nothing in the C.UTF-8 locale (glibc 2.39 and later), and
 * a fresh Debian has no other UTF-8 locale. */
#pragma once
#include <stdbool.h>
#include "core/base/error.h"

#define _(text)  say(text)
#define N_(text) text /* marks a constant that is translated where it is shown */

/* The text in the chosen language, or the text itself.  The result lives as
 * long as the program. */
const char *say(const char *text) __attribute__((format_arg(1)));

/* Call once, first thing in main: sets LC_CTYPE to a UTF-8 locale (LC_NUMERIC
 * and all else stay "C", so that numbers read and print alike everywhere), and
 * loads the catalogue of lang: "vi" is the source, "en" English, NULL what the
 * variable MOTCUA_LANG says, else "vi".  A catalogue that is missing or damaged
 * fails, and the texts stay Vietnamese.  The system's LANG is not asked: the
 * counter speaks Vietnamese on a machine set up in English, too.
 *
 * Catalogues stand in ../locale/LANG/LC_MESSAGES/motcua.mo beside the folder of
 * the running program (build tree) or in ../share/locale/… (installed). */
bool say_language(const char *lang, struct error *);
const char *say_language_now(void); /* "vi", "en" … */
/* While on, texts come as they stand in the source: what goes into the record or
 * onto a paper is Vietnamese, whatever the screen speaks. */
void say_source(bool on);

/* The same from a named file; tests and tools. */
bool say_catalogue(const char *lang, const char *file, struct error *);
