/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/world/world_own.h — Between the world's files only. */
#pragma once
#include "tests/support/pg.h"
#include "tests/world/world.h"

extern struct test_pg world_server;
/* The end of the program's log on stderr. */
void world_tell_log(const struct world *);
