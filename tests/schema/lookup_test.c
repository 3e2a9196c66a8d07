/* SPDX-License-Identifier: Apache-2.0
 *
 * Look-ups: with purpose and in the trail, so many an hour, one's own only, soon
 * forgotten; and a paper says "fetched" only where a question was answered. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "tests/support/world.h"

#define HONG "'{\"number\":\"001199000012\",\"name\":\" Nguyễn  Thị Hồng \",\"birth\":\"1999-03-05\"}'"
#define LOOK "SELECT desk.look_up('citizen', " HONG ", 'Tiếp nhận 1.004873')"

static int with_registers(void **state)
{
	if (world_start(state) != 0)
		return -1;
	one(admin(), "SELECT motcua.load('systems', 'fixture', '["
		"{\"code\":\"dan-cu\",\"name\":\"CSDLQG về dân cư\",\"family\":\"json\"},"
		"{\"code\":\"bhxh\",\"name\":\"Cơ sở dữ liệu bảo hiểm\",\"family\":\"manual\"},"
		"{\"code\":\"tu-phap\",\"name\":\"Hệ thống của Bộ Tư pháp\",\"family\":\"json\",\"ministry\":\"tu-phap\"},"
		"{\"code\":\"tinh\",\"name\":\"Hệ thống tỉnh\",\"family\":\"igate\"},"
		"{\"code\":\"cong\",\"name\":\"Cổng Dịch vụ công quốc gia\",\"family\":\"ndxp\"}]')");
	return 0;
}

/* What the courier writes when the register has answered. */
static void answer(const char *question, const char *reply)
{
	one(admin(), "UPDATE motcua.question SET state = 'answered', answered_at = clock_timestamp(), reply = '%s'"
		" WHERE question_id = %s", reply, question);
}

static void a_question_is_written_with_its_purpose(void **state)
{
	PGconn *man = as("man"), *khoa = as("khoa"), *lan = as("lan"), *courier = as("dua-tin");
	char id[32];

	(void)state;
	snprintf(id, sizeof id, "%s", one(man, LOOK));
	assert_string_equal(one(admin(), "SELECT concat_ws('|', system, kind, login, purpose, body->>'name', body->>'number', body->>'birth',"
		" body->>'officer', body->>'unit', length(body->>'request') <= 40, give_up_at - asked_at BETWEEN '59 s' AND '61 s')"
		" FROM motcua.question WHERE question_id = %s", id),
		"dan-cu|lookup|man|Tiếp nhận 1.004873|NGUYỄN THỊ HỒNG|001199000012|1999-03-05|man|H01.999|t|t");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'lookup' AND login = 'man'"
		" AND what->>'question' = '%s' AND what->>'purpose' = 'Tiếp nhận 1.004873'", id), 1);
	assert_string_equal(one(man, "SELECT state || what FROM desk.lookup(%s)", id), "waitingcitizen");
	/* Nobody else's: neither a colleague's nor another unit's. */
	assert_string_equal(state_of(khoa, "SELECT * FROM desk.lookup(%s)", id), "MC008");
	assert_string_equal(state_of(lan, "SELECT * FROM desk.lookup(%s)", id), "MC008");
	assert_string_equal(one(courier, "SELECT body->>'name' FROM wire.claim_questions('c', 30, 10) WHERE question_id = %s", id),
		"NGUYỄN THỊ HỒNG");
	PQfinish(man);
	PQfinish(khoa);
	PQfinish(lan);
	PQfinish(courier);
}

