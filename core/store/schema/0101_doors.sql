-- SPDX-License-Identifier: Apache-2.0
-- As in 0100, but a door that stands as it should is left alone: every later file opens its own alone.

SET LOCAL search_path = motcua, pg_temp;

CREATE OR REPLACE FUNCTION motcua.open_doors() RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	f record;
BEGIN
	FOR f IN SELECT p.oid::regprocedure AS name, r.caller FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
			JOIN (VALUES ('desk', 'motcua_clerk'), ('wire', 'motcua_courier')) r(room, caller) ON r.room = n.nspname
			WHERE p.prokind = 'f' AND p.proname NOT IN ('room', 'claim_of', 'held', 'back_off', 'move', 'conclude')
				AND (p.proacl IS NULL OR NOT has_function_privilege(r.caller::name, p.oid, 'EXECUTE')
					OR EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0)) LOOP
		EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f.name);
		EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', f.name, f.caller);
	END LOOP;
END $$;
