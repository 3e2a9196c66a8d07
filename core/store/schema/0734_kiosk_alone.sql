-- SPDX-License-Identifier: Apache-2.0
-- A kiosk that stands alone: blocks of numbers also of the days ahead, so that it has some when it starts in the morning without a
-- server; the codes booked for these days; the day's key, by which it knows again who already has a number that it gave.  What it gave
-- comes home with the person's digest and the code.  And: numbers are kept for every request once, whoever comes first.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- A block of a day ahead makes that day's row; the first number given on the day itself is what begins it.
CREATE OR REPLACE FUNCTION motcua.ticket_next(unit bigint, today date, wanted text) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	nth int;
BEGIN
	IF NOT EXISTS (SELECT FROM ticket_sequence s WHERE s.unit_id = unit AND s.day = today AND s.last > 0) THEN
		PERFORM queue_new_day(unit, today);
	END IF;
	INSERT INTO ticket_sequence AS s (unit_id, day, series, last) VALUES (unit, today, wanted, 1)
		ON CONFLICT (unit_id, day, series) DO UPDATE SET last = CASE s.last WHEN 900 THEN 5001 ELSE s.last + 1 END
		RETURNING last INTO nth;
	RETURN nth;
END $$;

-- The secret of a day, made when it is asked for first.
CREATE FUNCTION motcua.ticket_key(unit bigint, today date) RETURNS bytea
LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO ticket_secret VALUES (unit, today, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))) ON CONFLICT DO NOTHING;
	RETURN (SELECT secret FROM ticket_secret s WHERE s.unit_id = unit AND s.day = today);
END $$;
CREATE OR REPLACE FUNCTION motcua.ticket_digest(unit bigint, today date, person text) RETURNS bytea
LANGUAGE sql AS $$
	SELECT sha256(ticket_key(unit, today) || convert_to(upper(regexp_replace(person, '\s', '', 'g')), 'UTF8'))
$$;

-- One request at a time: whoever says it again waits, and is told what the first was told.
CREATE FUNCTION motcua.ticket_request(unit bigint, request uuid) RETURNS void
LANGUAGE sql AS $$ SELECT pg_advisory_xact_lock(hashtextextended('motcua.ticket ' || request, unit)) $$;

