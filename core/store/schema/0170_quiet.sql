-- SPDX-License-Identifier: Apache-2.0
-- Quiet systems are told and no more (monitoring): what they refuse, or cannot be told for a while, is
-- let go with its words in the journal, and no dossier is ever marked by it.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.quiet_system (
	system text PRIMARY KEY,
	since  timestamptz NOT NULL DEFAULT now()
);

RESET ROLE;
SELECT motcua.guard('{quiet_system}', 'SELECT, INSERT, DELETE');
SET ROLE motcua_owner;

-- After so many attempts a message to a quiet system is let go.
CREATE FUNCTION motcua.let_go() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	IF (NEW.refused OR NEW.attempts >= 5) AND EXISTS (SELECT FROM quiet_system q WHERE q.system = NEW.system) THEN
		NEW.refused := false;
		NEW.ask_first := false;
		NEW.attempts := 0;
		NEW.next_at := now();
		NEW.head := OLD.head + 1;
		NEW.travel := CASE WHEN OLD.travel = 'disagreed' THEN 'sent' ELSE OLD.travel END;
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER let_go BEFORE UPDATE ON motcua.stream FOR EACH ROW
	WHEN (NOT OLD.refused AND NEW.head = OLD.head AND (NEW.refused OR NEW.attempts > OLD.attempts))
	EXECUTE FUNCTION motcua.let_go();

CREATE FUNCTION motcua.no_task() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	RETURN CASE WHEN EXISTS (SELECT FROM quiet_system q WHERE q.system = NEW.system) THEN NULL ELSE NEW END;
END $$;
CREATE TRIGGER no_task BEFORE INSERT ON motcua.problem FOR EACH ROW EXECUTE FUNCTION motcua.no_task();

-- The worst of a dossier's travels, but for those to quiet systems.
CREATE OR REPLACE FUNCTION motcua.sync_of(unit bigint, dossier bigint) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN (
	SELECT (ARRAY['disagreed', 'saved', 'sent', 'received'])[min(array_position(
		ARRAY['disagreed', 'saved', 'sent', 'received'], s.travel))]
	FROM stream s WHERE s.unit_id = unit AND s.dossier_id = dossier
		AND NOT EXISTS (SELECT FROM quiet_system q WHERE q.system = s.system)
	);
END $$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.let_go, motcua.no_task TO motcua_wire;

SET ROLE motcua_wire;

-- As the profile of a system says.
CREATE FUNCTION wire.hush(system text, quiet boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
BEGIN
	IF quiet THEN
		INSERT INTO quiet_system (system) VALUES ($1) ON CONFLICT DO NOTHING;
	ELSE
		DELETE FROM quiet_system q WHERE q.system = $1;
	END IF;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
