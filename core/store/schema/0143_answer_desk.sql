-- SPDX-License-Identifier: Apache-2.0
-- What counters see of the other side's answers, and the tasks that come of them.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Supplements, fees, results, new dates of a dossier.
CREATE FUNCTION desk.dossier_parts(wanted bigint) RETURNS TABLE (part_id bigint, kind text, system text, system_name text,
	at timestamptz, said text, name text, result_code text, link text, amount bigint, until timestamptz,
	new_due timestamptz, settled boolean, file_id bigint, file_name text, file_size bigint, acked_at timestamptz, note text)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT p.part_id, p.kind, p.system, system_name(p.system), p.at, coalesce(p.facts->>'text', ''), coalesce(p.facts->>'name', ''),
		coalesce(p.facts->>'code', ''), coalesce(p.facts->>'link', ''), view_number(p.facts->'amount'),
		view_moment(p.facts->>'until'), view_moment(p.facts->>'new_due'), coalesce(p.facts->'done' = 'true', false),
		p.file_id, coalesce(f.name, ''), f.size, p.acked_at, p.note
	FROM dossier_mine(wanted) d JOIN answer_part p USING (unit_id, dossier_id)
		LEFT JOIN file f ON f.unit_id = p.unit_id AND f.file_id = p.file_id
	WHERE p.kind <> 'word' ORDER BY p.at, p.part_id
$$;

