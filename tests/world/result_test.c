/* SPDX-License-Identifier: Apache-2.0
 *
 * A result on the screens: it comes on paper, waits on its shelf, the citizen is called,
 * the receipt in the hand opens its hand-over, the citizen says how it was; and the drawer
 * that is counted and handed over. */
#include <stdio.h>
#include <string.h>

#include "core/store/seal.h"
#include "printers/receipt_qr.h"
#include "tests/world/steps.h"
#include "tui/duty.h"

#define CODE "H01.999-261120-0001"

static void arrive(struct world *w)
{
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_do(w, "UPDATE motcua.dossier_person SET phone = '0912345678'");
	world_do(w, "INSERT INTO motcua.setting (unit_id, name, value) SELECT unit_id, 'tell_sms', '' FROM motcua.unit UNION ALL"
	            " SELECT unit_id, 'tell_zalo', '' FROM motcua.unit");
	world_type(w, T_ESC);
	world_wait(w, "HÔM NAY");
}

static void open_dossier(struct world *w)
{
	world_type(w, T_F3 CODE);
	world_wait(w, CODE "   Nguyễn Thị Thuỳ Dương");
	world_type(w, "\r");
	world_wait(w, "HỒ SƠ " CODE);
	world_wait(w, "Thủ tục");
}

static void room(struct world *w, const char *words, const char *title)
{
	world_type(w, "\020");
	world_type(w, words);
	world_type(w, "\r");
	world_wait(w, title);
}

static void scan_receipt(struct world *w)
{
	struct arena arena = { 0 };
	struct error err;
	const char *text;
	struct duty *duty = w->program.duty;
	assert_true(receipt_sign(&arena, &duty->key, duty->key_id, duty->facts->lookup_url, CODE, &text, &err));
	world_scan(w, text);
	arena_free(&arena);
}

/* The line of the list of acts that says so. */
static void choose(struct world *w, const char *act)
{
	world_type(w, "\r");
	world_wait(w, "Việc làm được với hồ sơ này lúc này");
	for (int i = 0; i < 20; i++) {
		for (int row = 0; row < w->rows; row++) {
			const char *line = glass_row(w->glass, row), *at = strstr(line, act), *mark = strchr(line, '>');
			if (at && mark && mark < at) {
				world_type(w, "\r");
				return;
			}
		}
		world_type(w, T_DOWN);
	}
	fail_msg("no act “%s”", act);
}

static void it_comes_on_paper_waits_and_is_called(void **state)
{
	struct world *w = *state;
	arrive(w);
	open_dossier(w);
	choose(w, "Nhận kết quả giấy");
	world_wait(w, "Kết quả là giấy gì?");
	world_type(w, "\r");
	world_shows(w, "Ghi điều này.");
	world_type(w, "Giấy xác nhận\r");
	world_type(w, "12/UBND-XN\r");
	world_type(w, "31/12/2030\r");
	world_shows(w, "Ngày ký không thể ở tương lai.");
	world_type(w, "\025" "19/11/2026\r");
	world_type(w, "Trần Văn Ký\r");
	world_type(w, "Kệ 2\r");
	world_wait(w, "Đã xử lý xong");
	world_wait(w, "Giấy xác nhận số 12/UBND-XN ngày 19/11/2026, Trần Văn Ký ký");
	world_pane(w, "came");
	world_type(w, T_ESC T_ESC);
	world_clock(w, day_of(2026, 12, 7), 9, 0);
	room(w, "chờ trả", "CHỜ TRẢ KẾT QUẢ");
	world_wait(w, "Kệ 2");
	world_shows(w, "17");
	world_shows(w, "cần gọi điện");
	world_shows(w, "chưa có bản điện tử");
	world_pane(w, "to-return");
	world_type(w, T_F4 "\025Kệ 5\r");
	world_wait(w, "Kệ 5");
	world_type(w, T_F5 "30\r");
	world_wait(w, "Không có kết quả nào chờ lâu như vậy.");
	world_type(w, T_F6);
	world_wait(w, "DANH SÁCH GỌI ĐIỆN");
	world_wait(w, "0912•••678");
	world_hides(w, "0912345678");
	world_hides(w, "Dương");
	world_pane(w, "calls");
	world_type(w, T_F4);
	world_wait(w, "0912345678");
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.audit WHERE act = 'reveal' AND what->>'what' = 'call'");
	world_type(w, T_F7);
	world_wait(w, "1 lần");
	world_type(w, T_F6);
	world_wait(w, "Không còn ai phải gọi.");
	/* It was a mistake: found again, taken back. */
	world_type(w, T_F8);
	world_wait(w, "ĐÃ GỌI TRONG BẢY NGÀY");
	world_wait(w, "Lê Thị Mận ghi đã gọi");
	world_pane(w, "called");
	world_type(w, T_F9);
	world_wait(w, "Bảy ngày qua chưa ghi gọi ai.");
	world_type(w, T_F8);
	world_wait(w, "0912•••678");
	world_wait_for(w, "call", "SELECT state FROM motcua.citizen_message");
	/* What the citizen was told, at the dossier. */
	world_type(w, "\r");
	world_wait(w, "HỒ SƠ " CODE);
	room(w, "tin báo công dân", "Có kết quả: cần gọi điện");
	world_hides(w, "0912345678");
	world_pane(w, "told");
}

