/* SPDX-License-Identifier: Apache-2.0
 *
 * What happens to a counter at work: killed in the middle of a word, its
 * database standing still, dead, back again.  No dossier lost, none twice. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "tests/check.h"
#include "tests/journey/habits.h"

static struct home home;
static struct person clerk;
static char code[40];

static int open_home(void **state)
{
	(void)state;
	home_make(&home, 0, 0);
	return 0;
}

static int close_home(void **state)
{
	(void)state;
	person_free(&clerk);
	home_end(&home);
	return 0;
}

static const char *drafts(void)
{
	return shell("find %s -type f -name '*-*-*-*-*'", home_path("data/drafts"));
}

static int64_t kept_at(void)
{
	struct stat info;
	const char *draft = drafts();
	return *draft && stat(draft, &info) == 0
	               ? (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec : 0;
}

static bool kept_since(void *data)
{
	return kept_at() > *(int64_t *)data;
}

static int64_t now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_REALTIME_COARSE, &at); /* the one that files are stamped with */
	return (int64_t)at.tv_sec * 1000000000 + at.tv_nsec;
}

/* ---- the counter dies ---- */

static bool cursor_at_phone(void *data)
{
	VTermPos at;
	(void)data;
	vterm_state_get_cursorpos(vterm_obtain_state(clerk.vterm), &at);
	return at.row == 2 && at.col > 60;
}

static void a_counter_is_killed_in_the_middle_of_a_number(void)
{
	assert_int_equal(home_run(&home, NULL, WORDS("setup")), 0);
	home_sit(&home, &clerk, WORDS());
	enter(&clerk, "man");
	begin_with_card(&clerk, DUONG_CARD);
	person_type(&clerk, BACK_TAB BACK_TAB "09123456");
	row_shows(&clerk, "Điện thoại", "09123456");
	int64_t typed = now();
	person_type(&clerk, "7");
	row_shows(&clerk, "Điện thoại", "091234567");
	assert_true(person_until(&clerk, cursor_at_phone, NULL, PATIENCE_MS));
	assert_true(person_until(&clerk, kept_since, &typed, 10000));
	person_kill(&clerk);

	assert_string_not_equal(drafts(), "");
	assert_string_equal(shell("grep -raEl 'Nguy|Duong|Dương|%s|Tà Lọt' %s", DUONG_NUMBER,
	                          home_path("data/drafts")), "");
	home_sit(&home, &clerk, WORDS());
	enter(&clerk, "man");
	person_waits(&clerk, "1 bản nháp đang dở");
	person_type(&clerk, K_F(2));
	person_waits(&clerk, "Có hồ sơ đang làm dở. Mở lại?");
	person_type(&clerk, ENTER);
	row_shows(&clerk, DUONG_NUMBER, DUONG_NAME);
	row_shows(&clerk, "Điện thoại", "09123456");
	row_shows(&clerk, "Địa chỉ", "Ấp Tà Lọt");
	person_type(&clerk, "8"); /* where the cursor stood */
	person_waits(&clerk, "091234567");
	assert_true(person_until(&clerk, cursor_at_phone, NULL, PATIENCE_MS));
}

static void after_acceptance_no_draft_is_left(void)
{
	person_type(&clerk, TAB TAB);
	fill_in(&clerk);
	take_in(&clerk, code);
	assert_string_equal(drafts(), "");
}

/* ---- the database stands still, or dies ---- */

static void typing_goes_on(const char *name)
{
	char part[80] = "";
	for (const char *at = name; *at; at++) {
		size_t n = strlen(part);
		part[n] = *at;
		person_type(&clerk, (char[]){ *at, 0 });
		if (*at != ' ') /* a blank at the end cannot be seen */
			person_waits_ms(&clerk, part, 1000);
	}
}

static void a_database_that_stands_still_stops_no_key(void)
{
	person_type(&clerk, K_F(2));
	person_waits(&clerk, "TIẾP NHẬN HỒ SƠ");
	home_signal_server(SIGSTOP);
	person_type(&clerk, TAB);
	typing_goes_on("LE VAN TAM");
	person_type(&clerk, "\033[200~" BE_CARD "\033[201~");
	person_waits(&clerk, "[thẻ đã quét]");
	fill_in(&clerk);
	person_type(&clerk, K_F(9));
	person_waits(&clerk, "Đã đối chiếu với thẻ chưa?");
	person_type(&clerk, "c");
	person_waits(&clerk, "Còn chờ cơ sở dữ liệu trả lời");
	assert_false(person_sees(&clerk, "ĐÃ NHẬN HỒ SƠ"));
}

static void start_the_database_again(pid_t old)
{
	struct bytes said = { 0 };
	assert_true(home_gone(&home, old));
	if (home_run(&home, &said, WORDS("setup")) != 0)
		fail_msg("setup: %s", bytes_string(&said));
	bytes_free(&said);
	assert_true(home_server() != old && home_server() != 0);
}

/* F9 was pressed, the server died with the request; whatever became of it, one dossier. */
static void a_lost_reply_makes_one_dossier(void)
{
	pid_t old = home_server();
	home_signal_server(SIGKILL);
	start_the_database_again(old);
	read_code(&clerk, code);
	assert_string_equal(home_ask("SELECT count(*) FROM motcua.dossier"), "2");
	assert_string_equal(home_ask("SELECT count(*) FROM motcua.dossier_person WHERE name = '" BE_NAME "'"),
	                    "1");
	assert_string_equal(drafts(), "");
}

static void without_a_database_no_receipt_but_work_goes_on(void)
{
	pid_t old = home_server();
	begin_with_card(&clerk, KIM_CARD);
	home_signal_server(SIGKILL);
	person_waits(&clerk, "Mất kết nối");
	fill_in(&clerk);
	person_type(&clerk, K_F(9));
	person_waits(&clerk, "Chưa thể cấp giấy tiếp nhận: mất kết nối");
	/* nobody helps: the counter starts its own database again */
	person_wait_(&clerk, "Đã nối lại cơ sở dữ liệu", true, 3 * PATIENCE_MS, __FILE__, __LINE__);
	assert_true(home_server() != old && home_server() != 0);
	take_in(&clerk, code);
	assert_string_equal(home_ask("SELECT count(*) FROM motcua.dossier"), "3");
	person_waits(&clerk, "● đã nhận");
}

/* One after another: each stands on what the one before it did. */
static void journey(void **state)
{
	(void)state;
	a_counter_is_killed_in_the_middle_of_a_number();
	after_acceptance_no_draft_is_left();
	a_database_that_stands_still_stops_no_key();
	a_lost_reply_makes_one_dossier();
	without_a_database_no_receipt_but_work_goes_on();
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(journey) };
	return cmocka_run_group_tests_name("journey_fault", tests, open_home, close_home);
}
