-- SPDX-License-Identifier: Apache-2.0
-- What supervisors answer for, the counters' keys, and files in pieces.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- What every confirmation needs: a supervisor, a known procedure and case, a basis.
CREATE FUNCTION motcua.confirm_check(procedure text, wanted_case bigint, channel int, basis text,
	OUT unit bigint, OUT version int, OUT case_name text)
LANGUAGE plpgsql STABLE AS $$
BEGIN
	unit := (my_supervisor()).unit_id;
	version := catalogue_now(unit) + 1;
	PERFORM check_that(EXISTS (SELECT FROM procedures p WHERE p.code = procedure AND p.ended IS NULL), 'procedure',
		format('Danh mục không có thủ tục %s.', coalesce(procedure, '?')));
	PERFORM check_that(coalesce(channel, 0) BETWEEN 0 AND 3, 'channel', 'Cách nộp không đúng.');
	PERFORM check_that(btrim(coalesce(basis, '')) <> '', 'basis', 'Ghi căn cứ: văn bản nào quy định.');
	case_name := '';
	IF coalesce(wanted_case, 0) <> 0 THEN
		SELECT c.name INTO case_name FROM cases c WHERE c.row_id = wanted_case AND c.procedure_code = procedure
			AND c.ended IS NULL;
		PERFORM check_that(case_name IS NOT NULL, 'case', 'Thủ tục không có trường hợp này.');
	END IF;
END $$;

CREATE FUNCTION motcua.confirm_done(what text, unit bigint, facts jsonb) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	PERFORM catalogue_bump(unit);
	PERFORM audit(what, NULL, facts);
END $$;

