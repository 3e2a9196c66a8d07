-- SPDX-License-Identifier: Apache-2.0
-- While a dossier waits for papers (5) or money (6) its clock stands still: it is late nowhere, whatever date the receipt has.
-- Biểu 06 counts it within its limit (note of the form), the due date moves when the wait ends (NĐ 301/2026, QĐ 766/QĐ-TTg 2.1).
-- Here an open dossier is late from the moment of its date; Biểu 06 (0560) compares days, as its form does.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- The rule, for every list and figure.  Both conditions on the status: the index of open dossiers knows these five together.
CREATE FUNCTION motcua.is_late(status smallint, due timestamptz, moment timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT status IN (1, 2, 4, 5, 6) AND status NOT IN (5, 6) AND due < moment $$;

-- As in 0202.
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
			AND is_late(d.status, d.due_at, now()) LIMIT most;
		WHEN 'problems' THEN RETURN QUERY SELECT DISTINCT p.dossier_id FROM problem p
			WHERE p.unit_id = mine.unit_id AND p.solved_at IS NULL LIMIT most;
		WHEN 'silent' THEN RETURN QUERY SELECT DISTINCT q.dossier_id FROM silent_streams(mine.unit_id) q LIMIT most;
		ELSE PERFORM refuse('MC005', 'Không có danh sách này.', 'day list ' || coalesce(kind, '?'), 'kind');
	END CASE;
END $$;

-- As in 0530.
CREATE OR REPLACE FUNCTION motcua.in_hand(unit bigint) RETURNS TABLE (dossier_id bigint, status smallint, login text,
	received_at timestamptz, due_at timestamptz, due boolean, late boolean, who text, whose text)
LANGUAGE sql STABLE AS $$
	SELECT x.dossier_id, x.status, x.hand, x.received_at, x.due_at, x.due_at >= (SELECT today()) AND x.due_at < (SELECT today() + interval '1 day'),
		is_late(x.status, x.due_at, now()), x.who, CASE WHEN x.who IN ('refused', 'unsent', 'system') THEN x.system
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

-- As in 0531.
CREATE OR REPLACE FUNCTION motcua.mark_late(unit bigint) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	marked int;
	ended int;
BEGIN
	UPDATE problem p SET solved_at = now(), solved_by = '', solution = 'Hồ sơ không còn quá hạn.'
		FROM dossier d WHERE p.unit_id = unit AND p.kind = 'late' AND p.solved_at IS NULL AND d.unit_id = p.unit_id
			AND d.dossier_id = p.dossier_id AND (is_late(d.status, d.due_at, now()) IS NOT TRUE OR p.key <> iso(d.due_at));
	GET DIAGNOSTICS ended = ROW_COUNT;
	INSERT INTO problem (unit_id, dossier_id, system, kind, key, text)
		SELECT unit, d.dossier_id, d.route_system, 'late', iso(d.due_at), format('Quá hạn từ %s. %s', say_moment(d.due_at),
			CASE w.who WHEN 'refused' THEN waits_name(w.who, w.whose) || ' từ chối, cần sửa.'
				WHEN 'unsent' THEN 'Chưa gửi được tới ' || waits_name(w.who, w.whose) || '.'
				WHEN 'desk' THEN 'Đang ở bộ phận một cửa: ' || waits_name(w.who, w.whose) || '.'
				ELSE 'Đang giữ: ' || waits_name(w.who, w.whose) || '.' END)
		FROM dossier d LEFT JOIN stream s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = d.route_system
		LEFT JOIN dossier_holder h ON h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id AND h.until_at IS NULL
		CROSS JOIN LATERAL waits_for(d.status, d.login, s, h) w
		WHERE d.unit_id = unit AND is_late(d.status, d.due_at, now())
			AND NOT EXISTS (SELECT FROM problem p WHERE p.unit_id = unit AND p.dossier_id = d.dossier_id AND p.kind = 'late'
				AND p.key = iso(d.due_at))
		ON CONFLICT DO NOTHING;
	GET DIAGNOSTICS marked = ROW_COUNT;
	IF marked + ended > 0 THEN
		PERFORM pg_notify('motcua_unit_' || unit, 'travel 0');
	END IF;
	RETURN marked;
END $$;

-- As in 0404.
CREATE OR REPLACE FUNCTION desk.hands() RETURNS TABLE (login text, full_name text, title text, locked boolean, held int, late int, acting text,
	until timestamptz, mine boolean, may_take boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT c.login, c.full_name, c.title, c.locked, coalesce(w.held, 0)::int, coalesce(w.late, 0)::int, coalesce(name_of(g.to_login), ''), g.until,
		c.login = m.login, m.is_supervisor OR acts_for(m.unit_id, c.login, m.login)
	FROM me() m JOIN clerk c ON c.unit_id = m.unit_id AND c.kind IN ('clerk', 'supervisor')
		LEFT JOIN LATERAL (SELECT count(*) AS held, count(*) FILTER (WHERE is_late(d.status, d.due_at, clock_timestamp())) AS late
			FROM dossier_holder h JOIN dossier d USING (unit_id, dossier_id) WHERE h.unit_id = m.unit_id AND h.login = c.login
				AND h.until_at IS NULL AND h.kind IN ('desk', 'room')) w ON true
		LEFT JOIN LATERAL (SELECT x.* FROM delegation x WHERE x.unit_id = m.unit_id AND x.from_login = c.login
			AND clock_timestamp() >= x.since AND clock_timestamp() < coalesce(x.ended_at, x.until) ORDER BY x.until DESC LIMIT 1) g ON true
	ORDER BY (c.login = m.login) DESC, given_of(c.full_name) COLLATE vi, c.full_name COLLATE vi
$$;

-- As in 0404; what is done already is not late any more.
DROP FUNCTION desk.held_by(text, int);
CREATE FUNCTION desk.held_by(whose text, most int) RETURNS TABLE (dossier_id bigint, code text, owner_name text, procedure_name text, status int,
	version int, due_at timestamptz, kind text, place text, step text, step_due timestamptz, since timestamptz, late boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT d.dossier_id, d.code, d.owner_name, d.procedure_name, d.status::int, d.version, d.due_at, h.kind, h.place, coalesce(s.name, ''), s.due_at, h.at,
		coalesce(is_late(d.status, d.due_at, clock_timestamp()), false)
	FROM me() m JOIN dossier_holder h ON h.unit_id = m.unit_id AND h.login = coalesce(whose, '') AND h.until_at IS NULL AND h.kind IN ('desk', 'room')
		JOIN dossier d ON d.unit_id = h.unit_id AND d.dossier_id = h.dossier_id
		LEFT JOIN dossier_step s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.state = 'current'
	ORDER BY coalesce(s.due_at, d.due_at) NULLS LAST, d.dossier_id LIMIT greatest(1, least(most, 1000))
$$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.is_late TO motcua_wire, motcua_watch;
SET ROLE motcua_watch;

-- As in 0535.
CREATE OR REPLACE FUNCTION province.units() RETURNS TABLE (code text, name text, received_today int, in_hand int, due_today int, late int,
	finished_today int, to_hand_over int, refused int, problems int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp SET jit = off AS $$
	SELECT u.code, u.name,
		(SELECT count(*) FROM dossier d WHERE d.unit_id = u.unit_id AND d.received_at >= today())::int,
		h.many::int, h.due::int, h.late::int,
		(SELECT count(*) FROM dossier d WHERE d.unit_id = u.unit_id AND d.finished_at >= today())::int,
		(SELECT count(*) FROM dossier d WHERE d.unit_id = u.unit_id AND d.status = 9)::int,
		(SELECT count(*) FROM stream s WHERE s.unit_id = u.unit_id AND s.travel = 'disagreed')::int,
		(SELECT count(DISTINCT p.dossier_id) FROM problem p WHERE p.unit_id = u.unit_id AND p.solved_at IS NULL)::int
	FROM unit u CROSS JOIN LATERAL (SELECT count(*) AS many, count(*) FILTER (WHERE d.due_at >= today() AND d.due_at < today() + interval '1 day') AS due,
		count(*) FILTER (WHERE is_late(d.status, d.due_at, now())) AS late FROM dossier d WHERE d.unit_id = u.unit_id AND d.status IN (1, 2, 4, 5, 6)) h
	ORDER BY h.late DESC, h.due DESC, u.name
$$;

CREATE OR REPLACE FUNCTION province.holders(of_unit text) RETURNS TABLE (who text, whose text, late int, due int, days int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp SET jit = off AS $$
	SELECT h.who, h.whose, count(*) FILTER (WHERE h.late)::int, count(*) FILTER (WHERE NOT h.late)::int,
		coalesce(max(local(now())::date - local(h.due_at)::date) FILTER (WHERE h.late), 0)
	FROM (SELECT d.due_at, is_late(d.status, d.due_at, now()) AS late, w.who, CASE w.who WHEN 'room' THEN coalesce(nullif((SELECT c.full_name FROM clerk c
				WHERE c.login = k.login), ''), k.place)
			WHEN 'agency' THEN k.place WHEN 'desk' THEN coalesce((SELECT c.full_name FROM clerk c WHERE c.login = d.login), d.login)
			WHEN 'citizen' THEN '' WHEN 'payment' THEN '' ELSE coalesce((SELECT min(y.name) FROM systems y WHERE y.code = s.system AND y.ended IS NULL), s.system) END AS whose
		FROM dossier d LEFT JOIN stream s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = d.route_system
		LEFT JOIN dossier_holder k ON k.unit_id = d.unit_id AND k.dossier_id = d.dossier_id AND k.until_at IS NULL
		CROSS JOIN LATERAL (SELECT CASE WHEN d.status = 5 THEN 'citizen' WHEN d.status = 6 THEN 'payment' WHEN d.status = 1 THEN 'desk'
			WHEN s.travel = 'disagreed' THEN 'refused' WHEN s.travel = 'saved' AND q.system IS NULL THEN 'unsent'
			WHEN k.kind = 'room' THEN 'room' WHEN s.system IS NOT NULL AND q.system IS NULL THEN 'system'
			WHEN k.kind = 'agency' THEN 'agency' ELSE 'desk' END AS who
			FROM (SELECT 1) one LEFT JOIN quiet_system q ON q.system = s.system) w
		WHERE d.unit_id = province.unit_of(of_unit) AND d.status IN (1, 2, 4, 5, 6) AND d.due_at < today() + interval '1 day'
			AND (d.due_at >= now() OR is_late(d.status, d.due_at, now()))) h
	GROUP BY 1, 2 ORDER BY 3 DESC, 4 DESC
$$;

CREATE OR REPLACE FUNCTION province.list(of_unit text, kind text, most int) RETURNS TABLE (code text, procedure_code text, procedure_name text,
	received_at timestamptz, due_at timestamptz, finished_at timestamptz, status int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET jit = off AS $$
#variable_conflict use_column
DECLARE
	id bigint := province.unit_of(of_unit);
BEGIN
	IF coalesce(list.kind NOT IN ('received_today', 'in_hand', 'due_today', 'late', 'finished_today', 'to_hand_over'), true) THEN
		PERFORM refuse('MC005', 'Không có danh sách này.', 'province list ' || coalesce(list.kind, '?'), 'kind');
	END IF;
	INSERT INTO province_look (unit_id, login, kind) VALUES (id, session_user, list.kind);
	RETURN QUERY SELECT d.code, d.procedure_code, d.procedure_name, d.received_at, d.due_at, d.finished_at, d.status::int
	FROM dossier d WHERE d.unit_id = id AND CASE list.kind
			WHEN 'received_today' THEN d.received_at >= today()
			WHEN 'finished_today' THEN d.finished_at >= today()
			WHEN 'to_hand_over' THEN d.status = 9
			WHEN 'late' THEN is_late(d.status, d.due_at, now())
			ELSE d.status IN (1, 2, 4, 5, 6) AND (list.kind = 'in_hand' OR (d.due_at >= today() AND d.due_at < today() + interval '1 day')) END
	ORDER BY d.due_at, d.received_at LIMIT greatest(1, least(most, 1000));
END $$;

RESET ROLE;
SELECT motcua.open_doors();
