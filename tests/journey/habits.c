/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/journey/habits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/check.h"

void enter(struct person *p, const char *login)
{
	person_waits(p, "ĐĂNG NHẬP");
	person_type(p, login);
	person_type(p, TAB "motcua-tap-duyet" ENTER);
	person_wait_(p, "thủ tục tiếp nhận tại đây", true, 2 * PATIENCE_MS, __FILE__, __LINE__);
}

void begin_with_card(struct person *p, const char *card)
{
	person_type(p, K_F(2));
	person_waits(p, "TIẾP NHẬN HỒ SƠ");
	person_type(p, "~~");
	person_type(p, card);
	person_type(p, ENTER);
	person_waits(p, "[thẻ đã quét]");
}

void fill_in(struct person *p)
{
	person_type(p, "tthn");
	person_waits(p, "> tthn   1.004873");
	person_type(p, ENTER);
	person_waits(p, "□ Tờ khai cấp Giấy");
	person_type(p, " ");
	person_waits(p, "■ Tờ khai cấp Giấy");
	person_type(p, " "); /* the passport: its data are looked up, not asked for */
	person_waits(p, "Đã tra bằng tay, đúng và đủ");
	person_type(p, ENTER);
	person_waits(p, "■ Hộ chiếu");
	person_type(p, K_F(5));
	person_waits(p, "Lệ phí (đồng):");
	person_type(p, "8000" ENTER);
	person_waits(p, "Căn cứ của mức thu");
	person_type(p, "Nghị quyết 12/2025/NQ-HĐND" ENTER);
	person_waits(p, "Thu 8.000 đồng bằng cách nào?");
	person_type(p, ENTER);
	row_shows(p, "8.000 đ", "tiền mặt");
}

static bool answered(void *person)
{
	return person_sees(person, "ĐÃ NHẬN HỒ SƠ") || person_sees(person, "Danh mục vừa đổi");
}

void read_code(struct person *p, char code[40])
{
	/* A catalogue that is read again at that very moment takes F9 back and says so: one presses it again. */
	if (person_until(p, answered, p, PATIENCE_MS) && !person_sees(p, "ĐÃ NHẬN HỒ SƠ"))
		person_type(p, K_F(9));
	person_waits(p, "ĐÃ NHẬN HỒ SƠ");
	person_waits(p, "● đã lưu ở đây");
	const char *at = person_reads(p, "H01.999-");
	snprintf(code, 40, "%.*s", (int)strcspn(at, " \n"), at);
	assert_true(strlen(code) > strlen("H01.999-261120-"));
}

void take_in(struct person *p, char code[40])
{
	person_type(p, K_F(9));
	person_waits(p, "Đã đối chiếu với thẻ chưa?");
	person_type(p, "c");
	read_code(p, code);
}

bool row_holds(struct person *p, const char *one, const char *other)
{
	char *screen = strdup(person_screen(p)), *rest = screen, *row;
	bool found = false;
	while (!found && (row = strsep(&rest, "\n")))
		found = strstr(row, one) && strstr(row, other);
	free(screen);
	return found;
}

struct two {
	struct person *person;
	const char *one, *other;
};

static bool on_one_row(void *data)
{
	const struct two *two = data;
	return row_holds(two->person, two->one, two->other);
}

void row_shows_(struct person *p, const char *one, const char *other, const char *file, int line)
{
	struct two two = { p, one, other };
	if (person_until(p, on_one_row, &two, PATIENCE_MS))
		return;
	fprintf(stderr, "no row with “%s” and “%s”; the screen is:\n%s\n", one, other,
	        person_screen(p));
	_fail(file, line);
}

void go_home(struct person *p)
{
	person_waits(p, "HÔM NAY");
	person_type(p, K_F(0));
	person_waits(p, "ĐĂNG NHẬP");
	person_waits_gone(p, "F3 Tìm"); /* nobody works here any more */
	person_type(p, K_F(0));
	person_waits(p, "Thoát chương trình?");
	person_type(p, "c");
	assert_int_equal(person_leaves(p), 0);
	assert_true(person_given_back(p));
	person_free(p);
}
