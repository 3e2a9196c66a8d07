/* SPDX-License-Identifier: Apache-2.0
 *
 * Waits that end at the desk: papers brought, sums paid, dates moved, systems
 * answered; and what of it is refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/schema/taken_up.h"

PGconn *courier, *man, *hue;
char dossier[32], code[64], once[40];

int fresh(void **state)
{
	(void)state;
	man = as("man");
	hue = as("hue");
	courier = as("dua-tin");
	const char *both = one(man, "SELECT dossier_id || ' ' || code FROM desk.accept_dossier(test.req())");
	sscanf(both, "%31s %63s", dossier, code);
	snprintf(once, sizeof once, "11111111-1111-4111-8111-%012ld", atol(dossier));
	one(admin(), "UPDATE motcua.dossier SET received_at = now() - interval '9 days', status_at = now() - interval '9 days',"
	             " due_at = date_trunc('second', now()) + interval '2 days' WHERE dossier_id = %s", dossier);
	one(admin(), "UPDATE motcua.stream SET head = tail + 1, created_there = true WHERE dossier_id = %s", dossier);
	return 0;
}

int done(void **state)
{
	(void)state;
	PQfinish(courier);
	PQfinish(man);
	PQfinish(hue);
	return 0;
}

long status(void)
{
	return count(admin(), "SELECT status FROM motcua.dossier WHERE dossier_id = %s", dossier);
}

long version(void)
{
	return count(admin(), "SELECT version FROM motcua.dossier WHERE dossier_id = %s", dossier);
}

static long tasks(const char *kind)
{
	return count(man, "SELECT count(*) FROM desk.tasks(1000) WHERE dossier_id = %s AND kind = '%s'", dossier, kind);
}

void tell(const char *system, const char *members)
{
	char view[1000];
	snprintf(view, sizeof view, "%s", one(admin(), "SELECT jsonb_build_object(%s)", members));
	assert_string_equal(one(courier, "SELECT wire.told('%s', '%s', '%s')", system, code, view), "t");
}

void wait_since(const char *ago)
{
	one(admin(), "UPDATE motcua.dossier SET status_at = date_trunc('second', now()) - interval '%s' WHERE dossier_id = %s", ago, dossier);
}

#define FEE "'fees', jsonb_build_array(jsonb_build_object('key', 'f', 'name', 'Phí thẩm định', 'amount', 150000, 'at', " YESTERDAY "))"
#define REQUEST "jsonb_build_object('request_id', '%s', 'act', '%s', 'computed_at', motcua.iso(now()), 'due_at'," \
	" motcua.iso(test.due_after_wait(%s) + interval '%s'), 'line', 'Chờ một ngày') || '%s'"

const char *request(const char *id, const char *act, const char *off, const char *members)
{
	static char text[4000];
	snprintf(text, sizeof text, "%s", one(admin(), "SELECT " REQUEST, id, act, dossier, off, members));
	return text;
}

static const char *part(const char *kind)
{
	static char id[32];
	snprintf(id, sizeof id, "%s", one(admin(), "SELECT max(part_id) FROM motcua.answer_part WHERE dossier_id = %s AND kind = '%s'",
	                                  dossier, kind));
	return id;
}

static void what_was_asked_is_brought(void **state)
{
	char papers[400];
	(void)state;
	tell("tu-phap", ASK);
	assert_int_equal(status(), 5);
	wait_since("4 days");
	assert_int_equal(tasks("supplement"), 1);
	assert_string_equal(one(man, "SELECT act || to_status FROM desk.waits(%s)", dossier), "supplement2");
	assert_string_equal(one(man, "SELECT kind || ' ' || name FROM desk.asked(%s)", dossier), "asked Bản sao hộ khẩu");
	snprintf(papers, sizeof papers, "{\"papers\":[{\"part_id\":%s,\"action\":\"submit\",\"originals\":0,\"copies\":1,\"files\":[]}]}", part("supplement"));
	/* The life-cycle's bare act would lose the pause. */
	assert_string_equal(state_of(man, "SELECT desk.act(%s, %ld, 'supplement', '')", dossier, version()), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.take_up(%s, 1, '%s')", dossier, request(once, "supplement", "0", papers)), "MC006");
	assert_string_equal(state_of(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, version(), request(once, "pay", "0", papers)), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, version(), request(once, "supplement", "-90 days", papers)), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, version(), request(once, "supplement", "0", "{}")), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, version(),
		request(once, "supplement", "0", "{\"computed_at\":\"2020-01-01T08:00:00+07:00\"}")), "MC001");
	assert_int_equal(status(), 5);
	const char *said = request(once, "supplement", "0", papers);
	long seen = version();
	char first[16];
	snprintf(first, sizeof first, "%s", one(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, seen, said));
	assert_int_equal(status(), 2);
	/* The reply was lost and the request said again: the same, once. */
	assert_string_equal(one(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, seen, said), first);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.taken_up WHERE dossier_id = %s", dossier), 1);
	/* Of another dossier it is a mistake. */
	char other[32];
	snprintf(other, sizeof other, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	assert_string_equal(state_of(man, "SELECT desk.take_up(%s, 1, '%s')", other, said), "MC006");
	assert_int_equal(tasks("supplement"), 0);
	assert_string_equal(one(admin(), "SELECT solution FROM motcua.problem WHERE dossier_id = %s", dossier), "Đã bổ sung: Bản sao hộ khẩu");
	assert_string_equal(one(man, "SELECT cause || ' ' || line FROM desk.dossier_due(%s) ORDER BY at DESC", dossier), "supplement Chờ một ngày");
	assert_string_equal(one(man, "SELECT name || state || copies FROM desk.dossier_components(%s) ORDER BY seq DESC", dossier), "Bản sao hộ khẩuok1");
	assert_string_equal(one(man, "SELECT note FROM desk.dossier_events(%s) WHERE act = 'supplement'", dossier), "Đã bổ sung: Bản sao hộ khẩu");
	assert_string_equal(one(man, "SELECT answered_at IS NOT NULL FROM desk.dossier_parts(%s)", dossier), "t");
}

