-- SPDX-License-Identifier: Apache-2.0
-- Who receives, who decides, where the result is handed over (phi địa giới); and the route of a
-- dossier with the rule that chose it, frozen at reception.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Which system works on a dossier, and why: one row at reception, one more at each fallback.
CREATE TABLE motcua.dossier_route (
	unit_id    bigint NOT NULL,
	dossier_id bigint NOT NULL,
	seq        int NOT NULL,
	at         timestamptz NOT NULL,
	cause      text NOT NULL CHECK (cause IN ('reception', 'fallback')),
	system     text NOT NULL,
	told       text[] NOT NULL,
	rule       jsonb,                     -- the rule as it stood then; NULL: none, the province's system
	basis      text NOT NULL,             -- its notice, or the reason of the fallback
	login      text NOT NULL,
	PRIMARY KEY (unit_id, dossier_id, seq),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.dossier_route
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- Only where one of them is not this desk's own unit.
CREATE TABLE motcua.dossier_agency (
	unit_id    bigint NOT NULL,
	dossier_id bigint NOT NULL,
	role       text NOT NULL CHECK (role IN ('receiving', 'deciding', 'returning')),
	code       text NOT NULL,
	name       text NOT NULL CHECK (name <> ''),
	PRIMARY KEY (unit_id, dossier_id, role),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);

-- When the deciding agency received it: from then the time limit runs (NĐ 118/2025/NĐ-CP Điều 17.3
-- as amended by NĐ 309/2026/NĐ-CP).  The due date that follows from it is a row of dossier_due.
CREATE TABLE motcua.dossier_elsewhere (
	unit_id     bigint NOT NULL,
	dossier_id  bigint NOT NULL,
	received_at timestamptz NOT NULL,
	source      text NOT NULL,            -- the system that told it; '' an officer did
	basis       text NOT NULL,
	login       text NOT NULL,            -- '' when a system told it
	at          timestamptz NOT NULL DEFAULT clock_timestamp(),
	counted     boolean NOT NULL,         -- false: an officer must still count the due date anew
	PRIMARY KEY (unit_id, dossier_id),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);

-- {"code","name"} of a request, or NULL when it names this unit or nobody.
CREATE FUNCTION motcua.agency_of(u motcua.unit, wanted jsonb, field text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	code text := btrim(coalesce(wanted->>'code', ''));
	name text := btrim(coalesce(wanted->>'name', ''));
BEGIN
	IF wanted IS NULL OR jsonb_typeof(wanted) = 'null' OR (name = '' AND code = '') OR code = u.code THEN
		RETURN NULL;
	END IF;
	PERFORM check_that(jsonb_typeof(wanted) = 'object' AND name <> '' AND length(name) <= 200 AND code ~ '^[0-9A-Z.-]{0,35}$',
		field, 'Cơ quan phải có tên; mã chỉ gồm chữ in, số, dấu chấm.');
	RETURN jsonb_build_object('code', code, 'name', name);
END $$;

-- Who decides this request, when it is not this unit: what the clerk said, else the catalogue.
CREATE FUNCTION motcua.deciding_agency(u motcua.unit, req jsonb, procedure_unit text) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce(agency_of(u, req->'deciding_unit', 'deciding_unit'), CASE WHEN coalesce(procedure_unit, '') <> ''
		THEN jsonb_build_object('code', '', 'name', procedure_unit) END)
$$;

-- The key of the deciding unit in route rules: its code, or its name where it has none.
CREATE FUNCTION motcua.trial_unit(d motcua.dossier) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT coalesce((SELECT coalesce(nullif(a.code, ''), a.name) FROM dossier_agency a WHERE a.unit_id = d.unit_id
		AND a.dossier_id = d.dossier_id AND a.role = 'deciding'), '')
$$;

-- Where it goes: the rule must still be there, be one for this procedure and say the same; without
-- one, the province's system.
CREATE OR REPLACE FUNCTION motcua.check_route(p motcua.procedures, case_name text, wanted jsonb, on_day date, OUT system text,
	OUT rule bigint, OUT basis text, OUT told text[])
LANGUAGE plpgsql STABLE AS $$
DECLARE
	r routes;
	decider text := coalesce(nullif(wanted->>'deciding_unit', ''), p.deciding_unit);
BEGIN
	rule := coalesce((wanted->>'rule_id')::bigint, 0);
	system := wanted->>'system';
	basis := '';
	IF rule <> 0 THEN
		SELECT * INTO r FROM routes x WHERE x.rule_id = rule AND x.ended IS NULL;
		IF r.row_id IS NULL OR r.system <> system OR coalesce(r.valid_from, '-infinity') > on_day
			OR r.valid_to <= on_day OR r.procedure_code NOT IN ('', p.code) OR r.ministry NOT IN ('', p.ministry)
			OR r.field NOT IN ('', p.field) OR r.deciding_unit NOT IN ('', decider)
			OR r.case_name NOT IN ('', check_route.case_name) THEN
			PERFORM refuse('MC002', 'Quy tắc chuyển hồ sơ vừa thay đổi: cần tải lại.',
				format('route rule %s to %s is not in force for %s', rule, system, p.code));
		END IF;
		basis := r.notice;
		told := ARRAY(SELECT DISTINCT w FROM regexp_split_to_table(r.told, '[ ,{}]+') w WHERE w NOT IN ('', r.system));
	ELSE
		PERFORM check_that(system = 'tinh', 'route', 'Không có quy tắc nào chuyển thủ tục này đến hệ thống đã chọn.');
		told := ARRAY(SELECT DISTINCT w FROM jsonb_array_elements_text(coalesce(wanted->'told', '[]')) w WHERE w <> 'tinh');
	END IF;
	PERFORM check_that(NOT EXISTS (SELECT FROM unnest(told || system) w WHERE NOT EXISTS (
		SELECT FROM systems s WHERE s.code = w AND s.ended IS NULL)), 'route', 'Danh mục không có hệ thống đích.');
END $$;

-- The three agencies, for messages and papers.
CREATE FUNCTION motcua.agencies_payload(u motcua.unit, req jsonb, procedure_unit text) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
	SELECT jsonb_build_object('receiving', here, 'deciding', coalesce(deciding_agency(u, req, procedure_unit), here),
		'returning', coalesce(agency_of(u, req->'returning_unit', 'returning_unit'), here))
	FROM (SELECT jsonb_build_object('code', u.code, 'name', coalesce(nullif(u.organisation, ''), u.name)) AS here) h
$$;

CREATE FUNCTION motcua.procedure_unit_of(d motcua.dossier) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT coalesce((SELECT p.deciding_unit FROM procedures p WHERE p.row_id = d.procedure_row), '')
$$;

CREATE OR REPLACE FUNCTION motcua.dossier_payload(u motcua.unit, mine motcua.clerk, req jsonb, d motcua.dossier) RETURNS jsonb
LANGUAGE sql STABLE AS $$
	SELECT jsonb_build_object('code', d.code,
		'procedure', jsonb_build_object('code', d.procedure_code, 'name', d.procedure_name, 'field', d.field),
		'unit', jsonb_build_object('code', u.code, 'name', u.name, 'eid', u.eid),
		'agencies', agencies_payload(u, req, procedure_unit_of(d)),
		'channel', d.channel, 'owner', req->'owner', 'submitter', coalesce(req->'submitter', 'null'),
		'mandate', coalesce(req->'mandate', 'null'), 'summary', d.summary, 'received_at', iso(d.received_at),
		'due_at', iso(d.due_at), 'status', d.status, 'result_by', d.result_by, 'return_to', d.return_to,
		'note', d.note, 'components', req->'components', 'fees', coalesce(req->'fees', '[]'),
		'officer', jsonb_build_object('name', mine.full_name, 'title', mine.title))
$$;

CREATE OR REPLACE FUNCTION motcua.receipt_fields(u motcua.unit, mine motcua.clerk, req jsonb, p motcua.procedures,
	d motcua.dossier) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN (
	SELECT head_fields(u, mine, req, p, d.received_at) || field('dossier.code', d.code)
		|| list_fields('component', (SELECT jsonb_agg(e ORDER BY n) FROM jsonb_array_elements(req->'components')
				WITH ORDINALITY a(e, n) WHERE e->>'state' <> 'missing'),
			ARRAY['name', 'action', 'originals', 'copies', 'pages', 'state', 'lookup_where', 'lookup_at'])
		|| list_fields('fee', req->'fees', ARRAY['name', 'amount', 'confirmed', 'paid', 'basis', 'exempt_reason'])
		|| field('limit.value', CASE WHEN d.limit_unit IN ('none', 'same_day') THEN '' ELSE trim_scale(d.limit_value)::text END)
		|| field('limit.unit', d.limit_unit) || field('received_at', iso(d.received_at))
		|| field('due_at', iso(d.due_at)) || field('result_by', d.result_by) || field('return_to', d.return_to)
		|| field('deciding.name', deciding_agency(u, req, p.deciding_unit)->>'name')
		|| field('returning.name', agency_of(u, req->'returning_unit', 'returning_unit')->>'name')
	);
END $$;

-- Messages for the system that works on it and for those that are told; the route and the agencies
-- as they are from now on.
CREATE OR REPLACE FUNCTION motcua.post_reception(u motcua.unit, mine motcua.clerk, req jsonb, d motcua.dossier) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	systems text[] := d.route_system || d.route_told;
	body jsonb := dossier_payload(u, mine, req, d);
	step jsonb := progress_payload(d.code, mine.full_name, mine.title, u.office, d.received_at,
		'Tiếp nhận hồ sơ', 2, d.received_at, d.due_at);
BEGIN
	INSERT INTO stream (unit_id, dossier_id, system, tail)
		SELECT d.unit_id, d.dossier_id, w, 2 FROM unnest(systems) w;
	INSERT INTO message (unit_id, dossier_id, system, seq, kind, payload)
		SELECT d.unit_id, d.dossier_id, w, 1, 'dossier', body FROM unnest(systems) w
		UNION ALL SELECT d.unit_id, d.dossier_id, w, 2, 'progress', step FROM unnest(systems) w;
	INSERT INTO dossier_route SELECT d.unit_id, d.dossier_id, 1, d.received_at, 'reception', d.route_system, d.route_told,
		(SELECT to_jsonb(r) - '{unit_id,key,digest}'::text[] FROM routes r WHERE r.rule_id = d.route_rule AND r.ended IS NULL),
		d.route_basis, mine.login;
	IF deciding_agency(u, req, procedure_unit_of(d)) IS NOT NULL
		OR agency_of(u, req->'returning_unit', 'returning_unit') IS NOT NULL THEN
		INSERT INTO dossier_agency SELECT d.unit_id, d.dossier_id, a.key, a.value->>'code', a.value->>'name'
			FROM jsonb_each(body->'agencies') a;
	END IF;
	PERFORM pg_notify('motcua_outbox', w) FROM unnest(systems) w;
END $$;

CREATE FUNCTION desk.dossier_agencies(wanted bigint) RETURNS TABLE (role text, code text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT a.role, a.code, a.name FROM dossier_mine(wanted) d JOIN dossier_agency a USING (unit_id, dossier_id)
	ORDER BY array_position('{receiving,deciding,returning}', a.role)
$$;

-- "Why here": the rule as frozen, and what has become of it since.
CREATE FUNCTION desk.dossier_route(wanted bigint) RETURNS TABLE (seq int, at timestamptz, cause text, system text,
	system_name text, told text, rule_id bigint, applies text, valid_from date, basis text, decided_by text,
	by_name text, ended_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT h.seq, h.at, h.cause, h.system, coalesce((SELECT s.name FROM systems s WHERE s.code = h.system AND s.ended IS NULL),
			h.system), (SELECT coalesce(string_agg(coalesce(s.name, w), '; ' ORDER BY w), '') FROM unnest(h.told) w
				LEFT JOIN systems s ON s.code = w AND s.ended IS NULL),
		coalesce((h.rule->>'rule_id')::bigint, 0), coalesce(nullif(concat_ws(' · ', nullif(h.rule->>'procedure_code', ''),
			nullif(h.rule->>'case_name', ''), nullif(h.rule->>'field', ''), nullif(h.rule->>'ministry', ''),
			nullif(h.rule->>'level', ''), nullif(h.rule->>'deciding_unit', '')), ''), ''),
		(h.rule->>'valid_from')::date, h.basis, coalesce(h.rule->>'decided_by', ''), name_of(h.login),
		(SELECT coalesce(r.valid_to, (SELECT max(e.from_day) FROM route_entry e WHERE e.rule_id = r.rule_id AND e.act = 'end'),
				local(now())::date)
			FROM (SELECT * FROM routes x WHERE x.rule_id = (h.rule->>'rule_id')::bigint
				ORDER BY (x.ended IS NULL) DESC, x.row_id DESC LIMIT 1) r WHERE r.ended IS NOT NULL OR r.valid_to IS NOT NULL)
	FROM dossier_mine(wanted) d JOIN dossier_route h USING (unit_id, dossier_id) ORDER BY h.seq
$$;

-- What is known of the deciding agency's reception.
CREATE FUNCTION desk.dossier_elsewhere(wanted bigint) RETURNS TABLE (received_at timestamptz, source text, basis text,
	by_name text, counted boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT e.received_at, coalesce((SELECT s.name FROM systems s WHERE s.code = e.source AND s.ended IS NULL), e.source),
		e.basis, name_of(e.login), e.counted
	FROM dossier_mine(wanted) d JOIN dossier_elsewhere e USING (unit_id, dossier_id)
$$;

-- The officer learned when they received it, and the counter counted the limit from there.
CREATE FUNCTION desk.received_elsewhere(wanted bigint, seen_version int, when_received timestamptz, new_due timestamptz,
	basis text, line text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_lock(wanted, seen_version);
	told dossier_elsewhere;
BEGIN
	PERFORM check_that(EXISTS (SELECT FROM dossier_agency a WHERE a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id
		AND a.role = 'deciding'), 'deciding_unit', 'Hồ sơ này do đơn vị mình giải quyết.');
	PERFORM check_that(btrim(coalesce(basis, '')) <> '' AND length(basis) <= 300, 'basis',
		'Ghi căn cứ: ai báo, văn bản hoặc phiếu giao nhận nào.');
	PERFORM check_that(when_received BETWEEN d.received_at AND now() + interval '1 minute', 'received_at',
		'Họ chỉ có thể nhận sau lúc tiếp nhận ở đây và trước bây giờ.');
	SELECT * INTO told FROM dossier_elsewhere e WHERE e.unit_id = d.unit_id AND e.dossier_id = d.dossier_id;
	IF told.counted THEN
		PERFORM my_supervisor(); -- a second word on the same thing
	END IF;
	INSERT INTO dossier_elsewhere AS e (unit_id, dossier_id, received_at, source, basis, login, counted)
		VALUES (d.unit_id, d.dossier_id, when_received, coalesce(told.source, ''), btrim(received_elsewhere.basis), mine.login, true)
		ON CONFLICT ON CONSTRAINT dossier_elsewhere_pkey DO UPDATE SET received_at = excluded.received_at, basis = excluded.basis,
			login = excluded.login, at = clock_timestamp(), counted = true;
	RETURN desk.change_due(wanted, seen_version, 'elsewhere', new_due, line);
END $$;

RESET ROLE;
SELECT motcua.guard('{dossier_route}', '');
SELECT motcua.guard('{dossier_agency}', 'SELECT');
SELECT motcua.guard('{dossier_elsewhere}', 'SELECT, INSERT');
SELECT motcua.open_doors();
