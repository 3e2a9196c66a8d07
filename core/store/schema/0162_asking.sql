-- SPDX-License-Identifier: Apache-2.0
-- Who is to be asked about next is found at once, however many dossiers are finished: those were
-- asked longest ago, and every look would pass over all of them.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;
DROP INDEX motcua.stream_asking;
CREATE INDEX stream_asking ON motcua.stream (system, asked_at NULLS FIRST)
	WHERE NOT open AND NOT refused AND created_there
		AND (travel <> 'received' OR coalesce(foreign_status, 0) NOT IN (3, 8, 10));
RESET ROLE;

SET ROLE motcua_wire;
-- The planner takes a tenth of all streams for the few that are asked about, and would read the
-- whole table to mark them.
ALTER FUNCTION wire.open_streams(text, int, int) SET enable_hashjoin = off;
ALTER FUNCTION wire.open_streams(text, int, int) SET enable_mergejoin = off;
ALTER FUNCTION wire.open_streams(text, int, int) SET enable_seqscan = off;
RESET ROLE;
