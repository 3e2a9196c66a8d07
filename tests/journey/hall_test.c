/* SPDX-License-Identifier: Apache-2.0
 *
 * Five counters, a kiosk, the supervisor's board and the wall on one database, all
 * busy at once: no number and no code is given twice, and what one commits the
 * others show soon.  From the commit (its NOTIFY) to the screen is printed; the
 * limit here leaves room for a busy machine, tests/bench holds it to the second. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/check.h"
#include "tests/journey/habits.h"
#include "tests/support/ear.h"

enum { COUNTERS = 5, ROUNDS = 3, LIMIT_MS = 3000 };


static const char *const logins[COUNTERS] = { "man", "khoa", "sen", "son", "mai" };
static const char setup[] =
	"SELECT desk.clerk_add(l, n, 'Chuyên viên', '30538', false, 'motcua-tap-duyet')"
	" FROM (VALUES ('sen', 'Thạch Thị Sen'), ('son', 'Chau Sơn'), ('mai', 'Lý Thị Mai')) v(l, n);"
	"INSERT INTO motcua.counter (unit_id, code, name, room)"
	" SELECT c.unit_id, 'Q5', 'Quầy 5', c.room FROM motcua.counter c JOIN motcua.unit u USING (unit_id)"
	" WHERE c.code = 'Q1' AND u.code = '30538'";
static const char plan[] =
	"{ \"unit\": \"30538\", \"settings\": { \"policy\": \"strict\" }, \"groups\": [],"
	" \"series\": [{ \"series\": \"A\", \"name\": \"Hộ tịch\", \"fields\": [\"Hộ tịch\"] }],"
	" \"counters\": [{ \"code\": \"Q1\", \"series\": [\"A\"] }, { \"code\": \"Q2\", \"series\": [\"A\"] },"
	" { \"code\": \"Q3\", \"series\": [\"A\"] }, { \"code\": \"Q4\", \"series\": [\"A\"] },"
	" { \"code\": \"Q5\", \"series\": [\"A\"] }] }";

static struct home home;
static struct person desks[COUNTERS], machine, board, wall;
static char codes[COUNTERS][40];
static int given; /* numbers taken so far */
static int accepted;

static struct ear ear;

/* ---- when a screen first shows something ---- */

struct sight {
	struct person *who;
	char one[60], other[40]; /* both in one row */
	int number;              /* the ticket it is about, 0: the last commit of this kind */
	int64_t seen;
};

static struct sights {
	const char *where;
	struct sight of[8];
	int count, worst, sum, seen;
} on_wall = { .where = "wall" }, on_board = { .where = "board" }, on_machine = { .where = "kiosk" }, on_desks = { .where = "counters" };

static struct sights *const all[] = { &on_wall, &on_board, &on_machine, &on_desks };

static void look_for(struct sights *s, struct person *who, int number, const char *one, const char *other)
{
	struct sight *sight = &s->of[s->count++];
	assert_in_range(s->count, 1, COUNT(s->of));
	*sight = (struct sight){ .who = who, .number = number };
	snprintf(sight->one, sizeof sight->one, "%s", one);
	snprintf(sight->other, sizeof sight->other, "%s", other);
}

static bool all_seen(void *nothing)
{
	bool every = true;
	(void)nothing;
	for (size_t i = 0; i < COUNT(all); i++) {
		for (struct sight *s = all[i]->of; s < all[i]->of + all[i]->count; s++) {
			if (!s->seen && row_holds(s->who, s->one, s->other))
				s->seen = home.loop.clock();
			every &= s->seen != 0;
		}
	}
	return every;
}

static int64_t ticket_of(int number)
{
	char sql[120];
	snprintf(sql, sizeof sql, "SELECT ticket_id FROM motcua.ticket WHERE series = 'A' AND number = %d", number);
	return atoll(home_ask(sql));
}

struct news {
	const char *kind;
	int64_t id, since;
};

static bool was_heard(void *data)
{
	const struct news *news = data;
	return ear_heard(&ear, news->kind, news->id, news->since) != 0;
}

/* Waits for all that is looked for; what a commit took to each screen goes into its figures. */
static void see_all(const char *kind, int64_t since)
{
	if (!person_until(&board, all_seen, NULL, 2 * PATIENCE_MS))
		for (size_t i = 0; i < COUNT(all); i++)
			for (struct sight *s = all[i]->of; s < all[i]->of + all[i]->count; s++)
				if (!s->seen)
					fail_msg("%s never showed “%s” “%s”:\n%s", all[i]->where, s->one, s->other, person_screen(s->who));
	struct news news = { kind, 0, since };
	for (size_t i = 0; i < COUNT(all); i++) {
		struct sights *where = all[i];
		for (struct sight *s = where->of; s < where->of + where->count; s++) {
			news.id = s->number ? ticket_of(s->number) : 0;
			assert_true(person_until(&board, was_heard, &news, PATIENCE_MS)); /* a screen may be quicker than our ear */
			int64_t at = ear_heard(&ear, kind, news.id, since);
			int ms = s->seen > at ? (int)(s->seen - at) : 0;
			if (ms > LIMIT_MS)
				fail_msg("%s showed “%s” %d ms after its commit", where->where, s->one, ms);
			where->worst = ms > where->worst ? ms : where->worst;
			where->sum += ms;
			where->seen++;
		}
		where->count = 0;
	}
}

