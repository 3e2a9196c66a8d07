-- SPDX-License-Identifier: Apache-2.0
-- What may happen to a dossier after reception: the life-cycle's acts, due dates, problems.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- The acts open to me for a dossier as it stands.
CREATE FUNCTION desk.may(wanted bigint) RETURNS TABLE (to_status int, act text, form text, supervisor boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT t.to_status::int, t.act, t.form, t.who = 'supervisor'
	FROM me() m, dossier_mine(wanted) d JOIN transition t ON t.from_status = d.status
	WHERE t.who = 'clerk' OR m.is_supervisor ORDER BY t.to_status
$$;

-- The dossier locked, when it still is the version the screen shows; MC006 otherwise.
CREATE FUNCTION motcua.dossier_lock(wanted bigint, seen int) RETURNS motcua.dossier
LANGUAGE plpgsql AS $$
DECLARE
	d dossier := dossier_mine(wanted);
BEGIN
	SELECT * INTO d FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id FOR UPDATE;
	IF d.version IS DISTINCT FROM seen THEN
		PERFORM refuse('MC006', 'Hồ sơ vừa được người khác cập nhật: hãy tải lại.',
			format('dossier %s has version %s, not %s', wanted, d.version, seen));
	END IF;
	RETURN d;
END $$;

-- Carries out an act of the life-cycle and tells every system of the dossier; returns the version.
CREATE FUNCTION desk.act(wanted bigint, seen_version int, act text, reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_lock(wanted, seen_version);
	t transition;
	moment timestamptz := date_trunc('second', clock_timestamp());
	sys text;
BEGIN
	SELECT * INTO t FROM transition x WHERE x.from_status = d.status AND x.act = act.act
		ORDER BY x.to_status DESC LIMIT 1;
	IF t.act IS NULL OR t.from_status = 0 THEN
		PERFORM refuse('MC005', 'Trạng thái hiện tại không cho phép việc này.',
			format('no act %s from status %s', act.act, d.status), 'act');
	END IF;
	IF t.who = 'supervisor' THEN
		PERFORM my_supervisor();
	END IF;
	PERFORM check_that(t.act IN ('process', 'pay', 'return', 'finish', 'supplement') OR btrim(coalesce(reason, '')) <> '',
		'reason', 'Việc này cần ghi lý do.');
	UPDATE dossier x SET status = t.to_status, status_at = moment, version = x.version + 1,
		finished_at = CASE WHEN t.to_status IN (3, 8, 9, 10) THEN coalesce(x.finished_at, moment) END
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, form, note)
		VALUES (d.unit_id, d.dossier_id, moment, t.act, d.status, t.to_status, mine.login, mine.full_name, t.form,
			coalesce(reason, ''));
	FOR sys IN SELECT s.system FROM stream s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id LOOP
		PERFORM enqueue(d.unit_id, d.dossier_id, sys, 'progress', progress_payload(d.code, mine.full_name, mine.title, '',
			moment, coalesce(nullif(reason, ''), t.act), t.to_status, moment, d.due_at));
	END LOOP;
	PERFORM audit('act', d.dossier_id, jsonb_build_object('act', t.act, 'from', d.status, 'to', t.to_status));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN d.version + 1;
END $$;

-- A new due date is a new row: cause, author, old and new.  A second extension, and a correction,
-- are a supervisor's (re-appointment at most once).
CREATE FUNCTION desk.change_due(wanted bigint, seen_version int, cause text, new_due timestamptz, line text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_lock(wanted, seen_version);
BEGIN
	PERFORM check_that(cause IN ('supplement', 'extension', 'incident', 'payment', 'elsewhere', 'correction'), 'cause',
		'Chưa rõ vì sao đổi ngày hẹn trả.');
	PERFORM check_that(btrim(coalesce(line, '')) <> '', 'line', 'Ghi lý do đổi ngày hẹn trả.');
	PERFORM check_that(d.status NOT IN (3, 8, 9, 10), 'due_at', 'Hồ sơ đã kết thúc.');
	PERFORM check_that(new_due IS NULL OR new_due > d.received_at, 'due_at', 'Ngày hẹn trả trước ngày nhận.');
	PERFORM check_that(new_due IS NULL OR new_due < now() + interval '50 years', 'due_at', 'Ngày hẹn trả quá xa.');
	IF cause = 'correction' OR (cause = 'extension' AND EXISTS (SELECT FROM dossier_due x WHERE x.unit_id = d.unit_id
		AND x.dossier_id = d.dossier_id AND x.cause = 'extension')) THEN
		PERFORM my_supervisor();
	END IF;
	INSERT INTO dossier_due SELECT d.unit_id, d.dossier_id, max(x.seq) + 1, clock_timestamp(), change_due.cause, mine.login,
		d.due_at, change_due.new_due, btrim(change_due.line) FROM dossier_due x
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	UPDATE dossier x SET due_at = change_due.new_due, version = x.version + 1
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	PERFORM audit('change_due', d.dossier_id, jsonb_build_object('cause', cause, 'old', d.due_at, 'new', new_due));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN d.version + 1;
END $$;

CREATE FUNCTION desk.problems(most int) RETURNS TABLE (problem_id bigint, dossier_id bigint, code text, system text,
	system_name text, at timestamptz, said text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT p.problem_id, p.dossier_id, d.code, p.system,
		coalesce((SELECT x.name FROM systems x WHERE x.code = p.system AND x.ended IS NULL), p.system), p.at, p.text
	FROM me() m JOIN problem p ON p.unit_id = m.unit_id JOIN dossier d ON d.unit_id = p.unit_id AND d.dossier_id = p.dossier_id
	WHERE p.solved_at IS NULL ORDER BY p.at LIMIT greatest(1, least(most, 1000))
$$;

-- The officer has dealt with the refusal: the stream goes on with the same message, asking first.
CREATE FUNCTION desk.send_again(wanted bigint, to_system text, solution text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
BEGIN
	UPDATE stream s SET refused = false, travel = CASE WHEN s.created_there THEN 'sent' ELSE 'saved' END, attempts = 0,
		next_at = now(), ask_first = true, changed_at = clock_timestamp()
		WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = to_system AND s.travel = 'disagreed';
	IF NOT FOUND THEN
		PERFORM refuse('MC008', 'Không có gì phải gửi lại.', format('stream %s of %s did not disagree', to_system, wanted));
	END IF;
	UPDATE problem p SET solved_at = now(), solved_by = mine.login, solution = left(coalesce(send_again.solution, ''), 1000)
		WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id AND p.system = to_system AND p.solved_at IS NULL;
	PERFORM audit('send_again', d.dossier_id, jsonb_build_object('system', to_system));
	PERFORM pg_notify('motcua_outbox', to_system);
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'travel ' || d.dossier_id);
END $$;

RESET ROLE;
