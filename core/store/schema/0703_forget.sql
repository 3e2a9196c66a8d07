-- SPDX-License-Identifier: Apache-2.0
-- What was said to citizens, and what they filed and this desk did not accept, is kept no longer than it is needed
-- (Luật 91/2025/QH15 Điều 3): after the unit's number of days the persons in it are wiped, the row stays and tells so.

SET LOCAL search_path = motcua, pg_temp;

INSERT INTO motcua.setting (name, value, basis) VALUES ('message_days', '90', 'Luật 91/2025/QH15 Điều 3'),
	('filing_days', '180', 'Luật 91/2025/QH15 Điều 3');

SET ROLE motcua_owner;

CREATE INDEX filing_kept ON motcua.filing (unit_id, answered_at) WHERE status IN (2, 3, 7) AND dossier_id IS NULL AND forgotten_at IS NULL;
CREATE INDEX citizen_message_kept ON motcua.citizen_message (unit_id, changed_at) WHERE forgotten_at IS NULL;

-- Who filed may be wiped from a line of the history, and nothing else of it.
DROP TRIGGER only_grows ON motcua.filing_event;
CREATE TRIGGER only_grows BEFORE DELETE ON motcua.filing_event FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();
CREATE TRIGGER stays_true BEFORE UPDATE ON motcua.filing_event FOR EACH ROW
	WHEN ((NEW.unit_id, NEW.filing_id, NEW.event_id, NEW.at, NEW.what) IS DISTINCT FROM (OLD.unit_id, OLD.filing_id, OLD.event_id, OLD.at, OLD.what)
		OR NEW.by_name <> 'Công dân' OR NEW.note NOT IN ('', OLD.note))
	EXECUTE FUNCTION motcua.only_grows();
-- Content goes with the last file that stands on it.
DROP TRIGGER only_grows ON motcua.file_content;
CREATE TRIGGER only_grows BEFORE UPDATE ON motcua.file_content FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

RESET ROLE;
GRANT CREATE ON SCHEMA motcua TO motcua_wire;
GRANT DELETE ON motcua.file, motcua.file_piece, motcua.file_content TO motcua_wire;
GRANT UPDATE (by_name, note) ON motcua.filing_event TO motcua_wire;
SET ROLE motcua_wire;

-- A file that no dossier took; it stays where another paper stands on it or somebody refers to it.
CREATE FUNCTION motcua.forget_file(unit bigint, id bigint) RETURNS void
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
	holder bigint;
BEGIN
	IF EXISTS (SELECT FROM file f WHERE f.unit_id = unit AND f.file_id = id AND f.dossier_id IS NOT NULL)
		OR EXISTS (SELECT FROM file f WHERE f.unit_id = unit AND f.holder_id = id) THEN
		RETURN;
	END IF;
	DELETE FROM file_content c WHERE c.unit_id = unit AND c.file_id = id;
	DELETE FROM file_piece p WHERE p.unit_id = unit AND p.file_id = id;
	DELETE FROM file f WHERE f.unit_id = unit AND f.file_id = id RETURNING f.holder_id INTO holder;
	-- What it leaned on may have stayed for it alone: a file of a filing, which no filing has any more.
	PERFORM forget_file(unit, h.file_id) FROM file h WHERE h.unit_id = unit AND h.file_id = holder AND h.dossier_id IS NULL
		AND h.login IN (SELECT s.code FROM systems s) AND NOT EXISTS (SELECT FROM filing_file p WHERE p.unit_id = unit AND p.file_id = holder);
EXCEPTION WHEN foreign_key_violation THEN
	RETURN;
END $$;

CREATE FUNCTION motcua.forget_filing(f motcua.filing) RETURNS void
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
	one record;
