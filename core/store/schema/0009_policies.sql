-- SPDX-License-Identifier: Apache-2.0
-- Row security for every table, by session_user through the membership table.  The functions of
-- schema desk run as motcua_owner and see one unit; those of schema wire run as motcua_wire and
-- see what couriers carry.  Nobody else sees anything.

DO $$
DECLARE
	t record;
	kinds text[] := ARRAY(SELECT kind FROM motcua.catalogue_kind);
BEGIN
	FOR t IN SELECT c.oid, c.relname, EXISTS (SELECT FROM pg_attribute a
			WHERE a.attrelid = c.oid AND a.attname = 'unit_id') AS of_unit,
			c.relname = ANY (kinds) AS catalogue
		FROM pg_class c WHERE c.relnamespace = 'motcua'::regnamespace AND c.relkind IN ('r', 'p')
			AND NOT c.relispartition AND c.relname NOT IN ('clerk', 'unit', 'setting', 'catalogue_version')
	LOOP
		EXECUTE format('ALTER TABLE motcua.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t.relname);
		IF t.catalogue THEN
			EXECUTE format('CREATE POLICY common ON motcua.%I FOR SELECT TO motcua_owner USING (unit_id IS NULL)', t.relname);
			EXECUTE format('CREATE POLICY import_in ON motcua.%I FOR INSERT TO motcua_owner
				WITH CHECK ((SELECT motcua.is_admin()))', t.relname);
			EXECUTE format('CREATE POLICY import_end ON motcua.%I FOR UPDATE TO motcua_owner
				USING ((SELECT motcua.is_admin()))', t.relname);
		END IF;
		IF t.of_unit THEN
			EXECUTE format('CREATE POLICY own_unit ON motcua.%I TO motcua_owner
				USING (unit_id = (SELECT motcua.my_unit())) WITH CHECK (unit_id = (SELECT motcua.my_unit()))', t.relname);
		ELSE
			EXECUTE format('CREATE POLICY shared ON motcua.%I TO motcua_owner USING (true)', t.relname);
		END IF;
	END LOOP;
END $$;

ALTER TABLE motcua.clerk ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY gate ON motcua.clerk FOR SELECT TO motcua_gate USING (login = session_user);
CREATE POLICY own_unit ON motcua.clerk TO motcua_owner
	USING (unit_id = (SELECT motcua.my_unit())) WITH CHECK (unit_id = (SELECT motcua.my_unit()));
CREATE POLICY import ON motcua.clerk TO motcua_owner USING ((SELECT motcua.is_admin()));

ALTER TABLE motcua.unit ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_unit ON motcua.unit FOR SELECT TO motcua_owner USING (unit_id = (SELECT motcua.my_unit()));
CREATE POLICY import ON motcua.unit TO motcua_owner USING ((SELECT motcua.is_admin()));
CREATE POLICY import ON motcua.counter TO motcua_owner USING ((SELECT motcua.is_admin()));

ALTER TABLE motcua.setting ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_unit ON motcua.setting TO motcua_owner USING (unit_id = (SELECT motcua.my_unit()));
CREATE POLICY common ON motcua.setting FOR SELECT TO motcua_owner USING (unit_id IS NULL);
CREATE POLICY import ON motcua.setting TO motcua_owner USING ((SELECT motcua.is_admin()));

ALTER TABLE motcua.catalogue_version ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_unit ON motcua.catalogue_version TO motcua_owner USING (unit_id = (SELECT motcua.my_unit()));
CREATE POLICY common ON motcua.catalogue_version FOR SELECT TO motcua_owner USING (unit_id = 0);
CREATE POLICY import ON motcua.catalogue_version TO motcua_owner USING ((SELECT motcua.is_admin()));

-- What couriers touch: every unit's streams, and of dossiers no more than they need.
GRANT SELECT ON motcua.unit, motcua.dossier, motcua.message, motcua.stream, motcua.answer, motcua.problem,
	motcua.alias, motcua.systems, motcua.system_state, motcua.transition, motcua.attempt,
	motcua.file, motcua.file_piece TO motcua_wire;
GRANT INSERT ON motcua.message, motcua.stream, motcua.attempt, motcua.answer, motcua.problem, motcua.alias,
	motcua.dossier_event, motcua.system_state TO motcua_wire;
GRANT UPDATE ON motcua.stream, motcua.answer, motcua.system_state TO motcua_wire;
GRANT UPDATE (status, status_at, finished_at, version) ON motcua.dossier TO motcua_wire;
DO $$
DECLARE
	t text;
BEGIN
	FOREACH t IN ARRAY ARRAY['unit', 'dossier', 'message', 'stream', 'answer', 'problem', 'alias', 'systems',
		'system_state', 'transition', 'attempt', 'dossier_event', 'file', 'file_piece'] LOOP
		EXECUTE format('CREATE POLICY wire ON motcua.%I TO motcua_wire
			USING ((SELECT motcua.is_courier())) WITH CHECK ((SELECT motcua.is_courier()))', t);
	END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION motcua.enqueue, motcua.refuse, motcua.local, motcua.iso, motcua.only_grows, motcua.make_months, motcua.drop_months TO motcua_wire;
