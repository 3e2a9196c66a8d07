-- SPDX-License-Identifier: Apache-2.0
-- Papers this unit already holds of a person are used again: the same stored file stands in another dossier
-- of the same owner, each use is kept, and the mark "reused" travels with the dossier.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.file_use (
	unit_id      bigint NOT NULL REFERENCES motcua.unit,
	dossier_id   bigint NOT NULL,
	seq          int NOT NULL,      -- of the component
	file_id      bigint NOT NULL,
	from_dossier bigint NOT NULL,
	at           timestamptz NOT NULL DEFAULT clock_timestamp(),
	login        text NOT NULL,
	PRIMARY KEY (unit_id, dossier_id, seq, file_id),
	FOREIGN KEY (unit_id, file_id) REFERENCES motcua.file,
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.file_use
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- Whole files of the dossiers whose owner has this number: papers handed in, results given.
CREATE FUNCTION motcua.held_of(unit bigint, number text) RETURNS TABLE (file_id bigint, name text, kind text, dossier_id bigint,
	code text, at timestamptz, media_type text, size bigint, sha256 bytea)
LANGUAGE sql STABLE AS $$
	SELECT f.file_id, c.name, 'paper', d.dossier_id, d.code, d.received_at, f.media_type, f.size, f.sha256
	FROM dossier d JOIN dossier_component c ON c.unit_id = d.unit_id AND c.dossier_id = d.dossier_id AND c.state = 'ok'
	CROSS JOIN LATERAL unnest(c.files) x(file_id)
	JOIN file f ON f.unit_id = d.unit_id AND f.file_id = x.file_id AND f.dossier_id = d.dossier_id AND f.whole
	WHERE d.unit_id = unit AND d.owner_id = number AND number <> ''
	UNION ALL
	SELECT f.file_id, coalesce(nullif(p.facts->>'name', ''), 'Kết quả ' || d.procedure_name), 'result', d.dossier_id, d.code, p.at,
		f.media_type, f.size, f.sha256
	FROM dossier d JOIN answer_part p ON p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id AND p.kind = 'result'
	JOIN file f ON f.unit_id = d.unit_id AND f.file_id = p.file_id AND f.dossier_id = d.dossier_id AND f.whole
	WHERE d.unit_id = unit AND d.owner_id = number AND number <> ''
$$;

-- Those of the same name first, then the newest; the same content once.
CREATE FUNCTION desk.held_papers(number text, like_name text, most int) RETURNS TABLE (file_id bigint, name text, kind text,
	code text, at timestamptz, media_type text, size bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
BEGIN
	PERFORM check_that(length(number) BETWEEN 5 AND 30, 'number', 'Chưa có số định danh của chủ hồ sơ.');
	PERFORM audit('held', NULL, jsonb_build_object('number', mask(number)));
	RETURN QUERY SELECT h.file_id, h.name, h.kind, h.code, h.at, h.media_type, h.size
	FROM (SELECT DISTINCT ON (x.sha256, x.name) x.* FROM held_of(mine.unit_id, number) x ORDER BY x.sha256, x.name, x.at) h
	ORDER BY h.name = like_name DESC, h.at DESC, h.file_id DESC LIMIT least(greatest(most, 1), 100);
END $$;

-- A file that lies in a dossier may stand in another one of the same owner, and nowhere else.
CREATE OR REPLACE FUNCTION motcua.keep_lists(unit bigint, dossier bigint, req jsonb) RETURNS void
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
	PERFORM use_files(unit, dossier, coalesce(req->'owner'->>'id_number', ''));
	INSERT INTO dossier_fee (unit_id, dossier_id, seq, name, amount, confirmed, basis, exempt_reason, paid)
	SELECT unit, dossier, e.ordinality, f->>'name', (f->>'amount')::bigint, coalesce((f->>'confirmed')::boolean, false),
		coalesce(f->>'basis', ''), coalesce(f->>'exempt_reason', ''), f->>'paid'
	FROM jsonb_array_elements(coalesce(req->'fees', '[]')) WITH ORDINALITY e(f, ordinality);
END $$;

CREATE FUNCTION motcua.use_files(unit bigint, dossier bigint, number text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO file_use (unit_id, dossier_id, seq, file_id, from_dossier, login)
	SELECT DISTINCT unit, dossier, k.seq, h.file_id, h.dossier_id, session_user
	FROM dossier_component k CROSS JOIN LATERAL unnest(k.files) f
	JOIN held_of(unit, number) h ON h.file_id = f AND h.dossier_id <> dossier
	WHERE k.unit_id = unit AND k.dossier_id = dossier;
	IF EXISTS (SELECT FROM dossier_component k, unnest(k.files) f WHERE k.unit_id = unit AND k.dossier_id = dossier
		AND NOT EXISTS (SELECT FROM file x WHERE x.unit_id = unit AND x.file_id = f AND x.whole AND x.dossier_id IS NULL)
		AND NOT EXISTS (SELECT FROM file_use u WHERE u.unit_id = unit AND u.dossier_id = dossier AND u.seq = k.seq AND u.file_id = f)) THEN
		PERFORM refuse('MC005', 'Tệp đính kèm chưa tải xong hoặc đã thuộc hồ sơ khác.', 'file not whole, or another owner''s', 'components');
	END IF;
	UPDATE file x SET dossier_id = dossier FROM dossier_component k
		WHERE k.unit_id = unit AND k.dossier_id = dossier AND x.unit_id = unit AND x.file_id = ANY (k.files) AND x.dossier_id IS NULL;
	PERFORM audit('reuse', dossier, jsonb_build_object('component', u.seq, 'file', u.file_id, 'from', u.from_dossier))
		FROM file_use u WHERE u.unit_id = unit AND u.dossier_id = dossier;
END $$;

-- Whether a component stands on a file of an earlier dossier.
CREATE FUNCTION motcua.reused_mark(unit bigint, dossier bigint, nth int) RETURNS jsonb
LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN EXISTS (SELECT FROM file_use u WHERE u.unit_id = unit AND u.dossier_id = dossier AND u.seq = nth)
		THEN '{"reused": true}'::jsonb ELSE '{}' END
$$;

-- The database says what is reused, never the request.
CREATE FUNCTION motcua.with_reuse(d motcua.dossier, components jsonb) RETURNS jsonb
LANGUAGE sql STABLE AS $$
	SELECT coalesce(jsonb_agg((c - 'reused') || reused_mark(d.unit_id, d.dossier_id, n::int) ORDER BY n), '[]')
	FROM jsonb_array_elements(components) WITH ORDINALITY e(c, n)
$$;

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
$$;

-- The mark of 0271 stays on what is sent again.
CREATE OR REPLACE FUNCTION motcua.payload_now(d motcua.dossier, s motcua.stream, officer jsonb) RETURNS jsonb
LANGUAGE sql STABLE AS $$
	SELECT dossier_sent(s) || jsonb_build_object('due_at', iso(d.due_at), 'status', d.status,
		'components', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', c.name, 'action', c.action, 'state', c.state,
			'originals', c.originals, 'copies', c.copies, 'pages', c.pages, 'required', c.required, 'reason', c.reason,
			'basis', c.basis, 'lookup_where', c.lookup_where, 'lookup_at', iso(c.lookup_at), 'files', to_jsonb(c.files))
			|| reused_mark(c.unit_id, c.dossier_id, c.seq)
			ORDER BY c.seq), '[]') FROM dossier_component c WHERE c.unit_id = d.unit_id AND c.dossier_id = d.dossier_id),
		'fees', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', f.name, 'amount', f.amount, 'confirmed', f.confirmed,
			'basis', f.basis, 'exempt_reason', f.exempt_reason, 'paid', f.paid) ORDER BY f.seq), '[]')
			FROM dossier_fee f WHERE f.unit_id = d.unit_id AND f.dossier_id = d.dossier_id),
		'supplements', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', CASE WHEN a.item->>'system' = s.system AND a.item->>'key' ~ '^[0-9]{1,9}$'
				THEN (a.item->>'key')::int ELSE t.seq * 100 + a.nth END, 'by', a.item->>'by', 'text', a.item->>'text',
				'asked_at', a.item->>'at', 'taken_by', officer->>'name', 'said', t.note, 'taken_at', iso(t.at),
				'papers', to_jsonb(t.brought), 'old_due', iso(t.old_due), 'new_due', iso(t.new_due)) ORDER BY t.seq, a.nth), '[]')
			FROM taken_up t, jsonb_array_elements(t.asked) WITH ORDINALITY a(item, nth)
			WHERE t.unit_id = d.unit_id AND t.dossier_id = d.dossier_id AND t.act = 'supplement'))
$$;

RESET ROLE;
SELECT motcua.guard('{file_use}', 'SELECT');

SET ROLE motcua_wire;

-- Files of other dossiers too, where this one was allowed to use them.
CREATE OR REPLACE FUNCTION wire.files_of(unit bigint, dossier bigint, payload jsonb) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT jsonb_agg(jsonb_build_object('id', f.file_id, 'component', c.i - 1, 'name', f.name,
		'media_type', f.media_type, 'size', f.size) ORDER BY c.i, f.file_id)
	FROM jsonb_array_elements(payload->'components') WITH ORDINALITY c(component, i)
	CROSS JOIN LATERAL jsonb_array_elements_text(coalesce(c.component->'files', '[]')) x(file_id)
	JOIN file f ON f.file_id = x.file_id::bigint AND f.unit_id = unit AND f.whole
		AND (f.dossier_id = dossier OR EXISTS (SELECT FROM file_use u WHERE u.unit_id = unit AND u.dossier_id = dossier
			AND u.file_id = f.file_id))
$$;

RESET ROLE;
SELECT motcua.open_doors();
