-- SPDX-License-Identifier: Apache-2.0
-- The referee's checks before a dossier is received or turned away.  Each raises, or is silent.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- MC001: the counter computed for another moment: too old, in the future, another day, or the
-- other side of the cut-off hour.  HINT is the moment to compute for.
CREATE FUNCTION motcua.check_moment(unit bigint, computed timestamptz, moment timestamptz) RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
	cut time := setting_of(unit, 'cut_off')::time;
	oldest interval := make_interval(mins => setting_of(unit, 'moment_minutes')::int);
BEGIN
	IF computed IS NULL OR computed < moment - oldest OR computed > moment + interval '1 second'
		OR local(computed)::date <> local(moment)::date
		OR (local(computed)::time < cut) <> (local(moment)::time < cut) THEN
		PERFORM refuse('MC001', 'Thời điểm tiếp nhận đã đổi: cần tính lại ngày hẹn trả.',
			format('computed at %s, now %s', computed, moment), iso(moment));
	END IF;
END $$;

-- MC002: the counter holds an older catalogue.
CREATE FUNCTION motcua.check_catalogue(unit bigint, version int) RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
	IF version IS DISTINCT FROM catalogue_now(unit) THEN
		PERFORM refuse('MC002', 'Danh mục thủ tục vừa thay đổi: cần tải lại.',
			format('counter has catalogue %s, database %s', version, catalogue_now(unit)), catalogue_now(unit)::text);
	END IF;
END $$;

CREATE FUNCTION motcua.check_that(fine boolean, field text, say text) RETURNS void
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	IF fine IS NOT TRUE THEN
		RAISE EXCEPTION USING ERRCODE = 'MC005', MESSAGE = say, DETAIL = 'bad field ' || field, HINT = field;
	END IF;
END $$;

-- A whole request: what no desk ever types is refused before it is copied into every message.
CREATE FUNCTION motcua.check_size(req jsonb) RETURNS void
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	PERFORM check_that(jsonb_typeof(req) = 'object', 'request', 'Yêu cầu không đúng dạng.');
	PERFORM check_that(octet_length(req::text) <= 1048576, 'request', 'Hồ sơ có phần ghi quá dài (trên 1 MB).');
END $$;

CREATE FUNCTION motcua.check_party(party jsonb, field text) RETURNS void
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	number text := coalesce(party->>'id_number', '');
	id_kind text := coalesce(party->>'id_kind', 'other');
BEGIN
	PERFORM check_that(party->>'kind' IN ('person', 'organisation'), field || '.kind', 'Chưa rõ là cá nhân hay tổ chức.');
	PERFORM check_that(btrim(coalesce(party->>'name', '')) <> '', field || '.name', 'Thiếu họ tên.');
	PERFORM check_that(length(party->>'name') <= 300, field || '.name', 'Họ tên quá dài.');
	PERFORM check_that(id_kind IN ('cccd', 'cmnd', 'passport', 'tax', 'other'), field || '.id_kind', 'Loại giấy tờ không đúng.');
	PERFORM check_that(number = '' OR CASE id_kind WHEN 'cccd' THEN number ~ '^[0-9]{12}$'
		WHEN 'cmnd' THEN number ~ '^[0-9]{9}$' WHEN 'tax' THEN number ~ '^[0-9]{10}(-?[0-9]{3})?$|^[0-9]{12}$'
		ELSE number ~ '^[0-9A-Za-z./-]{1,30}$' END, field || '.id_number', 'Số giấy tờ không đúng dạng.');
	PERFORM check_that(coalesce(party->>'sex', '') IN ('', 'nam', 'nữ'), field || '.sex', 'Giới tính không đúng.');
	PERFORM check_that(length(coalesce(party->>'phone', '')) <= 40, field || '.phone', 'Số điện thoại quá dài.');
	PERFORM check_that(coalesce(party->>'birth', '') = '' OR party->>'birth' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
		field || '.birth', 'Ngày sinh không đúng.');
