/* SPDX-License-Identifier: Apache-2.0
 *
 * Between places and by the post: what must be handed on, what came from where, batches with their papers. */
#include "tests/world/ways.h"

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
void between_places(void **state)
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
	world_type(w, "EB");
	world_scan(w, CARD_RAY); /* a card is nobody's parcel: what was typed stays */
	world_wait(w, "Đây là thẻ căn cước");
	world_shows(w, "EB");
	world_hides(w, "Rây|");
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
	/* Opened after the weekend: it was filed when both signed. */
	world_clock(w, day_of(2026, 11, 23), 8, 30);
	world_type(w, "\r");
	world_wait(w, "TIẾP NHẬN HỒ SƠ");
	world_shows(w, "Nộp lúc 20/11/2026 09:41: hai bên ký biên bản số 01/BBGN-BC-TTPVHCC");
	world_shows(w, "Chau Sóc Rây");
	world_scan(w, CARD_RAY);
	world_type(w, "tthn\r");
	world_shows(w, "> □ Tờ khai cấp Giấy xác nhận");
	step_bring_papers(w);
	step_kept(w);
	world_crash(w);
	world_login(w, "man");
	world_type(w, T_F2 "\r");
	world_wait(w, "Nộp lúc 20/11/2026 09:41");
	world_type(w, T_F9);
	world_shows(w, "Thu 8.000 đồng bằng cách nào?");
	world_type(w, "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_string_equal(world_one(w, "SELECT to_char(motcua.local(d.received_at), 'DD/MM HH24:MI ') || to_char(motcua.local(d.due_at), 'DD/MM HH24:MI ') || split_part(u.line, ':', 1)"
		" FROM motcua.consignment_item i JOIN motcua.dossier d USING (unit_id, dossier_id) JOIN motcua.dossier_due u USING (unit_id, dossier_id) WHERE i.slip <> ''"),
	                    "20/11 09:41 26/11 17:00 Bưu chính đưa đến, hai bên ký biên bản số 01/BBGN-BC-TTPVHCC lúc 20/11/2026 09");
	assert_string_equal(world_one(w, "SELECT state || ' ' || d.channel || ' ' || d.code FROM motcua.consignment_item i JOIN motcua.dossier d USING (unit_id, dossier_id) WHERE i.slip <> ''"),
	                    "opened 3 H01.999-261120-0002");
}

/* From the list of the agency to the post's bag: printed, signed, followed; and what the post brings is opened here. */
void batches_out_and_in(void **state)
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

/* Two results wait for the post: this many papers, in one job. */
static void results_for_the_post(struct world *w)
{
	step_fee_confirmed(w);
	world_login(w, "man");
	step_accept(w, CARD_DUONG);
	world_type(w, T_ESC);
	step_accept(w, CARD_RAY);
	world_type(w, T_ESC);
	world_do(w, "UPDATE motcua.dossier SET status = 9, status_at = now(), finished_at = now(), result_by = 'post', return_to = 'Ấp 1, xã Núi Cấm'");
	world_do(w, "INSERT INTO motcua.file (unit_id, dossier_id, name, media_type, size, sha256, whole, login) SELECT unit_id, dossier_id, 'kq.pdf', 'application/pdf', 1,"
		" sha256('x'::bytea), true, 'man' FROM motcua.dossier");
	world_do(w, "INSERT INTO motcua.result_file (unit_id, dossier_id, file_id, login) SELECT unit_id, dossier_id, file_id, 'man' FROM motcua.file");
	world_type(w, "\020buu chinh\r");
	world_wait(w, "Chưa có chuyến giao nhận nào.");
	world_type(w, T_F5 "\rBưu cục Núi Cấm\r");
	world_wait(w, "Giao bưu chính · Bưu cục Núi Cấm");
	world_type(w, T_F5);
	world_wait(w, CODE);
	world_type(w, T_F5 T_F9);
	world_wait(w, "trong chuyến");
	world_type(w, T_F6);
	world_scan(w, CARD_RAY);
	world_wait(w, "Đây là thẻ căn cước");
	world_scan(w, "EA123456789VN");
	world_wait(w, "Cước công dân trả bưu chính");
	world_type(w, "20000\r");
	world_wait(w, "cước bưu chính 20.000 đồng");
}

