-- SPDX-License-Identifier: Apache-2.0
-- When the system that works on a dossier is down or refuses it, the province's system takes over:
-- a clerk asks with a reason, a supervisor decides.  The old stream is held, never deleted; both
-- references stay; the clock goes on unchanged.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.fallback (
	unit_id     bigint NOT NULL,
	fallback_id bigint GENERATED ALWAYS AS IDENTITY,
	dossier_id  bigint NOT NULL,
	from_system text NOT NULL,
	cause       text NOT NULL,               -- what was wrong with it when it was asked
	reason      text NOT NULL,
	asked_by    text NOT NULL,
	asked_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
	state       text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'done', 'declined')),
	decided_by  text NOT NULL DEFAULT '',
	decided_at  timestamptz,
	note        text NOT NULL DEFAULT '',
	released_by text NOT NULL DEFAULT '',
	released_at timestamptz,
	PRIMARY KEY (unit_id, fallback_id),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE UNIQUE INDEX fallback_asked ON motcua.fallback (unit_id, dossier_id) WHERE state = 'asked';
CREATE INDEX fallback_dossier ON motcua.fallback (unit_id, dossier_id);

-- What is wrong with the system that works on it; refuses when nothing is.
CREATE FUNCTION motcua.fall_back_cause(d motcua.dossier) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
	name text := coalesce((SELECT x.name FROM systems x WHERE x.code = d.route_system AND x.ended IS NULL), d.route_system);
	h system_state;
	s stream;
BEGIN
	PERFORM check_that(d.route_system <> 'tinh', 'dossier', 'Hồ sơ đang làm trên hệ thống của tỉnh rồi.');
	PERFORM check_that(d.status IN (1, 2, 4, 5, 6), 'dossier', 'Hồ sơ đã kết thúc.');
	PERFORM check_that(EXISTS (SELECT FROM systems x WHERE x.code = 'tinh' AND x.ended IS NULL), 'system',
		'Danh mục không có hệ thống của tỉnh.');
	SELECT * INTO h FROM system_state x WHERE x.system = d.route_system;
	SELECT * INTO s FROM stream x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = d.route_system;
	IF s.refused OR s.travel = 'disagreed' THEN
		RETURN left(name || ' từ chối: ' || s.note, 500);
	ELSIF h.state IN ('down', 'suspended') THEN
		RETURN left(format('%s ngừng từ %s%s', name, to_char(local(h.changed_at), 'HH24:MI DD/MM/YYYY'),
			CASE WHEN h.note <> '' THEN ': ' || h.note ELSE '' END), 500);
	ELSIF EXISTS (SELECT FROM systems x WHERE x.code = d.route_system AND x.ended IS NULL AND x.family = 'manual') THEN
		RETURN name || ' không có giao diện để biết còn hoạt động hay không';
	END IF;
	PERFORM refuse('MC005', format('%s đang hoạt động và không từ chối hồ sơ này: chưa có lý do để chuyển về tỉnh.', name),
		format('system %s is %s', d.route_system, coalesce(h.state, 'unknown')), 'system');
END $$;

-- Carries it out: what the old system was or would have been told goes to the province's as it is.
CREATE FUNCTION motcua.fall_back_do(d motcua.dossier, f motcua.fallback, mine motcua.clerk) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	moment timestamptz := date_trunc('second', clock_timestamp());
	still_told text[] := array_remove(d.route_told, 'tinh');
	tinh_name text := (SELECT x.name FROM systems x WHERE x.code = 'tinh' AND x.ended IS NULL);
	count_of int;
