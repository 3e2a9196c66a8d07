-- SPDX-License-Identifier: Apache-2.0
-- Limits that run while nobody looks: an online filing that the desk has not examined within its working hours (NQ 66.7/2025/NQ-CP), a
-- citizen who has not brought what was asked for by the last day (NĐ 61/2018, Mẫu 02; liên thông: NĐ 301/2026, 07 working days) and whose
-- dossier is now to be stopped or not taken.  On the board with what is behind them, in a list, and as tasks.

SET LOCAL search_path = motcua, pg_temp;

-- Kinds more, whatever kinds there are by now.
DO $$
DECLARE
	kinds text := (SELECT pg_get_constraintdef(c.oid) FROM pg_constraint c WHERE c.conrelid = 'motcua.problem'::regclass
		AND c.conname = 'problem_kind_check');
BEGIN
	ALTER TABLE motcua.problem DROP CONSTRAINT problem_kind_check;
	EXECUTE format('ALTER TABLE motcua.problem ADD CONSTRAINT problem_kind_check CHECK (%s OR kind IN (''late_filing'', ''late_supplement'', ''late_linked''))',
		regexp_replace(kinds, '^CHECK ', ''));
END $$;

SET ROLE motcua_owner;

CREATE INDEX dossier_waiting ON motcua.dossier (unit_id, dossier_id) WHERE status = 5;
CREATE INDEX linked_part_asked ON motcua.linked_part (unit_id, until_at) WHERE state = 'asked';
CREATE INDEX problem_overdue ON motcua.problem (unit_id, kind, key) WHERE kind IN ('late_filing', 'late_supplement', 'late_linked');

-- Filings that wait for the desk (0432), and whether their hours are over.  No SET here and below: planned within its caller.
CREATE FUNCTION motcua.filings_waiting(unit bigint) RETURNS TABLE (filing_id bigint, system text, code text, deadline timestamptz, late boolean)
LANGUAGE sql STABLE AS $$
	SELECT f.filing_id, f.system, f.foreign_code, f.deadline, coalesce(f.deadline < now(), false) FROM motcua.filing f
	WHERE f.unit_id = unit AND f.version > 0 AND f.status IN (1, 5) AND (f.status = 1 OR f.brought_at IS NOT NULL)
$$;

