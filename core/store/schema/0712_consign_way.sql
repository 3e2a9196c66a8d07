-- SPDX-License-Identifier: Apache-2.0
-- What becomes of a batch after its biên bản: what the post says of a parcel, what was counted in is opened in reception, when a dossier
-- was handed on; the lists.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- What the post says of a parcel: delivered, or brought back after two invitations.  A result delivered to the citizen is handed over;
-- one that came back waits here again.
CREATE FUNCTION desk.consign_track(wanted bigint, item int, outcome text, said text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	c consignment := consignment_mine(wanted, 'signed');
	i consignment_item;
	d motcua.dossier;
	moment timestamptz := date_trunc('second', clock_timestamp());
	words text := btrim(coalesce(said, ''));
BEGIN
	PERFORM check_that(coalesce(outcome IN ('delivered', 'returned'), false), 'outcome', 'Chưa rõ bưu chính đã phát hay chuyển hoàn.');
	PERFORM check_that(length(words) BETWEEN 1 AND 200, 'said', CASE outcome WHEN 'returned' THEN 'Ghi vì sao chuyển hoàn.' ELSE 'Ghi phát ngày nào, ai nhận.' END);
	SELECT * INTO i FROM consignment_item x WHERE x.unit_id = c.unit_id AND x.consignment_id = c.consignment_id AND x.nth = item FOR UPDATE;
	PERFORM check_that(i.nth IS NOT NULL, 'item', 'Chuyến này không có dòng ấy.');
	IF i.state <> 'under_way' THEN
		PERFORM refuse('MC006', 'Dòng này không còn trên đường: đã phát, đã chuyển hoàn, hoặc không gửi bưu chính.', format('item %s is %s', item, i.state));
	END IF;
	UPDATE consignment_item x SET state = outcome, state_at = moment, note = left(concat_ws('; ', nullif(x.note, ''), words), 300)
		WHERE x.unit_id = i.unit_id AND x.consignment_id = i.consignment_id AND x.nth = i.nth;
	SELECT * INTO d FROM dossier x WHERE x.unit_id = i.unit_id AND x.dossier_id = i.dossier_id FOR UPDATE;
	IF outcome = 'returned' THEN
		PERFORM consigned(d, mine, 'desk', office_of(d), mine.full_name, format('Bưu chính chuyển hoàn: %s', words), moment);
	ELSIF i.what = 'result' AND i.address <> '' AND d.status = 9 THEN
		PERFORM carry_out(d.dossier_id, d.version, 'return', 'Bưu chính đã phát: ' || words, true, jsonb_build_object('receiver',
			jsonb_build_object('taker', 'post', 'post', left(concat_ws(', ', nullif('phiếu gửi ' || i.slip, 'phiếu gửi '), words), 300))));
	ELSE
		PERFORM keep_event(d, mine, 'consign', '', format('Bưu chính đã phát cho %s: %s', i.person, words), moment);
		PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	END IF;
	PERFORM consignment_heard(c, 'consign_track', jsonb_build_object('nth', item, 'outcome', outcome));
END $$;

-- A line counted in is opened in reception: "consigned" {id, nth} of the request.
CREATE FUNCTION motcua.consignment_opened(d motcua.dossier, mine motcua.clerk, which jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	c consignment;
BEGIN
	IF which IS NULL OR jsonb_typeof(which) = 'null' THEN
		RETURN;
	END IF;
	c := consignment_mine((which->>'id')::bigint, 'signed');
	PERFORM check_that(c.way = 'in', 'consigned', 'Chuyến này là chuyến gửi đi.');
	UPDATE consignment_item i SET state = 'opened', state_at = d.received_at, dossier_id = d.dossier_id WHERE i.unit_id = c.unit_id
		AND i.consignment_id = c.consignment_id AND i.nth = (which->>'nth')::int AND i.what = 'dossier' AND i.dossier_id IS NULL;
	IF NOT FOUND THEN
		PERFORM refuse('MC006', 'Hồ sơ này của chuyến đã được mở ở quầy khác.', format('item %s of %s is open', which->>'nth', c.consignment_id));
	END IF;
	PERFORM keep_event(d, mine, 'consign', '', format('Nhận từ %s (%s), biên bản số %s ký lúc %s', c.agency, c.person, c.number,
		say_moment(c.signed_at)), d.received_at);
	PERFORM consignment_heard(c, 'consign_opened', jsonb_build_object('nth', which->'nth', 'dossier', d.dossier_id));
END $$;

-- As in 0710, and the batch it lay in.
CREATE OR REPLACE FUNCTION motcua.keep_taken(u motcua.unit, req jsonb, d motcua.dossier) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	moment timestamptz := (req->'taken'->>'at')::timestamptz;
BEGIN
	PERFORM consignment_opened(d, me(), req->'consigned');
	IF agency_of(u, req->'receiving_unit', 'receiving_unit') IS NULL THEN
		PERFORM check_that(coalesce(jsonb_typeof(req->'taken'), 'null') = 'null', 'receiving_unit', 'Ghi cơ quan đã tiếp nhận hồ sơ.');
		RETURN;
	END IF;
	PERFORM check_that(deciding_agency(u, req, procedure_unit_of(d)) IS NULL, 'receiving_unit',
		'Nơi khác tiếp nhận, nơi khác giải quyết: hồ sơ này không phải của đơn vị mình.');
	PERFORM check_that(moment IS NULL OR moment BETWEEN d.received_at - interval '1 year' AND d.received_at, 'taken',
		'Nơi kia chỉ có thể tiếp nhận trước khi chuyển đến đây.');
	PERFORM keep_their_code(u, req, d, req->'taken'->>'code', moment);
END $$;

-- As in 0710, and by our own list: when both signed it.
CREATE OR REPLACE FUNCTION motcua.handed_on(d motcua.dossier, OUT at timestamptz, OUT how text, OUT number text)
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT x.at, x.how, x.number FROM (
		SELECT c.signed_at AS at, CASE c.carrier WHEN 'post' THEN 'post' ELSE 'list' END AS how, c.number
		FROM consignment_item i JOIN consignment c USING (unit_id, consignment_id)
		WHERE i.unit_id = d.unit_id AND i.dossier_id = d.dossier_id AND i.what = 'dossier' AND c.way = 'out' AND c.state = 'signed' AND i.state <> 'returned'
		UNION ALL
		SELECT e.received_at, 'received', '' FROM dossier_elsewhere e WHERE e.unit_id = d.unit_id AND e.dossier_id = d.dossier_id
		UNION ALL SELECT handed_by_system(d), 'system', '') x
	WHERE x.at IS NOT NULL ORDER BY x.at LIMIT 1
$$;

-- ---- lists ----

-- wanted: one of them; 0: those that are not done first, then those of the last month.
CREATE FUNCTION desk.consignments(wanted bigint, most int) RETURNS TABLE (consignment_id bigint, way text, carrier text, agency_code text, agency text, person text,
	state text, number text, paper_id bigint, made_at timestamptz, signed_at timestamptz, by_name text, items int, waiting int, reason text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT c.consignment_id, c.way, c.carrier, c.agency_code, c.agency, c.person, c.state, c.number, c.paper_id, c.made_at, c.signed_at,
		name_of(c.login), i.items, i.waiting, c.reason
	FROM me() m JOIN consignment c ON c.unit_id = m.unit_id
		CROSS JOIN LATERAL (SELECT count(*)::int AS items, (count(*) FILTER (WHERE x.state IN ('listed', 'under_way')))::int AS waiting
			FROM consignment_item x WHERE x.unit_id = c.unit_id AND x.consignment_id = c.consignment_id) i
	WHERE c.consignment_id = wanted OR wanted = 0 AND (c.state IN ('open', 'printed') OR c.state = 'signed' AND i.waiting > 0
		OR c.made_at > clock_timestamp() - interval '31 days')
	ORDER BY c.state NOT IN ('open', 'printed'), NOT (c.state = 'signed' AND i.waiting > 0), c.made_at DESC, c.consignment_id DESC LIMIT greatest(1, least(most, 500))
$$;

CREATE FUNCTION desk.consignment_items(wanted bigint) RETURNS TABLE (nth int, what text, dossier_id bigint, code text, slip text, person text, address text, papers int,
	complete boolean, note text, postage bigint, collected bigint, state text, state_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT i.nth, i.what, i.dossier_id, coalesce(d.code, ''), i.slip, i.person, i.address, i.papers, i.complete, i.note, i.postage, i.collected, i.state, i.state_at
	FROM me() m JOIN consignment_item i ON i.unit_id = m.unit_id AND i.consignment_id = wanted
		LEFT JOIN dossier d ON d.unit_id = i.unit_id AND d.dossier_id = i.dossier_id
	ORDER BY i.nth
$$;

RESET ROLE;
SELECT motcua.open_doors();
