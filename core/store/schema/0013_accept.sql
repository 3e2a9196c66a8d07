-- SPDX-License-Identifier: Apache-2.0
-- The act of reception: everything or nothing, in one round trip, once per request id.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- <e-identifier>-YYMMDD-NNNN, per unit and day, never used twice (TT 03/2025/TT-VPCP, Điều 13).
CREATE FUNCTION motcua.next_code(u motcua.unit, on_day date) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	fresh int;
BEGIN
	INSERT INTO code_sequence AS s VALUES (u.unit_id, on_day, 1)
	ON CONFLICT ON CONSTRAINT code_sequence_pkey DO UPDATE SET last = s.last + 1 RETURNING last INTO fresh;
	RETURN u.eid || to_char(on_day, '-YYMMDD-') || lpad(fresh::text, greatest(4, length(fresh::text)), '0');
END $$;

CREATE FUNCTION motcua.keep_party(unit bigint, dossier bigint, as_role text, party jsonb, moment timestamptz)
RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO dossier_person (unit_id, dossier_id, role, kind, name, id_number, id_kind, birth, sex, phone,
		email, address, commune, province, representative, seen_at)
	VALUES (unit, dossier, as_role, party->>'kind', btrim(party->>'name'), coalesce(party->>'id_number', ''),
		coalesce(nullif(party->>'id_kind', ''), 'other'), nullif(party->>'birth', '')::date, coalesce(party->>'sex', ''),
		coalesce(party->>'phone', ''), coalesce(party->>'email', ''), coalesce(party->>'address', ''),
		coalesce(party->>'commune', ''), coalesce(party->>'province', ''), coalesce(party->>'representative', ''), moment);
	INSERT INTO name_word SELECT unit, w, fold(btrim(party->>'name'))
		FROM unnest(string_to_array(fold(btrim(party->>'name')), ' ')) w ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION motcua.keep_lists(unit bigint, dossier bigint, req jsonb) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO dossier_component (unit_id, dossier_id, seq, name, action, originals, copies, pages, state,
		required, reason, basis, lookup_where, lookup_at, files)
	SELECT unit, dossier, e.ordinality, c->>'name', c->>'action', coalesce((c->>'originals')::int, 0),
		coalesce((c->>'copies')::int, 0), coalesce((c->>'pages')::int, 0), c->>'state',
		coalesce((c->>'required')::boolean, false), coalesce(c->>'reason', ''), coalesce(c->>'basis', ''),
		coalesce(c->>'lookup_where', ''), nullif(c->>'lookup_at', '')::timestamptz,
		ARRAY(SELECT f::bigint FROM jsonb_array_elements_text(coalesce(c->'files', '[]')) f)
	FROM jsonb_array_elements(req->'components') WITH ORDINALITY e(c, ordinality);
	IF EXISTS (SELECT FROM dossier_component k, unnest(k.files) f WHERE k.unit_id = unit AND k.dossier_id = dossier
		AND NOT EXISTS (SELECT FROM file x WHERE x.unit_id = unit AND x.file_id = f AND x.whole AND x.dossier_id IS NULL)) THEN
		PERFORM refuse('MC005', 'Tệp đính kèm chưa tải xong hoặc đã thuộc hồ sơ khác.', 'file not whole', 'components');
	END IF;
	UPDATE file x SET dossier_id = dossier FROM dossier_component k
		WHERE k.unit_id = unit AND k.dossier_id = dossier AND x.unit_id = unit AND x.file_id = ANY (k.files);
	INSERT INTO dossier_fee (unit_id, dossier_id, seq, name, amount, confirmed, basis, exempt_reason, paid)
	SELECT unit, dossier, e.ordinality, f->>'name', (f->>'amount')::bigint, coalesce((f->>'confirmed')::boolean, false),
		coalesce(f->>'basis', ''), coalesce(f->>'exempt_reason', ''), f->>'paid'
	FROM jsonb_array_elements(coalesce(req->'fees', '[]')) WITH ORDINALITY e(f, ordinality);
