-- SPDX-License-Identifier: Apache-2.0
-- The slip of guidance a citizen takes home: sentences of the catalogue, frozen like every paper; no number.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- lines: section.N.head and section.N.text, as printers/fields.h writes them; the head is ours.
CREATE FUNCTION desk.guide_paper(request uuid, of_procedure text, of_case bigint, lines text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	u unit;
	p procedures;
	made bigint;
	moment timestamptz := date_trunc('second', clock_timestamp());
BEGIN
	PERFORM check_that(request IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM check_that(length(lines) BETWEEN 1 AND 200000
		AND NOT EXISTS (SELECT FROM regexp_split_to_table(rtrim(lines, E'\n'), E'\n') l(line)
			WHERE line !~ E'^section\\.[0-9]{1,2}\\.(head|text)\t'), 'lines', 'Nội dung hướng dẫn không đúng dạng.');
	PERFORM pg_advisory_xact_lock(hashtextextended(request::text, mine.unit_id));
	SELECT x.paper_id INTO made FROM paper x WHERE x.unit_id = mine.unit_id AND x.request_id = request AND x.form = 'guide';
	IF FOUND THEN
		RETURN made;
	END IF;
	SELECT * INTO u FROM unit x WHERE x.unit_id = mine.unit_id;
	SELECT * INTO p FROM procedures x WHERE x.code = of_procedure AND x.ended IS NULL
		AND (x.unit_id IS NULL OR x.unit_id = mine.unit_id) ORDER BY x.unit_id NULLS LAST, x.row_id DESC LIMIT 1;
	PERFORM check_that(FOUND, 'procedure', 'Danh mục không có thủ tục này.');
	INSERT INTO paper (unit_id, request_id, form, year, fields, made_at, login)
	VALUES (mine.unit_id, request, 'guide', extract(year FROM local(moment))::int,
		head_fields(u, mine, jsonb_build_object('case_id', nullif(of_case, 0)), p, moment) || lines, moment, mine.login)
	RETURNING paper_id INTO made;
	PERFORM audit('guide', NULL, jsonb_build_object('paper', made, 'procedure', of_procedure));
	RETURN made;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