static void what_is_missing_is_named(void **state)
{
	static const struct {
		const char *what, *body, *field;
	} BAD[] = {
		{ "citizen", "{\"number\":\"12\",\"name\":\"A B\",\"birth\":\"1999\"}", "number" },
		{ "citizen", "{\"number\":\"001199000012\",\"name\":\" \",\"birth\":\"1999\"}", "name" },
		{ "citizen", "{\"number\":\"001199000012\",\"name\":\"A B\",\"birth\":\"05/03/1999\"}", "birth" },
		{ "citizen", "{\"number\":\"001199000012\",\"name\":\"A B\",\"birth\":\"1999\",\"code\":\"<x/>\"}", "code" },
		{ "enterprise", "{\"number\":\"001199000012\"}", "number" },
		{ "insurance", "{\"number\":\"1\"}", "number" },
		{ "citizen", "[]", "body" },
		{ "everything", "{}", "what" },
		{ "enterprise", "{\"number\":\"1600000001\"}", "what" },      /* no such system here */
		{ "insurance", "{\"number\":\"001199000012\",\"name\":\"A B\",\"birth\":\"1999\"}", "what" },       /* one without an interface */
	};
	PGconn *man = as("man");

	(void)state;
	for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
		assert_string_equal(state_of(man, "SELECT desk.look_up('%s', '%s', 'x')", BAD[i].what, BAD[i].body), "MC005");
		assert_string_equal(last_hint(), BAD[i].field);
	}
	assert_string_equal(state_of(man, "SELECT desk.look_up('citizen', " HONG ", ' ')"), "MC005");
	assert_string_equal(last_hint(), "purpose");
	assert_string_equal(state_of(man, "SELECT desk.look_up('citizen', " HONG ", 'x', 987654)"), "MC008");
	PQfinish(man);
}

static void so_many_an_hour(void **state)
{
	PGconn *man = as("man"), *khoa = as("khoa");

	(void)state;
	one(admin(), "INSERT INTO motcua.setting(unit_id, name, value) SELECT unit_id, 'lookups_an_hour',"
		" (2 + (SELECT count(*) FROM motcua.question WHERE login = 'man'))::text FROM motcua.unit WHERE code = '30538'");
	one(man, LOOK);
	one(man, LOOK);
	assert_string_equal(state_of(man, LOOK), "MC004");
	assert_string_equal(state_of(khoa, LOOK), "");
	one(admin(), "UPDATE motcua.question SET asked_at = asked_at - interval '1 hour'");
	assert_string_equal(state_of(man, LOOK), "");
	one(admin(), "DELETE FROM motcua.setting WHERE unit_id IS NOT NULL AND name = 'lookups_an_hour'");
	PQfinish(man);
	PQfinish(khoa);
}

static void a_day_later_only_the_trail_knows(void **state)
{
	PGconn *man = as("man");
	char id[32];

	(void)state;
	snprintf(id, sizeof id, "%s", one(man, LOOK));
	answer(id, "{\"state\":\"found\",\"items\":[{\"number\":\"001199000012\"}]}");
	one(admin(), "UPDATE motcua.question SET asked_at = asked_at - interval '25 hours' WHERE question_id = %s", id);
	one(man, LOOK);
	assert_string_equal(one(admin(), "SELECT (reply IS NULL) || body::text FROM motcua.question WHERE question_id = %s", id),
		"true{\"what\": \"citizen\", \"forgotten\": true}");
	PQfinish(man);
}

/* Whether or not anybody looks up again; also what was never answered. */
static void it_is_forgotten_without_being_asked(void **state)
{
	PGconn *man = as("man"), *courier = as("dua-tin");
	char found[32], lost[32];

	(void)state;
	one(admin(), "UPDATE motcua.question SET asked_at = asked_at - interval '2 hours'");
	snprintf(found, sizeof found, "%s", one(man, LOOK));
	snprintf(lost, sizeof lost, "%s", one(man, LOOK));
	answer(found, "{\"state\":\"found\",\"items\":[{\"number\":\"001199000012\"}]}");
	assert_string_equal(one(man, "SELECT reply IS NOT NULL FROM desk.lookup(%s)", found), "t");
	one(admin(), "UPDATE motcua.question SET asked_at = asked_at - interval '25 hours', give_up_at = give_up_at - interval '25 hours'"
		" WHERE question_id IN (%s, %s)", found, lost);
	assert_string_equal(one(man, "SELECT state || (reply IS NULL) FROM desk.lookup(%s)", found), "answeredtrue");
	one(courier, "SELECT wire.tend()");
	for (int i = 0; i < 2; i++)
		assert_string_equal(one(admin(), "SELECT state || (reply IS NULL) || body::text FROM motcua.question WHERE question_id = %s",
			i ? lost : found), i ? "failedtrue{\"what\": \"citizen\", \"forgotten\": true}"
			: "answeredtrue{\"what\": \"citizen\", \"forgotten\": true}");
	PQfinish(man);
	PQfinish(courier);
}

