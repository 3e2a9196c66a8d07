/* SPDX-License-Identifier: Apache-2.0
 *
 * The facts of a copy lie on whatever disk it was carried on: refused, or what was read is written and read again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/backup_own.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct backup_facts facts, again;
	if (backup_facts_parse(arena_copy(&arena, (const char *)data, size), &facts)) {
		if (facts.dossiers < 0 || facts.papers < 0 || facts.trail < 0 || facts.units < 0 || facts.schema < 0 || facts.major < 0)
			abort(); /* a copy that is held against it would lack nothing */
		if (!backup_facts_parse(backup_facts_text(&arena, "0.1.0", &facts), &again) || again.made != facts.made || again.major != facts.major ||
		    again.schema != facts.schema || again.units != facts.units || again.dossiers != facts.dossiers || again.papers != facts.papers ||
		    again.trail != facts.trail || again.embedded != facts.embedded)
			abort();
	}
	arena_free(&arena);
	return 0;
}
