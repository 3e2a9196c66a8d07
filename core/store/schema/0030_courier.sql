-- SPDX-License-Identifier: Apache-2.0
-- The courier of this machine: a login role without a password, let in by the operating system's
-- account, and the one thing it must know about its world.

SET ROLE motcua_owner;
SELECT motcua.clerk_make('courier', NULL, 'courier', 'Chuyển tin', '', NULL);
RESET ROLE;

SET ROLE motcua_wire;

-- Are all units here invented ones?  Only then may the practice world stand in for the systems outside.
CREATE FUNCTION wire.practice() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT count(*) > 0 AND bool_and(u.practice) FROM unit u
$$;

RESET ROLE;
