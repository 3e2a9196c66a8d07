/* SPDX-License-Identifier: Apache-2.0
 *
 * Acts of the desk on a dossier in the books. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "printers/printer.h"
#include "tests/world/steps.h"

#define CODE    "H01.999-261120-0001"
#define COURIER(sql) "SET SESSION AUTHORIZATION courier; " sql "; RESET SESSION AUTHORIZATION"
#define TOLD(view) COURIER("SELECT wire.told('tu-phap', '" CODE "', '" view "')")

/* A dossier that is there. */
static void arrive(struct world *w)
{
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_do(w, COURIER("DO $$ DECLARE c wire.claimed; BEGIN FOR i IN 1..2 LOOP FOR c IN SELECT * FROM wire.claim('thử', 60, 50) LOOP"
	            " PERFORM wire.begin(c.message_id, c.fence);"
	            " PERFORM wire.finish(c.message_id, c.fence, 'delivered', 200, 5, '', '', NULL); END LOOP; END LOOP; END $$"));
	world_do(w, TOLD("{\"foreign_code\":\"G15.99-77\",\"steps\":[{\"status\":2,\"word\":\"2\",\"at\":\"2026-11-20T09:41:00+07:00\"}]}"));
	world_wait(w, "● đã nhận      Hệ thống tập trung của Bộ Tư pháp");
	world_type(w, T_ESC);
	world_wait(w, "HÔM NAY");
}

static void open_dossier(struct world *w)
{
	world_type(w, T_F3 "G15.99-77");
	world_wait(w, CODE "   Nguyễn Thị Thuỳ Dương");
	world_type(w, "\r");
	world_wait(w, "HỒ SƠ " CODE);
	world_wait(w, "Thủ tục");
}

#define acts(w) (world_type(w, "\r"), world_wait(w, "Việc làm được với hồ sơ này lúc này"))

static void what_was_asked_is_marked_and_told(void **state)
{
	struct world *w = *state;
	arrive(w);
	world_do(w, TOLD("{\"asks\":[{\"key\":\"1\",\"text\":\"Bản sao hộ khẩu\",\"at\":\"2026-11-20T09:42:00+07:00\",\"until\":\"2026-11-25T17:00:00+07:00\"}]}"));
	world_clock(w, day_of(2026, 11, 23), 11, 0);
	open_dossier(w);
	world_wait(w, "Yêu cầu bổ sung giấy tờ");
	acts(w);
	world_pane(w, "acts");
	world_type(w, "\r");
	world_wait(w, "ĐÃ BỔ SUNG " CODE);
	world_wait(w, "Bản sao hộ khẩu");
	world_shows(w, "Hệ thống tập trung của Bộ Tư pháp, 20/11/2026 09:42, hạn");
	world_shows(w, "25/11/2026 17:00");
	world_shows(w, "→");
	world_shows(w, ": 9 giờ 1");
	world_shows(w, "─ Giấy tờ công dân mang đến ─");
	world_shows(w, "□ Bản sao hộ khẩu");
	/* Not marked, it is not said to be there. */
	world_type(w, T_F9);
	world_wait(w, "Chưa đánh dấu: Bản sao hộ khẩu");
	world_type(w, "\r");
	world_shows(w, "Chưa ghi gì");
	world_type(w, " ");
	world_shows(w, "■ Bản sao hộ khẩu");
	world_pane(w, "taking");
	world_type(w, T_F9);
	world_wait(w, "HỒ SƠ " CODE);
	world_wait(w, "quầy đã trả lời lúc 23/11/2026 11:0");
	world_shows(w, "Được tiếp nhận");
	world_pane(w, "taken");
	assert_string_equal(world_one(w, "SELECT string_agg(kind, ' ' ORDER BY seq) FROM motcua.message WHERE system = 'tu-phap'"),
	                    "dossier progress dossier progress");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.problem WHERE solved_at IS NULL"), 0);
	/* The rest of one day and the beginning of the next: the promise moved by as much, and says so. */
	assert_string_equal(world_one(w, "SELECT cause || ' ' || to_char(new_due AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM HH24') || (line LIKE"
	                                 " '%: 9 giờ 1_ phút làm việc không tính vào thời hạn.%Ngày hẹn trả lùi từ 26/11/2026 17:00 sang 30/11/2026 08:1%') FROM motcua.dossier_due WHERE seq = 2"),
	                    "supplement 30/11 08true");
}

