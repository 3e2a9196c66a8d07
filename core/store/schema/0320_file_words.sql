-- SPDX-License-Identifier: Apache-2.0
-- The words read from scanned papers, a row a page, so that a dossier is found by what its papers say.
-- Each word carries its unit ("17:nguyen"): one index serves every unit, and no query reads another's.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- They go when their file goes.
CREATE TABLE motcua.file_word (
	unit_id bigint NOT NULL REFERENCES motcua.unit,
	file_id bigint NOT NULL,
	page    int NOT NULL CHECK (page BETWEEN 1 AND 1000),
	words   tsvector NOT NULL,
	PRIMARY KEY (unit_id, file_id, page),
	FOREIGN KEY (unit_id, file_id) REFERENCES motcua.file ON DELETE CASCADE
);
-- What waits to be sorted in is read word by word in every search: little of it (kB).
CREATE INDEX file_word_words ON motcua.file_word USING gin (words) WITH (gin_pending_list_limit = 256);

-- Words without marks, as a clerk types them; one letter is none.
CREATE FUNCTION motcua.words_of(text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE AS $$
	SELECT left(w, 40) FROM regexp_split_to_table(fold($1), '[^[:alnum:]]+') w WHERE length(w) >= 2
$$;

-- All of the words; the last one, which may be half typed, by its beginning.
CREATE FUNCTION motcua.words_query(unit bigint, query text) RETURNS tsquery
LANGUAGE sql IMMUTABLE AS $$
	SELECT string_agg(quote_literal(unit || ':' || w) || CASE WHEN n = last AND length(w) >= 3 THEN ':*' ELSE '' END, ' & ')::tsquery
	FROM (SELECT w, n, count(*) OVER () AS last FROM words_of(left(query, 400)) WITH ORDINALITY a(w, n)) q WHERE n <= 12
$$;

-- What was read from my file before it belongs to a dossier: a line a page, kept once.
CREATE FUNCTION desk.file_words(wanted bigint, pages text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	f file := file_open(wanted);
BEGIN
	PERFORM check_that(f.whole AND f.dossier_id IS NULL, 'file', 'Tệp đã thuộc một hồ sơ.');
	PERFORM check_that(octet_length(pages) <= 4194304, 'pages', 'Chữ đọc được của tệp quá dài.');
	INSERT INTO file_word (unit_id, file_id, page, words)
		SELECT f.unit_id, wanted, p.n, array_to_tsvector(p.words) FROM (
			SELECT n::int, ARRAY(SELECT DISTINCT f.unit_id || ':' || w FROM words_of(page) w LIMIT 2000) AS words
			FROM string_to_table(pages, E'\n') WITH ORDINALITY a(page, n) WHERE n <= 1000) p
		WHERE p.words <> '{}' ON CONFLICT DO NOTHING;
END $$;

RESET ROLE;
SELECT motcua.guard('{file_word}', '');

-- Under row security no full-text index is reached, since its operator is not leakproof: this function
-- is the one way past the policy, its unit is the caller's, and nobody but the owner's functions may
-- call it.  The planner must see the words: a rare one is looked up, a common one is not.
GRANT CREATE ON SCHEMA motcua TO motcua_gate;
GRANT SELECT ON motcua.file_word TO motcua_gate;
CREATE POLICY gate ON motcua.file_word FOR SELECT TO motcua_gate USING (true);
SET ROLE motcua_gate;
CREATE FUNCTION motcua.find_words(unit bigint, wanted tsquery, most int) RETURNS TABLE (file_id bigint, page int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY SELECT w.file_id, w.page FROM motcua.file_word w WHERE w.words @@ wanted AND w.unit_id = unit LIMIT most;
END $$;
REVOKE ALL ON FUNCTION motcua.find_words FROM PUBLIC;
GRANT EXECUTE ON FUNCTION motcua.find_words TO motcua_owner;
RESET ROLE;
REVOKE CREATE ON SCHEMA motcua FROM motcua_gate;

SET ROLE motcua_owner;

-- Dossiers of my unit with a paper that has all the words on one page, the newest first; the first
-- such page of each file.  Of words on more than 2000 pages some are left out.
CREATE FUNCTION desk.find_words(query text, most int) RETURNS TABLE (dossier_id bigint, code text, foreign_code text,
	procedure_code text, procedure_name text, owner_name text, owner_id_masked text, received_at timestamptz, due_at timestamptz,
	status int, sync text, unit_name text, paper text, page int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	wanted tsquery := words_query(mine.unit_id, query);
	here text := (SELECT u.name FROM unit u WHERE u.unit_id = mine.unit_id);
	files bigint[];
	pages int[];
BEGIN
	IF wanted IS NULL THEN
		RETURN;
	END IF;
	SELECT array_agg(h.file_id), array_agg(h.page) INTO files, pages FROM (SELECT x.file_id, min(x.page) AS page
		FROM find_words(mine.unit_id, wanted, 2000) x JOIN file f ON f.unit_id = mine.unit_id AND f.file_id = x.file_id
			AND f.dossier_id IS NOT NULL
		GROUP BY 1 ORDER BY 1 DESC LIMIT greatest(1, least(most, 500))) h;
	PERFORM audit('find', NULL, jsonb_build_object('by', 'words', 'query',
		left(regexp_replace(query, '([0-9]{3})[0-9]{4,}', '\1…', 'g'), 400), 'rows', coalesce(cardinality(files), 0)));
	RETURN QUERY SELECT v.dossier_id, v.code, v.foreign_code, v.procedure_code, v.procedure_name, v.owner_name, v.owner_id_masked,
			v.received_at, v.due_at, v.status, v.sync, v.unit_name, coalesce(c.name, f.name), h.page
		FROM unnest(files, pages) h(file_id, page) JOIN file f ON f.unit_id = mine.unit_id AND f.file_id = h.file_id
		JOIN dossier d ON d.unit_id = f.unit_id AND d.dossier_id = f.dossier_id
		LEFT JOIN LATERAL (SELECT k.name FROM dossier_component k WHERE k.unit_id = d.unit_id AND k.dossier_id = d.dossier_id
			AND f.file_id = ANY (k.files) ORDER BY k.seq LIMIT 1) c ON true
		CROSS JOIN LATERAL found_of(d, here) v
		ORDER BY d.received_at DESC, d.dossier_id DESC, h.file_id;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
