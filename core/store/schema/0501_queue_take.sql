-- SPDX-License-Identifier: Apache-2.0
-- Taking a number: at the kiosk, with a booked code, from a block held for bad times, or at the desk.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- "A012"
CREATE FUNCTION motcua.ticket_text(series text, number int) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT series || lpad(number::text, greatest(3, length(number::text)), '0') $$;

-- 1 priority, 2 booked and its time has come, 3 in order of coming, 4 booked for later.
CREATE FUNCTION motcua.ticket_lane(t motcua.ticket, moment timestamptz) RETURNS int
LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN t.priority <> '' THEN 1 WHEN t.slot IS NULL THEN 3 WHEN t.slot <= moment THEN 2 ELSE 4 END
$$;

-- The rules of a unit; locked: whoever calls or puts back waits for the other, so order is one.
CREATE FUNCTION motcua.queue_rules(unit bigint, lock boolean DEFAULT false) RETURNS motcua.queue_setting
LANGUAGE plpgsql AS $$
DECLARE
	found_one queue_setting;
BEGIN
	SELECT * INTO found_one FROM queue_setting s WHERE s.unit_id = unit;
	IF NOT FOUND THEN
		INSERT INTO queue_setting (unit_id) VALUES (unit) ON CONFLICT DO NOTHING;
	END IF;
	IF lock OR found_one.unit_id IS NULL THEN
		SELECT * INTO found_one FROM queue_setting s WHERE s.unit_id = unit FOR UPDATE;
	END IF;
	RETURN found_one;
END $$;

CREATE FUNCTION motcua.ticket_told(unit bigint, ticket bigint, act text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_notify('motcua_unit_' || unit, 'queue ' || ticket);
	PERFORM pg_notify('motcua_queue_' || unit, act);
END $$;

-- Writes down what happened to a ticket, as it is now.
CREATE FUNCTION motcua.ticket_happened(t motcua.ticket, act text, was text, who text, note text DEFAULT '') RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	moment timestamptz := clock_timestamp();
BEGIN
	INSERT INTO ticket_event (unit_id, ticket_id, at, act, from_state, to_state, queue, lane, counter_code, login, note)
		VALUES (t.unit_id, t.ticket_id, moment, act, was, t.state, t.queue, ticket_lane(t, moment), t.counter_code, who,
			left(coalesce(note, ''), 300));
	PERFORM ticket_told(t.unit_id, t.ticket_id, act);
END $$;

-- What a day left behind ends with it: whose number was whose, counters left open, bookings that nobody came for.
CREATE FUNCTION motcua.queue_new_day(unit bigint, today date) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	t ticket;
	was text;
BEGIN
	DELETE FROM ticket_person p WHERE p.unit_id = unit AND p.day < today;
	DELETE FROM ticket_secret s WHERE s.unit_id = unit AND s.day < today;
	UPDATE queue_counter q SET state = 'closed' WHERE q.unit_id = unit AND q.state <> 'closed' AND local(q.since)::date < today;
	UPDATE ticket_booking b SET state = 'cancelled' WHERE b.unit_id = unit AND b.state = 'open' AND local(b.slot)::date < today;
	FOR t IN SELECT * FROM ticket x WHERE x.unit_id = unit AND x.day < today
			AND x.state NOT IN ('done', 'cancelled', 'no_show') ORDER BY x.ticket_id FOR UPDATE SKIP LOCKED LOOP
		was := t.state;
		t.state := CASE was WHEN 'serving' THEN 'done' ELSE 'cancelled' END;
		UPDATE ticket x SET state = t.state WHERE x.unit_id = unit AND x.ticket_id = t.ticket_id;
		PERFORM ticket_happened(t, 'lapse', was, '');
	END LOOP;
END $$;

-- The next number of a series today; whoever comes second waits for the first to commit.
CREATE FUNCTION motcua.ticket_next(unit bigint, today date, wanted text) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	nth int;
BEGIN
	IF NOT EXISTS (SELECT FROM ticket_sequence s WHERE s.unit_id = unit AND s.day = today) THEN
		PERFORM queue_new_day(unit, today);
	END IF;
	INSERT INTO ticket_sequence AS s (unit_id, day, series, last) VALUES (unit, today, wanted, 1)
		ON CONFLICT (unit_id, day, series) DO UPDATE SET last = CASE s.last WHEN 900 THEN 5001 ELSE s.last + 1 END
		RETURNING last INTO nth;
	RETURN nth;
END $$;

-- The digest of a person's number, good for today alone.
CREATE FUNCTION motcua.ticket_digest(unit bigint, today date, person text) RETURNS bytea
LANGUAGE plpgsql AS $$
DECLARE
	key bytea;
BEGIN
	INSERT INTO ticket_secret VALUES (unit, today, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))
		ON CONFLICT DO NOTHING;
	SELECT secret INTO key FROM ticket_secret s WHERE s.unit_id = unit AND s.day = today;
	RETURN sha256(key || convert_to(upper(regexp_replace(person, '\s', '', 'g')), 'UTF8'));
