-- SPDX-License-Identifier: Apache-2.0
-- A colleague who has forgotten the password gets another from the supervisor; a supervisor from the administrator.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE FUNCTION desk.clerk_password_set(wanted text, fresh text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk;
	c clerk;
BEGIN
	IF NOT is_admin() THEN
		mine := my_supervisor();
	END IF;
	SELECT * INTO c FROM clerk x WHERE x.login = wanted AND (mine.login IS NULL OR x.unit_id = mine.unit_id) AND x.kind IN ('clerk', 'supervisor');
	IF c.login IS NULL THEN
		PERFORM refuse('MC008', format('Đơn vị không có tài khoản %s.', wanted), 'no such clerk in this unit');
	END IF;
	IF mine.login IS NOT NULL AND c.kind = 'supervisor' THEN
		PERFORM refuse('MC004', 'Mật khẩu của người phụ trách do chính người ấy đổi, hoặc quản trị đặt lại.', 'a supervisor''s password', 'login');
	END IF;
	PERFORM password_check(fresh);
	PERFORM role_password(c.login, fresh);
	IF mine.login IS NOT NULL THEN
		PERFORM audit('clerk_password_set', NULL, jsonb_build_object('login', c.login));
	END IF;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
