/* SPDX-License-Identifier: Apache-2.0
 *
 * Shifts and the ledger: whatever happens to money, in whatever order, the totals of all
 * shifts are those of the ledger, and the ledger is what dossiers say was paid. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/support/world.h"

#define FEE(amount, paid) "{\"fees\":[{\"name\":\"Phí thử\",\"amount\":" amount ",\"confirmed\":true,\"basis\":\"NQ 06\",\"paid\":\"" paid "\"}]}"
#define OPEN "SELECT desk.shift_open('Q1', %s, gen_random_uuid())"
#define CLOSE "SELECT desk.shift_close(%s, '%s', %s, '%s', NULL)"

static const char *dossier(PGconn *line, const char *changes)
{
	static char id[16][32];
	static int at;
	at = (at + 1) % 16;
	const char *code = one(line, "SELECT code FROM desk.accept_dossier(test.req('%s'))", changes);
	snprintf(id[at], sizeof id[at], "%s", one(admin(), "SELECT dossier_id FROM motcua.dossier WHERE code = '%s'", code));
	return id[at];
}

static const char *copy(char out[64], const char *text)
{
	snprintf(out, 64, "%s", text);
	return out;
}

/* The packet on paper: as counted, the same paper when asked again.  Its number. */
static const char *packet_says(PGconn *man, PGconn *khoa, PGconn *lan, const char *shift)
{
	char packet[64];
	copy(packet, one(man, "SELECT paper_id FROM desk.issue_shift(%s)", shift));
	assert_string_equal(one(khoa, "SELECT paper_id FROM desk.issue_shift(%s)", shift), packet);
	assert_string_equal(one(admin(), "SELECT concat_ws('|', motcua.field_raw(fields, 'giver.name'), motcua.field_raw(fields, 'taker.name'),"
		" motcua.field_raw(fields, 'note.1.face'), motcua.field_raw(fields, 'note.1.count'), motcua.field_raw(fields, 'shift.short'),"
		" motcua.field_raw(fields, 'shift.transfers'), motcua.field_raw(fields, 'moved.1.amount'), motcua.field_raw(fields, 'shift.receipts'),"
		" motcua.field_raw(fields, 'shift.left')) FROM motcua.paper WHERE paper_id = %s", packet),
		one(admin(), "SELECT full_name || '|1000|107|1000|50000|50000|01|50000' FROM motcua.clerk WHERE login = 'man'"));
	assert_string_equal(state_of(lan, "SELECT desk.issue_shift(%s)", shift), "MC008");
	return one(admin(), "SELECT number FROM motcua.paper WHERE paper_id = %s AND form = 'shift'", packet);
}

/* More transfers than a packet names: how many more, and how much. */
static void closes_with_many_transfers(PGconn *man, const char *second)
{
	one(admin(), "INSERT INTO motcua.ledger (unit_id, paid_at, login, shift_id, dossier_id, fee_seq, way, amount) SELECT l.unit_id, now(), 'man', %s, l.dossier_id,"
		" l.fee_seq, 'transfer', CASE WHEN n <= 300 THEN 1 ELSE -150 END FROM (SELECT * FROM motcua.ledger WHERE login = 'man' ORDER BY line_id LIMIT 1) l, generate_series(1, 302) n", second);
	one(man, "SELECT desk.shift_close(%s, '{\"50000\":1,\"5000\":1,\"2000\":1}', 0, '', NULL)", second);
	assert_string_equal(one(admin(), "SELECT concat_ws('|', motcua.field_raw(fields, 'moved.300.amount'), motcua.field_raw(fields, 'moved.301.code'), motcua.field_raw(fields, 'moved.301.amount'),"
		" motcua.field_raw(fields, 'moved.302.code')) FROM motcua.paper WHERE paper_id = %s", one(man, "SELECT paper_id FROM desk.issue_shift(%s)", second)),
		"1|và 2 khoản nữa, cộng|-300");
}

