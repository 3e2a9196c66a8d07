-- SPDX-License-Identifier: Apache-2.0
-- A dossier that is done is not sent anew when a paper of it is digitised: what is sent says nothing of
-- its end, and must not take back the end that was told.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0321 but for that.
CREATE OR REPLACE FUNCTION desk.digitise(wanted bigint, nth int, attached bigint[]) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
	k dossier_component;
	moment timestamptz := date_trunc('second', clock_timestamp());
BEGIN
	SELECT * INTO d FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id FOR UPDATE;
	SELECT * INTO k FROM dossier_component c WHERE c.unit_id = d.unit_id AND c.dossier_id = d.dossier_id AND c.seq = nth;
	IF k.seq IS NULL THEN
		PERFORM refuse('MC008', 'Hồ sơ không có giấy tờ này.', format('no component %s of %s', nth, wanted));
	END IF;
	PERFORM check_that(cardinality(attached) BETWEEN 1 AND 20, 'files', 'Chưa có tệp nào.');
	IF attached <@ k.files THEN
		RETURN d.version;
	END IF;
	PERFORM check_that(d.status NOT IN (3, 7, 8), 'status', 'Hồ sơ không được tiếp nhận, đã rút hoặc đã dừng: không số hóa nữa.');
	PERFORM check_that(k.state = 'ok' AND k.action IN ('submit', 'compare'), 'component', 'Giấy tờ này không nằm ở đây để số hóa.');
	UPDATE dossier_component c SET files = c.files || ARRAY(SELECT DISTINCT f FROM unnest(attached) f WHERE f <> ALL (c.files)),
		pages = least(9999, c.pages + coalesce((SELECT sum(x.pages) FROM file x WHERE x.unit_id = d.unit_id
			AND x.file_id = ANY (attached) AND x.file_id <> ALL (c.files)), 0))
		WHERE c.unit_id = d.unit_id AND c.dossier_id = d.dossier_id AND c.seq = nth;
	PERFORM use_files(d.unit_id, d.dossier_id, d.owner_id);
	UPDATE dossier x SET version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id RETURNING * INTO d;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, moment, 'digitise', d.status, d.status, mine.login, mine.full_name,
			left('Đã số hóa: ' || k.name, 1000));
	IF d.status NOT IN (9, 10) THEN
		PERFORM tell_taken_up(d, mine, '', moment, false);
	END IF;
	PERFORM audit('digitise', d.dossier_id, jsonb_build_object('component', nth, 'files', to_jsonb(attached)));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN d.version;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
