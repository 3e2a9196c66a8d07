/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/report.h"

#include <string.h>

#include "core/base/say.h"

#define READ(name) "select * from desk.report_" name "($1::date, $2::date, $3::boolean, $4, $5::boolean, $6)"

#define IN      N_("Số hồ sơ nhận giải quyết")
#define PERIOD  N_("Trong kỳ")
#define DONE    N_("Đã giải quyết")
#define OPEN    N_("Đang giải quyết")

#define COUNT_AT(k, h, g, n) { .key = k, .head = h, .group = g, .number = n, .type = REPORT_COUNT, .width = 8, .list = true }
#define COUNT(k, h, g)       COUNT_AT(k, h, g, NULL)
#define TEXT(k, h, w)        { .key = k, .head = h, .type = REPORT_TEXT, .width = w }
#define PERSON(k, h, w)      { .key = k, .head = h, .type = REPORT_TEXT, .width = w, .personal = true }
#define MONEY(k, h)          { .key = k, .head = h, .type = REPORT_MONEY, .width = 14, .list = true }

static const struct report_column form06[] = {
	{ .key = "field", .head = N_("Lĩnh vực, công việc giải quyết"), .number = "(2)", .type = REPORT_TEXT, .width = 30 },
	COUNT_AT("total", N_("Tổng số"), IN, "(3)"),
	COUNT_AT("online", N_("Trong kỳ: trực tuyến"), IN, "(4)"),
	COUNT_AT("direct", N_("Trong kỳ: trực tiếp, bưu chính"), IN, "(5)"),
	COUNT_AT("carried", N_("Từ kỳ trước"), IN, "(6)"),
	COUNT_AT("done", N_("Tổng số"), DONE, "(7)"),
	COUNT_AT("early", N_("Trước hạn"), DONE, "(8)"),
	COUNT_AT("on_time", N_("Đúng hạn"), DONE, "(9)"),
	COUNT_AT("late", N_("Quá hạn"), DONE, "(10)"),
	COUNT_AT("open", N_("Tổng số"), OPEN, "(11)"),
	COUNT_AT("within", N_("Trong hạn"), OPEN, "(12)"),
	COUNT_AT("overdue", N_("Quá hạn"), OPEN, "(13)"),
	{ 0 },
};
static const struct report_check form06_checks[] = {
	{ "total", "online+direct+carried", "3 = 4 + 5 + 6" },
	{ "done", "early+on_time+late", "7 = 8 + 9 + 10" },
	{ "open", "within+overdue", "11 = 12 + 13" },
	{ "total", "done+open", "3 = 7 + 11" },
	{ 0 },
};

static const struct report_column officers[] = {
	TEXT("officer", N_("Cán bộ tiếp nhận"), 24),
	TEXT("title", N_("Chức danh"), 18),
	COUNT("received", N_("Tiếp nhận"), PERIOD),
	COUNT("online", N_("Trực tuyến"), PERIOD),
	COUNT("carried", N_("Từ kỳ trước"), NULL),
	COUNT("done", N_("Tổng số"), DONE),
	COUNT("early", N_("Trước hạn"), DONE),
	COUNT("on_time", N_("Đúng hạn"), DONE),
	COUNT("late", N_("Quá hạn"), DONE),
	COUNT("open", N_("Tổng số"), OPEN),
	COUNT("overdue", N_("Quá hạn"), OPEN),
	{ .key = "hours", .head = N_("Giờ bình quân một hồ sơ"), .type = REPORT_NUMBER, .width = 10 },
	{ 0 },
};
static const struct report_check officers_checks[] = {
	{ "done", "early+on_time+late", N_("đã giải quyết = trước + đúng + quá hạn") },
	{ 0 },
};

