-- SPDX-License-Identifier: Apache-2.0
-- Undo within a minute of what has not left the desk: no courier has taken its message, no paper was printed.  What left
-- is set right by its lawful counter-act and nothing else.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Messages are immutable.  One that no courier ever had may be taken back from the end of its stream.
CREATE FUNCTION motcua.message_unsent(m motcua.message) RETURNS boolean
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT EXISTS (SELECT FROM stream s WHERE s.unit_id = m.unit_id AND s.dossier_id = m.dossier_id AND s.system = m.system
			AND s.tail = m.seq AND s.head <= m.seq AND (s.head < m.seq OR (NOT s.begun AND s.attempts = 0 AND s.leased_until IS NULL)))
		AND NOT EXISTS (SELECT FROM attempt a WHERE a.unit_id = m.unit_id AND a.message_id = m.message_id)
$$;
CREATE FUNCTION motcua.message_only_grows() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	IF TG_OP = 'DELETE' AND message_unsent(OLD) THEN
		RETURN OLD;
	END IF;
	RAISE EXCEPTION USING ERRCODE = 'MC004', MESSAGE = 'Dữ liệu này chỉ được ghi thêm, không được sửa hay xoá.',
		DETAIL = format('%s on append-only table message', TG_OP);
END $$;
DROP TRIGGER only_grows ON motcua.message;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.message
	FOR EACH ROW EXECUTE FUNCTION motcua.message_only_grows();

-- The act that brought the dossier where it stands, when it can be undone by its hand.
CREATE FUNCTION motcua.undoable(d motcua.dossier, mine motcua.clerk) RETURNS motcua.dossier_event
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	e dossier_event;
	p paper;
BEGIN
	SELECT * INTO e FROM dossier_event x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.act <> 'note'
		ORDER BY x.at DESC, x.event_id DESC LIMIT 1;
	IF e.by_login IS DISTINCT FROM mine.login OR e.at < clock_timestamp() - interval '60 seconds' OR e.from_status IN (0, e.to_status)
			OR e.to_status <> d.status
			OR e.act NOT IN ('process', 'ask_supplement', 'ask_payment', 'withdraw', 'refuse', 'stop', 'finish', 'decline', 'recall') THEN
		RETURN NULL;
	END IF;
	-- In every stream it wrote one message, the last one.
	IF EXISTS (SELECT FROM stream s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND NOT EXISTS (SELECT FROM message m
			WHERE m.unit_id = s.unit_id AND m.dossier_id = s.dossier_id AND m.system = s.system AND m.seq = s.tail AND m.kind = 'progress'
				AND m.payload->>'at' = iso(e.at) AND (m.payload->>'status')::int = e.to_status AND message_unsent(m))) THEN
		RETURN NULL;
	END IF;
	-- The citizen has not been told.
	IF to_regclass('motcua.citizen_message') IS NOT NULL AND EXISTS (SELECT FROM citizen_message c WHERE c.unit_id = d.unit_id
			AND c.dossier_id = d.dossier_id AND c.at = e.at AND (c.state NOT IN ('waiting', 'call', 'void') OR c.attempts > 0 OR c.leased_until IS NOT NULL)) THEN
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

CREATE FUNCTION motcua.undo_until(d motcua.dossier, mine motcua.clerk) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT u.at + interval '60 seconds' FROM undoable(d, mine) u WHERE u.at IS NOT NULL
$$;

-- The steps as they were before an act: what it ended goes on, what it began waits.
CREATE FUNCTION motcua.steps_undo(d motcua.dossier, e motcua.dossier_event) RETURNS void
LANGUAGE sql SET search_path = motcua, pg_temp AS $$
	UPDATE dossier_step s SET state = 'waiting', started_at = NULL WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id
		AND s.state = 'current' AND s.started_at = e.at;
	UPDATE dossier_step s SET state = CASE s.state WHEN 'done' THEN 'current' ELSE 'waiting' END, ended_at = NULL
		WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.state IN ('done', 'skipped') AND s.ended_at = e.at;
	UPDATE dossier_step s SET state = 'done', ended_at = (SELECT max(x.at) FROM dossier_event x WHERE x.unit_id = d.unit_id
			AND x.dossier_id = d.dossier_id AND x.to_status = 9 AND x.at < e.at), sent_back = s.sent_back - 1
		WHERE e.act = 'recall' AND s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.state = 'current'
$$;

CREATE FUNCTION motcua.undo_act(d motcua.dossier, mine motcua.clerk) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	e dossier_event;
	p paper;
	s stream;
	moment timestamptz := date_trunc('second', clock_timestamp());
	since timestamptz;
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
	FOR s IN SELECT * FROM stream x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id LOOP
		DELETE FROM message m WHERE m.unit_id = s.unit_id AND m.dossier_id = s.dossier_id AND m.system = s.system AND m.seq = s.tail;
		UPDATE stream x SET tail = x.tail - 1 WHERE x.unit_id = s.unit_id AND x.dossier_id = s.dossier_id AND x.system = s.system;
	END LOOP;
	FOR p IN SELECT * FROM paper x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.made_at >= e.at AND x.form = e.form LOOP
		DELETE FROM paper x WHERE x.unit_id = p.unit_id AND x.paper_id = p.paper_id;
		UPDATE paper_sequence q SET last = q.last - 1 WHERE q.unit_id = p.unit_id AND q.form = p.form AND q.year = p.year;
	END LOOP;
	IF to_regclass('motcua.citizen_message') IS NOT NULL THEN
		UPDATE citizen_message c SET state = 'void', next_at = NULL, changed_at = clock_timestamp() WHERE c.unit_id = d.unit_id
			AND c.dossier_id = d.dossier_id AND c.at = e.at AND c.state IN ('waiting', 'call');
	END IF;
	UPDATE supplement_asked a SET undone = true WHERE e.act = 'ask_supplement' AND a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id AND a.at = e.at;
	since := coalesce((SELECT max(x.at) FROM dossier_event x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id
		AND x.to_status = e.from_status AND x.from_status <> x.to_status AND x.act <> 'told_late' AND (x.at, x.event_id) < (e.at, e.event_id)), d.received_at);
	UPDATE dossier x SET status = e.from_status, status_at = since, finished_at = CASE WHEN e.from_status IN (3, 8, 9, 10) THEN since END
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	PERFORM steps_undo(d, e);
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, moment, 'undo', e.to_status, e.from_status, mine.login, mine.full_name,
			format('Hoàn tác trong vòng một phút, chưa có gì rời quầy: %s', act_words(e.act)));
END $$;

-- An undo has put the steps back by itself; the hand is the one before.
CREATE FUNCTION motcua.hands_undone() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	d dossier;
	before dossier_holder;
BEGIN
	SELECT * INTO d FROM dossier x WHERE x.unit_id = NEW.unit_id AND x.dossier_id = NEW.dossier_id;
	SELECT * INTO before FROM dossier_holder h WHERE h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id AND h.until_at IS NOT NULL
		ORDER BY h.seq DESC LIMIT 1;
	before.act := 'undo';
	before.note := NEW.note;
	before.giver := NEW.by_name;
	PERFORM hand_to(d, before, NEW.at);
	RETURN NULL;
END $$;
CREATE TRIGGER hands_undone AFTER INSERT ON motcua.dossier_event FOR EACH ROW WHEN (NEW.act = 'undo')
	EXECUTE FUNCTION motcua.hands_undone();

RESET ROLE;
SELECT motcua.open_doors();
