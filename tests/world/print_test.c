/* SPDX-License-Identifier: Apache-2.0
 *
 * The same paper again while the database is slow to count the copies. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/world/steps.h"

static void again_before_the_last_was_counted(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_wait_for(w, "1", "SELECT copies_printed FROM motcua.paper");
	/* Reading is free, counting waits. */
	world_do(w, "BEGIN; SELECT 1 FROM motcua.paper FOR UPDATE");
	world_type(w, T_F8);
	world_wait_for(w, "1", "SELECT count(*) FROM pg_locks WHERE NOT granted");
	world_type(w, T_F8);
	world_shows(w, "Đang in");
	world_do(w, "COMMIT");
	world_wait_for(w, "3", "SELECT copies_printed FROM motcua.paper");
	world_wait_for(w, "3", "SELECT count(*) FROM motcua.paper_print WHERE result = 'ok'");
}

/* The key could not be registered at log-in: papers wait, and are signed later. */
static void the_key_is_registered_when_the_line_is_back(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_do(w, "REVOKE EXECUTE ON FUNCTION desk.register_key FROM motcua_clerk");
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_wait(w, "Khoá ký của máy này chưa đăng ký xong");
	world_do(w, "GRANT EXECUTE ON FUNCTION desk.register_key TO motcua_clerk");
	world_do(w, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'man'");
	world_wait(w, "Đã nối lại cơ sở dữ liệu");
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.counter_key WHERE valid_to IS NULL");
	world_type(w, T_F8);
	world_wait(w, "Đã ghi giấy H01.999-261120-0001");
}

/* Forms looked at by their palette name, the office's own beside ours. */
static void forms_are_seen_before_they_are_used(void **state)
{
	struct world *w = *state;
	char path[120];
	world_login(w, "man");
	snprintf(path, sizeof path, "%s/forms", w->home);
	assert_int_equal(mkdir(path, 0700), 0);
	strcat(path, "/phieu-hong.form");
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs("form phieu\ntitle \"x\"\nvalid 2026-01-01\nbegin\ntext \"{owner.nmae}\"\n", file);
	assert_int_equal(fclose(file), 0);
	world_type(w, "\020"); /* Ctrl-P */
	world_type(w, "bieu mau" T_ENTER);
	world_wait(w, "MẪU GIẤY TỜ");
	world_shows(w, "Văn bản xin lỗi và đề nghị gia hạn");
	world_pane(w, "forms");
	world_type(w, T_ENTER);
	world_wait(w, "TẬP DUYỆT - KHÔNG CÓ GIÁ TRỊ SỬ DỤNG");
	world_pane(w, "form");
	world_type(w, T_ESC);
	world_wait_gone(w, "KHÔNG CÓ GIÁ TRỊ");
	world_type(w, T_F4);
	world_wait(w, "TẬP DUYỆT - KHÔNG CÓ GIÁ TRỊ SỬ DỤNG");
	world_type(w, T_ESC);
	world_wait_gone(w, "KHÔNG CÓ GIÁ TRỊ");
	world_type(w, T_END);
	world_wait(w, "Mẫu giấy bị lỗi: phieu-hong.form");
	world_type(w, T_ENTER);
	world_wait(w, "unknown field \"owner.nmae\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(again_before_the_last_was_counted, world_new, world_gone),
		cmocka_unit_test_setup_teardown(forms_are_seen_before_they_are_used, world_new, world_gone),
		cmocka_unit_test_setup_teardown(the_key_is_registered_when_the_line_is_back, world_new, world_gone),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
