-- SPDX-License-Identifier: Apache-2.0
-- Sổ chứng thực after a copy came back: the numbers of the days that were lost stand in the book on paper and nowhere here, and a
-- book has no gap (NĐ 23/2015/NĐ-CP Điều 13).  So nothing is numbered until a supervisor has read the last number there.
-- And: without persons the book says nothing in free text.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.certify_doubt (
	unit_id   bigint NOT NULL REFERENCES motcua.unit,
	book      text NOT NULL REFERENCES motcua.certify_book,
	year      int NOT NULL,
	at        timestamptz NOT NULL,        -- when the copy came back
	known     int NOT NULL,                -- the last number that it knew
	last      int CHECK (last >= known),   -- the last one on paper; NULL: nobody has said yet
	said_by   text NOT NULL DEFAULT '',
	said_at   timestamptz,
	PRIMARY KEY (unit_id, book, year, at)
);

-- What was said stays.
CREATE FUNCTION motcua.certify_doubt_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	IF TG_OP = 'DELETE' OR OLD.last IS NOT NULL OR to_jsonb(NEW) - '{last,said_by,said_at}'::text[] <> to_jsonb(OLD) - '{last,said_by,said_at}'::text[] THEN
		PERFORM refuse('MC004', 'Số cuối đã xác nhận của sổ chứng thực không sửa được.', format('%s on certify_doubt', TG_OP));
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER certify_doubt_stays BEFORE UPDATE OR DELETE ON motcua.certify_doubt FOR EACH ROW EXECUTE FUNCTION motcua.certify_doubt_stays();

CREATE FUNCTION motcua.certify_sure() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	IF EXISTS (SELECT FROM certify_doubt x WHERE x.unit_id = NEW.unit_id AND x.book = NEW.book AND x.year = NEW.year AND x.last IS NULL) THEN
		PERFORM refuse('MC006', 'Dữ liệu vừa được phục hồi từ bản sao: người phụ trách xem sổ giấy, xác nhận số cuối đã ghi (Ctrl-P quyển chứng thực, F7) '
			|| 'rồi mới ghi tiếp.', format('last number of %s/%s is not confirmed', NEW.book, NEW.year));
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER certify_sure BEFORE INSERT ON motcua.certification FOR EACH ROW EXECUTE FUNCTION motcua.certify_sure();
-- Nor is a volume opened or closed with a number that is not the last.
CREATE TRIGGER certify_sure BEFORE INSERT OR UPDATE ON motcua.certify_volume FOR EACH ROW EXECUTE FUNCTION motcua.certify_sure();

