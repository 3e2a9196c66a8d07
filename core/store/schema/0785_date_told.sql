-- SPDX-License-Identifier: Apache-2.0
-- A due date that moves is told: to the history, to every system of the dossier but the one that said it (indicator 2.1 of QĐ 766/QĐ-TTg is
-- judged by their NgayHenTra), and to the citizen (NĐ 61/2018 Điều 19.9).  So are a financial duty and a stop.

SET LOCAL search_path = motcua, pg_temp;

UPDATE motcua.setting SET value = value || ' new_date payment stopped withdrawn' WHERE unit_id IS NULL AND name = 'tell_kinds' AND value <> '';

SET ROLE motcua_owner;

ALTER TABLE motcua.citizen_message DROP CONSTRAINT citizen_message_kind_check, ADD CONSTRAINT citizen_message_kind_check
	CHECK (kind IN ('supplement', 'apology', 'result_ready', 'refused', 'withdrawn', 'received', 'new_date', 'payment', 'stopped'));

-- ---- the citizen ----

-- As in 0460, and a date without an apology, a financial duty, a stop that nobody asked for.
CREATE OR REPLACE FUNCTION motcua.tell_words(d motcua.dossier, u motcua.unit, kind text) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT left(coalesce(nullif(u.office, ''), u.name) || ': hồ sơ ' || d.code || ' ' || CASE kind
		WHEN 'result_ready' THEN CASE d.result_by WHEN 'post' THEN 'đã có kết quả, sẽ gửi qua bưu chính.' WHEN 'online' THEN 'đã có kết quả điện tử.'
			ELSE 'đã có kết quả. Mời ông/bà mang giấy hẹn đến nhận trong giờ làm việc.' END
		WHEN 'supplement' THEN 'cần bổ sung giấy tờ. Xem phiếu yêu cầu bổ sung hoặc liên hệ nơi tiếp nhận.'
		WHEN 'apology' THEN 'chưa giải quyết xong đúng hẹn. Chúng tôi xin lỗi và hẹn lại' || coalesce(' ngày ' || to_char(local(d.due_at), 'DD/MM/YYYY'), '') || '.'
		WHEN 'new_date' THEN coalesce('có ngày hẹn trả mới: ' || to_char(local(d.due_at), 'DD/MM/YYYY') || ', thay ngày ghi trên giấy hẹn.',
			'chưa định được ngày trả kết quả; chúng tôi sẽ báo sau.')
		WHEN 'payment' THEN 'chờ ông/bà thực hiện nghĩa vụ tài chính để được giải quyết tiếp. Xem thông báo nộp tiền hoặc liên hệ nơi tiếp nhận.'
		WHEN 'refused' THEN 'không được tiếp nhận giải quyết. Lý do ghi trong phiếu từ chối.'
		WHEN 'withdrawn' THEN 'đã dừng giải quyết theo đề nghị của ông/bà.'
		WHEN 'stopped' THEN 'đã dừng giải quyết. Lý do ghi trong thông báo dừng giải quyết; ông/bà liên hệ nơi tiếp nhận để nhận.'
		ELSE 'đã được tiếp nhận' || coalesce(', hẹn trả ngày ' || to_char(local(d.due_at), 'DD/MM/YYYY'), '') || '.' END
		|| CASE WHEN u.phone <> '' THEN ' ĐT ' || u.phone ELSE '' END
		|| CASE WHEN u.lookup_url <> '' THEN ' Tra cứu: ' || u.lookup_url ELSE '' END, 600)
$$;

-- The statuses in which a message still says what is so; NULL: it is about something that happened.
CREATE FUNCTION motcua.told_while(kind text) RETURNS int[]
LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE kind WHEN 'supplement' THEN '{5}'::int[] WHEN 'payment' THEN '{6}' WHEN 'result_ready' THEN '{9}' WHEN 'stopped' THEN '{8}'
		WHEN 'withdrawn' THEN '{8}' WHEN 'new_date' THEN '{1,2,4,5,6,7}' WHEN 'apology' THEN '{1,2,4,5,6,7}' END
$$;

-- As in 0702, for these kinds, too.
CREATE OR REPLACE FUNCTION motcua.still_true(m motcua.citizen_message) RETURNS boolean
LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN told_while(m.kind) IS NULL THEN true
		WHEN m.filing_id IS NOT NULL THEN EXISTS (SELECT FROM filing f WHERE f.unit_id = m.unit_id AND f.filing_id = m.filing_id
			AND f.status = 5 AND f.brought_at IS NULL)
		ELSE EXISTS (SELECT FROM dossier d WHERE d.unit_id = m.unit_id AND d.dossier_id = m.dossier_id AND d.status = ANY (told_while(m.kind))) END
$$;

