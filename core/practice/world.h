/* SPDX-License-Identifier: Apache-2.0
 *
 * core/practice/world.h — What the systems outside hold and how they answer.
 * Knows nothing of HTTP; time comes in as an argument. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/date.h"
#include "core/base/error.h"

/*       code           agency    name                                            */
#define WORLD_SYSTEMS(X)                                                            \
	X("khcn",       "G06.99", "Bộ Khoa học và Công nghệ (tập duyệt)")          \
	X("noi-vu",     "G10.99", "Bộ Nội vụ (tập duyệt)")                         \
	X("cong-thuong","G02.99", "Bộ Công Thương (tập duyệt)")                    \
	X("xay-dung",   "G17.99", "Bộ Xây dựng (tập duyệt)")                       \
	X("nnmt",       "G11.99", "Bộ Nông nghiệp và Môi trường (tập duyệt)")      \
	X("y-te",       "G18.99", "Bộ Y tế (tập duyệt)")                           \
	X("gddt",       "G03.99", "Bộ Giáo dục và Đào tạo (tập duyệt)")            \
	X("tu-phap",    "G15.99", "Bộ Tư pháp (tập duyệt)")                        \
	X("vhttdl",     "G16.99", "Bộ Văn hóa, Thể thao và Du lịch (tập duyệt)")   \
	X("tinh",       "H01.99", "Hệ thống giải quyết TTHC tỉnh (tập duyệt)")     \
	X("cong",       "G22.99", "Cổng Dịch vụ công quốc gia (tập duyệt)")        \
	X("dieu-phoi",  "G23.99", "Hệ thống điều phối (tập duyệt)")                \
	X("lien-thong", "G22.98", "Cổng liên thông khai sinh, khai tử (tập duyệt)") \
	X("dat-dai",    "H01.98", "Hệ thống thông tin đất đai (tập duyệt)")        \
	X("emc",        "G23.98", "Hệ thống giám sát, đo lường EMC (tập duyệt)")   \
	X("truc-van-ban", "G22.97", "Trục liên thông văn bản (tập duyệt)")         \
	X("lltp",       "G01.98", "Hệ thống lý lịch tư pháp (tập duyệt)")          \
	X("btxh",       "G10.98", "Hệ thống bảo trợ xã hội (tập duyệt)")           \
	X("dan-cu",     "G01.99", "CSDL quốc gia về dân cư (tập duyệt)")           \
	X("dang-ky-kinh-doanh", "G12.99", "CSDL quốc gia về đăng ký doanh nghiệp (tập duyệt)") \
	X("bhxh",       "G12.98", "CSDL quốc gia về bảo hiểm (tập duyệt)")         \
	X("tin-nhan",   "H01.97", "Cổng nhắn tin SMS (tập duyệt)")                 \
	X("zalo",       "H01.96", "Zalo của cơ quan (tập duyệt)")                  \
	X("thu-dien-tu", "H01.95", "Cổng thư điện tử (tập duyệt)")

struct world_session {
	char token[40];
	int64_t until; /* monotonic ms */
	struct world_session *next;
};

/* How one system answers: the dials of control.c. */
struct world_system {
	const char *code, *agency, *name;
	char zero[4];           /* spelling of success: "0", "00", or "int" for the number 0 */
	char duplicate[4];      /* error_code of a duplicate: "0", "3", "-3"                 */
	int64_t session_ms;
	int64_t step_ms;
	bool refuse_account;
	bool mute;              /* success without the words of success                      */
	struct world_session *sessions;
	json_t *dossiers;       /* MaHoSo → what world.c keeps of it, in order of arrival    */
	json_t *extra;          /* what a dialect keeps besides: numbers, files, …           */
	json_int_t next;        /* sequence of its own numbers                               */
	json_int_t calls;       /* service calls answered, for tests                         */
	json_int_t logins;
};

#define X(code, agency, name) +1
enum { WORLD_COUNT = 0 WORLD_SYSTEMS(X) };
#undef X
struct world {
	struct world_system systems[WORLD_COUNT];
	bool changed;           /* since it was last saved */
};

void world_init(struct world *, int64_t session_ms, int64_t step_ms);
void world_free(struct world *);
/* By code, or by dstcode (its agency must agree); NULL when unknown. */
struct world_system *world_find(struct world *, const char *code);
struct world_system *world_by_dstcode(struct world *, const char *dstcode);

/* Replies to mapi/login and mapi/g; a new reference, never NULL. */
json_t *world_login(struct world_system *, const json_t *request, int64_t now_ms);
json_t *world_call(struct world *, struct world_system *, const json_t *request, int64_t now_ms,
                   moment_t now);
void world_expire(struct world_system *);

/* 32 digits that nobody guesses. */
void world_noise(char out[33]);

/* What every dialect does alike.  A fresh token, and whether one still holds. */
const char *world_session(struct world_system *, int64_t now_ms);
bool world_session_good(const struct world_system *, const char *token, int64_t now_ms);
/* What is kept of a dossier, or NULL: {number, status, desk, moved, fields,
 * messages[{service, status, when, at}], steps[], duplicates}. */
json_t *world_kept(const struct world_system *, const char *code);
/* Keeps a new one under a number of this system's own ("" makes one); borrowed. */
json_t *world_keep(struct world *, struct world_system *, const char *code, const char *number,
                   const json_t *fields, int status, moment_t now);
/* The record of what came, for whoever compares both sides. */
void world_note(struct world *, json_t *kept, const char *service, const char *status,
                const char *when, moment_t now);
enum world_report { REPORT_TAKEN, REPORT_KNOWN, REPORT_OUT_OF_ORDER };
/* The desk reports a line of its history, {MaHoSo, NguoiXuLy, ThoiDiemXuLy
 * (yyyyMMddHHmmss), NoiDungXuLy, TrangThai ("1".."10")}: order enforced, what
 * was told already is known. */
enum world_report world_report(struct world *, json_t *kept, const json_t *step, moment_t now);
/* Moves every dossier that has waited step_ms one status on (2→4→9); with
 * step_ms < 0 all of them, whatever they waited.  Says whether any moved. */
bool world_step(struct world *, struct world_system *, moment_t now, int64_t step_ms);

/* Everything kept, as JSON; the same form is read back. */
json_t *world_state(const struct world *, const char *only_code);
bool world_load(struct world *, const json_t *state, struct error *);
/* Forgets every dossier and session of one system, or of all (NULL). */
void world_reset(struct world *, const char *code);

/* fields.c: what is missing or malformed in one HoSo or TienDo element, told
 * in prose in out ("" and true when nothing is). */
bool fields_check_dossier(const json_t *, char *out, size_t room);
bool fields_check_progress(const json_t *, char *out, size_t room);
/* May the desk report `to` after `from` (0: nothing reported yet)? */
bool fields_may_follow(int from, int to);
