/* SPDX-License-Identifier: Apache-2.0
 *
 * Printers as they stand in motcua.ini, and which one a paper goes to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "printers/printer_file.h"

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

static const char office[] = "[printer \"Một\"]\ncarrier=tcp\naddress=1.2.3.4\ndots=384\ndefault=yes\n"
	"[printer \"Hai\"]\ncarrier=file\naddress=/tmp\n[printer \"Một\"]\ndots=576\n";

struct shop {
	struct arena arena;
	struct config own, all;
	struct printer *printers;
	const char *text;
	struct error err;
};

/* As the counter reads motcua.ini and then this text of printers.ini. */
static void read_both(struct shop *shop, const char *own)
{
	config_free(&shop->own);
	config_free(&shop->all);
	shop->own = shop->all = (struct config){ 0 };
	assert_true(config_parse(&shop->own, own, "printers.ini", &shop->err));
	assert_true(config_parse(&shop->all, office, "motcua.ini", &shop->err));
	assert_true(config_parse(&shop->all, own, "printers.ini", &shop->err));
	if (!printers_read(&shop->all, &shop->arena, "", &shop->printers, &shop->err))
		fail_msg("%s", shop->err.log);
}

static void close_shop(struct shop *shop)
{
	config_free(&shop->own);
	config_free(&shop->all);
	arena_free(&shop->arena);
}

static void the_files_order_and_its_last_word_count(void **state)
{
	(void)state;
	struct shop shop = { 0 };
	read_both(&shop, "");
	assert_string_equal(shop.printers->name, "Một");
	assert_string_equal(shop.printers->next->name, "Hai");
	assert_null(shop.printers->next->next);
	assert_string_equal(printer_paper(shop.printers), "80 mm");
	/* A default taken from a printer that motcua.ini no longer has harms nobody. */
	read_both(&shop, "[printer \"Cũ\"]\ndefault=no\n");
	assert_null(printer_find(shop.printers, "Cũ"));
	close_shop(&shop);
}

static void printers_come_and_go_at_the_counter(void **state)
{
	(void)state;
	struct shop shop = { 0 };
	read_both(&shop, "");
	const struct printer_plan roll = { "Quầy 3 (mới)", "tcp", "10.0.0.7:9100", "58", false };
	assert_true(printer_file_add(&shop.arena, &shop.own, shop.printers, &roll, &shop.text, &shop.err));
	read_both(&shop, shop.text);
	assert_string_equal(printer_find(shop.printers, NULL)->name, "Một");
	assert_string_equal(printer_paper(printer_find(shop.printers, roll.name)), "58 mm");
	assert_true(printer_file_has(&shop.own, roll.name));
	assert_false(printer_file_has(&shop.own, "Một"));
	const struct printer_plan sheet = { "Văn thư", "ipp", "ipp://10.0.0.8/ipp/print", "a4", true };
	assert_true(printer_file_add(&shop.arena, &shop.own, shop.printers, &sheet, &shop.text, &shop.err));
	read_both(&shop, shop.text);
	assert_string_equal(printer_find(shop.printers, NULL)->name, "Văn thư");
	assert_string_equal(printer_paper(printer_find(shop.printers, "Văn thư")), "A4");
	assert_true(printer_file_default(&shop.arena, &shop.own, shop.printers, "Hai", &shop.text, &shop.err));
	read_both(&shop, shop.text);
	assert_string_equal(printer_find(shop.printers, NULL)->name, "Hai");
	assert_true(printer_file_default(&shop.arena, &shop.own, shop.printers, "Văn thư", &shop.text, &shop.err));
	read_both(&shop, shop.text);
	/* The default goes: what motcua.ini says counts again; the other one stays. */
	assert_true(printer_file_remove(&shop.arena, &shop.own, "Văn thư", &shop.text, &shop.err));
	read_both(&shop, shop.text);
	assert_string_equal(printer_find(shop.printers, NULL)->name, "Một");
	assert_null(printer_find(shop.printers, "Văn thư"));
	assert_non_null(printer_find(shop.printers, roll.name));
	close_shop(&shop);
}

static void nothing_typed_breaks_the_file(void **state)
{
	(void)state;
	static const struct printer_plan wrong[] = {
		{ "", "tcp", "1.2.3.4", "80", false }, { "Một", "tcp", "1.2.3.4", "80", false },
		{ "a\"]\n[x", "tcp", "1.2.3.4", "80", false }, { "a]", "tcp", "1.2.3.4", "80", false },
		{ "ba mươi mốt chữ thì dài quá rồi", "tcp", "1.2.3.4", "80", false },
		{ "b", "file", "/tmp\ndefault = yes", "a5", false }, { "b", "file", "/tmp ; x", "a5", false },
		{ "b", "file", "tmp", "a5", false }, { "b", "telex", "x", "a5", false }, { "b", "file", "/tmp", "a3", false },
	};
	struct shop shop = { 0 };
	read_both(&shop, "");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		shop.err = (struct error){ 0 };
		if (printer_file_add(&shop.arena, &shop.own, shop.printers, &wrong[i], &shop.text, &shop.err))
			fail_msg("accepted: %zu", i);
		assert_true(shop.err.fault == FAULT_INPUT && *shop.err.say);
	}
	close_shop(&shop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_printers_are_refused_with_their_line),
		cmocka_unit_test(files_of_others_go_to_a4),
		cmocka_unit_test(the_files_order_and_its_last_word_count),
		cmocka_unit_test(printers_come_and_go_at_the_counter),
		cmocka_unit_test(nothing_typed_breaks_the_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
