-- SPDX-License-Identifier: Apache-2.0
-- Side events of a dossier's life: apology and new date (form 04), steps on and back, work given to somebody or taken over,
-- notes, form 06 drawn from the log.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE FUNCTION motcua.keep_event(d motcua.dossier, mine motcua.clerk, what text, form text, say text, moment timestamptz) RETURNS void
LANGUAGE sql SET search_path = motcua, pg_temp AS $$
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, form, note)
		VALUES (d.unit_id, d.dossier_id, moment, what, d.status, d.status, mine.login, mine.full_name, form, left(say, 1000))
$$;

-- One more due date: a row, and the dossier's; the version is the caller's to raise.
CREATE FUNCTION motcua.keep_due(d motcua.dossier, mine motcua.clerk, why text, fresh timestamptz, line text) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	INSERT INTO dossier_due SELECT d.unit_id, d.dossier_id, coalesce(max(x.seq), 0) + 1, clock_timestamp(), why, mine.login, d.due_at, fresh,
		left(keep_due.line, 2000) FROM dossier_due x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	UPDATE dossier x SET due_at = fresh WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
END $$;

-- ---- apology and new date ----

-- When the work that is left would be done: as planned, and later by what the current step is behind; NULL: no steps.
CREATE FUNCTION motcua.forecast_of(d motcua.dossier, here text) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	step_due timestamptz;
	last_due timestamptz;
BEGIN
	SELECT max(x.due_at) FILTER (WHERE x.state = 'current'), max(x.due_at) INTO step_due, last_due FROM dossier_step x
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.state IN ('current', 'waiting');
	IF step_due IS NULL OR step_due >= clock_timestamp() THEN
		RETURN CASE WHEN step_due IS NULL THEN NULL ELSE last_due END;
	END IF;
	RETURN greatest(working_add(here, last_due, working_between(here, step_due, clock_timestamp())), clock_timestamp());
END $$;

-- The new date to propose, the end of a working day: a day after the forecast; without steps half the limit more.
CREATE FUNCTION motcua.new_date_of(d motcua.dossier, here text) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT working_days_after(here, greatest(clock_timestamp(), d.due_at, forecast_of(d, here)),
		CASE WHEN forecast_of(d, here) IS NOT NULL THEN 1 WHEN d.limit_unit IN ('working_day', 'day')
			THEN least(greatest(ceil(d.limit_value / 2), 1), 60) ELSE 1 END)
$$;

-- request: {request_id, new_due, reason, basis}.  Signed by the head of the agency that is late, by hand: no name is printed.
CREATE FUNCTION motcua.apologise(d motcua.dossier, mine motcua.clerk, request jsonb, OUT version int, OUT paper_id bigint)
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	u unit;
	moment timestamptz := date_trunc('second', clock_timestamp());
	fresh timestamptz := (request->>'new_due')::timestamptz;
	why text := left(btrim(coalesce(request->>'reason', '')), 500);
	basis text := left(btrim(coalesce(request->>'basis', '')), 300);
	old_due timestamptz := d.due_at;
	head text;
	say text;
	called text;
BEGIN
	SELECT * INTO u FROM unit x WHERE x.unit_id = d.unit_id;
	PERFORM check_that(why <> '', 'reason', 'Ghi vì sao chậm: lý do in trên văn bản xin lỗi.');
	PERFORM check_that(fresh > old_due AND isfinite(fresh), 'new_due', 'Ngày hẹn mới phải sau ngày hẹn cũ.');
	PERFORM check_that(fresh > moment AND fresh < moment + interval '5 years', 'new_due', 'Ngày hẹn mới phải ở tương lai.');
	PERFORM check_that(EXISTS (SELECT FROM shifts_on(u.code, local(fresh)::date)), 'new_due', 'Ngày hẹn mới rơi vào ngày nghỉ.');
	IF act_supervised(d, 'apologise') THEN
		PERFORM my_supervisor();
		PERFORM check_that(length(basis) >= 5, 'basis', act_cost(d, 'apologise'));
	END IF;
	head := paper_head(d, mine, moment);
	IF head IS NULL THEN
		PERFORM refuse('MC008', 'Hồ sơ không đủ dữ liệu để lập văn bản xin lỗi.', format('no head of dossier %s', d.dossier_id));
	END IF;
	paper_id := number_paper(d.unit_id, d.dossier_id, coalesce((request->>'request_id')::uuid, gen_random_uuid()), '04', head
		|| field('agency.name', coalesce((SELECT a.name FROM dossier_agency a WHERE a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id
			AND a.role = 'deciding'), nullif(u.organisation, ''), u.name)) || field('received_at', iso(d.received_at))
		|| field('due_at', iso(old_due)) || field('new_due_at', iso(fresh)) || field('reason', why), moment, mine.login);
	called := (SELECT p.number FROM paper p WHERE p.unit_id = d.unit_id AND p.paper_id = apologise.paper_id);
	PERFORM keep_due(d, mine, 'extension', fresh, format(E'Xin lỗi và hẹn lại theo văn bản số %s: %s%s.\nNgày hẹn trả lùi từ %s sang %s.', called, why,
		CASE WHEN basis = '' THEN '' ELSE format(' (căn cứ: %s)', basis) END, say_moment(old_due), say_moment(fresh)));
	say := format('Xin lỗi, hẹn lại ngày %s: %s%s', to_char(local(fresh), 'DD/MM/YYYY'), why,
		CASE WHEN basis = '' THEN '' ELSE format(' (căn cứ: %s)', basis) END);
	PERFORM keep_event(d, mine, 'apologise', '04', say, moment);
	UPDATE dossier x SET version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id RETURNING * INTO d;
	PERFORM tell_taken_up(d, mine, say, moment, false);
	PERFORM tell_if_possible(d, 'apology', '', moment);
	version := d.version;
