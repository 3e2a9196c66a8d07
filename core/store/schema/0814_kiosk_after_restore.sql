-- SPDX-License-Identifier: Apache-2.0
-- Numbers that a kiosk gave out alone come home after a restore, too, when the copy does not know the block they are of: the paper is in
-- a citizen's hand, and one such row kept all others from coming home.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- A block that is not here any more: of a number that kiosks alone are given and no other block has; without block_id.  Its next ones
-- are kept for no other.
CREATE FUNCTION motcua.block_lost(h motcua.hall_login, on_day date, wanted text, number int) RETURNS motcua.ticket_block
LANGUAGE plpgsql AS $$
DECLARE
	b ticket_block;
BEGIN
	PERFORM check_that(coalesce(number BETWEEN 901 AND 5000 AND on_day <= local(clock_timestamp())::date, false)
		AND EXISTS (SELECT FROM queue_series q WHERE q.unit_id = h.unit_id AND q.series = wanted)
		AND NOT EXISTS (SELECT FROM ticket_block x WHERE x.unit_id = h.unit_id AND x.day = on_day AND x.series = wanted AND number BETWEEN x.first AND x.last),
		'number', 'Số này không thuộc dãy đã giữ cho máy lấy số.');
	INSERT INTO ticket_sequence AS s (unit_id, day, series, held) VALUES (h.unit_id, on_day, wanted, greatest(900, number))
		ON CONFLICT (unit_id, day, series) DO UPDATE SET held = greatest(s.held, excluded.held);
	b.unit_id := h.unit_id;
	b.login := h.login;
	b.day := on_day;
	b.series := wanted;
	b.first := number;
	b.last := number;
	b.at := begins(on_day);
	RETURN b;
END $$;

-- As in 0734.  Lays down a number that was given out alone; a code counts when it was open, or taken by the answer nobody heard.
CREATE OR REPLACE FUNCTION motcua.ticket_come_home(h motcua.hall_login, rules motcua.queue_setting, b motcua.ticket_block, r jsonb, unheard bigint) RETURNS void
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
	PERFORM ticket_happened(t, 'take', '', h.login, 'lấy khi mất kết nối' || CASE WHEN b.block_id IS NULL THEN '; dãy số đã giữ cho máy không còn ở đây (dữ liệu được phục hồi từ bản sao)' ELSE '' END);
END $$;

-- What was given out while the server was away: [{request, day, series, number, priority, taken_at, person, booking}]; person: the digest by
-- kiosk_key, booking: a code, both may be missing.  Repeated, it changes nothing.  A request that the server had answered with another
-- number, unheard, loses that number: the paper counts.  A block that the copy does not know that came back is believed where nobody else has it.
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
		IF b.block_id IS NULL THEN
			b := block_lost(h, (r->>'day')::date, r->>'series', (r->>'number')::int);
		END IF;
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

RESET ROLE;
SELECT motcua.open_doors();
