-- SPDX-License-Identifier: Apache-2.0
-- A big file takes longer than a lease; whoever sends it says that it is alive.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_wire;

-- False: the stream is another courier's by now.
CREATE FUNCTION wire.renew(message_id bigint, fence bigint, lease_seconds int) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	s stream := wire.held($1, $2);
BEGIN
	UPDATE stream t SET leased_until = clock_timestamp() + make_interval(secs => greatest(5, least($3, 3600)))
		WHERE t.unit_id = s.unit_id AND t.dossier_id = s.dossier_id AND t.system = s.system;
	RETURN FOUND;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
