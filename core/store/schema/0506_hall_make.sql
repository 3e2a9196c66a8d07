-- SPDX-License-Identifier: Apache-2.0
-- As in 0504; a supervisor sees the members of the own unit only, so a log-in that exists at all, here or
-- anywhere in the cluster, is somebody's: only the unit's own machine may be set anew.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE OR REPLACE FUNCTION motcua.hall_make(login text, unit bigint, kind text, place text, password text) RETURNS void
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

RESET ROLE;
