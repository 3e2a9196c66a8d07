/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/tongue.h — A tongue turns a slip into the bytes that a device
 * understands.  Pure: the same slip gives the same bytes. */
#pragma once
#include <stdbool.h>
#include "core/base/arena.h"
#include "core/base/bytes.h"
#include "core/base/error.h"
#include "printers/slip.h"

enum pdf_paper { PDF_A5, PDF_A4 };

/* PDF/A-2b with embedded fonts and readable text. */
bool tongue_pdf(struct arena *, const struct slip *, enum pdf_paper, struct bytes *out,
                struct error *);
/* ESC/POS pictures (GS v 0), 576 dots for 80 mm paper or 384 for 58 mm, with
 * feed and cut at the end.  Pictures, because no Vietnamese code page is the
 * same on two makes of printer. */
bool tongue_raster(struct arena *, const struct slip *, int dots, struct bytes *out,
                   struct error *);
/* UTF-8 lines of so many columns; the QR is left to the ones above. */
void tongue_plain(struct arena *, const struct slip *, int columns, struct bytes *out);
