-- SPDX-License-Identifier: Apache-2.0
-- A wait that is over moves the due date whoever ended it and by whichever door the word came: a system that is served by hand, a stop that
-- the system which decides takes back.  It moves by the working time of the wait, neither more nor less.  A word that comes late says what
-- was, and ends nothing.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- What a wait at that status moves the due date by when it ends at a moment; fresh NULL: it moves nothing.
CREATE FUNCTION motcua.wait_lost(d motcua.dossier, waited_at int, until timestamptz, OUT since timestamptz, OUT lost interval,
	OUT fresh timestamptz, OUT cause text)
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	here text := (SELECT u.code FROM unit u WHERE u.unit_id = d.unit_id);
BEGIN
	SELECT e.at INTO since FROM dossier_event e WHERE e.unit_id = d.unit_id AND e.dossier_id = d.dossier_id AND e.to_status = waited_at
		AND e.from_status NOT IN (0, e.to_status) AND e.act <> 'undo' AND e.at <= until ORDER BY e.at DESC, e.event_id DESC LIMIT 1;
	lost := working_between(here, since, until);
	cause := CASE waited_at WHEN 5 THEN 'supplement' WHEN 6 THEN 'payment' ELSE 'incident' END;
	IF since IS NOT NULL AND d.due_at IS NOT NULL AND lost > interval '0' THEN
		fresh := working_add(here, d.due_at, lost);
	END IF;
END $$;

-- Why, line by line.
CREATE FUNCTION motcua.wait_line(who text, waited_at int, since timestamptz, until timestamptz, lost interval, old_due timestamptz, fresh timestamptz)
RETURNS text
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT format(E'%s tiếp tục giải quyết.\n%s từ %s đến %s: %s giờ %s phút làm việc không tính vào thời hạn.\nNgày hẹn trả lùi từ %s sang %s.',
		who, CASE waited_at WHEN 8 THEN 'Dừng' ELSE 'Chờ' END, say_moment(since), say_moment(until), extract(epoch FROM lost)::int / 3600,
		extract(epoch FROM lost)::int % 3600 / 60, say_moment(old_due), say_moment(fresh))
$$;

-- As in 0211; the wait that ends there ends here, and counts until it is written down: so long does the history have it (waited).
CREATE OR REPLACE FUNCTION desk.manual_status(wanted bigint, seen_version int, to_system text, their_status int,
	read_at timestamptz, said text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_lock(wanted, seen_version);
	s stream := manual_stream(d, to_system);
	name text := (SELECT y.name FROM systems y WHERE y.code = to_system AND y.ended IS NULL);
	way text;
	words text;
	w record;
	line text;
	moment timestamptz := date_trunc('second', clock_timestamp());
	version int := d.version;
BEGIN
	PERFORM check_that(s.created_there, 'dossier', 'Hồ sơ chưa được nhập vào hệ thống đó.');
	PERFORM check_that(their_status BETWEEN 2 AND 10, 'status', 'Trạng thái không đúng.');
	PERFORM check_that(read_at BETWEEN d.received_at AND now() + interval '1 minute', 'read_at', 'Thời điểm đọc không đúng.');
	INSERT INTO answer (system, code, status, at, unit_id, dossier_id, foreign_code, text, raw, applied)
		VALUES (to_system, d.code, their_status, read_at, d.unit_id, d.dossier_id, s.foreign_code, left(coalesce(said, ''), 2000),
			jsonb_build_object('read_by', mine.login)::text, true) ON CONFLICT DO NOTHING;
	UPDATE stream x SET foreign_status = their_status, asked_at = now(), changed_at = clock_timestamp()
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = to_system;
	IF their_status <> d.status AND to_system = d.route_system THEN
		SELECT t.act INTO way FROM transition t WHERE t.from_status = d.status AND t.to_status = their_status AND t.by_peer
			ORDER BY t.act LIMIT 1;
		PERFORM check_that(way IS NOT NULL, 'status', 'Từ trạng thái hiện nay không đi thẳng tới trạng thái đó được: ghi từng bước.');
		words := left(format('Theo %s (số %s), đọc lúc %s: %s', name, s.foreign_code, to_char(local(read_at), 'HH24:MI DD/MM/YYYY'),
			coalesce(said, '')), 1000);
		SELECT * INTO w FROM wait_lost(d, d.status, moment) x WHERE d.status IN (5, 6, 8) AND their_status IN (2, 4, 9);
		IF w.fresh IS NOT NULL THEN
			line := wait_line(name, d.status, w.since, moment, w.lost, d.due_at, w.fresh);
			PERFORM keep_due(d, mine, w.cause, w.fresh, line);
		END IF;
		version := (carry_out(wanted, seen_version, way, words, false)).version;
		IF w.fresh IS NOT NULL THEN
			line := say_date_moved(d.due_at, w.fresh, line);
			SELECT * INTO d FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
			PERFORM tell_date(d, mine.login, mine.full_name, line, to_system);
			-- Papers and money went elsewhere: nobody heard the date at this counter (tell_of_date); online it is told already.
			IF w.cause IN ('supplement', 'payment') AND d.channel NOT IN (2, 3) AND d.status = ANY (told_while('new_date')) THEN
				PERFORM tell_citizen(d, 'new_date', NULL, clock_timestamp());
			END IF;
		END IF;
		-- What they told us need not be typed back to them.
		UPDATE stream x SET head = x.tail + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id
			AND x.system = to_system AND s.head > s.tail;
	END IF;
	PERFORM audit('manual_status', d.dossier_id, jsonb_build_object('system', to_system, 'status', their_status));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'travel ' || d.dossier_id);
	RETURN version;
