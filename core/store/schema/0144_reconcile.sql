-- SPDX-License-Identifier: Apache-2.0
-- Our list against each system's: a run asks for theirs, in parts no longer than they give at once, and
-- keeps the differences alone.  A system that cannot list is said to be unreconciled, never to agree.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.reconcile_run (
	unit_id    bigint NOT NULL REFERENCES motcua.unit,
	run_id     bigint GENERATED ALWAYS AS IDENTITY,
	system     text NOT NULL,
	from_day   date NOT NULL,
	to_day     date NOT NULL,
	login      text NOT NULL,                 -- '' of the house, at night
	started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	ended_at   timestamptz,
	state      text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed')),
	note       text NOT NULL DEFAULT '',
	questions  bigint[] NOT NULL DEFAULT '{}',
	ours       int,
	theirs     int,
	PRIMARY KEY (unit_id, run_id),
	CHECK (from_day <= to_day)
);
CREATE INDEX reconcile_latest ON motcua.reconcile_run (unit_id, system, run_id DESC);
CREATE INDEX reconcile_waiting ON motcua.reconcile_run (unit_id) WHERE state = 'waiting';

CREATE TABLE motcua.reconcile_difference (
	unit_id       bigint NOT NULL,
	difference_id bigint GENERATED ALWAYS AS IDENTITY,
	run_id        bigint NOT NULL,
	system        text NOT NULL,
	kind          text NOT NULL CHECK (kind IN ('missing_there', 'missing_here', 'status', 'double')),
	code          text NOT NULL,              -- ours, theirs where we have none
	foreign_code  text NOT NULL DEFAULT '',
	dossier_id    bigint,
	our_status    smallint,
	their_status  smallint,                   -- NULL: a word without a meaning here
	their_word    text NOT NULL DEFAULT '',
	received_at   timestamptz,
	why           text NOT NULL DEFAULT '',   -- what we know of it
	state         text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'sent', 'asked', 'taken', 'explained')),
	login         text NOT NULL DEFAULT '',
	at            timestamptz,
	reason        text NOT NULL DEFAULT '',
	PRIMARY KEY (unit_id, difference_id),
	FOREIGN KEY (unit_id, run_id) REFERENCES motcua.reconcile_run
);
CREATE INDEX difference_run ON motcua.reconcile_difference (unit_id, run_id);

-- The days a system gives at once, as its profile says.
CREATE FUNCTION motcua.list_days(sys text) RETURNS int
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN greatest(1, least(31, coalesce((SELECT (h.profile->'poll'->>'window_hours')::int / 24 FROM system_state h
		WHERE h.system = sys), 5)));
END $$;

-- Begins a run; one that is under way for the same days is joined.
CREATE FUNCTION motcua.reconcile_start(unit bigint, sys text, from_day date, to_day date, asker text, patience interval)
RETURNS bigint
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
	id bigint;
	asked bigint[] := '{}';
	day date := from_day;
	u unit;
BEGIN
	PERFORM pg_advisory_xact_lock(hashtextextended('motcua.reconcile ' || sys, unit));
	SELECT r.run_id INTO id FROM reconcile_run r WHERE r.unit_id = unit AND r.system = sys AND r.state = 'waiting'
		AND r.from_day = from_day AND r.to_day = to_day LIMIT 1;
	IF id IS NOT NULL THEN
		RETURN id;
	END IF;
	SELECT * INTO u FROM unit x WHERE x.unit_id = unit;
	WHILE day <= to_day LOOP
		asked := asked || ask_system(unit, sys, 'list', jsonb_build_object('from', day::text,
				'to', least(to_day, day + list_days(sys) - 1)::text, 'unit', u.eid),
			'Đối soát hồ sơ', asker, NULL, patience);
		day := day + list_days(sys);
	END LOOP;
	INSERT INTO reconcile_run AS r (unit_id, system, from_day, to_day, login, questions)
		VALUES (unit, sys, from_day, to_day, asker, asked) RETURNING r.run_id INTO id;
	RETURN id;
