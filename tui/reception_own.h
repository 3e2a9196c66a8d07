/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/reception_own.h — Between the files that write a reception down for its draft. */
#pragma once
#include <inttypes.h>
#include <stdlib.h>

#include "printers/fields.h"
#include "tui/reception.h"

struct writing {
	struct arena arena;
	struct fields fields;
};

static inline void put(struct writing *w, const char *key, const char *value)
{
	if (value && *value)
		fields_set(&w->arena, &w->fields, key, value);
}

static inline void put_number(struct writing *w, const char *key, int64_t value)
{
	fields_format(&w->arena, &w->fields, key, "%" PRId64, value);
}

static inline const char *get(const struct fields *f, const char *key)
{
	const char *value = fields_get(f, key);
	return value ? value : "";
}

static inline int64_t get_number(const struct fields *f, const char *key, int64_t least, int64_t most)
{
	int64_t value = strtoll(get(f, key), NULL, 10);
	return value < least ? least : value > most ? most : value;
}

/* How it came here: on a sheet written by hand, online, from another desk or in a batch. */
void reception_write_come(const struct reception *, struct writing *);
void reception_read_come(struct reception *, const struct fields *);
/* Why the clock does not begin with its opening, one sentence in r->worked: it came in a batch.  Empty for all others. */
struct lines reception_came(struct reception *);
