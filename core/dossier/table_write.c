/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/table.h"

void table_write_header(struct bytes *out, const struct table_kind *kind)
{
	for (size_t i = 0; i < kind->count; i++) {
		if (i)
			bytes_byte(out, '\t');
		bytes_text(out, kind->columns[i].name);
	}
	bytes_byte(out, '\n');
}

/* A tab cannot stand in a value; it becomes a blank, which no reader misses. */
static void write_value(struct bytes *out, const char *value)
{
	for (; *value; value++) {
		if (*value == '\n')
			bytes_text(out, "\\n");
		else if (*value == '\\')
			bytes_text(out, "\\\\");
		else
			bytes_byte(out, (unsigned char)*value < 0x20 ? ' ' : (uint8_t)*value);
	}
}

void table_write_row(struct bytes *out, const struct table_kind *kind, const char *const *values)
{
	for (size_t i = 0; i < kind->count; i++) {
		if (i)
			bytes_byte(out, '\t');
		if (values[i])
			write_value(out, values[i]);
	}
	bytes_byte(out, '\n');
}
