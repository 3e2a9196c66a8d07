-- SPDX-License-Identifier: Apache-2.0
-- Rules of a unit's own: who entered them, by which notice, after which trial.  A rule is ended,
-- never edited; what it was stays as a row of an older catalogue version.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Numbers of rules that files bring stay below a million (core/dossier/table_kinds.c).
CREATE SEQUENCE motcua.route_number START 1000001;

CREATE TABLE motcua.route_entry (
	unit_id       bigint NOT NULL REFERENCES motcua.unit,
	rule_id       bigint NOT NULL,
	entry_id      bigint GENERATED ALWAYS AS IDENTITY,
	act           text NOT NULL CHECK (act IN ('enter', 'end')),
	notice_number text NOT NULL CHECK (notice_number <> ''),
	notice_day    date NOT NULL,
	from_day      date NOT NULL,
	note          text NOT NULL,
	trial         jsonb NOT NULL,             -- what it would have done, as its author saw it
	login         text NOT NULL,
	at            timestamptz NOT NULL DEFAULT clock_timestamp(),
	PRIMARY KEY (unit_id, rule_id, entry_id)
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.route_entry
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- The notice of a rule: its number and its day, both written.
CREATE FUNCTION motcua.notice_text(notice jsonb) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
	number text := btrim(coalesce(notice->>'number', ''));
	day date := nullif(notice->>'day', '')::date;
BEGIN
	PERFORM check_that(number <> '' AND length(number) <= 100, 'notice.number', 'Ghi số, ký hiệu văn bản thông báo.');
	PERFORM check_that(day BETWEEN '2000-01-01' AND local(now())::date, 'notice.day',
		'Ghi ngày của văn bản thông báo (không thể là ngày sắp tới).');
	RETURN number || ' ngày ' || to_char(day, 'DD/MM/YYYY');
END $$;

-- Whoever adopts a change has seen what it does.
CREATE FUNCTION motcua.check_trial(trial jsonb) RETURNS void
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	PERFORM check_that(jsonb_typeof(trial) = 'object' AND (trial->>'dossiers')::int >= 0
		AND (trial->>'moved')::int BETWEEN 0 AND (trial->>'dossiers')::int AND trial->>'from' IS NOT NULL, 'trial',
		'Xem thử quy tắc trên hồ sơ đã nhận trước khi áp dụng.');
END $$;

-- The rule of a request, checked; its rule_id is fresh.
CREATE FUNCTION motcua.route_read(rule jsonb) RETURNS motcua.routes
LANGUAGE plpgsql AS $$
DECLARE
	r routes;
	p procedures;
BEGIN
	r.procedure_code := coalesce(rule->>'procedure', '');
	r.ministry := coalesce(rule->>'ministry', '');
	r.field := coalesce(rule->>'field', '');
	r.level := coalesce(rule->>'level', '');
	r.deciding_unit := btrim(coalesce(rule->>'deciding_unit', ''));
	r.system := coalesce(rule->>'system', '');
	r.valid_from := nullif(rule->>'from', '')::date;
	r.valid_to := nullif(rule->>'to', '')::date;
	r.notice := notice_text(rule->'notice');
	r.decided_by := btrim(coalesce(rule->'notice'->>'by', ''));
	r.note := left(btrim(coalesce(rule->>'note', '')), 500);
	SELECT * INTO p FROM procedures x WHERE x.code = r.procedure_code AND x.ended IS NULL ORDER BY x.unit_id NULLS LAST LIMIT 1;
	PERFORM check_that(r.procedure_code = '' OR p.row_id IS NOT NULL, 'procedure',
		format('Danh mục không có thủ tục %s.', r.procedure_code));
	PERFORM check_that(r.ministry = '' OR EXISTS (SELECT FROM procedures x WHERE x.ministry = r.ministry AND x.ended IS NULL),
		'ministry', 'Không thủ tục nào trong danh mục thuộc bộ này.');
	PERFORM check_that(r.field = '' OR EXISTS (SELECT FROM procedures x WHERE x.field = r.field AND x.ended IS NULL),
		'field', 'Không thủ tục nào trong danh mục thuộc lĩnh vực này.');
	PERFORM check_that(r.level IN ('', 'xã', 'tỉnh', 'bộ', 'khác'), 'level', 'Cấp giải quyết không đúng.');
	PERFORM check_that(length(r.deciding_unit) <= 60, 'deciding_unit', 'Mã đơn vị giải quyết quá dài.');
	SELECT c.name INTO r.case_name FROM cases c WHERE c.row_id = (rule->>'case_id')::bigint
		AND c.procedure_code = r.procedure_code AND c.ended IS NULL;
	PERFORM check_that(coalesce((rule->>'case_id')::bigint, 0) = 0 OR r.case_name IS NOT NULL, 'case',
		'Thủ tục không có trường hợp này.');
	r.case_name := coalesce(r.case_name, '');
	r.told := coalesce((SELECT string_agg(DISTINCT w, ',') FROM jsonb_array_elements_text(coalesce(rule->'told', '[]')) w
		WHERE w NOT IN ('', r.system)), '');
	PERFORM check_that(NOT EXISTS (SELECT FROM unnest(r.system || string_to_array(r.told, ',')) w WHERE w <> '' AND NOT EXISTS (
		SELECT FROM systems s WHERE s.code = w AND s.ended IS NULL)) AND r.system <> '', 'system', 'Danh mục không có hệ thống đích.');
	PERFORM check_that(r.valid_from BETWEEN '2000-01-01' AND local(now())::date + 3650, 'from', 'Ghi ngày bắt đầu áp dụng.');
	PERFORM check_that(r.valid_to IS NULL OR r.valid_to > r.valid_from, 'to', 'Ngày hết hiệu lực phải sau ngày bắt đầu.');
	PERFORM check_that(r.decided_by <> '' AND length(r.decided_by) <= 200, 'notice.by', 'Ghi cơ quan ban hành văn bản.');
	r.rule_id := nextval('route_number');
	RETURN r;
END $$;

-- A version of a rule of a unit: the fields of r, valid until the given day.
CREATE FUNCTION motcua.route_put(unit bigint, r motcua.routes, until date) RETURNS void
LANGUAGE sql AS $$
	INSERT INTO routes (unit_id, key, digest, loaded_from, added, rule_id, procedure_code, ministry, field, level,
		case_name, deciding_unit, system, told, valid_from, valid_to, notice, decided_by, note)
	VALUES (unit, md5(r.rule_id::text)::uuid, gen_random_uuid(), session_user, catalogue_now(unit) + 1, r.rule_id,
		r.procedure_code, r.ministry, r.field, r.level, r.case_name, r.deciding_unit, r.system, r.told, r.valid_from,
		until, r.notice, r.decided_by, r.note)
$$;

-- rule: {procedure, ministry, field, level, case_id, deciding_unit, system, told [], from, to, note,
-- notice {number, day, by}, trial {from, to, dossiers, moved}}; an empty key matches anything.
CREATE FUNCTION desk.route_save(rule jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := my_supervisor();
	r routes;
BEGIN
	PERFORM check_that(jsonb_typeof(rule) = 'object' AND octet_length(rule::text) < 16384, 'rule', 'Quy tắc không đúng dạng.');
	PERFORM check_trial(rule->'trial');
	r := route_read(rule);
	PERFORM route_put(mine.unit_id, r, r.valid_to);
	INSERT INTO route_entry (unit_id, rule_id, act, notice_number, notice_day, from_day, note, trial, login)
	VALUES (mine.unit_id, r.rule_id, 'enter', btrim(rule->'notice'->>'number'), (rule->'notice'->>'day')::date, r.valid_from,
		r.note, rule->'trial', mine.login);
	PERFORM catalogue_bump(mine.unit_id);
	PERFORM audit('route_save', NULL, jsonb_build_object('rule', r.rule_id) || (rule - 'note'));
	RETURN r.rule_id;
END $$;

-- From from_day on the rule no longer chooses; before its own first day it never will have.
CREATE FUNCTION desk.route_end(wanted bigint, from_day date, notice jsonb, reason text, trial jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := my_supervisor();
	r routes;
	said text := notice_text(notice);
BEGIN
	PERFORM pg_advisory_xact_lock(hashtextextended('motcua.route', mine.unit_id));
	SELECT * INTO r FROM routes x WHERE x.rule_id = wanted AND x.ended IS NULL ORDER BY x.unit_id NULLS LAST LIMIT 1;
	IF r.row_id IS NULL THEN
		PERFORM refuse('MC008', 'Không có quy tắc này.', format('no route rule %s', wanted));
	END IF;
	IF r.unit_id IS NULL THEN
		PERFORM refuse('MC004', 'Quy tắc chung do quản trị nạp từ tệp. Muốn khác, hãy nhập quy tắc của đơn vị.',
			format('rule %s is a common one', wanted));
	END IF;
	PERFORM check_that(from_day >= local(now())::date, 'from', 'Chỉ kết thúc được từ hôm nay trở đi.');
	PERFORM check_that(r.valid_to IS NULL OR from_day < r.valid_to, 'from', 'Quy tắc đã hết hiệu lực trước ngày đó.');
	PERFORM check_that(btrim(coalesce(reason, '')) <> '', 'reason', 'Ghi vì sao kết thúc quy tắc.');
	PERFORM check_trial(trial);
	UPDATE routes x SET ended = catalogue_now(mine.unit_id) + 1 WHERE x.row_id = r.row_id;
	IF from_day > r.valid_from THEN
		PERFORM route_put(mine.unit_id, r, from_day);
	END IF;
	INSERT INTO route_entry (unit_id, rule_id, act, notice_number, notice_day, from_day, note, trial, login)
	VALUES (mine.unit_id, wanted, 'end', btrim(notice->>'number'), (notice->>'day')::date, from_day, left(btrim(reason), 500),
		trial, mine.login);
	PERFORM catalogue_bump(mine.unit_id);
	PERFORM audit('route_end', NULL, jsonb_build_object('rule', wanted, 'from', from_day, 'notice', said));
END $$;

-- Each rule once, in its newest version: in force, coming, ended.
CREATE FUNCTION desk.route_list() RETURNS TABLE (rule_id bigint, own boolean, state text, procedure_code text,
	procedure_name text, ministry text, field text, level text, case_name text, deciding_unit text, system text,
	system_name text, told text, valid_from date, valid_to date, notice text, decided_by text, note text,
	entered_by text, entered_at timestamptz, ended_by text, ended_at timestamptz, ended_why text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT r.rule_id, r.unit_id IS NOT NULL, t.state,
		r.procedure_code, coalesce((SELECT p.name FROM procedures p WHERE p.code = r.procedure_code AND p.ended IS NULL
			ORDER BY p.unit_id NULLS LAST LIMIT 1), ''),
		r.ministry, r.field, r.level, r.case_name, r.deciding_unit, r.system,
		coalesce((SELECT s.name FROM systems s WHERE s.code = r.system AND s.ended IS NULL), r.system), r.told,
		r.valid_from, r.valid_to, r.notice, r.decided_by, r.note, coalesce(name_of(e.login), r.loaded_from), e.at,
		coalesce(name_of(x.login), ''), x.at, coalesce(x.note || ' (' || x.notice_number || ' ngày '
			|| to_char(x.notice_day, 'DD/MM/YYYY') || ')', '')
	FROM (SELECT DISTINCT ON (c.rule_id) c.* FROM me() m, routes c ORDER BY c.rule_id, (c.ended IS NULL) DESC, c.row_id DESC) r
	CROSS JOIN LATERAL (SELECT CASE WHEN r.ended IS NOT NULL OR r.valid_to <= local(now())::date THEN 'ended'
		WHEN r.valid_from > local(now())::date THEN 'coming' ELSE 'now' END AS state) t
	LEFT JOIN route_entry e ON e.unit_id = r.unit_id AND e.rule_id = r.rule_id AND e.act = 'enter'
	LEFT JOIN LATERAL (SELECT * FROM route_entry z WHERE z.unit_id = r.unit_id AND z.rule_id = r.rule_id AND z.act = 'end'
		ORDER BY z.entry_id DESC LIMIT 1) x ON true
	ORDER BY array_position('{now,coming,ended}', t.state), r.valid_from DESC NULLS LAST, r.rule_id DESC
$$;

-- Dossiers received on these days, as the choice of a route sees them; what each was given then.
CREATE FUNCTION desk.route_trial(from_day date, to_day date) RETURNS TABLE (dossier_id bigint, code text,
	procedure_code text, case_id bigint, deciding_unit text, day date, system text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := my_supervisor();
BEGIN
	PERFORM check_that(from_day <= to_day AND to_day - from_day <= 31, 'from', 'Xem thử nhiều nhất 31 ngày một lần.');
	PERFORM audit('route_trial', NULL, jsonb_build_object('from', from_day, 'to', to_day));
	RETURN QUERY SELECT d.dossier_id, d.code, d.procedure_code,
		coalesce((SELECT c.row_id FROM cases c WHERE c.procedure_code = d.procedure_code AND c.name = d.case_name
			AND c.ended IS NULL LIMIT 1), 0), trial_unit(d), local(d.received_at)::date, d.route_system
	FROM dossier d WHERE d.unit_id = mine.unit_id
		AND d.received_at >= $1::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
		AND d.received_at < ($2 + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
	ORDER BY d.received_at LIMIT 20000;
END $$;

RESET ROLE;
SELECT motcua.guard('{route_entry}', '');
SELECT motcua.open_doors();