static void every_system_hears_of_it(void **state)
{
	char papers[400];
	(void)state;
	tell("tu-phap", ASK);
	snprintf(papers, sizeof papers, "{\"note\":\"mang tới quầy\",\"papers\":[{\"part_id\":%s,\"action\":\"compare\",\"originals\":1,\"copies\":1}]}", part("supplement"));
	one(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, version(), request(once, "supplement", "0", papers));
	assert_string_equal(one(admin(), "SELECT string_agg(s.system || ' ' || (SELECT string_agg(m.kind, ' ' ORDER BY m.seq) FROM (SELECT *"
		" FROM motcua.message x WHERE x.dossier_id = s.dossier_id AND x.system = s.system ORDER BY x.seq DESC LIMIT 2) m), ', ' ORDER BY s.system)"
		" FROM motcua.stream s WHERE s.dossier_id = %s", dossier), "cong dossier progress, tu-phap dossier progress");
	assert_string_equal(one(admin(), "SELECT payload->>'text' || ' ' || (payload->>'status') FROM motcua.message WHERE dossier_id = %s AND"
		" system = 'cong' AND kind = 'progress' ORDER BY seq DESC", dossier), "Đã bổ sung: Bản sao hộ khẩu. mang tới quầy 2");
	/* Their own number of the question comes back to them alone. */
	assert_string_equal(one(admin(), "SELECT string_agg(system || ' ' || (payload#>>'{supplements,0,id}') || ' ' || (payload#>>'{supplements,0,by}'),"
		" ', ' ORDER BY system) FROM motcua.message WHERE dossier_id = %s AND payload ? 'supplements'", dossier),
		"cong 101 Ông Mẫu, tu-phap 7 Ông Mẫu");
	assert_string_equal(one(admin(), "SELECT payload->'components'->-1->>'name' FROM motcua.message WHERE dossier_id = %s AND system = 'tu-phap'"
		" AND kind = 'dossier' ORDER BY seq DESC", dossier), "Bản sao hộ khẩu");
	/* Told back to us, our own step is no news and undoes nothing. */
	snprintf(papers, sizeof papers, "%s", one(admin(), "SELECT jsonb_build_object('steps', jsonb_build_array(jsonb_build_object('status', 2, 'at',"
		" motcua.iso(status_at)))) FROM motcua.dossier WHERE dossier_id = %s", dossier));
	one(courier, "SELECT wire.told('tu-phap', '%s', '%s')", code, papers);
	assert_int_equal(status(), 2);
}

