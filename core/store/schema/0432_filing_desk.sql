-- SPDX-License-Identifier: Apache-2.0
-- Online filings at the desk: the list with the oldest deadline first, one opened, and the same acts as at the
-- counter.  A request of desk.accept_dossier or desk.turn_away about one has a member "filing":
--   {"filing_id", "version" (as the clerk sees it)}

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- which: 'open' waits for the desk; 'citizen' waits for the citizen; 'over' was ended in the last 30 days.
CREATE FUNCTION desk.filings(which text, most int) RETURNS TABLE (filing_id bigint, version int, system text, system_name text,
	code text, status int, whole boolean, filed_at timestamptz, arrived_at timestamptz, clock_from timestamptz, deadline timestamptz,
	brought_at timestamptz, owner_name text, owner_id text, procedure_code text, procedure_name text, files int, files_missing int,
	asks int, answered_at timestamptz, answered_by text, reason text, note text, dossier_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT f.filing_id, f.version, f.system, system_name(f.system), f.foreign_code, f.status::int, f.whole, f.filed_at, f.arrived_at,
		f.clock_from, f.deadline, f.brought_at, f.owner_name, mask(coalesce(f.view->'owner'->>'id_number', '')), f.procedure_code,
		coalesce((SELECT p.name FROM procedures p WHERE p.code = f.procedure_code AND p.ended IS NULL ORDER BY p.unit_id NULLS LAST LIMIT 1),
			f.procedure_name),
		(SELECT count(*)::int FROM filing_file p WHERE p.unit_id = f.unit_id AND p.filing_id = f.filing_id),
		(SELECT count(*)::int FROM filing_file p WHERE p.unit_id = f.unit_id AND p.filing_id = f.filing_id AND p.state <> 'here'),
		f.asks, f.answered_at, coalesce(name_of(f.answered_by), f.answered_by), f.reason,
		coalesce(nullif(f.note, ''), (SELECT w.note FROM filing_word w WHERE w.unit_id = f.unit_id AND w.filing_id = f.filing_id
			AND w.done_at IS NULL AND w.note <> '' ORDER BY w.word_id LIMIT 1), ''), f.dossier_id
	FROM me() m JOIN filing f ON f.unit_id = m.unit_id
	WHERE f.version > 0 AND CASE which WHEN 'open' THEN f.status = 1 OR (f.status = 5 AND f.brought_at IS NOT NULL)
		WHEN 'citizen' THEN f.status = 5 AND f.brought_at IS NULL
		ELSE f.status IN (2, 3, 7) AND f.answered_at > now() - interval '30 days' END
	ORDER BY CASE WHEN which = 'open' THEN f.deadline END, CASE WHEN which = 'citizen' THEN f.answered_at END, f.answered_at DESC, f.filing_id
	LIMIT greatest(1, least(most, 1000))
$$;

-- For the home screen: waiting for the desk, of them late, of them within two hours of it.
CREATE FUNCTION desk.filing_counts() RETURNS TABLE (waiting int, late int, soon int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT count(*)::int, (count(*) FILTER (WHERE f.deadline < now()))::int,
		(count(*) FILTER (WHERE f.deadline >= now() AND f.deadline < now() + interval '2 hours'))::int
	FROM me() m JOIN filing f ON f.unit_id = m.unit_id
	WHERE f.version > 0 AND (f.status = 1 OR (f.status = 5 AND f.brought_at IS NOT NULL))
$$;

CREATE FUNCTION motcua.filing_mine(wanted bigint) RETURNS motcua.filing
LANGUAGE plpgsql STABLE AS $$
DECLARE
	mine clerk := me();
	f filing;
BEGIN
	SELECT * INTO f FROM filing x WHERE x.unit_id = mine.unit_id AND x.filing_id = wanted AND x.version > 0;
	IF f.filing_id IS NULL THEN
		PERFORM refuse('MC008', 'Không có hồ sơ trực tuyến này.', format('no filing %s', wanted));
	END IF;
	RETURN f;
END $$;

-- One filing with everything the citizen wrote; each look at it is recorded.  form: "name: value" a line.
CREATE FUNCTION desk.filing(wanted bigint) RETURNS TABLE (filing_id bigint, version int, system text, system_name text, code text,
	status int, whole boolean, filed_at timestamptz, clock_from timestamptz, deadline timestamptz, brought_at timestamptz, asks int,
	procedure_code text, procedure_name text, case_name text, summary text, result_by text, return_to text, note text, verified boolean,
	paid boolean, hours numeric, form text, owner_kind text, owner_name text, owner_id text, owner_id_kind text, owner_birth text,
	owner_sex text, owner_phone text, owner_email text, owner_address text, submitter_name text, submitter_id text,
	submitter_id_kind text, submitter_birth text, submitter_sex text, submitter_phone text, submitter_email text, submitter_address text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	f filing := filing_mine($1);
	v jsonb := f.view;
	o jsonb := f.view->'owner';
	s jsonb := f.view->'submitter';
BEGIN
	PERFORM audit('filing', f.dossier_id, jsonb_build_object('filing', f.filing_id, 'code', f.foreign_code));
	RETURN QUERY SELECT f.filing_id, f.version, f.system, system_name(f.system), f.foreign_code, f.status::int, f.whole, f.filed_at,
		f.clock_from, f.deadline, f.brought_at, f.asks, f.procedure_code, f.procedure_name, coalesce(v->>'case', ''),
		coalesce(v->>'summary', ''), coalesce(v->>'result_by', ''), coalesce(v->>'return_to', ''), coalesce(v->>'note', ''),
		coalesce(v->'verified' = 'true', false), coalesce(v->'paid' = 'true', false),
		setting_of(f.unit_id, 'online_hours', local(f.clock_from)::date)::numeric,
		coalesce((SELECT string_agg((e->>'name') || ': ' || (e->>'value') || E'\n', '' ORDER BY n)
			FROM jsonb_array_elements(CASE jsonb_typeof(v->'form') WHEN 'array' THEN v->'form' ELSE '[]' END) WITH ORDINALITY a(e, n)), ''),
		coalesce(o->>'kind', 'person'), f.owner_name, coalesce(o->>'id_number', ''), coalesce(o->>'id_kind', 'other'),
		coalesce(o->>'birth', ''), coalesce(o->>'sex', ''), coalesce(o->>'phone', ''), coalesce(o->>'email', ''), coalesce(o->>'address', ''),
		coalesce(s->>'name', ''), coalesce(s->>'id_number', ''), coalesce(s->>'id_kind', 'other'), coalesce(s->>'birth', ''),
		coalesce(s->>'sex', ''), coalesce(s->>'phone', ''), coalesce(s->>'email', ''), coalesce(s->>'address', '');
END $$;

CREATE FUNCTION desk.filing_files(wanted bigint) RETURNS TABLE (seq int, component text, name text, state text, file_id bigint,
	media_type text, size bigint, note text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT p.seq, p.component, p.name, p.state, p.file_id, coalesce(x.media_type, ''), coalesce(x.size, p.told_size, 0), p.note
	FROM filing_mine(wanted) f JOIN filing_file p ON p.unit_id = f.unit_id AND p.filing_id = f.filing_id
	LEFT JOIN file x ON x.unit_id = p.unit_id AND x.file_id = p.file_id ORDER BY p.seq, p.part_id
$$;

CREATE FUNCTION desk.filing_events(wanted bigint) RETURNS TABLE (at timestamptz, what text, by_name text, note text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT e.at, e.what, e.by_name, e.note FROM filing_mine(wanted) f JOIN filing_event e USING (unit_id, filing_id) ORDER BY e.event_id
$$;

-- ---- the acts ----

CREATE FUNCTION motcua.is_filing(req jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN coalesce(jsonb_typeof(req->'filing'), 'null') <> 'null';

-- The filing of a request, locked, when it still is what the clerk sees.  No row for a request without one.
CREATE FUNCTION motcua.filing_lock(mine motcua.clerk, req jsonb) RETURNS motcua.filing
LANGUAGE plpgsql AS $$
DECLARE
	f filing;
BEGIN
	IF NOT is_filing(req) THEN
		RETURN NULL;
	END IF;
	SELECT * INTO f FROM filing x WHERE x.unit_id = mine.unit_id AND x.filing_id = (req->'filing'->>'filing_id')::bigint FOR UPDATE;
	IF f.filing_id IS NULL THEN
		PERFORM refuse('MC008', 'Không có hồ sơ trực tuyến này.', format('no filing %s', req->'filing'->>'filing_id'));
	END IF;
	PERFORM refuse('MC006', format('Công dân đã rút hồ sơ %s: %s', f.foreign_code, f.reason), 'filing is withdrawn', f.foreign_code)
		WHERE f.status = 7;
	PERFORM refuse('MC006', format('Hồ sơ %s đã được xử lý: %s', f.foreign_code, coalesce(nullif(f.reason, ''),
		(SELECT 'mã ' || d.code FROM dossier d WHERE d.unit_id = f.unit_id AND d.dossier_id = f.dossier_id), '')),
		'filing is over', f.foreign_code) WHERE f.status NOT IN (1, 5);
	PERFORM refuse('MC006', 'Công dân vừa sửa hồ sơ này: mở lại để xem nội dung mới.', format('filing has version %s', f.version),
		f.foreign_code) WHERE f.version IS DISTINCT FROM (req->'filing'->>'version')::int;
	PERFORM check_that((req->>'channel')::int = 2, 'channel', 'Hồ sơ này nộp trực tuyến.');
	RETURN f;
END $$;

-- One code for all: the one that the citizen was given, when it cannot be one of ours.
CREATE FUNCTION motcua.filing_code(u motcua.unit, f motcua.filing) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN f.foreign_code ~ '^[A-Z0-9.]{1,40}-[0-9]{6}([0-9]{2})?-[0-9]{4,9}$'
		AND NOT (f.foreign_code LIKE u.eid || '-%' AND length(substring(f.foreign_code FROM '[0-9]+$')) < 6)
		AND NOT EXISTS (SELECT FROM dossier d WHERE d.unit_id = u.unit_id AND d.code = f.foreign_code) THEN f.foreign_code END
$$;

CREATE OR REPLACE FUNCTION motcua.reception_code(u motcua.unit, req jsonb, moment timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	f filing;
BEGIN
	IF is_later(req) THEN
		RETURN req->'later'->>'blank_code';
	END IF;
	IF is_filing(req) THEN
		SELECT * INTO f FROM filing x WHERE x.unit_id = u.unit_id AND x.filing_id = (req->'filing'->>'filing_id')::bigint;
		RETURN coalesce(filing_code(u, f), next_code(u, local(moment)::date));
	END IF;
	RETURN next_code(u, local(moment)::date);
END $$;

-- What the desk did, kept beside what it answers; the other side hears of it.
CREATE FUNCTION motcua.filing_end(f motcua.filing, mine motcua.clerk, next_status int, say text, moment timestamptz, dossier bigint)
RETURNS void
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
BEGIN
	UPDATE filing x SET status = next_status, answered_at = moment, answered_by = mine.login, reason = left(say, 1000), dossier_id = dossier,
		asks = x.asks + (next_status = 5)::int, brought_at = CASE WHEN next_status = 5 THEN NULL ELSE x.brought_at END,
		ask_at = now() + interval '1 minute', changed_at = clock_timestamp() WHERE x.unit_id = f.unit_id AND x.filing_id = f.filing_id;
	PERFORM filing_say(f, CASE next_status WHEN 2 THEN 'accepted' WHEN 5 THEN 'asked' ELSE 'refused' END, mine.full_name, say);
END $$;

-- Accepted: their number leads to the dossier, and their system goes on with what it has.
CREATE FUNCTION motcua.filing_accepted(mine motcua.clerk, f motcua.filing, d motcua.dossier) RETURNS motcua.dossier
LANGUAGE plpgsql AS $$
BEGIN
	IF f.filing_id IS NULL THEN
		RETURN d;
	END IF;
	PERFORM filing_end(f, mine, 2, '', d.received_at, d.dossier_id);
	INSERT INTO alias (unit_id, system, foreign_code, dossier_id) SELECT d.unit_id, f.system, f.foreign_code, d.dossier_id
		WHERE f.foreign_code <> d.code ON CONFLICT DO NOTHING;
	UPDATE dossier x SET route_told = x.route_told || f.system WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id
		AND x.route_system <> f.system AND NOT f.system = ANY (x.route_told);
	SELECT * INTO d FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	RETURN d;
END $$;

-- Its history begins with the citizen's act, told when the desk took it up.
CREATE FUNCTION motcua.filing_registered(f motcua.filing, d motcua.dossier) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_name, note)
		SELECT d.unit_id, d.dossier_id, d.received_at, 'register', 0, 1, f.owner_name, format('Nộp trực tuyến lúc %s qua %s, mã %s.',
			to_char(local(coalesce(f.filed_at, f.arrived_at)), 'HH24:MI DD/MM/YYYY'), system_name(f.system), f.foreign_code)
		WHERE f.filing_id IS NOT NULL;
END $$;

-- As in 0151; an online filing (0430) is accepted the same way.
CREATE OR REPLACE FUNCTION desk.accept_dossier(request jsonb) RETURNS motcua.accepted
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	u unit;
	p procedures;
	d dossier;
	f filing;
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
	f := filing_lock(mine, request);
	moment := reception_moment(mine, request);
	request := reception_request(request);
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
	PERFORM filing_registered(f, d);
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, form)
		SELECT d.unit_id, d.dossier_id, moment, t.act, t.from_status, 2, mine.login, mine.full_name, t.form
		FROM transition t WHERE t.from_status = CASE WHEN f.filing_id IS NULL THEN 0 ELSE 1 END AND t.to_status = 2;
	INSERT INTO paper (unit_id, dossier_id, request_id, form, year, fields, made_at, login)
		VALUES (d.unit_id, d.dossier_id, request_uuid, '01', extract(year FROM local(moment)),
			receipt_fields(u, mine, request, p, d), moment, mine.login) RETURNING paper_id INTO done.paper_id;
	PERFORM reception_entered(mine, request, d, done.paper_id);
	d := filing_accepted(mine, f, d);
	PERFORM post_reception(u, mine, request, d);
	IF f.filing_id IS NOT NULL THEN
		UPDATE stream s SET created_there = true, foreign_code = f.foreign_code, memory = s.memory || coalesce(f.view->'memory', '{}')
			WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = f.system;
	END IF;
	PERFORM audit('accept', d.dossier_id, jsonb_build_object('code', d.code, 'procedure', p.code,
		'ignore_similar', coalesce((request->>'ignore_similar')::boolean, false), 'later', is_later(request),
		'filing', f.filing_id));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	done := (d.dossier_id, d.code, moment, d.due_at, done.paper_id, false);
	RETURN done;
END $$;

-- A filing is turned away in words that the other side carries to the citizen.
CREATE FUNCTION motcua.filing_turned(mine motcua.clerk, u motcua.unit, f motcua.filing, wanted text, reasons text[], basis text,
	moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	next_status int := CASE wanted WHEN '02' THEN 5 ELSE 3 END;
	say text := array_to_string(reasons, '; ');
BEGIN
	IF f.filing_id IS NULL THEN
		RETURN;
	END IF;
	IF wanted = '02' THEN
		PERFORM check_that(f.status = 1 OR f.brought_at IS NOT NULL, 'kind', 'Đang chờ công dân bổ sung, chưa có gì mới.');
		IF f.asks > 0 THEN
			-- Once only (NĐ 61/2018/NĐ-CP Điều 11, NĐ 118/2025/NĐ-CP); a second time counts as late (QĐ 766/QĐ-TTg).
			PERFORM my_supervisor();
			PERFORM check_that(btrim(coalesce(basis, '')) <> '', 'basis', 'Yêu cầu bổ sung lần hai phải có căn cứ pháp lý.');
		END IF;
	END IF;
	PERFORM filing_end(f, mine, next_status, say, moment, NULL);
	PERFORM filing_tell(f, 'progress', progress_payload(f.foreign_code, mine.full_name, mine.title, u.office, moment, left(say, 1000),
		next_status, moment, NULL) || jsonb_build_object('unit', jsonb_build_object('code', u.code, 'name', u.name, 'eid', u.eid),
		'foreign_code', f.foreign_code, 'memory', coalesce(f.view->'memory', '{}')));
END $$;

-- As in 0332; an online filing is turned away the same way.
CREATE OR REPLACE FUNCTION desk.turn_away(request jsonb)
RETURNS TABLE (paper_id bigint, paper_number text, at timestamptz, repeated boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	u unit;
	p procedures;
	f filing;
	place record;
	made paper;
	request_uuid uuid := (request->>'request_id')::uuid;
	moment timestamptz := date_trunc('second', clock_timestamp());
	wanted text := CASE request->>'kind' WHEN 'supplement' THEN '02' WHEN 'refusal' THEN '03' END;
	sign text;
	reasons text[] := ARRAY(SELECT btrim(r) FROM jsonb_array_elements_text(coalesce(request->'reasons', '[]')) r
		WHERE btrim(r) <> '');
BEGIN
	PERFORM check_that(request_uuid IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM check_that(wanted IS NOT NULL, 'kind', 'Chưa rõ yêu cầu bổ sung hay từ chối.');
	sign := paper_sign_of(wanted, moment);
	PERFORM pg_advisory_xact_lock(hashtextextended(request_uuid::text, mine.unit_id));
	SELECT * INTO made FROM paper x WHERE x.unit_id = mine.unit_id AND x.request_id = request_uuid AND x.form = wanted;
	IF made.paper_id IS NOT NULL THEN
		RETURN QUERY SELECT made.paper_id, made.number, made.made_at, true;
		RETURN;
	END IF;
	f := filing_lock(mine, request);
	p := check_request(mine, request, moment);
	PERFORM check_that(cardinality(reasons) > 0, 'reasons', 'Ghi ít nhất một lý do cụ thể.');
	SELECT * INTO u FROM unit x WHERE x.unit_id = mine.unit_id;
	PERFORM filing_turned(mine, u, f, wanted, reasons, request->>'basis', moment);
	SELECT * INTO place FROM paper_number(mine.unit_id, wanted, moment);
	INSERT INTO paper (unit_id, request_id, form, year, seq, number, fields, made_at, login)
	VALUES (mine.unit_id, request_uuid, wanted, place.year, place.seq, lpad(place.seq::text, greatest(2,
		length(place.seq::text)), '0') || sign, field('number', lpad(place.seq::text, greatest(2,
		length(place.seq::text)), '0') || sign) || head_fields(u, mine, request, p, moment)
		|| (SELECT string_agg(field('reason.' || n || '.text', r), '' ORDER BY n) FROM unnest(reasons) WITH ORDINALITY q(r, n))
		|| field('reason', request->>'reason') || field('until', request->>'until')
		|| field('dossier.code', f.foreign_code)
		|| field('contact.name', coalesce(request->'contact'->>'name', mine.full_name))
		|| field('contact.phone', coalesce(request->'contact'->>'phone', u.phone)), moment, mine.login)
	RETURNING * INTO made;
	INSERT INTO turned_away VALUES (mine.unit_id, made.paper_id, request->>'kind', p.code, (request->>'channel')::int,
		btrim(request->'owner'->>'name'), coalesce(request->'owner'->>'id_number', ''),
		coalesce(request->'owner'->>'phone', ''), reasons, moment, mine.login);
	PERFORM audit('turn_away', NULL, jsonb_build_object('paper', made.paper_id, 'number', made.number,
		'procedure', p.code, 'filing', f.filing_id));
	RETURN QUERY SELECT made.paper_id, made.number, made.made_at, false;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
