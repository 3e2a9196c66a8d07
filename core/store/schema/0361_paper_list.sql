-- SPDX-License-Identifier: Apache-2.0
-- Papers of many dossiers at once: the receipts of those chosen, a hand-over list, the book of a period (Mẫu 07),
-- to be printed as one job.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- What a paper of no single dossier carries.
CREATE FUNCTION motcua.desk_fields(u motcua.unit, mine motcua.clerk, moment timestamptz) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN u.practice THEN field('practice', '1') ELSE '' END || field('at', iso(moment))
		|| field('unit.name', u.name) || field('unit.parent', u.parent_name) || field('unit.place', u.place)
		|| field('unit.organisation', u.organisation) || field('unit.office', u.office)
		|| field('officer.name', mine.full_name) || field('officer.title', mine.title)
$$;

-- Numbered and frozen; request must be new for this form.
CREATE FUNCTION motcua.paper_of_list(mine motcua.clerk, request uuid, wanted_form text, body text, moment timestamptz)
RETURNS motcua.paper
LANGUAGE plpgsql AS $$
DECLARE
	u unit;
	made paper;
	place record;
	named text := paper_sign_of(wanted_form, moment);
BEGIN
	SELECT * INTO u FROM unit x WHERE x.unit_id = mine.unit_id;
	SELECT * INTO place FROM paper_number(mine.unit_id, wanted_form, moment);
	named := lpad(place.seq::text, greatest(2, length(place.seq::text)), '0') || named;
	INSERT INTO paper (unit_id, request_id, form, year, seq, number, fields, made_at, login)
		VALUES (mine.unit_id, request, wanted_form, place.year, place.seq, named,
			field('number', named) || desk_fields(u, mine, moment) || body, moment, mine.login) RETURNING * INTO made;
	RETURN made;
END $$;

CREATE FUNCTION motcua.check_chosen(mine motcua.clerk, wanted bigint[]) RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
	PERFORM check_that(cardinality(wanted) BETWEEN 1 AND 200 AND array_position(wanted, NULL) IS NULL, 'dossiers',
		'Mỗi lần chọn từ 1 đến 200 hồ sơ.');
	IF EXISTS (SELECT FROM unnest(wanted) w(id) WHERE NOT EXISTS (SELECT FROM dossier d
			WHERE d.unit_id = mine.unit_id AND d.dossier_id = w.id)) THEN
		PERFORM refuse('MC008', 'Đơn vị không có hồ sơ này.', format('no dossier among %s', wanted));
	END IF;
END $$;

