/* SPDX-License-Identifier: Apache-2.0
 *
 * The display in the hall, and what no screen there may ever show. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/world/hall.h"
#include "tui/desk.h"
#include "tui/figure.h"

/* ---- display ---- */

static int blocks_on_glass(struct world *w)
{
	int blocks = 0;
	for (int row = 0; row < w->rows; row++)
		for (const char *at = glass_row(w->glass, row); (at = strstr(at, "█")); at += 3)
			blocks++;
	return blocks;
}

/* How many cells a text's figures fill. */
static int blocks_of(struct world *w, const char *text, int scale)
{
	struct canvas canvas = surface_begin(w->desk->surface, &w->desk->theme);
	canvas_fill(&canvas, 0, 0, canvas.rows, canvas.cols, ROLE_TEXT);
	figure_draw(&canvas, 0, 0, scale, ROLE_TEXT, text);
	surface_end(w->desk->surface);
	w->desk->dirty = false; /* nothing is drawn over it meanwhile */
	glass_paint(w->glass);
	int blocks = blocks_on_glass(w);
	surface_touch(w->desk->surface);
	desk_dirty(w->desk);
	return blocks;
}

static void the_display_at(int rows, int cols, int scale)
{
	struct world *w = world_open(NULL, NULL, rows, cols);
	PGconn *machine = hall_line(w, PRACTICE_KIOSK), *man = clerk_at(w, "man", "Q1");
	bool wide = cols >= 180;
	int expected = blocks_of(w, "A001", scale) + blocks_of(w, "1", scale) + (wide ? blocks_of(w, "A001", 1) + blocks_of(w, "1", 1) : 0);
	begin_display(w, "");
	world_wait(w, "Chưa gọi số nào hôm nay.");
	hall_ask(machine, TAKE("A", "gia"));
	world_wait(w, "A 1");
	hall_ask(man, CALL);
	if (!wide)
		world_wait(w, "A001    → Quầy 1");
	world_wait(w, "→ Quầy");
	world_wait(w, "A 0");
	world_pane(w, "display");
	assert_int_equal(blocks_on_glass(w), expected);
	/* Called again: said so. */
	world_do(w, "UPDATE motcua.queue_setting SET recall_seconds = 0");
	hall_ask(man, "SELECT desk.queue_act((SELECT ticket_id FROM desk.queue_mine(1)), 'recall', '')");
	if (!wide)
		world_wait(w, "gọi lần 2");
	/* Honest when the line is lost, and true again after it. */
	PQfinish(man);
	PQfinish(machine);
	world_do(w, "CHECKPOINT"); /* tests' servers do not wait for the disk */
	world_server_dies(w);
	world_wait(w, "! Mất kết nối từ 09:4");
	assert_int_equal(blocks_on_glass(w), expected);
	world_server_back(w);
	world_wait_gone(w, "Mất kết nối");
	man = clerk_at(w, "man", "Q1");
	hall_ask(man, SERVE);
	machine = hall_line(w, PRACTICE_KIOSK);
	hall_ask(machine, TAKE("A", ""));
	hall_ask(man, CALL);
	if (!wide)
		world_wait(w, "A002    → Quầy 1");
	world_wait_for(w, "2", "SELECT count(*) FROM motcua.ticket_event WHERE act = 'call'");
	PQfinish(man);
	PQfinish(machine);
	world_close(w);
}

void the_display_fills_every_screen(void **state)
{
	(void)state;
	the_display_at(24, 80, 1);
	the_display_at(43, 132, 2);
	the_display_at(60, 200, 2);
}

/* A new call is heard: the administrator's player runs once a call. */
void a_new_call_is_heard(void **state)
{
	struct world *w = *state;
	char command[260], heard[120];
	PGconn *machine = hall_line(w, PRACTICE_KIOSK), *man = clerk_at(w, "man", "Q1");
	hall_ask(machine, TAKE("A", ""));
	hall_ask(machine, TAKE("A", ""));
	hall_ask(man, CALL);
	hall_ask(man, SERVE);
	world_do(w, "SET session_replication_role = replica; UPDATE motcua.ticket_event SET at = at - interval '1 minute'; RESET session_replication_role");
	snprintf(heard, sizeof heard, "%s/heard", w->home);
	snprintf(command, sizeof command, "echo x >> %s", heard);
	begin_display(w, command);
	world_wait(w, "A001    → Quầy 1"); /* old: silent */
	hall_ask(man, CALL);
	world_wait(w, "A002    → Quầy 1");
	world_pass(w, 1000);
	snprintf(command, sizeof command, "test $(cat %s | wc -l) = 1", heard);
	int64_t end = monotonic_ms() + 20000;
	while (system(command) != 0 && monotonic_ms() < end)
		world_pass(w, 200);
	assert_int_equal(system(command), 0);
	PQfinish(man);
	PQfinish(machine);
}

/* ---- no public screen shows a name, a code or a number of a person ---- */

static const char *const family[] = { "Trần", "Lê", "Phạm", "Danh", "Néang", "Võ" };
static const char *const given[] = { "Bích Thuỷ", "Quốc Khánh", "Sóc Kha", "Ánh Nguyệt", "Hữu Phước", "Ngọc Ẩn" };

