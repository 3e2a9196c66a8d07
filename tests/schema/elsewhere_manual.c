/* SPDX-License-Identifier: Apache-2.0
 *
 * Systems that a hand serves: the fields to type, the number that comes back, what is read there. */
#include <stdio.h>
#include <string.h>

#include "tests/schema/elsewhere.h"

/* ---- a system without an interface ---- */

static void prepare_manual(void)
{
	one(admin(), "SELECT motcua.load('systems', 'tay', '[{\"code\":\"ho-kinh-doanh\",\"name\":\"Đăng ký hộ kinh doanh\",\"family\":\"manual\"}]')");
	one(admin(), "SELECT motcua.load('routes', 'tay', '[{\"rule_id\":\"50\",\"procedure_code\":\"1.001193\",\"system\":\"ho-kinh-doanh\","
		"\"told\":\"cong\",\"valid_from\":\"2026-01-01\",\"notice\":\"NĐ 168/2025/NĐ-CP ngày 30/06/2025\",\"decided_by\":\"Chính phủ\"}]')");
	one(admin(), "SELECT motcua.load_profiles('thử', '{\"ho-kinh-doanh\":{\"manual\":{\"site\":\"hokinhdoanh.dkkd.gov.vn\",\"fields\":["
		"{\"label\":\"Họ và tên chủ hộ\",\"from\":\"owner.name\"},{\"label\":\"Số định danh\",\"from\":\"owner.id_number\"},"
		"{\"label\":\"Ngày sinh\",\"from\":\"owner.birth\",\"as\":\"day\"},{\"label\":\"Giấy tờ kèm theo\",\"from\":\"components.*.name\"},"
		"{\"label\":\"Cơ quan đăng ký\",\"from\":\"agencies.deciding.name\"},{\"label\":\"Hình thức\",\"value\":\"Nộp trực tiếp\"}]}}}')");
}

#define BY_HAND_REQUEST "test.req(jsonb_build_object('procedure', '1.001193', 'fees', '[]'::jsonb, 'limit'," \
	" '{\"unit\":\"none\",\"source\":\"none\"}'::jsonb, 'due_at', NULL, 'components', '[{\"name\":\"Giấy đề nghị\",\"action\":\"submit\"," \
	"\"state\":\"ok\",\"required\":true,\"basis\":\"NĐ 168\",\"files\":[]}]'::jsonb, 'route', '{\"rule_id\":50,\"system\":\"ho-kinh-doanh\",\"told\":[\"cong\"]}'::jsonb))"

