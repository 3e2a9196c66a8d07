/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/serial.h — A code scanner on a serial device (USB COM, RS-232): raw bytes,
 * so that accents survive; framed by CR or LF.  Set the scanner to "USB COM,
 * UTF-8, no ECI prefix, suffix CR", 115200 8N1.  When the device goes away it is
 * looked for again every few seconds. */
#pragma once
#include <stdbool.h>
#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/loop.h"
#include "tui/event.h"

struct serial {
	bool open;           /* the device answers now                    */
	/* serial.c's own: */
	struct loop *loop;
	void (*give)(struct serial *, const struct event *);
	void *owner;
	char path[128];
	struct watch watch;
	struct timer again;  /* looks for the device                      */
	struct timer stall;  /* a code without its CR ends after a silence */
	struct bytes text;
};

/* Opens path with TIOCEXCL.  FAULT_DEVICE when it is not there now: it will be
 * looked for, and scans simply begin to come. */
bool serial_start(struct serial *, struct loop *, const char *path,
                  void (*give)(struct serial *, const struct event *), void *owner,
                  struct error *);
void serial_stop(struct serial *);