static void a_bare_stop_is_a_task_too(void **state)
{
	(void)state;
	one(courier, "SELECT wire.answered('tu-phap', '%s', '', 5, now() - interval '1 hour', 'Thiếu ảnh chân dung', '')", code);
	assert_int_equal(status(), 5);
	assert_int_equal(tasks("supplement"), 1);
	assert_string_equal(one(man, "SELECT kind || ' ' || name FROM desk.asked(%s)", dossier), "said Thiếu ảnh chân dung");
	one(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, version(), request(once, "supplement", "0",
		"{\"papers\":[{\"name\":\"Ảnh chân dung\",\"action\":\"submit\",\"originals\":1,\"copies\":0}]}"));
	assert_int_equal(tasks("supplement"), 0);
	assert_string_equal(one(admin(), "SELECT basis FROM motcua.dossier_component WHERE dossier_id = %s ORDER BY seq DESC", dossier),
	                    "Yêu cầu bổ sung: Thiếu ảnh chân dung");
}

static void money_that_was_asked_is_paid(void **state)
{
	char fees[200];
	(void)state;
	one(man, "SELECT desk.act(%s, %ld, 'process', '')", dossier, version());
	tell("tu-phap", FEE);
	assert_int_equal(status(), 6);
	assert_int_equal(tasks("payment"), 1);
	assert_string_equal(state_of(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, version(), request(once, "pay", "0", "{\"note\":\"x\"}")), "MC005");
	snprintf(fees, sizeof fees, "{\"fees\":[{\"part_id\":%s,\"paid\":\"cash\"}]}", part("payment"));
	one(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, version(), request(once, "pay", "0", fees));
	assert_int_equal(status(), 4);
	assert_int_equal(tasks("payment"), 0);
	assert_string_equal(one(man, "SELECT name || amount || paid FROM desk.dossier_fees(%s) WHERE amount = 150000", dossier), "Phí thẩm định150000cash");
	assert_string_equal(one(man, "SELECT note FROM desk.dossier_events(%s) WHERE act = 'pay'", dossier),
	                    "Đã nộp: Phí thẩm định 150.000 đồng (tiền mặt)");
}

static void a_system_that_is_only_told_may_ask(void **state)
{
	char papers[400];
	(void)state;
	tell("cong", ASK);
	assert_int_equal(status(), 2);
	assert_string_equal(one(man, "SELECT act || to_status FROM desk.waits(%s)", dossier), "supplement0");
	snprintf(papers, sizeof papers, "{\"papers\":[{\"part_id\":%s,\"action\":\"submit\",\"originals\":1,\"copies\":0}]}", part("supplement"));
	/* Nothing waited: no date moves. */
	assert_string_equal(state_of(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, version(), request(once, "supplement", "1 day", papers)), "MC005");
	one(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, version(), request(once, "supplement", "0", papers));
	assert_int_equal(status(), 2);
	assert_int_equal(tasks("supplement"), 0);
	assert_string_equal(one(admin(), "SELECT kind FROM motcua.message WHERE dossier_id = %s AND system = 'cong' ORDER BY seq DESC", dossier), "dossier");
}

