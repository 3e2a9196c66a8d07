/* SPDX-License-Identifier: Apache-2.0
 *
 * The life of a dossier on the screens: what the law still allows is shown and proposed, apologies go out once, work goes from hand
 * to hand with two signatures, and what has not left the desk is undone. */
#include <stdio.h>
#include <string.h>

#include "tests/world/steps.h"

#define CODE "H01.999-261120-0001"

/* A dossier of three days (QT: 0,5 + 1,5 + 0,5 + 0,5), received on a Friday and not sent yet. */
static void receive_by(struct world *w, const char *login)
{
	step_fee_confirmed(w);
	world_login(w, login);
	step_accept(w, CARD_DUONG);
	world_wait_gone(w, "Đang in");
	world_type(w, T_ESC);
	world_wait(w, "HÔM NAY");
}

static void receive_one(struct world *w)
{
	receive_by(w, "man");
}

static void open_it(struct world *w)
{
	world_type(w, T_F3 CODE);
	world_wait(w, CODE "   Nguyễn Thị Thuỳ Dương");
	world_type(w, "\r");
	world_wait(w, "HỒ SƠ " CODE);
	world_wait(w, "Đang giữ");
}

static void acts(struct world *w)
{
	world_type(w, "\r");
	world_wait(w, "Việc làm được với hồ sơ này lúc này");
}

static void room(struct world *w, const char *words, const char *title)
{
	world_type(w, "\020");
	world_type(w, words);
	world_type(w, "\r");
	world_wait(w, title);
}

/* Proposed before it is late, said once, and no second time. */
static void sorry_before_it_is_late(void **state)
{
	struct world *w = *state;
	receive_one(w);
	open_it(w);
	world_shows(w, "Lê Thị Mận · Trung tâm Phục vụ hành chính công xã Núi Cấm");
	world_shows(w, "yêu cầu bổ sung chậm nhất 23/11/2026 17:00 (01 ngày làm việc)");
	world_pane(w, "life-fresh");
	world_type(w, T_ESC T_ESC);
	/* Wednesday: the last day on which an apology is in time. */
	world_clock(w, day_of(2026, 11, 25), 10, 0);
	room(w, "sắp trễ", "SẮP TRỄ: NÊN XIN LỖI");
	world_wait(w, CODE);
	world_shows(w, "! hôm nay");
	world_shows(w, "30/11/2026");
	world_pane(w, "soon-late");
	world_type(w, "\r");
	world_wait(w, "không kịp thì xin lỗi chậm nhất 25/11/2026, hẹn lại 30/11/2026");
	world_pane(w, "life-soon");
	acts(w);
	world_pane(w, "life-acts");
	world_type(w, "x");
	world_wait(w, "Đang hẹn 26/11/2026; xin lỗi chậm nhất ngày 25/11/2026.");
	world_pane(w, "sorry-date");
	/* A Sunday is no day to promise. */
	world_type(w, "29/11/2026\r"); /* in place of the date that stands there */
	world_shows(w, "Ngày đó không làm việc.");
	world_type(w, "\02530/11/2026\r");
	world_wait(w, "Vì sao chậm?");
	world_type(w, "Chờ xác minh ở nơi cư trú cũ\r");
	world_wait(w, "Thứ Hai, 30/11/2026 17:00");
	world_wait_for(w, "01/PXL", "SELECT number FROM motcua.paper WHERE form = '04' AND copies_printed = 1");
	assert_string_equal(world_one(w, "SELECT cause || ' ' || (line LIKE 'Xin lỗi và hẹn lại theo văn bản số 01/PXL: Chờ xác minh ở nơi cư trú cũ.%') FROM motcua.dossier_due WHERE seq = 2"), "extension true");
	world_hides(w, "không kịp thì xin lỗi");
	/* Once more: the law says no, the sheet says why, and nobody is asked to sign. */
	world_shows(w, "đã xin lỗi, hẹn lại một lần: luật không cho hẹn lại nữa");
	acts(w);
	world_hides(w, "Xin lỗi, hẹn lại ngày trả");
	world_pane(w, "sorry-once");
}

