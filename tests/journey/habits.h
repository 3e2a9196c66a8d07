/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/journey/habits.h — What a clerk's hand does without thinking. */
#pragma once
#include "tests/journey/home.h"

#define WORDS(...) ((const char *const[]){ __VA_ARGS__ __VA_OPT__(,) NULL })

/* Practice cards of nobody (core/data/practice/cards.txt), as the chip's QR has them. */
#define DUONG_NUMBER "089199990001"
#define DUONG_NAME   "Nguyễn Thị Thuỳ Dương"
#define DUONG_CARD \
	DUONG_NUMBER "||" DUONG_NAME "|05031999|Nữ|Ấp Tà Lọt, An Hảo, Tịnh Biên, An Giang|12082021"
#define BE_NUMBER "089090990002"
#define BE_NAME   "Trần Văn Bé"
/* The same name in pieces (NFD), as some phones give it. */
#define BE_CARD \
	BE_NUMBER "||Tra\u0302\u0300n Va\u0306n Be\u0301|15061990|Nam|Ấp Vồ Đầu, Núi Cấm, An Giang|01072022"
#define KIM_CARD "089199990003||Neáng Kim Sa Rây|02091999|Nữ|Ấp Sơn Hoà, Núi Cấm, An Giang|03032023"

/* From the log-in screen, whether or not the database is up already, to the day. */
void enter(struct person *, const char *login);
/* F2 to an empty form; then the card as a scanner with a prefix types it. */
void begin_with_card(struct person *, const char *card);
/* The procedure by its short code, its first paper, its fee: all that F9 wants. */
void fill_in(struct person *);
/* F9, compared with the card, to the screen that shows the code, which goes into code. */
void take_in(struct person *, char code[40]);
/* F9 again until the dossier is there. */
void read_code(struct person *, char code[40]);
/* One row of the screen shows both, now. */
bool row_holds(struct person *, const char *one, const char *other);
/* Waits until one row of the screen shows both. */
void row_shows_(struct person *, const char *one, const char *other, const char *file, int line);
#define row_shows(person, one, other) row_shows_(person, one, other, __FILE__, __LINE__)
/* From the day to the log-in screen, and out: terminal given back, exit status 0. */
void go_home(struct person *);
