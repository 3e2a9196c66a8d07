/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/dossier/table.h"

#include <string.h>

#include "core/dossier/lifecycle.h"

static void ten_statuses(void **state)
{
	static const struct {
		int status;
		const char *name;
		enum status_group group;
		bool running, final;
	} rows[] = {
		{ 1, "Mới đăng ký", GROUP_NOT_IN, true, false },
		{ 2, "Được tiếp nhận", GROUP_WORKING, true, false },
		{ 3, "Không được tiếp nhận", GROUP_NOT_IN, false, true },
		{ 4, "Đang xử lý", GROUP_WORKING, true, false },
		{ 5, "Yêu cầu bổ sung giấy tờ", GROUP_WAITING, false, false },
		{ 6, "Yêu cầu thực hiện nghĩa vụ tài chính", GROUP_STOPPED, false, false },
		{ 7, "Công dân yêu cầu rút hồ sơ", GROUP_GIVEN_BACK, false, false },
		{ 8, "Dừng xử lý", GROUP_STOPPED, false, false },
		{ 9, "Đã xử lý xong", GROUP_FINISHED, false, false },
		{ 10, "Đã trả kết quả", GROUP_FINISHED, false, true },
		{ 11, "?", GROUP_NOT_IN, false, false },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_string_equal(status_name(rows[i].status), rows[i].name);
		assert_int_equal(status_group(rows[i].status), rows[i].group);
		assert_int_equal(status_running(rows[i].status), rows[i].running);
		assert_int_equal(status_final(rows[i].status), rows[i].final);
	}
}

static void the_way_of_a_dossier(void **state)
{
	static const struct {
		int from, to;
		const char *form; /* NULL: there is no such way */
	} rows[] = {
		{ 0, 2, "01" }, { 0, 4, NULL }, { 1, 2, "01" }, { 1, 3, "03" }, { 1, 5, "02" },
		{ 2, 5, "02" }, { 4, 5, "02" }, { 5, 2, "" },   { 5, 4, "" },   { 5, 3, "03" },
		{ 5, 9, NULL }, { 4, 6, "" },   { 6, 4, "" },   { 2, 7, "05" }, { 7, 8, "05" },
		{ 7, 2, NULL }, { 9, 7, NULL }, { 9, 10, "" },  { 10, 9, NULL }, { 3, 2, NULL },
		{ 2, 10, NULL }, { 8, 4, "" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct transition *t = transition_find(rows[i].from, rows[i].to);
		if (!t != !rows[i].form)
			fail_msg("%d → %d", rows[i].from, rows[i].to);
		if (t)
			assert_string_equal(t->form, rows[i].form);
	}
	assert_true(transition_find(9, 4)->supervisor);
}

/* No row twice; nothing leaves a final status; every status is reached.  That the database has the same rows is
 * asked of the database (tests/schema/life_walk.c). */
static void the_table_is_sound(void **state)
{
	bool reached[11] = { false };
	(void)state;
	for (const struct transition *t = TRANSITIONS; t->act; t++) {
		for (const struct transition *other = TRANSITIONS; other < t; other++)
			assert_false(other->from == t->from && other->to == t->to && strcmp(other->act, t->act) == 0);
		assert_non_null(transition_by(t->from, t->act));
		assert_false(t->from && status_final(t->from));
		assert_true(t->to >= 1 && t->to <= 10);
		reached[t->to] = true;
	}
	for (int status = 1; status <= 10; status++)
		assert_true(reached[status]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ten_statuses),
		cmocka_unit_test(the_way_of_a_dossier),
		cmocka_unit_test(the_table_is_sound),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
