-- SPDX-License-Identifier: Apache-2.0
-- A correction goes to every system that has the dossier and that the officer leaves ticked: one event,
-- one audit row, a fresh message in each stream behind what is under way there.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- {"body", "say"} of a correction that waits for the end of what is being sent right now.
ALTER TABLE motcua.stream ADD COLUMN correction jsonb;

-- The last dossier message written for a stream, with the correction that waits; NULL: none was written.
CREATE FUNCTION motcua.dossier_sent(s motcua.stream) RETURNS jsonb
LANGUAGE sql STABLE AS $$
	SELECT coalesce(s.correction->'body', (SELECT m.payload FROM message m WHERE m.unit_id = s.unit_id
		AND m.dossier_id = s.dossier_id AND m.system = s.system AND m.kind = 'dossier' ORDER BY m.seq DESC LIMIT 1))
$$;

-- What may be corrected as the dossier has it now, with the changes upon it.
CREATE FUNCTION motcua.facts_with(d motcua.dossier, changes jsonb) RETURNS jsonb
LANGUAGE sql STABLE AS $$
	SELECT jsonb_object_agg(p.role, jsonb_build_object('name', p.name, 'phone', p.phone, 'email', p.email, 'address', p.address)
			|| CASE jsonb_typeof(changes->p.role) WHEN 'object' THEN changes->p.role ELSE '{}' END)
		|| jsonb_build_object('summary', coalesce(changes->>'summary', d.summary))
	FROM dossier_person p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id
$$;

-- What is under way comes to its end first; then the correction takes the place of what waits behind it.
CREATE FUNCTION motcua.correct_now() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	PERFORM supersede(NEW, NEW.correction->'body', NEW.correction->>'say');
	UPDATE stream x SET correction = NULL WHERE x.unit_id = NEW.unit_id AND x.dossier_id = NEW.dossier_id AND x.system = NEW.system;
	PERFORM end_repaired(NEW.unit_id, NEW.dossier_id, NEW.system, NEW.correction->>'login', NEW.correction->>'say');
	RETURN NULL;
END $$;
CREATE TRIGGER correct_now AFTER UPDATE ON motcua.stream FOR EACH ROW
	WHEN (NEW.correction IS NOT NULL AND OLD.leased_until IS NOT NULL AND NEW.leased_until IS NULL)
	EXECUTE FUNCTION motcua.correct_now();

-- The systems a correction may go to, the one that works on the dossier first.
CREATE FUNCTION desk.correctable_systems(wanted bigint) RETURNS TABLE (system text, system_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT s.system, system_name(s.system) FROM dossier_mine(wanted) d JOIN stream s USING (unit_id, dossier_id)
	WHERE dossier_sent(s) IS NOT NULL ORDER BY (s.system = d.route_system) DESC, system_name(s.system) COLLATE vi
$$;

-- Puts the dossier right and sends it anew to these systems.  changes: {"owner": {"phone": …, "email": …,
-- "address": …, "name": …}, "submitter": the same, "summary": …}; a name is a supervisor's to correct.
-- Back come the systems that did not have these facts yet; message_id is NULL where the correction waits
-- for the end of what is being sent.
CREATE FUNCTION desk.correct(wanted bigint, to_systems text[], changes jsonb, reason text)
RETURNS TABLE (system text, message_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
	why text := left(btrim(coalesce(reason, '')), 500);
	facts jsonb;
	after jsonb;
	streams stream[] := '{}';
	bodies jsonb[] := '{}';
	fields text[] := '{}';
	s stream;
	sys text;
	say text;
BEGIN
	PERFORM check_that(jsonb_typeof(changes) = 'object', 'changes', 'Yêu cầu không đúng dạng.');
	PERFORM check_that(cardinality(to_systems) BETWEEN 1 AND 100, 'systems', 'Chọn ít nhất một hệ thống để gửi.');
	SELECT * INTO d FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id FOR UPDATE;
	facts := facts_with(d, changes);
	FOR sys IN SELECT DISTINCT w FROM unnest(to_systems) w ORDER BY w LOOP
		s := stream_mine(wanted, sys);
		IF dossier_sent(s) IS NULL THEN
			PERFORM refuse('MC006', 'Hệ thống này chưa được gửi hồ sơ nào để sửa.', format('no dossier message of %s to %s', wanted, sys));
		END IF;
		after := corrected(dossier_sent(s), facts);
		CONTINUE WHEN changed_fields(dossier_sent(s), after) = '{}';
		fields := fields || changed_fields(dossier_sent(s), after);
		streams := streams || s;
		bodies := bodies || after;
	END LOOP;
	PERFORM check_that(fields <> '{}', 'changes', 'Chưa sửa gì: nếu chỉ gửi lại, dùng phím gửi lại.');
	fields := ARRAY(SELECT f FROM unnest(fields) WITH ORDINALITY x(f, n) GROUP BY f ORDER BY min(n));
	IF fields && ARRAY['owner.name', 'submitter.name'] THEN
		PERFORM my_supervisor();
	END IF;
	PERFORM keep_correction(d, bodies[1]);
	say := format('Sửa %s', field_words(fields)) || CASE why WHEN '' THEN '' ELSE ': ' || why END
		|| CASE WHEN cardinality(streams) < 2 THEN '' ELSE format(' (gửi lại %s hệ thống)', cardinality(streams)) END;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, date_trunc('second', clock_timestamp()), 'correct', d.status, d.status, mine.login,
			mine.full_name, say);
	FOR nth IN 1..cardinality(streams) LOOP
		s := streams[nth];
		system := s.system;
		message_id := NULL;
		IF s.leased_until > now() THEN
			UPDATE stream x SET correction = jsonb_build_object('body', bodies[nth], 'say', say, 'login', mine.login),
				changed_at = clock_timestamp()
				WHERE x.unit_id = s.unit_id AND x.dossier_id = s.dossier_id AND x.system = s.system;
		ELSE
			message_id := supersede(s, bodies[nth], say);
			PERFORM end_repaired(d.unit_id, d.dossier_id, s.system, mine.login, say);
		END IF;
		PERFORM tell_travel(s);
		RETURN NEXT;
	END LOOP;
	PERFORM audit('correct', d.dossier_id, jsonb_build_object('systems', (SELECT jsonb_agg(x.system) FROM unnest(streams) x),
		'fields', fields, 'reason', why));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
END $$;

-- The same for one system; the id of the fresh message, NULL while the old one is being sent.
CREATE OR REPLACE FUNCTION desk.correct_and_resend(wanted bigint, to_system text, changes jsonb, reason text) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT c.message_id FROM desk.correct($1, ARRAY[$2], $3, $4) c
$$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.correct_now, motcua.supersede, motcua.journal, motcua.end_repaired, motcua.dossier_sent
	TO motcua_wire;
SELECT motcua.open_doors();
