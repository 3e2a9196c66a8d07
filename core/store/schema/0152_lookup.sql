-- SPDX-License-Identifier: Apache-2.0
-- Look-ups that a counter asks for while the citizen sits there: questions to the population, the
-- business and the insurance registers, each with its purpose and its officer, in the trail before
-- anything is sent, limited in number, and forgotten after a day.  What a component says it was
-- "khai thác CSDL" from then rests on the answered question, or says that it was looked up by hand.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

INSERT INTO motcua.setting(name, value, basis) VALUES
	('lookup_citizen', 'dan-cu', ''),                   -- which system answers what; '' none
	('lookup_enterprise', 'dang-ky-kinh-doanh', ''),
	('lookup_insurance', 'bhxh', ''),
	('lookups_an_hour', '60', ''),                      -- of one clerk
	('lookup_seconds', '60', ''),                       -- patience
	('lookup_hours', '24', 'Luật Bảo vệ dữ liệu cá nhân: không giữ quá mục đích');

ALTER TABLE motcua.dossier_component ADD COLUMN lookup_question bigint;

-- The members a question of that kind needs, tidied; MC005 names what is missing.  The name in capitals
-- and the birth date are what the population register compares.
CREATE FUNCTION motcua.lookup_body(what text, body jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	number text := regexp_replace(coalesce(body->>'number', ''), '[^0-9A-Za-z-]', '', 'g');
	name text := upper(btrim(regexp_replace(coalesce(body->>'name', ''), '\s+', ' ', 'g')) COLLATE "und-x-icu");
	birth text := coalesce(body->>'birth', '');
	code text := btrim(coalesce(body->>'code', ''));
BEGIN
	PERFORM check_that(jsonb_typeof(body) = 'object', 'body', 'Yêu cầu tra cứu không đúng dạng.');
	IF what = 'enterprise' THEN
		PERFORM check_that(number ~ '^[0-9]{10}(-?[0-9]{3})?$', 'number', 'Tra đăng ký kinh doanh cần mã số 10 chữ số.');
		RETURN jsonb_build_object('what', what, 'number', number);
	END IF;
	PERFORM check_that(number ~ '^[0-9]{12}$' OR number ~ '^[0-9]{9}$', 'number',
		'Tra cần số định danh 12 chữ số (hoặc số CMND 9 chữ số).');
	PERFORM check_that(length(name) BETWEEN 2 AND 100, 'name', 'Tra cần họ tên đầy đủ.');
	PERFORM check_that(birth ~ '^[0-9]{4}(-[0-9]{2}-[0-9]{2})?$', 'birth', 'Tra cần ngày sinh (hoặc năm sinh).');
	PERFORM check_that(code = '' OR code ~ '^[0-9A-Za-z]{4,12}$', 'code', 'Mã xác nhận có từ 4 đến 12 chữ, số.');
	RETURN jsonb_build_object('what', what, 'number', number, 'name', name,
			CASE length(birth) WHEN 4 THEN 'birth_year' ELSE 'birth' END, birth)
		|| CASE length(number) WHEN 9 THEN jsonb_build_object('old_number', number) ELSE '{}' END
		|| CASE WHEN code = '' THEN '{}' ELSE jsonb_build_object('code', code) END;
END $$;

-- What nobody needs any more: a day after, only who asked what for is left.
CREATE FUNCTION motcua.forget_lookups(unit bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	UPDATE question q SET reply = NULL, body = jsonb_build_object('what', q.body->>'what', 'forgotten', true)
	WHERE q.unit_id = unit AND q.kind = 'lookup' AND q.body ? 'number'
		AND q.asked_at < now() - make_interval(hours => setting_of(unit, 'lookup_hours')::int)
		AND q.state <> 'waiting';
END $$;

-- what: 'citizen' {number, name, birth, code?} | 'enterprise' {number} | 'insurance' {number, name, birth}
CREATE FUNCTION desk.look_up(what text, body jsonb, purpose text, dossier bigint DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	u unit;
	sys text;
	clean jsonb;
	id bigint;
	per_hour int := setting_of(mine.unit_id, 'lookups_an_hour')::int;
BEGIN
	PERFORM check_that($1 IN ('citizen', 'enterprise', 'insurance'), 'what', 'Không có loại tra cứu này.');
	PERFORM check_that(length(btrim(coalesce($3, ''))) BETWEEN 1 AND 300, 'purpose', 'Ghi mục đích tra cứu.');
	clean := lookup_body($1, $2);
	sys := coalesce(setting_of(mine.unit_id, 'lookup_' || $1), '');
	PERFORM check_that(EXISTS (SELECT FROM systems s WHERE s.code = sys AND s.ended IS NULL AND s.family <> 'manual')
		AND NOT EXISTS (SELECT FROM system_state h WHERE h.system = sys AND h.profile->'enabled' = 'false'), 'what',
		'chưa nối cơ sở dữ liệu này: tra bằng tay rồi ghi nơi tra.');
	IF $4 IS NOT NULL AND NOT EXISTS (SELECT FROM dossier d WHERE d.unit_id = mine.unit_id AND d.dossier_id = $4) THEN
		PERFORM refuse('MC008', 'Không có hồ sơ này.', format('no dossier %s', $4));
	END IF;
	PERFORM pg_advisory_xact_lock(hashtextextended('motcua.lookup ' || mine.login, mine.unit_id));
	IF (SELECT count(*) FROM question q WHERE q.unit_id = mine.unit_id AND q.kind = 'lookup' AND q.login = mine.login
		AND q.asked_at > now() - interval '1 hour') >= per_hour THEN
		PERFORM refuse('MC004', format('Mỗi người chỉ tra %s lần trong một giờ: chờ ít phút, hoặc tra bằng tay.', per_hour),
			'lookup rate limit');
	END IF;
	PERFORM forget_lookups(mine.unit_id);
	SELECT * INTO u FROM unit x WHERE x.unit_id = mine.unit_id;
	-- Their lengths: MaYeuCau 40, MaDVC 20, MaCanBo 20.
	clean := clean || jsonb_build_object('request', replace(gen_random_uuid()::text, '-', ''), 'unit', left(u.eid, 20),
		'officer', left(mine.login, 20), 'officer_name', mine.full_name, 'purpose', btrim($3));
	id := ask_system(mine.unit_id, sys, 'lookup', clean, btrim($3), mine.login, $4,
		make_interval(secs => setting_of(mine.unit_id, 'lookup_seconds')::int));
	PERFORM audit('lookup', $4, jsonb_build_object('question', id, 'what', $1, 'system', sys, 'number', clean->>'number',
		'purpose', btrim($3), 'request', clean->>'request', 'with_code', clean ? 'code'));
	RETURN id;
END $$;

-- How it stands; of my own questions only.
CREATE FUNCTION desk.lookup(wanted bigint) RETURNS TABLE (question_id bigint, what text, system text, system_name text,
	state text, reply jsonb, note text, asked_at timestamptz, answered_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
BEGIN
	RETURN QUERY SELECT q.question_id, q.body->>'what', q.system, coalesce(s.name, q.system), q.state, q.reply, q.note,
		q.asked_at, q.answered_at
	FROM question q LEFT JOIN systems s ON s.code = q.system AND s.ended IS NULL
	WHERE q.unit_id = mine.unit_id AND q.question_id = $1 AND q.kind = 'lookup' AND q.login = mine.login;
	IF NOT FOUND THEN
		PERFORM refuse('MC008', 'Không có lần tra cứu này.', format('no lookup %s of %s', $1, mine.login));
	END IF;
END $$;

-- A component that rests on a question: it was answered, about the person of this dossier, not long
-- ago; then where, when and by whom are what the question says.
CREATE FUNCTION motcua.fetched_component(mine motcua.clerk, req jsonb, c jsonb, nth bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
	q question;
	at_field text := 'components.' || nth || '.lookup_question';
	numbers text[] := ARRAY[req->'owner'->>'id_number', req->'submitter'->>'id_number'];
BEGIN
	SELECT * INTO q FROM question x WHERE x.unit_id = mine.unit_id AND x.kind = 'lookup'
		AND x.question_id = (c->>'lookup_question')::bigint;
	PERFORM check_that(q.question_id IS NOT NULL AND q.state = 'answered' AND q.reply->>'state' = 'found', at_field,
		format('Không thấy kết quả tra cứu của giấy tờ: %s', left(c->>'name', 80)));
	PERFORM check_that(q.answered_at > now() - make_interval(hours => setting_of(mine.unit_id, 'lookup_hours')::int), at_field,
		'Kết quả tra cứu đã cũ: tra lại.');
	PERFORM check_that(q.body->>'number' = ANY (numbers) OR EXISTS (SELECT FROM jsonb_array_elements(q.reply->'items') i
		WHERE i->>'number' = ANY (numbers) OR i->>'old_number' = ANY (numbers)), at_field,
		'Kết quả tra cứu là của người khác.');
	RETURN c || jsonb_build_object('lookup_at', iso(q.answered_at), 'lookup_where', format('%s, qua kết nối, cán bộ %s',
		coalesce((SELECT s.name FROM systems s WHERE s.code = q.system AND s.ended IS NULL), q.system),
		coalesce((SELECT k.full_name FROM clerk k WHERE k.login = q.login), q.login)));
END $$;

CREATE FUNCTION motcua.reception_components(mine motcua.clerk, req jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
	IF jsonb_typeof(req->'components') IS DISTINCT FROM 'array' OR NOT jsonb_path_exists(req, '$.components[*].lookup_question') THEN
		RETURN req;
	END IF;
	RETURN jsonb_set(req, '{components}', (SELECT jsonb_agg(CASE
			WHEN (c->>'lookup_question') IS NULL OR c->>'action' <> 'lookup' OR c->>'state' <> 'ok' THEN c - 'lookup_question'
			ELSE fetched_component(mine, req, c, nth) END ORDER BY nth)
		FROM jsonb_array_elements(req->'components') WITH ORDINALITY a(c, nth)));
END $$;

CREATE OR REPLACE FUNCTION motcua.reception_request(req jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
	req := reception_components(me(), req);
	IF NOT is_later(req) THEN
		RETURN req;
	END IF;
	RETURN req || jsonb_build_object('note', btrim(coalesce(req->>'note', '') || ' ' || later_words(req)));
END $$;

CREATE OR REPLACE FUNCTION motcua.reception_entered(mine motcua.clerk, req jsonb, d motcua.dossier, paper bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	UPDATE dossier_component k SET lookup_question = (e.c->>'lookup_question')::bigint
		FROM jsonb_array_elements(req->'components') WITH ORDINALITY e(c, nth)
		WHERE k.unit_id = d.unit_id AND k.dossier_id = d.dossier_id AND k.seq = e.nth AND e.c ? 'lookup_question';
	UPDATE question q SET dossier_id = d.dossier_id FROM dossier_component k
		WHERE k.unit_id = d.unit_id AND k.dossier_id = d.dossier_id AND q.unit_id = d.unit_id
			AND q.question_id = k.lookup_question AND q.dossier_id IS NULL;
	PERFORM later_entered(mine, req, d, paper);
END $$;

RESET ROLE;
SELECT motcua.open_doors();
