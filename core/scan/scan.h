/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/scan.h — Pages from a scanner, or from a file that a scanner made, as the
 * counter sees it: the helper motcua-scan (motcua-pages for a file) does what blocks or
 * crashes, and tells page by page.
 *
 * What the helper says, a line each:
 *
 *     device NAME<TAB>VENDOR MODEL       of "motcua-scan --list"
 *     at PAGE PERCENT
 *     page PAGE FILE WIDTH HEIGHT DPI
 *     end WORD<TAB>english cause         the last line; WORD is one of SCAN_WORDS */
#pragma once
#include <stdbool.h>
#include "core/base/arena.h"
#include "core/base/child.h"
#include "core/base/config.h"

/* Why scanning ended, at most five letters each (error.code). */
#define SCAN_WORDS(X)                                                                         \
	X("done", NULL)                                                                       \
	X("stop", N_("Đã ngừng quét."))                                                       \
	X("jam", N_("Máy quét kẹt giấy. Lấy tờ kẹt ra, đặt lại rồi quét tiếp; các trang đã quét vẫn còn.")) \
	X("empty", N_("Khay máy quét không có giấy. Đặt giấy vào khay rồi quét lại."))        \
	X("cover", N_("Nắp máy quét đang mở. Đóng nắp rồi quét tiếp."))                       \
	X("none", N_("Không thấy máy quét. Kiểm tra nguồn, dây nối; hoặc chọn tệp."))         \
	X("busy", N_("Máy quét đang bận, có thể quầy khác đang quét. Chờ một lát rồi quét lại.")) \
	X("right", N_("Tài khoản này chưa được dùng máy quét. Báo người quản trị (nhóm scanner).")) \
	X("io", N_("Mất liên lạc với máy quét giữa chừng. Kiểm tra dây nối rồi quét tiếp; các trang đã quét vẫn còn.")) \
	X("set", N_("Máy quét không nhận cách quét ghi trong motcua.ini, mục [scan]. Báo người quản trị.")) \
	X("disk", N_("Không ghi được trang quét. Kiểm tra ổ đĩa còn chỗ không."))             \
	X("big", N_("Máy quét gửi trang lớn quá mức đọc được. Báo người quản trị."))          \
	X("crash", N_("Chương trình quét dừng đột ngột; quầy không ảnh hưởng, các trang đã quét vẫn còn. Quét tiếp.")) \
	X("file", N_("Không tách được tệp này thành từng trang: tệp hỏng, có mật khẩu, hoặc không phải PDF, JPEG, PNG, TIFF.")) \
	X("slow", N_("Máy quét không trả lời, đã ngừng chờ. Kiểm tra máy rồi quét tiếp; các trang đã quét vẫn còn."))

/* Fills err with the word's two sentences; a word unknown is "crash". */
bool scan_fail(struct error *, const char *word, const char *cause);

/* How this counter scans: [scan] of motcua.ini. */
struct scan_setup {
	const char *device, *source; /* NULL: what answers                        */
	const char *options;         /* "name=value; name=value" of SANE, or NULL */
	int dpi;                     /* 300                                       */
	bool gray;
	bool words;                  /* words are read from the pages (OCR)       */
};
bool scan_setup_read(const struct config *, struct scan_setup *, struct error *);

struct scan_page {
	const char *file;            /* its name in the folder; lives as long as the call */
	int width, height, dpi;
};

struct scan {
	/* May be read: */
	int pages;                   /* whole ones so far                         */
	int percent;                 /* of the page under way; 0 unknown          */
	bool stopping;
	/* scan.c's own: */
	struct child child;
	char word[8], cause[160];
	int patience_ms;
	void (*page)(struct scan *, const struct scan_page *);
	void (*moved)(struct scan *);
	void (*done)(struct scan *, const struct error *);
	bool running;
};

struct scan_plan {
	const char *program;         /* motcua-scan; with a file motcua-pages     */
	const char *file;            /* NULL: from the scanner; else a name in folder,
	                              * whose pages are taken apart               */
	const char *folder;          /* private; pages are made here              */
	int first;                   /* number of its first page                  */
	const struct scan_setup *setup;
	bool nice;                   /* nobody waits for it                       */
	int patience_ms;             /* without a word from it; 0: 90 s           */
	void (*page)(struct scan *, const struct scan_page *);
	void (*moved)(struct scan *);/* percent changed; may be NULL              */
	/* Once: NULL, or why it ended early; pages told of are good all the same. */
	void (*done)(struct scan *, const struct error *);
};

/* The struct must stay where it is until done; ending the scope kills the helper. */
bool scan_start(struct loop *, struct scope *, struct scan *, const struct scan_plan *,
                struct error *);
/* Asks it to stop; done comes with "stop", after 5 s at most. */
void scan_stop(struct scan *);
