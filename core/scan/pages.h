/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/pages.h — Work on page images, as the counter sees it: the helper
 * motcua-pages opens them, under limits; the counter never does.
 *
 * One child does one thing and ends with the line "end WORD<TAB>english cause";
 * what it says before that is its verb's own (see the verbs below). */
#pragma once
#include <stdbool.h>
#include "core/base/child.h"

#define PAGES_WORDS(X)                                                                        \
	X("done", NONE, NULL)                                                                       \
	X("image", INPUT, N_("Trang này không đọc được: tệp hỏng hoặc không phải ảnh. Quét lại."))   \
	X("big", INPUT, N_("Ảnh quá lớn, không mở. Quét lại ở độ phân giải thấp hơn."))              \
	X("disk", DEVICE, N_("Không ghi được tệp. Kiểm tra ổ đĩa còn chỗ không."))                    \
	X("font", DEVICE, N_("Thiếu phông chữ để ghi lớp chữ của tệp. Báo người quản trị."))          \
	X("slow", DEVICE, N_("Xử lý trang quá lâu, đã ngừng. Quét lại."))                             \
	X("crash", BUG, N_("Chương trình xử lý trang dừng đột ngột; quầy không ảnh hưởng. Quét lại trang ấy."))

bool pages_fail(struct error *, const char *word, const char *cause);

struct pages_job {
	/* For done: what it said before the end line; with an error, as far as it came. */
	struct bytes said;
	void *owner;
	/* pages.c's own: */
	struct child child;
	struct bytes input;
	void (*done)(struct pages_job *, const struct error *);
	bool running;
};

struct pages_plan {
	const char *program;         /* motcua-pages                              */
	const char *const *args;     /* verb and its arguments, ends with NULL    */
	const char *const *lines;    /* written to it, one a line; may be NULL    */
	size_t line_count;
	bool nice;
	int timeout_ms;              /* 0: 60 s                                   */
};

/* done is called once.  The job must stay where
 * it is until then; ending the scope kills the helper. */
bool pages_start(struct loop *, struct scope *, struct pages_job *, const struct pages_plan *,
                 void (*done)(struct pages_job *, const struct error *), struct error *);
/* Frees said; harmless at any time after done. */
void pages_clear(struct pages_job *);
