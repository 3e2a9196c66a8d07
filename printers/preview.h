/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/preview.h — A form looked at before anybody is given one: filled with
 * invented fields (printers/forms/sample.fields), marked as practice, in words. */
#pragma once
#include "core/base/bytes.h"
#include "printers/form.h"

/* The invented fields; every key a form may name is there. */
bool form_sample(struct arena *, const char *share, struct fields *, struct error *);
/* Lines of so many columns, as a sheet or as a roll.  FAULT_INPUT when it is too long. */
bool form_preview(struct arena *, const struct form *, const struct fields *, int columns, bool narrow,
                  struct bytes *out, struct error *);
/* Ours and the office's own, of a share folder. */
bool forms_here(struct arena *, const char *share, struct form **, struct error *);
/* forms_stamp of them. */
uint64_t forms_here_stamp(const char *share);
