-- SPDX-License-Identifier: Apache-2.0
-- Sổ chứng thực: each volume (quyển) with its opening and closing line: opened per year, the number runs on from 01 over the volumes of a
-- year, closed with the last number and a name (TT 01/2018/TT-VPCP Điều 10.2; NĐ 23/2015/NĐ-CP Điều 13).

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.certify_volume (
	unit_id   bigint NOT NULL REFERENCES motcua.unit,
	book      text NOT NULL REFERENCES motcua.certify_book,
	year      int NOT NULL,
	volume    int NOT NULL CHECK (volume BETWEEN 1 AND 999),
	opened_at timestamptz NOT NULL,
	opened_by text NOT NULL,
	first     int NOT NULL,
	closed_at timestamptz,
	closed_by text NOT NULL DEFAULT '',
	last      int,
	cancelled int,                   -- of its numbers, when it was closed
	PRIMARY KEY (unit_id, book, year, volume),
	CHECK ((closed_at IS NULL) = (last IS NULL))
);

-- A closed line stays as it was written.
CREATE FUNCTION motcua.certify_volume_stays() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' OR OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL
		OR to_jsonb(NEW) - '{closed_at,closed_by,last,cancelled}'::text[] <> to_jsonb(OLD) - '{closed_at,closed_by,last,cancelled}'::text[] THEN
		RAISE EXCEPTION USING ERRCODE = 'MC004', MESSAGE = 'Dòng mở, khoá quyển của sổ chứng thực không sửa được.', DETAIL = format('%s on certify_volume', TG_OP);
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER certify_volume_stays BEFORE UPDATE OR DELETE ON motcua.certify_volume
	FOR EACH ROW EXECUTE FUNCTION motcua.certify_volume_stays();

-- The first number of a year opens its first volume.
CREATE FUNCTION motcua.certify_first() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	INSERT INTO certify_volume (unit_id, book, year, volume, opened_at, opened_by, first)
		VALUES (NEW.unit_id, NEW.book, NEW.year, NEW.volume, NEW.at, NEW.login, NEW.seq) ON CONFLICT DO NOTHING;
	RETURN NULL;
END $$;
CREATE TRIGGER certify_first AFTER INSERT ON motcua.certification FOR EACH ROW EXECUTE FUNCTION motcua.certify_first();

CREATE FUNCTION motcua.certify_close(y motcua.certify_year, mine motcua.clerk) RETURNS void
LANGUAGE sql SET search_path = motcua, pg_temp AS $$
	UPDATE certify_volume v SET closed_at = clock_timestamp(), closed_by = mine.login, last = y.last,
		cancelled = (SELECT count(*) FROM certification c WHERE c.unit_id = v.unit_id AND c.book = v.book AND c.year = v.year AND c.volume = v.volume
			AND c.cancelled_at IS NOT NULL)
		WHERE v.unit_id = y.unit_id AND v.book = y.book AND v.year = y.year AND v.volume = y.volume AND v.closed_at IS NULL
$$;

