/* SPDX-License-Identifier: Apache-2.0
 *
 * What the citizen is told: read on the screen, searched without accents, taken home
 * as a slip that says what the catalogue says. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/world/steps.h"

#define T_CTRL_Y "\031"

static void the_procedure_at_hand_is_explained(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	world_type(w, T_F2);
	world_scan(w, CARD_DUONG);
	world_type(w, T_CTRL_Y);
	world_hides(w, "HƯỚNG DẪN THỦ TỤC"); /* of which procedure? */
	world_type(w, "tthn\r" T_CTRL_Y);
	world_wait(w, "HƯỚNG DẪN THỦ TỤC");
	world_shows(w, "1. Tờ khai cấp Giấy xác nhận");
	world_pane(w, "guide");
	/* No accents, in the middle of a sentence; then one that nothing says. */
	world_type(w, "/le phi\r");
	world_shows(w, "chưa xác nhận");
	world_pane(w, "guide-found");
	world_type(w, "/xe may\r");
	world_shows(w, "Không thấy “xe may”");
	world_type(w, T_F9);
	world_wait(w, "Đã ghi giấy");
	assert_string_equal(world_one(w, "SELECT form || number || coalesce(dossier_id::text, '') FROM motcua.paper"), "guide");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.paper WHERE fields LIKE E'%procedure.code\t1.004873\n%' AND fields LIKE "
	                                "E'%.head\tThành phần hồ sơ\n%' AND fields LIKE '%1. Tờ khai cấp Giấy xác nhận%' AND fields LIKE "
	                                "'%Lệ phí: chưa xác nhận (%' AND fields NOT LIKE '%Thuỳ Dương%'"), 1);
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.audit WHERE act = 'guide'"), 1);
	/* Back where the hand was, with all that was typed. */
	world_type(w, T_ESC);
	world_wait(w, "TIẾP NHẬN HỒ SƠ");
	world_shows(w, "Nguyễn Thị Thuỳ Dương");
}

static void the_catalogue_explains_any_of_them(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	world_type(w, "\020danh muc thu tuc\r");
	world_wait(w, "DANH MỤC THỦ TỤC");
	world_type(w, "tinh trang hon nhan" T_DOWN T_F4);
	world_wait(w, "HƯỚNG DẪN THỦ TỤC");
	world_type(w, T_F4 "nguon\r");
	world_shows(w, "Danh mục thủ tục của đơn vị, bản");
	world_pane(w, "guide-catalogue");
}

/* The text of the newest PDF in the counter's folder of papers. */
static void printed(const struct world *w, const char *name, char *out, size_t room)
{
	char command[300];
	snprintf(command, sizeof command, "pdftotext -layout $(ls -t %s/giay-to/%s*.pdf | head -n 1) -", w->program.paths.data, name);
	FILE *pipe = popen(command, "r");
	assert_non_null(pipe);
	out[fread(out, 1, room - 1, pipe)] = '\0';
	assert_int_equal(pclose(pipe), 0);
}

/* The paper the citizen signs: ours for any procedure, the office's own for this one. */
static void an_application_is_filled_in(void **state)
{
	struct world *w = *state;
	char text[6000], path[140];
	snprintf(path, sizeof path, "%s/forms", w->home);
	assert_int_equal(mkdir(path, 0700), 0);
	strcat(path, "/application-1-004873-1.form");
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs("form application-1-004873\ntitle \"Tờ khai của xã\"\nvalid 2026-01-01\nbegin\ntext \"Tôi là {owner.name}\"\n", file);
	assert_int_equal(fclose(file), 0);
	world_login(w, "man");
	world_type(w, T_F2 T_F8 T_END T_UP T_UP "\r");
	world_shows(w, "Chọn thủ tục trước");
	world_scan(w, CARD_DUONG);
	world_type(w, "tthn\r");
	world_wait(w, "Tờ khai cấp Giấy");
	world_type(w, T_F8 T_END T_UP T_UP "\r");
	world_shows(w, "Tờ khai của xã");
	world_pane(w, "application");
	world_type(w, T_DOWN "\r");
	world_wait(w, "don-de-nghi");
	printed(w, "don-de-nghi", text, sizeof text);
	static const char *const says[] = { "ĐƠN ĐỀ NGHỊ", "Kính gửi: Ủy ban nhân dân xã Núi Cấm", "Nguyễn Thị Thuỳ Dương",
		"Giới tính: Nữ", "05/03/1999", "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân", "NGƯỜI ĐỀ NGHỊ" };
	for (size_t i = 0; i < COUNT(says); i++)
		if (!strstr(text, says[i]))
			fail_msg("no \"%s\" in\n%s", says[i], text);
	world_type(w, T_F8 T_END T_UP T_UP "\r\r");
	world_wait(w, "don-de-nghi-2");
	printed(w, "don-de-nghi-2", text, sizeof text);
	assert_non_null(strstr(text, "Tôi là Nguyễn Thị Thuỳ Dương"));
	/* Nothing of it is kept. */
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.paper"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_procedure_at_hand_is_explained, world_new, world_gone),
		cmocka_unit_test_setup_teardown(an_application_is_filled_in, world_new, world_gone),
		cmocka_unit_test_setup_teardown(the_catalogue_explains_any_of_them, world_new, world_gone),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