END $$;

-- The procedure row in force, or MC005/MC002.
CREATE FUNCTION motcua.check_procedure(unit bigint, wanted text, on_day date) RETURNS motcua.procedures
LANGUAGE plpgsql STABLE AS $$
DECLARE
	p procedures;
BEGIN
	SELECT * INTO p FROM procedures WHERE code = wanted AND ended IS NULL
		ORDER BY unit_id NULLS LAST LIMIT 1;
	PERFORM check_that(p.row_id IS NOT NULL, 'procedure', format('Danh mục không có thủ tục %s.', coalesce(wanted, '?')));
	PERFORM check_that(coalesce(p.valid_from, '-infinity') <= on_day AND (p.valid_to IS NULL OR p.valid_to > on_day),
		'procedure', format('Thủ tục %s không còn hiệu lực trong ngày.', wanted));
	PERFORM check_that(coalesce((SELECT o.offered FROM offering o WHERE o.unit_id = unit AND o.procedure_code = wanted),
		p.offered), 'procedure', format('Đơn vị không tiếp nhận thủ tục %s.', wanted));
	RETURN p;
END $$;

-- Papers: none without a legal basis that the catalogue does not name; a required one is there, or
-- said to be unnecessary and why; a look-up says who was asked and when.
CREATE FUNCTION motcua.check_components(p motcua.procedures, list jsonb) RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
	c record;
	at_field text;
BEGIN
	PERFORM check_that(jsonb_typeof(list) = 'array', 'components', 'Thiếu thành phần hồ sơ.');
	FOR c IN SELECT e.ordinality AS nth, e.value AS body FROM jsonb_array_elements(list) WITH ORDINALITY e LOOP
		at_field := 'components.' || c.nth;
		PERFORM check_that(btrim(coalesce(c.body->>'name', '')) <> '', at_field || '.name', 'Giấy tờ chưa có tên.');
		PERFORM check_that(EXISTS (SELECT FROM components k WHERE k.procedure_code = p.code AND k.ended IS NULL
			AND k.name = c.body->>'name') OR btrim(coalesce(c.body->>'basis', '')) <> '', at_field || '.basis',
			format('Giấy tờ ngoài danh mục cần căn cứ pháp lý: %s', left(c.body->>'name', 80)));
		IF (c.body->>'required')::boolean THEN
			PERFORM check_that(c.body->>'state' IN ('ok', 'not_needed'), at_field || '.state',
				format('Còn thiếu giấy tờ bắt buộc: %s', left(c.body->>'name', 80)));
			PERFORM check_that(c.body->>'state' <> 'not_needed' OR btrim(coalesce(c.body->>'reason', '')) <> '',
				at_field || '.reason', format('Ghi lý do không cần giấy tờ: %s', left(c.body->>'name', 80)));
		END IF;
		IF c.body->>'action' = 'lookup' AND c.body->>'state' = 'ok' THEN
			PERFORM check_that(btrim(coalesce(c.body->>'lookup_where', '')) <> '' AND c.body->>'lookup_at' IS NOT NULL,
				at_field || '.lookup_where', 'Khai thác CSDL phải ghi tra ở đâu, lúc nào.');
			PERFORM check_that((c.body->>'lookup_at')::timestamptz <= now() + interval '1 second',
				at_field || '.lookup_at', 'Thời điểm tra cứu ở tương lai.');
			PERFORM check_that(isfinite((c.body->>'lookup_at')::timestamptz), at_field || '.lookup_at',
				'Khai thác CSDL phải ghi tra ở đâu, lúc nào.');
		END IF;
	END LOOP;
END $$;

-- Money: a figure nobody confirmed names who was asked; less than the confirmed figure names why.
CREATE FUNCTION motcua.check_fees(unit bigint, p motcua.procedures, list jsonb, on_day date) RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
	f record;
	at_field text;
	free_text text;
	match record;