static void files_go_with_what_was_brought(void **state)
{
	char papers[400], file[32];
	(void)state;
	snprintf(file, sizeof file, "%s", one(man, "SELECT desk.file_begin('ho-khau.pdf', 'application/pdf', 3, sha256('abc'))"));
	tell("tu-phap", ASK);
	snprintf(papers, sizeof papers, "{\"papers\":[{\"part_id\":%s,\"action\":\"submit\",\"originals\":0,\"copies\":1,\"files\":[%s]}]}",
	         part("supplement"), file);
	const char *said = request(once, "supplement", "0", papers);
	assert_string_equal(state_of(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, version(), said), "MC005");
	one(man, "SELECT desk.file_piece(%s, 0, 'abc')", file);
	one(man, "SELECT desk.file_end(%s)", file);
	one(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, version(), said);
	assert_string_equal(one(admin(), "SELECT dossier_id = %s FROM motcua.file WHERE file_id = %s", dossier, file), "t");
	assert_string_equal(one(admin(), "SELECT payload->'components'->-1->'files'->>0 FROM motcua.message WHERE dossier_id = %s AND"
		" system = 'tu-phap' AND kind = 'dossier' ORDER BY seq DESC", dossier), file);
	/* Its facts, and what became of it, are recorded. */
	assert_string_equal(one(man, "SELECT name || size || left(sha256, 8) FROM desk.file_facts(%s)", file), "ho-khau.pdf3ba7816bf");
	one(man, "SELECT desk.file_used(%s, 'save')", file);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'file_save' AND dossier_id = %s", dossier), 1);
	PGconn *lan = as("lan");
	assert_string_equal(state_of(lan, "SELECT desk.file_facts(%s)", file), "MC008");
	assert_string_equal(state_of(lan, "SELECT desk.take_up(%s, 1, '%s')", dossier, said), "MC008");
	PQfinish(lan);
}

static void a_new_date_of_theirs_is_taken(void **state)
{
	(void)state;
	tell("tu-phap", "'extensions', jsonb_build_array(jsonb_build_object('key', 'g', 'new_due', motcua.iso(now() + interval '12 days'), 'text', 'Chờ xác minh'))");
	assert_int_equal(tasks("extension"), 1);
	char id[32];
	snprintf(id, sizeof id, "%s", part("extension"));
	one(man, "SELECT desk.take_date(%s, %ld, %s)", dossier, version(), id);
	assert_int_equal(tasks("extension"), 0);
	assert_string_equal(one(man, "SELECT cause FROM desk.dossier_due(%s) ORDER BY at DESC", dossier), "extension");
	assert_string_equal(one(admin(), "SELECT due_at > now() + interval '11 days' FROM motcua.dossier WHERE dossier_id = %s", dossier), "t");
	/* Theirs is not told back to them; the others and the citizen hear it. */
	assert_string_equal(one(admin(), "SELECT string_agg(system, ',') FROM motcua.message m JOIN motcua.dossier d USING (unit_id, dossier_id) WHERE dossier_id = %s"
		" AND m.kind = 'dossier' AND m.seq > 1 AND m.payload->>'due_at' = motcua.iso(d.due_at)", dossier), "cong");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.citizen_message WHERE dossier_id = %s AND kind = 'new_date'", dossier), 1);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.dossier_events(%s) WHERE act = 'change_due' AND note LIKE '%%Chờ xác minh'", dossier), 1);
	assert_string_equal(state_of(man, "SELECT desk.take_date(%s, %ld, %s)", dossier, version(), id), "MC008");
}

static void acts_bring_their_paper(void **state)
{
	(void)state;
	assert_string_equal(one(man, "SELECT paper_id IS NOT NULL FROM desk.act(%s, %ld, 'ask_supplement', 'Thiếu trang 2', '{\"ground\":\"chưa đầy đủ\"}')", dossier, version()), "t");
	assert_string_equal(one(admin(), "SELECT motcua.field_raw(fields, 'reason.1.text') || ': ' || motcua.field_raw(fields, 'reason') FROM motcua.paper"
		" WHERE form = '02' AND dossier_id = %s", dossier), "Thiếu trang 2: chưa đầy đủ");
	assert_string_equal(one(man, "SELECT form || (number LIKE '%%/PBS-TTPVHCC') FROM desk.dossier_papers(%s) WHERE form <> '01'", dossier), "02true");
	/* Nobody else asked: the desk's own words are the list; no task of ours to ourselves. */
	assert_string_equal(one(man, "SELECT kind || ' ' || name FROM desk.asked(%s)", dossier), "said Thiếu trang 2");
	assert_int_equal(tasks("supplement"), 0);
	one(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, version(), request(once, "supplement", "0",
		"{\"papers\":[{\"seq\":1,\"action\":\"submit\",\"originals\":1,\"copies\":0}]}"));
	assert_string_equal(one(man, "SELECT paper_id IS NULL FROM desk.act(%s, %ld, 'finish', '')", dossier, version()), "t");
	one(man, "SELECT desk.act(%s, %ld, 'return', '')", dossier, version());
	assert_string_equal(one(admin(), "SELECT payload->>'text' FROM motcua.message WHERE dossier_id = %s AND system = 'cong' ORDER BY seq DESC", dossier),
	                    "Đã trả kết quả");
	assert_int_equal(status(), 10);
}

