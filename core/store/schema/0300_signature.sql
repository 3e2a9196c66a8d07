-- SPDX-License-Identifier: Apache-2.0
-- Files signed here with an officer's certificate.  A signed file is a file of its own beside what it was made
-- of, another file or the first print of a paper; both stay as they are.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

ALTER TABLE motcua.file ADD COLUMN signs int CHECK (signs BETWEEN 0 AND 1000);

CREATE TABLE motcua.file_signature (
	unit_id     bigint NOT NULL REFERENCES motcua.unit,
	file_id     bigint NOT NULL,          -- the signed one, or the signature alone (.p7s)
	of_file     bigint,
	of_paper    bigint,
	signer      text NOT NULL CHECK (length(signer) <= 300),
	certificate text NOT NULL CHECK (certificate ~ '^[0-9a-f]{16}$'), -- beginning of its SHA-256
	valid_to    timestamptz NOT NULL,
	at          timestamptz NOT NULL DEFAULT clock_timestamp(),
	login       text NOT NULL,
	PRIMARY KEY (unit_id, file_id),
	FOREIGN KEY (unit_id, file_id) REFERENCES motcua.file,
	FOREIGN KEY (unit_id, of_file) REFERENCES motcua.file,
	FOREIGN KEY (unit_id, of_paper) REFERENCES motcua.paper_copy,
	CHECK (num_nonnulls(of_file, of_paper) = 1)
);
CREATE INDEX file_signature_of ON motcua.file_signature (unit_id, of_file);
CREATE INDEX file_signature_paper ON motcua.file_signature (unit_id, of_paper);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.file_signature
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- As 0280, with the number of signatures found.
CREATE FUNCTION desk.file_found(wanted bigint, pages int, words text, signs int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	f file := file_open(wanted);
BEGIN
	PERFORM check_that(file_found.signs BETWEEN 0 AND 1000, 'signs', 'Kết quả kiểm tệp không đúng dạng.');
	PERFORM desk.file_found(wanted, file_found.pages, words);
	UPDATE file x SET signs = file_found.signs WHERE x.unit_id = f.unit_id AND x.file_id = wanted;
END $$;

-- The dossier of what was signed takes the signed file, too, unless it is still being received.
CREATE FUNCTION desk.file_signed(wanted bigint, of_file bigint, of_paper bigint, signer text, certificate text,
	valid_to timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	f file := file_open($1);
	of_dossier bigint;
BEGIN
	IF EXISTS (SELECT FROM file_signature s WHERE s.unit_id = f.unit_id AND s.file_id = f.file_id
			AND s.of_file IS NOT DISTINCT FROM $2 AND s.of_paper IS NOT DISTINCT FROM $3) THEN
		RETURN;
	END IF;
	PERFORM check_that(f.whole AND f.dossier_id IS NULL, 'file', 'Tệp đã thuộc một hồ sơ.');
	PERFORM check_that(num_nonnulls($2, $3) = 1 AND $2 IS DISTINCT FROM f.file_id, 'of', 'Không rõ tệp nào được ký.');
	IF $2 IS NOT NULL THEN
		SELECT x.dossier_id INTO of_dossier FROM file x WHERE x.unit_id = f.unit_id AND x.file_id = $2 AND x.whole
			AND (x.dossier_id IS NOT NULL OR x.login = f.login);
	ELSE
		SELECT p.dossier_id INTO of_dossier FROM paper p JOIN paper_copy c USING (unit_id, paper_id)
			WHERE p.unit_id = f.unit_id AND p.paper_id = $3;
	END IF;
	IF NOT FOUND THEN
		PERFORM refuse('MC008', 'Không có tệp này.', format('no file %s, no copy of paper %s', $2, $3));
	END IF;
	INSERT INTO file_signature (unit_id, file_id, of_file, of_paper, signer, certificate, valid_to, login)
		VALUES (f.unit_id, f.file_id, $2, $3, $4, $5, $6, f.login);
	-- It takes the place of the other one, which no dossier will have: its words (0320) are found in this one.
	IF of_dossier IS NULL THEN
		INSERT INTO file_word (unit_id, file_id, page, words)
			SELECT w.unit_id, f.file_id, w.page, w.words FROM file_word w WHERE w.unit_id = f.unit_id AND w.file_id = $2
			ON CONFLICT DO NOTHING;
	END IF;
	UPDATE file x SET dossier_id = of_dossier WHERE x.unit_id = f.unit_id AND x.file_id = f.file_id AND of_dossier IS NOT NULL;
	PERFORM audit('file_signed', of_dossier, jsonb_build_object('file', f.file_id, 'of_file', $2, 'of_paper', $3,
		'signer', $4, 'certificate', $5, 'sha256', encode(f.sha256, 'hex')));
END $$;

-- PDFs handed in here without a signature, and first prints that the law wants signed when they are electronic.
-- A file of an earlier dossier is that one's to sign.
CREATE FUNCTION desk.to_sign(wanted bigint) RETURNS TABLE (file_id bigint, paper_id bigint, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT f.file_id, NULL::bigint, f.name
	FROM dossier_mine(wanted) d JOIN dossier_component k ON k.unit_id = d.unit_id AND k.dossier_id = d.dossier_id
	CROSS JOIN LATERAL unnest(k.files) x(file_id)
	JOIN file f ON f.unit_id = d.unit_id AND f.file_id = x.file_id AND f.dossier_id = d.dossier_id AND f.whole
	WHERE f.media_type = 'application/pdf' AND f.signs = 0
		AND NOT EXISTS (SELECT FROM file_signature s WHERE s.unit_id = f.unit_id AND s.of_file = f.file_id)
	UNION ALL
	SELECT NULL, p.paper_id, 'mau-' || p.form || '-' || p.paper_id || CASE WHEN c.output LIKE 'pdf%' THEN '.pdf' ELSE '.p7s' END
	FROM dossier_mine(wanted) d JOIN paper p ON p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id
	JOIN paper_copy c ON c.unit_id = p.unit_id AND c.paper_id = p.paper_id
	WHERE p.form IN ('01', '02', '03')
		AND NOT EXISTS (SELECT FROM file_signature s WHERE s.unit_id = p.unit_id AND s.of_paper = p.paper_id)
$$;

-- Signed before it was received, after it, or made of a paper.
CREATE FUNCTION desk.dossier_signatures(wanted bigint) RETURNS TABLE (file_id bigint, kind text, name text, signer text,
	valid_to timestamptz, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT s.file_id, 'file', f.name, s.signer, s.valid_to, s.at
	FROM dossier_mine(wanted) d JOIN dossier_component k ON k.unit_id = d.unit_id AND k.dossier_id = d.dossier_id
	CROSS JOIN LATERAL unnest(k.files) x(file_id)
	JOIN file_signature s ON s.unit_id = d.unit_id AND (s.file_id = x.file_id OR s.of_file = x.file_id)
	JOIN file f ON f.unit_id = s.unit_id AND f.file_id = s.file_id
	UNION ALL
	SELECT s.file_id, 'paper', p.form, s.signer, s.valid_to, s.at
	FROM dossier_mine(wanted) d JOIN paper p ON p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id
	JOIN file_signature s ON s.unit_id = p.unit_id AND s.of_paper = p.paper_id
	ORDER BY 6, 1
$$;

RESET ROLE;
SELECT motcua.guard('{file_signature}', '');
SELECT motcua.open_doors();
