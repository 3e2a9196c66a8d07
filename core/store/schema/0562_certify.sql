-- SPDX-License-Identifier: Apache-2.0
-- Sổ chứng thực: four books, each numbered from 01 within its year without a gap, over however many volumes
-- (NĐ 23/2015/NĐ-CP Điều 13, TT 01/2020/TT-BTP).  A number that was given stays: what was written by mistake is
-- cancelled with its reason.  Many copies of one original at one time are one number.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.certify_book (
	book     text PRIMARY KEY CHECK (book ~ '^[A-Z]{2,4}$'),
	sign     text NOT NULL,      -- as it stands behind the number
	name     text NOT NULL,
	place    int NOT NULL
);
INSERT INTO motcua.certify_book VALUES
	('BS', 'SCT/BS', 'Sổ chứng thực bản sao từ bản chính', 1),
	('CK', 'SCT/CK,ĐC', 'Sổ chứng thực chữ ký, chứng thực điểm chỉ', 2),
	('CKND', 'SCT/CKND', 'Sổ chứng thực chữ ký người dịch', 3),
	('HD', 'SCT/HĐ,GD', 'Sổ chứng thực hợp đồng, giao dịch', 4);

-- Which procedure goes into which book.
CREATE TABLE motcua.certify_procedure (
	procedure_code text PRIMARY KEY,
	book           text NOT NULL REFERENCES motcua.certify_book
);
INSERT INTO motcua.certify_procedure VALUES ('2.000815', 'BS'), ('2.000942', 'BS'), ('2.000884', 'CK'),
	('2.000992', 'CKND'), ('2.001008', 'CKND'), ('2.000913', 'HD'), ('2.000927', 'HD'), ('2.001016', 'HD'), ('2.001019', 'HD'),
	('2.001035', 'HD'), ('2.001406', 'HD');

-- The volume a book is written into, and its last number.
CREATE TABLE motcua.certify_year (
	unit_id  bigint NOT NULL REFERENCES motcua.unit,
	book     text NOT NULL REFERENCES motcua.certify_book,
	year     int NOT NULL,
	volume   int NOT NULL DEFAULT 1 CHECK (volume BETWEEN 1 AND 999),
	last     int NOT NULL DEFAULT 0,
	PRIMARY KEY (unit_id, book, year)
);

CREATE TABLE motcua.certification (
	unit_id      bigint NOT NULL REFERENCES motcua.unit,
	book         text NOT NULL REFERENCES motcua.certify_book,
	year         int NOT NULL,
	seq          int NOT NULL,
	volume       int NOT NULL,
	request_id   uuid NOT NULL,
	dossier_id   bigint NOT NULL,
	subject      text NOT NULL CHECK (length(subject) BETWEEN 1 AND 500), -- the original, the paper signed, the transaction
	copies       int NOT NULL CHECK (copies BETWEEN 1 AND 9999),
	signer       text NOT NULL CHECK (length(signer) BETWEEN 1 AND 200),  -- name and title of who signs
	at           timestamptz NOT NULL,
	login        text NOT NULL,
	cancelled_at timestamptz,
	cancelled_by text NOT NULL DEFAULT '',
	reason       text NOT NULL DEFAULT '',
	PRIMARY KEY (unit_id, book, year, seq),
	UNIQUE (unit_id, request_id),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier,
	CHECK ((cancelled_at IS NULL) = (reason = ''))
);
CREATE INDEX certification_at ON motcua.certification (unit_id, at);
CREATE INDEX certification_dossier ON motcua.certification (unit_id, dossier_id);

DO $$
DECLARE
	t text;