/* A request whose paper rests on a question. */
#define PAPER(question) "SELECT dossier_id FROM desk.accept_dossier(test.req('{\"components\":[{\"seq\":1,\"name\":\"Tờ khai\"," \
	"\"action\":\"lookup\",\"state\":\"ok\",\"required\":true,\"lookup_where\":\"tôi\",\"lookup_at\":\"2020-01-01T00:00:00+07:00\"," \
	"\"lookup_question\":" question ",\"originals\":0,\"copies\":0,\"pages\":0,\"files\":[]}]}'))"

static void fetched_is_what_was_answered(void **state)
{
	PGconn *man = as("man"), *lan = as("lan");
	char id[32], dossier[32];

	(void)state;
	snprintf(id, sizeof id, "%s", one(man, LOOK));
	assert_string_equal(state_of(man, PAPER("%s"), id), "MC005"); /* not answered yet */
	assert_string_equal(last_hint(), "components.1.lookup_question");
	answer(id, "{\"state\":\"needs_code\"}");
	assert_string_equal(state_of(man, PAPER("%s"), id), "MC005");
	answer(id, "{\"state\":\"found\",\"items\":[{\"number\":\"001199000012\"}]}");
	snprintf(dossier, sizeof dossier, "%s", one(man, PAPER("%s"), id));
	assert_string_equal(one(admin(), "SELECT lookup_where || '|' || (lookup_at = (SELECT date_trunc('second', answered_at) FROM"
		" motcua.question WHERE question_id = %s)) || '|' || (lookup_question = %s) FROM motcua.dossier_component WHERE"
		" dossier_id = %s", id, id, dossier), "CSDLQG về dân cư, qua kết nối, cán bộ Lê Thị Mận|true|true");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.question WHERE question_id = %s AND dossier_id = %s", id, dossier), 1);
	assert_non_null(strstr(one(admin(), "SELECT fields FROM motcua.paper WHERE dossier_id = %s", dossier),
		"component.1.lookup_where\tCSDLQG về dân cư, qua kết nối, cán bộ Lê Thị Mận\n"));
	/* Somebody else's facts, another unit's question, none at all. */
	snprintf(id, sizeof id, "%s", one(man, "SELECT desk.look_up('citizen', '{\"number\":\"089199990001\",\"name\":\"Lý Văn B\","
		"\"birth\":\"1999\"}', 'x')"));
	answer(id, "{\"state\":\"found\",\"items\":[{\"number\":\"089199990001\"}]}");
	assert_string_equal(state_of(man, PAPER("%s"), id), "MC005");
	snprintf(id, sizeof id, "%s", one(lan, LOOK));
	answer(id, "{\"state\":\"found\",\"items\":[{\"number\":\"001199000012\"}]}");
	assert_string_equal(state_of(man, PAPER("%s"), id), "MC005");
	assert_string_equal(state_of(man, PAPER("987654")), "MC005");
	PQfinish(man);
	PQfinish(lan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_question_is_written_with_its_purpose),
		cmocka_unit_test(what_is_missing_is_named),
		cmocka_unit_test(so_many_an_hour),
		cmocka_unit_test(a_day_later_only_the_trail_knows),
		cmocka_unit_test(it_is_forgotten_without_being_asked),
		cmocka_unit_test(fetched_is_what_was_answered),
	};
	return cmocka_run_group_tests(tests, with_registers, world_stop);
}
