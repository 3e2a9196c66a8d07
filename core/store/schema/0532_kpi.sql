-- SPDX-License-Identifier: Apache-2.0
-- The indicators of Decision 766/QĐ-TTg from what was sent of each dossier (core/dossier/kpi.h has the
-- rules and judges the same facts): which it counts for, which it meets.  Nothing is mended here.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Of these dossiers: those with a file of the result, a system's or one scanned here …
CREATE FUNCTION motcua.kpi_with_result(unit bigint, ids bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN QUERY SELECT p.dossier_id FROM answer_part p WHERE p.unit_id = unit AND p.dossier_id = ANY (ids) AND p.kind = 'result'
		AND p.file_id IS NOT NULL;
	IF to_regclass('motcua.result_file') IS NOT NULL THEN
		RETURN QUERY SELECT f.dossier_id FROM result_file f WHERE f.unit_id = unit AND f.dossier_id = ANY (ids);
	END IF;
END $$;

-- … and those whose citizen said "không hài lòng".
CREATE FUNCTION motcua.kpi_complaints(unit bigint, ids bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
	IF to_regclass('motcua.rating') IS NOT NULL THEN
		RETURN QUERY SELECT r.dossier_id FROM rating r WHERE r.unit_id = unit AND r.dossier_id = ANY (ids) AND r.grade = 'no';
	END IF;
END $$;

-- What the Coordination system knows of a dossier.  at1 … at10: when each status was last reached.
CREATE TYPE motcua.kpi_fact AS (dossier_id bigint, received_at timestamptz, due_at timestamptz, limit_at timestamptz, status int,
	at1 timestamptz, at2 timestamptz, at3 timestamptz, at4 timestamptz, at5 timestamptz, at6 timestamptz, at7 timestamptz,
	at8 timestamptz, at9 timestamptz, at10 timestamptz, supplements int, supplement_s bigint, channel int, paper_result boolean,
	result_code boolean, result_file boolean, fees boolean, paid_online boolean, papers int, paper_files int, reused boolean,
	own_store boolean, population boolean, synced boolean, complained boolean);

-- Of one dossier, or (one NULL) of those received on these days; those only registered online are not received yet.
CREATE FUNCTION motcua.kpi_facts(unit bigint, first date, last date, one bigint DEFAULT NULL) RETURNS SETOF motcua.kpi_fact
LANGUAGE sql STABLE AS $$
	WITH d AS MATERIALIZED (SELECT x.* FROM dossier x WHERE x.unit_id = unit AND one IS NULL AND x.status <> 1
			AND x.received_at >= first::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
			AND x.received_at < (last + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
		UNION ALL SELECT x.* FROM dossier x WHERE x.unit_id = unit AND x.dossier_id = one),
	ids AS MATERIALIZED (SELECT array_agg(d.dossier_id) AS all_ids FROM d),
	moves AS (SELECT e.dossier_id, e.at, e.to_status, lead(e.at) OVER (PARTITION BY e.dossier_id ORDER BY e.at, e.event_id) AS next_at
		FROM d JOIN dossier_event e ON e.unit_id = d.unit_id AND e.dossier_id = d.dossier_id WHERE e.to_status > 0 AND e.to_status <> e.from_status),
	m AS (SELECT dossier_id, max(at) FILTER (WHERE to_status = 1) AS at1, max(at) FILTER (WHERE to_status = 2) AS at2,
		max(at) FILTER (WHERE to_status = 3) AS at3, max(at) FILTER (WHERE to_status = 4) AS at4, max(at) FILTER (WHERE to_status = 5) AS at5,
		max(at) FILTER (WHERE to_status = 6) AS at6, max(at) FILTER (WHERE to_status = 7) AS at7, max(at) FILTER (WHERE to_status = 8) AS at8,
		max(at) FILTER (WHERE to_status = 9) AS at9, max(at) FILTER (WHERE to_status = 10) AS at10,
		(count(*) FILTER (WHERE to_status = 5))::int AS supplements,
		coalesce(sum(extract(epoch FROM date_trunc('second', next_at) - date_trunc('second', at))) FILTER (WHERE to_status = 5), 0)::bigint AS spent
		FROM moves GROUP BY 1),
	k AS (SELECT c.dossier_id, count(*)::int AS papers, (count(*) FILTER (WHERE c.files <> '{}'))::int AS files
		FROM d JOIN dossier_component c ON c.unit_id = d.unit_id AND c.dossier_id = d.dossier_id
		WHERE c.state = 'ok' AND c.action IN ('submit', 'compare') GROUP BY 1),
	s AS (SELECT x.dossier_id, bool_or(x.travel = 'received') AND NOT bool_or(x.travel <> 'received' AND q.system IS NULL) AS synced
		FROM d JOIN stream x ON x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id LEFT JOIN quiet_system q ON q.system = x.system GROUP BY 1),
	f AS (SELECT DISTINCT z.dossier_id FROM d JOIN dossier_fee z ON z.unit_id = d.unit_id AND z.dossier_id = d.dossier_id WHERE z.amount > 0),
	r AS (SELECT DISTINCT x AS dossier_id FROM ids, kpi_with_result(unit, ids.all_ids) x),
	n AS (SELECT DISTINCT x AS dossier_id FROM ids, kpi_complaints(unit, ids.all_ids) x)
	SELECT d.dossier_id, d.received_at, d.due_at,
		-- Without a date the longest limit of the procedure holds.
		CASE WHEN d.due_at IS NULL THEN (SELECT working_days_after(u.code, d.received_at, max(l.value)) FROM unit u, limits l
			WHERE u.unit_id = d.unit_id AND l.procedure_code = d.procedure_code AND l.unit = 'working_day' AND l.ended IS NULL
				AND (l.unit_id IS NULL OR l.unit_id = d.unit_id) GROUP BY u.code) END,
		d.status::int, m.at1, coalesce(m.at2, CASE WHEN d.status <> 1 THEN d.received_at END), coalesce(m.at3, CASE d.status WHEN 3 THEN d.finished_at END),
		m.at4, m.at5, m.at6, m.at7, coalesce(m.at8, CASE d.status WHEN 8 THEN d.finished_at END),
		coalesce(m.at9, CASE WHEN d.status IN (9, 10) THEN d.finished_at END), m.at10, coalesce(m.supplements, 0), coalesce(m.spent, 0),
		d.channel, coalesce(p.result_name, '') <> '', coalesce(p.result_code, '') <> '', r.dossier_id IS NOT NULL, f.dossier_id IS NOT NULL,
		-- What is sent says 0 of these: no connection tells of a payment on the portal, of the citizen's own store,
		-- of an account confirmed with VNeID.
		false, coalesce(k.papers, 0), coalesce(k.files, 0), coalesce(k.files, 0) > 0, false, false, coalesce(s.synced, false),
		n.dossier_id IS NOT NULL
	FROM d LEFT JOIN m USING (dossier_id) LEFT JOIN k USING (dossier_id) LEFT JOIN s USING (dossier_id) LEFT JOIN f USING (dossier_id)
	LEFT JOIN r USING (dossier_id) LEFT JOIN n USING (dossier_id) LEFT JOIN procedures p ON p.row_id = d.procedure_row
$$;

-- The same as kpi_judge of core/dossier/kpi.c, which a test holds it to: a row for each indicator that the dossier counts for.
CREATE FUNCTION motcua.kpi_marks_of(f motcua.kpi_fact, period_end timestamptz) RETURNS TABLE (indicator text, met boolean)
LANGUAGE sql STABLE AS $$
	WITH e AS (SELECT coalesce(CASE WHEN f.status IN (9, 10) THEN coalesce(f.at9, f.at10) WHEN f.status = 8 THEN f.at8 WHEN f.status = 3 THEN f.at3
			WHEN f.status = 7 AND f.at2 IS NOT NULL THEN f.at7 WHEN f.status = 5 AND f.supplements = 1 THEN f.at5 END, period_end)
			- make_interval(secs => f.supplement_s) AS ended_at),
	t AS (SELECT f.supplements <= 1 AND coalesce(date_trunc('second', e.ended_at) <= coalesce(date_trunc('second', f.due_at), date_trunc('second', f.limit_at)), true) AS in_time FROM e),
	p AS (SELECT f.paper_files > 0 AND f.paper_files >= f.papers AS scanned)
	SELECT v.indicator, v.met FROM t, p, LATERAL (VALUES ('1.4', true, f.synced), ('2.1', true, t.in_time),
		('3.3', true, coalesce(f.channel, 0) = 2 AND (NOT f.paper_result OR f.result_code AND f.result_file)),
		('3.6', f.fees, f.paid_online), ('4.1', f.paper_result, f.result_file),
		('4.2', true, p.scanned AND (f.result_file OR NOT f.paper_result)), ('4.3', true, f.reused), ('4.4', true, f.own_store),
		('4.5', true, f.population), ('5.4', true, t.in_time AND NOT f.complained)) v(indicator, counted, met)
	WHERE v.counted AND f.received_at IS NOT NULL
$$;

-- When a period ends: now while it lasts.
CREATE FUNCTION motcua.kpi_end(last date) RETURNS timestamptz
LANGUAGE sql STABLE AS $$ SELECT least(now(), (last + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh') $$;

-- Per indicator: how many count, how many meet it.  "late" and "complained" are what 5.4 subtracts.
CREATE FUNCTION motcua.kpi_unit(unit bigint, first date, last date) RETURNS TABLE (indicator text, counted int, met int)
LANGUAGE sql STABLE AS $$
	WITH f AS MATERIALIZED (SELECT x FROM kpi_facts(unit, first, last) x),
	m AS MATERIALIZED (SELECT v.* FROM f, LATERAL kpi_marks_of(f.x, kpi_end(last)) v)
	SELECT m.indicator, count(*)::int, (count(*) FILTER (WHERE m.met))::int FROM m GROUP BY 1
	UNION ALL SELECT 'late', 0, count(*)::int FROM m WHERE m.indicator = '2.1' AND NOT m.met
	UNION ALL SELECT 'complained', 0, count(*)::int FROM f WHERE (f.x).complained
$$;

CREATE FUNCTION desk.kpi_unit(first date, last date) RETURNS TABLE (indicator text, counted int, met int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp SET jit = off AS $$
DECLARE
	mine clerk := my_supervisor();
BEGIN
	PERFORM check_that(first <= last AND last - first < 400, 'from', 'Kỳ tính chỉ số không đúng.');
	RETURN QUERY SELECT k.* FROM kpi_unit(mine.unit_id, first, last) k;
END $$;

-- The dossiers of a period that miss an indicator; a look in the trail.
CREATE FUNCTION desk.kpi_list(code text, first date, last date, most int) RETURNS SETOF motcua.board_row
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET jit = off AS $$
DECLARE
	mine clerk := my_supervisor();
	ids bigint[];
BEGIN
	PERFORM check_that(first <= last AND last - first < 400, 'from', 'Kỳ tính chỉ số không đúng.');
	ids := ARRAY(SELECT f.dossier_id FROM kpi_facts(mine.unit_id, first, last) f, LATERAL kpi_marks_of(f, kpi_end(last)) m
		WHERE m.indicator = kpi_list.code AND NOT m.met LIMIT greatest(1, least(most, 1000)));
	PERFORM board_look(jsonb_build_object('list', 'kpi', 'key', left(kpi_list.code, 10)));
	RETURN QUERY SELECT r.* FROM dossier d, LATERAL board_row_of(d) r WHERE d.unit_id = mine.unit_id AND d.dossier_id = ANY (ids)
		ORDER BY d.received_at DESC;
END $$;

-- The facts of one dossier, for any clerk of its unit: which field costs what.
CREATE FUNCTION desk.kpi_facts(wanted bigint) RETURNS SETOF motcua.kpi_fact
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp SET jit = off AS $$
	SELECT f.* FROM dossier_mine(wanted) d, LATERAL kpi_facts(d.unit_id, NULL, NULL, d.dossier_id) f
$$;

RESET ROLE;
SELECT motcua.open_doors();
