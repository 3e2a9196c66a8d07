-- SPDX-License-Identifier: Apache-2.0
-- What will be late by closing time, and what helps.  The model is a count that anybody can repeat: of the
-- unit's finished dossiers that had used up as much of their term as this one and were not done, how many
-- became late?  Dossiers of the same procedure and system say it; where they are few, those of the system,
-- and then all of the unit, lend five of theirs.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- How much of its term a dossier had used when it was done: 1 is the due date itself.  The newest of 180 days.
CREATE FUNCTION motcua.past_shares(unit bigint, before timestamptz, most int) RETURNS TABLE (procedure_code text, system text, share float8)
LANGUAGE sql STABLE AS $$
	SELECT d.procedure_code, d.route_system, extract(epoch FROM d.finished_at - d.received_at) / extract(epoch FROM d.due_at - d.received_at)
	FROM dossier d WHERE d.unit_id = unit AND d.finished_at < before AND d.finished_at > before - interval '180 days'
		AND d.status IN (9, 10) AND d.due_at > d.received_at ORDER BY d.finished_at DESC LIMIT most
$$;

-- Chance of being late, in ‰: of those with a greater share, the part beyond 1, shrunk towards the coarser ones.
-- seen, seen_late: of the same procedure and system, as the screen tells it.
CREATE TYPE motcua.chance AS (dossier_id bigint, due_at timestamptz, chance int, seen int, seen_late int);
CREATE FUNCTION motcua.chances(unit bigint, moment timestamptz, first timestamptz, last timestamptz, most_past int) RETURNS SETOF motcua.chance
LANGUAGE sql STABLE AS $$
	WITH past AS MATERIALIZED (SELECT * FROM past_shares(unit, moment, most_past)),
	-- In hand at that moment and due between the two; what waits for the citizen has no clock.
	now_open AS MATERIALIZED (SELECT d.dossier_id, d.procedure_code, d.route_system AS system, u.due AS due_at,
			floor(50 * extract(epoch FROM moment - d.received_at) / extract(epoch FROM u.due - d.received_at)) / 50 AS share
		FROM (SELECT * FROM dossier o WHERE o.unit_id = unit AND o.status IN (1, 2, 4, 5, 6) AND o.status NOT IN (5, 6)
				AND o.due_at >= first - interval '60 days' AND o.due_at < last + interval '60 days'
			UNION ALL SELECT * FROM dossier o WHERE o.unit_id = unit AND o.finished_at > moment AND o.received_at <= moment) d
		CROSS JOIN LATERAL (SELECT coalesce((SELECT x.new_due FROM dossier_due x WHERE x.unit_id = d.unit_id
				AND x.dossier_id = d.dossier_id AND x.at <= moment ORDER BY x.seq DESC LIMIT 1), d.due_at) AS due) u
		WHERE u.due >= first AND u.due < last AND u.due > d.received_at AND u.due > moment AND d.received_at <= moment
		LIMIT 1000),
	-- Shares in steps of a fiftieth: what is alike is counted once.
	counted AS MATERIALIZED (SELECT o.*, p.* FROM (SELECT DISTINCT procedure_code, system, share FROM now_open) o CROSS JOIN LATERAL (SELECT
			count(*) AS n_all, count(*) FILTER (WHERE h.share > 1) AS l_all,
			count(*) FILTER (WHERE h.system = o.system) AS n_sys, count(*) FILTER (WHERE h.share > 1 AND h.system = o.system) AS l_sys,
			count(*) FILTER (WHERE h.system = o.system AND h.procedure_code = o.procedure_code) AS n_own,
			count(*) FILTER (WHERE h.share > 1 AND h.system = o.system AND h.procedure_code = o.procedure_code) AS l_own
		FROM past h WHERE h.share > o.share) p)
	SELECT o.dossier_id, o.due_at, round(1000 * (c.l_own + 5 * (c.l_sys + 5 * ((c.l_all + 0.5) / (c.n_all + 1))) / (c.n_sys + 5)) / (c.n_own + 5))::int,
		c.n_own::int, c.l_own::int
	FROM now_open o JOIN counted c USING (procedure_code, system, share)
$$;

-- part "due": dossiers due today and still in time, the likeliest to be late first; "apology": due within four days after today, more
-- likely late than not and never extended before (the letter, form 04, must go a day before the due date);
-- "officer": who: due today in hand, how many a day they usually finish, the expected late ones in tenths.
CREATE TYPE motcua.forecast_line AS (part text, dossier_id bigint, code text, words text, who text, whose text, due_at timestamptz,
	chance int, seen int, seen_late int);
