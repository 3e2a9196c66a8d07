-- SPDX-License-Identifier: Apache-2.0
-- A payment that is put right is put right in the drawer where its money lies, while that drawer's shift is open; and a packet
-- says every receipt that was cancelled in its time, and whatever was put right, of which shift and by whom.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

ALTER TABLE motcua.ledger
	ADD COLUMN of_line bigint,                         -- the line that this one puts right
	ADD COLUMN written_by text,                        -- who wrote it into another's drawer; NULL: whose it is
	ADD COLUMN refund boolean NOT NULL DEFAULT false;  -- given back and owed no more: neither a mistake nor a change of way
CREATE INDEX ledger_fee ON motcua.ledger (unit_id, dossier_id, fee_seq, line_id);
-- What was given back before these columns were there.
ALTER TABLE motcua.ledger DISABLE TRIGGER ledger_stays;
RESET ROLE;
UPDATE motcua.ledger l SET refund = true FROM motcua.dossier_fee f WHERE f.unit_id = l.unit_id AND f.dossier_id = l.dossier_id AND f.seq = l.fee_seq
	AND f.paid = 'none' AND f.exempt_reason LIKE 'Đã hoàn trả: %' AND l.amount < 0 AND l.line_id = (SELECT max(x.line_id) FROM motcua.ledger x
		WHERE x.unit_id = l.unit_id AND x.dossier_id = l.dossier_id AND x.fee_seq = l.fee_seq);
SET ROLE motcua_owner;
ALTER TABLE motcua.ledger ENABLE TRIGGER ledger_stays;

-- In whose drawer the money of a line still lies: its own login's while its shift is open, or while no shift has it; else nobody's.
-- The shift is locked against its closing, a login without one against its opening.
CREATE FUNCTION motcua.drawer_of(INOUT l motcua.ledger, OUT there boolean)
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	there := false;
	IF l.line_id IS NOT NULL AND l.shift_id IS NULL THEN
		PERFORM pg_advisory_xact_lock(hashtextextended('motcua.shift ' || l.login, l.unit_id));
		SELECT x.* INTO l FROM ledger x WHERE x.unit_id = l.unit_id AND x.line_id = l.line_id;
		there := l.shift_id IS NULL;
	END IF;
	IF l.shift_id IS NOT NULL THEN
		PERFORM FROM shift x WHERE x.unit_id = l.unit_id AND x.shift_id = l.shift_id AND x.closed_at IS NULL FOR SHARE;
		there := FOUND;
	END IF;
END $$;

-- As in 0470; what was taken and stands otherwise now is written where it lies, but for money given back: that leaves the drawer of
-- who gives it.
CREATE OR REPLACE FUNCTION motcua.ledger_of_fee() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	was boolean := TG_OP = 'UPDATE' AND OLD.paid IN ('cash', 'transfer') AND OLD.amount > 0;
	is_now boolean := NEW.paid IN ('cash', 'transfer') AND NEW.amount > 0;
	back boolean := NEW.paid = 'none';
	drawer text := session_user;
	s bigint;
	why text := coalesce(current_setting('motcua.money_reason', true), '');
	taken ledger;
	lies record;
	there boolean := false;