END $$;

-- Lays a ticket down.  The same request is the same ticket.
CREATE FUNCTION motcua.ticket_make(unit bigint, request uuid, wanted text, priority text, kind text, slot timestamptz,
	who text) RETURNS motcua.ticket
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
	rules queue_setting := queue_rules(unit);
	moment timestamptz := clock_timestamp();
	today date := local(moment)::date;
	t ticket;
BEGIN
	SELECT x.* INTO t FROM ticket x WHERE x.unit_id = unit AND x.request_id = request;
	IF FOUND THEN
		RETURN t;
	END IF;
	IF NOT EXISTS (SELECT FROM queue_series s WHERE s.unit_id = unit AND s.series = wanted AND s.active) THEN
		PERFORM refuse('MC005', 'Không có hàng đợi này.', format('no series %s', wanted), 'series');
	END IF;
	IF priority <> '' AND NOT EXISTS (SELECT FROM queue_group g WHERE g.unit_id = unit AND g.code = priority AND g.active) THEN
		PERFORM refuse('MC005', 'Không có nhóm ưu tiên này.', format('no group %s', priority), 'priority');
	END IF;
	INSERT INTO ticket AS x (unit_id, request_id, day, series, number, queue, priority, kind, slot, state, place_at, taken_at,
			taken_by, target_minutes)
		VALUES (unit, request, today, wanted, ticket_next(unit, today, wanted), wanted, priority, kind, slot, 'waiting',
			coalesce(slot, moment), moment, who, rules.target_minutes)
		ON CONFLICT (unit_id, request_id) DO NOTHING RETURNING x.* INTO t;
	IF t.ticket_id IS NULL THEN -- the same request at the same moment: its number stays unused
		SELECT x.* INTO t FROM ticket x WHERE x.unit_id = unit AND x.request_id = request;
		RETURN t;
	END IF;
	PERFORM ticket_happened(t, 'take', '', who);
	RETURN t;
END $$;

-- How many will be called before it, if nobody comes or leaves.
CREATE FUNCTION motcua.ticket_before(t motcua.ticket) RETURNS int
LANGUAGE plpgsql STABLE AS $$
DECLARE
	rules queue_setting;
	first_ones int;
	others int;
BEGIN
	SELECT * INTO rules FROM queue_setting s WHERE s.unit_id = t.unit_id;
	SELECT count(*) FILTER (WHERE x.priority <> '' AND (t.priority = '' OR x.place_at < t.place_at)),
			count(*) FILTER (WHERE x.priority = '' AND (t.priority <> '' OR x.place_at < t.place_at))
		INTO first_ones, others FROM ticket x
		WHERE x.unit_id = t.unit_id AND x.day = t.day AND x.queue = t.queue AND x.state IN ('waiting', 'transferred')
			AND x.ticket_id <> t.ticket_id AND (x.slot IS NULL OR x.slot <= t.taken_at);
	RETURN CASE WHEN rules.policy = 'strict' THEN first_ones + CASE t.priority WHEN '' THEN others ELSE 0 END
		WHEN t.priority <> '' THEN first_ones + least(others, rules.every_n * (first_ones + 1))
		ELSE others + least(first_ones, others / rules.every_n + 1) END;
END $$;

-- How a counter serves a queue: 1 its own, more as a help; NULL not at all.
CREATE FUNCTION motcua.queue_rank(unit bigint, counter text, wanted text) RETURNS int
LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN EXISTS (SELECT FROM queue_serves v WHERE v.unit_id = unit AND v.counter_code = counter)
		THEN (SELECT v.rank FROM queue_serves v WHERE v.unit_id = unit AND v.counter_code = counter AND v.series = wanted)
		WHEN EXISTS (SELECT FROM queue_series s JOIN queue_serves v ON v.unit_id = s.unit_id AND v.series = s.series
			WHERE s.unit_id = unit AND s.series = wanted AND s.quick) THEN NULL
		ELSE 1 END
