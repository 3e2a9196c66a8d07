-- SPDX-License-Identifier: Apache-2.0
-- A wait that ends at the desk: what was asked for has been brought or paid, a stop is over.  One
-- transaction keeps papers, files and money, moves status and due date, answers the systems that asked
-- and tells all of them; what the counter computed for another moment is refused as at reception.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Our answer to what a system asked.
ALTER TABLE motcua.answer_part ADD COLUMN answered_at timestamptz, ADD COLUMN answered_by text NOT NULL DEFAULT '';

CREATE TABLE motcua.taken_up (
	unit_id    bigint NOT NULL,
	dossier_id bigint NOT NULL,
	seq        int NOT NULL,
	request_id uuid NOT NULL,
	act        text NOT NULL CHECK (act IN ('supplement', 'pay', 'resume')),
	since      timestamptz,               -- when the wait began; NULL: the dossier was worked on meanwhile
	at         timestamptz NOT NULL,
	login      text NOT NULL,
	asked      jsonb NOT NULL,            -- [{system, key, by, text, at}]
	brought    text[] NOT NULL,           -- papers and sums, as the clerk reads them
	note       text NOT NULL,
	old_due    timestamptz,
	new_due    timestamptz,
	PRIMARY KEY (unit_id, dossier_id, seq),
	UNIQUE (unit_id, request_id),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.taken_up
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- What systems asked of a kind and nobody answered.
CREATE FUNCTION motcua.open_parts(d motcua.dossier, what text) RETURNS SETOF motcua.answer_part
LANGUAGE sql STABLE AS $$
	SELECT p.* FROM answer_part p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id AND p.kind = what
		AND p.answered_at IS NULL AND NOT coalesce(p.facts->'done' = 'true', false) ORDER BY p.at, p.part_id
$$;

-- The acts by which a wait ends here.  A dossier goes back to where it stood before the wait; to_status 0:
-- nothing waits but a question of a system that does not work on it.
CREATE FUNCTION motcua.ends_of_wait(d motcua.dossier) RETURNS TABLE (act text, to_status int, since timestamptz,
	supervisor boolean)
LANGUAGE sql STABLE AS $$
	SELECT t.act, t.to_status::int, d.status_at, t.who = 'supervisor' FROM transition t
	WHERE t.from_status = d.status AND t.act IN ('supplement', 'pay', 'resume')
		AND (t.act <> 'supplement' OR t.to_status = CASE WHEN (SELECT e.from_status FROM dossier_event e
			WHERE e.unit_id = d.unit_id AND e.dossier_id = d.dossier_id AND e.to_status = d.status
				AND e.from_status NOT IN (0, e.to_status) ORDER BY e.at DESC, e.event_id DESC LIMIT 1) = 4 THEN 4 ELSE 2 END)
	UNION ALL
	SELECT k.act, 0, NULL, false FROM (VALUES ('supplement', 'supplement', 5), ('pay', 'payment', 6)) k(act, kind, status)
	WHERE d.status NOT IN (3, 8, 9, 10) AND d.status <> k.status AND EXISTS (SELECT FROM open_parts(d, k.kind))
$$;

CREATE FUNCTION desk.waits(wanted bigint) RETURNS TABLE (act text, to_status int, since timestamptz, supervisor boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT w.* FROM dossier_mine(wanted) d, ends_of_wait(d) w
$$;

-- What was asked, then the dossier's papers, missing ones first.  kind: asked (by a system, part_id),
-- said (with the status alone, by a system or a desk), paper (seq).
CREATE FUNCTION desk.asked(wanted bigint) RETURNS TABLE (kind text, part_id bigint, seq int, name text, action text,
	originals int, copies int, state text, asked_by text, asked_at timestamptz, until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT x.kind, x.part_id, x.seq, x.name, x.action, x.originals, x.copies, x.state, x.asked_by, x.asked_at, x.until FROM (
		SELECT 1 AS rank, p.at AS first, 'asked' AS kind, p.part_id, NULL::int AS seq, coalesce(p.facts->>'text', '') AS name,
			'' AS action, 1 AS originals, 0 AS copies, 'missing' AS state, system_name(p.system) AS asked_by, p.at AS asked_at,
			view_moment(p.facts->>'until') AS until
		FROM dossier_mine(wanted) d, open_parts(d, 'supplement') p
		UNION ALL
		SELECT 2, e.at, 'said', NULL, NULL, e.note, '', 1, 0, 'missing', e.by_name, e.at, NULL
		FROM dossier_mine(wanted) d, LATERAL (SELECT * FROM dossier_event v WHERE v.unit_id = d.unit_id
			AND v.dossier_id = d.dossier_id AND v.to_status = 5 ORDER BY v.at DESC, v.event_id DESC LIMIT 1) e
		WHERE d.status = 5 AND e.note <> '' AND NOT EXISTS (SELECT FROM open_parts(d, 'supplement'))
		UNION ALL
		SELECT CASE WHEN c.state IN ('missing', 'failed') AND (c.required OR c.state = 'failed') THEN 3 ELSE 4 END, NULL, 'paper',
			NULL, c.seq, c.name, c.action, c.originals, c.copies, c.state, '', NULL, NULL
		FROM dossier_mine(wanted) d JOIN dossier_component c USING (unit_id, dossier_id)) x
	ORDER BY x.rank, x.first, x.seq
$$;

-- Papers of the request into the dossier; returns their names.
CREATE FUNCTION motcua.take_papers(d motcua.dossier, papers jsonb, basis text) RETURNS text[]
LANGUAGE plpgsql AS $$
DECLARE
	c jsonb;
	called text;
	attached bigint[];
	names text[] := '{}';
	nth int := 0;
BEGIN
	PERFORM check_that(jsonb_typeof(papers) = 'array' AND jsonb_array_length(papers) <= 100, 'papers', 'Giấy tờ bổ sung không đúng dạng.');
	FOR c IN SELECT x FROM jsonb_array_elements(papers) x LOOP
		nth := nth + 1;
		PERFORM check_that(c->>'action' IN ('submit', 'show', 'compare'), 'papers.' || nth, 'Chưa rõ giấy tờ được nộp hay xuất trình.');
		PERFORM check_that((c->>'originals')::int BETWEEN 0 AND 999 AND (c->>'copies')::int BETWEEN 0 AND 999
			AND (c->>'originals')::int + (c->>'copies')::int > 0, 'papers.' || nth, 'Số bản giấy tờ không đúng.');
		attached := ARRAY(SELECT f::bigint FROM jsonb_array_elements_text(coalesce(c->'files', '[]')) f);
		PERFORM check_that(NOT EXISTS (SELECT FROM unnest(attached) f WHERE NOT EXISTS (SELECT FROM file x WHERE x.unit_id = d.unit_id
			AND x.file_id = f AND x.whole AND x.dossier_id IS NULL)), 'papers.' || nth,
			'Tệp đính kèm chưa tải xong hoặc đã thuộc hồ sơ khác.');
		called := btrim(coalesce((SELECT p.facts->>'text' FROM open_parts(d, 'supplement') p WHERE p.part_id = (c->>'part_id')::bigint),
			c->>'name', ''));
		IF c->>'seq' IS NULL THEN
			PERFORM check_that(called <> '' AND length(called) <= 1000, 'papers.' || nth || '.name', 'Giấy tờ chưa có tên.');
			INSERT INTO dossier_component (unit_id, dossier_id, seq, name, action, originals, copies, pages, state, required,
					basis, files)
				VALUES (d.unit_id, d.dossier_id, (SELECT coalesce(max(x.seq), 0) + 1 FROM dossier_component x
					WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id), called, c->>'action', (c->>'originals')::int,
					(c->>'copies')::int, 0, 'ok', false, left(take_papers.basis, 500), attached);
		ELSE
			UPDATE dossier_component k SET state = 'ok', action = c->>'action', originals = (c->>'originals')::int,
				copies = (c->>'copies')::int, reason = '', files = k.files || attached
				WHERE k.unit_id = d.unit_id AND k.dossier_id = d.dossier_id AND k.seq = (c->>'seq')::int RETURNING k.name INTO called;
			PERFORM check_that(FOUND, 'papers.' || nth, 'Hồ sơ không có giấy tờ này.');
		END IF;
		UPDATE file x SET dossier_id = d.dossier_id WHERE x.unit_id = d.unit_id AND x.file_id = ANY (attached);
		names := names || called;
	END LOOP;
	RETURN names;
END $$;

-- Sums that systems asked for, as paid at the desk; every one of them.
CREATE FUNCTION motcua.take_money(d motcua.dossier, fees jsonb) RETURNS text[]
LANGUAGE plpgsql AS $$
DECLARE
	f jsonb;
	p answer_part;
	said text[] := '{}';
BEGIN
	PERFORM check_that(jsonb_typeof(fees) = 'array' AND jsonb_array_length(fees) <= 100, 'fees', 'Phí, lệ phí không đúng dạng.');
	FOR f IN SELECT x FROM jsonb_array_elements(fees) x LOOP
		SELECT * INTO p FROM open_parts(d, 'payment') x WHERE x.part_id = (f->>'part_id')::bigint;
		PERFORM check_that(p.part_id IS NOT NULL, 'fees', 'Khoản này không còn phải nộp.');
		PERFORM check_that(f->>'paid' IN ('cash', 'transfer'), 'fees', 'Chưa rõ cách nộp tiền.');
		INSERT INTO dossier_fee (unit_id, dossier_id, seq, name, amount, confirmed, basis, paid)
			SELECT d.unit_id, d.dossier_id, coalesce(max(x.seq), 0) + 1, left(coalesce(nullif(p.facts->>'name', ''), 'Phí, lệ phí'), 300),
				coalesce(view_number(p.facts->'amount'), 0), true, format('%s yêu cầu lúc %s', system_name(p.system), say_moment(p.at)),
				f->>'paid'
			FROM (SELECT 1) one LEFT JOIN dossier_fee x ON x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
		UPDATE answer_part x SET answered_at = clock_timestamp(), answered_by = session_user WHERE x.part_id = p.part_id;
		said := said || format('%s %s (%s)', coalesce(nullif(p.facts->>'name', ''), 'phí, lệ phí'),
			say_money(coalesce(view_number(p.facts->'amount'), 0)), CASE f->>'paid' WHEN 'cash' THEN 'tiền mặt' ELSE 'chuyển khoản' END);
	END LOOP;
	PERFORM check_that(NOT EXISTS (SELECT FROM open_parts(d, 'payment')), 'fees', 'Còn khoản chưa nộp.');
	RETURN said;
END $$;

-- The dossier as it is now, on top of what this system was sent last; with what was brought when.
CREATE FUNCTION motcua.payload_now(d motcua.dossier, s motcua.stream, officer jsonb) RETURNS jsonb
LANGUAGE sql STABLE AS $$
	SELECT dossier_sent(s) || jsonb_build_object('due_at', iso(d.due_at), 'status', d.status,
		'components', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', c.name, 'action', c.action, 'state', c.state,
			'originals', c.originals, 'copies', c.copies, 'pages', c.pages, 'required', c.required, 'reason', c.reason,
			'basis', c.basis, 'lookup_where', c.lookup_where, 'lookup_at', iso(c.lookup_at), 'files', to_jsonb(c.files))
			ORDER BY c.seq), '[]') FROM dossier_component c WHERE c.unit_id = d.unit_id AND c.dossier_id = d.dossier_id),
		'fees', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', f.name, 'amount', f.amount, 'confirmed', f.confirmed,
			'basis', f.basis, 'exempt_reason', f.exempt_reason, 'paid', f.paid) ORDER BY f.seq), '[]')
			FROM dossier_fee f WHERE f.unit_id = d.unit_id AND f.dossier_id = d.dossier_id),
		'supplements', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', CASE WHEN a.item->>'system' = s.system AND a.item->>'key' ~ '^[0-9]{1,9}$'
				THEN (a.item->>'key')::int ELSE t.seq * 100 + a.nth END, 'by', a.item->>'by', 'text', a.item->>'text',
				'asked_at', a.item->>'at', 'taken_by', officer->>'name', 'said', t.note, 'taken_at', iso(t.at),
				'papers', to_jsonb(t.brought), 'old_due', iso(t.old_due), 'new_due', iso(t.new_due)) ORDER BY t.seq, a.nth), '[]')
			FROM taken_up t, jsonb_array_elements(t.asked) WITH ORDINALITY a(item, nth)
			WHERE t.unit_id = d.unit_id AND t.dossier_id = d.dossier_id AND t.act = 'supplement'))
