/* SPDX-License-Identifier: Apache-2.0
 *
 * A dossier's way when things are not as usual: the ministry's system is down, the
 * system has no interface, another agency decides. */
#include <stdio.h>
#include <string.h>

#include "tests/world/steps.h"

#define CODE "H01.999-261120-0001"
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

static void receive_for_tri_ton(struct world *w)
{
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	step_bring_papers(w);
	world_type(w, T_F8 T_END T_UP T_UP T_UP T_UP "\r\rtri ton\r");
	world_wait(w, "UBND xã Tri Tôn (30544)");
	world_type(w, "\r");
	world_shows(w, "→ UBND xã Tri Tôn · Hệ thống tập trung của Bộ Tư pháp");
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_wait_gone(w, "Đang in");
	world_type(w, T_ESC);
}

/* Both lists: what must be handed on and when, what came from where. */
static void between_places(void **state)
{
	struct world *w = *state;
	receive_for_tri_ton(w);
	/* Received elsewhere: whoever decides, it is this unit. */
	step_to_papers(w, CARD_RAY);
	step_bring_papers(w);
	world_type(w, T_F8 T_END T_UP T_UP T_UP T_UP "\r" T_DOWN T_DOWN);
	world_shows(w, "Nơi khác tiếp nhận hộ, chuyển đến đây giải quyết");
	world_type(w, "\rtri ton\r");
	world_wait(w, "UBND xã Tri Tôn (30544)");
	world_type(w, "\r");
	world_wait(w, "Mã hồ sơ ở nơi tiếp nhận");
	world_scan(w, CARD_RAY); /* not what is asked for: nothing of it stays */
	world_wait(w, "Đây là thẻ căn cước");
	world_hides(w, "Rây|");
	world_type(w, "linh tinh\r");
	world_wait(w, "Không phải mã hồ sơ");
	world_type(w, "\025");
	world_type(w, "H01.30544-261119-0012\r");
	world_wait(w, "Nơi kia tiếp nhận lúc nào?");
	world_type(w, "15:30 18/11/2026\r");
	world_shows(w, "UBND xã Tri Tôn nhận hộ → Hệ thống tập trung của Bộ Tư pháp");
	step_kept(w);
	world_crash(w);
	world_login(w, "man");
	world_type(w, T_F2 "\r");
	world_shows(w, "UBND xã Tri Tôn nhận hộ → ");
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_wait_gone(w, "Đang in");
	world_type(w, T_F4);
	world_wait(w, "Nơi nhận");
	world_hides(w, "Thời hạn tính từ khi");
	world_type(w, T_ESC T_ESC);
	world_wait(w, "HÔM NAY");
	world_type(w, "\020dia gioi\r");
	world_wait(w, "● Nhận hộ nơi khác: 1 hồ sơ");
	world_wait(w, "20/11 17:00");
	world_pane(w, "between-out");
	world_type(w, T_F5);
	world_wait(w, "● Nơi khác nhận hộ: 1 hồ sơ, 1 chuyển đến trễ");
	world_shows(w, "Họ nhận 18/11 15:30, phải chuyển trước 19/11 08:00; đến đây 20/11 09:41: trễ.");
	world_shows(w, "mã ở nơi nhận H01.30544-261119-0012");
	world_pane(w, "between-in");
	world_type(w, "\t");
	world_wait(w, "● Nhận hộ nơi khác");
	world_clock(w, day_of(2026, 11, 23), 8, 30);
	world_type(w, T_ESC);
	world_wait(w, "HÔM NAY");
	world_type(w, "\020dia gioi\r");
	world_wait(w, "● Nhận hộ nơi khác: 1 hồ sơ, 1 quá hạn chuyển");
	world_type(w, "\r");
	world_wait(w, "Thời hạn tính từ khi UBND xã Tri Tôn nhận");
}