$$;

-- The counters that serve a queue, open ones first: "Quầy 1, Quầy 2".
CREATE FUNCTION motcua.queue_counters_of(unit bigint, wanted text) RETURNS text
LANGUAGE sql STABLE AS $$
	WITH serving AS (
		SELECT c.name, c.code, coalesce(q.state, 'closed') = 'open' AS open FROM counter c
		LEFT JOIN queue_counter q ON q.unit_id = c.unit_id AND q.counter_code = c.code
		WHERE c.unit_id = unit AND coalesce(q.state, '') <> 'out_of_order' AND queue_rank(unit, c.code, wanted) = 1)
	SELECT coalesce(string_agg(s.name, ', ' ORDER BY s.code), '') FROM serving s
	WHERE s.open OR NOT EXISTS (SELECT FROM serving x WHERE x.open)
$$;

-- ---- the doors of the kiosk ----

CREATE FUNCTION motcua.hall_me(wanted text) RETURNS motcua.hall_login
LANGUAGE plpgsql STABLE AS $$
DECLARE
	h hall_login;
BEGIN
	h.login := session_user;
	h.unit_id := my_hall(wanted);
	h.kind := wanted;
	IF h.unit_id IS NULL THEN
		PERFORM refuse('MC004', 'Tài khoản này không phải của máy lấy số hay bảng gọi số, hoặc đã bị khoá.',
			format('%s is no active %s', session_user, wanted));
	END IF;
	RETURN h;
END $$;

-- For both machines: who they are and what time it is.
CREATE FUNCTION hall.hello(wanted text, schema_version int) RETURNS TABLE (unit_id bigint, unit_name text, parent_name text,
	organisation text, office text, practice boolean, server_now timestamptz, today date)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	h hall_login := hall_me(wanted);
BEGIN
	IF contract() <> $2 THEN
		PERFORM refuse('MC007', 'Chương trình và cơ sở dữ liệu không cùng phiên bản: hãy cập nhật.',
			format('program speaks %s, database %s', $2, contract()));
	END IF;
	RETURN QUERY SELECT u.unit_id, u.name, u.parent_name, u.organisation, u.office, u.practice, clock_timestamp(),
		local(clock_timestamp())::date FROM unit u WHERE u.unit_id = h.unit_id;
END $$;

CREATE FUNCTION hall.kiosk_choices() RETURNS TABLE (series text, name text, quick boolean, waiting int, open int, counters text)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT s.series, s.name, s.quick, (SELECT count(*) FROM ticket t WHERE t.unit_id = s.unit_id
			AND t.day = local(now())::date AND t.queue = s.series AND t.state IN ('waiting', 'transferred'))::int,
		(SELECT count(*) FROM queue_counter q WHERE q.unit_id = s.unit_id AND q.state = 'open'
			AND queue_rank(s.unit_id, q.counter_code, s.series) IS NOT NULL)::int, queue_counters_of(s.unit_id, s.series)
	FROM hall_me('kiosk') h JOIN queue_series s ON s.unit_id = h.unit_id WHERE s.active ORDER BY s.sort, s.series
$$;

CREATE FUNCTION hall.kiosk_groups() RETURNS TABLE (code text, name text)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT g.code, g.name FROM hall_me('kiosk') h JOIN queue_group g ON g.unit_id = h.unit_id
	WHERE g.active ORDER BY g.sort, g.code
$$;

