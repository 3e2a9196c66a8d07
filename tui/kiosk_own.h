/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/kiosk_own.h — Between the kiosk's files only. */
#pragma once
#include "core/store/hall.h"
#include "core/store/seal.h"
#include "printers/job.h"
#include "tui/kiosk.h"
#include "tui/kiosk_keep.h"

enum { KIOSK_SERIES = 26, KIOSK_GROUPS = 12, KIOSK_OPTIONS = 9, KIOSK_JOBS = 6, CODE_DIGITS = 6 };

/* What the choices are, also after a start without a server. */
struct kiosk_known {
	struct known_series {
		char series[2], name[160], counters[100];
		bool quick;
		int waiting, open;
	} series[KIOSK_SERIES];
	struct known_group {
		char code[21], name[160];
	} groups[KIOSK_GROUPS];
	int series_count, group_count;
	char unit_name[120], organisation[200], office[200];
	bool practice;
};
/* From and to a file of this machine; a damaged one is no harm: nothing is known. */
void kiosk_known_read(struct kiosk_known *, const char *path);
/* The same from its text, which is cut up (NULL: there is none), and the text. */
void kiosk_known_parse(struct kiosk_known *, char *text);
void kiosk_known_text(const struct kiosk_known *, struct bytes *);
bool kiosk_known_save(const struct kiosk_known *, const char *path, struct error *);
void kiosk_known_facts(struct kiosk_known *, const struct hall_facts *);
void kiosk_known_choices(struct kiosk_known *, const struct hall_choice *, int count);
void kiosk_known_groups(struct kiosk_known *, const struct hall_group *, int count);

/* What the citizen is asked now. */
enum kiosk_step {
	STEP_CHOOSE,  /* what for                       */
	STEP_GROUP,   /* does a priority group apply    */
	STEP_BOOKING, /* the code of a booked number    */
	STEP_TAKING,  /* the server is asked            */
	STEP_DONE,    /* the number                     */
	STEP_SORRY,   /* a sentence                     */
	STEP_LEAVE,   /* the machine's password, to end it */
};
struct kiosk_option {
	char key;     /* '1' …  */
	int choice;   /* index of a series or group, or CHOICE_* */
	const char *label;
	char note[140];
};
enum { CHOICE_BOOKING = -1, CHOICE_BACK = -2, CHOICE_MORE = -3, CHOICE_NONE = -4 };

struct kiosk_ticket {
	char number[12], name[160], priority[160], counters[100];
	int before;        /* -1: not known (given out alone) */
	moment_t at, slot;
	bool again;
};
struct kiosk;
struct kiosk_print {
	struct kiosk *kiosk;
	struct print_job job;
	bool used, over;
};

struct kiosk {
	struct screen *screen;
	struct hall *hall;
	struct kiosk_known known;
	struct kiosk_keep keep;
	const char *known_path;
	const struct printer *printer;
	struct draw draw;
	struct kiosk_print prints[KIOSK_JOBS];
	int printing;              /* of them, the ticket shown; -1: none */
	enum kiosk_step step;
	int page;                  /* of the series                       */
	int series;                /* chosen                              */
	char group[21];
	char person[13];           /* of a card that was read; "" none: wiped after use */
	char code[CODE_DIGITS + 1];
	char booked_code[CODE_DIGITS + 1], booked_request[37]; /* an unheard answer is asked for again */
	char request[37];
	char typed[120];           /* the password, to leave */
	uint8_t password[SEAL_HASH_SIZE];
	struct kiosk_ticket ticket;
	char sorry[320];
	bool up;
	char trouble[320];         /* why the machine may not work at all; "" */
	struct hall_ask take, read_series, read_groups, reserve, reconcile, provide;
	struct arena take_memory, series_memory, groups_memory, reserve_memory, provide_memory;
	bool reading, again, reserving;
	int sending;               /* given numbers under way */
	/* For the time alone (kiosk_alone.c). */
	uint8_t key[SEAL_HASH_SIZE]; /* by which a person is known again; the server's of key_day */
	day_t key_day, key_for;    /* DAY_NONE: a key of our own; the day it was asked for */
	day_t ahead_day;           /* blocks of the days after this one are here    */
	int64_t booked_at;         /* ms: when the codes were read; 0: not yet      */
	bool providing;
	struct timer idle, soon, minute;
};

/* What may be pressed now; returns how many. */
int kiosk_options(const struct kiosk *, struct kiosk_option out[KIOSK_OPTIONS]);
/* The option at a cell of the screen; -1. */
int kiosk_option_at(const struct kiosk *, int row, int col);
void kiosk_draw(const struct screen *, struct canvas *);
/* To a step, with the patience it has. */
void kiosk_go(struct kiosk *, enum kiosk_step);
/* Asks the server, or gives a number of the block. */
void kiosk_take(struct kiosk *);
/* A number without the server: of a block, for a code that is known, or the one this person has already. */
void kiosk_give_alone(struct kiosk *);
/* The ticket is known: shown and printed. */
void kiosk_hand_over(struct kiosk *);
void kiosk_say_sorry(struct kiosk *, const char *sentence);
/* Fetches what the time alone needs: the day's key, booked codes, blocks of the days ahead. */
void kiosk_provide(struct kiosk *);
/* "{A,B}" of the series known. */
void kiosk_series_list(const struct kiosk *, char out[3 * KIOSK_SERIES + 4]);
/* Line up, day changed: numbers home, blocks here, choices as they are now. */
void kiosk_catch_up(struct kiosk *);
void kiosk_read(struct kiosk *);
/* The ticket shown, on paper. */
void kiosk_print_ticket(struct kiosk *);
void kiosk_print_clear(struct kiosk *);
