-- SPDX-License-Identifier: Apache-2.0
-- A calendar that can be set: every function and default reads the clock through world.at() or world.start(), so that
-- what a statement means does not change, only which moment it is: UPDATE world.ahead SET by = ….
CREATE SCHEMA world;
GRANT USAGE ON SCHEMA world TO PUBLIC;
CREATE TABLE world.ahead (by interval NOT NULL);
INSERT INTO world.ahead VALUES ('0');
CREATE FUNCTION world.at() RETURNS timestamptz LANGUAGE sql VOLATILE SECURITY DEFINER
	AS 'SELECT pg_catalog.clock_timestamp() + by FROM world.ahead';
CREATE FUNCTION world.start() RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER
	AS 'SELECT pg_catalog.now() + by FROM world.ahead';
SET search_path = motcua, pg_temp;
DO $$
DECLARE
	f record;
BEGIN
	FOR f IN SELECT p.oid, pg_get_functiondef(p.oid) AS body FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
			WHERE n.nspname IN ('motcua', 'desk', 'wire', 'hall', 'province') AND p.prokind = 'f'
				AND (p.prosrc LIKE '%now()%' OR p.prosrc LIKE '%clock_timestamp()%') LOOP
		EXECUTE replace(regexp_replace(f.body, '(?<![a-z_.])now\(\)', 'world.start()', 'g'), 'clock_timestamp()', 'world.at()');
	END LOOP;
	FOR f IN SELECT n.nspname, c.relname, a.attname, pg_get_expr(d.adbin, d.adrelid) AS body
			FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid JOIN pg_namespace n ON n.oid = c.relnamespace
			JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.adnum
			WHERE n.nspname = 'motcua' AND NOT c.relispartition AND pg_get_expr(d.adbin, d.adrelid) IN ('now()', 'clock_timestamp()') LOOP
		EXECUTE format('ALTER TABLE %I.%I ALTER %I SET DEFAULT %s', f.nspname, f.relname, f.attname,
			CASE f.body WHEN 'now()' THEN 'world.start()' ELSE 'world.at()' END);
	END LOOP;
END $$;
