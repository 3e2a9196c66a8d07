-- SPDX-License-Identifier: Apache-2.0
-- Calling numbers.  Which one is next the database decides by the unit's declared policy, one call at a time a
-- unit: under "strict" priority numbers go first; under "interleaved" one priority number, then n others.
-- Booked numbers go before those in order of coming once their time has come.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- The counter I work at, or a refusal.
CREATE FUNCTION motcua.queue_my_counter() RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	code text := my_counter();
BEGIN
	IF coalesce(code, '') = '' THEN
		PERFORM refuse('MC005', 'Việc này cần làm ở một quầy.', 'session has no counter', 'counter');
	END IF;
	RETURN code;
END $$;

-- The number that a counter should call now; NULL: nobody waits for it.
CREATE FUNCTION motcua.queue_pick(unit bigint, counter text, moment timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
	rules queue_setting := queue_rules(unit);
	today date := local(moment)::date;
	level int;
	queues text[];
	since int;
	priority_turn boolean;
	id bigint;
BEGIN
	SELECT min(CASE t.to_counter WHEN '' THEN queue_rank(unit, counter, t.queue) ELSE 1 END) INTO level
		FROM ticket t WHERE t.unit_id = unit AND t.day = today AND t.state IN ('waiting', 'transferred')
			AND t.to_counter IN ('', counter);
	IF level IS NULL THEN
		RETURN NULL;
	END IF;
	queues := ARRAY(SELECT s.series FROM queue_series s WHERE s.unit_id = unit AND queue_rank(unit, counter, s.series) = level);
	IF rules.policy = 'interleaved' THEN
		-- Calls of these queues since a priority number was called; none yet today: it is a priority number's turn.
		SELECT count(*) FILTER (WHERE e.event_id > l.last_one) INTO since
			FROM ticket_event e, (SELECT max(x.event_id) AS last_one FROM ticket_event x WHERE x.unit_id = unit AND x.act = 'call'
				AND x.at >= today::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' AND x.lane = 1 AND x.queue = ANY (queues)) l
			WHERE e.unit_id = unit AND e.act = 'call' AND e.at >= today::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
				AND e.lane <> 1 AND e.queue = ANY (queues) AND l.last_one IS NOT NULL;
		priority_turn := since >= rules.every_n OR NOT EXISTS (SELECT FROM ticket_event x WHERE x.unit_id = unit AND x.act = 'call'
			AND x.at >= today::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' AND x.lane = 1 AND x.queue = ANY (queues));
	ELSE
		priority_turn := true;
	END IF;
	SELECT t.ticket_id INTO id FROM ticket t
		WHERE t.unit_id = unit AND t.day = today AND t.state IN ('waiting', 'transferred')
			AND (t.to_counter = counter OR (t.to_counter = '' AND t.queue = ANY (queues)))
		ORDER BY CASE ticket_lane(t, moment) WHEN 1 THEN CASE WHEN priority_turn THEN 0 ELSE 5 END
				WHEN 2 THEN 2 WHEN 3 THEN 3 ELSE 6 END, t.place_at, t.ticket_id LIMIT 1;
	RETURN id;
END $$;

-- A ticket as counters see it.
CREATE FUNCTION motcua.ticket_seen(t motcua.ticket, OUT ticket_id bigint, OUT number text, OUT queue text, OUT queue_name text,
	OUT priority text, OUT priority_name text, OUT kind text, OUT slot timestamptz, OUT state text, OUT calls int, OUT counter_code text,
	OUT to_counter text, OUT login text, OUT taken_at timestamptz, OUT called_at timestamptz, OUT serving_at timestamptz,
	OUT done_at timestamptz, OUT dossiers int)
LANGUAGE sql STABLE AS $$
	SELECT t.ticket_id, ticket_text(t.series, t.number), t.queue,
		coalesce((SELECT s.name FROM queue_series s WHERE s.unit_id = t.unit_id AND s.series = t.queue), ''), t.priority,
		coalesce((SELECT g.name FROM queue_group g WHERE g.unit_id = t.unit_id AND g.code = t.priority), ''), t.kind, t.slot,
		t.state, t.calls, t.counter_code, t.to_counter, t.login, t.taken_at, t.called_at, t.serving_at, t.done_at,
		(SELECT count(*) FROM ticket_dossier d WHERE d.unit_id = t.unit_id AND d.ticket_id = t.ticket_id)::int
$$;

-- A ticket of today, held until the end of the transaction.
CREATE FUNCTION motcua.ticket_hold(unit bigint, wanted bigint) RETURNS motcua.ticket
LANGUAGE plpgsql AS $$
DECLARE
	t ticket;
BEGIN
	SELECT * INTO t FROM ticket x WHERE x.unit_id = unit AND x.ticket_id = wanted FOR UPDATE;
	IF t.ticket_id IS NULL OR t.day <> local(clock_timestamp())::date THEN
		PERFORM refuse('MC008', 'Không có số thứ tự này hôm nay.', format('no ticket %s today', wanted));
	END IF;
	RETURN t;
END $$;

-- The ticket called or served at my counter.
CREATE FUNCTION motcua.ticket_here(unit bigint, counter text) RETURNS motcua.ticket
LANGUAGE plpgsql AS $$
DECLARE
	t ticket;
BEGIN
	SELECT * INTO t FROM ticket x WHERE x.unit_id = unit AND x.day = local(clock_timestamp())::date AND x.counter_code = counter
		AND x.state IN ('called', 'serving') FOR UPDATE;
	RETURN t;
END $$;

-- Writes the ticket's new state; the moments and the counter are those of t.
CREATE FUNCTION motcua.ticket_move(t motcua.ticket, act text, was text, who text, note text DEFAULT '') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	UPDATE ticket x SET state = t.state, queue = t.queue, to_counter = t.to_counter, place_at = t.place_at,
		counter_code = t.counter_code, login = t.login, calls = t.calls, first_called_at = t.first_called_at,
		called_at = t.called_at, serving_at = t.serving_at, done_at = t.done_at
		WHERE x.unit_id = t.unit_id AND x.ticket_id = t.ticket_id;
	PERFORM ticket_happened(t, act, was, who, note);
END $$;

-- What was set on another day is set anew.
CREATE FUNCTION motcua.queue_counter_set(mine motcua.clerk, counter text, wanted text, reason text) RETURNS void
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

-- "Gọi số tiếp": what was served here is done, the counter is open, the next number is called.  No row: nobody waits.
CREATE FUNCTION desk.queue_call_next() RETURNS TABLE (ticket_id bigint, number text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	counter text := queue_my_counter();
	rules queue_setting := queue_rules(mine.unit_id, true);
	t ticket := ticket_here(mine.unit_id, counter);
	was text := t.state;
	moment timestamptz := clock_timestamp();
	wanted bigint;
BEGIN
	IF was = 'called' THEN
		PERFORM refuse('MC006', format('Số %s đang được gọi ở quầy này: đã đến, gọi lại hay vắng?', ticket_text(t.series, t.number)),
			'a ticket is being called at this counter', 'called');
	ELSIF was = 'serving' THEN
		t.state := 'done';
		t.done_at := moment;
		PERFORM ticket_move(t, 'done', was, mine.login);
	END IF;
	PERFORM queue_counter_set(mine, counter, 'open', '');
	wanted := queue_pick(mine.unit_id, counter, moment); -- once, not for every number there ever was
	SELECT * INTO t FROM ticket x WHERE x.unit_id = mine.unit_id AND x.ticket_id = wanted FOR UPDATE;
	IF t.ticket_id IS NULL THEN
		RETURN;
	END IF;
	PERFORM ticket_call(t, mine, counter, '');
	RETURN QUERY SELECT t.ticket_id, ticket_text(t.series, t.number);
END $$;

CREATE FUNCTION motcua.ticket_call(t motcua.ticket, mine motcua.clerk, counter text, note text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	was text := t.state;
	moment timestamptz := clock_timestamp();
BEGIN
	t.state := 'called';
	t.counter_code := counter;
	t.login := mine.login;
	t.calls := 1;
	t.called_at := moment;
	t.first_called_at := coalesce(t.first_called_at, moment);
	t.serving_at := NULL;
	t.done_at := NULL;
	PERFORM ticket_move(t, 'call', was, mine.login, note);
END $$;

-- A number that stands aside (parked, missed, sent to this very counter) is called again by name; others wait their turn.
CREATE FUNCTION desk.queue_call(wanted bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	counter text := queue_my_counter();
	rules queue_setting := queue_rules(mine.unit_id, true);
	t ticket := ticket_hold(mine.unit_id, wanted);
	here ticket := ticket_here(mine.unit_id, counter);
BEGIN
	IF here.ticket_id IS NOT NULL THEN
		PERFORM refuse('MC006', format('Quầy đang có số %s: kết thúc số ấy trước.', ticket_text(here.series, here.number)),
			'the counter has a ticket', 'called');
	END IF;
	IF NOT (t.state IN ('parked', 'no_show') OR (t.state = 'transferred' AND t.to_counter = counter)) THEN
		PERFORM refuse('MC006', 'Số này đang chờ theo thứ tự: gọi số tiếp, máy chọn.', format('ticket is %s', t.state), 'state');
	END IF;
	PERFORM queue_counter_set(mine, counter, 'open', '');
	PERFORM ticket_call(t, mine, counter, 'gọi riêng');
END $$;

-- What may follow at the counter that called it: 'recall', 'serve', 'no_show', 'done', 'park', 'release'.
CREATE FUNCTION desk.queue_act(wanted bigint, act text, note text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_variable
DECLARE
	mine clerk := me();
	counter text := queue_my_counter();
	rules queue_setting := queue_rules(mine.unit_id, true);
	t ticket := ticket_hold(mine.unit_id, wanted);
	was text := t.state;
	moment timestamptz := clock_timestamp();
	wait int;
BEGIN
	IF was NOT IN ('called', 'serving') OR t.counter_code <> counter THEN
		PERFORM refuse('MC006', 'Số này không còn ở quầy này.', format('ticket is %s at %s', was, t.counter_code), 'state');
	ELSIF act IN ('recall', 'serve', 'no_show', 'release') AND was <> 'called' THEN
		PERFORM refuse('MC006', 'Người mang số này đã đến quầy.', format('%s when %s', act, was), 'state');
	END IF;
	CASE act
	WHEN 'recall' THEN
		wait := ceil(extract(epoch FROM t.called_at + make_interval(secs => rules.recall_seconds) - moment));
		IF t.calls >= rules.calls_most THEN
			PERFORM refuse('MC006', format('Đã gọi %s lần: ghi vắng, người ấy quay lại vẫn được gọi.', t.calls), 'called often enough', 'calls');
		ELSIF wait > 0 THEN
			PERFORM refuse('MC006', format('Vừa gọi xong: %s giây nữa mới gọi lại.', wait), 'called a moment ago', 'wait');
		END IF;
		t.calls := t.calls + 1;
		t.called_at := moment;
	WHEN 'serve' THEN
		t.state := 'serving';
		t.serving_at := moment;
	WHEN 'no_show' THEN
		t.state := 'no_show';
	WHEN 'done' THEN
		t.state := 'done';
		t.serving_at := coalesce(t.serving_at, moment);
		t.done_at := moment;
	WHEN 'park' THEN
		t.state := 'parked';
	WHEN 'release' THEN
		t.state := 'waiting';
		t.counter_code := '';
	ELSE
		PERFORM refuse('MC005', 'Không có việc này.', format('no act %s', act), 'act');
	END CASE;
	PERFORM ticket_move(t, act, was, mine.login, note);
END $$;

-- Who missed the call or stood aside waits again.  Missed: behind so many of the own lane; stood aside: the old place.
CREATE FUNCTION desk.queue_back(wanted bigint) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	rules queue_setting := queue_rules(mine.unit_id, true);
	t ticket := ticket_hold(mine.unit_id, wanted);
	was text := t.state;
	moment timestamptz := clock_timestamp();
	ahead timestamptz;
BEGIN
	IF was NOT IN ('no_show', 'parked') THEN
		PERFORM refuse('MC006', 'Số này không ở ngoài hàng đợi.', format('ticket is %s', was), 'state');
	END IF;
	IF was = 'no_show' THEN
		SELECT max(x.place_at) INTO ahead FROM (SELECT w.place_at FROM ticket w WHERE w.unit_id = t.unit_id AND w.day = t.day
			AND w.queue = t.queue AND w.state IN ('waiting', 'transferred') AND (w.priority <> '') = (t.priority <> '')
			AND (w.slot IS NULL OR w.slot <= moment) ORDER BY w.slot IS NULL, w.place_at, w.ticket_id LIMIT rules.back_after) x;
		t.place_at := greatest(t.place_at, ahead + interval '1 microsecond');
		UPDATE ticket x SET slot = NULL WHERE x.unit_id = t.unit_id AND x.ticket_id = t.ticket_id;
		t.slot := NULL; -- a booked number that was missed is in order of coming
	END IF;
	t.state := 'waiting';
	t.counter_code := '';
	PERFORM ticket_move(t, 'back', was, mine.login);
	RETURN ticket_before(t);
END $$;

-- To another queue or to one counter; its place there as the unit decided.
CREATE FUNCTION desk.queue_transfer(wanted bigint, queue text, counter text, note text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_variable
DECLARE
	mine clerk := me();
	rules queue_setting := queue_rules(mine.unit_id, true);
	t ticket := ticket_hold(mine.unit_id, wanted);
	was text := t.state;
BEGIN
	IF was IN ('done', 'cancelled') OR (was IN ('called', 'serving') AND t.counter_code <> queue_my_counter()) THEN
		PERFORM refuse('MC006', 'Số này không chuyển được nữa.', format('ticket is %s at %s', was, t.counter_code), 'state');
	END IF;
	IF NOT EXISTS (SELECT FROM queue_series s WHERE s.unit_id = mine.unit_id AND s.series = coalesce(nullif(queue, ''), t.queue) AND s.active) THEN
		PERFORM refuse('MC005', 'Không có hàng đợi này.', format('no series %s', queue), 'queue');
	END IF;
	IF coalesce(counter, '') <> '' AND NOT EXISTS (SELECT FROM counter c WHERE c.unit_id = mine.unit_id AND c.code = counter) THEN
		PERFORM refuse('MC005', format('Đơn vị không có quầy %s.', counter), 'no such counter', 'counter');
	END IF;
	-- Nobody else calls what is sent to a counter: somebody must sit there.
	IF coalesce(counter, '') <> '' AND NOT EXISTS (SELECT FROM queue_counter q WHERE q.unit_id = mine.unit_id AND q.counter_code = counter
			AND q.state IN ('open', 'paused') AND local(q.since)::date = t.day) THEN
		PERFORM refuse('MC005', format('Quầy %s hôm nay chưa mở: chuyển sang hàng khác hoặc quầy đang mở.', counter), 'the counter is closed', 'counter');
	END IF;
	t.queue := coalesce(nullif(queue, ''), t.queue);
	t.to_counter := coalesce(counter, '');
	t.state := 'transferred';
	t.counter_code := '';
	t.place_at := CASE rules.transfer_place WHEN 'keep' THEN t.place_at WHEN 'end' THEN clock_timestamp()
		ELSE least(t.place_at, (SELECT min(x.place_at) - interval '1 microsecond' FROM ticket x WHERE x.unit_id = t.unit_id
			AND x.day = t.day AND x.queue = t.queue AND x.state IN ('waiting', 'transferred'))) END;
	PERFORM ticket_move(t, 'transfer', was, mine.login, note);
END $$;

-- A citizen who went home, or took a number by mistake.
CREATE FUNCTION desk.queue_cancel(wanted bigint, note text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	rules queue_setting := queue_rules(mine.unit_id, true);
	t ticket := ticket_hold(mine.unit_id, wanted);
	was text := t.state;
BEGIN
	IF was NOT IN ('waiting', 'transferred', 'parked', 'no_show') THEN
		PERFORM refuse('MC006', 'Số này không huỷ được nữa.', format('ticket is %s', was), 'state');
	END IF;
	PERFORM check_that(btrim(coalesce(note, '')) <> '', 'note', 'Việc này cần ghi lý do.');
	t.state := 'cancelled';
	PERFORM ticket_move(t, 'cancel', was, mine.login, note);
END $$;

-- Somebody is served who has no ticket: one is made, and never waits.
CREATE FUNCTION desk.queue_walk_in(request uuid, series text, priority text) RETURNS TABLE (ticket_id bigint, number text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	counter text := queue_my_counter();
	rules queue_setting := queue_rules(mine.unit_id, true);
	here ticket := ticket_here(mine.unit_id, counter);
	t ticket;
BEGIN
	SELECT x.* INTO t FROM ticket x WHERE x.unit_id = mine.unit_id AND x.request_id = $1;
	IF t.ticket_id IS NULL THEN
		IF here.ticket_id IS NOT NULL THEN
			PERFORM refuse('MC006', format('Quầy đang có số %s: kết thúc số ấy trước.', ticket_text(here.series, here.number)),
				'the counter has a ticket', 'called');
		END IF;
		t := ticket_make(mine.unit_id, $1, $2, coalesce($3, ''), 'desk', NULL, mine.login);
		t.state := 'serving';
		t.counter_code := counter;
		t.login := mine.login;
		t.serving_at := clock_timestamp();
		PERFORM queue_counter_set(mine, counter, 'open', '');
		PERFORM ticket_move(t, 'serve', 'waiting', mine.login);
	END IF;
	RETURN QUERY SELECT t.ticket_id, ticket_text(t.series, t.number);
END $$;

-- Open, pause, out of order, close.  What was only called waits again at its place; what is served is finished first.
CREATE FUNCTION desk.queue_counter(wanted text, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	counter text := queue_my_counter();
	rules queue_setting := queue_rules(mine.unit_id, true);
	t ticket := ticket_here(mine.unit_id, counter);
	was text := t.state;
BEGIN
	PERFORM check_that(wanted IN ('open', 'paused', 'out_of_order', 'closed'), 'state', 'Không có việc này.');
	PERFORM check_that(wanted <> 'out_of_order' OR btrim(coalesce(reason, '')) <> '', 'reason', 'Việc này cần ghi lý do.');
	IF wanted <> 'open' AND was = 'serving' THEN
		PERFORM refuse('MC006', format('Hãy kết thúc số %s trước.', ticket_text(t.series, t.number)), 'a ticket is being served', 'serving');
	ELSIF wanted <> 'open' AND was = 'called' THEN
		t.state := 'waiting';
		t.counter_code := '';
		PERFORM ticket_move(t, 'release', was, mine.login);
	END IF;
	IF wanted IN ('out_of_order', 'closed') THEN
		-- What was sent to this very counter is anybody's again.
		FOR t IN SELECT * FROM ticket x WHERE x.unit_id = mine.unit_id AND x.day = local(now())::date AND x.to_counter = counter
				AND x.state IN ('waiting', 'transferred') ORDER BY x.ticket_id FOR UPDATE LOOP
			was := t.state;
			t.to_counter := '';
			PERFORM ticket_move(t, 'release', was, mine.login);
		END LOOP;
	END IF;
	PERFORM queue_counter_set(mine, counter, wanted, reason);
END $$;

-- ---- dossiers ----

-- What is accepted at a counter while a number is served there belongs to it.
CREATE FUNCTION motcua.ticket_join() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
BEGIN
	INSERT INTO ticket_dossier (unit_id, ticket_id, dossier_id)
		SELECT t.unit_id, t.ticket_id, NEW.dossier_id FROM ticket t WHERE t.unit_id = NEW.unit_id
			AND t.day = local(clock_timestamp())::date AND t.state = 'serving' AND t.counter_code = NEW.counter_code
			AND t.login = NEW.login AND NEW.login = session_user AND NEW.channel = 1
			AND NEW.received_at >= date_trunc('second', t.serving_at)
		ON CONFLICT DO NOTHING;
	RETURN NULL;
END $$;
CREATE TRIGGER ticket_join AFTER INSERT ON motcua.dossier FOR EACH ROW EXECUTE FUNCTION motcua.ticket_join();

RESET ROLE;
SELECT motcua.open_doors();
