-- SPDX-License-Identifier: Apache-2.0
-- What the queue looks like: for counters, for the board and the reports, and, numbers and counters alone,
-- for the display in the hall.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- The queue now, a row a series: how many wait and how long, in seconds; what the day has brought so far.
CREATE FUNCTION desk.queue_now() RETURNS TABLE (series text, name text, fields text[], quick boolean, waiting int,
	waiting_priority int, longest_wait int, median_wait int, over_target int, called int, serving int, parked int, no_show int,
	done int, counters_open int, target_minutes int)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT s.series, s.name, s.fields, s.quick, count(*) FILTER (WHERE w.waits)::int,
		count(*) FILTER (WHERE w.waits AND w.priority <> '')::int,
		coalesce(max(w.seconds) FILTER (WHERE w.waits), 0)::int,
		coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY w.seconds) FILTER (WHERE w.waits), 0)::int,
		count(*) FILTER (WHERE w.waits AND w.seconds > 60 * w.target_minutes)::int,
		count(*) FILTER (WHERE w.state = 'called')::int, count(*) FILTER (WHERE w.state = 'serving')::int,
		count(*) FILTER (WHERE w.state = 'parked')::int, count(*) FILTER (WHERE w.state = 'no_show')::int,
		count(*) FILTER (WHERE w.state = 'done')::int,
		(SELECT count(*) FROM queue_counter q WHERE q.unit_id = s.unit_id AND q.state = 'open'
			AND queue_rank(s.unit_id, q.counter_code, s.series) IS NOT NULL)::int, r.target_minutes
	FROM me() m CROSS JOIN LATERAL queue_rules(m.unit_id) r JOIN queue_series s ON s.unit_id = m.unit_id
	LEFT JOIN LATERAL (SELECT t.*, t.state IN ('waiting', 'transferred') AS waits,
			extract(epoch FROM clock_timestamp() - greatest(t.taken_at, t.slot)) AS seconds
		FROM ticket t WHERE t.unit_id = s.unit_id AND t.day = local(now())::date AND t.queue = s.series) w ON true
	WHERE s.active
	GROUP BY s.unit_id, s.series, s.name, s.fields, s.quick, s.sort, r.target_minutes ORDER BY s.sort, s.series
$$;

-- What each counter does now: '' state when it has not opened; the number it has, if any.
CREATE FUNCTION desk.queue_counters() RETURNS TABLE (code text, name text, state text, reason text, login text, full_name text,
	since timestamptz, ticket_id bigint, number text, ticket_state text, ticket_at timestamptz, serves text)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT c.code, c.name, coalesce(q.state, ''), coalesce(q.reason, ''), coalesce(q.login, ''), coalesce(k.full_name, ''), q.since,
		t.ticket_id, ticket_text(t.series, t.number), coalesce(t.state, ''), coalesce(t.serving_at, t.called_at),
		coalesce((SELECT string_agg(s.series, ' ' ORDER BY queue_rank(m.unit_id, c.code, s.series), s.sort) FROM queue_series s
			WHERE s.unit_id = m.unit_id AND s.active AND queue_rank(m.unit_id, c.code, s.series) IS NOT NULL), '')
	FROM me() m JOIN counter c ON c.unit_id = m.unit_id
	LEFT JOIN queue_counter q ON q.unit_id = c.unit_id AND q.counter_code = c.code AND local(q.since)::date = local(clock_timestamp())::date
	LEFT JOIN clerk k ON k.login = q.login
	LEFT JOIN ticket t ON t.unit_id = c.unit_id AND t.counter_code = c.code AND t.day = local(now())::date
		AND t.state IN ('called', 'serving')
	ORDER BY c.code
$$;

-- What my counter needs to see: the number it has, first; then those that stand aside or were sent to it, then those
-- it may be given next, in the order of their lanes.
CREATE FUNCTION desk.queue_mine(most int) RETURNS TABLE (part text, lane int, ticket_id bigint, number text, queue text, queue_name text,
	priority text, priority_name text, kind text, slot timestamptz, state text, calls int, counter_code text, to_counter text,
	login text, taken_at timestamptz, called_at timestamptz, serving_at timestamptz, done_at timestamptz, dossiers int)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT CASE WHEN t.state IN ('called', 'serving') THEN 'here' WHEN t.state IN ('parked', 'no_show') THEN 'aside' ELSE 'waiting' END,
		ticket_lane(t, clock_timestamp()), v.*
	FROM me() m CROSS JOIN (SELECT coalesce(my_counter(), '') AS code) c
	JOIN ticket t ON t.unit_id = m.unit_id AND t.day = local(now())::date CROSS JOIN LATERAL ticket_seen(t) v
	WHERE (t.state IN ('called', 'serving') AND t.counter_code = c.code)
		OR (t.state IN ('parked', 'no_show') AND (t.counter_code = c.code OR queue_rank(m.unit_id, c.code, t.queue) IS NOT NULL))
		OR (t.state IN ('waiting', 'transferred') AND (t.to_counter = c.code
			OR (t.to_counter = '' AND queue_rank(m.unit_id, c.code, t.queue) IS NOT NULL)))
	ORDER BY t.state NOT IN ('called', 'serving'), t.state IN ('parked', 'no_show'), t.to_counter = '', 2, t.place_at, t.ticket_id
	LIMIT least(greatest(most, 1), 500)
