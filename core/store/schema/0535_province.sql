-- SPDX-License-Identifier: Apache-2.0
-- The province looks at its units: the board of each, and the dossiers behind a figure by code, never by
-- name.  A login of the province belongs to no unit: no policy and no function made for clerks knows it;
-- what it may ask stands in schema province, runs as a role that can only read, and is written down.

SET LOCAL search_path = motcua, pg_temp;

DO $$
DECLARE
	role text;
BEGIN
	-- motcua_watch runs the functions below and cannot log in; motcua_province is the group of the logins.
	FOREACH role IN ARRAY ARRAY['motcua_province', 'motcua_watch'] LOOP
		IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
			EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', role);
		END IF;
	END LOOP;
	EXECUTE format('GRANT CONNECT ON DATABASE %I TO motcua_province', current_database());
END $$;
GRANT motcua_province TO motcua_keeper WITH ADMIN OPTION;
CREATE SCHEMA province AUTHORIZATION motcua_watch;
REVOKE ALL ON SCHEMA province FROM PUBLIC;
GRANT USAGE ON SCHEMA province TO motcua_province;
GRANT USAGE ON SCHEMA motcua TO motcua_watch;
ALTER DEFAULT PRIVILEGES FOR ROLE motcua_watch REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

SET ROLE motcua_owner;

CREATE TABLE motcua.province_login (
	login         text PRIMARY KEY,
	province_code text NOT NULL CHECK (province_code ~ '^[0-9]{2}$'),
	full_name     text NOT NULL DEFAULT '',
	title         text NOT NULL DEFAULT '',
	locked        boolean NOT NULL DEFAULT false,
	made_at       timestamptz NOT NULL DEFAULT now()
);

