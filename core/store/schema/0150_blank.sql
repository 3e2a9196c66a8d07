-- SPDX-License-Identifier: Apache-2.0
-- Database or power away: blank receipts (form 01) printed beforehand with codes that nobody has
-- used, and what became of each of them.
--
-- A code carries the day on which it was reserved (<e-identifier>-YYMMDD-NNNN, from the same
-- sequence as every other code of that day, so it is never given twice).  The true time of reception
-- stands in the dossier: due dates, figures and what other systems are told follow that, never the
-- day in the code.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.blank_block (
	unit_id      bigint NOT NULL REFERENCES motcua.unit,
	block_id     bigint GENERATED ALWAYS AS IDENTITY,
	counter_code text NOT NULL,             -- the counter that keeps the sheets
	day          date NOT NULL,             -- stands in the codes
	how_many     int NOT NULL CHECK (how_many BETWEEN 1 AND 100),
	reason       text NOT NULL CHECK (reason <> ''),
	login        text NOT NULL,
	made_at      timestamptz NOT NULL,
	PRIMARY KEY (unit_id, block_id)
);
CREATE TABLE motcua.blank (
	unit_id    bigint NOT NULL,
	code       text NOT NULL,
	block_id   bigint NOT NULL,
	nth        int NOT NULL,                -- which sheet of the block, from 1
	state      text NOT NULL DEFAULT 'free' CHECK (state IN ('free', 'used', 'void', 'missing')),
	dossier_id bigint,
	login      text NOT NULL,               -- who said so last
	at         timestamptz NOT NULL,
	reason     text NOT NULL DEFAULT '',
	PRIMARY KEY (unit_id, code),
	UNIQUE (unit_id, block_id, nth),
	FOREIGN KEY (unit_id, block_id) REFERENCES motcua.blank_block,
	CHECK ((state = 'used') = (dossier_id IS NOT NULL)),
	CHECK (state IN ('free', 'used') OR reason <> '')
);

-- When this office could not use its database: why, and from when to when (NULL: until told).
CREATE TABLE motcua.standstill (
	unit_id       bigint NOT NULL REFERENCES motcua.unit,
	standstill_id bigint GENERATED ALWAYS AS IDENTITY,
	kind          text NOT NULL CHECK (kind IN ('power', 'database', 'network', 'other')),
	story         text NOT NULL CHECK (story <> ''),
	from_at       timestamptz NOT NULL,
	to_at         timestamptz CHECK (to_at > from_at),
	login         text NOT NULL,
	made_at       timestamptz NOT NULL,
	PRIMARY KEY (unit_id, standstill_id)
);

-- Sheets of a block are one paper: a form of its own with many codes and no dossier.
ALTER TABLE motcua.paper DROP CONSTRAINT paper_form_check;
ALTER TABLE motcua.paper ADD CONSTRAINT paper_form_check CHECK (form ~ '^0[1-7]b?$');
ALTER TABLE motcua.paper ADD COLUMN block_id bigint;
CREATE INDEX paper_block ON motcua.paper (unit_id, block_id) WHERE block_id IS NOT NULL;

INSERT INTO motcua.setting(name, value) VALUES
	('blank_most', '200'),      -- sheets nobody has used, in the whole unit
	('later_days', '30');       -- how long after reception a dossier may still be entered

-- What stands on the sheets: the office, the codes; everything else is written by hand.
CREATE FUNCTION motcua.blank_fields(u motcua.unit, b motcua.blank_block) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN (
	SELECT CASE WHEN u.practice THEN field('practice', '1') ELSE '' END || field('at', iso(b.made_at))
		|| field('unit.name', u.name) || field('unit.parent', u.parent_name) || field('unit.place', u.place)
		|| field('unit.organisation', u.organisation) || field('unit.office', u.office)
		|| field('unit.phone', u.phone) || field('lookup_url', u.lookup_url) || field('counter', b.counter_code)
		|| field('block.number', b.block_id::text) || field('block.count', b.how_many::text)
		|| coalesce(string_agg(field('blank.' || s.n || '.code', s.code) || field('blank.' || s.n || '.nth', s.nth::text), ''
			ORDER BY s.n), '')
	FROM (SELECT x.code, x.nth, row_number() OVER (ORDER BY x.nth) AS n FROM blank x
		WHERE x.unit_id = b.unit_id AND x.block_id = b.block_id AND x.state = 'free') s
	);
