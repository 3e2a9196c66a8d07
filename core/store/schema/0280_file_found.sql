-- SPDX-License-Identifier: Apache-2.0
-- What was found in a file when it came: its pages, its signatures.  And whether the system a
-- dossier travels to takes such a file, told at the counter: of its profile only these members.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

ALTER TABLE motcua.file ADD COLUMN pages int CHECK (pages BETWEEN 0 AND 1000000),
	ADD COLUMN found text NOT NULL DEFAULT '' CHECK (length(found) <= 2000);

CREATE FUNCTION desk.file_found(wanted bigint, pages int, words text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	f file := file_open(wanted);
BEGIN
	PERFORM check_that(f.whole AND f.dossier_id IS NULL, 'file', 'Tệp đã thuộc một hồ sơ.');
	PERFORM check_that(file_found.pages BETWEEN 0 AND 1000000 AND length(words) <= 2000, 'found',
		'Kết quả kiểm tệp không đúng dạng.');
	UPDATE file x SET pages = file_found.pages, found = words WHERE x.unit_id = f.unit_id AND x.file_id = wanted;
END $$;

-- Refuses, with a sentence, what that system would refuse.  What connectors take when a profile does
-- not say it: core/courier/igate.c.
CREATE FUNCTION desk.file_fits(wanted_system text, file_name text, bytes bigint) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	own bigint := setting_of(mine.unit_id, 'file_limit')::bigint;
	sys systems;
	profile jsonb := coalesce(profile_of(wanted_system), '{}');
	most bigint;
	ending text := lower(substring(file_name FROM '(\.[^.]*)$'));
BEGIN
	PERFORM check_that(bytes <= own, 'size', format('Đơn vị nhận tệp đến %s MB.', own >> 20));
	SELECT * INTO sys FROM systems s WHERE s.code = wanted_system AND s.ended IS NULL;
	IF NOT FOUND OR sys.family = 'manual' THEN
		RETURN;
	END IF;
	most := CASE WHEN jsonb_typeof(profile->'max_file_bytes') = 'number' THEN (profile->>'max_file_bytes')::numeric::bigint
		WHEN sys.family = 'igate' THEN 10485760 END;
	PERFORM check_that(most IS NULL OR bytes <= most, 'size',
		format('%s chỉ nhận tệp đến %s MB, tệp này %s MB: quét lại ở độ phân giải thấp hơn, hoặc tách tệp.', sys.name,
			most >> 20, (bytes + 1048575) >> 20));
	PERFORM check_that(ending IS NULL OR jsonb_typeof(profile->'forbidden_files') IS DISTINCT FROM 'array' OR NOT EXISTS (
		SELECT FROM jsonb_array_elements_text(profile->'forbidden_files') e WHERE lower(e) = ending), 'name',
		format('%s không nhận tệp có đuôi %s: đổi tên tệp rồi kèm lại.', sys.name, ending));
END $$;

RESET ROLE;
SELECT motcua.open_doors();
