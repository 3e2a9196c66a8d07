-- SPDX-License-Identifier: Apache-2.0
-- What may be done with a dossier now, by whom, with which form and at what cost: steps of the life-cycle and side
-- events without a status, from here to every screen.  A supplement is asked once; a second time is a
-- supervisor's, on a legal basis that is kept.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Not eligible after examination: the written refusal is the result (NĐ 61/2018 Điều 19.8); the portal has no status of
-- its own for it.
INSERT INTO motcua.transition VALUES (2, 9, 'decline', '03', 'clerk', false), (4, 9, 'decline', '03', 'clerk', false);

-- Events that leave the status as it is: which, while it is what.
CREATE TABLE motcua.side_act (
	act         text NOT NULL,
	from_status smallint NOT NULL CHECK (from_status BETWEEN 1 AND 10),
	form        text NOT NULL DEFAULT '',
	who         text NOT NULL DEFAULT 'clerk' CHECK (who IN ('clerk', 'supervisor')),
	PRIMARY KEY (act, from_status)
);
INSERT INTO motcua.side_act (act, from_status, form)
	SELECT v.act, s, v.form FROM (VALUES ('apologise', '04', ARRAY[2, 4]), ('step_on', '', ARRAY[4]), ('step_back', '', ARRAY[4]),
		('assign', '', ARRAY[1, 2, 4, 9]), ('take_over', '', ARRAY[1, 2, 4, 9]), ('undo', '', ARRAY[3, 4, 5, 6, 7, 8, 9]),
		('control', '06', ARRAY[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), ('note', '', ARRAY[1, 2, 3, 4, 5, 6, 7, 8, 9, 10])) v(act, form, statuses),
		unnest(v.statuses) s;

-- What sets a step right that should not have been taken: there is a lawful way, never an eraser.
CREATE TABLE motcua.counter_act (
	act text PRIMARY KEY,
	say text NOT NULL
);
INSERT INTO motcua.counter_act VALUES
	('receive', 'nhận nhầm thì công dân đề nghị rút (Mẫu 05), hồ sơ dừng, lập hồ sơ mới'),
	('process', 'chuyển nhầm thì trả lại một bước, ghi lý do'),
	('ask_supplement', 'yêu cầu nhầm thì ghi đã bổ sung, nêu lý do; số phiếu đã cấp giữ nguyên'),
	('supplement', 'ghi nhầm thì người phụ trách yêu cầu bổ sung lại, có căn cứ'),
	('ask_payment', 'yêu cầu nhầm thì ghi đã nộp, nêu lý do không phải nộp'),
	('pay', 'ghi nhầm thì yêu cầu nộp lại, nêu lý do'),
	('withdraw', 'công dân đổi ý thì lập hồ sơ mới, dùng lại giấy tờ đã có'),
	('stop', 'người phụ trách cho xử lý tiếp, nêu lý do'),
	('resume', 'người phụ trách dừng lại, nêu văn bản'),
	('refuse', 'từ chối nhầm thì nhận lại bằng hồ sơ mới và xin lỗi công dân'),
	('finish', 'người phụ trách thu hồi kết quả để xử lý lại, nêu lý do'),
	('decline', 'người phụ trách thu hồi kết quả để xử lý lại, nêu lý do'),
	('recall', 'ghi lại kết quả đã có'),
	('return', 'đã trả thì không thu hồi: đính chính theo thủ tục hoặc lập hồ sơ mới'),
	('apologise', 'hẹn sai ngày thì người phụ trách đổi ngày hẹn, nêu lý do; văn bản đã in thu lại'),
	('assign', 'giao nhầm thì giao lại'),
	('take_over', 'nhận nhầm thì giao lại'),
	('hand', 'giao nhầm thì lập bản giao nhận ngược lại'),
	('step_on', 'chuyển nhầm thì trả lại một bước, ghi lý do'),
	('step_back', 'trả nhầm thì chuyển bước tiếp'),
	('incident_due', 'tính sai thì người phụ trách đổi ngày hẹn, nêu lý do');

-- Requests to complete a dossier that this desk made: the stage, and who allowed a second one on which basis.
CREATE TABLE motcua.supplement_asked (
	unit_id     bigint NOT NULL,
	dossier_id  bigint NOT NULL,
	seq         int NOT NULL,
	at          timestamptz NOT NULL,
	login       text NOT NULL,
	stage       text NOT NULL CHECK (stage IN ('intake', 'examination')),
	what        text NOT NULL,
	basis       text NOT NULL DEFAULT '',       -- of a second one: which law
	approved_by text NOT NULL DEFAULT '',
	until       date,                           -- the citizen has time until its end
	undone      boolean NOT NULL DEFAULT false,
	PRIMARY KEY (unit_id, dossier_id, seq),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier,
	CHECK ((basis = '') = (approved_by = ''))
);

-- How often it waited for a supplement, whoever asked: more than once counts as overdue (QĐ 766/QĐ-TTg, 2.1).
CREATE FUNCTION motcua.supplements_of(d motcua.dossier) RETURNS int
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT greatest(0, count(*) FILTER (WHERE e.to_status = 5 AND e.act <> 'undo')
		- count(*) FILTER (WHERE e.from_status = 5 AND e.act = 'undo'))::int
	FROM dossier_event e WHERE e.unit_id = d.unit_id AND e.dossier_id = d.dossier_id AND e.from_status <> e.to_status
$$;

-- Apologies so far: dates set anew by the desk or by a system that decides.
CREATE FUNCTION motcua.extensions_of(d motcua.dossier) RETURNS int
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT count(*)::int FROM dossier_due x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.cause = 'extension'
$$;

-- At least a day before the due date (NĐ 61/2018 Điều 19.9): the last day on which an apology is in time, and the last one
-- of these on which anybody works.
CREATE FUNCTION motcua.apology_limit(d motcua.dossier) RETURNS date
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$ SELECT local(d.due_at)::date - 1 $$;
CREATE FUNCTION motcua.apology_day(d motcua.dossier) RETURNS date
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce((SELECT apology_limit(d) - n FROM unit u, generate_series(0, 30) n WHERE u.unit_id = d.unit_id
		AND EXISTS (SELECT FROM shifts_on(u.code, apology_limit(d) - n)) ORDER BY n LIMIT 1), apology_limit(d))
$$;

-- Until when the desk must say what is missing: online 8 working hours, at the counter and by post one working day
-- (NQ 66.7/2025/NQ-CP), after examination three working days from reception (NĐ 61/2018 Điều 19.4).
CREATE FUNCTION motcua.check_until(d motcua.dossier) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT CASE WHEN d.status IN (1, 2) AND d.channel = 2 THEN working_add(u.code, d.received_at, interval '8 hours')
		WHEN d.status IN (1, 2) THEN working_days_after(u.code, d.received_at, 1)
		WHEN d.status = 4 THEN working_days_after(u.code, d.received_at, 3) END
	FROM unit u WHERE u.unit_id = d.unit_id
$$;

-- The delegations in force by which I act for somebody.
CREATE TABLE motcua.delegation (
	unit_id       bigint NOT NULL REFERENCES motcua.unit,
	delegation_id bigint GENERATED ALWAYS AS IDENTITY,
	from_login    text NOT NULL,
	to_login      text NOT NULL CHECK (to_login <> from_login),
	since         timestamptz NOT NULL,
	until         timestamptz NOT NULL CHECK (until > since),
	reason        text NOT NULL CHECK (reason <> ''),
	made_by       text NOT NULL,
	made_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
	ended_by      text NOT NULL DEFAULT '',
	ended_at      timestamptz,
	PRIMARY KEY (unit_id, delegation_id)
);
CREATE FUNCTION motcua.acts_for(unit bigint, absent text, who text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT EXISTS (SELECT FROM delegation g WHERE g.unit_id = unit AND g.from_login = absent AND g.to_login = who
		AND clock_timestamp() >= g.since AND clock_timestamp() < coalesce(g.ended_at, g.until))
$$;

CREATE FUNCTION motcua.holder_now(d motcua.dossier) RETURNS motcua.dossier_holder
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT h FROM dossier_holder h WHERE h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id AND h.until_at IS NULL
$$;

-- Whether a side event has anything to act upon.
CREATE FUNCTION motcua.side_open(d motcua.dossier, mine motcua.clerk, what text) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	h dossier_holder := holder_now(d);
	now_at int := (SELECT s.seq FROM dossier_step s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.state = 'current');
BEGIN
	RETURN CASE what
		WHEN 'apologise' THEN d.due_at IS NOT NULL
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

-- What an act costs, in the words of the screen.
CREATE FUNCTION motcua.act_cost(d motcua.dossier, what text) RETURNS text
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
	ELSIF what = 'apologise' THEN
		RETURN concat_ws(' ', CASE WHEN extensions_of(d) > 0 THEN 'Đã hẹn lại một lần: pháp luật chỉ cho hẹn lại một lần, cần người phụ trách và căn cứ.' END,
			CASE WHEN local(clock_timestamp())::date > apology_limit(d) THEN format('Trễ: văn bản xin lỗi phải gửi chậm nhất ngày %s, cần người phụ trách và căn cứ.',
				to_char(apology_limit(d), 'DD/MM/YYYY')) END);
	END IF;
	RETURN '';
END $$;

-- Whether an act needs a supervisor's word beyond what the table says.
CREATE FUNCTION motcua.act_supervised(d motcua.dossier, what text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT CASE what WHEN 'ask_supplement' THEN supplements_of(d) > 0
		WHEN 'apologise' THEN extensions_of(d) > 0 OR local(clock_timestamp())::date > apology_limit(d) ELSE false END
$$;

DROP FUNCTION desk.may(bigint);
-- The acts open to me for a dossier as it stands; to_status 0: a side event.  countersign: a supervisor must say it,
-- at this counter or another; basis: only on a law that is named.
CREATE FUNCTION desk.may(wanted bigint) RETURNS TABLE (to_status int, act text, form text, supervisor boolean, countersign boolean,
	basis boolean, cost text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT t.to_status::int, t.act, t.form, t.who = 'supervisor', act_supervised(d, t.act) AND NOT m.is_supervisor, act_supervised(d, t.act),
		act_cost(d, t.act)
	FROM me() m, dossier_mine(wanted) d JOIN transition t ON t.from_status = d.status
	WHERE t.who = 'clerk' OR m.is_supervisor
	UNION ALL
	SELECT 0, s.act, s.form, s.who = 'supervisor', act_supervised(d, s.act) AND NOT m.is_supervisor, act_supervised(d, s.act),
		act_cost(d, s.act)
	FROM me() m, dossier_mine(wanted) d JOIN side_act s ON s.from_status = d.status
	WHERE (s.who = 'clerk' OR m.is_supervisor) AND side_open(d, m, s.act)
	ORDER BY 1, 2
$$;

-- The citizen hears of it where that is set up (0460); changes of status are told by themselves.
CREATE FUNCTION motcua.tell_if_possible(d motcua.dossier, what text, words text, moment timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	IF to_regprocedure('motcua.tell_citizen(motcua.dossier,text,text,timestamptz)') IS NOT NULL THEN
		PERFORM tell_citizen(d, what, words, moment);
	END IF;
END $$;

-- A number without a gap, and the paper frozen under it.  made: form, fields.
CREATE FUNCTION motcua.number_paper(unit bigint, wanted_dossier bigint, request uuid, wanted text, body text, moment timestamptz,
	by_login text) RETURNS bigint
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	place record;
	called text;
	id bigint;
BEGIN
	SELECT * INTO place FROM paper_number(unit, wanted, moment);
	called := lpad(place.seq::text, greatest(2, length(place.seq::text)), '0') || paper_sign_of(wanted, moment);
	INSERT INTO paper (unit_id, dossier_id, request_id, form, year, seq, number, fields, made_at, login)
		VALUES (unit, wanted_dossier, request, wanted, place.year, place.seq, called, field('number', called) || body, moment, by_login)
		RETURNING paper_id INTO id;
	RETURN id;
END $$;

-- What a paper on a dossier in the books begins with; NULL: nothing is known of its reception.
CREATE FUNCTION motcua.paper_head(d motcua.dossier, mine motcua.clerk, moment timestamptz) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	u unit;
	p procedures;
	req jsonb;
BEGIN
	SELECT * INTO u FROM unit x WHERE x.unit_id = d.unit_id;
	SELECT * INTO p FROM procedures x WHERE x.row_id = d.procedure_row;
	SELECT m.payload || jsonb_build_object('counter', d.counter_code, 'sets', d.sets) INTO req FROM message m
		WHERE m.unit_id = d.unit_id AND m.dossier_id = d.dossier_id AND m.kind = 'dossier' ORDER BY m.message_id DESC LIMIT 1;
	IF req IS NULL OR p.row_id IS NULL THEN
		RETURN NULL;
	END IF;
	RETURN head_fields(u, mine, req, p, moment) || field('dossier.code', d.code);
END $$;

-- As in 0351; what was asked for has a last day, a stop says what it follows from.
CREATE OR REPLACE FUNCTION motcua.act_paper(d motcua.dossier, mine motcua.clerk, wanted text, next_status int, why text, moment timestamptz,
	ground text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
	phone text := (SELECT u.phone FROM unit u WHERE u.unit_id = d.unit_id);
	asked_for boolean := 7 IN (d.status, next_status);
	head text;
BEGIN
	IF wanted NOT IN ('02', '03') AND NOT (wanted = '05' AND (asked_for OR d.status = 5) AND NOT EXISTS (SELECT FROM paper x
			WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.form = '05')) THEN
		RETURN NULL;
	END IF;
	head := paper_head(d, mine, moment);
	IF head IS NULL THEN
		RETURN NULL;
	END IF;
	RETURN number_paper(d.unit_id, d.dossier_id, gen_random_uuid(), wanted, head
		|| CASE wanted WHEN '05' THEN field('received_at', iso(d.received_at)) || CASE WHEN asked_for THEN field('requested_at', iso(moment)) ELSE '' END
			|| field('stopped_at', iso(moment)) || field('progress', status_words(d.status)) || field('reason', why)
		ELSE field('reason.1.text', why) || CASE wanted WHEN '02' THEN field('reason', ground) || coalesce((SELECT field('until',
				iso((s.until + time '17:00') AT TIME ZONE 'Asia/Ho_Chi_Minh')) FROM supplement_asked s WHERE s.unit_id = d.unit_id
					AND s.dossier_id = d.dossier_id AND s.at = moment AND s.until IS NOT NULL), '') ELSE '' END
			|| field('contact.name', mine.full_name) || field('contact.phone', phone) END, moment, mine.login);
END $$;

-- A request to complete the dossier is kept with its stage; the second one on a basis, by a supervisor.
CREATE FUNCTION motcua.keep_asking(d motcua.dossier, mine motcua.clerk, why text, facts jsonb, moment timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	law text := left(btrim(coalesce(facts->>'basis', '')), 300);
	last_day date := (facts->>'until')::date;
	again boolean := supplements_of(d) > 0;
BEGIN
	IF again THEN
		PERFORM my_supervisor();
		PERFORM check_that(length(law) >= 5, 'basis', 'Yêu cầu bổ sung lần nữa phải ghi căn cứ pháp luật cho phép.');
	END IF;
	PERFORM check_that(last_day IS NULL OR last_day BETWEEN local(moment)::date AND local(moment)::date + 365, 'until',
		'Hạn bổ sung phải từ hôm nay trở đi.');
	INSERT INTO supplement_asked SELECT d.unit_id, d.dossier_id, coalesce(max(x.seq), 0) + 1, moment, mine.login,
			CASE d.status WHEN 4 THEN 'examination' ELSE 'intake' END, why, CASE WHEN again THEN law ELSE '' END,
			CASE WHEN again THEN mine.login ELSE '' END, last_day
		FROM supplement_asked x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
END $$;

-- As in 0351, with the law on asking twice.
CREATE OR REPLACE FUNCTION motcua.carry_out(wanted bigint, seen_version int, what text, reason text, ours boolean, facts jsonb DEFAULT '{}',
	OUT version int, OUT paper_id bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	d dossier := dossier_lock(wanted, seen_version);
	t transition;
	moment timestamptz := date_trunc('second', clock_timestamp());
	why text := left(btrim(coalesce($4, '')), 1000);
	basis text := left(btrim(coalesce(facts->>'basis', '')), 300);
	sys text;
BEGIN
	SELECT * INTO t FROM transition x WHERE x.from_status = d.status AND x.act = what ORDER BY x.to_status DESC LIMIT 1;
	IF t.act IS NULL OR t.from_status = 0 THEN
		PERFORM refuse('MC005', 'Trạng thái hiện tại không cho phép việc này.', format('no act %s from status %s', what, d.status), 'act');
	END IF;
	IF t.who = 'supervisor' THEN
		PERFORM my_supervisor();
	END IF;
	PERFORM check_that(t.act IN ('process', 'return', 'finish', 'pay', 'supplement') OR why <> '', 'reason', 'Việc này cần ghi lý do.');
	IF t.act = 'ask_supplement' AND ours THEN
		PERFORM keep_asking(d, mine, why, facts, moment);
	END IF;
	UPDATE dossier x SET status = t.to_status, status_at = moment, version = x.version + 1,
		finished_at = CASE WHEN t.to_status IN (3, 8, 9, 10) THEN coalesce(x.finished_at, moment) END
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, form, note)
		VALUES (d.unit_id, d.dossier_id, moment, t.act, d.status, t.to_status, mine.login, mine.full_name, t.form,
			why || CASE WHEN basis = '' OR NOT ours THEN '' ELSE format(' (căn cứ: %s)', basis) END);
	IF t.act = 'return' AND jsonb_typeof(facts->'receiver') = 'object' THEN
		PERFORM keep_taker(d, facts->'receiver', mine.login, moment);
	END IF;
	FOR sys IN SELECT s.system FROM stream s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id LOOP
		PERFORM enqueue(d.unit_id, d.dossier_id, sys, 'progress', progress_payload(d.code, mine.full_name, mine.title, '',
			moment, coalesce(nullif(why, ''), act_words(t.act)), t.to_status, moment, d.due_at));
	END LOOP;
	paper_id := CASE WHEN ours THEN act_paper(d, mine, t.form, t.to_status, why, moment, left(btrim(coalesce(facts->>'ground', '')), 500)) END;
	PERFORM audit('act', d.dossier_id, jsonb_build_object('act', t.act, 'from', d.status, 'to', t.to_status)
		|| CASE WHEN basis = '' THEN '{}' ELSE jsonb_build_object('basis', basis) END);
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	version := d.version + 1;
END $$;

RESET ROLE;
SELECT motcua.guard('{side_act,counter_act,supplement_asked,delegation}', '');
SELECT motcua.open_doors();
