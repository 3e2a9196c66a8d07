/* SPDX-License-Identifier: Apache-2.0
 *
 * Printers as they stand in motcua.ini, and which one a paper goes to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "printers/printer.h"

#include <cmocka.h> /* last: it takes the name fail */

static void wrong_printers_are_refused_with_their_line(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"[printer \"x\"]\ncarrier=tcp\naddress=1.2.3.4\ncolour=red\n",
		"[printer \"x\"]\ncarrier=telex\naddress=1.2.3.4\n",
		"[printer \"x\"]\ncarrier=tcp\n", "[printer \"x\"]\naddress=1.2.3.4\n",
		"[printer \"x\"]\ncarrier=tcp\naddress=1.2.3.4\ndots=577\n",
		"[printer \"x\"]\ncarrier=usb\naddress=lp0\n",
		"[printer \"x\"]\ncarrier=file\naddress=giay\n",
		"[printer \"x\"]\ntongue=pdf\npaper=a3\ncarrier=file\naddress=/tmp\n",
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct config config = { 0 };
		struct arena arena = { 0 };
		struct printer *printers;
		struct error err = { 0 };
		assert_true(config_parse(&config, wrong[i], "motcua.ini", &err));
		if (printers_read(&config, &arena, "", &printers, &err))
			fail_msg("accepted: %s", wrong[i]);
		assert_int_equal(err.fault, FAULT_INPUT);
		config_free(&config);
		arena_free(&arena);
	}
}

/* A5 for receipts, A4 for what others made; of two, the one meant for everything. */
static void files_of_others_go_to_a4(void **state)
{
	(void)state;
	static const struct {
		const char *papers[3], *want;
	} offices[] = {
		{ { "pdf a5 yes", "pdf a4", NULL }, "1" }, { { "pdf a4", "pdf a4 yes", "pdf a5" }, "1" },
		{ { "raster 576 yes", "pdf a5", NULL }, "1" }, { { "pdf a5", "pdf a5 yes", NULL }, "1" },
		{ { "raster 576", "raster 384", NULL }, NULL },
	};
	for (size_t i = 0; i < sizeof offices / sizeof *offices; i++) {
		struct printer all[3] = { 0 };
		for (int k = 0; k < 3 && offices[i].papers[k]; k++) {
			const char *text = offices[i].papers[k];
			all[k] = (struct printer){ .name = k == 0 ? "0" : k == 1 ? "1" : "2", .is_default = strstr(text, "yes"),
				.output = strstr(text, "a5") ? DRAW_PDF_A5 : strstr(text, "a4") ? DRAW_PDF_A4 : DRAW_RASTER_576 };
			if (k)
				all[k - 1].next = &all[k];
		}
		const struct printer *found = printer_of_files(all);
		if (offices[i].want)
			assert_string_equal(found->name, offices[i].want);
		else
			assert_null(found);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_printers_are_refused_with_their_line),
		cmocka_unit_test(files_of_others_go_to_a4),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