/* One of two papers: taken, said on the receipt, and the clock stays stopped. */
static void a_part_is_taken_first(void **state)
{
	struct world *w = *state;
	arrive(w);
	world_do(w, TOLD("{\"asks\":[{\"key\":\"1\",\"text\":\"Bản sao hộ khẩu\",\"at\":\"2026-11-20T09:42:00+07:00\"},"
	                 "{\"key\":\"2\",\"text\":\"Ảnh chân dung\",\"at\":\"2026-11-20T09:42:00+07:00\"}]}"));
	world_clock(w, day_of(2026, 11, 23), 11, 0);
	open_dossier(w);
	world_wait(w, "Yêu cầu bổ sung giấy tờ");
	acts(w);
	world_type(w, "\r");
	world_wait(w, "□ Ảnh chân dung");
	world_type(w, " " T_F9);
	world_wait(w, "Chưa đánh dấu: Ảnh chân dung");
	world_pane(w, "taking-part");
	world_type(w, T_DOWN T_DOWN "\r");
	world_wait(w, "HỒ SƠ " CODE);
	world_wait_for(w, "01", "SELECT form FROM motcua.paper WHERE fields LIKE '%Ảnh chân dung%' AND fields LIKE '%Bản sao hộ khẩu%'");
	assert_string_equal(world_one(w, "SELECT status || ' ' || (due_at = (SELECT new_due FROM motcua.dossier_due)) FROM motcua.dossier"), "5 true");
	acts(w);
	world_type(w, "\r");
	world_wait(w, "· Bản sao hộ khẩu");
	world_shows(w, "đã nhận");
	world_wait(w, "□ Ảnh chân dung");
	world_pane(w, "taking-rest");
	world_type(w, T_DOWN " ");
	world_wait(w, "■ Ảnh chân dung");
	world_type(w, T_F9);
	world_wait(w, "Được tiếp nhận");
	world_wait_for(w, "3", "SELECT count(*) FROM motcua.paper WHERE form = '01'");
	assert_string_equal(world_one(w, "SELECT array_to_string(brought, '; ') FROM motcua.taken_up"), "Bản sao hộ khẩu; Ảnh chân dung");
}

static void a_file_goes_along(void **state)
{
	struct world *w = *state;
	arrive(w);
	world_do(w, TOLD("{\"asks\":[{\"key\":\"1\",\"text\":\"Bản sao hộ khẩu\",\"at\":\"2026-11-20T09:42:00+07:00\"}]}"));
	world_type(w, "\020" "vướng mắc cần");
	world_type(w, "\r");
	world_wait(w, "VƯỚNG MẮC CẦN XỬ LÝ");
	world_wait(w, "Bổ sung");
	/* From the list of tasks straight to the papers. */
	world_type(w, T_F4);
	world_wait(w, "ĐÃ BỔ SUNG " CODE);
	world_wait(w, "□ Bản sao hộ khẩu");
	world_type(w, T_F4 T_DOWN "\r");
	world_shows(w, "CHỌN TỆP");
	world_type(w, step_pdf(w, "hk.pdf", 100));
	world_type(w, "\r");
	world_wait(w, "Đã cất tệp hk.pdf. 1 trang");
	world_shows(w, "có tệp");
	/* And one more paper that nobody named. */
	world_type(w, T_F8 "Giấy ra viện\r");
	world_shows(w, "■ Giấy ra viện");
	world_type(w, T_F9);
	world_wait(w, "Không còn vướng mắc nào.");
	assert_string_equal(world_one(w, "SELECT string_agg(name || ' ' || cardinality(files), ', ' ORDER BY seq) FROM motcua.dossier_component"
	                                 " WHERE basis LIKE 'Yêu cầu bổ sung%'"), "Bản sao hộ khẩu 1, Giấy ra viện 0");
}

