/* SPDX-License-Identifier: Apache-2.0
 *
 * Rights on the systems outside: the supervisor's table, its forms and its
 * list; the clerk who is told before the citizen sits down. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/world/steps.h"

static void told(struct world *w, const char *login, const char *system, const char *state)
{
	char sql[400];
	snprintf(sql, sizeof sql, "INSERT INTO motcua.account (unit_id, login, system, state, source) SELECT unit_id, '%s', '%s',"
	         " '%s', 'system' FROM motcua.clerk WHERE login = '%s'", login, system, state, login);
	world_do(w, sql);
}

static void open_accounts(struct world *w)
{
	world_type(w, "\020" "tai khoan tren\r");
	world_wait(w, "cán bộ × ");
}

static void a_supervisor_sees_who_has_what(void **state)
{
	struct world *w = *state;
	told(w, "man", "tu-phap", "granted");
	told(w, "khoa", "tu-phap", "missing");
	told(w, "hue", "tu-phap", "error");
	world_login(w, "hue");
	world_shows(w, "! Đơn vị còn 2 tài khoản thiếu hoặc lỗi");
	open_accounts(w);
	world_pane(w, "accounts");
	world_shows(w, "Trần Đăng Khoa");
	world_shows(w, "2 thiếu hoặc lỗi");
	world_shows(w, " TP ");
	world_shows(w, "□ chưa có");
	world_type(w, T_F8);
	world_shows(w, "Phạm Thu Huệ · Hệ thống tập trung của Bộ Tư pháp: lỗi");
	world_type(w, T_F8);
	world_shows(w, "Trần Đăng Khoa · Hệ thống tập trung của Bộ Tư pháp: chưa có");
	world_type(w, T_F8);
	world_shows(w, "Phạm Thu Huệ · Hệ thống tập trung của Bộ Tư pháp: lỗi");
	world_type(w, T_HOME);
	/* The first column that is needed here, in words. */
	world_shows(w, "thủ tục ở đây cần");
	world_type(w, T_END);
	world_shows(w, "không thủ tục nào ở đây cần");
	world_type(w, T_HOME T_DOWN T_DOWN T_DOWN T_DOWN T_UP T_UP T_UP T_UP);
}

/* The column of tu-phap, wherever it stands. */
static void to_justice(struct world *w)
{
	world_type(w, T_HOME);
	for (int i = 0; i < 12; i++) {
		if (glass_has(w->glass, "· Hệ thống tập trung của Bộ Tư pháp:"))
			return;
		world_type(w, T_RIGHT);
	}
	fail_msg("no column of tu-phap");
}

static void a_supervisor_enters_a_right(void **state)
{
	struct world *w = *state;
	world_login(w, "hue");
	open_accounts(w);
	to_justice(w);
	world_shows(w, "Tư pháp: chưa rõ");
	world_type(w, T_F4);
	world_shows(w, "Tình trạng");
	world_pane(w, "account-edit");
	world_type(w, "\r" "hue.moj\r" "Chứng thực\r" "1.004873\r" "đã họp\r");
	world_wait(w, "Đã ghi.");
	world_wait(w, "Tư pháp: đã cấp, thiếu một số thủ tục");
	world_shows(w, "[^■-]");
	world_shows(w, "Phạm Thu Huệ ghi 20/11/2026");
	world_shows(w, "tài khoản hue.moj");
	world_shows(w, "Lĩnh vực: Chứng thực · Thủ tục: 1.004873");
	world_type(w, "\r");
	world_wait(w, "Lịch sử:");
	world_shows(w, "đã cấp · hue.moj · đã họp");
	world_pane(w, "account-read");
	world_type(w, T_ESC);
	/* Somebody else was faster: nothing is overwritten. */
	world_type(w, T_F4);
	world_shows(w, "Tình trạng");
	world_do(w, "UPDATE motcua.account SET version = version + 1, state = 'error', note = 'khoá'");
	world_type(w, T_F9);
	world_wait(w, "đã đọc lại");
	world_wait(w, "Tư pháp: lỗi");
}

static void a_clerks_data_are_masked_and_looks_are_kept(void **state)
{
	struct world *w = *state;
	world_login(w, "hue");
	open_accounts(w);
	world_type(w, T_F7);
	world_wait(w, "0900000003");
	world_type(w, "\r\r" "089199990001" "\r");
	world_wait(w, "Đã ghi.");
	world_type(w, T_F7);
	world_wait(w, "0900000003");
	world_type(w, T_DOWN T_DOWN);
	world_wait(w, "đã có 0891••••••01");
	world_hides(w, "089199990001");
	world_pane(w, "officer-edit");
	world_type(w, T_F8);
	world_wait(w, "lần xem này được ghi lại");
	world_shows(w, "089199990001");
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.audit WHERE act = 'reveal' AND what->>'what' = 'clerk_id'");
	world_type(w, T_ESC);
	world_type(w, T_F7);
	world_wait(w, "0900000003");
	world_scan(w, CARD_RAY);
	world_type(w, T_F9);
	world_wait_for(w, "089085990002", "SELECT id_number FROM motcua.clerk_personal");
}