void a_hand_serves_a_system_without_an_interface(void **state)
{
	PGconn *man = as("man"), *khoa = as("khoa"), *lan = as("lan"), *courier = as("dua-tin");
	char id[24];
	(void)state;
	prepare_manual();
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(" BY_HAND_REQUEST ")"));
	/* No courier takes it. */
	one(courier, "SELECT count(*) FROM wire.claim('x', 60, 200)");
	assert_string_equal(one(admin(), "SELECT string_agg(system, ' ') FROM motcua.stream WHERE dossier_id = %s AND leased_by IS NOT NULL", id), "cong");
	assert_string_equal(one(khoa, "SELECT messages || ' ' || system_name FROM desk.manual_list(50) WHERE dossier_id = %s", id), "2 Đăng ký hộ kinh doanh");
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.manual_list(50)"), 0);
	assert_string_equal(one(man, "SELECT string_agg(label || '=' || value, '; ' ORDER BY seq) FROM desk.manual_fields(%s, 'ho-kinh-doanh', false)", id),
	                    "Họ và tên chủ hộ=Nguyễn Thị Hồng; Số định danh=0011••••••12; Ngày sinh=•••; Giấy tờ kèm theo=Giấy đề nghị; "
	                    "Cơ quan đăng ký=xã Núi Cấm; Hình thức=Nộp trực tiếp");
	assert_string_equal(one(man, "SELECT string_agg(value, '; ' ORDER BY seq) FROM desk.manual_fields(%s, 'ho-kinh-doanh', true) WHERE private", id),
	                    "001199000012; 05/03/1999");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE dossier_id = %s AND act = 'reveal' AND what->>'manual' = 'ho-kinh-doanh'", id), 1);
	assert_string_equal(state_of(lan, "SELECT * FROM desk.manual_fields(%s, 'ho-kinh-doanh', true)", id), "MC008");
	assert_string_equal(state_of(man, "SELECT * FROM desk.manual_fields(%s, 'cong', true)", id), "MC008");
	/* Nothing is received before their number is here. */
	assert_string_equal(state_of(man, "SELECT desk.manual_done(%s, 'ho-kinh-doanh', ' ', '')", id), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.manual_status(%s, 1, 'ho-kinh-doanh', 4, now(), 'x')", id), "MC005");
	/* Theirs, not one of ours, nor a person's. */
	const char *not_theirs[] = { one(man, "SELECT code FROM desk.dossier(%s)", id), "h01.999-260101-0001", "001199000012", "0011-9900-0012" };
	for (int i = 0; i < 4; i++)
		assert_string_equal(state_of(man, "SELECT desk.manual_done(%s, 'ho-kinh-doanh', '%s', '')", id, not_theirs[i]), "MC005");
	assert_string_equal(last_hint(), "their_code");
	one(khoa, "SELECT desk.manual_done(%s, 'ho-kinh-doanh', ' hkd-26.000123 ', '')", id);
	assert_string_equal(one(man, "SELECT state || ' ' || foreign_code || ' ' || note FROM desk.dossier_travel(%s) WHERE system = 'ho-kinh-doanh'", id),
	                    "received HKD-26.000123 Nhập tay: Trần Đăng Khoa");
	assert_int_equal(count(khoa, "SELECT count(*) FROM desk.manual_list(50) WHERE dossier_id = %s", id), 0);
	assert_string_equal(one(man, "SELECT code = (SELECT code FROM desk.dossier(%s)) FROM desk.find('HKD-26.000123', 'code', 5)", id), "t");
	/* Read there, written here, with its source; they need not be told what they said. */
	assert_string_equal(one(man, "SELECT desk.manual_status(%s, 1, 'ho-kinh-doanh', 4, now(), 'Đang xử lý')", id), "2");
	assert_string_equal(one(man, "SELECT status FROM desk.dossier(%s)", id), "4");
	assert_non_null(strstr(one(man, "SELECT note FROM desk.dossier_events(%s) WHERE to_status = 4", id), "Theo Đăng ký hộ kinh doanh (số HKD-26.000123)"));
	assert_int_equal(count(khoa, "SELECT count(*) FROM desk.manual_list(50) WHERE dossier_id = %s", id), 0);
	assert_string_equal(state_of(man, "SELECT desk.manual_status(%s, 2, 'ho-kinh-doanh', 3, now(), 'x')", id), "MC005");
	/* The number of one dossier is no other's. */
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(" BY_HAND_REQUEST ")"));
	assert_string_equal(state_of(man, "SELECT desk.manual_done(%s, 'ho-kinh-doanh', 'HKD-26.000123', '')", id), "MC005");
	PQfinish(man);
	PQfinish(khoa);
	PQfinish(lan);
	PQfinish(courier);
}

void a_wait_that_a_hand_reads_moves_the_date(void **state)
{
	PGconn *man = as("man");
	char id[24], due[64];
	(void)state;
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(" BY_HAND_REQUEST " || jsonb_build_object('limit',"
		" '{\"value\":10,\"unit\":\"working_day\",\"source\":\"asked\",\"basis\":\"QĐ 1\"}'::jsonb, 'due_at', now() + interval '14 days'))"));
	one(man, "SELECT desk.manual_done(%s, 'ho-kinh-doanh', 'HKD-26.000124', '')", id);
	one(man, "SELECT desk.manual_status(%s, 1, 'ho-kinh-doanh', 4, now(), '')", id);
	one(man, "SELECT desk.manual_status(%s, 2, 'ho-kinh-doanh', 5, now(), 'Thiếu bản vẽ')", id);
	/* The wait is four days old. */
	one(admin(), "SET session_replication_role = replica; UPDATE motcua.dossier_event SET at = at - interval '4 days' WHERE dossier_id = %s;"
		" UPDATE motcua.dossier SET received_at = received_at - interval '5 days', status_at = status_at - interval '4 days' WHERE dossier_id = %s;"
		" RESET session_replication_role", id, id);
	put(due, sizeof due, one(admin(), "SELECT due_at FROM motcua.dossier WHERE dossier_id = %s", id));
	one(man, "SELECT desk.manual_status(%s, 3, 'ho-kinh-doanh', 4, now() - interval '3 days', 'Đã bổ sung')", id);
	/* Until it is written down: as long as the history says. */
	assert_string_equal(one(admin(), "SELECT abs(extract(epoch FROM d.due_at - motcua.working_add(u.code, '%s', motcua.working_between(u.code, now() - interval '4 days', now())))) <= 60"
		" AND d.due_at > '%s' FROM motcua.dossier d JOIN motcua.unit u USING (unit_id) WHERE d.dossier_id = %s", due, due, id), "t");
	assert_string_equal(one(man, "SELECT cause || ' ' || split_part(line, E'\\n', 1) FROM desk.dossier_due(%s) ORDER BY at DESC", id),
	                    "supplement Đăng ký hộ kinh doanh tiếp tục giải quyết.");
	/* The portal hears the date with the dossier; who said so has nothing to be typed in. */
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.message m JOIN motcua.dossier d USING (dossier_id) WHERE dossier_id = %s AND system = 'cong'"
		" AND kind = 'dossier' AND (payload->>'due_at')::timestamptz = d.due_at", id), 1);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.manual_list(50) WHERE dossier_id = %s", id), 0);
	/* So do the history and the citizen, who brought the papers there. */
	assert_int_equal(count(man, "SELECT count(*) FROM desk.dossier_events(%s) WHERE act = 'change_due' AND note LIKE 'Ngày hẹn trả đổi từ %%Đăng ký hộ kinh doanh tiếp tục giải quyết.'", id), 1);
	assert_string_equal(one(man, "SELECT string_agg(kind, ' ') FROM desk.citizen_messages(%s) WHERE state = 'call'", id), "new_date");
	PQfinish(man);
}

