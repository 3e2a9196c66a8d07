-- SPDX-License-Identifier: Apache-2.0
-- What a dossier's screen says of its life, and the lists: soon late, work by hand, delegations, dossiers handed over with two
-- signatures.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- The limit the law gives beside what the unit promises (a published cut): named with the promise, else what is published for everybody.
CREATE FUNCTION motcua.legal_limit(d motcua.dossier, OUT value numeric, OUT unit text)
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce(nullif(l.legal_value, 0), l.value), l.unit FROM limits l WHERE l.procedure_code = d.procedure_code AND l.case_name IN ('', d.case_name)
		AND l.channel IN (0, d.channel) AND (l.legal_value > 0 OR (l.unit_id IS NULL AND l.value > 0)) AND coalesce(l.unit_id, d.unit_id) = d.unit_id
		AND l.ended IS NULL AND coalesce(l.valid_from, '-infinity') <= local(d.received_at)::date
		AND coalesce(l.valid_to, 'infinity') > local(d.received_at)::date
	ORDER BY (l.legal_value = 0), (l.unit_id IS NULL), (l.case_name = ''), (l.channel = 0) LIMIT 1
$$;

-- Until when the law allows, moved by every recorded pause as the promise is; NULL: not by days.
CREATE FUNCTION motcua.legal_due(d motcua.dossier) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	l record;
	here text := (SELECT u.code FROM unit u WHERE u.unit_id = d.unit_id);
	due timestamptz;
	paused interval;
BEGIN
	SELECT * INTO l FROM legal_limit(d);
	due := CASE l.unit WHEN 'working_day' THEN working_days_after(here, d.received_at, l.value)
		WHEN 'day' THEN working_days_after(here, ((local(d.received_at)::date + l.value::int - 1) + time '12:00') AT TIME ZONE 'Asia/Ho_Chi_Minh', 1) END;
	SELECT sum(working_between(here, x.old_due, x.new_due)) INTO paused FROM dossier_due x WHERE x.unit_id = d.unit_id
		AND x.dossier_id = d.dossier_id AND x.cause IN ('supplement', 'payment', 'incident', 'elsewhere') AND x.new_due > x.old_due;
	RETURN CASE WHEN paused > interval '0' THEN working_add(here, due, paused) ELSE due END;
END $$;

