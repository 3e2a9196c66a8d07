-- SPDX-License-Identifier: Apache-2.0
-- When a lesson began is the database's to say: a counter whose clock runs ahead would not see what was done.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0725; of the lesson begun last nothing is left out.
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

RESET ROLE;
SELECT motcua.open_doors();