END $$;

-- The neutral messages: what a dossier is, then that it was received; couriers map them to wire words.
CREATE FUNCTION motcua.dossier_payload(u motcua.unit, mine motcua.clerk, req jsonb, d motcua.dossier) RETURNS jsonb
LANGUAGE sql STABLE AS $$
	SELECT jsonb_build_object('code', d.code,
		'procedure', jsonb_build_object('code', d.procedure_code, 'name', d.procedure_name, 'field', d.field),
		'unit', jsonb_build_object('code', u.code, 'name', u.name, 'eid', u.eid),
		'channel', d.channel, 'owner', req->'owner', 'submitter', coalesce(req->'submitter', 'null'),
		'mandate', coalesce(req->'mandate', 'null'), 'summary', d.summary, 'received_at', iso(d.received_at),
		'due_at', iso(d.due_at), 'status', d.status, 'result_by', d.result_by, 'return_to', d.return_to,
		'note', d.note, 'components', req->'components', 'fees', coalesce(req->'fees', '[]'),
		'officer', jsonb_build_object('name', mine.full_name, 'title', mine.title))
$$;

CREATE FUNCTION motcua.progress_payload(code text, officer_name text, officer_title text, room text,
	at timestamptz, say text, status int, starts_at timestamptz, due_at timestamptz) RETURNS jsonb
LANGUAGE sql STABLE AS $$
	SELECT jsonb_build_object('code', code,
		'officer', jsonb_build_object('name', officer_name, 'title', officer_title, 'room', room),
		'at', iso(at), 'text', say, 'status', status, 'starts_at', iso(starts_at), 'due_at', iso(due_at))
$$;
GRANT EXECUTE ON FUNCTION motcua.progress_payload TO motcua_wire;

CREATE TYPE motcua.accepted AS (dossier_id bigint, code text, received_at timestamptz, due_at timestamptz,
	paper_id bigint, repeated boolean);

-- The first result of a request that was already carried out; MC006 when it was for somebody or
-- something else: a receipt never goes to another's hand.
CREATE FUNCTION motcua.accepted_before(unit bigint, request uuid, req jsonb) RETURNS motcua.accepted
LANGUAGE plpgsql STABLE AS $$
DECLARE
	done accepted;
	other text;
BEGIN
	SELECT d.code INTO other FROM dossier d WHERE d.unit_id = unit AND d.request_id = request
		AND (d.procedure_code, d.owner_name, d.owner_id) IS DISTINCT FROM
			(req->>'procedure', btrim(req->'owner'->>'name'), coalesce(req->'owner'->>'id_number', ''));
	IF other IS NOT NULL THEN
		PERFORM refuse('MC006', format('Lần gửi trước đã thành hồ sơ %s với người hoặc thủ tục khác. '
			|| 'Mở hồ sơ đó để xem; muốn nhận thêm thì lập hồ sơ mới.', other),
			'request was carried out with another owner or procedure as ' || other, other);
	END IF;
	SELECT d.dossier_id, d.code, d.received_at, x.new_due, p.paper_id, true INTO done
	FROM dossier d
	JOIN paper p ON p.unit_id = d.unit_id AND p.request_id = d.request_id AND p.form = '01'
	LEFT JOIN dossier_due x ON x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.seq = 1
	WHERE d.unit_id = unit AND d.request_id = request;
	RETURN done;
END $$;