$$;

-- Drill-down of the figures: today's tickets of a series ('' all) in a state ('waiting' holds transferred ones, '' all).
CREATE FUNCTION desk.queue_list(series text, wanted text, most int) RETURNS TABLE (ticket_id bigint, number text, queue text, queue_name text,
	priority text, priority_name text, kind text, slot timestamptz, state text, calls int, counter_code text, to_counter text,
	login text, taken_at timestamptz, called_at timestamptz, serving_at timestamptz, done_at timestamptz, dossiers int)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT v.* FROM me() m JOIN ticket t ON t.unit_id = m.unit_id AND t.day = local(now())::date
		CROSS JOIN LATERAL ticket_seen(t) v
	WHERE ($1 = '' OR t.queue = $1) AND ($2 = '' OR t.state = $2 OR ($2 = 'waiting' AND t.state = 'transferred'))
	ORDER BY t.place_at, t.ticket_id LIMIT least(greatest($3, 1), 1000)
$$;

-- A ticket's history, and the dossiers that came of it.
CREATE FUNCTION desk.queue_events(wanted bigint) RETURNS TABLE (at timestamptz, act text, to_state text, queue text, counter_code text,
	login text, note text)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT e.at, e.act, e.to_state, e.queue, e.counter_code, e.login, e.note FROM me() m JOIN ticket_event e ON e.unit_id = m.unit_id
	WHERE e.ticket_id = wanted ORDER BY e.at, e.event_id
$$;
CREATE FUNCTION desk.queue_dossiers(wanted bigint) RETURNS TABLE (dossier_id bigint, code text)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT d.dossier_id, d.code FROM me() m JOIN ticket_dossier k ON k.unit_id = m.unit_id AND k.ticket_id = wanted
		JOIN dossier d ON d.unit_id = k.unit_id AND d.dossier_id = k.dossier_id ORDER BY k.at, d.dossier_id
$$;

-- Days behind us, a row a day and series (by the queue where it was last).  Waits are from taking the number, or from the
-- booked moment, to the first call; service from "served" to "done"; in seconds.  without_dossier: served, none accepted.
CREATE FUNCTION motcua.queue_days(unit bigint, first date, last date) RETURNS TABLE (day date, series text, name text, taken int,
	booked int, priority int, offline int, served int, no_show int, cancelled int, median_wait int, longest_wait int,
	over_target int, median_service int, total_service int, without_dossier int, dossiers int)
LANGUAGE sql STABLE AS $$
	SELECT t.day, t.queue, coalesce(max(s.name), ''), count(*) FILTER (WHERE t.kind <> 'desk')::int, count(*) FILTER (WHERE t.kind = 'booked')::int,
		count(*) FILTER (WHERE t.priority <> '')::int, count(*) FILTER (WHERE t.offline)::int,
		count(*) FILTER (WHERE t.serving_at IS NOT NULL)::int, count(*) FILTER (WHERE t.state = 'no_show')::int,
		count(*) FILTER (WHERE t.state = 'cancelled')::int,
		coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY w.waited), 0)::int, coalesce(max(w.waited), 0)::int,
		count(*) FILTER (WHERE w.waited > 60 * t.target_minutes)::int,
		coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY w.served), 0)::int, coalesce(sum(w.served), 0)::int,
		count(*) FILTER (WHERE t.serving_at IS NOT NULL AND w.dossiers = 0)::int, coalesce(sum(w.dossiers), 0)::int
	FROM ticket t LEFT JOIN queue_series s ON s.unit_id = t.unit_id AND s.series = t.queue
	CROSS JOIN LATERAL (SELECT
		CASE WHEN t.kind <> 'desk' THEN greatest(0, extract(epoch FROM t.first_called_at - greatest(t.taken_at, t.slot))) END AS waited,
		extract(epoch FROM t.done_at - t.serving_at) AS served,
		(SELECT count(*) FROM ticket_dossier k WHERE k.unit_id = t.unit_id AND k.ticket_id = t.ticket_id) AS dossiers) w
	WHERE t.unit_id = unit AND t.day BETWEEN first AND last
	GROUP BY t.day, t.queue ORDER BY t.day, t.queue
