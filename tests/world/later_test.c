/* SPDX-License-Identifier: Apache-2.0
 *
 * The lights go out: sheets laid in beforehand, dossiers taken in by hand and
 * entered afterwards with their true moment, every sheet accounted for. */
#include <string.h>

#include "printers/receipt_qr.h"
#include "tests/world/steps.h"
#include "tui/duty.h"
#include "tui/later_entry.h"

#define KEY_PALETTE "\020"
#define CTRL_U "\025"

static void open_room(struct world *w, const char *words, const char *title)
{
	world_type(w, KEY_PALETTE);
	world_type(w, words);
	world_type(w, "\r");
	world_shows(w, title);
}

static void lay_in(struct world *w, const char *how_many)
{
	open_room(w, "in san", "GIẤY TIẾP NHẬN IN SẴN");
	world_type(w, T_F5);
	world_shows(w, "In sẵn bao nhiêu tờ");
	world_type(w, CTRL_U);
	world_type(w, how_many);
	world_type(w, "\r\r");
	world_wait(w, "đã in");
}

static void a_block_is_printed_and_shown(void **state)
{
	struct world *w = *state;
	world_login(w, "hue");
	open_room(w, "in san", "GIẤY TIẾP NHẬN IN SẴN");
	world_wait(w, "Chưa in sẵn tờ nào.");
	world_pane(w, "blanks-empty");
	world_type(w, T_F5);
	world_type(w, CTRL_U "0\r");
	world_shows(w, "Gõ một số từ 1 đến 100.");
	world_type(w, CTRL_U "3\r");
	world_shows(w, "Lý do in sẵn:");
	world_type(w, "\r");
	world_wait(w, "đã in");
	world_wait(w, "H01.999-261120-0001 … 0003");
	world_pane(w, "blanks");
	assert_string_equal(world_one(w, "SELECT concat_ws(' ', form, copies_printed, dossier_id IS NULL) FROM motcua.paper"),
	                    "01b 1 t");
	world_type(w, "\r");
	world_wait(w, "chưa dùng");
	world_type(w, T_DOWN T_F6);
	world_shows(w, "Huỷ tờ này vì sao?");
	world_type(w, "\r");
	world_wait(w, "đã huỷ");
	world_type(w, T_DOWN T_F7 "Không thấy khi kiểm\r");
	world_wait(w, "báo mất");
	world_pane(w, "blank-sheets");
	/* Only free sheets are spoilt; only a supervisor takes it back. */
	world_type(w, T_F8 "Thấy rồi\r");
	world_wait_gone(w, "báo mất");
	world_type(w, T_ESC);
	world_wait(w, "3    2     0    1    0 đã in");
	world_type(w, T_F4);
	world_shows(w, "Cộng 3 tờ: chưa dùng 2, đã nhập 0, đã huỷ 1, báo mất 0");
	world_pane(w, "blanks-report");
}

static void a_clerk_cannot_lay_in(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	open_room(w, "in san", "GIẤY TIẾP NHẬN IN SẴN");
	world_shows(w, "F5(In sẵn)");
	world_type(w, T_F5);
	world_hides(w, "In sẵn bao nhiêu tờ");
}

/* Laid in at 09:41, the lights out from 10:00 to 15:20, entered at 15:30. */
static void power_cut(struct world *w)
{
	step_fee_confirmed(w);
	world_login(w, "hue");
	lay_in(w, "5");
	world_type(w, T_ESC);
	world_clock(w, day_of(2026, 11, 20), 15, 30);
}

static void enter(struct world *w, const char *code, const char *at)
{
	world_type(w, code);
	world_type(w, "\r");
	world_type(w, at);
	world_type(w, "\r");
}

static void the_due_date_counts_from_the_true_moment(void **state)
{
	struct world *w = *state;
	power_cut(w);
	open_room(w, "nhan bang tay", "NHẬP HỒ SƠ ĐÃ NHẬN BẰNG TAY");
	enter(w, "261120-0002", "1015");
	world_type(w, "\r\r");
	world_type(w, T_F9);
	world_shows(w, "Chưa có sự cố nào ghi cho lúc đó");
	world_type(w, "Mất điện cả xã\r1000\r1520\r");
	world_pane(w, "later-entry");
	world_type(w, T_F9);
	world_wait(w, "NHẬP SAU H01.999-261120-0002");
	world_shows(w, "Nhận thật lúc 20/11/2026 10:15 · Phạm Thu Huệ · Mất điện cả xã");
	step_to_papers(w, CARD_DUONG);
	/* Received at 10:15, three working days with 24/11 off: 26/11; counted from 15:30 it is the same
	 * day but after the cut-off.  What counts is what the books say. */
	step_bring_papers(w);
	world_pane(w, "later-receive");
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_shows(w, "Dân đã giữ giấy viết tay cùng mã; F8 in bản máy nếu cần.");
	world_pane(w, "later-accepted");
	assert_string_equal(world_one(w, "SELECT concat_ws(' ', code, motcua.iso(received_at), motcua.iso(due_at)) FROM motcua.dossier"),
	                    "H01.999-261120-0002 2026-11-20T10:15:00+07:00 2026-11-26T17:00:00+07:00");
	assert_string_equal(world_one(w, "SELECT line FROM motcua.dossier_due") ? "1" : "", "1");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.dossier_event WHERE act = 'later_entry' "
	                                "AND note LIKE 'Nhập sau lúc 15:3% 20/11/2026 từ giấy viết tay; người tiếp nhận: Phạm Thu Huệ; "
	                                "lý do: Mất điện cả xã.'"), 1);
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.paper WHERE form = '01' AND copies_printed > 0"), 0);
	/* The next sheet of the same power cut: code and time are enough. */
	world_type(w, "\r");
	world_wait(w, "NHẬP HỒ SƠ ĐÃ NHẬN BẰNG TAY");
	enter(w, "261120-0003", "10:40");
	world_wait(w, "Sự cố đã ghi");
	world_type(w, T_F9);
	world_wait(w, "NHẬP SAU H01.999-261120-0003");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.standstill"), 1);
}

