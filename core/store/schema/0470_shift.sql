-- SPDX-License-Identifier: Apache-2.0
-- Money at the desk: a ledger that only grows, shifts whose totals are those of the ledger to the đồng, receipts that
-- are cancelled but keep their number, corrections with their trace, the packet two clerks sign for.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- A clerk's time at the drawer.  Closed it never changes but for the second signature.
CREATE TABLE motcua.shift (
	unit_id     bigint NOT NULL REFERENCES motcua.unit,
	shift_id    bigint GENERATED ALWAYS AS IDENTITY,
	request_id  uuid NOT NULL,
	login       text NOT NULL,
	counter     text NOT NULL DEFAULT '',
	since       timestamptz NOT NULL,         -- papers and money after this moment are its own
	opened_at   timestamptz NOT NULL,
	open_cash   bigint NOT NULL CHECK (open_cash BETWEEN 0 AND 100000000000),
	closed_at   timestamptz,
	counts      jsonb,                        -- {"500000": 3, …}
	cash_counted  bigint,
	cash_expected bigint,
	transfers     bigint,
	difference    bigint,                     -- counted less expected
	reason      text NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
	handed_cash bigint,                       -- goes on; what is left stays in the drawer
	taken_by    text,                         -- the second signature: by the own log-in
	taken_at    timestamptz,
	PRIMARY KEY (unit_id, shift_id),
	UNIQUE (unit_id, request_id),
	CHECK ((closed_at IS NULL) = (difference IS NULL)),
	CHECK (closed_at IS NULL OR difference = cash_counted - cash_expected),
	CHECK (difference IS NULL OR difference = 0 OR reason <> ''),
	CHECK (handed_cash IS NULL OR handed_cash BETWEEN 0 AND cash_counted),
	CHECK (taken_by IS NULL OR (closed_at IS NOT NULL AND taken_by <> login))
);
CREATE UNIQUE INDEX shift_open ON motcua.shift (unit_id, login) WHERE closed_at IS NULL;
CREATE INDEX shift_days ON motcua.shift (unit_id, opened_at DESC);

CREATE FUNCTION motcua.shift_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	IF TG_OP = 'DELETE' OR OLD.taken_by IS NOT NULL
			OR (OLD.closed_at IS NOT NULL AND to_jsonb(NEW) - '{taken_by,taken_at}'::text[] <> to_jsonb(OLD) - '{taken_by,taken_at}'::text[]) THEN
		PERFORM refuse('MC004', 'Ca đã chốt không sửa được.', format('shift %s is closed', OLD.shift_id));
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER shift_stays BEFORE UPDATE OR DELETE ON motcua.shift FOR EACH ROW EXECUTE FUNCTION motcua.shift_stays();

-- Every đồng that came in or went out, as it happened: a correction is the old line turned round and a new one.
CREATE TABLE motcua.ledger (
	unit_id    bigint NOT NULL,
	line_id    bigint GENERATED ALWAYS AS IDENTITY,
	at         timestamptz NOT NULL DEFAULT clock_timestamp(), -- when it was written down
	paid_at    timestamptz NOT NULL,                           -- when the money was there
	login      text NOT NULL,
	shift_id   bigint,                                         -- NULL: no shift of this login yet
	dossier_id bigint NOT NULL,
	fee_seq    int NOT NULL,
	way        text NOT NULL CHECK (way IN ('cash', 'transfer')),
	amount     bigint NOT NULL CHECK (amount <> 0),            -- below 0: given back, or turned round
	reason     text NOT NULL DEFAULT '',
	PRIMARY KEY (unit_id, line_id),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier,
	FOREIGN KEY (unit_id, shift_id) REFERENCES motcua.shift
);
CREATE INDEX ledger_shift ON motcua.ledger (unit_id, shift_id);
CREATE INDEX ledger_open ON motcua.ledger (unit_id, login) WHERE shift_id IS NULL;
CREATE INDEX ledger_at ON motcua.ledger (unit_id, at);

-- A line is of no shift, then of one for ever.
CREATE FUNCTION motcua.ledger_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	IF TG_OP = 'DELETE' OR OLD.shift_id IS NOT NULL OR to_jsonb(NEW) - 'shift_id' <> to_jsonb(OLD) - 'shift_id' THEN
		PERFORM refuse('MC004', 'Sổ thu chỉ được ghi thêm, không được sửa hay xoá.', format('ledger line %s stays', OLD.line_id));
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER ledger_stays BEFORE UPDATE OR DELETE ON motcua.ledger FOR EACH ROW EXECUTE FUNCTION motcua.ledger_stays();