static void a_shift_closes_to_the_dong_or_says_why(void **state)
{
	PGconn *man = as("man"), *khoa = as("khoa"), *lan = as("lan"), *hue = as("hue");
	char shift[64], second[64], called[64];
	(void)state;
	/* Money before the shift is of it, too. */
	dossier(man, FEE("8000", "cash"));
	assert_string_equal(one(man, "SELECT concat_ws(' ', cash, transfers, lines, left_over) FROM desk.shift_loose()"), "8000 0 1 0");
	assert_string_equal(state_of(man, OPEN, "-1"), "MC005");
	copy(shift, one(man, "SELECT desk.shift_open('Q1', 100000, '11111111-2222-4333-8444-000000000001')"));
	assert_string_equal(one(man, "SELECT desk.shift_open('Q1', 100000, '11111111-2222-4333-8444-000000000001')"), shift);
	assert_string_equal(state_of(man, OPEN, "0"), "MC006");
	const char *id = dossier(man, FEE("50000", "transfer"));
	dossier(khoa, FEE("20000", "cash")); /* another's drawer */
	one(man, "SELECT number FROM desk.issue_paper(gen_random_uuid(), 'fee', %s)", id);
	assert_string_equal(one(man, "SELECT concat_ws(' ', cash, transfers, expected, receipts, receipt_count) FROM desk.shifts(10)"), "8000 50000 108000 01 1");
	/* What is no count, another's word, a difference not said, one without a reason. */
	assert_string_equal(state_of(man, CLOSE, shift, "{\"300000\":1}", "0", ""), "MC005");
	assert_string_equal(state_of(man, CLOSE, shift, "{\"1000\":-8}", "0", ""), "MC005");
	assert_string_equal(state_of(khoa, CLOSE, shift, "{\"1000\":108}", "0", ""), "MC005");
	assert_string_equal(state_of(lan, CLOSE, shift, "{\"1000\":108}", "0", ""), "MC008");
	assert_string_equal(state_of(man, CLOSE, shift, "{\"1000\":107}", "0", "thối nhầm"), "MC006");
	assert_string_equal(last_hint(), "difference");
	assert_string_equal(state_of(man, CLOSE, shift, "{\"1000\":107}", "-1000", " "), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.shift_close(%s, '{\"1000\":107}', -1000, 'thối nhầm', 200000)", shift), "MC005");
	/* Nobody takes what is not closed. */
	assert_string_equal(state_of(khoa, "SELECT desk.shift_take(%s)", shift), "MC005");
	one(man, "SELECT desk.shift_close(%s, '{\"1000\":107}', -1000, 'thối nhầm', 57000)", shift);
	assert_string_equal(state_of(man, CLOSE, shift, "{\"1000\":107}", "-1000", "x"), "MC006");
	assert_string_equal(one(man, "SELECT concat_ws('|', counted, expected, difference, reason, handed) FROM desk.shifts(10)"), "107000|108000|-1000|thối nhầm|57000");
	assert_string_equal(one(man, "SELECT left_over FROM desk.shift_loose()"), "50000");
	/* The table itself refuses what no door would write. */
	assert_string_equal(state_of(admin(), "UPDATE motcua.shift SET cash_counted = 108000 WHERE shift_id = %s", shift), "MC004");
	assert_string_equal(state_of(admin(), "UPDATE motcua.ledger SET amount = 1"), "MC004");
	assert_string_equal(state_of(admin(), "DELETE FROM motcua.ledger"), "MC004");
	copy(called, packet_says(man, khoa, lan, shift));
	/* Two signatures, of two people. */
	assert_string_equal(state_of(man, "SELECT desk.shift_take(%s)", shift), "MC005");
	assert_string_equal(state_of(lan, "SELECT desk.shift_take(%s)", shift), "MC008");
	one(khoa, "SELECT desk.shift_take(%s)", shift);
	assert_string_equal(state_of(hue, "SELECT desk.shift_take(%s)", shift), "MC006");
	assert_string_equal(one(khoa, "SELECT number FROM desk.issue_shift(%s)", shift), called);
	assert_string_equal(one(hue, "SELECT number FROM desk.issue_shift(%s)", shift), called);
	assert_string_equal(one(admin(), "SELECT string_agg(coalesce(motcua.field_raw(fields, 'taker.name'), ''), '|' ORDER BY paper_id) FROM motcua.paper WHERE form = 'shift'"),
		one(admin(), "SELECT '|' || full_name FROM motcua.clerk WHERE login = 'khoa'"));
	assert_string_equal(state_of(admin(), "UPDATE motcua.shift SET taken_by = 'hue' WHERE shift_id = %s", shift), "MC004");
	/* Money after the closing is of the next one. */
	dossier(man, FEE("7000", "cash"));
	copy(second, one(man, OPEN, "50000"));
	assert_string_equal(state_of(man, "SELECT desk.issue_shift(%s)", second), "MC005");
	assert_string_equal(state_of(khoa, "SELECT desk.issue_shift(%s)", second), "MC004");
	assert_string_equal(one(man, "SELECT cash || ' ' || expected || receipts FROM desk.shifts(1)"), "7000 57000");
	closes_with_many_transfers(man, second);
	/* Clerks see their own and what waits for a taker; the supervisor all. */
	assert_int_equal(count(khoa, "SELECT count(*) FROM desk.shifts(10) WHERE NOT mine"), 1);
	assert_int_equal(count(hue, "SELECT count(*) FROM desk.shifts(10)"), 2);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.shifts(10)"), 0);
	PQfinish(man);
	PQfinish(khoa);
	PQfinish(lan);
	PQfinish(hue);
}

static void a_receipt_is_cancelled_and_keeps_its_number(void **state)
{
	PGconn *man = as("man"), *khoa = as("khoa"), *hue = as("hue"), *lan = as("lan");
	char paper[64], number[64];
	(void)state;
	const char *id = dossier(man, FEE("8000", "cash"));
	copy(paper, one(man, "SELECT paper_id FROM desk.issue_paper(gen_random_uuid(), 'fee', %s)", id));
	copy(number, one(admin(), "SELECT number FROM motcua.paper WHERE paper_id = %s", paper));
	assert_string_equal(state_of(man, "SELECT desk.receipt_cancel(%s, ' ')", paper), "MC005");
	assert_string_equal(state_of(khoa, "SELECT desk.receipt_cancel(%s, 'sai tên')", paper), "MC004");
	assert_string_equal(state_of(lan, "SELECT desk.receipt_cancel(%s, 'sai tên')", paper), "MC008");
	one(man, "SELECT desk.receipt_cancel(%s, 'sai tên')", paper);
	assert_string_equal(state_of(man, "SELECT desk.receipt_cancel(%s, 'sai tên')", paper), "MC006");
	/* The money stands on another one, whose number is the next. */
	assert_int_equal(count(man, "SELECT split_part(number, '/', 1)::int - %d FROM desk.issue_paper(gen_random_uuid(), 'fee', %s)", atoi(number), id), 1);
	assert_string_equal(one(man, "SELECT concat_ws('|', total, reason) FROM desk.receipts(current_date - 1, current_date + 1, 10) WHERE paper_id = %s", paper), "8000|sai tên");
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.receipts(current_date - 1, current_date + 1, 10)"), 0);
	/* The report of receipts: cancelled it counts nothing; its reason is shown with persons only. */
	static const char report[] = "SELECT concat_ws('|', cash, total, regexp_replace(note, '[0-9/]{10}', 'NGÀY')) FROM"
		" desk.report_receipts(current_date - 1, current_date + 1, false, '', %s) WHERE number = '%s'";
	assert_string_equal(one(man, report, "false, ''", number), "0|0|Huỷ NGÀY, trên biên lai ghi 8.000 đồng");
	assert_string_equal(one(hue, report, "true, 'Kiểm tra quỹ'", number), "0|0|Huỷ NGÀY, trên biên lai ghi 8.000 đồng: sai tên");
	assert_string_equal(one(man, "SELECT sum(total) FROM desk.report_receipts(current_date - 1, current_date + 1, false, '', false, '')"),
		one(admin(), "SELECT sum(amount) FROM motcua.dossier_fee WHERE receipt_paper IS NOT NULL"));
	/* A payment put right: the other way, not received, given back; each with its trace. */
	assert_string_equal(state_of(man, "SELECT desk.fee_correct(%s, 1, 'transfer', 'ghi nhầm', gen_random_uuid())", id), "MC004");
	assert_string_equal(state_of(hue, "SELECT desk.fee_correct(%s, 1, 'cash', 'ghi nhầm', gen_random_uuid())", id), "MC006");
	const char *again = "SELECT desk.fee_correct(%s, 1, 'transfer', 'ghi nhầm', '55555555-5555-4555-8555-555555555555')";
	one(hue, again, id);
	one(hue, again, id); /* the reply was lost */
	assert_string_equal(one(admin(), "SELECT string_agg(way || amount, ' ' ORDER BY line_id) FROM motcua.ledger WHERE dossier_id = %s", id), "cash8000 cash-8000 transfer8000");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.receipt_cancelled c JOIN motcua.paper p USING (unit_id, paper_id) WHERE p.dossier_id = %s", id), 2);
	one(hue, "SELECT desk.fee_correct(%s, 1, 'returned', 'thu nhầm người được miễn', gen_random_uuid())", id);
	assert_string_equal(one(admin(), "SELECT sum(amount) FROM motcua.ledger WHERE dossier_id = %s", id), "0");
	assert_string_equal(one(man, "SELECT amount FROM desk.transfer(%s)", id), "0"); /* owed no more */
	const char *other = dossier(man, FEE("9000", "cash"));
	one(hue, "SELECT desk.fee_correct(%s, 1, 'later', 'chưa đưa tiền', gen_random_uuid())", other);
	assert_string_equal(one(man, "SELECT amount FROM desk.transfer(%s)", other), "9000");
	PQfinish(man);
	PQfinish(khoa);
	PQfinish(hue);
	PQfinish(lan);
}

/* What came before is of a shift that is over. */
static void begin_anew(PGconn *line)
{
	char shift[64];
	copy(shift, one(line, "SELECT shift_id FROM desk.shifts(50) WHERE mine AND closed_at IS NULL"));
	if (!*shift)
		copy(shift, one(line, OPEN, "0"));
	one(line, "SELECT desk.shift_close(%s, '{}', -s.expected, 'thử', NULL) FROM desk.shifts(50) s WHERE s.shift_id = %s", shift, shift);
}

/* What a supervisor puts right lies in the drawer where the money is, while that shift is open; given back it leaves the supervisor's. */
static void a_correction_is_of_the_drawer_where_the_money_lies(void **state)
{
	PGconn *man = as("man"), *hue = as("hue");
	char shift[64], own[64], paper[64];
	(void)state;
	begin_anew(man);
	begin_anew(hue);
	copy(shift, one(man, OPEN, "100000"));
	copy(own, one(hue, OPEN, "0"));
	char first[64], second[64], third[64];
	copy(first, dossier(man, FEE("8000", "cash")));
	copy(second, dossier(man, FEE("9000", "cash")));
	copy(third, dossier(man, FEE("20000", "cash")));
	one(hue, "SELECT desk.fee_correct(%s, 1, 'transfer', 'ghi nhầm', gen_random_uuid())", first);
	one(hue, "SELECT desk.fee_correct(%s, 1, 'later', 'chưa đưa tiền', gen_random_uuid())", second);
	assert_string_equal(one(man, "SELECT concat_ws(' ', expected, transfers) FROM desk.shifts(1)"), "120000 8000");
	assert_string_equal(one(hue, "SELECT concat_ws(' ', expected, transfers) FROM desk.shifts(50) WHERE mine AND closed_at IS NULL"), "0 0");
	one(hue, "SELECT desk.fee_correct(%s, 1, 'returned', 'được miễn', gen_random_uuid())", third);
	assert_string_equal(one(man, "SELECT expected FROM desk.shifts(1)"), "120000");
	assert_string_equal(one(hue, "SELECT expected FROM desk.shifts(50) WHERE mine AND closed_at IS NULL"), "-20000");
	assert_string_equal(one(admin(), "SELECT string_agg(login || coalesce(' ' || written_by, '') || ' ' || refund, ',' ORDER BY line_id) FROM motcua.ledger WHERE amount < 0 AND dossier_id IN (%s, %s)", second, third),
		"man hue false,hue true");
	one(man, "SELECT desk.shift_close(%s, '{\"10000\":12}', 0, '', NULL)", shift);
	copy(paper, one(man, "SELECT paper_id FROM desk.issue_shift(%s)", shift));
	assert_string_equal(one(admin(), "SELECT concat_ws('|', motcua.field_raw(fields, 'shift.fix_count'), split_part(motcua.field_raw(fields, 'fix.1.text'), ': ', 2), split_part(motcua.field_raw(fields, 'fix.2.text'), ': ', 2))"
		" FROM motcua.paper WHERE paper_id = %s", paper),
		"2|8.000 đồng tiền mặt, ghi lại là chuyển khoản; Phạm Thu Huệ sửa; ghi nhầm|9.000 đồng tiền mặt, chưa thu, ghi nhầm; Phạm Thu Huệ sửa; chưa đưa tiền");
	/* That shift is closed: what is put right now goes through the supervisor's, whose packet says of which shift it was. */
	one(hue, "SELECT desk.fee_correct(%s, 1, 'cash', 'là tiền mặt', gen_random_uuid())", first);
	assert_string_equal(one(hue, "SELECT concat_ws(' ', expected, transfers) FROM desk.shifts(50) WHERE mine AND closed_at IS NULL"), "-12000 -8000");
	one(hue, "SELECT desk.shift_close(%s, '{}', 12000, 'lấy từ quỹ', NULL)", own);
	copy(paper, one(hue, "SELECT paper_id FROM desk.issue_shift(%s)", own));
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.paper WHERE paper_id = %s AND motcua.field_raw(fields, 'fix.1.text') LIKE '%%: 20.000 đồng tiền mặt, đã hoàn trả; thu ở ca của Lê Thị Mận%%; được miễn'"
		" AND motcua.field_raw(fields, 'fix.2.text') LIKE '%%: 8.000 đồng chuyển khoản, ghi lại là tiền mặt; thu ở ca của Lê Thị Mận chốt %%; là tiền mặt'", paper), 1);
	/* Nobody's shift yet: it is of the next one, with what it puts right. */
	const char *loose = dossier(man, FEE("5000", "cash"));
	one(hue, "SELECT desk.fee_correct(%s, 1, 'transfer', 'ghi nhầm', gen_random_uuid())", loose);
	assert_string_equal(one(man, "SELECT concat_ws(' ', cash, transfers, lines) FROM desk.shift_loose()"), "0 5000 3");
	assert_string_equal(one(hue, "SELECT lines FROM desk.shift_loose()"), "0");
	PQfinish(man);
	PQfinish(hue);
}

