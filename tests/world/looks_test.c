/* SPDX-License-Identifier: Apache-2.0
 *
 * Every screen in every look: 80×24 and 132×43, dark and mono, the Linux console
 * with its eight colours.  The same words stand at the same places; wider shows
 * more. */
#include <string.h>

#include "tests/world/steps.h"
#include "tui/lock.h"

static const struct look_of {
	const char *name, *term, *theme;
	int rows, cols;
} looks[] = {
	{ "dark", NULL, "dark", 24, 80 },     { "mono", NULL, "mono", 24, 80 },
	{ "dark", NULL, "dark", 43, 132 },    { "mono", NULL, "mono", 43, 132 },
	{ "linux", "linux", NULL, 24, 80 },
};

/* The bottom row holds the keys, none cut; a role's colours are those it should have. */
static void whole(struct world *w, const char *name)
{
	const int roles[] = { ROLE_TITLE, ROLE_KEY, ROLE_SELECTED, ROLE_WARN, ROLE_ERROR, ROLE_FOCUS, -1 };
	glass_roles(w->glass, roles);
	for (int row = 0; row < w->rows; row++)
		if (strstr(glass_row(w->glass, row), "{?")) {
			print_error("%s row %d: %s\n", name, row, glass_row(w->glass, row));
			_fail(__FILE__, __LINE__);
		}
	glass_roles(w->glass, (const int[]){ -1 });
	world_shows(w, "F1 Giúp");
	world_pane(w, name);
}

/* Who acts for whom, the catalogue, the lock. */
static void walk_aside(struct world *w)
{
	world_shows(w, "HÔM NAY");
	world_scan(w, CARD_DUONG);
	world_type(w, T_F8 "\r");
	world_shows(w, "NGƯỜI NỘP HỒ SƠ");
	world_shows(w, "( ) quan hệ ruột thịt");
	whole(w, "party");
	world_type(w, T_ESC);
	world_type(w, T_ESC);
	world_type(w, "c\020" "danh muc\r");
	world_shows(w, "DANH MỤC THỦ TỤC");
	world_shows(w, "Giấy tờ");
	world_shows(w, "Lệ phí");
	world_shows(w, "thủ tục · Trực tiếp · ? là chưa xác nhận");
	whole(w, "catalogue");
	world_type(w, T_ESC);
	lock_now(w->desk);
	world_shows(w, "Màn hình của Lê Thị Mận đang khoá. Việc đang làm còn nguyên.");
	world_hides(w, "HÔM NAY");
	whole(w, "lock");
}

static void walk(struct world *w)
{
	whole(w, "login");
	world_login(w, "man");
	whole(w, "home");
	step_to_papers(w, CARD_DUONG);
	world_shows(w, "F9 Nhận+In");
	whole(w, "receive");
	world_type(w, "\027");
	world_shows(w, "VÌ SAO CHUYỂN ĐẾN ĐÓ");
	whole(w, "why");
	world_type(w, T_ESC);
	world_type(w, T_F8);
	whole(w, "more");
	world_type(w, T_ESC);
	step_bring_papers(w);
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_wait(w, "Đã ghi giấy");
	whole(w, "accepted");
	world_type(w, T_F4);
	world_wait(w, "Đường đi");
	whole(w, "dossier");
	world_type(w, T_ESC);
	world_type(w, T_F3 "duong");
	world_wait(w, "Nguyễn Thị Thuỳ Dương");
	whole(w, "find");
	world_type(w, T_F1);
	whole(w, "help");
	world_type(w, T_ESC);
	world_type(w, T_ESC);
	world_type(w, T_ESC);
	walk_aside(w);
}

static void every_screen_in_every_look(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(looks); i++) {
		struct world *w = world_open(looks[i].term, looks[i].theme, looks[i].rows, looks[i].cols);
		step_fee_confirmed(w);
		walk(w);
		world_close(w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_screen_in_every_look) };
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
