/* SPDX-License-Identifier: Apache-2.0
 *
 * What was counted before a copy was made: lines "word value". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/backup_own.h"
#include "core/store/store.h"

const char *backup_facts_text(struct arena *arena, const char *version, const struct backup_facts *f)
{
	char at[40];
	return arena_format(arena, "made %s\nprogram %s\nembedded %d\npostgresql %d\nschema %lld\nunits %lld\ndossiers %lld\npapers %lld\ntrail %lld\n",
	                                moment_write_iso(f->made, at, sizeof at), version, f->embedded, f->major, (long long)f->schema,
	                                (long long)f->units, (long long)f->dossiers, (long long)f->papers, (long long)f->trail);
}

bool backup_facts_write(const char *copy, const char *version, const struct backup_facts *f, struct error *err)
{
	struct arena arena = { 0 };
	const char *text = backup_facts_text(&arena, version, f);
	bool good = path_write(path_join(&arena, copy, BACKUP_FACTS), text, strlen(text), 0600, err);
	arena_free(&arena);
	return good;
}

static const char *word(const char *text, const char *name)
{
	size_t n = strlen(name);
	for (const char *at = text; at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL)
		if (strncmp(at, name, n) == 0 && at[n] == ' ')
			return at + n + 1;
	return "";
}

/* A count that is not there was not counted yet: 0.  One that is no count is a damaged file. */
static bool number(const char *text, const char *name, int64_t *out)
{
	const char *value = word(text, name);
	size_t n = strspn(value, "0123456789");
	*out = strtoll(value, NULL, 10);
	return n <= 18 && (n ? value[n] == '\n' || !value[n] : !*value);
}

bool backup_facts_parse(const char *text, struct backup_facts *f)
{
	int64_t major, embedded;
	char at[40] = "";
	const char *made = word(text, "made");
	size_t n = strcspn(made, "\n");
	*f = (struct backup_facts){ 0 };
	if (n < sizeof at)
		memcpy(at, made, n);
	f->made = moment_read_iso(at);
	bool good = number(text, "postgresql", &major) && number(text, "schema", &f->schema) && number(text, "units", &f->units) &&
	            number(text, "dossiers", &f->dossiers) && number(text, "papers", &f->papers) && number(text, "trail", &f->trail) &&
	            number(text, "embedded", &embedded);
	if (!good || f->made == MOMENT_NONE || major > 999)
		return false;
	f->major = (int)major;
	f->embedded = embedded == 1;
	return true;
}

bool backup_facts_read(const char *copy, struct backup_facts *f, struct error *err)
{
	struct arena arena = { 0 };
	char *text;
	bool good = path_read(&arena, path_join(&arena, copy, BACKUP_FACTS), &text, NULL, err);
	if (good)
		good = backup_facts_parse(text, f);
	if (!good) {
		fail(err, FAULT_INPUT, _("%s không phải bản sao lưu của motcua."), copy);
		because(err, "%s: no facts", copy);
	}
	arena_free(&arena);
	return good;
}

#define COUNTS "select (select max(number) from motcua.migration) as schema, (select count(*) from motcua.unit) as units, " \
	"(select count(*) from motcua.dossier) as dossiers, (select count(*) from motcua.paper) as papers, " \
	"(select count(*) from motcua.audit) as trail, current_setting('server_version_num')::int / 10000 as major, clock_timestamp() as made"

static bool read_counts(const struct reply *reply, struct backup_facts *f, struct error *err)
{
	f->schema = reply_number(reply, 0, "schema", 0);
	f->units = reply_number(reply, 0, "units", 0);
	f->dossiers = reply_number(reply, 0, "dossiers", 0);
	f->papers = reply_number(reply, 0, "papers", 0);
	f->trail = reply_number(reply, 0, "trail", 0);
	f->major = (int)reply_number(reply, 0, "major", 0);
	f->made = reply_moment(reply, 0, "made");
	return reply_whole(reply, err);
}

bool backup_facts_count(const char *server, struct backup_facts *f, struct error *err)
{
	struct loop loop;
	struct arena arena = { 0 };
	struct reply reply;
	loop_init(&loop);
	struct store *store = store_open(&loop, &(struct store_settings){ .server = server, .program = "motcua-backup", .ask_ms = 600000,
		.statement_ms = 600000, .silence_ms = 600000 }, err);
	bool good = store && store_wait(store, 20000, err) && store_ask_wait(store, &arena, COUNTS, NULL, 0, true, &reply, err) &&
	            read_counts(&reply, f, err);
	store_close(store);
	arena_free(&arena);
	return good;
}