-- (procedure, case or 0, channel or 0, value, unit, basis, valid from or NULL for today)
CREATE FUNCTION desk.confirm_limit(procedure text, in_case bigint, in_channel int, new_value numeric, new_unit text,
	new_basis text, from_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	c record;
	since date := coalesce(from_day, local(now())::date);
BEGIN
	SELECT * INTO c FROM confirm_check(procedure, in_case, in_channel, new_basis);
	PERFORM check_that(new_unit IN ('none', 'working_day', 'day', 'hour', 'working_hour', 'month', 'same_day'), 'unit',
		'Đơn vị thời hạn không đúng.');
	PERFORM check_that(coalesce(new_value, 0) BETWEEN 0 AND 3650 AND (new_unit IN ('none', 'same_day') OR new_value > 0),
		'value', 'Thời hạn không đúng.');
	UPDATE limits l SET ended = c.version WHERE l.unit_id = c.unit AND l.ended IS NULL
		AND l.procedure_code = procedure AND l.case_name = c.case_name AND l.channel = coalesce(in_channel, 0)
		AND l.valid_from >= since;
	UPDATE limits l SET valid_to = since WHERE l.unit_id = c.unit AND l.ended IS NULL
		AND l.procedure_code = procedure AND l.case_name = c.case_name AND l.channel = coalesce(in_channel, 0)
		AND l.valid_from < since AND (l.valid_to IS NULL OR l.valid_to > since);
	INSERT INTO limits (unit_id, key, digest, loaded_from, added, procedure_code, case_name, channel, value, unit,
		legal_value, confirmed, basis, note, valid_from)
	VALUES (c.unit, gen_random_uuid(), gen_random_uuid(), session_user, c.version, procedure, c.case_name,
		coalesce(in_channel, 0), coalesce(new_value, 0), new_unit, 0, true, btrim(new_basis), '', since);
	PERFORM confirm_done('confirm_limit', c.unit, jsonb_build_object('procedure', procedure, 'case', c.case_name,
		'channel', in_channel, 'value', new_value, 'unit', new_unit, 'basis', new_basis, 'from', since));
END $$;

-- (procedure, case or 0, channel or 0, name, amount, basis, valid from)
CREATE FUNCTION desk.confirm_fee(procedure text, in_case bigint, in_channel int, fee_name text, new_amount bigint,
	new_basis text, from_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	c record;
	known fees;
	since date := coalesce(from_day, local(now())::date);
BEGIN
	SELECT * INTO c FROM confirm_check(procedure, in_case, in_channel, new_basis);
	PERFORM check_that(new_amount >= 0, 'amount', 'Số tiền phải là số nguyên đồng, không âm.');
	PERFORM check_that(btrim(coalesce(fee_name, '')) <> '', 'name', 'Khoản thu chưa có tên.');
	SELECT * INTO known FROM fees f WHERE f.procedure_code = procedure AND f.name = fee_name AND f.ended IS NULL
		ORDER BY f.unit_id NULLS LAST LIMIT 1;
	UPDATE fees f SET ended = c.version WHERE f.unit_id = c.unit AND f.ended IS NULL AND f.procedure_code = procedure
		AND f.case_name = c.case_name AND f.channel = coalesce(in_channel, 0) AND f.name = fee_name AND f.valid_from >= since;
	UPDATE fees f SET valid_to = since WHERE f.unit_id = c.unit AND f.ended IS NULL AND f.procedure_code = procedure
		AND f.case_name = c.case_name AND f.channel = coalesce(in_channel, 0) AND f.name = fee_name
		AND f.valid_from < since AND (f.valid_to IS NULL OR f.valid_to > since);
	INSERT INTO fees (unit_id, key, digest, loaded_from, added, procedure_code, case_name, channel, seq, name, amount,
		per, set_locally, confirmed, basis, published, valid_from)
	VALUES (c.unit, gen_random_uuid(), gen_random_uuid(), session_user, c.version, procedure, c.case_name,
		coalesce(in_channel, 0), coalesce(known.seq, 1), fee_name, new_amount, coalesce(known.per, ''),
		coalesce(known.set_locally, true), true, btrim(new_basis), coalesce(known.published, ''), since);
	PERFORM confirm_done('confirm_fee', c.unit, jsonb_build_object('procedure', procedure, 'case', c.case_name,
		'channel', in_channel, 'name', fee_name, 'amount', new_amount, 'basis', new_basis, 'from', since));
END $$;

-- (procedure, case or 0, channel or 0, wording, originals, copies, required, basis, valid from): the
-- unit's reading of a published paper, recognised by its wording.
CREATE FUNCTION desk.confirm_component(procedure text, in_case bigint, in_channel int, wording text,
	new_originals int, new_copies int, is_required boolean, new_basis text, from_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	c record;
	k components;
BEGIN
	SELECT * INTO c FROM confirm_check(procedure, in_case, in_channel, new_basis);
	SELECT * INTO k FROM components x WHERE x.procedure_code = procedure AND x.name = wording AND x.ended IS NULL
		AND x.case_name = c.case_name ORDER BY x.unit_id NULLS LAST LIMIT 1;
	PERFORM check_that(k.row_id IS NOT NULL, 'name', 'Danh mục không có giấy tờ này.');
	PERFORM check_that(new_originals BETWEEN 0 AND 99 AND new_copies BETWEEN 0 AND 99, 'originals', 'Số bản không đúng.');
	UPDATE components x SET ended = c.version WHERE x.unit_id = c.unit AND x.ended IS NULL
		AND x.procedure_code = procedure AND x.seq = k.seq;
	INSERT INTO components (unit_id, key, digest, loaded_from, added, procedure_code, seq, name, case_name, section,
		requirement, originals, copies, condition, form_number, form_file, reusable, reusable_basis, channel,
		when_represented, confirmed, basis, heading, confidence, valid_from, valid_to, note)
	VALUES (c.unit, gen_random_uuid(), gen_random_uuid(), session_user, c.version, procedure, k.seq, k.name, k.case_name,
		k.section, CASE WHEN is_required THEN CASE WHEN k.case_name = '' THEN 'required' ELSE 'required_in_case' END
			WHEN k.requirement LIKE 'required%' THEN 'optional' ELSE k.requirement END,
		new_originals, new_copies, k.condition, k.form_number, k.form_file, k.reusable, k.reusable_basis,
		coalesce(in_channel, k.channel), k.when_represented, true, btrim(new_basis), k.heading, k.confidence,
		coalesce(from_day, local(now())::date), NULL, k.note);
	PERFORM confirm_done('confirm_component', c.unit, jsonb_build_object('procedure', procedure, 'name', left(wording, 200),
		'originals', new_originals, 'copies', new_copies, 'required', is_required, 'basis', new_basis));
END $$;

-- Repeating it with the same key keeps the id and opens it again; another key of the counter ends the
-- earlier ones.
CREATE FUNCTION desk.register_key(counter text, public_key bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	id bigint;
BEGIN
	PERFORM check_that(EXISTS (SELECT FROM counter c WHERE c.unit_id = mine.unit_id AND c.code = register_key.counter),
		'counter', 'Chưa chọn quầy.');
	PERFORM check_that(octet_length(public_key) = 32, 'public', 'Khoá không đúng dạng.');
	SELECT k.key_id INTO id FROM counter_key k WHERE k.unit_id = mine.unit_id AND k.counter_code = register_key.counter
		AND k.public = public_key;
	UPDATE counter_key k SET valid_to = now() WHERE k.unit_id = mine.unit_id
		AND k.counter_code = register_key.counter AND k.valid_to IS NULL AND k.key_id IS DISTINCT FROM id;
	IF id IS NOT NULL THEN
		-- A machine that stood aside for a while signs again: what it signs is as good as before.
		UPDATE counter_key k SET valid_to = NULL WHERE k.unit_id = mine.unit_id AND k.key_id = id AND k.valid_to IS NOT NULL;
		IF FOUND THEN
			PERFORM audit('register_key', NULL, jsonb_build_object('counter', counter, 'key', id, 'again', true));
		END IF;
		RETURN id;
	END IF;
	INSERT INTO counter_key (unit_id, counter_code, public, login)
		VALUES (mine.unit_id, register_key.counter, public_key, mine.login) RETURNING key_id INTO id;
	PERFORM audit('register_key', NULL, jsonb_build_object('counter', counter, 'key', id));
	RETURN id;
END $$;

CREATE FUNCTION desk.keys() RETURNS TABLE (key_id bigint, unit_id bigint, public bytea, valid_from timestamptz,
	valid_to timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT k.key_id, k.unit_id, k.public, k.valid_from, k.valid_to FROM me() m JOIN counter_key k ON k.unit_id = m.unit_id
	ORDER BY k.key_id
$$;

CREATE FUNCTION desk.file_begin(file_name text, media text, bytes bigint, hash bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	most bigint := setting_of(mine.unit_id, 'file_limit')::bigint;
	id bigint;
BEGIN
	PERFORM check_that(bytes > 0 AND bytes <= most, 'size', format('Tệp phải có nội dung và không quá %s MB.', most >> 20));
	PERFORM check_that(octet_length(hash) = 32, 'sha256', 'Mã kiểm tra tệp không đúng dạng.');
	PERFORM check_that(length(file_name) BETWEEN 1 AND 255 AND file_name !~ '[/\x01-\x1f]', 'name', 'Tên tệp không đúng.');
	INSERT INTO file (unit_id, name, media_type, size, sha256, login)
		VALUES (mine.unit_id, file_name, coalesce(media, ''), bytes, hash, mine.login) RETURNING file_id INTO id;
	RETURN id;
END $$;

-- Mine, and still open for pieces.
CREATE FUNCTION motcua.file_open(wanted bigint) RETURNS motcua.file
LANGUAGE plpgsql STABLE AS $$
DECLARE
	mine clerk := me();
	f file;
BEGIN
	SELECT * INTO f FROM file x WHERE x.unit_id = mine.unit_id AND x.file_id = wanted AND x.login = mine.login;
	IF f.file_id IS NULL THEN
		PERFORM refuse('MC008', 'Không có tệp này.', format('no file %s', wanted));
	END IF;
	RETURN f;
END $$;

-- Pieces count from 0; repeating one is harmless.
CREATE FUNCTION desk.file_piece(wanted bigint, nth int, piece bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	f file := file_open(wanted);
BEGIN
	PERFORM check_that(NOT f.whole, 'file', 'Tệp đã xong.');
	PERFORM check_that(octet_length(piece) BETWEEN 1 AND 4194304, 'data', 'Mảnh tệp quá lớn.');
	PERFORM check_that(octet_length(piece) + coalesce((SELECT sum(octet_length(p.data)) FROM file_piece p
		WHERE p.unit_id = f.unit_id AND p.file_id = wanted AND p.at = f.begun_at AND p.seq <> nth), 0) <= f.size,
		'size', 'Tệp dài hơn đã báo.');
	INSERT INTO file_piece VALUES (f.unit_id, wanted, nth, f.begun_at, piece) ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION desk.file_end(wanted bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	f file := file_open(wanted);
	body bytea;
BEGIN
	IF f.whole THEN
		RETURN;
	END IF;
	SELECT string_agg(p.data, '' ORDER BY p.seq) INTO body FROM file_piece p
		WHERE p.unit_id = f.unit_id AND p.file_id = wanted AND p.at = f.begun_at;
	PERFORM check_that(octet_length(body) = f.size AND sha256(body) = f.sha256, 'file',
		'Tệp nhận được không giống tệp đã gửi: hãy gửi lại.');
	UPDATE file x SET whole = true WHERE x.unit_id = f.unit_id AND x.file_id = wanted;
END $$;

-- A piece of a whole file of my unit, for screens and connectors; NULL after the last.
CREATE FUNCTION desk.file_read(wanted bigint, nth int) RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	f file;
BEGIN
	SELECT * INTO f FROM file x WHERE x.unit_id = mine.unit_id AND x.file_id = wanted AND x.whole;
	IF f.file_id IS NULL THEN
		PERFORM refuse('MC008', 'Không có tệp này.', format('no file %s', wanted));
	END IF;
	IF nth = 0 THEN
		PERFORM audit('file', f.dossier_id, jsonb_build_object('file', wanted));
	ELSE
		PERFORM audit_once('file', f.dossier_id, jsonb_build_object('file', wanted));
	END IF;
	RETURN (SELECT p.data FROM file_piece p WHERE p.unit_id = f.unit_id AND p.file_id = wanted AND p.at = f.begun_at AND p.seq = nth);
END $$;

RESET ROLE;
