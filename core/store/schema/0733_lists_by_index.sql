-- SPDX-License-Identifier: Apache-2.0
-- The lists of what will soon be late and of what is to be checked choose their rows by index and date first; days of the calendar are
-- counted for the rows that are shown, not for every open dossier of the unit.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0404.  In time for an apology: due from tomorrow on (apology_limit); then what has a late step and a date further off, of which
-- the calendar says whether it can be kept, one by one until enough are found; missed ones last.
CREATE OR REPLACE FUNCTION desk.soon_late(most int) RETURNS TABLE (dossier_id bigint, code text, owner_name text, procedure_name text, status int,
	due_at timestamptz, last_day date, urgency text, forecast timestamptz, proposal timestamptz, extensions int, holder text, place text, step text,
	version int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	WITH here AS MATERIALIZED (SELECT m.unit_id, u.code, local(clock_timestamp())::date AS today, today() + interval '1 day' AS tomorrow,
			working_days_after(u.code, clock_timestamp(), 3) AS near, greatest(1, least(most, 1000)) AS many FROM me() m JOIN unit u ON u.unit_id = m.unit_id),
		found AS MATERIALIZED (
			SELECT * FROM (
				(SELECT 1 AS rank, d FROM dossier d WHERE d.unit_id = (SELECT unit_id FROM here) AND d.status IN (1, 2, 4, 5, 6) AND d.status IN (2, 4)
					AND d.due_at >= (SELECT tomorrow FROM here) AND d.due_at <= (SELECT near FROM here)
					ORDER BY d.due_at, d.dossier_id LIMIT (SELECT many FROM here))
				UNION ALL
				(SELECT 2, y.d FROM (SELECT d, d.due_at, d.dossier_id FROM dossier_step s JOIN dossier d ON d.unit_id = s.unit_id AND d.dossier_id = s.dossier_id
						WHERE s.unit_id = (SELECT unit_id FROM here) AND s.state = 'current' AND s.due_at < clock_timestamp()
							AND d.status IN (2, 4) AND d.due_at > (SELECT near FROM here) ORDER BY d.due_at, d.dossier_id OFFSET 0) y
					WHERE forecast_of(y.d, (SELECT code FROM here)) > y.due_at
					ORDER BY y.due_at, y.dossier_id LIMIT (SELECT many FROM here))
				UNION ALL
				(SELECT 3, d FROM dossier d WHERE d.unit_id = (SELECT unit_id FROM here) AND d.status IN (1, 2, 4, 5, 6) AND d.status IN (2, 4)
					AND d.due_at < (SELECT tomorrow FROM here) ORDER BY d.due_at, d.dossier_id LIMIT (SELECT many FROM here))) z
			ORDER BY z.rank, (z.d).due_at, (z.d).dossier_id LIMIT (SELECT many FROM here))
	SELECT (x.d).dossier_id, (x.d).code, (x.d).owner_name, (x.d).procedure_name, (x.d).status::int, (x.d).due_at, a.day,
		CASE WHEN x.rank = 3 THEN 'missed' WHEN a.day <= w.today THEN 'today' ELSE 'soon' END, forecast_of(x.d, w.code),
		new_date_of(x.d, w.code), extensions_of(x.d), coalesce(h.name, ''), coalesce(h.place, ''),
		coalesce((SELECT s.name FROM dossier_step s WHERE s.unit_id = (x.d).unit_id AND s.dossier_id = (x.d).dossier_id AND s.state = 'current'), ''), (x.d).version
	FROM here w CROSS JOIN found x CROSS JOIN LATERAL (SELECT apology_day(x.d) AS day) a
		LEFT JOIN dossier_holder h ON h.unit_id = (x.d).unit_id AND h.dossier_id = (x.d).dossier_id AND h.until_at IS NULL
	ORDER BY x.rank, (x.d).due_at, (x.d).dossier_id
$$;

-- As in 0404.  Each limit is reached in the order of reception: the oldest of each kind first, and of these the limits are counted.
CREATE OR REPLACE FUNCTION desk.to_check(most int) RETURNS TABLE (dossier_id bigint, code text, owner_name text, procedure_name text, status int,
	channel int, received_at timestamptz, check_until timestamptz, late boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	WITH here AS MATERIALIZED (SELECT m.unit_id, u.code, greatest(1, least(most, 1000)) AS many, clock_timestamp() - interval '60 days' AS since
			FROM me() m JOIN unit u ON u.unit_id = m.unit_id),
		-- Days of reception whose examination has to ask within a working day.
		days AS MATERIALIZED (SELECT min(e.day) AS first, max(e.day) AS last FROM here w
			CROSS JOIN LATERAL (SELECT working_days_after(w.code, clock_timestamp(), 1) AS near) l
			CROSS JOIN LATERAL generate_series(0, 30) n CROSS JOIN LATERAL (SELECT local(clock_timestamp())::date - n AS day) e
			WHERE working_days_after(w.code, begins(e.day), 3) BETWEEN clock_timestamp() AND l.near),
		open AS (SELECT d.dossier_id, d.status = 4 AS examined, d.channel = 2 AS online, d.received_at FROM here w JOIN dossier d ON d.unit_id = w.unit_id AND d.status IN (1, 2, 4, 5, 6) AND d.status IN (1, 2, 4) AND d.received_at > w.since
			WHERE d.status = 1 OR (d.status = 2 AND (d.channel <> 1 OR EXISTS (SELECT FROM dossier_component k WHERE k.unit_id = d.unit_id
					AND k.dossier_id = d.dossier_id AND k.required AND k.state IN ('failed', 'missing'))))
				OR (d.status = 4 AND local(d.received_at)::date BETWEEN (SELECT first FROM days) AND (SELECT last FROM days))),
		oldest AS (SELECT o.dossier_id, row_number() OVER (PARTITION BY o.examined, o.online ORDER BY o.received_at, o.dossier_id) AS nth FROM open o)
	SELECT (x.d).dossier_id, (x.d).code, (x.d).owner_name, (x.d).procedure_name, (x.d).status::int, (x.d).channel, (x.d).received_at, x.until, x.until < clock_timestamp()
	FROM (SELECT d, check_until(d) AS until FROM here w JOIN oldest o ON o.nth <= w.many
		JOIN dossier d ON d.unit_id = w.unit_id AND d.dossier_id = o.dossier_id OFFSET 0) x
	ORDER BY x.until, (x.d).dossier_id LIMIT (SELECT many FROM here)
$$;

RESET ROLE;
SELECT motcua.open_doors();
