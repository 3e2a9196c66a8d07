/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/told.h — The lines that motcua-scan and motcua-pages say, pure.  Helpers open
 * what is foreign and may have been turned against us: a line is taken whole or not at
 * all, and no name in it leaves the spool. */
#pragma once
#include <stdbool.h>
#include "core/scan/page.h"

enum { TOLD_NAME = 24 };

enum told_kind {
	TOLD_NOTHING, /* none of these                       */
	TOLD_AT,      /* at PAGE PERCENT                     */
	TOLD_PAGE,    /* page PAGE FILE WIDTH HEIGHT DPI     */
	TOLD_END,     /* end WORD<TAB>cause                  */
	TOLD_FACTS,   /* page NAME WIDTH HEIGHT DPI TURNED SKEW DOUBTS MARK */
	TOLD_BAD,     /* bad NAME WORD                       */
};
struct told {
	enum told_kind kind;
	int page, percent;
	char file[TOLD_NAME];      /* a plain name in the spool            */
	struct page_facts facts;   /* of TOLD_PAGE its size alone          */
	char word[8], cause[160];  /* of TOLD_END; one line                */
};

/* Of motcua-scan, and of motcua-pages taking a file apart. */
enum told_kind told_scan(const char *line, struct told *);
/* Of motcua-pages at work on pages; facts.mark is "" for "-". */
enum told_kind told_pages(const char *line, struct told *);
