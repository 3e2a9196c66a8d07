/* SPDX-License-Identifier: Apache-2.0
 *
 * What a citizen is told: the catalogue's sentences with their source, what nobody has
 * confirmed said so, what is missing said to be missing. */
#include "tests/dossier/table.h"

#include <string.h>

#include "core/dossier/guide.h"

static struct catalogue world;
static struct arena arena;

#define ROW(table, ...) table_add(&world, CATALOGUE_##table, "procedure_code", "1.1", __VA_ARGS__, NULL)

static int open_world(void **state)
{
	(void)state;
	catalogue_start(&world);
	world.version = 41;
	table_add(&world, CATALOGUE_PROCEDURES, "code", "1.1", "name", "Xin một giấy", "decision", "163/QĐ-BTP",
	          "valid_from", "2025-07-01", "note", "hỏi lại tỉnh", NULL);
	table_add(&world, CATALOGUE_PROCEDURES, "code", "2.2", "name", "Chưa ai ghi gì", NULL);
	ROW(CASES, "case_id", "7", "seq", "1", "name", "Người nước ngoài");
	ROW(COMPONENTS, "component_id", "1", "seq", "1", "name", "Tờ khai", "requirement", "required",
	    "originals", "1", "copies", "2", "form_number", "TK-1");
	ROW(COMPONENTS, "component_id", "2", "seq", "2", "name", "Hộ chiếu", "requirement", "required_in_case",
	    "case_id", "7", "originals", "1");
	ROW(COMPONENTS, "component_id", "3", "seq", "3", "name", "Đến trước 16 giờ", "requirement", "note", "section",
	    "luu_y");
	ROW(LIMITS, "channel", "1", "value", "3", "unit", "working_day", "confirmed", "t", "basis", "Luật A, Điều 5");
	ROW(LIMITS, "channel", "2", "value", "2", "unit", "day", "note", "Cổng 7/2026");
	ROW(FEES, "name", "Lệ phí", "published", "HĐND tỉnh quy định");
	ROW(FEES, "name", "Phí bản sao", "amount", "8000", "per", "bản", "confirmed", "t", "basis", "TT 1/2026");
	ROW(FEES, "name", "Phí thẩm định", "amount", "0", "published", "Miễn phí");
	catalogue_finish(&world);
	return 0;
}

static int close_world(void **state)
{
	(void)state;
	catalogue_free(&world);
	arena_free(&arena);
	return 0;
}

static struct guide made(const char *code, int64_t case_id, enum channel channel)
{
	struct guide guide;
	guide_make(&arena, &(struct guide_ask){ .catalogue = &world, .procedure = catalogue_procedure(&world, code),
		.case_id = case_id, .channel = channel, .day = day_of(2026, 11, 20), .office = "Trung tâm xã Núi Cấm",
		.phone = "0296 3 999 000" }, &guide);
	return guide;
}

static const struct guide_section *section(const struct guide *guide, const char *head)
{
	for (size_t i = 0; i < guide->count; i++)
		if (strcmp(guide->sections[i].head, head) == 0)
			return &guide->sections[i];
	return NULL;
}

static void says(const struct guide *guide, const char *head, const char *const *want)
{
	const struct guide_section *s = section(guide, head);
	assert_non_null(s);
	size_t n = 0;
	for (; want[n]; n++) {
		if (n >= s->lines.count || strcmp(s->lines.items[n], want[n]) != 0)
			lines_fail(&s->lines, want[n]);
	}
	assert_int_equal(s->lines.count, n);
}
#define SAYS(guide, head, ...) says(guide, head, (const char *const[]){ __VA_ARGS__, NULL })

static void figures_carry_their_source(void **state)
{
	(void)state;
	struct guide g = made("1.1", 0, CHANNEL_ANY);
	SAYS(&g, "Thời hạn giải quyết", "Trực tiếp: 3 ngày làm việc (Luật A, Điều 5)",
	     "Trực tuyến: chưa xác nhận; công bố: 2 ngày (Cổng 7/2026)");
	SAYS(&g, "Phí, lệ phí", "Lệ phí: chưa xác nhận (HĐND tỉnh quy định)", "Phí bản sao: 8.000 đ/bản (TT 1/2026)",
	     "Phí thẩm định: chưa xác nhận; công bố: không thu (Miễn phí)");
	SAYS(&g, "Căn cứ", "Quyết định công bố: 163/QĐ-BTP", "Luật A, Điều 5", "TT 1/2026");
	SAYS(&g, "Nguồn", "Danh mục thủ tục của đơn vị, bản 41, xem ngày 20/11/2026; dòng thủ tục dùng từ 01/07/2025");
	SAYS(&g, "Lưu ý", "Đến trước 16 giờ");
	assert_true(section(&g, "Ghi chú của danh mục (không in)")->inner);
}

static void papers_of_the_case_at_hand(void **state)
{
	(void)state;
	struct guide every = made("1.1", 0, CHANNEL_COUNTER), one = made("1.1", 7, CHANNEL_COUNTER);
	SAYS(&every, "Thành phần hồ sơ", "1. Tờ khai (1 bản chính, 2 bản sao) — mẫu: TK-1",
	     "Trường hợp: Người nước ngoài", "2. Hộ chiếu (1 bản chính)");
	SAYS(&one, "Thành phần hồ sơ", "1. Tờ khai (1 bản chính, 2 bản sao) — mẫu: TK-1", "2. Hộ chiếu (1 bản chính)");
	SAYS(&one, "Thời hạn giải quyết", "Trực tiếp: 3 ngày làm việc (Luật A, Điều 5)");
	assert_true(lines_have(&section(&one, "Thủ tục")->lines, "Trường hợp: Người nước ngoài"));
}

static void what_is_not_there_is_missing(void **state)
{
	static const char *const heads[] = { "Thành phần hồ sơ", "Thời hạn giải quyết", "Trình tự thực hiện", "Kết quả",
		"Căn cứ" };
	(void)state;
	struct guide g = made("2.2", 0, CHANNEL_ANY);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		assert_true(section(&g, heads[i])->missing);
		SAYS(&g, heads[i], "Danh mục của đơn vị chưa có nội dung này.");
	}
	/* Silence never means "free". */
	SAYS(&g, "Phí, lệ phí", "Phí, lệ phí: chưa xác nhận (danh mục không ghi nguồn)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_carry_their_source),
		cmocka_unit_test(papers_of_the_case_at_hand),
		cmocka_unit_test(what_is_not_there_is_missing),
	};
	return cmocka_run_group_tests(tests, open_world, close_world);
}