CREATE FUNCTION motcua.forecast(unit bigint) RETURNS SETOF motcua.forecast_line
LANGUAGE sql STABLE AS $$
	WITH x AS MATERIALIZED (SELECT * FROM chances(unit, now(), today(), today() + interval '5 days', 3000)),
	c AS MATERIALIZED (SELECT x.*, d.code, d.procedure_name, w.who, w.whose,
			CASE WHEN h.kind IN ('desk', 'room') AND h.login <> '' THEN h.login ELSE d.login END AS login
		FROM x JOIN dossier d ON d.unit_id = unit AND d.dossier_id = x.dossier_id
		LEFT JOIN stream s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = d.route_system
		LEFT JOIN dossier_holder h ON h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id AND h.until_at IS NULL
		CROSS JOIN LATERAL waits_for(d.status, d.login, s, h) w),
	-- Finished by each clerk's act in the last four weeks, a working day.
	usual AS MATERIALIZED (SELECT e.by_login AS login, ceil(count(*) / 20.0)::int AS a_day FROM dossier_event e
		WHERE e.unit_id = unit AND e.act = 'finish' AND e.by_login <> '' AND e.at > now() - interval '28 days' GROUP BY 1)
	(SELECT 'due', c.dossier_id, c.code, waits_name(c.who, c.whose), c.who, c.whose, c.due_at, c.chance, c.seen, c.seen_late
		FROM c WHERE c.due_at < today() + interval '1 day' ORDER BY c.chance DESC, c.due_at LIMIT 200)
	UNION ALL (SELECT 'apology', c.dossier_id, c.code, waits_name(c.who, c.whose), c.who, c.whose, c.due_at, c.chance, c.seen, c.seen_late
		FROM c WHERE c.due_at >= today() + interval '1 day' AND c.chance >= 500 AND NOT EXISTS (SELECT FROM dossier_due x
			WHERE x.unit_id = unit AND x.dossier_id = c.dossier_id AND x.cause = 'extension') ORDER BY c.due_at, c.chance DESC LIMIT 100)
	UNION ALL (SELECT 'officer', 0::bigint, c.login, name_of(c.login), 'desk', c.login, NULL::timestamptz, (sum(c.chance) / 100)::int, count(*)::int,
			coalesce((SELECT u.a_day FROM usual u WHERE u.login = c.login), 0)
		FROM c WHERE c.due_at < today() + interval '1 day' AND c.who IN ('desk', 'room') GROUP BY c.login ORDER BY 8 DESC LIMIT 50)
$$;

-- Estimates are poor here; a compiler that believed them took seconds.
CREATE FUNCTION desk.forecast() RETURNS SETOF motcua.forecast_line
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp SET jit = off
AS $$ SELECT f.* FROM my_supervisor() m, forecast(m.unit_id) f $$;

-- How good it was: asked at nine on each of the last days what it would have said of that day, and what came.
-- predicted, came: late a day; off: how far apart on the average day; beside: the squared error beside that of always
-- saying the average (below 1 the forecast knows something).
CREATE FUNCTION motcua.forecast_trial(unit bigint, days int) RETURNS TABLE (days int, dossiers int, predicted float8, came float8,
	off float8, beside float8)
LANGUAGE sql STABLE AS $$
	WITH said AS MATERIALIZED (SELECT x.day, c.*
		FROM generate_series(1, forecast_trial.days) n CROSS JOIN LATERAL (SELECT today() - make_interval(days => n) AS day) x
		CROSS JOIN LATERAL chances(unit, x.day + interval '9 hours', x.day, x.day + interval '1 day', 1500) c),
	asked AS MATERIALIZED (SELECT c.day, c.chance / 1000.0 AS said, (d.finished_at IS NULL OR d.finished_at > c.due_at)::int AS came
		FROM said c JOIN dossier d ON d.unit_id = unit AND d.dossier_id = c.dossier_id),
	by_day AS (SELECT day, sum(said) AS said, sum(came) AS came FROM asked GROUP BY 1)
	SELECT count(*)::int, coalesce((SELECT count(*) FROM asked), 0)::int, avg(b.said)::float8, avg(b.came)::float8, avg(abs(b.said - b.came))::float8,
		(SELECT sum((said - came) ^ 2) / nullif(sum((came - m.mean) ^ 2), 0) FROM asked, (SELECT avg(came) AS mean FROM asked) m)::float8
	FROM by_day b
$$;

-- In hundredths.
CREATE FUNCTION desk.forecast_trial(days int) RETURNS TABLE (days int, dossiers int, predicted int, came int, off int, beside int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp SET jit = off AS $$
	SELECT f.days, f.dossiers, round(100 * f.predicted)::int, round(100 * f.came)::int, round(100 * f.off)::int, round(100 * f.beside)::int
	FROM my_supervisor() m, forecast_trial(m.unit_id, greatest(1, least($1, 30))) f
$$;

RESET ROLE;
SELECT motcua.open_doors();