static void text_of(char out[16], int number)
{
	snprintf(out, 16, "A%03d", number);
}

/* ---- the day ---- */

static void signs_in(struct person *p, const char *login)
{
	person_waits(p, "ĐĂNG NHẬP");
	person_type(p, login);
	person_type(p, TAB "motcua-tap-duyet" ENTER);
}

static void the_hall_opens(void)
{
	char counter[8];
	struct bytes said = { 0 };
	assert_int_equal(home_run(&home, NULL, WORDS("setup")), 0);
	assert_null(strstr(home_ask(setup), "ERROR"));
	home_write(&home, "queue.json", plan);
	if (home_run(&home, &said, WORDS("--user", "hue", "queue", home_path("queue.json"))) != 0)
		fail_msg("%s", bytes_string(&said));
	bytes_free(&said);
	for (int i = 0; i < COUNTERS; i++) {
		snprintf(counter, sizeof counter, "Q%d", i + 1);
		home_sit(&home, &desks[i], WORDS("--counter", counter));
	}
	home_sit(&home, &board, WORDS("board"));
	home_sit(&home, &wall, WORDS("display"));
	home_sit(&home, &machine, WORDS("kiosk"));
	for (int i = 0; i < COUNTERS; i++)
		signs_in(&desks[i], logins[i]);
	for (int i = 0; i < COUNTERS; i++)
		person_waits(&desks[i], "Chào "); /* what stands above it differs: the new ones have no rights over there yet */
	signs_in(&board, "hue");
	person_waits(&board, "BẢNG ĐIỀU HÀNH");
	person_type(&board, K_F(4) K_F(4));
	person_waits(&board, "[Quầy]");
	person_waits(&wall, "Đang chờ   A 0");
	person_waits(&machine, "1   Hộ tịch");
	char server[200], channel[40];
	snprintf(server, sizeof server, "host=%s port=5432 user=motcua_admin dbname=motcua", home_path("run"));
	snprintf(channel, sizeof channel, "motcua_unit_%s", home_ask("SELECT unit_id FROM motcua.unit WHERE code = '30538'"));
	ear_open(&ear, &home.loop, server, channel);
}

/* Numbers for everybody; who waits is the same on every screen. */
static void citizens_take_numbers(bool at_the_queue)
{
	char waiting[24];
	for (int i = 0; i < COUNTERS; i++) {
		int64_t since = home.loop.clock();
		given++;
		snprintf(waiting, sizeof waiting, "Đang chờ   A %d", i + 1);
		look_for(&on_wall, &wall, 0, waiting, "");
		snprintf(waiting, sizeof waiting, "  A %d (", i + 1);
		for (int d = 0; at_the_queue && d < COUNTERS; d++)
			look_for(&on_desks, &desks[d], 0, "Đang chờ", waiting);
		look_for(&on_machine, &machine, 0, "Số của ông/bà:", ""); /* it goes away by itself */
		person_type(&machine, "1");
		see_all("queue", since);
		person_type(&machine, " ");
		person_waits(&machine, "1   Hộ tịch");
	}
}

/* All press the key in the same moment; each gets a number of its own. */
static void all_call(void)
{
	char number[16], row[40];
	bool called[COUNTERS] = { 0 };
	int64_t since = home.loop.clock();
	for (int i = 0; i < COUNTERS; i++) {
		text_of(number, given - i);
		look_for(&on_wall, &wall, given - i, number, "→ Quầy");
		snprintf(row, sizeof row, "đang gọi số %s,", number);
		look_for(&on_board, &board, given - i, "Quầy", row);
	}
	look_for(&on_machine, &machine, 0, "đang chờ 0", "");
	for (int i = 0; i < COUNTERS; i++)
		person_type(&desks[i], K_F(5));
	see_all("queue", since);
	for (int i = 0; i < COUNTERS; i++) {
		person_waits(&desks[i], "Đã gọi số A");
		int n = atoi(person_reads(&desks[i], "Đã gọi số A") + strlen("Đã gọi số A")) - (given - COUNTERS + 1);
		assert_in_range(n, 0, COUNTERS - 1);
		assert_false(called[n]);
		called[n] = true;
		text_of(number, given - COUNTERS + 1 + n);
		snprintf(row, sizeof row, "→ Quầy %d", i + 1);
		row_shows(&wall, number, row);
		snprintf(row, sizeof row, "Quầy %d ", i + 1);
		row_shows(&board, row, number);
	}
}

/* Whoever came had a question only. */
static void all_are_done(void)
{
	for (int i = 0; i < COUNTERS; i++)
		person_type(&desks[i], K_F(9));
	for (int i = 0; i < COUNTERS; i++)
		person_waits(&desks[i], "Đã xong.");
}