BEGIN
	IF NOT EXISTS (SELECT FROM stream s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = 'tinh') THEN
		INSERT INTO message (unit_id, dossier_id, system, seq, kind, payload)
			SELECT m.unit_id, m.dossier_id, 'tinh', row_number() OVER (ORDER BY m.seq), m.kind, m.payload FROM message m
			WHERE m.unit_id = d.unit_id AND m.dossier_id = d.dossier_id AND m.system = d.route_system ORDER BY m.seq;
		GET DIAGNOSTICS count_of = ROW_COUNT;
		INSERT INTO stream (unit_id, dossier_id, system, tail) VALUES (d.unit_id, d.dossier_id, 'tinh', count_of);
		PERFORM pg_notify('motcua_outbox', 'tinh');
	END IF;
	UPDATE stream s SET held = true, changed_at = clock_timestamp(),
		note = left('Giữ lại: hồ sơ nay làm trên ' || tinh_name || CASE WHEN s.note <> '' THEN '. ' || s.note ELSE '' END, 1000)
		WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = d.route_system;
	UPDATE problem p SET solved_at = now(), solved_by = mine.login, solution = left('Chuyển về tỉnh: ' || f.reason, 1000)
		WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id AND p.system = d.route_system AND p.solved_at IS NULL;
	UPDATE dossier x SET route_system = 'tinh', route_told = still_told, version = x.version + 1
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	INSERT INTO dossier_route SELECT d.unit_id, d.dossier_id, coalesce(max(h.seq), 0) + 1, moment, 'fallback', 'tinh', still_told, NULL,
		left(f.cause || '. ' || f.reason, 1000), mine.login
		FROM dossier_route h WHERE h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, moment, 'fall_back', d.status, d.status, mine.login, mine.full_name,
			left(format('Chuyển sang làm trên %s, ngày hẹn không đổi. %s. %s', tinh_name, f.cause, f.reason), 1000));
	UPDATE fallback x SET state = 'done', decided_by = mine.login, decided_at = clock_timestamp()
		WHERE x.unit_id = f.unit_id AND x.fallback_id = f.fallback_id;
	PERFORM audit('fall_back', d.dossier_id, jsonb_build_object('from', d.route_system, 'asked_by', f.asked_by,
		'reason', f.reason, 'cause', f.cause));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN d.version + 1;
END $$;