-- Dossiers whose citizen was given a last day by this desk, when that day is over: until, its end.  part, member: of a linked procedure of
-- another agency (0445), whose request the dossier here carries; 0 and '' the dossier itself.
CREATE FUNCTION motcua.supplements_over(unit bigint) RETURNS TABLE (dossier_id bigint, until timestamptz, part int, member text)
LANGUAGE sql STABLE AS $$
	SELECT d.dossier_id, (a.until + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', 0, ''
	FROM motcua.dossier d CROSS JOIN LATERAL (SELECT x.until FROM motcua.supplement_asked x WHERE x.unit_id = d.unit_id
		AND x.dossier_id = d.dossier_id AND x.at >= d.status_at AND NOT x.undone ORDER BY x.seq DESC LIMIT 1) a
	WHERE d.unit_id = unit AND d.status = 5 AND a.until < (SELECT motcua.local(now())::date)
	UNION ALL
	SELECT o.dossier_id, p.until_at, p.seq, p.member
	FROM motcua.linked_part p CROSS JOIN LATERAL (SELECT x.dossier_id FROM motcua.linked_part x WHERE x.unit_id = p.unit_id
		AND x.linked_id = p.linked_id AND x.dossier_id IS NOT NULL ORDER BY x.seq LIMIT 1) o
	WHERE p.unit_id = unit AND p.state = 'asked' AND p.until_at < now()
$$;

-- Which of them it is, in a list of the clerk's; the longest over first.
CREATE FUNCTION desk.supplements_over(most int) RETURNS TABLE (dossier_id bigint, code text, owner_name text, procedure_name text, status int,
	version int, until timestamptz, member text, asked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT d.dossier_id, d.code, d.owner_name, d.procedure_name, d.status::int, d.version, s.until, s.member, d.status_at
	FROM me() m CROSS JOIN LATERAL supplements_over(m.unit_id) s JOIN dossier d ON d.unit_id = m.unit_id AND d.dossier_id = s.dossier_id
	ORDER BY s.until, d.dossier_id, s.part LIMIT greatest(1, least(most, 1000))
$$;

-- ---- tasks ----

-- What should be a task now.  A filing is no dossier yet: 0, and its number begins the key.
CREATE FUNCTION motcua.overdue_work(unit bigint) RETURNS TABLE (dossier_id bigint, system text, kind text, key text, say text)
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT 0, f.system, 'late_filing', f.filing_id || ' ' || iso(f.deadline), format('Hồ sơ trực tuyến %s hết hạn kiểm tra từ %s: tiếp nhận, yêu cầu bổ sung hoặc từ chối.',
		f.code, say_moment(f.deadline)) FROM filings_waiting(unit) f WHERE f.late
	UNION ALL
	SELECT s.dossier_id, d.route_system, 'late_supplement', iso(s.until), format('Công dân chưa bổ sung, hạn cuối %s: dừng hay không tiếp nhận, hoặc ghi giấy tờ đã mang đến.',
		to_char(local(s.until - interval '1 second'), 'DD/MM/YYYY'))
	FROM supplements_over(unit) s JOIN dossier d ON d.unit_id = unit AND d.dossier_id = s.dossier_id WHERE s.part = 0
	UNION ALL
	SELECT s.dossier_id, d.route_system, 'late_linked', s.part || ' ' || iso(s.until), format('Liên thông, %s: công dân chưa bổ sung, hạn cuối %s. Dừng, hoặc ghi đã bổ sung.',
		s.member, say_moment(s.until))
	FROM supplements_over(unit) s JOIN dossier d ON d.unit_id = unit AND d.dossier_id = s.dossier_id WHERE s.part > 0
$$;

-- As mark_late (0531): a task once for each limit; it ends when that limit counts no more.
CREATE FUNCTION motcua.mark_overdue(unit bigint) RETURNS int
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	marked int;
	ended int;
BEGIN
	WITH work AS MATERIALIZED (SELECT w.* FROM overdue_work(unit) w), over AS (
		UPDATE problem p SET solved_at = now(), solved_by = '', solution = 'Không còn quá hạn.'
			WHERE p.unit_id = unit AND p.kind IN ('late_filing', 'late_supplement', 'late_linked') AND p.solved_at IS NULL
				AND NOT EXISTS (SELECT FROM work w WHERE w.dossier_id = p.dossier_id AND w.kind = p.kind AND w.key = p.key)
			RETURNING 1
	), fresh AS (
		INSERT INTO problem (unit_id, dossier_id, system, kind, key, text)
			SELECT unit, w.dossier_id, w.system, w.kind, w.key, w.say FROM work w WHERE NOT EXISTS (SELECT FROM problem p
				WHERE p.unit_id = unit AND p.kind IN ('late_filing', 'late_supplement', 'late_linked') AND p.kind = w.kind AND p.key = w.key
					AND p.dossier_id = w.dossier_id)
			ON CONFLICT DO NOTHING RETURNING 1
	)
	SELECT (SELECT count(*) FROM over), (SELECT count(*) FROM fresh) INTO ended, marked;
	IF marked + ended > 0 THEN
		PERFORM pg_notify('motcua_unit_' || unit, 'travel 0');
	END IF;
	RETURN marked;
END $$;

-- As in 0330, with the filings: their tasks have no dossier, the code is the one they were filed under.
CREATE OR REPLACE FUNCTION desk.tasks(most int) RETURNS TABLE (problem_id bigint, dossier_id bigint, code text, system text,
	system_name text, at timestamptz, said text, kind text, key text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT x.problem_id, x.dossier_id, x.code, x.system, system_name(x.system), x.at, x.text, x.kind, x.key FROM (
		SELECT p.problem_id, p.dossier_id, d.code, p.system, p.at, p.text, p.kind, p.key
		FROM me() m JOIN problem p ON p.unit_id = m.unit_id JOIN dossier d ON d.unit_id = p.unit_id AND d.dossier_id = p.dossier_id
		WHERE p.solved_at IS NULL
		UNION ALL
		SELECT p.problem_id, 0, f.foreign_code, p.system, p.at, p.text, p.kind, p.key
		FROM me() m JOIN problem p ON p.unit_id = m.unit_id AND p.dossier_id = 0 AND p.kind = 'late_filing' AND p.solved_at IS NULL
			JOIN filing f ON f.unit_id = p.unit_id AND f.filing_id = CASE WHEN p.kind = 'late_filing' THEN split_part(p.key, ' ', 1)::bigint END
		UNION ALL
		SELECT -s.stranger_id, 0, coalesce(nullif(s.code, ''), s.foreign_code), s.system, s.at,
			format('%s báo tin “%s” về hồ sơ %s mà nơi đây không gửi cho họ (%s lần, gần nhất %s)', system_name(s.system), s.call,
				concat_ws(' / ', nullif(s.code, ''), nullif(s.foreign_code, '')), s.times, say_moment(s.last_at)), 'stranger', ''
		FROM me() m JOIN stranger s ON s.unit_id = m.unit_id WHERE s.solved_at IS NULL) x
	ORDER BY x.at, x.problem_id LIMIT greatest(1, least(most, 1000))
$$;

-- Dossiers with something to be done, and filings: each of these is one.
CREATE FUNCTION motcua.problems_open(unit bigint) RETURNS bigint
LANGUAGE sql STABLE AS $$
	SELECT count(DISTINCT coalesce(nullif(p.dossier_id, 0), -p.problem_id)) FROM motcua.problem p WHERE p.unit_id = unit AND p.solved_at IS NULL
$$;

-- As in 0018, with them.
CREATE OR REPLACE FUNCTION desk.day() RETURNS TABLE (mine_today int, waiting_to_send int, due_today int, late int,
	problems int, received_today int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT (SELECT count(*) FROM day_ids(m, 'mine_today', 99999))::int,
		(SELECT count(*) FROM day_ids(m, 'waiting_to_send', 99999))::int,
		(SELECT count(*) FROM day_ids(m, 'due_today', 99999))::int,
		(SELECT count(*) FROM day_ids(m, 'late', 99999))::int,
		problems_open(m.unit_id)::int,
		(SELECT count(*) FROM day_ids(m, 'received_today', 99999))::int
	FROM me() m
$$;

-- ---- the board ----

-- As in 0530; online filings are counted where they lie until they are received.
CREATE OR REPLACE FUNCTION motcua.board_lines(unit bigint) RETURNS SETOF motcua.board_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET jit = off AS $$
BEGIN
	RETURN QUERY
	WITH hand AS MATERIALIZED (SELECT * FROM in_hand(unit)),
	came AS MATERIALIZED (SELECT d.login, d.received_at FROM dossier d WHERE d.unit_id = unit AND d.received_at >= today()),
	filed AS MATERIALIZED (SELECT f.late FROM filings_waiting(unit) f),
	quiet AS MATERIALIZED (SELECT q.dossier_id, q.system FROM silent_streams(unit) q)
	SELECT 'figure', f.key, '', '', '', f.many::int, 0, 0, 0, now() FROM (
		SELECT 'received_today' AS key, count(*) AS many FROM came
		UNION ALL SELECT 'filings', count(*) FROM filed
		UNION ALL SELECT 'filings_late', count(*) FROM filed WHERE filed.late
		UNION ALL SELECT 'in_hand', count(*) FROM hand
		UNION ALL SELECT 'due_today', count(*) FROM hand WHERE due
		UNION ALL SELECT 'late', count(*) FROM hand WHERE hand.late
		UNION ALL SELECT 'finished_today', count(*) FROM dossier d WHERE d.unit_id = unit AND d.finished_at >= today()
		UNION ALL SELECT 'to_hand_over', count(*) FROM dossier d WHERE d.unit_id = unit AND d.status = 9
		UNION ALL SELECT 'waiting_to_send', count(DISTINCT s.dossier_id) FROM stream s
			WHERE s.unit_id = unit AND s.open AND NOT is_quiet(s.system)
		UNION ALL SELECT 'silent', count(DISTINCT q.dossier_id) FROM quiet q
		UNION ALL SELECT 'problems', problems_open(unit)
		UNION ALL SELECT 'supplements_over', count(DISTINCT s.dossier_id) FROM supplements_over(unit) s
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
	LEFT JOIN (SELECT login, count(*)::int AS many, count(*) FILTER (WHERE due)::int AS due, count(*) FILTER (WHERE hand.late)::int AS late
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

-- As in 0530; what is filed online is in a list of its own (desk.filings).
CREATE OR REPLACE FUNCTION motcua.board_ids(unit bigint, kind text, key text, most int) RETURNS SETOF bigint
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
		WHEN 'supplements_over' THEN RETURN QUERY SELECT DISTINCT s.dossier_id FROM supplements_over(unit) s LIMIT most;
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

RESET ROLE;
GRANT SELECT ON motcua.supplement_asked, motcua.linked_part TO motcua_wire;
CREATE POLICY wire ON motcua.supplement_asked FOR SELECT TO motcua_wire USING ((SELECT motcua.is_courier()));
CREATE POLICY wire ON motcua.linked_part FOR SELECT TO motcua_wire USING ((SELECT motcua.is_courier()));
GRANT EXECUTE ON FUNCTION motcua.filings_waiting, motcua.supplements_over, motcua.overdue_work, motcua.mark_overdue TO motcua_wire;
SET ROLE motcua_wire;

-- As in 0710, and limits that are over.
CREATE OR REPLACE FUNCTION wire.watch() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
BEGIN
	PERFORM mark_silence(u.unit_id), mark_late(u.unit_id), mark_late_transfer(u.unit_id), mark_overdue(u.unit_id) FROM unit u;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
