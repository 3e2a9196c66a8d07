-- SPDX-License-Identifier: Apache-2.0
-- A counter that was left open yesterday is not open today until somebody opens it; a booking that nobody
-- came for ends with its day.

SET LOCAL search_path = motcua, pg_temp;

CREATE POLICY kiosk ON motcua.queue_counter FOR UPDATE TO motcua_owner
	USING (unit_id = (SELECT motcua.my_hall('kiosk'))) WITH CHECK (unit_id = (SELECT motcua.my_hall('kiosk')));

SET ROLE motcua_owner;

-- As in 0501, and the counters and bookings of days before.
CREATE OR REPLACE FUNCTION motcua.queue_new_day(unit bigint, today date) RETURNS void
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

-- As in 0502; what was set on another day is set anew.
CREATE OR REPLACE FUNCTION motcua.queue_counter_set(mine motcua.clerk, counter text, wanted text, reason text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT FROM queue_counter q WHERE q.unit_id = mine.unit_id AND q.counter_code = counter AND q.state = wanted
		AND q.login = mine.login AND local(q.since)::date = local(clock_timestamp())::date) THEN
		RETURN;
	END IF;
	INSERT INTO queue_counter AS q (unit_id, counter_code, state, reason, login)
		VALUES (mine.unit_id, counter, wanted, left(coalesce(reason, ''), 200), mine.login)
		ON CONFLICT (unit_id, counter_code) DO UPDATE SET state = excluded.state, reason = excluded.reason, login = excluded.login,
			since = clock_timestamp();
	INSERT INTO queue_counter_event (unit_id, counter_code, state, reason, login)
		VALUES (mine.unit_id, counter, wanted, left(coalesce(reason, ''), 200), mine.login);
	PERFORM ticket_told(mine.unit_id, 0, 'counter');
END $$;

RESET ROLE;
