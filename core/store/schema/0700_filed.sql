-- SPDX-License-Identifier: Apache-2.0
-- How an online dossier was filed goes with what is sent of it: when, whether the account was verified, whether it
-- was paid for.  {"filed": {"at", "verified", "paid", "system", "code"}}; what the filing did not say is not there.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE FUNCTION motcua.filed_payload(unit bigint, dossier bigint) RETURNS jsonb
LANGUAGE sql STABLE AS $$
	SELECT coalesce((SELECT jsonb_build_object('filed', jsonb_strip_nulls(jsonb_build_object('at', iso(f.filed_at), 'verified',
			CASE jsonb_typeof(f.view->'verified') WHEN 'boolean' THEN f.view->'verified' END, 'paid', CASE WHEN f.view->'paid' = 'true'
				THEN f.view->>'paid_through' END, 'system', f.system, 'through', CASE WHEN EXISTS (SELECT FROM systems s
				WHERE s.code = f.system AND s.family = 'ndxp') THEN 'portal' ELSE 'system' END, 'code', f.foreign_code)))
		FROM filing f WHERE f.unit_id = unit AND f.dossier_id = dossier ORDER BY f.filing_id LIMIT 1), '{}')
$$;

-- As in 0271.
CREATE OR REPLACE FUNCTION motcua.dossier_payload(u motcua.unit, mine motcua.clerk, req jsonb, d motcua.dossier) RETURNS jsonb
LANGUAGE sql STABLE AS $$
	SELECT jsonb_build_object('code', d.code,
		'procedure', jsonb_build_object('code', d.procedure_code, 'name', d.procedure_name, 'field', d.field),
		'unit', jsonb_build_object('code', u.code, 'name', u.name, 'eid', u.eid),
		'agencies', agencies_payload(u, req, procedure_unit_of(d)),
		'channel', d.channel, 'owner', req->'owner', 'submitter', coalesce(req->'submitter', 'null'),
		'mandate', coalesce(req->'mandate', 'null'), 'summary', d.summary, 'received_at', iso(d.received_at),
		'due_at', iso(d.due_at), 'status', d.status, 'result_by', d.result_by, 'return_to', d.return_to,
		'note', d.note, 'components', with_reuse(d, req->'components'), 'fees', coalesce(req->'fees', '[]'),
		'officer', jsonb_build_object('name', mine.full_name, 'title', mine.title))
		|| CASE WHEN d.channel = 2 THEN filed_payload(d.unit_id, d.dossier_id) ELSE '{}' END
$$;

-- As in 0201; what was sent before this was known says it when it is sent again.
CREATE OR REPLACE FUNCTION motcua.dossier_sent(s motcua.stream) RETURNS jsonb
LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN p.body->>'channel' = '2' AND NOT p.body ? 'filed' THEN p.body || filed_payload(s.unit_id, s.dossier_id) ELSE p.body END
	FROM (SELECT coalesce(s.correction->'body', (SELECT m.payload FROM message m WHERE m.unit_id = s.unit_id
		AND m.dossier_id = s.dossier_id AND m.system = s.system AND m.kind = 'dossier' ORDER BY m.seq DESC LIMIT 1)) AS body) p
$$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.filed_payload TO motcua_wire;