$$;

-- A due date moved by a pause is never earlier, and nobody who was not promised a day is promised one.
CREATE FUNCTION motcua.check_pause(d motcua.dossier, since timestamptz, due timestamptz, line text) RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
	IF since IS NULL OR d.due_at IS NULL THEN
		PERFORM check_that(due IS NOT DISTINCT FROM d.due_at, 'due_at', 'Ngày hẹn trả không đổi: không có thời gian chờ nào.');
		RETURN;
	END IF;
	PERFORM check_that(due >= d.due_at AND due < now() + interval '50 years', 'due_at', 'Ngày hẹn trả mới không đúng.');
	PERFORM check_that(due = d.due_at OR btrim(coalesce(line, '')) <> '', 'line', 'Ghi lý do đổi ngày hẹn trả.');
END $$;

CREATE FUNCTION motcua.tell_taken_up(d motcua.dossier, mine motcua.clerk, say text, moment timestamptz, moved boolean) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	s stream;
	body jsonb;
BEGIN
	FOR s IN SELECT * FROM stream x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id ORDER BY x.system FOR UPDATE LOOP
		body := payload_now(d, s, jsonb_build_object('name', mine.full_name, 'title', mine.title));
		IF body IS NOT NULL THEN
			PERFORM enqueue(d.unit_id, d.dossier_id, s.system, 'dossier', body);
			-- A correction that waits for the end of what is being sent takes this along.
			UPDATE stream x SET correction = jsonb_set(x.correction, '{body}', body) WHERE x.unit_id = d.unit_id
				AND x.dossier_id = d.dossier_id AND x.system = s.system AND x.correction IS NOT NULL;
		END IF;
		-- Without a step of the life-cycle there is no progress to report.
		IF moved THEN
			PERFORM enqueue(d.unit_id, d.dossier_id, s.system, 'progress', progress_payload(d.code, mine.full_name, mine.title, '',
				moment, say, d.status, moment, d.due_at));
		END IF;
	END LOOP;
