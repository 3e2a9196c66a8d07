/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said to who filed online, by which system, and how long any of it is kept. */
#include "tests/schema/filing_own.h"

#include <string.h>

#include "tests/check.h"
#include "tests/support/world.h"

#define PHONE "\"owner\":{\"kind\":\"person\",\"name\":\"Nguyễn Thị Hồng\",\"id_number\":\"001199000012\",\"phone\":\"+84 912 345 678\",\"email\":\"hong@vidu.vn\"}"
#define MESSAGES "SELECT coalesce(string_agg(concat_ws(' ', m.kind, m.channel, nullif(m.system, ''), m.state), ', ' ORDER BY m.message_id), '') FROM motcua.citizen_message m" \
	" LEFT JOIN motcua.filing f USING (unit_id, filing_id) LEFT JOIN motcua.dossier d ON d.unit_id = m.unit_id AND d.dossier_id = m.dossier_id" \
	" WHERE '%s' IN (f.foreign_code, d.code)"

static void file_one(PGconn *courier, const char *code, const char *more)
{
	char changes[900];
	snprintf(changes, sizeof changes, "{\"files\":[]," PHONE "%s}", more);
	listed(courier, code, 1, "1");
	told(courier, code, changes);
}

static const char *away(PGconn *who, const char *code, const char *kind)
{
	char changes[160];
	snprintf(changes, sizeof changes, "{\"kind\":\"%s\",\"reasons\":[\"Thiếu giấy\"]}", kind);
	return one(who, "SELECT paper_number FROM desk.turn_away(%s)", asking(who, code, changes));
}

/* Nobody hands them a paper: received, asked for more, not taken, each is said once and while it is true. */
void who_filed_hears_of_it(void **state)
{
	PGconn *man = as("man"), *lan = as("lan"), *courier = as("dua-tin");
	const char *code = "G22.99-20261122-0000001";
	char call[24], dossier[40];
	(void)state;
	/* No gateway: a call, of no dossier yet; that it was received is no reason to call. */
	file_one(courier, code, "");
	away(man, code, "supplement");
	assert_string_equal(one(man, "SELECT concat_ws(' ', dossier_id, code, kind, phone) FROM desk.call_list(50) WHERE code = '%s'", code),
	                    "G22.99-20261122-0000001 supplement 0912•••678");
	put(call, sizeof call, one(man, "SELECT message_id FROM desk.call_list(50) WHERE code = '%s'", code));
	assert_string_equal(one(man, "SELECT desk.call_number(%s)", call), "0912345678");
	assert_string_equal(state_of(lan, "SELECT desk.call_number(%s)", call), "MC008");
	assert_null(strstr(one(man, "SELECT words FROM desk.call_list(50) WHERE code = '%s'", code), "Hồng"));
	one(man, "SELECT desk.call_mark(%s, 'no_answer', '')", call);
	/* Called, and marked by mistake: of no dossier, and still on its list. */
	one(man, "SELECT desk.call_mark(%s, 'done', '')", call);
	assert_string_equal(one(man, "SELECT concat_ws(' ', dossier_id, code, kind, phone, tries) FROM desk.called_list(50) WHERE message_id = %s", call),
	                    "G22.99-20261122-0000001 supplement 0912•••678 1");
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.called_list(50)"), 0);
	one(man, "SELECT desk.call_mark(%s, 'reopened', 'nhầm')", call);
	/* It is brought: nobody is to be called any more. */
	one(admin(), "UPDATE motcua.filing_word SET done_at = now() WHERE done_at IS NULL");
	told(courier, code, "{\"files\":[]," PHONE ",\"summary\":\"Đã bổ sung\"}");
	assert_string_equal(one(admin(), MESSAGES, code), "supplement phone void");
	put(dossier, sizeof dossier, one(man, "SELECT code FROM desk.accept_dossier(%s)", asking(man, code, "{\"ignore_similar\":true," PHONE "}")));
	assert_string_equal(one(admin(), MESSAGES, dossier), "supplement phone void");
	/* What was said before stands in the dossier's list. */
	assert_int_equal(count(man, "SELECT count(*) FROM desk.find('%s', 'code', 1) x, desk.citizen_messages(x.dossier_id)", dossier), 1);
	/* With a gateway. */
	one(admin(), "SELECT count(*) FROM motcua.load('systems', 'kept', '[{\"code\":\"tin-nhan\",\"name\":\"Cổng nhắn tin SMS\",\"family\":\"json\"},"
		"{\"code\":\"tu-phap\",\"name\":\"Bộ Tư pháp\",\"family\":\"json\"},{\"code\":\"cong\",\"name\":\"Cổng\",\"family\":\"ndxp\"}]')");
	code = "G22.99-20261122-0000002";
	file_one(courier, code, "");
	one(man, "SELECT code FROM desk.accept_dossier(%s)", asking(man, code, "{\"ignore_similar\":true," PHONE "}"));
	assert_string_equal(one(admin(), MESSAGES, code), "received sms tin-nhan waiting");
	put(dossier, sizeof dossier, one(man, "SELECT code FROM desk.accept_dossier(test.req('{\"ignore_similar\":true}'))"));
	assert_string_equal(one(admin(), MESSAGES, dossier), ""); /* at the counter they hold the receipt */
	code = "G22.99-20261122-0000003";
	file_one(courier, code, "");
	away(man, code, "refusal");
	assert_string_equal(one(courier, "SELECT w.address || ' ' || w.kind || ' ' || w.code FROM wire.tell_work('tin-nhan', true, 60, 9) w WHERE w.code = '%s'", code),
	                    "0912345678 refused G22.99-20261122-0000003");
	assert_string_equal(one(courier, "SELECT wire.tell_done(m.message_id, m.fence, 'tell', 'delivered', 'received', 'x1', '', 0, true)"
		" FROM (SELECT (%s)::bigint AS message_id, 1::bigint AS fence) m", one(admin(), "SELECT message_id FROM motcua.citizen_message m JOIN motcua.filing f"
		" USING (unit_id, filing_id) WHERE f.foreign_code = '%s'", code)), "t");
	assert_string_equal(one(admin(), MESSAGES, code), "refused sms tin-nhan received");
	PQfinish(man), PQfinish(lan), PQfinish(courier);
}

