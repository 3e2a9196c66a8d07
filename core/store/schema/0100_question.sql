-- SPDX-License-Identifier: Apache-2.0
-- What every system needs beyond one kind of message: its memory of a dossier, the files of a
-- message, and questions that belong to no dossier's stream (look-ups, rights, lists).

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- What the other side told while a dossier was prepared: a reserved number, ids of uploaded files.
ALTER TABLE motcua.stream ADD COLUMN memory jsonb NOT NULL DEFAULT '{}';

-- A question to a system.  It is asked while somebody waits for it, so unlike a message it has a
-- horizon: after give_up_at nobody asks any more, and the row says so.
CREATE TABLE motcua.question (
	unit_id      bigint NOT NULL REFERENCES motcua.unit,
	question_id  bigint GENERATED ALWAYS AS IDENTITY,
	system       text NOT NULL,
	kind         text NOT NULL CHECK (kind IN ('lookup', 'rights', 'list')),
	dossier_id   bigint,
	login        text NOT NULL,               -- who asked; '' for the house itself
	purpose      text NOT NULL,               -- what the law wants written down with a look-up
	body         jsonb NOT NULL,
	asked_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
	give_up_at   timestamptz NOT NULL,
	state        text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'answered', 'failed')),
	attempts     int NOT NULL DEFAULT 0,
	next_at      timestamptz NOT NULL DEFAULT now(),
	leased_by    text,
	leased_until timestamptz,
	fence        bigint NOT NULL DEFAULT 0,
	answered_at  timestamptz,
	reply        jsonb,                       -- as read by the connector, never their raw words alone
	note         text NOT NULL DEFAULT '',    -- why it failed, for the clerk
	PRIMARY KEY (unit_id, question_id)
);
CREATE INDEX question_by_id ON motcua.question (question_id);
CREATE INDEX question_due ON motcua.question (system, next_at) WHERE state = 'waiting';
CREATE INDEX question_kind ON motcua.question (unit_id, kind, asked_at DESC);

-- Writes a question and hints; the counter hears "question <id>" when there is an answer.
CREATE FUNCTION motcua.ask_system(unit bigint, sys text, what text, body jsonb, purpose text,
	asker text, dossier bigint, patience interval) RETURNS bigint
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	id bigint;
BEGIN
	INSERT INTO question (unit_id, system, kind, dossier_id, login, purpose, body, give_up_at)
	VALUES (unit, sys, what, dossier, asker, purpose, body, clock_timestamp() + patience)
	RETURNING question_id INTO id;
	PERFORM pg_notify('motcua_outbox', '?' || sys);
	RETURN id;
END $$;

RESET ROLE;

-- Row security of a table of a later file, as 0009_policies has it for the first ones; rights: what
-- couriers may do with it ('' nothing, 'SELECT, INSERT', …).
CREATE FUNCTION motcua.guard(tables text[], rights text) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	t text;
	of_unit boolean;
BEGIN
	FOREACH t IN ARRAY tables LOOP
		of_unit := EXISTS (SELECT FROM pg_attribute a
			WHERE a.attrelid = format('motcua.%I', t)::regclass AND a.attname = 'unit_id' AND NOT a.attisdropped);
		EXECUTE format('ALTER TABLE motcua.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
		EXECUTE format(CASE WHEN of_unit THEN 'CREATE POLICY own_unit ON motcua.%I TO motcua_owner
				USING (unit_id = (SELECT motcua.my_unit())) WITH CHECK (unit_id = (SELECT motcua.my_unit()))'
			ELSE 'CREATE POLICY shared ON motcua.%I TO motcua_owner USING (true)' END, t);
		IF rights <> '' THEN
			EXECUTE format('GRANT %s ON motcua.%I TO motcua_wire', rights, t);
			EXECUTE format('CREATE POLICY wire ON motcua.%I TO motcua_wire
				USING ((SELECT motcua.is_courier())) WITH CHECK ((SELECT motcua.is_courier()))', t);
		END IF;
	END LOOP;
END $$;

-- Opens the functions of desk and wire that a later file made to their callers; inner ones live in motcua.
CREATE FUNCTION motcua.open_doors() RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	f record;
BEGIN
	FOR f IN SELECT p.oid::regprocedure AS name, n.nspname AS room FROM pg_proc p JOIN pg_namespace n
		ON n.oid = p.pronamespace WHERE n.nspname IN ('desk', 'wire') AND p.prokind = 'f'
			AND p.proname NOT IN ('room', 'claim_of', 'held', 'back_off', 'move', 'conclude') LOOP
		EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f.name);
		EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', f.name,
			CASE f.room WHEN 'desk' THEN 'motcua_clerk' ELSE 'motcua_courier' END);
	END LOOP;
END $$;
REVOKE ALL ON FUNCTION motcua.guard, motcua.open_doors FROM PUBLIC;

SELECT motcua.guard('{question}', 'SELECT, INSERT, UPDATE');

ALTER TYPE wire.claimed ADD ATTRIBUTE memory jsonb, ADD ATTRIBUTE files jsonb;

SET ROLE motcua_wire;

