/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/certify.h — Ghi sổ chứng thực: from a dossier, whatever screen it is seen on. */
#pragma once
#include <stdbool.h>

struct screen;

/* The screen knows of a dossier. */
bool certify_may(const struct screen *);
/* Asks what, how many, who signs; says the number. */
void certify_begin(struct screen *);
