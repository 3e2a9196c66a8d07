/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/printer.h — A printer is a tongue (what bytes it understands) and a
 * carrier (how they reach it).  Defined in motcua.ini:
 *
 *     [printer "Quầy 3"]
 *     tongue  = raster            raster | pdf | plain
 *     carrier = tcp               tcp | usb | file | ipp | cups
 *     address = 192.168.1.50:9100 /dev/usb/lp0 | a folder | ipp://host/ipp/print | a queue
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
	const char *helper;       /* folder of the programs that carriers start */
	bool is_default;
	struct printer *next;
};

/* All printers of the configuration, in its order, a later word on one counting;
 * none is no error.  A wrong key or value is FAULT_INPUT with file and line.  A
 * section that says nothing but whether it is the default is passed over. */
bool printers_read(const struct config *, struct arena *, const char *helper, struct printer **,
                   struct error *);
/* By name; NULL name gives the default one, else the first.  NULL: none. */
const struct printer *printer_find(const struct printer *, const char *name);
/* One that prints sheets (PDF): the default one before others; NULL: none. */
const struct printer *printer_of_sheets(const struct printer *);
/* For PDF made elsewhere, A4 as a rule: one that has A4 before others, else as above. */
const struct printer *printer_of_files(const struct printer *);
/* What only one job in the unit may use at a time, written the same at every counter;
 * "" when the device itself keeps a queue. */
const char *printer_device(const struct printer *, struct arena *);
/* What its paper is called: "A5", "80 mm". */
const char *printer_paper(const struct printer *);
/* A trip to it that carries data (NULL: only a look); the caller adds title, ending. */
struct carriage printer_trip(const struct printer *, const void *data, size_t size);