static void the_receipt_opens_its_hand_over(void **state)
{
	struct world *w = *state;
	arrive(w);
	world_do(w, "UPDATE motcua.dossier SET status = 9, status_at = now(), finished_at = now()");
	world_do(w, "INSERT INTO motcua.result_place (unit_id, dossier_id, seq, login, place) SELECT unit_id, dossier_id, 1, 'man', 'Kệ 2' FROM motcua.dossier");
	world_do(w, "INSERT INTO motcua.return_paper (unit_id, dossier_id, seq, way, name, made_by) SELECT unit_id, dossier_id, n, (ARRAY['take', 'give', 'give'])[n],"
		" (ARRAY['Giấy chứng nhận cũ', 'Bản chính hộ khẩu', 'Giấy tạm trú'])[n], 'man' FROM motcua.dossier, generate_series(1, 3) n");
	/* In the middle of a search. */
	world_type(w, T_F3 "duong");
	world_wait(w, CODE);
	scan_receipt(w);
	world_wait(w, "Trao tay cùng kết quả: Giấy chứng nhận cũ");
	world_pane(w, "hand-papers");
	/* One of them ticked, one stays; the last with "all". */
	world_type(w, T_DOWN "\r");
	world_wait(w, "TRAO TAY TỪNG GIẤY");
	world_wait(w, "□ Giấy chứng nhận cũ");
	world_type(w, T_DOWN " ");
	world_wait(w, "■ Bản chính hộ khẩu");
	world_pane(w, "hand-papers-each");
	world_type(w, T_DOWN T_F7 "công dân không cần\r");
	world_wait(w, "– Giấy tạm trú");
	world_type(w, T_F9);
	world_wait(w, "Trao tay cùng kết quả: Giấy chứng nhận cũ");
	assert_string_equal(world_one(w, "SELECT string_agg(seq || coalesce(done_by, '-') || waived, ' ' ORDER BY seq) FROM motcua.return_paper"),
	                    "1- 2man 3mancông dân không cần");
	world_type(w, "\r");
	world_wait(w, "Kết quả chưa có bản điện tử");
	world_pane(w, "no-copy");
	world_type(w, T_DOWN "\r");
	world_wait(w, "Vì sao trả khi chưa có bản điện tử?");
	world_type(w, "\r");
	world_shows(w, "Ghi lý do.");
	world_type(w, "Máy quét hỏng\r");
	world_wait(w, "Ai nhận kết quả? Kết quả để ở: Kệ 2.");
	world_shows(w, "Chủ hồ sơ, giấy hẹn vừa quét");
	world_type(w, "\r");
	world_wait(w, "Ctrl-A: công dân đánh giá.");
	assert_string_equal(world_one(w, "SELECT concat_ws('|', taker, shown, no_file) FROM motcua.handed_over"), "owner|scanned|Máy quét hỏng");
	/* Asked once. */
	world_wait(w, "Đã trả kết quả");
	world_type(w, "\001");
	world_wait(w, "Mời công dân đánh giá");
	world_pane(w, "rate");
	world_type(w, T_DOWN T_DOWN "\r");
	world_wait(w, "Công dân chưa hài lòng về điều gì?");
	world_type(w, "Phải đến hai lần\r");
	world_wait_for(w, "no|Phải đến hai lần|Q3", "SELECT concat_ws('|', grade, reason, counter) FROM motcua.rating");
	world_wait(w, "Không hài lòng");
	world_type(w, "\r");
	world_wait(w, "Việc khác: giao việc");
	world_hides(w, "Công dân đánh giá");
	world_pane(w, "rated");
}

