-- SPDX-License-Identifier: Apache-2.0
-- One dossier with its parts, the day in numbers, and people seen before.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- A dossier of my unit, or MC008; the look at it is part of the audit trail.
CREATE FUNCTION motcua.dossier_mine(wanted bigint) RETURNS motcua.dossier
LANGUAGE plpgsql STABLE AS $$
DECLARE
	mine clerk := me();
	d dossier;
BEGIN
	SELECT * INTO d FROM dossier x WHERE x.unit_id = mine.unit_id AND x.dossier_id = wanted;
	IF d.dossier_id IS NULL THEN
		PERFORM refuse('MC008', 'Đơn vị không có hồ sơ này.', format('no dossier %s in unit %s', wanted, mine.unit_id));
	END IF;
	RETURN d;
END $$;

CREATE FUNCTION motcua.name_of(login text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN (
	SELECT coalesce((SELECT c.full_name FROM clerk c WHERE c.login = $1), $1)
	);
END $$;

CREATE FUNCTION desk.dossier(wanted bigint) RETURNS TABLE (dossier_id bigint, code text, foreign_code text,
	procedure_code text, procedure_name text, summary text, note text, owner_name text, result_by text,
	return_to text, counter text, received_by text, unit_name text, status int, channel int, sets int, version int,
	received_at timestamptz, due_at timestamptz, finished_at timestamptz, route_system text, route_basis text,
	limit_value numeric, limit_unit text, limit_source text, limit_basis text, case_name text, field text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	d dossier := dossier_mine(wanted);
BEGIN
	PERFORM audit('view', d.dossier_id, '{}');
	RETURN QUERY SELECT d.dossier_id, d.code, (found_of(d, '')).foreign_code, d.procedure_code, d.procedure_name,
		d.summary, d.note, d.owner_name, d.result_by, d.return_to, d.counter_code, name_of(d.login),
		(SELECT u.name FROM unit u WHERE u.unit_id = d.unit_id), d.status::int, d.channel, d.sets, d.version,
		d.received_at, d.due_at, d.finished_at, d.route_system, d.route_basis, d.limit_value, d.limit_unit,
		d.limit_source, d.limit_basis, d.case_name, d.field;
END $$;

CREATE FUNCTION desk.dossier_people(wanted bigint) RETURNS TABLE (role text, kind text, name text, id_masked text,
	id_kind text, sex text, phone_masked text, address text, birth date, representative text)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT audit_once('view', (dossier_mine(wanted)).dossier_id, '{}');
	SELECT p.role, p.kind, p.name, mask(p.id_number), p.id_kind, p.sex, mask(p.phone_digits), p.address, p.birth,
		p.representative
	FROM dossier_mine(wanted) d JOIN dossier_person p USING (unit_id, dossier_id) ORDER BY p.role
$$;

CREATE FUNCTION desk.dossier_components(wanted bigint) RETURNS TABLE (seq int, name text, action text, state text,
	reason text, basis text, lookup_where text, originals int, copies int, pages int, required boolean,
	lookup_at timestamptz, files bigint[])
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT c.seq, c.name, c.action, c.state, c.reason, c.basis, c.lookup_where, c.originals, c.copies, c.pages,
		c.required, c.lookup_at, c.files
	FROM dossier_mine(wanted) d JOIN dossier_component c USING (unit_id, dossier_id) ORDER BY c.seq
$$;

CREATE FUNCTION desk.dossier_fees(wanted bigint) RETURNS TABLE (name text, basis text, exempt_reason text, paid text,
	amount bigint, confirmed boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT f.name, f.basis, f.exempt_reason, f.paid, f.amount, f.confirmed
	FROM dossier_mine(wanted) d JOIN dossier_fee f USING (unit_id, dossier_id) ORDER BY f.seq
$$;

CREATE FUNCTION desk.dossier_events(wanted bigint) RETURNS TABLE (at timestamptz, from_status int, to_status int,
	act text, by_name text, note text, form text)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT e.at, e.from_status::int, e.to_status::int, e.act, e.by_name, e.note, e.form
	FROM dossier_mine(wanted) d JOIN dossier_event e USING (unit_id, dossier_id) ORDER BY e.at, e.event_id
$$;

CREATE FUNCTION desk.dossier_travel(wanted bigint) RETURNS TABLE (system text, system_name text, state text,
	foreign_code text, note text, changed_at timestamptz, next_at timestamptz, attempts int)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT s.system, coalesce((SELECT x.name FROM systems x WHERE x.code = s.system AND x.ended IS NULL), s.system),
		s.travel, s.foreign_code, s.note, s.changed_at, CASE WHEN s.open THEN s.next_at END, s.attempts
	FROM dossier_mine(wanted) d JOIN stream s USING (unit_id, dossier_id)
	ORDER BY (s.system = d.route_system) DESC, s.system
$$;

CREATE FUNCTION desk.dossier_papers(wanted bigint) RETURNS TABLE (paper_id bigint, form text, number text,
	by_name text, made_at timestamptz, copies_printed int)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT p.paper_id, p.form, p.number, name_of(p.login), p.made_at, p.copies_printed
	FROM dossier_mine(wanted) d JOIN paper p USING (unit_id, dossier_id) ORDER BY p.made_at
$$;

CREATE FUNCTION desk.dossier_due(wanted bigint) RETURNS TABLE (at timestamptz, old_due timestamptz,
	new_due timestamptz, cause text, by_name text, line text)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT x.at, x.old_due, x.new_due, x.cause, name_of(x.login), x.line
	FROM dossier_mine(wanted) d JOIN dossier_due x USING (unit_id, dossier_id) ORDER BY x.seq
$$;

-- One masked value in clear: owner_id, owner_phone, submitter_id, submitter_phone.
CREATE FUNCTION desk.reveal(wanted bigint, what text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	d dossier := dossier_mine(wanted);
	value text;
BEGIN
	PERFORM check_that(what IN ('owner_id', 'owner_phone', 'submitter_id', 'submitter_phone'), 'what', 'Không có mục này.');
	SELECT CASE split_part(what, '_', 2) WHEN 'id' THEN p.id_number ELSE p.phone END INTO value
		FROM dossier_person p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id AND p.role = split_part(what, '_', 1);
	PERFORM audit('reveal', d.dossier_id, jsonb_build_object('what', what));
	RETURN coalesce(value, '');
END $$;

CREATE TYPE motcua.known_person AS (name text, id_number text, id_kind text, sex text, phone text, email text,
	address text, commune text, province text, birth date, seen_at timestamptz, kind text, representative text);

-- The last known data of a number this unit has served.
CREATE FUNCTION desk.person(number text) RETURNS SETOF motcua.known_person
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
BEGIN
	PERFORM audit('person', NULL, jsonb_build_object('number', mask(number)));
	RETURN QUERY SELECT p.name, p.id_number, p.id_kind, p.sex, p.phone, p.email, p.address, p.commune, p.province,
		p.birth, p.seen_at, p.kind, p.representative
	FROM dossier_person p WHERE p.unit_id = mine.unit_id AND p.id_number <> '' AND p.id_number = number
	ORDER BY p.seen_at DESC LIMIT 1;
END $$;

-- By name (any words) or phone; numbers come masked.
CREATE FUNCTION desk.people(query text) RETURNS SETOF motcua.known_person
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	wanted text := btrim(coalesce(query, ''));
	ids bigint[];
	how text := CASE WHEN wanted ~ '^\+?[0-9 .]+$' THEN 'phone' ELSE 'name' END;
BEGIN
	IF length(wanted) < 2 THEN
		RETURN;
	END IF;
	ids := CASE how WHEN 'phone' THEN ARRAY(SELECT find_phone(mine.unit_id, wanted, 100))
		ELSE ARRAY(SELECT find_name(mine.unit_id, wanted, 100)) END;
	PERFORM audit('people', NULL, jsonb_build_object('by', how, 'query', CASE how WHEN 'phone' THEN mask(wanted) ELSE wanted END));
	RETURN QUERY SELECT q.name, mask(q.id_number), q.id_kind, q.sex, mask(q.phone_digits), '', '', q.commune, q.province,
		q.birth, q.seen_at, q.kind, ''
	FROM (SELECT DISTINCT ON (p.folded, p.id_number) p.* FROM dossier_person p
		WHERE p.unit_id = mine.unit_id AND p.dossier_id = ANY (ids)
		ORDER BY p.folded, p.id_number, p.seen_at DESC) q
	ORDER BY given_of(q.name) COLLATE vi, family_of(q.name) COLLATE vi, q.name COLLATE vi, q.seen_at DESC LIMIT 50;
END $$;

-- The dossiers behind a number of the day; the kinds are the columns of day().
CREATE FUNCTION motcua.day_ids(mine motcua.clerk, kind text, most int) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
	today timestamptz := date_trunc('day', local(now())) AT TIME ZONE 'Asia/Ho_Chi_Minh';
BEGIN
	CASE kind
		WHEN 'mine_today' THEN RETURN QUERY SELECT d.dossier_id FROM dossier d WHERE d.unit_id = mine.unit_id
			AND d.received_at >= today AND d.login = mine.login LIMIT most;
		WHEN 'received_today' THEN RETURN QUERY SELECT d.dossier_id FROM dossier d WHERE d.unit_id = mine.unit_id
			AND d.received_at >= today LIMIT most;
		WHEN 'waiting_to_send' THEN RETURN QUERY SELECT DISTINCT s.dossier_id FROM stream s
			WHERE s.unit_id = mine.unit_id AND s.open LIMIT most;
		WHEN 'due_today' THEN RETURN QUERY SELECT d.dossier_id FROM dossier d WHERE d.unit_id = mine.unit_id
			AND d.status IN (1, 2, 4, 5, 6) AND d.due_at >= today AND d.due_at < today + interval '1 day' LIMIT most;
		WHEN 'late' THEN RETURN QUERY SELECT d.dossier_id FROM dossier d WHERE d.unit_id = mine.unit_id
			AND d.status IN (1, 2, 4, 5, 6) AND d.due_at < now() LIMIT most;
		WHEN 'problems' THEN RETURN QUERY SELECT DISTINCT p.dossier_id FROM problem p
			WHERE p.unit_id = mine.unit_id AND p.solved_at IS NULL LIMIT most;
		ELSE PERFORM refuse('MC005', 'Không có danh sách này.', 'day list ' || coalesce(kind, '?'), 'kind');
	END CASE;
END $$;

CREATE FUNCTION desk.day() RETURNS TABLE (mine_today int, waiting_to_send int, due_today int, late int,
	problems int, received_today int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT (SELECT count(*) FROM day_ids(m, 'mine_today', 99999))::int,
		(SELECT count(*) FROM day_ids(m, 'waiting_to_send', 99999))::int,
		(SELECT count(*) FROM day_ids(m, 'due_today', 99999))::int,
		(SELECT count(*) FROM day_ids(m, 'late', 99999))::int,
		(SELECT count(*) FROM day_ids(m, 'problems', 99999))::int,
		(SELECT count(*) FROM day_ids(m, 'received_today', 99999))::int
	FROM me() m
$$;

CREATE FUNCTION desk.day_list(kind text, most int) RETURNS SETOF motcua.found
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT f.* FROM (
		SELECT d, u.name AS here, row_number() OVER (ORDER BY CASE WHEN day_list.kind IN ('due_today', 'late')
			THEN d.due_at END, d.received_at DESC) AS nth
		FROM me() m JOIN unit u ON u.unit_id = m.unit_id JOIN dossier d ON d.unit_id = m.unit_id
			AND d.dossier_id = ANY (ARRAY(SELECT day_ids(m, day_list.kind, 99999) FROM me() m))
		ORDER BY nth LIMIT greatest(1, least(most, 1000))) x, LATERAL found_of(x.d, x.here) f
	ORDER BY x.nth
$$;

RESET ROLE;
