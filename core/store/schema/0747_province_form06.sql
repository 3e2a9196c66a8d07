-- SPDX-License-Identifier: Apache-2.0
-- Biểu 06 of one of its units, for the province, counted as the unit counts it (0560).  Counting reads whole rows of dossiers, which
-- motcua_watch must not: motcua_tally runs this one function, which gives out numbers and the names of fields.

SET LOCAL search_path = motcua, pg_temp;

DO $$
BEGIN
	IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'motcua_tally') THEN
		CREATE ROLE motcua_tally NOLOGIN NOSUPERUSER NOBYPASSRLS;
	END IF;
END $$;
GRANT USAGE ON SCHEMA motcua, province TO motcua_tally;
GRANT CREATE ON SCHEMA province TO motcua_tally;
ALTER DEFAULT PRIVILEGES FOR ROLE motcua_tally REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
GRANT SELECT (unit_id, code, name, province_code) ON motcua.unit TO motcua_tally;
GRANT SELECT ON motcua.dossier, motcua.dossier_event, motcua.dossier_due, motcua.dossier_agency TO motcua_tally;
GRANT INSERT ON motcua.province_look TO motcua_tally;
CREATE POLICY tally ON motcua.unit FOR SELECT TO motcua_tally
	USING (province_code <> '' AND province_code = (SELECT motcua.my_province()));
DO $$
DECLARE
	t text;
BEGIN
	FOREACH t IN ARRAY ARRAY['dossier', 'dossier_event', 'dossier_due', 'dossier_agency'] LOOP
		EXECUTE format('CREATE POLICY tally ON motcua.%I FOR SELECT TO motcua_tally USING (unit_id IN (SELECT u.unit_id FROM motcua.unit u))', t);
	END LOOP;
END $$;
CREATE POLICY tally ON motcua.province_look FOR INSERT TO motcua_tally
	WITH CHECK (unit_id IN (SELECT u.unit_id FROM motcua.unit u) AND login = session_user);
GRANT EXECUTE ON FUNCTION motcua.my_province, motcua.refuse, motcua.local, motcua.begins, motcua.is_end, motcua.ended_before, motcua.in_column,
	motcua.counted, province.unit_of TO motcua_tally;

SET ROLE motcua_tally;

-- deciding: those the unit decides, else those it received.  The columns of the form; the look is written down for the unit.
CREATE FUNCTION province.form06(of_unit text, since date, until date, deciding boolean) RETURNS TABLE (field text, total bigint, online bigint,
	direct bigint, carried bigint, done bigint, early bigint, on_time bigint, late bigint, open bigint, within bigint, overdue bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET plan_cache_mode = force_custom_plan SET jit = off AS $$
DECLARE
	id bigint := province.unit_of(of_unit);
BEGIN
	IF since > until OR until - since > 400 OR since IS NULL OR until IS NULL THEN
		PERFORM refuse('MC005', 'Kỳ báo cáo không đúng.', format('period %s to %s', since, until), 'period');
	END IF;
	INSERT INTO province_look (unit_id, login, kind, key) VALUES (id, session_user, 'form06', since || ' ' || until);
	RETURN QUERY SELECT c.field, count(*), count(*) FILTER (WHERE in_column(c.carried, c.channel, c.class, 'online')),
		count(*) FILTER (WHERE in_column(c.carried, c.channel, c.class, 'direct')), count(*) FILTER (WHERE c.carried),
		count(*) FILTER (WHERE in_column(c.carried, c.channel, c.class, 'done')), count(*) FILTER (WHERE c.class = 'early'),
		count(*) FILTER (WHERE c.class = 'on_time'), count(*) FILTER (WHERE c.class = 'late'),
		count(*) FILTER (WHERE in_column(c.carried, c.channel, c.class, 'open')), count(*) FILTER (WHERE c.class = 'within'),
		count(*) FILTER (WHERE c.class = 'overdue')
	FROM counted(id, since, until, deciding) c GROUP BY c.field ORDER BY c.field COLLATE vi;
END $$;

RESET ROLE;
REVOKE CREATE ON SCHEMA province FROM motcua_tally;
REVOKE ALL ON FUNCTION province.form06 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION province.form06 TO motcua_province;
