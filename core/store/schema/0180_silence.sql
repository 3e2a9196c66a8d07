-- SPDX-License-Identifier: Apache-2.0
-- A dossier without an answer for too long is a task, written once while it lasts; and every system
-- on a line, with its pauses.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

ALTER TABLE motcua.problem DROP CONSTRAINT problem_kind_check;
ALTER TABLE motcua.problem ADD CONSTRAINT problem_kind_check CHECK (kind IN ('refused', 'disagreed', 'supplement',
	'payment', 'extension', 'result', 'word', 'missing', 'silent'));

-- Writes the alarm where it is due and not written, ends it where they answered meanwhile.
CREATE FUNCTION motcua.mark_silence(unit bigint) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	marked int;
	ended int;
BEGIN
	UPDATE problem p SET solved_at = now(), solved_by = '', solution = 'Không còn chờ trả lời.'
		WHERE p.unit_id = unit AND p.kind = 'silent' AND p.solved_at IS NULL AND NOT EXISTS (
			SELECT FROM silent_streams(unit) q WHERE q.dossier_id = p.dossier_id AND q.system = p.system);
	GET DIAGNOSTICS ended = ROW_COUNT;
	INSERT INTO problem (unit_id, dossier_id, system, kind, text)
		SELECT unit, q.dossier_id, q.system, 'silent', format('Chưa có trả lời quá %s giờ (từ %s).', q.hours,
			to_char(local(q.since), 'HH24:MI DD/MM/YYYY'))
		FROM silent_streams(unit) q WHERE NOT EXISTS (SELECT FROM problem p WHERE p.unit_id = unit
			AND p.dossier_id = q.dossier_id AND p.system = q.system AND p.kind = 'silent' AND p.solved_at IS NULL)
		ON CONFLICT DO NOTHING;
	GET DIAGNOSTICS marked = ROW_COUNT;
	IF marked + ended > 0 THEN
		PERFORM pg_notify('motcua_unit_' || unit, 'travel 0');
	END IF;
	RETURN marked;
END $$;

GRANT EXECUTE ON FUNCTION motcua.mark_silence TO motcua_wire;

-- Every system of my unit on a line.
CREATE FUNCTION desk.sync_systems() RETURNS TABLE (system text, name text, family text, state text,
	since timestamptz, note text, messages int, dossiers int, oldest_at timestamptz, refused int, held int, silent int,
	delivered_today int, last_answer timestamptz, last_try timestamptz, next_try timestamptz, milliseconds int,
	alarm_hours int)
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
		a.milliseconds, alarm_hours(m.unit_id, c.code)
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

RESET ROLE;
SET ROLE motcua_wire;

-- Alarms of silence, any time; couriers call it beside tend().
CREATE FUNCTION wire.watch() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
BEGIN
	PERFORM mark_silence(u.unit_id) FROM unit u;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