BEGIN
	PERFORM check_that(jsonb_typeof(coalesce(list, '[]')) = 'array', 'fees', 'Phí, lệ phí không đúng dạng.');
	FOR f IN SELECT e.ordinality AS nth, e.value AS body, (e.value->>'amount')::numeric AS amount
		FROM jsonb_array_elements(list) WITH ORDINALITY e
	LOOP
		at_field := 'fees.' || f.nth;
		free_text := btrim(coalesce(f.body->>'basis', ''));
		PERFORM check_that(f.amount >= 0 AND f.amount = trunc(f.amount) AND f.amount < 1e12, at_field || '.amount',
			'Số tiền phải là số nguyên đồng, không âm.');
		PERFORM check_that(btrim(coalesce(f.body->>'name', '')) <> '', at_field || '.name', 'Khoản thu chưa có tên.');
		PERFORM check_that(f.body->>'paid' IN ('cash', 'transfer', 'later', 'none'), at_field || '.paid', 'Chưa rõ cách nộp tiền.');
		IF NOT coalesce((f.body->>'confirmed')::boolean, false) THEN
			PERFORM check_that(free_text <> '', at_field || '.basis', 'Mức thu chưa xác nhận: ghi đã hỏi ai và căn cứ.');
			CONTINUE;
		END IF;
		SELECT count(*) AS n, bool_or(k.amount = f.amount OR (k.per <> '' AND k.amount > 0
				AND f.amount > 0 AND f.amount % k.amount = 0)) AS exact
			INTO match FROM fees k
			WHERE k.procedure_code = p.code AND k.ended IS NULL AND k.name = f.body->>'name' AND k.confirmed
				AND (k.unit_id IS NULL OR k.unit_id = unit)
				AND coalesce(k.valid_from, '-infinity') <= on_day AND (k.valid_to IS NULL OR k.valid_to > on_day);
		PERFORM check_that(match.n > 0 OR free_text <> '', at_field || '.basis',
			'Mức thu này chưa có trong danh mục: ghi căn cứ.');
		PERFORM check_that(match.n = 0 OR match.exact OR btrim(coalesce(f.body->>'exempt_reason', '')) <> '',
			at_field || '.exempt_reason', 'Mức thu khác mức đã xác nhận: ghi lý do miễn, giảm.');
	END LOOP;
END $$;

CREATE FUNCTION motcua.check_limit(unit bigint, p motcua.procedures, wanted jsonb, due timestamptz,
	moment timestamptz) RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
	PERFORM check_that(wanted->>'source' IN ('confirmed', 'asked', 'none'), 'limit', 'Chưa rõ thời hạn giải quyết.');
	PERFORM check_that((wanted->>'source' = 'none') = (wanted->>'unit' = 'none'), 'limit', 'Thời hạn không đúng dạng.');
	PERFORM check_that((due IS NULL) = (wanted->>'source' = 'none'), 'due_at', 'Ngày hẹn trả không khớp thời hạn.');
	PERFORM check_that(due IS NULL OR due >= moment, 'due_at', 'Ngày hẹn trả ở quá khứ.');
	PERFORM check_that(due IS NULL OR due < moment + interval '50 years', 'due_at', 'Ngày hẹn trả quá xa.');
	PERFORM check_that(wanted->>'unit' IN ('none', 'working_day', 'day', 'hour', 'working_hour', 'month', 'same_day')
		AND coalesce((wanted->>'value')::numeric, 0) BETWEEN 0 AND 3650, 'limit', 'Thời hạn không đúng dạng.');
	PERFORM check_that(wanted->>'source' <> 'asked' OR btrim(coalesce(wanted->>'basis', '')) <> '', 'limit.basis',
		'Thời hạn chưa xác nhận: ghi đã hỏi ai và căn cứ.');
	PERFORM check_that(wanted->>'source' <> 'confirmed' OR EXISTS (SELECT FROM limits l
		WHERE l.procedure_code = p.code AND l.ended IS NULL AND l.confirmed AND (l.unit_id IS NULL OR l.unit_id = check_limit.unit)
			AND l.unit = wanted->>'unit' AND (l.unit = 'same_day' OR l.value = (wanted->>'value')::numeric)
			AND coalesce(l.valid_from, '-infinity') <= local(moment)::date
			AND (l.valid_to IS NULL OR l.valid_to > local(moment)::date)),
		'limit', 'Thời hạn này chưa được xác nhận trong danh mục.');
