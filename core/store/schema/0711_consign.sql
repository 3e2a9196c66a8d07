-- SPDX-License-Identifier: Apache-2.0
-- What leaves the house or comes into it in one carrying: dossiers and results for another agency by its messenger, anything by the post
-- (bưu chính công ích, QĐ 45/2016/QĐ-TTg).  Counted together, one numbered biên bản with two signatures, kept as it was printed.
-- A batch is filled, printed (now it has its number), and signed by both on the paper; only then has anything changed hands.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.consignment (
	unit_id        bigint NOT NULL REFERENCES motcua.unit,
	consignment_id bigint GENERATED ALWAYS AS IDENTITY,
	request_id     uuid NOT NULL,
	way            text NOT NULL CHECK (way IN ('out', 'in')),
	carrier        text NOT NULL CHECK (carrier IN ('post', 'hand')),
	agency_code    text NOT NULL DEFAULT '',      -- hand: the other agency
	agency         text NOT NULL CHECK (length(agency) BETWEEN 1 AND 200), -- … or the post office
	state          text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'printed', 'signed', 'void')),
	made_at        timestamptz NOT NULL,
	login          text NOT NULL,
	person         text NOT NULL DEFAULT '',      -- the postman, the messenger
	person_title   text NOT NULL DEFAULT '',
	paper_id       bigint,
	number         text NOT NULL DEFAULT '',      -- of the paper
	printed_at     timestamptz,
	signed_at      timestamptz,
	signed_by      text NOT NULL DEFAULT '',      -- our clerk; the other signs on the paper
	reason         text NOT NULL DEFAULT '',      -- why void
	PRIMARY KEY (unit_id, consignment_id),
	UNIQUE (unit_id, request_id),
	CHECK ((paper_id IS NULL) = (printed_at IS NULL)),
	CHECK (state NOT IN ('printed', 'signed') OR paper_id IS NOT NULL),
	CHECK ((state = 'signed') = (signed_at IS NOT NULL))
);
CREATE INDEX consignment_made ON motcua.consignment (unit_id, made_at);