/* Asked for what the unit holds of this citizen: it is not brought twice. */
static void what_is_held_is_used_again(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	world_type(w, T_F4 T_DOWN "\r");
	world_type(w, step_pdf(w, "tk.pdf", 100));
	world_type(w, "\r");
	world_wait(w, "Đã cất tệp tk.pdf.");
	step_bring_papers(w);
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_wait_gone(w, "Đang in");
	world_type(w, T_F2);
	step_to_papers(w, CARD_DUONG);
	step_bring_papers(w);
	world_type(w, T_F9 "\r");
	world_wait(w, "Vẫn nhận");
	world_type(w, "c");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_wait_gone(w, "Đang in");
	world_do(w, "SET SESSION AUTHORIZATION man; SELECT desk.act(max(dossier_id), 1, 'ask_supplement', 'Tờ khai bị rách')"
	            " FROM desk.find('H01.999-', 'code', 9); RESET SESSION AUTHORIZATION");
	world_type(w, T_ESC T_F3 "H01.999-261120-0002");
	world_wait(w, "H01.999-261120-0002   Nguyễn Thị Thuỳ Dương");
	world_type(w, "\r");
	world_wait(w, "Yêu cầu bổ sung giấy tờ");
	acts(w);
	world_type(w, "\r");
	world_wait(w, "□ Tờ khai bị rách");
	world_type(w, T_F4 T_DOWN T_DOWN "\r");
	world_wait(w, "Dùng lại giấy tờ nào cho “Tờ khai bị rách”?");
	world_shows(w, "H01.999-261120-0001");
	world_pane(w, "take-held");
	world_type(w, "\r");
	world_shows(w, "khai thác CSDL dùng lại");
	world_type(w, T_F9);
	world_wait(w, "HỒ SƠ H01.999-261120-0002");
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.file_use WHERE seq = (SELECT max(seq) FROM motcua.dossier_component)");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.file"), 1);
}

static void money_and_dates_are_settled_from_the_tasks(void **state)
{
	struct world *w = *state;
	arrive(w);
	world_do(w, TOLD("{\"steps\":[{\"status\":4,\"at\":\"2026-11-20T09:41:30+07:00\"}],\"fees\":[{\"key\":\"f\",\"name\":\"Phí thẩm định\",\"amount\":150000,\"at\":\"2026-11-20T09:42:00+07:00\"}]}"));
	world_type(w, "\020" "vướng mắc cần");
	world_type(w, "\r");
	world_wait(w, "Nộp phí");
	world_shows(w, "F4: ghi công dân đã nộp tiền");
	world_pane(w, "task-money");
	world_type(w, T_F4);
	world_wait(w, "Công dân nộp thế nào?");
	world_type(w, T_DOWN "\r");
	world_wait(w, "Không còn vướng mắc nào.");
	assert_string_equal(world_one(w, "SELECT paid || amount FROM motcua.dossier_fee WHERE name = 'Phí thẩm định'"), "transfer150000");
	assert_int_equal(world_count(w, "SELECT status FROM motcua.dossier"), 4);
	world_do(w, TOLD("{\"extensions\":[{\"key\":\"g\",\"at\":\"2026-11-20T10:00:00+07:00\",\"new_due\":\"2026-12-04T17:00:00+07:00\",\"text\":\"Chờ xác minh\"}]}"));
	world_wait(w, "Đổi ngày hẹn");
	world_type(w, T_F4);
	world_wait(w, "Ghi ngày hẹn này?");
	world_type(w, "\r");
	world_wait(w, "Không còn vướng mắc nào.");
	assert_string_equal(world_one(w, "SELECT to_char(due_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM/YYYY') FROM motcua.dossier"), "04/12/2026");
}

static void a_result_is_handed_over(void **state)
{
	struct world *w = *state;
	arrive(w);
	world_do(w, TOLD("{\"steps\":[{\"status\":9,\"at\":\"2026-11-20T09:42:00+07:00\"}]}"));
	step_result_scanned(w);
	open_dossier(w);
	world_wait(w, "Đã xử lý xong");
	acts(w);
	world_shows(w, "Trả kết quả cho công dân");
	/* Calling back is a supervisor's. */
	world_hides(w, "Thu hồi");
	world_type(w, "\r");
	world_wait(w, "Ai nhận kết quả?");
	world_pane(w, "taker");
	world_type(w, "\r");
	world_wait(w, "Đã trả kết quả");
	assert_string_equal(world_one(w, "SELECT note FROM motcua.dossier_event WHERE to_status = 10"), "Chủ hồ sơ nhận, có giấy hẹn");
	world_type(w, "\001");
	world_wait(w, "Mời công dân đánh giá");
	world_type(w, "\r");
	world_wait(w, "Rất hài lòng");
	world_type(w, "\r");
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.rating");
	acts(w);
	world_shows(w, "Việc khác: giao việc");
}

