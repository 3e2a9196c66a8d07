-- SPDX-License-Identifier: Apache-2.0
-- Two counters that put one dossier into two batches at the same moment: the second one sees the first.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- What goes out is looked for once more with the dossier held: whoever holds it first has it.
CREATE FUNCTION motcua.consigned_once() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	d dossier;
BEGIN
	SELECT * INTO d FROM dossier x WHERE x.unit_id = NEW.unit_id AND x.dossier_id = NEW.dossier_id FOR NO KEY UPDATE;
	IF EXISTS (SELECT FROM consignment c WHERE c.unit_id = NEW.unit_id AND c.consignment_id = NEW.consignment_id AND c.way = 'out')
			AND NOT EXISTS (SELECT FROM consignable(NEW.unit_id) x WHERE x.dossier_id = NEW.dossier_id AND x.what = NEW.what) THEN
		PERFORM refuse('MC005', format('Hồ sơ %s vừa được đưa vào một chuyến khác.', d.code), format('dossier %s is consigned', NEW.dossier_id), 'dossiers');
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER consigned_once BEFORE INSERT ON motcua.consignment_item FOR EACH ROW WHEN (NEW.dossier_id IS NOT NULL)
	EXECUTE FUNCTION motcua.consigned_once();

-- A list of what comes in asks nothing of what goes out: a record that was never set cannot be asked (in a session whose first list it is).
DO $$
DECLARE
	body text := (SELECT pg_get_functiondef(p.oid) FROM pg_proc p WHERE p.pronamespace = 'desk'::regnamespace AND p.proname = 'consign_add');
BEGIN
	IF body LIKE '%way_out record;%' THEN
		EXECUTE regexp_replace(body, E'\nBEGIN\n', E'\nBEGIN\n\tSELECT * INTO way_out FROM consignable(NULL::bigint) x WHERE false;\n');
	END IF;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
