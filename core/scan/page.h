/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/page.h — The door to leptonica, for motcua-pages: one page image looked at
 * and put right.
 *
 * The rules are those of BKHCN's guidance of 11/2025 and TT 02/2019/TT-BNV: 200 dpi at
 * least, 1:1, the whole sheet, colour kept where it was scanned in colour. */
#pragma once
#include <stdbool.h>
#include "core/base/error.h"

struct Pix;

/* What the clerk should look at before the paper goes back to the citizen. */
enum page_doubt {
	PAGE_BLANK = 1 << 0,  /* nothing on it: left out unless the clerk says so */
	PAGE_DARK = 1 << 1,   /* the paper itself is dark                         */
	PAGE_COARSE = 1 << 2, /* under 200 dpi                                    */
	PAGE_CUT = 1 << 3,    /* writing runs into an edge                        */
	PAGE_PALE = 1 << 4,   /* writing that can hardly be told from the paper   */
};

struct page_facts {
	int width, height, dpi;   /* as it is now                                 */
	int turned;               /* 0, 90, 180, 270 degrees clockwise            */
	double skew;              /* degrees taken out                            */
	unsigned doubts;
	char mark[40];            /* of a separator sheet (core/scan/mark.h), or "" */
};

/* A JPEG or PNG decoded, refused before it is when its head tells of an absurd size.
 * NULL with a word of PAGES_WORDS in err->code. */
struct Pix *page_open(const char *path, int *dpi, struct error *);
/* Reads in, writes out as JPEG: turned upright, straightened. */
bool page_clean(const char *in, const char *out, struct page_facts *, struct error *);
/* Turned by quarters clockwise, nothing else. */
bool page_turn(const char *in, const char *out, int quarters, struct page_facts *, struct error *);
/* So fine that dpi points make an inch, and no finer than it was. */
bool page_shrink(const char *in, const char *out, int dpi, struct page_facts *, struct error *);
/* How many pictures a TIFF holds; 0: it is none. */
int page_tiff_count(const char *path);
/* One of them (0 …) out as JPEG, its points made square (a fax has others). */
bool page_tiff(const char *path, int number, const char *out, struct page_facts *, struct error *);