-- Their own words of a dossier, newest first: word and number of the status, sentence, raw text.
CREATE FUNCTION desk.dossier_words(wanted bigint) RETURNS TABLE (system text, system_name text, at timestamptz,
	kept_at timestamptz, status int, word text, said text, raw text, used boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	d dossier := dossier_mine(wanted);
BEGIN
	PERFORM audit_once('view', d.dossier_id, '{}');
	RETURN QUERY SELECT x.system, system_name(x.system), x.at, x.kept_at, x.status, x.word, x.said, x.raw, x.used FROM (
		SELECT a.system, a.at, a.kept_at, a.status::int AS status, a.word, a.text AS said, a.raw, a.applied AS used
		FROM answer a WHERE a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id AND (a.status <> 0 OR a.raw <> '')
		UNION ALL
		SELECT p.system, p.at, p.kept_at, NULL, p.facts->>'word', p.facts->>'text', coalesce(p.facts->>'raw', ''), false
		FROM answer_part p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id AND p.kind = 'word' AND NOT p.concluded
	) x ORDER BY x.at DESC, x.kept_at DESC LIMIT 200;
END $$;

-- Everything that waits for an officer, oldest first: kind says what it is, key which one.
CREATE FUNCTION desk.tasks(most int) RETURNS TABLE (problem_id bigint, dossier_id bigint, code text, system text,
	system_name text, at timestamptz, said text, kind text, key text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT p.problem_id, p.dossier_id, d.code, p.system, system_name(p.system), p.at, p.text, p.kind, p.key
	FROM me() m JOIN problem p ON p.unit_id = m.unit_id JOIN dossier d ON d.unit_id = p.unit_id AND d.dossier_id = p.dossier_id
	WHERE p.solved_at IS NULL ORDER BY p.at, p.problem_id LIMIT greatest(1, least(most, 1000))
$$;

-- An officer has done what was asked.  Refused messages are settled by sending again, foreign words by
-- saying what they mean.
CREATE FUNCTION desk.task_done(problem bigint, solution text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	p problem;
BEGIN
	SELECT * INTO p FROM problem x WHERE x.unit_id = mine.unit_id AND x.problem_id = task_done.problem AND x.solved_at IS NULL FOR UPDATE;
	IF p.problem_id IS NULL THEN
		PERFORM refuse('MC008', 'Việc này không còn trong danh sách.', format('no open problem %s', problem));
	END IF;
	PERFORM check_that(p.kind <> 'word', 'kind', 'Từ lạ cần người phụ trách xác định nghĩa.');
	PERFORM check_that(p.kind <> 'refused', 'kind', 'Hồ sơ bị từ chối: mở hồ sơ, sửa rồi gửi lại.');
	PERFORM check_that(btrim(coalesce(task_done.solution, '')) <> '', 'solution', 'Ghi đã làm gì.');
	UPDATE problem x SET solved_at = clock_timestamp(), solved_by = mine.login, solution = left(btrim(task_done.solution), 1000)
		WHERE x.unit_id = p.unit_id AND x.problem_id = p.problem_id;
	PERFORM audit('task_done', p.dossier_id, jsonb_build_object('kind', p.kind, 'system', p.system));
	PERFORM pg_notify('motcua_unit_' || p.unit_id, 'travel ' || p.dossier_id);
END $$;

-- What a foreign word means, for this unit, from now on and for all that waits for it.  status 0: it is
-- no status at all.
CREATE FUNCTION desk.map_word(from_system text, theirs text, means int, basis text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
	waiting int;
BEGIN
	PERFORM check_that(means BETWEEN 0 AND 10, 'status', 'Trạng thái từ 1 đến 10, hoặc 0 khi không phải trạng thái.');
	PERFORM check_that(btrim(coalesce(map_word.basis, '')) <> '', 'basis', 'Ghi căn cứ: văn bản, người bên kia trả lời.');
	PERFORM check_that(length(theirs) BETWEEN 1 AND 120 AND EXISTS (SELECT FROM systems s WHERE s.code = from_system),
		'word', 'Không có từ này.');
	INSERT INTO status_word AS w VALUES (mine.unit_id, from_system, theirs, means, left(btrim(map_word.basis), 500), mine.login)
	ON CONFLICT (unit_id, system, word) DO UPDATE SET status = means, basis = left(btrim(map_word.basis), 500),
		decided_by = mine.login, decided_at = clock_timestamp();
	UPDATE problem x SET solved_at = clock_timestamp(), solved_by = mine.login,
			solution = format('Nghĩa là %s: %s', means, left(btrim(map_word.basis), 500))
		WHERE x.unit_id = mine.unit_id AND x.system = from_system AND x.kind = 'word' AND x.key = theirs AND x.solved_at IS NULL;
	-- The courier concludes: it asks these dossiers first.
	UPDATE stream s SET ask_now = true, asked_at = NULL FROM answer_part p WHERE p.unit_id = mine.unit_id AND p.system = from_system
		AND p.kind = 'word' AND NOT p.concluded AND p.facts->>'word' = theirs
		AND s.unit_id = p.unit_id AND s.dossier_id = p.dossier_id AND s.system = p.system;
	GET DIAGNOSTICS waiting = ROW_COUNT;
	PERFORM audit('map_word', NULL, jsonb_build_object('system', from_system, 'word', theirs, 'status', means));
	PERFORM pg_notify('motcua_unit_' || mine.unit_id, 'travel 0');
	RETURN waiting;
END $$;

-- The words that were decided in this unit.
CREATE FUNCTION desk.status_words() RETURNS TABLE (system text, system_name text, word text, status int, basis text,
	decided_by text, decided_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT w.system, system_name(w.system), w.word, w.status::int, w.basis, name_of(w.decided_by), w.decided_at
	FROM me() m JOIN status_word w ON w.unit_id = m.unit_id ORDER BY w.system, w.word
$$;

-- Asks one system about a dossier before the others.
CREATE FUNCTION desk.ask_again(wanted bigint, of_system text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	d dossier := dossier_mine(wanted);
BEGIN
	UPDATE stream s SET ask_now = true, asked_at = NULL WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = of_system;
	IF NOT FOUND THEN
		PERFORM refuse('MC008', 'Hồ sơ không gửi tới hệ thống này.', format('no stream %s of %s', of_system, wanted));
	END IF;
	PERFORM audit('ask_again', d.dossier_id, jsonb_build_object('system', of_system));
END $$;

-- A dossier that went on needs no more of what it waited for.
CREATE FUNCTION motcua.waits_over() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	UPDATE motcua.problem x SET solved_at = clock_timestamp(), solved_by = session_user,
			solution = format('Hồ sơ chuyển từ trạng thái %s sang %s.', OLD.status, NEW.status)
		WHERE x.unit_id = NEW.unit_id AND x.dossier_id = NEW.dossier_id AND x.solved_at IS NULL
			AND x.kind = CASE OLD.status WHEN 5 THEN 'supplement' ELSE 'payment' END;
	RETURN NULL;
END $$;
CREATE TRIGGER waits_over AFTER UPDATE OF status ON motcua.dossier FOR EACH ROW
	WHEN (OLD.status IN (5, 6) AND NEW.status <> OLD.status) EXECUTE FUNCTION motcua.waits_over();

-- Their codes are found in any case of letters, whole or by their beginning.
ALTER TABLE motcua.alias ADD COLUMN upper_code text GENERATED ALWAYS AS (upper(foreign_code)) STORED;
CREATE INDEX alias_upper ON motcua.alias (unit_id, upper_code text_pattern_ops);

CREATE OR REPLACE FUNCTION motcua.find_code(unit bigint, query text, most int) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
	wanted text := upper(query);
BEGIN
	RETURN QUERY SELECT d.dossier_id FROM dossier d
		WHERE d.unit_id = unit AND d.code ~>=~ wanted AND d.code ~<~ beyond(wanted) ORDER BY d.code USING ~>~ LIMIT most;
	RETURN QUERY SELECT a.dossier_id FROM alias a
		WHERE a.unit_id = unit AND a.upper_code ~>=~ wanted AND a.upper_code ~<~ beyond(wanted) LIMIT most;
	-- The end of a code, as people read it out: "261120-7".
	IF query ~ '^[0-9]{6}-[0-9]{1,6}$' THEN
		wanted := (SELECT u.eid FROM unit u WHERE u.unit_id = unit) || '-' || split_part(query, '-', 1) || '-'
			|| lpad(split_part(query, '-', 2), greatest(4, length(split_part(query, '-', 2))), '0');
		RETURN QUERY SELECT d.dossier_id FROM dossier d WHERE d.unit_id = unit AND d.code = wanted;
	END IF;
END $$;

-- Ids of others look like nothing in particular: what was found by no other way may be one.
CREATE OR REPLACE FUNCTION desk.find(query text, by text, most int) RETURNS SETOF motcua.found
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	wanted text := regexp_replace(btrim(coalesce(query, '')), '\s+', ' ', 'g');
	kind text := coalesce(nullif(by, ''), query_kind(wanted));
	hidden boolean := kind IN ('id', 'phone');
	ids bigint[];
	limit_to int := greatest(1, least(coalesce(most, 50), 500));
	here text := (SELECT u.name FROM unit u WHERE u.unit_id = mine.unit_id);
BEGIN
	IF length(wanted) < 2 OR fold(wanted) = '' THEN
		RETURN;
	END IF;
	CASE kind
		WHEN 'code' THEN ids := ARRAY(SELECT find_code(mine.unit_id, wanted, limit_to));
		WHEN 'name' THEN ids := ARRAY(SELECT find_name(mine.unit_id, wanted, limit_to));
		WHEN 'id' THEN
			ids := ARRAY(SELECT find_number(mine.unit_id, wanted, limit_to));
			IF ids = '{}' AND coalesce(by, '') = '' THEN
				ids := ARRAY(SELECT find_phone(mine.unit_id, wanted, limit_to));
			END IF;
		WHEN 'phone' THEN ids := ARRAY(SELECT find_phone(mine.unit_id, wanted, limit_to));
		ELSE PERFORM refuse('MC005', 'Cách tìm không đúng.', 'find by ' || kind, 'by');
	END CASE;
	IF ids = '{}' AND coalesce(by, '') = '' AND kind <> 'code' AND wanted ~ '[0-9]' AND wanted !~ ' ' AND length(wanted) >= 4 THEN
		kind := 'code';
		ids := ARRAY(SELECT find_code(mine.unit_id, wanted, limit_to));
	END IF;
	PERFORM audit('find', NULL, jsonb_build_object('by', kind, 'query', CASE WHEN hidden
		THEN mask(wanted) ELSE wanted END, 'rows', cardinality(ids)));
	IF kind = 'name' THEN
		RETURN QUERY SELECT f.* FROM dossier d, found_of(d, here) f
			WHERE d.unit_id = mine.unit_id AND d.dossier_id = ANY (ids)
			ORDER BY (fold(d.owner_name) LIKE like_safe(fold(wanted)) || '%' OR given_first(fold(d.owner_name))
					LIKE like_safe(given_first(fold(wanted))) || '%') DESC,
				given_of(d.owner_name) COLLATE vi, family_of(d.owner_name) COLLATE vi, d.owner_name COLLATE vi,
				d.received_at DESC LIMIT limit_to;
	ELSE
		RETURN QUERY SELECT f.* FROM dossier d, found_of(d, here) f
			WHERE d.unit_id = mine.unit_id AND d.dossier_id = ANY (ids)
			ORDER BY d.received_at DESC, d.dossier_id DESC LIMIT limit_to;
	END IF;
END $$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.waits_over TO motcua_wire;
SELECT motcua.open_doors();
