-- SPDX-License-Identifier: Apache-2.0
-- Papers handed in on paper that have no file yet, by field and age; a file laid to a paper of a dossier
-- in the books, told to its systems; the files of a dossier with what was found in them; papers brought
-- later may be ones the unit holds already.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- What is shown or looked up is given back, and is not for scanning.
CREATE INDEX component_on_paper ON motcua.dossier_component (unit_id, dossier_id)
	WHERE state = 'ok' AND action IN ('submit', 'compare') AND files = '{}';

-- Of dossiers in hand, and of those handed over within ninety days: after that the paper is filed away.
CREATE FUNCTION motcua.on_paper(unit bigint) RETURNS TABLE (dossier_id bigint, code text, seq int, name text, field text,
	procedure_code text, owner_name text, system text, received_at timestamptz, days int)
LANGUAGE sql STABLE AS $$
	SELECT d.dossier_id, d.code, c.seq, c.name, d.field, d.procedure_code, d.owner_name, d.route_system, d.received_at,
		greatest(0, local(now())::date - local(d.received_at)::date)
	FROM dossier_component c JOIN dossier d ON d.unit_id = c.unit_id AND d.dossier_id = c.dossier_id
	WHERE c.unit_id = unit AND c.state = 'ok' AND c.action IN ('submit', 'compare') AND c.files = '{}'
		AND (d.status IN (2, 4, 5, 6, 9) OR d.status = 10 AND d.finished_at > now() - interval '90 days')
$$;

