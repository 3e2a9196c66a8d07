-- SPDX-License-Identifier: Apache-2.0
-- Systems that are told and no more owe no answer: they are neither waited for nor silent, no night asks
-- them for a list, and where they are shown they are shown as such.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE FUNCTION motcua.is_quiet(sys text) RETURNS boolean
LANGUAGE sql STABLE AS $$ SELECT EXISTS (SELECT FROM motcua.quiet_system q WHERE q.system = sys) $$;

CREATE OR REPLACE FUNCTION motcua.silent_streams(unit bigint) RETURNS TABLE (dossier_id bigint, system text, since timestamptz, hours int)
LANGUAGE sql STABLE AS $$
	SELECT s.dossier_id, s.system, m.made_at, h.hours
	FROM systems c CROSS JOIN LATERAL (SELECT alarm_hours(unit, c.code) AS hours) h
	-- The youngest dossier that can be silent: however many are queued since, they are not looked at.
	CROSS JOIN LATERAL (SELECT d.dossier_id AS last FROM dossier d WHERE d.unit_id = unit
		AND d.received_at < now() - make_interval(hours => h.hours) ORDER BY d.received_at DESC, d.dossier_id DESC LIMIT 1) old
	CROSS JOIN LATERAL (
		SELECT x.* FROM stream x WHERE x.unit_id = unit AND x.system = c.code AND x.dossier_id <= old.last
			AND x.travel IN ('saved', 'sent') AND NOT x.refused AND NOT x.held
		UNION ALL
		SELECT x.* FROM stream x WHERE x.unit_id = unit AND x.system = c.code AND x.open AND x.travel = 'received') s
	CROSS JOIN LATERAL (SELECT max(x.made_at) AS made_at FROM message x WHERE x.unit_id = s.unit_id
		AND x.dossier_id = s.dossier_id AND x.system = s.system
		AND CASE WHEN s.travel IN ('saved', 'sent') THEN x.kind = 'dossier' ELSE x.seq = s.head END) m
	WHERE c.ended IS NULL AND (c.unit_id IS NULL OR c.unit_id = unit) AND NOT is_quiet(c.code)
		AND m.made_at < now() - make_interval(hours => h.hours)
$$;

-- Known from the moment a profile is loaded, before any courier has read it.
CREATE FUNCTION motcua.hush_profile() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	DELETE FROM quiet_system q WHERE q.system = NEW.system AND NEW.data->'quiet' IS DISTINCT FROM 'true';
	INSERT INTO quiet_system (system) SELECT NEW.system WHERE NEW.data->'quiet' = 'true' ON CONFLICT DO NOTHING;
	RETURN NULL;
END $$;
CREATE TRIGGER hush_profile AFTER INSERT ON motcua.profile FOR EACH ROW EXECUTE FUNCTION motcua.hush_profile();
INSERT INTO motcua.quiet_system (system) SELECT DISTINCT p.system FROM profile p WHERE profile_of(p.system)->'quiet' = 'true'
	ON CONFLICT DO NOTHING;

-- The dossiers behind a number of the day; the kinds are the columns of day(), and those too silent.
CREATE OR REPLACE FUNCTION motcua.day_ids(mine motcua.clerk, kind text, most int) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
	today timestamptz := date_trunc('day', local(now())) AT TIME ZONE 'Asia/Ho_Chi_Minh';
