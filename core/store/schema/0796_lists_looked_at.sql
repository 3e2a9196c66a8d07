-- SPDX-License-Identifier: Apache-2.0
-- A list that shows persons is a view of personal data: it is recorded, once while it stays on a screen and is read again at every notice.
-- Lists were read without a trace so far, one dossier with one.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- A look of this session, in the trail once in ten minutes; told to the server's log, too, which no rollback takes back (0008).  Of the
-- session's lines only the last are searched: however long it lasts, asking again costs the same.
CREATE FUNCTION motcua.look_once(act text, look jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	mine bigint := my_unit();
	here bigint := my_session(); -- asked once: of a volatile function no index is searched
	last bigint := (SELECT s.last_seq FROM session s WHERE s.unit_id = mine AND s.session_id = here);
BEGIN
	IF NOT EXISTS (SELECT FROM audit a WHERE a.unit_id = mine AND a.session_id = here AND a.seq > last - 300 AND a.act = look_once.act
			AND a.what = look AND a.at > now() - interval '10 minutes') THEN
		RAISE LOG 'motcua look: % % % session %', session_user, act, look, here;
		PERFORM audit(act, NULL, look);
	END IF;
END $$;

-- As in 0530.
CREATE OR REPLACE FUNCTION motcua.board_look(look jsonb) RETURNS void
LANGUAGE sql AS $$ SELECT look_once('board', look) $$;

-- key: what was asked for in it (whose, which system, which state).
CREATE FUNCTION motcua.list_look(list text, key text) RETURNS void
LANGUAGE sql SET search_path = motcua, pg_temp AS $$
	SELECT look_once('list', jsonb_build_object('list', list, 'key', left(key, 100)))
$$;

-- Each of them moves to schema motcua, where no clerk can call it; what clerks call records the look and passes its rows on.  Whoever
-- defines one of them anew defines motcua's.
DO $$
DECLARE
	f record;
BEGIN
	FOR f IN SELECT p.proname AS name, p.oid, pg_get_function_identity_arguments(p.oid) AS kinds, pg_get_function_arguments(p.oid) AS arguments,
			pg_get_function_result(p.oid) AS result, coalesce((SELECT string_agg('$' || n, ', ' ORDER BY n) FROM generate_series(1, p.pronargs) n), '') AS passed,
			coalesce((SELECT string_agg(format('$%s::text', n), ', ' ORDER BY n) FROM generate_series(1, p.pronargs) n
				WHERE p.proargnames[n] <> 'most'), '''''') AS key
		FROM pg_proc p WHERE p.pronamespace = 'desk'::regnamespace AND p.proname IN ('day_list', 'soon_late', 'to_check', 'held_by', 'to_give',
			'supplements_over', 'filings', 'between', 'digitise_queue', 'manual_list', 'visit', 'fallbacks', 'blanks', 'to_consign',
			'consignments', 'consignment_items', 'handover_items', 'call_list', 'called_list', 'sync_messages') LOOP
		EXECUTE format('ALTER FUNCTION desk.%I(%s) SET SCHEMA motcua', f.name, f.kinds);
		EXECUTE format('REVOKE ALL ON FUNCTION motcua.%I(%s) FROM PUBLIC, motcua_clerk', f.name, f.kinds);
		EXECUTE format('CREATE FUNCTION desk.%I(%s) RETURNS %s LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $f$
BEGIN
	PERFORM list_look(%L, concat_ws('' '', %s));
	RETURN QUERY SELECT r.* FROM motcua.%I(%s) r;
END $f$', f.name, f.arguments, f.result, f.name, f.key, f.name, f.passed);
	END LOOP;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
