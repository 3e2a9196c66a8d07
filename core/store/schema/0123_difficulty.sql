-- SPDX-License-Identifier: Apache-2.0
-- Phiếu vướng mắc: what a clerk could not do, with the system, procedure, dossier and error it was
-- about, numbered per unit and year; and the outages beside them, for the weekly and monthly report.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.difficulty_sequence (
	unit_id  bigint NOT NULL REFERENCES motcua.unit,
	year     int NOT NULL,
	last     int NOT NULL,
	PRIMARY KEY (unit_id, year)
);

CREATE TABLE motcua.difficulty (
	unit_id        bigint NOT NULL REFERENCES motcua.unit,
	difficulty_id  bigint GENERATED ALWAYS AS IDENTITY,
	request_id     uuid NOT NULL,
	year           int NOT NULL,
	seq            int NOT NULL,
	at             timestamptz NOT NULL,
	login          text NOT NULL,
	counter_code   text NOT NULL DEFAULT '',
	screen         text NOT NULL DEFAULT '',      -- where it was written
	system         text NOT NULL DEFAULT '',
	procedure_code text NOT NULL DEFAULT '',
	dossier_id     bigint,
	error          text NOT NULL DEFAULT '',      -- what the program or the other side said
	words          text NOT NULL,                 -- what the clerk says
	state          text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'reported', 'answered', 'done')),
	state_at       timestamptz NOT NULL,
	PRIMARY KEY (unit_id, difficulty_id),
	UNIQUE (unit_id, year, seq),
	UNIQUE (unit_id, request_id),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE INDEX difficulty_at ON motcua.difficulty (unit_id, at DESC);

