-- SPDX-License-Identifier: Apache-2.0
-- The supervisor's board: the day of a unit in figures, each with the dossiers behind it.  Every figure
-- and its list are counted by the same rows.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE INDEX dossier_finished ON motcua.dossier (unit_id, finished_at DESC) WHERE finished_at IS NOT NULL;
CREATE INDEX dossier_to_hand_over ON motcua.dossier (unit_id, status_at) WHERE status = 9;

-- The first moment of today.
CREATE FUNCTION motcua.today() RETURNS timestamptz
LANGUAGE sql STABLE AS $$ SELECT date_trunc('day', motcua.local(now())) AT TIME ZONE 'Asia/Ho_Chi_Minh' $$;

-- A person's name on a screen that others see: N.T.T.D.
CREATE FUNCTION motcua.mask_name(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.regexp_replace(pg_catalog.btrim($1), '(\S)\S*\s*', '\1.', 'g');

-- Who a dossier in hand waits for: the citizen (papers, money), a system that refused it, that has not got it yet or that works on it
-- (whose: its code), a room or an officer of the unit (whose: the login, else where it lies), another agency, or the desk (whose: the clerk).
CREATE FUNCTION motcua.waits_for(status smallint, login text, s motcua.stream, h motcua.dossier_holder, OUT who text, OUT whose text)
LANGUAGE sql STABLE AS $$
	SELECT w.who, CASE WHEN w.who IN ('refused', 'unsent', 'system') THEN s.system
		WHEN w.who = 'room' THEN coalesce(nullif(h.login, ''), h.place) WHEN w.who = 'agency' THEN h.place
		WHEN w.who = 'desk' THEN coalesce(nullif(h.login, ''), login) ELSE '' END
	FROM (SELECT CASE WHEN status = 5 THEN 'citizen' WHEN status = 6 THEN 'payment' WHEN status = 1 THEN 'desk'
		WHEN s.travel = 'disagreed' THEN 'refused' WHEN s.travel = 'saved' AND NOT is_quiet(s.system) THEN 'unsent'
		WHEN h.kind = 'room' THEN 'room' WHEN s.system IS NOT NULL AND NOT is_quiet(s.system) THEN 'system'
		WHEN h.kind = 'agency' THEN 'agency' ELSE 'desk' END) w(who)
$$;

-- What a reader sees of "whose".
CREATE FUNCTION motcua.waits_name(who text, whose text) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN who IN ('refused', 'unsent', 'system') THEN name_of_system(whose) WHEN who IN ('desk', 'room') THEN name_of(whose)
		WHEN who = 'agency' THEN whose ELSE '' END
$$;

-- Dossiers in hand; who holds it is looked up where the due day is today or over.
-- login: in whose hands it lies; of a dossier that no hand was written for, who received it.  who and whose as waits_for
-- has them, written out: thousands of calls took longer than all the rest of the board.
CREATE FUNCTION motcua.in_hand(unit bigint) RETURNS TABLE (dossier_id bigint, status smallint, login text,
	received_at timestamptz, due_at timestamptz, due boolean, late boolean, who text, whose text)
LANGUAGE sql STABLE AS $$
	SELECT x.dossier_id, x.status, x.hand, x.received_at, x.due_at, x.due_at >= (SELECT today()) AND x.due_at < (SELECT today() + interval '1 day'),
		x.due_at < now(), x.who, CASE WHEN x.who IN ('refused', 'unsent', 'system') THEN x.system
			WHEN x.who = 'room' THEN coalesce(nullif(x.h_login, ''), x.place) WHEN x.who = 'agency' THEN x.place
			WHEN x.who = 'desk' THEN coalesce(nullif(x.h_login, ''), x.d_login) WHEN x.who IS NOT NULL THEN '' END
	FROM (SELECT d.dossier_id, d.status, d.login AS d_login, d.received_at, d.due_at, s.system, h.login AS h_login, h.place,
			CASE WHEN h.kind IN ('desk', 'room') AND h.login <> '' THEN h.login ELSE d.login END AS hand,
			CASE WHEN d.due_at >= (SELECT today() + interval '1 day') OR d.due_at IS NULL THEN NULL
				WHEN d.status = 5 THEN 'citizen' WHEN d.status = 6 THEN 'payment' WHEN d.status = 1 THEN 'desk'
				WHEN s.travel = 'disagreed' THEN 'refused' WHEN s.travel = 'saved' AND q.system IS NULL THEN 'unsent'
				WHEN h.kind = 'room' THEN 'room' WHEN s.system IS NOT NULL AND q.system IS NULL THEN 'system'
				WHEN h.kind = 'agency' THEN 'agency' ELSE 'desk' END AS who
		FROM dossier d
		LEFT JOIN dossier_holder h ON h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id AND h.until_at IS NULL
		LEFT JOIN stream s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = d.route_system
			AND d.due_at < (SELECT today() + interval '1 day')
		LEFT JOIN quiet_system q ON q.system = s.system
		WHERE d.unit_id = unit AND d.status IN (1, 2, 4, 5, 6)) x
$$;

-- One line of the board.  part: figure, hour, who, officer, counter, system; key: which; words, more: names and states;
-- n1 … n4: counts, by part.
CREATE TYPE motcua.board_line AS (part text, key text, words text, more text, act text, n1 int, n2 int, n3 int, n4 int, at timestamptz);

-- Counters where somebody is at work: dossiers received there today, the last act and its moment.
CREATE FUNCTION motcua.board_counters(unit bigint) RETURNS SETOF motcua.board_line
LANGUAGE sql STABLE AS $$
	SELECT 'counter', c.code, c.name, coalesce(k.full_name, ''), coalesce(a.act, ''), coalesce(n.many, 0),
		CASE WHEN s.session_id IS NULL THEN 0 ELSE 1 END, 0, 0, coalesce(a.at, s.started_at)
	FROM counter c
	LEFT JOIN LATERAL (SELECT x.* FROM pg_stat_activity p JOIN session x ON x.login = p.usename AND x.pid = p.pid
		AND x.ended_at IS NULL AND x.unit_id = unit AND x.counter_code = c.code ORDER BY x.started_at DESC LIMIT 1) s ON true
	LEFT JOIN clerk k ON k.login = s.login
	LEFT JOIN LATERAL (SELECT y.act, y.at FROM audit y WHERE y.unit_id = unit AND y.session_id = s.session_id
		AND y.seq = s.last_seq AND y.at >= s.started_at LIMIT 1) a ON true
	LEFT JOIN (SELECT d.counter_code, count(*)::int AS many FROM dossier d WHERE d.unit_id = unit AND d.received_at >= today()
		GROUP BY 1) n ON n.counter_code = c.code
	WHERE c.unit_id = unit
$$;

-- Planned once a session: a wall asks for it every few seconds, and planning took longer than counting.
CREATE FUNCTION motcua.board_lines(unit bigint) RETURNS SETOF motcua.board_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET jit = off AS $$
BEGIN
	RETURN QUERY
	WITH hand AS MATERIALIZED (SELECT * FROM in_hand(unit)),
	came AS MATERIALIZED (SELECT d.login, d.received_at FROM dossier d WHERE d.unit_id = unit AND d.received_at >= today()),
	quiet AS MATERIALIZED (SELECT q.dossier_id, q.system FROM silent_streams(unit) q)
	SELECT 'figure', f.key, '', '', '', f.many::int, 0, 0, 0, now() FROM (
		SELECT 'received_today' AS key, count(*) AS many FROM came
		UNION ALL SELECT 'registered', count(*) FROM hand WHERE status = 1
		UNION ALL SELECT 'in_hand', count(*) FROM hand
		UNION ALL SELECT 'due_today', count(*) FROM hand WHERE due
		UNION ALL SELECT 'late', count(*) FROM hand WHERE late
		UNION ALL SELECT 'finished_today', count(*) FROM dossier d WHERE d.unit_id = unit AND d.finished_at >= today()
		UNION ALL SELECT 'to_hand_over', count(*) FROM dossier d WHERE d.unit_id = unit AND d.status = 9
		UNION ALL SELECT 'waiting_to_send', count(DISTINCT s.dossier_id) FROM stream s
			WHERE s.unit_id = unit AND s.open AND NOT is_quiet(s.system)
		UNION ALL SELECT 'silent', count(DISTINCT q.dossier_id) FROM quiet q
		UNION ALL SELECT 'problems', count(DISTINCT p.dossier_id) FROM problem p WHERE p.unit_id = unit AND p.solved_at IS NULL
		UNION ALL SELECT 'on_paper', count(*) FROM on_paper(unit)
		UNION ALL SELECT 'accounts', count(*) FROM account a JOIN clerk c ON c.unit_id = a.unit_id AND c.login = a.login
			WHERE a.unit_id = unit AND a.state <> 'granted' AND NOT c.locked
		UNION ALL SELECT 'difficulties', count(*) FROM difficulty x WHERE x.unit_id = unit AND x.state <> 'done'
	) f
	UNION ALL SELECT 'hour', to_char(local(c.received_at), 'HH24'), '', '', '', count(*)::int, 0, 0, 0, now() FROM came c GROUP BY 2
	-- By who holds it: late; due today and not late yet; days of the oldest.
	UNION ALL SELECT 'who', h.who || ' ' || h.whose, waits_name(h.who, h.whose), '', '',
		count(*) FILTER (WHERE h.late)::int, count(*) FILTER (WHERE h.due AND NOT h.late)::int,
		max(local(now())::date - local(h.due_at)::date) FILTER (WHERE h.late), 0, min(h.due_at)
	FROM hand h WHERE h.due OR h.late GROUP BY h.who, h.whose
	-- Received today, in hand, due today, late.
	UNION ALL SELECT 'officer', k.login, k.full_name, '', '', coalesce(c.many, 0), coalesce(h.many, 0), coalesce(h.due, 0), coalesce(h.late, 0), now()
	FROM clerk k LEFT JOIN (SELECT login, count(*)::int AS many FROM came GROUP BY 1) c ON c.login = k.login
	LEFT JOIN (SELECT login, count(*)::int AS many, count(*) FILTER (WHERE due)::int AS due, count(*) FILTER (WHERE late)::int AS late
		FROM hand GROUP BY 1) h ON h.login = k.login
	WHERE k.unit_id = unit AND (NOT k.locked OR h.many > 0)
	UNION ALL SELECT * FROM board_counters(unit)
	-- Dossiers with messages waiting; refused; without an answer for too long.
	UNION ALL SELECT 'system', c.code, c.name, coalesce(h.state, 'unknown'), '',
		(SELECT count(*) FROM stream s WHERE s.unit_id = unit AND s.system = c.code AND s.open)::int,
		(SELECT count(*) FROM stream s WHERE s.unit_id = unit AND s.system = c.code AND s.travel = 'disagreed')::int,
		(SELECT count(DISTINCT q.dossier_id) FROM quiet q WHERE q.system = c.code)::int, 0, h.changed_at
	FROM my_systems(jsonb_populate_record(NULL::clerk, jsonb_build_object('unit_id', unit))) c
	LEFT JOIN system_state h ON h.system = c.code;
END $$;

-- The dossiers behind a line: a figure's key; hour, counter, officer_today, officer (in hand), officer_due, officer_late,
-- who_late, who_due, system_waiting, system_refused, system_silent with the line's key.
CREATE FUNCTION motcua.board_ids(unit bigint, kind text, key text, most int) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
	CASE kind
		WHEN 'received_today' THEN RETURN QUERY SELECT d.dossier_id FROM dossier d WHERE d.unit_id = unit AND d.received_at >= today() LIMIT most;
		WHEN 'hour' THEN RETURN QUERY SELECT d.dossier_id FROM dossier d WHERE d.unit_id = unit AND d.received_at >= today()
			AND to_char(local(d.received_at), 'HH24') = board_ids.key LIMIT most;
		WHEN 'counter' THEN RETURN QUERY SELECT d.dossier_id FROM dossier d WHERE d.unit_id = unit AND d.received_at >= today()
			AND d.counter_code = board_ids.key LIMIT most;
		WHEN 'finished_today' THEN RETURN QUERY SELECT d.dossier_id FROM dossier d WHERE d.unit_id = unit AND d.finished_at >= today() LIMIT most;
		WHEN 'to_hand_over' THEN RETURN QUERY SELECT d.dossier_id FROM dossier d WHERE d.unit_id = unit AND d.status = 9
			ORDER BY d.status_at LIMIT most;
		WHEN 'registered' THEN RETURN QUERY SELECT h.dossier_id FROM in_hand(unit) h WHERE h.status = 1 LIMIT most;
		WHEN 'in_hand' THEN RETURN QUERY SELECT h.dossier_id FROM in_hand(unit) h ORDER BY h.due_at LIMIT most;
		WHEN 'due_today' THEN RETURN QUERY SELECT h.dossier_id FROM in_hand(unit) h WHERE h.due LIMIT most;
		WHEN 'late' THEN RETURN QUERY SELECT h.dossier_id FROM in_hand(unit) h WHERE h.late ORDER BY h.due_at LIMIT most;
		WHEN 'who_late' THEN RETURN QUERY SELECT h.dossier_id FROM in_hand(unit) h WHERE h.late AND h.who || ' ' || h.whose = board_ids.key
			ORDER BY h.due_at LIMIT most;
		WHEN 'who_due' THEN RETURN QUERY SELECT h.dossier_id FROM in_hand(unit) h WHERE h.due AND NOT h.late
			AND h.who || ' ' || h.whose = board_ids.key LIMIT most;
		WHEN 'officer_today' THEN RETURN QUERY SELECT d.dossier_id FROM dossier d WHERE d.unit_id = unit AND d.received_at >= today()
			AND d.login = board_ids.key LIMIT most;
		WHEN 'officer' THEN RETURN QUERY SELECT h.dossier_id FROM in_hand(unit) h WHERE h.login = board_ids.key ORDER BY h.due_at LIMIT most;
		WHEN 'officer_due' THEN RETURN QUERY SELECT h.dossier_id FROM in_hand(unit) h WHERE h.due AND h.login = board_ids.key LIMIT most;
		WHEN 'officer_late' THEN RETURN QUERY SELECT h.dossier_id FROM in_hand(unit) h WHERE h.late AND h.login = board_ids.key
			ORDER BY h.due_at LIMIT most;
		WHEN 'waiting_to_send' THEN RETURN QUERY SELECT DISTINCT s.dossier_id FROM stream s
			WHERE s.unit_id = unit AND s.open AND NOT is_quiet(s.system) LIMIT most;
		WHEN 'system_waiting' THEN RETURN QUERY SELECT s.dossier_id FROM stream s
			WHERE s.unit_id = unit AND s.system = board_ids.key AND s.open LIMIT most;
		WHEN 'system_refused' THEN RETURN QUERY SELECT s.dossier_id FROM stream s
			WHERE s.unit_id = unit AND s.system = board_ids.key AND s.travel = 'disagreed' LIMIT most;
		WHEN 'system_silent' THEN RETURN QUERY SELECT DISTINCT q.dossier_id FROM silent_streams(unit) q WHERE q.system = board_ids.key LIMIT most;
		WHEN 'silent' THEN RETURN QUERY SELECT DISTINCT q.dossier_id FROM silent_streams(unit) q LIMIT most;
		WHEN 'problems' THEN RETURN QUERY SELECT DISTINCT p.dossier_id FROM problem p WHERE p.unit_id = unit AND p.solved_at IS NULL LIMIT most;
		ELSE PERFORM refuse('MC005', 'Không có danh sách này.', 'board list ' || coalesce(kind, '?'), 'kind');
	END CASE;
END $$;

CREATE TYPE motcua.board_row AS (dossier_id bigint, code text, owner_masked text, procedure_code text, procedure_name text,
	received_at timestamptz, due_at timestamptz, finished_at timestamptz, status int, sync text, who text, whose text, words text);

-- A dossier in a list of the board; nothing of a person but initials.
CREATE FUNCTION motcua.board_row_of(d motcua.dossier) RETURNS motcua.board_row
LANGUAGE sql STABLE AS $$
	SELECT d.dossier_id, d.code, mask_name(d.owner_name), d.procedure_code, d.procedure_name, d.received_at, d.due_at, d.finished_at,
		d.status::int, coalesce(sync_of(d.unit_id, d.dossier_id), 'saved'), w.who, w.whose, waits_name(w.who, w.whose)
	FROM (SELECT 1) one LEFT JOIN stream s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = d.route_system
	LEFT JOIN dossier_holder h ON h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id AND h.until_at IS NULL
	CROSS JOIN LATERAL (SELECT f.who, f.whose FROM waits_for(d.status, d.login, s, h) f WHERE d.status IN (1, 2, 4, 5, 6)
		UNION ALL SELECT '', '' WHERE d.status NOT IN (1, 2, 4, 5, 6)) w
$$;

-- A look at a list, in the trail once while it stays on the screen and is read again.
CREATE FUNCTION motcua.board_look(look jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	mine bigint := my_unit();
	here bigint := my_session(); -- asked once: of a volatile function no index is searched
BEGIN
	IF NOT EXISTS (SELECT FROM audit a WHERE a.unit_id = mine AND a.session_id = here AND a.act = 'board'
			AND a.what = look AND a.at > now() - interval '10 minutes') THEN
		PERFORM audit('board', NULL, look);
	END IF;
END $$;

-- What is due first comes first.  Not compiled: by wrong estimates that took seconds.
CREATE FUNCTION desk.board_list(kind text, key text, most int) RETURNS SETOF motcua.board_row
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET jit = off AS $$
DECLARE
	mine clerk := my_supervisor();
	ids bigint[] := ARRAY(SELECT board_ids(mine.unit_id, kind, coalesce(key, ''), greatest(1, least(most, 1000))));
BEGIN
	PERFORM board_look(jsonb_build_object('list', kind, 'key', left(coalesce(key, ''), 100)));
	RETURN QUERY SELECT r.* FROM dossier d, LATERAL board_row_of(d) r WHERE d.unit_id = mine.unit_id AND d.dossier_id = ANY (ids)
		ORDER BY d.status NOT IN (1, 2, 4, 5, 6), CASE WHEN kind IN ('received_today', 'hour', 'counter') THEN NULL ELSE d.due_at END,
			d.received_at DESC;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
