-- SPDX-License-Identifier: Apache-2.0
-- Two counters that give the same dossier at the same moment: the second one sees the list of the first.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0405; a dossier is put into one list at a time.
CREATE OR REPLACE FUNCTION desk.hand_give(request uuid, dossiers bigint[], to_login text, to_kind text, to_place text, note text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	c clerk := colleague(mine.unit_id, to_login);
	wanted bigint;
	d dossier;
	from_place text;
	id bigint;
BEGIN
	PERFORM check_that(request IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM pg_advisory_xact_lock(hashtextextended(request::text, mine.unit_id));
	SELECT h.handover_id INTO id FROM handover h WHERE h.unit_id = mine.unit_id AND h.request_id = request;
	IF FOUND THEN
		RETURN id;
	END IF;
	PERFORM check_that(coalesce(cardinality(dossiers), 0) BETWEEN 1 AND 200, 'dossiers', 'Đánh dấu từ 1 đến 200 hồ sơ để giao.');
	PERFORM check_that(c.login IS NOT NULL AND c.login <> mine.login, 'to', 'Chọn người nhận, không phải chính mình.');
	PERFORM check_that(coalesce(to_kind IN ('desk', 'room'), false) AND btrim(coalesce(to_place, '')) <> '' AND length(to_place) <= 200, 'place',
		'Ghi bộ phận nhận.');
	PERFORM FROM dossier x WHERE x.unit_id = mine.unit_id AND x.dossier_id = ANY (dossiers) ORDER BY x.dossier_id FOR NO KEY UPDATE;
	FOREACH wanted IN ARRAY dossiers LOOP
		d := dossier_mine(wanted);
		PERFORM check_that(may_give(d, mine), 'dossiers', format('Hồ sơ %s không ở tay mình hoặc đang chờ, không giao được.', d.code));
		PERFORM check_that(NOT EXISTS (SELECT FROM handover_item i JOIN handover h USING (unit_id, handover_id) WHERE i.unit_id = d.unit_id
			AND i.dossier_id = d.dossier_id AND h.state = 'open'), 'dossiers', format('Hồ sơ %s đã ở trong một danh sách chờ ký nhận.', d.code));
	END LOOP;
	from_place := coalesce((SELECT nullif(h.place, '') FROM holder_now(d) h), office_of(d));
	INSERT INTO handover (unit_id, request_id, made_at, giver, giver_place, taker, taker_kind, taker_place, note)
		VALUES (mine.unit_id, request, date_trunc('second', clock_timestamp()), mine.login, from_place, c.login, to_kind, btrim(to_place),
			left(btrim(coalesce(hand_give.note, '')), 300)) RETURNING handover_id INTO id;
	INSERT INTO handover_item SELECT mine.unit_id, id, row_number() OVER (ORDER BY x.n), x.dossier FROM (SELECT w.dossier, min(w.n) AS n
		FROM unnest(dossiers) WITH ORDINALITY w(dossier, n) GROUP BY w.dossier) x;
	PERFORM audit('hand_give', NULL, jsonb_build_object('handover', id, 'to', c.login, 'dossiers', cardinality(dossiers)));
	PERFORM pg_notify('motcua_unit_' || mine.unit_id, 'hands ' || id);
	RETURN id;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