-- What became of it: to whom it was reported, what they answered.
CREATE TABLE motcua.difficulty_step (
	unit_id       bigint NOT NULL,
	difficulty_id bigint NOT NULL,
	at            timestamptz NOT NULL DEFAULT clock_timestamp(),
	login         text NOT NULL,
	from_state    text NOT NULL,
	to_state      text NOT NULL,
	note          text NOT NULL DEFAULT '',
	PRIMARY KEY (unit_id, difficulty_id, at),
	FOREIGN KEY (unit_id, difficulty_id) REFERENCES motcua.difficulty
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.difficulty_step
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- request: {"request_id": uuid, "counter", "screen", "system", "procedure", "dossier_id": number or null,
-- "error", "words"}; the same request again gives the same slip.
CREATE FUNCTION desk.difficulty_add(request jsonb) RETURNS TABLE (difficulty_id bigint, number text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	request_uuid uuid := (request->>'request_id')::uuid;
	moment timestamptz := clock_timestamp();
	in_year int := extract(year FROM local(moment));
	about bigint := (request->>'dossier_id')::bigint;
	fresh int;
	made difficulty;
BEGIN
	PERFORM check_size(request);
	PERFORM check_that(request_uuid IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM check_that(btrim(coalesce(request->>'words', '')) <> '', 'words', 'Ghi vướng mắc là gì.');
	PERFORM check_that(length(request->>'words') <= 4000, 'words', 'Phần ghi dài quá 4000 chữ.');
	PERFORM check_that(coalesce(request->>'system', '') IN ('') OR EXISTS (SELECT FROM systems s WHERE s.code = request->>'system'),
		'system', 'Danh mục không có hệ thống này.');
	PERFORM check_that(coalesce(request->>'procedure', '') = '' OR EXISTS (SELECT FROM procedures p
		WHERE p.code = request->>'procedure'), 'procedure', 'Danh mục không có thủ tục này.');
	IF about IS NOT NULL THEN
		PERFORM dossier_mine(about);
	END IF;
	PERFORM pg_advisory_xact_lock(hashtextextended(request_uuid::text, mine.unit_id));
	SELECT * INTO made FROM difficulty d WHERE d.unit_id = mine.unit_id AND d.request_id = request_uuid;
	IF made.difficulty_id IS NULL THEN
		INSERT INTO difficulty_sequence AS q VALUES (mine.unit_id, in_year, 1)
			ON CONFLICT ON CONSTRAINT difficulty_sequence_pkey DO UPDATE SET last = q.last + 1 RETURNING q.last INTO fresh;
		INSERT INTO difficulty (unit_id, request_id, year, seq, at, login, counter_code, screen, system, procedure_code,
			dossier_id, error, words, state_at)
		VALUES (mine.unit_id, request_uuid, in_year, fresh, moment, mine.login, left(coalesce(request->>'counter', ''), 12),
			left(coalesce(request->>'screen', ''), 40), coalesce(request->>'system', ''), coalesce(request->>'procedure', ''),
			about, left(coalesce(request->>'error', ''), 2000), btrim(request->>'words'), moment)
		RETURNING * INTO made;
		PERFORM audit('difficulty', about, jsonb_build_object('number', made.seq || '/' || made.year));
		PERFORM pg_notify('motcua_unit_' || mine.unit_id, 'difficulty ' || made.difficulty_id);
	END IF;
	RETURN QUERY SELECT made.difficulty_id, made.seq || '/' || made.year;
END $$;

CREATE FUNCTION desk.difficulty_move(wanted bigint, to_state text, note text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	d difficulty;
BEGIN
	SELECT * INTO d FROM difficulty x WHERE x.unit_id = mine.unit_id AND x.difficulty_id = wanted FOR UPDATE;
	IF d.difficulty_id IS NULL THEN
		PERFORM refuse('MC008', 'Đơn vị không có phiếu vướng mắc này.', format('no difficulty %s', wanted));
	END IF;
	PERFORM check_that(to_state IN ('new', 'reported', 'answered', 'done'), 'state', 'Không có tình trạng này.');
	PERFORM check_that(to_state = 'new' OR btrim(coalesce(note, '')) <> '', 'note',
		CASE to_state WHEN 'reported' THEN 'Ghi đã báo cho ai.' WHEN 'answered' THEN 'Ghi họ trả lời thế nào.'
			ELSE 'Ghi đã xong ra sao.' END);
	UPDATE difficulty x SET state = to_state, state_at = clock_timestamp()
		WHERE x.unit_id = d.unit_id AND x.difficulty_id = d.difficulty_id;
	INSERT INTO difficulty_step (unit_id, difficulty_id, login, from_state, to_state, note)
		VALUES (d.unit_id, d.difficulty_id, mine.login, d.state, to_state, left(btrim(coalesce(note, '')), 2000));
	PERFORM audit('difficulty_move', d.dossier_id, jsonb_build_object('number', d.seq || '/' || d.year, 'from', d.state, 'to', to_state));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'difficulty ' || d.difficulty_id);
END $$;

CREATE FUNCTION motcua.name_of_system(wanted text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN coalesce((SELECT s.name FROM systems s WHERE s.code = wanted AND s.ended IS NULL
		ORDER BY s.unit_id NULLS LAST LIMIT 1), wanted);
END $$;

-- The slips of a time, both days counted; open ones of before, too, where all is wanted (from_day NULL).
CREATE FUNCTION desk.difficulties(from_day date, to_day date, most int) RETURNS TABLE (difficulty_id bigint, number text,
	at timestamptz, by_name text, counter text, system text, system_name text, procedure_code text, procedure_name text,
	dossier_id bigint, code text, error text, words text, state text, state_at timestamptz, last_note text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT d.difficulty_id, d.seq || '/' || d.year, d.at, name_of(d.login), d.counter_code, d.system,
		CASE d.system WHEN '' THEN '' ELSE name_of_system(d.system) END, d.procedure_code,
		coalesce((SELECT p.name FROM procedures p WHERE p.code = d.procedure_code ORDER BY p.ended DESC NULLS FIRST LIMIT 1), ''),
		d.dossier_id, coalesce(x.code, ''), d.error, d.words, d.state, d.state_at,
		coalesce((SELECT t.note FROM difficulty_step t WHERE t.unit_id = d.unit_id AND t.difficulty_id = d.difficulty_id
			AND t.note <> '' ORDER BY t.at DESC LIMIT 1), '')
	FROM me() m JOIN difficulty d ON d.unit_id = m.unit_id
	LEFT JOIN dossier x ON x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id
	WHERE (from_day IS NULL AND d.state <> 'done') OR (d.at >= from_day::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
		AND d.at < (to_day + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')
	ORDER BY d.at DESC LIMIT greatest(1, least(most, 5000))
$$;

CREATE FUNCTION desk.difficulty_steps(wanted bigint) RETURNS TABLE (at timestamptz, by_name text, from_state text,
	to_state text, note text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT t.at, name_of(t.login), t.from_state, t.to_state, t.note
	FROM me() m JOIN difficulty_step t ON t.unit_id = m.unit_id AND t.difficulty_id = wanted ORDER BY t.at
$$;

-- Outages that touch a time, of the systems my unit has to do with; from_day NULL: those not over.
-- dossiers: of my unit, that waited (as they stand now where it is not over).
CREATE FUNCTION desk.outages(from_day date, to_day date, most int) RETURNS TABLE (outage_id bigint, system text,
	system_name text, class text, cause text, from_at timestamptz, to_at timestamptz, dossiers int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT o.outage_id, o.system, name_of_system(o.system), o.class, o.cause, o.from_at, o.to_at,
		coalesce(CASE WHEN o.to_at IS NOT NULL THEN (SELECT w.dossiers FROM outage_wait w
				WHERE w.unit_id = m.unit_id AND w.outage_id = o.outage_id)
			ELSE (SELECT w.dossiers FROM outage_waiting(o.system, o.from_at) w WHERE w.unit_id = m.unit_id) END, 0)
	FROM me() m CROSS JOIN outage o
	WHERE o.system IN (SELECT c.code FROM my_systems(m) c)
		AND CASE WHEN from_day IS NULL THEN o.to_at IS NULL
			ELSE o.from_at < (to_day + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
				AND coalesce(o.to_at, 'infinity') >= from_day::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' END
	ORDER BY o.from_at DESC LIMIT greatest(1, least(most, 5000))
$$;

RESET ROLE;
SELECT motcua.guard('{difficulty_sequence,difficulty,difficulty_step}', '');
SELECT motcua.open_doors();