CREATE TABLE motcua.consignment_item (
	unit_id        bigint NOT NULL,
	consignment_id bigint NOT NULL,
	nth            int NOT NULL,
	what           text NOT NULL CHECK (what IN ('dossier', 'result')),
	dossier_id     bigint,                        -- in: NULL until it is opened in reception
	slip           text NOT NULL DEFAULT '' CHECK (length(slip) <= 60),  -- number of the phiếu gửi, code of the parcel
	person         text NOT NULL DEFAULT '' CHECK (length(person) <= 200), -- who sent it, who gets it
	address        text NOT NULL DEFAULT '' CHECK (length(address) <= 500),
	papers         int NOT NULL DEFAULT 0 CHECK (papers BETWEEN 0 AND 9999),
	complete       boolean NOT NULL DEFAULT true,
	note           text NOT NULL DEFAULT '' CHECK (length(note) <= 300),
	postage        bigint NOT NULL DEFAULT 0 CHECK (postage BETWEEN 0 AND 100000000), -- the post's own price: no revenue of the unit
	collected      bigint NOT NULL DEFAULT 0 CHECK (collected BETWEEN 0 AND 10000000000), -- fees the post collected for the unit
	state          text NOT NULL DEFAULT 'listed' CHECK (state IN ('listed', 'under_way', 'delivered', 'returned', 'opened')),
	state_at       timestamptz,
	PRIMARY KEY (unit_id, consignment_id, nth),
	FOREIGN KEY (unit_id, consignment_id) REFERENCES motcua.consignment,
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE INDEX consignment_item_dossier ON motcua.consignment_item (unit_id, dossier_id) WHERE dossier_id IS NOT NULL;

-- Dossiers whose way out of the house is open: papers for who decides, results for where they are handed over, results by post.
CREATE FUNCTION motcua.consignable(unit bigint) RETURNS TABLE (dossier_id bigint, what text, agency_code text, agency text, person text, address text, papers int)
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	WITH wanted AS (
		SELECT d.dossier_id, 'dossier' AS what, a.code AS agency_code, a.name AS agency, a.name AS person, '' AS address, papers_in_hand(d) AS papers
		FROM unit u JOIN dossier d ON d.unit_id = u.unit_id AND d.status IN (1, 2, 4) JOIN dossier_agency a ON a.unit_id = d.unit_id
			AND a.dossier_id = d.dossier_id AND a.role = 'deciding' AND a.code IS DISTINCT FROM u.code
		WHERE u.unit_id = unit AND papers_in_hand(d) > 0
		UNION ALL
		SELECT d.dossier_id, 'result', a.code, a.name, a.name, '', 1
		FROM unit u JOIN dossier d ON d.unit_id = u.unit_id AND d.status = 9 JOIN dossier_agency a ON a.unit_id = d.unit_id
			AND a.dossier_id = d.dossier_id AND a.role = 'returning' AND a.code IS DISTINCT FROM u.code
		WHERE u.unit_id = unit
		UNION ALL
		SELECT d.dossier_id, 'result', '', '', d.owner_name, d.return_to, 1
		FROM unit u JOIN dossier d ON d.unit_id = u.unit_id AND d.status = 9 AND d.result_by = 'post'
		WHERE u.unit_id = unit AND NOT EXISTS (SELECT FROM dossier_agency a WHERE a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id
			AND a.role = 'returning' AND a.code IS DISTINCT FROM u.code)
	)
	SELECT w.* FROM wanted w WHERE NOT EXISTS (SELECT FROM consignment_item i JOIN consignment c USING (unit_id, consignment_id)
		WHERE i.unit_id = unit AND i.dossier_id = w.dossier_id AND i.what = w.what AND c.way = 'out' AND c.state <> 'void' AND i.state <> 'returned')
$$;

-- For an agency's messenger what is for that agency (its code, or its name where it has none); for the post everything.
CREATE FUNCTION desk.to_consign(carrier text, agency text, most int) RETURNS TABLE (dossier_id bigint, code text, what text, agency_code text, agency_name text,
	person text, address text, papers int, procedure_name text, due_at timestamptz, hand_until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT d.dossier_id, d.code, c.what, c.agency_code, c.agency, c.person, c.address, c.papers, d.procedure_name, d.due_at,
		CASE WHEN c.what = 'dossier' THEN transfer_until(d.unit_id, d.received_at) END
	FROM me() m CROSS JOIN LATERAL consignable(m.unit_id) c JOIN dossier d ON d.unit_id = m.unit_id AND d.dossier_id = c.dossier_id
	WHERE $1 = 'post' OR coalesce($2, '') = '' AND c.agency <> '' OR $2 = coalesce(nullif(c.agency_code, ''), c.agency)
	ORDER BY c.agency, coalesce(CASE WHEN c.what = 'dossier' THEN transfer_until(d.unit_id, d.received_at) END, d.due_at), d.dossier_id
	LIMIT greatest(1, least(most, 1000))
$$;

CREATE FUNCTION motcua.consignment_mine(wanted bigint, in_state text) RETURNS motcua.consignment
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	c consignment;
BEGIN
	SELECT * INTO c FROM consignment x WHERE x.unit_id = mine.unit_id AND x.consignment_id = wanted FOR UPDATE;
	IF c.consignment_id IS NULL THEN
		PERFORM refuse('MC008', 'Không có chuyến giao nhận này.', format('no consignment %s', wanted));
	END IF;
	IF in_state <> '' AND c.state <> in_state THEN
		PERFORM refuse('MC006', CASE c.state WHEN 'signed' THEN 'Chuyến này hai bên đã ký: không sửa được nữa.' WHEN 'void' THEN 'Chuyến này đã huỷ.'
			WHEN 'printed' THEN 'Biên bản của chuyến này đã in: huỷ rồi lập chuyến khác.' ELSE 'Chuyến này chưa in biên bản.' END,
			format('consignment %s is %s, not %s', wanted, c.state, in_state));
	END IF;
	RETURN c;
END $$;

CREATE FUNCTION motcua.consignment_heard(c motcua.consignment, what text, said jsonb DEFAULT '{}') RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	PERFORM audit(what, NULL, jsonb_build_object('consignment', c.consignment_id) || said);
	PERFORM pg_notify('motcua_unit_' || c.unit_id, 'consign ' || c.consignment_id);
END $$;

-- Begins one; repeated with its request it is the same one.
CREATE FUNCTION desk.consign_open(request uuid, way text, carrier text, agency_code text, agency text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	c consignment;
BEGIN
	PERFORM check_that(request IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM check_that(coalesce(way IN ('out', 'in') AND carrier IN ('post', 'hand'), false), 'way', 'Chưa rõ giao hay nhận, qua bưu chính hay trực tiếp.');
	PERFORM check_that(length(btrim(coalesce(agency, ''))) BETWEEN 1 AND 200 AND coalesce(agency_code, '') ~ '^[0-9A-Z.-]{0,35}$', 'agency',
		'Ghi tên bưu cục hoặc cơ quan bên kia.');
	PERFORM pg_advisory_xact_lock(hashtextextended(request::text, mine.unit_id));
	SELECT * INTO c FROM consignment x WHERE x.unit_id = mine.unit_id AND x.request_id = request;
	IF c.consignment_id IS NULL THEN
		INSERT INTO consignment (unit_id, request_id, way, carrier, agency_code, agency, made_at, login)
			VALUES (mine.unit_id, request, consign_open.way, consign_open.carrier, coalesce(consign_open.agency_code, ''), btrim(consign_open.agency),
				date_trunc('second', clock_timestamp()), mine.login) RETURNING * INTO c;
		PERFORM consignment_heard(c, 'consign_open');
	END IF;
	RETURN c.consignment_id;
END $$;

-- One more line.  out: a dossier of to_consign ("what" says which of its two ways); in: what was counted, with a dossier when it is a
-- result of one of ours.  A dossier may be named by "code".  entry: {what, code, slip, person, papers, complete, note, postage, collected}.
CREATE FUNCTION desk.consign_add(wanted bigint, dossier bigint, entry jsonb) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	c consignment := consignment_mine(wanted, 'open');
	kind text := coalesce(entry->>'what', 'dossier');
	way_out record;
	d motcua.dossier;
	missing text;
	n int;
BEGIN
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
	IF dossier IS NOT NULL THEN
		d := dossier_mine(dossier);
	END IF;
	IF c.way = 'out' THEN
		kind := coalesce(entry->>'what', (SELECT x.what FROM consignable(c.unit_id) x WHERE x.dossier_id = d.dossier_id ORDER BY x.what LIMIT 1), kind);
		SELECT * INTO way_out FROM consignable(c.unit_id) x WHERE x.dossier_id = d.dossier_id AND x.what = kind;
		PERFORM check_that(way_out.dossier_id IS NOT NULL, 'dossiers', format('Hồ sơ %s không có gì phải gửi đi, hoặc đã ở trong một chuyến.', coalesce(d.code, '')));
		PERFORM check_that(c.carrier = 'post' OR coalesce(nullif(c.agency_code, ''), c.agency) = coalesce(nullif(way_out.agency_code, ''), way_out.agency), 'agency',
			format('Hồ sơ %s gửi %s, không phải %s.', d.code, way_out.person, c.agency));
		IF kind = 'result' AND way_out.agency = '' THEN
			PERFORM check_that(result_is_digital(d), 'no_file', format('Kết quả của %s chưa có bản điện tử: quét trước khi gửi.', d.code));
			SELECT string_agg(r.name, '; ') INTO missing FROM return_paper r WHERE r.unit_id = d.unit_id AND r.dossier_id = d.dossier_id AND r.done_at IS NULL;
			PERFORM check_that(missing IS NULL, 'return_paper', left(format('Còn giấy tờ phải trả lại hoặc thu lại: %s.', missing), 300));
		END IF;
	ELSE
		PERFORM check_that(kind = 'dossier' OR d.dossier_id IS NOT NULL, 'dossiers', 'Kết quả gửi về phải là của một hồ sơ ở đây: quét hoặc gõ mã hồ sơ.');
		PERFORM check_that(kind = 'result' OR (d.dossier_id IS NULL AND btrim(coalesce(entry->>'person', '')) <> ''), 'person', 'Ghi tên người gửi hồ sơ.');
	END IF;
	SELECT coalesce(max(i.nth), 0) + 1 INTO n FROM consignment_item i WHERE i.unit_id = c.unit_id AND i.consignment_id = c.consignment_id;
	INSERT INTO consignment_item (unit_id, consignment_id, nth, what, dossier_id, slip, person, address, papers, complete, note, postage, collected)
		VALUES (c.unit_id, c.consignment_id, n, kind, dossier, btrim(coalesce(entry->>'slip', '')),
			CASE WHEN c.way = 'out' THEN way_out.person WHEN d.dossier_id IS NOT NULL THEN d.owner_name ELSE btrim(entry->>'person') END,
			CASE WHEN c.way = 'out' THEN left(way_out.address, 500) ELSE '' END,
			coalesce(nullif(entry->>'papers', '')::int, CASE WHEN c.way = 'out' THEN way_out.papers END, 0), coalesce((entry->>'complete')::boolean, true),
			btrim(coalesce(entry->>'note', '')), coalesce(nullif(entry->>'postage', '')::bigint, 0), coalesce(nullif(entry->>'collected', '')::bigint, 0));
	PERFORM consignment_heard(c, 'consign_add', jsonb_build_object('nth', n, 'dossier', dossier));
	RETURN n;
END $$;

-- The number of the parcel and what was paid to the post, until the paper is printed.
CREATE FUNCTION desk.consign_parcel(wanted bigint, item int, slip text, postage bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	c consignment := consignment_mine(wanted, 'open');
BEGIN
	PERFORM check_that(length(btrim(coalesce(slip, ''))) <= 60 AND coalesce(postage, 0) BETWEEN 0 AND 100000000, 'slip', 'Số phiếu gửi quá dài, hoặc cước không hợp lý.');
	UPDATE consignment_item i SET slip = btrim(coalesce(consign_parcel.slip, '')), postage = coalesce(consign_parcel.postage, 0)
		WHERE i.unit_id = c.unit_id AND i.consignment_id = c.consignment_id AND i.nth = item;
	PERFORM check_that(FOUND, 'item', 'Chuyến này không có dòng ấy.');
	PERFORM consignment_heard(c, 'consign_parcel', jsonb_build_object('nth', item));
END $$;

CREATE FUNCTION desk.consign_remove(wanted bigint, item int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	c consignment := consignment_mine(wanted, 'open');
BEGIN
	DELETE FROM consignment_item i WHERE i.unit_id = c.unit_id AND i.consignment_id = c.consignment_id AND i.nth = item;
	PERFORM check_that(FOUND, 'item', 'Chuyến này không có dòng ấy.');
	PERFORM consignment_heard(c, 'consign_remove', jsonb_build_object('nth', item));
END $$;

-- The lines of the paper, counted from 1 though one was taken out.
CREATE FUNCTION motcua.consignment_lines(c motcua.consignment) RETURNS text
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT field('item_count', count(*)::text) || field('fee.total', nullif(sum(q.collected), 0)::text) || field('postage.total', nullif(sum(q.postage), 0)::text)
		|| string_agg(field('item.' || q.n || '.slip', q.slip) || field('item.' || q.n || '.code', q.code) || field('item.' || q.n || '.owner', q.person)
			|| field('item.' || q.n || '.procedure', q.procedure_name) || field('item.' || q.n || '.papers', nullif(q.papers, 0)::text)
			|| field('item.' || q.n || '.due', iso(q.due_at)) || field('item.' || q.n || '.complete', CASE WHEN q.complete THEN '1' ELSE '' END)
			|| field('item.' || q.n || '.note', concat_ws('; ', CASE q.what WHEN 'result' THEN 'kết quả' END, nullif(q.note, ''))), '' ORDER BY q.n)
	FROM (SELECT i.*, d.code, d.procedure_name, CASE i.what WHEN 'dossier' THEN d.due_at END AS due_at, row_number() OVER (ORDER BY i.nth) AS n
		FROM consignment_item i LEFT JOIN dossier d USING (unit_id, dossier_id)
		WHERE i.unit_id = c.unit_id AND i.consignment_id = c.consignment_id) q
$$;

-- Numbers the biên bản and freezes it; said twice it is one paper.  The postman's or messenger's name stands on it.
CREATE FUNCTION desk.consign_print(wanted bigint, person text, person_title text) RETURNS bigint
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

-- The dossier of a line is in other hands now.
CREATE FUNCTION motcua.consigned(d motcua.dossier, mine motcua.clerk, kind text, place text, who text, say text, moment timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	t dossier_holder;
BEGIN
	t.kind := kind;
	t.place := place;
	t.name := who;
	t.login := CASE WHEN kind = 'desk' THEN mine.login ELSE '' END;
	t.giver := CASE WHEN kind = 'desk' THEN '' ELSE mine.full_name END;
	t.act := 'consign';
	t.note := say;
	PERFORM keep_event(d, mine, 'consign', '', say, moment);
	PERFORM hand_to(d, t, moment);
	UPDATE dossier x SET version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
END $$;

-- Both have signed on the paper: from here it is handed over.
CREATE FUNCTION desk.consign_sign(wanted bigint) RETURNS void
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
	UPDATE consignment x SET state = 'signed', signed_at = moment, signed_by = mine.login WHERE x.unit_id = c.unit_id AND x.consignment_id = c.consignment_id;
	FOR i IN SELECT * FROM consignment_item x WHERE x.unit_id = c.unit_id AND x.consignment_id = c.consignment_id ORDER BY x.dossier_id LOOP
		UPDATE consignment_item x SET state = CASE WHEN c.way = 'in' AND i.what = 'dossier' THEN 'listed' WHEN c.way = 'in' OR c.carrier = 'hand' THEN 'delivered'
			ELSE 'under_way' END, state_at = moment WHERE x.unit_id = i.unit_id AND x.consignment_id = i.consignment_id AND x.nth = i.nth;
		CONTINUE WHEN i.dossier_id IS NULL;
		SELECT * INTO d FROM dossier x WHERE x.unit_id = i.unit_id AND x.dossier_id = i.dossier_id FOR UPDATE;
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

-- Not signed: nothing changed hands.  The number of a printed paper stays in the book, void.
CREATE FUNCTION desk.consign_void(wanted bigint, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	c consignment := consignment_mine(wanted, '');
BEGIN
	IF c.state NOT IN ('open', 'printed') THEN
		c := consignment_mine(wanted, 'open');
	END IF;
	PERFORM check_that(length(btrim(coalesce(why, ''))) BETWEEN 3 AND 300, 'reason', 'Việc này cần ghi lý do.');
	UPDATE consignment x SET state = 'void', reason = btrim(why) WHERE x.unit_id = c.unit_id AND x.consignment_id = c.consignment_id;
	PERFORM consignment_heard(c, 'consign_void', jsonb_build_object('reason', btrim(why)));
END $$;

RESET ROLE;
SELECT motcua.guard('{consignment,consignment_item}', 'SELECT');
SELECT motcua.open_doors();
