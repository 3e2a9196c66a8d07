/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/dossier/table.h"

#include <string.h>

#include "core/dossier/fee.h"

#define TODAY day_of(2026, 11, 20)

static void amounts_in_words(void **state)
{
	static const struct {
		int64_t amount;
		const char *words;
	} rows[] = {
		{ 0, "Không đồng" },
		{ 1000, "Một nghìn đồng" },
		{ 2000, "Hai nghìn đồng" },
		{ 8000, "Tám nghìn đồng" },
		{ 10000, "Mười nghìn đồng" },
		{ 15000, "Mười lăm nghìn đồng" },
		{ 20000, "Hai mươi nghìn đồng" },
		{ 21000, "Hai mươi mốt nghìn đồng" },
		{ 11000, "Mười một nghìn đồng" },
		{ 24500, "Hai mươi tư nghìn năm trăm đồng" },
		{ 50000, "Năm mươi nghìn đồng" },
		{ 55055, "Năm mươi lăm nghìn không trăm năm mươi lăm đồng" },
		{ 101000, "Một trăm linh một nghìn đồng" },
		{ 105005, "Một trăm linh năm nghìn không trăm linh năm đồng" },
		{ 110000, "Một trăm mười nghìn đồng" },
		{ 400000, "Bốn trăm nghìn đồng" },
		{ 1000005, "Một triệu không trăm linh năm đồng" },
		{ 1234000, "Một triệu hai trăm ba mươi tư nghìn đồng" },
		{ 1000000000, "Một tỷ đồng" },
		{ 1000005000, "Một tỷ không trăm linh năm nghìn đồng" },
		{ 21000000000, "Hai mươi mốt tỷ đồng" },
		{ 1000000000000, "Một nghìn tỷ đồng" },
		{ -1, "" },
	};
	struct arena arena = { 0 };
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(fee_words(&arena, rows[i].amount), rows[i].words);
	arena_free(&arena);
}