END $$;

CREATE FUNCTION motcua.blank_paper(mine motcua.clerk, b motcua.blank_block) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
	u unit;
	id bigint;
	moment timestamptz := clock_timestamp();
BEGIN
	SELECT * INTO u FROM unit x WHERE x.unit_id = mine.unit_id;
	INSERT INTO paper (unit_id, request_id, form, year, fields, made_at, login, block_id)
		VALUES (u.unit_id, gen_random_uuid(), '01b', extract(year FROM local(moment)), blank_fields(u, b), moment,
			mine.login, b.block_id) RETURNING paper_id INTO id;
	RETURN id;
END $$;

-- A supervisor lays in how_many sheets for a counter; returns the block and the paper that prints them.
CREATE FUNCTION desk.reserve_blanks(counter text, how_many int, reason text, OUT block_id bigint,
	OUT paper_id bigint, OUT first_code text, OUT last_code text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := my_supervisor();
	u unit;
	b blank_block;
	moment timestamptz := clock_timestamp();
	most int := setting_of(mine.unit_id, 'blank_most')::int;
	fresh text;
BEGIN
	PERFORM check_that($2 BETWEEN 1 AND 100, 'how_many', 'Mỗi lần in từ 1 đến 100 tờ.');
	PERFORM check_that(EXISTS (SELECT FROM counter c WHERE c.unit_id = mine.unit_id AND c.code = $1), 'counter',
		'Đơn vị không có quầy này.');
	PERFORM check_that(length(btrim(coalesce($3, ''))) BETWEEN 1 AND 300, 'reason', 'Ghi lý do in sẵn giấy tiếp nhận.');
	PERFORM pg_advisory_xact_lock(hashtextextended('motcua.blanks', mine.unit_id));
	SELECT * INTO u FROM unit x WHERE x.unit_id = mine.unit_id;
	PERFORM check_that($2 + (SELECT count(*) FROM blank x WHERE x.unit_id = u.unit_id AND x.state = 'free') <= most,
		'how_many', format('Đơn vị chỉ nên có tối đa %s tờ in sẵn chưa dùng: dùng hoặc huỷ bớt trước.', most));
	INSERT INTO blank_block (unit_id, counter_code, day, how_many, reason, login, made_at)
		VALUES (u.unit_id, $1, local(moment)::date, $2, btrim($3), mine.login, moment) RETURNING * INTO b;
	FOR i IN 1 .. $2 LOOP
		fresh := next_code(u, b.day);
		INSERT INTO blank (unit_id, code, block_id, nth, login, at) VALUES (u.unit_id, fresh, b.block_id, i, mine.login, moment);
		first_code := coalesce(first_code, fresh);
	END LOOP;
	last_code := fresh;
	block_id := b.block_id;
	paper_id := blank_paper(mine, b);
	PERFORM audit('blank_reserve', NULL, jsonb_build_object('block', b.block_id, 'counter', $1, 'count', $2,
		'first', first_code, 'last', last_code, 'reason', b.reason));
	PERFORM pg_notify('motcua_unit_' || u.unit_id, 'blanks ' || b.block_id);
END $$;

CREATE FUNCTION motcua.block_of(mine motcua.clerk, wanted bigint) RETURNS motcua.blank_block
LANGUAGE plpgsql STABLE AS $$
DECLARE
	b blank_block;
BEGIN
	SELECT * INTO b FROM blank_block x WHERE x.unit_id = mine.unit_id AND x.block_id = wanted;
	IF b.block_id IS NULL THEN
		PERFORM refuse('MC008', 'Không có tập giấy in sẵn này.', format('no block %s', wanted));
	END IF;
	RETURN b;
END $$;

-- What is still free of a block, on paper once more (the first print came to nothing).
CREATE FUNCTION desk.print_blanks(wanted bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
	b blank_block := block_of(mine, wanted);
	id bigint;
BEGIN
	PERFORM check_that(EXISTS (SELECT FROM blank x WHERE x.unit_id = mine.unit_id AND x.block_id = wanted
		AND x.state = 'free'), 'block', 'Tập này không còn tờ nào chưa dùng.');
	id := blank_paper(mine, b);
	PERFORM audit('blank_print', NULL, jsonb_build_object('block', wanted, 'paper', id));
	RETURN id;
END $$;

-- Every block with what became of its sheets; none can be lost between the columns.
CREATE FUNCTION desk.blank_blocks(most int) RETURNS TABLE (block_id bigint, counter_code text, day date,
	made_at timestamptz, made_by text, reason text, how_many int, free int, used int, void int, missing int,
	first_code text, last_code text, paper_id bigint, printed_at timestamptz, printed_by text, printer text, copies int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
BEGIN
	RETURN QUERY
	SELECT b.block_id, b.counter_code, b.day, b.made_at, coalesce(c.full_name, b.login), b.reason, b.how_many,
		(count(*) FILTER (WHERE x.state = 'free'))::int, (count(*) FILTER (WHERE x.state = 'used'))::int,
		(count(*) FILTER (WHERE x.state = 'void'))::int, (count(*) FILTER (WHERE x.state = 'missing'))::int,
		(array_agg(x.code ORDER BY x.nth))[1], (array_agg(x.code ORDER BY x.nth DESC))[1],
		(SELECT max(p.paper_id) FROM paper p WHERE p.unit_id = b.unit_id AND p.block_id = b.block_id),
		last_print.at, coalesce(last_print.full_name, last_print.login), coalesce(last_print.printer, ''),
		(SELECT coalesce(sum(p.copies_printed), 0) FROM paper p WHERE p.unit_id = b.unit_id AND p.block_id = b.block_id)::int
	FROM blank_block b
	JOIN blank x ON x.unit_id = b.unit_id AND x.block_id = b.block_id
	LEFT JOIN clerk c ON c.login = b.login
	LEFT JOIN LATERAL (SELECT r.at, r.login, r.printer, k.full_name FROM paper p
		JOIN paper_print r ON r.unit_id = p.unit_id AND r.paper_id = p.paper_id AND r.result = 'ok'
		LEFT JOIN clerk k ON k.login = r.login
		WHERE p.unit_id = b.unit_id AND p.block_id = b.block_id ORDER BY r.at DESC LIMIT 1) last_print ON true
	WHERE b.unit_id = mine.unit_id
	GROUP BY b.unit_id, b.block_id, c.full_name, last_print.at, last_print.login, last_print.printer, last_print.full_name
	ORDER BY b.block_id DESC LIMIT least(coalesce($1, 50), 500);
END $$;

-- The sheets of a block; dossier: the code's own once it was entered.
CREATE FUNCTION desk.blanks(wanted bigint) RETURNS TABLE (code text, nth int, state text, dossier_id bigint,
	owner_name text, received_at timestamptz, said_by text, at timestamptz, reason text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	b blank_block := block_of(mine, wanted);
BEGIN
	RETURN QUERY SELECT x.code, x.nth, x.state, x.dossier_id, d.owner_name, d.received_at,
		coalesce(c.full_name, x.login), x.at, x.reason
	FROM blank x LEFT JOIN dossier d ON d.unit_id = x.unit_id AND d.dossier_id = x.dossier_id
	LEFT JOIN clerk c ON c.login = x.login
	WHERE x.unit_id = b.unit_id AND x.block_id = b.block_id ORDER BY x.nth;
END $$;

-- A sheet of my unit, held until the end of the transaction when it is to be changed.
CREATE FUNCTION motcua.blank_of(mine motcua.clerk, wanted text, held boolean) RETURNS motcua.blank
LANGUAGE plpgsql AS $$
DECLARE
	x blank;
BEGIN
	IF held THEN
		SELECT * INTO x FROM blank b WHERE b.unit_id = mine.unit_id AND b.code = wanted FOR UPDATE;
	ELSE
		SELECT * INTO x FROM blank b WHERE b.unit_id = mine.unit_id AND b.code = wanted;
	END IF;
	IF x.code IS NULL THEN
		PERFORM refuse('MC008', format('Mã %s không phải mã in sẵn của đơn vị.', coalesce(left(wanted, 40), '?')),
			'no blank of this unit has that code');
	END IF;
	RETURN x;
END $$;

-- Spoilt ('void') and lost ('missing') sheets are told by any clerk, each with its reason; only a
-- supervisor takes that back ('free').  A used one stays used.
CREATE FUNCTION desk.mark_blank(wanted text, new_state text, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := CASE WHEN $2 = 'free' THEN my_supervisor() ELSE me() END;
	x blank := blank_of(mine, wanted, true);
BEGIN
	PERFORM check_that($2 IN ('free', 'void', 'missing'), 'state', 'Trạng thái của tờ in sẵn không đúng.');
	PERFORM check_that(length(btrim(coalesce($3, ''))) BETWEEN 1 AND 300, 'reason', 'Ghi lý do.');
	IF x.state = 'used' THEN
		PERFORM refuse('MC006', format('Mã %s đã là mã của một hồ sơ.', x.code), 'blank is used', x.code);
	END IF;
	UPDATE blank b SET state = $2, reason = btrim($3), login = mine.login, at = clock_timestamp()
		WHERE b.unit_id = x.unit_id AND b.code = x.code;
	PERFORM audit('blank_' || $2, NULL, jsonb_build_object('code', x.code, 'was', x.state, 'reason', btrim($3)));
	PERFORM pg_notify('motcua_unit_' || x.unit_id, 'blanks ' || x.block_id);
END $$;

-- Asked before anything else is typed: may this code be entered now?
CREATE FUNCTION desk.blank(wanted text) RETURNS TABLE (code text, state text, reserved_at timestamptz,
	counter_code text, dossier_id bigint, reason text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	x blank := blank_of(mine, wanted, false);
BEGIN
	RETURN QUERY SELECT x.code, x.state, b.made_at, b.counter_code, x.dossier_id, x.reason
		FROM blank_block b WHERE b.unit_id = x.unit_id AND b.block_id = x.block_id;
END $$;

CREATE FUNCTION desk.tell_standstill(kind text, story text, from_at timestamptz, to_at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	moment timestamptz := clock_timestamp();
	id bigint;
BEGIN
	PERFORM check_that($1 IN ('power', 'database', 'network', 'other'), 'kind', 'Chọn loại sự cố.');
	PERFORM check_that(length(btrim(coalesce($2, ''))) BETWEEN 1 AND 500, 'story', 'Ghi sự cố là gì.');
	PERFORM check_that(isfinite($3) AND $3 < moment AND $3 > moment - interval '1 year', 'from_at',
		'Thời điểm bắt đầu sự cố không đúng.');
	PERFORM check_that($4 IS NULL OR ($4 > $3 AND $4 <= moment + interval '1 minute'), 'to_at',
		'Sự cố phải hết sau khi bắt đầu và không ở tương lai.');
	INSERT INTO standstill (unit_id, kind, story, from_at, to_at, login, made_at)
		VALUES (mine.unit_id, $1, btrim($2), $3, $4, mine.login, moment) RETURNING standstill_id INTO id;
	PERFORM audit('standstill', NULL, jsonb_build_object('standstill', id, 'kind', $1, 'from', iso($3), 'to', iso($4)));
	RETURN id;
END $$;

CREATE FUNCTION desk.standstills(most int) RETURNS TABLE (standstill_id bigint, kind text, story text,
	from_at timestamptz, to_at timestamptz, told_by text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
BEGIN
	RETURN QUERY SELECT s.standstill_id, s.kind, s.story, s.from_at, s.to_at, coalesce(c.full_name, s.login)
		FROM standstill s LEFT JOIN clerk c ON c.login = s.login
		WHERE s.unit_id = mine.unit_id ORDER BY s.from_at DESC LIMIT least(coalesce($1, 20), 200);
END $$;

RESET ROLE;
SELECT motcua.guard('{blank_block,blank,standstill}', '');
SELECT motcua.open_doors();