/* A receipt of a shift that is closed, cancelled in the next: it is in that one's packet, and so of whoever cancels another's. */
static void what_is_cancelled_later_is_in_a_packet(void **state)
{
	PGconn *man = as("man"), *hue = as("hue");
	char shift[64], own[64], paper[64], seq[64], other[64];
	(void)state;
	begin_anew(man);
	begin_anew(hue);
	copy(shift, one(man, OPEN, "0"));
	char id[64];
	copy(id, dossier(man, FEE("8000", "cash")));
	copy(paper, one(man, "SELECT paper_id FROM desk.issue_paper(gen_random_uuid(), 'fee', %s)", id));
	copy(seq, one(admin(), "SELECT number FROM motcua.paper WHERE paper_id = %s", paper));
	one(man, "SELECT desk.shift_close(%s, '{}', -s.expected, 'thử', NULL) FROM desk.shifts(1) s", shift);
	copy(own, one(hue, OPEN, "0"));
	copy(shift, one(man, OPEN, "0"));
	one(man, "SELECT desk.receipt_cancel(%s, 'in sai')", paper);
	assert_string_equal(one(man, "SELECT cancelled FROM desk.shifts(1)"), one(admin(), "SELECT '%s (của ca trước)'", seq));
	copy(other, one(man, "SELECT paper_id FROM desk.issue_paper(gen_random_uuid(), 'fee', %s)", id));
	one(hue, "SELECT desk.receipt_cancel(%s, 'sai tên')", other);
	one(man, "SELECT desk.shift_close(%s, '{}', -s.expected, 'thử', NULL) FROM desk.shifts(1) s", shift);
	assert_string_equal(one(admin(), "SELECT concat_ws('|', motcua.field_raw(fields, 'shift.void_count'), motcua.field_raw(fields, 'void.1.number'), motcua.field_raw(fields, 'void.1.reason'), right(motcua.field_raw(fields, 'void.2.reason'), 25))"
		" FROM motcua.paper WHERE paper_id = %s", one(man, "SELECT paper_id FROM desk.issue_shift(%s)", shift)),
		one(admin(), "SELECT '2|%s|của ca trước: in sai|Phạm Thu Huệ huỷ: sai tên'", seq));
	one(hue, "SELECT desk.shift_close(%s, '{}', -s.expected, 'thử', NULL) FROM desk.shifts(50) s WHERE s.shift_id = %s", own, own);
	assert_string_equal(one(admin(), "SELECT concat_ws('|', motcua.field_raw(fields, 'shift.void_count'), motcua.field_raw(fields, 'void.1.reason'))"
		" FROM motcua.paper WHERE paper_id = %s", one(hue, "SELECT paper_id FROM desk.issue_shift(%s)", own)), "1|của Lê Thị Mận: sai tên");
	PQfinish(man);
	PQfinish(hue);
}

