/* SPDX-License-Identifier: Apache-2.0
 *
 * Online filings in the database: one however often it comes, acknowledged when it is whole,
 * its clock by the working calendar, the desk's acts on it, and what others do to it meanwhile;
 * several dossiers of one visit, linked procedures of one request. */
#include <stdio.h>
#include <string.h>

#include "tests/check.h"
#include "tests/schema/filing_own.h"
#include "tests/support/world.h"

#define CODE "G22.99-20261120-0000001"
#define HASH "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

void listed(PGconn *courier, const char *code, int status, const char *at)
{
	one(courier, "SELECT wire.filings_listed('cong', '[{\"code\":\"%s\",\"agency\":\"H01.999\",\"status\":%d,\"at\":\"%s\"}]')", code, status, at);
}

/* What the filing is read as; its members may be changed. */
void told(PGconn *courier, const char *code, const char *changes)
{
	one(admin(), "UPDATE motcua.filing SET ask_at = now(), leased_until = NULL WHERE foreign_code = '%s'", code);
	one(courier, "SELECT count(wire.filing_told('cong', w.id, w.fence, '{\"found\":true,\"status\":1,\"filed_at\":\"2026-11-20T16:40:00+07:00\","
		"\"procedure\":{\"code\":\"1.004873\",\"name\":\"Xác nhận\"},\"owner\":{\"kind\":\"person\",\"name\":\"Nguyễn Thị Hồng\","
		"\"id_number\":\"001199000012\"},\"summary\":\"Xin giấy\",\"form\":[{\"name\":\"Mục đích\",\"value\":\"Mua nhà\"}],"
		"\"files\":[{\"key\":\"1\",\"component\":\"Tờ khai\",\"name\":\"to-khai.pdf\",\"link\":\"http://x/1\",\"size\":5}]}'::jsonb"
		" || '%s')) FROM wire.filing_work('cong', 60, 9, 60) w WHERE w.what = 'view' AND w.code = '%s'", changes, code);
}

long words(const char *code, const char *kind)
{
	return count(admin(), "SELECT count(*) FROM motcua.filing_word w JOIN motcua.filing f USING (unit_id, filing_id)"
		" WHERE f.foreign_code = '%s' AND w.kind = '%s'", code, kind);
}

static void fetched(PGconn *courier, const char *code, const char *body)
{
	one(courier, "SELECT count(wire.filing_file(w.id, w.fence, 'application/pdf', '%s')) FROM wire.filing_work('cong', 60, 9, 3600) w"
		" WHERE w.what = 'file' AND w.code = '%s'", body, code);
}

/* The request of a counter that shows this filing; its paper has the filing's file. */
const char *asking(PGconn *who, const char *code, const char *changes)
{
	static char sql[1400];
	char id[24], version[12], files[40];
	put(id, sizeof id, one(who, "SELECT filing_id FROM desk.filings('open', 50) WHERE code = '%s'", code));
	put(version, sizeof version, one(who, "SELECT version FROM desk.filings('open', 50) WHERE code = '%s'", code));
	put(files, sizeof files, one(who, "SELECT coalesce(json_agg(file_id), '[]') FROM desk.filing_files(%s) WHERE state = 'here'", id));
	snprintf(sql, sizeof sql, "test.req('{\"channel\":2,\"filing\":{\"filing_id\":%s,\"version\":%s},\"limit\":{\"value\":3,\"unit\":\"working_day\","
		"\"source\":\"asked\",\"basis\":\"Luật Hộ tịch\"},\"components\":[{\"name\":\"Tờ khai\",\"action\":\"submit\",\"originals\":0,\"copies\":1,"
		"\"state\":\"ok\",\"required\":true,\"files\":%s}]}'::jsonb || '%s')", id, version, files, changes);
	return sql;
}

