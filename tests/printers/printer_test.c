/* SPDX-License-Identifier: Apache-2.0
 *
 * The printers of motcua.ini: read, refused with their line, one more written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "core/base/path.h"
#include "printers/printer.h"
#include "tests/printers/papers.h"

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

/* In the file's order; of two words for the same thing the later. */
static void printers_stand_as_written(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct config config = { 0 };
	struct printer *all;
	struct error err = { 0 };
	assert_true(config_parse(&config,
		"[printer \"Một\"]\ncarrier=tcp\naddress=1.2.3.4\ndefault=yes\n"
		"[printer \"Hai\"]\ncarrier=tcp\naddress=1.2.3.5\ndefault=yes\n[printer \"Một\"]\naddress=1.2.3.6\ndefault=no\n", "motcua.ini", &err));
	assert_true(printers_read(&config, &arena, "", &all, &err));
	assert_string_equal(all->name, "Một");
	assert_string_equal(all->address, "1.2.3.6");
	assert_string_equal(printer_find(all, NULL)->name, "Hai");
	config_free(&config);
	arena_free(&arena);
}

static void a_printer_is_added_to_the_file(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct printer *all = NULL;
	const char *file = arena_format(&arena, "%s/motcua.ini", papers_folder());
	struct printer_plan plan = { .name = "Quầy 3", .tongue = "raster", .carrier = "tcp", .address = "192.168.1.50",
		.paper = "384", .is_default = true };
	const char *lines = printer_lines(&arena, NULL, &plan, &err);
	assert_true(printer_add(file, lines, "", &arena, &all, &err));
	/* A second one takes the default over; what stood there stays. */
	assert_null(printer_lines(&arena, all, &plan, &err));
	assert_non_null(strstr(err.say, "Đã có máy in tên Quầy 3"));
	plan = (struct printer_plan){ .name = "Văn thư", .tongue = "pdf", .carrier = "ipp", .address = "ipp://192.168.1.51/ipp/print",
		.paper = "a5", .is_default = true };
	lines = printer_lines(&arena, all, &plan, &err);
	assert_true(printer_add(file, lines, "", &arena, &all, &err));
	assert_string_equal(printer_find(all, NULL)->name, "Văn thư");
	assert_int_equal(printer_find(all, "Quầy 3")->output, DRAW_RASTER_384);
	/* What the next start would refuse is not written. */
	char *before, *after;
	assert_true(path_read(&arena, file, &before, NULL, &err));
	plan.name = "Khác", plan.carrier = "usb", plan.address = "lp0", plan.tongue = "raster", plan.paper = "576";
	lines = printer_lines(&arena, all, &plan, &err);
	assert_false(printer_add(file, lines, "", &arena, &all, &err));
	assert_int_equal(err.fault, FAULT_INPUT);
	static const char *const hostile[] = { "a\"]\n[scan]", "x;y", "x]", "", " x", "x\ty" };
	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
		plan.name = hostile[i];
		assert_null(printer_lines(&arena, all, &plan, &err));
	}
	assert_true(path_read(&arena, file, &after, NULL, &err));
	assert_string_equal(before, after);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_printers_are_refused_with_their_line), cmocka_unit_test(printers_stand_as_written),
		cmocka_unit_test(a_printer_is_added_to_the_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
