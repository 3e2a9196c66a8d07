/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/schema/elsewhere.h — What the tests of agencies elsewhere share. */
#pragma once
#include <stdio.h>

#include "tests/check.h"
#include "tests/support/world.h"

static inline void put(char *out, size_t room, const char *text)
{
	snprintf(out, room, "%s", text);
}

#define ELSEWHERE "jsonb_build_object('deciding_unit', '{\"code\":\"30544\",\"name\":\"UBND xã Tri Tôn\"}'::jsonb," \
	" 'returning_unit', '{\"code\":\"\",\"name\":\"Trung tâm cấp tỉnh\"}'::jsonb)"

/* elsewhere_consign.c */
void carried_by_a_messenger(void **state);
void carried_by_the_post(void **state);
void only_what_lies_on_the_desk(void **state);
/* elsewhere_manual.c */
void a_hand_serves_a_system_without_an_interface(void **state);
void a_wait_that_a_hand_reads_moves_the_date(void **state);
void an_incident_before_their_reception_gives_nothing(void **state);
/* elsewhere_withheld.c: id is received elsewhere, lies on man's desk, and nothing else is late. */
void waits_for_no_system(const char *id);
