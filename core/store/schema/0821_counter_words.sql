-- SPDX-License-Identifier: Apache-2.0
-- How the last act is put right is said as it can be done here and now: without an internal procedure there is no step to go back to.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE FUNCTION motcua.counter_words(d motcua.dossier, mine motcua.clerk, act text, say text) RETURNS text
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT CASE WHEN act IN ('process', 'step_on') AND NOT side_open(d, mine, 'step_back')
		THEN 'chuyển nhầm thì giao lại cho người phải làm (Việc khác), hoặc lập bản giao nhận ngược lại' ELSE coalesce(say, '') END
$$;

-- As in 0404.
CREATE OR REPLACE FUNCTION desk.dossier_life(wanted bigint) RETURNS TABLE (asked int, check_until timestamptz, checking text, supplement_until date,
	extensions int, apology_day date, forecast timestamptz, proposal timestamptz, legal_value numeric, legal_unit text, legal_due timestamptz,
	undo_until timestamptz, last_act text, counter_act text, holder text, holder_kind text, holder_place text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT supplements_of(d), check_until(d), CASE WHEN d.status = 4 THEN 'examination' WHEN d.channel = 2 THEN 'online' ELSE 'direct' END,
		(SELECT a.until FROM supplement_asked a WHERE a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id AND NOT a.undone AND d.status = 5
			ORDER BY a.seq DESC LIMIT 1),
		extensions_of(d), CASE WHEN d.status IN (2, 4) THEN apology_day(d) END,
		CASE WHEN d.status IN (2, 4) THEN forecast_of(d, u.code) END, CASE WHEN d.status IN (2, 4) AND d.due_at IS NOT NULL THEN new_date_of(d, u.code) END,
		l.value, l.unit, legal_due(d), undo_until(d, m), coalesce(e.act, ''), counter_words(d, m, e.act, c.say), coalesce(h.name, ''), coalesce(h.kind, ''),
		coalesce(h.place, '')
	FROM me() m, dossier_mine(wanted) d JOIN unit u ON u.unit_id = d.unit_id CROSS JOIN LATERAL legal_limit(d) l
		LEFT JOIN LATERAL (SELECT x.act FROM dossier_event x JOIN counter_act k ON k.act = x.act WHERE x.unit_id = d.unit_id
			AND x.dossier_id = d.dossier_id ORDER BY x.at DESC, x.event_id DESC LIMIT 1) e ON true
		LEFT JOIN counter_act c ON c.act = e.act
		LEFT JOIN dossier_holder h ON h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id AND h.until_at IS NULL
$$;

RESET ROLE;
SELECT motcua.open_doors();
