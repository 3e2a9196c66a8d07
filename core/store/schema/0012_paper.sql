-- SPDX-License-Identifier: Apache-2.0
-- Papers: their fields as text (key TAB value LF) frozen when they are issued, and their numbers.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- One line; nothing for an empty value.
CREATE FUNCTION motcua.field(key text, value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE WHEN coalesce(value, '') = '' THEN '' ELSE key || E'\t' ||
		replace(replace(replace(replace(value, E'\\', E'\\\\'), E'\n', E'\\n'), E'\t', E'\\t'), E'\r', '') || E'\n' END
$$;

CREATE FUNCTION motcua.party_fields(prefix text, party jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	RETURN (
	SELECT coalesce(string_agg(field(prefix || '.' || k, party->>k), '' ORDER BY n), '')
	FROM unnest(ARRAY['kind', 'name', 'id_number', 'address', 'phone', 'email', 'representative'])
		WITH ORDINALITY a(k, n) WHERE party IS NOT NULL AND jsonb_typeof(party) = 'object'
	);
END $$;

-- "component.3.name": the wanted members of each element of a list.
CREATE FUNCTION motcua.list_fields(prefix text, list jsonb, members text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	RETURN (
	SELECT coalesce(string_agg(field(prefix || '.' || e.ordinality || '.' || m.name,
		CASE e.value->>m.name WHEN 'true' THEN '1' WHEN 'false' THEN '0' ELSE e.value->>m.name END), ''
		ORDER BY e.ordinality, m.n), '')
	FROM jsonb_array_elements(CASE jsonb_typeof(list) WHEN 'array' THEN list ELSE '[]' END) WITH ORDINALITY e,
		unnest(members) WITH ORDINALITY m(name, n)
	);
END $$;

-- What every paper of a desk carries.
CREATE FUNCTION motcua.head_fields(u motcua.unit, mine motcua.clerk, req jsonb, p motcua.procedures,
	moment timestamptz) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN (
	SELECT CASE WHEN u.practice THEN field('practice', '1') ELSE '' END || field('at', iso(moment))
		|| field('unit.name', u.name) || field('unit.parent', u.parent_name) || field('unit.place', u.place)
		|| field('unit.organisation', u.organisation) || field('unit.office', u.office)
		|| field('unit.phone', u.phone) || field('lookup_url', u.lookup_url)
		|| field('procedure.code', p.code) || field('procedure.name', p.name)
		|| field('case.name', (SELECT c.name FROM cases c WHERE c.row_id = (req->>'case_id')::bigint))
		|| field('summary', req->>'summary') || field('sets', req->>'sets')
		|| party_fields('owner', req->'owner') || party_fields('submitter', req->'submitter')
		|| field('mandate.kind', req->'mandate'->>'kind') || field('mandate.number', req->'mandate'->>'number')
		|| field('mandate.date', req->'mandate'->>'date')
		|| field('officer.name', mine.full_name) || field('officer.title', mine.title)
		|| field('counter', req->>'counter') || field('channel', req->>'channel')
	);
END $$;

CREATE FUNCTION motcua.receipt_fields(u motcua.unit, mine motcua.clerk, req jsonb, p motcua.procedures,
	d motcua.dossier) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN (
	SELECT head_fields(u, mine, req, p, d.received_at) || field('dossier.code', d.code)
		|| list_fields('component', (SELECT jsonb_agg(e ORDER BY n) FROM jsonb_array_elements(req->'components')
				WITH ORDINALITY a(e, n) WHERE e->>'state' <> 'missing'),
			ARRAY['name', 'action', 'originals', 'copies', 'pages', 'state', 'lookup_where', 'lookup_at'])
		|| list_fields('fee', req->'fees', ARRAY['name', 'amount', 'confirmed', 'paid', 'basis', 'exempt_reason'])
		|| field('limit.value', CASE WHEN d.limit_unit IN ('none', 'same_day') THEN '' ELSE trim_scale(d.limit_value)::text END)
		|| field('limit.unit', d.limit_unit) || field('received_at', iso(d.received_at))
		|| field('due_at', iso(d.due_at)) || field('result_by', d.result_by) || field('return_to', d.return_to)
	);
END $$;

-- The next number of a form within unit and year; without a gap: it is held until commit.
CREATE FUNCTION motcua.paper_number(unit bigint, wanted text, moment timestamptz, OUT year int, OUT seq int)
LANGUAGE plpgsql AS $$
BEGIN
	year := extract(year FROM local(moment));
	INSERT INTO paper_sequence AS s VALUES (unit, wanted, paper_number.year, 1)
	ON CONFLICT ON CONSTRAINT paper_sequence_pkey DO UPDATE SET last = s.last + 1 RETURNING last INTO seq;
END $$;

CREATE FUNCTION desk.paper(wanted bigint) RETURNS TABLE (paper_id bigint, form text, fields text, number text,
	copies_printed int, made_at timestamptz, dossier_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	of_dossier bigint := (SELECT p.dossier_id FROM paper p WHERE p.unit_id = mine.unit_id AND p.paper_id = $1);
BEGIN
	RETURN QUERY SELECT p.paper_id, p.form, p.fields, p.number, p.copies_printed, p.made_at, p.dossier_id
		FROM paper p WHERE p.unit_id = mine.unit_id AND p.paper_id = $1;
	IF NOT FOUND THEN
		PERFORM refuse('MC008', 'Không có giấy tờ này.', format('no paper %s', $1));
	END IF;
	PERFORM audit('paper', of_dossier, jsonb_build_object('paper', $1));
END $$;

CREATE FUNCTION desk.paper_printed(wanted bigint, printer text, result text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	of_dossier bigint;
BEGIN
	UPDATE paper p SET copies_printed = copies_printed + CASE WHEN $3 = 'ok' THEN 1 ELSE 0 END
		WHERE p.unit_id = mine.unit_id AND p.paper_id = $1 RETURNING p.dossier_id INTO of_dossier;
	IF NOT FOUND THEN
		PERFORM refuse('MC008', 'Không có giấy tờ này.', format('no paper %s', $1));
	END IF;
	INSERT INTO paper_print (unit_id, paper_id, login, printer, result)
		VALUES (mine.unit_id, $1, mine.login, left($2, 200), left($3, 400));
	PERFORM audit('print', of_dossier, jsonb_build_object('paper', $1, 'printer', $2, 'result', $3));
END $$;

RESET ROLE;
