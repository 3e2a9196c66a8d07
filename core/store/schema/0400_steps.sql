-- SPDX-License-Identifier: Apache-2.0
-- Inside a unit: the steps of its internal procedure (quy trình nội bộ) laid out at reception, and who holds a
-- dossier since when.  The log of hands is form 06 and nothing else.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- A unit's own flow of a procedure: limits in working days with halves, or in working hours (same-day procedures).
CREATE TABLE motcua.steps (LIKE motcua.catalogue_row INCLUDING ALL,
	procedure_code text NOT NULL CHECK (procedure_code <> ''), case_name text NOT NULL,
	seq int NOT NULL CHECK (seq BETWEEN 1 AND 99), name text NOT NULL CHECK (name <> ''),
	role text NOT NULL CHECK (role <> ''), held_by text NOT NULL CHECK (held_by IN ('desk', 'room', 'agency')),
	value numeric NOT NULL CHECK (value >= 0 AND value <= 250 AND value * 2 = trunc(value * 2)),
	unit text NOT NULL CHECK (unit IN ('working_day', 'working_hour')),
	basis text NOT NULL, note text NOT NULL, valid_from date, valid_to date);
INSERT INTO motcua.catalogue_kind VALUES ('steps', '{procedure_code,case_name,seq,valid_from}');
CREATE UNIQUE INDEX ON motcua.steps ((coalesce(unit_id, 0)), key) WHERE ended IS NULL;
CREATE INDEX steps_procedure ON motcua.steps (procedure_code) WHERE ended IS NULL;

-- The steps of one dossier as laid out at reception; a later catalogue changes nothing of them.
CREATE TABLE motcua.dossier_step (
	unit_id     bigint NOT NULL,
	dossier_id  bigint NOT NULL,
	seq         int NOT NULL,
	name        text NOT NULL,
	role        text NOT NULL,
	held_by     text NOT NULL CHECK (held_by IN ('desk', 'room', 'agency')),
	limit_value numeric NOT NULL,
	limit_unit  text NOT NULL,
	due_at      timestamptz,
	state       text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'current', 'done', 'skipped')),
	started_at  timestamptz,
	ended_at    timestamptz,
	sent_back   int NOT NULL DEFAULT 0,
	PRIMARY KEY (unit_id, dossier_id, seq),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE INDEX dossier_step_open ON motcua.dossier_step (unit_id, due_at) WHERE state = 'current';

-- Who holds a dossier: a row for each hand, closed when the next one takes it.  desk and room: people of the
-- unit (login known or not yet); agency: a ministry, a department, another commune; citizen: we wait for the
-- applicant; stopped: nobody's time.  The giver is the one before.
CREATE TABLE motcua.dossier_holder (
	unit_id     bigint NOT NULL,
	dossier_id  bigint NOT NULL,
	seq         int NOT NULL,
	at          timestamptz NOT NULL,
	until_at    timestamptz,                 -- NULL: now
	minutes     int,                         -- of working time until then
	kind        text NOT NULL CHECK (kind IN ('desk', 'room', 'agency', 'citizen', 'stopped', 'ended')),
	login       text NOT NULL DEFAULT '',    -- of the unit; '' unknown, or not ours
	name        text NOT NULL DEFAULT '',
	place       text NOT NULL,
	giver       text NOT NULL DEFAULT '',    -- who gave it
	giver_place text NOT NULL DEFAULT '',
	step        int NOT NULL DEFAULT 0,      -- dossier_step of the one who holds it; 0: none
	leg_due     timestamptz,                 -- when the leg that ended with this hand-over was due
	outcome     text NOT NULL DEFAULT '' CHECK (outcome IN ('', 'early', 'on_time', 'late')), -- of that leg
	act         text NOT NULL,
	note        text NOT NULL DEFAULT '',
	PRIMARY KEY (unit_id, dossier_id, seq),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier,
	CHECK (until_at >= at)
);
CREATE UNIQUE INDEX dossier_holder_now ON motcua.dossier_holder (unit_id, dossier_id) WHERE until_at IS NULL;
CREATE INDEX dossier_holder_login ON motcua.dossier_holder (unit_id, login) WHERE until_at IS NULL;
CREATE FUNCTION motcua.holder_only_closes() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'UPDATE' AND OLD.until_at IS NULL
			AND to_jsonb(OLD) - '{until_at,minutes}'::text[] = to_jsonb(NEW) - '{until_at,minutes}'::text[] THEN
		RETURN NEW;
	END IF;
	RAISE EXCEPTION USING ERRCODE = 'MC004', MESSAGE = 'Nhật ký giao nhận chỉ được ghi thêm, không được sửa hay xoá.',
		DETAIL = format('%s on dossier_holder', TG_OP);
