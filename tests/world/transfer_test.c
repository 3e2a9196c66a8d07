/* SPDX-License-Identifier: Apache-2.0
 *
 * What a telephone reads from the screen, what the papers say of it, and that nobody is
 * said to have paid. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/printers/emvco.h"
#include "tests/world/steps.h"
#include "tui/canvas.h"
#include "tui/desk.h"

#define CTRL_O "\017"
#define CTRL_K "\013"

/* Received, the fee to be paid later, its dossier on the screen. */
static void owing(struct world *w)
{
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	step_bring_papers(w);
	world_type(w, T_F5);
	world_type(w, T_DOWN T_DOWN "\r");
	world_type(w, T_F9);
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_wait(w, "Đã ghi giấy");
	world_type(w, T_F4);
	world_wait(w, "Tình trạng");
}

/* The glass as a picture: each half of a cell is a point of four by four. */
static void photograph(struct world *w, const char *path, bool turned)
{
	enum { ZOOM = 4 };
	FILE *file = fopen(path, "w");
	int rows = surface_rows(w->desk->surface) - 3, cols = 46;
	assert_non_null(file);
	fprintf(file, "P1 %d %d\n", cols * ZOOM, rows * 2 * ZOOM);
	for (int y = 0; y < rows * 2; y++) {
		char text[1024], line[46 * ZOOM + 1];
		surface_row(w->desk->surface, 1 + y / 2, false, text, sizeof text);
		const char *at = text;
		for (int x = 0; x < cols; x++) {
			bool ink = strncmp(at, "█", 3) == 0 || strncmp(at, y % 2 ? "▄" : "▀", 3) == 0;
			memset(line + x * ZOOM, ink != turned ? '1' : '0', ZOOM);
			at += *at == ' ' ? 1 : (unsigned char)*at >= 0xe0 ? 3 : 1;
		}
		line[cols * ZOOM] = '\0';
		for (int k = 0; k < ZOOM; k++)
			fprintf(file, "%s\n", line);
	}
	assert_int_equal(fclose(file), 0);
}

static void read_by_a_telephone(struct world *w, bool turned, struct emvco *out)
{
	char path[120], line[240], text[600] = "";
	snprintf(path, sizeof path, "%s/glass.pbm", w->home);
	photograph(w, path, turned);
	snprintf(line, sizeof line, "zbarimg -q --nodbus --raw -Sdisable -Sqrcode.enable %s", path);
	FILE *pipe = popen(line, "r");
	assert_non_null(pipe);
	if (!fgets(text, sizeof text, pipe))
		fail_msg("nothing was read from the glass");
	assert_int_equal(pclose(pipe), 0);
	text[strcspn(text, "\n")] = '\0';
	const char *wrong = emvco_read(text, out);
	if (wrong)
		fail_msg("%s: %s", wrong, text);
}

static void the_screen_is_read_by_a_telephone(void **state)
{
	struct world *w = *state;
	struct emvco code;
	owing(w);
	world_type(w, CTRL_K);
	world_wait(w, "CHUYỂN KHOẢN");
	world_wait(w, "8.000 đồng");
	world_pane(w, "transfer");
	read_by_a_telephone(w, false, &code);
	assert_string_equal(code.bin, "970499");
	assert_string_equal(code.account, "0029990001234");
	assert_string_equal(code.amount, "8000");
	assert_string_equal(code.purpose, world_one(w, "SELECT code FROM motcua.dossier"));
	/* On a light screen without colours. */
	world_type(w, T_F4);
	read_by_a_telephone(w, true, &code);
	assert_string_equal(code.amount, "8000");
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.dossier_event WHERE act = 'transfer_shown'");
	assert_string_equal(world_one(w, "SELECT paid FROM motcua.dossier_fee"), "later");
	/* On paper, too. */
	world_type(w, T_F9);
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.paper WHERE form = 'payment' AND copies_printed = 1");
	world_type(w, T_ESC);
	world_wait(w, "Tình trạng");
	world_type(w, T_END);
	world_wait(w, "Đã đưa mã chuyển khoản VietQR 8.000 đồng");
}