-- What was still to be said to the citizen of a dossier is not, unless it may have been said already.
CREATE FUNCTION motcua.tell_no_more(unit bigint, dossier bigint, kinds text[]) RETURNS void
LANGUAGE sql SET search_path = motcua, pg_temp AS $$
	UPDATE citizen_message x SET state = 'void', next_at = NULL, changed_at = clock_timestamp() WHERE x.unit_id = unit AND x.dossier_id = dossier
		AND x.kind = ANY (kinds) AND x.state IN ('waiting', 'call', 'failed') AND (x.leased_until IS NULL OR x.leased_until <= now()) AND NOT x.ask_first
$$;

-- As in 0460.
CREATE OR REPLACE FUNCTION motcua.tell_of_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	d dossier;
	what text := CASE WHEN NEW.to_status = 9 THEN 'result_ready' WHEN NEW.to_status = 5 THEN 'supplement' WHEN NEW.to_status = 3 THEN 'refused'
		WHEN NEW.to_status = 6 THEN 'payment' WHEN NEW.to_status = 8 THEN CASE NEW.from_status WHEN 7 THEN 'withdrawn' ELSE 'stopped' END
		WHEN NEW.to_status = 2 AND NEW.from_status IN (0, 1) THEN 'received' END;
BEGIN
	PERFORM tell_no_more(NEW.unit_id, NEW.dossier_id, ARRAY(SELECT k FROM unnest('{supplement,payment,result_ready,stopped,withdrawn,new_date,apology}'::text[]) k
		WHERE NOT NEW.to_status::int = ANY (told_while(k))));
	IF what IS NOT NULL THEN
		SELECT * INTO d FROM dossier x WHERE x.unit_id = NEW.unit_id AND x.dossier_id = NEW.dossier_id;
		IF d.dossier_id IS NOT NULL THEN
			PERFORM tell_citizen(d, what, NULL, NEW.at);
		END IF;
	END IF;
	RETURN NULL;
END $$;

-- Only the last date is said.  Who brings papers or money to the counter hears it there; an apology (0402) has its own words.
CREATE FUNCTION motcua.tell_of_date() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	d dossier;
BEGIN
	PERFORM tell_no_more(NEW.unit_id, NEW.dossier_id, '{new_date,apology}');
	SELECT * INTO d FROM dossier x WHERE x.unit_id = NEW.unit_id AND x.dossier_id = NEW.dossier_id;
	IF d.status IN (3, 9, 10) OR NEW.cause = 'extension' OR (NEW.cause IN ('supplement', 'payment') AND d.channel NOT IN (2, 3)
			AND EXISTS (SELECT FROM clerk c WHERE c.login = NEW.login AND c.unit_id = NEW.unit_id)) THEN
		RETURN NULL;
	END IF;
	d.due_at := NEW.new_due;
	PERFORM tell_citizen(d, 'new_date', NULL, NEW.at);
	RETURN NULL;
END $$;
CREATE TRIGGER tell_of_date AFTER INSERT ON motcua.dossier_due FOR EACH ROW
	WHEN (NEW.seq > 1 AND NEW.old_due IS DISTINCT FROM NEW.new_due) EXECUTE FUNCTION motcua.tell_of_date();

-- ---- systems and history ----

-- Its date has moved: an event, and the dossier once more to every system but the one that said so ('': nobody did).
CREATE FUNCTION motcua.tell_date(d motcua.dossier, by_login text, by_name text, say text, from_system text) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	s stream;
BEGIN
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, date_trunc('second', clock_timestamp()), 'change_due', d.status, d.status, by_login, by_name, left(say, 1000));
	FOR s IN SELECT * FROM stream x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system <> from_system
			ORDER BY x.system FOR UPDATE LOOP
		IF dossier_sent(s) IS NOT NULL THEN
			PERFORM enqueue(d.unit_id, d.dossier_id, s.system, 'dossier', dossier_sent(s) || jsonb_build_object('due_at', iso(d.due_at), 'status', d.status));
			-- A correction that waits for the end of what is being sent takes this along.
			UPDATE stream x SET correction = jsonb_set(x.correction, '{body,due_at}', coalesce(to_jsonb(iso(d.due_at)), 'null'))
				WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = s.system AND x.correction IS NOT NULL;
		END IF;
	END LOOP;
END $$;

CREATE FUNCTION motcua.say_date_moved(old_due timestamptz, new_due timestamptz, line text) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT format('Ngày hẹn trả đổi từ %s sang %s: %s', coalesce(say_moment(old_due), 'không hẹn'), coalesce(say_moment(new_due), 'không hẹn'),
		split_part(line, E'\n', 1))
$$;

