-- SPDX-License-Identifier: Apache-2.0
-- Papers of what was counted, printed through the print jobs: a report without persons, the packet of a shift.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

INSERT INTO motcua.paper_sign (form, sign) VALUES ('shift', '/BBBGC-TTPVHCC');

-- A report as the counter counted it; head and clock are the database's.  It has no number: its own stands on the letter
-- that it goes out with.  body: the lines "key<TAB>value" of the grid, checks and bars, nothing else.
CREATE FUNCTION desk.issue_report(request uuid, kind text, since date, until date, narrow text, body text)
RETURNS TABLE (paper_id bigint, number text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	u unit := (SELECT x FROM unit x WHERE x.unit_id = mine.unit_id);
	moment timestamptz := date_trunc('second', clock_timestamp());
	id bigint;
	keys record;
BEGIN
	PERFORM check_that(request IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM check_that(coalesce(kind ~ '^[a-z0-9]{1,40}$', false) AND since <= until, 'kind', 'Báo cáo không đúng.');
	PERFORM check_that(length(coalesce(body, '')) BETWEEN 1 AND 900000, 'body', 'Bảng quá lớn để in: chọn kỳ ngắn hơn.');
	PERFORM check_that(NOT EXISTS (SELECT FROM regexp_split_to_table(body, E'\n') l WHERE l <> '' AND l !~
		E'^(report\\.(title|basis|unit|rule|side|narrow|moment|chart|dark|light)|period\\.(from|to)|(column|line|bar|check)\\.[1-9][0-9]{0,4}\\.[a-z]{1,10})\t'),
		'body', 'Nội dung bản in không đúng dạng.');
	SELECT count(*) AS lines, count(DISTINCT k) AS keys, max(CASE split_part(k, '.', 1) WHEN 'line' THEN split_part(k, '.', 2)::int END) AS deepest,
			max(CASE WHEN k ~ '^(column|check|bar)\.' THEN split_part(k, '.', 2)::int END) AS widest INTO keys
		FROM regexp_split_to_table(body, E'\n') l CROSS JOIN LATERAL split_part(l, E'\t', 1) k WHERE l <> '';
	PERFORM check_that(keys.lines = keys.keys AND coalesce(keys.widest, 0) <= 40, 'body', 'Nội dung bản in không đúng dạng.');
	PERFORM check_that(coalesce(keys.deepest, 0) <= 20002 AND keys.lines <= 45000, 'body', 'Bảng quá lớn để in: chọn kỳ ngắn hơn.');
	SELECT p.paper_id INTO id FROM paper p WHERE p.unit_id = mine.unit_id AND p.request_id = request AND p.form = 'report';
	IF id IS NULL THEN
		INSERT INTO paper (unit_id, request_id, form, year, fields, made_at, login) VALUES (mine.unit_id, request, 'report',
			extract(year FROM moment), desk_fields(u, mine, moment) || body, moment, mine.login) RETURNING paper.paper_id INTO id;
		PERFORM audit('report_export', NULL, jsonb_strip_nulls(jsonb_build_object('kind', kind, 'since', since, 'until', until,
			'narrow', nullif(narrow, ''), 'format', 'print', 'paper', id, 'body', 'as the counter showed it', 'lines', keys.lines)));
	END IF;
	RETURN QUERY SELECT id, ''::text;
END $$;

-- What the packet of a closed shift says.
CREATE FUNCTION motcua.shift_fields(s motcua.shift) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT field('counter', s.counter) || field('giver.name', name_of(s.login)) || field('giver.title', (SELECT k.title FROM clerk k WHERE k.login = s.login))
		|| CASE WHEN s.taken_by IS NULL THEN '' ELSE field('taker.name', name_of(s.taken_by))
			|| field('taker.title', (SELECT k.title FROM clerk k WHERE k.login = s.taken_by)) || field('shift.taken', iso(s.taken_at)) END
		|| field('shift.opened', iso(s.opened_at)) || field('shift.closed', iso(s.closed_at)) || field('shift.open', s.open_cash::text)
		|| (SELECT field('shift.cash', coalesce(sum(l.amount) FILTER (WHERE l.amount > 0), 0)::text)
			|| field('shift.back', nullif(coalesce(-sum(l.amount) FILTER (WHERE l.amount < 0), 0), 0)::text)
			FROM ledger l WHERE l.unit_id = s.unit_id AND l.shift_id = s.shift_id AND l.way = 'cash')
		|| field('shift.expected', s.cash_expected::text) || field('shift.counted', s.cash_counted::text)
		|| field('shift.over', CASE WHEN s.difference > 0 THEN s.difference::text END)
		|| field('shift.short', CASE WHEN s.difference < 0 THEN (-s.difference)::text END) || field('shift.reason', s.reason)
		|| field('shift.handed', s.handed_cash::text) || field('shift.left', nullif(s.cash_counted - s.handed_cash, 0)::text)
		|| field('shift.transfers', s.transfers::text)
		|| (SELECT field('shift.note_count', nullif(count(*), 0)::text) FROM jsonb_each_text(s.counts) c WHERE c.value::bigint > 0)
		|| coalesce((SELECT string_agg(format(E'note.%s.face\t%s\nnote.%s.count\t%s\nnote.%s.sum\t%s\n', q.n, q.face, q.n, q.many, q.n, q.face * q.many), '' ORDER BY q.n)
			FROM (SELECT c.key::bigint AS face, c.value::bigint AS many, row_number() OVER (ORDER BY c.key::bigint DESC) AS n
				FROM jsonb_each_text(s.counts) c WHERE c.value::bigint > 0) q), '')
		|| (SELECT field('shift.moved_count', nullif(count(*), 0)::text) FROM ledger l WHERE l.unit_id = s.unit_id AND l.shift_id = s.shift_id AND l.way = 'transfer')
		|| coalesce((SELECT string_agg(field('moved.' || q.n || '.at', iso(q.at)) || field('moved.' || q.n || '.code', q.code)
				|| field('moved.' || q.n || '.amount', q.amount::text), '' ORDER BY q.n)
			FROM (SELECT date_trunc('second', l.at) AS at, d.code, l.amount, row_number() OVER (ORDER BY l.line_id) AS n
				FROM ledger l JOIN dossier d USING (unit_id, dossier_id) WHERE l.unit_id = s.unit_id AND l.shift_id = s.shift_id AND l.way = 'transfer') q
			WHERE q.n <= 300), '')
		|| coalesce((SELECT field('moved.301.code', format('và %s khoản nữa, cộng', count(*))) || field('moved.301.amount', sum(q.amount)::text)
			FROM (SELECT l.amount, row_number() OVER (ORDER BY l.line_id) AS n FROM ledger l WHERE l.unit_id = s.unit_id AND l.shift_id = s.shift_id
				AND l.way = 'transfer') q WHERE q.n > 300 HAVING count(*) > 0), '')
		|| (SELECT field('shift.receipts', number_ranges(array_agg(p.seq) FILTER (WHERE p.seq IS NOT NULL))) || field('shift.receipt_count', count(*)::text)
			FROM shift_receipts(s) p)
		|| (SELECT field('shift.void_count', nullif(count(*), 0)::text) FROM shift_receipts(s) p JOIN receipt_cancelled c USING (unit_id, paper_id))
		|| coalesce((SELECT string_agg(field('void.' || q.n || '.number', q.number) || field('void.' || q.n || '.amount', q.total)
				|| field('void.' || q.n || '.at', iso(q.at)) || field('void.' || q.n || '.reason', q.reason), '' ORDER BY q.n)
			FROM (SELECT p.number, nullif(field_raw(p.fields, 'fee.total'), '') AS total, date_trunc('second', c.at) AS at, c.reason,
					row_number() OVER (ORDER BY p.seq) AS n FROM shift_receipts(s) p JOIN receipt_cancelled c ON c.unit_id = p.unit_id AND c.paper_id = p.paper_id) q), '')
$$;

-- The packet of a closed shift, to be signed by two: one before it is taken, one with the name of who took it, both under one
-- number.  Whoever gave, took or may take it, and supervisors.
CREATE FUNCTION desk.issue_shift(wanted bigint) RETURNS TABLE (paper_id bigint, number text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	s shift := shift_mine(wanted);
	u unit := (SELECT x FROM unit x WHERE x.unit_id = mine.unit_id);
	once uuid;
	first_one paper;
	made paper;
	moment timestamptz;
BEGIN
	IF NOT (mine.is_supervisor OR s.login = mine.login OR s.closed_at IS NOT NULL AND coalesce(s.taken_by, mine.login) = mine.login) THEN
		PERFORM refuse('MC004', 'Ca của người khác: người phụ trách mới in được.', format('shift %s is of %s', wanted, s.login));
	END IF;
	PERFORM check_that(s.closed_at IS NOT NULL, 'shift', 'Ca chưa chốt: chốt rồi mới in biên bản bàn giao.');
	PERFORM pg_advisory_xact_lock(hashtextextended('motcua.issue_shift ' || wanted, mine.unit_id));
	SELECT * INTO first_one FROM paper p WHERE p.unit_id = mine.unit_id AND p.form = 'shift' AND p.request_id = md5('motcua.shift ' || wanted)::uuid;
	once := md5('motcua.shift ' || wanted || CASE WHEN s.taken_by IS NULL OR first_one.paper_id IS NULL
		OR coalesce(field_raw(first_one.fields, 'shift.taken'), '') <> '' THEN '' ELSE ' taken' END)::uuid;
	SELECT * INTO made FROM paper p WHERE p.unit_id = mine.unit_id AND p.form = 'shift' AND p.request_id = once;
	IF made.paper_id IS NULL THEN
		moment := date_trunc('second', coalesce(s.taken_at, s.closed_at));
		IF first_one.paper_id IS NULL THEN
			made := paper_of_list(mine, once, 'shift', shift_fields(s), moment);
		ELSE
			INSERT INTO paper (unit_id, request_id, form, year, number, fields, made_at, login) VALUES (mine.unit_id, once, 'shift', first_one.year,
				first_one.number, field('number', first_one.number) || desk_fields(u, mine, moment) || shift_fields(s), moment, mine.login) RETURNING * INTO made;
		END IF;
		PERFORM audit('paper_issue', NULL, jsonb_build_object('paper', made.paper_id, 'form', 'shift', 'number', made.number, 'shift', wanted));
	END IF;
	RETURN QUERY SELECT made.paper_id, made.number;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
