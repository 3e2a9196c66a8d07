-- SPDX-License-Identifier: Apache-2.0
-- Dossiers carried between the desk and the rooms: a list, the giver's word and the taker's own log-in.  What the list says
-- is a row of the log of hands for each dossier, and so of form 06.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.handover (
	unit_id     bigint NOT NULL REFERENCES motcua.unit,
	handover_id bigint GENERATED ALWAYS AS IDENTITY,
	request_id  uuid NOT NULL,
	made_at     timestamptz NOT NULL,
	giver       text NOT NULL,
	giver_place text NOT NULL,
	taker       text NOT NULL CHECK (taker <> giver),
	taker_kind  text NOT NULL CHECK (taker_kind IN ('desk', 'room')),
	taker_place text NOT NULL CHECK (taker_place <> ''),
	note        text NOT NULL DEFAULT '',
	state       text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'void')),
	ended_at    timestamptz,
	paper_id    bigint,
	PRIMARY KEY (unit_id, handover_id),
	UNIQUE (unit_id, request_id)
);
CREATE INDEX handover_open ON motcua.handover (unit_id, taker) WHERE state = 'open';
CREATE TABLE motcua.handover_item (
	unit_id     bigint NOT NULL,
	handover_id bigint NOT NULL,
	nth         int NOT NULL,
	dossier_id  bigint NOT NULL,
	PRIMARY KEY (unit_id, handover_id, nth),
	UNIQUE (unit_id, handover_id, dossier_id),
	FOREIGN KEY (unit_id, handover_id) REFERENCES motcua.handover,
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);

-- Whether somebody may give a dossier out of the hand that has it.
CREATE FUNCTION motcua.may_give(d motcua.dossier, mine motcua.clerk) RETURNS boolean
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT d.status IN (1, 2, 4, 9) AND coalesce((SELECT h.kind IN ('desk', 'room') AND (h.login IN ('', mine.login) OR mine.is_supervisor
		OR acts_for(d.unit_id, h.login, mine.login)) FROM holder_now(d) h WHERE h.seq IS NOT NULL), true)
$$;