-- As in 0349; everybody hears of it.  from_system: whose word it is.
DROP FUNCTION motcua.move_due(bigint, int, text, timestamptz, text);
CREATE FUNCTION motcua.move_due(wanted bigint, seen_version int, cause text, new_due timestamptz, line text, from_system text DEFAULT '') RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_lock(wanted, seen_version);
	old_due timestamptz := d.due_at;
BEGIN
	PERFORM check_that(cause IN ('supplement', 'extension', 'incident', 'payment', 'elsewhere', 'correction'), 'cause',
		'Chưa rõ vì sao đổi ngày hẹn trả.');
	PERFORM check_that(btrim(coalesce(line, '')) <> '', 'line', 'Ghi lý do đổi ngày hẹn trả.');
	PERFORM check_that(d.status NOT IN (3, 8, 9, 10), 'due_at', 'Hồ sơ đã kết thúc.');
	PERFORM check_that(new_due IS NULL OR new_due > d.received_at, 'due_at', 'Ngày hẹn trả trước ngày nhận.');
	PERFORM check_that(new_due IS NULL OR new_due < now() + interval '50 years', 'due_at', 'Ngày hẹn trả quá xa.');
	IF cause = 'correction' OR (cause = 'extension' AND extensions_of(d) > 0) THEN
		PERFORM my_supervisor();
	END IF;
	INSERT INTO dossier_due SELECT d.unit_id, d.dossier_id, max(x.seq) + 1, clock_timestamp(), move_due.cause, mine.login,
		d.due_at, move_due.new_due, btrim(move_due.line) FROM dossier_due x
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	UPDATE dossier x SET due_at = move_due.new_due, version = x.version + 1
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id RETURNING * INTO d;
	IF new_due IS DISTINCT FROM old_due THEN
		PERFORM tell_date(d, mine.login, mine.full_name, say_date_moved(old_due, new_due, btrim(line)), from_system);
		IF cause = 'extension' THEN
			PERFORM tell_citizen(d, 'new_date', NULL, clock_timestamp());
		END IF;
	END IF;
	PERFORM audit('change_due', d.dossier_id, jsonb_build_object('cause', cause, 'old', old_due, 'new', new_due));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN d.version;
END $$;

-- As in 0349; who said it is not told it.
CREATE OR REPLACE FUNCTION desk.take_date(wanted bigint, seen_version int, part bigint) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_lock(wanted, seen_version);
	p answer_part;
	fresh timestamptz;
BEGIN
	SELECT * INTO p FROM open_parts(d, 'extension') x WHERE x.part_id = part;
	fresh := view_moment(p.facts->>'new_due');
	IF p.part_id IS NULL OR fresh IS NULL THEN
		PERFORM refuse('MC008', 'Không còn ngày hẹn mới nào chờ ghi.', format('no open date %s of %s', part, wanted));
	END IF;
	UPDATE answer_part x SET answered_at = clock_timestamp(), answered_by = mine.login WHERE x.part_id = p.part_id;
	UPDATE problem x SET solved_at = clock_timestamp(), solved_by = mine.login,
			solution = format('Đã đổi ngày hẹn trả sang %s.', say_moment(fresh))
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = p.system AND x.kind = 'extension'
			AND x.key = p.key AND x.solved_at IS NULL;
	IF fresh IS NOT DISTINCT FROM d.due_at THEN
		RETURN d.version;
	END IF;
	RETURN move_due(wanted, seen_version, 'extension', fresh, left(format('%s báo ngày hẹn trả mới: %s', system_name(p.system),
		coalesce(nullif(p.facts->>'text', ''), 'không nêu lý do')), 1000), p.system);
END $$;

