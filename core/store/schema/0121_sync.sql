-- SPDX-License-Identifier: Apache-2.0
-- What the counter sees of the couriers' work: the messages for a system, one exchange with all its
-- attempts.  Personal numbers come masked.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- An answer slower than this makes a system slow.
CREATE FUNCTION motcua.slow_milliseconds() RETURNS int LANGUAGE sql IMMUTABLE RETURN 5000;

-- The systems a unit has to do with: where a rule in force sends something, or a dossier went.
CREATE FUNCTION motcua.my_systems(mine motcua.clerk) RETURNS SETOF motcua.systems
LANGUAGE sql STABLE AS $$
	SELECT DISTINCT ON (c.code) c.* FROM systems c
	WHERE c.ended IS NULL AND (c.unit_id IS NULL OR c.unit_id = mine.unit_id)
		AND (EXISTS (SELECT FROM routes r WHERE r.ended IS NULL AND (r.unit_id IS NULL OR r.unit_id = mine.unit_id)
				AND coalesce(r.valid_from, '-infinity') <= local(now())::date
				AND (r.valid_to IS NULL OR r.valid_to > local(now())::date)
				AND (r.system = c.code OR c.code = ANY (regexp_split_to_array(r.told, '[ ,{}]+'))))
			OR EXISTS (SELECT FROM stream s WHERE s.unit_id = mine.unit_id AND s.system = c.code))
	ORDER BY c.code, c.unit_id NULLS LAST
$$;

