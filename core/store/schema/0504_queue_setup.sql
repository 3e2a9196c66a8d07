-- SPDX-License-Identifier: Apache-2.0
-- How a unit sets up its queue: one JSON value with settings, series, groups, counters and the machines of the hall.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- A supervisor sees the members of the own unit only, so a log-in that exists at all, here or anywhere in the cluster, is
-- somebody's: only the unit's own machine may be set anew.
CREATE FUNCTION motcua.hall_make(login text, unit bigint, kind text, place text, password text) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
#variable_conflict use_variable
BEGIN
	PERFORM check_that(kind IN ('kiosk', 'display'), 'kind', 'Máy ở sảnh là máy lấy số (kiosk) hay bảng gọi số (display).');
	IF EXISTS (SELECT FROM clerk c WHERE c.login = login)
			OR (NOT is_admin() AND EXISTS (SELECT FROM pg_roles WHERE rolname = login)
				AND NOT EXISTS (SELECT FROM hall_login h WHERE h.login = login AND h.unit_id = unit)) THEN
		PERFORM refuse('MC005', format('Tên đăng nhập %s đã có người dùng.', login), 'login exists', 'login');
	END IF;
	PERFORM role_make(login, password, 'motcua_' || kind);
	INSERT INTO hall_login AS h (login, unit_id, kind, place) VALUES (login, unit, kind, left(coalesce(place, ''), 80))
		ON CONFLICT ON CONSTRAINT hall_login_pkey DO UPDATE SET kind = excluded.kind, place = excluded.place
		WHERE h.unit_id = excluded.unit_id;
	IF NOT FOUND THEN
		PERFORM refuse('MC005', format('Tên đăng nhập %s đã có người dùng.', login), 'another unit''s', 'login');
	END IF;
END $$;

-- Members that are left out stay as they are; a list replaces what there was, and a series that is gone is closed.
CREATE FUNCTION motcua.queue_load(unit bigint, plan jsonb) RETURNS void
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
		PERFORM password_check(x->>'password');
		PERFORM hall_make(x->>'login', $1, x->>'kind', x->>'place', x->>'password');
	END LOOP;
	PERFORM ticket_told($1, 0, 'settings');
END $$;

-- By the administrator for any unit (its code stands in the value), by a supervisor for the own one.
CREATE FUNCTION desk.queue_setup(plan jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
BEGIN
	PERFORM queue_load(mine.unit_id, plan);
	PERFORM audit('queue_setup', NULL, (plan - 'machines') || jsonb_build_object('machines',
		coalesce((SELECT jsonb_agg(e - 'password') FROM jsonb_array_elements(plan->'machines') e), '[]')));
END $$;

-- As it stands, in the shape that queue_setup takes; of the machines no password.
CREATE FUNCTION desk.queue_plan() RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT jsonb_build_object('settings', to_jsonb(r) - 'unit_id',
		'series', coalesce((SELECT jsonb_agg(jsonb_build_object('series', s.series, 'name', s.name, 'fields', s.fields, 'quick', s.quick)
			ORDER BY s.sort, s.series) FROM queue_series s WHERE s.unit_id = m.unit_id AND s.active), '[]'),
		'groups', coalesce((SELECT jsonb_agg(jsonb_build_object('code', g.code, 'name', g.name, 'basis', g.basis) ORDER BY g.sort, g.code)
			FROM queue_group g WHERE g.unit_id = m.unit_id AND g.active), '[]'),
		'counters', coalesce((SELECT jsonb_agg(jsonb_build_object('code', c.counter_code, 'series', c.own, 'helps', c.helps) ORDER BY c.counter_code)
			FROM (SELECT v.counter_code, coalesce(jsonb_agg(v.series ORDER BY v.series) FILTER (WHERE v.rank = 1), '[]') AS own,
				coalesce(jsonb_agg(v.series ORDER BY v.series) FILTER (WHERE v.rank > 1), '[]') AS helps
				FROM queue_serves v WHERE v.unit_id = m.unit_id GROUP BY v.counter_code) c), '[]'),
		'machines', coalesce((SELECT jsonb_agg(jsonb_build_object('login', h.login, 'kind', h.kind, 'place', h.place) ORDER BY h.login)
			FROM hall_login h WHERE h.unit_id = m.unit_id), '[]'))
	FROM me() m CROSS JOIN LATERAL queue_rules(m.unit_id) r
$$;

-- A machine that was stolen, or stands unattended.
CREATE FUNCTION desk.hall_lock(wanted text, lock boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
BEGIN
	UPDATE hall_login h SET locked = lock WHERE h.login = wanted AND h.unit_id = mine.unit_id;
	IF NOT FOUND THEN
		PERFORM refuse('MC008', format('Đơn vị không có máy %s.', wanted), 'no such machine in this unit');
	END IF;
	PERFORM role_login(wanted, NOT lock);
	PERFORM audit('hall_lock', NULL, jsonb_build_object('login', wanted, 'locked', lock));
END $$;

-- The import account and the administrator: by the unit's code.
CREATE FUNCTION motcua.queue_import(plan jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	unit bigint := (SELECT u.unit_id FROM unit u WHERE u.code = plan->>'unit');
BEGIN
	IF NOT is_admin() THEN
		PERFORM refuse('MC004', 'Chỉ quản trị được nạp cho mọi đơn vị.', 'not an administrator');
	ELSIF unit IS NULL THEN
		PERFORM refuse('MC005', format('Không có đơn vị %s.', plan->>'unit'), 'no such unit', 'unit');
	END IF;
	PERFORM queue_load(unit, plan);
END $$;
RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.queue_import TO motcua_import;
SELECT motcua.open_doors();
