-- SPDX-License-Identifier: Apache-2.0
-- A system that takes a dossier up again by itself ends a wait as the desk does (0210): the working time that
-- passed meanwhile is no part of the time limit, the due date moves by it, and the others hear the new one.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- The working hours of a unit on a day, as core/dossier/calendar.c has them.
CREATE FUNCTION motcua.shifts_on(unit text, day date) RETURNS TABLE (opens timestamptz, closes timestamptz)
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	kept int := weekday_of(day);
BEGIN
	IF EXISTS (SELECT FROM shifts s WHERE s.unit_code = unit AND s.ended IS NULL) THEN
		RETURN QUERY SELECT (day + s.opens) AT TIME ZONE 'Asia/Ho_Chi_Minh', (day + s.closes) AT TIME ZONE 'Asia/Ho_Chi_Minh'
			FROM shifts s WHERE s.unit_code = unit AND s.ended IS NULL AND s.working AND s.weekday = kept
				AND (s.valid_from IS NULL OR s.valid_from <= day) AND (s.valid_to IS NULL OR s.valid_to > day) ORDER BY s.opens;
	ELSIF kept BETWEEN 1 AND 5 THEN
		RETURN QUERY SELECT (day + v.o) AT TIME ZONE 'Asia/Ho_Chi_Minh', (day + v.c) AT TIME ZONE 'Asia/Ho_Chi_Minh'
			FROM (VALUES (time '07:00', time '11:30'), (time '13:30', time '17:00')) v(o, c);
	END IF;
END $$;

-- Working time between two moments, in whole minutes of both as deadline_pause counts it.
CREATE FUNCTION motcua.working_between(unit text, since timestamptz, until timestamptz) RETURNS interval
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce(sum(least(s.closes, date_trunc('minute', until)) - greatest(s.opens, date_trunc('minute', since))), interval '0')
	FROM generate_series(local(since)::date, least(local(until)::date, local(since)::date + 3650), interval '1 day') d(day)
		CROSS JOIN LATERAL shifts_on(unit, d.day::date) s
	WHERE s.opens < date_trunc('minute', until) AND s.closes > date_trunc('minute', since)
$$;

-- A moment and so much working time after it; NULL: the calendar has not so much.
CREATE FUNCTION motcua.working_add(unit text, start timestamptz, more interval) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	s record;
	left_over interval := more;
	first date := local(start)::date;
BEGIN
	FOR day_nth IN 0..3650 LOOP
		FOR s IN SELECT greatest(x.opens, start) AS opens, x.closes FROM shifts_on(unit, first + day_nth) x WHERE x.closes > start LOOP
			IF s.opens + left_over <= s.closes THEN
				RETURN s.opens + left_over;
			END IF;
			left_over := left_over - (s.closes - s.opens);
		END LOOP;
	END LOOP;
	RETURN NULL;
END $$;

RESET ROLE;
GRANT CREATE ON SCHEMA motcua TO motcua_wire;
GRANT EXECUTE ON FUNCTION motcua.shifts_on, motcua.working_between, motcua.working_add, motcua.dossier_sent TO motcua_wire;
SET ROLE motcua_wire;

CREATE FUNCTION motcua.wait_ended_there() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	d dossier;
	u unit;
	s stream;
	since timestamptz := (SELECT e.at FROM dossier_event e WHERE e.unit_id = NEW.unit_id AND e.dossier_id = NEW.dossier_id
		AND e.to_status = NEW.from_status AND e.from_status NOT IN (0, e.to_status) AND e.at <= NEW.at ORDER BY e.at DESC LIMIT 1);
	lost interval;
	fresh timestamptz;