static void without_colours_it_is_read_too(void **state)
{
	struct world *w = world_open("vt220", "mono", 30, 80);
	struct emvco code;
	(void)state;
	owing(w);
	world_type(w, CTRL_K);
	world_wait(w, "0029990001234");
	read_by_a_telephone(w, false, &code);
	assert_string_equal(code.amount, "8000");
	world_close(w);
}

static void papers_are_made_on_a_key(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_wait(w, "Đã ghi giấy");
	world_type(w, T_F4);
	world_wait(w, "Tình trạng");
	world_type(w, CTRL_O);
	world_wait(w, "Lập và in giấy nào?");
	world_type(w, "\r");
	world_wait_for(w, "01/BL-TTPVHCC", "SELECT number FROM motcua.paper WHERE form = 'fee' AND copies_printed = 1");
	/* What has nothing to say is refused with a reason. */
	world_type(w, CTRL_O);
	world_type(w, T_DOWN T_DOWN "\r");
	world_wait(w, "Hồ sơ chưa có kết quả để trả.");
	world_type(w, CTRL_K);
	world_wait(w, "Hồ sơ này không còn khoản nào phải nộp.");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.dossier_event WHERE act = 'transfer_shown'"), 0);
}

/* From the end of the dossier upwards; it may be read anew meanwhile. */
static void read_up_to(struct world *w, const char *text)
{
	for (int i = 0; i < 400 && !glass_has(w->glass, text); i++)
		world_type(w, i % 40 ? T_UP : T_END);
	world_wait(w, text);
}

/* What was to be paid later is received, told, and receipted once. */
static void what_was_owed_is_received(void **state)
{
	struct world *w = *state;
	owing(w);
	read_up_to(w, "chưa thu");
	world_type(w, "\r");
	world_wait(w, "Ghi đã thu phí, lệ phí còn nợ");
	world_pane(w, "owed");
	world_type(w, "\r");
	world_wait(w, "Lệ phí: 8.000 đ. Công dân nộp thế nào?");
	world_type(w, T_DOWN "\r");
	world_wait(w, "Tiền về tài khoản lúc nào?");
	world_type(w, "\025" "hôm qua\r");
	world_shows(w, "Gõ giờ, thêm ngày");
	world_type(w, "\025" "20/12/2026 09:41\r");
	world_shows(w, "Tiền không thể về ở thời điểm sắp tới.");
	world_type(w, "\025" "20/11/2026 09:41\r");
	world_wait(w, "Đã ghi đã thu");
	read_up_to(w, "đã chuyển khoản 20/11/2026 09:41");
	world_pane(w, "paid");
	assert_string_equal(world_one(w, "SELECT paid FROM motcua.dossier_fee"), "transfer");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.message WHERE kind = 'dossier' AND payload->'fees'->0->>'paid' = 'transfer'"),
	                 world_count(w, "SELECT count(*) FROM motcua.stream"));
	world_type(w, CTRL_O "\r");
	world_wait_for(w, "01/BL-TTPVHCC", "SELECT number FROM motcua.paper WHERE form = 'fee' AND copies_printed = 1");
	read_up_to(w, ", biên lai 01/BL-TTPVHCC");
	world_type(w, CTRL_O "\r");
	world_wait(w, "đều đã có biên lai (số 01/BL-TTPVHCC)");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.paper WHERE form = 'fee'"), 1);
	/* Nothing is left to receive. */
	world_type(w, "\r");
	world_wait(w, "Việc làm được");
	world_hides(w, "còn nợ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_screen_is_read_by_a_telephone, world_new, world_gone),
		cmocka_unit_test(without_colours_it_is_read_too),
		cmocka_unit_test_setup_teardown(papers_are_made_on_a_key, world_new, world_gone),
		cmocka_unit_test_setup_teardown(what_was_owed_is_received, world_new, world_gone),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
