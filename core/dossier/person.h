/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/person.h — Who asks, and who stands at the desk: owner (chủ hồ
 * sơ) and submitter (người nộp) are two persons everywhere.  Checks warn and
 * never block: registers hold corrections that no rule foresees. */
#pragma once
#include <stdbool.h>
#include "core/base/arena.h"
#include "core/base/date.h"
#include "core/dossier/catalogue.h"
#include "core/dossier/lines.h"

enum person_kind { PERSON_CITIZEN, PERSON_ORGANISATION }; /* "person", "organisation" */

/*      name      stored as    the clerk reads        */
#define ID_KINDS(X)                                     \
	X(CCCD,     "cccd",     N_("Căn cước"))          \
	X(CMND,     "cmnd",     N_("CMND (cũ)"))         \
	X(PASSPORT, "passport", N_("Hộ chiếu"))          \
	X(TAX,      "tax",      N_("Mã số doanh nghiệp, mã số thuế")) \
	X(OTHER,    "other",    N_("Giấy tờ khác"))

enum id_kind {
#define X(name, stored, label) ID_##name,
	ID_KINDS(X)
#undef X
	ID_KIND_COUNT
};
const char *id_kind_stored(enum id_kind);
const char *id_kind_name(enum id_kind);
const char *person_kind_stored(enum person_kind);

/* Plain values; strings borrowed from whoever filled it, "" when unknown. */
struct person {
	enum person_kind kind;
	const char *name;
	enum id_kind id_kind;
	const char *id_number;
	day_t birth;            /* DAY_NONE unknown                        */
	const char *sex;        /* "nam", "nữ", ""                         */
	const char *phone, *email, *address;
	const char *commune;    /* code of 5 digits, ""                    */
	const char *province;   /* code of 2 digits, ""                    */
	const char *representative; /* of an organisation                  */
};

/* { 0 } with empty strings and no birth date. */
struct person person_new(enum person_kind);

/* Adds a sentence per doubt; returns how many.  catalogue may be NULL: then the
 * first three digits are not looked up.  Nothing typed is no doubt. */
size_t person_doubts(const struct person *, const struct catalogue *, struct arena *,
                     struct lines *out);

/* 12 digits: prefix in the list of card codes (100 and above: abroad or
 * unlisted, a doubt), century-and-sex digit and year against birth and sex. */
size_t citizen_number_doubts(const char *number, day_t birth, const char *sex,
                             const struct catalogue *, struct arena *, struct lines *out);
/* What the number itself says: year of birth and sex; false when not 12 digits. */
bool citizen_number_says(const char *number, int *year, const char **sex);
/* 10 digits (company, tax) with its check digit, or 13 (10 + branch of 3, dash
 * optional), or the 12 digits of a household business's owner. */
size_t organisation_number_doubts(const char *number, struct arena *, struct lines *out);
/* Mobile (10 digits from 03 05 07 08 09), land line (11 from 02), hot line (1800,
 * 1900); +84 accepted, blanks, dots and dashes ignored. */
size_t phone_doubts(const char *phone, struct arena *, struct lines *out);
size_t email_doubts(const char *email, struct arena *, struct lines *out);