-- What is common to reception and turning away.
CREATE FUNCTION motcua.check_request(mine motcua.clerk, req jsonb, moment timestamptz) RETURNS motcua.procedures
LANGUAGE plpgsql STABLE AS $$
BEGIN
	PERFORM check_size(req);
	PERFORM check_catalogue(mine.unit_id, (req->>'catalogue_version')::int);
	PERFORM check_that(EXISTS (SELECT FROM counter c WHERE c.unit_id = mine.unit_id AND c.code = req->>'counter'),
		'counter', 'Chưa chọn quầy.');
	PERFORM check_that((req->>'channel')::int BETWEEN 1 AND 3, 'channel', 'Chưa rõ cách nộp hồ sơ.');
	PERFORM check_party(req->'owner', 'owner');
	IF jsonb_typeof(req->'submitter') = 'object' THEN
		PERFORM check_party(req->'submitter', 'submitter');
	END IF;
	PERFORM check_that(length(coalesce(req->>'summary', '')) <= 1000, 'summary', 'Nội dung yêu cầu dài quá 1000 chữ.');
	PERFORM check_that(coalesce((req->>'case_id')::bigint, 0) = 0 OR EXISTS (SELECT FROM cases c
		WHERE c.row_id = (req->>'case_id')::bigint AND c.procedure_code = req->>'procedure' AND c.ended IS NULL),
		'case', 'Thủ tục không có trường hợp này.');
	RETURN check_procedure(mine.unit_id, req->>'procedure', local(moment)::date);
END $$;

CREATE FUNCTION motcua.check_mandate(req jsonb) RETURNS void
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	PERFORM check_that(jsonb_typeof(coalesce(req->'submitter', 'null')) <> 'object'
		OR btrim(coalesce(req->'mandate'->>'kind', '') || coalesce(req->'mandate'->>'note', '')) <> '',
		'mandate', 'Người nộp không phải chủ hồ sơ: ghi giấy uỷ quyền hoặc quan hệ.');
	PERFORM check_that(req->>'result_by' IN ('counter', 'post', 'online'), 'result_by', 'Chưa chọn cách nhận kết quả.');
	PERFORM check_that(req->>'result_by' <> 'post' OR btrim(coalesce(req->>'return_to', '')) <> '', 'return_to',
		'Nhận kết quả qua bưu chính cần địa chỉ.');
	PERFORM check_that(coalesce((req->>'sets')::int, 1) BETWEEN 1 AND 99, 'sets', 'Số bộ hồ sơ không đúng.');
END $$;

CREATE FUNCTION motcua.insert_dossier(u motcua.unit, mine motcua.clerk, req jsonb, p motcua.procedures,
	moment timestamptz, session bigint) RETURNS motcua.dossier
LANGUAGE plpgsql AS $$
DECLARE
	d dossier;
	route record;
	in_case text := coalesce((SELECT c.name FROM cases c WHERE c.row_id = (req->>'case_id')::bigint), '');
BEGIN
	SELECT * INTO route FROM check_route(p, in_case, req->'route', local(moment)::date);
	INSERT INTO dossier (unit_id, code, request_id, procedure_code, procedure_name, procedure_row, field,
		catalogue_version, case_id, case_name, channel, counter_code, session_id, login, owner_name, owner_id,
		summary, sets, mandate, limit_value, limit_unit, limit_source, limit_basis, received_at, due_at, status,
		status_at, route_system, route_rule, route_basis, route_told, result_by, return_to, note)
	VALUES (u.unit_id, next_code(u, local(moment)::date), (req->>'request_id')::uuid, p.code, p.name, p.row_id,
		p.field, (req->>'catalogue_version')::int, coalesce((req->>'case_id')::bigint, 0),
		in_case, (req->>'channel')::int, req->>'counter', session, mine.login, btrim(req->'owner'->>'name'),
		coalesce(req->'owner'->>'id_number', ''), coalesce(req->>'summary', ''), coalesce((req->>'sets')::int, 1),
		req->'mandate', coalesce((req->'limit'->>'value')::numeric, 0), req->'limit'->>'unit', req->'limit'->>'source',
		coalesce(req->'limit'->>'basis', ''), moment, (req->>'due_at')::timestamptz, 2, moment, route.system,
		route.rule, route.basis, route.told, req->>'result_by', coalesce(req->>'return_to', ''), coalesce(req->>'note', ''))
	RETURNING * INTO d;
	RETURN d;
END $$;