static void one_filing_however_often_it_comes(void **state)
{
	PGconn *man = as("man"), *lan = as("lan"), *courier = as("dua-tin");
	char id[24];
	(void)state;
	for (int i = 0; i < 3; i++)
		listed(courier, CODE, 1, "20261120164000");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.filing WHERE foreign_code = '" CODE "'"), 1);
	/* Nothing is shown, nothing said, before it was read. */
	assert_int_equal(count(man, "SELECT count(*) FROM desk.filings('open', 50)"), 0);
	told(courier, CODE, "{}");
	assert_string_equal(one(man, "SELECT code || ' ' || owner_id || ' ' || files || ' ' || files_missing || ' ' || whole FROM desk.filings('open', 50)"),
	                    CODE " 0011••••••12 1 1 false");
	assert_int_equal(words(CODE, "ack"), 0);
	/* Cut on the way: not kept, fetched again. */
	fetched(courier, CODE, "1234");
	one(admin(), "UPDATE motcua.filing_file SET next_at = now()");
	assert_int_equal(words(CODE, "ack"), 0);
	fetched(courier, CODE, "12345");
	assert_string_equal(one(man, "SELECT files_missing || ' ' || whole FROM desk.filings('open', 50)"), "0 true");
	assert_int_equal(words(CODE, "ack"), 1);
	/* The same again, with another link: nothing new. */
	told(courier, CODE, "{\"files\":[{\"key\":\"1\",\"component\":\"Tờ khai\",\"name\":\"to-khai.pdf\",\"link\":\"http://x/other\",\"size\":5}]}");
	assert_string_equal(one(man, "SELECT version || ' ' || whole FROM desk.filings('open', 50)"), "1 true");
	assert_int_equal(words(CODE, "ack"), 1);
	/* 16:40 on Friday and eight working hours: Monday 16:40 (domain, the table of test vectors). */
	assert_string_equal(one(man, "SELECT to_char(deadline AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI') FROM desk.filings('open', 50)"),
	                    "2026-11-23 16:40");
	put(id, sizeof id, one(man, "SELECT filing_id FROM desk.filings('open', 50)"));
	assert_string_equal(one(man, "SELECT summary || ' ' || form || hours || ' ' || owner_name || submitter_name FROM desk.filing(%s)", id),
	                    "Xin giấy Mục đích: Mua nhà\n8 Nguyễn Thị Hồng");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'filing' AND what->>'code' = '" CODE "'"), 1);
	assert_string_equal(state_of(lan, "SELECT * FROM desk.filing(%s)", id), "MC008");
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.filings('open', 50)"), 0);
	PQfinish(man), PQfinish(lan), PQfinish(courier);
}

static void accepted_like_at_the_counter(void **state)
{
	PGconn *man = as("man"), *khoa = as("khoa"), *courier = as("dua-tin");
	char id[24], request[1400];
	(void)state;
	/* The citizen changes it while it is open at a counter: that counter must look again. */
	put(request, sizeof request, asking(man, CODE, "{}"));
	told(courier, CODE, "{\"summary\":\"Xin giấy để kết hôn\"}");
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(%s)", request), "MC006");
	assert_string_equal(one(man, "SELECT version FROM desk.filings('open', 50)"), "2");
	assert_int_equal(words(CODE, "ack"), 2);
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(%s)", asking(man, CODE, "{\"channel\":1}")), "MC005");
	put(request, sizeof request, asking(man, CODE, "{\"request_id\":\"11111111-1111-4111-8111-111111111111\"}"));
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(%s)", request));
	assert_string_equal(one(man, "SELECT repeated FROM desk.accept_dossier(%s)", request), "t");
	assert_string_equal(one(man, "SELECT code || ' ' || status || ' ' || channel FROM desk.dossier(%s)", id), CODE " 2 2");
	assert_string_equal(one(man, "SELECT string_agg(act || to_status, ' ' ORDER BY at, to_status) FROM desk.dossier_events(%s)", id), "register1 receive2");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.file WHERE dossier_id = %s", id), 1);
	/* Their system updates what it has; it is told though the route would not tell it. */
	assert_string_equal(one(admin(), "SELECT created_there || ' ' || foreign_code FROM motcua.stream WHERE dossier_id = %s AND system = 'cong'", id),
	                    "true " CODE);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.filings('open', 50)"), 0);
	assert_string_equal(one(man, "SELECT status || ' ' || answered_by || ' ' || dossier_id FROM desk.filings('over', 50)"),
	                    one(man, "SELECT '2 Lê Thị Mận ' || %s", id));
	/* A second counter, and the list once more. */
	assert_string_equal(state_of(khoa, "SELECT desk.accept_dossier(test.req('{\"channel\":2,\"filing\":{\"filing_id\":%s,\"version\":2}}'))",
		one(man, "SELECT filing_id FROM desk.filings('over', 50)")), "MC006");
	listed(courier, CODE, 1, "20261120164000");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.filing WHERE foreign_code = '" CODE "'"), 1);
	PQfinish(man), PQfinish(khoa), PQfinish(courier);
}