BEGIN
	FOR one IN DELETE FROM filing_file p WHERE p.unit_id = f.unit_id AND p.filing_id = f.filing_id RETURNING p.file_id, p.unit_id LOOP
		PERFORM forget_file(one.unit_id, one.file_id) WHERE one.file_id IS NOT NULL;
	END LOOP;
	UPDATE filing_word w SET payload = '{}' WHERE w.unit_id = f.unit_id AND w.filing_id = f.filing_id AND w.done_at IS NOT NULL;
	UPDATE filing_event e SET by_name = 'Công dân', note = '' WHERE e.unit_id = f.unit_id AND e.filing_id = f.filing_id
		AND e.what IN ('filed', 'changed', 'brought', 'withdrawn');
	UPDATE filing x SET view = '{}', digest = '\x', owner_name = '', whole = false, note = '', forgotten_at = clock_timestamp(),
		answered_by = CASE x.status WHEN 7 THEN 'Công dân' ELSE x.answered_by END, reason = CASE x.status WHEN 7 THEN '' ELSE x.reason END
		WHERE x.unit_id = f.unit_id AND x.filing_id = f.filing_id;
END $$;

-- Some of what is over for long enough; most: at once.
CREATE FUNCTION motcua.forget_old(unit bigint, most int) RETURNS int
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
	f filing;
	gone int;
BEGIN
	UPDATE citizen_message m SET address = '•••', words = 'Nội dung đã xoá khi hết thời hạn lưu.', their_id = '', note = '', next_at = NULL,
		state = CASE WHEN m.state IN ('waiting', 'call', 'failed') THEN 'void' ELSE m.state END, forgotten_at = clock_timestamp()
	WHERE (m.unit_id, m.message_id) IN (SELECT x.unit_id, x.message_id FROM citizen_message x WHERE x.unit_id = unit AND x.forgotten_at IS NULL
		AND x.changed_at < now() - make_interval(days => greatest(30, setting_of(unit, 'message_days')::int))
		AND (x.leased_until IS NULL OR x.leased_until <= now())
		-- Who is still to be told keeps the number until the dossier or the filing is over.
		AND (x.state IN ('sent', 'received', 'called', 'void') OR NOT EXISTS (SELECT FROM dossier d WHERE d.unit_id = x.unit_id
			AND d.dossier_id = x.dossier_id AND d.status NOT IN (3, 8, 10)) AND NOT EXISTS (SELECT FROM filing g WHERE g.unit_id = x.unit_id
			AND g.filing_id = x.filing_id AND g.status IN (1, 5))) ORDER BY x.changed_at LIMIT most FOR UPDATE SKIP LOCKED);
	GET DIAGNOSTICS gone = ROW_COUNT;
	FOR f IN SELECT x.* FROM filing x WHERE x.unit_id = unit AND x.status IN (2, 3, 7) AND x.dossier_id IS NULL AND x.forgotten_at IS NULL
			AND x.answered_at < now() - make_interval(days => greatest(30, setting_of(unit, 'filing_days')::int))
			AND NOT EXISTS (SELECT FROM filing_word w WHERE w.unit_id = x.unit_id AND w.filing_id = x.filing_id AND w.done_at IS NULL)
			ORDER BY x.answered_at LIMIT most FOR UPDATE SKIP LOCKED LOOP
		PERFORM forget_filing(f);
		gone := gone + 1;
	END LOOP;
	RETURN gone;
END $$;

-- As in 0348, and what is over is forgotten in time.
CREATE OR REPLACE FUNCTION wire.tend() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	p record;
BEGIN
	PERFORM make_months();
	PERFORM drop_months();
	FOR p IN SELECT DISTINCT x.unit_id, x.dossier_id, x.system FROM answer_part x JOIN status_word w
			ON w.unit_id = x.unit_id AND w.system = x.system AND w.word = x.facts->>'word'
			WHERE x.kind = 'word' AND NOT x.concluded LIMIT 500 LOOP
		PERFORM hear_words(p.unit_id, p.dossier_id, p.system);
	END LOOP;
	PERFORM let_go_old(interval '24 hours', 1000);
	PERFORM forget_lookups(u.unit_id) FROM unit u;
	PERFORM forget_old(u.unit_id, 200) FROM unit u;
	PERFORM forget_lists();
	PERFORM reconcile_night();
END $$;

RESET ROLE;
REVOKE CREATE ON SCHEMA motcua FROM motcua_wire;
SELECT motcua.open_doors();
