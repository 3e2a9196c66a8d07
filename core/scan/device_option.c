/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/device_option.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define A4_WIDE 210.0
#define A4_HIGH 297.0

static const SANE_Option_Descriptor *find(SANE_Handle handle, const char *name, SANE_Int *number)
{
	const SANE_Option_Descriptor *d;
	for (SANE_Int i = 1; (d = sane_get_option_descriptor(handle, i)); i++)
		if (d->name && strcmp(d->name, name) == 0 && SANE_OPTION_IS_ACTIVE(d->cap)) {
			*number = i;
			return d;
		}
	return NULL;
}

/* The word of the list that the value means; any text where there is no list. */
static const char *word_of(const SANE_Option_Descriptor *d, const char *value)
{
	if (d->constraint_type != SANE_CONSTRAINT_STRING_LIST)
		return value;
	for (int i = 0; d->constraint.string_list[i]; i++)
		if (strcasecmp(d->constraint.string_list[i], value) == 0)
			return d->constraint.string_list[i];
	return NULL;
}

static bool set_word(SANE_Handle handle, SANE_Int number, const SANE_Option_Descriptor *d,
                     const char *value)
{
	const char *word = word_of(d, value);
	if (!word || d->size <= 0 || strlen(word) >= (size_t)d->size)
		return false;
	char *text = calloc(1, (size_t)d->size);
	if (!text)
		return false;
	strcpy(text, word);
	SANE_Status status = sane_control_option(handle, number, SANE_ACTION_SET_VALUE, text, NULL);
	free(text);
	return status == SANE_STATUS_GOOD;
}

/* Rounded into what the device allows. */
static SANE_Word nearest(const SANE_Option_Descriptor *d, SANE_Word value)
{
	if (d->constraint_type == SANE_CONSTRAINT_RANGE) {
		const SANE_Range *r = d->constraint.range;
		return value < r->min ? r->min : value > r->max ? r->max : value;
	}
	if (d->constraint_type != SANE_CONSTRAINT_WORD_LIST || d->constraint.word_list[0] < 1)
		return value;
	/* The least that is enough, else the most there is. */
	SANE_Word best = 0, most = d->constraint.word_list[1];
	for (SANE_Word i = 1; i <= d->constraint.word_list[0]; i++) {
		SANE_Word one = d->constraint.word_list[i];
		if (one >= value && (best == 0 || one < best))
			best = one;
		if (one > most)
			most = one;
	}
	return best ? best : most;
}

bool option_set(SANE_Handle handle, const char *name, const char *value)
{
	SANE_Int number;
	const SANE_Option_Descriptor *d = find(handle, name, &number);
	if (!d || !SANE_OPTION_IS_SETTABLE(d->cap))
		return false;
	if (d->type == SANE_TYPE_STRING)
		return set_word(handle, number, d, value);
	SANE_Word word;
	char *end = NULL;
	if (d->type == SANE_TYPE_BOOL) {
		word = strcasecmp(value, "yes") == 0 || strcmp(value, "1") == 0;
	} else if (d->type == SANE_TYPE_INT || d->type == SANE_TYPE_FIXED) {
		double n = strtod(value, &end);
		if (end == value || *end || !(fabs(n) < 30000))
			return false;
		word = nearest(d, d->type == SANE_TYPE_FIXED ? SANE_FIX(n) : (SANE_Word)n);
	} else {
		return false;
	}
	if (d->size > (SANE_Int)sizeof word)
		return false; /* an array of numbers */
	return sane_control_option(handle, number, SANE_ACTION_SET_VALUE, &word, NULL) ==
	       SANE_STATUS_GOOD;
}

void option_get(SANE_Handle handle, const char *name, char *out, size_t room)
{
	SANE_Int number;
	const SANE_Option_Descriptor *d = find(handle, name, &number);
	*out = '\0';
	if (!d || d->type != SANE_TYPE_STRING || d->size <= 0)
		return;
	char *text = calloc(1, (size_t)d->size + 1);
	if (text && sane_control_option(handle, number, SANE_ACTION_GET_VALUE, text, NULL) ==
			    SANE_STATUS_GOOD)
		snprintf(out, room, "%s", text);
	free(text);
}

double option_number(SANE_Handle handle, const char *name, double fallback)
{
	SANE_Int number;
	SANE_Word word = 0;
	const SANE_Option_Descriptor *d = find(handle, name, &number);
	if (!d || (d->type != SANE_TYPE_INT && d->type != SANE_TYPE_FIXED) ||
	    d->size != (SANE_Int)sizeof word ||
	    sane_control_option(handle, number, SANE_ACTION_GET_VALUE, &word, NULL) !=
		    SANE_STATUS_GOOD)
		return fallback;
	return d->type == SANE_TYPE_FIXED ? SANE_UNFIX(word) : word;
}

bool option_is_feeder(const char *source)
{
	return strcasestr(source, "feed") || strcasestr(source, "adf") ||
	       strcasestr(source, "duplex");
}

static bool means(const char *word, enum option_wish wish)
{
	switch (wish) {
	case OPTION_FEEDER: return option_is_feeder(word);
	case OPTION_GLASS: return strcasestr(word, "flat") || strcasestr(word, "glass");
	case OPTION_GRAY: return strcasestr(word, "gr") != NULL; /* Gray, Grayscale, Grey */
	case OPTION_COLOUR: return strcasestr(word, "col") != NULL;
	}
	return false;
}

bool option_choose(SANE_Handle handle, const char *name, enum option_wish wish)
{
	SANE_Int number;
	const SANE_Option_Descriptor *d = find(handle, name, &number);
	if (!d || d->type != SANE_TYPE_STRING || d->constraint_type != SANE_CONSTRAINT_STRING_LIST)
		return false;
	for (int i = 0; d->constraint.string_list[i]; i++)
		if (means(d->constraint.string_list[i], wish))
			return set_word(handle, number, d, d->constraint.string_list[i]);
	return false;
}

static void set_edge(SANE_Handle handle, const char *name, double at)
{
	SANE_Int number;
	char text[32];
	const SANE_Option_Descriptor *d = find(handle, name, &number);
	if (!d || d->unit != SANE_UNIT_MM)
		return;
	snprintf(text, sizeof text, "%.2f", at);
	(void)option_set(handle, name, text);
}

void option_whole_page(SANE_Handle handle)
{
	set_edge(handle, "tl-x", 0);
	set_edge(handle, "tl-y", 0);
	set_edge(handle, "br-x", A4_WIDE);
	set_edge(handle, "br-y", A4_HIGH);
}
