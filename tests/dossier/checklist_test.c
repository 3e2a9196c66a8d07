/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/dossier/table.h"

#include <string.h>

#include "core/dossier/checklist.h"

static struct catalogue world;

#define PAPER(...) table_add(&world, CATALOGUE_COMPONENTS, "procedure_code", "1.1", __VA_ARGS__, NULL)

static int open_world(void **state)
{
	(void)state;
	catalogue_start(&world);
	table_add(&world, CATALOGUE_PROCEDURES, "code", "1.1", "name", "Một", NULL);
	PAPER("component_id", "1", "seq", "1", "name", "Tờ khai", "requirement", "required",
	      "originals", "1");
	PAPER("component_id", "2", "seq", "2", "name", "Thẻ căn cước công dân", "requirement",
	      "required", "section", "xuat_trinh", "originals", "1", "reusable", "t",
	      "reusable_basis", "NQ 66.7/2025/NQ-CP, Phụ lục I, số 443");
	PAPER("component_id", "3", "seq", "3", "name", "Văn bản ủy quyền", "requirement", "required",
	      "when_represented", "t", "originals", "1");
	PAPER("component_id", "4", "seq", "4", "name", "Giấy chứng nhận kết hôn", "requirement",
	      "conditional", "condition", "nếu đã kết hôn", "copies", "1");
	PAPER("component_id", "5", "seq", "5", "name", "Bản khai riêng của ca 7", "requirement",
	      "required_in_case", "case_id", "7", "originals", "1");
	PAPER("component_id", "6", "seq", "6", "name", "Biểu mẫu điện tử", "requirement", "required",
	      "channel", "2", "originals", "1");
	PAPER("component_id", "7", "seq", "7", "name", "Lưu ý: mang bản chính", "requirement",
	      "required", "section", "luu_y");
	PAPER("component_id", "8", "seq", "8", "name", "Gồm các giấy tờ sau", "requirement", "note");
	PAPER("component_id", "9", "seq", "9", "name", "Giấy cũ", "requirement", "required",
	      "valid_to", "2026-01-01");
	PAPER("component_id", "10", "seq", "10", "name", "Giấy phải nộp trực tiếp", "requirement",
	      "optional", "channel", "1", "copies", "2");
	table_add(&world, CATALOGUE_REPLACEMENTS, "procedure_code", "1.1", "paper", "Căn cước",
	          "database", "Cơ sở dữ liệu quốc gia về dân cư", "basis",
	          "NQ 66.7/2025/NQ-CP, Phụ lục I, số 443", "valid_from", "2026-01-01", "valid_to",
	          "2027-03-01", NULL);
	catalogue_finish(&world);
	return 0;
}

static int close_world(void **state)
{
	(void)state;
	catalogue_free(&world);
	return 0;
}

static struct checklist_ask ask(int64_t case_id, enum channel channel, bool represented)
{
	return (struct checklist_ask){ catalogue_procedure(&world, "1.1"), case_id, channel,
		                       represented, false, day_of(2026, 11, 20) };
}

static struct paper *paper(struct checklist *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->papers[i].name, name))
			return &list->papers[i];
	return NULL;
}

static void papers_of_case_channel_and_representation(void **state)
{
	static const struct {
		int64_t case_id;
		enum channel channel;
		bool represented;
		const char *there[8];
	} rows[] = {
		{ 0, CHANNEL_COUNTER, false,
		  { "Tờ khai", "Thẻ căn cước công dân", "Giấy chứng nhận kết hôn",
		    "Giấy phải nộp trực tiếp" } },
		{ 0, CHANNEL_POST, true,
		  { "Tờ khai", "Thẻ căn cước công dân", "Văn bản ủy quyền",
		    "Giấy chứng nhận kết hôn", "Giấy phải nộp trực tiếp" } },
		{ 7, CHANNEL_ONLINE, false,
		  { "Tờ khai", "Thẻ căn cước công dân", "Giấy chứng nhận kết hôn",
		    "Bản khai riêng của ca 7", "Biểu mẫu điện tử" } },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct arena arena = { 0 };
		struct checklist list;
		struct checklist_ask what = ask(rows[i].case_id, rows[i].channel,
		                                rows[i].represented);
		size_t n = 0;
		checklist_new(&arena, &what, &list);
		for (; n < 8 && rows[i].there[n]; n++)
			if (n >= list.count || strcmp(list.papers[n].name, rows[i].there[n]))
				fail_msg("row %zu: %s is not there", i, rows[i].there[n]);
		assert_int_equal(list.count, n);
		/* Advice and notes are help, never papers. */
		assert_int_equal(list.help.count, 2);
		arena_free(&arena);
	}
}