-- A booked code that is open today; slot NULL: it came too late, and stands in order of coming.
CREATE FUNCTION motcua.booking_take(unit bigint, wanted text, OUT series text, OUT slot timestamptz, OUT booking bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	b ticket_booking;
	moment timestamptz := clock_timestamp();
	rules queue_setting := queue_rules(unit);
BEGIN
	SELECT * INTO b FROM ticket_booking x WHERE x.unit_id = unit AND x.code = wanted AND x.state = 'open' FOR UPDATE;
	IF b.booking_id IS NULL OR local(b.slot)::date <> local(moment)::date THEN
		PERFORM refuse('MC008', 'Không có mã hẹn này cho hôm nay.', 'no such booking today', 'booking');
	END IF;
	series := b.series;
	booking := b.booking_id;
	slot := CASE WHEN moment <= b.slot + make_interval(mins => rules.grace_minutes) THEN b.slot END;
END $$;

-- A ticket.  person: the number of a citizen card, if it was shown ('' not): one number for each that still waits.
CREATE FUNCTION hall.kiosk_take(request uuid, series text, priority text, person text, booking text)
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

-- Numbers for the time when the server is away: one block a series of today, a fresh one where fewer than `least` are left.
CREATE FUNCTION hall.kiosk_reserve(wanted text[], least_left int) RETURNS TABLE (series text, day date, first int, last int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	h hall_login := hall_me('kiosk');
	rules queue_setting := queue_rules(h.unit_id);
	today date := local(clock_timestamp())::date;
	one_series text;
	b ticket_block;
	until int;
BEGIN
	FOREACH one_series IN ARRAY wanted LOOP
		CONTINUE WHEN NOT EXISTS (SELECT FROM queue_series s WHERE s.unit_id = h.unit_id AND s.series = one_series AND s.active);
		SELECT * INTO b FROM ticket_block x WHERE x.unit_id = h.unit_id AND x.day = today AND x.series = one_series
			AND x.login = h.login ORDER BY x.block_id DESC LIMIT 1;
		IF b.block_id IS NULL OR b.last - greatest(b.first - 1, coalesce((SELECT max(t.number) FROM ticket t
				WHERE t.unit_id = h.unit_id AND t.day = today AND t.series = one_series AND t.offline
					AND t.number BETWEEN b.first AND b.last), 0)) < least_left THEN
			IF NOT EXISTS (SELECT FROM ticket_sequence s WHERE s.unit_id = h.unit_id AND s.day = today) THEN
				PERFORM queue_new_day(h.unit_id, today);
			END IF;
			INSERT INTO ticket_sequence AS s (unit_id, day, series, held) VALUES (h.unit_id, today, one_series, 900 + rules.block_size)
				ON CONFLICT (unit_id, day, series) DO UPDATE SET held = s.held + rules.block_size RETURNING held INTO until;
			CONTINUE WHEN until > 5000; -- none are left: that kiosk waits for the server
			INSERT INTO ticket_block (unit_id, login, day, series, first, last)
				VALUES (h.unit_id, h.login, today, one_series, until - rules.block_size + 1, until) RETURNING * INTO b;
		END IF;
		RETURN QUERY SELECT one_series, b.day, b.first, b.last;
	END LOOP;
END $$;

-- What was given out while the server was away: [{request, day, series, number, priority, taken_at}].  Repeated, it changes
-- nothing.  A request that the server had answered with another number, unheard, loses that number: the paper counts.
CREATE FUNCTION hall.kiosk_reconcile(rows jsonb) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	h hall_login := hall_me('kiosk');
	rules queue_setting := queue_rules(h.unit_id, true);
	today date := local(clock_timestamp())::date;
	r jsonb;
	b ticket_block;
	t ticket;
	was text;
	came timestamptz;
	made int := 0;
BEGIN
	PERFORM check_that(jsonb_typeof(rows) = 'array' AND jsonb_array_length(rows) <= 500, 'rows', 'Danh sách số không đúng dạng.');
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
		came := greatest(b.at, least(clock_timestamp(), (r->>'taken_at')::timestamptz));
		INSERT INTO ticket AS x (unit_id, request_id, day, series, number, queue, priority, kind, state, place_at, taken_at,
				taken_by, offline, target_minutes)
			VALUES (h.unit_id, (r->>'request')::uuid, b.day, b.series, (r->>'number')::int, b.series,
				coalesce((SELECT g.code FROM queue_group g WHERE g.unit_id = h.unit_id AND g.code = r->>'priority'), ''), 'walk_in',
				CASE WHEN b.day = today THEN 'waiting' ELSE 'cancelled' END, came, came, h.login, true, rules.target_minutes)
			RETURNING x.* INTO t;
		PERFORM ticket_happened(t, 'take', '', h.login, 'lấy khi mất kết nối');
		made := made + 1;
	END LOOP;
	RETURN made;
END $$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION hall.hello TO motcua_kiosk, motcua_display;
GRANT EXECUTE ON FUNCTION hall.kiosk_choices, hall.kiosk_groups, hall.kiosk_take, hall.kiosk_reserve, hall.kiosk_reconcile TO motcua_kiosk;