END $$;

-- What the other side listed in a run, each with the dossier of ours that it is.
CREATE FUNCTION motcua.reconcile_theirs(r motcua.reconcile_run)
RETURNS TABLE (n bigint, code text, foreign_code text, status int, word text, received_at timestamptz, dossier_id bigint)
LANGUAGE sql STABLE AS $$
	SELECT t.n, t.code, t.foreign_code, t.status, t.word, t.received_at, coalesce(
		(SELECT d.dossier_id FROM dossier d WHERE d.unit_id = r.unit_id AND d.code IN (t.code, t.foreign_code) LIMIT 1),
		(SELECT a.dossier_id FROM alias a WHERE a.unit_id = r.unit_id AND a.system = r.system
			AND a.foreign_code IN (nullif(t.code, ''), nullif(t.foreign_code, '')) LIMIT 1))
	FROM (SELECT DISTINCT ON (left(coalesce(x->>'code', ''), 60), left(coalesce(x->>'foreign_code', ''), 60))
			left(coalesce(x->>'code', ''), 60) AS code, left(coalesce(x->>'foreign_code', ''), 60) AS foreign_code,
			q.question_id * 100000 + y.n AS n,
			coalesce(nullif(view_number(x->'status'), 0)::int, word_status(r.unit_id, r.system, left(x->>'word', 120))) AS status,
			left(coalesce(x->>'word', ''), 120) AS word, view_moment(x->>'received_at') AS received_at
		FROM question q, jsonb_array_elements(CASE WHEN jsonb_typeof(q.reply->'dossiers') = 'array' THEN q.reply->'dossiers' ELSE '[]' END) WITH ORDINALITY y(x, n)
		WHERE q.unit_id = r.unit_id AND q.question_id = ANY (r.questions)
		-- A list of changes tells a dossier more than once: its last line counts.
		ORDER BY 1, 2, q.question_id DESC, y.n DESC) t
	WHERE t.code <> '' OR t.foreign_code <> ''
$$;

