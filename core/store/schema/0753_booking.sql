-- SPDX-License-Identifier: Apache-2.0
-- Numbers booked at home: who set the queue anew sees that somebody is booked in what would be closed; a booking is called off by a clerk
-- with a reason, and says so at the kiosk.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

ALTER TABLE motcua.ticket_booking ADD COLUMN ended_at timestamptz;
ALTER TABLE motcua.ticket_booking ADD COLUMN ended_by text NOT NULL DEFAULT '';       -- '' the day was over
ALTER TABLE motcua.ticket_booking ADD COLUMN reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 200);

-- A plan is taken whole or not at all: a series that it leaves out must have nobody who waits in it today or is booked in it.
CREATE FUNCTION motcua.check_closing(unit bigint, plan jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	s record;
	waiting text;
BEGIN
	IF NOT plan ? 'series' THEN
		RETURN;
	END IF;
	FOR s IN SELECT x.series, count(b.*) AS many, max(local(b.slot)) AS last FROM queue_series x
			LEFT JOIN ticket_booking b ON b.unit_id = x.unit_id AND b.series = x.series AND b.state = 'open' AND local(b.slot)::date >= local(now())::date
			WHERE x.unit_id = unit AND x.active AND NOT EXISTS (SELECT FROM jsonb_array_elements(plan->'series') e WHERE e->>'series' = x.series)
			GROUP BY 1 ORDER BY 1 LOOP
		PERFORM check_that(s.many = 0, 'series', format('Dãy %s không có trong kế hoạch mới mà còn %s người đã hẹn, muộn nhất %s. Chưa đổi gì: giữ dãy ấy, hoặc vào “Số hẹn” '
			|| 'huỷ từng số và báo người hẹn, rồi nạp lại.', s.series, s.many, to_char(s.last, 'HH24:MI DD/MM/YYYY')));
		SELECT string_agg(ticket_text(t.series, t.number), ', ' ORDER BY t.place_at) INTO waiting FROM (SELECT * FROM ticket t WHERE t.unit_id = unit
			AND t.day = local(now())::date AND t.queue = s.series AND t.state NOT IN ('done', 'no_show', 'cancelled') LIMIT 10) t;
		PERFORM check_that(waiting IS NULL, 'series', format('Dãy %s không có trong kế hoạch mới mà còn người đang chờ (%s). Chưa đổi gì: gọi hết hoặc chuyển sang dãy khác, rồi nạp lại.',
			s.series, waiting));
	END LOOP;
END $$;

-- As in 0734; nothing is closed over somebody's head.
CREATE OR REPLACE FUNCTION motcua.queue_load(unit bigint, plan jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	x jsonb;
	unknown text := (SELECT string_agg(k, ' ') FROM jsonb_object_keys($2) k
		WHERE k NOT IN ('unit', 'settings', 'series', 'groups', 'counters', 'machines'));
BEGIN
	PERFORM check_that(unknown IS NULL, 'plan', format('Không rõ mục này: %s', unknown));
	PERFORM queue_rules($1, true);
	PERFORM check_closing($1, $2);
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

-- As in 0501; a code that was called off says so.
CREATE OR REPLACE FUNCTION motcua.booking_take(unit bigint, wanted text, OUT series text, OUT slot timestamptz, OUT booking bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	b ticket_booking;
	moment timestamptz := clock_timestamp();
	rules queue_setting := queue_rules(unit);
BEGIN
	SELECT * INTO b FROM ticket_booking x WHERE x.unit_id = unit AND x.code = wanted AND x.state = 'open' FOR UPDATE;
	IF b.booking_id IS NULL OR local(b.slot)::date <> local(moment)::date THEN
		IF EXISTS (SELECT FROM ticket_booking x WHERE x.unit_id = unit AND x.code = wanted AND x.state = 'cancelled' AND x.ended_by <> ''
				AND local(x.slot)::date = local(moment)::date) THEN
			PERFORM refuse('MC006', 'Số hẹn này đã huỷ: mời lấy số thường, hoặc hỏi quầy.', 'booking was called off', 'booking');
		END IF;
		PERFORM refuse('MC008', 'Không có mã hẹn này cho hôm nay.', 'no such booking today', 'booking');
	END IF;
	series := b.series;
	booking := b.booking_id;
	slot := CASE WHEN moment <= b.slot + make_interval(mins => rules.grace_minutes) THEN b.slot END;
END $$;

-- Calls a booking off: its code opens nothing any more, its place in the slot is free for another.  A code that has its number already is
-- that number's to cancel.  Said twice it is one.
CREATE FUNCTION desk.booking_cancel(wanted bigint, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	why text := btrim(coalesce($2, ''));
	b ticket_booking;
BEGIN
	PERFORM check_that(length(why) BETWEEN 3 AND 200, 'reason', 'Ghi vì sao huỷ, đã báo người hẹn chưa.');
	SELECT * INTO b FROM ticket_booking x WHERE x.unit_id = mine.unit_id AND x.booking_id = wanted FOR UPDATE;
	IF b.booking_id IS NULL THEN
		PERFORM refuse('MC008', 'Không có số hẹn này.', format('no booking %s', wanted));
	ELSIF b.state = 'cancelled' AND b.ended_by = mine.login THEN
		RETURN;
	ELSIF b.state = 'cancelled' THEN
		PERFORM refuse('MC006', CASE b.ended_by WHEN '' THEN 'Số hẹn này đã qua ngày.' ELSE format('Số hẹn này %s đã huỷ.', name_of(b.ended_by)) END, 'booking is over');
	ELSIF b.state = 'taken' THEN
		PERFORM refuse('MC006', format('Người hẹn đã đến, lấy số %s: huỷ số ấy ở màn hình gọi số.', (SELECT ticket_text(t.series, t.number) FROM ticket t
			WHERE t.unit_id = b.unit_id AND t.ticket_id = b.ticket_id)), 'booking has its ticket');
	END IF;
	UPDATE ticket_booking x SET state = 'cancelled', ended_at = date_trunc('second', clock_timestamp()), ended_by = mine.login, reason = why
		WHERE x.unit_id = b.unit_id AND x.booking_id = b.booking_id;
	PERFORM audit('booking_cancel', NULL, jsonb_build_object('booking', b.booking_id, 'series', b.series, 'slot', b.slot));
	PERFORM ticket_told(mine.unit_id, 0, 'settings');
END $$;

-- Those to come, the next first, then what became of today's and of the last days'.
CREATE FUNCTION desk.bookings(most int) RETURNS TABLE (booking_id bigint, code text, series text, series_name text, slot timestamptz, state text, number text,
	by_name text, ended_by text, reason text, lapsed boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT b.booking_id, b.code, b.series, s.name, b.slot, b.state, coalesce(ticket_text(t.series, t.number), ''), name_of(b.login),
		coalesce(name_of(nullif(b.ended_by, '')), ''), b.reason, b.state = 'open' AND local(b.slot)::date < local(now())::date OR b.state = 'cancelled' AND b.ended_by = ''
	FROM me() m JOIN ticket_booking b ON b.unit_id = m.unit_id JOIN queue_series s ON s.unit_id = b.unit_id AND s.series = b.series
		LEFT JOIN ticket t ON t.unit_id = b.unit_id AND t.ticket_id = b.ticket_id
	WHERE b.slot > now() - interval '7 days'
	ORDER BY b.state <> 'open' OR local(b.slot)::date < local(now())::date, CASE WHEN b.state = 'open' AND local(b.slot)::date >= local(now())::date THEN b.slot END,
		b.slot DESC, b.booking_id LIMIT greatest(1, least(most, 500))
$$;

RESET ROLE;
-- The administrator loads plans of every unit (queue_import) and has to see whom they would close out.
CREATE POLICY import ON motcua.ticket_booking FOR SELECT TO motcua_owner USING ((SELECT motcua.is_admin()));
CREATE POLICY import ON motcua.ticket FOR SELECT TO motcua_owner USING ((SELECT motcua.is_admin()));
SELECT motcua.open_doors();
