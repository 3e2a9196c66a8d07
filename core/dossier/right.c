/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/right.h"

#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/dossier/catalogue.h"

static const struct {
	const char *stored, *mark, *name;
} rights[RIGHT_COUNT] = {
#define X(name, stored, mark, label) [RIGHT_##name] = { stored, mark, label },
	RIGHTS(X)
#undef X
};

enum right right_read(const char *stored)
{
	for (int i = 0; i < RIGHT_COUNT; i++)
		if (strcmp(rights[i].stored, stored) == 0)
			return (enum right)i;
	return RIGHT_UNKNOWN;
}

const char *right_stored(enum right right)
{
	return rights[right].stored;
}

const char *right_mark(enum right right)
{
	return rights[right].mark;
}

const char *right_name(enum right right)
{
	return _(rights[right].name);
}

/* Is word one of the list's, letters folded? */
static bool listed(const char *list, const char *word)
{
	char wanted[400], one[400];
	text_fold(word, wanted, sizeof wanted);
	while (*list) {
		size_t n = strcspn(list, ";");
		struct arena arena = { 0 };
		text_fold(arena_copy(&arena, list, n), one, sizeof one);
		arena_free(&arena);
		const char *start = one + strspn(one, " ");
		if (*start && strcmp(start, wanted) == 0)
			return true;
		list += n + (list[n] == ';');
	}
	return false;
}

bool right_lacks(enum right right, const char *fields, const char *procedures,
                 const struct procedure *p)
{
	if (right == RIGHT_UNKNOWN)
		return false;
	if (right != RIGHT_GRANTED)
		return true;
	if (!p || (!*fields && !*procedures))
		return false;
	return !listed(fields, p->field) && !listed(procedures, p->code);
}

static const struct system *worked_by(const struct catalogue *c, const struct procedure *p,
                                      const char *level, day_t day)
{
	struct arena scratch = { 0 };
	struct route route;
	const struct route_ask ask = { p, level, 0, p->deciding_unit, day };
	bool good = route_choose(&scratch, c, &ask, &route, NULL);
	const struct system *system = good ? route.destination : NULL;
	arena_free(&scratch);
	return system;
}

size_t right_works(struct arena *arena, const struct catalogue *c, const char *level, day_t day,
                   struct right_work **out)
{
	size_t systems = c->count[CATALOGUE_SYSTEMS], procedures = c->count[CATALOGUE_PROCEDURES];
	size_t *room = ARENA_MANY(arena, size_t, systems + 1), kept = 0;
	struct right_work *works = ARENA_MANY(arena, struct right_work, systems + 1);
	for (size_t i = 0; i < procedures; i++) {
		const struct procedure *p = &c->procedures[i];
		const struct system *system =
			p->offered && procedure_in_force(p, day) ? worked_by(c, p, level, day) : NULL;
		if (!system)
			continue;
		struct right_work *work = &works[system - c->systems];
		work->procedures = arena_grow(arena, work->procedures, sizeof *work->procedures,
		                              work->count, &room[system - c->systems]);
		work->procedures[work->count++] = p;
	}
	for (size_t i = 0; i < systems; i++) {
		works[i].system = &c->systems[i];
		if (works[i].count)
			works[kept++] = works[i];
	}
	*out = works;
	return kept;
}

const char *system_brief(const char *name)
{
	static const char *const long_words[] = { "Hệ thống tập trung của ", "Hệ thống của ",
		"Hệ thống thông tin " };
	for (size_t i = 0; i < sizeof long_words / sizeof *long_words; i++)
		if (strncmp(name, long_words[i], strlen(long_words[i])) == 0)
			return name + strlen(long_words[i]);
	return name;
}

const char *system_short(struct arena *arena, const char *code)
{
	enum { MOST = 4 };
	char *out = arena_take(arena, MOST + 1);
	bool initials = strchr(code, '-') != NULL;
	size_t n = 0;
	for (size_t i = 0; code[i] && n < MOST; i++) {
		bool letter = code[i] != '-' && (!initials || i == 0 || code[i - 1] == '-');
		if (letter)
			out[n++] = (char)(code[i] >= 'a' && code[i] <= 'z' ? code[i] - 'a' + 'A' : code[i]);
	}
	return out;
}
