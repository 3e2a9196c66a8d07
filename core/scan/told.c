/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/told.h"

#include <stdio.h>
#include <string.h>

#include "core/scan/jpeg.h"

#define DPI_MOST 30000

/* Letters, digits and what our own names have besides. */
static bool plain(const char *name)
{
	return *name && *name != '.' &&
	       name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")] == '\0';
}

/* 0 × 0: not known yet. */
static bool sizes_fit(const struct page_facts *f)
{
	return f->width >= 0 && f->height >= 0 && f->width <= PICTURE_SIDE_MOST && f->height <= PICTURE_SIDE_MOST &&
	       f->dpi >= 0 && f->dpi <= DPI_MOST;
}

static void take_end(const char *line, struct told *told)
{
	const char *tab = strchr(line, '\t');
	size_t n = tab ? (size_t)(tab - line) : strlen(line);
	if (n >= sizeof told->word)
		n = sizeof told->word - 1;
	memcpy(told->word, line, n);
	told->word[n] = '\0';
	snprintf(told->cause, sizeof told->cause, "%s", tab ? tab + 1 : "");
}

enum told_kind told_scan(const char *line, struct told *told)
{
	int used = 0;
	*told = (struct told){ 0 };
	struct page_facts *f = &told->facts;
	if (strncmp(line, "end ", 4) == 0) {
		take_end(line + 4, told);
		told->kind = TOLD_END;
	} else if (sscanf(line, "page %7d %23s %7d %7d %7d%n", &told->page, told->file, &f->width, &f->height, &f->dpi,
	                  &used) == 5 && !line[used] && plain(told->file) && told->page > 0 && sizes_fit(f)) {
		told->kind = TOLD_PAGE;
	} else if (sscanf(line, "at %7d %7d%n", &told->page, &told->percent, &used) == 2 && !line[used] &&
	           told->percent >= 0 && told->percent <= 100) {
		told->kind = TOLD_AT;
	}
	return told->kind;
}

static bool turns(int degrees)
{
	return degrees == 0 || degrees == 90 || degrees == 180 || degrees == 270;
}

enum told_kind told_pages(const char *line, struct told *told)
{
	int skew, used = 0;
	char mark[sizeof told->facts.mark];
	*told = (struct told){ 0 };
	struct page_facts *f = &told->facts;
	if (sscanf(line, "page %23s %7d %7d %7d %4d %5d %5u %39s%n", told->file, &f->width, &f->height, &f->dpi, &f->turned,
	           &skew, &f->doubts, mark, &used) == 8 && !line[used] && plain(told->file) && sizes_fit(f) &&
	    turns(f->turned)) {
		f->skew = skew / 10.0;
		if (strcmp(mark, "-") != 0)
			snprintf(f->mark, sizeof f->mark, "%s", mark);
		told->kind = TOLD_FACTS;
	} else if (sscanf(line, "bad %23s %7s%n", told->file, told->word, &used) == 2 && !line[used] &&
	           plain(told->file)) {
		told->kind = TOLD_BAD;
	}
	return told->kind;
}