END $$;

-- request: {request_id, act, computed_at, due_at, line, note, papers [{seq | part_id | name, action, originals,
-- copies, files}], fees [{part_id, paid}]}.  Returns the dossier's new version; repeated, the present one.
CREATE FUNCTION desk.take_up(wanted bigint, seen_version int, request jsonb) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	once uuid := (request->>'request_id')::uuid;
	d dossier;
	w record;
	moment timestamptz := date_trunc('second', clock_timestamp());
	fresh timestamptz := (request->>'due_at')::timestamptz;
	why text := left(btrim(coalesce(request->>'note', '')), 500);
	items jsonb;
	taken text[];
	say text;
BEGIN
	PERFORM check_size(request);
	PERFORM check_that(once IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM pg_advisory_xact_lock(hashtextextended(once::text, mine.unit_id));
	IF EXISTS (SELECT FROM taken_up t WHERE t.unit_id = mine.unit_id AND t.request_id = once) THEN
		IF NOT EXISTS (SELECT FROM taken_up t WHERE t.unit_id = mine.unit_id AND t.request_id = once AND t.dossier_id = wanted) THEN
			PERFORM refuse('MC006', 'Yêu cầu này đã dùng cho hồ sơ khác.', format('request %s is of another dossier', once));
		END IF;
		RETURN (dossier_mine(wanted)).version;
	END IF;
	d := dossier_lock(wanted, seen_version);
	SELECT * INTO w FROM ends_of_wait(d) e WHERE e.act = request->>'act';
	IF w.act IS NULL THEN
		PERFORM refuse('MC005', 'Hồ sơ không chờ việc này.', format('nothing to end by %s at status %s', request->>'act', d.status), 'act');
	END IF;
	IF w.supervisor THEN
		PERFORM my_supervisor();
	END IF;
	PERFORM check_moment(d.unit_id, (request->>'computed_at')::timestamptz, clock_timestamp());
	PERFORM check_pause(d, w.since, fresh, request->>'line');
	SELECT coalesce(jsonb_agg(jsonb_build_object('system', p.system, 'key', p.key, 'by', coalesce(nullif(p.facts->>'by', ''),
			system_name(p.system)), 'text', coalesce(p.facts->>'text', p.facts->>'name', ''), 'at', iso(p.at)) ORDER BY p.at, p.part_id), '[]')
		INTO items FROM open_parts(d, CASE w.act WHEN 'supplement' THEN 'supplement' WHEN 'pay' THEN 'payment' ELSE '' END) p;
	IF w.act = 'supplement' AND items = '[]' THEN
		SELECT coalesce(jsonb_agg(jsonb_build_object('system', '', 'key', '', 'by', e.asked_by, 'text', e.name, 'at', iso(e.asked_at))), '[]')
			INTO items FROM desk.asked(wanted) e WHERE e.kind = 'said';
	END IF;
	taken := CASE w.act WHEN 'supplement' THEN take_papers(d, coalesce(request->'papers', '[]'),
			'Yêu cầu bổ sung: ' || coalesce((SELECT string_agg(i->>'text', '; ') FROM jsonb_array_elements(items) i), ''))
		WHEN 'pay' THEN take_money(d, coalesce(request->'fees', '[]')) ELSE '{}' END;
	PERFORM check_that(taken <> '{}' OR why <> '', 'note', 'Đánh dấu giấy tờ công dân mang đến, hoặc ghi đã làm gì.');
	say := left(concat_ws(': ', CASE w.act WHEN 'supplement' THEN 'Đã bổ sung' WHEN 'pay' THEN 'Đã nộp' ELSE 'Xử lý tiếp' END,
		nullif(concat_ws('. ', nullif(array_to_string(taken, '; '), ''), nullif(why, '')), '')), 900);
	UPDATE answer_part p SET answered_at = clock_timestamp(), answered_by = mine.login WHERE w.act = 'supplement'
		AND p.part_id IN (SELECT o.part_id FROM open_parts(d, 'supplement') o);
	IF fresh IS DISTINCT FROM d.due_at THEN
		INSERT INTO dossier_due SELECT d.unit_id, d.dossier_id, max(x.seq) + 1, clock_timestamp(),
			CASE w.act WHEN 'supplement' THEN 'supplement' WHEN 'pay' THEN 'payment' ELSE 'incident' END, mine.login, d.due_at, fresh,
			left(btrim(request->>'line'), 2000) FROM dossier_due x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	END IF;
	INSERT INTO taken_up SELECT d.unit_id, d.dossier_id, coalesce(max(t.seq), 0) + 1, once, w.act, w.since, moment, mine.login, items,
		taken, why, d.due_at, fresh FROM taken_up t WHERE t.unit_id = d.unit_id AND t.dossier_id = d.dossier_id;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, moment, w.act, d.status, CASE w.to_status WHEN 0 THEN d.status ELSE w.to_status END,
			mine.login, mine.full_name, say);
	UPDATE problem x SET solved_at = clock_timestamp(), solved_by = mine.login, solution = left(say, 1000)
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.solved_at IS NULL
			AND x.kind = CASE w.act WHEN 'supplement' THEN 'supplement' WHEN 'pay' THEN 'payment' END;
	UPDATE dossier x SET status = CASE w.to_status WHEN 0 THEN x.status ELSE w.to_status END,
		status_at = CASE w.to_status WHEN 0 THEN x.status_at ELSE moment END, finished_at = NULL, due_at = fresh, version = x.version + 1
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id RETURNING * INTO d;
	PERFORM tell_taken_up(d, mine, say, moment, w.to_status <> 0);
	PERFORM audit('take_up', d.dossier_id, jsonb_build_object('act', w.act, 'to', d.status, 'papers', cardinality(taken),
		'due', fresh));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN d.version;