-- As in 0501.
CREATE OR REPLACE FUNCTION hall.kiosk_take(request uuid, series text, priority text, person text, booking text)
RETURNS TABLE (number text, name text, priority_name text, counters text, before int, taken_at timestamptz, slot timestamptz,
	again boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	h hall_login := hall_me('kiosk');
	today date := local(clock_timestamp())::date;
	b record;
	t ticket;
	own bytea;
	twice boolean := false;
BEGIN
	PERFORM ticket_request(h.unit_id, $1);
	SELECT x.* INTO t FROM ticket x WHERE x.unit_id = h.unit_id AND x.request_id = $1;
	IF t.ticket_id IS NULL AND coalesce($4, '') <> '' THEN
		PERFORM check_that($4 ~ '^[0-9A-Za-z]{6,20}$', 'person', 'Số căn cước không đọc được.');
		own := ticket_digest(h.unit_id, today, $4);
		PERFORM pg_advisory_xact_lock(hashtextextended(encode(own, 'hex'), h.unit_id));
		SELECT x.* INTO t FROM ticket_person p JOIN ticket x ON x.unit_id = p.unit_id AND x.ticket_id = p.ticket_id
			WHERE p.unit_id = h.unit_id AND p.day = today AND p.digest = own
				AND x.state IN ('waiting', 'transferred', 'called', 'parked');
		twice := FOUND;
	END IF;
	IF t.ticket_id IS NULL THEN
		IF coalesce($5, '') <> '' THEN
			SELECT * INTO b FROM booking_take(h.unit_id, $5);
			t := ticket_make(h.unit_id, $1, b.series, coalesce($3, ''), 'booked', b.slot, h.login);
			UPDATE ticket_booking x SET state = 'taken', ticket_id = t.ticket_id
				WHERE x.unit_id = h.unit_id AND x.booking_id = b.booking;
		ELSE
			t := ticket_make(h.unit_id, $1, $2, coalesce($3, ''), 'walk_in', NULL, h.login);
		END IF;
		IF own IS NOT NULL THEN
			INSERT INTO ticket_person VALUES (h.unit_id, today, own, t.ticket_id)
				ON CONFLICT (unit_id, day, digest) DO UPDATE SET ticket_id = excluded.ticket_id;
		END IF;
	END IF;
	RETURN QUERY SELECT ticket_text(t.series, t.number), s.name, coalesce(g.name, ''), queue_counters_of(t.unit_id, t.queue),
		ticket_before(t), t.taken_at, t.slot, twice
		FROM queue_series s LEFT JOIN queue_group g ON g.unit_id = t.unit_id AND g.code = t.priority
		WHERE s.unit_id = t.unit_id AND s.series = t.queue;
END $$;

-- A fresh block; without one: none is left for that kiosk on that day.
CREATE FUNCTION motcua.block_make(h motcua.hall_login, size int, on_day date, wanted text) RETURNS motcua.ticket_block
LANGUAGE plpgsql AS $$
DECLARE
	b ticket_block;
	until int;
BEGIN
	INSERT INTO ticket_sequence AS s (unit_id, day, series, held) VALUES (h.unit_id, on_day, wanted, 900 + size)
		ON CONFLICT (unit_id, day, series) DO UPDATE SET held = s.held + size RETURNING held INTO until;
	IF until <= 5000 THEN
		INSERT INTO ticket_block (unit_id, login, day, series, first, last) VALUES (h.unit_id, h.login, on_day, wanted, until - size + 1, until)
			RETURNING * INTO b;
	END IF;
	RETURN b;
END $$;

-- As in 0501; series are locked in one order, in whatever order a kiosk names them.
CREATE OR REPLACE FUNCTION hall.kiosk_reserve(wanted text[], least_left int) RETURNS TABLE (series text, day date, first int, last int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	h hall_login := hall_me('kiosk');
	rules queue_setting := queue_rules(h.unit_id);
	today date := local(clock_timestamp())::date;
	one_series text;
	b ticket_block;
BEGIN
	FOR one_series IN SELECT s.series FROM queue_series s WHERE s.unit_id = h.unit_id AND s.active AND s.series = ANY (wanted) ORDER BY s.series COLLATE "C" LOOP
		SELECT * INTO b FROM ticket_block x WHERE x.unit_id = h.unit_id AND x.day = today AND x.series = one_series
			AND x.login = h.login ORDER BY x.block_id DESC LIMIT 1;
		IF b.block_id IS NULL OR b.last - greatest(b.first - 1, coalesce((SELECT max(t.number) FROM ticket t
				WHERE t.unit_id = h.unit_id AND t.day = today AND t.series = one_series AND t.offline
					AND t.number BETWEEN b.first AND b.last), 0)) < least_left THEN
			b := block_make(h, rules.block_size, today, one_series);
		END IF;
		RETURN QUERY SELECT one_series, b.day, b.first, b.last WHERE b.block_id IS NOT NULL;
	END LOOP;
END $$;

-- A block of each of the days ahead: of a day that has not come yet nothing can have been given out, so it is the same one until then.
CREATE FUNCTION hall.kiosk_ahead(wanted text[], days int) RETURNS TABLE (series text, day date, first int, last int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	h hall_login := hall_me('kiosk');
	rules queue_setting := queue_rules(h.unit_id);
	today date := local(clock_timestamp())::date;
	one record;
	b ticket_block;
BEGIN
	FOR one IN SELECT today + n AS day, s.series FROM generate_series(1, greatest(0, least(days, 31))) n, queue_series s
			WHERE s.unit_id = h.unit_id AND s.active AND s.series = ANY (wanted) ORDER BY 1, s.series COLLATE "C" LOOP
		SELECT * INTO b FROM ticket_block x WHERE x.unit_id = h.unit_id AND x.day = one.day AND x.series = one.series AND x.login = h.login
			ORDER BY x.block_id DESC LIMIT 1;
		IF b.block_id IS NULL THEN
			b := block_make(h, rules.block_size, one.day, one.series);
		END IF;
		RETURN QUERY SELECT b.series, b.day, b.first, b.last WHERE b.block_id IS NOT NULL;
	END LOOP;
END $$;

-- Codes booked for today and the days ahead; until: so long the number holds its slot.
CREATE FUNCTION hall.kiosk_bookings(days int) RETURNS TABLE (code text, series text, slot timestamptz, until timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT b.code, b.series, b.slot, b.slot + make_interval(mins => r.grace_minutes)
	FROM hall_me('kiosk') h CROSS JOIN LATERAL queue_rules(h.unit_id) r JOIN ticket_booking b ON b.unit_id = h.unit_id AND b.state = 'open'
	WHERE local(b.slot)::date BETWEEN local(now())::date AND local(now())::date + greatest(0, least(days, 31))
	ORDER BY b.slot, b.code LIMIT 500
$$;

-- The key by which the server tells persons apart today.
CREATE FUNCTION hall.kiosk_key() RETURNS TABLE (day date, key text)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT local(clock_timestamp())::date, encode(ticket_key(h.unit_id, local(clock_timestamp())::date), 'hex') FROM hall_me('kiosk') h
$$;

-- Lays down a number that was given out alone; a code counts when it was open, or taken by the answer nobody heard.
CREATE FUNCTION motcua.ticket_come_home(h motcua.hall_login, rules motcua.queue_setting, b motcua.ticket_block, r jsonb, unheard bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	today date := local(clock_timestamp())::date;
	came timestamptz := greatest(b.at, least(clock_timestamp(), (r->>'taken_at')::timestamptz));
	k ticket_booking;
	own bytea := decode(CASE WHEN r->>'person' ~ '^[0-9a-f]{64}$' THEN r->>'person' END, 'hex');
	at_slot timestamptz;
	t ticket;
BEGIN
	SELECT * INTO k FROM ticket_booking x WHERE x.unit_id = h.unit_id AND x.code = r->>'booking' AND local(x.slot)::date = b.day AND x.series = b.series
		AND (x.state = 'open' OR (x.state = 'taken' AND x.ticket_id = unheard)) ORDER BY x.booking_id DESC LIMIT 1 FOR UPDATE;
	at_slot := CASE WHEN came <= k.slot + make_interval(mins => rules.grace_minutes) THEN k.slot END;
	INSERT INTO ticket AS x (unit_id, request_id, day, series, number, queue, priority, kind, slot, state, place_at, taken_at, taken_by, offline,
			target_minutes)
		VALUES (h.unit_id, (r->>'request')::uuid, b.day, b.series, (r->>'number')::int, b.series,
			coalesce((SELECT g.code FROM queue_group g WHERE g.unit_id = h.unit_id AND g.code = r->>'priority'), ''),
			CASE WHEN k.booking_id IS NULL THEN 'walk_in' ELSE 'booked' END, at_slot, CASE WHEN b.day = today THEN 'waiting' ELSE 'cancelled' END,
			coalesce(at_slot, came), came, h.login, true, rules.target_minutes)
		RETURNING x.* INTO t;
	UPDATE ticket_booking x SET state = 'taken', ticket_id = t.ticket_id WHERE x.unit_id = h.unit_id AND x.booking_id = k.booking_id;
	IF own IS NOT NULL AND b.day = today THEN
		INSERT INTO ticket_person AS p VALUES (h.unit_id, today, own, t.ticket_id) ON CONFLICT (unit_id, day, digest) DO UPDATE
			SET ticket_id = excluded.ticket_id WHERE NOT EXISTS (SELECT FROM ticket x WHERE x.unit_id = p.unit_id AND x.ticket_id = p.ticket_id
				AND x.state IN ('waiting', 'transferred', 'called', 'parked'));
	END IF;
	PERFORM ticket_happened(t, 'take', '', h.login, 'lấy khi mất kết nối');
END $$;

-- What was given out while the server was away: [{request, day, series, number, priority, taken_at, person, booking}]; person: the digest by
-- kiosk_key, booking: a code, both may be missing.  Repeated, it changes nothing.  A request that the server had answered with another
-- number, unheard, loses that number: the paper counts.
CREATE OR REPLACE FUNCTION hall.kiosk_reconcile(rows jsonb) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	h hall_login := hall_me('kiosk');
	rules queue_setting := queue_rules(h.unit_id, true);
	r jsonb;
	b ticket_block;
	t ticket;
	was text;
	made int := 0;
BEGIN
	PERFORM check_that(jsonb_typeof(rows) = 'array' AND jsonb_array_length(rows) <= 500, 'rows', 'Danh sách số không đúng dạng.');
	-- What was asked before and is under way still: its end is waited for.
	PERFORM ticket_request(h.unit_id, q.request) FROM (SELECT (x->>'request')::uuid AS request FROM jsonb_array_elements(rows) x ORDER BY 1) q;
	FOR r IN SELECT x FROM jsonb_array_elements(rows) x LOOP
		SELECT * INTO b FROM ticket_block x WHERE x.unit_id = h.unit_id AND x.login = h.login AND x.day = (r->>'day')::date
			AND x.series = r->>'series' AND (r->>'number')::int BETWEEN x.first AND x.last;
		PERFORM check_that(b.block_id IS NOT NULL, 'number', 'Số này không thuộc dãy đã giữ cho máy lấy số.');
		CONTINUE WHEN EXISTS (SELECT FROM ticket x WHERE x.unit_id = h.unit_id AND x.day = b.day AND x.series = b.series
			AND x.number = (r->>'number')::int);
		SELECT x.* INTO t FROM ticket x WHERE x.unit_id = h.unit_id AND x.request_id = (r->>'request')::uuid FOR UPDATE;
		IF FOUND THEN
			was := t.state;
			UPDATE ticket x SET request_id = gen_random_uuid(),
				state = CASE WHEN was IN ('done', 'no_show') THEN was ELSE 'cancelled' END
				WHERE x.unit_id = h.unit_id AND x.ticket_id = t.ticket_id RETURNING x.* INTO t;
			PERFORM ticket_happened(t, 'cancel', was, h.login, 'số không đến tay người lấy');
		END IF;
		PERFORM ticket_come_home(h, rules, b, r, t.ticket_id);
		made := made + 1;
	END LOOP;
	RETURN made;
END $$;

-- As in 0504; a plan as it was written out names machines without their passwords: these keep the one they have.
CREATE OR REPLACE FUNCTION motcua.queue_load(unit bigint, plan jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	x jsonb;
	unknown text := (SELECT string_agg(k, ' ') FROM jsonb_object_keys($2) k
		WHERE k NOT IN ('unit', 'settings', 'series', 'groups', 'counters', 'machines'));
BEGIN
	PERFORM check_that(unknown IS NULL, 'plan', format('Không rõ mục này: %s', unknown));
	PERFORM queue_rules($1);
	UPDATE queue_setting s SET policy = n.policy, every_n = n.every_n, grace_minutes = n.grace_minutes, calls_most = n.calls_most,
			recall_seconds = n.recall_seconds, back_after = n.back_after, transfer_place = n.transfer_place,
			target_minutes = n.target_minutes, slot_minutes = n.slot_minutes, slot_places = n.slot_places, block_size = n.block_size
		FROM queue_setting old CROSS JOIN LATERAL jsonb_populate_record(old, coalesce($2->'settings', '{}') - 'unit_id') n
		WHERE old.unit_id = $1 AND s.unit_id = $1;
	IF $2 ? 'series' THEN
		UPDATE queue_series s SET active = false WHERE s.unit_id = $1;
		INSERT INTO queue_series AS s (unit_id, series, name, fields, quick, sort)
			SELECT $1, e->>'series', e->>'name', ARRAY(SELECT jsonb_array_elements_text(coalesce(e->'fields', '[]'))),
				coalesce((e->>'quick')::boolean, false), n FROM jsonb_array_elements($2->'series') WITH ORDINALITY l(e, n)
			ON CONFLICT (unit_id, series) DO UPDATE SET name = excluded.name, fields = excluded.fields, quick = excluded.quick,
				sort = excluded.sort, active = true;
	END IF;
	IF $2 ? 'groups' THEN
		UPDATE queue_group g SET active = false WHERE g.unit_id = $1;
		INSERT INTO queue_group AS g (unit_id, code, name, basis, sort)
			SELECT $1, e->>'code', e->>'name', coalesce(e->>'basis', ''), n FROM jsonb_array_elements($2->'groups') WITH ORDINALITY l(e, n)
			ON CONFLICT (unit_id, code) DO UPDATE SET name = excluded.name, basis = excluded.basis, sort = excluded.sort, active = true;
	END IF;
	IF $2 ? 'counters' THEN
		DELETE FROM queue_serves v WHERE v.unit_id = $1;
		FOR x IN SELECT e FROM jsonb_array_elements($2->'counters') e LOOP
			PERFORM check_that(EXISTS (SELECT FROM counter c WHERE c.unit_id = $1 AND c.code = x->>'code'), 'counters',
				format('Đơn vị không có quầy %s.', x->>'code'));
			INSERT INTO queue_serves (unit_id, counter_code, series, rank)
				SELECT $1, x->>'code', s, 1 FROM jsonb_array_elements_text(coalesce(x->'series', '[]')) s
				UNION ALL SELECT $1, x->>'code', s, 2 FROM jsonb_array_elements_text(coalesce(x->'helps', '[]')) s;
		END LOOP;
	END IF;
	FOR x IN SELECT e FROM jsonb_array_elements(coalesce($2->'machines', '[]')) e LOOP
		IF x->>'password' IS NOT NULL THEN
			PERFORM password_check(x->>'password');
		ELSE
			PERFORM check_that(EXISTS (SELECT FROM hall_login h WHERE h.login = x->>'login' AND h.unit_id = $1), 'machines',
				format('Máy %s là máy mới: phải có mật khẩu.', x->>'login'));
		END IF;
		PERFORM hall_make(x->>'login', $1, x->>'kind', x->>'place', x->>'password');
	END LOOP;
	PERFORM ticket_told($1, 0, 'settings');
END $$;

RESET ROLE;
REVOKE ALL ON FUNCTION hall.kiosk_ahead, hall.kiosk_bookings, hall.kiosk_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hall.kiosk_ahead, hall.kiosk_bookings, hall.kiosk_key TO motcua_kiosk;
SELECT motcua.open_doors();
