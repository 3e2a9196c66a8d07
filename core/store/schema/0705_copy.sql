-- SPDX-License-Identifier: Apache-2.0
-- An earlier dossier as the beginning of a new one: who and what, nothing that has a date of its own.  And what a system did
-- not say of an account is not told for a no.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Its people, the owner first, with the matter beside each; recorded as a look at them.
CREATE FUNCTION desk.dossier_copy(wanted bigint) RETURNS TABLE (role text, kind text, name text, id_number text, id_kind text, birth date, sex text,
	phone text, email text, address text, commune text, province text, representative text, seen_at timestamptz, code text, procedure_code text, case_name text,
	summary text, result_by text, return_to text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	d dossier := dossier_mine(wanted);
BEGIN
	PERFORM audit('reveal', d.dossier_id, jsonb_build_object('what', 'copy'));
	RETURN QUERY SELECT p.role, p.kind, p.name, p.id_number, p.id_kind, p.birth, p.sex, p.phone, p.email, p.address, p.commune, p.province,
		p.representative, p.seen_at, d.code, d.procedure_code, d.case_name, d.summary, d.result_by, d.return_to
	FROM dossier_person p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id ORDER BY p.role;
END $$;

-- As in 0432; verified is NULL where they did not say.
CREATE OR REPLACE FUNCTION desk.filing(wanted bigint) RETURNS TABLE (filing_id bigint, version int, system text, system_name text, code text,
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
		v->'verified' = 'true', coalesce(v->'paid' = 'true', false),
		setting_of(f.unit_id, 'online_hours', local(f.clock_from)::date)::numeric,
		coalesce((SELECT string_agg((e->>'name') || ': ' || (e->>'value') || E'\n', '' ORDER BY n)
			FROM jsonb_array_elements(CASE jsonb_typeof(v->'form') WHEN 'array' THEN v->'form' ELSE '[]' END) WITH ORDINALITY a(e, n)), ''),
		coalesce(o->>'kind', 'person'), f.owner_name, coalesce(o->>'id_number', ''), coalesce(o->>'id_kind', 'other'),
		coalesce(o->>'birth', ''), coalesce(o->>'sex', ''), coalesce(o->>'phone', ''), coalesce(o->>'email', ''), coalesce(o->>'address', ''),
		coalesce(s->>'name', ''), coalesce(s->>'id_number', ''), coalesce(s->>'id_kind', 'other'), coalesce(s->>'birth', ''),
		coalesce(s->>'sex', ''), coalesce(s->>'phone', ''), coalesce(s->>'email', ''), coalesce(s->>'address', '');
END $$;

RESET ROLE;
SELECT motcua.open_doors();
