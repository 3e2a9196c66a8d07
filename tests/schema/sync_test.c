/* SPDX-License-Identifier: Apache-2.0
 *
 * The couriers' work as the counter sees it: a line for every system, messages
 * by state, an exchange with its attempts; holding, letting go, putting right
 * and sending anew; outages timed, silence marked, slips numbered. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/support/world.h"

static PGconn *courier, *man, *hue, *lan;
static char dossier[32], code[64];

static int fresh(void **state)
{
	(void)state;
	courier = as("dua-tin");
	man = as("man");
	hue = as("hue");
	lan = as("lan");
	one(admin(), "UPDATE motcua.stream SET refused = true, held = false, leased_by = NULL, leased_until = NULL, travel = 'received'");
	one(admin(), "DELETE FROM motcua.problem");
	one(admin(), "UPDATE motcua.outage SET to_at = clock_timestamp() WHERE to_at IS NULL");
	one(admin(), "INSERT INTO motcua.system_state (system, state) VALUES ('tu-phap', 'ok')"
	             " ON CONFLICT (system) DO UPDATE SET state = 'ok'");
	const char *both = one(man, "SELECT dossier_id || ' ' || code FROM desk.accept_dossier(test.req())");
	sscanf(both, "%31s %63s", dossier, code);
	return 0;
}

static int done(void **state)
{
	(void)state;
	PQfinish(courier);
	PQfinish(man);
	PQfinish(hue);
	PQfinish(lan);
	return 0;
}

#define CLAIM "SELECT message_id || ' ' || fence FROM wire.claim('c1', 60, 10) WHERE system = 'tu-phap'"
#define STREAM " FROM motcua.stream WHERE dossier_id = %s AND system = 'tu-phap'"

/* The courier takes the head message for tu-phap and ends it with this class. */
static long carried(const char *class, const char *note)
{
	long message = 0, fence = 0;
	one(admin(), "UPDATE motcua.stream SET next_at = now() - interval '1 second' WHERE dossier_id = %s", dossier);
	sscanf(one(courier, CLAIM), "%ld %ld", &message, &fence);
	assert_true(message > 0);
	one(courier, "SELECT wire.begin(%ld, %ld)", message, fence);
	one(courier, "SELECT wire.finish(%ld, %ld, '%s', 200, 7, '{\"reply\":1}', '%s', NULL)", message, fence, class, note);
	one(admin(), "UPDATE motcua.stream SET leased_until = NULL, leased_by = NULL WHERE dossier_id = %s", dossier);
	return message;
}

static const char *line(const char *columns)
{
	return one(man, "SELECT concat_ws(' ', %s) FROM desk.sync_systems() WHERE system = 'tu-phap'", columns);
}

static const char *states(void)
{
	return one(man, "SELECT string_agg(kind || ':' || state, ' ' ORDER BY seq) FROM desk.sync_messages('tu-phap', '', 100)"
	                " WHERE dossier_id = %s", dossier);
}

static void every_system_has_its_line(void **state)
{
	(void)state;
	assert_string_equal(one(man, "SELECT string_agg(system, ' ' ORDER BY system) FROM desk.sync_systems()"), "cong tu-phap");
	assert_string_equal(one(lan, "SELECT string_agg(messages::text, ' ') FROM desk.sync_systems()"), "0 0");
	assert_string_equal(line("messages, dossiers, refused, held, silent, delivered_today, oldest_at IS NOT NULL"), "2 1 0 0 0 0 t");
	carried("delivered", "");
	assert_string_equal(line("messages, delivered_today, last_answer > now() - interval '1 minute', milliseconds, state"), "1 1 t 7 ok");
	assert_string_equal(states(), "dossier:sent progress:waiting");
	carried("refused", "Thiếu số điện thoại");
	assert_string_equal(states(), "dossier:sent progress:refused");
	assert_string_equal(one(man, "SELECT note FROM desk.sync_messages('tu-phap', 'refused', 10) WHERE dossier_id = %s", dossier),
	                    "Thiếu số điện thoại");
	assert_string_equal(one(courier, "SELECT wire.answered('tu-phap', '%s', 'G15-1', 2, now(), '', '')", code), "t");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.sync_messages('tu-phap', 'held', 10)"), 0);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.sync_messages('tu-phap', '', 10)"), 0);
	/* A slow one is told from a sound one. */
	one(admin(), "INSERT INTO motcua.attempt (unit_id, message_id, dossier_id, system, courier, fence, phase, class, http_code,"
	             " milliseconds) SELECT unit_id, message_id, dossier_id, system, 'c', 1, 'finish', 'delivered', 200, 60000"
	             " FROM motcua.message WHERE dossier_id = %s AND system = 'tu-phap'", dossier);
	assert_string_equal(line("state"), "slow");
	one(admin(), "DELETE FROM motcua.attempt WHERE milliseconds = 60000");
}

