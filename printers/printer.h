/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/printer.h — A printer is a tongue (what bytes it understands) and a
 * carrier (how they reach it).  Defined in motcua.ini:
 *
 *     [printer "Quầy 3"]
 *     tongue  = raster            raster | pdf | plain
 *     carrier = tcp               tcp | usb | file
 *     address = 192.168.1.50:9100
 *     dots    = 576               raster: 576 (80 mm) or 384 (58 mm)
 *     paper   = a5                pdf: a5 or a4
 *     default = yes */
#pragma once
#include <stdbool.h>
#include "core/base/arena.h"
#include "core/base/config.h"
#include "core/base/error.h"
#include "printers/carrier.h"
#include "printers/draw.h"

struct printer {
	const char *name;
	const struct carrier *carrier;
	const char *address;
	enum draw_output output;
	bool is_default;
	struct printer *next;
};

/* All printers of the configuration, in its order; none is no error.  A wrong
 * key or value is FAULT_INPUT with file and line. */
bool printers_read(const struct config *, struct arena *, struct printer **, struct error *);
/* By name; NULL name gives the default one, else the first.  NULL: none. */
const struct printer *printer_find(const struct printer *, const char *name);
