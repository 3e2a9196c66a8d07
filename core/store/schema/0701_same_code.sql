-- SPDX-License-Identifier: Apache-2.0
-- A filing that comes under a code which is taken here is read before anything is said of it: the dossier they were
-- sent, told back, is nothing new; another citizen's is a task, not acknowledged, and stays in their list.  What was
-- over here and is filed once more under its code waits for the desk again.

SET LOCAL search_path = motcua, pg_temp;

GRANT CREATE ON SCHEMA motcua TO motcua_wire;

DO $$
DECLARE
	r record;
BEGIN
	FOR r IN SELECT c.conname, c.conrelid::regclass AS name, pg_get_constraintdef(c.oid) AS rule FROM pg_constraint c
			WHERE (c.conrelid, c.conname) IN (('motcua.problem'::regclass, 'problem_kind_check'), ('motcua.filing_event'::regclass, 'filing_event_what_check')) LOOP
		EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', r.name, r.conname);
		EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I CHECK ((%s) OR %I = ''same_code'')', r.name, r.conname,
			regexp_replace(r.rule, '^CHECK ', ''), CASE r.conname WHEN 'problem_kind_check' THEN 'kind' ELSE 'what' END);
	END LOOP;
END $$;

SET ROLE motcua_owner;

-- When who filed it was wiped from it (0703); filed again, it is a filing like others.
ALTER TABLE motcua.filing ADD COLUMN forgotten_at timestamptz;

-- The dossier that has its code, when another way than this filing gave it.
ALTER TABLE motcua.filing ADD COLUMN twin bigint;

-- Whose dossier this is, for them and for us: the code, or what they call one of ours.
CREATE FUNCTION motcua.filing_twin(unit bigint, sys text, code text) RETURNS bigint
LANGUAGE sql STABLE AS $$
	SELECT coalesce((SELECT d.dossier_id FROM dossier d WHERE d.unit_id = unit AND d.code = filing_twin.code),
		(SELECT a.dossier_id FROM alias a WHERE a.unit_id = unit AND a.system = sys AND a.foreign_code = filing_twin.code))
$$;

