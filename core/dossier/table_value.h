/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/table_value.h — One value of a reference file; for table.c. */
#pragma once
#include "core/dossier/table.h"

/* Decodes "\n" and "\\", composes, refuses control characters and what the
 * column's type does not allow.  *out is in the arena. */
bool table_value_take(struct arena *, const struct table_column *, const char *bytes, size_t n,
                      const char **out, struct error *);
