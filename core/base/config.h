/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/config.h — Settings from ini files (inih): "[section] key = value".
 * A later file overrides an earlier one.  A line that cannot be read is an
 * error with file and line; unknown keys are for the caller to refuse. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "core/base/arena.h"
#include "core/base/error.h"

struct config_entry {
	const char *section, *key, *value, *file;
	int line;
	struct config_entry *next;
};
struct config {
	struct arena arena;
	struct config_entry *entries;
};

/* Missing file: true when optional, else FAULT_INPUT. */
bool config_read(struct config *, const char *path, bool optional, struct error *);
/* The same from memory; name stands for the file in errors. */
bool config_parse(struct config *, const char *text, const char *name, struct error *);
/* The last value given, or fallback. */
const char *config_text(const struct config *, const char *section, const char *key,
                        const char *fallback);
/* fallback where absent; a value that is no number in [least, most] fails. */
bool config_number(const struct config *, const char *section, const char *key, long fallback,
                   long least, long most, long *out, struct error *);
bool config_flag(const struct config *, const char *section, const char *key, bool fallback);
void config_free(struct config *);