-- The receipt that now counts of each dossier, in the order asked; a dossier without one is left out.
CREATE FUNCTION desk.receipts_of(wanted bigint[]) RETURNS TABLE (dossier_id bigint, paper_id bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
BEGIN
	PERFORM check_chosen(mine, wanted);
	RETURN QUERY SELECT w.id, r.paper_id
		FROM (SELECT x.id, min(x.n) AS n FROM unnest(wanted) WITH ORDINALITY x(id, n) GROUP BY x.id) w
		CROSS JOIN LATERAL (SELECT p.paper_id FROM paper p WHERE p.unit_id = mine.unit_id AND p.dossier_id = w.id
			AND p.form = '01' ORDER BY p.made_at DESC, p.paper_id DESC LIMIT 1) r
		ORDER BY w.n;
END $$;

-- A list that goes with dossiers to a room or another unit.  It is a paper: who holds a dossier is told elsewhere.
CREATE FUNCTION desk.issue_handover(request uuid, wanted bigint[], taker_unit text, taker_name text,
	OUT paper_id bigint, OUT number text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	made paper;
	moment timestamptz := date_trunc('second', clock_timestamp());
	items text;
	how_many int;
BEGIN
	PERFORM check_that(request IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM check_that(length(btrim(coalesce(taker_unit, ''))) BETWEEN 1 AND 200, 'taker_unit', 'Ghi bên nhận hồ sơ.');
	PERFORM check_that(length(btrim(coalesce(taker_name, ''))) <= 120, 'taker_name', 'Tên người nhận quá dài.');
	PERFORM check_chosen(mine, wanted);
	PERFORM pg_advisory_xact_lock(hashtextextended(request::text, mine.unit_id));
	SELECT * INTO made FROM paper x WHERE x.unit_id = mine.unit_id AND x.request_id = request AND x.form = 'handover';
	IF made.paper_id IS NULL THEN
		SELECT count(*), string_agg(field('item.' || n || '.code', code) || field('item.' || n || '.owner', owner_name)
				|| field('item.' || n || '.procedure', procedure_name) || field('item.' || n || '.papers', papers::text)
				|| field('item.' || n || '.due', iso(due_at)), '' ORDER BY n)
			INTO how_many, items
			FROM (SELECT d.code, d.owner_name, d.procedure_name, d.due_at, row_number() OVER (ORDER BY w.n) AS n,
					(SELECT nullif(sum(c.originals + c.copies), 0) FROM dossier_component c WHERE c.unit_id = d.unit_id
						AND c.dossier_id = d.dossier_id AND c.action = 'submit' AND c.state = 'ok') AS papers
				FROM (SELECT x.id, min(x.n) AS n FROM unnest(wanted) WITH ORDINALITY x(id, n) GROUP BY x.id) w
				JOIN dossier d ON d.unit_id = mine.unit_id AND d.dossier_id = w.id) q;
		made := paper_of_list(mine, request, 'handover', field('item_count', how_many::text)
			|| (SELECT field('giver.unit', coalesce(nullif(u.office, ''), u.name)) FROM unit u WHERE u.unit_id = mine.unit_id)
			|| field('giver.name', mine.full_name) || field('giver.title', mine.title)
			|| field('taker.unit', btrim(taker_unit)) || field('taker.name', btrim(taker_name)) || items, moment);
		PERFORM audit('paper_issue', w.id, jsonb_build_object('paper', made.paper_id, 'form', 'handover', 'number', made.number))
			FROM (SELECT DISTINCT x.id FROM unnest(wanted) x(id)) w;
	END IF;
	paper_id := made.paper_id;
	number := made.number;
END $$;

-- The book (Mẫu 07, TT 03/2025/TT-VPCP): of each field one, of many dossiers several that go on; as they are now.
CREATE FUNCTION desk.issue_book(request uuid, from_day date, to_day date)
RETURNS TABLE (paper_id bigint, number text, field text, entries int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
#variable_conflict use_column
DECLARE
	most CONSTANT int := 300;
	mine clerk := my_supervisor(); -- names, addresses and telephones of a whole period
	moment timestamptz := date_trunc('second', clock_timestamp());
	part record;
	made paper;
	sheets int := 0;
BEGIN
	PERFORM check_that(request IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM check_that(from_day <= to_day AND to_day - from_day <= 366, 'period', 'Kỳ của sổ từ 1 ngày đến 1 năm.');
	PERFORM pg_advisory_xact_lock(hashtextextended(request::text, mine.unit_id));
	IF EXISTS (SELECT FROM paper x WHERE x.unit_id = mine.unit_id AND x.form = '07' AND x.request_id = md5(request || ':1')::uuid) THEN
		RETURN QUERY SELECT x.paper_id, x.number, field_raw(x.fields, 'field'), (regexp_count(x.fields, E'\nentry\\.[0-9]+\\.code\t'))
			FROM paper x WHERE x.unit_id = mine.unit_id AND x.form = '07'
				AND x.request_id = ANY (SELECT md5(request || ':' || n)::uuid FROM generate_series(1, 200) n) ORDER BY x.seq;
		RETURN;
	END IF;
	FOR part IN
		SELECT q.field AS named, (q.n - 1) / most AS nth, count(*)::int AS how_many,
			string_agg(field('entry.' || (q.n - 1) % most + 1 || '.nth', q.nth_of_year::text)
				|| field('entry.' || (q.n - 1) % most + 1 || '.code', q.code)
				|| field('entry.' || (q.n - 1) % most + 1 || '.procedure', q.procedure_name)
				|| field('entry.' || (q.n - 1) % most + 1 || '.owner', q.owner_name)
				|| field('entry.' || (q.n - 1) % most + 1 || '.contact', q.contact)
				|| field('entry.' || (q.n - 1) % most + 1 || '.agency', q.agency)
				|| field('entry.' || (q.n - 1) % most + 1 || '.received', iso(q.received_at))
				|| field('entry.' || (q.n - 1) % most + 1 || '.due', iso(q.due_at))
				|| field('entry.' || (q.n - 1) % most + 1 || '.returned', iso(q.returned_at))
				|| field('entry.' || (q.n - 1) % most + 1 || '.way', q.way), '' ORDER BY q.n) AS body
		FROM (SELECT d.*, row_number() OVER (PARTITION BY d.field ORDER BY d.received_at, d.dossier_id) AS n,
				CASE d.status WHEN 10 THEN d.status_at END AS returned_at,
				CASE d.result_by WHEN 'post' THEN 'Bưu chính công ích' WHEN 'online' THEN 'Trực tuyến' ELSE 'Trực tiếp' END AS way,
				(SELECT concat_ws('; ', nullif(p.address, ''), nullif(p.phone, '')) FROM dossier_person p WHERE p.unit_id = d.unit_id
					AND p.dossier_id = d.dossier_id AND p.role = 'owner') AS contact,
				(SELECT p.deciding_unit FROM procedures p WHERE p.row_id = d.procedure_row) AS agency
			-- A book is of one field and one year, and its numbers run on from 01 (TT 01/2018/TT-VPCP Điều 10.2); what was never
			-- received stands in no book.
			FROM (SELECT x.*, row_number() OVER (PARTITION BY x.field, extract(year FROM x.received_at) ORDER BY x.received_at, x.dossier_id)
					AS nth_of_year
				FROM dossier x WHERE x.unit_id = mine.unit_id AND x.received_at >= date_trunc('year', from_day::timestamptz)
					AND x.received_at < (to_day + 1)::timestamptz AND x.status <> 1 AND (x.status <> 3 OR EXISTS (SELECT FROM dossier_event e
						WHERE e.unit_id = x.unit_id AND e.dossier_id = x.dossier_id AND e.to_status = 2))) d
			WHERE d.received_at >= from_day::timestamptz) q
		GROUP BY q.field, (q.n - 1) / most ORDER BY q.field COLLATE vi, nth
	LOOP
		sheets := sheets + 1;
		PERFORM check_that(sheets <= 200, 'period', 'Kỳ này có quá nhiều hồ sơ: chọn kỳ ngắn hơn.');
		made := paper_of_list(mine, md5(request || ':' || sheets)::uuid, '07', field('field', part.named)
			|| field('period.from', from_day::text) || field('period.to', to_day::text) || part.body, moment);
		paper_id := made.paper_id;
		number := made.number;
		field := part.named;
		entries := part.how_many;
		RETURN NEXT;
	END LOOP;
	IF sheets = 0 THEN
		PERFORM refuse('MC006', 'Kỳ này chưa nhận hồ sơ nào để lập sổ.', format('no dossier %s to %s', from_day, to_day));
	END IF;
	PERFORM audit('book_issue', NULL, jsonb_build_object('from', from_day, 'to', to_day, 'papers', sheets));
END $$;

RESET ROLE;
SELECT motcua.open_doors();
