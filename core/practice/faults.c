/* SPDX-License-Identifier: Apache-2.0 */
#include "core/practice/faults.h"

#include <string.h>

static const struct {
	const char *word;
	bool after;
} kinds[] = {
	{ "", false },
#define X(name, word, after) { word, after },
	FAULTS(X)
#undef X
};

enum fault_kind fault_kind_of(const char *word)
{
	for (int i = 1; word && i < (int)(sizeof kinds / sizeof *kinds); i++)
		if (strcmp(kinds[i].word, word) == 0)
			return (enum fault_kind)i;
	return FAULT_KIND_NONE;
}

bool fault_kind_after(enum fault_kind kind)
{
	return kinds[kind].after;
}

bool faults_add(struct practice_faults *faults, const struct practice_fault *fault)
{
	if (faults->count == MOST_FAULTS)
		return false;
	faults->list[faults->count++] = *fault;
	return true;
}

static void drop(struct practice_faults *faults, int at)
{
	memmove(&faults->list[at], &faults->list[at + 1],
	        (size_t)(faults->count - at - 1) * sizeof *faults->list);
	faults->count--;
}

static bool concerns(const char *asked, const char *given)
{
	return !*asked || strcmp(asked, "*") == 0 || strcmp(asked, given) == 0;
}

void faults_clear(struct practice_faults *faults, const char *system)
{
	for (int i = faults->count - 1; i >= 0; i--)
		if (!system || strcmp(faults->list[i].system, system) == 0)
			drop(faults, i);
}

struct practice_fault faults_take(struct practice_faults *faults, const char *system,
                                  const char *service)
{
	for (int i = 0; i < faults->count; i++) {
		struct practice_fault *fault = &faults->list[i];
		if (!concerns(fault->system, system) || !concerns(fault->service, service))
			continue;
		struct practice_fault taken = *fault;
		if (fault->times > 0 && --fault->times == 0)
			drop(faults, i);
		return taken;
	}
	return (struct practice_fault){ 0 };
}