static void a_code_like_ours_is_an_alias(void **state)
{
	PGconn *man = as("man"), *courier = as("dua-tin");
	char id[24];
	(void)state;
	/* The third number of this unit's day is the unit's own to give. */
	listed(courier, "H01.999-261128-0003", 1, "1");
	told(courier, "H01.999-261128-0003", "{\"files\":[]}");
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(%s)", asking(man, "H01.999-261128-0003", "{}")));
	assert_string_equal(one(man, "SELECT code LIKE 'H01.999-%%-0%%' AND code <> 'H01.999-261128-0003' FROM desk.dossier(%s)", id), "t");
	assert_string_equal(one(man, "SELECT dossier_id FROM desk.find('H01.999-261128-0003', 'code', 5) WHERE dossier_id = %s", id), id);
	/* A number that names the ministry with more digits is nobody else's. */
	listed(courier, "H01.999-261128-150003", 1, "1");
	told(courier, "H01.999-261128-150003", "{\"files\":[]}");
	assert_string_equal(one(man, "SELECT code FROM desk.accept_dossier(%s)", asking(man, "H01.999-261128-150003", "{}")), "H01.999-261128-150003");
	PQfinish(man), PQfinish(courier);
}

static void supplement_and_refusal_go_back(void **state)
{
	PGconn *man = as("man"), *hue = as("hue"), *courier = as("dua-tin");
	const char *code = "G22.99-20261120-0000002";
	(void)state;
	listed(courier, code, 1, "1");
	told(courier, code, "{\"files\":[]}");
#define AWAY(kind, more) asking(man, code, "{\"kind\":\"" kind "\",\"reasons\":[\"Thiếu giấy chứng sinh\"]" more "}")
	assert_string_equal(one(man, "SELECT paper_number LIKE '%%PBS%%' FROM desk.turn_away(%s)", AWAY("supplement", "")), "t");
	assert_string_equal(one(man, "SELECT status || ' ' || asks || ' ' || reason FROM desk.filings('citizen', 50)"), "5 1 Thiếu giấy chứng sinh");
	assert_string_equal(one(admin(), "SELECT (payload->>'status') || ' ' || (payload->>'code') || ' ' || (payload->>'text') FROM motcua.filing_word"
		" WHERE kind = 'progress'"), "5 G22.99-20261120-0000002 Thiếu giấy chứng sinh");
	assert_non_null(strstr(one(admin(), "SELECT fields FROM motcua.paper WHERE form = '02' ORDER BY paper_id DESC LIMIT 1"), "dossier.code\tG22.99"));
	/* Words go out one after the other. */
	assert_string_equal(one(courier, "SELECT string_agg(what, ' ') FROM wire.filing_work('cong', 60, 9, 60) WHERE code = '%s' AND what <> 'view'", code), "ack");
	/* Our own word told back is no act of theirs; the same content is no supplement. */
	told(courier, code, "{\"files\":[],\"status\":5}");
	told(courier, code, "{\"files\":[]}");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.filings('open', 50)"), 0);
	one(admin(), "UPDATE motcua.filing SET answered_at = answered_at - interval '3 days', clock_from = clock_from - interval '3 days' WHERE foreign_code = '%s'", code);
	told(courier, code, "{\"files\":[],\"summary\":\"Đã kèm giấy chứng sinh\"}");
	assert_string_equal(one(man, "SELECT (brought_at > now() - interval '1 minute') || ' ' || (clock_from = brought_at) FROM desk.filings('open', 50) WHERE code = '%s'",
		code), "true true");
	/* Asked a second time: by a supervisor, with its legal basis. */
	assert_string_equal(state_of(man, "SELECT * FROM desk.turn_away(%s)", AWAY("supplement", ",\"basis\":\"Luật\"")), "MC004");
	assert_string_equal(state_of(hue, "SELECT * FROM desk.turn_away(%s)", AWAY("supplement", "")), "MC005");
	assert_string_equal(last_hint(), "basis");
	assert_string_equal(one(man, "SELECT paper_number LIKE '%%PTC%%' FROM desk.turn_away(%s)", AWAY("refusal", "")), "t");
	assert_string_equal(one(man, "SELECT status FROM desk.filings('over', 50) WHERE code = '%s'", code), "3");
	assert_int_equal(words(code, "progress"), 2);
	assert_string_equal(one(man, "SELECT string_agg(what, ' ') FROM desk.filing_events((SELECT filing_id FROM desk.filings('over', 50) WHERE code = '%s'))",
		code), "filed asked brought refused");
	PQfinish(man), PQfinish(hue), PQfinish(courier);
}

