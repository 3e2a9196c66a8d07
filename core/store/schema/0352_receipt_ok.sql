-- SPDX-License-Identifier: Apache-2.0
-- The receipt names only papers that are there: what was not needed, or stayed open, was neither shown nor looked up.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0112.
CREATE OR REPLACE FUNCTION motcua.receipt_fields(u motcua.unit, mine motcua.clerk, req jsonb, p motcua.procedures,
	d motcua.dossier) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN (
	SELECT head_fields(u, mine, req, p, d.received_at) || field('dossier.code', d.code)
		|| list_fields('component', (SELECT jsonb_agg(e ORDER BY n) FROM jsonb_array_elements(req->'components')
				WITH ORDINALITY a(e, n) WHERE e->>'state' = 'ok'),
			ARRAY['name', 'action', 'originals', 'copies', 'pages', 'state', 'lookup_where', 'lookup_at'])
		|| list_fields('fee', req->'fees', ARRAY['name', 'amount', 'confirmed', 'paid', 'basis', 'exempt_reason'])
		|| field('limit.value', CASE WHEN d.limit_unit IN ('none', 'same_day') THEN '' ELSE trim_scale(d.limit_value)::text END)
		|| field('limit.unit', d.limit_unit) || field('received_at', iso(d.received_at))
		|| field('due_at', iso(d.due_at)) || field('result_by', d.result_by) || field('return_to', d.return_to)
		|| field('deciding.name', deciding_agency(u, req, p.deciding_unit)->>'name')
		|| field('returning.name', agency_of(u, req->'returning_unit', 'returning_unit')->>'name')
	);
END $$;

-- As in 0331.
CREATE OR REPLACE FUNCTION motcua.receipt_again(d motcua.dossier, receipt text, moment timestamptz) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
	lacking text := (SELECT array_to_string(t.missing, '; ') FROM taken_part t WHERE t.unit_id = d.unit_id AND t.dossier_id = d.dossier_id
		AND d.status = 5 AND t.at >= d.status_at ORDER BY t.seq DESC LIMIT 1);
	told_due text := (SELECT coalesce(field_raw(p.fields, 'due_at'), '') FROM paper p WHERE p.unit_id = d.unit_id
		AND p.dossier_id = d.dossier_id AND p.form = '01' ORDER BY p.made_at DESC, p.paper_id DESC LIMIT 1);
BEGIN
	IF lacking IS NULL AND NOT EXISTS (SELECT FROM taken_up t WHERE t.unit_id = d.unit_id AND t.dossier_id = d.dossier_id)
			AND told_due = coalesce(iso(d.due_at), '') THEN
		PERFORM refuse('MC006', 'Giấy tiếp nhận không có gì thay đổi: in lại bản đã có.', format('receipt of %s unchanged', d.code));
	END IF;
	RETURN coalesce((SELECT string_agg(line || E'\n', '' ORDER BY n) FROM regexp_split_to_table(receipt, E'\n') WITH ORDINALITY l(line, n)
			WHERE line ~ E'^(sets|counter|channel|result_by|return_to|received_by|entered_at|(limit|deciding|returning|book)\\.[a-z_]+)\t'), '')
		|| list_fields('component', (SELECT jsonb_agg(jsonb_build_object('name', c.name, 'action', c.action, 'originals', c.originals,
				'copies', c.copies, 'pages', c.pages, 'state', c.state, 'lookup_where', c.lookup_where, 'lookup_at', iso(c.lookup_at))
				ORDER BY c.seq) FROM dossier_component c WHERE c.unit_id = d.unit_id AND c.dossier_id = d.dossier_id AND c.state = 'ok'),
			ARRAY['name', 'action', 'originals', 'copies', 'pages', 'state', 'lookup_where', 'lookup_at'])
		|| list_fields('fee', (SELECT jsonb_agg(jsonb_build_object('name', f.name, 'amount', f.amount, 'confirmed', f.confirmed,
				'paid', nullif(f.paid, 'none'), 'basis', f.basis, 'exempt_reason', f.exempt_reason) ORDER BY f.seq)
				FROM dossier_fee f WHERE f.unit_id = d.unit_id AND f.dossier_id = d.dossier_id),
			ARRAY['name', 'amount', 'confirmed', 'paid', 'basis', 'exempt_reason'])
		|| field('revised_at', iso(moment)) || field('old_due_at', CASE WHEN told_due <> coalesce(iso(d.due_at), '') THEN told_due ELSE '' END)
		|| CASE WHEN lacking IS NULL THEN field('due_at', iso(d.due_at)) ELSE field('missing', lacking) END;
END $$;

RESET ROLE;
