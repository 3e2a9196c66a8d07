-- SPDX-License-Identifier: Apache-2.0
-- What lessons and the board call the last acts: a number called in the queue, an online dossier accepted, the dossiers
-- behind a figure; a request to complete a dossier is no refusal.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0600; and "queue:call", of a number that was away "queue:call:no_show", "filing:accept", "filing:turn_away:02", "report:list".
-- When the lesson begun last began is the database's to say: a counter whose clock runs ahead would not see what was done.
CREATE OR REPLACE FUNCTION desk.lesson_acts(since timestamptz) RETURNS TABLE (act text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := my_practice();
	from_when timestamptz := greatest(least($1, (SELECT max(l.begun_at) FROM lesson l WHERE l.unit_id = mine.unit_id AND l.login = mine.login)),
		now() - interval '1 day');
BEGIN
	RETURN QUERY SELECT DISTINCT a.act || coalesce(':' || CASE a.act WHEN 'turn_away' THEN CASE WHEN a.what->>'number' LIKE '%/PTC%' THEN '03' ELSE '02' END
			ELSE coalesce(a.what->>'act', a.what->>'form', a.what->>'by') END, '')
		FROM audit a WHERE a.unit_id = mine.unit_id AND a.login = mine.login AND a.at >= from_when;
	RETURN QUERY SELECT DISTINCT CASE a.act WHEN 'report' THEN 'report:list' WHEN 'accept' THEN 'filing:accept'
			ELSE 'filing:turn_away:' || CASE WHEN a.what->>'number' LIKE '%/PTC%' THEN '03' ELSE '02' END END
		FROM audit a WHERE a.unit_id = mine.unit_id AND a.login = mine.login AND a.at >= from_when
			AND (a.act = 'report' AND a.what->>'kind' LIKE '% list' OR a.act IN ('accept', 'turn_away') AND a.what->>'filing' IS NOT NULL);
	RETURN QUERY SELECT DISTINCT 'queue:' || e.act || x FROM ticket_event e, unnest(ARRAY['', ':' || e.from_state]) x
		WHERE e.unit_id = mine.unit_id AND e.login = mine.login AND e.at >= from_when;
END $$;

-- As in 0530; what was turned away is said with its form, an act on a dossier with its name.
CREATE OR REPLACE FUNCTION motcua.board_counters(unit bigint) RETURNS SETOF motcua.board_line
LANGUAGE sql STABLE AS $$
	SELECT 'counter', c.code, c.name, coalesce(k.full_name, ''), coalesce(a.act, ''), coalesce(n.many, 0),
		CASE WHEN s.session_id IS NULL THEN 0 ELSE 1 END, 0, 0, coalesce(a.at, s.started_at)
	FROM counter c
	LEFT JOIN LATERAL (SELECT x.* FROM pg_stat_activity p JOIN session x ON x.login = p.usename AND x.pid = p.pid
		AND x.ended_at IS NULL AND x.unit_id = unit AND x.counter_code = c.code ORDER BY x.started_at DESC LIMIT 1) s ON true
	LEFT JOIN clerk k ON k.login = s.login
	LEFT JOIN LATERAL (SELECT CASE y.act WHEN 'turn_away' THEN 'turn_away:' || coalesce((SELECT p.form FROM paper p WHERE p.unit_id = unit
				AND p.paper_id = CASE WHEN y.what->>'paper' ~ '^[0-9]{1,18}$' THEN (y.what->>'paper')::bigint END), '')
			WHEN 'act' THEN 'act:' || coalesce(y.what->>'act', '') ELSE y.act END AS act, y.at
		FROM audit y WHERE y.unit_id = unit AND y.session_id = s.session_id
		AND y.seq = s.last_seq AND y.at >= s.started_at LIMIT 1) a ON true
	LEFT JOIN (SELECT d.counter_code, count(*)::int AS many FROM dossier d WHERE d.unit_id = unit AND d.received_at >= today()
		GROUP BY 1) n ON n.counter_code = c.code
	WHERE c.unit_id = unit
$$;

RESET ROLE;
SELECT motcua.open_doors();
