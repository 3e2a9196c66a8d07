-- SPDX-License-Identifier: Apache-2.0
-- The board knows the hands: what lies with a room or an officer of the unit is theirs, and the load of an
-- officer is what lies in their hands, not what they once received.  Lateness comes to the supervisor by itself.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0530; "room": a room or an officer of the unit works on it (whose: the login, else where it lies).
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

-- login: in whose hands it lies; of a dossier that no hand was written for, who received it.  who and whose as waits_for
-- has them, written out: thousands of calls took longer than all the rest of the board.
CREATE OR REPLACE FUNCTION motcua.in_hand(unit bigint) RETURNS TABLE (dossier_id bigint, status smallint, login text,
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

CREATE OR REPLACE FUNCTION motcua.board_row_of(d motcua.dossier) RETURNS motcua.board_row
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

-- ---- lateness comes by itself ----

RESET ROLE;
-- A kind more, whatever kinds there are by now.
DO $$
DECLARE
	kinds text := (SELECT pg_get_constraintdef(c.oid) FROM pg_constraint c WHERE c.conrelid = 'motcua.problem'::regclass
		AND c.conname = 'problem_kind_check');
BEGIN
	ALTER TABLE motcua.problem DROP CONSTRAINT problem_kind_check;
	EXECUTE format('ALTER TABLE motcua.problem ADD CONSTRAINT problem_kind_check CHECK (%s OR kind = ''late'')',
		regexp_replace(kinds, '^CHECK ', ''));
END $$;
SET ROLE motcua_owner;

-- A task for each dossier that became late, once for each due date; it ends with the dossier, or when the due date moved.
-- What waits for the citizen is not ours to hurry.
CREATE FUNCTION motcua.mark_late(unit bigint) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	marked int;
	ended int;
BEGIN
	UPDATE problem p SET solved_at = now(), solved_by = '', solution = 'Hồ sơ không còn quá hạn.'
		FROM dossier d WHERE p.unit_id = unit AND p.kind = 'late' AND p.solved_at IS NULL AND d.unit_id = p.unit_id
			AND d.dossier_id = p.dossier_id AND (d.status NOT IN (1, 2, 4) OR d.due_at IS NULL OR d.due_at > now()
				OR p.key <> iso(d.due_at));
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
		-- The index knows these statuses together.
		WHERE d.unit_id = unit AND d.status IN (1, 2, 4, 5, 6) AND d.status NOT IN (5, 6) AND d.due_at < now()
			AND NOT EXISTS (SELECT FROM problem p WHERE p.unit_id = unit AND p.dossier_id = d.dossier_id AND p.kind = 'late'
				AND p.key = iso(d.due_at))
		ON CONFLICT DO NOTHING;
	GET DIAGNOSTICS marked = ROW_COUNT;
	IF marked + ended > 0 THEN
		PERFORM pg_notify('motcua_unit_' || unit, 'travel 0');
	END IF;
	RETURN marked;
END $$;
CREATE INDEX problem_late ON motcua.problem (unit_id, dossier_id, key) WHERE kind = 'late';

RESET ROLE;
GRANT SELECT (full_name) ON motcua.clerk TO motcua_wire;
GRANT EXECUTE ON FUNCTION motcua.mark_late TO motcua_wire;
GRANT EXECUTE ON FUNCTION motcua.waits_for(smallint, text, motcua.stream, motcua.dossier_holder), motcua.waits_name, motcua.name_of,
	motcua.name_of_system, motcua.is_quiet, motcua.say_moment TO motcua_wire;
SET ROLE motcua_wire;

-- As in 0180, and what became late.
CREATE OR REPLACE FUNCTION wire.watch() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
BEGIN
	PERFORM mark_silence(u.unit_id), mark_late(u.unit_id) FROM unit u;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
