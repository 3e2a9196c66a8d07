/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/device.h — The door to libsane, for motcua-scan alone: a device opened,
 * set and read.  Errors carry one of SCAN_WORDS (core/scan/scan.h) in err->code.
 *
 * Reads block: select does not work on most backends, so that a process of its own
 * waits here.  sane_cancel may be called from a signal handler (SANE standard 4.3.11). */
#pragma once
#include <stdbool.h>
#include <stdio.h>
#include "core/base/error.h"
#include "core/scan/jpeg.h"

struct device;

struct device_wish {
	const char *device;   /* NULL: the first that answers                        */
	const char *source;   /* NULL: the feeder, and the glass when it is empty    */
	bool gray;
	int dpi;
	const char *const *settings; /* "option=value", for the quirks of a model    */
	int setting_count;
};

/* Calls found for each device that answers; false when libsane cannot start. */
bool device_list(void (*found)(const char *name, const char *vendor, const char *model),
                 struct error *);
struct device *device_open(const struct device_wish *, struct error *);
/* More than one page comes from it. */
bool device_feeds(const struct device *);
/* From the feeder that was empty to the glass; false when there is none, or when the
 * source was asked for by name. */
bool device_to_glass(struct device *, struct error *);
/* One page into raw, width × channels bytes a row.  at (may be NULL) hears 10, 20 … 100
 * where the height is known. */
bool device_read(struct device *, FILE *raw, struct picture *, void (*at)(int percent),
                 struct error *);
/* Safe in a signal handler. */
void device_cancel(struct device *);
struct device *device_close(struct device *);
