-- SPDX-License-Identifier: Apache-2.0
-- Whoever signs for a list sees first what is on it.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE FUNCTION desk.handover_items(wanted bigint) RETURNS TABLE (code text, owner_name text, procedure_name text, due_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT d.code, d.owner_name, d.procedure_name, d.due_at FROM me() m
		JOIN handover_item i ON i.unit_id = m.unit_id AND i.handover_id = wanted
		JOIN dossier d ON d.unit_id = i.unit_id AND d.dossier_id = i.dossier_id
	ORDER BY i.nth LIMIT 500
$$;

RESET ROLE;
SELECT motcua.open_doors();
