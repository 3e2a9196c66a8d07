-- SPDX-License-Identifier: Apache-2.0
-- Systems that call us instead of being asked: what they say goes the way of every answer, kept before
-- they hear that it was; a dossier or a call that nobody knows here is a task.

SET LOCAL search_path = motcua, pg_temp;

ALTER TABLE motcua.problem DROP CONSTRAINT problem_kind_check;
ALTER TABLE motcua.problem ADD CONSTRAINT problem_kind_check CHECK (kind IN ('refused', 'disagreed', 'supplement',
	'payment', 'extension', 'result', 'word', 'missing', 'silent', 'notice'));

SET ROLE motcua_owner;

-- Every call with a good key, once, however often it was repeated.
CREATE TABLE motcua.called_in (
	call_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	system     text NOT NULL,
	call       text NOT NULL,
	unit_id    bigint,
	dossier_id bigint,
	code       text NOT NULL DEFAULT '',
	digest     bytea NOT NULL,             -- of call and body
	outcome    text NOT NULL CHECK (outcome IN ('news', 'known', 'stranger')),
	at         timestamptz NOT NULL DEFAULT clock_timestamp(),
	last_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
	times      int NOT NULL DEFAULT 1,
	body       text NOT NULL DEFAULT ''    -- masked, its first 4 KB; of strangers nothing
);
CREATE INDEX called_in_said ON motcua.called_in (system, digest, at);
CREATE INDEX called_in_at ON motcua.called_in (at);

-- Dossiers they speak of and nobody here has.
CREATE TABLE motcua.stranger (
	unit_id      bigint NOT NULL REFERENCES motcua.unit,
	stranger_id  bigint GENERATED ALWAYS AS IDENTITY,
	system       text NOT NULL,
	code         text NOT NULL,
	foreign_code text NOT NULL,
	call         text NOT NULL,
	at           timestamptz NOT NULL DEFAULT clock_timestamp(),
	last_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
	times        int NOT NULL DEFAULT 1,
	solved_at    timestamptz,
	solved_by    text,
	solution     text,
	PRIMARY KEY (unit_id, stranger_id)
);
CREATE UNIQUE INDEX stranger_once ON motcua.stranger (unit_id, system, code, foreign_code) WHERE solved_at IS NULL;

-- Calls that were turned away at the door, by day; system '': none of ours.
CREATE TABLE motcua.call_refused (
	system  text NOT NULL,
	day     date NOT NULL,
	times   bigint NOT NULL,
	last_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	PRIMARY KEY (system, day)
);

