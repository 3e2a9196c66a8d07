/* SPDX-License-Identifier: Apache-2.0
 *
 * Online dossiers at the counter: the list with the oldest deadline first, one opened as at
 * the counter, accepted, asked for more, withdrawn while it is open. */
#include <stdio.h>
#include <string.h>

#include "tests/world/steps.h"

#define COURIER(sql) "SET SESSION AUTHORIZATION courier; " sql "; RESET SESSION AUTHORIZATION"
#define CODE "G22.99-20261120-0000001"

/* As a courier reads it from the portal; its one paper as a PDF inside. */
static void filed(struct world *w, const char *code, const char *filed_at, const char *changes)
{
	static char sql[4000];
	snprintf(sql, sizeof sql, COURIER("SELECT wire.filings_listed('cong', '[{\"code\":\"%s\",\"agency\":\"H01.999\",\"status\":1,\"at\":\"%s\"}]');"
		"SELECT wire.filing_told('cong', x.id, x.fence, '{\"found\":true,\"status\":1,\"filed_at\":\"%s\",\"procedure\":{\"code\":\"1.004873\"},"
		"\"owner\":{\"kind\":\"person\",\"name\":\"Nguyễn Thị Thuỳ Dương\",\"id_number\":\"089199990001\",\"id_kind\":\"cccd\",\"birth\":\"1999-03-05\","
		"\"sex\":\"nữ\",\"phone\":\"0900000000\",\"address\":\"Ấp Tà Lọt\"},\"summary\":\"Xin xác nhận để kết hôn\",\"verified\":true,"
		"\"form\":[{\"name\":\"Mục đích\",\"value\":\"Kết hôn\"}],\"files\":[{\"key\":\"1\",\"component\":\"Tờ khai cấp Giấy xác nhận tình trạng hôn nhân"
		" theo mẫu\",\"name\":\"to-khai.pdf\",\"content\":\"aGVsbG8gd29ybGQ=\",\"type\":\"application/pdf\"}]}'::jsonb || '%s')"
		" FROM wire.filing_work('cong', 60, 9, 60) x WHERE x.what = 'view' AND x.code = '%s'"), code, filed_at, filed_at, changes, code);
	world_do(w, sql);
}

static void again(struct world *w, const char *code, const char *changes)
{
	static char sql[600];
	snprintf(sql, sizeof sql, "UPDATE motcua.filing SET ask_at = now(), leased_until = NULL, line = '' WHERE foreign_code = '%s'", code);
	world_do(w, sql);
	filed(w, code, "2026-11-20T08:00:00+07:00", changes);
}

static void open_list(struct world *w)
{
	world_wait(w, "Hồ sơ trực tuyến chờ nhận");
	world_type(w, "\020" "truc tuyen");
	world_wait(w, "Hồ sơ trực tuyến: công dân nộp");
	world_type(w, "\r");
	world_wait(w, "HỒ SƠ TRỰC TUYẾN");
	world_wait(w, CODE " ·"); /* the list is there */
}

static void oldest_deadline_first(void **state)
{
	struct world *w = *state;
	world_login(w, "man");
	world_wait(w, "Hồ sơ trực tuyến chờ nhận");
	filed(w, "G22.99-20261120-0000002", "2026-11-20T08:00:00+07:00", "{\"owner\":{\"name\":\"Đỗ Ân\"}}");
	filed(w, CODE, "2026-11-18T16:30:00+07:00", "{}");
	world_wait(w, "! 2"); /* one is late: an alarm on the first screen */
	open_list(w);
	world_wait(w, "Chờ tiếp nhận: 2 · quá hạn kiểm tra: 1");
	world_wait(w, "> ! quá");
	world_shows(w, "6g1"); /* of the other */
	world_shows(w, CODE " · Cổng Dịch vụ công quốc gia");
	world_pane(w, "online-list");
	world_type(w, T_DOWN);
	world_wait(w, "G22.99-20261120-0000002 ·");
	/* Withdrawn: gone, with its reason. */
	again(w, "G22.99-20261120-0000002", "{\"status\":7,\"text\":\"Nộp nhầm xã\"}");
	world_wait(w, "Chờ tiếp nhận: 1 ·");
	world_type(w, T_F5);
	world_wait(w, "công dân rút");
	world_shows(w, "Nộp nhầm xã");
	world_pane(w, "online-over");
}