static const struct report_column late[] = {
	TEXT("code", N_("Mã hồ sơ"), 24),
	PERSON("owner", N_("Chủ hồ sơ"), 24),
	TEXT("field", N_("Lĩnh vực"), 18),
	TEXT("procedure", N_("Thủ tục"), 36),
	TEXT("officer", N_("Cán bộ tiếp nhận"), 20),
	{ .key = "received_at", .head = N_("Tiếp nhận"), .type = REPORT_DAY, .width = 11 },
	{ .key = "due_at", .head = N_("Hẹn trả"), .type = REPORT_DAY, .width = 11 },
	{ .key = "ended_at", .head = N_("Giải quyết xong"), .type = REPORT_DAY, .width = 11 },
	{ .key = "days", .head = N_("Số ngày quá hạn"), .type = REPORT_ORDER, .width = 8 },
	TEXT("holder", N_("Đang giữ, hoặc làm chậm"), 30),
	{ .key = "held_since", .head = N_("Giữ từ"), .type = REPORT_DAY, .width = 11 },
	TEXT("cause", N_("Lý do đổi hẹn gần nhất"), 26),
	{ 0 },
};
/* A supervisor's alone. */
static const struct report_column unsatisfied[] = {
	TEXT("code", N_("Mã hồ sơ"), 24),
	TEXT("field", N_("Lĩnh vực"), 18),
	TEXT("procedure", N_("Thủ tục"), 36),
	TEXT("officer", N_("Cán bộ tiếp nhận"), 20),
	TEXT("counter", N_("Quầy"), 6),
	{ .key = "rated_at", .head = N_("Đánh giá lúc"), .type = REPORT_MOMENT, .width = 16 },
	TEXT("why", N_("Điều chưa hài lòng"), 60),
	{ 0 },
};

static const struct report_column digitised[] = {
	TEXT("field", N_("Lĩnh vực"), 30),
	COUNT("received", N_("Tiếp nhận"), NULL),
	COUNT("no_file", N_("Chưa số hóa TPHS"), NULL),
	COUNT("with_file", N_("Có số hóa"), NULL),
	COUNT("reused", N_("Có tái sử dụng"), NULL),
	COUNT("portal", N_("Từ Cổng DVCQG"), NULL),
	COUNT("done", N_("Đã giải quyết"), NULL),
	COUNT("no_result", N_("KQ chưa số hóa"), NULL),
	COUNT("result_file", N_("KQ đã số hóa"), NULL),
	{ 0 },
};
static const struct report_check digitised_checks[] = {
	{ "received", "no_file+with_file", N_("tiếp nhận = chưa số hóa + có số hóa") },
	{ "done", "no_result+result_file", N_("đã giải quyết = KQ chưa + đã số hóa") },
	{ 0 },
};

static const struct report_column elsewhere[] = {
	TEXT("way", N_("Chiều"), 12),
	TEXT("agency", N_("Cơ quan giải quyết (chuyển đi), tiếp nhận (chuyển đến)"), 34),
	COUNT("total", N_("Tổng số"), IN),
	COUNT("received", N_("Trong kỳ"), IN),
	COUNT("carried", N_("Từ kỳ trước"), IN),
	COUNT("done", N_("Tổng số"), DONE),
	COUNT("early", N_("Trước hạn"), DONE),
	COUNT("on_time", N_("Đúng hạn"), DONE),
	COUNT("late", N_("Quá hạn"), DONE),
	COUNT("open", N_("Tổng số"), OPEN),
	COUNT("within", N_("Trong hạn"), OPEN),
	COUNT("overdue", N_("Quá hạn"), OPEN),
	{ 0 },
};
static const struct report_check elsewhere_checks[] = {
	{ "total", "received+carried", N_("tổng = trong kỳ + kỳ trước") },
	{ "total", "done+open", N_("tổng = đã + đang giải quyết") },
	{ 0 },
};

static const struct report_column fees[] = {
	TEXT("name", N_("Phí, lệ phí"), 40),
	COUNT("dossiers", N_("Số hồ sơ"), NULL),
	MONEY("cash", N_("Tiền mặt")),
	MONEY("transfer", N_("Chuyển khoản")),
	MONEY("total", N_("Cộng đã thu")),
	MONEY("refunded", N_("Hoàn trả")),
	{ .key = "net", .head = N_("Còn lại sau hoàn trả"), .type = REPORT_MONEY, .width = 14 },
	COUNT("exempt", N_("Số hồ sơ được miễn"), NULL),
	MONEY("owed", N_("Còn phải thu")),
	{ 0 },
};
static const struct report_check fees_checks[] = {
	{ "total", "cash+transfer", N_("đã thu = tiền mặt + chuyển khoản") },
	{ "total", "refunded+net", N_("đã thu = hoàn trả + còn lại") },
	{ 0 },
};