static void an_exchange_tells_all_and_hides_numbers(void **state)
{
	(void)state;
	long message = carried("refused", "SoDienThoai không hợp lệ");
	assert_string_equal(one(man, "SELECT string_agg(phase || class || http_code, ' ') FROM desk.exchange(%ld)", message),
	                    "begin0 finishrefused200");
	assert_string_equal(one(man, "SELECT value FROM desk.message_fields(%ld) WHERE path = 'owner.phone'", message), "0912•••678");
	assert_string_equal(one(man, "SELECT value FROM desk.message_fields(%ld) WHERE path = 'owner.id_number'", message), "0011••••••12");
	assert_string_equal(one(man, "SELECT value FROM desk.message_fields(%ld) WHERE path = 'components.1.name'", message), "Tờ khai");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.message_fields(%ld) WHERE value LIKE '%%0912345678%%'"
	                            " OR value LIKE '%%001199000012%%'", message), 0);
	assert_string_equal(one(man, "SELECT state || code FROM desk.message(%ld)", message),
	                    one(admin(), "SELECT 'refused' || code FROM motcua.dossier WHERE dossier_id = %s", dossier));
	assert_string_equal(state_of(lan, "SELECT * FROM desk.exchange(%ld)", message), "MC008");
	assert_string_equal(state_of(lan, "SELECT * FROM desk.message(%ld)", message), "MC008");
	assert_string_equal(state_of(lan, "SELECT * FROM desk.message_fields(%ld)", message), "MC008");
}

static void what_is_held_is_not_carried(void **state)
{
	(void)state;
	assert_string_equal(state_of(man, "SELECT desk.hold(%s, 'tu-phap', ' ')", dossier), "MC005");
	assert_string_equal(state_of(lan, "SELECT desk.hold(%s, 'tu-phap', 'x')", dossier), "MC008");
	assert_string_equal(state_of(man, "SELECT desk.hold(%s, 'khong-co', 'x')", dossier), "MC008");
	one(man, "SELECT desk.hold(%s, 'tu-phap', 'chờ xã xác minh')", dossier);
	assert_string_equal(states(), "dossier:held progress:held");
	assert_int_equal(count(courier, "SELECT count(*) FROM wire.claim('c1', 60, 10) WHERE system = 'tu-phap'"), 0);
	assert_string_equal(line("messages, held"), "0 1");
	assert_string_equal(state_of(man, "SELECT desk.send_now(%s, 'tu-phap')", dossier), "MC006");
	one(man, "SELECT desk.release(%s, 'tu-phap', 'đã xác minh')", dossier);
	assert_string_equal(states(), "dossier:waiting progress:waiting");
	long message = carried("retry", "bận");
	assert_string_equal(one(man, "SELECT string_agg(phase || ':' || courier, ' ') FROM desk.exchange(%ld)", message),
	                    "held:Lê Thị Mận released:Lê Thị Mận begin:c1 finish:c1");
	assert_string_equal(one(admin(), "SELECT next_at > now() + interval '5 s'" STREAM, dossier), "t");
	one(man, "SELECT desk.send_now(%s, 'tu-phap')", dossier);
	assert_string_equal(one(admin(), "SELECT next_at <= now()" STREAM, dossier), "t");
}