/* Once, whether it was one of ours yet or not: the portal has seen the first "5". */
static void asked_before_it_was_accepted(void **state)
{
	PGconn *man = as("man"), *hue = as("hue"), *courier = as("dua-tin");
	const char *code = "G22.99-20261120-0000022";
	char id[24];
	(void)state;
	listed(courier, code, 1, "1");
	told(courier, code, "{\"files\":[]}");
	one(man, "SELECT paper_number FROM desk.turn_away(%s)", AWAY("supplement", ""));
	told(courier, code, "{\"files\":[],\"summary\":\"Đã kèm giấy chứng sinh\"}");
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(%s)", asking(man, code, "{\"ignore_similar\":true}")));
	assert_string_equal(one(man, "SELECT asked FROM desk.dossier_life(%s)", id), "1");
	assert_string_equal(one(man, "SELECT countersign || ' ' || basis || ' ' || (cost LIKE 'Lần thứ 2:%%') FROM desk.may(%s) WHERE act = 'ask_supplement'", id), "true true true");
	assert_string_equal(state_of(man, "SELECT desk.act(%s, 1, 'ask_supplement', 'Thiếu ảnh')", id), "MC004");
	assert_string_equal(state_of(hue, "SELECT desk.act(%s, 1, 'ask_supplement', 'Thiếu ảnh')", id), "MC005");
	assert_string_equal(one(man, "SELECT supplements FROM desk.kpi_facts(%s)", id), "1");
	one(hue, "SELECT desk.act(%s, 1, 'ask_supplement', 'Thiếu ảnh', '{\"basis\":\"Luật X Điều 2\"}')", id);
	assert_string_equal(one(man, "SELECT supplements FROM desk.kpi_facts(%s)", id), "2");
	PQfinish(man), PQfinish(hue), PQfinish(courier);
}