static const struct report_column receipts[] = {
	TEXT("number", N_("Số biên lai"), 18),
	{ .key = "made_at", .head = N_("Lập lúc"), .type = REPORT_MOMENT, .width = 17 },
	TEXT("code", N_("Mã hồ sơ"), 24),
	PERSON("payer", N_("Người nộp"), 24),
	TEXT("officer", N_("Người thu"), 22),
	{ .key = "cash", .head = N_("Tiền mặt"), .type = REPORT_MONEY, .width = 14 },
	{ .key = "transfer", .head = N_("Chuyển khoản"), .type = REPORT_MONEY, .width = 14 },
	{ .key = "total", .head = N_("Cộng"), .type = REPORT_MONEY, .width = 14 },
	{ .key = "note", .head = N_("Ghi chú"), .type = REPORT_TEXT, .width = 30, .whole = true },
	{ 0 },
};

#define BOTH N_("Nhận và trả kết quả")
static const struct report_column book07[] = {
	TEXT("field", N_("Lĩnh vực"), 16),
	{ .key = "nth", .head = N_("STT trong năm"), .type = REPORT_ORDER, .width = 10 },
	TEXT("code", N_("Mã hồ sơ"), 22),
	TEXT("procedure", N_("Tên TTHC"), 32),
	PERSON("owner", N_("Tên tổ chức, cá nhân"), 22),
	PERSON("contact", N_("Địa chỉ/SĐT"), 28),
	TEXT("agency", N_("Cơ quan chủ trì giải quyết"), 22),
	{ .key = "received_at", .head = N_("Nhận hồ sơ"), .group = BOTH, .type = REPORT_MOMENT, .width = 16 },
	{ .key = "due_at", .head = N_("Hẹn trả kết quả"), .group = BOTH, .type = REPORT_MOMENT, .width = 16 },
	{ .key = "returned_at", .head = N_("Trả kết quả"), .group = BOTH, .type = REPORT_MOMENT, .width = 16 },
	{ .key = "way", .head = N_("Phương thức nhận kết quả"), .group = BOTH, .type = REPORT_TEXT, .width = 15 },
	{ .key = "signed", .head = N_("Ký nhận"), .group = BOTH, .type = REPORT_TEXT, .width = 18, .personal = true },
	{ 0 },
};

#define PLAIN_COUNT(k, h, g) { .key = k, .head = h, .group = g, .type = REPORT_COUNT, .width = 8 }
#define MINUTES(k, h)        { .key = k, .head = h, .group = WAIT, .type = REPORT_NUMBER, .width = 9 }
#define WAIT N_("Phút")
static const struct report_column queue[] = {
	TEXT("name", N_("Hàng chờ"), 24),
	COUNT("taken", N_("Số đã lấy"), NULL), /* behind numbers: the dossiers that came of them */
	COUNT("done", N_("Đã phục vụ"), N_("Kết thúc")),
	PLAIN_COUNT("no_show", N_("Vắng mặt"), N_("Kết thúc")),
	PLAIN_COUNT("cancelled", N_("Huỷ"), N_("Kết thúc")),
	PLAIN_COUNT("waiting", N_("Còn chờ"), N_("Kết thúc")),
	COUNT("with_dossier", N_("Có hồ sơ"), N_("Đã phục vụ")),
	PLAIN_COUNT("guided", N_("Chỉ hướng dẫn"), N_("Đã phục vụ")),
	COUNT("over_target", N_("Chờ quá mức"), NULL),
	MINUTES("wait_median", N_("Chờ trung vị")),
	MINUTES("wait_longest", N_("Chờ lâu nhất")),
	MINUTES("service", N_("Phục vụ bình quân")),
	{ 0 },
};
static const struct report_check queue_checks[] = {
	{ "taken", "done+no_show+cancelled+waiting", N_("số đã lấy = phục vụ + vắng + huỷ + còn chờ") },
	{ "done", "with_dossier+guided", N_("phục vụ = có hồ sơ + chỉ hướng dẫn") },
	{ 0 },
};