/* A dossier of somebody who does not exist, joined to the ticket that is served. */
static void accept(struct world *w, int nth)
{
	char sql[1600];
	snprintf(sql, sizeof sql, "WITH d AS (INSERT INTO motcua.dossier (unit_id, code, request_id, procedure_code, procedure_name,"
		" procedure_row, field, catalogue_version, channel, counter_code, session_id, login, owner_name, owner_id, limit_value, limit_unit,"
		" limit_source, received_at, status, status_at, route_system, result_by) SELECT unit_id, 'H01.999-261120-%04d', gen_random_uuid(),"
		" '1.004873', 'Cấp Giấy xác nhận tình trạng hôn nhân', 1, 'Hộ tịch', 1, 1, 'Q1', 1, 'man', '%s %s', '0%02d1999%05d', 3,"
		" 'working_day', 'asked', now(), 1, now(), 'tinh', 'counter' FROM motcua.unit WHERE code = '30538' RETURNING *)"
		" INSERT INTO motcua.ticket_dossier (unit_id, ticket_id, dossier_id) SELECT d.unit_id, t.ticket_id, d.dossier_id FROM d"
		" JOIN motcua.ticket t ON t.state = 'serving'", nth, family[nth % 6], given[rand() % 6], 10 + nth, rand() % 100000);
	world_do(w, sql);
}

/* Every word of every name, every number, every code there is in the database. */
static PGresult *words_of_anybody(struct world *w)
{
	PGresult *words = PQexec(w->admin, "SELECT DISTINCT word FROM (SELECT unnest(string_to_array(owner_name, ' ')) AS word FROM motcua.dossier"
		" UNION SELECT owner_id FROM motcua.dossier UNION SELECT left(owner_id, 6) FROM motcua.dossier UNION SELECT code FROM motcua.dossier"
		" UNION SELECT right(code, 11) FROM motcua.dossier UNION SELECT procedure_name FROM motcua.dossier UNION SELECT procedure_code FROM motcua.dossier"
		" UNION SELECT full_name FROM motcua.clerk) x WHERE length(word) > 1");
	assert_true(PQntuples(words) > 3);
	return words;
}

/* What the kiosk has printed: a number on paper is left lying about. */
static void the_tickets_name_nobody(struct world *w)
{
	char command[200], text[16384];
	PGresult *words = words_of_anybody(w);
	snprintf(command, sizeof command, "for t in %s/giay-to/so-*.pdf; do pdftotext -enc UTF-8 -layout $t -; done", w->program.paths.data);
	FILE *pipe = popen(command, "re");
	assert_non_null(pipe);
	text[fread(text, 1, sizeof text - 1, pipe)] = '\0';
	pclose(pipe);
	assert_non_null(strstr(text, "Hộ tịch")); /* it is there to be read */
	for (int i = 0; i < PQntuples(words); i++)
		if (strstr(text, PQgetvalue(words, i, 0)))
			fail_msg("“%s” on a ticket:\n%s", PQgetvalue(words, i, 0), text);
	assert_null(strstr(text, "0890"));
	assert_null(strstr(text, "Rây"));
	PQclear(words);
}

static void shows_nobody(struct world *w)
{
	PGresult *words = words_of_anybody(w);
	for (int i = 0; i < PQntuples(words); i++)
		world_hides(w, PQgetvalue(words, i, 0));
	PQclear(words);
}

static void nobody_is_shown_at(int rows, int cols)
{
	struct world *w = world_open(NULL, NULL, rows, cols);
	PGconn *machine = hall_line(w, PRACTICE_KIOSK), *man = clerk_at(w, "man", "Q1");
	srand(7);
	begin_display(w, "");
	world_wait(w, "Chưa gọi số nào hôm nay.");
	for (int i = 0; i < 8; i++) {
		if (i < 4)
			hall_ask(machine, "SELECT number FROM hall.kiosk_take(gen_random_uuid(), 'A', '', '0891999' || floor(random() * 89999 + 10000)::text, '')");
		else
			hall_ask(machine, TAKE("B", "gia"));
		hall_ask(man, CALL);
		world_pass(w, 300);
		shows_nobody(w);
		hall_ask(man, SERVE);
		accept(w, i);
		world_pass(w, 300);
		shows_nobody(w);
	}
	screen_pop(w->desk->top);
	begin_kiosk(w);
	world_wait(w, "1   Hộ tịch");
	shows_nobody(w);
	world_scan(w, CARD_RAY);
	world_type(w, "1");
	shows_nobody(w);
	world_type(w, "1");
	world_wait(w, "Mời cầm phiếu.");
	shows_nobody(w);
	world_hides(w, "0890");
	world_hides(w, "Rây");
	the_tickets_name_nobody(w);
	PQfinish(man);
	PQfinish(machine);
	world_close(w);
}

void nobody_is_ever_shown(void **state)
{
	(void)state;
	nobody_is_shown_at(24, 80);
	nobody_is_shown_at(60, 200);
}