-- As in 0331; what was asked is said when the wait begins: a note, a new date meanwhile ask for nothing.
CREATE OR REPLACE FUNCTION desk.asked(wanted bigint) RETURNS TABLE (kind text, part_id bigint, seq int, name text, action text,
	originals int, copies int, state text, asked_by text, asked_at timestamptz, until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT x.kind, x.part_id, x.seq, x.name, x.action, x.originals, x.copies, x.state, x.asked_by, x.asked_at, x.until FROM (
		SELECT 1 AS rank, p.at AS first, 'asked' AS kind, p.part_id, NULL::int AS seq, coalesce(p.facts->>'text', '') AS name,
			'' AS action, 1 AS originals, 0 AS copies, CASE WHEN p.brought_at IS NULL THEN 'missing' ELSE 'brought' END AS state, system_name(p.system) AS asked_by, p.at AS asked_at,
			view_moment(p.facts->>'until') AS until
		FROM dossier_mine(wanted) d, open_parts(d, 'supplement') p
		UNION ALL
		SELECT 2, e.at, 'said', NULL, NULL, e.note, '', 1, 0, 'missing', e.by_name, e.at, NULL
		FROM dossier_mine(wanted) d, LATERAL (SELECT * FROM dossier_event v WHERE v.unit_id = d.unit_id
			AND v.dossier_id = d.dossier_id AND v.to_status = 5 AND v.from_status <> 5 ORDER BY v.at DESC, v.event_id DESC LIMIT 1) e
		WHERE d.status = 5 AND e.note <> '' AND NOT EXISTS (SELECT FROM open_parts(d, 'supplement'))
		UNION ALL
		SELECT CASE WHEN c.state IN ('missing', 'failed') AND (c.required OR c.state = 'failed') THEN 3 ELSE 4 END, NULL, 'paper',
			NULL, c.seq, c.name, c.action, c.originals, c.copies, c.state, '', NULL, NULL
		FROM dossier_mine(wanted) d JOIN dossier_component c USING (unit_id, dossier_id)) x
	ORDER BY x.rank, x.first, x.seq
$$;

-- As in 0210: a wait begins when the status does.
DROP TRIGGER wait_begins ON motcua.dossier_event;
CREATE TRIGGER wait_begins AFTER INSERT ON motcua.dossier_event FOR EACH ROW
	WHEN (NEW.to_status IN (5, 6) AND NEW.from_status <> NEW.to_status AND NEW.by_login = '' AND NEW.act <> 'told_late')
	EXECUTE FUNCTION motcua.wait_begins();

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.told_while, motcua.tell_no_more, motcua.tell_of_date, motcua.tell_date, motcua.say_date_moved TO motcua_wire;
GRANT CREATE ON SCHEMA motcua TO motcua_wire;
SET ROLE motcua_wire;

-- As in 0710, and everybody hears the new date.
CREATE OR REPLACE FUNCTION motcua.learn_elsewhere() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	d dossier;
	u unit;
	moment timestamptz;
	fresh timestamptz;
	old_due timestamptz;
	name text := coalesce((SELECT s.name FROM systems s WHERE s.code = NEW.system AND s.ended IS NULL), NEW.system);
	who text := (SELECT x.name FROM decided_elsewhere(NEW.unit_id, NEW.dossier_id) x);
	say text;
BEGIN
	IF who IS NULL OR NEW.status NOT IN (2, 4, 5, 6, 9, 10) THEN
		RETURN NULL;
	END IF;
	SELECT * INTO d FROM dossier x WHERE x.unit_id = NEW.unit_id AND x.dossier_id = NEW.dossier_id;
	-- Our own report, told back to us, is nobody's reception.
	IF NEW.system <> d.route_system OR EXISTS (SELECT FROM message m WHERE m.unit_id = d.unit_id AND m.dossier_id = d.dossier_id
			AND m.system = NEW.system AND m.kind = 'progress' AND (m.payload->>'status')::int = NEW.status
			AND (m.payload->>'at')::timestamptz = NEW.at) THEN
		RETURN NULL;
	END IF;
	SELECT * INTO u FROM unit x WHERE x.unit_id = d.unit_id;
	moment := greatest(least(NEW.at, clock_timestamp()), d.received_at);
	-- A date that was moved since reception is not counted anew over it: an officer does that.
	IF due_is_plain(d) AND d.status IN (1, 2, 4, 5, 6) AND NOT EXISTS (SELECT FROM dossier_due x WHERE x.unit_id = d.unit_id
			AND x.dossier_id = d.dossier_id AND x.seq > 1) THEN
		fresh := due_after(u.code, moment, d.limit_value::int);
	END IF;
	INSERT INTO dossier_elsewhere (unit_id, dossier_id, received_at, source, basis, login, counted)
		VALUES (d.unit_id, d.dossier_id, moment, NEW.system, left(NEW.text, 300), '', fresh IS NOT NULL OR d.due_at IS NULL)
		ON CONFLICT DO NOTHING;
	IF NOT FOUND OR fresh IS NULL THEN
		RETURN NULL;
	END IF;
	say := format('%s nhận hồ sơ lúc %s (theo %s): tính %s ngày làm việc từ đó.', who, to_char(local(moment), 'HH24:MI DD/MM/YYYY'), name,
		trim_scale(d.limit_value));
	INSERT INTO dossier_due (unit_id, dossier_id, seq, at, cause, login, old_due, new_due, line)
		SELECT d.unit_id, d.dossier_id, max(x.seq) + 1, clock_timestamp(), 'elsewhere', NEW.system, d.due_at, fresh, say
		FROM dossier_due x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	old_due := d.due_at;
	UPDATE dossier x SET due_at = fresh, version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	IF fresh IS DISTINCT FROM old_due THEN
		d.due_at := fresh;
		PERFORM tell_date(d, '', name, say_date_moved(old_due, fresh, say), NEW.system);
	END IF;
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN NULL;
END $$;

RESET ROLE;
REVOKE CREATE ON SCHEMA motcua FROM motcua_wire;
SELECT motcua.open_doors();