static void a_correction_leaves_the_old_message_as_it_was(void **state)
{
	(void)state;
	long old = carried("refused", "SoDienThoai không hợp lệ"), fresh_one;
	assert_string_equal(state_of(man, "SELECT desk.correct_and_resend(%s, 'tu-phap', '{}', '')", dossier), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.correct_and_resend(%s, 'tu-phap', '{\"owner\":{\"name\":\"Nguyễn Thị Hường\"}}', '')",
	                             dossier), "MC004");
	assert_string_equal(state_of(lan, "SELECT desk.correct_and_resend(%s, 'tu-phap', '{\"summary\":\"x\"}', '')", dossier), "MC008");
	assert_string_equal(state_of(man, "SELECT desk.correct_and_resend(%s, 'tu-phap', '{\"owner\":{\"name\":\"\"}}', '')", dossier), "MC005");
	/* Only what may be corrected: a number given on the side changes nothing. */
	fresh_one = count(man, "SELECT desk.correct_and_resend(%s, 'tu-phap', '{\"owner\":{\"phone\":\"0987654321\","
	                       "\"id_number\":\"001199000099\"}}', 'gõ nhầm')", dossier);
	assert_true(fresh_one > old);
	assert_string_equal(states(), "dossier:superseded progress:superseded dossier:waiting progress:waiting");
	assert_string_equal(one(admin(), "SELECT payload->'owner'->>'phone' FROM motcua.message WHERE message_id = %ld", old), "0912345678");
	assert_string_equal(one(admin(), "SELECT concat(payload->'owner'->>'phone', payload->'owner'->>'id_number')"
	                                 " FROM motcua.message WHERE message_id = %ld", fresh_one), "0987654321001199000012");
	assert_string_equal(one(admin(), "SELECT phone FROM motcua.dossier_person WHERE dossier_id = %s", dossier), "0987654321");
	assert_string_equal(one(man, "SELECT note FROM desk.dossier_events(%s) WHERE act = 'correct'", dossier),
	                    "Sửa số điện thoại chủ hồ sơ: gõ nhầm");
	assert_string_equal(one(man, "SELECT string_agg(phase, ' ') FROM desk.exchange(%ld)", old), "begin finish superseded");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.problems(100) WHERE dossier_id = %s", dossier), 0);
	assert_int_equal(carried("delivered", ""), fresh_one);
	assert_string_equal(one(admin(), "SELECT travel" STREAM, dossier), "sent");
	/* A supervisor puts the spelling of a name right; the search knows it from then on. */
	one(hue, "SELECT desk.correct_and_resend(%s, 'tu-phap', '{\"owner\":{\"name\":\"Nguyễn Thị Hường Mơ\"}}', '')", dossier);
	assert_string_equal(one(man, "SELECT owner_name FROM desk.find('huong mo', '', 5) WHERE dossier_id = %s", dossier), "Nguyễn Thị Hường Mơ");
	assert_int_equal(count(hue, "SELECT count(*) FROM desk.verify_audit()"), 0);
}

/* What waits on the list, by kind. */
static const char *open_tasks(void)
{
	return one(man, "SELECT string_agg(kind || key, ' ' ORDER BY kind, key) FROM desk.tasks(100) WHERE dossier_id = %s", dossier);
}

