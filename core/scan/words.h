/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/words.h — The door to tesseract, for motcua-pages: the words of a page,
 * for searching and as a proposal, never as data. */
#pragma once
#include <stdbool.h>
#include "core/base/error.h"

/* Writes path.words, a line a word, "X Y WIDTH HEIGHT TEXT" in pixels, at most after
 * deadline_ms; what was read by then is kept. */
bool words_read(const char *path, int deadline_ms, int *count, struct error *);