static void withdrawn_before_it_was_accepted(void **state)
{
	PGconn *man = as("man"), *courier = as("dua-tin");
	const char *code = "G22.99-20261120-0000003";
	char request[1400];
	(void)state;
	listed(courier, code, 1, "1");
	told(courier, code, "{\"files\":[]}");
	put(request, sizeof request, asking(man, code, "{}"));
	told(courier, code, "{\"status\":7,\"text\":\"Tôi nộp nhầm\",\"files\":[]}");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.filings('open', 50) WHERE code = '%s'", code), 0);
	assert_string_equal(one(man, "SELECT status || ' ' || reason || ' ' || answered_by FROM desk.filings('over', 50) WHERE code = '%s'", code),
	                    "7 Tôi nộp nhầm Nguyễn Thị Hồng");
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(%s)", request), "MC006");
	/* Lost over there is not withdrawn: it stays, and says so. */
	code = "G22.99-20261120-0000004";
	listed(courier, code, 1, "1");
	told(courier, code, "{\"files\":[]}");
	told(courier, code, "{\"found\":false}");
	assert_string_equal(one(man, "SELECT status || ' ' || note FROM desk.filings('open', 50) WHERE code = '%s'", code), "1 Bên kia không còn thấy hồ sơ này.");
	/* Handled at the ministry's own screen. */
	told(courier, code, "{\"status\":4,\"files\":[]}");
	assert_string_equal(one(man, "SELECT status || ' ' || (dossier_id IS NULL) FROM desk.filings('over', 50) WHERE code = '%s'", code), "2 true");
	PQfinish(man), PQfinish(courier);
}

static const char *standing(const char *system, const char *code)
{
	return one(admin(), "SELECT status || ' ' || (version > 0) || ' ' || (dossier_id IS NOT NULL) FROM motcua.filing WHERE system = '%s' AND foreign_code = '%s'",
	           system, code);
}

static long clashes(const char *code)
{
	return count(admin(), "SELECT count(*) FROM motcua.problem p JOIN motcua.dossier d USING (unit_id, dossier_id) WHERE p.kind = 'same_code'"
		" AND d.code = '%s' AND p.solved_at IS NULL", code);
}

/* A filing under a code that is taken here is seen, said and not acknowledged; what was over is filed again. */
static void a_taken_code_is_seen(void **state)
{
	PGconn *man = as("man"), *courier = as("dua-tin");
	char code[64];
	(void)state;
	/* The dossier above, still in their list as it was: nothing.  Listed anew: a task, once. */
	listed(courier, CODE, 1, "20261120164000");
	one(admin(), "UPDATE motcua.stream SET head = tail + 1 WHERE foreign_code = '" CODE "'");
	listed(courier, CODE, 1, "20261120164000");
	assert_int_equal(clashes(CODE), 0);
	for (int i = 0; i < 2; i++)
		listed(courier, CODE, 1, "20261201090000");
	assert_int_equal(clashes(CODE), 1);
	assert_string_equal(one(man, "SELECT kind || ' ' || (said LIKE '%%%s%%') FROM desk.tasks(50) WHERE kind = 'same_code'", CODE), "same_code true");
	assert_string_equal(standing("cong", CODE), "2 true true");
	/* A counter's dossier: told back by a system that was sent it, and somebody else's under its code. */
	put(code, sizeof code, one(man, "SELECT code FROM desk.accept_dossier(test.req())"));
	listed(courier, code, 1, "1");
	told(courier, code, "{\"files\":[]}");
	assert_string_equal(standing("cong", code), "2 false false");
	assert_int_equal(clashes(code), 0);
	listed(courier, code, 1, "2");
	told(courier, code, "{\"files\":[],\"owner\":{\"kind\":\"person\",\"name\":\"Đỗ Văn Ân\",\"id_number\":\"001199000099\"}}");
	assert_int_equal(clashes(code), 1);
	assert_int_equal(words(code, "ack"), 0);
	assert_string_equal(one(man, "SELECT owner_name || ' ' || (reason LIKE 'Chưa nhận%%') FROM desk.filings('over', 50) WHERE code = '%s'", code), "Đỗ Văn Ân true");
	assert_string_equal(one(man, "SELECT e.what FROM desk.filings('over', 50) x, desk.filing_events(x.filing_id) e WHERE x.code = '%s'", code), "same_code");
	/* Theirs was ours after all, and then it is over there: said once, not for ever. */
	listed(courier, code, 1, "3");
	told(courier, code, "{\"files\":[]}");
	assert_string_equal(standing("cong", code), "2 false false");
	listed(courier, code, 1, "4");
	told(courier, code, "{\"files\":[],\"status\":7}");
	assert_string_equal(standing("cong", code), "7 false false");
	/* Refused above, and filed once more: it waits for the desk with a clock of its own, when it was read. */
	put(code, sizeof code, "G22.99-20261120-0000002");
	listed(courier, code, 1, "20261201100000");
	assert_string_equal(standing("cong", code), "3 true false"); /* they have not heard of the refusal yet */
	one(admin(), "UPDATE motcua.filing_word SET done_at = now() WHERE done_at IS NULL");
	listed(courier, code, 1, "20261201100000");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.filings('open', 50) WHERE code = '%s'", code), 0);
	told(courier, code, "{\"files\":[],\"summary\":\"Nộp lại\"}");
	assert_string_equal(one(man, "SELECT asks || ' ' || whole || ' ' || (clock_from > now() - interval '1 minute') || ' ' || reason FROM desk.filings('open', 50)"
		" WHERE code = '%s'", code), "0 true true ");
	assert_string_equal(one(man, "SELECT paper_number LIKE '%%PTC%%' FROM desk.turn_away(%s)", AWAY("refusal", "")), "t");
	/* Filed again and withdrawn before it was read. */
	one(admin(), "UPDATE motcua.filing_word SET done_at = now() WHERE done_at IS NULL");
	listed(courier, code, 1, "20261202100000");
	told(courier, code, "{\"files\":[],\"status\":7,\"text\":\"Thôi\"}");
	assert_string_equal(one(man, "SELECT status || ' ' || reason FROM desk.filings('over', 50) WHERE code = '%s'", code), "7 Thôi");
	PQfinish(man), PQfinish(courier);
}

