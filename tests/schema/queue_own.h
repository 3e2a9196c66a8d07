/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/schema/queue_own.h — What the tests of the queue share: an empty hall with its counters, and who works there. */
#pragma once
#include "tests/support/world.h"

/* Today's tickets, calls and blocks are gone; settings as given ('{}': as shipped). */
void hall_empty(const char *settings);
/* A clerk at a counter; ends with PQfinish. */
PGconn *at_counter(const char *login, const char *counter);
PGconn *kiosk(void);

void order_is_fair_as_declared(void **state);
void numbers_and_calls_are_never_double(void **state);
void settings_are_changed_one_by_one(void **state);
