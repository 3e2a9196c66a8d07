-- SPDX-License-Identifier: Apache-2.0
-- Practice: six weeks of an invented commune behind today, so that the board, the forecast and the indicators
-- have something to show.  Made once, on a supervisor's word, in a practice unit only; nothing of it is sent.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.practice_days (
	unit_id   bigint PRIMARY KEY REFERENCES motcua.unit,
	at        timestamptz NOT NULL DEFAULT clock_timestamp(),
	login     text NOT NULL,
	dossiers  int NOT NULL
);

-- One of them: the nth, in hand (done NULL) or finished.
CREATE FUNCTION motcua.practice_dossier(u motcua.unit, mine motcua.clerk, session bigint, n int, sys text, received timestamptz,
	due timestamptz, done timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	p procedures;
	who clerk;
	d dossier;
	name text := (ARRAY['Nguyễn', 'Trần', 'Lê', 'Chau', 'Néang', 'Phạm', 'Huỳnh'])[1 + n % 7] || ' '
		|| (ARRAY['Văn', 'Thị', 'Minh', 'Ngọc', 'Sóc'])[1 + n / 7 % 5] || ' ' || (ARRAY['An', 'Bình', 'Hoa', 'Rây', 'Tâm', 'Lan', 'Quân', 'Yến'])[1 + n / 3 % 8];
	number text := '0890' || lpad((n % 90)::text, 2, '0') || '99' || lpad(n::text, 4, '0'); -- 99 there: nobody's
	last int := CASE WHEN done IS NULL THEN (ARRAY[4, 4, 2, 5, 4])[1 + n % 5] ELSE 10 END;
BEGIN
	SELECT * INTO p FROM procedures x WHERE x.ended IS NULL AND x.offered ORDER BY x.code
		OFFSET n % greatest(1, (SELECT least(6, count(*)) FROM procedures x WHERE x.ended IS NULL AND x.offered)) LIMIT 1;
	SELECT * INTO who FROM clerk c WHERE c.unit_id = u.unit_id AND NOT c.locked ORDER BY c.login
		OFFSET n % (SELECT count(*) FROM clerk c WHERE c.unit_id = u.unit_id AND NOT c.locked) LIMIT 1;
	INSERT INTO dossier (unit_id, code, request_id, procedure_code, procedure_name, procedure_row, field, catalogue_version, channel,
		counter_code, session_id, login, owner_name, owner_id, limit_value, limit_unit, limit_source, received_at, due_at, finished_at,
		status, status_at, route_system, result_by, note)
	VALUES (u.unit_id, next_code(u, local(received)::date), gen_random_uuid(), p.code, p.name, p.row_id, p.field, catalogue_now(u.unit_id),
		1 + n % 2, (SELECT min(c.code) FROM counter c WHERE c.unit_id = u.unit_id), session, who.login, name, number, 3, 'working_day',
		'confirmed', received, due, done, last, coalesce(done, received), sys, 'counter', 'Số liệu tập duyệt')
	RETURNING * INTO d;
	PERFORM keep_party(d.unit_id, d.dossier_id, 'owner', jsonb_build_object('kind', 'person', 'name', name, 'id_number', number,
		'id_kind', 'cccd'), received);
	INSERT INTO dossier_due VALUES (d.unit_id, d.dossier_id, 1, received, 'reception', who.login, NULL, due, 'Số liệu tập duyệt');
	INSERT INTO dossier_component (unit_id, dossier_id, seq, name, action, originals, copies, pages, state, required)
		VALUES (d.unit_id, d.dossier_id, 1, 'Tờ khai', CASE WHEN n % 3 = 0 THEN 'submit' ELSE 'show' END, 1, 0, 1, 'ok', true);
	-- Delivered long ago, or never answered: nothing is left for a courier.
	INSERT INTO stream (unit_id, dossier_id, system, head, tail, travel, changed_at)
		VALUES (d.unit_id, d.dossier_id, sys, 1, 0, CASE WHEN done IS NULL AND n % 11 = 0 THEN 'disagreed' ELSE 'received' END, received);
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name)
		SELECT d.unit_id, d.dossier_id, CASE k WHEN 1 THEN received WHEN 2 THEN received + interval '30 minutes' ELSE coalesce(done, received + interval '1 hour') END
				+ CASE k WHEN 4 THEN interval '1 minute' ELSE interval '0' END,
			(ARRAY['receive', 'process', 'finish', 'return'])[k], (ARRAY[0, 2, 4, 9])[k], (ARRAY[2, 4, 9, 10])[k], who.login, who.full_name
		FROM generate_series(1, CASE WHEN done IS NOT NULL THEN 4 WHEN last = 2 THEN 1 ELSE 2 END) k ORDER BY k;
	IF last = 5 THEN
		INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name)
			VALUES (d.unit_id, d.dossier_id, received + interval '2 hours', 'ask_supplement', 4, 5, who.login, who.full_name);
	END IF;
END $$;

-- 60 finished ones and 24 in hand; how many were made.
CREATE FUNCTION desk.practice_days() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
	u unit;
	session bigint := my_session();
	systems text[];
	sys text;
	received timestamptz;
	due timestamptz;
	share float8;
BEGIN
	SELECT * INTO u FROM unit x WHERE x.unit_id = mine.unit_id;
	IF NOT u.practice THEN
		PERFORM refuse('MC004', 'Chỉ đơn vị tập duyệt mới có số liệu bịa.', 'not a practice unit');
	END IF;
	INSERT INTO practice_days (unit_id, login, dossiers) VALUES (mine.unit_id, mine.login, 84) ON CONFLICT DO NOTHING;
	IF NOT FOUND THEN
		PERFORM refuse('MC005', 'Số liệu tập duyệt đã có rồi.', 'practice days were made before');
	END IF;
	systems := ARRAY(SELECT s.code FROM my_systems(mine) s WHERE NOT is_quiet(s.code) ORDER BY s.code LIMIT 3);
	PERFORM check_that(systems <> '{}', 'systems', 'Chưa có tuyến gửi tới hệ thống nào.');
	FOR n IN 1..84 LOOP
		sys := systems[1 + n % cardinality(systems)];
		-- Finished: over six weeks.  In hand: of the last days, a few late, a few due today.
		received := working_add(u.code, today() + interval '7 hours' + (n % 8) * interval '1 hour'
			- CASE WHEN n <= 60 THEN (7 + n / 3) * interval '1 day' ELSE (1 + n % 5) * interval '1 day' END, interval '1 minute');
		due := working_days_after(u.code, received, 3);
		share := CASE WHEN n % 3 = 0 THEN 0.7 + 0.5 * random() ^ 2 ELSE 0.9 + 0.08 * random() END;
		PERFORM practice_dossier(u, mine, session, n, sys, received, due, CASE WHEN n <= 60 THEN least(received + (due - received) * share, now()) END);
	END LOOP;
	PERFORM audit('practice_days', NULL, '{"dossiers": 84}');
	PERFORM pg_notify('motcua_unit_' || mine.unit_id, 'dossier 0');
	RETURN 84;
END $$;

RESET ROLE;
SELECT motcua.guard('{practice_days}', '');
SELECT motcua.open_doors();
