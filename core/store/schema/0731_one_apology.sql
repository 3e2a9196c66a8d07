-- SPDX-License-Identifier: Apache-2.0
-- "Việc hẹn lại ngày trả kết quả được thực hiện không quá một lần" (NĐ 61/2018 Điều 19 khoản 9): of a second one the law knows
-- no exception, so nobody makes it here.  What the system that decides says of its own dates is still written down (0349).

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE FUNCTION motcua.check_first_apology(d motcua.dossier) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
BEGIN
	IF extensions_of(d) > 0 THEN
		PERFORM refuse('MC005', 'Hồ sơ này đã hẹn lại một lần; pháp luật không cho hẹn lại lần nữa (NĐ 61/2018 Điều 19 khoản 9). '
			'Trả kết quả sớm nhất có thể; hồ sơ tính là quá hạn.', format('dossier %s was extended before', d.dossier_id), 'new_due');
	END IF;
END $$;

-- As in 0401; an apology while none was made.
CREATE OR REPLACE FUNCTION motcua.side_open(d motcua.dossier, mine motcua.clerk, what text) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	h dossier_holder := holder_now(d);
	now_at int := (SELECT s.seq FROM dossier_step s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.state = 'current');
BEGIN
	RETURN CASE what
		WHEN 'apologise' THEN d.due_at IS NOT NULL AND extensions_of(d) = 0
		WHEN 'step_on' THEN EXISTS (SELECT FROM dossier_step s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id
			AND s.seq > now_at AND s.state = 'waiting')
		WHEN 'step_back' THEN EXISTS (SELECT FROM dossier_step s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id
			AND s.seq < now_at AND s.state = 'done')
		WHEN 'assign' THEN coalesce(h.kind IN ('desk', 'room') AND (h.login IN ('', mine.login) OR mine.is_supervisor
			OR acts_for(d.unit_id, h.login, mine.login)), true)
		WHEN 'take_over' THEN coalesce(h.kind IN ('desk', 'room') AND h.login <> mine.login AND (h.login = '' OR mine.is_supervisor
			OR acts_for(d.unit_id, h.login, mine.login)), false)
		WHEN 'undo' THEN undo_until(d, mine) IS NOT NULL
		ELSE true END;
END $$;

CREATE OR REPLACE FUNCTION motcua.act_cost(d motcua.dossier, what text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	asked int;
	until timestamptz;
BEGIN
	IF what = 'ask_supplement' THEN
		asked := supplements_of(d);
		until := check_until(d);
		RETURN concat_ws(' ', CASE WHEN asked > 0 THEN format('Lần thứ %s: pháp luật chỉ cho yêu cầu một lần, cần người phụ trách và căn cứ. '
				'Theo QĐ 766, hồ sơ bị yêu cầu bổ sung quá một lần tính là quá hạn (chỉ số 2.1, nhóm tiến độ 20 điểm).', asked + 1) END,
			CASE WHEN until < clock_timestamp() THEN format('Đã quá hạn yêu cầu bổ sung (%s).', say_moment(until)) END);
	ELSIF what = 'apologise' AND local(clock_timestamp())::date > apology_limit(d) THEN
		RETURN format('Trễ: văn bản xin lỗi phải gửi chậm nhất ngày %s, cần người phụ trách và căn cứ.', to_char(apology_limit(d), 'DD/MM/YYYY'));
	END IF;
	RETURN '';
END $$;

CREATE OR REPLACE FUNCTION motcua.act_supervised(d motcua.dossier, what text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT CASE what WHEN 'ask_supplement' THEN supplements_of(d) > 0
		WHEN 'apologise' THEN local(clock_timestamp())::date > apology_limit(d) ELSE false END
$$;

-- As in 0402; a second apology is refused with the reason.  Free text stays with the dossier: the trail says who did what, and a note
-- may hold a name, an address, an illness.
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
	PERFORM audit($3, d.dossier_id, facts - '{request_id,reason}'::text[]);
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
END $$;

-- As in 0349.
CREATE OR REPLACE FUNCTION desk.change_due(wanted bigint, seen_version int, cause text, new_due timestamptz, line text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
BEGIN
	PERFORM my_supervisor();
	IF cause = 'extension' THEN
		PERFORM check_first_apology(dossier_lock(wanted, seen_version));
	END IF;
	RETURN move_due(wanted, seen_version, cause, new_due, line);
END $$;

RESET ROLE;
SELECT motcua.open_doors();
