/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/schema/life.h — What the tests of a dossier's life share: its people, a fresh dossier, acts on it. */
#pragma once
#include "tests/check.h"
#include "tests/support/world.h"

extern PGconn *courier, *man, *khoa, *hue;
extern char dossier[32], code[64];

/* cmocka fixtures: somebody of each kind and a dossier received now with three steps. */
int life_fresh(void **state);
int life_done(void **state);
long life_status(void);
long life_version(void);
/* desk.act by somebody; fails the test when it is refused. */
void life_act(PGconn *who, const char *act, const char *reason);
/* desk.side_act: facts are JSON members without braces. */
void life_side(PGconn *who, const char *act, const char *facts);
/* SQLSTATE of one that is refused; "" when it worked. */
const char *life_side_state(PGconn *who, const char *act, const char *facts);

/* life_acts.c, life_meets.c, life_told.c, life_walk.c: their tests, ended by an empty one. */
extern const struct CMUnitTest life_acts[], life_meets[], life_told[], life_walk[];
