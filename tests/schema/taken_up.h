/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/schema/taken_up.h — What the tests of waits that end share: a dossier of nine days, who asks, what is said. */
#pragma once
#include "tests/check.h"
#include "tests/support/world.h"

extern PGconn *courier, *man, *hue;
extern char dossier[32], code[64], once[40];

/* cmocka fixtures. */
int fresh(void **state);
int done(void **state);
long status(void);
long version(void);
/* What a system says of the dossier; members as SQL of jsonb_build_object. */
void tell(const char *system, const char *members);
/* Long enough to lose working hours on any day. */
void wait_since(const char *ago);
/* A request as the counter makes it: written by the administrator, said by somebody.  off: how far the date is from what the wait makes. */
const char *request(const char *id, const char *act, const char *off, const char *members);

#define YESTERDAY "motcua.iso(now() - interval '1 day')"
#define ASK "'asks', jsonb_build_array(jsonb_build_object('key', '7', 'text', 'Bản sao hộ khẩu', 'by', 'Ông Mẫu', 'at', " YESTERDAY "))"

/* taken_up_waits.c: its tests, ended by an empty one. */
extern const struct CMUnitTest taken_up_waits[];
