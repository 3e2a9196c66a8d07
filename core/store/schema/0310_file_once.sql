-- SPDX-License-Identifier: Apache-2.0
-- The same content is stored once in a unit, however many papers stand on it.  The first whole file
-- with it holds the pieces; later ones refer to that file, and drop the pieces they brought after
-- these were counted and hashed: whoever only names a hash gets nothing.  Files kept before this
-- migration stay as they are and may become holders.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.file_content (
	unit_id bigint NOT NULL,
	sha256  bytea NOT NULL CHECK (octet_length(sha256) = 32),
	file_id bigint NOT NULL,       -- whose pieces these are
	at      timestamptz NOT NULL,  -- … and in which month they lie
	PRIMARY KEY (unit_id, sha256),
	FOREIGN KEY (unit_id, file_id) REFERENCES motcua.file
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.file_content
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- NULL: it has its own pieces.  A holder cannot be deleted as long as anybody leans on it.
ALTER TABLE motcua.file ADD COLUMN holder_id bigint, ADD COLUMN holder_at timestamptz,
	ADD CHECK ((holder_id IS NULL) = (holder_at IS NULL) AND holder_id <> file_id),
	ADD FOREIGN KEY (unit_id, holder_id) REFERENCES motcua.file;
CREATE INDEX file_by_holder ON motcua.file (unit_id, holder_id) WHERE holder_id IS NOT NULL;

-- Pieces of one month are another month's papers, too: they never go by the month.
ALTER TABLE motcua.monthly ADD CHECK (name <> 'file_piece' OR keep_months IS NULL);

ALTER TABLE motcua.file NO FORCE ROW LEVEL SECURITY;
INSERT INTO motcua.file_content (unit_id, sha256, file_id, at)
	SELECT DISTINCT ON (f.unit_id, f.sha256) f.unit_id, f.sha256, f.file_id, f.begun_at FROM motcua.file f
	WHERE f.whole ORDER BY f.unit_id, f.sha256, f.file_id;
ALTER TABLE motcua.file FORCE ROW LEVEL SECURITY;

-- The holder of this content in this unit: this file, when there was none.  Two that come at the
-- same time wait for each other here.
CREATE FUNCTION motcua.content_of(unit bigint, hash bytea, id bigint, begun timestamptz) RETURNS motcua.file_content
LANGUAGE plpgsql AS $$
DECLARE
	c file_content;
BEGIN
	INSERT INTO file_content AS n (unit_id, sha256, file_id, at) VALUES (unit, hash, id, begun)
		ON CONFLICT DO NOTHING RETURNING n.* INTO c;
	IF c.file_id IS NULL THEN
		SELECT x.* INTO STRICT c FROM file_content x WHERE x.unit_id = unit AND x.sha256 = hash;
	END IF;
	RETURN c;
END $$;

-- One piece of a file, wherever it lies; NULL after the last.
CREATE FUNCTION motcua.piece_of(f motcua.file, nth int) RETURNS bytea
LANGUAGE sql STABLE AS $$
	SELECT p.data FROM file_piece p WHERE p.unit_id = f.unit_id AND p.file_id = coalesce(f.holder_id, f.file_id)
		AND p.at = coalesce(f.holder_at, f.begun_at) AND p.seq = nth
$$;

CREATE OR REPLACE FUNCTION desk.file_end(wanted bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	f file := file_open(wanted);
	body bytea;
	c file_content;
BEGIN
	IF f.whole THEN
		RETURN;
	END IF;
	SELECT string_agg(p.data, '' ORDER BY p.seq) INTO body FROM file_piece p
		WHERE p.unit_id = f.unit_id AND p.file_id = wanted AND p.at = f.begun_at;
	PERFORM check_that(octet_length(body) = f.size AND sha256(body) = f.sha256, 'file',
		'Tệp nhận được không giống tệp đã gửi: hãy gửi lại.');
	c := content_of(f.unit_id, f.sha256, wanted, f.begun_at);
	IF c.file_id = wanted THEN
		UPDATE file x SET whole = true WHERE x.unit_id = f.unit_id AND x.file_id = wanted;
	ELSE
		UPDATE file x SET whole = true, holder_id = c.file_id, holder_at = c.at
			WHERE x.unit_id = f.unit_id AND x.file_id = wanted;
		DELETE FROM file_piece p WHERE p.unit_id = f.unit_id AND p.file_id = wanted AND p.at = f.begun_at;
	END IF;
END $$;

CREATE OR REPLACE FUNCTION desk.file_read(wanted bigint, nth int) RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	f file;
BEGIN
	SELECT * INTO f FROM file x WHERE x.unit_id = mine.unit_id AND x.file_id = wanted AND x.whole;
	IF f.file_id IS NULL THEN
		PERFORM refuse('MC008', 'Không có tệp này.', format('no file %s', wanted));
	END IF;
	IF nth = 0 THEN
		PERFORM audit('file', f.dossier_id, jsonb_build_object('file', wanted));
	ELSE
		PERFORM audit_once('file', f.dossier_id, jsonb_build_object('file', wanted));
	END IF;
	RETURN piece_of(f, nth);
END $$;

-- Of 0141: a file that came whole; where its content lies already, no piece is written at all.
CREATE OR REPLACE FUNCTION motcua.keep_file(unit bigint, dossier bigint, file_name text, media text, body bytea, author text)
RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
	f file;
	c file_content;
	piece int := 262144;
BEGIN
	SELECT x.* INTO c FROM file_content x WHERE x.unit_id = unit AND x.sha256 = sha256(body);
	INSERT INTO file (unit_id, name, media_type, size, sha256, login, whole, dossier_id, holder_id, holder_at)
		VALUES (unit, left(coalesce(nullif(regexp_replace(file_name, '[/\\\x01-\x1f]', '_', 'g'), ''), 'ket-qua'), 255),
			left(coalesce(media, ''), 100), octet_length(body), sha256(body), author, true, dossier, c.file_id, c.at)
		RETURNING * INTO f;
	IF c.file_id IS NULL THEN
		PERFORM content_of(unit, f.sha256, f.file_id, f.begun_at);
		INSERT INTO file_piece (unit_id, file_id, seq, at, data)
			SELECT unit, f.file_id, n, f.begun_at, substring(body FROM n * piece + 1 FOR piece)
			FROM generate_series(0, (octet_length(body) - 1) / piece) n;
	END IF;
	RETURN f.file_id;
END $$;

RESET ROLE;
SELECT motcua.guard('{file_content}', 'SELECT, INSERT');
GRANT EXECUTE ON FUNCTION motcua.content_of, motcua.piece_of TO motcua_wire;

SET ROLE motcua_wire;

CREATE OR REPLACE FUNCTION wire.file_piece(file_id bigint, seq int) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT piece_of(f, $2) FROM file f WHERE f.file_id = $1 AND f.whole AND f.dossier_id IS NOT NULL
$$;

RESET ROLE;
SELECT motcua.open_doors();
