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