/* ---- whatever happens ---- */

static unsigned seed = 20261128;

static int below(int n)
{
	seed = seed * 1103515245 + 12345;
	return (int)(seed >> 16 & 0x7fff) % n;
}

static void check(void)
{
	/* Shifts and what no shift has: the ledger, by way; the ledger: what dossiers say. */
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.ledger l LEFT JOIN motcua.shift s USING (unit_id, shift_id)"
		" WHERE l.shift_id IS NOT NULL AND (s.shift_id IS NULL OR s.login <> l.login)"), 0);
	assert_string_equal(one(admin(), "SELECT (coalesce(sum(cash_expected - open_cash + transfers), 0) + (SELECT coalesce(sum(l.amount), 0) FROM motcua.ledger l"
		" LEFT JOIN motcua.shift o USING (unit_id, shift_id) WHERE o.closed_at IS NULL))::text FROM motcua.shift WHERE closed_at IS NOT NULL"),
		one(admin(), "SELECT coalesce(sum(amount), 0)::text FROM motcua.ledger"));
	assert_string_equal(one(admin(), "SELECT coalesce(string_agg(way || ' ' || sum, ',' ORDER BY way), '') FROM (SELECT way, sum(amount) FROM motcua.ledger GROUP BY way HAVING sum(amount) <> 0) q"),
		one(admin(), "SELECT coalesce(string_agg(paid || ' ' || sum, ',' ORDER BY paid), '') FROM (SELECT paid, sum(amount) FROM motcua.dossier_fee"
			" WHERE paid IN ('cash', 'transfer') GROUP BY paid) q"));
	/* Numbers of receipts: each once, none missing; every one on the register. */
	assert_string_equal(one(admin(), "SELECT max(seq) - count(*) FROM motcua.paper WHERE form = 'fee'"), "0");
}