static void amounts_as_typed(void **state)
{
	static const struct {
		const char *text;
		bool reads;
		int64_t amount;
	} rows[] = {
		{ "8.000", true, 8000 },        { "8000", true, 8000 },
		{ "8.000 đ", true, 8000 },      { "8.000 đồng", true, 8000 },
		{ "1.234.567", true, 1234567 }, { "0", true, 0 },
		{ "Không", true, 0 },           { "Miễn phí", true, 0 },
		{ "", true, FEE_UNKNOWN },      { "HĐND tỉnh quy định", true, FEE_UNKNOWN },
		{ "8.00", false, 0 },           { "8,000", false, 0 },
		{ "8.0000", false, 0 },         { "8000.000", false, 0 },
		{ ".000", false, 0 },           { "-8000", false, 0 },
		{ "8000 USD", false, 0 },       { "tám nghìn", false, 0 },
		{ "9999999999999999", false, 0 }, { "1000000000001", false, 0 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct error err = { 0 };
		int64_t amount = -7;
		if (fee_read(rows[i].text, &amount, &err) != rows[i].reads)
			fail_msg("\"%s\"", rows[i].text);
		if (rows[i].reads)
			assert_int_equal(amount, rows[i].amount);
		else
			assert_int_equal(err.fault, FAULT_INPUT);
	}
}

static void start(struct catalogue *c)
{
	catalogue_start(c);
	table_add(c, CATALOGUE_PROCEDURES, "code", "1.1", "name", "Một", NULL);
	table_add(c, CATALOGUE_PROCEDURES, "code", "1.2", "name", "Hai", NULL);
	table_add(c, CATALOGUE_FEES, "procedure_code", "1.1", "seq", "1", "name", "Lệ phí", "amount",
	          "8000", "per", "bản", "confirmed", "t", "basis", "TT 281", NULL);
	table_add(c, CATALOGUE_FEES, "procedure_code", "1.1", "seq", "1", "name", "Lệ phí", "amount",
	          "0", "per", "bản", "channel", "2", "set_locally", "t", NULL);
	table_add(c, CATALOGUE_FEES, "procedure_code", "1.1", "seq", "2", "name", "Phí", "set_locally",
	          "t", NULL);
	table_add(c, CATALOGUE_FEES, "procedure_code", "1.1", "seq", "3", "name", "Cũ", "amount",
	          "5000", "valid_to", "2026-01-01", NULL);
	table_add(c, CATALOGUE_FEES, "procedure_code", "1.1", "seq", "4", "name", "Theo ca", "amount",
	          "70000", "case_id", "9", NULL);
	catalogue_finish(c);
}

static void zero_none_and_unknown_are_three_things(void **state)
{
	struct catalogue c;
	struct arena arena = { 0 };
	(void)state;
	start(&c);
	const struct procedure *p = catalogue_procedure(&c, "1.1");
	struct fee_list list = fee_list_new(&arena, p, 0, CHANNEL_COUNTER, TODAY);
	assert_int_equal(list.count, 2);
	assert_int_equal(fee_state(&list.items[0]), FEE_OWED);
	assert_string_equal(fee_text(&arena, &list.items[0]), "8.000 đ/bản");
	assert_int_equal(fee_state(&list.items[1]), FEE_MISSING);
	assert_string_equal(fee_text(&arena, &list.items[1]), "HĐND tỉnh quy định — chưa xác nhận");
	struct fee_total total = fee_total(&list);
	assert_int_equal(total.amount, 8000);
	assert_int_equal(total.open, 1);
	assert_false(total.complete);

	/* Online the portal says 0, which nobody has confirmed. */
	list = fee_list_new(&arena, p, 0, CHANNEL_ONLINE, TODAY);
	assert_int_equal(list.items[0].amount, 0);
	assert_int_equal(fee_state(&list.items[0]), FEE_UNCONFIRMED);
	assert_int_equal(fee_owed(&list.items[0]), FEE_UNKNOWN);

	/* A case has its own line. */
	assert_int_equal(fee_list_new(&arena, p, 9, CHANNEL_COUNTER, TODAY).count, 3);

	/* Silence is not "free". */
	list = fee_list_new(&arena, catalogue_procedure(&c, "1.2"), 0, CHANNEL_COUNTER, TODAY);
	assert_int_equal(list.count, 1);
	assert_int_equal(fee_state(&list.items[0]), FEE_MISSING);
	assert_string_equal(fee_text(&arena, &list.items[0]), "chưa rõ");
	arena_free(&arena);
	catalogue_free(&c);
}

static void the_officer_confirms_counts_and_waives(void **state)
{
	struct catalogue c;
	struct arena arena = { 0 };
	struct error err = { 0 };
	(void)state;
	start(&c);
	struct fee_list list = fee_list_new(&arena, catalogue_procedure(&c, "1.1"), 0,
	                                    CHANNEL_COUNTER, TODAY);
	struct fee_line *first = &list.items[0], *second = &list.items[1];
	assert_false(fee_confirm(second, 15000, "  ", &err));
	assert_int_equal(err.fault, FAULT_INPUT);
	assert_false(fee_confirm(second, FEE_UNKNOWN, "NQ 12", &err));
	assert_int_equal(fee_state(second), FEE_MISSING);
	assert_true(fee_confirm(second, 0, "NQ 12/2025/NQ-HĐND", &err));
	assert_int_equal(fee_state(second), FEE_FREE);
	assert_string_equal(fee_text(&arena, second), "Không");
	assert_true(fee_count(first, 3, &err));
	assert_string_equal(fee_text(&arena, first), "24.000 đ (3 × 8.000 đ)");
	assert_false(fee_count(first, 0, &err));
	struct fee_total total = fee_total(&list);
	assert_true(total.complete);
	assert_int_equal(total.amount, 24000);
	assert_false(fee_exempt(first, FEE_EXEMPT_OTHER, "", &err));
	assert_true(fee_exempt(first, FEE_EXEMPT_DISABLED, NULL, &err));
	assert_string_equal(fee_text(&arena, first), "Miễn: Người khuyết tật");
	assert_int_equal(fee_total(&list).amount, 0);
	assert_true(fee_exempt(first, FEE_EXEMPT_NONE, NULL, &err));
	assert_int_equal(fee_total(&list).amount, 24000);
	arena_free(&arena);
	catalogue_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(amounts_in_words),
		cmocka_unit_test(amounts_as_typed),
		cmocka_unit_test(zero_none_and_unknown_are_three_things),
		cmocka_unit_test(the_officer_confirms_counts_and_waives),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