static void opened_and_accepted_as_at_the_counter(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	filed(w, CODE, "2026-11-20T08:00:00+07:00", "{}");
	world_login(w, "man");
	open_list(w);
	world_type(w, "\r");
	world_wait(w, CODE " · còn");
	world_wait(w, "Nguyễn Thị Thuỳ Dương");
	world_shows(w, "[trực tuyến]");
	world_shows(w, "1.004873");
	world_shows(w, CODE " · còn 6 giờ");
	world_shows(w, "TIẾP NHẬN TRỰC TUYẾN");
	world_wait(w, "nghi ngờ"); /* what came is no PDF: the helper says so */
	world_pane(w, "online-open");
	world_type(w, "\006");
	world_wait(w, "THỜI HẠN KIỂM TRA");
	world_shows(w, "Mục đích: Kết hôn");
	world_shows(w, "VNeID");
	world_pane(w, "online-told");
	world_type(w, T_ESC);
	world_wait_gone(w, "THỜI HẠN KIỂM TRA");
	/* The account was confirmed with VNeID: that indicator lacks nothing. */
	world_type(w, "\020" "vi sao");
	world_wait(w, "Vì sao");
	world_type(w, "\r");
	world_wait(w, "VÌ SAO CHUYỂN ĐẾN ĐÓ");
	world_type(w, T_END);
	world_wait(w, "CHỈ SỐ QĐ 766");
	world_hides(w, "chưa xác thực VNeID");
	world_type(w, T_ESC);
	world_wait_gone(w, "CHỈ SỐ QĐ 766");
	world_type(w, T_F7);
	world_wait(w, "Mẫu 03");
	world_type(w, "Không thuộc thẩm quyền" T_F9);
	world_wait(w, "ĐÃ LẬP PHIẾU");
	assert_string_equal(world_one(w, "SELECT f.status || ' ' || (w.payload->>'status') || ' ' || (w.payload->>'text') FROM motcua.filing f"
		" JOIN motcua.filing_word w USING (unit_id, filing_id) WHERE w.kind = 'progress'"), "3 3 Không thuộc thẩm quyền");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.turned_away WHERE channel = 2"), 1);
}