static void what_is_missing_and_how_it_ends(void **state)
{
	struct arena arena = { 0 };
	struct checklist list;
	struct checklist_ask what = ask(0, CHANNEL_COUNTER, false);
	struct error err = { 0 };
	(void)state;
	checklist_new(&arena, &what, &list);
	struct paper *form = paper(&list, "Tờ khai"), *card = paper(&list, "Thẻ căn cước công dân");
	struct paper *wedding = paper(&list, "Giấy chứng nhận kết hôn");
	struct lines missing = checklist_missing(&arena, &list);
	assert_int_equal(missing.count, 2);
	assert_string_equal(missing.items[0], "Thiếu: Tờ khai");
	assert_string_equal(missing.items[1],
	                    "Chưa tra CSDL: Thẻ căn cước công dân ← Cơ sở dữ liệu quốc gia về dân cư");
	assert_false(checklist_complete(&list));

	assert_true(paper_ok(form, ACTION_SUBMIT, 1, 0, &err));
	assert_string_equal(paper_counts(&arena, form), "1 bản chính");
	assert_false(paper_ok(form, ACTION_SUBMIT, 0, 0, &err));
	assert_false(paper_fail(form, " ", &err));
	assert_true(paper_fail(form, "thiếu chữ ký", &err));
	missing = checklist_missing(&arena, &list);
	assert_string_equal(missing.items[0], "Chưa đạt: Tờ khai — thiếu chữ ký");
	assert_true(paper_ok(form, ACTION_SUBMIT, 1, 1, &err));
	assert_string_equal(paper_counts(&arena, form), "1 bản chính, 1 bản sao");

	assert_true(paper_require(wedding, true, &err));
	assert_int_equal(checklist_missing(&arena, &list).count, 2);
	assert_true(paper_require(wedding, false, &err));
	assert_false(paper_require(form, false, &err));
	assert_false(paper_not_needed(card, "", &err));
	assert_true(paper_looked_up(card, "Kho dữ liệu dân cư", 1000, &err));
	assert_true(checklist_complete(&list));
	assert_int_equal(checklist_missing(&arena, &list).count, 0);
	arena_free(&arena);
}

static void a_database_is_asked_before_the_citizen(void **state)
{
	struct arena arena = { 0 };
	struct checklist list;
	struct checklist_ask what = ask(0, CHANNEL_COUNTER, false);
	struct error err = { 0 };
	(void)state;
	checklist_new(&arena, &what, &list);
	struct paper *card = paper(&list, "Thẻ căn cước công dân");
	assert_int_equal(card->action, ACTION_LOOKUP);
	assert_non_null(card->replaced);
	assert_false(paper_may_ask(card, &err));
	assert_ptr_equal(&list.papers[checklist_unlooked(&list)], card);
	assert_non_null(strstr(err.say, "Tra Cơ sở dữ liệu quốc gia về dân cư trước"));
	/* "Khai thác CSDL" without where and when says nothing. */
	assert_false(paper_ok(card, ACTION_LOOKUP, 0, 0, &err));
	assert_false(paper_looked_up(card, "", 1000, &err));
	assert_false(paper_looked_up(card, "CSDL dân cư", MOMENT_NONE, &err));
	assert_true(paper_looked_up(card, "CSDL dân cư", 1000, &err));
	assert_false(paper_may_ask(card, &err));
	assert_string_equal(paper_counts(&arena, card), "khai thác CSDL");
	/* Only a look-up that failed opens the way to the paper. */
	paper_reopen(card);
	assert_false(paper_lookup_failed(card, "", 2000, &err));
	assert_true(paper_lookup_failed(card, "Mất kết nối", 2000, &err));
	assert_int_equal(checklist_unlooked(&list), -1);
	assert_true(paper_may_ask(card, &err));
	assert_int_equal(card->action, ACTION_SHOW);
	assert_string_equal(checklist_missing(&arena, &list).items[1],
	                    "Thiếu: Thẻ căn cước công dân");
	assert_true(paper_ok(card, ACTION_SHOW, 0, 0, &err));
	assert_string_equal(paper_counts(&arena, card), "xuất trình");
	/* The resolution lapses on 01/03/2027: then the card is shown again. */
	what.day = day_of(2027, 3, 1);
	checklist_new(&arena, &what, &list);
	card = paper(&list, "Thẻ căn cước công dân");
	assert_false(card->lookup_first);
	assert_int_equal(card->action, ACTION_SHOW);
	assert_true(paper_may_ask(card, &err));
	arena_free(&arena);
}