#define SLIP_PRINTS "SELECT string_agg(number || ' ' || copies_printed, ', ' ORDER BY seq) FROM motcua.paper WHERE form = 'post-slip'"
/* Each parcel has its slip in the envelope; the postman signs; what the post says of each is written down and what it means is seen. */
void parcels_by_the_post(void **state)
{
	struct world *w = *state;
	results_for_the_post(w);
	world_type(w, T_F4);
	world_wait_for(w, "01/PG-TTPVHCC 1, 02/PG-TTPVHCC 1", SLIP_PRINTS);
	assert_string_equal(world_one(w, "SELECT cardinality(papers) || ' ' || title FROM motcua.print_job ORDER BY job_id DESC LIMIT 1"), "2 2 phiếu gửi bưu chính");
	world_wait(w, "đã in phiếu gửi");
	world_type(w, T_F4);
	world_wait(w, "In lại 2 phiếu gửi của cả chuyến");
	world_pane(w, "consign-slips");
	world_type(w, "\r"); /* that of the line alone */
	world_wait_for(w, "01/PG-TTPVHCC 2, 02/PG-TTPVHCC 1", SLIP_PRINTS);
	/* The number of the second parcel comes late: its slip is printed anew with the biên bản, the first one's is not. */
	world_type(w, T_DOWN T_F6 "EA123456790VN\r25000\r");
	world_wait(w, "cước bưu chính 25.000 đồng");
	world_type(w, T_F9 "Trần Văn Thư\r\r");
	world_wait(w, "01/BBGN-BC-TTPVHCC đã in");
	world_wait_for(w, "01/PG-TTPVHCC 2, 02/PG-TTPVHCC 1, 03/PG-TTPVHCC 1", SLIP_PRINTS);
	world_wait_for(w, "1", "SELECT copies_printed FROM motcua.paper WHERE form = 'post-handover'");
	world_type(w, T_F9);
	world_wait(w, "đã cùng đếm và ký");
	world_type(w, "c");
	world_wait(w, "ký 20/11/2026 09:41. F9: bưu chính báo đã phát");
	world_wait(w, "đang đi");
	world_type(w, T_UP T_UP T_F9);
	world_wait(w, "Bưu chính báo:");
	world_pane(w, "consign-outcome");
	world_type(w, "\r");
	world_wait(w, "Phát ngày nào, ai nhận?");
	world_type(w, "23/11, chủ hồ sơ nhận\r");
	world_wait(w, "đã giao");
	world_hides(w, "F9 Tiếp"); /* of this one nothing is to be said any more */
	assert_string_equal(world_one(w, "SELECT d.status || ' ' || h.taker || ' ' || h.post FROM motcua.dossier d JOIN motcua.handed_over h USING (unit_id, dossier_id)"),
	                    "10 post phiếu gửi EA123456789VN, 23/11, chủ hồ sơ nhận");
	world_type(w, T_DOWN);
	world_wait(w, "F9 Tiếp");
	world_type(w, T_F9 T_DOWN "\r");
	world_wait(w, "Vì sao chuyển hoàn?");
	world_type(w, "mời hai lần không gặp\r");
	world_wait(w, "! chuyển hoàn");
	world_hides(w, "F9 Tiếp");
	world_pane(w, "consign-returned");
	/* The one that came back waits here and may go once more; the other is done. */
	world_type(w, T_ESC T_F5 "\r\r");
	world_wait(w, "Giao bưu chính");
	world_type(w, T_F5);
	world_wait(w, "H01.999-261120-0002");
	world_hides(w, CODE);
	world_type(w, T_F5 T_F9);
	world_wait(w, "trong chuyến");
}
