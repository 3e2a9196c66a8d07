-- SPDX-License-Identifier: Apache-2.0
-- Why a hand-over was put right is a supervisor's free text and may name persons: it stands in the row it belongs to
-- (handed_over, dossier_event), not in the trail.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0463.
CREATE OR REPLACE FUNCTION desk.return_undo(wanted bigint, seen_version int, reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := my_supervisor();
	d dossier := dossier_lock(wanted, seen_version);
	why text := left(btrim(coalesce(reason, '')), 500);
	moment timestamptz := date_trunc('second', clock_timestamp());
	h handed_over;
	sys text;
BEGIN
	PERFORM check_that(why <> '', 'reason', 'Ghi lý do: ai báo, kết quả đang ở đâu.');
	PERFORM check_that(d.status = 10, 'status', 'Hồ sơ chưa được ghi là đã trả kết quả.');
	SELECT * INTO h FROM handed_over x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id ORDER BY x.seq DESC LIMIT 1;
	IF h.seq IS NOT NULL THEN
		INSERT INTO handed_over (unit_id, dossier_id, seq, at, login, taker, name, id_number, mandate, post, corrects, reason, undone)
			VALUES (d.unit_id, d.dossier_id, h.seq + 1, moment, mine.login, h.taker, h.name, '', '', '', h.seq, why, true);
	END IF;
	UPDATE dossier x SET status = 9, status_at = moment, version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, moment, 'return_undone', 10, 9, mine.login, mine.full_name, 'Ghi nhầm đã trả kết quả: ' || why);
	FOR sys IN SELECT s.system FROM stream s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id LOOP
		PERFORM enqueue(d.unit_id, d.dossier_id, sys, 'progress', progress_payload(d.code, mine.full_name, mine.title, '',
			moment, 'Ghi nhầm đã trả kết quả: kết quả chưa trả', 9, moment, d.due_at));
	END LOOP;
	PERFORM audit('return_undo', d.dossier_id, jsonb_strip_nulls(jsonb_build_object('corrects', h.seq)));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN d.version + 1;
END $$;

-- As in 0463.
CREATE OR REPLACE FUNCTION desk.taker_correct(wanted bigint, receiver jsonb, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
	d dossier := dossier_mine(wanted);
	why text := left(btrim(coalesce(reason, '')), 500);
	old handed_over;
BEGIN
	PERFORM check_size(receiver);
	PERFORM check_that(why <> '', 'reason', 'Ghi lý do sửa.');
	SELECT * INTO d FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id FOR UPDATE;
	PERFORM check_that(d.status = 10, 'status', 'Hồ sơ chưa được ghi là đã trả kết quả.');
	SELECT * INTO old FROM handed_over x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id ORDER BY x.seq DESC LIMIT 1;
	PERFORM check_that(old.seq IS NOT NULL, 'receiver', 'Chưa ghi ai nhận kết quả.');
	PERFORM keep_taker_row(d, receiver || jsonb_build_object('no_file', old.no_file), mine.login, d.status_at, old.seq, why);
	PERFORM audit('taker_correct', d.dossier_id, jsonb_build_object('corrects', old.seq));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
END $$;

RESET ROLE;
SELECT motcua.open_doors();
