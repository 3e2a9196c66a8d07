/* SPDX-License-Identifier: Apache-2.0
 *
 * Dossier files come from other people's programs.  What is taken must make a
 * request that is JSON again; what is refused must be told. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tui/command/filing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct catalogue catalogue;

#define ROW(table, ...)                                                                            \
	row(table, (const char *const[]){ __VA_ARGS__, NULL })

/* Names and values in turn. */
static void row(enum catalogue_table table, const char *const *cells)
{
	const char *names[16], *values[16];
	struct error err;
	size_t n = 0;
	for (; cells[2 * n]; n++) {
		names[n] = cells[2 * n];
		values[n] = cells[2 * n + 1];
	}
	if (!catalogue_row(&catalogue, table, n, names, values, &err))
		abort();
}

static void make_catalogue(void)
{
	if (catalogue.procedures)
		return;
	catalogue_start(&catalogue);
	ROW(CATALOGUE_PROCEDURES, "code", "1.004873", "name", "Xác nhận", "short_code", "xn", "ministry",
	    "Bộ Tư pháp", "level", "xã");
	ROW(CATALOGUE_CASES, "case_id", "7", "procedure_code", "1.004873", "seq", "1", "name", "Cấp lại");
	ROW(CATALOGUE_COMPONENTS, "component_id", "1", "procedure_code", "1.004873", "seq", "1", "name",
	    "Tờ khai", "originals", "1", "requirement", "required");
	ROW(CATALOGUE_COMPONENTS, "component_id", "2", "procedure_code", "1.004873", "seq", "2", "name",
	    "Thẻ căn cước", "requirement", "conditional", "reusable", "t");
	ROW(CATALOGUE_FEES, "fee_id", "1", "procedure_code", "1.004873", "seq", "1", "name", "Lệ phí");
	ROW(CATALOGUE_SYSTEMS, "code", "tinh", "name", "Tỉnh", "family", "ndxp");
	catalogue_finish(&catalogue);
}

static void use(struct filing *filing, struct arena *arena)
{
	struct reception r;
	struct error err = { 0 };
	struct intake intake;
	moment_t now = moment_of(day_of(2026, 11, 20), 9, 41, 0);
	reception_start(&r, arena, &catalogue);
	if (!filing_fill(filing, &r, now, &err)) {
		if (!*err.say)
			abort();
	} else if (reception_compute(&r, "xã", now, &err)) {
		reception_gaps(&r, arena);
		reception_intake(&r, arena, "Q1", &intake);
		json_t *again = json_loads(intake_json(arena, &intake, false), 0, NULL);
		if (!json_is_object(again))
			abort();
		json_decref(again);
	}
	reception_end(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct filing filing;
	struct error err = { 0 };
	make_catalogue();
	if (filing_parse(&filing, &arena, (const char *)data, size, &err))
		use(&filing, &arena);
	else if (!*err.say)
		abort();
	filing_end(&filing);
	arena_free(&arena);
	return 0;
}
