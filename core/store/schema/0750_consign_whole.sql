-- SPDX-License-Identifier: Apache-2.0
-- A batch by the post has a phiếu gửi for each parcel; what is put into a batch is put there once; what lies in a room is not given away
-- by the desk.  A list that changes no hands has a series of its own: the biên bản keep theirs unbroken.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

ALTER TABLE motcua.consignment_item ADD COLUMN request_id uuid;
ALTER TABLE motcua.consignment_item ADD COLUMN slip_paper bigint; -- the phiếu gửi that lies in the parcel
CREATE UNIQUE INDEX consignment_item_request ON motcua.consignment_item (unit_id, request_id) WHERE request_id IS NOT NULL;
INSERT INTO motcua.paper_sign (form, sign, basis) VALUES ('handover-list', '/BK-TTPVHCC', '');

-- ---- what may be given away ----

-- What lies on the desk the desk may give, whoever received it; what is in a room, or on a list that waits for its taker, is not on the desk.
-- "": it may.
CREATE FUNCTION motcua.not_to_consign(d motcua.dossier, mine motcua.clerk) RETURNS text
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce((SELECT format('Hồ sơ %s đang ở %s: ký giao nhận về bộ phận một cửa rồi mới gửi đi.', d.code, concat_ws(', ', nullif(name_of(h.login), ''), h.place))
			FROM holder_now(d) h WHERE h.kind = 'room' AND NOT may_give(d, mine)),
		(SELECT format('Hồ sơ %s đang trong danh sách giao cho %s, chờ ký nhận.', d.code, name_of(h.taker)) FROM handover_item i
			JOIN handover h USING (unit_id, handover_id) WHERE i.unit_id = d.unit_id AND i.dossier_id = d.dossier_id AND h.state = 'open' LIMIT 1), '')
$$;

-- The same for everything in a batch that goes out, just before its paper and once more when both sign: it may have been given since.
CREATE FUNCTION motcua.check_consigned(c motcua.consignment, mine motcua.clerk) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	why text;
BEGIN
	IF c.way = 'out' THEN
		SELECT x.why INTO why FROM consignment_item i JOIN dossier d USING (unit_id, dossier_id) CROSS JOIN LATERAL not_to_consign(d, mine) x(why)
			WHERE i.unit_id = c.unit_id AND i.consignment_id = c.consignment_id AND x.why <> '' ORDER BY i.nth LIMIT 1;
		PERFORM check_that(why IS NULL, 'dossiers', why);
	END IF;
END $$;