-- With what is known there and the files that go with a dossier.
CREATE OR REPLACE FUNCTION wire.claim_of(courier text, sys text, lease_seconds int, most int) RETURNS SETOF wire.claimed
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	WITH due AS (
		SELECT s.unit_id, s.dossier_id, s.system FROM stream s
		WHERE s.system = sys AND s.open AND s.next_at <= now()
			AND (s.leased_until IS NULL OR s.leased_until <= now())
		ORDER BY s.next_at LIMIT most FOR UPDATE SKIP LOCKED
	), taken AS (
		UPDATE stream s SET leased_by = courier, leased_until = now() + make_interval(secs => lease_seconds),
			fence = s.fence + 1, ask_first = s.ask_first OR s.begun, begun = false
		FROM due WHERE (s.unit_id, s.dossier_id, s.system) = (due.unit_id, due.dossier_id, due.system)
		RETURNING s.*
	)
	SELECT t.unit_id, t.dossier_id, t.system, t.fence, m.message_id, m.kind, m.payload, t.attempts,
		t.ask_first, t.foreign_code, t.created_there, t.memory,
		CASE WHEN m.kind = 'dossier' THEN (SELECT jsonb_agg(jsonb_build_object('id', f.file_id, 'component', c.i - 1,
				'name', f.name, 'media_type', f.media_type, 'size', f.size) ORDER BY c.i, f.file_id)
			FROM jsonb_array_elements(m.payload->'components') WITH ORDINALITY c(component, i)
			CROSS JOIN LATERAL jsonb_array_elements_text(coalesce(c.component->'files', '[]')) x(file_id)
			JOIN file f ON f.file_id = x.file_id::bigint AND f.unit_id = t.unit_id
				AND f.dossier_id = t.dossier_id AND f.whole) END
	FROM taken t JOIN message m ON m.unit_id = t.unit_id AND m.dossier_id = t.dossier_id
		AND m.system = t.system AND m.seq = t.head
$$;

-- Keeps what the other side told while a message is prepared; false: the lease is gone.
CREATE FUNCTION wire.remember(message_id bigint, fence bigint, memory jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	s stream := wire.held($1, $2);
BEGIN
	UPDATE stream t SET memory = coalesce($3, '{}')
		WHERE t.unit_id = s.unit_id AND t.dossier_id = s.dossier_id AND t.system = s.system;
	RETURN FOUND;
END $$;

-- Questions nobody waits for any longer are closed on the way.
CREATE FUNCTION wire.claim_questions(courier text, lease_seconds int, most int) RETURNS TABLE (unit_id bigint,
	question_id bigint, system text, kind text, fence bigint, attempts int, body jsonb, login text, patience_seconds int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	late question;
BEGIN
	FOR late IN UPDATE question q SET state = 'failed', answered_at = clock_timestamp(), leased_by = NULL,
			leased_until = NULL, note = coalesce(nullif(q.note, ''), 'Hệ thống bên kia không trả lời kịp.')
		WHERE q.state = 'waiting' AND q.give_up_at <= clock_timestamp()
			AND (q.leased_until IS NULL OR q.leased_until <= now()) RETURNING q.* LOOP
		PERFORM pg_notify('motcua_unit_' || late.unit_id, 'question ' || late.question_id);
	END LOOP;
	RETURN QUERY
	WITH due AS (
		SELECT q.question_id FROM question q WHERE q.state = 'waiting' AND q.next_at <= now()
			AND (q.leased_until IS NULL OR q.leased_until <= now())
		ORDER BY q.next_at LIMIT greatest(0, least($3, 100)) FOR UPDATE SKIP LOCKED
	)
	UPDATE question q SET leased_by = $1, leased_until = now() + make_interval(secs => greatest(5, $2)), fence = q.fence + 1
	FROM due WHERE q.question_id = due.question_id
	RETURNING q.unit_id, q.question_id, q.system, q.kind, q.fence, q.attempts, q.body, q.login,
		greatest(0, extract(epoch FROM q.give_up_at - clock_timestamp())::int);
END $$;

-- The end of an attempt: reply read (answered), class 'refused' (failed), or later again.
CREATE FUNCTION wire.replied(question_id bigint, fence bigint, class text, reply jsonb, note text,
	retry_after_seconds int) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	q question;
BEGIN
	UPDATE question x SET leased_by = NULL, leased_until = NULL, attempts = x.attempts + 1,
		state = CASE WHEN $3 = 'delivered' THEN 'answered' WHEN $3 = 'refused' OR x.give_up_at <= clock_timestamp() THEN 'failed'
			ELSE 'waiting' END,
		answered_at = CASE WHEN $3 IN ('delivered', 'refused') OR x.give_up_at <= clock_timestamp() THEN clock_timestamp() END,
		reply = CASE WHEN $3 = 'delivered' THEN $4 END, note = left(coalesce($5, ''), 1000),
		next_at = now() + make_interval(secs => greatest(1, least(coalesce($6, 5), 3600)))
		WHERE x.question_id = $1 AND x.fence = $2 AND x.leased_by IS NOT NULL RETURNING * INTO q;
	IF q.question_id IS NULL THEN
		RETURN false;
	END IF;
	IF q.state <> 'waiting' THEN
		PERFORM pg_notify('motcua_unit_' || q.unit_id, 'question ' || q.question_id);
	END IF;
	RETURN true;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
