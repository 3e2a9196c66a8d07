/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/settings.h — What a unit may set by itself: how citizens are told, how long a
 * result waits, its queue.  The database checks each value and keeps what it was. */
#pragma once
#include "core/store/store.h"

struct setting_row {
	const char *key;     /* "tell_order" "tell_sms" … "result_wait_days" "policy" … "series" "counter" "group" */
	const char *name;    /* which series, counter or group; of a number its bounds "1–9"; else ""             */
	const char *v1, *v2, *v3;
	const char *options; /* lines "value<TAB>words" to choose from; "" none                                   */
};
struct settings_ask {
	void (*done)(struct settings_ask *, const struct setting_row *, int count, const struct error *);
	struct arena *into;  /* required */
	void *owner;
	struct ask ask;      /* settings.c's own */
};
void settings_read(struct store *, struct scope *, struct settings_ask *);

struct setting_act {
	void (*done)(struct setting_act *, const struct error *);
	void *owner;
	struct ask ask;      /* settings.c's own */
};
/* A supervisor's; FAULT_INPUT says what is wrong with the value.  v3 "closed": a series or a group is no more. */
void setting_change(struct store *, struct scope *, struct setting_act *, const char *key, const char *name, const char *v1,
                    const char *v2, const char *v3);