-- What is kept of a body names nobody who stands in the dossier.
CREATE FUNCTION motcua.hide_people(d motcua.dossier, said text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
	one text;
BEGIN
	FOR one IN SELECT DISTINCT w.word FROM (SELECT x.payload FROM message x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id
				AND x.kind = 'dossier' ORDER BY x.message_id DESC LIMIT 1) m
			CROSS JOIN unnest('{owner,submitter}'::text[]) who CROSS JOIN unnest('{name,id_number,phone,email,address}'::text[]) what
			CROSS JOIN LATERAL (VALUES (m.payload->who->>what)) w(word) WHERE length(w.word) >= 3 LOOP
		said := regexp_replace(said, '***=' || one, '•••', 'gi');
	END LOOP;
	RETURN said;
END $$;

-- Whose dossier a code would be; NULL: of nobody here.
CREATE FUNCTION motcua.unit_of_code(code text) RETURNS bigint
LANGUAGE sql STABLE AS $$
	SELECT coalesce((SELECT u.unit_id FROM motcua.unit u WHERE u.eid = split_part($1, '-', 1)),
		(SELECT min(u.unit_id) FROM motcua.unit u HAVING count(*) = 1))
$$;

-- Kept once for its unit's list of tasks.
CREATE FUNCTION motcua.strange_call(sys text, call text, our_code text, their_code text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	unit bigint := unit_of_code(our_code);
BEGIN
	IF unit IS NOT NULL THEN
		INSERT INTO stranger AS s (unit_id, system, code, foreign_code, call) VALUES (unit, sys, our_code, their_code, call)
			ON CONFLICT (unit_id, system, code, foreign_code) WHERE solved_at IS NULL
			DO UPDATE SET times = s.times + 1, last_at = clock_timestamp();
		PERFORM pg_notify('motcua_unit_' || unit, 'travel 0');
	END IF;
END $$;

RESET ROLE;
SELECT motcua.guard('{called_in,stranger,call_refused}', 'SELECT, INSERT, UPDATE, DELETE');
GRANT EXECUTE ON FUNCTION motcua.hide_people, motcua.unit_of_code, motcua.strange_call TO motcua_wire;

SET ROLE motcua_wire;

-- One call: view as wire.told takes it; notice: what is no status and no request, for an officer to read;
-- body: the whole of it, told apart by its digest, kept masked.  The same words within a day are one call.
-- news: something of it was new; known; stranger: no dossier of this system's.
CREATE FUNCTION wire.called(sys text, call text, our_code text, their_code text, view jsonb, notice text, body text,
	masked text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_variable
DECLARE
	d dossier := dossier_told(sys, our_code, their_code);
	said bytea := sha256(convert_to(call || E'\n' || body, 'UTF8'));
	name text := left(call, 60);
	ours text := left(our_code, 60);
	kept text := '';
	what text;
BEGIN
	-- They may speak of what was sent to them, of nothing else.
	IF NOT EXISTS (SELECT FROM stream s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = sys) THEN
		d := NULL;
	END IF;
	UPDATE called_in c SET times = c.times + 1, last_at = clock_timestamp() WHERE c.call_id = (SELECT max(x.call_id) FROM called_in x
		WHERE x.system = sys AND x.digest = said AND x.at > now() - interval '1 day') AND (c.outcome = 'stranger') = (d.unit_id IS NULL);
	IF FOUND AND d.unit_id IS NOT NULL THEN
		RETURN 'known';
	END IF;
	IF d.unit_id IS NULL THEN
		PERFORM strange_call(sys, name, ours, left(their_code, 60));
		what := 'stranger';
	ELSE
		kept := left(hide_people(d, masked), 4096);
		what := CASE WHEN wire.told_all(jsonb_build_array(jsonb_build_object('system', sys, 'code', d.code, 'view',
			view || jsonb_build_object('raw', kept)))) > 0 THEN 'news' ELSE 'known' END;
	END IF;
	IF d.unit_id IS NOT NULL AND notice <> '' THEN
		INSERT INTO problem (unit_id, dossier_id, system, kind, key, text) VALUES (d.unit_id, d.dossier_id, sys, 'notice',
			encode(said, 'hex'), left(system_name(sys) || ' ' || notice, 1000)) ON CONFLICT DO NOTHING;
		PERFORM pg_notify('motcua_unit_' || d.unit_id, 'travel ' || d.dossier_id);
		what := 'news';
	END IF;
	INSERT INTO called_in (system, call, unit_id, dossier_id, code, digest, outcome, body)
		SELECT sys, name, d.unit_id, d.dossier_id, coalesce(d.code, ours), said, what,
			kept
		WHERE NOT (what = 'stranger' AND EXISTS (SELECT FROM called_in x WHERE x.system = sys AND x.digest = said
			AND x.outcome = 'stranger' AND x.at > now() - interval '1 day'));
	-- The journal has an end, a few rows at a time.
	DELETE FROM called_in c WHERE c.call_id IN (SELECT x.call_id FROM called_in x
		WHERE x.at < now() - interval '12 months' ORDER BY x.at LIMIT 20);
	RETURN what;
END $$;

-- lines: [{system, times}] since the last time.
CREATE FUNCTION wire.turned_away(lines jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	INSERT INTO call_refused AS r (system, day, times)
	SELECT coalesce((SELECT s.code FROM systems s WHERE s.code = x->>'system' LIMIT 1), ''), local(now())::date, sum((x->>'times')::bigint)
	FROM jsonb_array_elements(lines) x GROUP BY 1
	ON CONFLICT (system, day) DO UPDATE SET times = r.times + excluded.times, last_at = clock_timestamp()
$$;

RESET ROLE;
SET ROLE motcua_owner;

-- As in 0143, with the dossiers that nobody has here: problem_id below 0, dossier_id 0.
CREATE OR REPLACE FUNCTION desk.tasks(most int) RETURNS TABLE (problem_id bigint, dossier_id bigint, code text, system text,
	system_name text, at timestamptz, said text, kind text, key text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT x.problem_id, x.dossier_id, x.code, x.system, system_name(x.system), x.at, x.text, x.kind, x.key FROM (
		SELECT p.problem_id, p.dossier_id, d.code, p.system, p.at, p.text, p.kind, p.key
		FROM me() m JOIN problem p ON p.unit_id = m.unit_id JOIN dossier d ON d.unit_id = p.unit_id AND d.dossier_id = p.dossier_id
		WHERE p.solved_at IS NULL
		UNION ALL
		SELECT -s.stranger_id, 0, coalesce(nullif(s.code, ''), s.foreign_code), s.system, s.at,
			format('%s báo tin “%s” về hồ sơ %s mà nơi đây không gửi cho họ (%s lần, gần nhất %s)', system_name(s.system), s.call,
				concat_ws(' / ', nullif(s.code, ''), nullif(s.foreign_code, '')), s.times, say_moment(s.last_at)), 'stranger', ''
		FROM me() m JOIN stranger s ON s.unit_id = m.unit_id WHERE s.solved_at IS NULL) x
	ORDER BY x.at, x.problem_id LIMIT greatest(1, least(most, 1000))
$$;

-- As in 0143; a stranger is done with when somebody has found out whose it is.
CREATE OR REPLACE FUNCTION desk.task_done(problem bigint, solution text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	p problem;
	who text;
BEGIN
	PERFORM check_that(btrim(coalesce(task_done.solution, '')) <> '', 'solution', 'Ghi đã làm gì.');
	IF problem < 0 THEN
		UPDATE stranger x SET solved_at = clock_timestamp(), solved_by = mine.login, solution = left(btrim(task_done.solution), 1000)
			WHERE x.unit_id = mine.unit_id AND x.stranger_id = -task_done.problem AND x.solved_at IS NULL RETURNING x.system INTO who;
		IF NOT FOUND THEN
			PERFORM refuse('MC008', 'Việc này không còn trong danh sách.', format('no open stranger %s', -problem));
		END IF;
		PERFORM audit('task_done', NULL, jsonb_build_object('kind', 'stranger', 'system', who));
		PERFORM pg_notify('motcua_unit_' || mine.unit_id, 'travel 0');
		RETURN;
	END IF;
	SELECT * INTO p FROM problem x WHERE x.unit_id = mine.unit_id AND x.problem_id = task_done.problem AND x.solved_at IS NULL FOR UPDATE;
	IF p.problem_id IS NULL THEN
		PERFORM refuse('MC008', 'Việc này không còn trong danh sách.', format('no open problem %s', problem));
	END IF;
	PERFORM check_that(p.kind <> 'word', 'kind', 'Từ lạ cần người phụ trách xác định nghĩa.');
	PERFORM check_that(p.kind <> 'refused', 'kind', 'Hồ sơ bị từ chối: mở hồ sơ, sửa rồi gửi lại.');
	UPDATE problem x SET solved_at = clock_timestamp(), solved_by = mine.login, solution = left(btrim(task_done.solution), 1000)
		WHERE x.unit_id = p.unit_id AND x.problem_id = p.problem_id;
	PERFORM audit('task_done', p.dossier_id, jsonb_build_object('kind', p.kind, 'system', p.system));
	PERFORM pg_notify('motcua_unit_' || p.unit_id, 'travel ' || p.dossier_id);
END $$;

-- Who called my unit: calls taken today, the last of all; what was turned away today at the door (of nobody's unit).
CREATE FUNCTION desk.callers() RETURNS TABLE (system text, taken int, last_at timestamptz, refused bigint, refused_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT c.code, coalesce(t.taken, 0)::int, t.last_at, coalesce(r.times, 0), r.last_at
	FROM me() m CROSS JOIN LATERAL my_systems(m) c
	CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE x.at >= date_trunc('day', local(now())) AT TIME ZONE 'Asia/Ho_Chi_Minh') AS taken,
			max(x.last_at) AS last_at
		FROM called_in x WHERE x.unit_id = m.unit_id AND x.system = c.code AND x.at > now() - interval '30 days') t
	LEFT JOIN call_refused r ON r.system = c.code AND r.day = local(now())::date
	WHERE t.last_at IS NOT NULL OR r.times IS NOT NULL
$$;

RESET ROLE;
SELECT motcua.open_doors();
