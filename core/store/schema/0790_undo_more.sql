-- SPDX-License-Identifier: Apache-2.0
-- Undo within a minute reaches what keeps words and a date only: an apology whose letter is not printed, a stop that was ended, a payment
-- noted for which nothing was collected here.  Papers and money that changed hands are no slip of the hand: they have their counter-acts.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

ALTER TABLE motcua.dossier_due DROP CONSTRAINT dossier_due_cause_check, ADD CONSTRAINT dossier_due_cause_check
	CHECK (cause IN ('reception', 'supplement', 'extension', 'incident', 'payment', 'elsewhere', 'correction', 'undo'));
INSERT INTO motcua.side_act (act, from_status) VALUES ('undo', 2);
UPDATE motcua.counter_act SET say = 'ghi nhầm thì người phụ trách yêu cầu bổ sung lại, có căn cứ; giấy tờ đã nhận thì không hoàn tác' WHERE act = 'supplement';
UPDATE motcua.counter_act SET say = 'ghi nhầm thì yêu cầu nộp lại, nêu lý do; tiền đã thu thì hoàn trả, không hoàn tác' WHERE act = 'pay';

-- As in 0211.
CREATE OR REPLACE FUNCTION motcua.act_words(act text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce((SELECT w.say FROM (VALUES ('process', 'Đang xử lý'), ('ask_supplement', 'Yêu cầu bổ sung hồ sơ'),
		('refuse', 'Không tiếp nhận hồ sơ'), ('stop', 'Dừng xử lý hồ sơ'), ('ask_payment', 'Yêu cầu thực hiện nghĩa vụ tài chính'),
		('withdraw', 'Công dân yêu cầu rút hồ sơ'), ('finish', 'Đã xử lý xong'), ('return', 'Đã trả kết quả'),
		('recall', 'Thu hồi kết quả để xử lý lại'), ('resume', 'Xử lý tiếp'), ('pay', 'Đã nộp tiền'), ('apologise', 'Xin lỗi, hẹn lại ngày trả'),
		('decline', 'Từ chối giải quyết')) w(name, say) WHERE w.name = act), act)
$$;

-- So much working time before a moment, a day's end rather than the next one's beginning; NULL: the calendar has not so much.
CREATE FUNCTION motcua.working_before(unit text, until timestamptz, more interval) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	s record;
	left_over interval := more;
	last date := local(until)::date;
BEGIN
	FOR day_nth IN 0..3650 LOOP
		FOR s IN SELECT x.opens, least(x.closes, until) AS closes FROM shifts_on(unit, last - day_nth) x WHERE x.opens < until ORDER BY x.opens DESC LOOP
			IF s.closes - left_over > s.opens THEN
				RETURN s.closes - left_over;
			END IF;
			left_over := left_over - (s.closes - s.opens);
		END LOOP;
	END LOOP;
	RETURN NULL;
END $$;

-- As in 0401; one that was undone is none.
CREATE OR REPLACE FUNCTION motcua.extensions_of(d motcua.dossier) RETURNS int
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT count(*)::int FROM dossier_due x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.cause = 'extension'
		AND NOT EXISTS (SELECT FROM dossier_due y WHERE y.unit_id = x.unit_id AND y.dossier_id = x.dossier_id AND y.seq = x.seq + 1 AND y.cause = 'undo')
$$;

-- What is undone was never said.
DROP TRIGGER tell_of_date ON motcua.dossier_due;
CREATE TRIGGER tell_of_date AFTER INSERT ON motcua.dossier_due FOR EACH ROW
	WHEN (NEW.seq > 1 AND NEW.cause <> 'undo' AND NEW.old_due IS DISTINCT FROM NEW.new_due) EXECUTE FUNCTION motcua.tell_of_date();

-- What an act that can be undone wrote at the end of every stream, the last one first; NULL: there is no undoing it.
CREATE FUNCTION motcua.undo_messages(act text) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN act = 'apologise' THEN '{dossier}'::text[] WHEN act IN ('resume', 'pay') THEN '{progress,dossier}'
		WHEN act IN ('process', 'ask_supplement', 'ask_payment', 'withdraw', 'refuse', 'stop', 'finish', 'decline', 'recall') THEN '{progress}' END
$$;

-- The date that an act moved; no row when it moved none.
CREATE FUNCTION motcua.undo_date(d motcua.dossier, e motcua.dossier_event) RETURNS motcua.dossier_due
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT x FROM dossier_due x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.at >= e.at AND x.login = e.by_login
		AND x.cause = CASE e.act WHEN 'apologise' THEN 'extension' WHEN 'resume' THEN 'incident' WHEN 'pay' THEN 'payment' END
		AND x.seq = (SELECT max(y.seq) FROM dossier_due y WHERE y.unit_id = d.unit_id AND y.dossier_id = d.dossier_id)
$$;

-- As in 0403, for more acts.
CREATE OR REPLACE FUNCTION motcua.undoable(d motcua.dossier, mine motcua.clerk) RETURNS motcua.dossier_event
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	e dossier_event;
	p paper;
	wrote text[];
BEGIN
	SELECT * INTO e FROM dossier_event x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.act <> 'note'
		ORDER BY x.at DESC, x.event_id DESC LIMIT 1;
	wrote := undo_messages(e.act);
	IF e.by_login IS DISTINCT FROM mine.login OR e.at < clock_timestamp() - interval '60 seconds' OR wrote IS NULL OR e.from_status = 0
			OR e.to_status <> d.status OR (e.from_status = e.to_status) <> (e.act = 'apologise') THEN
		RETURN NULL;
	END IF;
	IF e.act = 'pay' AND NOT EXISTS (SELECT FROM taken_up t WHERE t.unit_id = d.unit_id AND t.dossier_id = d.dossier_id AND t.at = e.at
			AND t.brought = '{}' AND t.asked = '[]') THEN
		RETURN NULL;
	END IF;
	-- In every stream its messages are the last ones, and nobody has had them.
	IF EXISTS (SELECT FROM stream s, unnest(wrote) WITH ORDINALITY w(kind, n) WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id
			AND (s.correction IS NOT NULL AND 'dossier' = ANY (wrote) OR NOT EXISTS (SELECT FROM message m WHERE m.unit_id = s.unit_id
				AND m.dossier_id = s.dossier_id AND m.system = s.system AND m.seq = s.tail + 1 - w.n AND m.kind = w.kind
				AND (s.head < m.seq OR (s.head = m.seq AND NOT s.begun AND s.attempts = 0 AND s.leased_until IS NULL))
				AND NOT EXISTS (SELECT FROM attempt a WHERE a.unit_id = m.unit_id AND a.message_id = m.message_id)
				AND CASE m.kind WHEN 'progress' THEN m.payload->>'at' = iso(e.at) AND (m.payload->>'status')::int = e.to_status
					ELSE m.made_at >= e.at - interval '1 second' AND m.payload->>'due_at' IS NOT DISTINCT FROM iso(d.due_at) END))) THEN
		RETURN NULL;
	END IF;
	-- The citizen has not been told.
	IF EXISTS (SELECT FROM citizen_message c WHERE c.unit_id = d.unit_id AND c.dossier_id = d.dossier_id
			AND (c.at = e.at OR c.kind = 'new_date' AND c.at >= e.at)
			AND (c.state NOT IN ('waiting', 'call', 'void') OR c.attempts > 0 OR c.leased_until IS NOT NULL)) THEN
		RETURN NULL;
	END IF;
	FOR p IN SELECT * FROM paper x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND (x.made_at > e.at
			OR (x.made_at = e.at AND x.form = e.form)) LOOP
		IF p.copies_printed > 0 OR p.form <> e.form OR p.seq IS DISTINCT FROM (SELECT q.last FROM paper_sequence q
				WHERE q.unit_id = p.unit_id AND q.form = p.form AND q.year = p.year)
				OR EXISTS (SELECT FROM print_job j WHERE j.unit_id = p.unit_id AND p.paper_id = ANY (j.papers) AND j.state <> 'dropped')
				OR EXISTS (SELECT FROM paper_copy c WHERE c.unit_id = p.unit_id AND c.paper_id = p.paper_id) THEN
			RETURN NULL;
		END IF;
	END LOOP;
	RETURN e;
END $$;

-- A date that goes back takes the open steps along, by the same working time: the other way round than steps_shift (0732).
CREATE FUNCTION motcua.steps_back(d motcua.dossier, here text, fresh timestamptz, was timestamptz) RETURNS void
LANGUAGE sql SET search_path = motcua, pg_temp AS $$
	UPDATE dossier_step s SET due_at = coalesce(working_before(here, s.due_at, working_between(here, fresh, was)), s.due_at)
		WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.state IN ('waiting', 'current') AND s.due_at IS NOT NULL
$$;

-- The date an act moved is the one before again, and its steps with it.
CREATE FUNCTION motcua.due_undo(d motcua.dossier, mine motcua.clerk, e motcua.dossier_event, say text) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	moved dossier_due := undo_date(d, e);
BEGIN
	IF moved.seq IS NULL THEN
		RETURN;
	END IF;
	PERFORM steps_back(d, u.code, moved.old_due, moved.new_due) FROM unit u WHERE u.unit_id = d.unit_id;
	PERFORM keep_due(d, mine, 'undo', moved.old_due, say);
END $$;

-- As in 0403, with the date, and without a status for what moved none.
CREATE OR REPLACE FUNCTION motcua.undo_act(d motcua.dossier, mine motcua.clerk) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	e dossier_event;
	p paper;
	s stream;
	moment timestamptz := date_trunc('second', clock_timestamp());
	since timestamptz;
	say text;
BEGIN
	-- No courier takes a stream between the look and the deed.
	PERFORM 1 FROM stream x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id ORDER BY x.system FOR UPDATE;
	-- Nor does another counter take the next number of its paper: a number given back must be the last one.
	PERFORM 1 FROM paper_sequence q WHERE q.unit_id = d.unit_id AND EXISTS (SELECT FROM paper x WHERE x.unit_id = d.unit_id
		AND x.dossier_id = d.dossier_id AND x.form = q.form AND x.year = q.year) ORDER BY q.form, q.year FOR UPDATE;
	e := undoable(d, mine);
	IF e.at IS NULL THEN
		PERFORM refuse('MC006', 'Không hoàn tác được nữa: đã quá một phút, tin đã gửi hoặc giấy đã in.', format('nothing to undo of %s', d.dossier_id));
	END IF;
	say := format('Hoàn tác trong vòng một phút, chưa có gì rời quầy: %s', act_words(e.act));
	FOR s IN SELECT * FROM stream x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id LOOP
		FOR n IN 1..cardinality(undo_messages(e.act)) LOOP
			DELETE FROM message m WHERE m.unit_id = s.unit_id AND m.dossier_id = s.dossier_id AND m.system = s.system AND m.seq = s.tail + 1 - n;
			UPDATE stream x SET tail = x.tail - 1 WHERE x.unit_id = s.unit_id AND x.dossier_id = s.dossier_id AND x.system = s.system;
		END LOOP;
	END LOOP;
	FOR p IN SELECT * FROM paper x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.made_at >= e.at AND x.form = e.form LOOP
		DELETE FROM paper x WHERE x.unit_id = p.unit_id AND x.paper_id = p.paper_id;
		UPDATE paper_sequence q SET last = q.last - 1 WHERE q.unit_id = p.unit_id AND q.form = p.form AND q.year = p.year;
	END LOOP;
	UPDATE citizen_message c SET state = 'void', next_at = NULL, changed_at = clock_timestamp() WHERE c.unit_id = d.unit_id
		AND c.dossier_id = d.dossier_id AND (c.at = e.at OR c.kind = 'new_date' AND c.at >= e.at) AND c.state IN ('waiting', 'call');
	UPDATE supplement_asked a SET undone = true WHERE e.act = 'ask_supplement' AND a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id AND a.at = e.at;
	-- What a system wanted to be paid is a task again.
	UPDATE problem x SET solved_at = NULL, solved_by = NULL, solution = '' WHERE e.act = 'pay' AND x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id
		AND x.kind = 'payment' AND x.solved_by = mine.login AND x.solved_at >= e.at;
	PERFORM due_undo(d, mine, e, say);
	IF e.from_status <> e.to_status THEN
		since := coalesce((SELECT max(x.at) FROM dossier_event x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id
			AND x.to_status = e.from_status AND x.from_status <> x.to_status AND x.act <> 'told_late' AND (x.at, x.event_id) < (e.at, e.event_id)), d.received_at);
		UPDATE dossier x SET status = e.from_status, status_at = since, finished_at = CASE WHEN e.from_status IN (3, 8, 9, 10) THEN since END
			WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
		PERFORM steps_undo(d, e);
	END IF;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, moment, 'undo', e.to_status, e.from_status, mine.login, mine.full_name, say);
END $$;

-- As in 0403, where a hand has moved.
DROP TRIGGER hands_undone ON motcua.dossier_event;
CREATE TRIGGER hands_undone AFTER INSERT ON motcua.dossier_event FOR EACH ROW WHEN (NEW.act = 'undo' AND NEW.from_status <> NEW.to_status)
	EXECUTE FUNCTION motcua.hands_undone();

RESET ROLE;
SELECT motcua.open_doors();