static void happen(PGconn *line, PGconn *hue)
{
	static const char *const ways[] = { "cash", "transfer", "later" };
	char id[64], paper[64], changes[300];
	snprintf(changes, sizeof changes, "{\"fees\":[{\"name\":\"Phí thử\",\"amount\":%d,\"confirmed\":true,\"basis\":\"NQ\",\"paid\":\"%s\"}]}", below(90) * 1000 + 1000,
	         ways[below(3)]);
	switch (below(8)) {
	case 0:
	case 1: dossier(line, changes); break;
	case 2: /* what was owed comes */
		copy(id, one(admin(), "SELECT dossier_id FROM motcua.dossier_fee WHERE paid = 'later' ORDER BY dossier_id LIMIT 1"));
		if (*id)
			one(line, "SELECT desk.fee_paid(%s, '{1}', '%s', NULL, gen_random_uuid())", id, ways[below(2)]);
		break;
	case 3: /* a receipt */
		copy(id, one(admin(), "SELECT dossier_id FROM motcua.dossier_fee WHERE paid IN ('cash', 'transfer') AND receipt_paper IS NULL ORDER BY random() LIMIT 1"));
		if (*id)
			one(line, "SELECT number FROM desk.issue_paper(gen_random_uuid(), 'fee', %s)", id);
		break;
	case 4: /* which is cancelled */
		copy(paper, one(admin(), "SELECT receipt_paper FROM motcua.dossier_fee WHERE receipt_paper IS NOT NULL ORDER BY dossier_id DESC LIMIT 1"));
		if (*paper)
			one(hue, "SELECT desk.receipt_cancel(%s, 'in sai')", paper);
		break;
	case 5: /* a payment is put right */
		copy(id, one(admin(), "SELECT dossier_id FROM motcua.dossier_fee WHERE paid = 'cash' ORDER BY dossier_id DESC LIMIT 1"));
		if (*id)
			one(hue, "SELECT desk.fee_correct(%s, 1, '%s', 'thử', gen_random_uuid())", id, below(2) ? "transfer" : below(2) ? "later" : "returned");
		break;
	case 6: one(line, "SELECT desk.shift_open('Q1', 0, gen_random_uuid()) WHERE NOT EXISTS (SELECT FROM desk.shifts(50) s WHERE s.mine AND s.closed_at IS NULL)"); break;
	default: /* with what the drawer happens to hold */
		copy(id, one(line, "SELECT shift_id FROM desk.shifts(50) WHERE mine AND closed_at IS NULL"));
		if (*id)
			one(line, "SELECT desk.shift_close(%s, c.j, %d * 1000 - s.expected, 'thử', NULL) FROM desk.shifts(50) s, (SELECT jsonb_build_object('1000', %d)) c(j)"
				" WHERE s.shift_id = %s", id, 40, 40, id);
		break;
	}
}

