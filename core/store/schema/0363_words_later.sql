-- SPDX-License-Identifier: Apache-2.0
-- Words read behind the clerk's back come when the file may lie in a dossier already, or was signed meanwhile.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0320; of a file of mine that came today also when it lies in a dossier, once.
CREATE OR REPLACE FUNCTION desk.file_words(wanted bigint, pages text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	f file := file_open(wanted);
	holder bigint;
BEGIN
	PERFORM check_that(f.whole AND (f.dossier_id IS NULL OR f.begun_at > now() - interval '1 day'
		AND NOT EXISTS (SELECT FROM file_word w WHERE w.unit_id = f.unit_id AND w.file_id = f.file_id)), 'file', 'Tệp đã thuộc một hồ sơ.');
	PERFORM check_that(octet_length(pages) <= 4194304, 'pages', 'Chữ đọc được của tệp quá dài.');
	-- Its signed copy stands in its place: they are found in that one.
	SELECT s.file_id INTO holder FROM file_signature s WHERE s.unit_id = f.unit_id AND s.of_file = f.file_id
		AND NOT EXISTS (SELECT FROM dossier_component k WHERE k.unit_id = f.unit_id AND k.dossier_id = f.dossier_id
			AND f.file_id = ANY (k.files)) ORDER BY s.at LIMIT 1;
	holder := coalesce(holder, f.file_id);
	IF EXISTS (SELECT FROM file_word w WHERE w.unit_id = f.unit_id AND w.file_id = holder) THEN
		RETURN;
	END IF;
	INSERT INTO file_word (unit_id, file_id, page, words)
		SELECT f.unit_id, holder, p.n, array_to_tsvector(p.words) FROM (
			SELECT n::int, ARRAY(SELECT DISTINCT f.unit_id || ':' || w FROM words_of(page) w LIMIT 2000) AS words
			FROM string_to_table(pages, E'\n') WITH ORDINALITY a(page, n) WHERE n <= 1000) p
		WHERE p.words <> '{}' ON CONFLICT DO NOTHING;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
