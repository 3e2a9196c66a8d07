/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/config.h"

#include <errno.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "core/base/text.h"

/* inih tells no line numbers, but reads through us line by line. */
struct reading {
	struct config *config;
	const char *name, *at;
	int line;
};

static char *next_line(char *out, int room, void *stream)
{
	struct reading *reading = stream;
	size_t n = strcspn(reading->at, "\n");
	if (!*reading->at)
		return NULL;
	size_t whole = n + (reading->at[n] == '\n');
	size_t kept = whole < (size_t)room ? whole : (size_t)room - 1;
	memcpy(out, reading->at, kept);
	out[kept] = '\0';
	reading->at += kept;
	reading->line += kept == whole;
	return out;
}

static int take_entry(void *user, const char *section, const char *key, const char *value)
{
	struct reading *reading = user;
	struct config *config = reading->config;
	const char *given = value ? value : "";
	if (!text_valid(section, strlen(section)) || !text_valid(key, strlen(key)) ||
	    !text_valid(given, strlen(given)))
		return 0; /* inih reports this line */
	struct config_entry *entry = ARENA_NEW(&config->arena, struct config_entry);
	entry->section = arena_string(&config->arena, section);
	entry->key = arena_string(&config->arena, key);
	entry->value = arena_string(&config->arena, given);
	entry->file = reading->name;
	entry->line = reading->line;
	entry->next = config->entries;
	config->entries = entry;
	return 1;
}

bool config_parse(struct config *config, const char *text, const char *name, struct error *err)
{
	struct reading reading = { config, arena_string(&config->arena, name), text, 0 };
	int line = ini_parse_stream(next_line, &reading, take_entry, &reading);
	if (line == 0)
		return true;
	fail(err, FAULT_INPUT, _("Tệp cấu hình %s: dòng %d không đọc được."), name, line);
	return because(err, "%s:%d: not \"key = value\", or not UTF-8", name, line);
}

bool config_read(struct config *config, const char *path, bool optional, struct error *err)
{
	char *text;
	if (optional) {
		FILE *probe = fopen(path, "re");
		if (!probe && errno == ENOENT)
			return true;
		if (probe)
			fclose(probe);
	}
	return path_read(&config->arena, path, &text, NULL, err) &&
	       config_parse(config, text, path, err);
}

const char *config_text(const struct config *config, const char *section, const char *key,
                        const char *fallback)
{
	/* Entries are kept newest first, so the first match is the last word. */
	for (const struct config_entry *e = config->entries; e; e = e->next)
		if (strcmp(e->section, section) == 0 && strcmp(e->key, key) == 0)
			return e->value;
	return fallback;
}

bool config_number(const struct config *config, const char *section, const char *key, long fallback,
                   long least, long most, long *out, struct error *err)
{
	const char *text = config_text(config, section, key, NULL);
	*out = fallback;
	if (!text)
		return true;
	char *end;
	errno = 0;
	long value = strtol(text, &end, 10);
	if (errno || end == text || *end || value < least || value > most) {
		fail(err, FAULT_INPUT, _("Cấu hình [%s] %s: cần một số từ %ld đến %ld."), section,
		     key, least, most);
		return because(err, "[%s] %s = %s", section, key, text);
	}
	*out = value;
	return true;
}

bool config_flag(const struct config *config, const char *section, const char *key, bool fallback)
{
	const char *text = config_text(config, section, key, NULL);
	if (!text)
		return fallback;
	return strcasecmp(text, "yes") == 0 || strcasecmp(text, "true") == 0 ||
	       strcasecmp(text, "on") == 0 || strcmp(text, "1") == 0 || strcasecmp(text, "có") == 0;
}

void config_free(struct config *config)
{
	arena_free(&config->arena);
	config->entries = NULL;
}
