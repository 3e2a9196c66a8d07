/* SPDX-License-Identifier: Apache-2.0
 *
 * Finding in the catalogue: by code, by key, by what a clerk types. */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/dossier/catalogue.h"

const struct procedure *catalogue_procedure(const struct catalogue *catalogue, const char *code)
{
	size_t low = 0, high = catalogue->count[CATALOGUE_PROCEDURES];
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int by = strcmp(catalogue->procedures[middle].code, code);
		if (!by)
			return &catalogue->procedures[middle];
		if (by < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const struct procedure *catalogue_short(const struct catalogue *catalogue, const char *short_code)
{
	char wanted[64];
	if (!text_fold(short_code, wanted, sizeof(wanted)))
		return NULL;
	for (size_t i = 0; i < catalogue->count[CATALOGUE_PROCEDURES]; i++)
		if (!strcmp(catalogue->procedures[i].folded_key, wanted))
			return &catalogue->procedures[i];
	return NULL;
}

const struct procedure_case *catalogue_case(const struct catalogue *catalogue, int64_t case_id)
{
	for (size_t i = 0; i < catalogue->count[CATALOGUE_CASES]; i++)
		if (catalogue->cases[i].case_id == case_id)
			return &catalogue->cases[i];
	return NULL;
}

const struct system *catalogue_system(const struct catalogue *catalogue, const char *code)
{
	for (size_t i = 0; i < catalogue->count[CATALOGUE_SYSTEMS]; i++)
		if (!strcmp(catalogue->systems[i].code, code))
			return &catalogue->systems[i];
	return NULL;
}

const struct place *catalogue_place(const struct catalogue *catalogue, enum place_kind kind,
                                    const char *code)
{
	for (size_t i = 0; i < catalogue->count[CATALOGUE_PLACES]; i++) {
		const struct place *place = &catalogue->places[i];
		if (place->kind == kind && !strcmp(place->code, code))
			return place;
	}
	return NULL;
}

static bool valid_on(day_t from, day_t to, day_t day)
{
	return (from == DAY_NONE || day >= from) && (to == DAY_NONE || day < to);
}

const struct limit *catalogue_limit(const struct procedure *procedure, int64_t case_id,
                                    enum channel channel, day_t day)
{
	const struct limit *best = NULL;
	int best_rank = -1;
	for (size_t i = 0; i < procedure->limit_count; i++) {
		const struct limit *limit = &procedure->limits[i];
		if (!valid_on(limit->valid_from, limit->valid_to, day))
			continue;
		if ((limit->case_id && limit->case_id != case_id) ||
		    (limit->channel && limit->channel != channel))
			continue;
		int rank = (limit->case_id ? 4 : 0) + (limit->channel ? 2 : 0) + limit->confirmed;
		if (rank > best_rank || (rank == best_rank && limit->valid_from > best->valid_from)) {
			best = limit;
			best_rank = rank;
		}
	}
	return best;
}

/* Digits of a code, so that "1004873" finds "1.004873". */
static bool begins_code(const char *code, const char *typed)
{
	if (!*typed)
		return false;
	for (; *typed; typed++) {
		if (*typed == '.')
			continue;
		while (*code == '.')
			code++;
		if (*code++ != *typed)
			return false;
	}
	return true;
}

static size_t digits(const char *code)
{
	size_t n = 0;
	for (; *code; code++)
		n += *code != '.';
	return n;
}

const struct procedure *catalogue_known(const struct catalogue *catalogue, const char *typed)
{
	typed += strspn(typed, " ");
	for (size_t i = 0; i < catalogue->count[CATALOGUE_PROCEDURES]; i++) {
		const struct procedure *p = &catalogue->procedures[i];
		if (begins_code(p->code, typed) && digits(p->code) == digits(typed))
			return p;
	}
	return *typed ? catalogue_short(catalogue, typed) : NULL;
}

static bool begins(const char *text, const char *with)
{
	return *with && !strncmp(text, with, strlen(with));
}

/* The words as typed, one after another, from the start of a word on. */
static bool has_phrase(const char *text, const char *phrase)
{
	for (const char *at = text; (at = strstr(at, phrase)); at++)
		if (at == text || at[-1] == ' ')
			return true;
	return false;
}

/* 0: no; higher is better.  Ranks leave room for the use count between them. */
static int match(const struct procedure *procedure, const char *folded, const char *joined)
{
	const char *key = procedure->folded_key;
	if (!*folded)
		return 1;
	if (!strcmp(key, joined) || !strcmp(procedure->code, joined))
		return 8;
	if (begins(key, joined))
		return 7;
	if (begins_code(procedure->code, joined))
		return 6;
	if (!strcmp(procedure->initials, joined))
		return 5;
	if (has_phrase(procedure->folded, folded))
		return 4;
	if (text_has_words(procedure->folded, folded))
		return 3;
	if (strlen(joined) >= 3 && begins(procedure->initials, joined))
		return 2;
	return 0;
}

struct hit {
	const struct procedure *procedure;
	int rank;
};

static bool before(const struct hit *a, const struct hit *b)
{
	if (a->rank != b->rank)
		return a->rank > b->rank;
	if (a->procedure->use_count != b->procedure->use_count)
		return a->procedure->use_count > b->procedure->use_count;
	/* The unit's short names are shortest for what is asked every day. */
	size_t long_a = strlen(procedure_label(a->procedure));
	size_t long_b = strlen(procedure_label(b->procedure));
	if (long_a != long_b)
		return long_a < long_b;
	return strcmp(a->procedure->code, b->procedure->code) < 0;
}

#define HITS_MOST 2048

size_t catalogue_search(const struct catalogue *catalogue, const char *typed, day_t day,
                        const struct procedure **out, size_t most)
{
	struct hit hits[HITS_MOST];
	char folded[256], joined[256];
	size_t n = 0, length = 0;
	if (most > HITS_MOST)
		most = HITS_MOST;
	text_fold(typed, folded, sizeof(folded));
	for (const char *at = folded; *at; at++)
		if (*at != ' ')
			joined[length++] = *at;
	joined[length] = 0;
	for (size_t i = 0; i < catalogue->count[CATALOGUE_PROCEDURES] && most; i++) {
		const struct procedure *p = &catalogue->procedures[i];
		struct hit hit = { p, 0 };
		if (!p->offered || !procedure_in_force(p, day))
			continue;
		if (!(hit.rank = match(p, folded, joined)))
			continue;
		if (n == most && !before(&hit, &hits[n - 1]))
			continue;
		size_t at = n < most ? n++ : n - 1;
		for (; at && before(&hit, &hits[at - 1]); at--)
			hits[at] = hits[at - 1];
		hits[at] = hit;
	}
	for (size_t i = 0; i < n; i++)
		out[i] = hits[i].procedure;
	return n;
}

size_t catalogue_places(const struct catalogue *catalogue, enum place_kind kind,
                        const char *province_code, const char *typed, const struct place **out,
                        size_t most)
{
	char folded[256];
	size_t n = 0;
	text_fold(typed, folded, sizeof(folded));
	for (size_t i = 0; i < catalogue->count[CATALOGUE_PLACES] && n < most; i++) {
		const struct place *place = &catalogue->places[i];
		if (place->kind != kind)
			continue;
		if (*province_code && strcmp(place->province_code, province_code))
			continue;
		if (!*folded || text_has_words(place->folded, folded))
			out[n++] = place;
	}
	return n;
}
