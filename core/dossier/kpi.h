/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/kpi.h — The indicators of Decision 766/QĐ-TTg as the Coordination
 * system judges them from what it was sent: which a dossier counts for, which it
 * meets, and which field is lacking.  It tells what is so, and mends nothing.
 *
 * Sources: domain §8.1, integration §4.  The weights of the six groups are
 * published (18, 20, 12, 10, 18, 22); how a group's points are split among its
 * indicators was not found, so a group is shared equally among those judged here
 * and points are marked "≈". */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/date.h"

/*      group          points  the clerk reads                              */
#define KPI_GROUPS(X)                                                          \
	X(OPENNESS,     18, N_("Công khai, minh bạch"))                        \
	X(PROGRESS,     20, N_("Tiến độ giải quyết"))                          \
	X(ONLINE,       12, N_("Dịch vụ công trực tuyến"))                     \
	X(PAYMENT,      10, N_("Thanh toán trực tuyến"))                       \
	X(SATISFACTION, 18, N_("Mức độ hài lòng"))                             \
	X(DIGITAL,      22, N_("Số hóa hồ sơ"))

/*      indicator   code   group         full mark from, ‰   the clerk reads   */
#define KPI_INDICATORS(X)                                                            \
	X(SYNCED,     "1.4", OPENNESS,     1000, N_("Đồng bộ hồ sơ"))                \
	X(ON_TIME,    "2.1", PROGRESS,     1000, N_("Giải quyết đúng hạn"))          \
	X(FILED,      "3.3", ONLINE,        500, N_("Hồ sơ trực tuyến"))             \
	X(PAID,       "3.6", PAYMENT,      1000, N_("Thanh toán trực tuyến"))        \
	X(E_RESULT,   "4.1", DIGITAL,      1000, N_("Kết quả điện tử"))              \
	X(DIGITISED,  "4.2", DIGITAL,       800, N_("Số hóa hồ sơ"))                 \
	X(REUSED,     "4.3", DIGITAL,       800, N_("Tái sử dụng giấy tờ"))          \
	X(STORE,      "4.4", DIGITAL,      1000, N_("Lấy từ kho cá nhân"))           \
	X(POPULATION, "4.5", DIGITAL,      1000, N_("Dùng dữ liệu dân cư"))          \
	X(SATISFIED,  "5.4", SATISFACTION,  900, N_("Hài lòng"))

enum kpi_group {
#define X(name, points, label) KPI_##name,
	KPI_GROUPS(X)
#undef X
	KPI_GROUP_COUNT
};
enum kpi_indicator {
#define X(name, code, group, full, label) KPI_IS_##name,
	KPI_INDICATORS(X)
#undef X
	KPI_COUNT
};

/* How an indicator is scored on a day; from the tables above and their validity. */
struct kpi_rule {
	const char *code;      /* "2.1"                                             */
	const char *label;     /* to be given to _()                                */
	enum kpi_group group;
	int most;              /* hundredths of a point: its share of the group     */
	int full;              /* from this rate on, in ‰, the full mark            */
};
/* False before the day the decision's rules hold (24/6/2022). */
bool kpi_rule(enum kpi_indicator, day_t, struct kpi_rule *);
const char *kpi_group_label(enum kpi_group);
int kpi_group_points(enum kpi_group);