/* What of an incident lies before their reception has moved no date that counts from there. */
void an_incident_before_their_reception_gives_nothing(void **state)
{
	PGconn *man = as("man"), *hue = as("hue");
	char id[24], wrong[24], right[24];
	(void)state;
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" ELSEWHERE "))"));
	one(admin(), "UPDATE motcua.dossier SET status = 9, finished_at = '2026-11-01T08:00:00+07:00' WHERE dossier_id <> %s AND status IN (2, 4, 5, 6)", id);
	one(admin(), "UPDATE motcua.dossier SET received_at = '2026-11-18T08:00:00+07:00', due_at = '2026-11-23T17:00:00+07:00' WHERE dossier_id = %s", id);
#define STANDSTILL(until) one(admin(), "INSERT INTO motcua.standstill (unit_id, kind, story, from_at, to_at, login, made_at) SELECT unit_id, 'power', 'Mất điện'," \
	" '2026-11-20T09:00:00+07:00', '2026-11-20T" until ":00+07:00', 'man', now() FROM motcua.dossier WHERE dossier_id = %s RETURNING standstill_id", id)
#define DUE one(admin(), "SELECT to_char(due_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI') FROM motcua.dossier WHERE dossier_id = %s", id)
	put(wrong, sizeof wrong, STANDSTILL("11:00"));
	one(hue, "SELECT desk.incident_due('standstill', %s)", wrong);
	assert_string_equal(one(hue, "SELECT desk.standstill_void(%s, 'x')", wrong), "1");
	put(right, sizeof right, STANDSTILL("11:00"));
	one(hue, "SELECT desk.incident_due('standstill', %s)", right);
	assert_string_equal(DUE, "24/11 09:00");
	/* An incident that was taken back keeps no clerk from saying when they received: here in the middle of one. */
	one(man, "SELECT desk.received_elsewhere(%s, (SELECT version FROM desk.dossier(%s)), '2026-11-20T10:00:00+07:00', test.due_there('2026-11-20T10:00:00+07:00'), 'Phiếu 5', 'Tính lại')", id, id);
	assert_string_equal(DUE, "26/11 08:00");
	assert_string_equal(one(hue, "SELECT desk.standstill_void(%s, 'x')", right), "1");
	assert_string_equal(DUE, "25/11 17:00");
	assert_string_equal(one(hue, "SELECT minutes FROM desk.incident_moves('standstill', %s, 9)", STANDSTILL("11:00")), "60");
	assert_string_equal(one(hue, "SELECT desk.incident_dossiers('standstill', %s)", STANDSTILL("10:00")), "0");
	PQfinish(man);
	PQfinish(hue);
}
