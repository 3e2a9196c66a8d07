/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/certify_books.h — The four books of certification and their volumes. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind certify_books_screen;
