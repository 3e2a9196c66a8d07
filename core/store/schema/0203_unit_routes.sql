-- SPDX-License-Identifier: Apache-2.0
-- Rules that units entered themselves leave the database as a file and come back from it: with their
-- numbers, notices, trials and authors.  A rule that stands is never changed by a file; one that the
-- file knows to have ended is ended here, too.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- A rule as the file writes it (core/dossier/table_kinds.c, unit_routes).
CREATE FUNCTION motcua.unit_route_row(r motcua.routes) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT to_jsonb(r) || jsonb_build_object('unit_code', (SELECT u.code FROM unit u WHERE u.unit_id = r.unit_id), 'entries',
		(SELECT coalesce(jsonb_agg(to_jsonb(e) - '{unit_id,rule_id,entry_id,at}'::text[] || jsonb_build_object('at', iso(e.at))
			ORDER BY e.entry_id), '[]')::text FROM route_entry e WHERE e.unit_id = r.unit_id AND e.rule_id = r.rule_id))
$$;

-- Who entered and ended it, as far as that is not known here.
CREATE FUNCTION motcua.load_route_entries(unit bigint, rule bigint, entries jsonb) RETURNS void
LANGUAGE sql AS $$
	INSERT INTO route_entry (unit_id, rule_id, act, notice_number, notice_day, from_day, note, trial, login, at)
	SELECT unit, rule, e.act, e.notice_number, e.notice_day, e.from_day, coalesce(e.note, ''), coalesce(e.trial, '{}'), e.login, e.at
	FROM jsonb_array_elements(entries) WITH ORDINALITY x(entry, nth), jsonb_populate_record(NULL::route_entry, x.entry) e
	WHERE NOT EXISTS (SELECT FROM route_entry o WHERE o.unit_id = unit AND o.rule_id = rule AND o.act = e.act
		AND date_trunc('second', o.at) = date_trunc('second', e.at)) ORDER BY x.nth
$$;

-- 'inserted', 'changed' or 'unchanged'.
CREATE FUNCTION motcua.load_unit_route(unit bigint, r motcua.routes, entries jsonb, ord int) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	here routes;
BEGIN
	PERFORM check_that(jsonb_typeof(entries) = 'array' AND NOT EXISTS (SELECT FROM unnest(r.system || string_to_array(r.told, ',')) w
		WHERE w <> '' AND NOT EXISTS (SELECT FROM systems s WHERE s.code = w AND s.ended IS NULL)), ord::text,
		format('Dòng %s: danh mục không có hệ thống đích.', ord));
	SELECT * INTO here FROM routes x WHERE x.rule_id = r.rule_id ORDER BY (x.ended IS NULL) DESC, x.row_id DESC LIMIT 1;
	IF here.row_id IS NULL THEN
		PERFORM route_put(unit, r, r.valid_to);
		PERFORM load_route_entries(unit, r.rule_id, entries);
		PERFORM setval('route_number', greatest(r.rule_id, (SELECT last_value FROM route_number)));
		RETURN 'inserted';
	END IF;
	PERFORM check_that(here.unit_id = unit AND (here.procedure_code, here.ministry, here.field, here.level, here.case_name,
			here.deciding_unit, here.system, here.told, here.valid_from, here.notice, here.decided_by, here.note)
			IS NOT DISTINCT FROM (r.procedure_code, r.ministry, r.field, r.level, r.case_name, r.deciding_unit, r.system, r.told,
			r.valid_from, r.notice, r.decided_by, r.note), ord::text,
		format('Dòng %s: quy tắc số %s đã có ở đây với nội dung khác; quy tắc đã áp dụng thì không sửa.', ord, r.rule_id));
	IF here.ended IS NOT NULL OR r.valid_to IS NULL OR here.valid_to <= r.valid_to THEN
		RETURN 'unchanged';
	END IF;
	UPDATE routes x SET ended = catalogue_now(unit) + 1 WHERE x.row_id = here.row_id;
	PERFORM route_put(unit, r, r.valid_to);
	PERFORM load_route_entries(unit, r.rule_id, entries);
	RETURN 'changed';
