/* SPDX-License-Identifier: Apache-2.0
 *
 * core/practice/lookup.h — The registers a counter may ask: population (SOAP in a
 * JSON string, with its one-time code), business, insurance.  The people are the
 * invented ones of core/data/practice/cards.txt, the enterprises those of
 * enterprises.txt beside it. */
#pragma once
#include "core/practice/door.h"

/* The code that every officer of the practice world is told. */
#define LOOKUP_PRACTICE_CODE "246810"

extern const struct practice_door door_dan_cu, door_dang_ky_kinh_doanh, door_bhxh;