-- A receipt that no longer holds; its number is never used again.
CREATE TABLE motcua.receipt_cancelled (
	unit_id  bigint NOT NULL,
	paper_id bigint NOT NULL,
	at       timestamptz NOT NULL DEFAULT clock_timestamp(),
	login    text NOT NULL,
	reason   text NOT NULL CHECK (reason <> '' AND length(reason) <= 500),
	PRIMARY KEY (unit_id, paper_id),
	FOREIGN KEY (unit_id, paper_id) REFERENCES motcua.paper
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.receipt_cancelled
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- Whatever writes that a sum is paid, or is not, writes the ledger; the drawer's shift is locked against its closing.
CREATE FUNCTION motcua.ledger_of_fee() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	was boolean := TG_OP = 'UPDATE' AND OLD.paid IN ('cash', 'transfer') AND OLD.amount > 0;
	is_now boolean := NEW.paid IN ('cash', 'transfer') AND NEW.amount > 0;
	s bigint;
	why text := coalesce(current_setting('motcua.money_reason', true), '');
BEGIN
	IF was AND is_now AND OLD.paid = NEW.paid AND OLD.amount = NEW.amount THEN
		RETURN NULL;
	END IF;
	IF was OR is_now THEN
		SELECT x.shift_id INTO s FROM shift x WHERE x.unit_id = NEW.unit_id AND x.login = session_user AND x.closed_at IS NULL FOR SHARE;
	END IF;
	IF was THEN
		INSERT INTO ledger (unit_id, paid_at, login, shift_id, dossier_id, fee_seq, way, amount, reason)
			VALUES (NEW.unit_id, clock_timestamp(), session_user, s, NEW.dossier_id, NEW.seq, OLD.paid, -OLD.amount, why);
	END IF;
	IF is_now THEN
		INSERT INTO ledger (unit_id, paid_at, login, shift_id, dossier_id, fee_seq, way, amount, reason)
			VALUES (NEW.unit_id, coalesce(NEW.paid_at, clock_timestamp()), session_user, s, NEW.dossier_id, NEW.seq, NEW.paid, NEW.amount, why);
	END IF;
	RETURN NULL;
END $$;

RESET ROLE;
SELECT motcua.guard('{shift, ledger}', 'SELECT, INSERT');
SELECT motcua.guard('{receipt_cancelled}', '');
GRANT UPDATE (shift_id) ON motcua.shift TO motcua_wire; -- to lock it
GRANT EXECUTE ON FUNCTION motcua.ledger_of_fee TO motcua_wire;
CREATE TRIGGER ledger_of_fee AFTER INSERT OR UPDATE OF paid, amount ON motcua.dossier_fee FOR EACH ROW EXECUTE FUNCTION motcua.ledger_of_fee();
SET ROLE motcua_owner;

-- ---- shifts ----

CREATE FUNCTION motcua.shift_mine(wanted bigint) RETURNS motcua.shift
LANGUAGE plpgsql STABLE AS $$
DECLARE
	mine clerk := me();
	s shift;
BEGIN
	SELECT * INTO s FROM shift x WHERE x.unit_id = mine.unit_id AND x.shift_id = wanted;
	IF s.shift_id IS NULL THEN
		PERFORM refuse('MC008', 'Đơn vị không có ca này.', format('no shift %s in unit %s', wanted, mine.unit_id));
	END IF;
	RETURN s;
END $$;

-- The drawer is mine from now on, with so much in it; money I took before, without a shift, is of this one.
CREATE FUNCTION desk.shift_open(at_counter text, cash bigint, request uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	s shift;
BEGIN
	PERFORM check_that(request IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM check_that(coalesce(cash, -1) BETWEEN 0 AND 100000000000, 'cash', 'Đếm tiền trong két: từ 0 đồng.');
	PERFORM check_that(length(coalesce(at_counter, '')) <= 20, 'counter', 'Quầy không đúng.');
	PERFORM pg_advisory_xact_lock(hashtextextended('motcua.shift ' || mine.login, mine.unit_id));
	SELECT * INTO s FROM shift x WHERE x.unit_id = mine.unit_id AND x.request_id = request;
	IF s.shift_id IS NOT NULL THEN
		RETURN s.shift_id;
	END IF;
	SELECT * INTO s FROM shift x WHERE x.unit_id = mine.unit_id AND x.login = mine.login AND x.closed_at IS NULL;
	IF s.shift_id IS NOT NULL THEN
		PERFORM refuse('MC006', 'Ca của bạn đang mở: chốt ca ấy trước.', format('shift %s is open', s.shift_id));
	END IF;
	INSERT INTO shift (unit_id, request_id, login, counter, since, opened_at, open_cash) VALUES (mine.unit_id, request, mine.login,
		coalesce(at_counter, ''), coalesce((SELECT max(x.closed_at) FROM shift x WHERE x.unit_id = mine.unit_id AND x.login = mine.login), '-infinity'),
		clock_timestamp(), cash) RETURNING * INTO s;
	UPDATE ledger l SET shift_id = s.shift_id WHERE l.unit_id = mine.unit_id AND l.login = mine.login AND l.shift_id IS NULL;
	PERFORM audit('shift_open', NULL, jsonb_build_object('shift', s.shift_id, 'cash', cash));
	PERFORM pg_notify('motcua_unit_' || mine.unit_id, 'money ' || s.shift_id);
	RETURN s.shift_id;
END $$;

-- Sum of bank notes counted; refuses what is no note.
CREATE FUNCTION motcua.cash_of(counts jsonb) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	note text;
	sum bigint := 0;
BEGIN
	PERFORM check_that(jsonb_typeof(counts) = 'object', 'counts', 'Bảng đếm tiền không đúng dạng.');
	FOR note IN SELECT jsonb_object_keys(counts) LOOP
		PERFORM check_that(note IN ('500000', '200000', '100000', '50000', '20000', '10000', '5000', '2000', '1000', '500', '200', '100')
			AND counts->>note ~ '^[0-9]{1,6}$', 'counts', format('Số tờ của mệnh giá %s không đúng.', left(note, 12)));
		sum := sum + note::bigint * (counts->>note)::bigint;
	END LOOP;
	RETURN sum;
END $$;

CREATE FUNCTION motcua.shift_sum(s motcua.shift, wanted text) RETURNS bigint
LANGUAGE sql STABLE AS $$
	SELECT coalesce(sum(l.amount), 0)::bigint FROM ledger l WHERE l.unit_id = s.unit_id AND l.shift_id = s.shift_id AND l.way = wanted
$$;

-- Closes my shift.  said: the difference as the clerk read it: when money came meanwhile it is another one and nothing is
-- closed.  A difference needs its reason.  handed: what goes on to whom takes the packet.
CREATE FUNCTION desk.shift_close(wanted bigint, counted jsonb, said bigint, why text, handed bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	s shift := shift_mine(wanted);
	cash bigint := cash_of(counted);
	due bigint;
	off bigint;
BEGIN
	PERFORM check_that(s.login = mine.login, 'shift', 'Chỉ người giữ ca mới chốt được ca.');
	SELECT * INTO s FROM shift x WHERE x.unit_id = s.unit_id AND x.shift_id = s.shift_id FOR UPDATE;
	IF s.closed_at IS NOT NULL THEN
		PERFORM refuse('MC006', 'Ca này đã chốt.', format('shift %s is closed', wanted));
	END IF;
	due := s.open_cash + shift_sum(s, 'cash');
	off := cash - due;
	IF said IS DISTINCT FROM off THEN
		PERFORM refuse('MC006', format('Sổ ghi phải có %s, đếm được %s: %s. Hãy xem lại rồi chốt.', say_money(due), say_money(cash),
			CASE WHEN off = 0 THEN 'đủ' WHEN off > 0 THEN 'thừa ' || say_money(off) ELSE 'thiếu ' || say_money(-off) END),
			format('difference %s, not %s', off, said), 'difference');
	END IF;
	PERFORM check_that(off = 0 OR btrim(coalesce(why, '')) <> '', 'reason', format('%s %s: ghi lý do.', CASE WHEN off > 0 THEN 'Thừa' ELSE 'Thiếu' END,
		say_money(abs(off))));
	PERFORM check_that(handed IS NULL OR handed BETWEEN 0 AND cash, 'handed', 'Không thể bàn giao nhiều hơn số đếm được.');
	UPDATE shift x SET closed_at = clock_timestamp(), counts = counted, cash_counted = cash, cash_expected = due, transfers = shift_sum(s, 'transfer'),
		difference = off, reason = btrim(coalesce(why, '')), handed_cash = coalesce(handed, cash) WHERE x.unit_id = s.unit_id AND x.shift_id = s.shift_id;
	PERFORM audit('shift_close', NULL, jsonb_build_object('shift', wanted, 'cash', cash, 'difference', off));
	PERFORM pg_notify('motcua_unit_' || s.unit_id, 'money ' || s.shift_id);
END $$;

-- The second clerk has counted and takes the packet: by the own log-in, never by that of who hands it over.
CREATE FUNCTION desk.shift_take(wanted bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	s shift := shift_mine(wanted);
BEGIN
	SELECT * INTO s FROM shift x WHERE x.unit_id = s.unit_id AND x.shift_id = s.shift_id FOR UPDATE;
	PERFORM check_that(s.closed_at IS NOT NULL, 'shift', 'Ca chưa chốt.');
	PERFORM check_that(s.login <> mine.login, 'login', 'Người nhận bàn giao phải là người khác.');
	IF s.taken_by IS NOT NULL THEN
		PERFORM refuse('MC006', 'Gói bàn giao này đã có người nhận.', format('shift %s is taken', wanted));
	END IF;
	UPDATE shift x SET taken_by = mine.login, taken_at = clock_timestamp() WHERE x.unit_id = s.unit_id AND x.shift_id = s.shift_id;
	PERFORM audit('shift_take', NULL, jsonb_build_object('shift', wanted));
	PERFORM pg_notify('motcua_unit_' || s.unit_id, 'money ' || s.shift_id);
END $$;

-- "01–14, 16": numbers in rows.
CREATE FUNCTION motcua.number_ranges(numbers int[]) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce(string_agg(CASE WHEN r.first = r.last THEN lpad(r.first::text, 2, '0') ELSE lpad(r.first::text, 2, '0') || '–' || lpad(r.last::text, 2, '0') END,
		', ' ORDER BY r.first), '')
	FROM (SELECT min(q.n) AS first, max(q.n) AS last FROM (SELECT n, n - row_number() OVER (ORDER BY n) AS island FROM unnest(numbers) n) q GROUP BY q.island) r
$$;

-- Receipts that a shift made (its own since the one before).
CREATE FUNCTION motcua.shift_receipts(s motcua.shift) RETURNS SETOF motcua.paper
LANGUAGE sql STABLE AS $$
	SELECT p.* FROM paper p WHERE p.unit_id = s.unit_id AND p.form = 'fee' AND p.login = s.login AND p.made_at > s.since
		AND p.made_at <= coalesce(s.closed_at, 'infinity')
$$;

-- Shifts of the unit, mine alone unless I am a supervisor; the open ones first, then the newest.
CREATE FUNCTION desk.shifts(most int) RETURNS TABLE (shift_id bigint, login text, name text, counter text, opened_at timestamptz, closed_at timestamptz,
	open_cash bigint, cash bigint, given_back bigint, transfers bigint, expected bigint, counted bigint, difference bigint, reason text, handed bigint,
	taken_by text, taken_at timestamptz, receipts text, receipt_count int, cancelled text, mine boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
	SELECT s.shift_id, s.login, name_of(s.login), s.counter, s.opened_at, s.closed_at, s.open_cash,
		coalesce((SELECT sum(l.amount) FROM ledger l WHERE l.unit_id = s.unit_id AND l.shift_id = s.shift_id AND l.way = 'cash' AND l.amount > 0), 0)::bigint,
		coalesce((SELECT -sum(l.amount) FROM ledger l WHERE l.unit_id = s.unit_id AND l.shift_id = s.shift_id AND l.way = 'cash' AND l.amount < 0), 0)::bigint,
		shift_sum(s, 'transfer'), s.open_cash + shift_sum(s, 'cash'), s.cash_counted, s.difference, s.reason, s.handed_cash,
		CASE WHEN s.taken_by IS NULL THEN '' ELSE name_of(s.taken_by) END, s.taken_at,
		number_ranges(ARRAY(SELECT p.seq FROM shift_receipts(s) p WHERE p.seq IS NOT NULL)), (SELECT count(*) FROM shift_receipts(s))::int,
		coalesce((SELECT string_agg(p.number, ', ' ORDER BY p.seq) FROM shift_receipts(s) p JOIN receipt_cancelled c ON c.unit_id = p.unit_id AND c.paper_id = p.paper_id), ''),
		s.login = me.login
	FROM me() me JOIN shift s ON s.unit_id = me.unit_id AND (s.login = me.login OR me.is_supervisor OR (s.closed_at IS NOT NULL AND s.taken_by IS NULL))
	ORDER BY (s.closed_at IS NULL AND s.login = me.login) DESC, s.opened_at DESC LIMIT greatest(1, least(most, 500))
$$;

-- What I took since my last shift and no shift has: opening one takes it in.
CREATE FUNCTION desk.shift_loose() RETURNS TABLE (cash bigint, transfers bigint, lines int, left_over bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT coalesce(sum(l.amount) FILTER (WHERE l.way = 'cash'), 0)::bigint, coalesce(sum(l.amount) FILTER (WHERE l.way = 'transfer'), 0)::bigint, count(l.line_id)::int,
		coalesce((SELECT s.cash_counted - s.handed_cash FROM shift s, me() m WHERE s.unit_id = m.unit_id AND s.login = m.login AND s.closed_at IS NOT NULL
			ORDER BY s.closed_at DESC LIMIT 1), 0)::bigint
	FROM me() me LEFT JOIN ledger l ON l.unit_id = me.unit_id AND l.login = me.login AND l.shift_id IS NULL
$$;

-- ---- receipts and corrections ----

-- The register: every number of a period, cancelled ones with their reason.
CREATE FUNCTION desk.receipts(first date, last date, most int) RETURNS TABLE (paper_id bigint, number text, made_at timestamptz, dossier_id bigint, code text,
	total bigint, way text, by_name text, cancelled_at timestamptz, reason text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT p.paper_id, p.number, p.made_at, p.dossier_id, coalesce(d.code, ''), coalesce(nullif(field_raw(p.fields, 'fee.total'), '')::bigint, 0),
		coalesce(field_raw(p.fields, 'paid_by'), ''), name_of(p.login), c.at, coalesce(c.reason, '')
	FROM me() me JOIN paper p ON p.unit_id = me.unit_id AND p.form = 'fee' AND p.made_at >= first::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
			AND p.made_at < (last + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
		LEFT JOIN dossier d ON d.unit_id = p.unit_id AND d.dossier_id = p.dossier_id
		LEFT JOIN receipt_cancelled c ON c.unit_id = p.unit_id AND c.paper_id = p.paper_id
	ORDER BY p.year DESC, p.seq DESC LIMIT greatest(1, least(most, 5000))
$$;

-- A receipt no longer holds: its number stays used, its sums may stand on another one.  Whoever made it, or a supervisor.
CREATE FUNCTION desk.receipt_cancel(paper bigint, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	p motcua.paper;
	d dossier;
BEGIN
	PERFORM check_that(btrim(coalesce(why, '')) <> '' AND length(why) <= 500, 'reason', 'Ghi lý do huỷ biên lai.');
	SELECT * INTO p FROM motcua.paper x WHERE x.unit_id = mine.unit_id AND x.paper_id = receipt_cancel.paper AND x.form = 'fee';
	IF p.paper_id IS NULL THEN
		PERFORM refuse('MC008', 'Không có biên lai này.', format('no receipt %s', receipt_cancel.paper));
	END IF;
	IF p.login <> mine.login THEN
		PERFORM my_supervisor();
	END IF;
	SELECT * INTO d FROM dossier x WHERE x.unit_id = p.unit_id AND x.dossier_id = p.dossier_id FOR UPDATE;
	IF EXISTS (SELECT FROM receipt_cancelled c WHERE c.unit_id = p.unit_id AND c.paper_id = p.paper_id) THEN
		PERFORM refuse('MC006', 'Biên lai này đã huỷ.', format('receipt %s is cancelled', p.number));
	END IF;
	INSERT INTO receipt_cancelled (unit_id, paper_id, login, reason) VALUES (p.unit_id, p.paper_id, mine.login, btrim(why));
	UPDATE dossier_fee f SET receipt_paper = NULL WHERE f.unit_id = p.unit_id AND f.receipt_paper = p.paper_id;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, date_trunc('second', clock_timestamp()), 'receipt_cancelled', d.status, d.status, mine.login, mine.full_name,
			left(format('Huỷ biên lai số %s: %s', p.number, btrim(why)), 900));
	PERFORM audit('receipt_cancel', d.dossier_id, jsonb_build_object('paper', p.paper_id, 'number', p.number));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
END $$;

-- A payment was written down wrongly, or is given back.  fresh: "cash" "transfer" (the other way it came), "later" (not
-- received: still owed), "returned" (given back, owed no more).  A supervisor's; its receipt is cancelled with it.
CREATE FUNCTION desk.fee_correct(wanted bigint, seq int, fresh text, why text, request uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
#variable_conflict use_column
DECLARE
	mine clerk := my_supervisor();
	d dossier := dossier_mine(wanted);
	f dossier_fee;
	said text := btrim(coalesce(why, ''));
BEGIN
	PERFORM check_that(request IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM check_that(coalesce($3 IN ('cash', 'transfer', 'later', 'returned'), false), 'way', 'Chưa rõ sửa thành gì.');
	PERFORM check_that(said <> '' AND length(said) <= 300, 'reason', 'Ghi lý do.');
	SELECT * INTO d FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id FOR UPDATE;
	IF EXISTS (SELECT FROM ledger l WHERE l.unit_id = d.unit_id AND l.dossier_id = d.dossier_id AND l.reason = said || ' [' || request || ']') THEN
		RETURN d.version;
	END IF;
	SELECT * INTO f FROM dossier_fee x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.seq = $2;
	IF f.seq IS NULL OR f.paid NOT IN ('cash', 'transfer') OR f.amount = 0 OR f.paid = $3 THEN
		PERFORM refuse('MC006', 'Khoản này không ở trạng thái sửa được: hãy xem lại phí, lệ phí của hồ sơ.', format('fee %s of %s cannot become %s', $2, wanted, $3));
	END IF;
	IF f.receipt_paper IS NOT NULL THEN
		PERFORM desk.receipt_cancel(f.receipt_paper, 'Sửa khoản thu: ' || said);
	END IF;
	PERFORM set_config('motcua.money_reason', said || ' [' || request || ']', true);
	UPDATE dossier_fee x SET paid = CASE WHEN $3 IN ('cash', 'transfer') THEN $3 WHEN $3 = 'later' THEN 'later' ELSE 'none' END,
		paid_at = CASE WHEN $3 IN ('cash', 'transfer') THEN x.paid_at END, paid_request = NULL,
		exempt_reason = CASE $3 WHEN 'returned' THEN left('Đã hoàn trả: ' || said, 300) ELSE x.exempt_reason END
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.seq = $2;
	PERFORM set_config('motcua.money_reason', '', true);
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, date_trunc('second', clock_timestamp()), 'fee_corrected', d.status, d.status, mine.login, mine.full_name,
			left(format('%s %s: %s', f.name || ' ' || say_money(f.amount), CASE $3 WHEN 'cash' THEN 'là tiền mặt, không phải chuyển khoản'
				WHEN 'transfer' THEN 'là chuyển khoản, không phải tiền mặt' WHEN 'later' THEN 'chưa thu, ghi nhầm' ELSE 'đã hoàn trả' END, said), 900));
	UPDATE dossier x SET version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id RETURNING * INTO d;
	PERFORM audit('fee_correct', d.dossier_id, jsonb_build_object('seq', $2, 'to', $3));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN d.version;
END $$;

-- What was cancelled is not printed again as if it held.
CREATE FUNCTION motcua.cancelled_rests() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	number text := (SELECT p.number FROM receipt_cancelled c JOIN paper p ON p.unit_id = c.unit_id AND p.paper_id = c.paper_id
		WHERE c.unit_id = NEW.unit_id AND c.paper_id = ANY (NEW.papers) LIMIT 1);
BEGIN
	IF number IS NOT NULL THEN
		PERFORM refuse('MC006', format('Biên lai số %s đã huỷ: không in lại.', number), format('receipt %s is cancelled', number));
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER cancelled_rests BEFORE INSERT ON motcua.print_job FOR EACH ROW EXECUTE FUNCTION motcua.cancelled_rests();

RESET ROLE;
SELECT motcua.open_doors();