static void sending_again_ends_what_it_repairs(void **state)
{
	(void)state;
	carried("refused", "Thiếu số điện thoại");
	one(admin(), "INSERT INTO motcua.problem (unit_id, dossier_id, system, kind, key, text) SELECT unit_id, dossier_id, 'tu-phap', k, x, 'x'"
	             " FROM motcua.dossier, (VALUES ('supplement', '1'), ('payment', '1'), ('word', 'KS-7'), ('silent', ''), ('disagreed', ''),"
	             " ('missing', 'missing_there'), ('missing', 'double')) v(k, x) WHERE dossier_id = %s", dossier);
	one(man, "SELECT desk.send_again(%s, 'tu-phap', 'đã gọi')", dossier);
	assert_string_equal(open_tasks(), "missingdouble payment1 supplement1 wordKS-7");
	one(man, "SELECT desk.correct_and_resend(%s, 'tu-phap', '{\"summary\":\"khác\"}', '')", dossier);
	assert_string_equal(open_tasks(), "missingdouble payment1 supplement1 wordKS-7");
}

#define PHONES "SELECT string_agg(system || seq || (payload->'owner'->>'phone'), ' ' ORDER BY system, seq) FROM motcua.message" \
	" WHERE dossier_id = %s AND kind = 'dossier'"

