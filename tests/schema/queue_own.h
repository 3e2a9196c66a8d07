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

/* One number given out alone, as a kiosk tells it: request, day, number. */
#define GIVEN "[{\"request\":\"%s\",\"day\":\"%s\",\"series\":\"A\",\"number\":%d,\"priority\":\"gia\",\"taken_at\":\"2020-01-01T00:00:00Z\"}]"

/* queue_order.c */
void order_is_fair_as_declared(void **state);
void numbers_and_calls_are_never_double(void **state);
void settings_are_changed_one_by_one(void **state);
void what_was_ended_by_mistake_comes_back(void **state);

/* queue_alone.c */
void blocks_are_locked_in_one_order(void **state);
void the_same_request_waits_for_its_answer(void **state);
void a_plan_goes_out_and_in(void **state);
void a_kiosk_alone_has_the_days_ahead(void **state);
void a_citizen_is_sent_to_a_counter_that_calls(void **state);
void what_a_kiosk_gave_outlives_a_restore(void **state);

/* queue_book.c */
void booked_slots_are_limited(void **state);
void a_booking_is_called_off(void **state);
void no_plan_closes_over_a_head(void **state);
