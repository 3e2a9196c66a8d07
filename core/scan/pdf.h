/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/pdf.h — Page images into one searchable PDF/A-2b: each JPEG passed through
 * unchanged, the words read from it painted under it. */
#pragma once
#include <stddef.h>
#include "core/base/error.h"

/* Pages are files in folder; NAME.words beside a page holds its words, a line each,
 * "X Y WIDTH HEIGHT TEXT" in its pixels.  out is made in folder, whole or not at all.
 * Errors have a word of PAGES_WORDS in err->code. */
bool pdf_make(const char *folder, const char *const *pages, size_t count, const char *out,
              struct error *);

/* pdfa.c: what makes cairo's PDF a PDF/A-2b (ISO 19005-2): XMP, sRGB output intent,
 * CIDToGIDMap, an /ID that depends on the content alone, no /Info. */
bool pdfa_from(const char *plain, const char *out, struct error *);

/* srgb.c: an ICC 2.1 profile of sRGB (IEC 61966-2-1), made anew each time from the
 * standard's primaries and curve; returns its size, at most SRGB_MOST. */
#define SRGB_MOST 4096
size_t srgb_profile(unsigned char out[SRGB_MOST]);