static void the_list_is_written_and_told_where(void **state)
{
	struct world *w = *state;
	struct stat info;
	char path[200];
	told(w, "man", "tu-phap", "granted");
	world_login(w, "hue");
	open_accounts(w);
	world_type(w, T_F6);
	world_shows(w, "tai-khoan-con-thieu-20261120.xlsx");
	snprintf(path, sizeof path, "%s/ra.xlsx", w->home);
	world_type(w, "\025");
	world_type(w, path);
	world_type(w, "\r");
	world_wait(w, "Đã ghi ");
	world_shows(w, ": 3 cán bộ, ");
	world_shows(w, "Tệp có số CCCD");
	world_pane(w, "accounts-export");
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.audit WHERE what->>'what' = 'account_list'"), 1);
}

static void a_clerk_looks_but_changes_nothing(void **state)
{
	struct world *w = *state;
	told(w, "khoa", "tu-phap", "granted");
	world_login(w, "man");
	open_accounts(w);
	to_justice(w);
	world_shows(w, "(Sửa)");
	world_type(w, T_F4);
	world_hides(w, "Tình trạng ");
	world_type(w, T_F7);
	world_hides(w, "Số CCCD");
	world_type(w, "\r");
	world_wait(w, "Thủ tục ở đây cần hệ thống này");
}

static void the_clerk_is_told_before_the_citizen_sits_down(void **state)
{
	struct world *w = *state;
	told(w, "man", "tu-phap", "missing");
	told(w, "khoa", "tu-phap", "granted");
	world_login(w, "man");
	world_shows(w, "! Bạn chưa dùng được 1 hệ thống: Bộ Tư pháp (chưa có).");
	world_pane(w, "home-rights");
	step_to_papers(w, CARD_DUONG);
	world_shows(w, "Chuyển     → Bộ Tư pháp — chưa có quyền; hỏi Phạm Thu Huệ, 0900000003");
	world_pane(w, "receive-rights");
	/* Granted meanwhile: the row says so without a key. */
	world_do(w, "UPDATE motcua.account SET state = 'granted' WHERE login = 'man'");
	world_do(w, "SELECT pg_notify('motcua_unit_' || unit_id, 'account 0') FROM motcua.clerk WHERE login = 'man'");
	world_wait(w, "Chuyển     → Hệ thống tập trung của Bộ Tư pháp");
	world_type(w, T_ESC);
}

static void it_never_stands_in_the_way(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	told(w, "man", "tu-phap", "error");
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.dossier"), 1);
}

/* As many systems as a province may have: columns scroll, the cell stays named. */
static void more_systems_than_columns(void **state)
{
	struct world *w = *state;
	world_do(w, "INSERT INTO motcua.systems (key, digest, loaded_from, added, code, name, family, ministry, host, note)"
	            " SELECT md5('s' || i)::uuid, md5('d' || i)::uuid, 'test', 1, 'zz-' || i, 'Hệ thống thứ ' || i, 'json', '', '', ''"
	            " FROM generate_series(1, 9) i");
	world_login(w, "hue");
	open_accounts(w);
	world_hides(w, "<");
	world_type(w, T_END);
	world_shows(w, "Hệ thống thứ 9: chưa rõ");
	world_shows(w, "<");
	world_pane(w, "accounts-many");
}

static void more_clerks_than_rows(void **state)
{
	struct world *w = *state;
	world_do(w, "INSERT INTO motcua.clerk (login, unit_id, kind, full_name, title)"
	            " SELECT 'cb' || i, (SELECT unit_id FROM motcua.clerk WHERE login = 'hue'), 'clerk', 'Cán bộ Số ' || lpad(i::text, 2, '0'), ''"
	            " FROM generate_series(1, 40) i");
	world_login(w, "hue");
	open_accounts(w);
	world_shows(w, "43 cán bộ × ");
	world_shows(w, "Cán bộ Số 01");
	world_hides(w, "Lê Thị Mận ");
	world_type(w, T_PGDN T_PGDN T_PGDN T_PGDN);
	world_shows(w, "> Lê Thị Mận");
	world_shows(w, "Họ tên");
	world_pane(w, "accounts-clerks");
	world_type(w, T_UP T_PGUP);
	world_hides(w, "Cán bộ Số 01");
	for (int i = 0; i < 45; i++)
		world_type(w, T_UP);
	world_shows(w, "Cán bộ Số 01");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
#define WORLD(test) cmocka_unit_test_setup_teardown(test, world_new, world_gone)
		WORLD(a_supervisor_sees_who_has_what),
		WORLD(a_supervisor_enters_a_right),
		WORLD(a_clerks_data_are_masked_and_looks_are_kept),
		WORLD(the_list_is_written_and_told_where),
		WORLD(a_clerk_looks_but_changes_nothing),
		WORLD(the_clerk_is_told_before_the_citizen_sits_down),
		WORLD(it_never_stands_in_the_way),
		WORLD(more_systems_than_columns),
		WORLD(more_clerks_than_rows),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