-- The same matter of the same owner.
CREATE FUNCTION motcua.filing_is(unit bigint, dossier bigint, content jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$
	SELECT coalesce((SELECT d.procedure_code = coalesce(content->'procedure'->>'code', '') AND CASE
			WHEN d.owner_id <> '' AND coalesce(content->'owner'->>'id_number', '') <> '' THEN d.owner_id = content->'owner'->>'id_number'
			ELSE fold(d.owner_name) = fold(coalesce(content->'owner'->>'name', '')) END
		FROM dossier d WHERE d.unit_id = unit AND d.dossier_id = dossier), false)
$$;

-- One task on the dossier that has the code, once for each time they list it anew.
CREATE FUNCTION motcua.filing_clash(f motcua.filing, dossier bigint) RETURNS void
LANGUAGE sql AS $$
	INSERT INTO problem (unit_id, dossier_id, system, kind, key, text) VALUES (f.unit_id, dossier, f.system, 'same_code', left(f.foreign_code
		|| ' ' || f.line, 200), format('%s có hồ sơ mới nộp mang mã %s, mã của hồ sơ này. Chưa nhận, chưa xác nhận với họ: đề nghị họ cấp mã khác.',
		system_name(f.system), f.foreign_code)) ON CONFLICT DO NOTHING;
	SELECT pg_notify('motcua_unit_' || f.unit_id, 'travel ' || dossier)
$$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.filing_twin, motcua.filing_is, motcua.filing_clash TO motcua_wire;
SET ROLE motcua_wire;

-- It is over here, and they list it as newly filed: as before while they have not heard of it yet.
CREATE FUNCTION motcua.filing_again(f motcua.filing, new_line text) RETURNS boolean
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
BEGIN
	IF f.line = new_line OR EXISTS (SELECT FROM filing_word w WHERE w.unit_id = f.unit_id AND w.filing_id = f.filing_id
			AND w.kind = 'progress' AND w.done_at IS NULL)
		OR EXISTS (SELECT FROM stream s WHERE s.unit_id = f.unit_id AND s.dossier_id = f.dossier_id AND s.system = f.system AND s.open) THEN
		RETURN false;
	END IF;
	f.line := new_line;
	IF f.dossier_id IS NOT NULL THEN
		UPDATE filing x SET line = new_line WHERE x.unit_id = f.unit_id AND x.filing_id = f.filing_id;
		PERFORM filing_clash(f, f.dossier_id);
	ELSE
		-- Not shown before it was read.
		UPDATE filing x SET status = 1, version = -abs(x.version), digest = '\x', whole = false, line = new_line, ask_at = now(),
			changed_at = clock_timestamp(), forgotten_at = NULL WHERE x.unit_id = f.unit_id AND x.filing_id = f.filing_id;
	END IF;
	RETURN true;
END $$;

-- As in 0431; a code that is taken here is looked into.
CREATE OR REPLACE FUNCTION wire.filings_listed(sys text, lines jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	one record;
	f filing;
	unit bigint;
	news boolean := false;
BEGIN
	FOR one IN SELECT DISTINCT ON (l.code) l.code, coalesce(l.agency, '') AS agency, l.status, concat_ws(' ', l.status, l.at) AS line
			FROM jsonb_to_recordset(lines) l(code text, agency text, status int, at text)
			WHERE length(l.code) BETWEEN 1 AND 60 ORDER BY l.code, l.at DESC LOOP
		UPDATE filing x SET line = one.line, ask_at = now() WHERE x.system = sys AND x.foreign_code = one.code
			AND x.status IN (1, 5) AND x.line <> one.line;
		news := news OR FOUND;
		CONTINUE WHEN FOUND OR one.status <> 1;
		unit := filing_unit(one.agency, one.code);
		CONTINUE WHEN unit IS NULL;
		SELECT * INTO f FROM filing x WHERE x.unit_id = unit AND x.system = sys AND x.foreign_code = one.code FOR UPDATE;
		IF f.filing_id IS NULL THEN
			INSERT INTO filing (unit_id, system, foreign_code, line, twin) VALUES (unit, sys, one.code, one.line, filing_twin(unit, sys, one.code))
				ON CONFLICT DO NOTHING;
			news := news OR FOUND;
		ELSIF f.status NOT IN (1, 5) THEN
			news := filing_again(f, one.line) OR news;
		END IF;
	END LOOP;
	RETURN news;
END $$;

-- As in 0431; filed again after it was over, its clock starts again.
CREATE OR REPLACE FUNCTION motcua.filing_written(f motcua.filing, v jsonb, content jsonb, mark bytea) RETURNS void
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
	again boolean := f.status = 1 AND f.version < 0;
	first boolean := f.version <= 0;
	brought boolean := f.status = 5 AND f.brought_at IS NULL;
	started timestamptz := least(view_moment(v->>'filed_at'), date_trunc('second', clock_timestamp()));
	said timestamptz := least(coalesce(view_moment(v->>'at'), clock_timestamp()), clock_timestamp());
BEGIN
	IF brought OR again THEN
		-- What came in after our answer came in after it, whatever their clock says.
		started := date_trunc('second', greatest(said, f.answered_at));
	END IF;
	UPDATE filing x SET version = abs(x.version) + 1, view = content, digest = mark, owner_name = left(coalesce(content->'owner'->>'name', ''), 300),
		procedure_code = left(coalesce(content->'procedure'->>'code', ''), 60),
		procedure_name = left(coalesce(content->'procedure'->>'name', ''), 1000), whole = false,
		filed_at = coalesce(CASE WHEN again THEN view_moment(v->>'filed_at') END, x.filed_at, view_moment(v->>'filed_at')),
		brought_at = CASE WHEN brought THEN started WHEN again THEN NULL ELSE x.brought_at END, asks = CASE WHEN again THEN 0 ELSE x.asks END,
		answered_at = CASE WHEN again THEN NULL ELSE x.answered_at END, answered_by = CASE WHEN again THEN '' ELSE x.answered_by END,
		reason = CASE WHEN again THEN '' ELSE x.reason END,
		clock_from = CASE WHEN first OR brought THEN coalesce(started, date_trunc('second', clock_timestamp())) ELSE x.clock_from END,
		deadline = CASE WHEN first OR brought THEN filing_deadline(x.unit_id, coalesce(started, date_trunc('second', clock_timestamp())))
			ELSE x.deadline END, changed_at = clock_timestamp()
		WHERE x.unit_id = f.unit_id AND x.filing_id = f.filing_id RETURNING * INTO f;
	PERFORM filing_list_files(f, coalesce(v->'files', '[]'));
	PERFORM filing_say(f, CASE WHEN first THEN 'filed' WHEN brought THEN 'brought' ELSE 'changed' END, f.owner_name, '');
	PERFORM filing_whole(f);
END $$;

-- Read, and it is a dossier of ours told back, or somebody else's under the same code.
CREATE FUNCTION motcua.filing_taken(f motcua.filing, content jsonb) RETURNS void
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
	same boolean := filing_is(f.unit_id, f.twin, content);
BEGIN
	UPDATE filing x SET status = 2, version = CASE WHEN same THEN 0 ELSE abs(x.version) + 1 END, answered_at = clock_timestamp(),
		answered_by = system_name(x.system), changed_at = clock_timestamp(), view = CASE WHEN same THEN '{}' ELSE content END,
		owner_name = CASE WHEN same THEN '' ELSE left(coalesce(content->'owner'->>'name', ''), 300) END,
		procedure_code = CASE WHEN same THEN '' ELSE left(coalesce(content->'procedure'->>'code', ''), 60) END,
		procedure_name = CASE WHEN same THEN '' ELSE left(coalesce(content->'procedure'->>'name', ''), 1000) END,
		filed_at = view_moment(content->>'filed_at'), reason = CASE WHEN same THEN 'Là hồ sơ đã có ở đây.'
			ELSE 'Chưa nhận: mã này là của một hồ sơ khác ở đây. Đề nghị nơi nộp cấp mã khác.' END
		WHERE x.unit_id = f.unit_id AND x.filing_id = f.filing_id RETURNING * INTO f;
	IF NOT same THEN
		PERFORM filing_clash(f, f.twin);
		PERFORM filing_say(f, 'same_code', system_name(f.system), f.reason);
	END IF;
END $$;

-- As in 0431.
CREATE OR REPLACE FUNCTION motcua.filing_over(f motcua.filing, next_status int, say text) RETURNS void
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
BEGIN
	UPDATE filing x SET status = CASE WHEN next_status IN (3, 7) THEN next_status ELSE 2 END, version = abs(x.version), answered_at = clock_timestamp(),
		answered_by = CASE next_status WHEN 7 THEN x.owner_name ELSE system_name(x.system) END, changed_at = clock_timestamp(),
		reason = left(CASE WHEN coalesce(say, '') <> '' THEN say WHEN next_status = 7 THEN 'Công dân rút hồ sơ trước khi tiếp nhận.'
			ELSE 'Hồ sơ đã được xử lý trên hệ thống khác.' END, 1000) WHERE x.unit_id = f.unit_id AND x.filing_id = f.filing_id;
	-- What was to be said before that is no longer of use.
	UPDATE filing_word w SET done_at = clock_timestamp(), note = 'Không cần nữa.' WHERE w.unit_id = f.unit_id AND w.filing_id = f.filing_id
		AND w.done_at IS NULL AND w.kind = 'progress';
	PERFORM filing_say(f, CASE next_status WHEN 7 THEN 'withdrawn' ELSE 'elsewhere' END, CASE next_status WHEN 7 THEN f.owner_name
		ELSE system_name(f.system) END, say);
END $$;

-- As in 0431.  What is not told for no ("verified") and where it was paid make no other content of it.
CREATE OR REPLACE FUNCTION wire.filing_told(sys text, id bigint, fence bigint, view jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_variable
DECLARE
	f filing;
	content jsonb := view - '{found,status,word,text,at,files}'::text[];
	mark bytea;
	now_there int := coalesce(view_number(view->'status'), 0);
BEGIN
	SELECT * INTO f FROM filing x WHERE x.filing_id = id AND x.system = sys AND x.fence = fence AND x.leased_until IS NOT NULL FOR UPDATE;
	IF f.filing_id IS NULL OR f.status NOT IN (1, 5) THEN
		RETURN false;
	END IF;
	UPDATE filing x SET leased_until = NULL, attempts = 0, note = CASE WHEN view->'found' = 'true' THEN ''
		ELSE 'Bên kia không còn thấy hồ sơ này.' END WHERE x.unit_id = f.unit_id AND x.filing_id = id;
	IF view->'found' IS DISTINCT FROM 'true' THEN
		PERFORM pg_notify('motcua_unit_' || f.unit_id, 'filing ' || id);
		RETURN true;
	END IF;
	-- No form of a citizen is so long.
	IF octet_length(content::text) > 524288 THEN
		content := content - 'form' || '{"form": [], "cut": true}';
	END IF;
	IF f.version = 0 AND now_there <> 1 AND NOT EXISTS (SELECT FROM filing_event e WHERE e.unit_id = f.unit_id AND e.filing_id = id) THEN
		-- Over before anything of it was said here: nobody waits for this desk.
		DELETE FROM filing x WHERE x.unit_id = f.unit_id AND x.filing_id = id;
		RETURN true;
	END IF;
	IF f.version <= 0 AND now_there = 1 AND f.twin IS NOT NULL THEN
		PERFORM filing_taken(f, content);
		RETURN true;
	END IF;
	-- Links change with every answer; what they lead to does not.
	mark := sha256(convert_to(('{"verified": false}' || content - 'paid_through')::text || coalesce((SELECT jsonb_agg(e - '{link,content}'::text[]
		|| jsonb_build_object('inside', CASE WHEN e ? 'content' THEN encode(sha256(convert_to(e->>'content', 'UTF8')), 'hex') ELSE '' END) ORDER BY n)
		FROM jsonb_array_elements(coalesce(view->'files', '[]')) WITH ORDINALITY a(e, n)), '[]')::text, 'UTF8'));
	IF now_there IN (2, 3, 4, 6, 7, 8, 9, 10) THEN
		-- Our own word, told back, is nobody else's act.
		IF f.version < 0 OR NOT EXISTS (SELECT FROM filing_word w WHERE w.unit_id = f.unit_id AND w.filing_id = id AND w.kind = 'progress'
				AND view_number(w.payload->'status') = now_there) THEN
			PERFORM filing_over(f, now_there, view->>'text');
		END IF;
	-- Filed once more after our request had reached them: brought, even where nothing but paper was missing.
	ELSIF f.version <= 0 OR (mark <> f.digest AND NOT (f.status = 5 AND now_there = 5)) OR (f.status = 5 AND f.brought_at IS NULL
			AND now_there = 1 AND view_moment(view->>'at') > f.answered_at AND NOT EXISTS (SELECT FROM filing_word w
				WHERE w.unit_id = f.unit_id AND w.filing_id = id AND w.kind = 'progress' AND w.done_at IS NULL)) THEN
		PERFORM filing_written(f, view, content, mark);
	ELSE
		-- The same again: links may have been renewed.
		PERFORM filing_list_files(f, coalesce(view->'files', '[]'));
		PERFORM filing_whole(f) WHERE NOT f.whole;
	END IF;
	RETURN true;
END $$;

RESET ROLE;
REVOKE CREATE ON SCHEMA motcua FROM motcua_wire;
SELECT motcua.open_doors();
