/* SPDX-License-Identifier: Apache-2.0
 *
 * What leaves the house or comes into it in one carrying. */
#include "tests/schema/elsewhere.h"

#define FRESH "gen_random_uuid()"

/* A list for the other agency's messenger: numbered when printed, handed over when signed, void otherwise. */
void carried_by_a_messenger(void **state)
{
	PGconn *man = as("man"), *lan = as("lan");
	char id[24], plain[24], batch[24], paper[24];
	(void)state;
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" ELSEWHERE "))"));
	put(plain, sizeof plain, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	assert_string_equal(one(man, "SELECT what || ' ' || papers || ' ' || agency_name FROM desk.to_consign('hand', '30544', 100) WHERE dossier_id = %s", id), "dossier 1 UBND xã Tri Tôn");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.to_consign('hand', '99999', 100)"), 0);
	put(batch, sizeof batch, one(man, "SELECT desk.consign_open('33333333-3333-4333-8333-333333333333', 'out', 'hand', '30544', 'UBND xã Tri Tôn')"));
	assert_string_equal(one(man, "SELECT desk.consign_open('33333333-3333-4333-8333-333333333333', 'out', 'hand', '30544', 'UBND xã Tri Tôn')"), batch);
	/* Nothing to hand over; ours; somebody else's unit. */
	assert_string_equal(state_of(man, "SELECT desk.consign_print(%s, 'Chau Văn Tư', '')", batch), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.consign_add(" FRESH ", %s, %s, '{}')", batch, plain), "MC005");
	assert_string_equal(state_of(lan, "SELECT desk.consign_add(" FRESH ", %s, %s, '{}')", batch, id), "MC008");
	assert_string_equal(one(man, "SELECT desk.consign_add(" FRESH ", %s, NULL, jsonb_build_object('code', (SELECT code FROM desk.dossier(%s))))", batch, id), "1");
	assert_string_equal(state_of(man, "SELECT desk.consign_add(" FRESH ", %s, %s, '{}')", batch, id), "MC005"); /* lies there already */
	assert_string_equal(state_of(man, "SELECT desk.consign_add(NULL, %s, %s, '{}')", batch, id), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.consign_sign(%s)", batch), "MC006");
	put(paper, sizeof paper, one(man, "SELECT desk.consign_print(%s, 'Chau Văn Tư', 'Văn thư')", batch));
	assert_string_equal(one(man, "SELECT desk.consign_print(%s, 'Người khác', '')", batch), paper);
	assert_string_equal(one(admin(), "SELECT form || ' ' || seq || ' ' || motcua.field_raw(fields, 'giver.name') || ' ' || motcua.field_raw(fields, 'taker.name')"
		" || ' ' || motcua.field_raw(fields, 'item_count') FROM motcua.paper WHERE paper_id = %s", paper), "handover 1 Lê Thị Mận Chau Văn Tư 1");
	assert_string_equal(state_of(man, "SELECT desk.consign_remove(%s, 1)", batch), "MC006");
	assert_string_equal(one(man, "SELECT how FROM desk.between('out', 100) WHERE dossier_id = %s", id), "");
	one(man, "SELECT desk.consign_sign(%s), desk.consign_sign(%s)", batch, batch);
	assert_string_equal(one(man, "SELECT how || ' ' || (number LIKE '01/%%') || ' ' || hand_late FROM desk.between('out', 100) WHERE dossier_id = %s", id), "list true false");
	assert_string_equal(one(man, "SELECT kind || ' ' || name || ' ' || place FROM desk.dossier_holders(%s) ORDER BY seq DESC LIMIT 1", id), "agency Chau Văn Tư UBND xã Tri Tôn");
	assert_string_equal(one(man, "SELECT count(*) || ' ' || min(status) FROM desk.dossier(%s) d, desk.dossier_events(%s) e WHERE e.act = 'consign' GROUP BY d.dossier_id", id, id), "1 2");
	assert_string_equal(state_of(man, "SELECT desk.consign_void(%s, 'Nhầm')", batch), "MC006");
	/* The number of a paper that nobody signed stays, void; the dossier may go with the next one. */
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" ELSEWHERE "))"));
	put(batch, sizeof batch, one(man, "SELECT desk.consign_open(" FRESH ", 'out', 'hand', '30544', 'UBND xã Tri Tôn')"));
	one(man, "SELECT desk.consign_add(" FRESH ", %s, %s, '{}')", batch, id);
	one(man, "SELECT desk.consign_print(%s, 'Chau Văn Tư', '')", batch);
	assert_string_equal(state_of(man, "SELECT desk.consign_void(%s, '')", batch), "MC005");
	one(man, "SELECT desk.consign_void(%s, 'Đếm thiếu một tờ')", batch);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'consign_void' AND what::text LIKE '%%Đếm thiếu%%'"), 0);
	put(batch, sizeof batch, one(man, "SELECT desk.consign_open(" FRESH ", 'out', 'hand', '30544', 'UBND xã Tri Tôn')"));
	one(man, "SELECT desk.consign_add(" FRESH ", %s, %s, '{}')", batch, id);
	one(man, "SELECT desk.consign_print(%s, 'Chau Văn Tư', '')", batch);
	assert_string_equal(one(man, "SELECT string_agg(split_part(number, '/', 1) || state, ' ' ORDER BY number) FROM desk.consignments(0, 100) WHERE carrier = 'hand'"),
	                    "01signed 02void 03printed");
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.consignments(0, 100)"), 0);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.consignment_items(%s)", batch), 0);
	assert_string_equal(state_of(lan, "SELECT desk.consign_sign(%s)", batch), "MC008");
	PQfinish(man);
	PQfinish(lan);
}

