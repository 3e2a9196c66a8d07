/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/component.h — What a procedure asks the citizen to bring
 * (thành phần hồ sơ), and which of it a national database replaces. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "core/base/date.h"
#include "core/dossier/procedure.h"

/*      name         stored as                                    */
#define REQUIREMENTS(X)                                           \
	X(REQUIRED,    "required")         /* always              */ \
	X(IN_CASE,     "required_in_case") /* in its case only    */ \
	X(CONDITIONAL, "conditional")      /* when condition holds */ \
	X(OPTIONAL,    "optional")         /* "nếu có"            */ \
	X(NOTE,        "note")             /* text, not a paper   */

enum requirement {
#define X(name, stored) REQUIREMENT_##name,
	REQUIREMENTS(X)
#undef X
};

/* The portal's heading above it.  Advice and guidance are help, never papers. */
enum section {
	SECTION_NONE,     /* ""                        */
	SECTION_SUBMIT,   /* "nop": to be handed in    */
	SECTION_SHOW,     /* "xuat_trinh": to be shown */
	SECTION_ADVICE,   /* "luu_y"                   */
	SECTION_GUIDANCE, /* "huong_dan"               */
};

/* What the clerk does with the paper. */
/*      name      stored as   the clerk reads   */
#define PAPER_ACTIONS(X)                          \
	X(SUBMIT,   "submit",   N_("nộp"))         \
	X(SHOW,     "show",     N_("xuất trình"))  \
	X(COMPARE,  "compare",  N_("đối chiếu"))   \
	X(LOOKUP,   "lookup",   N_("khai thác CSDL"))

enum paper_action {
#define X(name, stored, label) ACTION_##name,
	PAPER_ACTIONS(X)
#undef X
	PAPER_ACTION_COUNT
};
const char *paper_action_stored(enum paper_action);
const char *paper_action_name(enum paper_action);

/* Columns of components(): the members of the same names. */
struct component {
	int64_t component_id;
	const char *procedure_code;
	int64_t case_id;       /* 0: every case                                  */
	const char *case_name; /* for grouping, "" for every case                */
	int seq;
	const char *name;      /* as published; may pass 4,000 characters        */
	const char *form_number;
	const char *form_file;
	int originals, copies; /* the portal writes 1+1 where it means "either"  */
	enum requirement requirement;
	const char *condition; /* words of "nếu …", "" when none                 */
	enum section section;
	enum channel channel;  /* COUNTER stands for counter and post here; ANY  */
	bool when_represented; /* asked only of a representative                 */
	bool reusable;         /* a database holds it (reusable_basis says which) */
	const char *reusable_basis;
	bool confirmed;        /* by an officer of this unit                     */
	day_t valid_from, valid_to;
};

/* Columns of replacements(): the members of the same names.  Resolution
 * 66.7/2025/NQ-CP names, per procedure, the paper that a database replaces. */
struct replacement {
	const char *procedure_code;
	const char *paper;          /* "Giấy chứng nhận đăng ký doanh nghiệp"     */
	const char *database;       /* "Cơ sở dữ liệu quốc gia về dân cư"         */
	const char *database_key;   /* "dân cư"                                  */
	const char *database_owner;
	const char *basis;          /* "NQ 66.7/2025/NQ-CP, Phụ lục I, số 443"   */
	day_t valid_from, valid_to;
};

/* A paper to tick; false for notes, advice and guidance. */
bool component_is_paper(const struct component *);
/* Whether the row concerns this case, channel, representation and day. */
bool component_applies(const struct component *, int64_t case_id, enum channel,
                       bool represented, day_t);
