/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/thumb.h — A page as rows of block characters, for motcua-pages: a page is writing
 * on white, so that whether there is ink in a quarter of a cell is all to tell.  Drawn here (libchafa)
 * so that the counter links no image library and never opens a picture; without colours, so that it
 * reads on any terminal that knows ▀ and ▌. */
#pragma once
#include <stdbool.h>
#include "core/base/error.h"

/* Prints at most rows lines of at most cols characters to stdout; the page keeps its
 * shape, cells being twice as high as wide. */
bool thumb_print(const char *path, int cols, int rows, struct error *);
