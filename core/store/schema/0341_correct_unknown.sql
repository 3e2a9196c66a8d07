-- SPDX-License-Identifier: Apache-2.0
-- A correction never wipes out that nobody knows whether the last message arrived: it waits until that is
-- known, as it waits for what is being sent.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- What waits at the head is on its way, or may have arrived: it comes to its end before anything takes its
-- place.  What a hand types is asked of nobody.
CREATE FUNCTION motcua.must_wait(s motcua.stream) RETURNS boolean
LANGUAGE sql STABLE AS $$
	SELECT coalesce(s.leased_until > now(), false) OR (s.head <= s.tail AND (s.ask_first OR s.begun) AND NOT EXISTS (
		SELECT FROM systems x WHERE x.code = s.system AND x.ended IS NULL AND x.family = 'manual'))
$$;

-- As in 0201, but for what must be waited for.
CREATE OR REPLACE FUNCTION desk.correct(wanted bigint, to_systems text[], changes jsonb, reason text)
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
		IF must_wait(s) THEN
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

DROP TRIGGER correct_now ON motcua.stream;
CREATE TRIGGER correct_now AFTER UPDATE ON motcua.stream FOR EACH ROW
	WHEN (NEW.correction IS NOT NULL AND NEW.leased_until IS NULL AND NOT NEW.ask_first AND NOT NEW.begun
		AND (OLD.leased_until IS NOT NULL OR OLD.ask_first OR OLD.begun))
	EXECUTE FUNCTION motcua.correct_now();

RESET ROLE;
SELECT motcua.open_doors();
