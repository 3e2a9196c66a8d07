/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/split.h — A file that a scanner made, taken apart into page images, as if
 * they came from a scanner here: PDF (drawn by pdftoppm, in a process of its own), TIFF
 * with many pages, JPEG, PNG. */
#pragma once
#include <stdbool.h>
#include "core/base/error.h"

struct split {
	int first;        /* number of its first page                  */
	int dpi;          /* PDF pages are drawn so fine: 100 … 600    */
	bool gray;
};

/* name lies in folder and is gone afterwards; pages are made beside it, p0001.jpg …; each
 * is said as core/scan/scan.h tells.  Errors have a word of SCAN_WORDS in err->code;
 * pages said are good all the same. */
bool split_file(const char *folder, const char *name, const struct split *, struct error *);