BEGIN
	CASE kind
		WHEN 'mine_today' THEN RETURN QUERY SELECT d.dossier_id FROM dossier d WHERE d.unit_id = mine.unit_id
			AND d.received_at >= today AND d.login = mine.login LIMIT most;
		WHEN 'received_today' THEN RETURN QUERY SELECT d.dossier_id FROM dossier d WHERE d.unit_id = mine.unit_id
			AND d.received_at >= today LIMIT most;
		WHEN 'waiting_to_send' THEN RETURN QUERY SELECT DISTINCT s.dossier_id FROM stream s
			WHERE s.unit_id = mine.unit_id AND s.open AND NOT is_quiet(s.system) LIMIT most;
		WHEN 'due_today' THEN RETURN QUERY SELECT d.dossier_id FROM dossier d WHERE d.unit_id = mine.unit_id
			AND d.status IN (1, 2, 4, 5, 6) AND d.due_at >= today AND d.due_at < today + interval '1 day' LIMIT most;
		WHEN 'late' THEN RETURN QUERY SELECT d.dossier_id FROM dossier d WHERE d.unit_id = mine.unit_id
			AND d.status IN (1, 2, 4, 5, 6) AND d.due_at < now() LIMIT most;
		WHEN 'problems' THEN RETURN QUERY SELECT DISTINCT p.dossier_id FROM problem p
			WHERE p.unit_id = mine.unit_id AND p.solved_at IS NULL LIMIT most;
		WHEN 'silent' THEN RETURN QUERY SELECT DISTINCT q.dossier_id FROM silent_streams(mine.unit_id) q LIMIT most;
		ELSE PERFORM refuse('MC005', 'Không có danh sách này.', 'day list ' || coalesce(kind, '?'), 'kind');
	END CASE;
END $$;

-- "untold" and "told" stand for the travel to a quiet system, whose silence says nothing.
CREATE OR REPLACE FUNCTION desk.dossier_travel(wanted bigint) RETURNS TABLE (system text, system_name text, state text,
	foreign_code text, note text, changed_at timestamptz, next_at timestamptz, attempts int)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT s.system, coalesce((SELECT x.name FROM systems x WHERE x.code = s.system AND x.ended IS NULL), s.system),
		CASE WHEN NOT is_quiet(s.system) THEN s.travel WHEN s.travel = 'saved' THEN 'untold' ELSE 'told' END, s.foreign_code,
		s.note, s.changed_at, CASE WHEN s.open THEN s.next_at END, s.attempts
	FROM dossier_mine(wanted) d JOIN stream s USING (unit_id, dossier_id)
	ORDER BY (s.system = d.route_system) DESC, is_quiet(s.system), s.system
$$;