static void a_correction_goes_to_all_that_have_it(void **state)
{
	(void)state;
	carried("refused", "SoDienThoai không hợp lệ");
	assert_string_equal(one(man, "SELECT string_agg(system, ' ') FROM desk.correctable_systems(%s)", dossier), "tu-phap cong");
	assert_string_equal(state_of(lan, "SELECT * FROM desk.correctable_systems(%s)", dossier), "MC008");
	assert_string_equal(state_of(man, "SELECT desk.correct(%s, '{}', '{\"summary\":\"y\"}', '')", dossier), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.correct(%s, '{tu-phap,tinh}', '{\"summary\":\"y\"}', '')", dossier), "MC008");
	long rows = count(admin(), "SELECT count(*) FROM motcua.audit WHERE dossier_id = %s AND act = 'correct'", dossier);
	assert_string_equal(one(man, "SELECT string_agg(system, ' ') FROM desk.correct(%s, '{cong,tu-phap}',"
		" '{\"owner\":{\"phone\":\"0987654321\"}}', 'gõ nhầm')", dossier), "cong tu-phap");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE dossier_id = %s AND act = 'correct'", dossier), rows + 1);
	assert_string_equal(one(admin(), PHONES, dossier), "cong10912345678 cong30987654321 tu-phap10912345678 tu-phap30987654321");
	assert_string_equal(states(), "dossier:superseded progress:superseded dossier:waiting progress:waiting");
	assert_string_equal(one(man, "SELECT string_agg(note, '|') FROM desk.dossier_events(%s) WHERE act = 'correct'", dossier),
	                    "Sửa số điện thoại chủ hồ sơ: gõ nhầm (gửi lại 2 hệ thống)");
	assert_string_equal(open_tasks(), "");
	/* Whoever has the facts already is not told again, and no correction undoes an earlier one. */
	one(man, "SELECT desk.correct(%s, '{tu-phap}', '{\"summary\":\"y\"}', '')", dossier);
	assert_string_equal(one(man, "SELECT string_agg(system, ' ') FROM desk.correct(%s, '{cong,tu-phap}', '{\"summary\":\"y\"}', '')",
		dossier), "cong");
	assert_string_equal(one(admin(), "SELECT phone FROM motcua.dossier_person WHERE dossier_id = %s", dossier), "0987654321");
	assert_string_equal(state_of(man, "SELECT desk.correct(%s, '{cong,tu-phap}', '{\"summary\":\"y\"}', '')", dossier), "MC005");
}

static void a_correction_waits_for_what_is_being_sent(void **state)
{
	long message, fence;

	(void)state;
	one(admin(), "UPDATE motcua.stream SET next_at = now() - interval '1 second' WHERE dossier_id = %s", dossier);
	sscanf(one(courier, CLAIM), "%ld %ld", &message, &fence);
	one(courier, "SELECT wire.begin(%ld, %ld)", message, fence);
	assert_string_equal(one(man, "SELECT coalesce(desk.correct_and_resend(%s, 'tu-phap', '{\"owner\":{\"phone\":\"0987654321\"}}', ''), 0)",
		dossier), "0");
	assert_string_equal(states(), "dossier:sending progress:waiting");
	assert_string_equal(one(courier, "SELECT wire.finish(%ld, %ld, 'refused', 200, 7, '', 'SoDienThoai', NULL)", message, fence), "t");
	assert_string_equal(states(), "dossier:superseded progress:superseded dossier:waiting progress:waiting");
	assert_string_equal(open_tasks(), "");
	assert_true(carried("delivered", "") > message);
	/* A second one, while a delivery is under way: it follows what was delivered. */
	one(admin(), "UPDATE motcua.stream SET next_at = now() - interval '1 second' WHERE dossier_id = %s", dossier);
	sscanf(one(courier, CLAIM), "%ld %ld", &message, &fence);
	one(man, "SELECT desk.correct_and_resend(%s, 'tu-phap', '{\"summary\":\"y\"}', '')", dossier);
	one(courier, "SELECT wire.finish(%ld, %ld, 'delivered', 200, 7, '', '', NULL)", message, fence);
	assert_string_equal(states(), "dossier:superseded progress:superseded dossier:sent progress:sent dossier:waiting");
	assert_string_equal(one(admin(), "SELECT concat(payload->'owner'->>'phone', payload->>'summary') FROM motcua.message"
		" WHERE dossier_id = %s AND system = 'tu-phap' AND seq = 5", dossier), "0987654321y");
}

static const char *waiting_there(void)
{
	return one(admin(), "SELECT concat_ws(' ', ask_first, created_there, correction IS NOT NULL)" STREAM, dossier);
}

/* Sent, and nobody knows whether it arrived: what was asked first stays to be asked first. */
static void a_correction_waits_until_the_outcome_is_known(void **state)
{
	long message, fence;

	(void)state;
	message = carried("unknown", "đứt kết nối");
	one(man, "SELECT desk.correct_and_resend(%s, 'tu-phap', '{\"owner\":{\"phone\":\"0987654321\"}}', '')", dossier);
	assert_string_equal(waiting_there(), "t f t");
	assert_int_equal(carried("retry", "bận"), message);
	assert_string_equal(waiting_there(), "t f t");
	assert_int_equal(carried("duplicate", ""), message);
	assert_string_equal(waiting_there(), "f t f");
	assert_string_equal(states(), "dossier:sent progress:superseded dossier:waiting progress:waiting");
	assert_string_equal(one(admin(), "SELECT payload->'owner'->>'phone' FROM motcua.message WHERE dossier_id = %s"
		" AND system = 'tu-phap' AND seq = 3", dossier), "0987654321");
	/* The same when a courier died over it. */
	one(admin(), "UPDATE motcua.stream SET next_at = now() - interval '1 second' WHERE dossier_id = %s", dossier);
	sscanf(one(courier, CLAIM), "%ld %ld", &message, &fence);
	one(courier, "SELECT wire.begin(%ld, %ld)", message, fence);
	one(admin(), "UPDATE motcua.stream SET leased_until = now() - interval '1 second' WHERE dossier_id = %s", dossier);
	one(man, "SELECT desk.correct_and_resend(%s, 'tu-phap', '{\"summary\":\"y\"}', '')", dossier);
	assert_string_equal(waiting_there(), "f t t");
	assert_int_equal(carried("delivered", ""), message);
	assert_string_equal(waiting_there(), "f t f");
	assert_string_equal(states(), "dossier:sent progress:superseded dossier:sent progress:superseded dossier:waiting progress:waiting");
}

static void outages_are_timed(void **state)
{
	(void)state;
	one(admin(), "DELETE FROM motcua.outage_wait");
	one(admin(), "DELETE FROM motcua.outage");
	one(courier, "SELECT wire.health('tu-phap', 'ok', '')");
	carried("delivered", "");
	for (int i = 0; i < 3; i++)
		carried("retry", "không nối được");
	one(courier, "SELECT wire.health('tu-phap', 'down', 'không nối được')");
	one(courier, "SELECT wire.health('tu-phap', 'down', 'lần nữa')");
	assert_string_equal(line("state, note"), "down lần nữa");
	assert_string_equal(one(man, "SELECT concat_ws(' ', system, class, dossiers, to_at IS NULL, cause) FROM desk.outages(NULL, NULL, 9)"),
	                    "tu-phap down 1 t không nối được");
	/* From its first failure, not from the third. */
	assert_string_equal(one(admin(), "SELECT o.from_at BETWEEN min(a.at) - interval '10 ms' AND min(a.at) FROM motcua.outage o,"
	                                 " motcua.attempt a WHERE a.dossier_id = %s AND a.class = 'retry' GROUP BY o.from_at", dossier), "t");
	/* Another kind of trouble is another row. */
	one(courier, "SELECT wire.health('tu-phap', 'suspended', 'sai mật khẩu')");
	one(admin(), "UPDATE motcua.system_state SET changed_at = now() - interval '6 minutes'"); /* its rest is over */
	carried("delivered", "");
	one(courier, "SELECT wire.health('tu-phap', 'ok', '')");
	assert_string_equal(one(man, "SELECT string_agg(class || dossiers || (to_at IS NOT NULL), ' ' ORDER BY outage_id)"
	                             " FROM desk.outages(current_date - 1, current_date + 1, 9)"), "down1true suspended1true");
	assert_string_equal(one(lan, "SELECT string_agg(class || dossiers, ' ' ORDER BY outage_id)"
	                             " FROM desk.outages(current_date - 1, current_date + 1, 9)"), "down0 suspended0");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.outages(NULL, NULL, 9)"), 0);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.outages(current_date + 3, current_date + 4, 9)"), 0);
}

