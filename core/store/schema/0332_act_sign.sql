-- SPDX-License-Identifier: Apache-2.0
-- The number of a paper made by an act of the desk, or of one who was turned away, ends as the table of signs
-- says for its day.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Form 02, 03 or 05 on a dossier in the books, numbered without a gap; NULL: no paper of ours.  A notice of
-- stop is the citizen's who asked for it, once.
CREATE OR REPLACE FUNCTION motcua.act_paper(d motcua.dossier, mine motcua.clerk, wanted text, next_status int, why text, moment timestamptz)
RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
	u unit;
	p procedures;
	req jsonb;
	place record;
	called text;
	id bigint;
BEGIN
	IF wanted NOT IN ('02', '03') AND NOT (wanted = '05' AND 7 IN (d.status, next_status) AND NOT EXISTS (SELECT FROM paper x
			WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.form = '05')) THEN
		RETURN NULL;
	END IF;
	SELECT * INTO u FROM unit x WHERE x.unit_id = d.unit_id;
	SELECT * INTO p FROM procedures x WHERE x.row_id = d.procedure_row;
	SELECT m.payload || jsonb_build_object('counter', d.counter_code, 'sets', d.sets) INTO req FROM message m
		WHERE m.unit_id = d.unit_id AND m.dossier_id = d.dossier_id AND m.kind = 'dossier' ORDER BY m.message_id DESC LIMIT 1;
	IF req IS NULL OR p.row_id IS NULL THEN
		RETURN NULL;
	END IF;
	SELECT * INTO place FROM paper_number(d.unit_id, wanted, moment);
	called := lpad(place.seq::text, greatest(2, length(place.seq::text)), '0') || paper_sign_of(wanted, moment);
	INSERT INTO paper (unit_id, dossier_id, request_id, form, year, seq, number, fields, made_at, login)
	VALUES (d.unit_id, d.dossier_id, gen_random_uuid(), wanted, place.year, place.seq, called, field('number', called)
		|| head_fields(u, mine, req, p, moment) || field('dossier.code', d.code)
		|| CASE wanted WHEN '05' THEN field('received_at', iso(d.received_at)) || field('requested_at', iso(moment))
			|| field('stopped_at', iso(moment)) || field('progress', status_words(d.status)) || field('reason', why)
		ELSE field('reason.1.text', why) || field('contact.name', mine.full_name) || field('contact.phone', u.phone) END,
		moment, mine.login)
	RETURNING paper_id INTO id;
	RETURN id;
END $$;

-- As in 0014.
CREATE OR REPLACE FUNCTION desk.turn_away(request jsonb)
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
	sign text;
	reasons text[] := ARRAY(SELECT btrim(r) FROM jsonb_array_elements_text(coalesce(request->'reasons', '[]')) r
		WHERE btrim(r) <> '');
BEGIN
	PERFORM check_that(request_uuid IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM check_that(wanted IS NOT NULL, 'kind', 'Chưa rõ yêu cầu bổ sung hay từ chối.');
	sign := paper_sign_of(wanted, moment);
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