/* The ticket opens the form; five are accepted at the same moment. */
static void all_receive(void)
{
	char card[300];
	for (int i = 0; i < COUNTERS; i++) {
		int citizen = 1000 + accepted + i;
		person_type(&desks[i], ENTER);
		person_waits(&desks[i], "TIẾP NHẬN HỒ SƠ");
		snprintf(card, sizeof card, "~~08919999%d||" DUONG_NAME "|05031999|Nữ|Ấp Tà Lọt, An Hảo, Tịnh Biên, An Giang|12082021" ENTER, citizen);
		person_type(&desks[i], card);
		person_waits(&desks[i], "[thẻ đã quét]");
		fill_in(&desks[i]);
	}
	for (int i = 0; i < COUNTERS; i++)
		person_type(&desks[i], K_F(9));
	for (int i = 0; i < COUNTERS; i++)
		person_waits(&desks[i], "Đã đối chiếu với thẻ chưa?");
	int64_t since = home.loop.clock();
	char today[80];
	accepted += COUNTERS;
	snprintf(today, sizeof today, "Tiếp nhận hôm nay%19d ", accepted);
	look_for(&on_board, &board, 0, today, "");
	for (int i = 0; i < COUNTERS; i++)
		person_type(&desks[i], "c");
	see_all("dossier", since);
	for (int i = 0; i < COUNTERS; i++) {
		read_code(&desks[i], codes[i]);
		for (int k = 0; k < i; k++)
			assert_string_not_equal(codes[i], codes[k]);
	}
}

/* All that was counted is so many, and no two the same. */
static void are_all_different(const char *sql, int count)
{
	char want[60];
	snprintf(want, sizeof want, "%d %d", count, count);
	assert_string_equal(home_ask(sql), want);
}

static void nothing_was_given_twice(void)
{
	are_all_different("SELECT count(*) || ' ' || count(DISTINCT number) FROM motcua.ticket", given);
	are_all_different("SELECT max(number) || ' ' || count(*) FROM motcua.ticket", given); /* and none is missing */
	are_all_different("SELECT count(*) || ' ' || count(DISTINCT ticket_id) FROM motcua.ticket_event WHERE act = 'call'", given);
	are_all_different("SELECT count(DISTINCT ticket_id) || ' ' || count(DISTINCT code)"
		" FROM motcua.ticket_dossier JOIN motcua.dossier USING (unit_id, dossier_id)", accepted);
	/* The hall shows numbers and counters, nobody's name, code or ID. */
	for (int i = 0; i < 2; i++) {
		struct person *public = i ? &machine : &wall;
		assert_null(memmem(public->raw.data, public->raw.size, "Dương", strlen("Dương")));
		assert_null(memmem(public->raw.data, public->raw.size, "H01.999", strlen("H01.999")));
		assert_null(memmem(public->raw.data, public->raw.size, "0891999", strlen("0891999")));
	}
}

/* Resident KiB of each program; a counter's is the largest of the five. */
static void tell_memory(const char *when)
{
	struct person *const public[] = { &board, &machine, &wall };
	static const char *const names[] = { "board", "kiosk", "wall" };
	long most = 0;
	for (int i = 0; i < COUNTERS; i++) {
		long kib = atol(shell("sed -n 's/^VmRSS:[^0-9]*//p' /proc/%d/status", (int)desks[i].pid));
		most = kib > most ? kib : most;
	}
	printf("memory: %s counters %ld KiB\n", when, most);
	for (size_t i = 0; i < COUNT(public); i++)
		printf("memory: %s %s %ld KiB\n", when, names[i], atol(shell("sed -n 's/^VmRSS:[^0-9]*//p' /proc/%d/status", (int)public[i]->pid)));
}

static void a_day_in_the_hall(void **state)
{
	(void)state;
	const char *wanted = getenv("HALL_ROUNDS"); /* a whole day, when it is measured */
	int rounds = wanted ? atoi(wanted) : ROUNDS;
	the_hall_opens();
	tell_memory("morning");
	for (int round = 0; round < rounds; round++) {
		ear_forget(&ear);
		citizens_take_numbers(round % ROUNDS == ROUNDS - 1);
		all_call();
		if (round % ROUNDS == 0)
			all_receive();
		else
			all_are_done();
	}
	nothing_was_given_twice();
	tell_memory("evening");
	for (size_t i = 0; i < COUNT(all); i++)
		printf("hall: %s mean %d worst %d ms, %d sights\n", all[i]->where, all[i]->sum / (all[i]->seen ? all[i]->seen : 1),
		       all[i]->worst, all[i]->seen);
}

static int open_home(void **state)
{
	(void)state;
	home_make(&home, 0, 0);
	return 0;
}

static int close_home(void **state)
{
	(void)state;
	for (int i = 0; i < COUNTERS; i++)
		person_free(&desks[i]);
	person_free(&machine);
	person_free(&board);
	person_free(&wall);
	ear_close(&ear);
	home_end(&home);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(a_day_in_the_hall) };
	return cmocka_run_group_tests(tests, open_home, close_home);
}
