/* SPDX-License-Identifier: Apache-2.0
 *
 * The lessons: what a new clerk does once with a hand on the shoulder. */
#include "core/base/say.h"
#include "tui/coach.h"

#define AGAIN N_("Bấm F2 để mở màn hình tiếp nhận.")
#define LOOK  N_("Mở lại hồ sơ: F3, gõ mã hoặc tên, Enter.")

/* A citizen sits down: the same beginning for several lessons. */
#define BEGIN                                                                                                       \
	{ .say = N_("Công dân đến quầy. Bấm F2 mở hồ sơ mới (hỏi bản nháp thì chọn hồ sơ mới)."), .on = "receive" },  \
	{ .say = N_("Bấm Ctrl-V: máy quét đọc thẻ căn cước tập (hoặc gõ số, họ tên, ngày sinh, địa chỉ)."),           \
	  .on = "receive", .reached = "owner", .back = AGAIN }
#define PROCEDURE(words)                                                                                            \
	{ .say = words, .on = "receive", .reached = "procedure", .back = AGAIN }

static const struct lesson_step receive[] = {
	BEGIN,
	PROCEDURE(N_("Gõ tthn rồi Enter: mã ngắn của xác nhận tình trạng hôn nhân (vài chữ không dấu cũng tìm được).")),
	{ .say = N_("Bấm Ctrl-W xem vì sao hẹn ngày ấy, vì sao chuyển đến đó."), .on = "ask-read" },
	{ .say = N_("Đọc xong thì Esc. Rồi đánh dấu giấy tờ bắt buộc: Dấu cách = đã nhận, x = chỉ xuất trình, k = khai thác CSDL."),
	  .on = "receive", .reached = "papers", .back = AGAIN },
	{ .say = N_("Mức phí hay thời hạn chưa ai xác nhận thì F5, Ctrl-D ghi mức và căn cứ: máy không tự in con số chưa chắc."),
	  .on = "receive", .reached = "money", .back = AGAIN },
	{ .say = N_("Bấm F9: hồ sơ được ghi trước, giấy hẹn in sau, rồi mới gửi đi."), .act = "accept" },
	{ .say = N_("Nhìn từng hệ thống: ■ chờ gửi, → đã gửi, ● đã nhận. Enter nhận tiếp hồ sơ khác; lần này Esc để về."), .on = "home" },
	{ 0 },
};

static const struct lesson_step supplement[] = {
	BEGIN,
	PROCEDURE(N_("Gõ tthn rồi Enter.")),
	{ .say = N_("Tờ khai ghi thiếu: đứng ở giấy tờ ấy, bấm - và ghi chỗ chưa đạt."), .on = "receive", .reached = "failed",
	  .back = AGAIN },
	{ .say = N_("Bấm F6: in phiếu yêu cầu bổ sung (Mẫu 02). Chỉ được yêu cầu một lần, ghi đủ mọi giấy tờ còn thiếu."),
	  .act = "turn_away:02" },
	{ .say = N_("Phiếu có số, không nhảy số. Bấm Esc để về."), .on = "home" },
	{ 0 },
};

static const struct lesson_step refuse[] = {
	BEGIN,
	PROCEDURE(N_("Gõ vài chữ của một thủ tục, chọn bằng mũi tên, Enter.")),
	{ .say = N_("Hồ sơ không thuộc phạm vi: bấm F7, ghi lý do cụ thể. Phiếu từ chối là Mẫu 03."), .act = "turn_away:03" },
	{ .say = N_("Bấm Esc để về."), .on = "home" },
	{ 0 },
};

static const struct lesson_step submitter[] = {
	BEGIN,
	PROCEDURE(N_("Gõ tthn rồi Enter.")),
	{ .say = N_("Người khác nộp thay: F8, chọn người nộp khác; Ctrl-V quét thẻ của họ, ghi giấy uỷ quyền hoặc quan hệ."),
	  .on = "receive", .reached = "submitter", .back = AGAIN },
	{ .say = N_("Đánh dấu giấy tờ, có cả giấy uỷ quyền (Dấu cách, x, k); phí thì F5."), .on = "receive", .reached = "papers",
	  .back = AGAIN },
	{ .say = N_("Bấm F9 nhận hồ sơ: giấy hẹn ghi cả chủ hồ sơ và người nộp."), .act = "accept" },
	{ .say = N_("Bấm Esc để về."), .on = "home" },
	{ 0 },
};

static const struct lesson_step look[] = {
	{ .say = N_("Bấm F3: tìm hồ sơ."), .on = "dossiers" },
	{ .say = N_("Gõ tên không dấu, mã hồ sơ, số thẻ hoặc điện thoại (hoặc quét giấy hẹn), rồi Enter."), .on = "dossiers",
	  .reached = "found", .back = N_("Bấm F3: tìm hồ sơ.") },
	{ .say = N_("Đứng ở một hồ sơ, bấm Enter để mở."), .on = "dossier" },
	{ .say = N_("Số thẻ, điện thoại đang che. Bấm F4 để hiện: lần xem được ghi lại."), .on = "dossier", .act = "reveal", .back = LOOK },
	{ .say = N_("Kéo xuống phần Đường đi: vì sao chuyển đến đó, theo văn bản nào. Rồi Esc cho đến màn hình đầu."), .on = "home" },
	{ 0 },
};