BEGIN
	IF was AND is_now AND OLD.paid = NEW.paid AND OLD.amount = NEW.amount OR NOT (was OR is_now) THEN
		RETURN NULL;
	END IF;
	IF was THEN
		SELECT l.* INTO taken FROM ledger l WHERE l.unit_id = NEW.unit_id AND l.dossier_id = NEW.dossier_id AND l.fee_seq = NEW.seq
			AND l.amount > 0 AND l.way = OLD.paid ORDER BY l.line_id DESC LIMIT 1;
		IF taken.line_id IS NOT NULL AND NOT back THEN
			SELECT * INTO lies FROM drawer_of(taken);
			taken := lies.l;
			there := lies.there;
		END IF;
	END IF;
	IF there THEN
		drawer := taken.login;
		s := taken.shift_id;
	ELSE
		SELECT x.shift_id INTO s FROM shift x WHERE x.unit_id = NEW.unit_id AND x.login = session_user AND x.closed_at IS NULL FOR SHARE;
	END IF;
	IF was THEN
		INSERT INTO ledger (unit_id, at, paid_at, login, shift_id, dossier_id, fee_seq, way, amount, reason, of_line, written_by, refund)
			VALUES (NEW.unit_id, clock_timestamp(), clock_timestamp(), drawer, s, NEW.dossier_id, NEW.seq, OLD.paid, -OLD.amount, why, taken.line_id,
				nullif(session_user, drawer), back);
	END IF;
	IF is_now THEN
		INSERT INTO ledger (unit_id, at, paid_at, login, shift_id, dossier_id, fee_seq, way, amount, reason, of_line, written_by)
			VALUES (NEW.unit_id, clock_timestamp(), coalesce(NEW.paid_at, clock_timestamp()), drawer, s, NEW.dossier_id, NEW.seq, NEW.paid, NEW.amount, why, taken.line_id,
				nullif(session_user, drawer));
	END IF;
	IF drawer <> session_user THEN
		PERFORM pg_notify('motcua_unit_' || NEW.unit_id, 'money ' || coalesce(s, 0));
	END IF;
	RETURN NULL;
END $$;

-- ---- what a packet says of it ----

CREATE INDEX receipt_cancelled_at ON motcua.receipt_cancelled (unit_id, at);

-- Receipts cancelled while a shift lasted: those of its clerk, whoever cancelled them, and those of others that its clerk cancelled.
-- Each is in one shift of each of the two.  mark: "" made and cancelled in it by one and the same.
CREATE FUNCTION motcua.shift_voids(s motcua.shift) RETURNS TABLE (paper_id bigint, year int, seq int, number text, total text, at timestamptz,
	mark text, reason text)
LANGUAGE sql STABLE AS $$
	SELECT p.paper_id, p.year, p.seq, p.number, nullif(field_raw(p.fields, 'fee.total'), ''), c.at,
		concat_ws(', ', CASE WHEN p.login <> s.login THEN 'của ' || name_of(p.login) WHEN p.made_at <= s.since THEN 'của ca trước' END,
			CASE WHEN c.login <> s.login THEN name_of(c.login) || ' huỷ' END), c.reason
	FROM receipt_cancelled c JOIN paper p ON p.unit_id = c.unit_id AND p.paper_id = c.paper_id
	WHERE c.unit_id = s.unit_id AND (c.login = s.login OR p.login = s.login) AND c.at > s.since AND c.at <= coalesce(s.closed_at, 'infinity')
$$;

CREATE FUNCTION motcua.way_words(way text) RETURNS text
LANGUAGE sql IMMUTABLE RETURN CASE way WHEN 'cash' THEN 'tiền mặt' ELSE 'chuyển khoản' END;

-- What was put right in a shift's drawer, each in words: how much, what it is now, of which shift where it was another, by whom, why.
CREATE FUNCTION motcua.shift_fixes(s motcua.shift) RETURNS TABLE (nth bigint, words text)
LANGUAGE sql STABLE AS $$
	SELECT row_number() OVER (ORDER BY l.line_id), concat_ws('; ', d.code || ': ' || say_money(-l.amount) || ' ' || way_words(l.way)
			|| CASE WHEN l.refund THEN ', đã hoàn trả' WHEN n.line_id IS NULL THEN ', chưa thu, ghi nhầm' ELSE ', ghi lại là ' || way_words(n.way) END,
		CASE WHEN o.shift_id IS DISTINCT FROM l.shift_id THEN 'thu ở ca của ' || name_of(o.login) || coalesce(' chốt ' || to_char(local(t.closed_at),
			'HH24:MI DD/MM/YYYY'), '') END,
		CASE WHEN l.written_by IS NOT NULL THEN name_of(l.written_by) || ' sửa' END, nullif(regexp_replace(l.reason, ' \[[0-9a-f-]{36}\]$', ''), ''))
	FROM ledger l JOIN dossier d ON d.unit_id = l.unit_id AND d.dossier_id = l.dossier_id
		LEFT JOIN ledger o ON o.unit_id = l.unit_id AND o.line_id = l.of_line LEFT JOIN shift t ON t.unit_id = o.unit_id AND t.shift_id = o.shift_id
		LEFT JOIN LATERAL (SELECT x.line_id, x.way FROM ledger x WHERE x.unit_id = l.unit_id AND x.dossier_id = l.dossier_id AND x.fee_seq = l.fee_seq
			AND x.line_id > l.line_id AND x.of_line = l.of_line AND x.amount > 0 ORDER BY x.line_id LIMIT 1) n ON true
	WHERE l.unit_id = s.unit_id AND l.shift_id = s.shift_id AND l.amount < 0 AND l.of_line IS NOT NULL
