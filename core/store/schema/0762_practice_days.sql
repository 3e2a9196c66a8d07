-- SPDX-License-Identifier: Apache-2.0
-- Practice days made on a day off: nothing in them was received tomorrow.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0536.
CREATE OR REPLACE FUNCTION desk.practice_days() RETURNS int
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
		-- After a day off the next opening lies ahead of us: further back, until it does not.
		FOR back IN 2..14 LOOP
			EXIT WHEN received <= clock_timestamp();
			received := working_add(u.code, today() + interval '7 hours' - back * interval '1 day', interval '1 minute');
		END LOOP;
		due := working_days_after(u.code, received, 3);
		share := CASE WHEN n % 3 = 0 THEN 0.7 + 0.5 * random() ^ 2 ELSE 0.9 + 0.08 * random() END;
		PERFORM practice_dossier(u, mine, session, n, sys, received, due, CASE WHEN n <= 60 THEN least(received + (due - received) * share, now()) END);
	END LOOP;
	PERFORM audit('practice_days', NULL, '{"dossiers": 84}');
	PERFORM pg_notify('motcua_unit_' || mine.unit_id, 'dossier 0');
	RETURN 84;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