/* Each paper marked, one key, the same receipt; the portal's dossier and ours are one. */
static void accepted_with_the_same_receipt(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	filed(w, CODE, "2026-11-20T08:00:00+07:00", "{}");
	world_login(w, "man");
	open_list(w);
	world_type(w, "\r");
	world_wait(w, CODE " · còn");
	world_wait(w, "> □ Mẫu điện tử tương tác");
	world_type(w, " ");
	world_wait(w, "■ Mẫu điện tử tương tác");
	world_type(w, " \r");
	world_wait(w, "■ Hộ chiếu/Thẻ căn cước công dân");
	world_type(w, T_END " ");
	world_wait(w, "■ Công dân gửi kèm");
	world_type(w, T_F9);
	world_wait(w, "Thu 8.000 đồng bằng cách nào?");
	world_type(w, "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_shows(w, CODE);
	world_hides(w, "F7 Cùng người"); /* nobody sits at the desk */
	world_wait_gone(w, "Đang in");
	world_pane(w, "online-accepted");
	assert_string_equal(world_one(w, "SELECT d.code || ' ' || d.channel || ' ' || f.status FROM motcua.filing f JOIN motcua.dossier d USING (unit_id, dossier_id)"), CODE " 2 2");
	world_wait_for(w, "1", "SELECT count(*) FROM motcua.paper WHERE form = '01' AND copies_printed = 1");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.stream WHERE system = 'cong' AND created_there"), 1);
	world_type(w, T_ESC);
	world_wait(w, "Không có hồ sơ trực tuyến nào");
}

static void a_change_meanwhile_is_told(void **state)
{
	struct world *w = *state;
	filed(w, CODE, "2026-11-20T08:00:00+07:00", "{}");
	world_login(w, "man");
	open_list(w);
	world_type(w, "\r");
	world_wait(w, CODE " · còn");
	again(w, CODE, "{\"summary\":\"Để mua nhà\"}");
	step_look_up(w);
	world_type(w, T_F6);
	world_wait(w, "Phiếu yêu cầu bổ sung (Mẫu 02)");
	world_type(w, "Thiếu chữ ký" T_F9);
	world_wait(w, "Lý do (in trên Mẫu 02)");
	world_type(w, "\r");
	world_wait(w, "Công dân vừa sửa hồ sơ này");
	/* The draft keeps what it answers. */
	world_type(w, T_ESC);
	world_wait(w, "Rời hồ sơ này?");
	world_type(w, "\r");
	world_wait(w, "HỒ SƠ TRỰC TUYẾN");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.turned_away"), 0);
}

/* The lesson goes from step to step by what was really done. */
static void a_lesson_of_online_dossiers(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	filed(w, CODE, "2026-11-20T08:00:00+07:00", "{}");
	filed(w, "G22.99-20261120-0000002", "2026-11-20T08:10:00+07:00", "{\"owner\":{\"name\":\"Đỗ Ân\",\"id_number\":\"089199990002\"}}");
	world_login(w, "man");
	world_type(w, "\020" "bai tap cho\r");
	world_wait(w, "BÀI TẬP");
	world_type(w, T_END T_UP T_UP "\r");
	world_wait(w, "Bài tập 1/6: Bấm Ctrl-P, gõ trực tuyến");
	open_list(w);
	world_wait(w, "Bài tập 2/6");
	world_type(w, "\r");
	world_wait(w, CODE " · còn");
	world_wait(w, "Bài tập 3/6");
	world_wait(w, "> □ Mẫu điện tử tương tác");
	world_type(w, " ");
	world_wait(w, "■ Mẫu điện tử tương tác");
	world_type(w, " \r");
	world_wait(w, "■ Hộ chiếu/Thẻ căn cước công dân");
	world_type(w, T_END " ");
	world_wait(w, "■ Công dân gửi kèm");
	world_type(w, T_F9);
	world_wait(w, "Thu 8.000 đồng bằng cách nào?");
	world_type(w, "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_wait(w, "Bài tập 4/6");
	world_wait_gone(w, "Đang in");
	world_type(w, T_ESC);
	world_wait(w, "Chờ tiếp nhận: 1");
	world_type(w, "\r");
	world_wait(w, "Bài tập 5/6");
	world_wait(w, "> □ Mẫu điện tử tương tác");
	world_type(w, "-thiếu chữ ký\r");
	step_look_up(w);
	world_type(w, T_F6);
	world_wait(w, "Phiếu yêu cầu bổ sung (Mẫu 02)");
	world_type(w, T_F9);
	world_wait(w, "Lý do (in trên Mẫu 02)");
	world_type(w, "\r");
	world_wait(w, "Bài tập 6/6");
	world_wait_gone(w, "Đang in");
	world_type(w, T_ESC T_ESC);
	world_wait(w, "Xong bài “Hồ sơ trực tuyến");
}

/* The same citizen has another matter: who it is stands there, and both are one visit. */
static void the_next_matter_of_the_same_person(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_shows(w, "F7 Cùng người");
	world_hides(w, "F6 Phiếu chung");
	world_type(w, T_F7);
	world_wait(w, "Cùng lượt với hồ sơ vừa nhận");
	world_shows(w, "089199990001");
	world_shows(w, "Nguyễn Thị Thuỳ Dương");
	world_type(w, "tthn\r");
	world_shows(w, "> □ Tờ khai cấp Giấy xác nhận");
	step_bring_papers(w);
	world_type(w, T_F9);
	world_wait(w, "Thu 8.000 đồng bằng cách nào?");
	world_type(w, "\r");
	world_wait(w, "Vẫn nhận thêm một hồ sơ nữa?"); /* the same procedure: asked about as ever */
	world_type(w, "c");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_wait(w, "Lượt này: 2 hồ sơ, phí cộng 16.000 đồng");
	world_wait_gone(w, "Đang in");
	world_pane(w, "visit");
	world_type(w, T_F6);
	world_wait_for(w, "2", "SELECT count(*) FROM motcua.visit_dossier");
	world_wait(w, "Đã ghi giấy phieu-tong-hop");
}

/* F8: the whole group of linked procedures; what another agency says is written down on its board. */
static void linked_procedures_on_one_board(void **state)
{
	struct world *w = *state;
	step_fee_confirmed(w);
	world_do(w, "UPDATE motcua.procedures SET interlinked = 'LT9' WHERE code = '1.004873'");
	world_do(w, "SELECT motcua.load('interlinked', 'thử', '[{\"group_code\":\"LT9\",\"seq\":\"1\",\"group_name\":\"Nhóm tập duyệt\",\"member\":\"Xác nhận\","
	            "\"procedure_code\":\"1.004873\",\"body\":\"UBND xã\",\"confidence\":\"high\"},{\"group_code\":\"LT9\",\"seq\":\"2\",\"group_name\":\"Nhóm tập duyệt\","
	            "\"member\":\"Đăng ký thường trú\",\"procedure_code\":\"1.004222\",\"body\":\"Công an xã\",\"confidence\":\"high\"}]')");
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	step_bring_papers(w);
	world_type(w, T_F8);
	world_wait(w, "Thêm:");
	world_type(w, T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN T_DOWN);
	world_pane(w, "linked-more");
	world_type(w, "\r");
	world_wait(w, "Nhận liên thông cả nhóm");
	world_type(w, T_F9);
	world_wait(w, "Thu 8.000 đồng bằng cách nào?");
	world_type(w, "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_wait_gone(w, "Đang in");
	world_type(w, T_F4);
	world_wait(w, "HỒ SƠ H01.999-261120-0001");
	world_wait(w, "Chủ hồ sơ");
	world_type(w, "\020" "lien thong cac thu tuc");
	world_wait(w, "Liên thông: các thủ tục của cùng");
	world_type(w, "\r");
	world_wait(w, "Nhóm tập duyệt");
	world_wait(w, "□ chưa chuyển");
	world_type(w, T_DOWN "\r");
	world_wait(w, "Cơ quan ấy đã nhận");
	world_type(w, "\r");
	world_wait(w, "Mã hồ sơ của cơ quan ấy");
	world_type(w, "G01-77\r");
	world_wait(w, "Ngày hẹn trả của cơ quan ấy");
	world_type(w, "27/11/2026\r");
	world_wait(w, "Căn cứ: ai báo");
	world_type(w, "Cong an bao\r");
	world_wait(w, "→ đang giải quyết");
	world_wait(w, "Hẹn trả: 27/11/2026 17:00");
	world_shows(w, "G01-77");
	world_pane(w, "linked-board");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.paper WHERE form = '01' AND fields LIKE '%Liên thông: 1. Xác nhận (UBND xã); 2. Đăng ký thường trú%'"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(oldest_deadline_first, world_new, world_gone),
		cmocka_unit_test_setup_teardown(opened_and_accepted_as_at_the_counter, world_new, world_gone),
		cmocka_unit_test_setup_teardown(accepted_with_the_same_receipt, world_new, world_gone),
		cmocka_unit_test_setup_teardown(a_change_meanwhile_is_told, world_new, world_gone),
		cmocka_unit_test_setup_teardown(linked_procedures_on_one_board, world_new, world_gone),
		cmocka_unit_test_setup_teardown(the_next_matter_of_the_same_person, world_new, world_gone),
		cmocka_unit_test_setup_teardown(a_lesson_of_online_dossiers, world_new, world_gone),
	};
	return cmocka_run_group_tests(tests, world_prepare, world_end);
}