static void totals_hold_whatever_happens(void **state)
{
	PGconn *lines[] = { as("man"), as("khoa") }, *hue = as("hue");
	(void)state;
	for (int i = 0; i < 220; i++) {
		happen(lines[below(2)], hue);
		if (i % 11 == 0)
			check();
	}
	check();
	assert_true(count(admin(), "SELECT count(*) FROM motcua.shift WHERE closed_at IS NOT NULL") > 5);
	assert_true(count(admin(), "SELECT count(*) FROM motcua.ledger WHERE amount < 0") > 5);
	PQfinish(lines[0]);
	PQfinish(lines[1]);
	PQfinish(hue);
}

/* Two counters and a closing at the same time: what comes in is of the shift or of the next, never of none. */
static void a_closing_among_payments_loses_nothing(void **state)
{
	PGconn *line[4];
	char shift[64];
	(void)state;
	for (int i = 0; i < 4; i++)
		line[i] = as("man");
	PGconn *man = as("man");
	copy(shift, one(man, "SELECT shift_id FROM desk.shifts(50) WHERE mine AND closed_at IS NULL"));
	if (!*shift)
		copy(shift, one(man, OPEN, "0"));
	for (int round = 0; round < 6; round++) {
		for (int i = 0; i < 4; i++)
			assert_int_equal(PQsendQuery(line[i], "SELECT code FROM desk.accept_dossier(test.req('" FEE("3000", "cash") "'))"), 1);
		if (round == 3)
			state_of(man, "SELECT desk.shift_close(%s, '{}', -s.expected, 'thử', NULL) FROM desk.shifts(50) s WHERE s.shift_id = %s", shift, shift);
		for (int i = 0; i < 4; i++)
			for (PGresult *r; (r = PQgetResult(line[i])) != NULL; PQclear(r))
				assert_int_equal(PQresultStatus(r), PGRES_TUPLES_OK);
	}
	check();
	for (int i = 0; i < 4; i++)
		PQfinish(line[i]);
	PQfinish(man);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_shift_closes_to_the_dong_or_says_why),
		cmocka_unit_test(a_receipt_is_cancelled_and_keeps_its_number),
		cmocka_unit_test(a_correction_is_of_the_drawer_where_the_money_lies), cmocka_unit_test(what_is_cancelled_later_is_in_a_packet),
		cmocka_unit_test(totals_hold_whatever_happens),
		cmocka_unit_test(a_closing_among_payments_loses_nothing),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
