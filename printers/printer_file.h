/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/printer_file.h — printers.ini: the printers that were added at this
 * counter's screen, beside those of motcua.ini and in the same words.  It is read
 * after motcua.ini, so it may also say which printer is the default one.
 *
 * These functions make the whole new text of the file; who calls them writes it.
 * The text is read back before it is given: what comes out is always a file that
 * printers_read() takes. */
#pragma once
#include "printers/printer.h"

struct printer_plan {
	const char *name;         /* printer_name_wrong() found nothing       */
	const char *carrier;      /* "tcp", "usb", "ipp", "cups", "file"      */
	const char *address;
	const char *paper;        /* "80", "58" (thermal), "a5", "a4" (sheets) */
	bool is_default;
};

/* A sentence, or NULL: letters of any script, digits, blanks and "-_.()/", at most 30 of them, not one of all. */
const char *printer_name_wrong(const char *name, const struct printer *all);
/* own: printers.ini as it is; all: every printer known.  False, with a sentence, when the plan cannot be read back. */
bool printer_file_add(struct arena *, const struct config *own, const struct printer *all, const struct printer_plan *,
                      const char **text, struct error *);
/* That one by default, and no other. */
bool printer_file_default(struct arena *, const struct config *own, const struct printer *all, const char *name,
                          const char **text, struct error *);
/* Without that printer; what motcua.ini says of it stays. */
bool printer_file_remove(struct arena *, const struct config *own, const char *name, const char **text, struct error *);
/* Whether it was added here: it has a carrier in that file. */
bool printer_file_has(const struct config *own, const char *name);
