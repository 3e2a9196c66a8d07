/* SPDX-License-Identifier: Apache-2.0
 *
 * A dossier's way when things are not as usual: the ministry's system is down, the
 * system has no interface, another agency decides. */
#include <stdio.h>
#include <string.h>

#include "tests/world/ways.h"

#define PALETTE "\020"
#define T_FALLBACK "\006" /* Ctrl-F */

static void courier_says(struct world *w, const char *call)
{
	char sql[600];
	snprintf(sql, sizeof sql, "SET SESSION AUTHORIZATION courier; SELECT %s; RESET SESSION AUTHORIZATION", call);
	world_do(w, sql);
}

/* Accepted, the ministry's system down, the dossier open. */
static void open_one(struct world *w, const char *login)
{
	step_fee_confirmed(w);
	world_login(w, login);
	step_accept(w, CARD_DUONG);
	courier_says(w, "wire.health('tu-phap', 'down', 'HTTP 503')");
	world_type(w, T_F4);
	world_wait(w, "Đường đi");
	world_wait(w, "Làm trên Hệ thống tập trung của Bộ Tư pháp");
}

static void why_here_is_answered_from_the_frozen_rule(void **state)
{
	struct world *w = *state;
	open_one(w, "man");
	world_shows(w, "Theo CV 2423/UBND-HCC ngày 31/12/2025 của UBND tỉnh An Giang; quy tắc số 8");
	/* The rule changes; the dossier keeps its own. */
	world_do(w, "UPDATE motcua.routes SET notice = 'CV khác', valid_to = '2026-11-21' WHERE rule_id = 8");
	world_do(w, "SELECT pg_notify('motcua_unit_' || unit_id, 'dossier ' || dossier_id) FROM motcua.dossier");
	world_wait(w, "Quy tắc đó hết áp dụng từ 21/11/2026; hồ sơ này vẫn trả ở nơi đã nhận.");
	world_shows(w, "Theo CV 2423/UBND-HCC");
	world_pane(w, "why-here");
}

static void a_supervisor_signs_at_the_clerks_counter(void **state)
{
	struct world *w = *state;
	open_one(w, "man");
	world_type(w, T_FALLBACK);
	world_shows(w, "Vì sao chuyển hồ sơ về hệ thống của tỉnh?");
	world_type(w, "Người dân cần gấp\r");
	world_wait(w, "Người phụ trách duyệt ngay tại đây");
	world_pane(w, "fallback-ask");
	world_type(w, "\r");
	world_shows(w, "NGƯỜI PHỤ TRÁCH DUYỆT");
	/* A clerk's own password does not approve. */
	world_type(w, "khoa\rmotcua-tap-duyet");
	world_pane(w, "fallback-sign");
	world_type(w, "\r");
	world_wait(w, "Việc này cần người phụ trách.");
	assert_string_equal(world_one(w, "SELECT route_system FROM motcua.dossier"), "tu-phap");
	world_type(w, T_UP "\025hue\rsai-mat-khau\r");
	world_wait(w, "Sai tên đăng nhập hoặc mật khẩu.");
	world_type(w, "\025motcua-tap-duyet\r");
	world_wait(w, "Đã duyệt: hồ sơ làm tiếp trên hệ thống của tỉnh, ngày hẹn không đổi.");
	world_wait(w, "làm trên Hệ thống thông tin giải quyết TTHC tỉnh");
	world_wait(w, "Lúc nhận: Hệ thống tập trung của Bộ Tư pháp");
	world_pane(w, "fallback-top");
	world_type(w, "\033[6~");
	world_shows(w, "Giữ lại: hồ sơ nay làm trên");
	world_pane(w, "fallback-done");
	assert_string_equal(world_one(w, "SELECT asked_by || ' ' || decided_by || ' ' || state FROM motcua.fallback"), "man hue done");
	assert_string_equal(world_one(w, "SELECT count(*) FROM motcua.dossier_due"), "1");
	/* The clerk is still at work. */
	world_shows(w, "Lê Thị Mận");
}

static void or_later_from_a_list(void **state)
{
	struct world *w = *state;
	open_one(w, "man");
	world_type(w, T_FALLBACK "Bộ ngừng\r");
	world_wait(w, "Để người phụ trách duyệt sau");
	world_type(w, T_DOWN "\r");
	world_shows(w, "Yêu cầu đang chờ người phụ trách.");
	world_wait(w, "! Lê Thị Mận xin chuyển về hệ thống của tỉnh: chờ người phụ trách duyệt");
	world_crash(w);
	world_login(w, "hue");
	world_type(w, PALETTE "chuyen ve tinh\r");
	world_wait(w, "! chờ duyệt");
	world_shows(w, "ngừng từ");
	world_shows(w, "Bộ ngừng");
	world_pane(w, "fallbacks");
	world_type(w, T_F6 "\r");
	world_wait(w, "đã chuyển");
	assert_string_equal(world_one(w, "SELECT route_system FROM motcua.dossier"), "tinh");
	/* The system is back: what was held goes there after all. */
	world_type(w, "\r");
	world_wait(w, "HỒ SƠ " CODE);
	world_wait(w, "Lúc nhận: Hệ thống tập trung của Bộ Tư pháp");
	world_type(w, T_FALLBACK);
	world_shows(w, "Gửi tiếp cho Hệ thống tập trung của Bộ Tư pháp");
	world_type(w, "Bộ đã sửa xong\r");
	world_wait_for(w, "0", "SELECT count(*) FROM motcua.stream WHERE held");
}

