-- SPDX-License-Identifier: Apache-2.0
-- Only some of the papers that were asked for: kept as brought, the rest stays asked, and the clock stays
-- stopped until all are there.  And the receipt is made again, with what is there and the day of now.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Brought, while others of the same request are not.
ALTER TABLE motcua.answer_part ADD COLUMN brought_at timestamptz;

CREATE TABLE motcua.taken_part (
	unit_id    bigint NOT NULL,
	dossier_id bigint NOT NULL,
	seq        int NOT NULL,
	request_id uuid NOT NULL,
	at         timestamptz NOT NULL,
	login      text NOT NULL,
	brought    text[] NOT NULL,
	missing    text[] NOT NULL,           -- what is still asked, as the clerk reads it
	note       text NOT NULL,
	PRIMARY KEY (unit_id, dossier_id, seq),
	UNIQUE (unit_id, request_id),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.taken_part
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- What came in parts since the wait that lasts.
CREATE FUNCTION motcua.brought_before(wanted bigint) RETURNS text[]
LANGUAGE sql STABLE AS $$
	SELECT coalesce(array_agg(b.name ORDER BY t.seq, b.nth), '{}')
	FROM dossier_mine(wanted) d JOIN taken_part t ON t.unit_id = d.unit_id AND t.dossier_id = d.dossier_id AND t.at >= d.status_at
		CROSS JOIN unnest(t.brought) WITH ORDINALITY b(name, nth)
	WHERE d.status = 5
$$;

-- As in 0210; what came before the rest is told apart.
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
			AND v.dossier_id = d.dossier_id AND v.to_status = 5 AND v.act <> 'supplement_part' ORDER BY v.at DESC, v.event_id DESC LIMIT 1) e
		WHERE d.status = 5 AND e.note <> '' AND NOT EXISTS (SELECT FROM open_parts(d, 'supplement'))
		UNION ALL
		SELECT CASE WHEN c.state IN ('missing', 'failed') AND (c.required OR c.state = 'failed') THEN 3 ELSE 4 END, NULL, 'paper',
			NULL, c.seq, c.name, c.action, c.originals, c.copies, c.state, '', NULL, NULL
		FROM dossier_mine(wanted) d JOIN dossier_component c USING (unit_id, dossier_id)) x
	ORDER BY x.rank, x.first, x.seq
$$;

-- request: {request_id, note, missing [names], papers as desk.take_up takes them}.  The systems hear of it when
-- all is there: to many of them a supplement is the end of the wait.  Returns the dossier's new version.
CREATE FUNCTION desk.take_part(wanted bigint, seen_version int, request jsonb) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	once uuid := (request->>'request_id')::uuid;
	d dossier;
	moment timestamptz := date_trunc('second', clock_timestamp());
	why text := left(btrim(coalesce(request->>'note', '')), 500);
	lacking text[];
	taken text[];
