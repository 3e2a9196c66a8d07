/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/card.h — The QR of a citizen card, as a scanner delivers it:
 *     số 12|CMND cũ|Họ tên|ddmmyyyy|Nam/Nữ|địa chỉ|ddmmyyyy cấp[|||| …]
 * seven fields since 2021, more (ignored) since 07/2024.  The QR is not signed:
 * reading it fills a form, it verifies nobody.  The text is hostile until read. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "core/base/arena.h"
#include "core/base/date.h"
#include "core/dossier/catalogue.h"
#include "core/dossier/lines.h"
#include "core/dossier/person.h"

/* A serial scanner delivers the bytes; a keyboard scanner types them through
 * whatever input method is on, so that accented text may be changed. */
enum card_source { CARD_SERIAL, CARD_KEYBOARD };

enum card_verdict {
	CARD_ACCEPT, /* every field as printed                               */
	CARD_WARN,   /* filled; a doubtful field is marked or left empty     */
	CARD_ASK,    /* proposed: the clerk confirms the marked fields       */
	CARD_REFUSE, /* not a card, or nothing in it can be used             */
};
enum card_trust {
	CARD_ABSENT,   /* empty on the card, or unreadable and left empty    */
	CARD_PROPOSED, /* to be compared with the card by eye                */
	CARD_DOUBTED,  /* readable, but it contradicts something             */
	CARD_TRUSTED,
};

#define CARD_FIELDS(X) \
	X(NUMBER) X(OLD_NUMBER) X(NAME) X(BIRTH) X(SEX) X(ADDRESS) X(ISSUED)
enum card_field {
#define X(name) CARD_##name,
	CARD_FIELDS(X)
#undef X
	CARD_FIELD_COUNT
};

struct card {
	enum card_verdict verdict;
	char number[13];
	char old_number[13]; /* 9 digits or ""                               */
	const char *name;    /* NFC, as stored on the card; ""               */
	day_t birth;         /* DAY_NONE                                     */
	const char *sex;     /* "nam", "nữ", ""                              */
	const char *address;
	day_t issued;
	enum card_trust trust[CARD_FIELD_COUNT];
	struct lines doubts; /* a sentence for the clerk per problem         */
};

/* Whether a burst of text looks like a card at all (12 digits first), so that a
 * screen can send it here from any field.  Cheap; reads at most n bytes. */
bool card_looks_like(const char *bytes, size_t n);
/* Never fails: the verdict says it.  catalogue (for card codes) may be NULL.
 * Strings belong to the arena. */
void card_read(struct arena *, const char *bytes, size_t n, enum card_source,
               const struct catalogue *, struct card *out);
/* Copies what may be used (trust above ABSENT) into a person; the strings are the
 * card's: it must stay as long as the person. */
void card_person(const struct card *, struct person *);
