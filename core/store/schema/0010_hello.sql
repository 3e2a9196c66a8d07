-- SPDX-License-Identifier: Apache-2.0
-- What a counter asks first: who am I, and the whole catalogue of my unit.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- The agreement between these functions and the programs; grows when a program must be newer.
CREATE FUNCTION motcua.contract() RETURNS int LANGUAGE sql IMMUTABLE RETURN 1;

CREATE FUNCTION desk.hello(counter_code text, program_schema int)
RETURNS TABLE (session_id bigint, login text, full_name text, title text, is_supervisor boolean,
	unit_id bigint, unit_code text, unit_name text, parent_name text, eid text, practice boolean,
	lookup_url text, server_now timestamptz, schema_version int, catalogue_version int, phone text,
	organisation text, office text, place text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	id bigint;
BEGIN
	IF program_schema < contract() THEN
		PERFORM refuse('MC007', 'Chương trình ở quầy cũ hơn cơ sở dữ liệu: hãy cập nhật chương trình.',
			format('program speaks %s, database %s', program_schema, contract()));
	ELSIF program_schema > contract() THEN
		PERFORM refuse('MC007', 'Cơ sở dữ liệu cũ hơn chương trình: hãy nâng cấp cơ sở dữ liệu.',
			format('program speaks %s, database %s', program_schema, contract()));
	END IF;
	IF coalesce(counter_code, '') <> '' AND NOT EXISTS (SELECT FROM counter c
		WHERE c.unit_id = mine.unit_id AND c.code = hello.counter_code) THEN
		PERFORM refuse('MC005', format('Đơn vị không có quầy %s; các quầy là %s.', counter_code,
			(SELECT string_agg(c.code, ', ' ORDER BY c.code) FROM counter c WHERE c.unit_id = mine.unit_id)),
			'no such counter', 'counter');
	END IF;
	IF make_months() > 0 THEN
		PERFORM drop_months();
	END IF;
	UPDATE session s SET ended_at = now()
		WHERE s.login = mine.login AND s.pid = pg_backend_pid() AND s.ended_at IS NULL;
	INSERT INTO session (unit_id, login, counter_code)
		VALUES (mine.unit_id, mine.login, coalesce(hello.counter_code, '')) RETURNING session_id INTO id;
	PERFORM set_config('motcua.session', id::text, false);
	PERFORM audit('hello', NULL, jsonb_build_object('counter', coalesce(hello.counter_code, '')));
	PERFORM seal_chains(mine.unit_id);
	RETURN QUERY SELECT id, mine.login, mine.full_name, mine.title, mine.is_supervisor, u.unit_id, u.code,
		u.name, u.parent_name, u.eid, u.practice, u.lookup_url, clock_timestamp(), contract(),
		catalogue_now(u.unit_id), u.phone, u.organisation, u.office, u.place
		FROM unit u WHERE u.unit_id = mine.unit_id;
END $$;

CREATE FUNCTION desk.goodbye(session bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
BEGIN
	IF session::text = current_setting('motcua.session', true) THEN
		PERFORM audit('goodbye', NULL, '{}');
	END IF;
	UPDATE session s SET ended_at = now() WHERE s.unit_id = mine.unit_id AND s.session_id = goodbye.session
		AND s.login = mine.login AND s.ended_at IS NULL;
	PERFORM seal_chains(mine.unit_id);
END $$;

CREATE FUNCTION desk.counters() RETURNS TABLE (code text, name text, busy_with text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT c.code, c.name, coalesce((SELECT s.login FROM session s JOIN pg_stat_activity a
		ON a.pid = s.pid AND a.usename = s.login
		WHERE s.unit_id = c.unit_id AND s.counter_code = c.code AND s.ended_at IS NULL
		ORDER BY s.started_at DESC LIMIT 1), '')
	FROM counter c, me() m WHERE c.unit_id = m.unit_id ORDER BY c.code
$$;

-- The settings of the unit in force today.
CREATE FUNCTION desk.settings() RETURNS TABLE (name text, value text, basis text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT DISTINCT ON (s.name) s.name, s.value, s.basis FROM setting s, me() m
	WHERE (s.unit_id = m.unit_id OR s.unit_id IS NULL) AND s.valid_from <= local(now())::date
		AND (s.valid_to IS NULL OR s.valid_to > local(now())::date)
	ORDER BY s.name, s.unit_id NULLS LAST, s.valid_from DESC
$$;

-- Read before the tables below: should they change in between, the referee says MC002.
CREATE FUNCTION desk.catalogue_version() RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp
AS $$ SELECT catalogue_now(m.unit_id) FROM me() m $$;

CREATE FUNCTION desk.procedures() RETURNS TABLE (code text, name text, short_name text, short_code text,
	field text, ministry text, level text, decision text, subjects text, result_name text, result_code text,
	online_level text, deciding_unit text, interlinked text, note text, same_day_rule boolean,
	immediate boolean, offered boolean, use_count int, version int, valid_from date, valid_to date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT p.code, p.name, coalesce(nullif(o.short_name, ''), p.short_name),
		coalesce(nullif(o.short_code, ''), p.short_code), p.field, p.ministry, p.level, p.decision, p.subjects,
		p.result_name, p.result_code, p.online_level, p.deciding_unit, p.interlinked, p.note, p.same_day_rule,
		p.immediate, coalesce(o.offered, p.offered), coalesce(d.uses, 0)::int, p.added, p.valid_from, p.valid_to
	FROM me() m, procedures p
	LEFT JOIN offering o ON o.procedure_code = p.code AND o.unit_id = my_unit()
	LEFT JOIN (SELECT procedure_code, count(*) AS uses FROM dossier
		WHERE unit_id = my_unit() AND received_at > now() - interval '90 days' GROUP BY 1) d
		ON d.procedure_code = p.code
	WHERE p.ended IS NULL ORDER BY p.code
$$;

CREATE FUNCTION desk.cases() RETURNS TABLE (case_id bigint, procedure_code text, seq int, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT c.row_id, c.procedure_code, c.seq, c.name FROM me(), cases c WHERE c.ended IS NULL
	ORDER BY c.procedure_code, c.seq
$$;

-- A row confirmed by the unit hides the published one with the same key.
CREATE FUNCTION desk.limits() RETURNS TABLE (procedure_code text, case_id bigint, channel int, value numeric,
	unit text, legal_value numeric, confirmed boolean, basis text, note text, valid_from date, valid_to date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT l.procedure_code, coalesce(c.row_id, 0), l.channel, l.value, l.unit, l.legal_value, l.confirmed,
		l.basis, l.note, l.valid_from, l.valid_to
	FROM me() m, limits l LEFT JOIN cases c ON c.ended IS NULL AND c.procedure_code = l.procedure_code
		AND c.name = l.case_name
	WHERE l.ended IS NULL AND (l.case_name = '' OR c.row_id IS NOT NULL) AND (l.unit_id IS NOT NULL OR NOT EXISTS (
		SELECT FROM limits x WHERE x.unit_id = m.unit_id AND x.ended IS NULL
			AND x.procedure_code = l.procedure_code AND x.case_name = l.case_name AND x.channel = l.channel
			AND coalesce(x.valid_from, '-infinity') <= local(now())::date))
	ORDER BY 1, 2, 3
$$;

CREATE FUNCTION desk.fees() RETURNS TABLE (fee_id bigint, procedure_code text, case_id bigint, channel int,
	seq int, name text, amount bigint, per text, set_locally boolean, confirmed boolean, basis text,
	published text, valid_from date, valid_to date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT f.row_id, f.procedure_code, coalesce(c.row_id, 0), f.channel, f.seq, f.name, f.amount, f.per,
		f.set_locally, f.confirmed, f.basis, f.published, f.valid_from, f.valid_to
	FROM me() m, fees f LEFT JOIN cases c ON c.ended IS NULL AND c.procedure_code = f.procedure_code
		AND c.name = f.case_name
	WHERE f.ended IS NULL AND (f.case_name = '' OR c.row_id IS NOT NULL) AND (f.unit_id IS NOT NULL OR NOT EXISTS (
		SELECT FROM fees x WHERE x.unit_id = m.unit_id AND x.ended IS NULL
			AND x.procedure_code = f.procedure_code AND x.case_name = f.case_name AND x.channel = f.channel
			AND x.name = f.name AND coalesce(x.valid_from, '-infinity') <= local(now())::date))
	ORDER BY 2, 3, 4, 5
$$;

CREATE FUNCTION desk.components() RETURNS TABLE (component_id bigint, procedure_code text, case_id bigint,
	case_name text, seq int, name text, form_number text, form_file text, originals int, copies int,
	requirement text, condition text, section text, channel int, when_represented boolean, reusable boolean,
	reusable_basis text, confirmed boolean, valid_from date, valid_to date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT k.row_id, k.procedure_code, coalesce(c.row_id, 0), k.case_name, k.seq, k.name, k.form_number,
		k.form_file, k.originals, k.copies, k.requirement, k.condition, k.section, k.channel,
		k.when_represented, k.reusable, k.reusable_basis, k.confirmed, k.valid_from, k.valid_to
	FROM me() m, components k LEFT JOIN cases c ON c.ended IS NULL AND c.procedure_code = k.procedure_code
		AND c.name = k.case_name
	WHERE k.ended IS NULL AND (k.unit_id IS NOT NULL OR NOT EXISTS (SELECT FROM components x
		WHERE x.unit_id = m.unit_id AND x.ended IS NULL AND x.procedure_code = k.procedure_code AND x.seq = k.seq))
	ORDER BY 2, 5
$$;

CREATE FUNCTION desk.replacements() RETURNS TABLE (procedure_code text, paper text, database text,
	database_key text, database_owner text, basis text, valid_from date, valid_to date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT r.procedure_code, r.paper, r.database, r.database_key, r.database_owner, r.basis, r.valid_from, r.valid_to
	FROM me(), replacements r WHERE r.ended IS NULL ORDER BY r.procedure_code, r.seq
$$;

CREATE FUNCTION desk.calendar() RETURNS TABLE (day date, kind text, status text, name text, basis text, hours_of int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT h.day, h.kind, h.status, h.name, h.basis, h.hours_of FROM me(), holidays h WHERE h.ended IS NULL ORDER BY 1
$$;

CREATE FUNCTION desk.shifts() RETURNS TABLE (weekday int, opens time, closes time, intake boolean,
	working boolean, valid_from date, valid_to date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT s.weekday, s.opens, s.closes, s.intake, s.working, s.valid_from, s.valid_to
	FROM me() m JOIN unit u ON u.unit_id = m.unit_id JOIN shifts s ON s.unit_code = u.code
	WHERE s.ended IS NULL ORDER BY 1, 2
$$;

CREATE FUNCTION desk.systems() RETURNS TABLE (code text, name text, family text, ministry text, health text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT s.code, s.name, s.family, s.ministry, CASE h.state WHEN 'suspended' THEN 'down' ELSE coalesce(h.state, 'unknown') END
	FROM me(), systems s LEFT JOIN system_state h ON h.system = s.code WHERE s.ended IS NULL ORDER BY s.code
$$;

CREATE FUNCTION desk.routes() RETURNS TABLE (rule_id bigint, procedure_code text, ministry text, field text,
	level text, case_id bigint, deciding_unit text, system text, told text, valid_from date, valid_to date,
	notice text, decided_by text, note text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT r.rule_id, r.procedure_code, r.ministry, r.field, r.level, coalesce(c.row_id, 0), r.deciding_unit,
		r.system, r.told, r.valid_from, r.valid_to, r.notice, r.decided_by, r.note
	FROM me(), routes r LEFT JOIN cases c ON c.ended IS NULL AND c.procedure_code = r.procedure_code
		AND c.name = r.case_name
	WHERE r.ended IS NULL AND (r.case_name = '' OR c.row_id IS NOT NULL) ORDER BY r.rule_id
$$;

CREATE FUNCTION desk.places() RETURNS TABLE (code text, kind text, name text, full_name text, province_code text, eid text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT p.code, 'province', p.name, p.full_name, p.code, p.eid FROM me(), provinces p WHERE p.ended IS NULL
	UNION ALL SELECT p.code, 'commune', p.name, p.full_name, p.province_code, p.eid FROM me(), communes p WHERE p.ended IS NULL
	UNION ALL SELECT p.code, 'card_code', p.name, p.name, p.province_code, '' FROM me(), card_codes p WHERE p.ended IS NULL
$$;

RESET ROLE;