/* On the very day it is due: a supervisor's word, on a basis, at this counter. */
static void sorry_too_late_is_signed(void **state)
{
	struct world *w = *state;
	receive_one(w);
	world_clock(w, day_of(2026, 11, 26), 10, 0);
	open_it(w);
	acts(w);
	world_type(w, "x");
	world_wait(w, "Trễ: văn bản xin lỗi phải gửi chậm nhất ngày 25/11/2026");
	world_type(w, "\02502/12/2026\r");
	world_wait(w, "Vì sao chậm?");
	world_type(w, "Vẫn chờ\r");
	world_wait(w, "Căn cứ nào cho phép?");
	world_type(w, "CV 12/UBND-TP ngày 25/11/2026\r");
	world_wait(w, "NGƯỜI PHỤ TRÁCH DUYỆT");
	world_pane(w, "sorry-sign");
	world_type(w, "hue\rmotcua-tap-duyet\r");
	world_wait(w, "Thứ Tư, 02/12/2026 17:00");
	assert_string_equal(world_one(w, "SELECT string_agg(login, ' ' ORDER BY seq) FROM motcua.dossier_due"), "man hue");
	world_shows(w, "Lê Thị Mận");
}

/* A date that was set wrongly is a supervisor's to put right. */
static void a_wrong_date_is_put_right(void **state)
{
	struct world *w = *state;
	receive_by(w, "hue");
	open_it(w);
	acts(w);
	world_type(w, "v");
	world_wait(w, "Điều chỉnh ngày hẹn (ghi sai)");
	world_pane(w, "life-side-head");
	world_type(w, "đ");
	world_wait(w, "Đang hẹn 26/11/2026 17:00. Ngày hẹn đúng là ngày nào?");
	world_pane(w, "right-date");
	world_type(w, "29/11/2026\r");
	world_wait(w, "Ngày đó không làm việc.");
	world_type(w, "\02527/11/2026\r");
	world_wait(w, "Ngày đang ghi sai vì sao?");
	world_type(w, "Gõ nhầm ngày\r");
	world_wait(w, "Thứ Sáu, 27/11/2026 17:00");
	assert_string_equal(world_one(w, "SELECT cause || ' ' || login FROM motcua.dossier_due WHERE seq = 2"), "correction hue");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.message m JOIN motcua.dossier d USING (unit_id, dossier_id) WHERE m.kind = 'dossier'"
	                                " AND m.seq > 1 AND m.payload->>'due_at' = motcua.iso(d.due_at)"), world_count(w, "SELECT count(*) FROM motcua.stream"));
}

/* A limit of hours left no day to apologise on: nothing was missed.  The room is found by how its name begins. */
static void a_short_limit_has_missed_nothing(void **state)
{
	struct world *w = *state;
	receive_one(w);
	world_do(w, "UPDATE motcua.dossier SET due_at = date_trunc('day', motcua.local(received_at)) AT TIME ZONE 'Asia/Ho_Chi_Minh' + interval '17 hours'");
	open_it(w);
	world_wait(w, "20/11/2026 17:00");
	world_hides(w, "quá hạn xin lỗi");
	world_shows(w, "! hạn ngắn, không có ngày nào để xin lỗi trước; hẹn lại");
	world_type(w, T_ESC T_ESC);
	room(w, "hạn kiểm tra", "HẠN KIỂM TRA, YÊU CẦU BỔ SUNG");
}

/* A list, the taker's own password, the log that form 06 prints. */
static void two_signatures(void **state)
{
	struct world *w = *state;
	receive_one(w);
	room(w, "giao nhận", "GIAO NHẬN HỒ SƠ");
	world_type(w, T_F5);
	world_wait(w, "GIAO HỒ SƠ");
	world_wait(w, CODE);
	world_type(w, T_F9);
	world_shows(w, "Chưa đánh dấu hồ sơ nào");
	world_type(w, " ");
	world_shows(w, "Đã đánh dấu 1 hồ sơ");
	world_pane(w, "give");
	world_type(w, T_F9);
	world_wait(w, "Giao cho ai?");
	world_type(w, "t");
	world_wait(w, "Giao về đâu?");
	world_type(w, "\r");
	world_wait(w, "Công chức tư pháp – hộ tịch");
	world_type(w, "\r");
	world_wait(w, "Đã lập danh sách");
	world_wait(w, "chờ ký nhận");
	world_pane(w, "handovers");
	/* Who signs sees first what for. */
	world_type(w, "\r");
	world_wait(w, "Hồ sơ trong danh sách");
	world_shows(w, "1. " CODE);
	world_type(w, T_ESC T_F9);
	world_wait(w, "NGƯỜI NHẬN KÝ");
	world_shows(w, "Lê Thị Mận (Trung tâm Phục vụ hành chính công xã Núi Cấm) giao 1");
	world_pane(w, "taker-signs");
	/* The giver's own password is not the taker's. */
	world_type(w, "sai-mat-khau\r");
	world_wait(w, "Sai tên đăng nhập hoặc mật khẩu.");
	world_type(w, "\025motcua-tap-duyet\r");
	world_wait(w, "01/BBGN-TTPVHCC");
	assert_string_equal(world_one(w, "SELECT status || ' ' || (SELECT name || ' ' || place FROM motcua.dossier_holder WHERE until_at IS NULL) FROM motcua.dossier"),
	                    "4 Trần Đăng Khoa Công chức tư pháp – hộ tịch");
	world_type(w, T_ESC);
	open_it(w);
	world_shows(w, "Trần Đăng Khoa · Công chức tư pháp – hộ tịch");
	/* The page ends with steps and hands. */
	world_type(w, "\033[6~\033[6~\033[6~\033[6~");
	world_wait(w, "Ai giữ bao lâu");
	world_shows(w, "→ 2. Thẩm tra, xác minh, dự thảo kết quả");
	world_pane(w, "life-hands");
	/* Form 06 of it. */
	acts(w);
	world_type(w, "v");
	world_wait(w, "Việc khác với hồ sơ này");
	world_pane(w, "life-side");
	world_type(w, "i");
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.paper WHERE form = '06' AND fields LIKE '%step.1.taker%Trần Đăng Khoa%'");
}