END $$;

-- ---- steps ----

-- Somebody of the unit who may be given work; '' is nobody yet.
CREATE FUNCTION motcua.colleague(unit bigint, wanted text) RETURNS motcua.clerk
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	c clerk;
BEGIN
	IF coalesce(wanted, '') = '' THEN
		RETURN NULL;
	END IF;
	SELECT * INTO c FROM clerk x WHERE x.login = wanted AND x.unit_id = unit AND x.kind IN ('clerk', 'supervisor') AND NOT x.locked;
	IF c.login IS NULL THEN
		PERFORM refuse('MC005', 'Đơn vị không có người này, hoặc tài khoản đang khoá.', format('no active member %s', wanted), 'to');
	END IF;
	RETURN c;
END $$;

CREATE FUNCTION motcua.step_move(d motcua.dossier, mine motcua.clerk, what text, request jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	moment timestamptz := date_trunc('second', clock_timestamp());
	why text := left(btrim(coalesce(request->>'reason', '')), 500);
	c clerk := colleague(d.unit_id, request->>'to');
	here dossier_step;
	next dossier_step;
	before dossier_holder;
	t dossier_holder;
BEGIN
	SELECT * INTO here FROM dossier_step s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.state = 'current';
	IF what = 'step_on' THEN
		SELECT * INTO next FROM dossier_step s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.seq > here.seq
			AND s.state = 'waiting' ORDER BY s.seq LIMIT 1;
		UPDATE dossier_step s SET state = 'done', ended_at = moment WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.seq = here.seq;
		UPDATE dossier_step s SET state = 'current', started_at = moment WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.seq = next.seq;
	ELSE
		PERFORM check_that(why <> '', 'reason', 'Trả lại một bước phải ghi lý do.');
		SELECT * INTO next FROM dossier_step s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.seq < here.seq
			AND s.state = 'done' ORDER BY s.seq DESC LIMIT 1;
		UPDATE dossier_step s SET state = 'waiting', started_at = NULL WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.seq = here.seq;
		UPDATE dossier_step s SET state = 'current', ended_at = NULL, sent_back = s.sent_back + 1 WHERE s.unit_id = d.unit_id
			AND s.dossier_id = d.dossier_id AND s.seq = next.seq;
	END IF;
	-- Who had that step before gets it back; a new one is given a name or stands open.
	SELECT * INTO before FROM dossier_holder h WHERE h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id AND h.step = next.seq
		ORDER BY h.seq DESC LIMIT 1;
	t.kind := next.held_by;
	t.login := coalesce(c.login, before.login, '');
	t.name := coalesce(c.full_name, before.name, '');
	t.place := CASE next.held_by WHEN 'desk' THEN office_of(d) ELSE next.role END;
	t.step := next.seq;
	t.act := what;
	t.giver := mine.full_name;
	t.note := concat_ws(': ', format(CASE what WHEN 'step_on' THEN 'Xong bước %s, sang bước %s' ELSE 'Bước %s trả lại bước %s' END, here.seq, next.seq),
		nullif(why, ''));
	PERFORM keep_event(d, mine, what, '', concat_ws('. ', format('%s (%s)', t.note, next.name), 'giao ' || nullif(t.name, '')), moment);
	PERFORM hand_to(d, t, moment);
END $$;

-- ---- who works on it ----

CREATE FUNCTION motcua.give_work(d motcua.dossier, mine motcua.clerk, what text, request jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	moment timestamptz := date_trunc('second', clock_timestamp());
	why text := left(btrim(coalesce(request->>'reason', '')), 500);
	h dossier_holder := holder_now(d);
	c clerk := CASE what WHEN 'take_over' THEN mine ELSE colleague(d.unit_id, request->>'to') END;
	t dossier_holder;
BEGIN
	PERFORM check_that(c.login IS NOT NULL, 'to', 'Chưa rõ giao cho ai.');
	PERFORM check_that(h.login IS DISTINCT FROM c.login, 'to', format('%s đang giữ hồ sơ này.', c.full_name));
	PERFORM check_that(why <> '' OR what = 'assign', 'reason', 'Ghi vì sao làm thay.');
	t.kind := CASE WHEN h.kind IN ('desk', 'room') THEN h.kind WHEN d.status = 4 THEN 'room' ELSE 'desk' END;
	t.place := coalesce(nullif(h.place, ''), office_of(d));
	t.step := h.step;
	t.login := c.login;
	t.name := c.full_name;
	t.act := what;
	t.giver := mine.full_name;
	t.note := concat_ws(': ', CASE WHEN what = 'assign' THEN 'Giao cho ' || c.full_name WHEN coalesce(h.name, '') = '' THEN c.full_name || ' nhận làm'
		ELSE format('%s làm thay %s', c.full_name, h.name) END, nullif(why, ''));
	PERFORM keep_event(d, mine, what, '', t.note, moment);
	PERFORM hand_to(d, t, moment);
END $$;

-- ---- form 06 ----

-- The rows of the form are the rows of the log: who gave, who took, when, how that leg ended.
CREATE FUNCTION motcua.control_rows(d motcua.dossier) RETURNS text
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce(string_agg(field('step.' || n || '.from', x.giver_place) || field('step.' || n || '.to', x.place)
		|| field('step.' || n || '.at', iso(x.at)) || field('step.' || n || '.giver', x.giver) || field('step.' || n || '.taker', x.name)
		|| field('step.' || n || '.outcome', x.outcome) || field('step.' || n || '.note', x.note), '' ORDER BY n), '')
	FROM (SELECT h.*, row_number() OVER (ORDER BY h.seq) AS n FROM dossier_holder h WHERE h.unit_id = d.unit_id
		AND h.dossier_id = d.dossier_id AND h.seq > 1) x
$$;

CREATE FUNCTION motcua.control_sheet(d motcua.dossier, mine motcua.clerk, request jsonb) RETURNS bigint
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	moment timestamptz := date_trunc('second', clock_timestamp());
	deciding text := (SELECT a.name FROM dossier_agency a WHERE a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id AND a.role = 'deciding');
	head text := paper_head(d, mine, moment);
BEGIN
	IF head IS NULL THEN
		PERFORM refuse('MC008', 'Hồ sơ không đủ dữ liệu để lập phiếu kiểm soát.', format('no head of dossier %s', d.dossier_id));
	END IF;
	RETURN number_paper(d.unit_id, d.dossier_id, coalesce((request->>'request_id')::uuid, gen_random_uuid()), '06', head
		|| field('deciding.name', coalesce(deciding, (SELECT coalesce(nullif(u.organisation, ''), u.name) FROM unit u WHERE u.unit_id = d.unit_id)))
		|| field('coordinating', (SELECT string_agg(DISTINCT h.place, '; ') FROM dossier_holder h WHERE h.unit_id = d.unit_id
			AND h.dossier_id = d.dossier_id AND h.kind IN ('room', 'agency') AND h.place IS DISTINCT FROM deciding))
		|| field('received_at', iso(d.received_at)) || field('due_at', iso(d.due_at)) || control_rows(d), moment, mine.login);
END $$;

-- ---- the one door ----

-- facts: {request_id, reason, basis, new_due, to}.  Returns the dossier's version and the paper it made.  An act with a
-- request_id that made its paper before is not done twice.
CREATE FUNCTION desk.side_act(wanted bigint, seen_version int, act text, facts jsonb, OUT version int, OUT paper_id bigint)
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
	PERFORM audit($3, d.dossier_id, facts - 'request_id');
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
END $$;

RESET ROLE;
SELECT motcua.open_doors();
