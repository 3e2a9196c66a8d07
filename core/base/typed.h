/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/typed.h — Days and moments as a person types them in a dialog, whole or short.  For days out of papers, where a
 * guessed year would be a wrong fact, day_read (core/base/date.h) stays: it wants the year. */
#pragma once
#include "core/base/date.h"

/* "24/11/2026" and what else day_read takes; "24/11", "24-11": that day in the year which brings it nearest to today; "hôm nay",
 * "hôm qua", "hôm kia", "mai", "ngày kia", with marks or without.  DAY_NONE when it is none. */
day_t typed_day(const char *text, day_t today);

/* A time: "0715", "715", "7:15", "7.15", "7h15", "7g15", "7 giờ 15", "7h"; alone it is of the day alone, else with a day before
 * or after it: "07:15 27/11", "27/11/2026 7h15", "7h hôm qua".  MOMENT_NONE when it is none. */
moment_t typed_moment(const char *text, day_t today, day_t alone);