static void used_spoilt_and_unknown_codes_are_told(void **state)
{
	struct world *w = *state;
	power_cut(w);
	world_do(w, "INSERT INTO motcua.standstill (unit_id, kind, story, from_at, to_at, login, made_at) SELECT unit_id, 'power', "
	            "'Mất điện', '2026-11-20T09:00+07', '2026-11-20T15:20+07', 'hue', now() FROM motcua.unit WHERE code = '30538'");
	world_do(w, "UPDATE motcua.blank SET state = 'void', reason = 'Viết hỏng' WHERE nth = 4");
	open_room(w, "nhan bang tay", "NHẬP HỒ SƠ ĐÃ NHẬN BẰNG TAY");
	enter(w, "261120-0099", "1015");
	world_wait(w, "Sự cố đã ghi");
	world_type(w, T_F9);
	world_wait(w, "Mã H01.999-261120-0099 không phải mã in sẵn của đơn vị.");
	world_type(w, CTRL_U);
	enter(w, "H01.999-261120-0004", CTRL_U "1015");
	world_type(w, T_F9);
	world_wait(w, "Tờ này đã huỷ.");
	world_type(w, CTRL_U);
	enter(w, "261120-0001", CTRL_U "0930");
	world_type(w, T_F9);
	world_wait(w, "Tờ này in sau thời điểm đó");
	world_type(w, CTRL_U "1615\r" T_F9);
	world_shows(w, "Giờ nhận ở tương lai.");
	world_type(w, CTRL_U "gì\r" T_F9);
	world_shows(w, "Giờ nhận không đúng");
}

/* The machine dies in the middle: code and moment are in the draft. */
static void a_draft_keeps_code_and_moment(void **state)
{
	struct world *w = *state;
	power_cut(w);
	world_do(w, "INSERT INTO motcua.standstill (unit_id, kind, story, from_at, login, made_at) SELECT unit_id, 'database', "
	            "'Máy chủ hỏng', '2026-11-20T09:00+07', 'hue', now() FROM motcua.unit WHERE code = '30538'");
	open_room(w, "nhan bang tay", "NHẬP HỒ SƠ ĐÃ NHẬN BẰNG TAY");
	enter(w, "261120-0005", "1100");
	world_wait(w, "Sự cố đã ghi");
	world_type(w, T_F9);
	world_wait(w, "NHẬP SAU H01.999-261120-0005");
	step_to_papers(w, CARD_DUONG);
	step_kept(w);
	world_crash(w);
	world_login(w, "hue");
	world_type(w, T_F2 "\r");
	world_shows(w, "NHẬP SAU H01.999-261120-0005");
	world_shows(w, "Nhận thật lúc 20/11/2026 11:00");
	step_bring_papers(w);
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_string_equal(world_one(w, "SELECT concat_ws(' ', state, dossier_id IS NOT NULL) FROM motcua.blank WHERE nth = 5"), "used t");
}

/* The sheet's own QR names its code; one that was tampered with names nothing. */
static void a_sheet_is_scanned(void **state)
{
	struct world *w = *state;
	struct arena arena = { 0 };
	struct error err;
	const char *qr;
	power_cut(w);
	struct duty *duty = w->program.duty;
	assert_true(receipt_sign(&arena, &duty->key, duty->key_id, duty->facts->lookup_url, "H01.999-261120-0003", &qr, &err));
	open_room(w, "nhan bang tay", "NHẬP HỒ SƠ ĐÃ NHẬN BẰNG TAY");
	char *forged = arena_string(&arena, qr);
	char *code = strstr(forged, "-0003/");
	assert_non_null(code);
	code[4] = '4';
	world_scan(w, forged);
	world_shows(w, "Chữ ký không khớp với mã H01.999-261120-0004");
	world_hides(w, "*H01.999-261120-0004");
	world_scan(w, qr);
	world_shows(w, "H01.999-261120-0003");
	world_shows(w, ">Nhận lúc");
	arena_free(&arena);
}

