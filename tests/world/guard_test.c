/* SPDX-License-Identifier: Apache-2.0
 *
 * A counter left alone locks itself; a program too old is not let in; drafts are
 * told apart by whose they are. */
#include "tests/world/steps.h"
#include "tui/practice.h"

static void left_alone_it_locks_itself(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	world_scan(w, CARD_DUONG);
	world_type(w, "tthn");
	assert_true(w->desk->idle_ms == 10 * 60000);
	/* A key starts the wait anew. */
	glass_pass(w->glass, w->desk->idle_ms - 2000);
	world_type(w, "x");
	glass_pass(w->glass, w->desk->idle_ms - 2000);
	world_shows(w, "Nguyễn Thị Thuỳ Dương");
	glass_pass(w->glass, 4000);
	world_shows(w, "Màn hình của Lê Thị Mận đang khoá. Việc đang làm còn nguyên.");
	world_hides(w, "Nguyễn Thị Thuỳ Dương");
	/* It took no time from the database. */
	world_type(w, PRACTICE_PASSWORD "\r");
	world_wait(w, "Nguyễn Thị Thuỳ Dương");
	world_shows(w, "tthnx");
}

static void an_old_program_is_not_let_in(void **state)
{
	struct world *w = *state;
	world_do(w, "CREATE OR REPLACE FUNCTION motcua.contract() RETURNS int LANGUAGE sql IMMUTABLE RETURN 99");
	world_type(w, "man\r" PRACTICE_PASSWORD "\r\r");
	world_wait(w, "Chương trình ở quầy cũ hơn cơ sở dữ liệu: hãy cập nhật chương trình.");
	world_shows(w, "ĐĂNG NHẬP");
	world_pane(w, "newer");
	/* As soon as it is put right, the same key lets in. */
	world_do(w, "CREATE OR REPLACE FUNCTION motcua.contract() RETURNS int LANGUAGE sql IMMUTABLE RETURN 1");
	world_pass(w, 3000);
	world_type(w, "\025" PRACTICE_PASSWORD "\r\r");
	world_wait(w, "thủ tục tiếp nhận tại đây");
}

static void leave(struct world *w)
{
	step_kept(w);
	world_type(w, T_ESC);
	world_shows(w, "Rời hồ sơ này?");
	world_type(w, "c");
	world_shows(w, "HÔM NAY");
}

static void drafts_are_told_apart(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	leave(w);
	world_scan(w, CARD_RAY);
	leave(w);
	world_shows(w, "→ 2 bản nháp đang dở");
	world_type(w, T_F2);
	world_shows(w, "Chau Sóc Rây · chưa chọn thủ tục · ");
	world_shows(w, "Nguyễn Thị Thuỳ Dương · Xác nhận tìn… · ");
	world_pane(w, "draft-list");
	/* By its first letter, as any choice. */
	world_type(w, "n\r");
	world_shows(w, "Họ tên  Nguyễn Thị Thuỳ Dương");
	world_shows(w, "1.004873");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(left_alone_it_locks_itself),
		TEST(an_old_program_is_not_let_in),
		TEST(drafts_are_told_apart),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
