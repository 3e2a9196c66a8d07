-- SPDX-License-Identifier: Apache-2.0
-- Papers of every kind: their signs as data with validity, numbers without a gap within unit, year and form;
-- the unit's accounts; fee receipt, payment slip and result slip of a dossier.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

ALTER TABLE motcua.paper DROP CONSTRAINT paper_form_check;
ALTER TABLE motcua.paper ADD CONSTRAINT paper_form_check CHECK (form ~ '^(0[1-7]b?|[a-z][a-z0-9-]{1,30})$');

-- What stands behind the number of a paper, from which day (TT 03/2025/TT-VPCP, Phụ lục I; the others are our own).
CREATE TABLE motcua.paper_sign (
	form       text NOT NULL,
	sign       text NOT NULL,
	basis      text NOT NULL DEFAULT '',
	valid_from date NOT NULL DEFAULT '2025-07-01',
	valid_to   date,
	PRIMARY KEY (form, valid_from)
);
INSERT INTO motcua.paper_sign (form, sign, basis) VALUES
	('02', '/PBS-TTPVHCC', 'Mẫu số 02'), ('03', '/PTC-TTPVHCC', 'Mẫu số 03'), ('04', '/PXL', 'Mẫu số 04'),
	('05', '/TBD-TTPVHCC', 'Mẫu số 05 (tạm)'), ('06', '/PKS-TTPVHCC', 'Mẫu số 06'), ('07', '/STD-TTPVHCC', 'Mẫu số 07'),
	('appointment', '/PH-TTPVHCC', ''), ('handover', '/BBGN-TTPVHCC', ''), ('post-handover', '/BBGN-BC-TTPVHCC', ''),
	('post-slip', '/PG-TTPVHCC', ''), ('result', '/PTKQ-TTPVHCC', ''), ('fee', '/BL-TTPVHCC', '');

CREATE FUNCTION motcua.paper_sign_of(wanted text, moment timestamptz) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
	found_sign text := (SELECT s.sign FROM paper_sign s WHERE s.form = wanted AND s.valid_from <= local(moment)::date
		AND (s.valid_to IS NULL OR s.valid_to > local(moment)::date) ORDER BY s.valid_from DESC LIMIT 1);
BEGIN
	IF found_sign IS NULL THEN
		PERFORM refuse('MC005', format('Loại giấy %s không có ký hiệu số.', wanted), format('no sign of form %s', wanted), 'form');
	END IF;
	RETURN found_sign;
END $$;

-- The account fees are transferred to.  A file of its own: bank_accounts.tsv.
CREATE TABLE motcua.bank_accounts (LIKE motcua.catalogue_row INCLUDING ALL,
	unit_code text NOT NULL, bin text NOT NULL CHECK (bin ~ '^[0-9]{6}$'), bank text NOT NULL CHECK (bank <> ''),
	account text NOT NULL CHECK (account ~ '^[0-9A-Za-z]{1,19}$'), holder text NOT NULL CHECK (holder <> ''),
	basis text NOT NULL, valid_from date, valid_to date);
INSERT INTO motcua.catalogue_kind VALUES ('bank_accounts', '{unit_code,valid_from}');
CREATE UNIQUE INDEX ON motcua.bank_accounts ((coalesce(unit_id, 0)), key) WHERE ended IS NULL;

CREATE FUNCTION motcua.bank_of(wanted_unit text, on_day date) RETURNS motcua.bank_accounts
LANGUAGE sql STABLE AS $$
	SELECT b FROM bank_accounts b WHERE b.unit_code = wanted_unit AND b.ended IS NULL AND b.unit_id IS NULL
		AND coalesce(b.valid_from, '-infinity') <= on_day AND coalesce(b.valid_to, 'infinity') > on_day
	ORDER BY b.valid_from DESC NULLS LAST LIMIT 1
$$;