BEGIN
	PERFORM check_size(request);
	PERFORM check_that(once IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM pg_advisory_xact_lock(hashtextextended(once::text, mine.unit_id));
	IF EXISTS (SELECT FROM taken_part t WHERE t.unit_id = mine.unit_id AND t.request_id = once) THEN
		PERFORM check_that(EXISTS (SELECT FROM taken_part t WHERE t.unit_id = mine.unit_id AND t.request_id = once
			AND t.dossier_id = wanted), 'request_id', 'Yêu cầu này đã dùng cho hồ sơ khác.');
		RETURN (dossier_mine(wanted)).version;
	END IF;
	d := dossier_lock(wanted, seen_version);
	IF d.status <> 5 THEN
		PERFORM refuse('MC005', 'Hồ sơ không dừng chờ bổ sung.', format('part of a supplement at status %s', d.status), 'act');
	END IF;
	PERFORM check_that(jsonb_typeof(request->'missing') = 'array' AND jsonb_array_length(request->'missing') BETWEEN 1 AND 100,
		'missing', 'Không còn thiếu gì: ghi đã bổ sung đủ.');
	lacking := ARRAY(SELECT left(btrim(x), 300) FROM jsonb_array_elements_text(request->'missing') x WHERE btrim(x) <> '');
	PERFORM check_that(lacking <> '{}', 'missing', 'Ghi còn thiếu giấy tờ nào.');
	-- Read before the papers change what is open.
	UPDATE answer_part p SET brought_at = moment WHERE p.brought_at IS NULL
		AND p.part_id IN (SELECT o.part_id FROM open_parts(d, 'supplement') o)
		AND p.part_id IN (SELECT (x->>'part_id')::bigint FROM jsonb_array_elements(coalesce(request->'papers', '[]')) x);
	taken := take_papers(d, coalesce(request->'papers', '[]'), 'Bổ sung trước một phần');
	PERFORM check_that(taken <> '{}', 'papers', 'Đánh dấu giấy tờ công dân mang đến.');
	INSERT INTO taken_part SELECT d.unit_id, d.dossier_id, coalesce(max(t.seq), 0) + 1, once, moment, mine.login, taken, lacking, why
		FROM taken_part t WHERE t.unit_id = d.unit_id AND t.dossier_id = d.dossier_id;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, moment, 'supplement_part', d.status, d.status, mine.login, mine.full_name,
			left(format('Đã nhận trước: %s. Còn thiếu: %s', array_to_string(taken, '; '), array_to_string(lacking, '; '))
				|| CASE WHEN why = '' THEN '' ELSE '. ' || why END, 1000));
	UPDATE dossier x SET version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id RETURNING * INTO d;
	PERFORM audit('take_part', d.dossier_id, jsonb_build_object('papers', cardinality(taken), 'missing', cardinality(lacking)));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN d.version;
END $$;

-- As in 0210, with what came in parts before.
CREATE OR REPLACE FUNCTION desk.take_up(wanted bigint, seen_version int, request jsonb) RETURNS int
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
	earlier text[] := brought_before(wanted);
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
	IF w.act = 'supplement' THEN
		taken := earlier || taken;
	END IF;
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

-- The receipt with what is there now, the date of now, and what it takes the place of; while something is still
-- missing no day is promised.
CREATE FUNCTION motcua.receipt_again(d motcua.dossier, receipt text, moment timestamptz) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
	lacking text := (SELECT array_to_string(t.missing, '; ') FROM taken_part t WHERE t.unit_id = d.unit_id AND t.dossier_id = d.dossier_id
		AND d.status = 5 AND t.at >= d.status_at ORDER BY t.seq DESC LIMIT 1);
	told_due text := (SELECT coalesce(field_raw(p.fields, 'due_at'), '') FROM paper p WHERE p.unit_id = d.unit_id
		AND p.dossier_id = d.dossier_id AND p.form = '01' ORDER BY p.made_at DESC, p.paper_id DESC LIMIT 1);
