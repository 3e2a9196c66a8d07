-- SPDX-License-Identifier: Apache-2.0
-- Whatever way a dossier goes, one step of its internal procedure is the current one while anybody may work on it, and none once it has
-- ended; a stop only lays it aside.  Steps are laid out at reception, also when that comes after a supplement or a withdrawal taken back.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- A due date that moved takes the open steps along, by the same working time; never past it.
CREATE FUNCTION motcua.steps_shift(unit bigint, dossier bigint, old_due timestamptz, new_due timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	here text := (SELECT u.code FROM unit u WHERE u.unit_id = unit);
	more interval := working_between(here, old_due, new_due);
BEGIN
	UPDATE dossier_step s SET due_at = least(CASE WHEN new_due > old_due THEN coalesce(working_add(here, s.due_at, more), new_due)
			ELSE s.due_at END, new_due)
		WHERE s.unit_id = unit AND s.dossier_id = dossier AND s.state IN ('waiting', 'current') AND s.due_at IS NOT NULL;
END $$;
CREATE OR REPLACE FUNCTION motcua.steps_move() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	PERFORM steps_shift(NEW.unit_id, NEW.dossier_id, NEW.old_due, NEW.new_due);
	RETURN NULL;
END $$;

-- The first time a dossier is received (2), or worked on without that (4).  Without a date its time begins now.
CREATE FUNCTION motcua.lay_steps_once(d motcua.dossier, e motcua.dossier_event) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	last dossier_due;
BEGIN
	IF EXISTS (SELECT FROM dossier_step s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id)
			OR EXISTS (SELECT FROM dossier_event v WHERE v.unit_id = d.unit_id AND v.dossier_id = d.dossier_id AND v.to_status IN (2, 4)
				AND v.act <> 'told_late' AND v.event_id < e.event_id)
			OR EXISTS (SELECT FROM decided_elsewhere(d.unit_id, d.dossier_id) x WHERE x.name IS NOT NULL) THEN
		RETURN;
	END IF;
	SELECT * INTO last FROM dossier_due x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id ORDER BY x.seq DESC LIMIT 1;
	IF d.due_at IS NULL THEN
		d.received_at := e.at;
	END IF;
	PERFORM lay_steps(d);
	-- The pause that has just ended is in the log of dates already, and not in the dossier yet.
	IF last.old_due = d.due_at AND last.new_due <> d.due_at THEN
		PERFORM steps_shift(d.unit_id, d.dossier_id, last.old_due, last.new_due);
	END IF;
END $$;

-- One is current while the dossier is open, none after; which: the first that waits, else the last one is done once more.
CREATE FUNCTION motcua.steps_one(d motcua.dossier, status int, moment timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	wanted int := (SELECT coalesce(min(s.seq) FILTER (WHERE s.state = 'current'), min(s.seq) FILTER (WHERE s.state = 'waiting'),
			max(s.seq) FILTER (WHERE s.held_by <> 'desk'), max(s.seq)) FROM dossier_step s
		WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id);
BEGIN
	IF status NOT IN (2, 4, 5, 6, 7) THEN
		wanted := 0;
	END IF;
	UPDATE dossier_step s SET state = CASE WHEN s.seq = wanted THEN 'current' ELSE 'waiting' END, ended_at = NULL,
			started_at = CASE WHEN s.seq = wanted THEN coalesce(s.started_at, moment) ELSE s.started_at END
		WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND (s.state = 'current') <> (s.seq = wanted);
END $$;

-- The steps follow the life-cycle: handed on (4), everything done (9), refused (3), laid aside until somebody resumes (8).
CREATE OR REPLACE FUNCTION motcua.steps_follow(d motcua.dossier, e motcua.dossier_event) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	first_room int := (SELECT min(y.seq) FROM dossier_step y WHERE y.unit_id = d.unit_id AND y.dossier_id = d.dossier_id AND y.held_by <> 'desk');
BEGIN
	IF e.from_status = 9 AND e.to_status = 4 THEN
		-- Recalled: the last step of work is done once more.
		UPDATE dossier_step x SET state = 'current', ended_at = NULL, sent_back = x.sent_back + 1 WHERE x.unit_id = d.unit_id
			AND x.dossier_id = d.dossier_id AND x.seq = (SELECT max(y.seq) FROM dossier_step y WHERE y.unit_id = d.unit_id
				AND y.dossier_id = d.dossier_id AND (y.held_by <> 'desk' OR first_room IS NULL) AND y.state IN ('done', 'skipped'));
	ELSIF e.to_status = 4 THEN
		-- What the desk does before it hands on is over; a room's step is next.
		UPDATE dossier_step x SET state = 'done', ended_at = e.at, started_at = coalesce(x.started_at, d.received_at)
			WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.state IN ('waiting', 'current') AND x.seq < first_room;
	ELSIF e.to_status = 9 THEN
		UPDATE dossier_step x SET state = CASE x.state WHEN 'current' THEN 'done' ELSE 'skipped' END, ended_at = e.at
			WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.state IN ('waiting', 'current');
	ELSIF e.to_status = 3 THEN
		UPDATE dossier_step x SET state = 'skipped', ended_at = e.at WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id
			AND x.state IN ('waiting', 'current');
	END IF;
	PERFORM steps_one(d, e.to_status, e.at);
END $$;

-- As in 0400; steps are laid out whenever it is received first.
CREATE OR REPLACE FUNCTION motcua.hands_follow() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	d dossier;
	t dossier_holder;
	s dossier_step;
BEGIN
	SELECT * INTO d FROM dossier x WHERE x.unit_id = NEW.unit_id AND x.dossier_id = NEW.dossier_id;
	IF NEW.to_status = 2 AND NEW.from_status IN (0, 1) THEN
		PERFORM lay_steps(d);
	ELSIF NEW.to_status IN (2, 4) THEN
		PERFORM lay_steps_once(d, NEW);
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

-- As in 0403; an act may have ended several steps of the desk, or laid the current one aside: one goes on.
CREATE OR REPLACE FUNCTION motcua.steps_undo(d motcua.dossier, e motcua.dossier_event) RETURNS void
LANGUAGE sql SET search_path = motcua, pg_temp AS $$
	UPDATE dossier_step s SET state = 'waiting', started_at = NULL WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id
		AND s.state = 'current' AND s.started_at = e.at;
	UPDATE dossier_step s SET state = CASE s.state WHEN 'done' THEN 'current' ELSE 'waiting' END, ended_at = NULL
		WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.state IN ('done', 'skipped') AND s.ended_at = e.at;
	UPDATE dossier_step s SET state = 'done', ended_at = (SELECT max(x.at) FROM dossier_event x WHERE x.unit_id = d.unit_id
			AND x.dossier_id = d.dossier_id AND x.to_status = 9 AND x.at < e.at), sent_back = s.sent_back - 1
		WHERE e.act = 'recall' AND s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.state = 'current';
	SELECT steps_one(d, e.from_status, e.at)
$$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.steps_shift, motcua.lay_steps_once, motcua.steps_one TO motcua_wire;
-- Dossiers of today: what goes on has one step, what has ended has none.
DO $$
DECLARE
	d motcua.dossier;
BEGIN
	FOR d IN SELECT x.* FROM motcua.dossier x WHERE EXISTS (SELECT FROM motcua.dossier_step s WHERE s.unit_id = x.unit_id
			AND s.dossier_id = x.dossier_id AND s.state IN ('waiting', 'current')) LOOP
		PERFORM motcua.steps_one(d, d.status, d.status_at);
	END LOOP;
END $$;
SELECT motcua.open_doors();