CREATE FUNCTION desk.digitise_counts() RETURNS TABLE (field text, today int, one_day int, three_days int, older int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT p.field, count(*) FILTER (WHERE p.days = 0)::int, count(*) FILTER (WHERE p.days = 1)::int,
		count(*) FILTER (WHERE p.days BETWEEN 2 AND 3)::int, count(*) FILTER (WHERE p.days > 3)::int
	FROM me() m, on_paper(m.unit_id) p GROUP BY 1 ORDER BY count(*) DESC, p.field COLLATE vi
$$;

-- The oldest first; of_field '': of every field.
CREATE FUNCTION desk.digitise_queue(of_field text, most int) RETURNS TABLE (dossier_id bigint, code text, seq int, name text,
	field text, procedure_code text, owner_name text, system text, received_at timestamptz, days int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT p.* FROM me() m, on_paper(m.unit_id) p WHERE of_field = '' OR p.field = of_field
	ORDER BY p.received_at, p.dossier_id, p.seq LIMIT greatest(1, least(most, 1000))
$$;

-- As in 0271, and for a dossier in the books that gets more: what stands there already stays.
CREATE OR REPLACE FUNCTION motcua.use_files(unit bigint, dossier bigint, number text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	fresh file_use;
BEGIN
	FOR fresh IN INSERT INTO file_use (unit_id, dossier_id, seq, file_id, from_dossier, login)
			SELECT DISTINCT unit, dossier, k.seq, h.file_id, h.dossier_id, session_user
			FROM dossier_component k CROSS JOIN LATERAL unnest(k.files) f
			JOIN held_of(unit, number) h ON h.file_id = f AND h.dossier_id <> dossier
			WHERE k.unit_id = unit AND k.dossier_id = dossier
			ON CONFLICT DO NOTHING RETURNING * LOOP
		PERFORM audit('reuse', dossier, jsonb_build_object('component', fresh.seq, 'file', fresh.file_id, 'from', fresh.from_dossier));
	END LOOP;
	IF EXISTS (SELECT FROM dossier_component k, unnest(k.files) f WHERE k.unit_id = unit AND k.dossier_id = dossier
		AND NOT EXISTS (SELECT FROM file x WHERE x.unit_id = unit AND x.file_id = f AND x.whole
			AND coalesce(x.dossier_id, dossier) = dossier)
		AND NOT EXISTS (SELECT FROM file_use u WHERE u.unit_id = unit AND u.dossier_id = dossier AND u.seq = k.seq AND u.file_id = f)) THEN
		PERFORM refuse('MC005', 'Tệp đính kèm chưa tải xong hoặc đã thuộc hồ sơ khác.', 'file not whole, or another owner''s', 'components');
	END IF;
	UPDATE file x SET dossier_id = dossier FROM dossier_component k
		WHERE k.unit_id = unit AND k.dossier_id = dossier AND x.unit_id = unit AND x.file_id = ANY (k.files) AND x.dossier_id IS NULL;
END $$;

-- As in 0210; a paper may be one that the unit holds already: action "lookup", with where it lies and
-- its file, which use_files looks at.
CREATE OR REPLACE FUNCTION motcua.take_papers(d motcua.dossier, papers jsonb, basis text) RETURNS text[]
LANGUAGE plpgsql AS $$
DECLARE
	c jsonb;
	called text;
	attached bigint[];
	held boolean;
	names text[] := '{}';
	nth int := 0;
BEGIN
	PERFORM check_that(jsonb_typeof(papers) = 'array' AND jsonb_array_length(papers) <= 100, 'papers', 'Giấy tờ bổ sung không đúng dạng.');
	FOR c IN SELECT x FROM jsonb_array_elements(papers) x LOOP
		nth := nth + 1;
		attached := ARRAY(SELECT f::bigint FROM jsonb_array_elements_text(coalesce(c->'files', '[]')) f);
		held := c->>'action' = 'lookup';
		PERFORM check_that(c->>'action' IN ('submit', 'show', 'compare', 'lookup'), 'papers.' || nth, 'Chưa rõ giấy tờ được nộp hay xuất trình.');
		PERFORM check_that((c->>'originals')::int BETWEEN 0 AND 999 AND (c->>'copies')::int BETWEEN 0 AND 999
			AND ((c->>'originals')::int + (c->>'copies')::int > 0 OR held), 'papers.' || nth, 'Số bản giấy tờ không đúng.');
		PERFORM check_that(NOT held OR attached <> '{}' AND length(btrim(coalesce(c->>'lookup_where', ''))) BETWEEN 1 AND 300,
			'papers.' || nth, 'Giấy tờ dùng lại phải có tệp đã lưu và nơi lưu.');
		called := btrim(coalesce((SELECT p.facts->>'text' FROM open_parts(d, 'supplement') p WHERE p.part_id = (c->>'part_id')::bigint),
			c->>'name', ''));
		IF c->>'seq' IS NULL THEN
			PERFORM check_that(called <> '' AND length(called) <= 1000, 'papers.' || nth || '.name', 'Giấy tờ chưa có tên.');
			INSERT INTO dossier_component (unit_id, dossier_id, seq, name, action, originals, copies, pages, state, required,
					basis, lookup_where, lookup_at, files)
				VALUES (d.unit_id, d.dossier_id, (SELECT coalesce(max(x.seq), 0) + 1 FROM dossier_component x
					WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id), called, c->>'action', (c->>'originals')::int,
					(c->>'copies')::int, 0, 'ok', false, left(take_papers.basis, 500),
					CASE WHEN held THEN btrim(c->>'lookup_where') ELSE '' END, CASE WHEN held THEN now() END, attached);
		ELSE
			UPDATE dossier_component k SET state = 'ok', action = c->>'action', originals = (c->>'originals')::int,
				copies = (c->>'copies')::int, reason = '', files = k.files || attached,
				lookup_where = CASE WHEN held THEN btrim(c->>'lookup_where') ELSE k.lookup_where END,
				lookup_at = CASE WHEN held THEN now() ELSE k.lookup_at END
				WHERE k.unit_id = d.unit_id AND k.dossier_id = d.dossier_id AND k.seq = (c->>'seq')::int RETURNING k.name INTO called;
			PERFORM check_that(FOUND, 'papers.' || nth, 'Hồ sơ không có giấy tờ này.');
		END IF;
		names := names || called;
	END LOOP;
	PERFORM use_files(d.unit_id, d.dossier_id, d.owner_id);
	RETURN names;
END $$;

-- Files, scanned now or held already, for a paper that lies here on paper alone; every system of the
-- dossier gets it anew.  Repeated with the same files it is done.
CREATE FUNCTION desk.digitise(wanted bigint, nth int, attached bigint[]) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
	k dossier_component;
	moment timestamptz := date_trunc('second', clock_timestamp());
BEGIN
	SELECT * INTO d FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id FOR UPDATE;
	SELECT * INTO k FROM dossier_component c WHERE c.unit_id = d.unit_id AND c.dossier_id = d.dossier_id AND c.seq = nth;
	IF k.seq IS NULL THEN
		PERFORM refuse('MC008', 'Hồ sơ không có giấy tờ này.', format('no component %s of %s', nth, wanted));
	END IF;
	PERFORM check_that(cardinality(attached) BETWEEN 1 AND 20, 'files', 'Chưa có tệp nào.');
	IF attached <@ k.files THEN
		RETURN d.version;
	END IF;
	PERFORM check_that(d.status NOT IN (3, 7, 8), 'status', 'Hồ sơ không được tiếp nhận, đã rút hoặc đã dừng: không số hóa nữa.');
	PERFORM check_that(k.state = 'ok' AND k.action IN ('submit', 'compare'), 'component', 'Giấy tờ này không nằm ở đây để số hóa.');
	UPDATE dossier_component c SET files = c.files || ARRAY(SELECT DISTINCT f FROM unnest(attached) f WHERE f <> ALL (c.files)),
		pages = least(9999, c.pages + coalesce((SELECT sum(x.pages) FROM file x WHERE x.unit_id = d.unit_id
			AND x.file_id = ANY (attached) AND x.file_id <> ALL (c.files)), 0))
		WHERE c.unit_id = d.unit_id AND c.dossier_id = d.dossier_id AND c.seq = nth;
	PERFORM use_files(d.unit_id, d.dossier_id, d.owner_id);
	UPDATE dossier x SET version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id RETURNING * INTO d;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, moment, 'digitise', d.status, d.status, mine.login, mine.full_name,
			left('Đã số hóa: ' || k.name, 1000));
	PERFORM tell_taken_up(d, mine, '', moment, false);
	PERFORM audit('digitise', d.dossier_id, jsonb_build_object('component', nth, 'files', to_jsonb(attached)));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN d.version;
END $$;

-- As desk.held_papers, of the owner of a dossier: what lies in it is no offer.
CREATE FUNCTION desk.held_papers_of(wanted bigint, like_name text, most int) RETURNS TABLE (file_id bigint, name text, kind text,
	code text, at timestamptz, media_type text, size bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	d dossier := dossier_mine(wanted);
BEGIN
	PERFORM audit('held', d.dossier_id, jsonb_build_object('number', mask(d.owner_id)));
	RETURN QUERY SELECT h.file_id, h.name, h.kind, h.code, h.at, h.media_type, h.size
	FROM (SELECT DISTINCT ON (x.sha256, x.name) x.* FROM held_of(d.unit_id, d.owner_id) x WHERE x.dossier_id <> wanted
		ORDER BY x.sha256, x.name, x.at) h
	ORDER BY h.name = like_name DESC, h.at DESC, h.file_id DESC LIMIT least(greatest(most, 1), 100);
END $$;

-- The files of its papers, with what was found in them when they came.
CREATE FUNCTION desk.dossier_files(wanted bigint) RETURNS TABLE (seq int, file_id bigint, name text, media_type text, size bigint,
	pages int, found text, reused boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT c.seq, f.file_id, f.name, f.media_type, f.size, coalesce(f.pages, 0), f.found, f.dossier_id <> d.dossier_id
	FROM dossier_mine(wanted) d JOIN dossier_component c USING (unit_id, dossier_id)
		CROSS JOIN LATERAL unnest(c.files) WITH ORDINALITY x(file_id, n)
		JOIN file f ON f.unit_id = d.unit_id AND f.file_id = x.file_id AND f.whole
	ORDER BY c.seq, x.n
$$;

RESET ROLE;
SELECT motcua.open_doors();
