-- SPDX-License-Identifier: Apache-2.0
-- "Đã về" that is undone within the minute takes back what it wrote: the paper that came is none, and lies nowhere.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

ALTER TABLE motcua.result_paper ADD COLUMN undone boolean NOT NULL DEFAULT false;
DROP TRIGGER only_grows ON motcua.result_paper;
CREATE TRIGGER only_grows BEFORE DELETE ON motcua.result_paper
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();
CREATE TRIGGER only_undone BEFORE UPDATE ON motcua.result_paper FOR EACH ROW
	WHEN (OLD.undone OR NOT NEW.undone OR to_jsonb(OLD) - 'undone' <> to_jsonb(NEW) - 'undone') EXECUTE FUNCTION motcua.only_grows();

-- The paper by which a dossier was done goes with that act.  An earlier one, of a result that was called back since, stays.
CREATE FUNCTION motcua.result_undone() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	-- Two acts of one second are told apart by their ids.
	done_id bigint := (SELECT max(e.event_id) FROM dossier_event e WHERE e.unit_id = NEW.unit_id AND e.dossier_id = NEW.dossier_id
		AND e.to_status = 9 AND e.from_status NOT IN (0, 9) AND e.act <> 'undo');
	before timestamptz := (SELECT max(e.at) FROM dossier_event e WHERE e.unit_id = NEW.unit_id AND e.dossier_id = NEW.dossier_id
		AND e.from_status NOT IN (0, e.to_status) AND e.act <> 'undo' AND e.event_id < done_id);
	r result_paper;
	spot result_place;
BEGIN
	SELECT * INTO r FROM result_paper x WHERE x.unit_id = NEW.unit_id AND x.dossier_id = NEW.dossier_id ORDER BY x.seq DESC LIMIT 1 FOR UPDATE;
	IF r.seq IS NULL OR r.undone OR r.at < before THEN
		RETURN NULL;
	END IF;
	UPDATE result_paper x SET undone = true WHERE x.unit_id = r.unit_id AND x.dossier_id = r.dossier_id AND x.seq = r.seq;
	SELECT * INTO spot FROM result_place x WHERE x.unit_id = r.unit_id AND x.dossier_id = r.dossier_id ORDER BY x.seq DESC LIMIT 1;
	IF spot.place <> '' AND spot.at >= r.at THEN
		INSERT INTO result_place (unit_id, dossier_id, seq, login, place) SELECT r.unit_id, r.dossier_id, spot.seq + 1, NEW.by_login,
			coalesce((SELECT x.place FROM result_place x WHERE x.unit_id = r.unit_id AND x.dossier_id = r.dossier_id AND x.at < r.at
				ORDER BY x.seq DESC LIMIT 1), '');
	END IF;
	RETURN NULL;
END $$;
CREATE TRIGGER result_undone AFTER INSERT ON motcua.dossier_event FOR EACH ROW WHEN (NEW.act = 'undo' AND NEW.from_status = 9)
	EXECUTE FUNCTION motcua.result_undone();

-- As in 0463; a paper that was undone is none.
CREATE OR REPLACE FUNCTION desk.dossier_return(wanted bigint) RETURNS TABLE (digital boolean, place text, grade text, papers text, missing text,
	told text, phone text)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT result_is_digital(d), result_place_of(d), coalesce((SELECT r.grade FROM rating r WHERE r.unit_id = d.unit_id AND r.dossier_id = d.dossier_id), ''),
		coalesce((SELECT string_agg(format('%s%s%s%s, nhận %s', r.kind, CASE WHEN r.number <> '' THEN ' số ' || r.number ELSE '' END,
			coalesce(to_char(r.issued_on, '" ngày "DD/MM/YYYY'), ''), CASE WHEN r.signer <> '' THEN ', ' || r.signer || ' ký' ELSE '' END, say_moment(r.at)), E'\n' ORDER BY r.seq)
			FROM result_paper r WHERE r.unit_id = d.unit_id AND r.dossier_id = d.dossier_id AND NOT r.undone), ''),
		coalesce((SELECT string_agg(p.name, '; ' ORDER BY p.seq) FROM return_paper p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id AND p.done_at IS NULL), ''),
		coalesce((SELECT m.state FROM citizen_message m WHERE m.unit_id = d.unit_id AND m.dossier_id = d.dossier_id AND m.kind = 'result_ready'
			AND m.state <> 'void' ORDER BY m.at DESC LIMIT 1), ''),
		coalesce((SELECT mask_address(m.address) FROM citizen_message m WHERE m.unit_id = d.unit_id AND m.dossier_id = d.dossier_id AND m.kind = 'result_ready'
			AND m.state <> 'void' ORDER BY m.at DESC LIMIT 1), '')
	FROM dossier_mine(wanted) d
$$;

RESET ROLE;
SELECT motcua.open_doors();