-- Our dossiers of the days that this system should know.
CREATE FUNCTION motcua.reconcile_ours(r motcua.reconcile_run)
RETURNS TABLE (dossier_id bigint, code text, foreign_code text, status int, received_at timestamptz, why text, working boolean)
LANGUAGE sql STABLE AS $$
	SELECT d.dossier_id, d.code, s.foreign_code, d.status::int, d.received_at,
		CASE WHEN s.refused THEN 'bị từ chối: ' || left(s.note, 200) WHEN s.open AND NOT s.created_there THEN 'còn chờ gửi'
			WHEN s.open THEN 'còn tin chờ gửi' ELSE '' END, d.route_system = r.system
	FROM dossier d JOIN stream s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = r.system
	WHERE d.unit_id = r.unit_id AND d.received_at >= r.from_day::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
		AND d.received_at < (r.to_day + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
$$;

-- Writes the differences of a run whose lists have all come.
CREATE FUNCTION motcua.reconcile_compare(r motcua.reconcile_run) RETURNS void
LANGUAGE sql AS $$
	WITH theirs AS MATERIALIZED (
		SELECT * FROM reconcile_theirs(r)
	), ours AS MATERIALIZED (
		SELECT * FROM reconcile_ours(r)
	), one AS MATERIALIZED (
		SELECT DISTINCT ON (t.dossier_id) t.* FROM theirs t WHERE t.dossier_id IS NOT NULL ORDER BY t.dossier_id, t.n DESC
	), found AS (
		SELECT 'missing_there' AS kind, o.code, o.foreign_code, o.dossier_id, o.status AS our_status, NULL::int AS their_status,
			'' AS their_word, o.received_at, o.why
		FROM ours o WHERE NOT EXISTS (SELECT FROM one t WHERE t.dossier_id = o.dossier_id)
		UNION ALL
		SELECT 'missing_here', coalesce(nullif(t.code, ''), t.foreign_code), t.foreign_code, NULL, NULL, t.status, t.word, t.received_at, ''
		FROM theirs t WHERE t.dossier_id IS NULL
		UNION ALL
		SELECT 'status', d.code, coalesce(nullif(t.foreign_code, ''), o.foreign_code, ''), t.dossier_id, d.status, t.status, t.word, d.received_at,
			concat_ws('; ', nullif(o.why, ''), CASE WHEN NOT o.working THEN 'hệ thống chỉ được báo tin' END)
		FROM one t JOIN dossier d ON d.unit_id = r.unit_id AND d.dossier_id = t.dossier_id
			LEFT JOIN ours o ON o.dossier_id = t.dossier_id
		WHERE (t.status IS NULL AND t.word <> '') OR t.status <> d.status
		UNION ALL
		SELECT 'double', d.code, string_agg(coalesce(nullif(t.foreign_code, ''), t.code), ', ' ORDER BY t.n), d.dossier_id, d.status, NULL,
			'', d.received_at, format('%s bản ghi bên kia', count(*))
		FROM theirs t JOIN dossier d ON d.unit_id = r.unit_id AND d.dossier_id = t.dossier_id
		GROUP BY d.unit_id, d.dossier_id HAVING count(*) > 1
	), kept AS (
		INSERT INTO reconcile_difference AS x (unit_id, run_id, system, kind, code, foreign_code, dossier_id, our_status,
			their_status, their_word, received_at, why, state, login, at, reason)
		SELECT r.unit_id, r.run_id, r.system, f.kind, f.code, f.foreign_code, f.dossier_id, f.our_status, f.their_status,
			f.their_word, f.received_at, f.why, coalesce(b.state, 'open'), coalesce(b.login, ''), b.at, coalesce(b.reason, '')
		FROM found f LEFT JOIN LATERAL (
			-- What was explained, or is somebody's, stays so while it is the same difference.
			SELECT p.* FROM reconcile_difference p WHERE p.unit_id = r.unit_id AND p.system = r.system AND p.run_id < r.run_id
				AND p.kind = f.kind AND p.code = f.code AND p.their_status IS NOT DISTINCT FROM f.their_status
				AND p.our_status IS NOT DISTINCT FROM f.our_status AND p.state IN ('explained', 'taken')
			ORDER BY p.run_id DESC LIMIT 1) b ON true
		RETURNING x.difference_id
	)
	UPDATE reconcile_run x SET state = 'done', ended_at = clock_timestamp(), note = '',
		ours = (SELECT count(*) FROM ours), theirs = (SELECT count(*) FROM theirs)
	WHERE x.unit_id = r.unit_id AND x.run_id = r.run_id
$$;

-- A list has come, or will not come: the run ends with the last of its questions.
CREATE FUNCTION motcua.reconcile_heard() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	r reconcile_run;
	bad question;
BEGIN
	SELECT * INTO r FROM reconcile_run x WHERE x.unit_id = NEW.unit_id AND x.state = 'waiting'
		AND NEW.question_id = ANY (x.questions) FOR UPDATE;
	IF r.run_id IS NULL THEN
		RETURN NULL;
	END IF;
	SELECT * INTO bad FROM question q WHERE q.unit_id = r.unit_id AND q.question_id = ANY (r.questions)
		AND (q.state = 'failed' OR (q.state = 'answered' AND q.reply->'whole' IS DISTINCT FROM 'true'))
		ORDER BY q.question_id LIMIT 1;
	IF bad.question_id IS NOT NULL THEN
		UPDATE reconcile_run x SET state = 'failed', ended_at = clock_timestamp(), note = coalesce(nullif(bad.note, ''),
			CASE bad.state WHEN 'answered' THEN 'Danh sách bên kia đưa không đầy đủ.' ELSE 'Hệ thống bên kia không trả lời.' END)
			WHERE x.unit_id = r.unit_id AND x.run_id = r.run_id;
	ELSIF NOT EXISTS (SELECT FROM question q WHERE q.unit_id = r.unit_id AND q.question_id = ANY (r.questions) AND q.state = 'waiting') THEN
		PERFORM reconcile_compare(r);
	ELSE
		RETURN NULL;
	END IF;
	PERFORM pg_notify('motcua_unit_' || r.unit_id, 'reconcile ' || r.run_id);
	RETURN NULL;
END $$;
CREATE TRIGGER reconcile_heard AFTER UPDATE OF state ON motcua.question FOR EACH ROW
	WHEN (NEW.kind = 'list' AND NEW.state <> 'waiting' AND OLD.state = 'waiting') EXECUTE FUNCTION motcua.reconcile_heard();

-- Has the unit closed for the day?  Without shifts of that weekday: from 17:00 on.
CREATE FUNCTION motcua.closed_today(unit_code text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
	here timestamp := local(now());
BEGIN
	RETURN here::time >= coalesce((SELECT max(s.closes) FROM shifts s WHERE s.unit_code = closed_today.unit_code
		AND s.ended IS NULL AND s.working AND s.weekday = extract(isodow FROM here)
		AND (s.valid_from IS NULL OR s.valid_from <= here::date) AND (s.valid_to IS NULL OR s.valid_to >= here::date)), '17:00');
END $$;

-- The runs of the night: every system that was sent something in the last month, once a day.
CREATE FUNCTION motcua.reconcile_night() RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	one record;
	today date := local(now())::date;
	begun int := 0;
BEGIN
	IF NOT pg_try_advisory_xact_lock(hashtextextended('motcua.night', 0)) THEN
		RETURN 0;
	END IF;
	FOR one IN SELECT u.unit_id, c.code AS system FROM unit u CROSS JOIN systems c
			WHERE c.ended IS NULL AND c.family <> 'manual' AND closed_today(u.code)
				AND NOT EXISTS (SELECT FROM reconcile_run r WHERE r.unit_id = u.unit_id AND r.system = c.code AND r.login = ''
					AND r.started_at >= today::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')
				AND EXISTS (SELECT FROM dossier d JOIN stream s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id
					AND s.system = c.code WHERE d.unit_id = u.unit_id AND d.received_at >= now() - interval '7 days')
			LIMIT 200 LOOP
		PERFORM reconcile_start(one.unit_id, one.system, today - 6, today, '', interval '6 hours');
		begun := begun + 1;
	END LOOP;
	RETURN begun;
END $$;

RESET ROLE;
SELECT motcua.guard('{reconcile_run,reconcile_difference}', 'SELECT, INSERT, UPDATE');
GRANT SELECT ON motcua.shifts TO motcua_wire;
DROP POLICY IF EXISTS wire ON motcua.shifts;
CREATE POLICY wire ON motcua.shifts FOR SELECT TO motcua_wire USING ((SELECT motcua.is_courier()));
GRANT EXECUTE ON FUNCTION motcua.list_days, motcua.reconcile_start, motcua.reconcile_theirs, motcua.reconcile_ours,
	motcua.reconcile_compare, motcua.reconcile_heard, motcua.closed_today, motcua.reconcile_night, motcua.ask_system TO motcua_wire;

SET ROLE motcua_wire;

-- Housekeeping, any time: months ahead, the journal cut at its term, words that were decided, the lists
-- of the night.
CREATE OR REPLACE FUNCTION wire.tend() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	p record;
BEGIN
	PERFORM make_months();
	PERFORM drop_months();
	FOR p IN SELECT DISTINCT x.unit_id, x.dossier_id, x.system FROM answer_part x JOIN status_word w
			ON w.unit_id = x.unit_id AND w.system = x.system AND w.word = x.facts->>'word'
			WHERE x.kind = 'word' AND NOT x.concluded LIMIT 500 LOOP
		PERFORM hear_words(p.unit_id, p.dossier_id, p.system);
	END LOOP;
	PERFORM reconcile_night();
END $$;

RESET ROLE;
SELECT motcua.open_doors();
