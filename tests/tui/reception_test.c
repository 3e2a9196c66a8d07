/* SPDX-License-Identifier: Apache-2.0
 *
 * A dossier being received, without screen and database. */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tests/check.h"
#include "tui/reception.h"

static struct catalogue catalogue;
static struct arena arena;

static void row(enum catalogue_table table, const char *const *names, const char *const *values)
{
	size_t n = 0;
	struct error err = { 0 };
	while (names[n])
		n++;
	if (!catalogue_row(&catalogue, table, n, names, values, &err))
		print_error("%s (%s)\n", err.say, err.log);
	assert_int_equal(err.fault, FAULT_NONE);
}

#define ROW(table, names, ...) row(CATALOGUE_##table, names, (const char *const[]){ __VA_ARGS__ })

static int fill(void **state)
{
	static const char *const procedures[] = { "code", "name", "short_code", "field", "ministry",
		"level", "offered", NULL };
	static const char *const limits[] = { "procedure_code", "value", "unit", "confirmed", "basis", NULL };
	static const char *const components[] = { "component_id", "procedure_code", "seq", "name", "originals",
		"requirement", "section", NULL };
	static const char *const fees[] = { "fee_id", "procedure_code", "seq", "name", "amount", "confirmed", NULL };
	static const char *const systems[] = { "code", "name", NULL };
	(void)state;
	catalogue_start(&catalogue);
	catalogue.version = 7;
	ROW(SYSTEMS, systems, "tinh", "Hệ thống của tỉnh");
	ROW(PROCEDURES, procedures, "1.004873", "Cấp giấy xác nhận", "tthn", "Hộ tịch", "Bộ Tư pháp", "xã", "t");
	ROW(LIMITS, limits, "1.004873", "3", "working_day", "t", "QĐ 1");
	ROW(COMPONENTS, components, "1", "1.004873", "1", "Tờ khai", "1", "required", "nop");
	ROW(COMPONENTS, components, "2", "1.004873", "2", "Bản trích lục", "1", "required", "nop");
	ROW(FEES, fees, "1", "1.004873", "1", "Lệ phí", NULL, "f");
	catalogue_finish(&catalogue);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	catalogue_free(&catalogue);
	arena_free(&arena);
	return 0;
}

#define NOON moment_of(day_of(2026, 11, 20), 9, 41, 0)

static void started(struct reception *r)
{
	struct error err = { 0 };
	reception_start(r, &arena, &catalogue);
	r->owner.name = "Nguyễn Thị Hồng";
	r->owner.id_number = "091199000123";
	reception_choose(r, catalogue_procedure(&catalogue, "1.004873"), 0, CHANNEL_COUNTER);
	assert_true(reception_compute(r, "xã", NOON, &err));
}

static void gaps_lead_in_the_order_of_the_screen(void **state)
{
	struct reception r;
	struct error err = { 0 };
	(void)state;
	reception_start(&r, &arena, &catalogue);
	struct gaps gaps = reception_gaps(&r, &arena);
	assert_int_equal(gaps.items[0].kind, GAP_OWNER);
	assert_int_equal(gaps.items[1].kind, GAP_PROCEDURE);
	reception_end(&r);
	started(&r);
	gaps = reception_gaps(&r, &arena);
	assert_int_equal(gaps.count, 3);
	assert_int_equal(gaps.items[0].kind, GAP_FEE);
	assert_int_equal(gaps.items[1].kind, GAP_PAPERS);
	assert_true(fee_confirm(&r.fees.items[0], 8000, "NQ 12", &err));
	gaps = reception_gaps(&r, &arena);
	assert_true(gaps_only_papers(&gaps));
	for (int i = 0; i < 2; i++)
		assert_true(paper_ok(&r.checklist.papers[i], ACTION_SUBMIT, 1, 0, &err));
	assert_int_equal(reception_gaps(&r, &arena).count, 0);
	r.represented = true;
	gaps = reception_gaps(&r, &arena);
	assert_int_equal(gaps.items[0].kind, GAP_SUBMITTER);
	reception_end(&r);
}

static void an_unconfirmed_limit_is_never_promised(void **state)
{
	struct reception r;
	struct error err = { 0 };
	(void)state;
	started(&r);
	assert_int_equal(r.limit.source, LIMIT_FROM_CATALOGUE);
	assert_int_equal(r.due.due, moment_of(day_of(2026, 11, 25), 17, 0, 0));
	((struct limit *)(uintptr_t)catalogue_limit(r.procedure, 0, CHANNEL_COUNTER, 0))->confirmed = false;
	reception_choose(&r, r.procedure, 0, CHANNEL_COUNTER);
	assert_true(reception_compute(&r, "xã", NOON, &err));
	assert_int_equal(r.limit.source, LIMIT_OPEN);
	assert_int_equal(r.due.due, MOMENT_NONE);
	assert_false(reception_ask_limit(&r, 5, LIMIT_WORKING_DAY, "", &err));
	assert_true(reception_ask_limit(&r, 5, LIMIT_WORKING_DAY, "QĐ 2", &err));
	assert_true(reception_compute(&r, "xã", NOON, &err));
	assert_true(r.due.due != MOMENT_NONE);
	reception_no_limit(&r, "");
	assert_true(reception_compute(&r, "xã", NOON, &err));
	assert_int_equal(r.due.due, MOMENT_NONE);
	((struct limit *)(uintptr_t)catalogue_limit(r.procedure, 0, CHANNEL_COUNTER, 0))->confirmed = true;
	reception_end(&r);
}

