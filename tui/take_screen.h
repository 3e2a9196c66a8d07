/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/take_screen.h — Đã bổ sung: what was asked for, marked as the citizen brings
 * it, with files; the due date moved by the wait; every system told at once. */
#pragma once
#include "tui/screen.h"

/* Its argument is a const int64_t *: the dossier's id. */
extern const struct screen_kind take_screen;