static const struct lesson_step ask[] = {
	{ .say = N_("Nhận một hồ sơ như bài trước, rồi bấm F4 mở ngay hồ sơ ấy (thế giới tập giải quyết rất nhanh)."), .on = "dossier" },
	{ .say = N_("Bấm Enter xem những việc làm được, chọn Yêu cầu bổ sung, ghi cần gì và vì sao: in Mẫu 02, đồng hồ dừng."),
	  .on = "dossier", .act = "act:ask_supplement", .back = LOOK },
	{ .say = N_("Công dân mang giấy tờ đến: Enter, chọn Đã bổ sung; Dấu cách từng giấy tờ, F9. Ngày hẹn tính lại, có dòng giải thích."),
	  .on = "dossier", .act = "take_up:supplement", .back = LOOK },
	{ .say = N_("Xem phần Hẹn trả: mỗi lần đổi là một dòng. Rồi Esc cho đến màn hình đầu."), .on = "home" },
	{ 0 },
};

static const struct lesson_step hand_over[] = {
	{ .say = N_("Tìm hồ sơ đã có kết quả (F3; quét giấy hẹn càng nhanh), mở ra (Enter)."), .on = "dossier" },
	{ .say = N_("Bấm Enter, chọn Trả kết quả; chưa có kết quả thì trước đó chọn Kết quả đã có, chờ trả."), .on = "dossier", .act = "act:return",
	  .back = LOOK },
	{ .say = N_("Đã trả: ghi rõ ai nhận, theo giấy nào. Esc cho đến màn hình đầu."), .on = "home" },
	{ 0 },
};

static const struct lesson_step trouble[] = {
	{ .say = N_("Hệ thống của bộ báo lỗi. Bấm Ctrl-S: hệ thống nào còn liên lạc, tin nào bị từ chối."), .on = "sync" },
	{ .say = N_("Bấm Ctrl-G ngay tại đây: phiếu vướng mắc, phần lớn đã điền sẵn. Ghi thêm lời của mình, F9."), .act = "difficulty" },
	{ .say = N_("Phiếu có số, cuối tuần vào báo cáo. Esc cho đến màn hình đầu."), .on = "home" },
	{ 0 },
};

static const struct lesson_step hands[] = {
	{ .say = N_("Bấm Ctrl-P: mọi việc của chương trình, gõ vài chữ để tìm."), .on = "palette" },
	{ .say = N_("Esc, rồi bấm F1: phím của màn hình đang mở."), .on = "help" },
	{ .say = N_("Esc. Rời quầy thì Ctrl-P, gõ khoa, Enter: màn hình khoá, việc dở còn nguyên."), .on = "lock" },
	{ .say = N_("Mở được rồi: việc dở vẫn đó. Ctrl-T đổi bộ màu, Ctrl-Space bật bộ gõ tiếng Việt."),
	  .on = "home" },
	{ 0 },
};

const struct lesson LESSONS[] = {
	{ "hands", N_("Đôi tay: bảng lệnh, giúp, khoá màn hình"), N_("Tìm được mọi việc mà không nhớ phím nào ngoài Ctrl-P và F1."), hands },
	{ "receive", N_("Nhận một hồ sơ"), N_("Từ thẻ căn cước đến giấy hẹn, chưa tới hai mươi lăm phím."), receive },
	{ "supplement", N_("Thiếu giấy tờ: phiếu bổ sung (Mẫu 02)"), N_("Yêu cầu một lần, đầy đủ, có lý do."), supplement },
	{ "refuse", N_("Không tiếp nhận: phiếu từ chối (Mẫu 03)"), N_("Từ chối có lý do cụ thể, có số, có lưu."), refuse },
	{ "submitter", N_("Nộp thay, uỷ quyền"), N_("Chủ hồ sơ và người nộp là hai người khác nhau."), submitter },
	{ "look", N_("Tìm và đọc một hồ sơ"), N_("Trả lời công dân: đang ở đâu, ai giữ, bao giờ xong."), look },
	{ "ask", N_("Yêu cầu bổ sung sau khi nhận"), N_("Đồng hồ dừng và chạy lại, ngày hẹn tự tính."), ask },
	{ "hand-over", N_("Trả kết quả"), N_("Đúng người, đúng giấy, ghi lại."), hand_over },
	{ "trouble", N_("Hệ thống lỗi: đồng bộ, phiếu vướng mắc"), N_("Không mất hồ sơ nào, có bằng chứng để báo cáo."), trouble },
	{ 0 },
};