/* Away: somebody acts until a day, and takes the dossier over with a reason. */
static void work_of_who_is_away(void **state)
{
	struct world *w = *state;
	receive_one(w);
	room(w, "người vắng", "VIỆC CỦA TỪNG NGƯỜI");
	world_wait(w, "Lê Thị Mận (tôi)");
	world_type(w, T_F6);
	world_wait(w, "Ai làm thay Lê Thị Mận?");
	world_type(w, "t");
	world_wait(w, "đến hết ngày nào?");
	world_type(w, "27/11/2026\r");
	world_type(w, "nghỉ ốm\r");
	world_wait(w, "Trần Đăng Khoa đến hết 27/11/2026");
	world_pane(w, "hands");
	world_do(w, "SET SESSION AUTHORIZATION khoa; SELECT desk.side_act(1, 1, 'take_over', '{\"reason\":\"chị Mận ốm\"}'); RESET SESSION AUTHORIZATION");
	world_wait_for(w, "khoa", "SELECT login FROM motcua.dossier_holder WHERE until_at IS NULL");
	world_wait(w, "Lê Thị Mận (tôi)                0");
	/* Who leaves is locked, who forgot the password gets another: a supervisor. */
	world_type(w, T_DOWN);
	world_hides(w, "F8 Khoá");
	world_crash(w);
	world_login(w, "hue");
	room(w, "người vắng", "VIỆC CỦA TỪNG NGƯỜI");
	world_wait(w, "Phạm Thu Huệ (tôi)");
	world_type(w, T_DOWN T_F8);
	world_wait(w, "Khoá tài khoản của ");
	world_type(w, "c");
	world_wait(w, " (khoá)");
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.clerk c JOIN pg_roles r ON r.rolname = c.login WHERE c.locked AND NOT r.rolcanlogin");
	world_pane(w, "hands-locked");
	world_type(w, T_F8);
	world_wait(w, "Mở khoá tài khoản của ");
	world_type(w, "c");
	world_wait_gone(w, " (khoá)");
	world_type(w, "\020" "mat khau moi cho\r");
	world_wait(w, "Mật khẩu mới của ");
	world_type(w, "ngan\r");
	world_shows(w, "Mật khẩu cần ít nhất 10 ký tự.");
	world_type(w, "\025" "mot-mat-khau-moi\r");
	world_wait(w, "Gõ lại mật khẩu mới");
	world_type(w, "mot-mat-khau-moi\r");
	world_wait(w, "Đã đặt mật khẩu mới");
	/* One's own, after the present one; then a new log-in. */
	world_type(w, "\020" "doi mat khau cua toi\r");
	world_wait(w, "Mật khẩu hiện nay");
	world_type(w, "khong-phai-no\r");
	world_shows(w, "Không phải mật khẩu hiện nay.");
	world_type(w, "\025" "motcua-tap-duyet\r");
	world_wait(w, "Mật khẩu mới, ít nhất 10");
	world_type(w, "mat-khau-cua-hue\r");
	world_wait(w, "Gõ lại mật khẩu mới");
	world_type(w, "mat-khau-cua-hue\r");
	world_wait(w, "ĐĂNG NHẬP");
	assert_string_equal(world_one(w, "SELECT string_agg(act, ' ' ORDER BY at) FROM motcua.audit WHERE act LIKE 'clerk\\_%'"),
	                    "clerk_lock clerk_unlock clerk_password_set clerk_password");
	/* Roles are the server's: the next case logs in as before. */
	world_do(w, "ALTER ROLE hue PASSWORD 'motcua-tap-duyet'; ALTER ROLE khoa PASSWORD 'motcua-tap-duyet'");
}