/* A practice gateway is nobody's default beside real units; what carries no message is no gateway. */
void only_a_gateway_carries_words(void **state)
{
	PGconn *man = as("man"), *hue = as("hue"), *courier = as("dua-tin");
	const char *code = "G22.99-20261122-0000004";
	(void)state;
	assert_string_equal(state_of(hue, "SELECT desk.unit_setting('tell_sms', 'tu-phap', '')"), "MC005");
	assert_string_equal(state_of(hue, "SELECT desk.unit_setting('tell_sms', 'tin-nhan', '')"), "MC005"); /* nothing says that it can */
	one(admin(), "SELECT count(*) FROM motcua.load_profiles('thử', '{\"tin-nhan\":{\"channel\":\"sms\",\"calls\":{\"tell\":{}}},\"tu-phap\":{\"calls\":{\"add\":{}}}}')");
	assert_string_equal(state_of(hue, "SELECT desk.unit_setting('tell_sms', 'tu-phap', '')"), "MC005");
	assert_string_equal(state_of(hue, "SELECT desk.unit_setting('tell_email', 'tin-nhan', '')"), "MC005");
	/* Offered is what would be taken, each way its own. */
	assert_string_equal(one(hue, "SELECT string_agg(key || ':' || options, ' ' ORDER BY key) FROM desk.unit_settings() WHERE key IN ('tell_sms', 'tell_zalo', 'tell_email')"),
	                    "tell_email: tell_sms:tin-nhan\tCổng nhắn tin SMS tell_zalo:");
	one(admin(), "UPDATE motcua.unit SET practice = false WHERE code = '30544'");
	file_one(courier, code, "");
	away(man, code, "supplement");
	assert_string_equal(one(admin(), MESSAGES, code), "supplement phone call");
	one(hue, "SELECT desk.unit_setting('tell_sms', 'tin-nhan', 'Hợp đồng 12')");
	code = "G22.99-20261122-0000005";
	file_one(courier, code, "");
	away(man, code, "supplement");
	assert_string_equal(one(admin(), MESSAGES, code), "supplement sms tin-nhan waiting");
	one(admin(), "UPDATE motcua.unit SET practice = true WHERE code = '30544'");
	PQfinish(man), PQfinish(hue), PQfinish(courier);
}

