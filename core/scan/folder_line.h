/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/folder_line.h — The lines of motcua-folder, pure.  Names of files are bytes
 * that anybody chose: every byte but A–Z a–z 0–9 . _ - goes as %XX, upper case, so that
 * a line is a line and a blank is a blank.
 *
 *     dir  TIME NAME
 *     file SIZE TIME PAGES NAME
 *
 * TIME is the last change in nanoseconds since 1970: with the size it tells whether a
 * file is still the one that was seen.  PAGES 0: not known. */
#pragma once
#include <stdint.h>
#include "core/base/arena.h"
#include "core/base/bytes.h"

struct folder_entry {
	const char *name;             /* its own bytes: mend them before they are shown */
	bool folder;
	int64_t size, time;
	int pages;
};

void folder_word_write(struct bytes *, const char *text);
/* The bytes of n characters; NULL when they are no encoded word or hold a NUL. */
char *folder_word_read(struct arena *, const char *word, size_t n);
/* A name that stays inside its folder. */
bool folder_name_fits(const char *name);
void folder_line_write(struct bytes *, const struct folder_entry *);
/* False when it is no such line, or its name leaves the folder. */
bool folder_line_read(struct arena *, const char *line, struct folder_entry *);
