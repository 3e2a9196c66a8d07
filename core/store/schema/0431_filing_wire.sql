-- SPDX-License-Identifier: Apache-2.0
-- What couriers do with online filings: note what is listed, read each, fetch its files, and only when all of
-- it is on disk tell the other side so.  A view:
--   {"found", "status", "word", "text", "at", "filed_at", "agency", "procedure": {"code", "name"}, "case", "owner": {…}, "submitter": {…},
--    "summary", "result_by", "return_to", "note", "verified", "paid", "form": [{"name", "value"}],
--    "files": [{"key", "component", "name", "link", "content", "type", "size", "sha256"}]}

SET LOCAL search_path = motcua, pg_temp;

GRANT CREATE ON SCHEMA motcua TO motcua_wire;
SET ROLE motcua_wire;

-- A page of what they list as newly filed: [{code, agency, status, at}].  True: something of it was news.
CREATE FUNCTION wire.filings_listed(sys text, lines jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	one record;
	unit bigint;
	news boolean := false;
BEGIN
	FOR one IN SELECT DISTINCT ON (l.code) l.code, coalesce(l.agency, '') AS agency, l.status, concat_ws(' ', l.status, l.at) AS line
			FROM jsonb_to_recordset(lines) l(code text, agency text, status int, at text)
			WHERE length(l.code) BETWEEN 1 AND 60 ORDER BY l.code, l.at DESC LOOP
		UPDATE filing f SET line = one.line, ask_at = now() WHERE f.system = sys AND f.foreign_code = one.code
			AND f.status IN (1, 5) AND f.line <> one.line;
		news := news OR FOUND;
		CONTINUE WHEN FOUND OR one.status <> 1;
		unit := filing_unit(one.agency, one.code);
		-- What the desk has already, by whatever way it came, is not filed anew.
		CONTINUE WHEN unit IS NULL OR EXISTS (SELECT FROM dossier d WHERE d.unit_id = unit AND d.code = one.code)
			OR EXISTS (SELECT FROM alias a WHERE a.unit_id = unit AND a.system = sys AND a.foreign_code = one.code);
		INSERT INTO filing (unit_id, system, foreign_code, line) VALUES (unit, sys, one.code, one.line) ON CONFLICT DO NOTHING;
		news := news OR FOUND;
	END LOOP;
	RETURN news;
END $$;

-- What is to be done: read ("view"), fetch ("file"), say ("ack", "progress"), each under a lease.
CREATE FUNCTION wire.filing_work(sys text, lease_seconds int, most int, rest_seconds int) RETURNS TABLE (what text, id bigint,
	fence bigint, code text, attempts int, body jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	until timestamptz := now() + make_interval(secs => greatest(5, lease_seconds));
	many int := greatest(1, least(most, 50));
BEGIN
	RETURN QUERY WITH due AS (
		SELECT f.unit_id, f.filing_id FROM filing f WHERE f.system = sys AND f.status IN (1, 5) AND f.ask_at <= now()
			AND (f.leased_until IS NULL OR f.leased_until <= now()) ORDER BY f.ask_at LIMIT many FOR UPDATE SKIP LOCKED
	)
	UPDATE filing f SET leased_until = until, fence = f.fence + 1, ask_at = now() + make_interval(secs => greatest(5, rest_seconds))
	FROM due WHERE f.unit_id = due.unit_id AND f.filing_id = due.filing_id
	RETURNING 'view', f.filing_id, f.fence, f.foreign_code, f.attempts, '{}'::jsonb;
	RETURN QUERY WITH due AS (
		SELECT p.part_id, f.foreign_code FROM filing_file p JOIN filing f USING (unit_id, filing_id)
		WHERE f.system = sys AND p.state = 'waiting' AND p.next_at <= now() AND f.status IN (1, 5)
			AND (p.leased_until IS NULL OR p.leased_until <= now()) ORDER BY p.next_at LIMIT 2 FOR UPDATE OF p SKIP LOCKED
	)
	UPDATE filing_file p SET leased_until = until, fence = p.fence + 1 FROM due WHERE p.part_id = due.part_id
	RETURNING 'file', p.part_id, p.fence, due.foreign_code, p.attempts, jsonb_build_object('link', p.link, 'name', p.name);
	RETURN QUERY WITH due AS (
		SELECT w.word_id, f.foreign_code FROM filing_word w JOIN filing f USING (unit_id, filing_id)
		WHERE f.system = sys AND w.done_at IS NULL AND w.next_at <= now() AND (w.leased_until IS NULL OR w.leased_until <= now())
			AND NOT EXISTS (SELECT FROM filing_word b WHERE b.unit_id = w.unit_id AND b.filing_id = w.filing_id
				AND b.done_at IS NULL AND b.word_id < w.word_id)
		ORDER BY w.next_at LIMIT many FOR UPDATE OF w SKIP LOCKED
	)
	UPDATE filing_word w SET leased_until = until, fence = w.fence + 1 FROM due WHERE w.word_id = due.word_id
	RETURNING w.kind, w.word_id, w.fence, due.foreign_code, w.attempts, w.payload;
END $$;

-- Everything is here: only now may they hear it.
CREATE FUNCTION motcua.filing_whole(f motcua.filing) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	UPDATE filing x SET whole = true, changed_at = clock_timestamp() WHERE x.unit_id = f.unit_id AND x.filing_id = f.filing_id
		AND NOT x.whole AND x.version > 0 AND NOT EXISTS (SELECT FROM filing_file p WHERE p.unit_id = x.unit_id
			AND p.filing_id = x.filing_id AND p.state = 'waiting');
	IF FOUND THEN
		PERFORM filing_tell(f, 'ack', '{}');
	END IF;
	PERFORM pg_notify('motcua_unit_' || f.unit_id, 'filing ' || f.filing_id);
END $$;

-- A file that came inside the view, as base64; NULL: it is none, or larger than a file may be.
CREATE FUNCTION motcua.filing_content(unit bigint, content text) RETURNS bytea
LANGUAGE plpgsql STABLE AS $$
DECLARE
	body bytea;
BEGIN
	IF length(content) > setting_of(unit, 'file_limit')::bigint / 3 * 4 + 4096 THEN
		RETURN NULL;
	END IF;
	body := decode(content, 'base64');
	RETURN CASE WHEN octet_length(body) > 0 THEN body END;
EXCEPTION WHEN invalid_parameter_value THEN
	RETURN NULL;
END $$;

-- Is this what they said the file is?
CREATE FUNCTION motcua.filing_same(p motcua.filing_file, body bytea) RETURNS boolean
LANGUAGE sql STABLE AS $$
	SELECT (p.told_size IS NULL OR p.told_size = octet_length(body)) AND (p.told_sha256 IS NULL OR p.told_sha256 = sha256(body))
$$;

-- The list of files as it is now: what is here already and unchanged stays.
CREATE FUNCTION motcua.filing_list_files(f motcua.filing, files jsonb) RETURNS void
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
	one record;
	p filing_file;
	old filing_file;
	body bytea;
BEGIN
	DELETE FROM filing_file x WHERE x.unit_id = f.unit_id AND x.filing_id = f.filing_id
		AND NOT EXISTS (SELECT FROM jsonb_array_elements(files) e WHERE e->>'key' = x.key);
	FOR one IN SELECT DISTINCT ON (e.value->>'key') e.ordinality::int AS seq, e.value AS v FROM jsonb_array_elements(files) WITH ORDINALITY e
			WHERE coalesce(e.value->>'key', '') <> '' AND e.ordinality <= 200 ORDER BY e.value->>'key', e.ordinality LOOP
		SELECT * INTO old FROM filing_file x WHERE x.unit_id = f.unit_id AND x.filing_id = f.filing_id AND x.key = one.v->>'key';
		p := NULL;
		p.told_size := CASE WHEN one.v->>'size' ~ '^[0-9]{1,15}$' THEN (one.v->>'size')::bigint END;
		p.told_sha256 := CASE WHEN lower(one.v->>'sha256') ~ '^[0-9a-f]{64}$' THEN decode(lower(one.v->>'sha256'), 'hex') END;
		IF old.part_id IS NOT NULL AND (old.name, old.told_size, old.told_sha256) IS NOT DISTINCT FROM
				(left(one.v->>'name', 255), p.told_size, p.told_sha256) THEN
			UPDATE filing_file x SET link = left(coalesce(one.v->>'link', ''), 2000), component = left(coalesce(one.v->>'component', ''), 2000),
				seq = one.seq WHERE x.part_id = old.part_id;
			CONTINUE;
		END IF;
		DELETE FROM filing_file x WHERE x.part_id = old.part_id;
		INSERT INTO filing_file (unit_id, filing_id, seq, key, component, name, link, told_size, told_sha256)
			VALUES (f.unit_id, f.filing_id, one.seq, one.v->>'key', left(coalesce(one.v->>'component', ''), 2000), left(one.v->>'name', 255),
				left(coalesce(one.v->>'link', ''), 2000), p.told_size, p.told_sha256) RETURNING * INTO p;
		IF coalesce(one.v->>'content', '') <> '' THEN
			body := filing_content(f.unit_id, one.v->>'content');
			IF body IS NULL OR NOT filing_same(p, body) THEN
				UPDATE filing_file x SET state = 'bad', note = CASE WHEN body IS NULL THEN 'Tệp gửi kèm không đọc được.'
					ELSE 'Tệp nhận được khác dấu kiểm mà bên kia báo.' END WHERE x.part_id = p.part_id;
			ELSE
				UPDATE filing_file x SET state = 'here', file_id = keep_file(f.unit_id, NULL, p.name, left(one.v->>'type', 100), body, f.system)
					WHERE x.part_id = p.part_id;
			END IF;
		ELSIF p.link = '' THEN
			UPDATE filing_file x SET state = 'bad', note = 'Bên kia không cho biết tệp ở đâu.' WHERE x.part_id = p.part_id;
		END IF;
	END LOOP;
END $$;

-- The citizen wrote it, wrote it anew, or brought what was asked for.
CREATE FUNCTION motcua.filing_written(f motcua.filing, v jsonb, content jsonb, mark bytea) RETURNS void
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
	first boolean := f.version = 0;
	brought boolean := f.status = 5 AND f.brought_at IS NULL;
	started timestamptz := least(view_moment(v->>'filed_at'), date_trunc('second', clock_timestamp()));
	said timestamptz := least(coalesce(view_moment(v->>'at'), clock_timestamp()), clock_timestamp());
BEGIN
	IF brought THEN
		-- A supplement came in after it was asked for, whatever their clock says.
		started := date_trunc('second', greatest(said, f.answered_at));
	END IF;
	UPDATE filing x SET version = x.version + 1, view = content, digest = mark, owner_name = left(coalesce(content->'owner'->>'name', ''), 300),
		procedure_code = left(coalesce(content->'procedure'->>'code', ''), 60),
		procedure_name = left(coalesce(content->'procedure'->>'name', ''), 1000), whole = false,
		filed_at = coalesce(x.filed_at, view_moment(v->>'filed_at')), brought_at = CASE WHEN brought THEN started ELSE x.brought_at END,
		clock_from = CASE WHEN first OR brought THEN coalesce(started, date_trunc('second', clock_timestamp())) ELSE x.clock_from END,
		deadline = CASE WHEN first OR brought THEN filing_deadline(x.unit_id, coalesce(started, date_trunc('second', clock_timestamp())))
			ELSE x.deadline END, changed_at = clock_timestamp()
		WHERE x.unit_id = f.unit_id AND x.filing_id = f.filing_id RETURNING * INTO f;
	PERFORM filing_list_files(f, coalesce(v->'files', '[]'));
	PERFORM filing_say(f, CASE WHEN first THEN 'filed' WHEN brought THEN 'brought' ELSE 'changed' END, f.owner_name, '');
	PERFORM filing_whole(f);
END $$;

-- Somebody else ended it: the citizen, or an officer in the other system.
CREATE FUNCTION motcua.filing_over(f motcua.filing, next_status int, say text) RETURNS void
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
BEGIN
	UPDATE filing x SET status = CASE WHEN next_status IN (3, 7) THEN next_status ELSE 2 END, answered_at = clock_timestamp(),
		answered_by = CASE next_status WHEN 7 THEN x.owner_name ELSE system_name(x.system) END, changed_at = clock_timestamp(),
		reason = left(CASE WHEN coalesce(say, '') <> '' THEN say WHEN next_status = 7 THEN 'Công dân rút hồ sơ trước khi tiếp nhận.'
			ELSE 'Hồ sơ đã được xử lý trên hệ thống khác.' END, 1000) WHERE x.unit_id = f.unit_id AND x.filing_id = f.filing_id;
	-- What was to be said before that is no longer of use.
	UPDATE filing_word w SET done_at = clock_timestamp(), note = 'Không cần nữa.' WHERE w.unit_id = f.unit_id AND w.filing_id = f.filing_id
		AND w.done_at IS NULL AND w.kind = 'progress';
	PERFORM filing_say(f, CASE next_status WHEN 7 THEN 'withdrawn' ELSE 'elsewhere' END, CASE next_status WHEN 7 THEN f.owner_name
		ELSE system_name(f.system) END, say);
END $$;

-- What they say of one filing.  False: the lease is another's, or it is over here.
CREATE FUNCTION wire.filing_told(sys text, id bigint, fence bigint, view jsonb) RETURNS boolean
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
	IF f.version = 0 AND now_there <> 1 THEN
		-- Over before anything of it was read here: nobody waits for this desk.
		DELETE FROM filing x WHERE x.unit_id = f.unit_id AND x.filing_id = id;
		RETURN true;
	END IF;
	-- Links change with every answer; what they lead to does not.
	mark := sha256(convert_to(content::text || coalesce((SELECT jsonb_agg(e - '{link,content}'::text[] || jsonb_build_object('inside',
		CASE WHEN e ? 'content' THEN encode(sha256(convert_to(e->>'content', 'UTF8')), 'hex') ELSE '' END) ORDER BY n)
		FROM jsonb_array_elements(coalesce(view->'files', '[]')) WITH ORDINALITY a(e, n)), '[]')::text, 'UTF8'));
	IF now_there IN (2, 3, 4, 6, 7, 8, 9, 10) THEN
		-- Our own word, told back, is nobody else's act.
		IF NOT EXISTS (SELECT FROM filing_word w WHERE w.unit_id = f.unit_id AND w.filing_id = id AND w.kind = 'progress'
				AND view_number(w.payload->'status') = now_there) THEN
			PERFORM filing_over(f, now_there, view->>'text');
		END IF;
	-- Filed once more after our request had reached them: brought, even where nothing but paper was missing.
	ELSIF f.version = 0 OR (mark <> f.digest AND NOT (f.status = 5 AND now_there = 5)) OR (f.status = 5 AND f.brought_at IS NULL
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

-- Whose part it is, locked: always before the part.
CREATE FUNCTION motcua.filing_of_part(id bigint) RETURNS motcua.filing
LANGUAGE plpgsql AS $$
DECLARE
	f filing;
BEGIN
	SELECT x.* INTO f FROM filing x WHERE (x.unit_id, x.filing_id) = (SELECT p.unit_id, p.filing_id FROM filing_file p
		WHERE p.part_id = id) FOR UPDATE;
	RETURN f;
END $$;

-- A file they gave, whole; false: it was kept already, or the lease is another's.
CREATE FUNCTION wire.filing_file(id bigint, fence bigint, media_type text, body bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_variable
DECLARE
	p filing_file;
	f filing;
BEGIN
	f := filing_of_part(id);
	SELECT * INTO p FROM filing_file x WHERE x.part_id = id AND x.fence = fence AND x.leased_until IS NOT NULL FOR UPDATE;
	IF p.part_id IS NULL OR p.state <> 'waiting' OR coalesce(octet_length(body), 0) = 0 THEN
		RETURN false;
	END IF;
	IF filing_same(p, body) THEN
		UPDATE filing_file x SET state = 'here', leased_until = NULL, note = '',
			file_id = keep_file(p.unit_id, NULL, p.name, media_type, body, f.system) WHERE x.part_id = id;
	ELSE
		-- It may have been cut on the way: a few more times, then the clerk decides without it.
		UPDATE filing_file x SET leased_until = NULL, attempts = x.attempts + 1, state = CASE WHEN x.attempts >= 2 THEN 'bad' ELSE 'waiting' END,
			next_at = now() + interval '5 seconds', note = 'Tệp nhận được khác dấu kiểm mà bên kia báo.' WHERE x.part_id = id;
	END IF;
	PERFORM filing_whole(f);
	RETURN true;
END $$;

-- The end of an attempt that brought nothing, or of a word that was said (delivered, duplicate).
CREATE FUNCTION wire.filing_done(what text, id bigint, fence bigint, class text, note text, retry_after_seconds int) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_variable
DECLARE
	later timestamptz := now() + make_interval(secs => CASE WHEN class = 'refused' THEN 86400 ELSE greatest(1, least(retry_after_seconds, 86400)) END);
	said text := left(coalesce(note, ''), 1000);
	f filing;
BEGIN
	IF what = 'view' THEN
		UPDATE filing x SET leased_until = NULL, attempts = x.attempts + 1, ask_at = later, note = said
			WHERE x.filing_id = id AND x.fence = fence AND x.leased_until IS NOT NULL RETURNING x.* INTO f;
	ELSIF what = 'file' THEN
		f := filing_of_part(id);
		-- What they refuse to give will not come; the clerk sees that it is missing.
		UPDATE filing_file x SET leased_until = NULL, attempts = x.attempts + 1, next_at = later, note = said,
			state = CASE WHEN class = 'refused' THEN 'bad' ELSE x.state END
			WHERE x.part_id = id AND x.fence = fence AND x.leased_until IS NOT NULL AND x.state = 'waiting'
			AND x.filing_id = f.filing_id;
		IF NOT FOUND THEN
			RETURN false;
		END IF;
		PERFORM filing_whole(f);
	ELSE
		UPDATE filing_word x SET leased_until = NULL, attempts = x.attempts + 1, next_at = later,
			done_at = CASE WHEN class IN ('delivered', 'duplicate') THEN clock_timestamp() END,
			note = CASE WHEN class IN ('delivered', 'duplicate') THEN '' ELSE said END
			WHERE x.word_id = id AND x.fence = fence AND x.leased_until IS NOT NULL AND x.done_at IS NULL
			RETURNING x.filing_id INTO id;
		SELECT * INTO f FROM filing x WHERE FOUND AND x.filing_id = id;
		PERFORM pg_notify('motcua_unit_' || f.unit_id, 'filing ' || f.filing_id) WHERE f.filing_id IS NOT NULL;
	END IF;
	RETURN f.filing_id IS NOT NULL;
END $$;

RESET ROLE;
REVOKE CREATE ON SCHEMA motcua FROM motcua_wire;
SELECT motcua.open_doors();