static void silence_is_told_once_and_ends(void **state)
{
	(void)state;
	carried("delivered", "");
	carried("delivered", "");
	one(courier, "SELECT wire.watch()");
	assert_string_equal(one(man, "SELECT concat_ws(' ', silent, hours) FROM desk.silence()"), "0 24");
	one(admin(), "INSERT INTO motcua.setting (unit_id, name, value) SELECT unit_id, 'answer_alarm_hours.tu-phap', '8'"
	             " FROM motcua.unit WHERE code = '30538'");
	one(admin(), "BEGIN");
	one(admin(), "SET LOCAL session_replication_role = replica");
	one(admin(), "UPDATE motcua.message SET made_at = now() - interval '9 hours' WHERE dossier_id = %s", dossier);
	one(admin(), "UPDATE motcua.dossier SET received_at = now() - interval '9 hours' WHERE dossier_id = %s", dossier);
	one(admin(), "COMMIT");
	/* cong has a day, tu-phap only eight hours. */
	assert_string_equal(line("silent, alarm_hours"), "1 8");
	assert_string_equal(one(man, "SELECT concat_ws(' ', silent, hours) FROM desk.silence()"), "1 24");
	one(courier, "SELECT wire.watch()");
	one(courier, "SELECT wire.watch()");
	assert_string_equal(one(man, "SELECT string_agg(system || left(said, 29), ' ') FROM desk.problems(100)"),
	                    "tu-phapChưa có trả lời quá 8 giờ (từ");
	assert_string_equal(one(man, "SELECT string_agg(state || silent_hours, ' ') FROM desk.sync_messages('tu-phap', 'silent', 9)"), "sent8");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.day_list('silent', 9)"), 1);
	assert_int_equal(count(lan, "SELECT silent FROM desk.silence()"), 0);
	one(courier, "SELECT wire.answered('tu-phap', '%s', 'G15-9', 2, now(), '', '')", code);
	one(courier, "SELECT wire.watch()");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.problems(100)"), 0);
	assert_int_equal(count(man, "SELECT silent FROM desk.silence()"), 0);
	one(admin(), "DELETE FROM motcua.setting WHERE name LIKE 'answer_alarm_hours.%%'");
}

