/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/folder_line.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

static const char hex[] = "0123456789ABCDEF";

static bool plain(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
	       c == '_' || c == '-';
}

void folder_word_write(struct bytes *out, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		if (plain(*text))
			bytes_byte(out, c);
		else
			bytes_format(out, "%%%02X", c);
	}
}

char *folder_word_read(struct arena *arena, const char *word, size_t n)
{
	char *out = arena_take(arena, n + 1);
	size_t size = 0;
	for (size_t i = 0; i < n; i++) {
		if (plain(word[i])) {
			out[size++] = word[i];
			continue;
		}
		const char *high = word[i] == '%' && i + 2 < n && word[i + 1] ? strchr(hex, word[i + 1]) : NULL;
		const char *low = high && word[i + 2] ? strchr(hex, word[i + 2]) : NULL;
		int byte = low ? (int)(high - hex) * 16 + (int)(low - hex) : 0;
		if (!byte || plain((char)byte))
			return NULL;
		out[size++] = (char)byte;
		i += 2;
	}
	out[size] = '\0';
	return out;
}

bool folder_name_fits(const char *name)
{
	return *name && !strchr(name, '/') && strlen(name) <= NAME_MAX && strcmp(name, ".") != 0 &&
	       strcmp(name, "..") != 0;
}

void folder_line_write(struct bytes *out, const struct folder_entry *entry)
{
	if (entry->folder)
		bytes_format(out, "dir %" PRId64 " ", entry->time);
	else
		bytes_format(out, "file %" PRId64 " %" PRId64 " %d ", entry->size, entry->time, entry->pages);
	folder_word_write(out, entry->name);
	bytes_text(out, "\n");
}

bool folder_line_read(struct arena *arena, const char *line, struct folder_entry *entry)
{
	int used = 0;
	*entry = (struct folder_entry){ 0 };
	if (sscanf(line, "dir %19" SCNd64 " %n", &entry->time, &used) == 1 && used)
		entry->folder = true;
	else if (sscanf(line, "file %18" SCNd64 " %19" SCNd64 " %7d %n", &entry->size, &entry->time,
	                &entry->pages, &used) != 3 || !used || entry->size < 0 || entry->pages < 0)
		return false;
	size_t n = strlen(line + used);
	char *name = n <= 3 * NAME_MAX ? folder_word_read(arena, line + used, n) : NULL;
	entry->name = name;
	return name && folder_name_fits(name);
}
