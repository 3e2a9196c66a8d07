-- SPDX-License-Identifier: Apache-2.0
-- The files of pages found are looked up one by one, never by reading all files of a unit: a function's
-- rows are guessed to be many, the elements of an array few.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0320.  Of words on more than 1000 pages some are left out.
CREATE OR REPLACE FUNCTION desk.find_words(query text, most int) RETURNS TABLE (dossier_id bigint, code text, foreign_code text,
	procedure_code text, procedure_name text, owner_name text, owner_id_masked text, received_at timestamptz, due_at timestamptz,
	status int, sync text, unit_name text, paper text, page int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	wanted tsquery := words_query(mine.unit_id, query);
	here text := (SELECT u.name FROM unit u WHERE u.unit_id = mine.unit_id);
	hit_files bigint[];
	hit_pages int[];
	total int;
BEGIN
	IF wanted IS NULL THEN
		RETURN;
	END IF;
	SELECT array_agg(h.file_id), array_agg(h.page) INTO hit_files, hit_pages FROM (SELECT x.file_id, min(x.page) AS page
		FROM find_words(mine.unit_id, wanted, 1000) x GROUP BY 1) h;
	SELECT array_agg(k.file_id), array_agg(k.page), count(*) INTO hit_files, hit_pages, total FROM (SELECT h.file_id, h.page
		FROM unnest(hit_files, hit_pages) h(file_id, page) JOIN file f ON f.unit_id = mine.unit_id AND f.file_id = h.file_id
			AND f.dossier_id IS NOT NULL
		ORDER BY 1 DESC LIMIT greatest(1, least(most, 500))) k;
	PERFORM audit('find', NULL, jsonb_build_object('by', 'words', 'query',
		left(regexp_replace(query, '([0-9]{3})[0-9]{4,}', '\1…', 'g'), 400), 'rows', total));
	RETURN QUERY SELECT v.dossier_id, v.code, v.foreign_code, v.procedure_code, v.procedure_name, v.owner_name, v.owner_id_masked,
			v.received_at, v.due_at, v.status, v.sync, v.unit_name, coalesce(c.name, f.name), h.page
		FROM unnest(hit_files, hit_pages) h(file_id, page) JOIN file f ON f.unit_id = mine.unit_id AND f.file_id = h.file_id
		JOIN dossier d ON d.unit_id = f.unit_id AND d.dossier_id = f.dossier_id
		LEFT JOIN LATERAL (SELECT k.name FROM dossier_component k WHERE k.unit_id = d.unit_id AND k.dossier_id = d.dossier_id
			AND f.file_id = ANY (k.files) ORDER BY k.seq LIMIT 1) c ON true
		CROSS JOIN LATERAL found_of(d, here) v
		ORDER BY d.received_at DESC, d.dossier_id DESC, h.file_id;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