-- The last number on paper, as a supervisor read it; the next one given is the one after.
CREATE FUNCTION desk.certify_confirm(of_book text, of_year int, seen int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
	x certify_doubt;
	moment timestamptz := clock_timestamp();
	y certify_year;
BEGIN
	SELECT * INTO x FROM certify_doubt d WHERE d.unit_id = mine.unit_id AND d.book = of_book AND d.year = of_year AND d.last IS NULL
		ORDER BY d.at DESC LIMIT 1 FOR UPDATE;
	IF x.book IS NULL THEN
		PERFORM refuse('MC006', 'Sổ này không chờ xác nhận số cuối.', format('%s of %s is in no doubt', of_book, of_year));
	END IF;
	PERFORM check_that(coalesce(seen, -1) BETWEEN x.known AND x.known + 20000, 'last',
		format('Số cuối trên sổ giấy phải từ %s: số ấy đã có ở đây.', x.known));
	UPDATE certify_doubt d SET last = seen, said_by = mine.login, said_at = moment WHERE d.unit_id = x.unit_id AND d.book = x.book AND d.year = x.year
		AND d.last IS NULL;
	INSERT INTO certify_year AS c VALUES (mine.unit_id, of_book, of_year, 1, seen)
		ON CONFLICT ON CONSTRAINT certify_year_pkey DO UPDATE SET last = seen RETURNING * INTO y;
	-- The first ones of the year may be among those that were lost.
	INSERT INTO certify_volume (unit_id, book, year, volume, opened_at, opened_by, first)
		SELECT mine.unit_id, of_book, of_year, y.volume, moment, mine.login, x.known + 1 WHERE seen > x.known ON CONFLICT DO NOTHING;
	PERFORM audit('certify_confirm', NULL, jsonb_build_object('book', of_book, 'year', of_year, 'known', x.known, 'last', seen));
	RETURN seen;
END $$;

-- As in 0714; doubt_year: the year of that book whose last number waits to be confirmed, 0 none; doubt_known: the last one known here.
DROP FUNCTION desk.certify_volumes();
CREATE FUNCTION desk.certify_volumes() RETURNS TABLE (book text, sign text, name text, year int, volume int, first int, last int, numbers int, cancelled int,
	opened_at timestamptz, opened_by text, closed_at timestamptz, closed_by text, this_year boolean,
	doubt_year int, doubt_known int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT b.book, b.sign, b.name, coalesce(v.year, 0), coalesce(v.volume, 0), coalesce(v.first, 0), coalesce(v.last, greatest(y.last, v.first - 1), 0),
		(SELECT count(*)::int FROM certification c WHERE c.unit_id = v.unit_id AND c.book = v.book AND c.year = v.year AND c.volume = v.volume),
		(SELECT count(*)::int FROM certification c WHERE c.unit_id = v.unit_id AND c.book = v.book AND c.year = v.year AND c.volume = v.volume
			AND c.cancelled_at IS NOT NULL), v.opened_at, name_of(v.opened_by), v.closed_at, name_of(v.closed_by),
		coalesce(v.year = extract(year FROM local(now())), false), coalesce(x.year, 0), coalesce(x.known, 0)
	FROM me() m CROSS JOIN certify_book b LEFT JOIN certify_volume v ON v.unit_id = m.unit_id AND v.book = b.book
		LEFT JOIN certify_year y ON y.unit_id = v.unit_id AND y.book = v.book AND y.year = v.year AND y.volume = v.volume
		LEFT JOIN LATERAL (SELECT d.year, d.known FROM certify_doubt d WHERE d.unit_id = m.unit_id AND d.book = b.book AND d.last IS NULL
			ORDER BY d.year DESC LIMIT 1) x ON true
	ORDER BY v.year DESC NULLS LAST, b.place, v.volume DESC
$$;

-- As in 0562; what stands there in free text may name persons: with them only.  Numbers that are on paper alone have one row.
CREATE OR REPLACE FUNCTION desk.report_certified(since date, until date, deciding boolean, narrow text, personal boolean, reason text)
RETURNS TABLE (key text, number text, at timestamptz, person text, subject text, copies int, fee bigint, signer text, note text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
	unit bigint := report_gate('certified', since, until, deciding, narrow, personal, reason);
BEGIN
	RETURN QUERY SELECT r.key, r.number, r.at, r.person, r.subject, r.copies, r.fee, r.signer, r.note FROM (
	SELECT c.dossier_id::text AS key, certify_number(c.seq, c.volume, c.year, c.book) AS number, c.at, CASE WHEN personal THEN d.owner_name END AS person,
		CASE WHEN personal THEN c.subject END AS subject, CASE WHEN c.cancelled_at IS NULL THEN c.copies ELSE 0 END AS copies,
		CASE WHEN c.cancelled_at IS NULL AND c.seq = (SELECT min(o.seq) FROM certification o WHERE o.unit_id = unit AND o.dossier_id = c.dossier_id
				AND o.book = c.book AND o.year = c.year AND o.cancelled_at IS NULL)
			THEN (SELECT coalesce(sum(f.amount), 0)::bigint FROM dossier_fee f WHERE f.unit_id = unit AND f.dossier_id = c.dossier_id
				AND f.paid IN ('cash', 'transfer')) ELSE 0 END AS fee,
		c.signer, CASE WHEN c.cancelled_at IS NULL THEN '' ELSE concat_ws(': ', 'Huỷ', CASE WHEN personal THEN c.reason END) END AS note,
		b.place, c.year, c.seq
	FROM certification c JOIN certify_book b ON b.book = c.book JOIN dossier d ON d.unit_id = c.unit_id AND d.dossier_id = c.dossier_id
	WHERE c.unit_id = unit AND c.at >= begins(since) AND c.at < begins(until + 1) AND coalesce(narrow, '') IN ('', b.sign, c.book)
	UNION ALL
	SELECT '', format('từ %s đến %s', lpad((x.known + 1)::text, greatest(2, length((x.known + 1)::text)), '0'), certify_number(x.last, coalesce(y.volume, 1), x.year, x.book)),
		x.at, NULL, NULL, 0, 0::bigint, '', format('Chỉ có trên sổ giấy: ghi trước khi dữ liệu được phục hồi; %s xác nhận %s', name_of(x.said_by),
			to_char(local(x.said_at), 'DD/MM/YYYY')), b.place, x.year, x.known + 1
	FROM certify_doubt x JOIN certify_book b ON b.book = x.book LEFT JOIN certify_year y ON y.unit_id = x.unit_id AND y.book = x.book AND y.year = x.year
	WHERE x.unit_id = unit AND x.last > x.known AND x.at >= begins(since) AND x.at < begins(until + 1) AND coalesce(narrow, '') IN ('', b.sign, x.book)
	) r ORDER BY r.place, r.year, r.seq LIMIT 20001;
END $$;

RESET ROLE;
SELECT motcua.guard('{certify_doubt}', '');
SELECT motcua.open_doors();