BEGIN
	SELECT * INTO d FROM dossier x WHERE x.unit_id = NEW.unit_id AND x.dossier_id = NEW.dossier_id;
	SELECT * INTO u FROM unit x WHERE x.unit_id = NEW.unit_id;
	lost := working_between(u.code, since, NEW.at);
	IF since IS NULL OR d.due_at IS NULL OR lost <= interval '0' THEN
		RETURN NULL;
	END IF;
	fresh := working_add(u.code, d.due_at, lost);
	IF fresh IS NULL THEN
		RETURN NULL;
	END IF;
	INSERT INTO dossier_due (unit_id, dossier_id, seq, at, cause, login, old_due, new_due, line)
		SELECT d.unit_id, d.dossier_id, max(x.seq) + 1, clock_timestamp(), CASE NEW.from_status WHEN 5 THEN 'supplement' ELSE 'payment' END,
			d.route_system, d.due_at, fresh, format(E'%s tiếp tục giải quyết.\nChờ từ %s đến %s: %s giờ %s phút làm việc không tính vào thời hạn.\n'
				'Ngày hẹn trả lùi từ %s sang %s.', NEW.by_name, say_moment(since), say_moment(NEW.at), extract(epoch FROM lost)::int / 3600,
				extract(epoch FROM lost)::int % 3600 / 60, say_moment(d.due_at), say_moment(fresh))
		FROM dossier_due x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	UPDATE dossier x SET due_at = fresh WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	FOR s IN SELECT * FROM stream x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system <> d.route_system
			ORDER BY x.system FOR UPDATE LOOP
		IF dossier_sent(s) IS NOT NULL THEN
			PERFORM enqueue(d.unit_id, d.dossier_id, s.system, 'dossier', dossier_sent(s) || jsonb_build_object('due_at', iso(fresh),
				'status', d.status));
			UPDATE stream x SET correction = jsonb_set(x.correction, '{body,due_at}', to_jsonb(iso(fresh))) WHERE x.unit_id = d.unit_id
				AND x.dossier_id = d.dossier_id AND x.system = s.system AND x.correction IS NOT NULL;
		END IF;
	END LOOP;
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN NULL;
END $$;

-- As in 0016; what is told on has the due date of now.
CREATE OR REPLACE FUNCTION wire.move(d motcua.dossier, next_status int, moment timestamptz, from_system text, say text)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	t transition;
	name text := coalesce((SELECT s.name FROM systems s WHERE s.code = from_system AND s.ended IS NULL), from_system);
	sys text;
BEGIN
	SELECT * INTO t FROM transition x
		WHERE x.from_status = d.status AND x.to_status = next_status AND x.by_peer ORDER BY x.act LIMIT 1;
	IF t.act IS NULL THEN
		RETURN false;
	END IF;
	UPDATE dossier x SET status = next_status, status_at = moment, version = x.version + 1,
		finished_at = CASE WHEN next_status IN (3, 8, 9) THEN coalesce(x.finished_at, moment)
			WHEN next_status = 10 THEN coalesce(x.finished_at, moment) ELSE NULL END
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_name, form, note)
		VALUES (d.unit_id, d.dossier_id, moment, t.act, d.status, next_status, name, t.form, coalesce(say, ''));
	SELECT x.due_at INTO d.due_at FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	FOR sys IN SELECT s.system FROM stream s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id
		AND s.system <> from_system LOOP
		PERFORM enqueue(d.unit_id, d.dossier_id, sys, 'progress',
			progress_payload(d.code, name, '', '', moment, coalesce(say, ''), next_status, moment, d.due_at));
	END LOOP;
	RETURN true;
END $$;

RESET ROLE;
REVOKE CREATE ON SCHEMA motcua FROM motcua_wire;
CREATE TRIGGER wait_ended_there AFTER INSERT ON motcua.dossier_event FOR EACH ROW
	WHEN (NEW.by_login = '' AND NEW.act <> 'told_late' AND NEW.from_status IN (5, 6) AND NEW.to_status IN (2, 4, 9))
	EXECUTE FUNCTION motcua.wait_ended_there();
SELECT motcua.open_doors();