static void the_drawer_is_counted_and_handed_over(void **state)
{
	struct world *w = *state;
	arrive(w);
	world_do(w, "SET SESSION AUTHORIZATION man; SELECT desk.issue_paper(gen_random_uuid(), 'fee', 1); RESET SESSION AUTHORIZATION");
	room(w, "ca làm việc", "CA LÀM VIỆC");
	world_wait(w, "Đã thu 8.000 đ tiền mặt");
	world_type(w, T_F4);
	world_wait(w, "Trong két có bao nhiêu tiền mặt");
	world_type(w, "\025" "100000\r");
	world_wait(w, "đang mở");
	world_wait(w, "Đầu ca 100.000 · thu 8.000 · trả lại 0 · phải có 108.000 đ");
	world_shows(w, "1 biên lai: 01");
	world_pane(w, "shift");
	/* 107.000 in the drawer: a thousand is missing. */
	world_type(w, T_F5);
	world_wait(w, "ĐẾM TIỀN CHỐT CA");
	world_type(w, T_DOWN T_DOWN "1\r\r\r\r" "1\r1\r");
	world_wait(w, "Đếm được 107.000 đ: thiếu 1.000 đ, ghi lý do.");
	world_pane(w, "count");
	world_type(w, T_F9);
	world_shows(w, "Tiền đếm được khác sổ thu: ghi lý do.");
	world_type(w, "thối nhầm" T_F9);
	world_wait(w, "chờ người nhận");
	world_shows(w, "Lý do chênh lệch: thối nhầm");
	/* Another's password, never one's own. */
	world_type(w, T_F6);
	world_wait(w, "NGƯỜI NHẬN BÀN GIAO KÝ");
	world_pane(w, "shift-sign");
	world_type(w, "man\r" "motcua-tap-duyet\r");
	world_wait(w, "Người nhận bàn giao phải là người khác.");
	world_type(w, T_ESC);
	world_type(w, T_F6);
	world_wait(w, "NGƯỜI NHẬN BÀN GIAO KÝ");
	world_type(w, "khoa\r" "motcua-tap-duyet\r");
	world_wait(w, "Trần Đăng Khoa nhận bàn giao");
	world_pane(w, "shift-taken");
	/* The packet on paper, for both signatures. */
	world_type(w, T_F9);
	world_wait(w, "Đang in biên bản bàn giao ca.");
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.print_job j JOIN motcua.paper p ON p.paper_id = j.papers[1] WHERE j.state = 'printed' AND p.form = 'shift'");
	/* The register: cancelled, a number stays. */
	world_type(w, T_F7);
	world_wait(w, "1 biên lai, 0 đã huỷ, cộng 8.000 đ");
	world_pane(w, "receipts");
	world_type(w, T_F4 "sai tên\r");
	world_wait(w, "1 biên lai, 1 đã huỷ, cộng 0 đ");
	world_shows(w, "Huỷ: sai tên");
}

/* A supervisor's word beside what was written, never instead of it. */
static void who_took_it_is_put_right(void **state)
{
	struct world *w = *state;
	arrive(w);
	world_do(w, "UPDATE motcua.dossier SET status = 10, status_at = now(), finished_at = now()");
	world_do(w, "INSERT INTO motcua.handed_over (unit_id, dossier_id, seq, at, login, taker, name, id_number, mandate, post, shown) SELECT unit_id, dossier_id, 1,"
	            " status_at, 'man', 'owner', owner_name, '', '', '', 'receipt' FROM motcua.dossier");
	world_crash(w);
	world_login(w, "hue");
	open_dossier(w);
	choose(w, "Sửa người nhận kết quả đã ghi");
	world_wait(w, "Thực tế ai đã nhận kết quả?");
	world_type(w, T_DOWN T_DOWN "\r");
	world_wait(w, "Họ tên người được uỷ quyền nhận:");
	world_type(w, "\025Trần Văn Em\r");
	world_wait(w, "Số định danh của người nhận");
	world_type(w, "\r");
	world_wait(w, "Giấy uỷ quyền số mấy, ngày nào?");
	world_type(w, "12/2026/UQ\r");
	world_wait(w, "Vì sao sửa?");
	world_type(w, "Ghi nhầm chủ hồ sơ\r");
	world_wait(w, "Đã sửa người nhận kết quả");
	assert_string_equal(world_one(w, "SELECT string_agg(concat_ws('|', taker, name, mandate, corrects, reason), '; ' ORDER BY seq) FROM motcua.handed_over"
		" WHERE seq > 1"), "other|Trần Văn Em|12/2026/UQ|1|Ghi nhầm chủ hồ sơ");
}

