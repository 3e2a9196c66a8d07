/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/propose.h — What the words of a scanned paper may tell for the form: proposals,
 * each with what stands before it on the paper, never data.  Pure, no clock. */
#pragma once
#include <stdbool.h>
#include "core/base/arena.h"
#include "core/dossier/catalogue.h"
#include "core/scan/said.h"

/*      kind          what the clerk reads  */
#define PROPOSALS(X)                         \
	X(NAME,         N_("Họ tên"))         \
	X(NUMBER,       N_("Số thẻ"))         \
	X(BIRTH,        N_("Sinh ngày"))      \
	X(SEX,          N_("Giới"))           \
	X(PHONE,        N_("Điện thoại"))     \
	X(ADDRESS,      N_("Địa chỉ"))        \
	X(TITLE,        N_("Tên giấy tờ"))    \
	X(PAPER_NUMBER, N_("Số giấy tờ"))     \
	X(DATED,        N_("Ngày lập"))

enum proposal_kind {
#define X(kind, label) PROPOSE_##kind,
	PROPOSALS(X)
#undef X
	PROPOSAL_KINDS
};
const char *proposal_name(enum proposal_kind);

struct proposal {
	enum proposal_kind kind;
	const char *text;   /* as its field takes it: a day dd/mm/yyyy, sex "nam" or "nữ"  */
	const char *beside; /* the paper's own words before it; "" where there were none   */
	int page;           /* from 1 */
	bool doubted;       /* a letter was taken for a digit, or the number fits no rule  */
};

enum { PROPOSALS_OF_KIND = 8 };
struct proposals {
	struct proposal *items; /* in the order of the papers; nothing twice */
	size_t count, room;
};

/* Adds what a page tells.  Strings belong to the arena; catalogue (for the numbers'
 * first digits) may be NULL. */
void propose(struct arena *, const struct said *, int page, const struct catalogue *,
             struct proposals *);
