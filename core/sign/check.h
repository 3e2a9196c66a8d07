/* SPDX-License-Identifier: Apache-2.0
 *
 * core/sign/check.h — A file that somebody else made, looked at before it goes with a paper:
 * whole and readable, how many pages, who signed it.  The helper motcua-check opens it,
 * under limits; the counter never does. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "core/base/arena.h"
#include "core/base/child.h"
#include "core/base/date.h"

/* How the helper ends; at most five letters, error.code holds them. */
#define CHECK_WORDS(X)                                                                           \
	X("open", INPUT, N_("Không mở được tệp."))                                                   \
	X("empty", INPUT, N_("Tệp rỗng."))                                                           \
	X("big", INPUT, N_("Tệp quá lớn, không mở để kiểm. Tách nhỏ hoặc quét lại ở độ phân giải thấp hơn.")) \
	X("kind", INPUT, N_("Tệp không phải PDF, JPEG hay PNG, hoặc đã hỏng từ đầu."))               \
	X("lock", INPUT, N_("Tệp PDF bị khoá bằng mật khẩu. Xin bản không khoá, hoặc quét bản giấy.")) \
	X("cut", INPUT, N_("Tệp bị cắt cụt, thiếu phần cuối. Xin gửi lại, hoặc quét bản giấy."))     \
	X("hurt", INPUT, N_("Tệp hỏng, không đọc được. Xin bản khác, hoặc quét bản giấy."))          \
	X("none", INPUT, N_("Tệp PDF không có trang nào."))                                          \
	X("huge", INPUT, N_("Kích thước ảnh bất thường, không nhận. Chụp hoặc quét lại."))           \
	X("bomb", INPUT, N_("Tệp nén bất thường: mở ra quá lớn hoặc quá lâu, không nhận. Quét bản giấy.")) \
	X("crash", BUG, N_("Chương trình kiểm tệp dừng đột ngột; quầy không ảnh hưởng. Chưa nhận tệp này."))

/* What became of what was signed. */
#define SIGN_STATES(X)                                        \
	X(INTACT, "intact", N_("còn nguyên"))                     \
	X(CHANGED, "changed", N_("ĐÃ BỊ SỬA SAU KHI KÝ"))         \
	X(BROKEN, "broken", N_("chữ ký hỏng"))                    \
	X(OTHER, "other", N_("loại chữ ký chưa kiểm được"))

/* Whom the certificate leads to, with no word about its revocation. */
#define SIGN_TRUSTS(X)                                                       \
	X(NONE, "none", N_("không có chứng thư"))                                \
	X(TRUSTED, "trusted", N_("chứng thư tin cậy"))                           \
	X(UNKNOWN, "unknown", N_("chưa rõ chứng thư"))                           \
	X(EXPIRED, "expired", N_("chứng thư nay đã hết hạn"))                    \
	X(OUTSIDE, "outside", N_("ký ngoài thời hạn chứng thư"))

enum sign_state {
#define X(name, word, say) SIGN_##name,
	SIGN_STATES(X)
#undef X
	SIGN_STATE_COUNT
};
enum sign_trust {
#define X(name, word, say) TRUST_##name,
	SIGN_TRUSTS(X)
#undef X
	TRUST_COUNT
};
const char *sign_state_word(enum sign_state);
const char *sign_trust_word(enum sign_trust);

/* At most so many are looked at. */
#define CHECK_SIGNS 16

struct check_sign {
	enum sign_state state;
	enum sign_trust trust;
	moment_t at;       /* as the signer says; MOMENT_NONE */
	const char *name;  /* of the certificate's subject    */
};

struct check_found {
	int pages;            /* 0: an image                                  */
	int width, height;    /* of an image, pixels                          */
	bool flawed;          /* readable, with parts that are damaged        */
	bool added;           /* something was added behind the last signature */
	int sign_count;
	struct check_sign signs[CHECK_SIGNS];
};

/* Zeroed, but for owner. */
struct check_job {
	struct check_found found; /* for done, without an error; lives until check_clear */
	void *owner;
	/* check.c's own: */
	struct child child;
	struct arena arena;
	char path[64];
	void (*done)(struct check_job *, const struct error *);
};

/* fd: of this process, open until done; roots: PEM file or folder of certificates that are
 * trusted, "": the system's.  done is called once. */
bool check_start(struct loop *, struct scope *, struct check_job *, const char *program, int fd,
                 const char *roots, void (*done)(struct check_job *, const struct error *),
                 struct error *);
void check_clear(struct check_job *);

/* check_words.c: fails with a word of the table; false. */
bool check_fail(struct error *, const char *word, const char *cause);
/* One line for the clerk: "3 trang · ký số: NGUYỄN VĂN A, 20/11/2026, còn nguyên, chưa rõ chứng thư". */
const char *check_say(struct arena *, const struct check_found *);
/* What must not be passed over: changed, broken, flawed. */
bool check_doubtful(const struct check_found *);