-- The next volume of this year, with the closing line of the one before; numbers run on.
CREATE OR REPLACE FUNCTION desk.certify_volume(of_book text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
	y certify_year;
BEGIN
	SELECT * INTO y FROM certify_year x WHERE x.unit_id = mine.unit_id AND x.book = of_book AND x.year = extract(year FROM local(now())) FOR UPDATE;
	IF y.book IS NULL OR NOT EXISTS (SELECT FROM certification c WHERE c.unit_id = y.unit_id AND c.book = y.book AND c.year = y.year AND c.volume = y.volume) THEN
		PERFORM refuse('MC006', 'Quyển đang dùng chưa ghi số nào: chưa cần mở quyển mới.', format('volume of %s is empty', of_book));
	END IF;
	PERFORM certify_close(y, mine);
	UPDATE certify_year x SET volume = x.volume + 1 WHERE x.unit_id = y.unit_id AND x.book = y.book AND x.year = y.year;
	INSERT INTO certify_volume (unit_id, book, year, volume, opened_at, opened_by, first)
		VALUES (y.unit_id, y.book, y.year, y.volume + 1, clock_timestamp(), mine.login, y.last + 1);
	PERFORM audit('certify_volume', NULL, jsonb_build_object('book', of_book, 'volume', y.volume + 1));
	RETURN y.volume + 1;
END $$;

-- The closing line of a year that is over.
CREATE FUNCTION desk.certify_year_close(of_book text, of_year int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
	y certify_year;
BEGIN
	PERFORM check_that(of_year < extract(year FROM local(now())), 'year', 'Năm chưa hết: sổ của năm nay chưa khoá được.');
	SELECT * INTO y FROM certify_year x WHERE x.unit_id = mine.unit_id AND x.book = of_book AND x.year = of_year FOR UPDATE;
	IF y.book IS NULL OR NOT EXISTS (SELECT FROM certify_volume v WHERE v.unit_id = y.unit_id AND v.book = y.book AND v.year = y.year AND v.closed_at IS NULL) THEN
		PERFORM refuse('MC006', 'Sổ của năm ấy đã khoá, hoặc không ghi số nào.', format('%s of %s is closed', of_book, of_year));
	END IF;
	PERFORM certify_close(y, mine);
	PERFORM audit('certify_year_close', NULL, jsonb_build_object('book', of_book, 'year', of_year, 'last', y.last));
	RETURN y.last;
END $$;

-- Every book with its volumes, the newest year first; a book that was never written has one row without a volume.
CREATE FUNCTION desk.certify_volumes() RETURNS TABLE (book text, sign text, name text, year int, volume int, first int, last int, numbers int, cancelled int,
	opened_at timestamptz, opened_by text, closed_at timestamptz, closed_by text, this_year boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT b.book, b.sign, b.name, coalesce(v.year, 0), coalesce(v.volume, 0), coalesce(v.first, 0), coalesce(v.last, greatest(y.last, v.first - 1), 0),
		(SELECT count(*)::int FROM certification c WHERE c.unit_id = v.unit_id AND c.book = v.book AND c.year = v.year AND c.volume = v.volume),
		(SELECT count(*)::int FROM certification c WHERE c.unit_id = v.unit_id AND c.book = v.book AND c.year = v.year AND c.volume = v.volume
			AND c.cancelled_at IS NOT NULL), v.opened_at, name_of(v.opened_by), v.closed_at, name_of(v.closed_by),
		coalesce(v.year = extract(year FROM local(now())), false)
	FROM me() m CROSS JOIN certify_book b LEFT JOIN certify_volume v ON v.unit_id = m.unit_id AND v.book = b.book
		LEFT JOIN certify_year y ON y.unit_id = v.unit_id AND y.book = v.book AND y.year = v.year AND y.volume = v.volume
	ORDER BY v.year DESC NULLS LAST, b.place, v.volume DESC
$$;

RESET ROLE;
-- What was written before volumes had lines.
INSERT INTO motcua.certify_volume (unit_id, book, year, volume, opened_at, opened_by, first)
	SELECT DISTINCT ON (c.unit_id, c.book, c.year, c.volume) c.unit_id, c.book, c.year, c.volume, c.at, c.login, c.seq
	FROM motcua.certification c ORDER BY c.unit_id, c.book, c.year, c.volume, c.seq;
UPDATE motcua.certify_volume v SET closed_at = n.opened_at, closed_by = n.opened_by, last = n.first - 1, cancelled = (SELECT count(*) FROM motcua.certification c
		WHERE c.unit_id = v.unit_id AND c.book = v.book AND c.year = v.year AND c.volume = v.volume AND c.cancelled_at IS NOT NULL)
	FROM motcua.certify_volume n WHERE n.unit_id = v.unit_id AND n.book = v.book AND n.year = v.year AND n.volume = v.volume + 1;
SELECT motcua.guard('{certify_volume}', '');
SELECT motcua.open_doors();