/* What was sent, or will be, of one dossier. */
struct kpi_facts {
	moment_t received_at;  /* NgayTiepNhan; MOMENT_NONE: counted nowhere         */
	moment_t due_at;       /* NgayHenTra, or MOMENT_NONE                          */
	moment_t limit_at;     /* by the longest limit of the procedure, or MOMENT_NONE */
	int status;            /* 1..10 now                                           */
	moment_t at[11];       /* when each status was last reached, or MOMENT_NONE   */
	int supplements;       /* how often 5 was asked                               */
	int64_t supplement_s;  /* seconds spent in 5 before now                       */
	int channel;           /* KenhThucHien 1 2 3; 0: not sent, counts as direct   */
	bool paper_result;     /* the procedure ends with a paper                     */
	bool result_code, result_file; /* its code in the catalogue, a file of it that systems have */
	bool fees;             /* something costs more than 0 đồng                    */
	bool paid_online;      /* DuocThanhToanTrucTuyen 1 or 2                       */
	int papers, paper_files; /* components handed in; those with a file           */
	bool reused;           /* HoSoCoThanhPhanSoHoa or a DuocSoHoa = 1             */
	bool own_store;        /* a DuocLayTuKhoDMQG = 1                              */
	bool population;       /* TaiKhoanDuocXacThucVoiVNeID = 1 or a MaCSDL         */
	bool synced;           /* the systems it goes to have received it            */
	bool complained;       /* a complaint, or "không hài lòng"                    */
};

/*      lack            the field that is missing, in the clerk's words             */
#define KPI_LACKS(X)                                                                    \
	X(NOTHING,      "")                                                             \
	X(RECEPTION,    N_("chưa có ngày tiếp nhận: hồ sơ không được tính"))            \
	X(SYNC,         N_("hệ thống nhận chưa xác nhận"))                              \
	X(DUE,          N_("không có ngày hẹn trả và thủ tục không có thời hạn"))       \
	X(LATE,         N_("quá ngày hẹn trả"))                                         \
	X(TWICE,        N_("yêu cầu bổ sung hơn một lần: tính là quá hạn"))             \
	X(CHANNEL,      N_("kênh nộp bỏ trống: tính là trực tiếp"))                     \
	X(DIRECT,       N_("không nộp trực tuyến"))                                     \
	X(PAY,          N_("có phí, lệ phí nhưng không nộp trực tuyến"))                \
	X(RESULT_CODE,  N_("danh mục thiếu mã giấy tờ kết quả"))                        \
	X(RESULT_FILE,  N_("chưa gửi tệp kết quả (bản quét ở đây không gửi được)"))                                      \
	X(PAPER_FILES,  N_("giấy tờ nộp bằng giấy chưa có tệp"))                        \
	X(REUSE,        N_("không giấy tờ nào đã số hóa, dùng lại"))                    \
	X(STORE,        N_("không giấy tờ nào lấy từ kho dữ liệu cá nhân"))             \
	X(POPULATION,   N_("chưa xác thực VNeID, không khai thác CSDL dân cư qua kết nối")) \
	X(COMPLAINT,    N_("công dân không hài lòng hoặc có phản ánh"))

enum kpi_lack {
#define X(name, words) KPI_LACKS_##name,
	KPI_LACKS(X)
#undef X
	KPI_LACK_COUNT
};
const char *kpi_lack_words(enum kpi_lack); /* translated */

struct kpi_mark {
	bool counted;       /* in the denominator                            */
	bool met;           /* in the numerator                              */
	bool open;          /* may still be met: the dossier is not finished */
	enum kpi_lack lack; /* why not met                                   */
};
/* Judges one dossier as if the period ended at that moment. */
void kpi_judge(const struct kpi_facts *, moment_t period_end, struct kpi_mark out[KPI_COUNT]);
/* 2.1 alone: the moment that is compared with the due date, supplements taken off. */
moment_t kpi_end(const struct kpi_facts *, moment_t period_end);

/* A unit in a period. */
struct kpi_sum {
	int counted[KPI_COUNT], met[KPI_COUNT];
	int late, complained;  /* for 5.4, which subtracts both */
};
void kpi_add(struct kpi_sum *, const struct kpi_mark marks[KPI_COUNT], const struct kpi_facts *);
/* The rate in hundredths of a percent, 0…10000; -1 when nothing is counted.  3.3 is
 * multiplied by the sync rate, 5.4 is 100 % less late % and complaints %. */
int kpi_rate(const struct kpi_sum *, enum kpi_indicator);
/* Hundredths of a point, rounded half up: rate × most ÷ full, at most most; 0 for -1. */
int kpi_points(int rate, const struct kpi_rule *);
