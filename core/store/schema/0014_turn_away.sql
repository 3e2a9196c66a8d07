-- SPDX-License-Identifier: Apache-2.0
-- Not received: a request to complete (form 02) or a refusal (form 03), numbered without a gap.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.turned_away (
	unit_id        bigint NOT NULL REFERENCES motcua.unit,
	paper_id       bigint NOT NULL,
	kind           text NOT NULL CHECK (kind IN ('supplement', 'refusal')),
	procedure_code text NOT NULL,
	channel        int NOT NULL,
	owner_name     text NOT NULL,
	owner_id       text NOT NULL,
	owner_phone    text NOT NULL,
	reasons        text[] NOT NULL,
	at             timestamptz NOT NULL,
	login          text NOT NULL,
	PRIMARY KEY (unit_id, paper_id)
);
CREATE INDEX turned_away_at ON motcua.turned_away (unit_id, at DESC);
CREATE INDEX turned_away_owner ON motcua.turned_away (unit_id, owner_id) WHERE owner_id <> '';
ALTER TABLE motcua.turned_away ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_unit ON motcua.turned_away TO motcua_owner
	USING (unit_id = (SELECT motcua.my_unit())) WITH CHECK (unit_id = (SELECT motcua.my_unit()));

CREATE FUNCTION desk.turn_away(request jsonb)
RETURNS TABLE (paper_id bigint, paper_number text, at timestamptz, repeated boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	u unit;
	p procedures;
	place record;
	made paper;
	request_uuid uuid := (request->>'request_id')::uuid;
	moment timestamptz := date_trunc('second', clock_timestamp());
	wanted text := CASE request->>'kind' WHEN 'supplement' THEN '02' WHEN 'refusal' THEN '03' END;
	sign text := CASE request->>'kind' WHEN 'supplement' THEN '/PBS-TTPVHCC' ELSE '/PTC-TTPVHCC' END;
	reasons text[] := ARRAY(SELECT btrim(r) FROM jsonb_array_elements_text(coalesce(request->'reasons', '[]')) r
		WHERE btrim(r) <> '');
BEGIN
	PERFORM check_that(request_uuid IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM check_that(wanted IS NOT NULL, 'kind', 'Chưa rõ yêu cầu bổ sung hay từ chối.');
	PERFORM pg_advisory_xact_lock(hashtextextended(request_uuid::text, mine.unit_id));
	SELECT * INTO made FROM paper x WHERE x.unit_id = mine.unit_id AND x.request_id = request_uuid AND x.form = wanted;
	IF made.paper_id IS NOT NULL THEN
		RETURN QUERY SELECT made.paper_id, made.number, made.made_at, true;
		RETURN;
	END IF;
	p := check_request(mine, request, moment);
	PERFORM check_that(cardinality(reasons) > 0, 'reasons', 'Ghi ít nhất một lý do cụ thể.');
	SELECT * INTO u FROM unit x WHERE x.unit_id = mine.unit_id;
	SELECT * INTO place FROM paper_number(mine.unit_id, wanted, moment);
	INSERT INTO paper (unit_id, request_id, form, year, seq, number, fields, made_at, login)
	VALUES (mine.unit_id, request_uuid, wanted, place.year, place.seq, lpad(place.seq::text, greatest(2,
		length(place.seq::text)), '0') || sign, field('number', lpad(place.seq::text, greatest(2,
		length(place.seq::text)), '0') || sign) || head_fields(u, mine, request, p, moment)
		|| (SELECT string_agg(field('reason.' || n || '.text', r), '' ORDER BY n) FROM unnest(reasons) WITH ORDINALITY q(r, n))
		|| field('reason', request->>'reason') || field('until', request->>'until')
		|| field('contact.name', coalesce(request->'contact'->>'name', mine.full_name))
		|| field('contact.phone', coalesce(request->'contact'->>'phone', u.phone)), moment, mine.login)
	RETURNING * INTO made;
	INSERT INTO turned_away VALUES (mine.unit_id, made.paper_id, request->>'kind', p.code, (request->>'channel')::int,
		btrim(request->'owner'->>'name'), coalesce(request->'owner'->>'id_number', ''),
		coalesce(request->'owner'->>'phone', ''), reasons, moment, mine.login);
	PERFORM audit('turn_away', NULL, jsonb_build_object('paper', made.paper_id, 'number', made.number,
		'procedure', p.code));
	RETURN QUERY SELECT made.paper_id, made.number, made.made_at, false;
END $$;

RESET ROLE;
