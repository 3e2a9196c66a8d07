-- SPDX-License-Identifier: Apache-2.0
-- More reports: digitisation, dossiers between places (phi địa giới), money, the book of dossiers (Mẫu 07);
-- and the dossiers behind every figure.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Digitisation of what was received in a period, and of what was finished in it with a result.
CREATE FUNCTION motcua.digitised(unit bigint, since date, until date, deciding boolean)
RETURNS TABLE (dossier_id bigint, field text, received boolean, with_file boolean, reused boolean, portal boolean, done boolean,
	result_file boolean)
LANGUAGE sql STABLE AS $$
	SELECT c.dossier_id, c.field, NOT c.carried,
		NOT c.carried AND EXISTS (SELECT FROM dossier_component k WHERE k.unit_id = unit AND k.dossier_id = c.dossier_id AND k.files <> '{}'),
		NOT c.carried AND (EXISTS (SELECT FROM file_use f WHERE f.unit_id = unit AND f.dossier_id = c.dossier_id)
			OR EXISTS (SELECT FROM dossier_component k WHERE k.unit_id = unit AND k.dossier_id = c.dossier_id AND k.action = 'lookup'
				AND k.state = 'ok')),
		NOT c.carried AND c.channel = 2, r.done,
		r.done AND EXISTS (SELECT FROM answer_part p WHERE p.unit_id = unit AND p.dossier_id = c.dossier_id AND p.kind = 'result'
			AND p.file_id IS NOT NULL)
	FROM counted(unit, since, until, deciding) c CROSS JOIN LATERAL (SELECT c.ended_at IS NOT NULL AND c.status IN (9, 10) AS done) r
	WHERE NOT c.carried OR r.done
$$;