END $$;

-- As in 0210; and the new date is the one that the wait makes, as the counter counts it (deadline_pause) at a moment that
-- check_moment lets pass.
CREATE OR REPLACE FUNCTION motcua.check_pause(d motcua.dossier, since timestamptz, due timestamptz, line text) RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
	here text := (SELECT u.code FROM unit u WHERE u.unit_id = d.unit_id);
	moment timestamptz := clock_timestamp();
	oldest interval := make_interval(mins => setting_of(d.unit_id, 'moment_minutes')::int + 1);
	least_lost interval;
	most_lost interval;
BEGIN
	IF since IS NULL OR d.due_at IS NULL THEN
		PERFORM check_that(due IS NOT DISTINCT FROM d.due_at, 'due_at', 'Ngày hẹn trả không đổi: không có thời gian chờ nào.');
		RETURN;
	END IF;
	PERFORM check_that(due >= d.due_at AND due < now() + interval '50 years', 'due_at', 'Ngày hẹn trả mới không đúng.');
	PERFORM check_that(due = d.due_at OR btrim(coalesce(line, '')) <> '', 'line', 'Ghi lý do đổi ngày hẹn trả.');
	least_lost := working_between(here, since, moment - oldest);
	most_lost := working_between(here, since, moment + interval '1 minute');
	IF (least_lost > interval '0' AND due < working_add(here, d.due_at, least_lost))
			OR due > (CASE WHEN most_lost > interval '0' THEN working_add(here, d.due_at, most_lost) ELSE d.due_at END) THEN
		PERFORM refuse('MC001', 'Thời gian chờ đã đổi: cần tính lại ngày hẹn trả.', format('due %s after a wait of %s to %s from %s',
			due, least_lost, most_lost, d.due_at), iso(moment));
	END IF;
END $$;

-- As in 0406; what was told late (from_status 0) lies within a wait and does not end it.
CREATE OR REPLACE FUNCTION motcua.waited(d motcua.dossier) RETURNS tstzmultirange
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce(range_agg(tstzrange(p.at, p.until)), '{}') FROM (SELECT e.at, e.to_status, lead(e.at, 1, 'infinity') OVER (ORDER BY e.at, e.event_id) AS until
		FROM dossier_event e WHERE e.unit_id = d.unit_id AND e.dossier_id = d.dossier_id AND e.to_status > 0 AND e.from_status NOT IN (0, e.to_status)) p
	WHERE p.to_status IN (5, 6, 8)
$$;

-- As in 0560; what was told late ended nothing then.
CREATE OR REPLACE FUNCTION motcua.ended_before(unit bigint, dossier bigint, stop timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
	SELECT max(v.at) FROM dossier_event v WHERE v.unit_id = unit AND v.dossier_id = dossier AND v.at < stop
		AND is_end(v.to_status) AND NOT is_end(v.from_status) AND v.act <> 'told_late'
$$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.wait_lost, motcua.wait_line TO motcua_wire;
GRANT CREATE ON SCHEMA motcua TO motcua_wire;
SET ROLE motcua_wire;

-- As in 0333.
CREATE OR REPLACE FUNCTION motcua.wait_ended_there() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	d dossier;
	s stream;
	w record;
BEGIN
	SELECT * INTO d FROM dossier x WHERE x.unit_id = NEW.unit_id AND x.dossier_id = NEW.dossier_id;
	SELECT * INTO w FROM wait_lost(d, NEW.from_status, NEW.at);
	IF w.fresh IS NULL THEN
		RETURN NULL;
	END IF;
	INSERT INTO dossier_due (unit_id, dossier_id, seq, at, cause, login, old_due, new_due, line)
		SELECT d.unit_id, d.dossier_id, max(x.seq) + 1, clock_timestamp(), w.cause, d.route_system, d.due_at, w.fresh,
			wait_line(NEW.by_name, NEW.from_status, w.since, NEW.at, w.lost, d.due_at, w.fresh)
		FROM dossier_due x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	UPDATE dossier x SET due_at = w.fresh WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	FOR s IN SELECT * FROM stream x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system <> d.route_system
			ORDER BY x.system FOR UPDATE LOOP
		IF dossier_sent(s) IS NOT NULL THEN
			PERFORM enqueue(d.unit_id, d.dossier_id, s.system, 'dossier', dossier_sent(s) || jsonb_build_object('due_at', iso(w.fresh),
				'status', d.status));
			UPDATE stream x SET correction = jsonb_set(x.correction, '{body,due_at}', to_jsonb(iso(w.fresh))) WHERE x.unit_id = d.unit_id
				AND x.dossier_id = d.dossier_id AND x.system = s.system AND x.correction IS NOT NULL;
		END IF;
	END LOOP;
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN NULL;
END $$;

RESET ROLE;
REVOKE CREATE ON SCHEMA motcua FROM motcua_wire;
DROP TRIGGER wait_ended_there ON motcua.dossier_event;
CREATE TRIGGER wait_ended_there AFTER INSERT ON motcua.dossier_event FOR EACH ROW
	WHEN (NEW.by_login = '' AND NEW.act NOT IN ('told_late', 'undo') AND NEW.from_status IN (5, 6, 8) AND NEW.to_status IN (2, 4, 9))
	EXECUTE FUNCTION motcua.wait_ended_there();
SELECT motcua.open_doors();
