-- SPDX-License-Identifier: Apache-2.0
-- What came in a batch was filed when both signed its biên bản, not when somebody here opened the envelope: by the post QĐ 45/2016/QĐ-TTg
-- Điều 7.4, from another desk NĐ 118/2025/NĐ-CP Điều 17.3 (as amended by NĐ 309/2026: the clock runs from the deciding agency's receipt).
-- What was counted as incomplete is filed when it is complete: when it is opened and accepted.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- When the dossier of a line was filed, for reception_moment (0820); NULL: not by its batch.  The line is locked with its batch.
CREATE FUNCTION motcua.filed_in_batch(which jsonb) RETURNS timestamptz
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	c consignment;
BEGIN
	IF coalesce(jsonb_typeof(which), 'null') = 'null' THEN
		RETURN NULL;
	END IF;
	c := consignment_mine((which->>'id')::bigint, 'signed');
	RETURN (SELECT c.signed_at FROM consignment_item i WHERE i.unit_id = c.unit_id AND i.consignment_id = c.consignment_id
		AND i.nth = (which->>'nth')::int AND i.complete AND c.way = 'in');
END $$;

-- As in 0712; opened now, whenever it was filed: history and line say so, and the receipt is written today.
CREATE OR REPLACE FUNCTION motcua.consignment_opened(d motcua.dossier, mine motcua.clerk, which jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	c consignment;
	moment timestamptz := date_trunc('second', clock_timestamp());
BEGIN
	IF which IS NULL OR jsonb_typeof(which) = 'null' THEN
		RETURN;
	END IF;
	c := consignment_mine((which->>'id')::bigint, 'signed');
	PERFORM check_that(c.way = 'in', 'consigned', 'Chuyến này là chuyến gửi đi.');
	UPDATE consignment_item i SET state = 'opened', state_at = moment, dossier_id = d.dossier_id WHERE i.unit_id = c.unit_id
		AND i.consignment_id = c.consignment_id AND i.nth = (which->>'nth')::int AND i.what = 'dossier' AND i.dossier_id IS NULL;
	IF NOT FOUND THEN
		PERFORM refuse('MC006', 'Hồ sơ này của chuyến đã được mở ở quầy khác.', format('item %s of %s is open', which->>'nth', c.consignment_id));
	END IF;
	PERFORM keep_event(d, mine, 'consign', '', format('Nhận từ %s (%s), biên bản số %s ký lúc %s; mở và nhập vào hệ thống lúc %s', c.agency, c.person, c.number,
		say_moment(c.signed_at), say_moment(moment)), greatest(moment, d.received_at));
	UPDATE paper p SET fields = regexp_replace(p.fields, E'(^|\n)at\t[^\n]*', E'\\1at\t' || iso(moment)) WHERE p.unit_id = d.unit_id
		AND p.dossier_id = d.dossier_id AND p.form = '01';
	PERFORM consignment_heard(c, 'consign_opened', jsonb_build_object('nth', which->'nth', 'dossier', d.dossier_id));
END $$;

RESET ROLE;
SELECT motcua.open_doors();