DROP FUNCTION desk.to_consign(text, text, int);
-- As in 0711; lies: why it cannot be given away now, "".
CREATE FUNCTION desk.to_consign(carrier text, agency text, most int) RETURNS TABLE (dossier_id bigint, code text, what text, agency_code text, agency_name text,
	person text, address text, papers int, procedure_name text, due_at timestamptz, hand_until timestamptz, lies text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT d.dossier_id, d.code, c.what, c.agency_code, c.agency, c.person, c.address, c.papers, d.procedure_name, d.due_at,
		CASE WHEN c.what = 'dossier' THEN transfer_until(d.unit_id, d.received_at) END, not_to_consign(d, m)
	FROM me() m CROSS JOIN LATERAL consignable(m.unit_id) c JOIN dossier d ON d.unit_id = m.unit_id AND d.dossier_id = c.dossier_id
	WHERE $1 = 'post' OR coalesce($2, '') = '' AND c.agency <> '' OR $2 = coalesce(nullif(c.agency_code, ''), c.agency)
	ORDER BY c.agency, coalesce(CASE WHEN c.what = 'dossier' THEN transfer_until(d.unit_id, d.received_at) END, d.due_at), d.dossier_id
	LIMIT greatest(1, least(most, 1000))
$$;

-- ---- one more line ----

DROP FUNCTION desk.consign_add(bigint, bigint, jsonb);
-- As in 0711; repeated with its request it is the same line.
CREATE FUNCTION desk.consign_add(request uuid, wanted bigint, dossier bigint, entry jsonb) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	c consignment;
	kind text := coalesce(entry->>'what', 'dossier');
	-- What consignable() says of it; not a record: of what comes in there is none, and a plan asks for its type.
	goes bigint;
	to_code text;
	to_agency text;
	to_person text;
	to_address text;
	to_papers int;
	d motcua.dossier;
	missing text;
	n int;
BEGIN
	PERFORM check_that(request IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM pg_advisory_xact_lock(hashtextextended(request::text, mine.unit_id));
	SELECT i.nth INTO n FROM consignment_item i WHERE i.unit_id = mine.unit_id AND i.request_id = request;
	IF FOUND THEN
		RETURN n;
	END IF;
	c := consignment_mine(wanted, 'open');
	PERFORM check_size(entry);
	PERFORM check_that(kind IN ('dossier', 'result'), 'what', 'Chưa rõ là hồ sơ hay kết quả.');
	PERFORM check_that((SELECT count(*) FROM consignment_item i WHERE i.unit_id = c.unit_id AND i.consignment_id = c.consignment_id) < 200, 'items',
		'Một chuyến có nhiều nhất 200 hồ sơ: chốt chuyến này, lập chuyến khác.');
	PERFORM check_that(coalesce(entry->>'papers', '') ~ '^[0-9]{0,4}$' AND coalesce(entry->>'postage', '') ~ '^[0-9]{0,9}$'
		AND coalesce(entry->>'collected', '') ~ '^[0-9]{0,10}$', 'papers', 'Số giấy tờ, số tiền chỉ gồm chữ số.');
	PERFORM check_that(length(coalesce(entry->>'slip', '')) <= 60 AND length(coalesce(entry->>'person', '')) <= 200 AND length(coalesce(entry->>'note', '')) <= 300,
		'slip', 'Số phiếu gửi, tên người gửi hoặc ghi chú quá dài.');
	IF dossier IS NULL AND btrim(coalesce(entry->>'code', '')) <> '' THEN
		dossier := (SELECT x.dossier_id FROM dossier x WHERE x.unit_id = c.unit_id AND x.code = btrim(entry->>'code'));
		IF dossier IS NULL THEN
			PERFORM refuse('MC008', format('Không có hồ sơ mã %s ở đơn vị này.', left(btrim(entry->>'code'), 60)), 'no dossier of that code');
		END IF;
	END IF;
	-- Held before it is looked at: of two counters that put it into two batches the second sees the first.
	IF dossier IS NOT NULL THEN
		PERFORM FROM motcua.dossier x WHERE x.unit_id = c.unit_id AND x.dossier_id = $3 FOR NO KEY UPDATE;
		d := dossier_mine(dossier);
	END IF;
	IF c.way = 'out' THEN
		kind := coalesce(entry->>'what', (SELECT x.what FROM consignable(c.unit_id) x WHERE x.dossier_id = d.dossier_id ORDER BY x.what LIMIT 1), kind);
		SELECT x.dossier_id, x.agency_code, x.agency, x.person, x.address, x.papers INTO goes, to_code, to_agency, to_person, to_address, to_papers
			FROM consignable(c.unit_id) x WHERE x.dossier_id = d.dossier_id AND x.what = kind;
		PERFORM check_that(goes IS NOT NULL, 'dossiers', format('Hồ sơ %s không có gì phải gửi đi, hoặc đã ở trong một chuyến.', coalesce(d.code, '')));
		PERFORM check_that(c.carrier = 'post' OR coalesce(nullif(c.agency_code, ''), c.agency) = coalesce(nullif(to_code, ''), to_agency), 'agency',
			format('Hồ sơ %s gửi %s, không phải %s.', d.code, to_person, c.agency));
		missing := not_to_consign(d, mine);
		PERFORM check_that(missing = '', 'dossiers', missing);
		IF kind = 'result' AND to_agency = '' THEN
			PERFORM check_that(result_is_digital(d), 'no_file', format('Kết quả của %s chưa có bản điện tử: quét trước khi gửi.', d.code));
			SELECT string_agg(r.name, '; ') INTO missing FROM return_paper r WHERE r.unit_id = d.unit_id AND r.dossier_id = d.dossier_id AND r.done_at IS NULL;
			PERFORM check_that(missing IS NULL, 'return_paper', left(format('Còn giấy tờ phải trả lại hoặc thu lại: %s.', missing), 300));
		END IF;
	ELSE
		PERFORM check_that(kind = 'dossier' OR d.dossier_id IS NOT NULL, 'dossiers', 'Kết quả gửi về phải là của một hồ sơ ở đây: quét hoặc gõ mã hồ sơ.');
		PERFORM check_that(kind = 'result' OR (d.dossier_id IS NULL AND btrim(coalesce(entry->>'person', '')) <> ''), 'person', 'Ghi tên người gửi hồ sơ.');
	END IF;
	SELECT coalesce(max(i.nth), 0) + 1 INTO n FROM consignment_item i WHERE i.unit_id = c.unit_id AND i.consignment_id = c.consignment_id;
	INSERT INTO consignment_item (unit_id, consignment_id, nth, request_id, what, dossier_id, slip, person, address, papers, complete, note, postage, collected)
		VALUES (c.unit_id, c.consignment_id, n, request, kind, dossier, btrim(coalesce(entry->>'slip', '')),
			CASE WHEN c.way = 'out' THEN to_person WHEN d.dossier_id IS NOT NULL THEN d.owner_name ELSE btrim(entry->>'person') END,
			CASE WHEN c.way = 'out' THEN left(to_address, 500) ELSE '' END,
			coalesce(nullif(entry->>'papers', '')::int, CASE WHEN c.way = 'out' THEN to_papers END, 0), coalesce((entry->>'complete')::boolean, true),
			btrim(coalesce(entry->>'note', '')), coalesce(nullif(entry->>'postage', '')::bigint, 0), coalesce(nullif(entry->>'collected', '')::bigint, 0));
	PERFORM consignment_heard(c, 'consign_add', jsonb_build_object('nth', n, 'dossier', dossier));
	RETURN n;
END $$;

-- As in 0711; a phiếu gửi printed with another number is not that parcel's any more.
CREATE OR REPLACE FUNCTION desk.consign_parcel(wanted bigint, item int, slip text, postage bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	c consignment := consignment_mine(wanted, 'open');
BEGIN
	PERFORM check_that(length(btrim(coalesce(slip, ''))) <= 60 AND coalesce(postage, 0) BETWEEN 0 AND 100000000, 'slip', 'Số phiếu gửi quá dài, hoặc cước không hợp lý.');
	UPDATE consignment_item i SET slip = btrim(coalesce(consign_parcel.slip, '')), postage = coalesce(consign_parcel.postage, 0),
			slip_paper = CASE WHEN i.slip = btrim(coalesce(consign_parcel.slip, '')) THEN i.slip_paper END
		WHERE i.unit_id = c.unit_id AND i.consignment_id = c.consignment_id AND i.nth = item;
	PERFORM check_that(FOUND, 'item', 'Chuyến này không có dòng ấy.');
	PERFORM consignment_heard(c, 'consign_parcel', jsonb_build_object('nth', item));
END $$;

-- ---- the phiếu gửi ----

-- What lies in the envelope, line by line: the papers handed in, or the result and what is given back with it.
CREATE FUNCTION motcua.parcel_fields(i motcua.consignment_item, d motcua.dossier) RETURNS text
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce(string_agg(field('component.' || q.n || '.name', q.name) || field('component.' || q.n || '.originals', nullif(q.originals, 0)::text)
		|| field('component.' || q.n || '.copies', nullif(q.copies, 0)::text) || field('component.' || q.n || '.note', q.note), '' ORDER BY q.n), '')
	FROM (SELECT x.*, row_number() OVER (ORDER BY x.part, x.seq) AS n FROM (
		SELECT 1 AS part, k.seq, k.name, k.originals, k.copies, '' AS note FROM dossier_component k WHERE i.what = 'dossier' AND k.unit_id = d.unit_id
			AND k.dossier_id = d.dossier_id AND k.action = 'submit' AND k.state = 'ok' AND k.originals + k.copies > 0
		UNION ALL
		SELECT 2, 0, coalesce((SELECT nullif(p.result_name, '') FROM procedures p WHERE p.row_id = d.procedure_row), 'Kết quả giải quyết thủ tục hành chính'),
			greatest(i.papers, 1), 0, i.note WHERE i.what = 'result'
		UNION ALL
		SELECT 3, r.seq, r.name, 1, 0, 'trả lại' FROM return_paper r WHERE i.what = 'result' AND r.unit_id = d.unit_id AND r.dossier_id = d.dossier_id
			AND r.way = 'give' AND r.done_at IS NOT NULL AND r.waived = '') x) q
$$;

-- Numbers the phiếu gửi of every parcel that has none yet; the papers of all, in the order of the lines.  Said twice it is the same papers.
CREATE FUNCTION desk.consign_slips(wanted bigint) RETURNS TABLE (nth int, paper_id bigint, printed boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	c consignment := consignment_mine(wanted, '');
	u unit;
	i consignment_item;
	d motcua.dossier;
	phone text;
	id bigint;
	moment timestamptz := date_trunc('second', clock_timestamp());
BEGIN
	PERFORM check_that(c.way = 'out' AND c.carrier = 'post' AND c.state <> 'void', 'way', 'Chỉ chuyến giao bưu chính mới có phiếu gửi.');
	SELECT * INTO u FROM unit x WHERE x.unit_id = c.unit_id;
	FOR i IN SELECT * FROM consignment_item x WHERE x.unit_id = c.unit_id AND x.consignment_id = c.consignment_id AND x.slip_paper IS NULL ORDER BY x.nth LOOP
		SELECT * INTO d FROM dossier x WHERE x.unit_id = i.unit_id AND x.dossier_id = i.dossier_id;
		-- The citizen's own; of another agency none is known.
		phone := CASE WHEN i.address <> '' THEN (SELECT p.phone FROM dossier_person p WHERE p.unit_id = i.unit_id AND p.dossier_id = i.dossier_id
			AND p.phone <> '' ORDER BY p.role <> 'owner' LIMIT 1) END;
		id := number_paper(c.unit_id, i.dossier_id, gen_random_uuid(), 'post-slip', desk_fields(u, mine, moment) || field('dossier.code', d.code)
			|| field('post.slip', i.slip) || field('giver.name', mine.full_name) || field('giver.unit', coalesce(nullif(u.office, ''), u.name))
			|| field('giver.address', concat_ws(', ', nullif(u.name, ''), nullif(u.parent_name, ''))) || field('giver.phone', u.phone)
			|| field('taker.name', i.person) || field('taker.address', i.address) || field('taker.phone', phone)
			|| field('procedure.name', d.procedure_name) || parcel_fields(i, d) || field('post.officer', c.person), moment, mine.login);
		UPDATE consignment_item x SET slip_paper = id WHERE x.unit_id = i.unit_id AND x.consignment_id = i.consignment_id AND x.nth = i.nth;
		PERFORM audit('paper_issue', i.dossier_id, jsonb_build_object('paper', id, 'form', 'post-slip', 'consignment', c.consignment_id));
		PERFORM pg_notify('motcua_unit_' || c.unit_id, 'consign ' || c.consignment_id);
	END LOOP;
	RETURN QUERY SELECT x.nth, x.slip_paper, slip_printed(x) FROM consignment_item x WHERE x.unit_id = c.unit_id AND x.consignment_id = c.consignment_id
		ORDER BY x.nth;
END $$;

-- Came out of a printer, or is on its way there.
CREATE FUNCTION motcua.slip_printed(i motcua.consignment_item) RETURNS boolean
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT EXISTS (SELECT FROM paper p WHERE p.unit_id = i.unit_id AND p.paper_id = i.slip_paper AND p.copies_printed > 0)
		OR EXISTS (SELECT FROM print_job j WHERE j.unit_id = i.unit_id AND i.slip_paper = ANY (j.papers) AND j.state IN ('queued', 'printing', 'unconfirmed', 'failed'))
$$;

DROP FUNCTION desk.consignment_items(bigint);
-- As in 0712, and the phiếu gửi.
CREATE FUNCTION desk.consignment_items(wanted bigint) RETURNS TABLE (nth int, what text, dossier_id bigint, code text, slip text, person text, address text, papers int,
	complete boolean, note text, postage bigint, collected bigint, state text, state_at timestamptz, slip_paper bigint, slip_printed boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT i.nth, i.what, i.dossier_id, coalesce(d.code, ''), i.slip, i.person, i.address, i.papers, i.complete, i.note, i.postage, i.collected, i.state, i.state_at,
		i.slip_paper, i.slip_paper IS NOT NULL AND slip_printed(i)
	FROM me() m JOIN consignment_item i ON i.unit_id = m.unit_id AND i.consignment_id = wanted
		LEFT JOIN dossier d ON d.unit_id = i.unit_id AND d.dossier_id = i.dossier_id
	ORDER BY i.nth
$$;

-- ---- the paper and the signatures ----

-- As in 0711; what was given to others since stays with them.
CREATE OR REPLACE FUNCTION desk.consign_print(wanted bigint, person text, person_title text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	c consignment := consignment_mine(wanted, '');
	u unit;
	moment timestamptz := date_trunc('second', clock_timestamp());
	ours text;
	theirs text;
	id bigint;
BEGIN
	IF c.state IN ('printed', 'signed') THEN
		RETURN c.paper_id;
	END IF;
	c := consignment_mine(wanted, 'open');
	PERFORM check_that(length(btrim(coalesce(person, ''))) BETWEEN 1 AND 120 AND length(coalesce(person_title, '')) <= 120, 'person', 'Ghi họ tên người bên kia ký biên bản.');
	PERFORM check_that(EXISTS (SELECT FROM consignment_item i WHERE i.unit_id = c.unit_id AND i.consignment_id = c.consignment_id), 'items', 'Chuyến chưa có gì để giao nhận.');
	PERFORM check_consigned(c, mine);
	SELECT * INTO u FROM unit x WHERE x.unit_id = c.unit_id;
	ours := CASE c.way WHEN 'out' THEN 'giver' ELSE 'taker' END;
	theirs := CASE c.way WHEN 'out' THEN 'taker' ELSE 'giver' END;
	id := number_paper(c.unit_id, NULL, c.request_id, CASE c.carrier WHEN 'post' THEN 'post-handover' ELSE 'handover' END, desk_fields(u, mine, moment)
		|| field('post.way', CASE c.carrier WHEN 'post' THEN c.way END) || field(ours || '.unit', coalesce(nullif(u.office, ''), u.name))
		|| field(ours || '.name', mine.full_name) || field(ours || '.title', mine.title) || field(theirs || '.unit', c.agency)
		|| field(theirs || '.name', btrim(person)) || field(theirs || '.title', btrim(coalesce(person_title, ''))) || consignment_lines(c), moment, mine.login);
	UPDATE consignment x SET state = 'printed', paper_id = id, number = (SELECT p.number FROM paper p WHERE p.unit_id = c.unit_id AND p.paper_id = id), printed_at = moment, person = btrim(consign_print.person),
		person_title = btrim(coalesce(consign_print.person_title, '')) WHERE x.unit_id = c.unit_id AND x.consignment_id = c.consignment_id;
	PERFORM consignment_heard(c, 'consign_print', jsonb_build_object('paper', id));
	RETURN id;
END $$;

-- As in 0711, with the same check.
CREATE OR REPLACE FUNCTION desk.consign_sign(wanted bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	c consignment := consignment_mine(wanted, '');
	i consignment_item;
	d motcua.dossier;
	moment timestamptz := date_trunc('second', clock_timestamp());
BEGIN
	IF c.state = 'signed' THEN
		RETURN;
	END IF;
	c := consignment_mine(wanted, 'printed');
	PERFORM 1 FROM dossier x JOIN consignment_item y USING (unit_id, dossier_id) WHERE y.unit_id = c.unit_id AND y.consignment_id = c.consignment_id
		ORDER BY x.dossier_id FOR UPDATE OF x;
	PERFORM check_consigned(c, mine);
	UPDATE consignment x SET state = 'signed', signed_at = moment, signed_by = mine.login WHERE x.unit_id = c.unit_id AND x.consignment_id = c.consignment_id;
	FOR i IN SELECT * FROM consignment_item x WHERE x.unit_id = c.unit_id AND x.consignment_id = c.consignment_id ORDER BY x.dossier_id LOOP
		UPDATE consignment_item x SET state = CASE WHEN c.way = 'in' AND i.what = 'dossier' THEN 'listed' WHEN c.way = 'in' OR c.carrier = 'hand' THEN 'delivered'
			ELSE 'under_way' END, state_at = moment WHERE x.unit_id = i.unit_id AND x.consignment_id = i.consignment_id AND x.nth = i.nth;
		CONTINUE WHEN i.dossier_id IS NULL;
		SELECT * INTO d FROM dossier x WHERE x.unit_id = i.unit_id AND x.dossier_id = i.dossier_id;
		IF c.way = 'out' THEN
			PERFORM consigned(d, mine, 'agency', CASE c.carrier WHEN 'post' THEN c.agency || ' (bưu chính)' ELSE c.agency END, c.person,
				format('Giao %s cho %s (%s), biên bản số %s%s', CASE i.what WHEN 'result' THEN 'kết quả' ELSE 'hồ sơ' END, c.agency, c.person, c.number,
					CASE WHEN i.slip <> '' THEN ', phiếu gửi ' || i.slip ELSE '' END), moment);
		ELSE
			PERFORM consigned(d, mine, 'desk', office_of(d), mine.full_name, format('Nhận kết quả từ %s (%s), biên bản số %s', c.agency, c.person, c.number), moment);
		END IF;
	END LOOP;
	PERFORM consignment_heard(c, 'consign_sign', jsonb_build_object('number', c.number));
END $$;

-- As in 0715; a paper of its own kind.
CREATE OR REPLACE FUNCTION desk.issue_handover(request uuid, wanted bigint[], taker_unit text, taker_name text,
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
	SELECT * INTO made FROM paper x WHERE x.unit_id = mine.unit_id AND x.request_id = request AND x.form = 'handover-list';
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
		made := paper_of_list(mine, request, 'handover-list', field('item_count', how_many::text)
			|| (SELECT field('giver.unit', coalesce(nullif(u.office, ''), u.name)) FROM unit u WHERE u.unit_id = mine.unit_id)
			|| field('giver.name', mine.full_name) || field('giver.title', mine.title)
			|| field('taker.unit', btrim(taker_unit)) || field('taker.name', btrim(taker_name)) || items, moment);
		PERFORM audit('paper_issue', w.id, jsonb_build_object('paper', made.paper_id, 'form', 'handover-list', 'number', made.number))
			FROM (SELECT DISTINCT x.id FROM unnest(wanted) x(id)) w;
	END IF;
	paper_id := made.paper_id;
	number := made.number;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