#define PERSONS(code) one(admin(), "SELECT (view = '{}') || ' ' || (owner_name = '') || ' ' || (SELECT count(*) FROM motcua.filing_file p WHERE p.filing_id = f.filing_id)" \
	" || ' ' || (SELECT bool_or(e.by_name LIKE '%%Hồng%%') FROM motcua.filing_event e WHERE e.filing_id = f.filing_id) FROM motcua.filing f WHERE foreign_code = '%s'", code)
#define FILE_IN(base64) ",\"files\":[{\"key\":\"1\",\"name\":\"don.pdf\",\"content\":\"" base64 "\"}]"

/* After the unit's days: no number, no words, no content, no file; the row tells that there was one. */
void what_is_over_is_forgotten(void **state)
{
	PGconn *man = as("man"), *hue = as("hue"), *courier = as("dua-tin");
	const char *alone = "G22.99-20261123-0000001", *first = "G22.99-20261123-0000002", *second = "G22.99-20261123-0000003";
	(void)state;
	file_one(courier, alone, FILE_IN("Y2hpIG1vdCBuZ3VvaQ=="));
	file_one(courier, first, FILE_IN("Z2lvbmcgbmhhdQ=="));
	file_one(courier, second, FILE_IN("Z2lvbmcgbmhhdQ=="));
	away(man, alone, "refusal");
	away(man, first, "refusal");
	one(courier, "SELECT wire.tend()");
	assert_string_equal(PERSONS(alone), "false false 1 true");
	one(admin(), "UPDATE motcua.filing_word SET done_at = now() WHERE done_at IS NULL");
	one(admin(), "UPDATE motcua.filing SET answered_at = answered_at - interval '100 days' WHERE foreign_code IN ('%s', '%s')", alone, first);
	one(courier, "SELECT wire.tend()");
	assert_string_equal(PERSONS(alone), "false false 1 true"); /* not yet */
	one(hue, "SELECT desk.unit_setting('filing_days', '90', 'Quyết định 7')");
	one(courier, "SELECT wire.tend()");
	assert_string_equal(PERSONS(alone), "true true 0 false");
	assert_string_equal(PERSONS(first), "true true 0 false");
	/* The content went, but where another filing stands on it. */
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.file_content WHERE sha256 = sha256('chi mot nguoi')"), 0);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.file_piece WHERE data = 'chi mot nguoi'"), 0);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.file_piece WHERE data = 'giong nhau'"), 1);
	assert_string_equal(one(man, "SELECT f.state FROM desk.filings('open', 50) x, desk.filing_files(x.filing_id) f WHERE x.code = '%s'", second), "here");
	/* The last one that stands on it takes it along, whoever brought it. */
	away(man, second, "refusal");
	one(admin(), "UPDATE motcua.filing_word SET done_at = now() WHERE done_at IS NULL");
	one(admin(), "UPDATE motcua.filing SET answered_at = answered_at - interval '100 days' WHERE foreign_code = '%s'", second);
	one(courier, "SELECT wire.tend()");
	assert_string_equal(PERSONS(second), "true true 0 false");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.file_piece WHERE data = 'giong nhau'"), 0);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.file WHERE sha256 = sha256('giong nhau')"), 0);
	/* The history keeps what happened: nothing else of it can be changed, nothing deleted. */
	assert_string_equal(state_of(admin(), "UPDATE motcua.filing_event SET what = 'asked'"), "MC004");
	assert_string_equal(state_of(admin(), "DELETE FROM motcua.filing_event"), "MC004");
	/* Filed again it is a filing like others. */
	listed(courier, alone, 1, "2");
	told(courier, alone, "{\"files\":[]," PHONE "}");
	assert_string_equal(one(man, "SELECT owner_name FROM desk.filings('open', 50) WHERE code = '%s'", alone), "Nguyễn Thị Hồng");
	PQfinish(man), PQfinish(hue), PQfinish(courier);
}

