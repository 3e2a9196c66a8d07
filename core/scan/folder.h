/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/folder.h — Somebody else's folders, as the counter sees them: a stick, a
 * share, the folder where a network scanner drops its files.  Any of them may hang or
 * vanish, so the helper motcua-folder looks, copies and clears away; the counter never
 * touches them itself.
 *
 * The helper has one argument, the verb; what it is about comes on its stdin, an encoded
 * word a line (core/scan/folder_line.h), so that no name of a file stands where other
 * accounts see it (/proc/PID/cmdline):
 *
 *     list    FOLDER                     "here PATH", then its entries
 *     take    FOLDER NAME OUT            copies a file; says its entry
 *     away    FOLDER NAME SIZE TIME DAYS the file, unchanged since, is done with
 *     watch   FOLDER DAYS                until it is stopped: its whole files at each
 *                                        change, then "seen"; "alive" when nothing changes
 *
 * Each ends with the line "end WORD<TAB>english cause".
 *
 * Done with: moved into the folder's own TAKEN_FOLDER under a name that tells of nobody,
 * and removed from there after DAYS; 0: removed at once. */
#pragma once
#include <stdbool.h>
#include "core/base/child.h"
#include "core/scan/folder_line.h"

/* How it ends, at most five letters (error.code). */
#define FOLDER_WORDS(X)                                                                       \
	X("done", NONE, NULL)                                                                 \
	X("gone", INPUT, N_("Không còn tệp hay thư mục này. Xem lại thư mục rồi chọn lại."))  \
	X("right", DENIED, N_("Tài khoản của quầy không mở được thư mục hay tệp này. Báo người quản trị.")) \
	X("other", CONFLICT, N_("Tệp đã đổi từ lúc chọn: đang được ghi, hoặc quầy khác đã lấy. Chọn lại.")) \
	X("kind", INPUT, N_("Đây không phải là tệp thường. Chọn tệp khác."))                  \
	X("big", INPUT, N_("Tệp quá lớn, không chép. Quét lại ở độ phân giải thấp hơn."))     \
	X("disk", DEVICE, N_("Không chép được tệp vào máy quầy. Kiểm tra ổ đĩa còn chỗ không.")) \
	X("io", DEVICE, N_("Đọc thư mục bị lỗi: thẻ nhớ, USB hoặc ổ mạng hỏng hay đã rút. Thử lại hoặc dùng nơi khác.")) \
	X("slow", DEVICE, N_("Thư mục không trả lời: ổ mạng hoặc USB có thể đã ngắt. Kiểm tra rồi thử lại.")) \
	X("crash", BUG, N_("Chương trình xem thư mục dừng đột ngột; quầy không ảnh hưởng. Thử lại."))

#define TAKEN_FOLDER      "da-nhan"
#define FOLDER_TAKE_MOST  (512L << 20)  /* bytes                                     */
#define FOLDER_LIST_MOST  4000          /* entries; more are not shown               */
#define FOLDER_WATCH_MOST 300

bool folder_fail(struct error *, const char *word, const char *cause);

/* One question to the helper, embedded in its owner, who keeps it until done. */
struct folder_job {
	/* For done, until folder_clear: */
	const char *here;                 /* of list: the folder's own path             */
	struct folder_entry *entries;     /* of list, unsorted; of take: one            */
	size_t count;
	bool more;                        /* of list: there are more than are told      */
	void *owner;
	/* folder.c's own: */
	struct arena arena;
	size_t room;
	struct bytes input;
	struct child child;
	struct task task;
	void (*done)(struct folder_job *, const struct error *);
	bool running;
};
struct folder_plan {
	const char *program;              /* motcua-folder                              */
	const char *verb;
	const char *const *words;         /* what it is about, ends with NULL           */
	int timeout_ms;                   /* 0: 20 s                                    */
	void (*done)(struct folder_job *, const struct error *);
};
/* done is called once, from the loop; ending the scope stops it, however hung. */
bool folder_ask(struct loop *, struct scope *, struct folder_job *, const struct folder_plan *,
                struct error *);
/* Frees what was said, once it is done; the end of its scope does so, too. */
void folder_clear(struct folder_job *);

/* A folder watched as long as its scope lives; a helper that ends is started again. */
struct folder_watch {
	/* May be read: */
	const struct folder_entry *entries; /* whole ones, the newest first               */
	size_t count;
	bool away;                        /* it cannot be seen now                      */
	struct error why;                 /* … and what the clerk should know           */
	void (*changed)(struct folder_watch *);
	void *owner;
	/* folder_watch.c's own: */
	struct loop *loop;
	struct scope *scope;
	const char *program;
	int patience_ms, again_ms;
	struct arena shown, coming;
	struct folder_entry *next;
	size_t next_count, next_room;
	char word[8], cause[160];
	struct bytes input;
	struct child child;
	struct timer again;
	struct task task;
};
struct folder_watch_plan {
	const char *program, *folder;     /* program outlives it                        */
	int keep_days;
	int patience_ms;                  /* without a word: it hangs; 0: 30 s          */
	int again_ms;                     /* until it is started again; 0: 15 s         */
	void (*changed)(struct folder_watch *);
	void *owner;
};
void folder_watch_start(struct loop *, struct scope *, struct folder_watch *,
                        const struct folder_watch_plan *);
/* Harmless when it was never started; the scope may have ended. */
void folder_watch_stop(struct folder_watch *);
