-- SPDX-License-Identifier: Apache-2.0
-- What is said again after a lost reply is done once: the request id stands in the row.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

ALTER TABLE motcua.ticket_booking ADD COLUMN request_id uuid;
CREATE UNIQUE INDEX ticket_booking_request ON motcua.ticket_booking (unit_id, request_id) WHERE request_id IS NOT NULL;
ALTER TABLE motcua.return_paper ADD COLUMN request_id uuid;
CREATE UNIQUE INDEX return_paper_request ON motcua.return_paper (unit_id, request_id) WHERE request_id IS NOT NULL;

DROP FUNCTION desk.queue_book(text, timestamptz);
-- As in 0503; the same request again is the same number.
CREATE FUNCTION desk.queue_book(series text, wanted timestamptz, request uuid DEFAULT NULL) RETURNS TABLE (code text, slot timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	rules queue_setting := queue_rules(mine.unit_id, true);
	begins timestamptz := date_bin(make_interval(mins => rules.slot_minutes), wanted, local(wanted)::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh');
	made text;
BEGIN
	IF request IS NOT NULL THEN
		PERFORM pg_advisory_xact_lock(hashtextextended(request::text, mine.unit_id));
		RETURN QUERY SELECT b.code, b.slot FROM ticket_booking b WHERE b.unit_id = mine.unit_id AND b.request_id = request;
		IF FOUND THEN
			RETURN;
		END IF;
	END IF;
	IF NOT EXISTS (SELECT FROM queue_series s WHERE s.unit_id = mine.unit_id AND s.series = $1 AND s.active) THEN
		PERFORM refuse('MC005', 'Không có hàng đợi này.', format('no series %s', $1), 'series');
	END IF;
	PERFORM check_that(begins > clock_timestamp() AND begins < clock_timestamp() + interval '60 days', 'slot',
		'Giờ hẹn phải ở phía trước, trong vòng 60 ngày.');
	IF (SELECT count(*) FROM ticket_booking b WHERE b.unit_id = mine.unit_id AND b.series = $1 AND b.slot = begins
			AND b.state <> 'cancelled') >= rules.slot_places THEN
		PERFORM refuse('MC005', format('Khung giờ %s đã đủ %s số hẹn: chọn khung khác.', to_char(local(begins), 'HH24:MI DD/MM'),
			rules.slot_places), 'slot is full', 'slot');
	END IF;
	LOOP
		made := lpad((('x' || encode(substr(sha256(uuid_send(gen_random_uuid())), 1, 4), 'hex'))::bit(32)::bigint % 1000000)::text, 6, '0');
		EXIT WHEN NOT EXISTS (SELECT FROM ticket_booking b WHERE b.unit_id = mine.unit_id AND b.code = made
			AND (b.state = 'open' OR b.slot > now() - interval '7 days'));
	END LOOP;
	INSERT INTO ticket_booking (unit_id, series, slot, code, login, request_id) VALUES (mine.unit_id, $1, begins, made, mine.login, request);
	PERFORM audit('queue_book', NULL, jsonb_build_object('series', $1, 'slot', begins));
	RETURN QUERY SELECT made, begins;
END $$;

DROP FUNCTION desk.return_paper_add(bigint, text, text);
-- As in 0462; the same request again is the same paper.
CREATE FUNCTION desk.return_paper_add(wanted bigint, way text, name text, request uuid DEFAULT NULL) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
	fresh int;
BEGIN
	IF request IS NOT NULL THEN
		PERFORM pg_advisory_xact_lock(hashtextextended(request::text, mine.unit_id));
		PERFORM check_that(NOT EXISTS (SELECT FROM return_paper r WHERE r.unit_id = d.unit_id AND r.request_id = request AND r.dossier_id <> d.dossier_id),
			'request_id', 'Yêu cầu này đã dùng cho hồ sơ khác.');
		SELECT r.seq INTO fresh FROM return_paper r WHERE r.unit_id = d.unit_id AND r.request_id = request;
		IF FOUND THEN
			RETURN fresh;
		END IF;
	END IF;
	PERFORM check_that(coalesce($2 IN ('give', 'take'), false), 'way', 'Chưa rõ trả lại hay thu lại.');
	PERFORM check_that(btrim(coalesce($3, '')) <> '' AND length($3) <= 300, 'name', 'Ghi tên giấy tờ.');
	PERFORM check_that(d.status <> 10, 'status', 'Hồ sơ đã trả kết quả.');
	PERFORM FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id FOR NO KEY UPDATE;
	INSERT INTO return_paper (unit_id, dossier_id, seq, way, name, made_by, request_id) SELECT d.unit_id, d.dossier_id,
		coalesce(max(x.seq), 0) + 1, $2, btrim($3), mine.login, request FROM return_paper x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id RETURNING seq INTO fresh;
	PERFORM audit('return_paper', d.dossier_id, jsonb_build_object('way', $2, 'seq', fresh));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN fresh;
END $$;

ALTER TABLE motcua.dossier_event ADD COLUMN request_id uuid;
-- As in 0731, with the right date of 0788; a note raises no version: its request id keeps it from being written twice.
CREATE OR REPLACE FUNCTION desk.side_act(wanted bigint, seen_version int, act text, facts jsonb, OUT version int, OUT paper_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	d dossier;
	s side_act;
	once uuid := (facts->>'request_id')::uuid;
	text_of text := left(btrim(coalesce(facts->>'reason', '')), 1000);
BEGIN
	PERFORM check_size(facts);
	IF once IS NOT NULL THEN
		PERFORM pg_advisory_xact_lock(hashtextextended(once::text, mine.unit_id));
		SELECT p.paper_id, x.version INTO paper_id, version FROM paper p JOIN dossier x ON x.unit_id = p.unit_id AND x.dossier_id = p.dossier_id
			WHERE p.unit_id = mine.unit_id AND p.request_id = once AND p.dossier_id = wanted AND p.form IN ('04', '06');
		IF FOUND THEN
			RETURN;
		END IF;
		SELECT x.version INTO version FROM dossier x WHERE x.unit_id = mine.unit_id AND x.dossier_id = wanted AND EXISTS (SELECT FROM dossier_event e
			WHERE e.unit_id = x.unit_id AND e.dossier_id = x.dossier_id AND e.request_id = once);
		IF FOUND THEN
			RETURN;
		END IF;
	END IF;
	d := dossier_lock(wanted, seen_version);
	SELECT * INTO s FROM side_act x WHERE x.act = $3 AND x.from_status = d.status;
	IF s.act = 'apologise' THEN
		PERFORM check_first_apology(d);
	END IF;
	IF s.act IS NULL OR NOT side_open(d, mine, $3) THEN
		PERFORM refuse('MC005', 'Lúc này không làm được việc này với hồ sơ.', format('no side act %s at status %s', $3, d.status), 'act');
	END IF;
	IF s.who = 'supervisor' THEN
		PERFORM my_supervisor();
	END IF;
	CASE $3
		WHEN 'apologise' THEN SELECT a.version, a.paper_id INTO version, paper_id FROM apologise(d, mine, facts) a;
		WHEN 'change_due' THEN PERFORM right_date(d, seen_version, (facts->>'new_due')::timestamptz, text_of);
		WHEN 'step_on', 'step_back' THEN PERFORM step_move(d, mine, $3, facts);
		WHEN 'assign', 'take_over' THEN PERFORM give_work(d, mine, $3, facts);
		WHEN 'control' THEN paper_id := control_sheet(d, mine, facts);
		WHEN 'undo' THEN PERFORM undo_act(d, mine);
		WHEN 'note' THEN
			PERFORM check_that(text_of <> '', 'reason', 'Ghi chú còn trống.');
			INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note, request_id)
				VALUES (d.unit_id, d.dossier_id, date_trunc('second', clock_timestamp()), 'note', d.status, d.status, mine.login, mine.full_name,
					text_of, once);
	END CASE;
	IF $3 IN ('step_on', 'step_back', 'assign', 'take_over', 'undo') THEN
		UPDATE dossier x SET version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	END IF;
	version := (SELECT x.version FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id);
	PERFORM audit($3, d.dossier_id, facts - '{request_id,reason}'::text[]) WHERE $3 <> 'change_due'; -- move_due has
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
END $$;

RESET ROLE;
SELECT motcua.open_doors();