-- What the province looked at; the unit's supervisors can read it.
CREATE TABLE motcua.province_look (
	unit_id  bigint NOT NULL REFERENCES motcua.unit,
	look_id  bigint GENERATED ALWAYS AS IDENTITY,
	at       timestamptz NOT NULL DEFAULT clock_timestamp(),
	login    text NOT NULL,
	kind     text NOT NULL,
	key      text NOT NULL DEFAULT '',
	PRIMARY KEY (unit_id, look_id)
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.province_look
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

RESET ROLE;
ALTER TABLE motcua.province_login ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY admin ON motcua.province_login TO motcua_owner USING ((SELECT motcua.is_admin()));
CREATE POLICY gate ON motcua.province_login FOR SELECT TO motcua_gate USING (login = session_user);
GRANT SELECT ON motcua.province_login TO motcua_gate;
SELECT motcua.guard('{province_look}', '');

-- Whose province is connected; NULL for anybody else.
GRANT CREATE ON SCHEMA motcua TO motcua_gate;
SET ROLE motcua_gate;
CREATE FUNCTION motcua.my_province() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ BEGIN RETURN (SELECT p.province_code FROM motcua.province_login p WHERE p.login = session_user AND NOT p.locked); END $$;
CREATE FUNCTION motcua.my_province_name() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ BEGIN RETURN (SELECT p.full_name FROM motcua.province_login p WHERE p.login = session_user AND NOT p.locked); END $$;
GRANT EXECUTE ON FUNCTION motcua.my_province, motcua.my_province_name TO motcua_watch;
RESET ROLE;
REVOKE CREATE ON SCHEMA motcua FROM motcua_gate;

-- What the figures need, of the units of one's own province, to be read and no more; of a dossier nothing that
-- names a person.
GRANT SELECT (unit_id, code, name, parent_name, province_code, practice) ON motcua.unit TO motcua_watch;
GRANT SELECT (unit_id, dossier_id, code, procedure_code, procedure_name, field, counter_code, login, received_at, due_at,
	finished_at, status, status_at, route_system) ON motcua.dossier TO motcua_watch;
GRANT SELECT (login, unit_id, full_name, locked) ON motcua.clerk TO motcua_watch;
GRANT SELECT (unit_id, dossier_id, kind, login, place, until_at) ON motcua.dossier_holder TO motcua_watch;
GRANT SELECT (unit_id, dossier_id, system, travel, open, refused, head, tail) ON motcua.stream TO motcua_watch;
GRANT SELECT (unit_id, dossier_id, solved_at) ON motcua.problem TO motcua_watch;
GRANT SELECT (code, name, ended, unit_id) ON motcua.systems TO motcua_watch;
GRANT SELECT (system, state, changed_at) ON motcua.system_state TO motcua_watch;
GRANT SELECT ON motcua.quiet_system TO motcua_watch;
GRANT INSERT ON motcua.province_look TO motcua_watch;
CREATE POLICY province ON motcua.unit FOR SELECT TO motcua_watch
	USING (province_code <> '' AND province_code = (SELECT motcua.my_province()));
DO $$
DECLARE
	t text;
BEGIN
	FOREACH t IN ARRAY ARRAY['dossier', 'clerk', 'dossier_holder', 'stream', 'problem'] LOOP
		EXECUTE format('CREATE POLICY province ON motcua.%I FOR SELECT TO motcua_watch
			USING (unit_id IN (SELECT u.unit_id FROM motcua.unit u))', t);
	END LOOP;
END $$;
CREATE POLICY province ON motcua.province_look FOR INSERT TO motcua_watch
	WITH CHECK (unit_id IN (SELECT u.unit_id FROM motcua.unit u) AND login = session_user);
CREATE POLICY province ON motcua.systems FOR SELECT TO motcua_watch
	USING (unit_id IS NULL OR unit_id IN (SELECT u.unit_id FROM motcua.unit u));
CREATE POLICY province ON motcua.system_state FOR SELECT TO motcua_watch USING ((SELECT motcua.my_province()) IS NOT NULL);
CREATE POLICY province ON motcua.quiet_system FOR SELECT TO motcua_watch USING ((SELECT motcua.my_province()) IS NOT NULL);
GRANT EXECUTE ON FUNCTION motcua.local, motcua.today, motcua.refuse TO motcua_watch;

SET ROLE motcua_watch;

-- A unit of my province by its code, or MC008; MC004 for anybody who is no login of a province.
CREATE FUNCTION province.unit_of(wanted text) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	id bigint := (SELECT u.unit_id FROM unit u WHERE u.code = wanted);
BEGIN
	IF my_province() IS NULL THEN
		PERFORM refuse('MC004', 'Tài khoản này không thuộc tỉnh nào hoặc đã bị khoá.', format('%s is no active login of a province', session_user));
	ELSIF id IS NULL THEN
		PERFORM refuse('MC008', 'Tỉnh không có đơn vị này.', format('no unit %s in province %s', wanted, my_province()));
	END IF;
	RETURN id;
END $$;

CREATE FUNCTION province.hello() RETURNS TABLE (login text, full_name text, province_code text, province_name text, units int, practice boolean, server_now timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
BEGIN
	IF my_province() IS NULL THEN
		PERFORM refuse('MC004', 'Tài khoản này không thuộc tỉnh nào hoặc đã bị khoá.', format('%s is no active login of a province', session_user));
	END IF;
	RETURN QUERY SELECT session_user::text, my_province_name(), my_province(), coalesce(min(u.parent_name), ''), count(*)::int, coalesce(bool_and(u.practice), false),
		clock_timestamp() FROM unit u;
END $$;

-- A line a unit, the latest first.
CREATE FUNCTION province.units() RETURNS TABLE (code text, name text, received_today int, in_hand int, due_today int, late int,
	finished_today int, to_hand_over int, refused int, problems int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp SET jit = off AS $$
	SELECT u.code, u.name,
		(SELECT count(*) FROM dossier d WHERE d.unit_id = u.unit_id AND d.received_at >= today())::int,
		h.many::int, h.due::int, h.late::int,
		(SELECT count(*) FROM dossier d WHERE d.unit_id = u.unit_id AND d.finished_at >= today())::int,
		(SELECT count(*) FROM dossier d WHERE d.unit_id = u.unit_id AND d.status = 9)::int,
		(SELECT count(*) FROM stream s WHERE s.unit_id = u.unit_id AND s.travel = 'disagreed')::int,
		(SELECT count(DISTINCT p.dossier_id) FROM problem p WHERE p.unit_id = u.unit_id AND p.solved_at IS NULL)::int
	FROM unit u CROSS JOIN LATERAL (SELECT count(*) AS many, count(*) FILTER (WHERE d.due_at >= today() AND d.due_at < today() + interval '1 day') AS due,
		count(*) FILTER (WHERE d.due_at < now()) AS late FROM dossier d WHERE d.unit_id = u.unit_id AND d.status IN (1, 2, 4, 5, 6)) h
	ORDER BY h.late DESC, h.due DESC, u.name
$$;

-- Who holds what is late or due today in a unit: late, due and not late, days of the oldest.
CREATE FUNCTION province.holders(of_unit text) RETURNS TABLE (who text, whose text, late int, due int, days int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp SET jit = off AS $$
	SELECT h.who, h.whose, count(*) FILTER (WHERE h.due_at < now())::int, count(*) FILTER (WHERE h.due_at >= now())::int,
		coalesce(max(local(now())::date - local(h.due_at)::date) FILTER (WHERE h.due_at < now()), 0)
	FROM (SELECT d.due_at, w.who, CASE w.who WHEN 'room' THEN coalesce(nullif((SELECT c.full_name FROM clerk c WHERE c.login = k.login), ''), k.place)
			WHEN 'agency' THEN k.place WHEN 'desk' THEN coalesce((SELECT c.full_name FROM clerk c WHERE c.login = d.login), d.login)
			WHEN 'citizen' THEN '' WHEN 'payment' THEN '' ELSE coalesce((SELECT min(y.name) FROM systems y WHERE y.code = s.system AND y.ended IS NULL), s.system) END AS whose
		FROM dossier d LEFT JOIN stream s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = d.route_system
		LEFT JOIN dossier_holder k ON k.unit_id = d.unit_id AND k.dossier_id = d.dossier_id AND k.until_at IS NULL
		CROSS JOIN LATERAL (SELECT CASE WHEN d.status = 5 THEN 'citizen' WHEN d.status = 6 THEN 'payment' WHEN d.status = 1 THEN 'desk'
			WHEN s.travel = 'disagreed' THEN 'refused' WHEN s.travel = 'saved' AND q.system IS NULL THEN 'unsent'
			WHEN k.kind = 'room' THEN 'room' WHEN s.system IS NOT NULL AND q.system IS NULL THEN 'system'
			WHEN k.kind = 'agency' THEN 'agency' ELSE 'desk' END AS who
			FROM (SELECT 1) one LEFT JOIN quiet_system q ON q.system = s.system) w
		WHERE d.unit_id = province.unit_of(of_unit) AND d.status IN (1, 2, 4, 5, 6) AND d.due_at < today() + interval '1 day') h
	GROUP BY 1, 2 ORDER BY 3 DESC, 4 DESC
$$;

-- The dossiers behind a figure of a unit, the earliest due first: codes, no persons.  Each look is written down.
CREATE FUNCTION province.list(of_unit text, kind text, most int) RETURNS TABLE (code text, procedure_code text, procedure_name text,
	received_at timestamptz, due_at timestamptz, finished_at timestamptz, status int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET jit = off AS $$
#variable_conflict use_column
DECLARE
	id bigint := province.unit_of(of_unit);
BEGIN
	IF coalesce(list.kind NOT IN ('received_today', 'in_hand', 'due_today', 'late', 'finished_today', 'to_hand_over'), true) THEN
		PERFORM refuse('MC005', 'Không có danh sách này.', 'province list ' || coalesce(list.kind, '?'), 'kind');
	END IF;
	INSERT INTO province_look (unit_id, login, kind) VALUES (id, session_user, list.kind);
	RETURN QUERY SELECT d.code, d.procedure_code, d.procedure_name, d.received_at, d.due_at, d.finished_at, d.status::int
	FROM dossier d WHERE d.unit_id = id AND CASE list.kind
			WHEN 'received_today' THEN d.received_at >= today()
			WHEN 'finished_today' THEN d.finished_at >= today()
			WHEN 'to_hand_over' THEN d.status = 9
			ELSE d.status IN (1, 2, 4, 5, 6) AND CASE list.kind WHEN 'late' THEN d.due_at < now()
				WHEN 'due_today' THEN d.due_at >= today() AND d.due_at < today() + interval '1 day' ELSE true END END
	ORDER BY d.due_at, d.received_at LIMIT greatest(1, least(most, 1000));
END $$;

RESET ROLE;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA province FROM PUBLIC;
GRANT EXECUTE ON FUNCTION province.hello, province.units, province.holders, province.list TO motcua_province;

SET ROLE motcua_owner;

-- A login of the province, by the administrator alone; again with another province or name it is changed.
CREATE FUNCTION motcua.province_add(login text, province_code text, full_name text, title text, password text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
BEGIN
	IF NOT is_admin() THEN
		PERFORM refuse('MC004', 'Chỉ quản trị được thêm tài khoản của tỉnh.', 'not an administrator');
	END IF;
	IF EXISTS (SELECT FROM clerk c WHERE c.login = province_add.login) THEN
		PERFORM refuse('MC005', format('Tên đăng nhập %s đã có người dùng.', login), 'login of a clerk', 'login');
	END IF;
	PERFORM password_check(password);
	PERFORM role_make(login, password, 'motcua_province');
	INSERT INTO province_login AS p (login, province_code, full_name, title) VALUES (province_add.login, province_add.province_code,
		coalesce(province_add.full_name, ''), coalesce(province_add.title, ''))
		ON CONFLICT ON CONSTRAINT province_login_pkey DO UPDATE SET province_code = excluded.province_code, full_name = excluded.full_name,
			title = excluded.title, locked = false;
END $$;

-- What the province looked at in my unit.
CREATE FUNCTION desk.province_looks(most int) RETURNS TABLE (at timestamptz, login text, kind text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT p.at, p.login, p.kind FROM my_supervisor() m JOIN province_look p ON p.unit_id = m.unit_id
	ORDER BY p.at DESC LIMIT greatest(1, least(most, 1000))
$$;

RESET ROLE;
SELECT motcua.open_doors();
