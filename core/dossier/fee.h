/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/fee.h — What the citizen pays.  Communal fees are set by the
 * provincial council, so that a published figure, "Không" included, is worth
 * nothing until an officer has confirmed it.  Zero is an amount; unknown is not. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/arena.h"
#include "core/base/date.h"
#include "core/base/error.h"
#include "core/dossier/procedure.h"

#define FEE_UNKNOWN ((int64_t)-1) /* NULL in the database */
#define FEE_MOST ((int64_t)1000000000000) /* a larger figure is a typing slip */
#define FEE_QUANTITY_MOST 100000

/* Columns of fees(): the members of the same names. */
struct fee {
	int64_t fee_id;
	const char *procedure_code;
	int64_t case_id;      /* 0: every case                                 */
	enum channel channel; /* CHANNEL_ANY: every channel                    */
	int seq;
	const char *name;     /* "Lệ phí", "Phí thẩm định"                     */
	int64_t amount;       /* đồng for one unit; 0 free; FEE_UNKNOWN        */
	const char *per;      /* "bản", "trang", "trường hợp"; "" the dossier  */
	bool set_locally;     /* by HĐND tỉnh                                  */
	bool confirmed;       /* by an officer of this unit, with basis        */
	const char *basis;
	const char *published;/* the portal's words, as advice                 */
	day_t valid_from, valid_to;
};

enum fee_state {
	FEE_OWED,        /* confirmed, more than 0                            */
	FEE_FREE,        /* confirmed 0                                       */
	FEE_EXEMPT,      /* confirmed, waived for a reason                    */
	FEE_UNCONFIRMED, /* a figure stands there, nobody answers for it      */
	FEE_MISSING,     /* no figure at all                                  */
};

/*      name        stored as       the clerk reads                                   */
#define FEE_EXEMPTIONS(X)                                                              \
	X(NONE,       "",             N_("Không miễn"))                                \
	X(MERIT,      "nguoi_co_cong",N_("Người có công với cách mạng"))               \
	X(POOR,       "ho_ngheo",     N_("Người thuộc hộ nghèo"))                      \
	X(DISABLED,   "khuyet_tat",   N_("Người khuyết tật"))                          \
	X(IN_TIME,    "dung_han",     N_("Đăng ký khai sinh, khai tử đúng hạn"))       \
	X(DOMESTIC,   "trong_nuoc",   N_("Giám hộ, kết hôn của công dân cư trú ở trong nước")) \
	X(ONLINE,     "truc_tuyen",   N_("Nộp trực tuyến, theo nghị quyết của HĐND tỉnh")) \
	X(OTHER,      "khac",         N_("Căn cứ khác (ghi rõ)"))

enum fee_exemption {
#define X(name, stored, label) FEE_EXEMPT_##name,
	FEE_EXEMPTIONS(X)
#undef X
	FEE_EXEMPTION_COUNT
};
const char *fee_exemption_stored(enum fee_exemption);
const char *fee_exemption_name(enum fee_exemption);

/* One line of this dossier's money. */
struct fee_line {
	const struct fee *fee;     /* NULL: typed by hand                         */
	const char *name;
	int64_t amount;            /* đồng for one; FEE_UNKNOWN                   */
	int quantity;              /* 1 … FEE_QUANTITY_MOST                       */
	bool confirmed;
	const char *basis;
	enum fee_exemption exemption;
	const char *exempt_reason; /* words, required for OTHER                   */
};
struct fee_list {
	struct fee_line *items;
	size_t count;
};
struct fee_total {
	int64_t amount;  /* what is known and owed                                */
	bool complete;   /* false: some line is unconfirmed or missing            */
	size_t open;     /* how many such lines                                   */
};

/* The lines of a procedure's fees in force on a day for a case and channel: of
 * rows with the same name the most specific.  None published: one line
 * "Phí, lệ phí" of state FEE_MISSING, so that silence never means "free". */
struct fee_list fee_list_new(struct arena *, const struct procedure *, int64_t case_id,
                             enum channel, day_t);
enum fee_state fee_state(const struct fee_line *);
/* What the line costs now: 0 when free or exempt; FEE_UNKNOWN until confirmed. */
int64_t fee_owed(const struct fee_line *);
struct fee_total fee_total(const struct fee_list *);
/* How many bản, trang …: FAULT_INPUT outside 1 … FEE_QUANTITY_MOST. */
bool fee_count(struct fee_line *, int quantity, struct error *);
/* "8.000 đ", "Không", "Miễn: Người khuyết tật", "HĐND tỉnh quy định — chưa xác nhận", "chưa rõ". */
const char *fee_text(struct arena *, const struct fee_line *);
/* The officer's figure: amount ≥ 0 with a basis.  FAULT_INPUT otherwise. */
bool fee_confirm(struct fee_line *, int64_t amount, const char *basis, struct error *);
/* Waives a line; OTHER needs words. */
bool fee_exempt(struct fee_line *, enum fee_exemption, const char *reason, struct error *);
/* "8.000", "8000", "8.000 đ", "0", "Không" (0), "miễn phí" (0) → đồng; "" and
 * "HĐND tỉnh quy định" → FEE_UNKNOWN; anything else fails. */
bool fee_read(const char *text, int64_t *amount, struct error *);
/* 1234000 → "Một triệu hai trăm ba mươi tư nghìn đồng", for receipts. */
const char *fee_words(struct arena *, int64_t amount);