static void a_system_that_works_is_not_left(void **state)
{
	struct world *w = *state;
	open_one(w, "hue");
	courier_says(w, "wire.health('tu-phap', 'ok', '')");
	world_type(w, T_FALLBACK "ngại\r");
	world_wait(w, "đang hoạt động và không từ chối hồ sơ này");
}

/* ---- no interface ---- */

static void what_to_type_is_shown_field_by_field(void **state)
{
	struct world *w = *state;
	world_do(w, "UPDATE motcua.routes SET procedure_code = '1.004873', field = '', ministry = '' WHERE rule_id = 11");
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_type(w, T_ESC);
	world_type(w, PALETTE "cho nhap tay\r");
	world_wait(w, "hồ sơ mới");
	world_shows(w, CODE);
	world_pane(w, "manual-list");
	world_type(w, "\r");
	world_wait(w, "Mục 1 trong 16; ghi số hồ sơ họ cấp bằng F9.");
	world_wait(w, CODE " · hokinhdoanh.dkkd.gov.vn");
	world_type(w, "\r\r");
	world_shows(w, "— Số định danh cá nhân —");
	world_hides(w, "089199990001");
	world_type(w, T_F4);
	world_wait(w, "089199990001");
	world_pane(w, "manual");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.audit WHERE act = 'reveal' AND what->>'manual' = 'ho-kinh-doanh'"), 1);
	world_type(w, T_F9);
	world_shows(w, "Số hồ sơ mà hệ thống đó cấp (gõ hoặc quét):");
	world_type(w, "hkd-26-000777\r");
	world_wait(w, "Số của họ: HKD-26-000777 — Nhập tay: Lê Thị Mận");
	world_pane(w, "manual-number");
	world_type(w, T_F6 "\rĐang xử lý tại phòng ĐKKD\r");
	world_wait(w, "Đã ghi tình trạng đọc được, kèm nguồn.");
	world_type(w, T_ESC);
	world_wait(w, "Không hồ sơ nào chờ nhập tay.");
	world_type(w, T_ESC T_F3 "HKD-26-000777");
	world_wait(w, CODE "   Nguyễn Thị Thuỳ Dương");
	world_type(w, "\r\r");
	world_wait(w, "● đã nhận · HKD-26-000777");
	world_type(w, T_END);
	world_shows(w, "Đang xử lý — Theo Hệ thống đăng ký hộ kinh doanh (số");
}

static void their_number_is_scanned_too(void **state)
{
	struct world *w = *state;
	world_do(w, "UPDATE motcua.routes SET procedure_code = '1.004873', field = '', ministry = '' WHERE rule_id = 11");
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_type(w, T_F4);
	world_wait(w, "Làm trên Hệ thống đăng ký hộ kinh doanh");
	world_type(w, T_F7);
	world_wait(w, "Mục 1 trong 16");
	world_scan(w, "HKD-26-000888");
	world_shows(w, "HKD-26-000888");
	world_type(w, "\r");
	world_wait(w, "Số của họ: HKD-26-000888");
}

/* ---- another agency decides ---- */

static void another_agency_decides(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	step_bring_papers(w);
	world_type(w, T_F8 T_END T_UP T_UP T_UP T_UP "\r");
	world_shows(w, "Tiếp nhận phi địa giới:");
	world_type(w, "\rtri ton\r");
	world_wait(w, "UBND xã Tri Tôn (30544)");
	world_pane(w, "agency");
	world_type(w, "\r");
	world_shows(w, "→ UBND xã Tri Tôn · Hệ thống tập trung của Bộ Tư pháp");
	/* The draft keeps it. */
	step_kept(w);
	world_crash(w);
	world_login(w, "man");
	world_type(w, T_F2 "\r");
	world_shows(w, "→ UBND xã Tri Tôn");
	world_pane(w, "agency-receive");
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_wait_gone(w, "Đang in");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.paper WHERE fields LIKE '%deciding.name\tUBND xã Tri Tôn%'"), 1);
	world_type(w, T_F4);
	world_wait(w, "Thời hạn tính từ khi UBND xã Tri Tôn nhận; chưa biết lúc nào,");
	world_pane(w, "agency-dossier");
	world_clock(w, day_of(2026, 11, 23), 8, 30);
	world_type(w, T_F8);
	world_shows(w, "UBND xã Tri Tôn nhận hồ sơ lúc nào?");
	world_type(w, "\02520/11/2026 09:00\r");
	world_shows(w, "Họ chỉ có thể nhận sau lúc tiếp nhận ở đây.");
	world_type(w, "\02523/11/2026 08:00\r");
	world_shows(w, "Căn cứ (ai báo, phiếu giao nhận số mấy):");
	world_type(w, "Phiếu giao nhận 12\r");
	world_wait(w, "UBND xã Tri Tôn nhận lúc 23/11/2026 08:00");
	assert_string_equal(world_one(w, "SELECT to_char(motcua.local(due_at), 'DD/MM/YYYY HH24:MI') FROM motcua.dossier"), "27/11/2026 17:00");
	world_shows(w, "Thứ Sáu, 27/11/2026 17:00");
	world_pane(w, "agency-received");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(why_here_is_answered_from_the_frozen_rule),
		TEST(a_supervisor_signs_at_the_clerks_counter),
		TEST(or_later_from_a_list),
		TEST(a_system_that_works_is_not_left),
		TEST(what_to_type_is_shown_field_by_field),
		TEST(their_number_is_scanned_too),
		TEST(another_agency_decides),
		TEST(between_places),
		TEST(batches_out_and_in),
		TEST(parcels_by_the_post),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