END $$;
CREATE TRIGGER only_closes BEFORE UPDATE OR DELETE ON motcua.dossier_holder
	FOR EACH ROW EXECUTE FUNCTION motcua.holder_only_closes();

-- So many working days (halves: the end of a day's first shift) after a day, which does not count; as
-- core/dossier/deadline.c counts them.
CREATE FUNCTION motcua.working_days_after(unit text, start timestamptz, days numeric) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	s record;
	left_days numeric := days;
BEGIN
	IF days <= 0 THEN
		RETURN start;
	END IF;
	FOR day_nth IN 1..3650 LOOP
		SELECT min(x.closes) AS half, max(x.closes) AS whole INTO s FROM shifts_on(unit, local(start)::date + day_nth) x;
		CONTINUE WHEN s.whole IS NULL;
		IF left_days <= 1 THEN
			RETURN CASE WHEN left_days <= 0.5 THEN s.half ELSE s.whole END;
		END IF;
		left_days := left_days - 1;
	END LOOP;
	RETURN NULL;
END $$;

-- The steps a procedure has on a day: those of the case, else those of every case.
CREATE FUNCTION motcua.steps_of(procedure text, in_case text, on_day date) RETURNS SETOF motcua.steps
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	WITH valid AS (SELECT s.* FROM steps s WHERE s.procedure_code = procedure AND s.ended IS NULL AND s.unit_id IS NULL
		AND coalesce(s.valid_from, '-infinity') <= on_day AND coalesce(s.valid_to, 'infinity') > on_day)
	SELECT v.* FROM valid v WHERE v.case_name = CASE WHEN EXISTS (SELECT FROM valid x WHERE x.case_name = in_case) THEN in_case
		ELSE '' END ORDER BY v.seq
$$;

-- Lays the steps out; days add up from reception, so that 0,5 + 2 + 0,5 ends where 3 days do.
CREATE FUNCTION motcua.lay_steps(d motcua.dossier) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	here text := (SELECT u.code FROM unit u WHERE u.unit_id = d.unit_id);
	s steps;
	anchor timestamptz := d.received_at;
	due timestamptz := d.received_at;
	days numeric := 0;
BEGIN
	FOR s IN SELECT * FROM steps_of(d.procedure_code, d.case_name, local(d.received_at)::date) LOOP
		IF s.unit = 'working_hour' THEN
			due := working_add(here, due, s.value * interval '1 hour');
			anchor := due;
			days := 0;
		ELSE
			days := days + s.value;
			due := working_days_after(here, anchor, days);
		END IF;
		INSERT INTO dossier_step (unit_id, dossier_id, seq, name, role, held_by, limit_value, limit_unit, due_at)
			VALUES (d.unit_id, d.dossier_id, s.seq, s.name, s.role, s.held_by, s.value, s.unit, least(due, d.due_at));
	END LOOP;
	UPDATE dossier_step x SET state = 'current', started_at = d.received_at WHERE x.unit_id = d.unit_id
		AND x.dossier_id = d.dossier_id AND x.seq = (SELECT min(y.seq) FROM dossier_step y WHERE y.unit_id = d.unit_id
			AND y.dossier_id = d.dossier_id);
END $$;

CREATE FUNCTION motcua.office_of(d motcua.dossier) RETURNS text
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce(nullif(u.office, ''), 'Bộ phận Tiếp nhận và Trả kết quả') FROM unit u WHERE u.unit_id = d.unit_id
$$;

-- How the leg of the present holder ends at a moment, by days as punctuality is judged, a half day by its hour.
CREATE FUNCTION motcua.leg_outcome(due timestamptz, moment timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = motcua, pg_temp AS $$
	SELECT CASE WHEN due IS NULL THEN '' WHEN moment > due THEN 'late'
		WHEN local(moment)::date < local(due)::date THEN 'early' ELSE 'on_time' END
$$;

-- The next hand takes the dossier.  taker: kind, login, name, place, step of a dossier_holder.
CREATE FUNCTION motcua.hand_to(d motcua.dossier, taker motcua.dossier_holder, moment timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	last dossier_holder;
	here text := (SELECT u.code FROM unit u WHERE u.unit_id = d.unit_id);
	due timestamptz;
	fresh timestamptz;
BEGIN
	SELECT * INTO last FROM dossier_holder h WHERE h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id AND h.until_at IS NULL;
	fresh := greatest(moment, last.at);
	IF last.seq IS NOT NULL THEN
		due := (SELECT s.due_at FROM dossier_step s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.seq = last.step);
		due := CASE WHEN last.kind IN ('desk', 'room', 'agency') THEN coalesce(due, d.due_at) END;
		UPDATE dossier_holder h SET until_at = fresh, minutes = extract(epoch FROM working_between(here, h.at, fresh))::int / 60
			WHERE h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id AND h.seq = last.seq;
	END IF;
	INSERT INTO dossier_holder (unit_id, dossier_id, seq, at, kind, login, name, place, giver, giver_place, step, leg_due, outcome,
			act, note)
		VALUES (d.unit_id, d.dossier_id, coalesce(last.seq, 0) + 1, fresh, taker.kind, coalesce(taker.login, ''),
			coalesce(taker.name, ''), coalesce(taker.place, ''), CASE WHEN last.seq IS NULL OR last.kind = 'desk'
				THEN coalesce(nullif(taker.giver, ''), last.name, '') ELSE coalesce(nullif(last.name, ''),
				CASE last.kind WHEN 'room' THEN taker.giver END, '') END,
			coalesce(last.place, taker.giver_place, ''), coalesce(taker.step, 0), due,
			CASE WHEN last.seq IS NULL THEN '' ELSE leg_outcome(due, fresh) END, taker.act, left(coalesce(taker.note, ''), 500));
END $$;

-- Where work goes on: the current step, else whoever worked on it before the wait, else a room or the agency that decides.
CREATE FUNCTION motcua.worker_of(d motcua.dossier) RETURNS motcua.dossier_holder
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	s dossier_step;
	t dossier_holder;
	before dossier_holder;
	elsewhere text := (SELECT a.name FROM dossier_agency a WHERE a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id
		AND a.role = 'deciding');
BEGIN
	SELECT * INTO s FROM dossier_step x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.state = 'current';
	SELECT * INTO before FROM dossier_holder h WHERE h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id
		AND h.kind IN ('room', 'agency') ORDER BY h.seq DESC LIMIT 1;
	IF s.seq IS NOT NULL AND s.held_by <> 'desk' THEN
		t.kind := s.held_by;
		t.place := s.role;
		t.step := s.seq;
		IF before.step = s.seq THEN
			t.login := before.login;
			t.name := before.name;
		END IF;
	ELSIF before.seq IS NOT NULL THEN
		t.kind := before.kind;
		t.login := before.login;
		t.name := before.name;
		t.place := before.place;
		t.step := before.step;
	ELSE
		t.kind := CASE WHEN elsewhere IS NULL THEN 'room' ELSE 'agency' END;
		t.place := coalesce(elsewhere, 'Bộ phận chuyên môn giải quyết');
	END IF;
	RETURN t;
END $$;

-- The steps follow the life-cycle: handed on (4), everything done (9), nothing left to do (3, 8 stays, 10).
CREATE FUNCTION motcua.steps_follow(d motcua.dossier, e motcua.dossier_event) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	IF e.to_status = 4 AND e.from_status IN (1, 2) THEN
		-- What the desk does before it hands on is over.
		UPDATE dossier_step x SET state = 'done', ended_at = e.at, started_at = coalesce(x.started_at, d.received_at)
			WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.state IN ('waiting', 'current') AND x.held_by = 'desk'
				AND NOT EXISTS (SELECT FROM dossier_step y WHERE y.unit_id = x.unit_id AND y.dossier_id = x.dossier_id
					AND y.seq < x.seq AND y.held_by <> 'desk');
		UPDATE dossier_step x SET state = 'current', started_at = e.at WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id
			AND x.state = 'waiting' AND x.seq = (SELECT min(y.seq) FROM dossier_step y WHERE y.unit_id = d.unit_id
				AND y.dossier_id = d.dossier_id AND y.state IN ('waiting', 'current'));
	ELSIF e.to_status = 9 THEN
		UPDATE dossier_step x SET state = CASE x.state WHEN 'current' THEN 'done' ELSE 'skipped' END, ended_at = e.at
			WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.state IN ('waiting', 'current');
	ELSIF e.to_status = 3 OR (e.to_status = 8 AND e.from_status IN (5, 7)) THEN
		UPDATE dossier_step x SET state = 'skipped', ended_at = e.at WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id
			AND x.state IN ('waiting', 'current');
	ELSIF e.from_status = 9 AND e.to_status = 4 THEN
		-- Recalled: the last step of work is done once more.
		UPDATE dossier_step x SET state = 'current', ended_at = NULL, sent_back = x.sent_back + 1 WHERE x.unit_id = d.unit_id
			AND x.dossier_id = d.dossier_id AND x.seq = (SELECT max(y.seq) FROM dossier_step y WHERE y.unit_id = d.unit_id
				AND y.dossier_id = d.dossier_id AND y.held_by <> 'desk' AND y.state IN ('done', 'skipped'));
	END IF;
END $$;

-- Each change of status moves the dossier into the hands it means; a room that has signed for it holds it already when the
-- status follows.  Runs with the rights of who changed it, the desk's or a courier's.
CREATE FUNCTION motcua.hands_follow() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	d dossier;
	t dossier_holder;
	s dossier_step;
BEGIN
	SELECT * INTO d FROM dossier x WHERE x.unit_id = NEW.unit_id AND x.dossier_id = NEW.dossier_id;
	IF NEW.to_status = 2 AND NEW.from_status IN (0, 1) THEN
		PERFORM lay_steps(d);
	END IF;
	PERFORM steps_follow(d, NEW);
	IF NEW.to_status = 4 AND NEW.from_status IN (1, 2) AND EXISTS (SELECT FROM dossier_holder h WHERE h.unit_id = d.unit_id
			AND h.dossier_id = d.dossier_id AND h.until_at IS NULL AND h.kind IN ('room', 'agency')) THEN
		RETURN NULL;
	END IF;
	IF NEW.to_status = 4 THEN
		t := worker_of(d);
		IF NEW.by_login = '' AND NEW.act IN ('process', 'resume') AND t.step IS NULL AND t.login IS NULL THEN
			t.kind := 'agency'; -- they say themselves that they work on it
			t.place := NEW.by_name;
		END IF;
	ELSIF NEW.to_status IN (5, 6, 7) THEN
		t.kind := 'citizen';
		t.name := d.owner_name;
		t.place := 'Công dân';
	ELSE
		t.kind := CASE NEW.to_status WHEN 8 THEN 'stopped' WHEN 3 THEN 'ended' WHEN 10 THEN 'ended' ELSE 'desk' END;
		t.place := CASE NEW.to_status WHEN 8 THEN 'Dừng giải quyết' WHEN 3 THEN 'Kết thúc' WHEN 10 THEN 'Công dân' ELSE office_of(d) END;
		t.login := CASE WHEN t.kind = 'desk' THEN NEW.by_login ELSE '' END;
		t.name := CASE WHEN NEW.to_status = 10 THEN d.owner_name WHEN t.kind = 'desk' AND NEW.by_login <> '' THEN NEW.by_name ELSE '' END;
		SELECT * INTO s FROM dossier_step x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.state = 'current';
		t.step := CASE WHEN t.kind = 'desk' AND s.held_by = 'desk' THEN s.seq END;
	END IF;
	t.act := NEW.act;
	t.note := NEW.note;
	t.giver_place := CASE WHEN NEW.from_status = 0 THEN 'Công dân' ELSE office_of(d) END;
	t.giver := CASE WHEN NEW.from_status = 0 THEN d.owner_name WHEN NEW.by_login <> '' THEN NEW.by_name ELSE '' END;
	PERFORM hand_to(d, t, NEW.at);
	RETURN NULL;
END $$;
CREATE TRIGGER hands_follow AFTER INSERT ON motcua.dossier_event FOR EACH ROW
	WHEN (NEW.to_status > 0 AND NEW.from_status <> NEW.to_status AND NEW.act NOT IN ('told_late', 'undo'))
	EXECUTE FUNCTION motcua.hands_follow();

-- Another agency decides: our internal procedure is not theirs.
CREATE FUNCTION motcua.steps_of_others() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	DELETE FROM dossier_step s WHERE s.unit_id = NEW.unit_id AND s.dossier_id = NEW.dossier_id;
	RETURN NULL;
END $$;
CREATE TRIGGER steps_of_others AFTER INSERT ON motcua.dossier_agency FOR EACH ROW WHEN (NEW.role = 'deciding')
	EXECUTE FUNCTION motcua.steps_of_others();

-- A due date that moved takes the steps that are still open along, by the same working time; never past it.
CREATE FUNCTION motcua.steps_move() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	here text := (SELECT u.code FROM unit u WHERE u.unit_id = NEW.unit_id);
	more interval := working_between(here, NEW.old_due, NEW.new_due);
BEGIN
	UPDATE dossier_step s SET due_at = least(CASE WHEN NEW.new_due > NEW.old_due THEN coalesce(working_add(here, s.due_at, more), NEW.new_due)
			ELSE s.due_at END, NEW.new_due)
		WHERE s.unit_id = NEW.unit_id AND s.dossier_id = NEW.dossier_id AND s.state IN ('waiting', 'current') AND s.due_at IS NOT NULL;
	RETURN NULL;
END $$;
CREATE TRIGGER steps_move AFTER INSERT ON motcua.dossier_due FOR EACH ROW
	WHEN (NEW.old_due IS NOT NULL AND NEW.new_due IS NOT NULL AND NEW.old_due <> NEW.new_due) EXECUTE FUNCTION motcua.steps_move();

CREATE FUNCTION desk.dossier_steps(wanted bigint) RETURNS TABLE (seq int, name text, role text, held_by text, limit_value numeric,
	limit_unit text, due_at timestamptz, state text, started_at timestamptz, ended_at timestamptz, sent_back int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT s.seq, s.name, s.role, s.held_by, s.limit_value, s.limit_unit, s.due_at, s.state, s.started_at, s.ended_at, s.sent_back
	FROM dossier_mine(wanted) d JOIN dossier_step s USING (unit_id, dossier_id) ORDER BY s.seq
$$;

-- minutes: working time held, of the present holder until now.
CREATE FUNCTION desk.dossier_holders(wanted bigint) RETURNS TABLE (seq int, at timestamptz, until_at timestamptz, minutes int,
	kind text, login text, name text, place text, giver text, giver_place text, step int, leg_due timestamptz, outcome text,
	act text, note text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT h.seq, h.at, h.until_at, CASE WHEN h.kind = 'ended' THEN NULL WHEN h.until_at IS NULL
			THEN extract(epoch FROM working_between(u.code, h.at, clock_timestamp()))::int / 60 ELSE h.minutes END,
		h.kind, h.login, h.name, h.place, h.giver, h.giver_place, h.step, h.leg_due, h.outcome, h.act, h.note
	FROM dossier_mine(wanted) d JOIN unit u ON u.unit_id = d.unit_id
		JOIN dossier_holder h ON h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id ORDER BY h.seq
$$;

RESET ROLE;
SELECT motcua.guard('{steps}', 'SELECT');
SELECT motcua.guard('{dossier_step,dossier_holder}', 'SELECT, INSERT, UPDATE');
CREATE POLICY common ON motcua.steps FOR SELECT TO motcua_owner USING (unit_id IS NULL);
CREATE POLICY import_in ON motcua.steps FOR INSERT TO motcua_owner WITH CHECK ((SELECT motcua.is_admin()));
CREATE POLICY import_end ON motcua.steps FOR UPDATE TO motcua_owner USING ((SELECT motcua.is_admin()));
GRANT EXECUTE ON FUNCTION motcua.working_days_after, motcua.steps_of, motcua.lay_steps, motcua.office_of, motcua.leg_outcome,
	motcua.hand_to, motcua.worker_of, motcua.steps_follow, motcua.hands_follow, motcua.steps_move, motcua.holder_only_closes TO motcua_wire;
-- Open dossiers of before: in the hands their status means; the log begins with it.
INSERT INTO motcua.dossier_holder (unit_id, dossier_id, seq, at, kind, login, name, place, act)
	SELECT d.unit_id, d.dossier_id, 1, d.status_at, CASE WHEN d.status IN (5, 6, 7) THEN 'citizen' WHEN d.status = 8 THEN 'stopped'
			WHEN d.status = 4 AND a.name IS NULL THEN 'room' WHEN d.status = 4 THEN 'agency' ELSE 'desk' END,
		CASE WHEN d.status IN (1, 2, 9) THEN d.login ELSE '' END,
		CASE WHEN d.status IN (5, 6, 7) THEN d.owner_name WHEN d.status IN (1, 2, 9) THEN coalesce(c.full_name, d.login) ELSE '' END,
		CASE WHEN d.status IN (5, 6, 7) THEN 'Công dân' WHEN d.status = 8 THEN 'Dừng giải quyết'
			WHEN d.status = 4 THEN coalesce(a.name, 'Bộ phận chuyên môn giải quyết')
			ELSE coalesce(nullif(u.office, ''), 'Bộ phận Tiếp nhận và Trả kết quả') END, 'receive'
	FROM motcua.dossier d JOIN motcua.unit u ON u.unit_id = d.unit_id LEFT JOIN motcua.clerk c ON c.login = d.login
		LEFT JOIN motcua.dossier_agency a ON a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id AND a.role = 'deciding'
	WHERE d.status IN (1, 2, 4, 5, 6, 7, 8, 9);
SELECT motcua.open_doors();