#define SLIP "'{\"request_id\":\"%08d-0000-4000-8000-000000000000\",\"counter\":\"Q1\",\"screen\":\"dossier\",\"system\":\"tu-phap\"," \
	"\"procedure\":\"1.004873\",\"dossier_id\":%s,\"error\":\"HTTP 502\",\"words\":\"%s\"}'"

static void slips_are_numbered_and_followed(void **state)
{
	(void)state;
	char id[32], year[8];
	snprintf(year, sizeof year, "%s", one(admin(), "SELECT extract(year FROM motcua.local(now()))"));
	assert_string_equal(one(man, "SELECT number FROM desk.difficulty_add(" SLIP ")", 1, dossier, "=nút gửi không chạy"),
	                    one(admin(), "SELECT '1/%s'", year));
	assert_string_equal(one(man, "SELECT number FROM desk.difficulty_add(" SLIP ")", 1, dossier, "gửi hai lần"),
	                    one(admin(), "SELECT '1/%s'", year));
	assert_string_equal(one(hue, "SELECT number FROM desk.difficulty_add(" SLIP ")", 2, "null", "lỗi khác"),
	                    one(admin(), "SELECT '2/%s'", year));
	assert_string_equal(one(lan, "SELECT number FROM desk.difficulty_add(" SLIP ")", 3, "null", "của đơn vị khác"),
	                    one(admin(), "SELECT '1/%s'", year));
	assert_string_equal(state_of(lan, "SELECT desk.difficulty_add(" SLIP ")", 4, dossier, "x"), "MC008");
	assert_string_equal(state_of(man, "SELECT desk.difficulty_add(" SLIP ")", 5, "null", " "), "MC005");
	snprintf(id, sizeof id, "%s", one(man, "SELECT difficulty_id FROM desk.difficulties(NULL, NULL, 9) WHERE error = 'HTTP 502'"
	                                       " AND dossier_id = %s", dossier));
	assert_string_equal(one(man, "SELECT concat_ws('|', code = '%s', by_name, system_name, procedure_name, state)"
	                             " FROM desk.difficulties(NULL, NULL, 9) WHERE difficulty_id = %s", code, id),
	                    "t|Lê Thị Mận|Hệ thống của Bộ Tư pháp|Cấp Giấy xác nhận tình trạng hôn nhân|new");
	assert_string_equal(state_of(man, "SELECT desk.difficulty_move(%s, 'reported', '')", id), "MC005");
	assert_string_equal(state_of(lan, "SELECT desk.difficulty_move(%s, 'reported', 'x')", id), "MC008");
	one(man, "SELECT desk.difficulty_move(%s, 'reported', 'Sở Tư pháp')", id);
	one(hue, "SELECT desk.difficulty_move(%s, 'done', 'đã sửa')", id);
	assert_string_equal(one(man, "SELECT string_agg(by_name || ' ' || to_state || ' ' || note, ', ') FROM desk.difficulty_steps(%s)", id),
	                    "Lê Thị Mận reported Sở Tư pháp, Phạm Thu Huệ done đã sửa");
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.difficulty_steps(%s)", id), 0);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.difficulties(NULL, NULL, 9)"), 1);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.difficulties(current_date - 1, current_date + 1, 9)"), 2);
	assert_string_equal(state_of(admin(), "UPDATE motcua.difficulty_step SET note = ''"), "MC004");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, fresh, done)
	const struct CMUnitTest tests[] = {
		T(every_system_has_its_line), T(an_exchange_tells_all_and_hides_numbers), T(what_is_held_is_not_carried),
		T(a_correction_leaves_the_old_message_as_it_was), T(sending_again_ends_what_it_repairs),
		T(a_correction_goes_to_all_that_have_it), T(a_correction_waits_for_what_is_being_sent),
		T(a_correction_waits_until_the_outcome_is_known), T(outages_are_timed), T(silence_is_told_once_and_ends),
		T(slips_are_numbered_and_followed),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