END $$;

-- Where it goes: the rule must still be there, be one for this procedure and say the same; without
-- one, the province's system.
CREATE FUNCTION motcua.check_route(p motcua.procedures, case_name text, wanted jsonb, on_day date, OUT system text, OUT rule bigint,
	OUT basis text, OUT told text[])
LANGUAGE plpgsql STABLE AS $$
DECLARE
	r routes;
BEGIN
	rule := coalesce((wanted->>'rule_id')::bigint, 0);
	system := wanted->>'system';
	basis := '';
	IF rule <> 0 THEN
		SELECT * INTO r FROM routes x WHERE x.rule_id = rule AND x.ended IS NULL;
		IF r.row_id IS NULL OR r.system <> system OR coalesce(r.valid_from, '-infinity') > on_day
			OR r.valid_to <= on_day OR r.procedure_code NOT IN ('', p.code) OR r.ministry NOT IN ('', p.ministry)
			OR r.field NOT IN ('', p.field) OR r.deciding_unit NOT IN ('', p.deciding_unit)
			OR r.case_name NOT IN ('', check_route.case_name) THEN
			PERFORM refuse('MC002', 'Quy tắc chuyển hồ sơ vừa thay đổi: cần tải lại.',
				format('route rule %s to %s is not in force for %s', rule, system, p.code));
		END IF;
		basis := r.notice;
		told := ARRAY(SELECT DISTINCT w FROM regexp_split_to_table(r.told, '[ ,{}]+') w WHERE w NOT IN ('', r.system));
	ELSE
		PERFORM check_that(system = 'tinh', 'route', 'Không có quy tắc nào chuyển thủ tục này đến hệ thống đã chọn.');
		told := ARRAY(SELECT DISTINCT w FROM jsonb_array_elements_text(coalesce(wanted->'told', '[]')) w WHERE w <> 'tinh');
	END IF;
	PERFORM check_that(NOT EXISTS (SELECT FROM unnest(told || system) w WHERE NOT EXISTS (
		SELECT FROM systems s WHERE s.code = w AND s.ended IS NULL)), 'route', 'Danh mục không có hệ thống đích.');
END $$;

-- MC003: the same owner, the same procedure, still open, a few days ago.
CREATE FUNCTION motcua.check_similar(unit bigint, owner_number text, procedure text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	other text;
BEGIN
	IF coalesce(owner_number, '') = '' THEN
		RETURN;
	END IF;
	-- Two counters with the same person at the same moment: the second waits and sees the first.
	PERFORM pg_advisory_xact_lock(hashtextextended('motcua.similar ' || owner_number || ' ' || procedure, unit));
	SELECT d.code INTO other FROM dossier d
	WHERE d.unit_id = unit AND d.owner_id = owner_number AND d.procedure_code = procedure
		AND d.status IN (1, 2, 4, 5, 6)
		AND d.received_at > now() - make_interval(days => setting_of(unit, 'similar_days')::int)
	ORDER BY d.received_at DESC LIMIT 1;
	IF other IS NOT NULL THEN
		PERFORM refuse('MC003', format('Người này đã có hồ sơ %s cùng thủ tục đang giải quyết.', other),
			'similar open dossier ' || other, other);
	END IF;
END $$;

RESET ROLE;