static void no_paper_without_a_legal_basis(void **state)
{
	struct arena arena = { 0 };
	struct checklist list;
	struct checklist_ask what = ask(0, CHANNEL_COUNTER, false);
	struct error err = { 0 };
	struct paper *added = NULL;
	(void)state;
	checklist_new(&arena, &what, &list);
	size_t before = list.count;
	assert_false(checklist_add(&arena, &list, "Giấy khác", " ", ACTION_SUBMIT, &added, &err));
	assert_int_equal(err.fault, FAULT_INPUT);
	assert_false(checklist_add(&arena, &list, "", "Điều 5", ACTION_SUBMIT, &added, &err));
	assert_int_equal(list.count, before);
	assert_true(checklist_add(&arena, &list, "Giấy khác", "NĐ 123, Điều 5", ACTION_SUBMIT, &added,
	                          &err));
	assert_int_equal(list.count, before + 1);
	assert_int_equal(added->seq, (int)before + 1);
	assert_true(added->required);
	arena_free(&arena);
}

static void a_change_keeps_what_was_done(void **state)
{
	struct arena arena = { 0 };
	struct checklist list;
	struct checklist_ask what = ask(0, CHANNEL_COUNTER, false);
	struct error err = { 0 };
	(void)state;
	checklist_new(&arena, &what, &list);
	assert_true(paper_ok(paper(&list, "Tờ khai"), ACTION_SUBMIT, 2, 0, &err));
	assert_true(checklist_add(&arena, &list, "Giấy khác", "Điều 5", ACTION_SUBMIT, NULL, &err));
	what = ask(7, CHANNEL_COUNTER, true);
	checklist_change(&arena, &what, &list);
	assert_int_equal(paper(&list, "Tờ khai")->state, PAPER_OK);
	assert_int_equal(paper(&list, "Tờ khai")->originals, 2);
	assert_non_null(paper(&list, "Văn bản ủy quyền"));
	assert_true(paper(&list, "Văn bản ủy quyền")->required);
	what.kin = true;
	checklist_change(&arena, &what, &list);
	assert_false(paper(&list, "Văn bản ủy quyền")->required);
	what.kin = false;
	checklist_change(&arena, &what, &list);
	assert_true(paper(&list, "Văn bản ủy quyền")->required);
	assert_false(paper_require(paper(&list, "Văn bản ủy quyền"), false, &err));
	assert_non_null(paper(&list, "Bản khai riêng của ca 7"));
	assert_string_equal(paper(&list, "Giấy khác")->basis, "Điều 5");
	for (size_t i = 0; i < list.count; i++)
		assert_int_equal(list.papers[i].seq, (int)i + 1);
	what = ask(0, CHANNEL_COUNTER, false);
	checklist_change(&arena, &what, &list);
	assert_null(paper(&list, "Văn bản ủy quyền"));
	assert_int_equal(paper(&list, "Tờ khai")->originals, 2);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(papers_of_case_channel_and_representation),
		cmocka_unit_test(what_is_missing_and_how_it_ends),
		cmocka_unit_test(a_database_is_asked_before_the_citizen),
		cmocka_unit_test(no_paper_without_a_legal_basis),
		cmocka_unit_test(a_change_keeps_what_was_done),
	};
	return cmocka_run_group_tests(tests, open_world, close_world);
}