/* Messages: what is over goes; who is still to be told keeps the number, of a dossier and of a filing. */
void who_is_still_to_be_told(void **state)
{
	PGconn *man = as("man"), *hue = as("hue"), *courier = as("dua-tin");
	const char *waits = "G22.99-20261123-0000004";
	char dossier[40];
	(void)state;
	assert_string_equal(state_of(hue, "SELECT desk.unit_setting('message_days', '0', '')"), "MC005");
	assert_string_equal(state_of(hue, "SELECT desk.unit_setting('filing_days', '29', '')"), "MC005");
	one(hue, "SELECT desk.setting_change('message_days', '', '30', '', '')");
	file_one(courier, waits, "");
	away(man, waits, "supplement");
	one(admin(), "UPDATE motcua.citizen_message m SET state = 'call', next_at = NULL FROM motcua.filing f WHERE f.filing_id = m.filing_id AND f.foreign_code = '%s'", waits);
	put(dossier, sizeof dossier, one(man, "SELECT code FROM desk.accept_dossier(test.req('{\"ignore_similar\":true}'))"));
	one(admin(), "INSERT INTO motcua.citizen_message (unit_id, dossier_id, at, kind, channel, address, words, state) SELECT unit_id, dossier_id, now(), 'apology', 'phone',"
		" '0912345678', 'Xin lỗi', 'call' FROM motcua.dossier WHERE code = '%s'", dossier);
	one(admin(), "UPDATE motcua.citizen_message SET changed_at = changed_at - interval '91 days', leased_until = NULL");
	one(admin(), "UPDATE motcua.citizen_message m SET state = 'received', next_at = NULL FROM motcua.dossier d WHERE d.dossier_id = m.dossier_id AND m.kind = 'received'");
	one(courier, "SELECT wire.tend()");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.citizen_message WHERE state = 'received' AND (address ~ '[0-9]' OR words LIKE '%%hồ sơ%%')"), 0);
	assert_true(count(admin(), "SELECT count(*) FROM motcua.citizen_message WHERE forgotten_at IS NOT NULL") > 1);
	assert_string_equal(one(man, "SELECT string_agg(kind || ' ' || phone, ', ' ORDER BY kind) FROM desk.call_list(100) WHERE code IN ('%s', '%s')", waits, dossier),
	                    "apology 0912•••678, supplement 0912•••678");
	/* Over, they are called no more. */
	one(admin(), "UPDATE motcua.dossier SET status = 8 WHERE code = '%s'", dossier);
	told(courier, waits, "{\"status\":7,\"files\":[]}");
	one(admin(), "UPDATE motcua.citizen_message SET changed_at = changed_at - interval '91 days' WHERE forgotten_at IS NULL");
	one(courier, "SELECT wire.tend()");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.call_list(100) WHERE code IN ('%s', '%s')", waits, dossier), 0);
	assert_string_equal(one(admin(), MESSAGES, dossier), "apology phone void");
	PQfinish(man), PQfinish(hue), PQfinish(courier);
}

static const char *pushed(PGconn *courier, const char *code, const char *at)
{
	return one(courier, "SELECT outcome || ' ' || note FROM wire.filings_pushed('cong', 'nhanhsdvcqg', '[{\"line\":{\"code\":\"%s\",\"agency\":\"H01.999\",\"status\":1,\"at\":\"%s\"},"
		"\"view\":{\"found\":true,\"status\":1,\"procedure\":{\"code\":\"1.004873\"},\"files\":[]," PHONE "}}]')", code, at);
}

/* Refused, and handed over anew before they heard of it: not taken for the old one, so they come again. */
void handed_over_once_more(void **state)
{
	PGconn *man = as("man"), *courier = as("dua-tin");
	const char *code = "G22.99-20261124-0000001";
	(void)state;
	assert_string_equal(pushed(courier, code, "1"), "taken ");
	away(man, code, "refusal");
	assert_string_equal(pushed(courier, code, "1"), "known "); /* the one that was refused */
	assert_string_equal(pushed(courier, code, "2"), "later Hồ sơ G22.99-20261124-0000001: kết quả lần nộp trước chưa gửi đến nơi, xin gửi lại sau. ");
	one(admin(), "UPDATE motcua.filing_word SET done_at = now() WHERE done_at IS NULL");
	assert_string_equal(pushed(courier, code, "2"), "taken ");
	assert_string_equal(one(man, "SELECT owner_name FROM desk.filings('open', 50) WHERE code = '%s'", code), "Nguyễn Thị Hồng");
	PQfinish(man), PQfinish(courier);
}
