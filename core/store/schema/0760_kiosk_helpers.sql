-- SPDX-License-Identifier: Apache-2.0
-- A citizen is told of a counter that will call: where none of a queue's own counters is open, but one that helps it is, that one is
-- named, no closed one.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0501: "Quầy 1, Quầy 2": its own that are open, else those that are open and help, else its own.
CREATE OR REPLACE FUNCTION motcua.queue_counters_of(unit bigint, wanted text) RETURNS text
LANGUAGE sql STABLE AS $$
	WITH serving AS (
		SELECT c.name, c.code, coalesce(q.state, 'closed') = 'open' AS open, r.rank = 1 AS own FROM counter c
		LEFT JOIN queue_counter q ON q.unit_id = c.unit_id AND q.counter_code = c.code
		CROSS JOIN LATERAL (SELECT queue_rank(unit, c.code, wanted) AS rank) r
		WHERE c.unit_id = unit AND coalesce(q.state, '') <> 'out_of_order' AND r.rank IS NOT NULL),
	best AS (SELECT min(CASE WHEN s.open AND s.own THEN 1 WHEN s.open THEN 2 WHEN s.own THEN 3 END) AS kind FROM serving s)
	SELECT coalesce(string_agg(s.name, ', ' ORDER BY s.code), '') FROM serving s, best b
	WHERE CASE b.kind WHEN 1 THEN s.open AND s.own WHEN 2 THEN s.open ELSE s.own END
$$;

RESET ROLE;
SELECT motcua.open_doors();
