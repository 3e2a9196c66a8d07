/* SPDX-License-Identifier: Apache-2.0
 *
 * core/pdf/archive.h — What makes cairo's PDF a PDF/A-2b (ISO 19005-2): XMP, sRGB output
 * intent, CIDToGIDMap, an /ID that depends on the content alone, no /Info.  For scans and
 * for papers; in helpers only, qpdf opens what others wrote. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "core/base/bytes.h"
#include "core/base/error.h"

/* The PDF of a file to another file. title: the document's, plain UTF-8.  FAULT_DEVICE, with
 * qpdf's words as the cause. */
bool archive_file(const char *plain, const char *out, const char *title, struct error *);
/* The same in memory; appends to out.  The same bytes in, the same bytes out. */
bool archive_bytes(const void *plain, size_t size, const char *title, struct bytes *out, struct error *);

/* srgb.c: an ICC 2.1 profile of sRGB (IEC 61966-2-1), made anew each time from the
 * standard's primaries and curve; returns its size, at most SRGB_MOST. */
#define SRGB_MOST 4096
size_t srgb_profile(unsigned char out[SRGB_MOST]);