/* What lies in a room, or waits on a list, is not the desk's to give: not into a batch, and not out of the house with one. */
void only_what_lies_on_the_desk(void **state)
{
	PGconn *man = as("man"), *khoa = as("khoa");
	char id[24], batch[24], list[24];
	(void)state;
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" ELSEWHERE "))"));
	put(batch, sizeof batch, one(man, "SELECT desk.consign_open(" FRESH ", 'out', 'hand', '30544', 'UBND xã Tri Tôn')"));
#define GIVE "SELECT desk.hand_give(" FRESH ", ARRAY[%s::bigint], 'khoa', 'room', 'Phòng Kinh tế', '')"
	put(list, sizeof list, one(man, GIVE, id));
	assert_string_equal(one(man, "SELECT lies LIKE '%%chờ ký nhận.' FROM desk.to_consign('hand', '30544', 100) WHERE dossier_id = %s", id), "t");
	assert_string_equal(state_of(man, "SELECT desk.consign_add(" FRESH ", %s, %s, '{}')", batch, id), "MC005");
	one(man, "SELECT desk.hand_void(%s)", list);
	assert_string_equal(one(man, "SELECT lies FROM desk.to_consign('hand', '30544', 100) WHERE dossier_id = %s", id), "");
	one(man, "SELECT desk.consign_add(" FRESH ", %s, %s, '{}')", batch, id);
	/* In the batch, and then given to a room all the same. */
	put(list, sizeof list, one(man, GIVE, id));
	one(khoa, "SELECT desk.hand_take(%s)", list);
	assert_string_equal(state_of(man, "SELECT desk.consign_print(%s, 'Chau Văn Tư', '')", batch), "MC005");
	assert_string_equal(last_hint(), "dossiers");
	assert_string_equal(one(khoa, "SELECT lies FROM desk.to_consign('hand', '30544', 100) WHERE dossier_id = %s", id), ""); /* in whose hands it is */
	one(khoa, "SELECT desk.consign_print(%s, 'Chau Văn Tư', '')", batch);
	assert_string_equal(state_of(man, "SELECT desk.consign_sign(%s)", batch), "MC005");
	one(khoa, "SELECT desk.consign_sign(%s)", batch);
	assert_string_equal(one(admin(), "SELECT kind || ' ' || giver FROM motcua.dossier_holder WHERE dossier_id = %s AND until_at IS NULL", id), "agency Trần Đăng Khoa");
	PQfinish(man);
	PQfinish(khoa);
}