-- Messages for the system that works on it and for those that are told.
CREATE FUNCTION motcua.post_reception(u motcua.unit, mine motcua.clerk, req jsonb, d motcua.dossier) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	systems text[] := d.route_system || d.route_told;
	body jsonb := dossier_payload(u, mine, req, d);
	step jsonb := progress_payload(d.code, mine.full_name, mine.title, u.office, d.received_at,
		'Tiếp nhận hồ sơ', 2, d.received_at, d.due_at);
BEGIN
	INSERT INTO stream (unit_id, dossier_id, system, tail)
		SELECT d.unit_id, d.dossier_id, w, 2 FROM unnest(systems) w;
	INSERT INTO message (unit_id, dossier_id, system, seq, kind, payload)
		SELECT d.unit_id, d.dossier_id, w, 1, 'dossier', body FROM unnest(systems) w
		UNION ALL SELECT d.unit_id, d.dossier_id, w, 2, 'progress', step FROM unnest(systems) w;
	PERFORM pg_notify('motcua_outbox', w) FROM unnest(systems) w;
END $$;

CREATE FUNCTION desk.accept_dossier(request jsonb) RETURNS motcua.accepted
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	u unit;
	p procedures;
	d dossier;
	done accepted;
	request_uuid uuid := (request->>'request_id')::uuid;
	moment timestamptz;
BEGIN
	PERFORM check_that(request_uuid IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM pg_advisory_xact_lock(hashtextextended(request_uuid::text, mine.unit_id));
	done := accepted_before(mine.unit_id, request_uuid, request);
	IF done.dossier_id IS NOT NULL THEN
		RETURN done;
	END IF;
	moment := date_trunc('second', clock_timestamp());
	PERFORM check_moment(mine.unit_id, (request->>'computed_at')::timestamptz, clock_timestamp());
	p := check_request(mine, request, moment);
	PERFORM check_mandate(request);
	PERFORM check_components(p, request->'components');
	PERFORM check_fees(mine.unit_id, p, request->'fees', local(moment)::date);
	PERFORM check_limit(mine.unit_id, p, request->'limit', (request->>'due_at')::timestamptz, moment);
	IF NOT coalesce((request->>'ignore_similar')::boolean, false) THEN
		PERFORM check_similar(mine.unit_id, request->'owner'->>'id_number', p.code);
	END IF;
	SELECT * INTO u FROM unit x WHERE x.unit_id = mine.unit_id;
	d := insert_dossier(u, mine, request, p, moment, my_session());
	PERFORM keep_party(d.unit_id, d.dossier_id, 'owner', request->'owner', moment);
	IF jsonb_typeof(request->'submitter') = 'object' THEN
		PERFORM keep_party(d.unit_id, d.dossier_id, 'submitter', request->'submitter', moment);
	END IF;
	PERFORM keep_lists(d.unit_id, d.dossier_id, request);
	INSERT INTO dossier_due VALUES (d.unit_id, d.dossier_id, 1, moment, 'reception', mine.login, NULL, d.due_at,
		coalesce((SELECT string_agg(l, E'\n') FROM jsonb_array_elements_text(request->'due_lines') l), ''));
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, form)
		SELECT d.unit_id, d.dossier_id, moment, t.act, 0, 2, mine.login, mine.full_name, t.form
		FROM transition t WHERE t.from_status = 0 AND t.to_status = 2;
	INSERT INTO paper (unit_id, dossier_id, request_id, form, year, fields, made_at, login)
		VALUES (d.unit_id, d.dossier_id, request_uuid, '01', extract(year FROM local(moment)),
			receipt_fields(u, mine, request, p, d), moment, mine.login) RETURNING paper_id INTO done.paper_id;
	PERFORM post_reception(u, mine, request, d);
	PERFORM audit('accept', d.dossier_id, jsonb_build_object('code', d.code, 'procedure', p.code,
		'ignore_similar', coalesce((request->>'ignore_similar')::boolean, false)));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	done := (d.dossier_id, d.code, moment, d.due_at, done.paper_id, false);
	RETURN done;
END $$;

RESET ROLE;