-- Every system of my unit on a line.
DROP FUNCTION desk.sync_systems();
CREATE FUNCTION desk.sync_systems() RETURNS TABLE (system text, name text, family text, state text,
	since timestamptz, note text, messages int, dossiers int, oldest_at timestamptz, refused int, held int, silent int,
	delivered_today int, last_answer timestamptz, last_try timestamptz, next_try timestamptz, milliseconds int,
	alarm_hours int, told_only boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	WITH quiet AS MATERIALIZED (SELECT q.system, count(*)::int AS n FROM me() m, silent_streams(m.unit_id) q GROUP BY 1)
	SELECT c.code, c.name, c.family,
		CASE WHEN coalesce(h.state, 'unknown') IN ('ok', 'unknown') AND (a.slow
				OR (w.oldest < now() - interval '15 minutes' AND a.failing)) THEN 'slow'
			ELSE coalesce(h.state, 'unknown') END,
		h.changed_at, coalesce(h.note, ''), coalesce(w.messages, 0), coalesce(w.dossiers, 0), w.oldest,
		(SELECT count(*) FROM stream s WHERE s.unit_id = m.unit_id AND s.system = c.code AND s.travel = 'disagreed')::int,
		(SELECT count(*) FROM stream s WHERE s.unit_id = m.unit_id AND s.system = c.code AND s.held)::int,
		coalesce((SELECT q.n FROM quiet q WHERE q.system = c.code), 0),
		(SELECT count(*) FROM attempt t WHERE t.unit_id = m.unit_id AND t.system = c.code
			AND t.at >= date_trunc('day', local(now())) AT TIME ZONE 'Asia/Ho_Chi_Minh'
			AND t.phase = 'finish' AND t.class IN ('delivered', 'duplicate'))::int,
		greatest(a.answered, (SELECT max(k.kept_at) FROM answer k WHERE k.unit_id = m.unit_id AND k.system = c.code)),
		a.tried, CASE WHEN h.pause_until > now() THEN greatest(w.next, h.pause_until)
			WHEN h.state = 'suspended' THEN greatest(w.next, h.changed_at + interval '5 minutes') ELSE w.next END,
		a.milliseconds, alarm_hours(m.unit_id, c.code), is_quiet(c.code)
	FROM me() m CROSS JOIN LATERAL my_systems(m) c
	LEFT JOIN system_state h ON h.system = c.code
	CROSS JOIN LATERAL (SELECT sum(s.tail - s.head + 1)::int AS messages, count(*)::int AS dossiers, min(s.next_at) AS next
		FROM stream s WHERE s.unit_id = m.unit_id AND s.system = c.code AND s.open) q
	-- The oldest message waits in one of the oldest dossiers that wait.
	CROSS JOIN LATERAL (SELECT q.messages, q.dossiers, q.next, min(x.made_at) AS oldest
		FROM (SELECT * FROM stream z WHERE z.unit_id = m.unit_id AND z.system = c.code AND z.open
			ORDER BY z.dossier_id LIMIT 200) s
		JOIN message x ON x.unit_id = s.unit_id AND x.dossier_id = s.dossier_id AND x.system = s.system AND x.seq = s.head) w
	-- The last twenty outcomes of a week say how it is doing.
	CROSS JOIN LATERAL (SELECT max(t.at) FILTER (WHERE t.http_code > 0) AS answered, max(t.at) AS tried,
			avg(t.milliseconds) FILTER (WHERE t.nth <= 10 AND t.at > now() - interval '1 hour')::int AS milliseconds,
			coalesce(avg(t.milliseconds) FILTER (WHERE t.nth <= 10 AND t.at > now() - interval '1 hour'), 0)
				>= slow_milliseconds() AS slow,
			coalesce(bool_or(t.class IN ('retry', 'auth', 'unknown')) FILTER (WHERE t.nth <= 3), false) AS failing
		FROM (SELECT r.*, row_number() OVER (ORDER BY r.at DESC) AS nth FROM (SELECT * FROM attempt z
			WHERE z.unit_id = m.unit_id AND z.system = c.code AND z.class IS NOT NULL AND z.at > now() - interval '7 days'
			ORDER BY z.at DESC LIMIT 20) r) t) a
	ORDER BY (coalesce(h.state, 'unknown') IN ('down', 'suspended')) DESC, c.name COLLATE vi
$$;

-- The runs of the night: every system that was sent something in the last days and can be asked.
CREATE OR REPLACE FUNCTION motcua.reconcile_night() RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	one record;
	today date := local(now())::date;
	begun int := 0;
BEGIN
	IF NOT pg_try_advisory_xact_lock(hashtextextended('motcua.night', 0)) THEN
		RETURN 0;
	END IF;
	FOR one IN SELECT u.unit_id, c.code AS system FROM unit u CROSS JOIN systems c
			WHERE c.ended IS NULL AND c.family <> 'manual' AND NOT is_quiet(c.code) AND closed_today(u.code)
				AND NOT EXISTS (SELECT FROM reconcile_run r WHERE r.unit_id = u.unit_id AND r.system = c.code AND r.login = ''
					AND r.started_at >= today::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')
				AND EXISTS (SELECT FROM dossier d JOIN stream s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id
					AND s.system = c.code WHERE d.unit_id = u.unit_id AND d.received_at >= now() - interval '7 days')
			LIMIT 200 LOOP
		PERFORM reconcile_start(one.unit_id, one.system, today - 6, today, '', interval '6 hours');
		begun := begun + 1;
	END LOOP;
	RETURN begun;
END $$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.is_quiet TO motcua_wire;
SELECT motcua.open_doors();