BEGIN
	IF lacking IS NULL AND NOT EXISTS (SELECT FROM taken_up t WHERE t.unit_id = d.unit_id AND t.dossier_id = d.dossier_id)
			AND told_due = coalesce(iso(d.due_at), '') THEN
		PERFORM refuse('MC006', 'Giấy tiếp nhận không có gì thay đổi: in lại bản đã có.', format('receipt of %s unchanged', d.code));
	END IF;
	RETURN coalesce((SELECT string_agg(line || E'\n', '' ORDER BY n) FROM regexp_split_to_table(receipt, E'\n') WITH ORDINALITY l(line, n)
			WHERE line ~ E'^(sets|counter|channel|result_by|return_to|received_by|entered_at|(limit|deciding|returning|book)\\.[a-z_]+)\t'), '')
		|| list_fields('component', (SELECT jsonb_agg(jsonb_build_object('name', c.name, 'action', c.action, 'originals', c.originals,
				'copies', c.copies, 'pages', c.pages, 'state', c.state, 'lookup_where', c.lookup_where, 'lookup_at', iso(c.lookup_at))
				ORDER BY c.seq) FROM dossier_component c WHERE c.unit_id = d.unit_id AND c.dossier_id = d.dossier_id AND c.state <> 'missing'),
			ARRAY['name', 'action', 'originals', 'copies', 'pages', 'state', 'lookup_where', 'lookup_at'])
		|| list_fields('fee', (SELECT jsonb_agg(jsonb_build_object('name', f.name, 'amount', f.amount, 'confirmed', f.confirmed,
				'paid', nullif(f.paid, 'none'), 'basis', f.basis, 'exempt_reason', f.exempt_reason) ORDER BY f.seq)
				FROM dossier_fee f WHERE f.unit_id = d.unit_id AND f.dossier_id = d.dossier_id),
			ARRAY['name', 'amount', 'confirmed', 'paid', 'basis', 'exempt_reason'])
		|| field('revised_at', iso(moment)) || field('old_due_at', CASE WHEN told_due <> coalesce(iso(d.due_at), '') THEN told_due ELSE '' END)
		|| CASE WHEN lacking IS NULL THEN field('due_at', iso(d.due_at)) ELSE field('missing', lacking) END;
END $$;

-- As in 0260, and the receipt again.
CREATE OR REPLACE FUNCTION motcua.issue_fields(wanted text, d motcua.dossier, receipt text, moment timestamptz) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
	payer text := coalesce(field_raw(receipt, 'submitter.name'), field_raw(receipt, 'owner.name'), '');
	place text := coalesce(field_raw(receipt, 'submitter.address'), field_raw(receipt, 'owner.address'), '');
	head text := 'payer.name' || E'\t' || payer || E'\n' || 'payer.address' || E'\t' || place || E'\n';
	sum_received bigint;
	ways text[];
BEGIN
	CASE wanted
	WHEN '01' THEN
		RETURN receipt_again(d, receipt, moment);
	WHEN 'fee' THEN
		SELECT coalesce(sum(f.amount), 0), array_agg(DISTINCT f.paid) INTO sum_received, ways FROM dossier_fee f
			WHERE f.unit_id = d.unit_id AND f.dossier_id = d.dossier_id AND f.confirmed AND f.exempt_reason = ''
				AND f.paid IN ('cash', 'transfer');
		IF sum_received = 0 THEN
			PERFORM refuse('MC006', 'Hồ sơ này chưa thu khoản nào để lập biên lai.', 'no money received');
		END IF;
		RETURN head || fee_fields(d, true) || field('fee.total', sum_received::text)
			|| CASE WHEN cardinality(ways) = 1 THEN field('paid_by', ways[1]) ELSE '' END || field('paid_at', iso(moment));
	WHEN 'payment' THEN
		IF money_owed(d) = 0 THEN
			PERFORM refuse('MC006', 'Hồ sơ này không còn khoản nào phải nộp.', 'no money owed');
		END IF;
		RETURN head || fee_fields(d, false) || bank_fields(d, moment);
	WHEN 'result' THEN
		IF d.status NOT IN (9, 10) THEN
			PERFORM refuse('MC006', 'Hồ sơ chưa có kết quả để trả.', format('status %s', d.status));
		END IF;
		RETURN field('due_at', iso(d.due_at)) || field('returned_at', iso(moment))
			|| coalesce((SELECT field('procedure.result', p.result_name) FROM procedures p WHERE p.code = d.procedure_code
				AND p.ended IS NULL AND p.unit_id IS NULL ORDER BY p.row_id DESC LIMIT 1), '')
			|| 'receiver.name' || E'\t' || payer || E'\n' || fee_fields(d, true);
	ELSE
		PERFORM refuse('MC005', format('Không lập được loại giấy %s từ hồ sơ.', wanted), format('form %s', wanted), 'form');
	END CASE;
END $$;

RESET ROLE;
SELECT motcua.guard('{taken_part}', '');
SELECT motcua.open_doors();