static void a_slip_speaks_vietnamese_and_waits_for_no_day_of_its_own(void **state)
{
	struct reception r;
	struct intake intake;
	struct lines own = { 0 };
	struct error err = { 0 };
	(void)state;
	started(&r);
	assert_true(paper_ok(&r.checklist.papers[0], ACTION_SUBMIT, 1, 0, &err));
	lines_add(&own, &arena, "%s", "Ảnh mờ");
	assert_true(say_language("en", &err));
	assert_string_not_equal(_("Chưa chọn thủ tục."), "Chưa chọn thủ tục.");
	reception_turn_away(&r, &arena, "Q1", "supplement", &own, &intake);
	assert_true(say_language("vi", &err));
	assert_int_equal(intake.reason_count, 2);
	assert_non_null(strstr(intake.reasons[0], "Thiếu"));
	assert_non_null(strstr(intake.reasons[0], "Bản trích lục"));
	assert_string_equal(intake.reasons[1], "Ảnh mờ");
	assert_int_equal(intake.until, DAY_NONE);
	assert_int_equal(intake.fee_count, 0); /* unknown is not zero */
	reception_turn_away(&r, &arena, "Q1", "refusal", &own, &intake);
	assert_int_equal(intake.reason_count, 1);
	reception_end(&r);
}

static void a_waived_fee_says_why(void **state)
{
	struct reception r;
	struct intake intake;
	struct error err = { 0 };
	(void)state;
	started(&r);
	assert_true(fee_exempt(&r.fees.items[0], FEE_EXEMPT_POOR, "", &err));
	reception_intake(&r, &arena, "Q1", &intake);
	assert_int_equal(intake.fee_count, 1);
	assert_int_equal(intake.fees[0].amount, 0);
	assert_string_equal(intake.fees[0].exempt_reason, "Người thuộc hộ nghèo");
	assert_string_equal(intake.fees[0].basis, "Người thuộc hộ nghèo");
	assert_string_equal(intake.fees[0].paid, "none");
	reception_end(&r);
}

static void a_draft_brings_everything_back(void **state)
{
	struct reception r, again;
	struct bytes text = { 0 }, second = { 0 };
	struct error err = { 0 };
	(void)state;
	started(&r);
	r.owner.birth = day_of(1999, 3, 5);
	r.owner.address = "Ấp 1 \\ dòng hai";
	r.represented = true;
	r.submitter.name = "Lê Văn Phúc";
	r.mandate.kind = "giấy uỷ quyền";
	r.mandate.date = day_of(2026, 11, 19);
	assert_true(paper_ok(&r.checklist.papers[0], ACTION_COMPARE, 1, 2, &err));
	assert_true(paper_fail(&r.checklist.papers[1], "mờ dấu", &err));
	assert_true(checklist_add(&arena, &r.checklist, "Giấy khác", "Điều 5 NĐ 1", ACTION_SHOW, NULL, &err));
	assert_true(fee_confirm(&r.fees.items[0], 8000, "NQ 12", &err));
	assert_true(reception_ask_limit(&r, 0.5, LIMIT_WORKING_DAY, "QĐ 2", &err));
	r.paid = "cash";
	reception_write(&r, &text);
	reception_start(&again, &arena, &catalogue);
	assert_true(reception_read(&again, bytes_string(&text), text.size, &err));
	assert_string_equal(again.request_id, r.request_id);
	assert_string_equal(again.owner.name, r.owner.name);
	assert_int_equal(again.owner.birth, r.owner.birth);
	assert_int_equal(again.mandate.date, r.mandate.date);
	assert_int_equal(again.checklist.count, 3);
	assert_int_equal(again.checklist.papers[1].state, PAPER_FAILED);
	assert_string_equal(again.checklist.papers[2].basis, "Điều 5 NĐ 1");
	assert_true(again.limit.value == 0.5 && again.limit.source == LIMIT_ASKED);
	reception_write(&again, &second);
	assert_string_equal(bytes_string(&second), bytes_string(&text));
	assert_false(reception_read(&again, "không\tphải\n\xFF", 15, &err));
	bytes_free(&text);
	bytes_free(&second);
	reception_end(&r);
	reception_end(&again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gaps_lead_in_the_order_of_the_screen),
		cmocka_unit_test(an_unconfirmed_limit_is_never_promised),
		cmocka_unit_test(a_slip_speaks_vietnamese_and_waits_for_no_day_of_its_own),
		cmocka_unit_test(a_waived_fee_says_why),
		cmocka_unit_test(a_draft_brings_everything_back),
	};
	return cmocka_run_group_tests(tests, fill, drop);
}
