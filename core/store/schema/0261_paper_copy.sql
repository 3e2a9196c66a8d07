-- SPDX-License-Identifier: Apache-2.0
-- What was really given: the bytes of a paper's first print, with their sum, for as long as the paper.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.paper_copy (
	unit_id    bigint NOT NULL REFERENCES motcua.unit,
	paper_id   bigint NOT NULL,
	output     text NOT NULL CHECK (output ~ '^[a-z0-9-]{1,20}$'),
	sha256     bytea NOT NULL CHECK (octet_length(sha256) = 32),
	bytes      bytea NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 16777216),
	made_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
	login      text NOT NULL,
	PRIMARY KEY (unit_id, paper_id),
	FOREIGN KEY (unit_id, paper_id) REFERENCES motcua.paper
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.paper_copy
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- The first to come is the original and stays; a later one changes nothing.
CREATE FUNCTION desk.keep_copy(wanted bigint, output text, bytes bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	of_dossier bigint;
BEGIN
	SELECT p.dossier_id INTO of_dossier FROM paper p WHERE p.unit_id = mine.unit_id AND p.paper_id = wanted;
	IF NOT FOUND THEN
		PERFORM refuse('MC008', 'Không có giấy tờ này.', format('no paper %s', wanted));
	END IF;
	INSERT INTO paper_copy (unit_id, paper_id, output, sha256, bytes, login)
		VALUES (mine.unit_id, wanted, $2, sha256($3), $3, mine.login) ON CONFLICT DO NOTHING;
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	PERFORM audit('paper_copy', of_dossier, jsonb_build_object('paper', wanted, 'output', $2, 'sha256', encode(sha256($3), 'hex')));
	RETURN true;
END $$;

CREATE FUNCTION desk.paper_copy(wanted bigint) RETURNS TABLE (output text, sha256 text, bytes bytea, made_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
BEGIN
	RETURN QUERY SELECT c.output, encode(c.sha256, 'hex'), c.bytes, c.made_at FROM paper_copy c
		WHERE c.unit_id = mine.unit_id AND c.paper_id = wanted;
	IF NOT FOUND THEN
		PERFORM refuse('MC008', 'Chưa giữ bản nào của giấy này.', format('no copy of paper %s', wanted));
	END IF;
	PERFORM audit('paper_copy_read', (SELECT p.dossier_id FROM paper p WHERE p.unit_id = mine.unit_id AND p.paper_id = wanted),
		jsonb_build_object('paper', wanted));
END $$;

RESET ROLE;
SELECT motcua.guard('{paper_copy}', '');
SELECT motcua.open_doors();
