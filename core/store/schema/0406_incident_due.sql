-- SPDX-License-Identifier: Apache-2.0
-- A recorded incident stops the clock (NĐ 301/2026): the due dates of dossiers that were worked on while a system, or the office itself,
-- stood still are moved by the working time that was lost, once for each incident.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.incident_due (
	unit_id     bigint NOT NULL,
	dossier_id  bigint NOT NULL,
	kind        text NOT NULL CHECK (kind IN ('outage', 'standstill')),
	incident_id bigint NOT NULL,
	lost        interval NOT NULL,
	login       text NOT NULL,
	at          timestamptz NOT NULL DEFAULT clock_timestamp(),
	PRIMARY KEY (unit_id, dossier_id, kind, incident_id),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.incident_due
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- An incident that is over, with the system it was of ('' the office itself).
CREATE FUNCTION motcua.incident_of(unit bigint, what text, wanted bigint, OUT from_at timestamptz, OUT to_at timestamptz, OUT system text, OUT say text)
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
BEGIN
	IF what = 'outage' THEN
		SELECT o.from_at, o.to_at, o.system, format('%s ngừng', system_name(o.system)) INTO from_at, to_at, system, say FROM outage o WHERE o.outage_id = wanted;
	ELSIF what = 'standstill' THEN
		SELECT s.from_at, s.to_at, '', s.story INTO from_at, to_at, system, say FROM standstill s WHERE s.unit_id = unit AND s.standstill_id = wanted;
	END IF;
	IF from_at IS NULL THEN
		PERFORM refuse('MC008', 'Không có sự cố này.', format('no %s %s', what, wanted));
	END IF;
	PERFORM check_that(to_at IS NOT NULL AND to_at <= clock_timestamp(), 'incident', 'Sự cố chưa hết: hết rồi mới tính lại ngày hẹn.');
END $$;

-- When its clock stood still, by whoever ended it.
CREATE FUNCTION motcua.waited(d motcua.dossier) RETURNS tstzmultirange
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce(range_agg(tstzrange(p.at, p.until)), '{}') FROM (SELECT e.at, e.to_status, lead(e.at, 1, 'infinity') OVER (ORDER BY e.at, e.event_id) AS until
		FROM dossier_event e WHERE e.unit_id = d.unit_id AND e.dossier_id = d.dossier_id AND e.to_status > 0 AND e.from_status <> e.to_status) p
	WHERE p.to_status IN (5, 6, 8)
$$;

-- Incidents for which its due date was moved already.
CREATE FUNCTION motcua.made_good(d motcua.dossier) RETURNS tstzmultirange
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce(range_agg(tstzrange(y.from_at, y.to_at)), '{}') FROM incident_due x CROSS JOIN LATERAL (
			SELECT o.from_at, o.to_at FROM outage o WHERE x.kind = 'outage' AND o.outage_id = x.incident_id
			UNION ALL SELECT s.from_at, s.to_at FROM standstill s WHERE x.kind = 'standstill' AND s.unit_id = x.unit_id AND s.standstill_id = x.incident_id) y
	WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id
$$;

-- The dossiers an incident held up and the working time each lost: the clock ran (2, 4), the system was theirs, nothing waited for the citizen.
CREATE FUNCTION motcua.held_up(unit bigint, what text, wanted bigint) RETURNS TABLE (dossier_id bigint, lost interval)
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT d.dossier_id, l.lost
	FROM unit u, incident_of(unit, what, wanted) i JOIN dossier d ON d.unit_id = unit AND d.status IN (1, 2, 4, 5, 6) AND d.status IN (2, 4) AND d.due_at > i.from_at
			AND d.received_at < i.to_at AND (i.system = '' OR d.route_system = i.system)
		-- No hour counts twice: neither when the clock stood still anyway, nor when another incident has moved the date for it.
		CROSS JOIN LATERAL (SELECT sum(working_between(u.code, lower(r.one), upper(r.one))) AS lost
			FROM unnest(tstzmultirange(tstzrange(greatest(i.from_at, d.received_at), i.to_at)) - waited(d) - made_good(d)) r(one)) l
	WHERE u.unit_id = unit AND l.lost > interval '0' AND NOT EXISTS (SELECT FROM incident_due x WHERE x.unit_id = d.unit_id
		AND x.dossier_id = d.dossier_id AND x.kind = what AND x.incident_id = wanted)
$$;

-- How many dossiers an incident would move; by anybody.
CREATE FUNCTION desk.incident_dossiers(what text, wanted bigint) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT count(*)::int FROM me() m, held_up(m.unit_id, what, wanted)
$$;

-- Moves them, each with its row, its event and word to every system.  Returns how many.
CREATE FUNCTION desk.incident_due(what text, wanted bigint) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := my_supervisor();
	i record := incident_of(mine.unit_id, what, wanted);
	here text := (SELECT u.code FROM unit u WHERE u.unit_id = mine.unit_id);
	x record;
	d dossier;
	fresh timestamptz;
	minutes int;
	say text;
	moment timestamptz := date_trunc('second', clock_timestamp());
	moved int := 0;
BEGIN
	PERFORM pg_advisory_xact_lock(hashtextextended('incident ' || what || wanted, mine.unit_id));
	FOR x IN SELECT * FROM held_up(mine.unit_id, what, wanted) ORDER BY dossier_id LOOP
		SELECT * INTO d FROM dossier y WHERE y.unit_id = mine.unit_id AND y.dossier_id = x.dossier_id FOR UPDATE;
		fresh := working_add(here, d.due_at, x.lost);
		CONTINUE WHEN fresh IS NULL OR d.status NOT IN (2, 4);
		minutes := extract(epoch FROM x.lost)::int / 60;
		say := format('%s từ %s đến %s: %s giờ %s phút làm việc không tính vào thời hạn.', i.say, say_moment(i.from_at), say_moment(i.to_at), minutes / 60, minutes % 60);
		INSERT INTO incident_due (unit_id, dossier_id, kind, incident_id, lost, login) VALUES (d.unit_id, d.dossier_id, what, wanted, x.lost, mine.login);
		PERFORM keep_due(d, mine, 'incident', fresh, format(E'Sự cố: %s\nNgày hẹn trả lùi từ %s sang %s.', say, say_moment(d.due_at), say_moment(fresh)));
		PERFORM keep_event(d, mine, 'incident_due', '', 'Tính lại ngày hẹn vì sự cố: ' || say, moment);
		UPDATE dossier y SET version = y.version + 1 WHERE y.unit_id = d.unit_id AND y.dossier_id = d.dossier_id RETURNING * INTO d;
		PERFORM tell_taken_up(d, mine, 'Tính lại ngày hẹn vì sự cố', moment, false);
		PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
		moved := moved + 1;
	END LOOP;
	PERFORM audit('incident_due', NULL, jsonb_build_object('kind', what, 'incident', wanted, 'dossiers', moved));
	RETURN moved;
END $$;

RESET ROLE;
SELECT motcua.guard('{incident_due}', '');
SELECT motcua.open_doors();