CREATE FUNCTION desk.report_digitised(since date, until date, deciding boolean, narrow text, personal boolean, reason text)
RETURNS TABLE (key text, field text, received bigint, no_file bigint, with_file bigint, reused bigint, portal bigint, done bigint,
	no_result bigint, result_file bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
	unit bigint := report_gate('digitised', since, until, deciding, narrow, false, '');
BEGIN
	RETURN QUERY SELECT g.field, g.field, count(*) FILTER (WHERE g.received), count(*) FILTER (WHERE g.received AND NOT g.with_file),
		count(*) FILTER (WHERE g.with_file), count(*) FILTER (WHERE g.reused), count(*) FILTER (WHERE g.portal),
		count(*) FILTER (WHERE g.done), count(*) FILTER (WHERE g.done AND NOT g.result_file), count(*) FILTER (WHERE g.result_file)
	FROM digitised(unit, since, until, deciding) g WHERE coalesce(narrow, '') IN ('', g.field)
	GROUP BY g.field ORDER BY g.field COLLATE vi;
END $$;

-- Dossiers between places: received here for others, received elsewhere for us.
CREATE FUNCTION motcua.between_places(unit bigint, since date, until date)
RETURNS TABLE (dossier_id bigint, key text, way text, agency text, field text, carried boolean, channel int, class text)
LANGUAGE sql STABLE AS $$
	SELECT c.dossier_id, w.way || '|' || coalesce(nullif(a.code, ''), a.name), w.way, a.name, c.field, c.carried, c.channel, c.class
	FROM counted(unit, since, until, NULL) c JOIN dossier_agency a ON a.unit_id = unit AND a.dossier_id = c.dossier_id
		JOIN (VALUES ('deciding', 'out'), ('receiving', 'in')) w(role, way) ON w.role = a.role
	WHERE a.code IS DISTINCT FROM (SELECT u.code FROM unit u WHERE u.unit_id = unit)
$$;

CREATE FUNCTION desk.report_elsewhere(since date, until date, deciding boolean, narrow text, personal boolean, reason text)
RETURNS TABLE (key text, way text, agency text, total bigint, received bigint, carried bigint, done bigint, early bigint,
	on_time bigint, late bigint, open bigint, within bigint, overdue bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
	unit bigint := report_gate('elsewhere', since, until, deciding, narrow, false, '');
BEGIN
	RETURN QUERY SELECT b.key, CASE b.way WHEN 'out' THEN 'Chuyển đi' ELSE 'Chuyển đến' END, min(b.agency), count(*),
		count(*) FILTER (WHERE NOT b.carried), count(*) FILTER (WHERE b.carried),
		count(*) FILTER (WHERE in_column(b.carried, b.channel, b.class, 'done')), count(*) FILTER (WHERE b.class = 'early'),
		count(*) FILTER (WHERE b.class = 'on_time'), count(*) FILTER (WHERE b.class = 'late'),
		count(*) FILTER (WHERE in_column(b.carried, b.channel, b.class, 'open')), count(*) FILTER (WHERE b.class = 'within'),
		count(*) FILTER (WHERE b.class = 'overdue')
	FROM between_places(unit, since, until) b WHERE coalesce(narrow, '') IN ('', b.field)
	GROUP BY b.key, b.way ORDER BY b.way DESC, min(b.agency) COLLATE vi;
END $$;

-- Money lines of a period: received in it (by the moment of receipt); waived, and still owed, of dossiers received in it.
CREATE FUNCTION motcua.money_lines(unit bigint, since date, until date)
RETURNS TABLE (dossier_id bigint, name text, field text, amount bigint, way text)
LANGUAGE sql STABLE AS $$
	SELECT f.dossier_id, f.name, d.field, f.amount, f.paid FROM dossier_fee f JOIN dossier d USING (unit_id, dossier_id)
	WHERE f.unit_id = unit AND f.paid_at >= begins(since) AND f.paid_at < begins(until + 1) AND f.paid IN ('cash', 'transfer')
	UNION ALL
	SELECT f.dossier_id, f.name, d.field, f.amount, CASE WHEN f.exempt_reason <> '' THEN 'exempt' ELSE 'owed' END
	FROM dossier d JOIN dossier_fee f USING (unit_id, dossier_id)
	WHERE d.unit_id = unit AND d.received_at >= begins(since) AND d.received_at < begins(until + 1) AND f.paid_at IS NULL
		AND (f.exempt_reason <> '' OR f.confirmed AND f.amount > 0 AND f.paid = 'later' AND d.status NOT IN (1, 3, 7, 8))
$$;

CREATE FUNCTION desk.report_fees(since date, until date, deciding boolean, narrow text, personal boolean, reason text)
RETURNS TABLE (key text, name text, dossiers bigint, cash bigint, transfer bigint, total bigint, exempt bigint, owed bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
	unit bigint := report_gate('fees', since, until, deciding, narrow, false, '');
BEGIN
	RETURN QUERY SELECT m.name, m.name, count(DISTINCT m.dossier_id), coalesce(sum(m.amount) FILTER (WHERE m.way = 'cash'), 0)::bigint,
		coalesce(sum(m.amount) FILTER (WHERE m.way = 'transfer'), 0)::bigint,
		coalesce(sum(m.amount) FILTER (WHERE m.way IN ('cash', 'transfer')), 0)::bigint,
		count(DISTINCT m.dossier_id) FILTER (WHERE m.way = 'exempt'), coalesce(sum(m.amount) FILTER (WHERE m.way = 'owed'), 0)::bigint
	FROM money_lines(unit, since, until) m WHERE coalesce(narrow, '') IN ('', m.field)
	GROUP BY m.name ORDER BY m.name COLLATE vi;
END $$;

-- Receipts in the order they were given, with what stands on each.
CREATE FUNCTION desk.report_receipts(since date, until date, deciding boolean, narrow text, personal boolean, reason text)
RETURNS TABLE (key text, number text, made_at timestamptz, code text, payer text, officer text, cash bigint, transfer bigint, total bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
	unit bigint := report_gate('receipts', since, until, deciding, narrow, personal, reason);
BEGIN
	RETURN QUERY SELECT p.dossier_id::text, p.number, p.made_at, d.code, CASE WHEN personal THEN field_raw(p.fields, 'payer.name') END,
		coalesce(nullif(k.full_name, ''), p.login), s.cash, s.transfer, s.cash + s.transfer
	FROM paper p JOIN dossier d ON d.unit_id = p.unit_id AND d.dossier_id = p.dossier_id LEFT JOIN clerk k ON k.login = p.login
		CROSS JOIN LATERAL (SELECT coalesce(sum(f.amount) FILTER (WHERE f.paid = 'cash'), 0)::bigint AS cash,
			coalesce(sum(f.amount) FILTER (WHERE f.paid = 'transfer'), 0)::bigint AS transfer
			FROM dossier_fee f WHERE f.unit_id = p.unit_id AND f.dossier_id = p.dossier_id AND f.receipt_paper = p.paper_id) s
	WHERE p.unit_id = unit AND p.form = 'fee' AND p.made_at >= begins(since) AND p.made_at < begins(until + 1)
		AND coalesce(narrow, '') IN ('', d.field)
	ORDER BY p.year, p.seq, p.paper_id LIMIT 20001;
END $$;

-- Sổ theo dõi hồ sơ: numbers run from 1 within field and year, in the order of reception.
CREATE FUNCTION desk.report_book07(since date, until date, deciding boolean, narrow text, personal boolean, reason text)
RETURNS TABLE (key text, field text, nth bigint, code text, procedure text, owner text, contact text, agency text,
	received_at timestamptz, due_at timestamptz, returned_at timestamptz, way text, signed text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
	unit bigint := report_gate('book07', since, until, deciding, narrow, personal, reason);
	here text := (SELECT coalesce(nullif(u.organisation, ''), u.name) FROM unit u WHERE u.unit_id = unit);
BEGIN
	RETURN QUERY SELECT b.dossier_id::text, d.field, b.nth, d.code, d.procedure_name, CASE WHEN personal THEN d.owner_name END,
		CASE WHEN personal THEN concat_ws(' · ', nullif(o.address, ''), nullif(o.phone, '')) END, coalesce(a.name, here),
		d.received_at, d.due_at, CASE d.status WHEN 10 THEN coalesce(h.at, d.status_at) END,
		CASE d.result_by WHEN 'counter' THEN 'Trực tiếp' WHEN 'post' THEN 'Bưu chính' ELSE 'Trực tuyến' END,
		CASE WHEN personal THEN coalesce(CASE h.taker WHEN 'post' THEN 'Bưu chính ' || h.post ELSE h.name END, '') END
	FROM (SELECT x.dossier_id, x.received_at, row_number() OVER (PARTITION BY x.field, extract(year FROM local(x.received_at))
			ORDER BY x.received_at, x.dossier_id) AS nth FROM dossier x
		WHERE x.unit_id = unit AND x.received_at >= begins(date_trunc('year', since)::date) AND x.received_at < begins(until + 1)
			AND coalesce(narrow, '') IN ('', x.field) AND x.status <> 1) b
		JOIN dossier d ON d.unit_id = unit AND d.dossier_id = b.dossier_id
		LEFT JOIN dossier_person o ON o.unit_id = unit AND o.dossier_id = b.dossier_id AND o.role = 'owner'
		LEFT JOIN dossier_agency a ON a.unit_id = unit AND a.dossier_id = b.dossier_id AND a.role = 'deciding'
		LEFT JOIN LATERAL (SELECT y.at, y.taker, y.name, y.post FROM handed_over y WHERE y.unit_id = unit AND y.dossier_id = b.dossier_id
			ORDER BY y.seq DESC LIMIT 1) h ON true
	WHERE b.received_at >= begins(since)
	ORDER BY d.field COLLATE vi, extract(year FROM local(d.received_at)), b.nth LIMIT 20001;
END $$;

-- ---- the dossiers behind a figure ----

CREATE FUNCTION motcua.report_ids(unit bigint, kind text, since date, until date, deciding boolean, narrow text, row_key text, col text)
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
	CASE kind
	WHEN 'form06' THEN RETURN QUERY SELECT c.dossier_id FROM counted(unit, since, until, deciding) c
		WHERE coalesce(narrow, '') IN ('', c.field) AND row_key IN ('', c.field) AND in_column(c.carried, c.channel, c.class, col);
	WHEN 'officers' THEN RETURN QUERY SELECT c.dossier_id FROM counted(unit, since, until, deciding) c
		WHERE coalesce(narrow, '') IN ('', c.field) AND row_key IN ('', c.login) AND in_column(c.carried, c.channel, c.class, col);
	WHEN 'elsewhere' THEN RETURN QUERY SELECT b.dossier_id FROM between_places(unit, since, until) b
		WHERE coalesce(narrow, '') IN ('', b.field) AND row_key IN ('', b.key) AND in_column(b.carried, b.channel, b.class, col);
	WHEN 'digitised' THEN RETURN QUERY SELECT g.dossier_id FROM digitised(unit, since, until, deciding) g
		WHERE coalesce(narrow, '') IN ('', g.field) AND row_key IN ('', g.field) AND CASE col WHEN 'received' THEN g.received
			WHEN 'no_file' THEN g.received AND NOT g.with_file WHEN 'with_file' THEN g.with_file WHEN 'reused' THEN g.reused
			WHEN 'portal' THEN g.portal WHEN 'done' THEN g.done WHEN 'no_result' THEN g.done AND NOT g.result_file
			WHEN 'result_file' THEN g.result_file ELSE false END;
	WHEN 'fees' THEN RETURN QUERY SELECT DISTINCT m.dossier_id FROM money_lines(unit, since, until) m
		WHERE coalesce(narrow, '') IN ('', m.field) AND row_key IN ('', m.name)
			AND (col = 'dossiers' OR m.way = col OR col = 'total' AND m.way IN ('cash', 'transfer'));
	ELSE PERFORM refuse('MC008', 'Bảng này không mở được danh sách hồ sơ.', format('no list behind %s', kind));
	END CASE;
END $$;

-- row_key '': of all rows.  What is late comes first by its due date, all else by reception, newest first.
CREATE FUNCTION desk.report_dossiers(kind text, since date, until date, deciding boolean, narrow text, row_key text, col text, most int)
RETURNS SETOF motcua.found
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
	unit bigint := report_gate(kind || ' list', since, until, deciding, narrow, false, '');
	here text := (SELECT u.name FROM unit u WHERE u.unit_id = unit);
BEGIN
	RETURN QUERY SELECT f.* FROM (SELECT d FROM dossier d WHERE d.unit_id = unit AND d.dossier_id = ANY (ARRAY(
			SELECT i FROM report_ids(unit, kind, since, until, deciding, narrow, row_key, col) i))
		ORDER BY CASE WHEN col IN ('late', 'overdue', 'within', 'open') THEN d.due_at END, d.received_at DESC, d.dossier_id DESC
		LIMIT greatest(1, least(most, 1000))) x, LATERAL found_of(x.d, here) f;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
