-- SPDX-License-Identifier: Apache-2.0
-- A date that was set wrongly (an apology, an incident, a slip of the hand) is put right by a supervisor on the dossier's screen, with the
-- reason; everybody hears of it (0785).

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

INSERT INTO motcua.side_act (act, from_status, who) SELECT 'change_due', s, 'supervisor' FROM unnest('{1,2,4,5,6}'::int[]) s;
UPDATE motcua.counter_act SET say = 'hẹn sai ngày thì người phụ trách điều chỉnh ngày hẹn (Việc khác), nêu lý do; văn bản đã in thu lại' WHERE act = 'apologise';
UPDATE motcua.counter_act SET say = 'tính sai thì người phụ trách điều chỉnh ngày hẹn (Việc khác), nêu lý do' WHERE act = 'incident_due';
INSERT INTO motcua.counter_act VALUES ('change_due', 'sai thì người phụ trách điều chỉnh lại ngày hẹn (Việc khác), nêu lý do');

CREATE FUNCTION motcua.right_date(d motcua.dossier, seen_version int, fresh timestamptz, why text) RETURNS int
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	PERFORM check_that(why <> '', 'reason', 'Ghi vì sao ngày hẹn đang ghi là sai.');
	PERFORM check_that(fresh IS NOT NULL AND isfinite(fresh), 'new_due', 'Ghi ngày hẹn đúng.');
	PERFORM check_that(fresh IS DISTINCT FROM d.due_at, 'new_due', 'Ngày hẹn vẫn như đang ghi.');
	PERFORM check_that(EXISTS (SELECT FROM unit u, LATERAL shifts_on(u.code, local(fresh)::date) WHERE u.unit_id = d.unit_id), 'new_due',
		'Ngày hẹn rơi vào ngày nghỉ.');
	RETURN move_due(d.dossier_id, seen_version, 'correction', fresh, 'Điều chỉnh ngày hẹn ghi sai: ' || why);
END $$;

-- As in 0731.
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
			PERFORM keep_event(d, mine, 'note', '', text_of, date_trunc('second', clock_timestamp()));
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
