-- SPDX-License-Identifier: Apache-2.0
-- Systems without an interface: an officer types there what the counter shows, in the order of their
-- form, and brings back their number.  From then on the dossier is followed like any other.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- One value of a message by its path; "components.*.name" is every element's, one a line.
CREATE FUNCTION motcua.payload_value(body jsonb, path text, how text) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	at int := strpos(path, '.*.');
	value text;
BEGIN
	IF at > 0 THEN
		SELECT string_agg(v, E'\n' ORDER BY n) INTO value FROM (SELECT e.value #>> string_to_array(substr(path, at + 3), '.') AS v,
				e.ordinality AS n FROM jsonb_array_elements(CASE jsonb_typeof(body #> string_to_array(left(path, at - 1), '.'))
				WHEN 'array' THEN body #> string_to_array(left(path, at - 1), '.') ELSE '[]' END) WITH ORDINALITY e) x
			WHERE coalesce(v, '') <> '';
	ELSE
		value := body #>> string_to_array(path, '.');
	END IF;
	RETURN CASE WHEN coalesce(value, '') = '' THEN ''
		WHEN how = 'day' AND value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}' THEN
			substr(value, 9, 2) || '/' || substr(value, 6, 2) || '/' || left(value, 4)
		WHEN how = 'digits' THEN regexp_replace(value, '[^0-9]', '', 'g')
		ELSE value END;
END $$;

-- Numbers and addresses of people lie under a mask until somebody asks to see them.
CREATE FUNCTION motcua.payload_private(path text) RETURNS boolean
LANGUAGE sql IMMUTABLE RETURN path ~ '^(owner|submitter)\.(id_number|phone|email|address|birth)$';

-- The stream of a dossier of mine to a system that a hand serves, locked; MC008 otherwise.
CREATE FUNCTION motcua.manual_stream(d motcua.dossier, sys text) RETURNS motcua.stream
LANGUAGE plpgsql AS $$
DECLARE
	s stream;
BEGIN
	SELECT x.* INTO s FROM stream x JOIN systems y ON y.code = x.system AND y.ended IS NULL AND y.family = 'manual'
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = sys FOR UPDATE OF x;
	IF s.system IS NULL THEN
		PERFORM refuse('MC008', 'Hồ sơ này không có gì phải nhập tay vào hệ thống đó.', format('no manual stream %s of %s', sys, d.dossier_id));
	END IF;
	RETURN s;
END $$;

-- Dossiers of the unit that wait for a hand, the oldest first.
CREATE FUNCTION desk.manual_list(most int) RETURNS TABLE (dossier_id bigint, code text, owner_name text, procedure_name text,
	system text, system_name text, since timestamptz, messages int, created_there boolean, foreign_code text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT d.dossier_id, d.code, d.owner_name, d.procedure_name, s.system, y.name,
		(SELECT m.made_at FROM message m WHERE m.unit_id = s.unit_id AND m.dossier_id = s.dossier_id AND m.system = s.system
			AND m.seq = s.head), s.tail - s.head + 1, s.created_there, s.foreign_code
	FROM me() mine JOIN stream s ON s.unit_id = mine.unit_id AND s.open
	JOIN systems y ON y.code = s.system AND y.ended IS NULL AND y.family = 'manual'
	JOIN dossier d ON d.unit_id = s.unit_id AND d.dossier_id = s.dossier_id
	ORDER BY s.next_at, d.dossier_id LIMIT greatest(1, least(most, 1000))
$$;

-- The fields of their form in its order.  clear: personal values as they are, which is written down.
CREATE FUNCTION desk.manual_fields(wanted bigint, to_system text, clear boolean) RETURNS TABLE (seq int, label text,
	value text, private boolean, site text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	d dossier := dossier_mine(wanted);
	s stream := manual_stream(d, to_system);
	plan jsonb := coalesce(profile_of(to_system)->'manual', '{}');
	body jsonb := (SELECT m.payload FROM message m WHERE m.unit_id = d.unit_id AND m.dossier_id = d.dossier_id
		AND m.system = to_system AND m.kind = 'dossier' ORDER BY m.seq DESC LIMIT 1);
BEGIN
	IF jsonb_typeof(plan->'fields') IS DISTINCT FROM 'array' THEN
		PERFORM refuse('MC008', 'Hồ sơ kết nối của hệ thống này chưa nói phải nhập những mục nào.',
			format('profile %s has no manual.fields', to_system));
	END IF;
	PERFORM audit(CASE WHEN clear THEN 'reveal' ELSE 'view' END, d.dossier_id, jsonb_build_object('manual', to_system));
	RETURN QUERY SELECT e.ordinality::int, coalesce(e.value->>'label', ''),
		CASE WHEN payload_private(e.value->>'from') AND NOT clear AND v.value <> ''
			THEN CASE WHEN e.value->>'from' ~ '(id_number|phone)$' THEN mask(v.value) ELSE '•••' END ELSE v.value END,
		payload_private(e.value->>'from'), coalesce(plan->>'site', '')
	FROM jsonb_array_elements(plan->'fields') WITH ORDINALITY e,
		LATERAL (SELECT coalesce(e.value->>'value', payload_value(body, e.value->>'from', coalesce(e.value->>'as', ''))) AS value) v
	ORDER BY 1;
END $$;

-- Typed there: all that waited is delivered, by whom; their number makes it received.
CREATE FUNCTION desk.manual_done(wanted bigint, to_system text, their_code text, note text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
	s stream := manual_stream(d, to_system);
	code text := upper(regexp_replace(coalesce(their_code, ''), '\s', '', 'g'));
	name text := (SELECT y.name FROM systems y WHERE y.code = to_system AND y.ended IS NULL);
BEGIN
	IF s.foreign_code <> '' AND code = '' THEN
		code := s.foreign_code; -- a later message to the dossier they know already
	END IF;
	PERFORM check_that(code ~ '^[0-9A-Z./_-]{3,60}$', 'their_code', 'Gõ số hồ sơ mà hệ thống đó cấp (chữ, số, dấu chấm, gạch).');
	PERFORM check_that(s.head <= s.tail OR s.foreign_code IS DISTINCT FROM code, 'their_code', 'Số này đã được ghi rồi.');
	IF EXISTS (SELECT FROM alias a WHERE a.unit_id = d.unit_id AND a.system = to_system AND a.foreign_code = code
		AND a.dossier_id <> d.dossier_id) THEN
		PERFORM refuse('MC005', 'Số này đã ghi cho một hồ sơ khác: kiểm tra lại.', 'foreign code of another dossier', 'their_code');
	END IF;
	INSERT INTO attempt (unit_id, message_id, dossier_id, system, courier, fence, phase, class, note)
		SELECT m.unit_id, m.message_id, m.dossier_id, m.system, 'tay: ' || mine.login, s.fence, 'finish', 'delivered',
			left(coalesce(manual_done.note, ''), 1000)
		FROM message m WHERE m.unit_id = d.unit_id AND m.dossier_id = d.dossier_id AND m.system = to_system AND m.seq >= s.head;
	INSERT INTO alias (unit_id, system, foreign_code, dossier_id) VALUES (d.unit_id, to_system, code, d.dossier_id)
		ON CONFLICT DO NOTHING;
	UPDATE stream x SET head = x.tail + 1, created_there = true, travel = 'received', foreign_code = code, attempts = 0,
		changed_at = clock_timestamp(), note = left(format('Nhập tay: %s', mine.full_name), 1000)
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = to_system;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, date_trunc('second', clock_timestamp()), 'manual', d.status, d.status, mine.login,
			mine.full_name, left(btrim(format('Đã nhập vào %s, số %s. %s', name, code, coalesce(manual_done.note, ''))), 1000));
	PERFORM audit('manual_done', d.dossier_id, jsonb_build_object('system', to_system, 'code', code));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'travel ' || d.dossier_id);
END $$;

-- What an officer read there: kept as an answer first, then concluded from by the life-cycle.
CREATE FUNCTION desk.manual_status(wanted bigint, seen_version int, to_system text, their_status int,
	read_at timestamptz, said text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_lock(wanted, seen_version);
	s stream := manual_stream(d, to_system);
	name text := (SELECT y.name FROM systems y WHERE y.code = to_system AND y.ended IS NULL);
	way text;
	version int := d.version;
BEGIN
	PERFORM check_that(s.created_there, 'dossier', 'Hồ sơ chưa được nhập vào hệ thống đó.');
	PERFORM check_that(their_status BETWEEN 2 AND 10, 'status', 'Trạng thái không đúng.');
	PERFORM check_that(read_at BETWEEN d.received_at AND now() + interval '1 minute', 'read_at', 'Thời điểm đọc không đúng.');
	INSERT INTO answer (system, code, status, at, unit_id, dossier_id, foreign_code, text, raw, applied)
		VALUES (to_system, d.code, their_status, read_at, d.unit_id, d.dossier_id, s.foreign_code, left(coalesce(said, ''), 2000),
			jsonb_build_object('read_by', mine.login)::text, true) ON CONFLICT DO NOTHING;
	UPDATE stream x SET foreign_status = their_status, asked_at = now(), changed_at = clock_timestamp()
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = to_system;
	IF their_status <> d.status AND to_system = d.route_system THEN
		SELECT t.act INTO way FROM transition t WHERE t.from_status = d.status AND t.to_status = their_status AND t.by_peer
			ORDER BY t.act LIMIT 1;
		PERFORM check_that(way IS NOT NULL, 'status', 'Từ trạng thái hiện nay không đi thẳng tới trạng thái đó được: ghi từng bước.');
		version := desk.act(wanted, seen_version, way, left(format('Theo %s (số %s), đọc lúc %s: %s', name, s.foreign_code,
			to_char(local(read_at), 'HH24:MI DD/MM/YYYY'), coalesce(said, '')), 1000));
		-- What they told us need not be typed back to them.
		UPDATE stream x SET head = x.tail + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id
			AND x.system = to_system AND s.head > s.tail;
	END IF;
	PERFORM audit('manual_status', d.dossier_id, jsonb_build_object('system', to_system, 'status', their_status));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'travel ' || d.dossier_id);
	RETURN version;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
