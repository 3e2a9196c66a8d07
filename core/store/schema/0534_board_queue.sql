-- SPDX-License-Identifier: Apache-2.0
-- The queue on the board, and a board that is planned once a session: a wall asks for it every few
-- seconds, and planning took longer than counting.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0530 and with the hands of 0531, with a plan that is kept.
CREATE OR REPLACE FUNCTION motcua.board_lines(unit bigint) RETURNS SETOF motcua.board_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET jit = off AS $$
BEGIN
	RETURN QUERY
	WITH hand AS MATERIALIZED (SELECT * FROM in_hand(unit)),
	came AS MATERIALIZED (SELECT d.login, d.received_at FROM dossier d WHERE d.unit_id = unit AND d.received_at >= today()),
	quiet AS MATERIALIZED (SELECT q.dossier_id, q.system FROM silent_streams(unit) q)
	SELECT 'figure', f.key, '', '', '', f.many::int, 0, 0, 0, now() FROM (
		SELECT 'received_today' AS key, count(*) AS many FROM came
		UNION ALL SELECT 'registered', count(*) FROM hand WHERE status = 1
		UNION ALL SELECT 'in_hand', count(*) FROM hand
		UNION ALL SELECT 'due_today', count(*) FROM hand WHERE due
		UNION ALL SELECT 'late', count(*) FROM hand WHERE late
		UNION ALL SELECT 'finished_today', count(*) FROM dossier d WHERE d.unit_id = unit AND d.finished_at >= today()
		UNION ALL SELECT 'to_hand_over', count(*) FROM dossier d WHERE d.unit_id = unit AND d.status = 9
		UNION ALL SELECT 'waiting_to_send', count(DISTINCT s.dossier_id) FROM stream s
			WHERE s.unit_id = unit AND s.open AND NOT is_quiet(s.system)
		UNION ALL SELECT 'silent', count(DISTINCT q.dossier_id) FROM quiet q
		UNION ALL SELECT 'problems', count(DISTINCT p.dossier_id) FROM problem p WHERE p.unit_id = unit AND p.solved_at IS NULL
		UNION ALL SELECT 'on_paper', count(*) FROM on_paper(unit)
		UNION ALL SELECT 'accounts', count(*) FROM account a JOIN clerk c ON c.unit_id = a.unit_id AND c.login = a.login
			WHERE a.unit_id = unit AND a.state <> 'granted' AND NOT c.locked
		UNION ALL SELECT 'difficulties', count(*) FROM difficulty x WHERE x.unit_id = unit AND x.state <> 'done'
	) f
	UNION ALL SELECT 'hour', to_char(local(c.received_at), 'HH24'), '', '', '', count(*)::int, 0, 0, 0, now() FROM came c GROUP BY 2
	-- By who holds it: late; due today and not late yet; days of the oldest.
	UNION ALL SELECT 'who', h.who || ' ' || h.whose, waits_name(h.who, h.whose), '', '',
		count(*) FILTER (WHERE h.late)::int, count(*) FILTER (WHERE h.due AND NOT h.late)::int,
		max(local(now())::date - local(h.due_at)::date) FILTER (WHERE h.late), 0, min(h.due_at)
	FROM hand h WHERE h.due OR h.late GROUP BY h.who, h.whose
	-- Received today, in hand, due today, late.
	UNION ALL SELECT 'officer', k.login, k.full_name, '', '', coalesce(c.many, 0), coalesce(h.many, 0), coalesce(h.due, 0), coalesce(h.late, 0), now()
	FROM clerk k LEFT JOIN (SELECT login, count(*)::int AS many FROM came GROUP BY 1) c ON c.login = k.login
	LEFT JOIN (SELECT login, count(*)::int AS many, count(*) FILTER (WHERE due)::int AS due, count(*) FILTER (WHERE late)::int AS late
		FROM hand GROUP BY 1) h ON h.login = k.login
	WHERE k.unit_id = unit AND (NOT k.locked OR h.many > 0)
	UNION ALL SELECT * FROM board_counters(unit)
	-- Dossiers with messages waiting; refused; without an answer for too long.
	UNION ALL SELECT 'system', c.code, c.name, coalesce(h.state, 'unknown'), '',
		(SELECT count(*) FROM stream s WHERE s.unit_id = unit AND s.system = c.code AND s.open)::int,
		(SELECT count(*) FROM stream s WHERE s.unit_id = unit AND s.system = c.code AND s.travel = 'disagreed')::int,
		(SELECT count(DISTINCT q.dossier_id) FROM quiet q WHERE q.system = c.code)::int, 0, h.changed_at
	FROM my_systems(jsonb_populate_record(NULL::clerk, jsonb_build_object('unit_id', unit))) c
	LEFT JOIN system_state h ON h.system = c.code;
END $$;

-- Numbers that wait, by series: how many, minutes of the longest wait and of the median, counters that call them.
CREATE FUNCTION motcua.board_queue(unit bigint) RETURNS SETOF motcua.board_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET jit = off AS $$
BEGIN
	RETURN QUERY SELECT 'queue', s.series, s.name, '', '', count(w.seconds)::int, coalesce(max(w.seconds) / 60, 0)::int,
		coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY w.seconds) / 60, 0)::int,
		(SELECT count(*) FROM queue_counter q WHERE q.unit_id = unit AND q.state = 'open' AND local(q.since)::date = local(now())::date
			AND queue_rank(unit, q.counter_code, s.series) IS NOT NULL)::int, now()
	FROM queue_series s
	LEFT JOIN LATERAL (SELECT extract(epoch FROM now() - greatest(t.taken_at, t.slot)) AS seconds FROM ticket t
		WHERE t.unit_id = unit AND t.day = local(now())::date AND t.queue = s.series AND t.state IN ('waiting', 'transferred')) w ON true
	WHERE s.unit_id = unit AND s.active GROUP BY s.series, s.name, s.sort;
END $$;

-- act of a counter with a number: "called A012", "serving A012".
CREATE OR REPLACE FUNCTION desk.board() RETURNS SETOF motcua.board_line
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
BEGIN
	RETURN QUERY SELECT b.part, b.key, b.words, b.more, coalesce(t.state || ' ' || ticket_text(t.series, t.number), b.act), b.n1, b.n2, b.n3, b.n4,
		coalesce(t.serving_at, t.called_at, b.at)
	FROM board_lines(mine.unit_id) b LEFT JOIN ticket t ON b.part = 'counter' AND t.unit_id = mine.unit_id AND t.day = local(now())::date
		AND t.counter_code = b.key AND t.state IN ('called', 'serving');
	RETURN QUERY SELECT q.* FROM board_queue(mine.unit_id) q;
END $$;

ALTER FUNCTION desk.board_list SET jit = off; -- compiled by wrong estimates it took seconds

RESET ROLE;
SELECT motcua.open_doors();