static const struct report_column certified[] = {
	TEXT("number", N_("Số chứng thực"), 26),
	{ .key = "at", .head = N_("Ngày, tháng, năm"), .type = REPORT_DAY, .width = 11 },
	PERSON("person", N_("Người yêu cầu chứng thực"), 24),
	PERSON("subject", N_("Tên giấy tờ, giao dịch"), 36),
	{ .key = "copies", .head = N_("Số bản"), .type = REPORT_ORDER, .width = 7 },
	{ .key = "fee", .head = N_("Phí chứng thực"), .type = REPORT_MONEY, .width = 12 },
	TEXT("signer", N_("Người ký chứng thực"), 24),
	TEXT("note", N_("Ghi chú"), 18),
	{ 0 },
};

#define POINTS(k, h) { .key = k, .head = h, .group = N_("Số hồ sơ được"), .type = REPORT_ORDER, .width = 8, .list = true }
static const struct report_column ratings[] = {
	TEXT("name", N_("Chỉ số"), 32),
	{ .key = "dossiers", .head = N_("Số hồ sơ tính"), .type = REPORT_ORDER, .width = 8, .list = true },
	POINTS("two", N_("2 điểm")),
	POINTS("one", N_("1 điểm")),
	POINTS("zero", N_("0 điểm")),
	{ .key = "points", .head = N_("Điểm bình quân"), .type = REPORT_SCORE, .width = 16 },
	{ .key = "most", .head = N_("Tối đa"), .type = REPORT_COUNT, .width = 8 },
	{ .key = "rule", .head = N_("Cách tính"), .type = REPORT_TEXT, .width = 60, .whole = true },
	{ 0 },
};

const char *const report_books[] = { "SCT/BS", "SCT/CK,ĐC", "SCT/CKND", "SCT/HĐ,GD", NULL };

#define CLASSES N_("Tính theo ngày: xong trước ngày hẹn là trước hạn, trong ngày hẹn hoặc không có hẹn là đúng hạn. " \
	"Hồ sơ trả lại, rút, dừng tính vào đúng hạn; chờ bổ sung, chờ nghĩa vụ tài chính tính vào trong hạn. " \
	"Hồ sơ chưa được tiếp nhận không tính. Hồ sơ đang giải quyết lấy tình trạng và ngày hẹn lúc hết kỳ.")