/* Counted complete and signed the day before yesterday, opened today: it was filed then, under a code of that day. */
static void filed_when_both_signed(PGconn *man)
{
	char in[24], opened[24], signed_at[40];
	put(in, sizeof in, one(man, "SELECT desk.consign_open(" FRESH ", 'in', 'post', '', 'Bưu cục Núi Cấm')"));
	PGconn *first = as("man"); /* nothing went out on this line before */
	one(first, "SELECT desk.consign_add(" FRESH ", %s, NULL, '{\"slip\":\"EC1\",\"person\":\"Chau Sóc Rây\"}')", in);
	PQfinish(first);
	one(man, "SELECT desk.consign_print(%s, 'Trần Văn Thư', '')", in);
	one(man, "SELECT desk.consign_sign(%s)", in);
	put(signed_at, sizeof signed_at, one(admin(), "UPDATE motcua.consignment SET signed_at = signed_at - interval '2 days' WHERE consignment_id = %s RETURNING motcua.iso(signed_at)", in));
#define COME(more) "test.req(jsonb_build_object('channel', 3, 'consigned', jsonb_build_object('id', %s::bigint, 'nth', 1)" more "))"
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(" COME("") ")", in), "MC001");
	assert_string_equal(last_hint(), signed_at);
	put(opened, sizeof opened, one(man, "SELECT dossier_id FROM desk.accept_dossier(" COME(", 'computed_at', '%s'") ")", in, signed_at));
	assert_string_equal(one(admin(), "SELECT (received_at = '%s'::timestamptz) || ' ' || (code LIKE to_char(motcua.local('%s'::timestamptz), '\"H01.999\"-YYMMDD-') || '%%')"
		" FROM motcua.dossier WHERE dossier_id = %s", signed_at, signed_at, opened), "true true");
	/* The receipt is written today, and history says when it was opened. */
	assert_string_equal(one(admin(), "SELECT (motcua.field_raw(fields, 'received_at') = '%s') || ' ' || (motcua.field_raw(fields, 'at')::timestamptz > now() - interval '1 minute')"
		" FROM motcua.paper WHERE dossier_id = %s AND form = '01'", signed_at, opened), "true true");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.dossier_events(%s) WHERE act = 'consign' AND at > now() - interval '1 minute' AND note LIKE '%%mở và nhập vào hệ thống%%'",
		opened), 1);
}

/* Each parcel has its phiếu gửi, of a series of its own, once; another number of the parcel is another paper. */
static void slip_for_each_parcel(PGconn *man, const char *batch, const char *second)
{
	char papers[64];
	put(papers, sizeof papers, one(man, "SELECT string_agg(paper_id::text, ',' ORDER BY nth) FROM desk.consign_slips(%s)", batch));
	assert_string_equal(one(man, "SELECT string_agg(paper_id::text, ',' ORDER BY nth) FROM desk.consign_slips(%s)", batch), papers);
	assert_string_equal(one(admin(), "SELECT string_agg(form || ' ' || number || ' ' || motcua.field_raw(fields, 'post.slip') || ' ' || motcua.field_raw(fields, 'taker.address')"
		" || ' ' || motcua.field_raw(fields, 'component.1.originals') || ' ' || (motcua.field_raw(fields, 'component.1.name') <> ''), '; ' ORDER BY seq)"
		" FROM motcua.paper WHERE paper_id IN (%s)", papers),
	                    "post-slip 01/PG-TTPVHCC EA000 Ấp 1, xã Núi Cấm 1 true; post-slip 02/PG-TTPVHCC EA001 Ấp 1, xã Núi Cấm 1 true");
	one(man, "SELECT desk.consign_parcel(%s, 1, 'EA000', 20000), desk.consign_parcel(%s, 2, 'EA009VN', 25000)", batch, batch);
	assert_string_equal(one(man, "SELECT string_agg((slip_paper IS NOT NULL)::text || slip_printed, ' ' ORDER BY nth) FROM desk.consignment_items(%s)", batch),
	                    "truefalse falsefalse");
	one(man, "SELECT * FROM desk.consign_slips(%s)", batch);
	assert_string_equal(one(admin(), "SELECT string_agg(number || ' ' || motcua.field_raw(fields, 'post.slip'), ', ' ORDER BY seq) FROM motcua.paper WHERE form = 'post-slip'"
		" AND dossier_id = %s", second), "02/PG-TTPVHCC EA001, 03/PG-TTPVHCC EA009VN");
	one(admin(), "UPDATE motcua.paper SET copies_printed = 1 WHERE number = '03/PG-TTPVHCC'");
	assert_string_equal(one(man, "SELECT string_agg(printed::text, ' ' ORDER BY nth) FROM desk.consign_slips(%s)", batch), "false true");
}

