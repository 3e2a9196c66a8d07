/* SPDX-License-Identifier: Apache-2.0
 *
 * How many keys a dossier costs the clerk's hand.  The keys go through the real
 * decoder; every key counts once, letters of the Telex composer included, a
 * scanned card is no key.  Above the budget the build fails. */
#include <stdio.h>
#include <string.h>

#include "tests/world/steps.h"

enum { CARD_BUDGET = 25, HAND_BUDGET = 90 };

static int pressed;

/* A key is a character or a whole escape sequence. */
static int keys_in(const char *text)
{
	int count = 0;
	for (const char *at = text; *at; count++) {
		if (*at != '\033') {
			at++;
			while ((*at & 0xC0) == 0x80)
				at++;
			continue;
		}
		at += at[1] == '[' || at[1] == 'O' ? 2 : 1;
		while (*at >= '0' && *at <= '9')
			at++;
		at += *at != '\0';
	}
	return count;
}

static void press(struct world *w, const char *keys)
{
	pressed += keys_in(keys);
	world_type(w, keys);
}

/* Four papers: one handed in, one looked up, one that the citizen brought besides,
 * one more looked up. */
static void four_papers_cash_receipt(struct world *w)
{
	press(w, " ");
	press(w, " \r");
	press(w, " ");
	press(w, " \r");
	press(w, T_F9);
	world_shows(w, "Thu 8.000 đồng bằng cách nào?");
	press(w, "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_wait(w, "Đã ghi giấy");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.dossier_component WHERE state = 'ok'"), 4);
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.dossier_fee WHERE amount = 8000 AND paid = 'cash'"), 1);
}

static void by_card(void **state)
{
	struct world *w = *state;
	pressed = 0;
	step_fee_confirmed(w);
	world_login(w, "man");
	world_scan(w, CARD_DUONG);
	press(w, "tthn\r");
	four_papers_cash_receipt(w);
	print_message("           card: %d keys of %d\n", pressed, CARD_BUDGET);
	assert_in_range(pressed, 1, CARD_BUDGET);
}

static void by_hand_with_telex(void **state)
{
	struct world *w = *state;
	pressed = 0;
	step_fee_confirmed(w);
	world_login(w, "man");
	w->desk->composer.method = COMPOSER_TELEX;
	press(w, T_F2);
	press(w, "089199990001\r");
	press(w, "Nguyeexn Thij Thuyf Duwowng\r");
	press(w, "05031999\r\r");
	press(w, "AAsp Taf Lojt,\r");
	world_shows(w, "Nguyễn Thị Thuỳ Dương");
	world_shows(w, "05/03/1999      Giới    nữ");
	world_shows(w, "Ấp Tà Lọt, xã Núi Cấm, tỉnh An Giang");
	press(w, "tthn\r");
	four_papers_cash_receipt(w);
	print_message("           by hand: %d keys of %d\n", pressed, HAND_BUDGET);
	assert_in_range(pressed, 1, HAND_BUDGET);
	assert_string_equal(world_one(w, "SELECT name || '; ' || address FROM motcua.dossier_person"),
	                    "Nguyễn Thị Thuỳ Dương; Ấp Tà Lọt, xã Núi Cấm, tỉnh An Giang");
}

static void keys_are_counted_as_a_hand_presses_them(void **state)
{
	(void)state;
	assert_int_equal(keys_in("tthn\r" T_F9 T_F2 T_UP "ậ "), 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_counted_as_a_hand_presses_them),
		cmocka_unit_test_setup_teardown(by_card, world_new, world_gone),
		cmocka_unit_test_setup_teardown(by_hand_with_telex, world_new, world_gone),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