static void a_result_waits_for_its_money(void **state)
{
	struct world *w = *state;
	arrive(w);
	world_do(w, "UPDATE motcua.dossier_fee SET paid = 'later', paid_at = NULL");
	world_do(w, TOLD("{\"steps\":[{\"status\":9,\"at\":\"2026-11-20T09:42:00+07:00\"}]}"));
	step_result_scanned(w);
	open_dossier(w);
	world_wait(w, "Đã xử lý xong");
	acts(w);
	world_type(w, T_DOWN "\r");
	world_wait(w, "Hồ sơ còn phải thu 8.000 đ");
	world_type(w, "\r");
	world_type(w, "\r");
	world_wait(w, "Ai nhận kết quả?");
	assert_string_equal(world_one(w, "SELECT paid FROM motcua.dossier_fee"), "cash");
	/* Another comes for it: the slip will say who, by which paper. */
	world_type(w, T_DOWN T_DOWN "\r");
	world_wait(w, "Họ tên người được uỷ quyền nhận:");
	world_type(w, "Lê Văn Ba\r");
	world_wait(w, "Số định danh của người nhận");
	world_type(w, "089090000077\r");
	world_type(w, "số 5 ngày 20/11\r");
	world_wait(w, "Đã trả kết quả");
	assert_string_equal(world_one(w, "SELECT concat_ws('|', taker, name, id_number, mandate) FROM motcua.handed_over"),
	                    "other|Lê Văn Ba|089090000077|số 5 ngày 20/11");
}

static void a_citizen_may_withdraw(void **state)
{
	struct world *w = *state;
	arrive(w);
	open_dossier(w);
	acts(w);
	world_shows(w, "Công dân rút hồ sơ");
	while (!glass_has(w->glass, "> Công dân rút hồ sơ")) world_type(w, T_DOWN);
	world_type(w, "\r");
	world_shows(w, "Công dân rút hồ sơ vì sao?");
	world_type(w, "\r");
	world_shows(w, "Việc này cần ghi lý do.");
	world_type(w, "Đơn ngày 20/11\r");
	world_wait(w, "Công dân yêu cầu rút hồ sơ");
	assert_string_equal(world_one(w, "SELECT payload->>'text' FROM motcua.message WHERE system = 'cong' ORDER BY seq DESC"), "Đơn ngày 20/11");
}

static void a_result_is_saved_and_never_over_another(void **state)
{
	struct world *w = *state;
	char other[160];
	arrive(w);
	world_do(w, TOLD("{\"results\":[{\"key\":\"r\",\"name\":\"Giấy xác nhận của bà Dương\",\"content\":\"JVBERi0xLjQK\",\"file\":\"../Dương.exe\"}]}"));
	open_dossier(w);
	world_wait(w, "Ctrl-E lưu, in");
	world_type(w, "\005");
	world_shows(w, "/ket-qua");
	world_pane(w, "result");
	world_type(w, "\r");
	world_wait(w, "/ket-qua/" CODE "_ket-qua_01.pdf");
	world_type(w, "\005\r");
	world_wait(w, "_ket-qua_01-2.pdf");
	world_wait_for(w, "2", "SELECT count(*) FROM motcua.audit WHERE act = 'file_save' AND dossier_id IS NOT NULL");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.audit WHERE act = 'file'"), 2);
	/* A folder that is not there gets a sentence; one that is, the file. */
	world_type(w, "\005" T_DOWN "\r");
	world_shows(w, "Lưu vào thư mục nào?");
	world_type(w, "usb\r");
	world_shows(w, "bắt đầu bằng “/”");
	snprintf(other, sizeof other, "\025%s/khong/co", w->home);
	world_type(w, other);
	world_type(w, "\r");
	world_wait(w, "Không có thư mục");
	/* No printer of this counter reads PDF. */
	world_type(w, "\005" T_DOWN T_DOWN "\r");
	world_shows(w, "lưu tệp rồi in ở máy khác");
	/* One that does gets the file as it is. */
	static struct printer office;
	char folder[120];
	snprintf(folder, sizeof folder, "%s/may-in", w->home);
	assert_int_equal(mkdir(folder, 0700), 0);
	office = (struct printer){ .name = "Văn phòng", .carrier = &carrier_file, .address = folder, .output = DRAW_PDF_A4 };
	w->program.printers = &office;
	world_type(w, "\005" T_DOWN T_DOWN "\r");
	world_wait(w, "Đã gửi tệp kết quả tới máy in Văn phòng");
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.audit WHERE act = 'file_print'");
	w->program.printers = NULL;
	/* What is not what was kept is not saved. */
	world_do(w, "UPDATE motcua.file_piece SET data = 'xxxxxxxxx' WHERE file_id = (SELECT max(file_id) FROM motcua.answer_part)");
	world_type(w, "\005\r");
	world_wait(w, "không giống tệp đã nhận");
	/* Begun, it goes on when the clerk turns to something else. */
	world_do(w, "UPDATE motcua.file_piece SET data = '\\x255044462d312e340a' WHERE file_id = (SELECT max(file_id) FROM motcua.answer_part)");
	world_type(w, "\005\r" T_ESC);
	world_wait(w, "_ket-qua_01-3.pdf");
	world_hides(w, "HỒ SƠ " CODE);
	world_wait_for(w, "3", "SELECT count(*) FROM motcua.audit WHERE act = 'file_save' AND dossier_id IS NOT NULL");
}

