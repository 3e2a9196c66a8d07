-- SPDX-License-Identifier: Apache-2.0
-- The board as a supervisor asks for it, with the queue.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

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

-- For a supervisor; act of a counter with a number: "called A012", "serving A012".
CREATE FUNCTION desk.board() RETURNS SETOF motcua.board_line
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

RESET ROLE;
SELECT motcua.open_doors();
