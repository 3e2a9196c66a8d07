/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/columns.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define TEXT(type, member)   { #member, COLUMN_TEXT, offsetof(struct type, member), NULL }
#define CODES(type, member)  { #member, COLUMN_CODES, offsetof(struct type, member), NULL }
#define NUMBER(type, member) { #member, COLUMN_NUMBER, offsetof(struct type, member), NULL }
#define ID(type, member)     { #member, COLUMN_ID, offsetof(struct type, member), NULL }
#define AMOUNT(type, member) { #member, COLUMN_AMOUNT, offsetof(struct type, member), NULL }
#define VALUE(type, member)  { #member, COLUMN_VALUE, offsetof(struct type, member), NULL }
#define FLAG(type, member)   { #member, COLUMN_FLAG, offsetof(struct type, member), NULL }
#define DAY(type, member)    { #member, COLUMN_DAY, offsetof(struct type, member), NULL }
#define TIME(type, member)   { #member, COLUMN_TIME, offsetof(struct type, member), NULL }
#define WORD(type, member, words) \
	{ #member, COLUMN_WORD, offsetof(struct type, member), words }
#define END { NULL, COLUMN_TEXT, 0, NULL }

static const struct column_word CHANNELS[] = {
	{ "0", CHANNEL_ANY },    { "1", CHANNEL_COUNTER }, { "2", CHANNEL_ONLINE },
	{ "3", CHANNEL_POST },   { "", CHANNEL_ANY },      { NULL, 0 },
};
static const struct column_word UNITS[] = {
#define X(name, stored, label) { stored, LIMIT_##name },
	LIMIT_UNITS(X)
#undef X
	{ "", LIMIT_NONE }, { NULL, 0 },
};
static const struct column_word NEEDS[] = {
#define X(name, stored) { stored, REQUIREMENT_##name },
	REQUIREMENTS(X)
#undef X
	{ NULL, 0 },
};
static const struct column_word SECTIONS[] = {
	{ "", SECTION_NONE },
	{ "nop", SECTION_SUBMIT },        { "submit", SECTION_SUBMIT },
	{ "xuat_trinh", SECTION_SHOW },   { "show", SECTION_SHOW },
	{ "luu_y", SECTION_ADVICE },      { "advice", SECTION_ADVICE },
	{ "huong_dan", SECTION_GUIDANCE },{ "guidance", SECTION_GUIDANCE },
	{ NULL, 0 },
};
static const struct column_word DAY_KINDS[] = {
	{ "statutory", DAY_STATUTORY },   { "compensation", DAY_COMPENSATION },
	{ "swap_off", DAY_SWAP_OFF },     { "makeup_work", DAY_MAKEUP_WORK },
	{ "closed", DAY_CLOSED },         { NULL, 0 },
};
static const struct column_word DAY_STATUSES[] = {
	{ "official", DAY_OFFICIAL }, { "rule", DAY_RULE }, { "predicted", DAY_PREDICTED },
	{ "", DAY_OFFICIAL },         { NULL, 0 },
};
static const struct column_word PLACES[] = {
	{ "province", PLACE_PROVINCE },   { "commune", PLACE_COMMUNE },
	{ "card_code", PLACE_CARD_CODE }, { NULL, 0 },
};

static const struct column PROCEDURE_COLUMNS[] = {
	TEXT(procedure, code), TEXT(procedure, name), TEXT(procedure, short_name),
	TEXT(procedure, short_code), TEXT(procedure, field), TEXT(procedure, ministry),
	TEXT(procedure, level), TEXT(procedure, decision), TEXT(procedure, subjects),
	TEXT(procedure, result_name), TEXT(procedure, result_code),
	TEXT(procedure, online_level), TEXT(procedure, deciding_unit),
	TEXT(procedure, interlinked), TEXT(procedure, note), FLAG(procedure, same_day_rule),
	FLAG(procedure, immediate), FLAG(procedure, offered), NUMBER(procedure, use_count),
	NUMBER(procedure, version), DAY(procedure, valid_from), DAY(procedure, valid_to), END,
};
static const struct column CASE_COLUMNS[] = {
	ID(procedure_case, case_id), TEXT(procedure_case, procedure_code),
	NUMBER(procedure_case, seq), TEXT(procedure_case, name), END,
};
static const struct column LIMIT_COLUMNS[] = {
	TEXT(limit, procedure_code), ID(limit, case_id), WORD(limit, channel, CHANNELS),
	VALUE(limit, value), WORD(limit, unit, UNITS), VALUE(limit, legal_value),
	FLAG(limit, confirmed), TEXT(limit, basis), TEXT(limit, note), DAY(limit, valid_from),
	DAY(limit, valid_to), END,
};
static const struct column FEE_COLUMNS[] = {
	ID(fee, fee_id), TEXT(fee, procedure_code), ID(fee, case_id),
	WORD(fee, channel, CHANNELS), NUMBER(fee, seq), TEXT(fee, name), AMOUNT(fee, amount),
	TEXT(fee, per), FLAG(fee, set_locally), FLAG(fee, confirmed), TEXT(fee, basis),
	TEXT(fee, published), DAY(fee, valid_from), DAY(fee, valid_to), END,
};
static const struct column COMPONENT_COLUMNS[] = {
	ID(component, component_id), TEXT(component, procedure_code), ID(component, case_id),
	TEXT(component, case_name), NUMBER(component, seq), TEXT(component, name),
	TEXT(component, form_number), TEXT(component, form_file), NUMBER(component, originals),
	NUMBER(component, copies), WORD(component, requirement, NEEDS),
	TEXT(component, condition), WORD(component, section, SECTIONS),
	WORD(component, channel, CHANNELS), FLAG(component, when_represented),
	FLAG(component, reusable), TEXT(component, reusable_basis), FLAG(component, confirmed),
	DAY(component, valid_from), DAY(component, valid_to), END,
};
static const struct column REPLACEMENT_COLUMNS[] = {
	TEXT(replacement, procedure_code), TEXT(replacement, paper),
	TEXT(replacement, database), TEXT(replacement, database_key),
	TEXT(replacement, database_owner), TEXT(replacement, basis),
	DAY(replacement, valid_from), DAY(replacement, valid_to), END,
};
static const struct column DAY_COLUMNS[] = {
	DAY(calendar_day, day), WORD(calendar_day, kind, DAY_KINDS),
	WORD(calendar_day, status, DAY_STATUSES), TEXT(calendar_day, name),
	TEXT(calendar_day, basis), NUMBER(calendar_day, hours_of), END,
};
static const struct column SHIFT_COLUMNS[] = {
	NUMBER(shift, weekday), TIME(shift, opens), TIME(shift, closes), FLAG(shift, intake),
	FLAG(shift, working), DAY(shift, valid_from), DAY(shift, valid_to), END,
};
static const struct column SYSTEM_COLUMNS[] = {
	TEXT(system, code), TEXT(system, name), TEXT(system, family), TEXT(system, ministry),
	TEXT(system, health), END,
};
static const struct column ROUTE_COLUMNS[] = {
	ID(route_rule, rule_id), TEXT(route_rule, procedure_code), TEXT(route_rule, ministry),
	TEXT(route_rule, field), TEXT(route_rule, level), ID(route_rule, case_id),
	TEXT(route_rule, deciding_unit), TEXT(route_rule, system), CODES(route_rule, told),
	DAY(route_rule, valid_from), DAY(route_rule, valid_to), TEXT(route_rule, notice),
	TEXT(route_rule, decided_by), TEXT(route_rule, note), END,
};
static const struct column PLACE_COLUMNS[] = {
	TEXT(place, code), WORD(place, kind, PLACES), TEXT(place, name), TEXT(place, full_name),
	TEXT(place, province_code), TEXT(place, eid), END,
};

const struct column *const CATALOGUE_COLUMNS[CATALOGUE_TABLE_COUNT] = {
	[CATALOGUE_PROCEDURES] = PROCEDURE_COLUMNS, [CATALOGUE_CASES] = CASE_COLUMNS,
	[CATALOGUE_LIMITS] = LIMIT_COLUMNS,         [CATALOGUE_FEES] = FEE_COLUMNS,
	[CATALOGUE_COMPONENTS] = COMPONENT_COLUMNS, [CATALOGUE_REPLACEMENTS] = REPLACEMENT_COLUMNS,
	[CATALOGUE_CALENDAR] = DAY_COLUMNS,         [CATALOGUE_SHIFTS] = SHIFT_COLUMNS,
	[CATALOGUE_SYSTEMS] = SYSTEM_COLUMNS,       [CATALOGUE_ROUTES] = ROUTE_COLUMNS,
	[CATALOGUE_PLACES] = PLACE_COLUMNS,
};
const size_t CATALOGUE_SIZES[CATALOGUE_TABLE_COUNT] = {
#define X(name, function, type, member) sizeof(struct type),
	CATALOGUE_TABLES(X)
#undef X
};

void columns_blank(const struct column *column, void *row)
{
	for (; column->name; column++) {
		void *at = (char *)row + column->offset;
		if (column->kind == COLUMN_TEXT || column->kind == COLUMN_CODES)
			*(const char **)at = "";
		else if (column->kind == COLUMN_DAY)
			*(day_t *)at = DAY_NONE;
		else if (column->kind == COLUMN_AMOUNT)
			*(int64_t *)at = FEE_UNKNOWN;
	}
}

static bool read_whole(const char *text, long long least, long long most, long long *out)
{
	char *end;
	errno = 0;
	*out = strtoll(text, &end, 10);
	return end != text && !*end && !errno && *out >= least && *out <= most;
}

/* A whole number, or one that PostgreSQL wrote as numeric with zeros: "8000.00". */
static bool read_amount(const char *text, int64_t *out)
{
	char *end;
	errno = 0;
	long long whole = strtoll(text, &end, 10);
	if (end == text || errno || whole < 0)
		return false;
	if (*end == '.')
		end += 1 + strspn(end + 1, "0");
	*out = whole;
	return !*end;
}

/* Digits with one point; strtod would follow the locale and read "inf". */
static bool read_value(const char *text, double *out)
{
	long long whole = 0, part = 0, scale = 1;
	const char *at = text;
	for (; *at >= '0' && *at <= '9' && at - text < 9; at++)
		whole = whole * 10 + (*at - '0');
	if (at == text)
		return false;
	if (*at == '.')
		for (at++; *at >= '0' && *at <= '9' && scale < 1000000; at++) {
			part = part * 10 + (*at - '0');
			scale *= 10;
		}
	*out = (double)whole + (double)part / (double)scale;
	return !*at;
}

static bool read_flag(const char *text, bool *out)
{
	*out = !strcmp(text, "t") || !strcmp(text, "true") || !strcmp(text, "1");
	return *out || !strcmp(text, "f") || !strcmp(text, "false") || !strcmp(text, "0");
}

/* hh:mm or hh:mm:ss; 24:00 is the end of the day. */
static bool read_time(const char *text, int *out)
{
	for (int i = 0; i < 5; i++)
		if (i == 2 ? text[i] != ':' : text[i] < '0' || text[i] > '9')
			return false;
	*out = ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0';
	return *out <= 1440 && text[3] < '6' && (!text[5] || text[5] == ':');
}

static bool read_word(const struct column_word *word, const char *text, int *out)
{
	for (; word->word; word++)
		if (!strcmp(word->word, text)) {
			*out = word->number;
			return true;
		}
	return false;
}

/* PostgreSQL's {a,b} as "a,b"; quotes never occur in codes. */
static const char *read_codes(struct arena *arena, const char *text)
{
	size_t n = strlen(text);
	if (n >= 2 && text[0] == '{' && text[n - 1] == '}')
		return arena_copy(arena, text + 1, n - 2);
	return arena_string(arena, text);
}

bool column_read(const struct column *column, const char *value, void *row, struct arena *arena)
{
	void *at = (char *)row + column->offset;
	long long whole;
	switch (column->kind) {
	case COLUMN_TEXT: *(const char **)at = arena_string(arena, value); return true;
	case COLUMN_CODES: *(const char **)at = read_codes(arena, value); return true;
	case COLUMN_NUMBER:
		if (!read_whole(value, INT_MIN, INT_MAX, &whole))
			return false;
		*(int *)at = (int)whole;
		return true;
	case COLUMN_ID:
		if (!read_whole(value, 0, INT64_MAX, &whole))
			return false;
		*(int64_t *)at = whole;
		return true;
	case COLUMN_AMOUNT: return read_amount(value, at);
	case COLUMN_VALUE: return read_value(value, at);
	case COLUMN_FLAG: return read_flag(value, at);
	case COLUMN_DAY: return (*(day_t *)at = day_read_iso(value)) != DAY_NONE;
	case COLUMN_TIME: return read_time(value, at);
	case COLUMN_WORD: return read_word(column->words, value, at);
	}
	return false;
}
