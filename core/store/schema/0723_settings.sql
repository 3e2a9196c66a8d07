-- SPDX-License-Identifier: Apache-2.0
-- What a supervisor may set for the own unit, as one list: how citizens are told, how long a result waits, how long
-- what is over is kept, the queue.  One
-- value is changed at a time; what it was and what it is now are in the trail.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Numbers of the queue, their bounds and what a clerk calls them.
CREATE FUNCTION motcua.queue_numbers() RETURNS TABLE (key text, low int, high int, called text)
LANGUAGE sql IMMUTABLE AS $$
	VALUES ('every_n', 1, 20, 'Số thường sau mỗi số ưu tiên'), ('grace_minutes', 0, 120, 'Số phút giữ số đã hẹn giờ'),
		('calls_most', 1, 9, 'Số lần gọi'), ('recall_seconds', 0, 600, 'Số giây giữa hai lần gọi'),
		('back_after', 0, 50, 'Người vắng trở lại chờ sau'), ('target_minutes', 1, 480, 'Số phút chờ mong muốn'),
		('slot_minutes', 5, 240, 'Số phút một khung hẹn'), ('slot_places', 0, 50, 'Số chỗ một khung hẹn')
$$;

-- key: which; name: which series, counter or group; v1, v2, v3: its values.  options: lines "value<TAB>words" to choose from.
CREATE FUNCTION desk.unit_settings() RETURNS TABLE (key text, name text, v1 text, v2 text, v3 text, options text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	u unit := (SELECT x FROM unit x WHERE x.unit_id = mine.unit_id);
	r jsonb := to_jsonb(queue_rules(mine.unit_id));
BEGIN
	RETURN QUERY SELECT k, '', coalesce(setting_of(mine.unit_id, k), ''), '', '', '' FROM
		unnest(ARRAY['tell_order', 'result_wait_days', 'message_days', 'filing_days']) k;
	RETURN QUERY SELECT 'tell_' || c, '', coalesce(tell_gateway(u, c), ''), '', '', coalesce((
			SELECT string_agg(s.code || E'\t' || s.name, E'\n' ORDER BY s.name) FROM systems s WHERE s.ended IS NULL AND s.unit_id IS NULL
			AND is_gateway(s.code, c)), '') FROM unnest(ARRAY['sms', 'zalo', 'email']) c;
	RETURN QUERY SELECT k, '', r->>k, '', '', '' FROM unnest(ARRAY['policy', 'transfer_place']) k;
	RETURN QUERY SELECT n.key, n.low || '–' || n.high, r->>n.key, '', '', '' FROM queue_numbers() n;
	RETURN QUERY SELECT 'series', s.series, s.name, array_to_string(s.fields, '; '), CASE WHEN s.quick THEN '1' ELSE '0' END, '' FROM queue_series s
		WHERE s.unit_id = mine.unit_id AND s.active ORDER BY s.sort, s.series;
	RETURN QUERY SELECT 'counter', c.code, coalesce((SELECT string_agg(v.series, ' ' ORDER BY v.series) FROM queue_serves v WHERE v.unit_id = c.unit_id
			AND v.counter_code = c.code AND v.rank = 1), ''), coalesce((SELECT string_agg(v.series, ' ' ORDER BY v.series) FROM queue_serves v
			WHERE v.unit_id = c.unit_id AND v.counter_code = c.code AND v.rank > 1), ''), '', ''
		FROM counter c WHERE c.unit_id = mine.unit_id ORDER BY c.code;
	RETURN QUERY SELECT 'group', g.code, g.name, g.basis, '', '' FROM queue_group g WHERE g.unit_id = mine.unit_id AND g.active ORDER BY g.sort, g.code;
END $$;

-- The series of a queue with one of them set anew, or left out.
CREATE FUNCTION motcua.set_series(unit bigint, plan jsonb, code text, called text, said_fields text, quick text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	fields text[] := ARRAY(SELECT btrim(f) FROM regexp_split_to_table(said_fields, ';') f WHERE btrim(f) <> '');
	unknown text;
	taken record;
	booked date;
	one jsonb := jsonb_build_object('series', code, 'name', called, 'fields', fields, 'quick', quick = '1');
BEGIN
	PERFORM check_that(code ~ '^[A-Z]$', 'name', 'Mã dãy số là một chữ cái hoa, ví dụ A.');
	IF quick = 'closed' THEN
		PERFORM check_that(NOT EXISTS (SELECT FROM ticket t WHERE t.unit_id = unit AND t.day = local(now())::date AND t.queue = code
			AND t.state NOT IN ('done', 'no_show', 'cancelled')), 'name', format('Dãy %s còn người đang chờ: gọi hết hoặc chuyển sang dãy khác rồi mới bỏ.', code));
		SELECT max(local(b.slot)::date) INTO booked FROM ticket_booking b WHERE b.unit_id = unit AND b.series = set_series.code AND b.state = 'open'
			AND local(b.slot)::date >= local(now())::date;
		PERFORM check_that(booked IS NULL, 'name', format('Dãy %s còn người đã hẹn, muộn nhất ngày %s: qua ngày đó rồi mới bỏ.', code,
			to_char(booked, 'DD/MM/YYYY')));
		RETURN (SELECT coalesce(jsonb_agg(e ORDER BY n), '[]') FROM jsonb_array_elements(plan) WITH ORDINALITY l(e, n) WHERE e->>'series' <> code);
	END IF;
	PERFORM check_that(length(called) BETWEEN 1 AND 120, 'v1', 'Ghi tên dãy số, nhiều nhất 120 chữ.');
	SELECT f INTO unknown FROM unnest(fields) f WHERE NOT EXISTS (SELECT FROM procedures p WHERE p.ended IS NULL AND p.field = f) LIMIT 1;
	PERFORM check_that(unknown IS NULL, 'v2', format('Danh mục không có lĩnh vực “%s”: gõ đúng tên, các lĩnh vực cách nhau bằng dấu chấm phẩy.', left(unknown, 80)));
	SELECT e->>'series' AS series, f AS field INTO taken FROM jsonb_array_elements(plan) e, jsonb_array_elements_text(e->'fields') f
		WHERE e->>'series' <> code AND f = ANY (fields) LIMIT 1;
	PERFORM check_that(taken.series IS NULL, 'v2', format('Lĩnh vực “%s” đã thuộc dãy %s.', taken.field, taken.series));
	RETURN (SELECT jsonb_agg(CASE WHEN e->>'series' = code THEN one ELSE e END ORDER BY n) FROM jsonb_array_elements(
		CASE WHEN EXISTS (SELECT FROM jsonb_array_elements(plan) x WHERE x->>'series' = code) THEN plan ELSE plan || one END) WITH ORDINALITY l(e, n));
END $$;

-- The counters with what one of them serves.
CREATE FUNCTION motcua.set_counter(unit bigint, plan jsonb, code text, own text, helps text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	mine text[] := ARRAY(SELECT DISTINCT upper(s) FROM regexp_split_to_table(own, '[ ,;]+') s WHERE s <> '');
	other text[] := ARRAY(SELECT DISTINCT upper(s) FROM regexp_split_to_table(helps, '[ ,;]+') s WHERE s <> '');
	wrong text;
BEGIN
	PERFORM check_that(EXISTS (SELECT FROM counter c WHERE c.unit_id = unit AND c.code = set_counter.code), 'name', format('Đơn vị không có quầy %s.', left(code, 20)));
	SELECT s INTO wrong FROM unnest(mine || other) s WHERE NOT EXISTS (SELECT FROM queue_series q WHERE q.unit_id = unit AND q.series = s AND q.active) LIMIT 1;
	PERFORM check_that(wrong IS NULL, 'v1', format('Không có dãy số %s.', left(wrong, 20)));
	SELECT s INTO wrong FROM unnest(mine) s WHERE s = ANY (other) LIMIT 1;
	PERFORM check_that(wrong IS NULL, 'v2', format('Dãy %s đã là dãy chính của quầy, không ghi thêm ở phần đỡ.', wrong));
	RETURN (SELECT coalesce(jsonb_agg(e), '[]') FROM jsonb_array_elements(plan) e WHERE e->>'code' <> code)
		|| CASE WHEN mine = '{}' AND other = '{}' THEN '[]' ELSE jsonb_build_array(jsonb_build_object('code', code, 'series', mine, 'helps', other)) END;
END $$;

-- The groups that go first with one of them set anew, or left out.
CREATE FUNCTION motcua.set_group(plan jsonb, code text, called text, basis text, closed boolean) RETURNS jsonb
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	one jsonb := jsonb_build_object('code', code, 'name', called, 'basis', basis);
BEGIN
	PERFORM check_that(code ~ '^[a-z_]{1,20}$', 'name', 'Mã nhóm là chữ thường không dấu, ví dụ nguoi_gia.');
	IF closed THEN
		RETURN (SELECT coalesce(jsonb_agg(e ORDER BY n), '[]') FROM jsonb_array_elements(plan) WITH ORDINALITY l(e, n) WHERE e->>'code' <> code);
	END IF;
	PERFORM check_that(length(called) BETWEEN 1 AND 120, 'v1', 'Ghi tên nhóm ưu tiên, nhiều nhất 120 chữ.');
	PERFORM check_that(length(basis) BETWEEN 1 AND 300, 'v2', 'Ghi căn cứ: văn bản nào cho nhóm này được ưu tiên.');
	RETURN (SELECT jsonb_agg(CASE WHEN e->>'code' = code THEN one ELSE e END ORDER BY n) FROM jsonb_array_elements(
		CASE WHEN EXISTS (SELECT FROM jsonb_array_elements(plan) x WHERE x->>'code' = code) THEN plan ELSE plan || one END) WITH ORDINALITY l(e, n));
END $$;

-- One setting anew; v3 'closed': a series or a group is no more.
CREATE FUNCTION desk.setting_change(wanted text, named text, one text, two text, three text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
	v1 text := btrim(coalesce(one, ''));
	v2 text := btrim(coalesce(two, ''));
	v3 text := btrim(coalesce(three, ''));
	old jsonb;
	fresh jsonb;
	plan jsonb;
	n record;
BEGIN
	PERFORM check_that(length(v1) <= 300 AND length(v2) <= 2000 AND length(v3) <= 20, 'value', 'Dài quá.');
	PERFORM queue_rules(mine.unit_id, true);  -- two supervisors at once: one after the other
	SELECT to_jsonb(s) - 'options' INTO old FROM desk.unit_settings() s WHERE s.key = wanted AND (s.name = named OR wanted NOT IN ('series', 'counter', 'group'));
	plan := desk.queue_plan();
	SELECT * INTO n FROM queue_numbers() q WHERE q.key = wanted;
	IF wanted IN ('tell_order', 'tell_sms', 'tell_zalo', 'tell_email', 'result_wait_days', 'message_days', 'filing_days') THEN
		IF wanted = 'tell_order' THEN
			v1 := regexp_replace(lower(v1), '[ ,;]+', ' ', 'g');
			PERFORM check_that(v1 ~ '^(sms|zalo|email)( (sms|zalo|email)){0,2}$' AND (SELECT count(*) = count(DISTINCT w)
				FROM regexp_split_to_table(v1, ' ') w), 'value', 'Gõ sms, zalo, email theo thứ tự muốn dùng, mỗi kênh một lần.');
		END IF;
		PERFORM desk.unit_setting(wanted, v1, '');
	ELSIF n.key IS NOT NULL THEN
		PERFORM check_that(v1 ~ '^[0-9]{1,4}$' AND CASE WHEN v1 ~ '^[0-9]{1,4}$' THEN v1::int BETWEEN n.low AND n.high END, 'value',
			format('%s: gõ một số từ %s đến %s.', n.called, n.low, n.high));
		PERFORM queue_load(mine.unit_id, jsonb_build_object('settings', jsonb_build_object(wanted, v1::int)));
	ELSIF wanted IN ('policy', 'transfer_place') THEN
		PERFORM check_that(v1 = ANY (CASE wanted WHEN 'policy' THEN ARRAY['strict', 'interleaved'] ELSE ARRAY['keep', 'first', 'end'] END), 'value', 'Chọn một trong các cách đã nêu.');
		PERFORM queue_load(mine.unit_id, jsonb_build_object('settings', jsonb_build_object(wanted, v1)));
	ELSIF wanted = 'series' THEN
		PERFORM queue_load(mine.unit_id, jsonb_build_object('series', set_series(mine.unit_id, plan->'series', coalesce(named, ''), v1, v2, v3)));
	ELSIF wanted = 'counter' THEN
		PERFORM queue_load(mine.unit_id, jsonb_build_object('counters', set_counter(mine.unit_id, plan->'counters', coalesce(named, ''), v1, v2)));
	ELSIF wanted = 'group' THEN
		PERFORM queue_load(mine.unit_id, jsonb_build_object('groups', set_group(plan->'groups', coalesce(named, ''), v1, v2, v3 = 'closed')));
	ELSE
		PERFORM refuse('MC005', 'Không có mục này.', format('no setting %s', left(wanted, 40)), 'name');
	END IF;
	SELECT to_jsonb(s) - 'options' INTO fresh FROM desk.unit_settings() s WHERE s.key = wanted AND (s.name = named OR wanted NOT IN ('series', 'counter', 'group'));
	PERFORM audit('setting_change', NULL, jsonb_build_object('key', wanted, 'name', named, 'old', old, 'new', fresh));
END $$;

RESET ROLE;
SELECT motcua.open_doors();
