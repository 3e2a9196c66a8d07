-- SPDX-License-Identifier: Apache-2.0
-- A system's answer tells when the deciding agency received a dossier: the due date is counted from
-- there.  Whole working days are counted here as core/dossier/deadline.c counts them; any other
-- limit waits for an officer at a counter.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- The weekday whose hours a day keeps; 0: nobody works.  A day off wins over a makeup day.
CREATE FUNCTION motcua.weekday_of(day date) RETURNS int
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce((SELECT CASE WHEN h.kind <> 'makeup_work' THEN 0 WHEN h.hours_of BETWEEN 1 AND 7 THEN h.hours_of ELSE 1 END
		FROM holidays h WHERE h.day = weekday_of.day AND h.ended IS NULL ORDER BY (h.kind = 'makeup_work') LIMIT 1),
		extract(isodow FROM day)::int)
$$;

-- When the unit closes on a day; NULL: it does not work.
CREATE FUNCTION motcua.closing_of(unit text, day date) RETURNS time
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT CASE WHEN EXISTS (SELECT FROM shifts s WHERE s.unit_code = unit AND s.ended IS NULL)
		THEN (SELECT max(s.closes) FROM shifts s WHERE s.unit_code = unit AND s.ended IS NULL AND s.working
			AND s.weekday = w.weekday AND (s.valid_from IS NULL OR s.valid_from <= day) AND (s.valid_to IS NULL OR s.valid_to > day))
		WHEN w.weekday BETWEEN 1 AND 5 THEN time '17:00' END
	FROM (SELECT weekday_of(day) AS weekday) w
$$;

-- n working days after the day of the start, which does not count; NULL: the calendar has none.
CREATE FUNCTION motcua.due_after(unit text, start timestamptz, n int) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	day date := local(start)::date;
	left_over int := n;
BEGIN
	FOR guard_days IN 1..8000 LOOP
		EXIT WHEN left_over = 0;
		day := day + 1;
		left_over := left_over - (closing_of(unit, day) IS NOT NULL)::int;
	END LOOP;
	RETURN CASE WHEN left_over = 0 AND n > 0 THEN (day + closing_of(unit, day)) AT TIME ZONE 'Asia/Ho_Chi_Minh' END;
END $$;

-- May SQL count it: whole working days, and none of the unit's own readings of the day.
CREATE FUNCTION motcua.due_is_plain(d motcua.dossier) RETURNS boolean
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT d.due_at IS NOT NULL AND d.limit_unit = 'working_day' AND d.limit_value = trunc(d.limit_value)
		AND NOT EXISTS (SELECT FROM setting s WHERE s.name IN ('due_keeps_hour', 'cut_off_reception')
			AND s.value ~ '^[t1]' AND (s.unit_id = d.unit_id OR s.unit_id IS NULL))
$$;

RESET ROLE;
GRANT CREATE ON SCHEMA motcua TO motcua_wire;
GRANT SELECT ON motcua.holidays, motcua.shifts, motcua.setting, motcua.dossier_due TO motcua_wire;
GRANT INSERT ON motcua.dossier_due TO motcua_wire;
GRANT UPDATE (due_at) ON motcua.dossier TO motcua_wire;
GRANT EXECUTE ON FUNCTION motcua.weekday_of, motcua.closing_of, motcua.due_after, motcua.due_is_plain TO motcua_wire;
DO $$
DECLARE
	t text;
BEGIN
	FOREACH t IN ARRAY ARRAY['holidays', 'shifts', 'setting', 'dossier_due'] LOOP
		EXECUTE format('CREATE POLICY wire ON motcua.%I TO motcua_wire
			USING ((SELECT motcua.is_courier())) WITH CHECK ((SELECT motcua.is_courier()))', t);
	END LOOP;
END $$;
SET ROLE motcua_wire;

-- The first answer of the working system that shows the dossier received there.
CREATE FUNCTION motcua.learn_elsewhere() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	d dossier;
	u unit;
	moment timestamptz;
	fresh timestamptz;
	who text := (SELECT a.name FROM dossier_agency a WHERE a.unit_id = NEW.unit_id AND a.dossier_id = NEW.dossier_id
		AND a.role = 'deciding');
BEGIN
	IF who IS NULL OR NEW.status NOT IN (2, 4, 5, 6, 9, 10) THEN
		RETURN NULL;
	END IF;
	SELECT * INTO d FROM dossier x WHERE x.unit_id = NEW.unit_id AND x.dossier_id = NEW.dossier_id;
	IF NEW.system <> d.route_system THEN
		RETURN NULL;
	END IF;
	SELECT * INTO u FROM unit x WHERE x.unit_id = d.unit_id;
	moment := greatest(least(NEW.at, clock_timestamp()), d.received_at);
	IF due_is_plain(d) AND d.status IN (1, 2, 4, 5, 6) THEN
		fresh := due_after(u.code, moment, d.limit_value::int);
	END IF;
	INSERT INTO dossier_elsewhere (unit_id, dossier_id, received_at, source, basis, login, counted)
		VALUES (d.unit_id, d.dossier_id, moment, NEW.system, left(NEW.text, 300), '', fresh IS NOT NULL OR d.due_at IS NULL)
		ON CONFLICT DO NOTHING;
	IF NOT FOUND OR fresh IS NULL THEN
		RETURN NULL;
	END IF;
	INSERT INTO dossier_due (unit_id, dossier_id, seq, at, cause, login, old_due, new_due, line)
		SELECT d.unit_id, d.dossier_id, max(x.seq) + 1, clock_timestamp(), 'elsewhere', NEW.system, d.due_at, fresh,
			format('%s nhận hồ sơ lúc %s (theo %s): tính %s ngày làm việc từ đó.', who,
				to_char(local(moment), 'HH24:MI DD/MM/YYYY'), coalesce((SELECT s.name FROM systems s WHERE s.code = NEW.system
					AND s.ended IS NULL), NEW.system), trim_scale(d.limit_value))
		FROM dossier_due x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	UPDATE dossier x SET due_at = fresh, version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN NULL;
END $$;

RESET ROLE;
REVOKE CREATE ON SCHEMA motcua FROM motcua_wire;
-- At the end of the transaction: whatever else the answer changed has been concluded.
CREATE CONSTRAINT TRIGGER learn_elsewhere AFTER INSERT ON motcua.answer DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (NEW.dossier_id IS NOT NULL) EXECUTE FUNCTION motcua.learn_elsewhere();
