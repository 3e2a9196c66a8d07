-- SPDX-License-Identifier: Apache-2.0
-- Roles, schemas and the small functions everything else stands on.
-- Run by a superuser; every later file too, each in one transaction.

DO $$
DECLARE
	role text;
BEGIN
	-- motcua_owner owns what desk functions touch, motcua_wire runs the couriers' functions,
	-- motcua_gate answers who is connected, motcua_keeper alone may create and lock login roles.
	-- None of these can log in.
	FOREACH role IN ARRAY ARRAY['motcua_owner', 'motcua_wire', 'motcua_gate', 'motcua_keeper',
		'motcua_clerk', 'motcua_supervisor', 'motcua_courier', 'motcua_import'] LOOP
		IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
			EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', role);
		END IF;
	END LOOP;
END $$;
ALTER ROLE motcua_keeper CREATEROLE;
GRANT motcua_clerk TO motcua_supervisor;
-- Since PostgreSQL 16 a role may only be granted by who holds its admin option.
GRANT motcua_clerk, motcua_supervisor, motcua_courier, motcua_import TO motcua_keeper WITH ADMIN OPTION;

CREATE SCHEMA motcua AUTHORIZATION motcua_owner;
CREATE SCHEMA desk AUTHORIZATION motcua_owner;
CREATE SCHEMA wire AUTHORIZATION motcua_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON SCHEMA motcua, desk, wire FROM PUBLIC;
GRANT USAGE ON SCHEMA desk TO motcua_clerk;
GRANT USAGE ON SCHEMA wire TO motcua_courier;
GRANT USAGE ON SCHEMA motcua TO motcua_wire, motcua_gate, motcua_keeper;
GRANT USAGE, CREATE ON SCHEMA wire TO motcua_wire;
ALTER DEFAULT PRIVILEGES FOR ROLE motcua_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE motcua_wire REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE motcua_keeper, motcua_gate REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
DO $$ BEGIN
	EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
	EXECUTE format('GRANT CONNECT ON DATABASE %I TO motcua_clerk, motcua_courier, motcua_import',
		current_database());
END $$;

CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA motcua;

SET ROLE motcua_owner;

-- Which of these files were applied; the highest number is the schema version.
CREATE TABLE motcua.migration (
	number  int PRIMARY KEY,
	name    text NOT NULL,
	at      timestamptz NOT NULL DEFAULT now(),
	sha256  bytea
);

-- Vietnamese order, whatever the locale of the cluster.
CREATE COLLATION motcua.vi (provider = icu, locale = 'vi');

-- Text the way clerks type it when they search: lower case, no marks, đ as d, single blanks.
-- Equal to text_fold of the program.
CREATE FUNCTION motcua.fold(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.btrim(pg_catalog.regexp_replace(pg_catalog.translate(
	pg_catalog.lower(pg_catalog.regexp_replace(pg_catalog.normalize($1, 'NFD'),
		'[\u0300-\u036f]', '', 'g') COLLATE "und-x-icu"), 'đ', 'd'),
	' +', ' ', 'g'));

-- Sort and search key of a person's name: given name, family name, middle names.
CREATE FUNCTION motcua.given_first(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.regexp_replace($1, '^(.*\S)\s+(\S+)$', '\2 \1');

-- The parts of a name for ordering lists: given name, then family, then middle names.
CREATE FUNCTION motcua.given_of(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.regexp_replace($1, '^.*\s', '');
CREATE FUNCTION motcua.family_of(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.regexp_replace($1, '\s.*$', '');

-- Personal numbers on a shared screen: 0011••••••12, 0912•••678; short ones lose all but two.
CREATE FUNCTION motcua.mask(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
	WHEN length($1) >= 12 THEN left($1, 4) || repeat('•', length($1) - 6) || right($1, 2)
	WHEN length($1) >= 9 THEN left($1, 4) || repeat('•', length($1) - 7) || right($1, 3)
	WHEN length($1) > 2 THEN repeat('•', length($1) - 2) || right($1, 2)
	ELSE repeat('•', length($1)) END;

-- The zone of the law: every day and every cut-off is counted there.
CREATE FUNCTION motcua.local(timestamptz) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN $1 AT TIME ZONE 'Asia/Ho_Chi_Minh';

CREATE FUNCTION motcua.iso(timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.to_char($1 AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD"T"HH24:MI:SS') || '+07:00';

-- Raises one of the errors MC001…MC008: a sentence for the clerk, the cause for the log, a hint
-- the program reads (a field, a moment, a code).
CREATE FUNCTION motcua.refuse(code text, say text, cause text, hint text DEFAULT '') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION USING ERRCODE = code, MESSAGE = say, DETAIL = cause, HINT = hint;
END $$;

-- Trigger of the tables that only grow.
CREATE FUNCTION motcua.only_grows() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION USING ERRCODE = 'MC004', MESSAGE = 'Dữ liệu này chỉ được ghi thêm, không được sửa hay xoá.',
		DETAIL = format('%s on append-only table %s', TG_OP, TG_TABLE_NAME);
END $$;

RESET ROLE;