CREATE FUNCTION desk.dossier_life(wanted bigint) RETURNS TABLE (asked int, check_until timestamptz, checking text, supplement_until date,
	extensions int, apology_day date, forecast timestamptz, proposal timestamptz, legal_value numeric, legal_unit text, legal_due timestamptz,
	undo_until timestamptz, last_act text, counter_act text, holder text, holder_kind text, holder_place text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT supplements_of(d), check_until(d), CASE WHEN d.status = 4 THEN 'examination' WHEN d.channel = 2 THEN 'online' ELSE 'direct' END,
		(SELECT a.until FROM supplement_asked a WHERE a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id AND NOT a.undone AND d.status = 5
			ORDER BY a.seq DESC LIMIT 1),
		extensions_of(d), CASE WHEN d.status IN (2, 4) THEN apology_day(d) END,
		CASE WHEN d.status IN (2, 4) THEN forecast_of(d, u.code) END, CASE WHEN d.status IN (2, 4) AND d.due_at IS NOT NULL THEN new_date_of(d, u.code) END,
		l.value, l.unit, legal_due(d), undo_until(d, m), coalesce(e.act, ''), coalesce(c.say, ''), coalesce(h.name, ''), coalesce(h.kind, ''),
		coalesce(h.place, '')
	FROM me() m, dossier_mine(wanted) d JOIN unit u ON u.unit_id = d.unit_id CROSS JOIN LATERAL legal_limit(d) l
		LEFT JOIN LATERAL (SELECT x.act FROM dossier_event x JOIN counter_act k ON k.act = x.act WHERE x.unit_id = d.unit_id
			AND x.dossier_id = d.dossier_id ORDER BY x.at DESC, x.event_id DESC LIMIT 1) e ON true
		LEFT JOIN counter_act c ON c.act = e.act
		LEFT JOIN dossier_holder h ON h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id AND h.until_at IS NULL
$$;

-- Dossiers to apologise for before they are late: due within three working days, or with a step so far behind that the rest cannot be
-- done by then.  urgency: today (the last working day on which the law allows it), soon, missed (no more in time: a supervisor's).
CREATE FUNCTION desk.soon_late(most int) RETURNS TABLE (dossier_id bigint, code text, owner_name text, procedure_name text, status int,
	due_at timestamptz, last_day date, urgency text, forecast timestamptz, proposal timestamptz, extensions int, holder text, place text, step text,
	version int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	WITH here AS (SELECT m.unit_id, u.code, local(clock_timestamp())::date AS today, working_days_after(u.code, clock_timestamp(), 3) AS near
			FROM me() m JOIN unit u ON u.unit_id = m.unit_id),
		likely AS (
			SELECT d.dossier_id FROM here w JOIN dossier d ON d.unit_id = w.unit_id AND d.status IN (1, 2, 4, 5, 6) AND d.due_at <= w.near
			UNION SELECT s.dossier_id FROM here w JOIN dossier_step s ON s.unit_id = w.unit_id AND s.state = 'current' AND s.due_at < clock_timestamp()),
		found AS (
			SELECT d, w.code AS here, apology_day(d) AS day, f.at AS forecast,
				CASE WHEN apology_limit(d) < w.today THEN 'missed' WHEN apology_day(d) <= w.today THEN 'today' ELSE 'soon' END AS urgency
			FROM here w JOIN likely l ON true JOIN dossier d ON d.unit_id = w.unit_id AND d.dossier_id = l.dossier_id AND d.status IN (2, 4)
				CROSS JOIN LATERAL (SELECT forecast_of(d, w.code) AS at) f
			WHERE d.due_at <= w.near OR f.at > d.due_at
			ORDER BY apology_limit(d) < w.today, d.due_at, d.dossier_id LIMIT greatest(1, least(most, 1000)))
	SELECT (x.d).dossier_id, (x.d).code, (x.d).owner_name, (x.d).procedure_name, (x.d).status::int, (x.d).due_at, x.day, x.urgency, x.forecast,
		new_date_of(x.d, x.here), extensions_of(x.d), coalesce(h.name, ''), coalesce(h.place, ''),
		coalesce((SELECT s.name FROM dossier_step s WHERE s.unit_id = (x.d).unit_id AND s.dossier_id = (x.d).dossier_id AND s.state = 'current'), ''), (x.d).version
	FROM found x LEFT JOIN dossier_holder h ON h.unit_id = (x.d).unit_id AND h.dossier_id = (x.d).dossier_id AND h.until_at IS NULL
	ORDER BY x.urgency = 'missed', (x.d).due_at, (x.d).dossier_id
$$;

-- What is still to be checked or asked for within the limits of the law: not received yet, received from afar or with a look-up that failed,
-- under examination with a day left.  Late ones first.
CREATE FUNCTION desk.to_check(most int) RETURNS TABLE (dossier_id bigint, code text, owner_name text, procedure_name text, status int,
	channel int, received_at timestamptz, check_until timestamptz, late boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT d.dossier_id, d.code, d.owner_name, d.procedure_name, d.status::int, d.channel, d.received_at, c.until, c.until < clock_timestamp()
	FROM me() m JOIN unit u ON u.unit_id = m.unit_id
		JOIN dossier d ON d.unit_id = m.unit_id AND d.status IN (1, 2, 4) AND d.received_at > clock_timestamp() - interval '60 days'
		CROSS JOIN LATERAL (SELECT check_until(d) AS until) c
	WHERE d.status = 1 OR (d.status = 2 AND (d.channel <> 1 OR EXISTS (SELECT FROM dossier_component k WHERE k.unit_id = d.unit_id
			AND k.dossier_id = d.dossier_id AND k.required AND k.state IN ('failed', 'missing'))))
		OR (d.status = 4 AND c.until BETWEEN clock_timestamp() AND working_days_after(u.code, clock_timestamp(), 1))
	ORDER BY c.until, d.dossier_id LIMIT greatest(1, least(most, 1000))
$$;

-- ---- work by hand ----

-- Everybody of the unit with what they hold, who is away (locked) and who acts for them.
CREATE FUNCTION desk.hands() RETURNS TABLE (login text, full_name text, title text, locked boolean, held int, late int, acting text, until timestamptz,
	mine boolean, may_take boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT c.login, c.full_name, c.title, c.locked, coalesce(w.held, 0)::int, coalesce(w.late, 0)::int, coalesce(name_of(g.to_login), ''), g.until,
		c.login = m.login, m.is_supervisor OR acts_for(m.unit_id, c.login, m.login)
	FROM me() m JOIN clerk c ON c.unit_id = m.unit_id AND c.kind IN ('clerk', 'supervisor')
		LEFT JOIN LATERAL (SELECT count(*) AS held, count(*) FILTER (WHERE d.due_at < clock_timestamp() AND d.status IN (1, 2, 4)) AS late
			FROM dossier_holder h JOIN dossier d USING (unit_id, dossier_id) WHERE h.unit_id = m.unit_id AND h.login = c.login
				AND h.until_at IS NULL AND h.kind IN ('desk', 'room')) w ON true
		LEFT JOIN LATERAL (SELECT x.* FROM delegation x WHERE x.unit_id = m.unit_id AND x.from_login = c.login
			AND clock_timestamp() >= x.since AND clock_timestamp() < coalesce(x.ended_at, x.until) ORDER BY x.until DESC LIMIT 1) g ON true
	ORDER BY (c.login = m.login) DESC, given_of(c.full_name) COLLATE vi, c.full_name COLLATE vi
$$;

-- The dossiers in somebody's hands; '' those that a room holds without a name.
CREATE FUNCTION desk.held_by(whose text, most int) RETURNS TABLE (dossier_id bigint, code text, owner_name text, procedure_name text, status int,
	version int, due_at timestamptz, kind text, place text, step text, step_due timestamptz, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT d.dossier_id, d.code, d.owner_name, d.procedure_name, d.status::int, d.version, d.due_at, h.kind, h.place, coalesce(s.name, ''), s.due_at, h.at
	FROM me() m JOIN dossier_holder h ON h.unit_id = m.unit_id AND h.login = coalesce(whose, '') AND h.until_at IS NULL AND h.kind IN ('desk', 'room')
		JOIN dossier d ON d.unit_id = h.unit_id AND d.dossier_id = h.dossier_id
		LEFT JOIN dossier_step s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.state = 'current'
	ORDER BY coalesce(s.due_at, d.due_at) NULLS LAST, d.dossier_id LIMIT greatest(1, least(most, 1000))
$$;

-- ---- delegation ----

-- By oneself, or by a supervisor for somebody who is away.
CREATE FUNCTION desk.delegate(absent text, acting text, last_day date, why text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	c clerk := colleague(mine.unit_id, acting);
	id bigint;
BEGIN
	IF absent IS DISTINCT FROM mine.login THEN
		PERFORM my_supervisor();
		PERFORM check_that(EXISTS (SELECT FROM clerk x WHERE x.login = absent AND x.unit_id = mine.unit_id AND x.kind IN ('clerk', 'supervisor')),
			'absent', 'Đơn vị không có người này.');
	END IF;
	PERFORM check_that(c.login IS NOT NULL AND c.login <> absent, 'acting', 'Chọn người làm thay.');
	PERFORM check_that(last_day BETWEEN local(clock_timestamp())::date AND local(clock_timestamp())::date + 366, 'until',
		'Ngày cuối phải từ hôm nay đến không quá một năm.');
	PERFORM check_that(btrim(coalesce(why, '')) <> '', 'reason', 'Ghi vì sao vắng.');
	INSERT INTO delegation (unit_id, from_login, to_login, since, until, reason, made_by)
		VALUES (mine.unit_id, absent, acting, clock_timestamp(), (last_day + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', left(btrim(why), 300), mine.login)
		RETURNING delegation_id INTO id;
	PERFORM audit('delegate', NULL, jsonb_build_object('from', absent, 'to', acting, 'until', last_day));
	PERFORM pg_notify('motcua_unit_' || mine.unit_id, 'hands 0');
	RETURN id;
END $$;

CREATE FUNCTION desk.delegate_end(absent text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
BEGIN
	IF absent IS DISTINCT FROM mine.login THEN
		PERFORM my_supervisor();
	END IF;
	UPDATE delegation g SET ended_at = clock_timestamp(), ended_by = mine.login WHERE g.unit_id = mine.unit_id AND g.from_login = absent
		AND clock_timestamp() < coalesce(g.ended_at, g.until);
	IF NOT FOUND THEN
		PERFORM refuse('MC008', 'Không có uỷ quyền nào đang có hiệu lực.', format('no delegation of %s', absent));
	END IF;
	PERFORM audit('delegate_end', NULL, jsonb_build_object('from', absent));
	PERFORM pg_notify('motcua_unit_' || mine.unit_id, 'hands 0');
END $$;

-- All that an absent colleague holds, to somebody: each with its own event.  Returns how many.
CREATE FUNCTION desk.give_all(absent text, acting text, why text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	d dossier;
	given int := 0;
BEGIN
	IF NOT (absent = mine.login OR (acting = mine.login AND acts_for(mine.unit_id, absent, mine.login))) THEN
		PERFORM my_supervisor();
	END IF;
	PERFORM check_that(btrim(coalesce(why, '')) <> '', 'reason', 'Ghi vì sao giao lại.');
	FOR d IN SELECT x.* FROM dossier_holder h JOIN dossier x USING (unit_id, dossier_id) WHERE h.unit_id = mine.unit_id AND h.login = absent
			AND h.until_at IS NULL AND h.kind IN ('desk', 'room') ORDER BY x.dossier_id FOR UPDATE OF x LOOP
		PERFORM give_work(d, mine, 'assign', jsonb_build_object('to', acting, 'reason', why));
		UPDATE dossier x SET version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
		given := given + 1;
	END LOOP;
	PERFORM audit('give_all', NULL, jsonb_build_object('from', absent, 'to', acting, 'dossiers', given));
	PERFORM pg_notify('motcua_unit_' || mine.unit_id, 'hands 0');
	RETURN given;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