-- A value as it stands in the text of a paper, escapes and all.
CREATE FUNCTION motcua.field_raw(fields text, key text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
	SELECT (regexp_match(E'\n' || fields, E'\n' || replace(key, '.', '\.') || E'\t([^\n]*)'))[1]
$$;

-- What later papers of a dossier repeat of its receipt.
CREATE FUNCTION motcua.repeated_fields(receipt text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce(string_agg(line || E'\n', '' ORDER BY n), '')
	FROM regexp_split_to_table(receipt, E'\n') WITH ORDINALITY l(line, n)
	WHERE line ~ E'^(practice|lookup_url|dossier\\.code|received_at|summary|(unit|procedure|case|owner|submitter|mandate)\\.[a-z_]+)\t'
$$;

CREATE FUNCTION motcua.money_owed(d motcua.dossier) RETURNS bigint
LANGUAGE sql STABLE AS $$
	SELECT coalesce(sum(f.amount), 0)::bigint FROM dossier_fee f WHERE f.unit_id = d.unit_id AND f.dossier_id = d.dossier_id
		AND f.confirmed AND f.exempt_reason = '' AND f.paid NOT IN ('cash', 'transfer')
$$;

CREATE FUNCTION motcua.bank_fields(d motcua.dossier, moment timestamptz) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT field('transfer.amount', money_owed(d)::text) || coalesce((SELECT field('bank.bin', b.bin) || field('bank.name', b.bank)
		|| field('bank.account', b.account) || field('bank.holder', b.holder)
		FROM unit u, bank_of(u.code, local(moment)::date) b WHERE u.unit_id = d.unit_id), '')
$$;

-- The lines of money a paper shows: received ones on a receipt, open ones on a payment slip.
CREATE FUNCTION motcua.fee_fields(d motcua.dossier, received boolean) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT coalesce(string_agg(field('fee.' || n || '.name', name) || field('fee.' || n || '.amount', amount::text)
		|| field('fee.' || n || '.confirmed', '1') || field('fee.' || n || '.basis', basis)
		|| field('fee.' || n || '.exempt_reason', exempt_reason)
		|| CASE WHEN received THEN field('fee.' || n || '.paid', nullif(paid, 'none')) ELSE '' END, '' ORDER BY n), '')
	FROM (SELECT f.*, row_number() OVER (ORDER BY f.seq) AS n FROM dossier_fee f
		WHERE f.unit_id = d.unit_id AND f.dossier_id = d.dossier_id AND f.confirmed
			AND (f.exempt_reason <> '' OR (f.paid IN ('cash', 'transfer')) = received)) q
$$;

-- What a kind adds to the repeated fields; refuses what has nothing to say yet.
CREATE FUNCTION motcua.issue_fields(wanted text, d motcua.dossier, receipt text, moment timestamptz) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
	payer text := coalesce(field_raw(receipt, 'submitter.name'), field_raw(receipt, 'owner.name'), '');
	place text := coalesce(field_raw(receipt, 'submitter.address'), field_raw(receipt, 'owner.address'), '');
	head text := 'payer.name' || E'\t' || payer || E'\n' || 'payer.address' || E'\t' || place || E'\n';
	sum_received bigint;
	ways text[];
BEGIN
	CASE wanted
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

-- A paper of a dossier, numbered and frozen; the same request gives the same paper.
CREATE FUNCTION desk.issue_paper(request uuid, wanted_form text, wanted bigint)
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
	SELECT p.fields INTO receipt FROM paper p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id AND p.form = '01'
		ORDER BY p.made_at LIMIT 1;
	IF receipt IS NULL THEN
		PERFORM refuse('MC008', 'Hồ sơ này không có giấy tiếp nhận.', format('no form 01 of dossier %s', wanted));
	END IF;
	body := issue_fields(wanted_form, d, receipt, moment);
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
	PERFORM audit('paper_issue', d.dossier_id, jsonb_build_object('paper', made.paper_id, 'form', wanted_form, 'number', named));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'travel ' || d.dossier_id);
	RETURN QUERY SELECT made.paper_id, made.number, false;
END $$;

-- What a citizen is shown to transfer: nothing of it says that anything was paid.
CREATE FUNCTION desk.transfer(wanted bigint) RETURNS TABLE (code text, amount bigint, bin text, bank text, account text,
	holder text)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT d.code, money_owed(d), b.bin, b.bank, b.account, b.holder
	FROM dossier_mine(wanted) d JOIN unit u ON u.unit_id = d.unit_id LEFT JOIN LATERAL bank_of(u.code, local(now())::date) b ON true
$$;

-- A line of history, once a minute at most: shown, by whom, how much.
CREATE FUNCTION desk.transfer_shown(wanted bigint, shown bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
BEGIN
	IF EXISTS (SELECT FROM dossier_event e WHERE e.unit_id = d.unit_id AND e.dossier_id = d.dossier_id
		AND e.act = 'transfer_shown' AND e.at > clock_timestamp() - interval '1 minute') THEN
		RETURN;
	END IF;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, clock_timestamp(), 'transfer_shown', d.status, d.status, mine.login, mine.full_name,
			format('Đã đưa mã chuyển khoản VietQR %s đồng (chưa xác nhận tiền về)', replace(to_char(shown, 'FM999G999G999G999'), ',', '.')));
	PERFORM audit('transfer_shown', d.dossier_id, jsonb_build_object('amount', shown));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'travel ' || d.dossier_id);
END $$;

RESET ROLE;
SELECT motcua.guard('{paper_sign,bank_accounts}', '');
CREATE POLICY common ON motcua.bank_accounts FOR SELECT TO motcua_owner USING (unit_id IS NULL);
CREATE POLICY import_in ON motcua.bank_accounts FOR INSERT TO motcua_owner WITH CHECK ((SELECT motcua.is_admin()));
CREATE POLICY import_end ON motcua.bank_accounts FOR UPDATE TO motcua_owner USING ((SELECT motcua.is_admin()));
SELECT motcua.open_doors();