/* Handed on by mistake, the message still here: undone, and history says so. */
static void undone_within_a_minute(void **state)
{
	struct world *w = *state;
	receive_one(w);
	open_it(w);
	world_hides(w, "Hoàn tác");
	acts(w);
	world_type(w, "c");
	world_wait(w, "Đang xử lý");
	world_wait(w, "Công chức tư pháp – hộ tịch");
	world_type(w, "\025");
	world_wait(w, "Được tiếp nhận");
	assert_string_equal(world_one(w, "SELECT string_agg(act, ' ' ORDER BY at, event_id) FROM motcua.dossier_event"), "receive process undo");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.message WHERE kind = 'progress' AND payload->>'status' = '4'"), 0);
}

/* Asking twice says what it costs. */
static void a_second_request_has_its_price(void **state)
{
	struct world *w = *state;
	receive_one(w);
	world_do(w, "SET SESSION AUTHORIZATION man; SELECT desk.act(1, 1, 'ask_supplement', 'Thiếu ảnh'); RESET SESSION AUTHORIZATION");
	world_do(w, "SET SESSION AUTHORIZATION courier; SELECT wire.answered('tu-phap', '" CODE "', '', 2, now(), 'Đủ', ''); RESET SESSION AUTHORIZATION");
	open_it(w);
	acts(w);
	world_type(w, "y");
	world_wait(w, "Lần thứ 2");
	world_shows(w, "QĐ 766");
	world_pane(w, "second-request");
	world_type(w, "Thiếu giấy uỷ quyền\r");
	world_type(w, "\r");
	world_wait(w, "đến hết ngày nào?");
	world_type(w, "27/11/2026\r");
	world_wait(w, "Căn cứ nào cho phép?");
	world_type(w, "Điều 9 Nghị định mẫu\r");
	world_wait(w, "NGƯỜI PHỤ TRÁCH DUYỆT");
	world_type(w, "hue\rmotcua-tap-duyet\r");
	world_wait(w, "đã yêu cầu bổ sung 2 lần: QĐ 766 tính là quá hạn");
	world_shows(w, "công dân bổ sung đến hết 27/11/2026");
	assert_string_equal(world_one(w, "SELECT basis || ' ' || approved_by FROM motcua.supplement_asked WHERE seq = 2"), "Điều 9 Nghị định mẫu hue");
}

/* An outage that is over gives its hours back, once, by a supervisor. */
static void an_outage_gives_its_hours_back(void **state)
{
	struct world *w = *state;
	receive_by(w, "hue");
	world_do(w, "INSERT INTO motcua.outage (system, class, cause, from_at, to_at) VALUES ('tu-phap', 'down', 'HTTP 503', '2026-11-20T10:00:00+07:00', '2026-11-20T11:00:00+07:00')");
	world_clock(w, day_of(2026, 11, 20), 14, 0);
	room(w, "sự cố", "SỰ CỐ VÀ VƯỚNG MẮC");
	world_type(w, "\t");
	world_wait(w, "HTTP 503");
	world_type(w, T_F7);
	world_wait(w, "1 hồ sơ đang giải quyết trên hệ thống này");
	world_pane(w, "outage-due");
	world_type(w, "c");
	world_wait(w, "Đã tính lại ngày hẹn của 1 hồ sơ");
	assert_string_equal(world_one(w, "SELECT cause || to_char(new_due AT TIME ZONE 'Asia/Ho_Chi_Minh', ' DD/MM HH24:MI') || (line LIKE 'Sự cố: %: 1 giờ 0 phút làm việc%')"
	                                 " FROM motcua.dossier_due WHERE seq = 2"), "incident 27/11 08:00true");
	world_type(w, T_F7);
	world_wait(w, "hoặc đã tính lại rồi");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
	const struct CMUnitTest tests[] = { TEST(sorry_before_it_is_late), TEST(a_short_limit_has_missed_nothing), TEST(sorry_too_late_is_signed),
		TEST(a_wrong_date_is_put_right), TEST(two_signatures), TEST(work_of_who_is_away),
		TEST(undone_within_a_minute), TEST(a_second_request_has_its_price), TEST(an_outage_gives_its_hours_back) };
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