BEGIN
	FOREACH t IN ARRAY ARRAY['certify_book', 'certify_procedure', 'certify_year', 'certification'] LOOP
		EXECUTE format('ALTER TABLE motcua.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
	END LOOP;
	CREATE POLICY shared ON motcua.certify_book TO motcua_owner USING (true);
	CREATE POLICY shared ON motcua.certify_procedure TO motcua_owner USING (true);
	CREATE POLICY own_unit ON motcua.certify_year TO motcua_owner
		USING (unit_id = (SELECT motcua.my_unit())) WITH CHECK (unit_id = (SELECT motcua.my_unit()));
	CREATE POLICY own_unit ON motcua.certification TO motcua_owner
		USING (unit_id = (SELECT motcua.my_unit())) WITH CHECK (unit_id = (SELECT motcua.my_unit()));
END $$;

-- Only a cancellation changes a line, and only once.
CREATE FUNCTION motcua.certification_stays() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' OR OLD.cancelled_at IS NOT NULL OR NEW.cancelled_at IS NULL
		OR to_jsonb(NEW) - '{cancelled_at,cancelled_by,reason}'::text[] <> to_jsonb(OLD) - '{cancelled_at,cancelled_by,reason}'::text[] THEN
		RAISE EXCEPTION USING ERRCODE = 'MC004', MESSAGE = 'Sổ chứng thực chỉ được ghi thêm; ghi nhầm thì huỷ số, nêu lý do.',
			DETAIL = format('%s on a line of a book', TG_OP);
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER certification_stays BEFORE UPDATE OR DELETE ON motcua.certification
	FOR EACH ROW EXECUTE FUNCTION motcua.certification_stays();

CREATE FUNCTION motcua.certify_number(seq int, volume int, year int, book text) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT lpad(seq::text, greatest(2, length(seq::text)), '0') || ' quyển số ' || lpad(volume::text, greatest(2, length(volume::text)), '0')
		|| '/' || year || ' - ' || b.sign FROM certify_book b WHERE b.book = certify_number.book
$$;

-- What may be written of a dossier: its book ('' none), and what stands there already.
CREATE FUNCTION desk.certify_of(wanted bigint) RETURNS TABLE (book text, book_name text, procedure text, numbers text, signer text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT coalesce(p.book, ''), coalesce(b.name, ''), d.procedure_name,
		coalesce((SELECT string_agg(certify_number(c.seq, c.volume, c.year, c.book) || CASE WHEN c.cancelled_at IS NULL THEN '' ELSE ' (đã huỷ)' END,
			'; ' ORDER BY c.year, c.seq) FROM certification c WHERE c.unit_id = d.unit_id AND c.dossier_id = d.dossier_id), ''),
		coalesce((SELECT c.signer FROM certification c WHERE c.unit_id = d.unit_id AND c.cancelled_at IS NULL ORDER BY c.at DESC LIMIT 1), '')
	FROM dossier_mine(wanted) d LEFT JOIN certify_procedure p ON p.procedure_code = d.procedure_code LEFT JOIN certify_book b ON b.book = p.book
$$;

-- Ghi sổ chứng thực.  entry: {subject, copies, signer}; repeated with the same request it gives the same number.
CREATE FUNCTION desk.certify(wanted bigint, request uuid, entry jsonb) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
	moment timestamptz := date_trunc('second', clock_timestamp());
	this_year int := extract(year FROM local(moment));
	into_book text := (SELECT p.book FROM certify_procedure p WHERE p.procedure_code = d.procedure_code);
	place certify_year;
	made certification;
BEGIN
	PERFORM check_that(request IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM pg_advisory_xact_lock(hashtextextended(request::text, mine.unit_id));
	SELECT * INTO made FROM certification c WHERE c.unit_id = mine.unit_id AND c.request_id = request;
	IF made.seq IS NOT NULL THEN
		PERFORM check_that(made.dossier_id = d.dossier_id, 'request_id', 'Yêu cầu này đã dùng cho hồ sơ khác.');
		RETURN certify_number(made.seq, made.volume, made.year, made.book);
	END IF;
	PERFORM check_that(into_book IS NOT NULL, 'procedure', 'Thủ tục của hồ sơ này không ghi vào sổ chứng thực nào.');
	PERFORM check_that(d.status NOT IN (1, 3, 7, 8), 'status', 'Hồ sơ chưa được tiếp nhận, đã rút hoặc đã dừng: không ghi sổ.');
	PERFORM check_that(length(btrim(coalesce(entry->>'subject', ''))) BETWEEN 1 AND 500, 'subject', 'Ghi tên giấy tờ, giao dịch được chứng thực.');
	PERFORM check_that(coalesce(entry->>'copies', '') ~ '^[1-9][0-9]{0,3}$', 'copies', 'Số bản phải từ 1 đến 9999.');
	PERFORM check_that(length(btrim(coalesce(entry->>'signer', ''))) BETWEEN 1 AND 200, 'signer', 'Ghi họ tên, chức danh người ký chứng thực.');
	INSERT INTO certify_year AS y VALUES (mine.unit_id, into_book, this_year, 1, 1)
		ON CONFLICT ON CONSTRAINT certify_year_pkey DO UPDATE SET last = y.last + 1 RETURNING * INTO place;
	INSERT INTO certification (unit_id, book, year, seq, volume, request_id, dossier_id, subject, copies, signer, at, login)
		VALUES (mine.unit_id, into_book, this_year, place.last, place.volume, request, d.dossier_id, btrim(entry->>'subject'),
			(entry->>'copies')::int, btrim(entry->>'signer'), moment, mine.login) RETURNING * INTO made;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, moment, 'certify', d.status, d.status, mine.login, mine.full_name,
			left('Ghi sổ chứng thực số ' || certify_number(made.seq, made.volume, made.year, made.book) || ': ' || made.subject, 1000));
	PERFORM audit('certify', d.dossier_id, jsonb_build_object('book', made.book, 'year', made.year, 'seq', made.seq));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN certify_number(made.seq, made.volume, made.year, made.book);
END $$;

-- The number stays, crossed out (of_book: the book or its sign): by who wrote it on the same day, else by a supervisor.
CREATE FUNCTION desk.certify_cancel(of_book text, of_year int, of_seq int, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	c certification;
BEGIN
	SELECT * INTO c FROM certification x WHERE x.unit_id = mine.unit_id AND x.year = of_year AND x.seq = of_seq
		AND x.book = (SELECT b.book FROM certify_book b WHERE of_book IN (b.book, b.sign)) FOR UPDATE;
	IF c.seq IS NULL THEN
		PERFORM refuse('MC008', 'Sổ không có số này.', format('no %s of %s in %s', of_seq, of_year, of_book));
	END IF;
	PERFORM check_that(length(btrim(coalesce(why, ''))) BETWEEN 3 AND 300, 'reason', 'Việc này cần ghi lý do.');
	IF c.cancelled_at IS NOT NULL THEN
		PERFORM refuse('MC006', 'Số này đã huỷ rồi.', format('%s/%s %s is cancelled', of_seq, of_year, of_book));
	END IF;
	IF c.login <> mine.login OR local(c.at)::date <> local(now())::date THEN
		PERFORM my_supervisor();
	END IF;
	UPDATE certification x SET cancelled_at = clock_timestamp(), cancelled_by = mine.login, reason = btrim(why)
		WHERE x.unit_id = c.unit_id AND x.book = c.book AND x.year = c.year AND x.seq = c.seq;
	PERFORM audit('certify_cancel', c.dossier_id, jsonb_build_object('book', c.book, 'year', c.year, 'seq', c.seq));
	PERFORM pg_notify('motcua_unit_' || c.unit_id, 'dossier ' || c.dossier_id);
END $$;

-- The next volume of this year; numbers run on.
CREATE FUNCTION desk.certify_volume(of_book text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
	fresh int;
BEGIN
	UPDATE certify_year y SET volume = y.volume + 1 WHERE y.unit_id = mine.unit_id AND y.book = of_book
		AND y.year = extract(year FROM local(now())) AND y.last > 0
		AND EXISTS (SELECT FROM certification c WHERE c.unit_id = y.unit_id AND c.book = y.book AND c.year = y.year AND c.volume = y.volume)
		RETURNING volume INTO fresh;
	IF fresh IS NULL THEN
		PERFORM refuse('MC006', 'Quyển đang dùng chưa ghi số nào: chưa cần mở quyển mới.', format('volume of %s is empty', of_book));
	END IF;
	PERFORM audit('certify_volume', NULL, jsonb_build_object('book', of_book, 'volume', fresh));
	RETURN fresh;
END $$;

-- A book of a period; narrow: its sign ("SCT/BS"), or '' all four one after another.
CREATE FUNCTION desk.report_certified(since date, until date, deciding boolean, narrow text, personal boolean, reason text)
RETURNS TABLE (key text, number text, at timestamptz, person text, subject text, copies int, fee bigint, signer text, note text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
	unit bigint := report_gate('certified', since, until, deciding, narrow, personal, reason);
BEGIN
	RETURN QUERY SELECT c.dossier_id::text, certify_number(c.seq, c.volume, c.year, c.book), c.at, CASE WHEN personal THEN d.owner_name END,
		c.subject, CASE WHEN c.cancelled_at IS NULL THEN c.copies ELSE 0 END,
		CASE WHEN c.cancelled_at IS NULL AND c.seq = (SELECT min(o.seq) FROM certification o WHERE o.unit_id = unit AND o.dossier_id = c.dossier_id
				AND o.book = c.book AND o.year = c.year AND o.cancelled_at IS NULL)
			THEN (SELECT coalesce(sum(f.amount), 0)::bigint FROM dossier_fee f WHERE f.unit_id = unit AND f.dossier_id = c.dossier_id
				AND f.paid IN ('cash', 'transfer')) ELSE 0 END,
		c.signer, CASE WHEN c.cancelled_at IS NULL THEN '' ELSE 'Huỷ: ' || c.reason END
	FROM certification c JOIN certify_book b ON b.book = c.book JOIN dossier d ON d.unit_id = c.unit_id AND d.dossier_id = c.dossier_id
	WHERE c.unit_id = unit AND c.at >= begins(since) AND c.at < begins(until + 1) AND coalesce(narrow, '') IN ('', b.sign, c.book)
	ORDER BY b.place, c.year, c.seq LIMIT 20001;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