/* What the postman brings, from the screen of both lists. */
static void the_postmans_bag(struct world *w)
{
	world_type(w, T_F6 T_F5 T_DOWN "\rBưu cục Núi Cấm\r");
	world_wait(w, "Nhận của bưu chính · Bưu cục Núi Cấm");
	world_type(w, T_F5 "\r");
	world_shows(w, "Số phiếu gửi (quét mã vạch, hoặc gõ):");
	world_scan(w, "EB123456789VN");
	world_wait(w, "Ai gửi?");
	world_type(w, "Chau Sóc Rây\r3\r8000\r");
	world_wait(w, "Hai bên đếm:");
	world_type(w, "\r");
	world_wait(w, "EB123456789VN");
	world_wait(w, "phí thu hộ 8.000 đồng");
	world_type(w, "\r");
	world_shows(w, "Hai bên ký biên bản xong mới mở tiếp nhận.");
	world_type(w, T_F9 "Trần Văn Thư\r\r");
	world_wait(w, "01/BBGN-BC-TTPVHCC đã in");
	world_type(w, T_F9);
	world_wait(w, "đã cùng đếm và ký");
	world_type(w, "c");
	world_wait(w, "Enter: mở tiếp nhận từng hồ sơ.");
	world_shows(w, "! chờ tiếp nhận");
	world_pane(w, "consign-in");
	world_type(w, "\r");
	world_wait(w, "TIẾP NHẬN HỒ SƠ");
	world_shows(w, "Chau Sóc Rây");
	world_scan(w, CARD_RAY);
	world_type(w, "tthn\r");
	world_shows(w, "> □ Tờ khai cấp Giấy xác nhận");
	step_bring_papers(w);
	world_type(w, T_F9);
	world_shows(w, "Thu 8.000 đồng bằng cách nào?");
	world_type(w, "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_string_equal(world_one(w, "SELECT state || ' ' || d.channel || ' ' || d.code FROM motcua.consignment_item i JOIN motcua.dossier d USING (unit_id, dossier_id) WHERE i.slip <> ''"),
	                    "opened 3 H01.999-261120-0002");
}

/* From the list of the agency to the post's bag: printed, signed, followed; and what the post brings is opened here. */
static void batches_out_and_in(void **state)
{
	struct world *w = *state;
	receive_for_tri_ton(w);
	world_type(w, "\020dia gioi\r");
	world_wait(w, "1 giấy tờ phải chuyển trước 20/11 17:00.");
	world_type(w, T_F6);
	world_wait(w, "Chưa có chuyến giao nhận nào.");
	world_type(w, T_F5 T_DOWN T_DOWN "\r");
	world_wait(w, "UBND xã Tri Tôn: 1 hồ sơ, kết quả chờ giao");
	world_type(w, "\r");
	world_wait(w, "Giao tận tay · UBND xã Tri Tôn");
	world_type(w, T_F5);
	world_wait(w, "H01.999-261120-0001");
	world_type(w, " ");
	world_shows(w, "Đã đánh dấu 1 hồ sơ.");
	world_pane(w, "consign-pick");
	world_type(w, T_F9);
	world_wait(w, "trong chuyến");
	world_type(w, T_F9 "Chau Văn Tư\rVăn thư\r");
	world_wait(w, "01/BBGN-TTPVHCC đã in: hai bên ký trên giấy rồi F9; không ký thì F7 huỷ.");
	world_wait_for(w, "01/BBGN-TTPVHCC", "SELECT number FROM motcua.paper WHERE form = 'handover' AND copies_printed = 1");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.dossier_holder"), 1); /* a paper changes no hand */
	world_pane(w, "consign-printed");
	world_type(w, T_F9);
	world_wait(w, "Lê Thị Mận và Chau Văn Tư đã cùng đếm và ký biên bản số");
	world_type(w, "c");
	world_wait(w, "Đã giao.");
	assert_string_equal(world_one(w, "SELECT kind || ' ' || place || ' ' || name FROM motcua.dossier_holder WHERE until_at IS NULL"), "agency UBND xã Tri Tôn Chau Văn Tư");
	world_type(w, T_ESC T_ESC);
	world_wait(w, "biên bản số 01/BBGN-TTPVHCC.");
	the_postmans_bag(w);
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
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