-- The list, ready for the taker's word; said twice it is one.  kind: desk or room, place: which.
CREATE FUNCTION desk.hand_give(request uuid, dossiers bigint[], to_login text, to_kind text, to_place text, note text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	c clerk := colleague(mine.unit_id, to_login);
	wanted bigint;
	d dossier;
	from_place text;
	id bigint;
BEGIN
	PERFORM check_that(request IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM pg_advisory_xact_lock(hashtextextended(request::text, mine.unit_id));
	SELECT h.handover_id INTO id FROM handover h WHERE h.unit_id = mine.unit_id AND h.request_id = request;
	IF FOUND THEN
		RETURN id;
	END IF;
	PERFORM check_that(coalesce(cardinality(dossiers), 0) BETWEEN 1 AND 200, 'dossiers', 'Đánh dấu từ 1 đến 200 hồ sơ để giao.');
	PERFORM check_that(c.login IS NOT NULL AND c.login <> mine.login, 'to', 'Chọn người nhận, không phải chính mình.');
	PERFORM check_that(coalesce(to_kind IN ('desk', 'room'), false) AND btrim(coalesce(to_place, '')) <> '' AND length(to_place) <= 200, 'place',
		'Ghi bộ phận nhận.');
	FOREACH wanted IN ARRAY dossiers LOOP
		d := dossier_mine(wanted);
		PERFORM check_that(may_give(d, mine), 'dossiers', format('Hồ sơ %s không ở tay mình hoặc đang chờ, không giao được.', d.code));
		PERFORM check_that(NOT EXISTS (SELECT FROM handover_item i JOIN handover h USING (unit_id, handover_id) WHERE i.unit_id = d.unit_id
			AND i.dossier_id = d.dossier_id AND h.state = 'open'), 'dossiers', format('Hồ sơ %s đã ở trong một danh sách chờ ký nhận.', d.code));
	END LOOP;
	from_place := coalesce((SELECT nullif(h.place, '') FROM holder_now(d) h), office_of(d));
	INSERT INTO handover (unit_id, request_id, made_at, giver, giver_place, taker, taker_kind, taker_place, note)
		VALUES (mine.unit_id, request, date_trunc('second', clock_timestamp()), mine.login, from_place, c.login, to_kind, btrim(to_place),
			left(btrim(coalesce(hand_give.note, '')), 300)) RETURNING handover_id INTO id;
	INSERT INTO handover_item SELECT mine.unit_id, id, row_number() OVER (ORDER BY x.n), x.dossier FROM (SELECT w.dossier, min(w.n) AS n
		FROM unnest(dossiers) WITH ORDINALITY w(dossier, n) GROUP BY w.dossier) x;
	PERFORM audit('hand_give', NULL, jsonb_build_object('handover', id, 'to', c.login, 'dossiers', cardinality(dossiers)));
	PERFORM pg_notify('motcua_unit_' || mine.unit_id, 'hands ' || id);
	RETURN id;
END $$;

-- The paper of a hand-over: both names, the hour, each dossier.
CREATE FUNCTION motcua.handover_paper(h motcua.handover, giver motcua.clerk, taker motcua.clerk, moment timestamptz) RETURNS bigint
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	u unit;
	items text;
	how_many int;
BEGIN
	SELECT * INTO u FROM unit x WHERE x.unit_id = h.unit_id;
	SELECT count(*), string_agg(field('item.' || i.nth || '.code', d.code) || field('item.' || i.nth || '.owner', d.owner_name)
			|| field('item.' || i.nth || '.procedure', d.procedure_name) || field('item.' || i.nth || '.papers', (SELECT nullif(sum(c.originals + c.copies), 0)::text
				FROM dossier_component c WHERE c.unit_id = d.unit_id AND c.dossier_id = d.dossier_id AND c.action = 'submit' AND c.state = 'ok'))
			|| field('item.' || i.nth || '.due', iso(d.due_at)) || field('item.' || i.nth || '.note', CASE d.status WHEN 9 THEN 'kết quả' ELSE '' END), '' ORDER BY i.nth)
		INTO how_many, items FROM handover_item i JOIN dossier d USING (unit_id, dossier_id) WHERE i.unit_id = h.unit_id AND i.handover_id = h.handover_id;
	RETURN number_paper(h.unit_id, NULL, h.request_id, 'handover', CASE WHEN u.practice THEN field('practice', '1') ELSE '' END || field('at', iso(moment))
		|| field('unit.name', u.name) || field('unit.parent', u.parent_name) || field('unit.place', u.place) || field('unit.organisation', u.organisation)
		|| field('unit.office', u.office) || field('unit.phone', u.phone) || field('giver.unit', h.giver_place) || field('giver.name', giver.full_name)
		|| field('giver.title', giver.title) || field('taker.unit', h.taker_place) || field('taker.name', taker.full_name)
		|| field('taker.title', taker.title) || field('item_count', how_many::text) || items, moment, taker.login);
END $$;

-- The taker's own word.  A dossier that waited at the desk for work is handed on (4) with it.
CREATE FUNCTION desk.hand_take(wanted bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	h handover;
	giver clerk;
	d dossier;
	t dossier_holder;
	now_held dossier_holder;
	moment timestamptz := date_trunc('second', clock_timestamp());
	called text;
BEGIN
	SELECT * INTO h FROM handover x WHERE x.unit_id = mine.unit_id AND x.handover_id = wanted FOR UPDATE;
	IF h.handover_id IS NULL THEN
		PERFORM refuse('MC008', 'Không có danh sách giao nhận này.', format('no handover %s', wanted));
	END IF;
	IF h.taker <> mine.login THEN
		PERFORM refuse('MC004', format('Danh sách này giao cho %s: chính người đó ký nhận.', name_of(h.taker)), format('%s is not the taker', mine.login));
	END IF;
	IF h.state = 'taken' THEN
		RETURN h.paper_id;
	END IF;
	PERFORM check_that(h.state = 'open', 'handover', 'Danh sách này đã huỷ.');
	SELECT * INTO giver FROM clerk x WHERE x.login = h.giver;
	h.paper_id := handover_paper(h, giver, mine, moment);
	called := (SELECT p.number FROM paper p WHERE p.unit_id = h.unit_id AND p.paper_id = h.paper_id);
	FOR d IN SELECT x.* FROM handover_item i JOIN dossier x USING (unit_id, dossier_id) WHERE i.unit_id = h.unit_id AND i.handover_id = h.handover_id
			ORDER BY x.dossier_id FOR UPDATE OF x LOOP
		now_held := holder_now(d);
		PERFORM check_that(may_give(d, giver), 'dossiers', format('Hồ sơ %s không còn ở tay %s: huỷ danh sách, lập lại.', d.code, giver.full_name));
		t := NULL;
		t.kind := h.taker_kind;
		t.login := mine.login;
		t.name := mine.full_name;
		t.place := h.taker_place;
		t.giver := giver.full_name;
		t.giver_place := h.giver_place;
		t.step := (SELECT min(s.seq) FROM dossier_step s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id
			AND (s.state = 'current' AND (d.status = 4 OR h.taker_kind = 'desk') OR s.state = 'waiting' AND d.status <> 4 AND s.held_by <> 'desk' AND h.taker_kind = 'room'));
		t.act := 'hand';
		t.note := concat_ws('. ', format('Biên bản giao nhận số %s', called), nullif(h.note, ''));
		PERFORM keep_event(d, mine, 'hand', 'handover', format('%s (%s) giao, %s (%s) nhận; biên bản số %s', giver.full_name, h.giver_place, mine.full_name,
			h.taker_place, called), moment);
		PERFORM hand_to(d, t, moment);
		IF d.status = 2 AND h.taker_kind = 'room' THEN
			PERFORM carry_out(d.dossier_id, d.version, 'process', '', true);
		ELSE
			UPDATE dossier x SET version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
		END IF;
		PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	END LOOP;
	UPDATE handover x SET state = 'taken', ended_at = moment, paper_id = h.paper_id WHERE x.unit_id = h.unit_id AND x.handover_id = h.handover_id;
	PERFORM audit('hand_take', NULL, jsonb_build_object('handover', h.handover_id, 'number', called));
	PERFORM pg_notify('motcua_unit_' || mine.unit_id, 'hands ' || h.handover_id);
	RETURN h.paper_id;
END $$;

CREATE FUNCTION desk.hand_void(wanted bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
BEGIN
	UPDATE handover h SET state = 'void', ended_at = clock_timestamp() WHERE h.unit_id = mine.unit_id AND h.handover_id = wanted AND h.state = 'open'
		AND (mine.login IN (h.giver, h.taker) OR mine.is_supervisor);
	IF NOT FOUND THEN
		PERFORM refuse('MC008', 'Không có danh sách nào chờ ký nhận để huỷ.', format('no open handover %s', wanted));
	END IF;
	PERFORM audit('hand_void', NULL, jsonb_build_object('handover', wanted));
	PERFORM pg_notify('motcua_unit_' || mine.unit_id, 'hands ' || wanted);
END $$;

-- Lists that wait, mine first, then those of the last days.
CREATE FUNCTION desk.handovers(most int) RETURNS TABLE (handover_id bigint, made_at timestamptz, giver_name text, giver_place text, taker text, taker_name text,
	taker_place text, dossiers int, state text, ended_at timestamptz, number text, paper_id bigint, mine text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT h.handover_id, h.made_at, name_of(h.giver), h.giver_place, h.taker, name_of(h.taker), h.taker_place,
		(SELECT count(*)::int FROM handover_item i WHERE i.unit_id = h.unit_id AND i.handover_id = h.handover_id), h.state, h.ended_at,
		coalesce(p.number, ''), h.paper_id, CASE m.login WHEN h.taker THEN 'taker' WHEN h.giver THEN 'giver' ELSE '' END
	FROM me() m JOIN handover h ON h.unit_id = m.unit_id LEFT JOIN paper p ON p.unit_id = h.unit_id AND p.paper_id = h.paper_id
	WHERE h.state = 'open' OR h.ended_at > clock_timestamp() - interval '7 days'
	ORDER BY h.state <> 'open', m.login NOT IN (h.taker, h.giver), h.made_at DESC LIMIT greatest(1, least(most, 500))
$$;

-- What I may give: in my hands, or in a room's without a name.
CREATE FUNCTION desk.to_give(most int) RETURNS TABLE (dossier_id bigint, code text, owner_name text, procedure_name text, status int, due_at timestamptz,
	place text, step text, next_role text, mine boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT d.dossier_id, d.code, d.owner_name, d.procedure_name, d.status::int, d.due_at, h.place, coalesce(s.name, ''),
		coalesce((SELECT x.role FROM dossier_step x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.state = 'waiting'
			ORDER BY x.seq LIMIT 1), ''), h.login = m.login
	FROM me() m JOIN dossier_holder h ON h.unit_id = m.unit_id AND h.login IN ('', m.login) AND h.until_at IS NULL AND h.kind IN ('desk', 'room')
		JOIN dossier d ON d.unit_id = h.unit_id AND d.dossier_id = h.dossier_id
		LEFT JOIN dossier_step s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.state = 'current'
	WHERE d.status IN (1, 2, 4, 9) AND NOT EXISTS (SELECT FROM handover_item i JOIN handover o USING (unit_id, handover_id)
		WHERE i.unit_id = d.unit_id AND i.dossier_id = d.dossier_id AND o.state = 'open')
	ORDER BY h.login <> m.login, d.received_at DESC LIMIT greatest(1, least(most, 1000))
$$;

RESET ROLE;
SELECT motcua.guard('{handover,handover_item}', '');
SELECT motcua.open_doors();
