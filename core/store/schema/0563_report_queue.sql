-- SPDX-License-Identifier: Apache-2.0
-- The queue of a period, a row a series: numbers taken and what became of them, waits and service in minutes.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Waits are from taking the number, or from the booked hour, to the first call; service from the citizen's coming to
-- the end.  A number belongs to the queue where it was last.
CREATE FUNCTION desk.report_queue(since date, until date, deciding boolean, narrow text, personal boolean, reason text)
RETURNS TABLE (key text, name text, taken bigint, done bigint, no_show bigint, cancelled bigint, waiting bigint, with_dossier bigint,
	guided bigint, over_target bigint, wait_median numeric, wait_longest numeric, service numeric)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
	unit bigint := report_gate('queue', since, until, deciding, narrow, false, '');
BEGIN
	RETURN QUERY SELECT t.queue, coalesce(s.name, t.queue), count(*), count(*) FILTER (WHERE t.state = 'done'),
		count(*) FILTER (WHERE t.state = 'no_show'), count(*) FILTER (WHERE t.state = 'cancelled'),
		count(*) FILTER (WHERE t.state NOT IN ('done', 'no_show', 'cancelled')),
		count(*) FILTER (WHERE t.state = 'done' AND t.made), count(*) FILTER (WHERE t.state = 'done' AND NOT t.made),
		count(*) FILTER (WHERE t.wait > t.target_minutes),
		round((percentile_cont(0.5) WITHIN GROUP (ORDER BY t.wait))::numeric, 1), round(max(t.wait)::numeric, 1),
		round(avg(t.served)::numeric, 1)
	FROM (SELECT x.*, extract(epoch FROM x.first_called_at - greatest(x.taken_at, x.slot)) / 60 AS wait,
			CASE x.state WHEN 'done' THEN extract(epoch FROM x.done_at - x.serving_at) / 60 END AS served,
			EXISTS (SELECT FROM ticket_dossier k WHERE k.unit_id = unit AND k.ticket_id = x.ticket_id) AS made
		FROM ticket x WHERE x.unit_id = unit AND x.day BETWEEN since AND until) t
		LEFT JOIN queue_series s ON s.unit_id = unit AND s.series = t.queue
	GROUP BY t.queue, s.name, s.sort ORDER BY s.sort, t.queue;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
