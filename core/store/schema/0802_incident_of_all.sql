-- SPDX-License-Identifier: Apache-2.0
-- An incident suspends the clock of every dossier it held up, whatever became of it before the supervisor comes to it: one that was done
-- meanwhile has its date counted anew for the books, one that waits now has it moved by what it lost before.  Incidents of a unit are
-- counted one after the other, so that the hours of two that overlap count once.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Whence its limit counts: from their reception where that was told (0804).
CREATE FUNCTION motcua.counted_from(d motcua.dossier) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT greatest(d.received_at, (SELECT e.received_at FROM dossier_elsewhere e WHERE e.unit_id = d.unit_id AND e.dossier_id = d.dossier_id
		AND e.counted))
$$;

-- As in 0406: the clock ran, the system was theirs; its clock had not come to the end when the incident began.
CREATE OR REPLACE FUNCTION motcua.held_up(unit bigint, what text, wanted bigint) RETURNS TABLE (dossier_id bigint, lost interval)
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT (o.d).dossier_id, l.lost
	FROM unit u, incident_of(unit, what, wanted) i
		CROSS JOIN LATERAL (SELECT x FROM dossier x WHERE x.unit_id = unit AND x.status IN (1, 2, 4, 5, 6) AND x.status <> 1
			UNION ALL SELECT x FROM dossier x WHERE x.unit_id = unit AND x.finished_at > i.from_at AND x.status IN (9, 10)) o(d)
		-- No hour counts twice: neither when the clock stood still anyway, nor when another incident has moved the date for it.
		CROSS JOIN LATERAL (SELECT greatest(i.from_at, counted_from(o.d)) AS since, least(i.to_at, (o.d).finished_at) AS until) t
		CROSS JOIN LATERAL (SELECT sum(working_between(u.code, lower(r.one), upper(r.one))) AS lost
			FROM unnest(tstzmultirange(tstzrange(t.since, greatest(t.since, t.until))) - waited(o.d) - made_good(o.d)) r(one)) l
	WHERE u.unit_id = unit AND (o.d).due_at > i.from_at AND (o.d).received_at < i.to_at AND (i.system = '' OR (o.d).route_system = i.system)
		AND l.lost > interval '0' AND NOT EXISTS (SELECT FROM incident_due x WHERE x.unit_id = unit
			AND x.dossier_id = (o.d).dossier_id AND x.kind = what AND x.incident_id = wanted)
$$;

-- As in 0406.
CREATE OR REPLACE FUNCTION desk.incident_due(what text, wanted bigint) RETURNS int
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
	PERFORM pg_advisory_xact_lock(hashtextextended('incident', mine.unit_id));
	FOR x IN SELECT * FROM held_up(mine.unit_id, what, wanted) ORDER BY dossier_id LOOP
		SELECT * INTO d FROM dossier y WHERE y.unit_id = mine.unit_id AND y.dossier_id = x.dossier_id FOR UPDATE;
		fresh := working_add(here, d.due_at, x.lost);
		CONTINUE WHEN fresh IS NULL OR d.status NOT IN (2, 4, 5, 6, 9, 10);
		minutes := extract(epoch FROM x.lost)::int / 60;
		say := format('%s từ %s đến %s: %s giờ %s phút làm việc không tính vào thời hạn.', i.say, say_moment(i.from_at), say_moment(i.to_at), minutes / 60, minutes % 60);
		INSERT INTO incident_due (unit_id, dossier_id, kind, incident_id, lost, login) VALUES (d.unit_id, d.dossier_id, what, wanted, x.lost, mine.login);
		PERFORM keep_due(d, mine, 'incident', fresh, format(E'Sự cố: %s\n%s từ %s sang %s.', say, CASE WHEN d.finished_at IS NULL THEN 'Ngày hẹn trả lùi'
			ELSE format('Kết quả đã có lúc %s, trước khi tính sự cố: ngày hẹn trả tính lại để ghi sổ,', say_moment(d.finished_at)) END,
			say_moment(d.due_at), say_moment(fresh)));
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
SELECT motcua.open_doors();