/* They only say "5": who said it stands there, and nothing is written without a paper. */
static void a_bare_status_names_who_waits(void **state)
{
	struct world *w = *state;
	arrive(w);
	world_do(w, COURIER("SELECT wire.answered('tu-phap', '" CODE "', '', 5, '2026-11-20 09:42+07', '', '')"));
	open_dossier(w);
	acts(w);
	world_type(w, "\r");
	world_wait(w, "Hệ thống tập trung của Bộ Tư pháp, 20/11/2026 09:4");
	world_wait(w, "cần gì: hỏi lại họ hoặc người nộp");
	world_type(w, T_F9);
	world_shows(w, "Đánh dấu giấy tờ công dân mang đến");
	assert_int_equal(world_count(w, "SELECT status FROM motcua.dossier"), 5);
}

/* What Enter does in a list stands below it, in black and white and on a wide screen, too. */
static void look_at_lists(const char *term, const char *theme, int rows, int cols)
{
	static const char *const lists[][2] = {
		{ "đối soát", "Enter: xem chênh lệch với hệ thống này." },
		{ "sự cố và", "Enter: đọc cả phiếu hoặc sự cố." },
		{ "tuyến gửi", "Enter: đọc cả quy tắc và văn bản." },
		{ "xin chuyển", "Enter: mở hồ sơ." },
		{ "chờ nhập tay", "Enter: các mục phải nhập" },
		{ "in sẵn", "Enter: từng tờ của tập." },
		{ "vướng mắc cần", "Enter: mở hồ sơ." },
	};
	struct world *w = world_open(term, theme, rows, cols);
	world_login(w, "man");
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		world_type(w, "\020");
		world_type(w, lists[i][0]);
		world_type(w, "\r");
		world_wait(w, lists[i][1]);
		world_pane(w, lists[i][0]);
		world_type(w, T_ESC);
		world_wait(w, "HÔM NAY");
	}
	world_type(w, "\023");
	world_wait(w, "Enter: xem từng tin gửi tới hệ thống này.");
	world_close(w);
}

static void lists_say_what_enter_does(void **state)
{
	(void)state;
	look_at_lists("xterm-256color", "mono", 24, 80);
	look_at_lists("linux", "linux", 43, 132);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_gone)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_asked_is_marked_and_told), TEST(a_part_is_taken_first), TEST(a_file_goes_along),
		TEST(what_is_held_is_used_again), TEST(money_and_dates_are_settled_from_the_tasks), TEST(a_result_is_handed_over),
		TEST(a_result_waits_for_its_money), TEST(a_citizen_may_withdraw), TEST(a_result_is_saved_and_never_over_another),
		TEST(a_bare_status_names_who_waits), cmocka_unit_test(lists_say_what_enter_does),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
