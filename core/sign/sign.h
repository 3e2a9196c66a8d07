/* SPDX-License-Identifier: Apache-2.0
 *
 * core/sign/sign.h — Files signed with a token (PKCS#11: a USB key, a smart card, any
 * module), as the counter sees it: the token looked at without a PIN, so that what is
 * wrong is known before somebody waits; then a batch of files signed with one PIN.  The
 * helper motcua-sign loads the module, under limits; the counter never does.
 *
 * A PDF gets a PAdES signature of level B-B (ETSI EN 319 142-1) in an incremental update:
 * nothing of what is there is rewritten, so that PDF/A and earlier signatures stay.  Any
 * other file gets a detached CAdES one (ETSI EN 319 122-1), for a .p7s beside it. */
#pragma once
#include <stdbool.h>
#include "core/base/arena.h"
#include "core/base/child.h"
#include "core/base/date.h"
#include "core/sign/pin.h"

/* How the helper ends, or what became of one file; at most five letters, error.code holds
 * them. */
#define SIGN_WORDS(X)                                                                              \
	X("modul", DEVICE, N_("Không nạp được trình điều khiển USB ký số. Kiểm tra module ở mục [sign] của motcua.ini."))  \
	X("token", DEVICE, N_("Chưa thấy USB ký số. Cắm USB ký số vào máy này rồi thử lại."))          \
	X("cert", DEVICE, N_("Trong USB ký số không có chứng thư nào. Liên hệ nơi cấp."))              \
	X("name", INPUT, N_("Trong USB ký số không có chứng thư như key ở mục [sign] của motcua.ini ghi.")) \
	X("key", DEVICE, N_("Trong USB ký số có chứng thư nhưng không có khoá ký của nó. Liên hệ nơi cấp.")) \
	X("use", DENIED, N_("Chứng thư trong USB này không phải loại để ký. Dùng USB ký số khác."))    \
	X("old", DENIED, N_("Chứng thư ký số đã hết hạn. Liên hệ nơi cấp để gia hạn; tạm thời không ký được bằng USB này.")) \
	X("early", DENIED, N_("Chứng thư ký số chưa đến ngày có hiệu lực. Xem lại đồng hồ của máy, hoặc đợi đến ngày.")) \
	X("pin", INPUT, N_("PIN không đúng, chưa ký tệp nào. Còn ít lần thử: sai nhiều lần USB ký số bị khoá.")) \
	X("pad", INPUT, N_("Chưa có PIN nhập trên thiết bị ký số. Ký lại, rồi nhập PIN trên bàn phím của thiết bị.")) \
	X("last", INPUT, N_("PIN không đúng, CHỈ CÒN MỘT LẦN THỬ. Đừng đoán: hỏi nơi cấp, hoặc nộp không ký.")) \
	X("lock", DENIED, N_("USB ký số đã bị khoá vì nhập sai PIN nhiều lần. Liên hệ nơi cấp để mở khoá.")) \
	X("fresh", DENIED, N_("USB ký số chưa đặt PIN, hoặc đòi đổi PIN trước khi dùng. Đổi bằng phần mềm của nơi cấp.")) \
	X("gone", DEVICE, N_("USB ký số bị rút ra hoặc không trả lời giữa lúc ký. Cắm lại rồi ký tiếp các tệp còn lại.")) \
	X("fail", DEVICE, N_("USB ký số không ký được. Thử lại; vẫn vậy thì báo người quản trị."))     \
	X("slow", DEVICE, N_("USB ký số không trả lời, đã ngừng. Rút ra cắm lại rồi ký tiếp."))        \
	X("hurt", INPUT, N_("Tệp PDF hỏng hoặc bị khoá, không ký được. Quét lại, hoặc xin bản khác.")) \
	X("final", INPUT, N_("Người ký trước không cho phép thêm gì vào tệp này: giữ nguyên, không ký thêm.")) \
	X("big", INPUT, N_("Tệp quá lớn, không ký. Tách nhỏ hoặc quét lại ở độ phân giải thấp hơn."))  \
	X("disk", DEVICE, N_("Không ghi được tệp. Kiểm tra ổ đĩa còn chỗ không."))                      \
	X("crash", BUG, N_("Chương trình ký số dừng đột ngột; quầy không ảnh hưởng. Tệp chưa ký giữ nguyên."))

