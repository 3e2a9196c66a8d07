/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/schema/filing_own.h"

#include <string.h>

#include "tests/check.h"
#include "tests/support/world.h"

/* One citizen, several matters: one visit, in the order of their reception. */
void a_visit_groups_its_dossiers(void **state)
{
	PGconn *man = as("man"), *lan = as("lan");
	char id[3][24];
	(void)state;
#define WITH(which) "jsonb_build_object('visit', jsonb_build_object('with', " which "))"
	put(id[0], sizeof id[0], one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	assert_int_equal(count(man, "SELECT count(*) FROM desk.visit(%s)", id[0]), 0);
	put(id[1], sizeof id[1], one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" WITH("%s") "))", id[0]));
	put(id[2], sizeof id[2], one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" WITH("%s") "))", id[1]));
	assert_string_equal(one(man, "SELECT string_agg(dossier_id::text, ' ') || ' ' || sum(fee) || ' ' || sum(paid) FROM desk.visit(%s)", id[0]),
	                    one(man, "SELECT '%s %s %s 24000 24000'", id[0], id[1], id[2]));
	assert_int_equal(count(admin(), "SELECT count(DISTINCT visit_id) FROM motcua.visit_dossier"), 1);
	/* Another person, another unit's dossier, one of yesterday: no visit of theirs. */
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req(" WITH("%s") " || '{\"owner\":{\"kind\":\"person\",\"name\":\"Đỗ Ân\","
		"\"id_number\":\"001199000099\",\"id_kind\":\"cccd\"}}'))", id[0]), "MC005");
	assert_string_equal(state_of(lan, "SELECT desk.accept_dossier(test.req(" WITH("%s") "))", id[0]), "MC005");
	assert_string_equal(last_hint(), "visit");
	assert_string_equal(state_of(lan, "SELECT * FROM desk.visit(%s)", id[0]), "MC008");
	one(admin(), "UPDATE motcua.dossier SET received_at = received_at - interval '1 day' WHERE dossier_id = %s", id[0]);
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req(" WITH("%s") "))", id[0]), "MC005");
	PQfinish(man), PQfinish(lan);
}

/* One request, three procedures: each with its agency, code, clock and result. */
void linked_procedures_are_one_request(void **state)
{
	PGconn *man = as("man"), *lan = as("lan");
	char id[24];
	(void)state;
	one(admin(), "SELECT motcua.load('interlinked', 'thử', '[{\"group_code\":\"LT9\",\"seq\":\"1\",\"group_name\":\"Nhóm\",\"member\":\"Xác nhận\","
		"\"procedure_code\":\"1.004873\",\"body\":\"UBND xã\",\"confidence\":\"high\"},{\"group_code\":\"LT9\",\"seq\":\"2\",\"group_name\":\"Nhóm\","
		"\"member\":\"Thường trú\",\"procedure_code\":\"1.004222\",\"body\":\"Công an xã\",\"confidence\":\"high\"}]')");
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req('{\"linked\":{\"group\":\"LT9\"}}'))"));
	assert_string_equal(one(man, "SELECT string_agg(seq || member || ' ' || state || ' ' || (dossier_id IS NOT NULL), ', ') FROM desk.linked(%s)", id),
	                    "1Xác nhận begun true, 2Thường trú waiting false");
	/* The receipt and the systems name them all. */
	assert_non_null(strstr(one(admin(), "SELECT fields FROM motcua.paper WHERE dossier_id = %s", id),
	                       "Liên thông: 1. Xác nhận (UBND xã); 2. Thường trú (Công an xã)"));
#define PART(who, n, act, facts) state_of(who, "SELECT desk.linked_act(%s, " n ", '" act "', '{" facts "}')", id)
	assert_string_equal(PART(man, "1", "finish", "\"text\":\"x\""), "MC005"); /* ours: on its dossier */
	assert_string_equal(PART(man, "2", "finish", "\"text\":\"x\""), "MC005"); /* not begun */
	assert_string_equal(PART(man, "2", "begin", "\"text\":\"\""), "MC005");
	assert_string_equal(PART(lan, "2", "begin", "\"text\":\"x\""), "MC008");
	assert_string_equal(PART(man, "2", "begin", "\"code\":\"g01-7\",\"text\":\"Công an báo\",\"due\":\"2030-01-07T17:00:00+07:00\""), "");
	assert_string_equal(PART(man, "2", "ask", "\"text\":\"Ảnh\""), "");
	assert_string_equal(one(man, "SELECT code || ' ' || state || ' ' || (until_at = motcua_until) FROM desk.linked(%s), LATERAL (SELECT asked_at AS a) x,"
		" LATERAL (SELECT until_at AS motcua_until) y WHERE seq = 2", id), "G01-7 asked true");
	assert_string_equal(one(admin(), "SELECT until_at = motcua.due_after('30538', asked_at, 7) FROM motcua.linked_part WHERE seq = 2"), "t");
	/* The days of the supplement do not count against the agency. */
	one(admin(), "UPDATE motcua.linked_part SET asked_at = asked_at - interval '14 days', begun_at = begun_at - interval '15 days' WHERE seq = 2");
	assert_string_equal(PART(man, "2", "bring", ""), "");
	assert_string_equal(one(admin(), "SELECT due_at > '2030-01-07T17:00:00+07:00'::timestamptz + interval '12 days' FROM motcua.linked_part WHERE seq = 2"), "t");
	assert_string_equal(PART(man, "2", "finish", "\"text\":\"Đã đăng ký\""), "");
	assert_string_equal(PART(man, "2", "return", "\"text\":\"Trao tại quầy\""), "");
	assert_string_equal(PART(man, "2", "return", "\"text\":\"Trao tại quầy\""), "MC005");
	assert_string_equal(one(man, "SELECT state || ' ' || result || ' ' || (returned_at IS NOT NULL) FROM desk.linked(%s) WHERE seq = 2", id), "done Đã đăng ký true");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.linked_event"), 6);
	/* A group that this procedure is no part of. */
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req('{\"linked\":{\"group\":\"LT1\"}}'))"), "MC005");
	PQfinish(man), PQfinish(lan);
}
