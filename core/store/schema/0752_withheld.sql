-- SPDX-License-Identifier: Apache-2.0
-- A dossier that another desk received is in the systems under that desk's code and is kept back from them here (0710): nobody waits for it
-- to be sent, and no system works on it on our behalf.  It waits for who has it.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE FUNCTION motcua.withheld(s motcua.stream) RETURNS boolean
LANGUAGE sql STABLE AS $$
	SELECT s.held AND EXISTS (SELECT FROM taken_elsewhere t WHERE t.unit_id = s.unit_id AND t.dossier_id = s.dossier_id AND t.code <> '')
$$;

-- As in 0530.
CREATE OR REPLACE FUNCTION motcua.waits_for(status smallint, login text, s motcua.stream, h motcua.dossier_holder, OUT who text, OUT whose text)
LANGUAGE sql STABLE AS $$
	SELECT w.who, CASE WHEN w.who IN ('refused', 'unsent', 'system') THEN s.system
		WHEN w.who = 'room' THEN coalesce(nullif(h.login, ''), h.place) WHEN w.who = 'agency' THEN h.place
		WHEN w.who = 'desk' THEN coalesce(nullif(h.login, ''), login) ELSE '' END
	FROM (SELECT CASE WHEN status = 5 THEN 'citizen' WHEN status = 6 THEN 'payment' WHEN status = 1 THEN 'desk'
		WHEN s.travel = 'disagreed' THEN 'refused' WHEN s.travel = 'saved' AND NOT is_quiet(s.system) AND NOT withheld(s) THEN 'unsent'
		WHEN h.kind = 'room' THEN 'room' WHEN s.system IS NOT NULL AND NOT is_quiet(s.system) AND NOT withheld(s) THEN 'system'
		WHEN h.kind = 'agency' THEN 'agency' ELSE 'desk' END) w(who)
$$;

-- As in 0730.
CREATE OR REPLACE FUNCTION motcua.in_hand(unit bigint) RETURNS TABLE (dossier_id bigint, status smallint, login text,
	received_at timestamptz, due_at timestamptz, due boolean, late boolean, who text, whose text)
LANGUAGE sql STABLE AS $$
	SELECT x.dossier_id, x.status, x.hand, x.received_at, x.due_at, x.due_at >= (SELECT today()) AND x.due_at < (SELECT today() + interval '1 day'),
		is_late(x.status, x.due_at, now()), x.who, CASE WHEN x.who IN ('refused', 'unsent', 'system') THEN x.system
			WHEN x.who = 'room' THEN coalesce(nullif(x.h_login, ''), x.place) WHEN x.who = 'agency' THEN x.place
			WHEN x.who = 'desk' THEN coalesce(nullif(x.h_login, ''), x.d_login) WHEN x.who IS NOT NULL THEN '' END
	FROM (SELECT d.dossier_id, d.status, d.login AS d_login, d.received_at, d.due_at, s.system, h.login AS h_login, h.place,
			CASE WHEN h.kind IN ('desk', 'room') AND h.login <> '' THEN h.login ELSE d.login END AS hand,
			CASE WHEN d.due_at >= (SELECT today() + interval '1 day') OR d.due_at IS NULL THEN NULL
				WHEN d.status = 5 THEN 'citizen' WHEN d.status = 6 THEN 'payment' WHEN d.status = 1 THEN 'desk'
				WHEN s.travel = 'disagreed' THEN 'refused' WHEN s.travel = 'saved' AND q.system IS NULL AND t.dossier_id IS NULL THEN 'unsent'
				WHEN h.kind = 'room' THEN 'room' WHEN s.system IS NOT NULL AND q.system IS NULL AND t.dossier_id IS NULL THEN 'system'
				WHEN h.kind = 'agency' THEN 'agency' ELSE 'desk' END AS who
		FROM dossier d
		LEFT JOIN dossier_holder h ON h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id AND h.until_at IS NULL
		LEFT JOIN stream s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = d.route_system
			AND d.due_at < (SELECT today() + interval '1 day')
		LEFT JOIN quiet_system q ON q.system = s.system
		LEFT JOIN taken_elsewhere t ON t.unit_id = s.unit_id AND t.dossier_id = s.dossier_id AND t.code <> '' AND s.held
		WHERE d.unit_id = unit AND d.status IN (1, 2, 4, 5, 6)) x
$$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.withheld TO motcua_wire;
GRANT SELECT (held) ON motcua.stream TO motcua_watch;
GRANT SELECT (unit_id, dossier_id, code) ON motcua.taken_elsewhere TO motcua_watch;
CREATE POLICY province ON motcua.taken_elsewhere FOR SELECT TO motcua_watch USING (unit_id IN (SELECT u.unit_id FROM motcua.unit u));
SET ROLE motcua_watch;

-- As in 0730.
CREATE OR REPLACE FUNCTION province.holders(of_unit text) RETURNS TABLE (who text, whose text, late int, due int, days int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp SET jit = off AS $$
	SELECT h.who, h.whose, count(*) FILTER (WHERE h.late)::int, count(*) FILTER (WHERE NOT h.late)::int,
		coalesce(max(local(now())::date - local(h.due_at)::date) FILTER (WHERE h.late), 0)
	FROM (SELECT d.due_at, is_late(d.status, d.due_at, now()) AS late, w.who, CASE w.who WHEN 'room' THEN coalesce(nullif((SELECT c.full_name FROM clerk c
				WHERE c.login = k.login), ''), k.place)
			WHEN 'agency' THEN k.place WHEN 'desk' THEN coalesce((SELECT c.full_name FROM clerk c WHERE c.login = d.login), d.login)
			WHEN 'citizen' THEN '' WHEN 'payment' THEN '' ELSE coalesce((SELECT min(y.name) FROM systems y WHERE y.code = s.system AND y.ended IS NULL), s.system) END AS whose
		FROM dossier d LEFT JOIN stream s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = d.route_system
		LEFT JOIN dossier_holder k ON k.unit_id = d.unit_id AND k.dossier_id = d.dossier_id AND k.until_at IS NULL
		CROSS JOIN LATERAL (SELECT CASE WHEN d.status = 5 THEN 'citizen' WHEN d.status = 6 THEN 'payment' WHEN d.status = 1 THEN 'desk'
			WHEN s.travel = 'disagreed' THEN 'refused' WHEN s.travel = 'saved' AND q.system IS NULL AND t.dossier_id IS NULL THEN 'unsent'
			WHEN k.kind = 'room' THEN 'room' WHEN s.system IS NOT NULL AND q.system IS NULL AND t.dossier_id IS NULL THEN 'system'
			WHEN k.kind = 'agency' THEN 'agency' ELSE 'desk' END AS who
			FROM (SELECT 1) one LEFT JOIN quiet_system q ON q.system = s.system
				LEFT JOIN taken_elsewhere t ON t.unit_id = s.unit_id AND t.dossier_id = s.dossier_id AND t.code <> '' AND s.held) w
		WHERE d.unit_id = province.unit_of(of_unit) AND d.status IN (1, 2, 4, 5, 6) AND d.due_at < today() + interval '1 day'
			AND (d.due_at >= now() OR is_late(d.status, d.due_at, now()))) h
	GROUP BY 1, 2 ORDER BY 3 DESC, 4 DESC
$$;

RESET ROLE;
SELECT motcua.open_doors();