#define SIGN_CERTS      16
#define SIGN_FILES_MOST 100
#define SIGN_SOON_DAYS  30 /* before the end of a certificate is told */

/* What the token says of its PIN before any is tried. */
#define PIN_STATES(X) X(FREE, "free") X(LOW, "low") X(LAST, "last") X(LOCKED, "lock") X(UNSET, "fresh")
enum pin_state {
#define X(name, word) PIN_##name,
	PIN_STATES(X)
#undef X
	PIN_STATE_COUNT
};
const char *pin_state_word(enum pin_state);

struct sign_cert {
	char print[17];      /* beginning of its SHA-256, hexadecimal             */
	moment_t from, to;
	bool signs;          /* digitalSignature or nonRepudiation, and no CA's   */
	bool pad;            /* its PIN is typed on the device itself, never here (CKF_PROTECTED_AUTHENTICATION_PATH) */
	enum pin_state pin;  /* of the token it lies in                           */
	const char *name;    /* of the subject                                    */
};
struct sign_found {
	int tokens;          /* plugged in and initialised                        */
	int count;
	struct sign_cert certs[SIGN_CERTS];
};

/* The certificate to sign with: the one that key names (its fingerprint or its beginning,
 * or the subject's name without regard to accents; "": any), valid now and for signing; of
 * several the one that is valid longest.  -1 with a word of SIGN_WORDS. */
int sign_pick(const struct sign_found *, const char *key, moment_t now, struct error *);
/* How many would do. */
int sign_fitting(const struct sign_found *, const char *key, moment_t now);
/* One line: whose, until when, and how soon that is. */
const char *sign_say(struct arena *, const struct sign_cert *, moment_t now);
/* It ends within SIGN_SOON_DAYS, or the PIN is nearly locked: to be told. */
bool sign_warns(const struct sign_cert *, moment_t now);
/* Fails with a word of the table; false. */
bool sign_fail(struct error *, const char *word, const char *cause);

/* ---- looking ---- */

struct sign_look {
	struct sign_found found; /* for done, without an error; lives until sign_look_clear */
	void *owner;
	/* sign.c's own: */
	struct child child;
	struct arena arena;
	void (*done)(struct sign_look *, const struct error *);
};
/* program: motcua-sign; module: path of a PKCS#11 library.  No PIN is asked for.  done is
 * called once; without a token its error is "token". */
bool sign_look_start(struct loop *, struct scope *, struct sign_look *, const char *program, const char *module,
                     void (*done)(struct sign_look *, const struct error *), struct error *);
void sign_look_clear(struct sign_look *);

/* ---- signing ---- */

struct sign_file {
	int in, out;         /* of this process; out: empty, opened for reading and writing */
	bool good;           /* out is the signed file; else why                  */
	struct error why;
};
struct sign_job {
	/* For done: who signed, "" when nobody did. */
	const char *name;
	char print[17];
	moment_t to;
	int count, signed_count, dealt; /* of files: dealt with so far            */
	struct sign_file *files;
	void *owner;
	void (*moved)(struct sign_job *); /* dealt has grown; may be NULL          */
	/* sign.c's own: */
	struct child child;
	struct arena arena;
	struct pin pin;
	size_t read;
	int ended;
	struct error why;
	void (*done)(struct sign_job *, const struct error *);
};
/* Signs at most SIGN_FILES_MOST files of the caller's, who keeps them open until done.
 * Takes the PIN away from *pin, whatever happens; the token is tried with it once, and given
 * it before each signature where the key wants that (CKA_ALWAYS_AUTHENTICATE).  An empty one
 * is for a token that asks by itself (pad): the clerk gets time for it.  An
 * error in done: the batch ended there; what was signed before is good all the same. */
bool sign_start(struct loop *, struct scope *, struct sign_job *, const char *program, const char *module,
                const char *key, struct pin *pin, struct sign_file *files, int count,
                void (*done)(struct sign_job *, const struct error *), struct error *);
void sign_clear(struct sign_job *);