static void a_supervisor_sets_the_unit(void **state)
{
	struct world *w = *state;
	world_login(w, "hue");
	room(w, "thiết lập", "THIẾT LẬP ĐƠN VỊ");
	world_wait(w, "Vào danh sách chờ trả sau");
	world_pane(w, "settings");
	world_type(w, T_DOWN "\r");
	world_wait(w, "Kết quả chờ bao nhiêu ngày");
	world_type(w, "\025" "lâu\r");
	world_wait(w, "Số ngày từ 0 đến 999.");
	/* What was refused stands there to be mended. */
	world_wait(w, "Kết quả chờ bao nhiêu ngày");
	world_shows(w, "lâu");
	world_type(w, "\177\177\177" "1000\r");
	world_wait(w, "Số ngày từ 0 đến 999.");
	world_wait(w, "Kết quả chờ bao nhiêu ngày");
	world_type(w, "\025" "7\r");
	world_wait(w, "Đã đổi; thay đổi được lưu vết.");
	world_wait(w, "7 ngày");
	assert_string_equal(world_one(w, "SELECT concat_ws('|', login, what->'old'->>'v1', what->'new'->>'v1') FROM motcua.audit WHERE act = 'setting_change'"), "hue|10|7");
	/* Another one while this one is being written: said, kept and written after it. */
	world_do(w, "BEGIN; SELECT 1 FROM motcua.queue_setting FOR UPDATE");
	world_type(w, "\r");
	world_wait(w, "Kết quả chờ bao nhiêu ngày");
	world_type(w, "\025" "8\r");
	world_type(w, T_DOWN "\r");
	world_wait(w, "Tin đã báo xong giữ bao nhiêu ngày");
	world_type(w, "\025" "60\r");
	world_wait(w, "Thay đổi trước đang ghi");
	world_do(w, "COMMIT");
	world_wait(w, "60 ngày");
	world_wait(w, "8 ngày");
	assert_string_equal(world_one(w, "SELECT string_agg(what->'new'->>'v1', ' ' ORDER BY what->'new'->>'v1' DESC) FROM motcua.audit WHERE act = 'setting_change'"), "8 7 60");
	/* A series for the queue; a letter that is none is told. */
	world_type(w, T_F5);
	world_wait(w, "Mã dãy số mới");
	world_type(w, "K\r");
	world_wait(w, "Tên dãy số");
	world_type(w, "Chứng thực nhanh\r");
	world_wait(w, "Lĩnh vực nào lấy số dãy này?");
	world_type(w, "Không có lĩnh vực này\r");
	world_wait(w, "làn nhanh");
	world_type(w, "c");
	world_wait(w, "Danh mục không có lĩnh vực “Không có lĩnh vực này”");
	/* All that was typed stands in its dialogs. */
	world_wait(w, "Mã dãy số mới");
	world_type(w, "\r");
	world_wait(w, "Tên dãy số");
	world_type(w, "\r");
	world_wait(w, "Lĩnh vực nào lấy số dãy này?");
	world_shows(w, "Không có lĩnh vực này");
	world_type(w, "\025" "\r");
	world_wait(w, "làn nhanh");
	world_type(w, "c");
	world_wait_for(w, "Chứng thực nhanh|t|t", "SELECT concat_ws('|', name, quick, active) FROM motcua.queue_series WHERE series = 'K'");
	world_pane(w, "settings-queue");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
	static const struct CMUnitTest tests[] = {
		TEST(it_comes_on_paper_waits_and_is_called),
		TEST(the_receipt_opens_its_hand_over),
		TEST(the_drawer_is_counted_and_handed_over),
		TEST(who_took_it_is_put_right),
		TEST(a_supervisor_sets_the_unit),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