/* The supervisor's key: told with its hours, shown which due date moves to when, then moved. */
static void the_hours_without_power_are_given_back(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "hue");
	step_accept(w, CARD_DUONG);
	world_type(w, T_ESC);
	world_clock(w, day_of(2026, 11, 20), 14, 41);
	open_room(w, "mat dien mat mang", "MẤT ĐIỆN, NGỪNG VIỆC");
	world_wait(w, "Chưa ghi sự cố nào.");
	world_type(w, T_F5 "\r");
	world_shows(w, "Chuyện gì?");
	world_type(w, "Mất điện cả xã\r");
	world_shows(w, "Từ lúc nào?");
	world_type(w, "2500\r");
	world_shows(w, "Gõ giờ, ngày đã qua");
	world_type(w, CTRL_U "10:00 20/11\r");
	world_shows(w, "Có lại lúc nào?");
	world_type(w, "11h15 hôm nay\r");
	world_wait(w, "1 hồ sơ mất giờ làm việc: người phụ trách F9 lùi ngày hẹn như dưới đây.");
	world_shows(w, "26/11/2026 17:00");
	world_shows(w, "27/11/2026 08:15");
	world_shows(w, "1 giờ 15 phút");
	world_pane(w, "standstill");
	world_type(w, T_F9);
	world_shows(w, "Lùi ngày hẹn của 1 hồ sơ");
	world_type(w, "c");
	world_wait(w, "Không hồ sơ nào mất giờ làm việc vì sự cố này, hoặc đã tính lại rồi.");
	assert_string_equal(world_one(w, "SELECT to_char(motcua.local(due_at), 'DD/MM HH24:MI') FROM motcua.dossier"), "27/11 08:15");
	/* Written down wrongly: it goes, and the date is what it was. */
	world_type(w, T_F8);
	world_wait(w, "Sự cố này ghi sai thế nào?");
	world_pane(w, "standstill-wrong");
	world_type(w, "Có điện lại từ 10 giờ\r");
	world_wait(w, "Đã bỏ sự cố ghi sai; 1 hồ sơ trở lại ngày hẹn cũ");
	assert_string_equal(world_one(w, "SELECT to_char(motcua.local(due_at), 'DD/MM HH24:MI') FROM motcua.dossier"), "26/11 17:00");
}

/* The next volume of a book: its closing line, the number runs on. */
static void the_next_volume_of_a_book(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "hue");
	step_accept(w, CARD_DUONG);
	world_type(w, T_ESC);
	world_do(w, "INSERT INTO motcua.certify_year SELECT unit_id, 'BS', 2026, 1, 1 FROM motcua.dossier");
	world_do(w, "INSERT INTO motcua.certification (unit_id, book, year, seq, volume, request_id, dossier_id, subject, copies, signer, at, login)"
	            " SELECT unit_id, 'BS', 2026, 1, 1, gen_random_uuid(), dossier_id, 'Bằng', 2, 'Phạm Thu Huệ', received_at, 'man' FROM motcua.dossier");
	open_room(w, "quyen so chung", "SỔ CHỨNG THỰC");
	world_wait(w, "01 – 01");
	world_shows(w, "đang ghi");
	world_type(w, T_F9);
	world_shows(w, "SCT/BS: khoá quyển số 01/2026 (số 01 đến 01, huỷ 0)");
	world_type(w, "c");
	world_wait(w, "Đã mở quyển số 2");
	world_wait(w, "từ 02");
	world_shows(w, "khoá 20/11/2026");
	world_pane(w, "certify-books");
	/* A copy came back: the number goes on when a supervisor has read the book on paper. */
	world_do(w, "INSERT INTO motcua.certify_doubt SELECT unit_id, 'BS', 2026, now(), 1 FROM motcua.dossier");
	world_type(w, T_ESC);
	open_room(w, "quyen so chung", "SỔ CHỨNG THỰC");
	world_wait(w, "! chờ xác nhận số cuối");
	world_type(w, T_F7);
	world_wait(w, "SCT/BS năm 2026: dữ liệu được phục hồi biết đến số 01.");
	world_type(w, "x" T_ENTER);
	world_wait(w, "ví dụ 127");
	world_type(w, T_BACKSPACE "7" T_ENTER);
	world_wait(w, "Số tiếp theo sẽ là 08; các số 02 đến 07 chỉ có trên sổ giấy.");
	world_type(w, "c");
	world_wait(w, "Số cuối năm 2026 là 7");
	assert_string_equal(world_one(w, "SELECT last || ' ' || said_by FROM motcua.certify_doubt, LATERAL (SELECT last AS now_last FROM motcua.certify_year) y WHERE now_last = last"), "7 hue");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_block_is_printed_and_shown),
		TEST(a_clerk_cannot_lay_in),
		TEST(the_due_date_counts_from_the_true_moment),
		TEST(used_spoilt_and_unknown_codes_are_told),
		TEST(a_draft_keeps_code_and_moment),
		TEST(a_sheet_is_scanned),
		TEST(the_hours_without_power_are_given_back),
		TEST(the_next_volume_of_a_book),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