static void a_withdrawal_is_noticed_once(void **state)
{
	(void)state;
	assert_string_equal(one(man, "SELECT paper_id IS NOT NULL FROM desk.act(%s, %ld, 'withdraw', 'Đơn ngày 20/11')", dossier, version()), "t");
	assert_string_equal(one(man, "SELECT fields LIKE '%%progress\tđã tiếp nhận%%requested_at%%' OR fields LIKE '%%requested_at%%progress\tđã tiếp nhận%%reason\tĐơn ngày 20/11%%'"
		" FROM desk.paper((SELECT paper_id FROM desk.dossier_papers(%s) WHERE form = '05'))", dossier), "t");
	/* The stop that follows is the same notice's. */
	assert_string_equal(one(man, "SELECT paper_id IS NULL FROM desk.act(%s, %ld, 'stop', 'Đơn ngày 20/11')", dossier, version()), "t");
	assert_int_equal(status(), 8);
}

static void a_stop_that_is_over_moves_the_date(void **state)
{
	(void)state;
	/* Nobody asked for it: it has its notice, which says so. */
	assert_string_equal(one(hue, "SELECT p.fields LIKE '%%progress\tđã tiếp nhận%%reason\ttoà yêu cầu%%' AND p.fields NOT LIKE '%%requested_at%%'"
		" FROM desk.act(%s, %ld, 'stop', 'toà yêu cầu') a, LATERAL desk.paper(a.paper_id) p", dossier, version()), "t");
	assert_string_equal(one(admin(), "SELECT kind || ' ' || state FROM motcua.citizen_message WHERE dossier_id = %s ORDER BY message_id DESC", dossier), "stopped call");
	wait_since("4 days");
	assert_string_equal(state_of(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, version(), request(once, "resume", "0", "{\"note\":\"xong\"}")), "MC004");
	one(hue, "SELECT desk.take_up(%s, %ld, '%s')", dossier, version(), request(once, "resume", "0", "{\"note\":\"xong\"}"));
	assert_int_equal(status(), 4);
	assert_string_equal(one(admin(), "SELECT finished_at IS NULL FROM motcua.dossier WHERE dossier_id = %s", dossier), "t");
	/* Not stopped any more, and a new date: that is to be said. */
	assert_string_equal(one(admin(), "SELECT string_agg(kind || ' ' || state, ', ' ORDER BY message_id) FROM motcua.citizen_message WHERE dossier_id = %s", dossier),
	                    "stopped void, new_date call");
	/* Stopped again: again a notice. */
	assert_string_equal(one(hue, "SELECT paper_id IS NOT NULL FROM desk.act(%s, %ld, 'stop', 'toà yêu cầu lần nữa')", dossier, version()), "t");
}

#define ASKS "'asks', jsonb_build_array(jsonb_build_object('key', '7', 'text', 'Bản sao hộ khẩu', 'at', " YESTERDAY ")," \
	" jsonb_build_object('key', '8', 'text', 'Ảnh chân dung', 'at', " YESTERDAY "))"

static const char *receipt_again(char *out, size_t room)
{
	snprintf(out, room, "%s", one(man, "SELECT p.fields FROM desk.issue_paper(gen_random_uuid(), '01', %s) i, desk.paper(i.paper_id) p", dossier));
	return out;
}

