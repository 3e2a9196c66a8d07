/* SPDX-License-Identifier: Apache-2.0
 *
 * Finding a dossier again: by what the citizen says, by the receipt in the hand;
 * what is masked, what is recorded. */
#include <stdlib.h>
#include <string.h>

#include "core/store/seal.h"
#include "printers/receipt_qr.h"
#include "tests/world/steps.h"
#include "tui/dossier_list_own.h"
#include "tui/duty.h"

static void found_by_code_name_number_and_phone(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	world_scan(w, CARD_DUONG);
	world_type(w, T_UP T_UP "0912345678" T_DOWN T_DOWN "tthn\r");
	step_bring_papers(w);
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	static const char *const words[] = { "H01.999-261120-0001", "thuy duong", "DƯƠNG", "089199990001",
		"0912345678", NULL };
	for (const char *const *word = words; *word; word++) {
		world_type(w, T_F3);
		world_type(w, *word);
		world_wait(w, "H01.999-261120-0001   Nguyễn Thị Thuỳ Dương");
		world_type(w, T_ESC);
	}
	/* A bar code of the bare code does the same, wherever one is. */
	world_scan(w, "h01.999-261120-0001");
	world_wait(w, "H01.999-261120-0001   Nguyễn Thị Thuỳ Dương");
	world_type(w, T_ESC);
	world_type(w, T_F3 "khong co ai");
	world_wait(w, "Không thấy hồ sơ nào.");
}

static bool is_quiet(void *state)
{
	const struct dossiers *d = state;
	return !d->reading && !d->rest.armed;
}

static bool reads_again(void *state)
{
	const struct dossiers *d = state;
	return d->reading || d->rest.armed;
}

/* What happens elsewhere is read once more; the row that is there opens all the same. */
static void news_holds_up_no_enter(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_type(w, T_ESC T_F3 "thuy duong");
	world_wait(w, "H01.999-261120-0001   Nguyễn Thị Thuỳ Dương");
	struct dossiers *d = w->desk->top->state;
	assert_true(glass_until(w->glass, is_quiet, d));
	world_do(w, "SELECT pg_notify('motcua_unit_' || unit_id, 'dossier 0') FROM motcua.unit WHERE code = '30538'");
	assert_true(glass_until(w->glass, reads_again, d));
	world_type(w, "\r");
	world_wait(w, "HỒ SƠ H01.999-261120-0001");
}

static void a_number_is_masked_and_a_look_recorded(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_type(w, T_F4);
	world_wait(w, "0891••••••01");
	world_hides(w, "089199990001");
	world_shows(w, "Hẹn trả       Thứ Năm, 26/11/2026 17:00 — trong hạn");
	long before = world_count(w, "SELECT count(*) FROM motcua.audit");
	world_type(w, T_F4);
	world_wait(w, "089199990001");
	world_shows(w, "Lần xem này được ghi vào nhật ký truy cập.");
	assert_true(world_count(w, "SELECT count(*) FROM motcua.audit") > before);
	world_type(w, T_END);
	world_shows(w, "20/11/2026 09:4");
	world_pane(w, "timeline");
}

/* A new dossier as the earlier one: who and what are there, nothing that has a date; papers are to be seen again. */
static void an_earlier_one_begins_a_new_one(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_do(w, "UPDATE motcua.dossier SET received_at = received_at - interval '60 days', summary = 'Để mua nhà'");
	world_type(w, T_F4);
	world_wait(w, "HỒ SƠ H01.999-261120-0001");
	world_type(w, "\020hồ sơ mới từ");
	world_wait(w, "Hồ sơ mới từ hồ sơ này");
	world_type(w, "\r");
	world_wait(w, "Theo hồ sơ H01.999-261120-0001");
	world_shows(w, "Họ tên  Nguyễn Thị Thuỳ Dương");
	world_shows(w, "1.004873");
	world_hides(w, "■");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.audit WHERE act = 'reveal' AND what->>'what' = 'copy'"), 1);
	step_bring_papers(w);
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.dossier d JOIN motcua.dossier e ON e.dossier_id < d.dossier_id WHERE d.owner_id = e.owner_id"
		" AND d.summary = 'Để mua nhà' AND d.procedure_code = e.procedure_code AND d.code <> e.code AND d.received_at > e.received_at"), 1);
}

static const char *receipt_of(struct world *w, struct arena *arena, const char *code)
{
	struct duty *duty = w->program.duty;
	struct error err = { 0 };
	const char *text = NULL;
	assert_true(receipt_sign(arena, &duty->key, duty->key_id, duty->facts->lookup_url, code, &text, &err));
	return text;
}

static void a_receipt_opens_its_dossier_and_a_forged_one_does_not(void **state)
{
	struct world *w = *state;
	struct arena arena = { 0 };
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_type(w, T_ESC);
	world_shows(w, "HÔM NAY");
	char *text = arena_string(&arena, receipt_of(w, &arena, "H01.999-261120-0001"));
	world_scan_keys(w, text);
	world_wait(w, "HỒ SƠ H01.999-261120-0001");
	world_pane(w, "receipt-genuine");
	world_type(w, T_ESC);
	/* One digit of the code changed: the signature does not fit. */
	strstr(text, "0001/")[3] = '2';
	world_scan_keys(w, text);
	world_pane(w, "receipt-forged");
	world_shows(w, "HÔM NAY");
	world_shows(w, "! ");
	world_hides(w, "H01.999-261120-0001   Nguyễn");
	arena_free(&arena);
}

static void the_days_figures_open_their_lists(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_type(w, T_ESC);
	world_wait(w, "Tôi nhận hôm nay                    1");
	world_type(w, "\r");
	world_wait(w, "H01.999-261120-0001   Nguyễn Thị Thuỳ Dương");
	world_type(w, "\r");
	world_wait(w, "HỒ SƠ H01.999-261120-0001");
	world_type(w, T_ESC);
	world_type(w, T_ESC);
	world_type(w, T_DOWN T_DOWN T_DOWN T_DOWN "\r");
	world_wait(w, "Không có hồ sơ nào.");
	world_shows(w, "QUÁ HẠN");
}

static void a_printer_that_fails_keeps_the_paper(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	/* The drawing program is not there. */
	setenv("MOTCUA_LIBEXEC", "/nowhere", 1);
	world_crash(w);
	unsetenv("MOTCUA_LIBEXEC");
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_pane(w, "print-failed");
	world_shows(w, "H01.999-261120-0001");
	world_hides(w, "Đã ghi giấy");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.dossier"), 1);
	world_type(w, "\033[23~");
	world_shows(w, "Đang in lại 1 giấy còn đợi.");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(found_by_code_name_number_and_phone),
		TEST(a_number_is_masked_and_a_look_recorded),
		TEST(news_holds_up_no_enter),
		TEST(an_earlier_one_begins_a_new_one),
		TEST(a_receipt_opens_its_dossier_and_a_forged_one_does_not),
		TEST(the_days_figures_open_their_lists),
		TEST(a_printer_that_fails_keeps_the_paper),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
