/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/support/pg_own.h — Between pg.c (a server) and pg_filled.c (with what in it). */
#pragma once
#include "tests/support/pg.h"

/* Starts on a copy of a data folder; "": a fresh one with an empty database motcua. */
bool test_pg_start_copy(struct test_pg *, const char *copied);
