-- SPDX-License-Identifier: Apache-2.0
-- Money of a dossier: when it was received, and the one receipt each sum stands on; what was left for later is
-- received at the desk, once.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

ALTER TABLE motcua.dossier_fee ADD COLUMN paid_at timestamptz, -- NULL: not received
	ADD COLUMN paid_request uuid,      -- of desk.fee_paid; NULL: with the application, or a system asked for it
	ADD COLUMN receipt_paper bigint,   -- NULL: on no receipt yet
	ADD FOREIGN KEY (unit_id, receipt_paper) REFERENCES motcua.paper;

-- What was received before: with the application or when the desk said so; the first receipt after that had it.
-- Every unit's, so the owner's own guard is off for this once.
ALTER TABLE motcua.dossier_fee NO FORCE ROW LEVEL SECURITY;
ALTER TABLE motcua.dossier NO FORCE ROW LEVEL SECURITY;
ALTER TABLE motcua.taken_up NO FORCE ROW LEVEL SECURITY;
ALTER TABLE motcua.paper NO FORCE ROW LEVEL SECURITY;
UPDATE motcua.dossier_fee f SET paid_at = coalesce((SELECT min(t.at) FROM taken_up t WHERE t.unit_id = f.unit_id
		AND t.dossier_id = f.dossier_id AND t.act = 'pay' AND f.basis LIKE '% yêu cầu lúc %'
		AND EXISTS (SELECT FROM unnest(t.brought) b WHERE starts_with(lower(b), lower(f.name)))), d.received_at)
	FROM dossier d WHERE d.unit_id = f.unit_id AND d.dossier_id = f.dossier_id AND f.paid IN ('cash', 'transfer');
UPDATE motcua.dossier_fee f SET receipt_paper = (SELECT p.paper_id FROM paper p WHERE p.unit_id = f.unit_id
		AND p.dossier_id = f.dossier_id AND p.form = 'fee' AND p.made_at >= coalesce(f.paid_at, '-infinity') ORDER BY p.made_at, p.paper_id LIMIT 1)
	WHERE f.confirmed AND (f.paid_at IS NOT NULL OR f.exempt_reason <> '');
ALTER TABLE motcua.dossier_fee FORCE ROW LEVEL SECURITY;
ALTER TABLE motcua.dossier FORCE ROW LEVEL SECURITY;
ALTER TABLE motcua.taken_up FORCE ROW LEVEL SECURITY;
ALTER TABLE motcua.paper FORCE ROW LEVEL SECURITY;

ALTER TABLE motcua.dossier_fee ADD CHECK ((paid IN ('cash', 'transfer')) = (paid_at IS NOT NULL));

-- Money that comes with the application was received when the application was; other ways say their own moment.
CREATE FUNCTION motcua.fee_moment() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	NEW.paid_at := coalesce(NEW.paid_at, (SELECT d.received_at FROM dossier d WHERE d.unit_id = NEW.unit_id
		AND d.dossier_id = NEW.dossier_id));
	RETURN NEW;
END $$;
CREATE TRIGGER fee_moment BEFORE INSERT ON motcua.dossier_fee FOR EACH ROW
	WHEN (NEW.paid IN ('cash', 'transfer')) EXECUTE FUNCTION motcua.fee_moment();

-- As in 0210, with the moment.
CREATE OR REPLACE FUNCTION motcua.take_money(d motcua.dossier, fees jsonb) RETURNS text[]
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
		INSERT INTO dossier_fee (unit_id, dossier_id, seq, name, amount, confirmed, basis, paid, paid_at)
			SELECT d.unit_id, d.dossier_id, coalesce(max(x.seq), 0) + 1, left(coalesce(nullif(p.facts->>'name', ''), 'Phí, lệ phí'), 300),
				coalesce(view_number(p.facts->'amount'), 0), true, format('%s yêu cầu lúc %s', system_name(p.system), say_moment(p.at)),
				f->>'paid', date_trunc('second', clock_timestamp())
			FROM (SELECT 1) one LEFT JOIN dossier_fee x ON x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
		UPDATE answer_part x SET answered_at = clock_timestamp(), answered_by = session_user WHERE x.part_id = p.part_id;
		said := said || format('%s %s (%s)', coalesce(nullif(p.facts->>'name', ''), 'phí, lệ phí'),
			say_money(coalesce(view_number(p.facts->'amount'), 0)), CASE f->>'paid' WHEN 'cash' THEN 'tiền mặt' ELSE 'chuyển khoản' END);
	END LOOP;
	PERFORM check_that(NOT EXISTS (SELECT FROM open_parts(d, 'payment')), 'fees', 'Còn khoản chưa nộp.');
	RETURN said;
END $$;

-- What the next receipt is for: received or waived, and on no receipt yet.
CREATE FUNCTION motcua.unreceipted(d motcua.dossier) RETURNS SETOF motcua.dossier_fee
LANGUAGE sql STABLE AS $$
	SELECT f.* FROM dossier_fee f WHERE f.unit_id = d.unit_id AND f.dossier_id = d.dossier_id AND f.confirmed
		AND f.receipt_paper IS NULL AND (f.exempt_reason <> '' OR f.paid IN ('cash', 'transfer')) ORDER BY f.seq
