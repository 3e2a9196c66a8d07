/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/device_option.h — The options of a SANE device, by name.  What a device
 * lacks or has switched off is not set and not an error here. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <sane/sane.h>

/* True when the device took it, exactly or as near as it can. */
bool option_set(SANE_Handle, const char *name, const char *value);
/* The value as text; "" when there is none. */
void option_get(SANE_Handle, const char *name, char *out, size_t room);
double option_number(SANE_Handle, const char *name, double fallback);

enum option_wish { OPTION_FEEDER, OPTION_GLASS, OPTION_GRAY, OPTION_COLOUR };
/* Of a list of words, the one that means this; backends word it differently. */
bool option_choose(SANE_Handle, const char *name, enum option_wish);
bool option_is_feeder(const char *source);
/* tl 0/0, br as far as A4 goes. */
void option_whole_page(SANE_Handle);