END $$;

-- A system that stopped the dossier and did not say more still wants something of us: a task, unless what it
-- asked is one already.
CREATE FUNCTION motcua.wait_begins() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	d dossier;
	what text := CASE NEW.to_status WHEN 5 THEN 'supplement' ELSE 'payment' END;
BEGIN
	SELECT * INTO d FROM dossier x WHERE x.unit_id = NEW.unit_id AND x.dossier_id = NEW.dossier_id;
	IF d.status = NEW.to_status AND NOT EXISTS (SELECT FROM open_parts(d, what)) THEN
		INSERT INTO problem (unit_id, dossier_id, system, kind, key, text) VALUES (d.unit_id, d.dossier_id, d.route_system, what, '',
			left(format('%s %s: %s', NEW.by_name, CASE what WHEN 'supplement' THEN 'yêu cầu bổ sung' ELSE 'yêu cầu nộp tiền' END,
				coalesce(nullif(NEW.note, ''), 'không nói gì thêm')), 1000)) ON CONFLICT DO NOTHING;
	END IF;
	RETURN NULL;
END $$;
CREATE TRIGGER wait_begins AFTER INSERT ON motcua.dossier_event FOR EACH ROW
	WHEN (NEW.to_status IN (5, 6) AND NEW.by_login = '' AND NEW.act <> 'told_late') EXECUTE FUNCTION motcua.wait_begins();

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.open_parts, motcua.wait_begins TO motcua_wire;
SELECT motcua.guard('{taken_up}', '');
SELECT motcua.open_doors();
