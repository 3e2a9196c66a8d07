-- SPDX-License-Identifier: Apache-2.0
-- Who may call what.  Tables and the inner functions are granted to nobody.

DO $$
DECLARE
	f record;
BEGIN
	FOR f IN SELECT p.oid::regprocedure AS name, n.nspname AS room FROM pg_proc p JOIN pg_namespace n
		ON n.oid = p.pronamespace WHERE n.nspname IN ('desk', 'wire') AND p.prokind = 'f' LOOP
		EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f.name);
		EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', f.name,
			CASE f.room WHEN 'desk' THEN 'motcua_clerk' ELSE 'motcua_courier' END);
	END LOOP;
	-- The inner functions of wire are for wire alone.
	REVOKE EXECUTE ON FUNCTION wire.room, wire.claim_of, wire.held, wire.back_off, wire.move, wire.conclude
		FROM motcua_courier;
END $$;
