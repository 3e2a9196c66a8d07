-- SPDX-License-Identifier: Apache-2.0
-- Login roles.  motcua_keeper, which owns only these few functions, is the one role that may create
-- and alter roles; on PostgreSQL 15 CREATEROLE reaches every ordinary role, hence the checks here.

SET LOCAL search_path = motcua, pg_temp;

GRANT CREATE ON SCHEMA motcua TO motcua_keeper;
SET ROLE motcua_keeper;

-- A role we made: a member of one of our login groups, and no superuser.
CREATE FUNCTION motcua.role_is_ours(login text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT EXISTS (SELECT FROM pg_roles r JOIN pg_auth_members m ON m.member = r.oid
		JOIN pg_roles g ON g.oid = m.roleid
		WHERE r.rolname = login AND NOT r.rolsuper AND NOT r.rolcreaterole AND NOT r.rolbypassrls
			AND r.rolname NOT LIKE 'motcua\_%'
			AND g.rolname IN ('motcua_clerk', 'motcua_supervisor', 'motcua_courier', 'motcua_import'))
$$;

-- Creates or changes a login role; a NULL password leaves it as it is.
CREATE FUNCTION motcua.role_make(login text, password text, grp text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	other text;
BEGIN
	IF login !~ '^[a-z][a-z0-9_.-]{0,40}$' OR login ~ '^(pg_|motcua_)' OR login IN ('postgres', 'public', 'none') THEN
		RAISE EXCEPTION USING ERRCODE = 'MC005', HINT = 'login', MESSAGE =
			'Tên đăng nhập gồm chữ thường không dấu, chữ số, dấu chấm; bắt đầu bằng chữ.',
			DETAIL = format('bad login %s', login);
	END IF;
	IF grp NOT IN ('motcua_clerk', 'motcua_supervisor', 'motcua_courier', 'motcua_import') THEN
		RAISE EXCEPTION USING ERRCODE = 'MC004', MESSAGE = 'Nhóm quyền không đúng.', DETAIL = grp;
	END IF;
	IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
		EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS', login);
	ELSIF NOT motcua.role_is_ours(login) THEN
		RAISE EXCEPTION USING ERRCODE = 'MC005', HINT = 'login',
			MESSAGE = format('Tên đăng nhập %s đã có người dùng.', login),
			DETAIL = format('role %s exists and is not ours', login);
	END IF;
	FOR other IN SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
		JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = login AND g.rolname <> grp
			AND g.rolname IN ('motcua_clerk', 'motcua_supervisor', 'motcua_courier', 'motcua_import') LOOP
		EXECUTE format('REVOKE %I FROM %I', other, login);
	END LOOP;
	EXECUTE format('GRANT %I TO %I', grp, login);
	IF password IS NOT NULL THEN
		EXECUTE format('ALTER ROLE %I PASSWORD %L', login, password);
	END IF;
END $$;

CREATE FUNCTION motcua.role_login(login text, may boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF NOT motcua.role_is_ours(login) THEN
		RAISE EXCEPTION USING ERRCODE = 'MC008', MESSAGE = format('Không có tài khoản %s.', login),
			DETAIL = format('role %s is not ours', login);
	END IF;
	EXECUTE format('ALTER ROLE %I %s', login, CASE WHEN may THEN 'LOGIN' ELSE 'NOLOGIN' END);
END $$;

CREATE FUNCTION motcua.role_password(login text, password text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF NOT motcua.role_is_ours(login) THEN
		RAISE EXCEPTION USING ERRCODE = 'MC008', MESSAGE = format('Không có tài khoản %s.', login),
			DETAIL = format('role %s is not ours', login);
	END IF;
	EXECUTE format('ALTER ROLE %I PASSWORD %L', login, password);
END $$;
GRANT EXECUTE ON FUNCTION motcua.role_make, motcua.role_login, motcua.role_password TO motcua_owner;

RESET ROLE;
REVOKE CREATE ON SCHEMA motcua FROM motcua_keeper;
SET ROLE motcua_owner;

CREATE FUNCTION motcua.clerk_make(login text, unit bigint, kind text, full_name text, title text,
	password text) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	PERFORM role_make(login, password, 'motcua_' || kind);
	INSERT INTO clerk AS c (login, unit_id, kind, full_name, title)
	VALUES (clerk_make.login, unit, clerk_make.kind, clerk_make.full_name, clerk_make.title)
	ON CONFLICT ON CONSTRAINT clerk_pkey DO UPDATE SET unit_id = excluded.unit_id, kind = excluded.kind,
		full_name = excluded.full_name, title = excluded.title, version = c.version + 1;
END $$;

CREATE FUNCTION motcua.password_check(password text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	IF coalesce(length(password), 0) < 10 THEN
		PERFORM refuse('MC005', 'Mật khẩu cần ít nhất 10 ký tự.', 'password too short', 'password');
	END IF;
END $$;

-- By the administrator for any unit, by a supervisor for the own one.
CREATE FUNCTION desk.clerk_add(login text, full_name text, title text, unit text, supervisor boolean,
	password text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	unit_of bigint := (SELECT u.unit_id FROM motcua.unit u WHERE u.code = clerk_add.unit);
BEGIN
	IF NOT is_admin() AND (my_supervisor()).unit_id IS DISTINCT FROM unit_of THEN
		PERFORM refuse('MC004', 'Chỉ được thêm người cho đơn vị mình.', format('unit %s is not yours', unit));
	END IF;
	IF unit_of IS NULL THEN
		PERFORM refuse('MC005', format('Không có đơn vị %s.', unit), 'no such unit', 'unit');
	END IF;
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = clerk_add.login) THEN
		PERFORM refuse('MC005', format('Tên đăng nhập %s đã có người dùng.', login), 'login exists', 'login');
	END IF;
	PERFORM password_check(password);
	PERFORM clerk_make(login, unit_of, CASE WHEN supervisor THEN 'supervisor' ELSE 'clerk' END,
		coalesce(full_name, ''), coalesce(title, ''), password);
	IF my_unit() IS NOT NULL THEN
		PERFORM audit('clerk_add', NULL, jsonb_build_object('login', login, 'supervisor', supervisor));
	END IF;
END $$;

-- A courier serves every unit; its credentials of outside systems stay with it.
CREATE FUNCTION motcua.courier_add(login text, password text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
BEGIN
	IF NOT is_admin() THEN
		PERFORM refuse('MC004', 'Chỉ quản trị được thêm tài khoản chuyển tin.', 'not an administrator');
	END IF;
	PERFORM clerk_make(login, NULL, 'courier', 'Chuyển tin', '', password);
END $$;

CREATE FUNCTION motcua.clerk_lock_set(wanted text, lock boolean) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	mine clerk := my_supervisor();
BEGIN
	IF wanted = mine.login THEN
		PERFORM refuse('MC005', 'Không thể tự khoá tài khoản của mình.', 'own account', 'login');
	END IF;
	UPDATE clerk SET locked = lock, version = version + 1 WHERE login = wanted AND unit_id = mine.unit_id;
	IF NOT FOUND THEN
		PERFORM refuse('MC008', format('Đơn vị không có tài khoản %s.', wanted), 'no such clerk in this unit');
	END IF;
	PERFORM role_login(wanted, NOT lock);
	PERFORM audit(CASE WHEN lock THEN 'clerk_lock' ELSE 'clerk_unlock' END, NULL,
		jsonb_build_object('login', wanted));
END $$;

CREATE FUNCTION desk.clerk_lock(login text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp
AS $$ SELECT clerk_lock_set($1, true) $$;

CREATE FUNCTION desk.clerk_unlock(login text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp
AS $$ SELECT clerk_lock_set($1, false) $$;

-- One's own password.
CREATE FUNCTION desk.clerk_password(fresh text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
BEGIN
	PERFORM password_check(fresh);
	PERFORM role_password(mine.login, fresh);
	PERFORM audit('clerk_password', NULL, '{}');
END $$;

CREATE FUNCTION desk.clerks() RETURNS TABLE (login text, full_name text, title text, is_supervisor boolean,
	locked boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT c.login, c.full_name, c.title, c.is_supervisor, c.locked FROM clerk c, me() m
	WHERE c.unit_id = m.unit_id
	ORDER BY given_of(c.full_name) COLLATE vi, c.full_name COLLATE vi
$$;

RESET ROLE;