const struct report_kind report_kinds[] = {
	{ .name = "form06", .brief = N_("Biểu 06: tình hình, kết quả giải quyết TTHC"),
	  .title = "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT TTHC TẠI CƠ QUAN, ĐƠN VỊ TRỰC TIẾP GIẢI QUYẾT TTHC",
	  .basis = N_("Biểu số 06/VPCP/KSTT, Thông tư 01/2020/TT-VPCP"), .unit = N_("số hồ sơ TTHC"), .rule = CLASSES,
	  .sql = READ("form06"), .columns = form06, .checks = form06_checks, .bar = "done", .bar_of = "total", .sides = true, .by_field = true },
	{ .name = "book07", .brief = N_("Sổ theo dõi hồ sơ (Mẫu 07)"), .title = "SỔ THEO DÕI HỒ SƠ",
	  .basis = N_("Mẫu số 07, Phụ lục I, Thông tư 03/2025/TT-VPCP"), .unit = N_("hồ sơ"),
	  .rule = N_("Hồ sơ tiếp nhận trong kỳ. Số thứ tự chạy liền từ 1 trong năm theo từng lĩnh vực, theo thứ tự tiếp nhận, đếm lại mỗi lần lập: "
	  "hồ sơ nhận bằng giấy in sẵn, nhập sau, xen vào đúng lúc nhận và các số sau dịch đi. Số không đổi của hồ sơ là mã hồ sơ."),
	  .sql = READ("book07"), .columns = book07, .rows_are_dossiers = true, .by_field = true },
	{ .name = "late", .brief = N_("Hồ sơ quá hạn và lý do"), .title = "DANH SÁCH HỒ SƠ QUÁ HẠN", .basis = "", .unit = N_("hồ sơ"),
	  .rule = N_("Hồ sơ giải quyết xong quá hạn trong kỳ, và hồ sơ đang giải quyết đã quá hạn lúc hết kỳ. Số ngày quá hạn là ngày lịch. "
	  "Đang giữ: người, bộ phận, hệ thống đang có hồ sơ và bước đang làm; hồ sơ đã xong: chặng trễ sau cùng, không có thì chặng mà ngày hẹn qua."),
	  .sql = READ("late"), .columns = late, .sides = true, .rows_are_dossiers = true, .by_field = true },
	{ .name = "officers", .brief = N_("Theo cán bộ (phiếu tháng)"), .title = "TÌNH HÌNH TIẾP NHẬN, GIẢI QUYẾT THEO CÁN BỘ", .basis = "",
	  .unit = N_("hồ sơ"), .rule = N_("Hồ sơ ghi cho cán bộ đã tiếp nhận. Giờ bình quân: từ lúc nhận đến lúc xong, tính cả đêm và ngày nghỉ. "
	  "Hạn tính như Biểu 06."), .sql = READ("officers"), .columns = officers, .checks = officers_checks, .bar = "done", .bar_of = "received",
	  .sides = true, .by_field = true },
	{ .name = "digitised", .brief = N_("Số hóa hồ sơ, kết quả"), .title = "TÌNH HÌNH SỐ HÓA HỒ SƠ, KẾT QUẢ GIẢI QUYẾT TTHC", .basis = "",
	  .unit = N_("hồ sơ"), .rule = N_("Có số hóa: ít nhất một thành phần có tệp. Có tái sử dụng: dùng lại tệp đã lưu hoặc khai thác CSDL. "
	  "Kết quả tính cho hồ sơ giải quyết xong trong kỳ, không tính hồ sơ trả lại, rút, dừng."),
	  .sql = READ("digitised"), .columns = digitised, .checks = digitised_checks, .bar = "with_file", .bar_of = "received",
	  .sides = true, .by_field = true },
	{ .name = "elsewhere", .brief = N_("Phi địa giới: chuyển đi, chuyển đến"), .title = "HỒ SƠ PHI ĐỊA GIỚI", .basis = "", .unit = N_("hồ sơ"),
	  .rule = N_("Chuyển đi: nhận tại đây, cơ quan khác giải quyết. Chuyển đến: nơi khác nhận, đơn vị này giải quyết. Hạn tính như Biểu 06."),
	  .sql = READ("elsewhere"), .columns = elsewhere, .checks = elsewhere_checks, .by_field = true },
	{ .name = "fees", .brief = N_("Phí, lệ phí theo khoản"), .title = "TỔNG HỢP THU PHÍ, LỆ PHÍ", .basis = "", .unit = N_("đồng"),
	  .rule = N_("Tiền theo sổ thu, tính ở kỳ ghi sổ; ghi nhầm sửa lại thì tính ở kỳ sửa. Hoàn trả là tiền trả lại trong kỳ, không phải miễn; "
	  "cột còn lại bằng tổng của sổ thu. Miễn và còn phải thu tính cho hồ sơ tiếp nhận trong kỳ. Dòng cộng của các cột hồ sơ có thể "
	  "đếm một hồ sơ nhiều lần, mỗi khoản một lần."),
	  .sql = READ("fees"), .columns = fees, .checks = fees_checks, .bar = "cash", .bar_of = "total", .by_field = true },
	{ .name = "receipts", .brief = N_("Bảng kê biên lai"), .title = "BẢNG KÊ BIÊN LAI THU PHÍ, LỆ PHÍ", .basis = "", .unit = N_("đồng"),
	  .rule = N_("Biên lai lập trong kỳ, theo thứ tự số. Biên lai huỷ giữ số, không tính tiền; lý do huỷ chỉ có trong bảng kèm họ tên."),
	  .sql = READ("receipts"), .columns = receipts, .rows_are_dossiers = true, .by_field = true },
	{ .name = "certified", .brief = N_("Sổ chứng thực"), .title = "SỔ CHỨNG THỰC",
	  .basis = N_("Nghị định 23/2015/NĐ-CP Điều 13, Thông tư 01/2020/TT-BTP"), .unit = N_("số chứng thực"),
	  .rule = N_("Số liên tục từ 01 trong năm theo từng sổ, qua các quyển. Nhiều bản của một bản chính cùng lúc là một số. Số huỷ vẫn giữ. "
	  "Tên giấy tờ, giao dịch và lý do huỷ chỉ có trong sổ kèm họ tên. "
	  "Phí là số tiền đã thu của hồ sơ, ghi ở số đầu tiên của hồ sơ trong sổ."),
	  .sql = READ("certified"), .columns = certified, .rows_are_dossiers = true, .by_book = true },
	{ .name = "queue", .brief = N_("Xếp hàng: số lấy, chờ, phục vụ"), .title = "TÌNH HÌNH XẾP HÀNG, PHỤC VỤ TẠI QUẦY", .basis = "",
	  .unit = N_("số thứ tự; phút"), .rule = N_("Số lấy trong kỳ, tính cho hàng chờ nơi số ở sau cùng. Chờ: từ lúc lấy số, hoặc từ giờ hẹn, đến lúc gọi lần đầu. "
	  "Phục vụ: từ lúc công dân đến quầy đến lúc xong. Chờ quá mức: lâu hơn mức đơn vị đặt hôm ấy."),
	  .sql = READ("queue"), .columns = queue, .checks = queue_checks, .bar = "done", .bar_of = "taken" },
	{ .name = "unsatisfied", .brief = N_("Công dân chưa hài lòng: lý do (người phụ trách)"), .title = "CÔNG DÂN CHƯA HÀI LÒNG VÀ LÝ DO", .basis = "",
	  .unit = N_("hồ sơ"), .rule = N_("Đánh giá “không hài lòng” tại quầy trong kỳ (chỉ số 7), lý do ghi theo lời công dân. Chỉ người phụ trách xem; mỗi lần xem được ghi lại."),
	  .sql = READ("unsatisfied"), .columns = unsatisfied, .rows_are_dossiers = true, .by_field = true },
	{ .name = "ratings", .brief = N_("Đánh giá giải quyết TTHC: chín chỉ số"), .title = "ĐÁNH GIÁ VIỆC GIẢI QUYẾT TTHC THEO CHÍN CHỈ SỐ",
	  .basis = N_("Chín chỉ số theo Điều 13 Thông tư 01/2018/TT-VPCP"), .unit = N_("điểm; số hồ sơ"),
	  .rule = N_("Điểm của một chỉ số là điểm bình quân của các hồ sơ tính cho nó; cách tính ghi ở từng dòng. Dòng cộng chỉ gồm các chỉ số có số liệu; "
	  "xếp loại cơ quan (từ 15 điểm xuất sắc, 12 tốt, 9 khá, 6 trung bình, trên 18) cần đủ cả chín. Thông tư 01/2018 đã được Thông tư 03/2025 thay thế: "
	  "đối chiếu quy định hiện hành trước khi xếp loại."),
	  .sql = READ("ratings"), .columns = ratings, .bar = "points", .bar_of = "most", .by_field = true },
	{ 0 },
};

const struct report_kind *report_find(const char *name)
{
	for (const struct report_kind *at = report_kinds; at->name; at++)
		if (strcmp(at->name, name) == 0)
			return at;
	return NULL;
}

int report_columns(const struct report_kind *kind)
{
	int count = 0;
	while (kind->columns[count].key)
		count++;
	return count;
}

int report_column_at(const struct report_kind *kind, const char *key)
{
	for (int i = 0; kind->columns[i].key; i++)
		if (strcmp(kind->columns[i].key, key) == 0)
			return i;
	return -1;
}

bool report_personal(const struct report_kind *kind)
{
	for (int i = 0; kind->columns[i].key; i++)
		if (kind->columns[i].personal)
			return true;
	return false;
}

bool report_adds_up(enum report_type type)
{
	return type == REPORT_COUNT || type == REPORT_MONEY || type == REPORT_SCORE;
}