-- How many of my unit's dossiers have no answer for too long, and after how many hours that is.
CREATE FUNCTION desk.silence() RETURNS TABLE (silent int, hours int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT (SELECT count(DISTINCT q.dossier_id) FROM silent_streams(m.unit_id) q)::int, alarm_hours(m.unit_id, '') FROM me() m
$$;

-- Where one message of a stream stands; held wins over what the couriers think of it, what is under
-- way over everything.
CREATE FUNCTION motcua.message_state(s motcua.stream, seq int) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN seq = ANY (s.superseded) THEN 'superseded'
		WHEN seq < s.head THEN CASE WHEN s.travel = 'received' THEN 'received'
			WHEN s.travel = 'disagreed' AND NOT s.refused AND seq = s.head - 1 THEN 'refused' ELSE 'sent' END
		WHEN seq = s.head AND s.leased_until > now() THEN 'sending'
		WHEN s.held THEN 'held'
		WHEN seq > s.head THEN 'waiting'
		WHEN s.refused THEN 'refused'
		WHEN s.ask_first THEN 'asking' ELSE 'waiting' END
$$;

CREATE TYPE motcua.wire_message AS (message_id bigint, dossier_id bigint, code text, owner_name text, system text,
	system_name text, kind text, seq int, state text, made_at timestamptz, changed_at timestamptz, next_at timestamptz,
	attempts int, note text, foreign_code text, held_by text, silent_hours int, created_there boolean);

CREATE FUNCTION motcua.message_of(s motcua.stream, m motcua.message) RETURNS motcua.wire_message
LANGUAGE sql STABLE AS $$
	SELECT m.message_id, m.dossier_id, d.code, d.owner_name, m.system,
		coalesce((SELECT x.name FROM systems x WHERE x.code = m.system AND x.ended IS NULL LIMIT 1), m.system),
		m.kind, m.seq, message_state(s, m.seq), m.made_at, s.changed_at,
		CASE WHEN s.open AND m.seq = s.head THEN s.next_at END,
		CASE WHEN m.seq = s.head THEN s.attempts ELSE 0 END,
		CASE WHEN m.seq >= s.head AND s.held THEN coalesce(nullif(s.held_why, ''), s.note)
			WHEN m.seq = s.head OR (m.seq = s.head - 1 AND s.travel = 'disagreed') THEN s.note ELSE '' END,
		s.foreign_code, CASE WHEN s.held THEN name_of(s.held_by) ELSE '' END, 0, s.created_there
	FROM dossier d WHERE d.unit_id = s.unit_id AND d.dossier_id = s.dossier_id
$$;

-- Messages for a system.  state: '' all, or one of waiting sending asking sent received refused held
-- superseded silent.  What needs a hand comes first, the newest before the older.
CREATE FUNCTION desk.sync_messages(wanted text, in_state text, most int) RETURNS SETOF motcua.wire_message
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	WITH quiet AS MATERIALIZED (SELECT q.dossier_id, q.hours FROM me() m, silent_streams(m.unit_id) q WHERE q.system = wanted),
	picked AS (
		(SELECT s.* FROM me() m JOIN stream s ON s.unit_id = m.unit_id
			WHERE s.system = wanted AND in_state NOT IN ('sent', 'received', 'superseded', 'silent')
				AND (s.open OR s.held OR s.travel = 'disagreed')
			ORDER BY (s.travel = 'disagreed') DESC, s.changed_at DESC LIMIT greatest(1, least(most, 1000)))
		UNION
		(SELECT s.* FROM me() m JOIN stream s ON s.unit_id = m.unit_id
			WHERE s.system = wanted AND (in_state IN ('', 'sent', 'received') OR (in_state = 'superseded' AND s.superseded <> '{}'))
				AND (in_state NOT IN ('sent', 'received') OR s.head > 1)
			ORDER BY s.changed_at DESC LIMIT greatest(1, least(most, 1000)))
		UNION
		(SELECT s.* FROM me() m JOIN quiet q ON in_state IN ('', 'silent')
			JOIN stream s ON s.unit_id = m.unit_id AND s.dossier_id = q.dossier_id AND s.system = wanted
			LIMIT greatest(1, least(most, 1000)))
	), shown AS (
		SELECT x.*, coalesce((SELECT q.hours FROM quiet q WHERE q.dossier_id = s.dossier_id), 0) AS quiet_hours, s.head, s.travel
		FROM picked s JOIN message m ON m.unit_id = s.unit_id AND m.dossier_id = s.dossier_id AND m.system = s.system,
			LATERAL message_of(s, m) x
	)
	SELECT x.message_id, x.dossier_id, x.code, x.owner_name, x.system, x.system_name, x.kind, x.seq, x.state, x.made_at,
		x.changed_at, x.next_at, x.attempts, x.note, x.foreign_code, x.held_by, x.quiet_hours, x.created_there
	FROM shown x
	WHERE in_state = '' OR x.state = in_state OR (in_state = 'silent' AND x.quiet_hours > 0
		AND x.seq = CASE WHEN x.travel IN ('saved', 'sent') THEN (SELECT max(y.seq) FROM shown y
			WHERE y.dossier_id = x.dossier_id AND y.kind = 'dossier') ELSE x.head END)
	ORDER BY array_position(ARRAY['refused', 'asking', 'held', 'sending', 'waiting', 'sent', 'received', 'superseded'], x.state),
		x.changed_at DESC, x.dossier_id DESC, x.seq
	LIMIT greatest(1, least(most, 1000))
$$;

-- A message of my unit, or MC008.
CREATE FUNCTION motcua.message_mine(wanted bigint) RETURNS motcua.message
LANGUAGE plpgsql STABLE AS $$
DECLARE
	mine clerk := me();
	m message;
BEGIN
	SELECT * INTO m FROM message x WHERE x.message_id = wanted AND x.unit_id = mine.unit_id;
	IF m.message_id IS NULL THEN
		PERFORM refuse('MC008', 'Đơn vị không có tin này.', format('no message %s in unit %s', wanted, mine.unit_id));
	END IF;
	RETURN m;
END $$;

CREATE FUNCTION desk.message(wanted bigint) RETURNS SETOF motcua.wire_message
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT audit_once('view', m.dossier_id, '{}') FROM message_mine(wanted) m;
	SELECT x.message_id, x.dossier_id, x.code, x.owner_name, x.system, x.system_name, x.kind, x.seq, x.state, x.made_at,
		x.changed_at, x.next_at, x.attempts, x.note, x.foreign_code, x.held_by,
		coalesce((SELECT q.hours FROM silent_streams(m.unit_id) q WHERE q.dossier_id = m.dossier_id AND q.system = m.system), 0),
		x.created_there
	FROM message_mine(wanted) m JOIN stream s ON s.unit_id = m.unit_id AND s.dossier_id = m.dossier_id
		AND s.system = m.system, LATERAL message_of(s, m) x
$$;

CREATE FUNCTION motcua.mask_mail(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN $1 LIKE '%@%' THEN left($1, 2) || '•••' || substr($1, strpos($1, '@')) ELSE motcua.mask($1) END;

-- The neutral message field by field, as a path ("owner.phone", "components.2.name"); numbers masked.
CREATE FUNCTION desk.message_fields(wanted bigint) RETURNS TABLE (path text, value text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	WITH RECURSIVE walk(path, body) AS (
		SELECT ''::text, m.payload FROM message_mine(wanted) m
		UNION ALL
		SELECT CASE w.path WHEN '' THEN k.key ELSE w.path || '.' || k.key END, k.value
		FROM walk w CROSS JOIN LATERAL (
			SELECT e.key, e.value FROM jsonb_each(CASE jsonb_typeof(w.body) WHEN 'object' THEN w.body ELSE '{}' END) e
			UNION ALL
			SELECT i.nth::text, i.value FROM jsonb_array_elements(CASE jsonb_typeof(w.body) WHEN 'array' THEN w.body ELSE '[]' END)
				WITH ORDINALITY i(value, nth)) k
	)
	SELECT w.path, left(CASE WHEN w.path ~ '(^|\.)(id_number|phone)$' THEN mask(w.body #>> '{}')
		WHEN w.path ~ '(^|\.)email$' THEN mask_mail(w.body #>> '{}') ELSE w.body #>> '{}' END, 500)
	FROM walk w WHERE jsonb_typeof(w.body) NOT IN ('object', 'array', 'null') AND w.body #>> '{}' <> ''
	ORDER BY w.path COLLATE "C" LIMIT 500
$$;

-- Every attempt at a message, the first before the later; replies were masked by the courier.
CREATE FUNCTION desk.exchange(wanted bigint) RETURNS TABLE (at timestamptz, phase text, class text, http_code int,
	milliseconds int, courier text, reply text, note text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT x.at, x.phase, coalesce(x.class, ''), coalesce(x.http_code, 0), coalesce(x.milliseconds, 0),
		CASE WHEN x.phase IN ('held', 'released', 'superseded') THEN name_of(x.courier) ELSE x.courier END,
		coalesce(x.reply, ''), coalesce(x.note, '')
	FROM (SELECT a.* FROM message_mine(wanted) m JOIN attempt a ON a.unit_id = m.unit_id AND a.message_id = m.message_id
		ORDER BY a.at DESC, a.attempt_id DESC LIMIT 200) x
	ORDER BY x.at, x.attempt_id
$$;

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
			WHERE s.unit_id = mine.unit_id AND s.open LIMIT most;
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

RESET ROLE;
SELECT motcua.open_doors();