END $$;

CREATE FUNCTION motcua.load_unit_routes(data jsonb) RETURNS motcua.load_result
LANGUAGE plpgsql AS $$
DECLARE
	res load_result := ROW(0, 0, 0, 0);
	one record;
	r routes;
	outcome text;
	units bigint[] := '{}';
BEGIN
	FOR one IN SELECT e.ord, e.body, load_unit_id(e.body->>'unit_code', e.ord) AS unit_id FROM load_clean(data) e ORDER BY e.ord LOOP
		r := jsonb_populate_record(NULL::routes, '{"procedure_code":"","ministry":"","field":"","level":"","case_name":"",
			"deciding_unit":"","told":"","note":""}'::jsonb || (one.body - 'unit_id'));
		PERFORM check_that(r.rule_id > 1000000 AND r.notice <> '' AND r.decided_by <> '' AND r.valid_from IS NOT NULL
			AND r.system <> '', one.ord::text, format('Dòng %s: quy tắc thiếu số, hệ thống, ngày hoặc văn bản.', one.ord));
		outcome := load_unit_route(one.unit_id, r, (one.body->>'entries')::jsonb, one.ord);
		res.inserted := res.inserted + (outcome = 'inserted')::int;
		res.changed := res.changed + (outcome = 'changed')::int;
		res.unchanged := res.unchanged + (outcome = 'unchanged')::int;
		IF outcome <> 'unchanged' THEN
			units := units || one.unit_id;
		END IF;
	END LOOP;
	PERFORM catalogue_bump(u) FROM (SELECT DISTINCT u FROM unnest(units) u) x;
	RETURN res;
EXCEPTION WHEN data_exception THEN
	PERFORM refuse('MC005', 'Tệp quy tắc của đơn vị có dòng không đọc được.', SQLERRM, coalesce(one.ord::text, ''));
END $$;

-- load(kind, source, rows, dry): rows is an array of objects whose names are the column headers of
-- the text files.  A load is the whole of its source: rows of that source that are no longer there
-- are closed.  dry counts without keeping.  Errors: MC005 with the row number as HINT.
CREATE OR REPLACE FUNCTION motcua.load(kind text, source text, rows jsonb, dry boolean DEFAULT false)
RETURNS motcua.load_result
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	res load_result;
BEGIN
	IF NOT is_admin() THEN
		PERFORM refuse('MC004', 'Chỉ quản trị được nhập dữ liệu.', format('%s may not load', session_user));
	END IF;
	IF rows IS NULL OR jsonb_typeof(rows) <> 'array' THEN
		PERFORM refuse('MC005', 'Dữ liệu nhập không phải danh sách.', 'rows is no JSON array', 'rows');
	END IF;
	PERFORM pg_advisory_xact_lock(hashtextextended('motcua.load', 0));
	BEGIN
		CASE
			WHEN kind = 'units' THEN res := load_units(rows);
			WHEN kind = 'counters' THEN res := load_counters(rows);
			WHEN kind = 'clerks' THEN res := load_clerks(rows);
			WHEN kind = 'unit_routes' THEN res := load_unit_routes(rows);
			WHEN kind IN (SELECT k.kind FROM catalogue_kind k) THEN res := load_catalogue(kind, source, rows);
			ELSE PERFORM refuse('MC005', 'Không có loại dữ liệu ' || kind || '.', 'unknown kind ' || kind, 'kind');
		END CASE;
		IF dry THEN
			RAISE EXCEPTION USING ERRCODE = 'MC998';
		END IF;
	EXCEPTION WHEN SQLSTATE 'MC998' THEN
		NULL;
	END;
	RETURN res;
END $$;

RESET ROLE;
-- Whoever imports sees every unit's rules.
CREATE POLICY import_seen ON motcua.routes FOR SELECT TO motcua_owner USING ((SELECT motcua.is_admin()));
CREATE POLICY import ON motcua.route_entry TO motcua_owner USING ((SELECT motcua.is_admin()));