/* By the post: a result is handed over when it was delivered, waits here again when it came back; what the post brings is counted in and
 * opened in reception.  The post's price is on the paper and in no fee. */
void carried_by_the_post(void **state)
{
	PGconn *man = as("man");
	char id[2][24], batch[24], in[24], opened[24];
	(void)state;
	for (int i = 0; i < 2; i++) {
		put(id[i], sizeof id[i], one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req('{\"result_by\":\"post\",\"return_to\":\"Ấp 1, xã Núi Cấm\"}'))"));
		one(man, "SELECT desk.act(%s, 1, 'process', '')", id[i]);
		one(man, "SELECT desk.act(%s, 2, 'finish', '')", id[i]);
	}
	put(batch, sizeof batch, one(man, "SELECT desk.consign_open(" FRESH ", 'out', 'post', '', 'Bưu cục Núi Cấm')"));
	assert_string_equal(state_of(man, "SELECT desk.consign_add(" FRESH ", %s, %s, '{}')", batch, id[0]), "MC005"); /* no digital copy */
	assert_string_equal(last_hint(), "no_file");
	for (int i = 0; i < 2; i++) {
		one(admin(), "INSERT INTO motcua.file (unit_id, dossier_id, name, media_type, size, sha256, whole, login) SELECT unit_id, dossier_id, 'kq.pdf',"
			" 'application/pdf', 1, sha256('x'::bytea), true, 'man' FROM motcua.dossier WHERE dossier_id = %s", id[i]);
		one(admin(), "INSERT INTO motcua.result_file (unit_id, dossier_id, file_id, login) SELECT unit_id, dossier_id, file_id, 'man' FROM motcua.file WHERE dossier_id = %s", id[i]);
		one(man, "SELECT desk.consign_add(" FRESH ", %s, %s, '{\"slip\":\"EA00%d\",\"postage\":\"20000\"}')", batch, id[i], i);
	}
	slip_for_each_parcel(man, batch, id[1]);
	one(man, "SELECT desk.consign_print(%s, 'Trần Văn Thư', 'Bưu tá')", batch);
	assert_string_equal(one(admin(), "SELECT number || ' ' || motcua.field_raw(fields, 'postage.total') || ' ' || coalesce(motcua.field_raw(fields, 'fee.total'), '-')"
		" || ' ' || motcua.field_raw(fields, 'item.2.slip') || ' ' || motcua.field_raw(fields, 'item.1.complete') FROM motcua.paper WHERE form = 'post-handover'"),
	                    "01/BBGN-BC-TTPVHCC 45000 - EA009VN 1");
	assert_string_equal(state_of(man, "SELECT desk.consign_track(%s, 1, 'delivered', 'x')", batch), "MC006");
	one(man, "SELECT desk.consign_sign(%s)", batch);
	assert_string_equal(one(admin(), "SELECT string_agg(status::text, ' ') FROM motcua.dossier WHERE dossier_id IN (%s, %s)", id[0], id[1]), "9 9");
	one(man, "SELECT desk.consign_track(%s, 1, 'delivered', '21/11, chủ hồ sơ nhận')", batch);
	assert_string_equal(one(admin(), "SELECT d.status || ' ' || h.taker || ' ' || h.post FROM motcua.dossier d JOIN motcua.handed_over h USING (unit_id, dossier_id)"
		" WHERE d.dossier_id = %s", id[0]), "10 post phiếu gửi EA000, 21/11, chủ hồ sơ nhận");
	assert_string_equal(state_of(man, "SELECT desk.consign_track(%s, 1, 'returned', 'x')", batch), "MC006");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.to_consign('post', '', 100) WHERE dossier_id = %s", id[1]), 0);
	one(man, "SELECT desk.consign_track(%s, 2, 'returned', 'mời hai lần không gặp')", batch);
	assert_string_equal(one(man, "SELECT what || ' ' || address FROM desk.to_consign('post', '', 100) WHERE dossier_id = %s", id[1]), "result Ấp 1, xã Núi Cấm");
	assert_string_equal(one(admin(), "SELECT status || kind FROM motcua.dossier d JOIN motcua.dossier_holder h USING (unit_id, dossier_id) WHERE dossier_id = %s AND until_at IS NULL", id[1]), "9desk");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier_fee WHERE dossier_id = %s AND amount IN (20000, 25000)", id[1]), 0);
	/* In. */
	put(in, sizeof in, one(man, "SELECT desk.consign_open(" FRESH ", 'in', 'post', '', 'Bưu cục Núi Cấm')"));
	assert_string_equal(state_of(man, "SELECT desk.consign_add(" FRESH ", %s, NULL, '{\"slip\":\"EB1\"}')", in), "MC005");
	/* The answer was lost, the same line comes again: it is there once, and stays there when the paper is printed. */
#define LINE "SELECT desk.consign_add('44444444-4444-4444-8444-444444444444', %s, NULL, '{\"slip\":\"EB1\",\"person\":\"Chau Sóc Rây\",\"papers\":\"3\"," \
	"\"collected\":\"8000\",\"complete\":false}')"
	assert_string_equal(one(man, LINE, in), "1");
	assert_string_equal(one(man, LINE, in), "1");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.consignment_items(%s)", in), 1);
	assert_string_equal(state_of(man, "SELECT * FROM desk.consign_slips(%s)", in), "MC005"); /* the sender's own lie in it */
	one(man, "SELECT desk.consign_print(%s, 'Trần Văn Thư', 'Bưu tá')", in);
	assert_string_equal(one(man, LINE, in), "1");
#define OPENED(nth) "test.req(jsonb_build_object('channel', 3, 'consigned', jsonb_build_object('id', %s::bigint, 'nth', " nth ")))"
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(" OPENED("1") ")", in), "MC006"); /* not signed: not filed */
	one(man, "SELECT desk.consign_sign(%s)", in);
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(" OPENED("2") ")", in), "MC006");
	put(opened, sizeof opened, one(man, "SELECT dossier_id FROM desk.accept_dossier(" OPENED("1") ")", in));
	assert_int_equal(count(man, "SELECT count(*) FROM desk.consignment_items(%s) WHERE state = 'opened' AND dossier_id = %s AND collected = 8000 AND NOT complete", in, opened), 1);
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(" OPENED("1") ")", in), "MC006");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.dossier_events(%s) WHERE act = 'consign' AND note LIKE '%%02/BBGN-BC-TTPVHCC%%'", opened), 1);
	/* Not complete when they counted it: filed now. */
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier WHERE dossier_id = %s AND received_at > now() - interval '1 minute'", opened), 1);
	filed_when_both_signed(man);
	PQfinish(man);
}
