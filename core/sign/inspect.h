/* SPDX-License-Identifier: Apache-2.0
 *
 * core/sign/inspect.h — A PDF opened with qpdf, its signatures verified; in the helper
 * only.  Errors carry a word of CHECK_WORDS. */
#pragma once
#include "core/sign/check.h"
#include "core/sign/ranges.h"

/* The certificates that are trusted: roots as in check.h.  NULL: they cannot be read. */
struct trust;
struct trust *trust_open(const char *roots);
void trust_close(struct trust *);

/* cms.c: a CMS over these parts; fills state, trust and name (the arena's), and at unless
 * the CMS does not say it: then what stands there is taken. */
void cms_look(struct arena *, const struct bytes *der, const struct ranges *, const struct trust *,
              struct check_sign *);

/* path and its bytes are the same file; names are the arena's. */
bool inspect_pdf(struct arena *, const char *path, const uint8_t *data, size_t size, const struct trust *,
                 struct check_found *, struct error *);
