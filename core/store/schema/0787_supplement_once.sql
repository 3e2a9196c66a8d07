-- SPDX-License-Identifier: Apache-2.0
-- A supplement is asked for once, whether the dossier was one of ours yet or not: what was asked of an online filing counts when it is
-- accepted.  Indicators (QĐ 766/QĐ-TTg) count what happened: nothing that was undone before it left the desk; a payment on the portal and
-- an account confirmed with VNeID as the filing says, which is what is sent (0700).

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Requests to complete it before it was accepted.
CREATE FUNCTION motcua.asked_online(unit bigint, dossier bigint) RETURNS int
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce(sum(f.asks), 0)::int FROM filing f WHERE f.unit_id = unit AND f.dossier_id = dossier
$$;

-- As in 0401.
CREATE OR REPLACE FUNCTION motcua.supplements_of(d motcua.dossier) RETURNS int
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT asked_online(d.unit_id, d.dossier_id) + greatest(0, count(*) FILTER (WHERE e.to_status = 5 AND e.act <> 'undo')
		- count(*) FILTER (WHERE e.from_status = 5 AND e.act = 'undo'))::int
	FROM dossier_event e WHERE e.unit_id = d.unit_id AND e.dossier_id = d.dossier_id AND e.from_status <> e.to_status
$$;

-- As in 0532; a word that came late says that something was asked, but neither ends nor begins a wait.
CREATE OR REPLACE FUNCTION motcua.kpi_facts(unit bigint, first date, last date, one bigint DEFAULT NULL) RETURNS SETOF motcua.kpi_fact
LANGUAGE sql STABLE AS $$
	WITH d AS MATERIALIZED (SELECT x.* FROM dossier x WHERE x.unit_id = unit AND one IS NULL AND x.status <> 1
			AND x.received_at >= first::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
			AND x.received_at < (last + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
		UNION ALL SELECT x.* FROM dossier x WHERE x.unit_id = unit AND x.dossier_id = one),
	ids AS MATERIALIZED (SELECT array_agg(d.dossier_id) AS all_ids FROM d),
	-- An undo stands right behind what it undid: neither has left the desk.
	said AS (SELECT e.dossier_id, e.at, e.event_id, e.to_status, e.act, e.act = 'told_late' AS late,
			lead(e.act) OVER (PARTITION BY e.dossier_id, e.act = 'told_late' ORDER BY e.at, e.event_id) AS next_act
		FROM d JOIN dossier_event e ON e.unit_id = d.unit_id AND e.dossier_id = d.dossier_id WHERE e.to_status > 0 AND e.to_status <> e.from_status),
	moves AS (SELECT e.dossier_id, e.at, e.to_status, e.late, lead(e.at) OVER (PARTITION BY e.dossier_id, e.late ORDER BY e.at, e.event_id) AS next_at
		FROM said e WHERE e.act <> 'undo' AND e.next_act IS DISTINCT FROM 'undo'),
	m AS (SELECT dossier_id, max(at) FILTER (WHERE to_status = 1) AS at1, max(at) FILTER (WHERE to_status = 2) AS at2,
		max(at) FILTER (WHERE to_status = 3) AS at3, max(at) FILTER (WHERE to_status = 4) AS at4, max(at) FILTER (WHERE to_status = 5) AS at5,
		max(at) FILTER (WHERE to_status = 6) AS at6, max(at) FILTER (WHERE to_status = 7) AS at7, max(at) FILTER (WHERE to_status = 8) AS at8,
		max(at) FILTER (WHERE to_status = 9) AS at9, max(at) FILTER (WHERE to_status = 10) AS at10,
		(count(*) FILTER (WHERE to_status = 5))::int AS supplements,
		coalesce(sum(extract(epoch FROM date_trunc('second', next_at) - date_trunc('second', at))) FILTER (WHERE to_status = 5 AND NOT late), 0)::bigint AS spent
		FROM moves GROUP BY 1),
	k AS (SELECT c.dossier_id, count(*)::int AS papers, (count(*) FILTER (WHERE c.files <> '{}'))::int AS files
		FROM d JOIN dossier_component c ON c.unit_id = d.unit_id AND c.dossier_id = d.dossier_id
		WHERE c.state = 'ok' AND c.action IN ('submit', 'compare') GROUP BY 1),
	s AS (SELECT x.dossier_id, bool_or(x.travel = 'received') AND NOT bool_or(x.travel <> 'received' AND q.system IS NULL) AS synced
		FROM d JOIN stream x ON x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id LEFT JOIN quiet_system q ON q.system = x.system GROUP BY 1),
	f AS (SELECT DISTINCT z.dossier_id FROM d JOIN dossier_fee z ON z.unit_id = d.unit_id AND z.dossier_id = d.dossier_id WHERE z.amount > 0),
	o AS (SELECT z.dossier_id, sum(z.asks)::int AS asks,
			bool_or(d.channel = 2 AND z.view->'paid' = 'true' AND z.view->>'paid_through' IN ('portal', 'system')) AS paid,
			bool_or(d.channel = 2 AND z.view->'verified' = 'true') AS verified
		FROM d JOIN filing z ON z.unit_id = d.unit_id AND z.dossier_id = d.dossier_id GROUP BY 1),
	r AS (SELECT DISTINCT x AS dossier_id FROM ids, kpi_with_result(unit, ids.all_ids) x),
	n AS (SELECT DISTINCT x AS dossier_id FROM ids, kpi_complaints(unit, ids.all_ids) x)
	SELECT d.dossier_id, d.received_at, d.due_at,
		-- Without a date the longest limit of the procedure holds.
		CASE WHEN d.due_at IS NULL THEN (SELECT working_days_after(u.code, d.received_at, max(l.value)) FROM unit u, limits l
			WHERE u.unit_id = d.unit_id AND l.procedure_code = d.procedure_code AND l.unit = 'working_day' AND l.ended IS NULL
				AND (l.unit_id IS NULL OR l.unit_id = d.unit_id) GROUP BY u.code) END,
		d.status::int, m.at1, coalesce(m.at2, CASE WHEN d.status <> 1 THEN d.received_at END), coalesce(m.at3, CASE d.status WHEN 3 THEN d.finished_at END),
		m.at4, m.at5, m.at6, m.at7, coalesce(m.at8, CASE d.status WHEN 8 THEN d.finished_at END),
		coalesce(m.at9, CASE WHEN d.status IN (9, 10) THEN d.finished_at END), m.at10, coalesce(m.supplements, 0) + coalesce(o.asks, 0), coalesce(m.spent, 0),
		d.channel, coalesce(p.result_name, '') <> '', coalesce(p.result_code, '') <> '', r.dossier_id IS NOT NULL, f.dossier_id IS NOT NULL,
		coalesce(o.paid, false), coalesce(k.papers, 0), coalesce(k.files, 0), coalesce(k.files, 0) > 0,
		-- No connection tells of the citizen's own store: what is sent says 0 of it.
		false, coalesce(o.verified, false), coalesce(s.synced, false), n.dossier_id IS NOT NULL
	FROM d LEFT JOIN m USING (dossier_id) LEFT JOIN k USING (dossier_id) LEFT JOIN s USING (dossier_id) LEFT JOIN f USING (dossier_id)
	LEFT JOIN o USING (dossier_id) LEFT JOIN r USING (dossier_id) LEFT JOIN n USING (dossier_id) LEFT JOIN procedures p ON p.row_id = d.procedure_row
$$;

RESET ROLE;
SELECT motcua.open_doors();