static void part_of_it_is_kept_while_the_rest_is_waited_for(void **state)
{
	char part_request[500], fields[4000], due[64], other[64];
	(void)state;
	tell("tu-phap", ASKS);
	snprintf(due, sizeof due, "%s", one(admin(), "SELECT due_at FROM motcua.dossier WHERE dossier_id = %s", dossier));
	const char *first = one(admin(), "SELECT min(part_id) FROM motcua.answer_part WHERE dossier_id = %s", dossier);
	snprintf(part_request, sizeof part_request, "{\"request_id\":\"%s\",\"missing\":[\"Ảnh chân dung\"],\"papers\":[{\"part_id\":%s,"
		"\"action\":\"submit\",\"originals\":0,\"copies\":1}]}", once, first);
	assert_string_equal(state_of(man, "SELECT desk.take_part(%s, %ld, '%s'::jsonb - 'missing')", dossier, version(), part_request), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.take_part(%s, %ld, '%s'::jsonb - 'papers')", dossier, version(), part_request), "MC005");
	long messages = count(admin(), "SELECT count(*) FROM motcua.message WHERE dossier_id = %s", dossier), seen = version();
	one(man, "SELECT desk.take_part(%s, %ld, '%s')", dossier, seen, part_request);
	one(man, "SELECT desk.take_part(%s, %ld, '%s')", dossier, seen, part_request);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.taken_part WHERE dossier_id = %s", dossier), 1);
	/* It still waits, for one of the two, and nobody was told that it does not. */
	assert_int_equal(status(), 5);
	assert_string_equal(one(admin(), "SELECT due_at FROM motcua.dossier WHERE dossier_id = %s", dossier), due);
	assert_string_equal(one(man, "SELECT string_agg(name || ' ' || state, ', ' ORDER BY part_id) FROM desk.asked(%s) WHERE kind = 'asked'", dossier),
	                    "Bản sao hộ khẩu brought, Ảnh chân dung missing");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.message WHERE dossier_id = %s", dossier), messages);
	assert_int_equal(tasks("supplement"), 2);
	receipt_again(fields, sizeof fields);
	assert_non_null(strstr(fields, "\nmissing\tẢnh chân dung\n"));
	assert_non_null(strstr(fields, ".name\tBản sao hộ khẩu\n"));
	assert_null(strstr(fields, "\ndue_at\t"));
	/* The other one comes: now it goes on, and both are told. */
	snprintf(other, sizeof other, "22222222-2222-4222-8222-%012ld", atol(dossier));
	snprintf(part_request, sizeof part_request, "{\"papers\":[{\"part_id\":%s,\"action\":\"submit\",\"originals\":2,\"copies\":0}]}", part("supplement"));
	one(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, version(), request(other, "supplement", "0", part_request));
	assert_int_equal(status(), 2);
	assert_int_equal(tasks("supplement"), 0);
	assert_string_equal(one(admin(), "SELECT payload#>>'{supplements,0,papers}' FROM motcua.message WHERE dossier_id = %s AND system = 'tu-phap'"
		" AND kind = 'dossier' ORDER BY seq DESC", dossier), "[\"Bản sao hộ khẩu\", \"Ảnh chân dung\"]");
	assert_string_equal(one(man, "SELECT note FROM desk.dossier_events(%s) WHERE act = 'supplement'", dossier),
	                    "Đã bổ sung: Bản sao hộ khẩu; Ảnh chân dung");
	receipt_again(fields, sizeof fields);
	assert_null(strstr(fields, "\nmissing\t"));
	assert_non_null(strstr(fields, "\ndue_at\t"));
	assert_non_null(strstr(fields, "\nrevised_at\t"));
	assert_string_equal(state_of(man, "SELECT desk.take_part(%s, %ld, '%s')", dossier, version(),
		"{\"request_id\":\"33333333-3333-4333-8333-333333333333\",\"missing\":[\"x\"],\"papers\":[]}"), "MC005");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, fresh, done)
	const struct CMUnitTest tests[] = {
		T(what_was_asked_is_brought), T(every_system_hears_of_it), T(a_bare_stop_is_a_task_too),
		T(money_that_was_asked_is_paid), T(a_system_that_is_only_told_may_ask), T(files_go_with_what_was_brought),
		T(a_new_date_of_theirs_is_taken), T(acts_bring_their_paper), T(a_withdrawal_is_noticed_once), T(a_stop_that_is_over_moves_the_date),
		T(part_of_it_is_kept_while_the_rest_is_waited_for),
	};
	struct CMUnitTest all[64];
	size_t count_of = COUNT(tests);
	memcpy(all, tests, sizeof tests);
	for (const struct CMUnitTest *t = taken_up_waits; t->name; t++)
		all[count_of++] = *t;
	return _cmocka_run_group_tests("taken up", all, count_of, world_start, world_stop);
}