/* Who says nothing of the account has not said no; messages carry what was said. */
static void how_it_was_filed_goes_along(void **state)
{
	static const struct {
		const char *says, *filed;
	} ways[] = {
		{ "{\"files\":[],\"verified\":true,\"paid\":true,\"paid_through\":\"portal\"}", "{\"at\": \"2026-11-20T16:40:00+07:00\", \"paid\": \"portal\", \"verified\": true}" },
		{ "{\"files\":[],\"verified\":false,\"paid\":false}", "{\"at\": \"2026-11-20T16:40:00+07:00\", \"verified\": false}" },
		{ "{\"files\":[],\"filed_at\":\"\"}", "{}" },
	};
	PGconn *man = as("man"), *courier = as("dua-tin");
	char code[40], id[24];
	(void)state;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		snprintf(code, sizeof code, "G22.99-20261121-%07zu", i + 1);
		listed(courier, code, 1, "1");
		told(courier, code, ways[i].says);
		put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(%s)", asking(man, code, "{\"ignore_similar\":true}")));
#define FILED "SELECT (payload->'filed') - '{system,through,code}'::text[] FROM motcua.message WHERE dossier_id = %s AND kind = 'dossier' ORDER BY seq DESC LIMIT 1"
		assert_string_equal(one(admin(), FILED, id), ways[i].filed);
		/* The indicators see what is sent. */
		assert_string_equal(one(man, "SELECT paid_online || ' ' || population FROM desk.kpi_facts(%s)", id), i ? "false false" : "true true");
		assert_string_equal(one(admin(), "SELECT DISTINCT (payload->'filed'->>'system') || ' ' || (payload->'filed'->>'through') FROM motcua.message WHERE dossier_id = %s AND kind = 'dossier'", id), "cong portal");
		/* Sent before this was known, and corrected: it says so now. */
		one(admin(), "ALTER TABLE motcua.message DISABLE TRIGGER USER");
		one(admin(), "UPDATE motcua.message SET payload = payload - 'filed' WHERE dossier_id = %s", id);
		one(admin(), "ALTER TABLE motcua.message ENABLE TRIGGER USER");
		one(admin(), "SET search_path = motcua, public");
		assert_string_equal(one(admin(), "SELECT (motcua.dossier_sent(s)->'filed') - '{system,through,code}'::text[] FROM motcua.stream s WHERE dossier_id = %s LIMIT 1", id),
		                    ways[i].filed);
		one(admin(), "RESET search_path");
	}
	assert_string_equal(one(admin(), "SELECT count(*) FROM motcua.message WHERE payload ? 'filed' AND payload->>'channel' = '1'"), "0");
	PQfinish(man), PQfinish(courier);
}