-- A supervisor's own request is carried out at once (state done), a clerk's waits (asked).
CREATE FUNCTION desk.fall_back(wanted bigint, seen_version int, reason text)
RETURNS TABLE (fallback_id bigint, state text, version int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	d dossier := dossier_lock(wanted, seen_version);
	said text := fall_back_cause(d);
	f fallback;
BEGIN
	PERFORM check_that(btrim(coalesce(reason, '')) <> '' AND length(reason) <= 500, 'reason', 'Ghi lý do chuyển về hệ thống của tỉnh.');
	SELECT * INTO f FROM fallback x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.state = 'asked';
	IF f.fallback_id IS NULL THEN
		INSERT INTO fallback (unit_id, dossier_id, from_system, cause, reason, asked_by)
			VALUES (d.unit_id, d.dossier_id, d.route_system, said, btrim(fall_back.reason), mine.login) RETURNING * INTO f;
		PERFORM audit('fall_back_ask', d.dossier_id, jsonb_build_object('from', d.route_system, 'reason', f.reason));
		PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	ELSIF NOT mine.is_supervisor THEN
		PERFORM refuse('MC005', 'Đã có yêu cầu chuyển hồ sơ này về tỉnh, đang chờ người phụ trách.', 'already asked', 'dossier');
	END IF;
	RETURN QUERY SELECT f.fallback_id, CASE WHEN mine.is_supervisor THEN 'done' ELSE 'asked' END,
		CASE WHEN mine.is_supervisor THEN fall_back_do(d, f, mine) ELSE d.version END;
END $$;

-- A supervisor's word on a request: yes carries it out, no says why not.  Returns the version.
CREATE FUNCTION desk.fall_back_decide(wanted bigint, approve boolean, note text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
	f fallback;
	d dossier;
	said text;
BEGIN
	SELECT * INTO f FROM fallback x WHERE x.unit_id = mine.unit_id AND x.fallback_id = wanted FOR UPDATE;
	IF f.fallback_id IS NULL THEN
		PERFORM refuse('MC008', 'Không có yêu cầu này.', format('no fallback %s', wanted));
	END IF;
	PERFORM check_that(f.state = 'asked', 'fallback', 'Yêu cầu này đã được quyết định.');
	SELECT * INTO d FROM dossier x WHERE x.unit_id = f.unit_id AND x.dossier_id = f.dossier_id FOR UPDATE;
	IF approve THEN
		said := fall_back_cause(d);
		PERFORM check_that(d.route_system = f.from_system, 'fallback', 'Hồ sơ đã chuyển hệ thống từ khi có yêu cầu.');
		RETURN fall_back_do(d, f, mine);
	END IF;
	PERFORM check_that(btrim(coalesce(note, '')) <> '', 'note', 'Ghi vì sao không đồng ý.');
	UPDATE fallback x SET state = 'declined', decided_by = mine.login, decided_at = clock_timestamp(),
		note = left(btrim(fall_back_decide.note), 500) WHERE x.unit_id = f.unit_id AND x.fallback_id = f.fallback_id;
	PERFORM audit('fall_back_decline', f.dossier_id, jsonb_build_object('note', note));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN d.version;
END $$;

-- The system is there again: what was held travels after all; the province's goes on working it.
CREATE FUNCTION desk.fall_back_release(wanted bigint, seen_version int, to_system text, reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
	d dossier := dossier_lock(wanted, seen_version);
BEGIN
	PERFORM check_that(btrim(coalesce(reason, '')) <> '' AND length(reason) <= 500, 'reason', 'Ghi vì sao gửi lại hệ thống cũ.');
	UPDATE stream s SET held = false, refused = false, attempts = 0, next_at = now(), ask_first = s.ask_first OR s.refused,
		travel = CASE WHEN s.travel <> 'disagreed' THEN s.travel WHEN s.created_there THEN 'sent' ELSE 'saved' END,
		note = '', changed_at = clock_timestamp()
		WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = to_system AND s.held;
	IF NOT FOUND THEN
		PERFORM refuse('MC008', 'Không có gì đang giữ lại cho hệ thống này.', format('stream %s of %s is not held', to_system, wanted));
	END IF;
	UPDATE fallback f SET released_by = mine.login, released_at = clock_timestamp() WHERE f.unit_id = d.unit_id
		AND f.dossier_id = d.dossier_id AND f.from_system = to_system AND f.state = 'done' AND f.released_at IS NULL;
	UPDATE dossier x SET version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, date_trunc('second', clock_timestamp()), 'fall_back_release', d.status, d.status,
			mine.login, mine.full_name, left(format('Gửi tiếp cho %s. %s', coalesce((SELECT x.name FROM systems x
				WHERE x.code = to_system AND x.ended IS NULL), to_system), btrim(reason)), 1000));
	PERFORM audit('fall_back_release', d.dossier_id, jsonb_build_object('system', to_system, 'reason', reason));
	PERFORM pg_notify('motcua_outbox', to_system);
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN d.version + 1;
END $$;

-- Requests, those that wait first.
CREATE FUNCTION desk.fallbacks(most int) RETURNS TABLE (fallback_id bigint, dossier_id bigint, code text, owner_name text,
	from_system text, from_name text, cause text, reason text, state text, asked_by text, asked_at timestamptz,
	decided_by text, decided_at timestamptz, note text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT f.fallback_id, f.dossier_id, d.code, d.owner_name, f.from_system,
		coalesce((SELECT x.name FROM systems x WHERE x.code = f.from_system AND x.ended IS NULL), f.from_system), f.cause,
		f.reason, f.state, name_of(f.asked_by), f.asked_at, name_of(f.decided_by), f.decided_at, f.note
	FROM me() m JOIN fallback f ON f.unit_id = m.unit_id JOIN dossier d ON d.unit_id = f.unit_id AND d.dossier_id = f.dossier_id
	ORDER BY (f.state = 'asked') DESC, f.asked_at DESC LIMIT greatest(1, least(most, 1000))
$$;

-- Streams of a dossier that are held, and the request that waits for a supervisor.
CREATE FUNCTION desk.dossier_held(wanted bigint) RETURNS TABLE (fallback_id bigint, system text, system_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT NULL::bigint, s.system, coalesce((SELECT x.name FROM systems x WHERE x.code = s.system AND x.ended IS NULL), s.system)
		FROM dossier_mine(wanted) d JOIN stream s USING (unit_id, dossier_id) WHERE s.held
	UNION ALL SELECT f.fallback_id, f.from_system, name_of(f.asked_by)
		FROM dossier_mine(wanted) d JOIN fallback f USING (unit_id, dossier_id) WHERE f.state = 'asked'
$$;

RESET ROLE;
SELECT motcua.guard('{fallback}', '');
SELECT motcua.open_doors();