$$;

-- As in 0722; receipts cancelled and payments put right in its time.
CREATE OR REPLACE FUNCTION motcua.shift_fields(s motcua.shift) RETURNS text
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
		|| (SELECT field('shift.void_count', nullif(count(*), 0)::text) FROM shift_voids(s))
		|| coalesce((SELECT string_agg(field('void.' || q.n || '.number', q.number) || field('void.' || q.n || '.amount', q.total)
				|| field('void.' || q.n || '.at', iso(q.at)) || field('void.' || q.n || '.reason', concat_ws(': ', nullif(q.mark, ''), q.reason)), '' ORDER BY q.n)
			FROM (SELECT v.number, v.total, date_trunc('second', v.at) AS at, v.mark, v.reason, row_number() OVER (ORDER BY v.year, v.seq) AS n
				FROM shift_voids(s) v) q), '')
		|| (SELECT field('shift.fix_count', nullif(count(*), 0)::text) || coalesce(string_agg(field('fix.' || x.nth || '.text', x.words), '' ORDER BY x.nth)
				FILTER (WHERE x.nth <= 100), '') || field('fix.101.text', CASE WHEN count(*) > 100 THEN format('và %s khoản nữa', count(*) - 100) END)
			FROM shift_fixes(s) x)
$$;

-- As in 0470.
CREATE OR REPLACE FUNCTION desk.shifts(most int) RETURNS TABLE (shift_id bigint, login text, name text, counter text, opened_at timestamptz, closed_at timestamptz,
	open_cash bigint, cash bigint, given_back bigint, transfers bigint, expected bigint, counted bigint, difference bigint, reason text, handed bigint,
	taken_by text, taken_at timestamptz, receipts text, receipt_count int, cancelled text, mine boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
	SELECT s.shift_id, s.login, name_of(s.login), s.counter, s.opened_at, s.closed_at, s.open_cash,
		coalesce((SELECT sum(l.amount) FROM ledger l WHERE l.unit_id = s.unit_id AND l.shift_id = s.shift_id AND l.way = 'cash' AND l.amount > 0), 0)::bigint,
		coalesce((SELECT -sum(l.amount) FROM ledger l WHERE l.unit_id = s.unit_id AND l.shift_id = s.shift_id AND l.way = 'cash' AND l.amount < 0), 0)::bigint,
		shift_sum(s, 'transfer'), s.open_cash + shift_sum(s, 'cash'), s.cash_counted, s.difference, s.reason, s.handed_cash,
		CASE WHEN s.taken_by IS NULL THEN '' ELSE name_of(s.taken_by) END, s.taken_at,
		number_ranges(ARRAY(SELECT p.seq FROM shift_receipts(s) p WHERE p.seq IS NOT NULL)), (SELECT count(*) FROM shift_receipts(s))::int,
		coalesce((SELECT string_agg(v.number || CASE v.mark WHEN '' THEN '' ELSE ' (' || v.mark || ')' END, ', ' ORDER BY v.year, v.seq) FROM shift_voids(s) v), ''),
		s.login = me.login
	FROM me() me JOIN shift s ON s.unit_id = me.unit_id AND (s.login = me.login OR me.is_supervisor OR (s.closed_at IS NOT NULL AND s.taken_by IS NULL))
	ORDER BY (s.closed_at IS NULL AND s.login = me.login) DESC, s.opened_at DESC LIMIT greatest(1, least(most, 500))
$$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.drawer_of TO motcua_wire;
SELECT motcua.open_doors();