$$;
CREATE FUNCTION desk.queue_day(first date, last date) RETURNS TABLE (day date, series text, name text, taken int,
	booked int, priority int, offline int, served int, no_show int, cancelled int, median_wait int, longest_wait int,
	over_target int, median_service int, total_service int, without_dossier int, dossiers int)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$ SELECT d.* FROM me() m, queue_days(m.unit_id, $1, $2) d $$;

-- ---- booked numbers ----

-- Books a number by telephone, for a slot that begins then; returns the code to be typed at the kiosk.
CREATE FUNCTION desk.queue_book(series text, wanted timestamptz) RETURNS TABLE (code text, slot timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	rules queue_setting := queue_rules(mine.unit_id, true);
	begins timestamptz := date_bin(make_interval(mins => rules.slot_minutes), wanted, local(wanted)::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh');
	made text;
BEGIN
	IF NOT EXISTS (SELECT FROM queue_series s WHERE s.unit_id = mine.unit_id AND s.series = $1 AND s.active) THEN
		PERFORM refuse('MC005', 'Không có hàng đợi này.', format('no series %s', $1), 'series');
	END IF;
	PERFORM check_that(begins > clock_timestamp() AND begins < clock_timestamp() + interval '60 days', 'slot',
		'Giờ hẹn phải ở phía trước, trong vòng 60 ngày.');
	IF (SELECT count(*) FROM ticket_booking b WHERE b.unit_id = mine.unit_id AND b.series = $1 AND b.slot = begins
			AND b.state <> 'cancelled') >= rules.slot_places THEN
		PERFORM refuse('MC005', format('Khung giờ %s đã đủ %s số hẹn: chọn khung khác.', to_char(local(begins), 'HH24:MI DD/MM'),
			rules.slot_places), 'slot is full', 'slot');
	END IF;
	LOOP
		made := lpad((('x' || encode(substr(sha256(uuid_send(gen_random_uuid())), 1, 4), 'hex'))::bit(32)::bigint % 1000000)::text, 6, '0');
		EXIT WHEN NOT EXISTS (SELECT FROM ticket_booking b WHERE b.unit_id = mine.unit_id AND b.code = made
			AND (b.state = 'open' OR b.slot > now() - interval '7 days'));
	END LOOP;
	INSERT INTO ticket_booking (unit_id, series, slot, code, login) VALUES (mine.unit_id, $1, begins, made, mine.login);
	PERFORM audit('queue_book', NULL, jsonb_build_object('series', $1, 'slot', begins));
	RETURN QUERY SELECT made, begins;
END $$;

-- ---- the display: numbers and counters, nothing else ----

-- The last calls, newest first: call grows with every call and recall.
CREATE FUNCTION hall.display_calls(most int) RETURNS TABLE (call bigint, number text, counter text, calls int, age int)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT * FROM (SELECT DISTINCT ON (t.ticket_id) e.event_id, ticket_text(t.series, t.number), coalesce(c.name, e.counter_code), t.calls,
		extract(epoch FROM clock_timestamp() - e.at)::int
	FROM hall_me('display') h JOIN ticket_event e ON e.unit_id = h.unit_id AND e.act IN ('call', 'recall')
		AND e.at >= local(now())::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
	JOIN ticket t ON t.unit_id = e.unit_id AND t.ticket_id = e.ticket_id
	LEFT JOIN counter c ON c.unit_id = e.unit_id AND c.code = e.counter_code
	ORDER BY t.ticket_id, e.event_id DESC) x ORDER BY 1 DESC LIMIT least(greatest(most, 1), 20)
$$;

CREATE FUNCTION hall.display_waiting() RETURNS TABLE (series text, waiting int)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT s.series, (SELECT count(*) FROM ticket t WHERE t.unit_id = s.unit_id AND t.day = local(now())::date
		AND t.queue = s.series AND t.state IN ('waiting', 'transferred'))::int
	FROM hall_me('display') h JOIN queue_series s ON s.unit_id = h.unit_id WHERE s.active ORDER BY s.sort, s.series
$$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION hall.display_calls, hall.display_waiting TO motcua_display;
SELECT motcua.open_doors();
