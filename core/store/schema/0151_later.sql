-- SPDX-License-Identifier: Apache-2.0
-- Reception with another code and moment than now: a dossier taken in by hand on a blank while
-- database or power was away, entered later.  The request then has a member "later":
--   {"blank_code", "received_at" (the true moment), "reason", "received_by", "standstill_id"}

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE FUNCTION motcua.is_later(req jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN coalesce(jsonb_typeof(req->'later'), 'null') <> 'null';

-- The claim of a past moment, held against what is known: a sheet that existed then and is not used,
-- an incident that covers it.
CREATE FUNCTION motcua.check_later(mine motcua.clerk, later jsonb, moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	x blank;
	s standstill;
	truly timestamptz := (later->>'received_at')::timestamptz;
BEGIN
	PERFORM check_that(jsonb_typeof(later) = 'object', 'later', 'Yêu cầu không đúng dạng.');
	x := blank_of(mine, later->>'blank_code', true);
	IF x.state = 'used' THEN
		PERFORM refuse('MC006', format('Mã %s đã được nhập thành hồ sơ.', x.code), 'blank is used', x.code);
	END IF;
	PERFORM check_that(x.state <> 'void', 'later.blank_code', format('Tờ mang mã %s đã huỷ: %s. '
		|| 'Người phụ trách mở lại được, nếu dân đang giữ tờ này.', x.code, x.reason));
	PERFORM check_that(isfinite(truly), 'later.received_at', 'Ghi đúng lúc đã nhận hồ sơ.');
	PERFORM check_that(truly <= moment, 'later.received_at', 'Thời điểm nhận hồ sơ ở tương lai.');
	PERFORM check_that(truly > moment - make_interval(days => setting_of(mine.unit_id, 'later_days')::int),
		'later.received_at', 'Hồ sơ nhận đã quá lâu, không nhập sau được nữa: báo người phụ trách.');
	PERFORM check_that(truly >= (SELECT date_trunc('minute', b.made_at) FROM blank_block b
		WHERE b.unit_id = x.unit_id AND b.block_id = x.block_id), 'later.received_at', 'Tờ này in sau thời điểm đó.');
	PERFORM check_that(length(btrim(coalesce(later->>'reason', ''))) BETWEEN 1 AND 300, 'later.reason',
		'Ghi vì sao phải nhận bằng tay.');
	PERFORM check_that(length(btrim(coalesce(later->>'received_by', ''))) BETWEEN 1 AND 100, 'later.received_by',
		'Ghi ai đã nhận hồ sơ và viết giấy.');
	SELECT * INTO s FROM standstill y WHERE y.unit_id = mine.unit_id
		AND y.standstill_id = (later->>'standstill_id')::bigint;
	PERFORM check_that(s.standstill_id IS NOT NULL, 'later.standstill_id', 'Nhập sau phải có sự cố: mất điện, mất cơ sở dữ liệu…');
	PERFORM check_that(truly BETWEEN s.from_at AND coalesce(s.to_at, moment), 'later.received_at',
		'Lúc nhận hồ sơ nằm ngoài khoảng thời gian của sự cố.');
END $$;

-- The moment of reception: the database's clock, which the counter must have counted with, or the
-- true one of a dossier entered later.
CREATE FUNCTION motcua.reception_moment(mine motcua.clerk, req jsonb) RETURNS timestamptz
LANGUAGE plpgsql AS $$
DECLARE
	moment timestamptz := clock_timestamp();
	truly timestamptz;
BEGIN
	IF NOT is_later(req) THEN
		PERFORM check_moment(mine.unit_id, (req->>'computed_at')::timestamptz, moment);
		RETURN date_trunc('second', moment);
	END IF;
	PERFORM check_later(mine, req->'later', moment);
	truly := date_trunc('second', (req->'later'->>'received_at')::timestamptz);
	IF (req->>'computed_at')::timestamptz IS DISTINCT FROM truly THEN
		PERFORM refuse('MC001', 'Thời điểm tiếp nhận đã đổi: cần tính lại ngày hẹn trả.',
			'a later entry is counted from its true moment', iso(truly));
	END IF;
	RETURN truly;
END $$;

-- The code of a dossier: the day's next one, or that of the sheet which the citizen already holds.
CREATE FUNCTION motcua.reception_code(u motcua.unit, req jsonb, moment timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
	IF is_later(req) THEN
		RETURN req->'later'->>'blank_code';
	END IF;
	RETURN next_code(u, local(moment)::date);
END $$;

-- "Nhập sau lúc …": part of the dossier's note, so that every system is told, too.
CREATE FUNCTION motcua.later_words(req jsonb) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN format('Nhập sau lúc %s từ giấy viết tay; người tiếp nhận: %s; lý do: %s.',
		to_char(local(clock_timestamp()), 'HH24:MI DD/MM/YYYY'), btrim(req->'later'->>'received_by'),
		btrim(req->'later'->>'reason'));
END $$;

CREATE FUNCTION motcua.reception_request(req jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
	IF NOT is_later(req) THEN
		RETURN req;
	END IF;
	RETURN req || jsonb_build_object('note', btrim(coalesce(req->>'note', '') || ' ' || later_words(req)));
END $$;

-- What else an entry afterwards leaves behind: the sheet is used, history and trail say so, the paper
-- says when it came into the books.
CREATE FUNCTION motcua.later_entered(mine motcua.clerk, req jsonb, d motcua.dossier, paper bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	moment timestamptz := date_trunc('second', clock_timestamp());
	x blank;
BEGIN
	IF NOT is_later(req) THEN
		RETURN;
	END IF;
	UPDATE blank b SET state = 'used', dossier_id = d.dossier_id, login = mine.login, at = moment,
		reason = CASE b.state WHEN 'missing' THEN 'Đã báo mất, nay thấy: ' || b.reason ELSE '' END
		WHERE b.unit_id = d.unit_id AND b.code = d.code RETURNING * INTO x;
	UPDATE paper p SET fields = p.fields || field('entered_at', iso(moment))
		|| field('received_by', btrim(req->'later'->>'received_by')) WHERE p.unit_id = d.unit_id AND p.paper_id = paper;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, moment, 'later_entry', d.status, d.status, mine.login, mine.full_name, later_words(req));
	PERFORM audit('later_entry', d.dossier_id, (req->'later') || jsonb_build_object('code', d.code, 'block', x.block_id,
		'entered_at', iso(moment)));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'blanks ' || x.block_id);
END $$;

CREATE FUNCTION motcua.reception_entered(mine motcua.clerk, req jsonb, d motcua.dossier, paper bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	PERFORM later_entered(mine, req, d, paper);
END $$;

CREATE OR REPLACE FUNCTION motcua.insert_dossier(u motcua.unit, mine motcua.clerk, req jsonb, p motcua.procedures,
	moment timestamptz, session bigint) RETURNS motcua.dossier
LANGUAGE plpgsql AS $$
DECLARE
	d dossier;
	route record;
	in_case text := coalesce((SELECT c.name FROM cases c WHERE c.row_id = (req->>'case_id')::bigint), '');
BEGIN
	SELECT * INTO route FROM check_route(p, in_case, req->'route', local(moment)::date);
	INSERT INTO dossier (unit_id, code, request_id, procedure_code, procedure_name, procedure_row, field,
		catalogue_version, case_id, case_name, channel, counter_code, session_id, login, owner_name, owner_id,
		summary, sets, mandate, limit_value, limit_unit, limit_source, limit_basis, received_at, due_at, status,
		status_at, route_system, route_rule, route_basis, route_told, result_by, return_to, note)
	VALUES (u.unit_id, reception_code(u, req, moment), (req->>'request_id')::uuid, p.code, p.name, p.row_id,
		p.field, (req->>'catalogue_version')::int, coalesce((req->>'case_id')::bigint, 0),
		in_case, (req->>'channel')::int, req->>'counter', session, mine.login, btrim(req->'owner'->>'name'),
		coalesce(req->'owner'->>'id_number', ''), coalesce(req->>'summary', ''), coalesce((req->>'sets')::int, 1),
		req->'mandate', coalesce((req->'limit'->>'value')::numeric, 0), req->'limit'->>'unit', req->'limit'->>'source',
		coalesce(req->'limit'->>'basis', ''), moment, (req->>'due_at')::timestamptz, 2, moment, route.system,
		route.rule, route.basis, route.told, req->>'result_by', coalesce(req->>'return_to', ''), coalesce(req->>'note', ''))
	RETURNING * INTO d;
	RETURN d;
END $$;

CREATE OR REPLACE FUNCTION desk.accept_dossier(request jsonb) RETURNS motcua.accepted
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	u unit;
	p procedures;
	d dossier;
	done accepted;
	request_uuid uuid := (request->>'request_id')::uuid;
	moment timestamptz;
BEGIN
	PERFORM check_that(request_uuid IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM pg_advisory_xact_lock(hashtextextended(request_uuid::text, mine.unit_id));
	done := accepted_before(mine.unit_id, request_uuid, request);
	IF done.dossier_id IS NOT NULL THEN
		RETURN done;
	END IF;
	moment := reception_moment(mine, request);
	request := reception_request(request);
	p := check_request(mine, request, moment);
	PERFORM check_mandate(request);
	PERFORM check_components(p, request->'components');
	PERFORM check_fees(mine.unit_id, p, request->'fees', local(moment)::date);
	PERFORM check_limit(mine.unit_id, p, request->'limit', (request->>'due_at')::timestamptz, moment);
	IF NOT coalesce((request->>'ignore_similar')::boolean, false) THEN
		PERFORM check_similar(mine.unit_id, request->'owner'->>'id_number', p.code);
	END IF;
	SELECT * INTO u FROM unit x WHERE x.unit_id = mine.unit_id;
	d := insert_dossier(u, mine, request, p, moment, my_session());
	PERFORM keep_party(d.unit_id, d.dossier_id, 'owner', request->'owner', moment);
	IF jsonb_typeof(request->'submitter') = 'object' THEN
		PERFORM keep_party(d.unit_id, d.dossier_id, 'submitter', request->'submitter', moment);
	END IF;
	PERFORM keep_lists(d.unit_id, d.dossier_id, request);
	INSERT INTO dossier_due VALUES (d.unit_id, d.dossier_id, 1, moment, 'reception', mine.login, NULL, d.due_at,
		coalesce((SELECT string_agg(l, E'\n') FROM jsonb_array_elements_text(request->'due_lines') l), ''));
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, form)
		SELECT d.unit_id, d.dossier_id, moment, t.act, 0, 2, mine.login, mine.full_name, t.form
		FROM transition t WHERE t.from_status = 0 AND t.to_status = 2;
	INSERT INTO paper (unit_id, dossier_id, request_id, form, year, fields, made_at, login)
		VALUES (d.unit_id, d.dossier_id, request_uuid, '01', extract(year FROM local(moment)),
			receipt_fields(u, mine, request, p, d), moment, mine.login) RETURNING paper_id INTO done.paper_id;
	PERFORM reception_entered(mine, request, d, done.paper_id);
	PERFORM post_reception(u, mine, request, d);
	PERFORM audit('accept', d.dossier_id, jsonb_build_object('code', d.code, 'procedure', p.code,
		'ignore_similar', coalesce((request->>'ignore_similar')::boolean, false), 'later', is_later(request)));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	done := (d.dossier_id, d.code, moment, d.due_at, done.paper_id, false);
	RETURN done;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