static void hostile_content_is_kept_out(void **state)
{
	PGconn *man = as("man"), *courier = as("dua-tin");
	const char *code = "G22.99-20261120-0000005";
	(void)state;
	one(courier, "SELECT wire.filings_listed('cong', '[{\"code\":\"\"},{\"code\":null},{\"status\":1},{\"code\":\"%s\",\"status\":1,\"agency\":\"nobody\"}]')",
	    "X-1");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.filing WHERE foreign_code = 'X-1'"), 0); /* of no unit here */
	listed(courier, code, 1, "1");
	told(courier, code, "{\"filed_at\":\"infinity\",\"owner\":\"x\",\"procedure\":7,\"form\":\"x\",\"files\":[{\"key\":\"a\",\"name\":\"../../etc\","
		"\"content\":\"%%%%\"},{\"key\":\"b\",\"name\":\"b\"},{\"key\":\"c\",\"name\":\"c\",\"content\":\"aGVsbG8=\",\"sha256\":\"" HASH "\"},"
		"{\"key\":\"d\",\"name\":\"d\\\\u0001.pdf\",\"content\":\"aGVsbG8=\",\"type\":\"application/pdf\"},{\"name\":\"no key\"}]}");
	assert_string_equal(one(man, "SELECT string_agg(f.name || ' ' || f.state, ', ' ORDER BY f.name) FROM desk.filings('open', 50) x,"
		" desk.filing_files(x.filing_id) f WHERE x.code = '%s' AND f.name NOT LIKE 'd%%'", code), "../../etc bad, b bad, c bad");
	assert_string_equal(one(man, "SELECT owner_name || '|' || files_missing || '|' || whole || '|' || (deadline IS NOT NULL) FROM desk.filings('open', 50)"
		" WHERE code = '%s'", code), "|3|true|true");
	PQfinish(man), PQfinish(courier);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_filing_however_often_it_comes),
		cmocka_unit_test(accepted_like_at_the_counter),
		cmocka_unit_test(a_code_like_ours_is_an_alias),
		cmocka_unit_test(supplement_and_refusal_go_back),
		cmocka_unit_test(asked_before_it_was_accepted),
		cmocka_unit_test(withdrawn_before_it_was_accepted),
		cmocka_unit_test(a_taken_code_is_seen),
		cmocka_unit_test(how_it_was_filed_goes_along),
		cmocka_unit_test(hostile_content_is_kept_out),
		cmocka_unit_test(who_filed_hears_of_it),
		cmocka_unit_test(only_a_gateway_carries_words),
		cmocka_unit_test(what_is_over_is_forgotten),
		cmocka_unit_test(who_is_still_to_be_told),
		cmocka_unit_test(handed_over_once_more),
		cmocka_unit_test(a_visit_groups_its_dossiers),
		cmocka_unit_test(linked_procedures_are_one_request),
		cmocka_unit_test(a_filing_that_waits_is_watched),
		cmocka_unit_test(a_supplement_that_does_not_come_is_watched),
		cmocka_unit_test(a_linked_supplement_is_watched),
		cmocka_unit_test(both_count_the_same_hours),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