$$;

-- A receipt's own lines.  Money is receipted once: a second paper for the same sum is a copy of the first.
CREATE FUNCTION motcua.receipt_of_money(d motcua.dossier, receipt text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
	sums record;
	given text;
BEGIN
	SELECT coalesce(sum(q.amount) FILTER (WHERE q.exempt_reason = ''), 0)::bigint AS total, min(q.paid_at) AS first, max(q.paid_at) AS last,
		array_agg(DISTINCT q.paid) FILTER (WHERE q.exempt_reason = '') AS ways,
		string_agg(field('fee.' || q.n || '.name', q.name) || field('fee.' || q.n || '.amount', q.amount::text)
			|| field('fee.' || q.n || '.confirmed', '1') || field('fee.' || q.n || '.basis', q.basis)
			|| field('fee.' || q.n || '.exempt_reason', q.exempt_reason) || field('fee.' || q.n || '.paid', nullif(q.paid, 'none')),
			'' ORDER BY q.n) AS lines
		INTO sums FROM (SELECT u.*, row_number() OVER (ORDER BY u.seq) AS n FROM unreceipted(d) u) q;
	IF sums.total = 0 THEN
		SELECT string_agg(DISTINCT p.number, ', ') INTO given FROM dossier_fee f JOIN paper p ON p.unit_id = f.unit_id
			AND p.paper_id = f.receipt_paper WHERE f.unit_id = d.unit_id AND f.dossier_id = d.dossier_id;
		IF given IS NOT NULL THEN
			PERFORM refuse('MC006', format('Mọi khoản đã thu đều đã có biên lai (số %s). Cần thêm bản thì in lại: F9, hoặc F11 nếu vừa in.',
				given), format('all money of %s is on receipts %s', d.code, given));
		END IF;
		PERFORM refuse('MC006', 'Hồ sơ này chưa thu khoản nào để lập biên lai.', 'no money received');
	END IF;
	RETURN 'payer.name' || E'\t' || coalesce(field_raw(receipt, 'submitter.name'), field_raw(receipt, 'owner.name'), '') || E'\n'
		|| 'payer.address' || E'\t' || coalesce(field_raw(receipt, 'submitter.address'), field_raw(receipt, 'owner.address'), '') || E'\n'
		|| sums.lines || field('fee.total', sums.total::text)
		|| CASE WHEN cardinality(sums.ways) = 1 THEN field('paid_by', sums.ways[1]) ELSE '' END
		|| CASE WHEN sums.first < sums.last THEN field('paid_from', iso(sums.first)) ELSE '' END || field('paid_at', iso(sums.last));
END $$;

-- What a kind adds to the repeated fields.
CREATE FUNCTION motcua.paper_body(wanted text, d motcua.dossier, receipt text, moment timestamptz) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN CASE wanted WHEN 'fee' THEN receipt_of_money(d, receipt) ELSE issue_fields(wanted, d, receipt, moment) END;
END $$;

-- As in 0260; the dossier stands still meanwhile, and a receipt takes its money along.
CREATE OR REPLACE FUNCTION desk.issue_paper(request uuid, wanted_form text, wanted bigint)
RETURNS TABLE (paper_id bigint, number text, repeated boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
	made paper;
	receipt text;
	moment timestamptz := date_trunc('second', clock_timestamp());
	body text;
	place record;
	named text := '';
BEGIN
	PERFORM check_that(request IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM pg_advisory_xact_lock(hashtextextended(request::text, mine.unit_id));
	SELECT * INTO made FROM paper x WHERE x.unit_id = mine.unit_id AND x.request_id = request AND x.form = wanted_form;
	IF made.paper_id IS NOT NULL THEN
		RETURN QUERY SELECT made.paper_id, made.number, true;
		RETURN;
	END IF;
	SELECT * INTO d FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id FOR NO KEY UPDATE;
	SELECT p.fields INTO receipt FROM paper p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id AND p.form = '01'
		ORDER BY p.made_at LIMIT 1;
	IF receipt IS NULL THEN
		PERFORM refuse('MC008', 'Hồ sơ này không có giấy tiếp nhận.', format('no form 01 of dossier %s', wanted));
	END IF;
	body := paper_body(wanted_form, d, receipt, moment);
	SELECT extract(year FROM local(moment))::int AS year, NULL::int AS seq INTO place;
	IF EXISTS (SELECT FROM paper_sign s WHERE s.form = wanted_form) THEN
		named := paper_sign_of(wanted_form, moment);
		SELECT * INTO place FROM paper_number(mine.unit_id, wanted_form, moment);
		named := lpad(place.seq::text, greatest(2, length(place.seq::text)), '0') || named;
	END IF;
	INSERT INTO paper (unit_id, dossier_id, request_id, form, year, seq, number, fields, made_at, login)
	VALUES (mine.unit_id, d.dossier_id, request, wanted_form, place.year, place.seq, named, field('number', named)
		|| field('at', iso(moment)) || repeated_fields(receipt) || body || field('officer.name', mine.full_name)
		|| field('officer.title', mine.title), moment, mine.login)
	RETURNING * INTO made;
	IF wanted_form = 'fee' THEN
		UPDATE dossier_fee f SET receipt_paper = made.paper_id FROM unreceipted(d) u
			WHERE f.unit_id = u.unit_id AND f.dossier_id = u.dossier_id AND f.seq = u.seq;
	END IF;
	PERFORM audit('paper_issue', d.dossier_id, jsonb_build_object('paper', made.paper_id, 'form', wanted_form, 'number', named));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'travel ' || d.dossier_id);
	RETURN QUERY SELECT made.paper_id, made.number, false;
END $$;

-- Sums the citizen still owed are received: lines are dossier_fee.seq, way is cash or transfer, received NULL is now
-- (a transfer: when it was on the account).  Returns the dossier's version; repeated, the present one.
CREATE FUNCTION desk.fee_paid(wanted bigint, lines int[], way text, received timestamptz, request uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
	moment timestamptz := date_trunc('second', clock_timestamp());
	at timestamptz := coalesce(received, date_trunc('second', clock_timestamp()));
	say text;
	taken int;
BEGIN
	PERFORM check_that(request IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM pg_advisory_xact_lock(hashtextextended(request::text, mine.unit_id));
	SELECT * INTO d FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id FOR UPDATE;
	IF EXISTS (SELECT FROM dossier_fee f WHERE f.unit_id = mine.unit_id AND f.paid_request = request) THEN
		IF NOT EXISTS (SELECT FROM dossier_fee f WHERE f.unit_id = d.unit_id AND f.dossier_id = d.dossier_id AND f.paid_request = request) THEN
			PERFORM refuse('MC006', 'Yêu cầu này đã dùng cho hồ sơ khác.', format('request %s is of another dossier', request));
		END IF;
		RETURN d.version;
	END IF;
	PERFORM check_that(coalesce(way IN ('cash', 'transfer'), false), 'way', 'Chưa rõ cách nộp tiền.');
	PERFORM check_that(coalesce(cardinality(lines), 0) BETWEEN 1 AND 100, 'lines', 'Chưa rõ thu khoản nào.');
	PERFORM check_that(at BETWEEN date_trunc('minute', d.received_at) AND clock_timestamp() + interval '1 minute', 'received',
		'Lúc nhận tiền phải sau lúc tiếp nhận và không ở tương lai.');
	UPDATE dossier_fee f SET paid = way, paid_at = greatest(at, d.received_at), paid_request = request
		WHERE f.unit_id = d.unit_id AND f.dossier_id = d.dossier_id AND f.seq = ANY (lines) AND f.confirmed AND f.exempt_reason = ''
			AND f.amount > 0 AND f.paid NOT IN ('cash', 'transfer');
	GET DIAGNOSTICS taken = ROW_COUNT;
	IF taken <> (SELECT count(DISTINCT l) FROM unnest(lines) l) THEN
		PERFORM refuse('MC006', 'Có khoản đã thu rồi hoặc không phải thu: hãy xem lại phí, lệ phí của hồ sơ.',
			format('%s of lines %s of %s are owed', taken, lines, wanted));
	END IF;
	SELECT left(format('Đã thu %s (%s, %s)', string_agg(f.name || ' ' || say_money(f.amount), '; ' ORDER BY f.seq),
			CASE way WHEN 'cash' THEN 'tiền mặt' ELSE 'chuyển khoản' END, say_moment(min(f.paid_at))), 900)
		INTO say FROM dossier_fee f WHERE f.unit_id = d.unit_id AND f.dossier_id = d.dossier_id AND f.paid_request = request;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, moment, 'fee_paid', d.status, d.status, mine.login, mine.full_name, say);
	UPDATE dossier x SET version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id RETURNING * INTO d;
	PERFORM tell_taken_up(d, mine, say, moment, false);
	PERFORM audit('fee_paid', d.dossier_id, jsonb_build_object('lines', to_jsonb(lines), 'way', way, 'at', iso(at)));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN d.version;
END $$;

DROP FUNCTION desk.dossier_fees(bigint);
-- receipt: the number of the paper a sum stands on.
CREATE FUNCTION desk.dossier_fees(wanted bigint) RETURNS TABLE (seq int, name text, basis text, exempt_reason text, paid text,
	amount bigint, confirmed boolean, paid_at timestamptz, receipt text)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT f.seq, f.name, f.basis, f.exempt_reason, f.paid, f.amount, f.confirmed, f.paid_at, coalesce(p.number, '')
	FROM dossier_mine(wanted) d JOIN dossier_fee f USING (unit_id, dossier_id)
		LEFT JOIN paper p ON p.unit_id = f.unit_id AND p.paper_id = f.receipt_paper ORDER BY f.seq
$$;

RESET ROLE;
SELECT motcua.open_doors();
