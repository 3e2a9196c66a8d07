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
	{ .say = N_("Tra CSDL trước giấy tờ có trong CSDL (Dấu cách). F6: in phiếu yêu cầu bổ sung (Mẫu 02), một lần, ghi đủ mọi giấy tờ còn thiếu."),
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

#define QUEUE N_("Về hàng đợi: Ctrl-P, gõ hàng đợi, Enter.")
static const struct lesson_step queue[] = {
	{ .say = N_("Bấm Ctrl-P, gõ hàng đợi, Enter: số của quầy này và người đang chờ."), .on = "queue" },
	{ .say = N_("Có người đến thẳng quầy: F8, chọn Người không lấy số, chọn việc. Người ấy được phục vụ ngay, có số."), .on = "queue",
	  .act = "queue:serve", .back = QUEUE },
	{ .say = N_("Việc ấy của hàng khác: F7, chọn một hàng mà quầy mình gọi. Số giữ chỗ theo giờ đã lấy."), .on = "queue",
	  .act = "queue:transfer", .back = QUEUE },
	{ .say = N_("Bấm F5: máy chọn số tiếp theo theo quy tắc của đơn vị, bảng ở sảnh hiện số và quầy."), .on = "queue", .act = "queue:call",
	  .back = QUEUE },
	{ .say = N_("Chưa ai đến: F4 gọi lại (máy đòi cách nhau một lúc, không quá số lần quy định)."), .on = "queue", .act = "queue:recall",
	  .back = QUEUE },
	{ .say = N_("Vẫn không đến: F6 ghi vắng. Số không mất."), .on = "queue", .act = "queue:no_show", .back = QUEUE },
	{ .say = N_("Người ấy quay lại: chọn số vắng trong danh sách, Enter để gọi riêng số ấy."), .on = "queue", .act = "queue:call:no_show",
	  .back = QUEUE },
	{ .say = N_("Người ấy đã đến: Enter mở hồ sơ mới; lần này Esc về hàng đợi rồi F9: xong số này."), .on = "queue", .act = "queue:done",
	  .back = QUEUE },
	{ .say = N_("Hồ sơ nhận trong lúc phục vụ được ghi vào số ấy. Esc cho đến màn hình đầu."), .on = "home" },
	{ 0 },
};

#define FILINGS N_("Về danh sách: Ctrl-P, gõ trực tuyến, Enter.")
static const struct lesson_step online[] = {
	{ .say = N_("Bấm Ctrl-P, gõ trực tuyến, Enter: hồ sơ công dân nộp qua Cổng, hết hạn kiểm tra trước đứng đầu."), .on = "filings" },
	{ .say = N_("Chọn một hồ sơ, Enter: màn hình tiếp nhận mở ra, điều công dân khai đã điền sẵn."), .on = "receive", .act = "filing",
	  .back = FILINGS },
	{ .say = N_("Ctrl-F đọc điều công dân khai, đánh dấu từng giấy tờ (Dấu cách), F9 nhận: công dân và Cổng được báo, mã giữ nguyên."),
	  .act = "filing:accept" },
	{ .say = N_("Về danh sách (Esc), mở một hồ sơ khác còn thiếu."), .on = "receive" },
	{ .say = N_("Giấy tờ thiếu: đứng ở đó bấm -, ghi chỗ chưa đạt; có trong CSDL thì tra trước. F6 trả lại để bổ sung, ghi một lần cho đủ."), .act = "filing:turn_away:02" },
	{ .say = N_("Công dân bổ sung trên Cổng, hồ sơ tự trở lại danh sách. Esc cho đến màn hình đầu."), .on = "home" },
	{ 0 },
};

#define SHIFTS N_("Về ca làm việc: Ctrl-P, gõ ca làm việc, Enter.")
static const struct lesson_step shift[] = {
	{ .say = N_("Bấm Ctrl-P, gõ ca làm việc, Enter: các ca, tiền và biên lai của từng ca."), .on = "shifts" },
	{ .say = N_("Bấm F4 mở ca: đếm tiền trong két, gõ số tiền. (Ca của mình đang mở thì F5 chốt ca ấy trước.)"), .on = "shifts", .act = "shift_open",
	  .back = SHIFTS },
	{ .say = N_("Cuối ca bấm F5, đếm từng mệnh giá, gõ số tờ; lệch một đồng cũng ghi lý do; F9 chốt ca."), .act = "shift_close", .back = SHIFTS },
	{ .say = N_("Chọn ca vừa chốt, bấm F9: biên bản bàn giao, chỗ hai người ký. Người nhận ký bằng F6, mật khẩu của mình."), .on = "shifts",
	  .act = "paper_issue:shift", .back = SHIFTS },
	{ .say = N_("Ca đã chốt không ai sửa được. Esc cho đến màn hình đầu."), .on = "home" },
	{ 0 },
};

#define REPORTS N_("Về báo cáo: Ctrl-P, gõ báo cáo, Enter.")
static const struct lesson_step report[] = {
	{ .say = N_("Bấm Ctrl-P, gõ báo cáo, Enter: Biểu 06 của tháng này. F4 chọn báo cáo khác, F5 kỳ khác, < và > kỳ trước, kỳ sau."), .on = "reports" },
	{ .say = N_("Mũi tên chọn một con số, Enter: những hồ sơ của con số ấy (chưa có số liệu thì nhận một hồ sơ trước)."), .act = "report:list",
	  .back = REPORTS },
	{ .say = N_("Esc về báo cáo, bấm F9: đếm gì, đếm thế nào, theo văn bản nào."), .on = "ask-read", .back = REPORTS },
	{ .say = N_("Esc, rồi F6: xuất XLSX, CSV hoặc PDF; máy ghi lại ai xuất gì. (Ctrl-O in ngay.)"), .on = "reports", .act = "report_export",
	  .back = REPORTS },
	{ .say = N_("Tệp nằm trong thư mục bao-cao. Esc cho đến màn hình đầu."), .on = "home" },
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
	{ "queue", N_("Hàng đợi: gọi, gọi lại, vắng, chuyển"), N_("Không ai mất lượt, máy chọn số theo quy tắc đã niêm yết."), queue },
	{ "online", N_("Hồ sơ trực tuyến: nhận, trả lại bổ sung"), N_("Đúng hạn kiểm tra, công dân biết ngay."), online },
	{ "shift", N_("Ca làm việc: mở ca, chốt ca, bàn giao"), N_("Tiền trong két bằng sổ thu tới từng đồng."), shift },
	{ "report", N_("Báo cáo: con số và hồ sơ sau con số"), N_("Mỗi con số mở ra được, xuất ra được."), report },
	{ 0 },
};
