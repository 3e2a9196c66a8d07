-- SPDX-License-Identifier: Apache-2.0
-- Streams an officer holds back, and systems without an interface, where a hand types.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

ALTER TABLE motcua.systems DROP CONSTRAINT systems_family_check,
	ADD CONSTRAINT systems_family_check CHECK (family IN ('ndxp', 'igate', 'json', 'manual'));

-- held: kept whole, not carried until an officer lets it go.  A generated column cannot be given
-- another expression before PostgreSQL 17, so it is made anew, with what was indexed by it.
ALTER TABLE motcua.stream ADD COLUMN held boolean NOT NULL DEFAULT false;
ALTER TABLE motcua.stream DROP COLUMN open;
ALTER TABLE motcua.stream ADD COLUMN open boolean
	GENERATED ALWAYS AS (head <= tail AND NOT refused AND NOT held) STORED;
CREATE INDEX stream_due ON motcua.stream (system, next_at) WHERE open;
CREATE INDEX stream_waiting ON motcua.stream (unit_id, system) WHERE open;
CREATE INDEX stream_asking ON motcua.stream (system, asked_at NULLS FIRST) WHERE NOT open AND NOT refused;

RESET ROLE;
SET ROLE motcua_wire;

-- The head messages of streams that are due and free, fairly over the systems; what a hand types
-- into a system is no courier's.
CREATE OR REPLACE FUNCTION wire.claim(courier text, lease_seconds int, most int) RETURNS SETOF wire.claimed
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	sys text;
	share int;
	one wire.claimed;
	left_over int := greatest(1, least(most, 200));
	waiting text[] := ARRAY(SELECT c.code FROM systems c WHERE c.ended IS NULL AND c.family <> 'manual' AND EXISTS (
		SELECT FROM stream s WHERE s.system = c.code AND s.open AND s.next_at <= now()) ORDER BY random());
BEGIN
	FOR turn IN 1..2 LOOP
		EXIT WHEN left_over <= 0 OR waiting = '{}';
		share := CASE turn WHEN 1 THEN greatest(1, left_over / cardinality(waiting)) ELSE left_over END;
		FOREACH sys IN ARRAY waiting LOOP
			FOR one IN SELECT * FROM wire.claim_of(courier, sys, greatest(5, lease_seconds),
				least(share, left_over, wire.room(sys))) LOOP
				left_over := left_over - 1;
				RETURN NEXT one;
			END LOOP;
		END LOOP;
	END LOOP;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
