-- SPDX-License-Identifier: Apache-2.0
-- What others received for this unit has a row for the deciding agency, too, and that is this unit: it goes to our own rooms, is tried
-- by our own rules.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Who decides it, when that is another agency than this unit.  A dossier that others received has a row for us, too.
CREATE FUNCTION motcua.decided_elsewhere(unit bigint, dossier bigint, OUT code text, OUT name text)
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT a.code, a.name FROM dossier_agency a JOIN unit u USING (unit_id) WHERE a.unit_id = unit AND a.dossier_id = dossier
		AND a.role = 'deciding' AND a.code <> u.code
$$;

-- As in 0112.
CREATE OR REPLACE FUNCTION motcua.trial_unit(d motcua.dossier) RETURNS text
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce((SELECT coalesce(nullif(x.code, ''), x.name) FROM decided_elsewhere(d.unit_id, d.dossier_id) x), '')
$$;

-- As in 0400.
CREATE OR REPLACE FUNCTION motcua.worker_of(d motcua.dossier) RETURNS motcua.dossier_holder
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	s dossier_step;
	t dossier_holder;
	before dossier_holder;
	elsewhere text := (SELECT x.name FROM decided_elsewhere(d.unit_id, d.dossier_id) x);
BEGIN
	SELECT * INTO s FROM dossier_step x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.state = 'current';
	SELECT * INTO before FROM dossier_holder h WHERE h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id
		AND h.kind IN ('room', 'agency') ORDER BY h.seq DESC LIMIT 1;
	IF s.seq IS NOT NULL AND s.held_by <> 'desk' THEN
		t.kind := s.held_by;
		t.place := s.role;
		t.step := s.seq;
		IF before.step = s.seq THEN
			t.login := before.login;
			t.name := before.name;
		END IF;
	ELSIF before.seq IS NOT NULL THEN
		t.kind := before.kind;
		t.login := before.login;
		t.name := before.name;
		t.place := before.place;
		t.step := before.step;
	ELSE
		t.kind := CASE WHEN elsewhere IS NULL THEN 'room' ELSE 'agency' END;
		t.place := coalesce(elsewhere, 'Bộ phận chuyên môn giải quyết');
	END IF;
	RETURN t;
END $$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.decided_elsewhere TO motcua_wire;
SELECT motcua.open_doors();
