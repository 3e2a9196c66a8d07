-- SPDX-License-Identifier: Apache-2.0
-- What was signed after the dossier was received travels: the signed file takes the place of the bare one, and every
-- system gets the dossier anew, the way papers digitised later do (0321, 0322).

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- All of a dossier at once; files: how many took their place, systems: how many hear of it.  Repeated it does nothing.
CREATE FUNCTION desk.signed_travel(wanted bigint, OUT files int, OUT systems int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
	moment timestamptz := date_trunc('second', clock_timestamp());
	pair record;
	names text[] := '{}';
BEGIN
	SELECT * INTO d FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id FOR UPDATE;
	files := 0;
	systems := 0;
	IF d.status IN (3, 7, 8) THEN -- turned away, withdrawn, stopped: nobody waits for it
		RETURN;
	END IF;
	FOR pair IN SELECT DISTINCT ON (k.seq, b.file_id) k.seq, k.name, b.file_id AS bare, s.file_id AS signed
			FROM dossier_component k CROSS JOIN LATERAL unnest(k.files) b(file_id)
			JOIN file_signature s ON s.unit_id = k.unit_id AND s.of_file = b.file_id
			JOIN file f ON f.unit_id = s.unit_id AND f.file_id = s.file_id AND f.dossier_id = k.dossier_id AND f.whole
			WHERE k.unit_id = d.unit_id AND k.dossier_id = d.dossier_id AND f.media_type = 'application/pdf'
			ORDER BY k.seq, b.file_id, s.at LOOP
		UPDATE dossier_component k SET files = array_replace(k.files, pair.bare, pair.signed)
			WHERE k.unit_id = d.unit_id AND k.dossier_id = d.dossier_id AND k.seq = pair.seq;
		-- The words of its pages are found in the one that counts.
		INSERT INTO file_word (unit_id, file_id, page, words)
			SELECT w.unit_id, pair.signed, w.page, w.words FROM file_word w WHERE w.unit_id = d.unit_id AND w.file_id = pair.bare
			ON CONFLICT DO NOTHING;
		DELETE FROM file_word w WHERE w.unit_id = d.unit_id AND w.file_id = pair.bare;
		names := names || pair.name;
		files := files + 1;
	END LOOP;
	IF files = 0 THEN
		RETURN;
	END IF;
	UPDATE dossier x SET version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id RETURNING * INTO d;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, moment, 'sign', d.status, d.status, mine.login, mine.full_name,
			left('Đã ký số: ' || array_to_string(names, '; '), 1000));
	IF d.status NOT IN (9, 10) THEN
		PERFORM tell_taken_up(d, mine, '', moment, false);
		SELECT count(*) INTO systems FROM stream s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id;
	END IF;
	PERFORM audit('sign_travel', d.dossier_id, jsonb_build_object('files', files, 'systems', systems));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
END $$;

RESET ROLE;
SELECT motcua.open_doors();
