-- SPDX-License-Identifier: Apache-2.0
-- What couriers call.  No row stays locked while they talk to the other side: a claim is a lease
-- with an end and a fencing number, and whoever comes back with an old number is not believed.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_wire;

CREATE FUNCTION wire.systems() RETURNS TABLE (code text, name text, family text, profile jsonb, health text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT s.code, s.name, s.family, coalesce(h.profile, '{}'), coalesce(h.state, 'unknown')
	FROM systems s LEFT JOIN system_state h ON h.system = s.code WHERE s.ended IS NULL ORDER BY s.code
$$;

-- How many messages to one system may be under way; a hung system holds no more than these.
CREATE FUNCTION wire.room(sys text) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT greatest(0, CASE WHEN h.state = 'suspended' THEN CASE WHEN h.changed_at < now() - interval '5 minutes'
				THEN 1 ELSE 0 END
			ELSE coalesce((h.profile->>'max_inflight')::int, 8) END
		- (SELECT count(*) FROM stream s WHERE s.system = sys AND s.leased_until > now()))::int
	FROM (VALUES (sys)) v(system) LEFT JOIN system_state h USING (system)
$$;

CREATE TYPE wire.claimed AS (unit_id bigint, dossier_id bigint, system text, fence bigint, message_id bigint,
	kind text, payload jsonb, attempts int, ask_first boolean, foreign_code text, created_there boolean);

CREATE FUNCTION wire.claim_of(courier text, sys text, lease_seconds int, most int) RETURNS SETOF wire.claimed
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
		t.ask_first, t.foreign_code, t.created_there
	FROM taken t JOIN message m ON m.unit_id = t.unit_id AND m.dossier_id = t.dossier_id
		AND m.system = t.system AND m.seq = t.head
$$;

-- The head messages of streams that are due and free, fairly over the systems.
CREATE FUNCTION wire.claim(courier text, lease_seconds int, most int) RETURNS SETOF wire.claimed
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	sys text;
	share int;
	one wire.claimed;
	left_over int := greatest(1, least(most, 200));
	waiting text[] := ARRAY(SELECT c.code FROM systems c WHERE c.ended IS NULL AND EXISTS (
		SELECT FROM stream s WHERE s.system = c.code AND s.open AND s.next_at <= now()) ORDER BY random());
BEGIN
	FOR turn IN 1..2 LOOP
		EXIT WHEN left_over <= 0 OR waiting = '{}';
		share := CASE turn WHEN 1 THEN greatest(1, left_over / cardinality(waiting)) ELSE left_over END;
		FOREACH sys IN ARRAY waiting LOOP
			FOR one IN SELECT * FROM wire.claim_of(courier, sys, greatest(5, lease_seconds),
				least(share, left_over, wire.room(sys))) LOOP
				left_over := left_over - 1;
				RETURN NEXT one;
			END LOOP;
		END LOOP;
	END LOOP;
END $$;

-- The stream of a message when this fence still holds it, locked for a moment.
CREATE FUNCTION wire.held(message bigint, with_fence bigint) RETURNS motcua.stream
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT s.* FROM message m JOIN stream s ON s.unit_id = m.unit_id AND s.dossier_id = m.dossier_id
		AND s.system = m.system
	WHERE m.message_id = message AND s.fence = with_fence AND s.leased_by IS NOT NULL AND s.head = m.seq
	FOR UPDATE OF s
$$;

-- "About to send": from here on the outcome is unknown until finish().  False: the lease is gone, do not send.
CREATE FUNCTION wire.begin(message_id bigint, fence bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	s stream := wire.held($1, $2);
BEGIN
	IF s.unit_id IS NULL OR s.leased_until <= clock_timestamp() THEN
		RETURN false;
	END IF;
	UPDATE stream t SET begun = true
		WHERE t.unit_id = s.unit_id AND t.dossier_id = s.dossier_id AND t.system = s.system;
	INSERT INTO attempt (unit_id, message_id, dossier_id, system, courier, fence, phase)
		VALUES (s.unit_id, $1, s.dossier_id, s.system, s.leased_by, $2, 'begin');
	RETURN true;
END $$;

-- 30 s doubled at each attempt up to an hour, less up to half of it at random; or what the peer asked.
CREATE FUNCTION wire.back_off(attempts int, retry_after int) RETURNS interval
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT make_interval(secs => CASE WHEN coalesce(retry_after, 0) > 0 THEN least(retry_after, 86400)
		ELSE least(3600, 30 * 2 ^ least(attempts, 10)) * (0.5 + random() / 2) END)
$$;

CREATE FUNCTION wire.finish(message_id bigint, fence bigint, class text, http_code int, milliseconds int,
	reply text, note text, retry_after_seconds int) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	m message;
	s stream := wire.held($1, $2);
	done boolean := $3 IN ('delivered', 'duplicate');
BEGIN
	SELECT * INTO m FROM message x WHERE x.message_id = $1;
	IF m.message_id IS NULL THEN
		PERFORM refuse('MC008', 'Không có tin này.', format('no message %s', $1));
	END IF;
	IF $3 IS NULL OR $3 NOT IN ('delivered', 'duplicate', 'auth', 'retry', 'refused', 'unknown') THEN
		PERFORM refuse('MC005', 'Kết quả gửi không đúng dạng.', format('class %s', $3), 'class');
	END IF;
	INSERT INTO attempt (unit_id, message_id, dossier_id, system, courier, fence, phase, class, http_code,
		milliseconds, reply, note)
	VALUES (m.unit_id, m.message_id, m.dossier_id, m.system, coalesce(s.leased_by, ''), $2,
		CASE WHEN s.unit_id IS NULL THEN 'stale' ELSE 'finish' END, $3, $4, $5, left($6, 4096), left($7, 1000));
	IF s.unit_id IS NULL THEN
		RETURN false;
	END IF;
	UPDATE stream t SET leased_by = NULL, leased_until = NULL, begun = false, changed_at = clock_timestamp(),
		head = t.head + done::int,
		attempts = CASE WHEN done THEN 0 ELSE t.attempts + 1 END,
		next_at = CASE WHEN done THEN now() ELSE now() + wire.back_off(t.attempts, $8) END,
		ask_first = CASE WHEN done OR $3 = 'refused' THEN false ELSE t.ask_first OR $3 = 'unknown' END,
		refused = ($3 = 'refused'),
		travel = CASE WHEN $3 = 'refused' THEN 'disagreed' WHEN done AND t.travel IN ('saved', 'disagreed') THEN 'sent'
			ELSE t.travel END,
		created_there = t.created_there OR (done AND m.kind = 'dossier'),
		note = CASE WHEN done THEN '' ELSE left(coalesce($7, ''), 1000) END
	WHERE t.unit_id = s.unit_id AND t.dossier_id = s.dossier_id AND t.system = s.system;
	IF $3 = 'refused' THEN
		INSERT INTO problem (unit_id, dossier_id, system, message_id, text)
			VALUES (m.unit_id, m.dossier_id, m.system, m.message_id, left(coalesce(nullif($7, ''), $6, ''), 1000));
	ELSIF done AND s.head < s.tail THEN
		PERFORM pg_notify('motcua_outbox', m.system);
	END IF;
	PERFORM pg_notify('motcua_unit_' || m.unit_id, 'travel ' || m.dossier_id);
	RETURN true;
END $$;

-- Gives a stream back untouched (a courier that stops before it began).
CREATE FUNCTION wire.release(message_id bigint, fence bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	s stream := wire.held($1, $2);
BEGIN
	IF s.unit_id IS NULL OR s.begun THEN
		RETURN false;
	END IF;
	UPDATE stream t SET leased_by = NULL, leased_until = NULL
		WHERE t.unit_id = s.unit_id AND t.dossier_id = s.dossier_id AND t.system = s.system;
	RETURN true;
END $$;

CREATE FUNCTION wire.health(system text, state text, note text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	INSERT INTO system_state AS h (system, state, note) VALUES ($1, $2, left(coalesce($3, ''), 1000))
	ON CONFLICT ON CONSTRAINT system_state_pkey DO UPDATE SET state = $2, note = left(coalesce($3, ''), 1000), changed_at = now()
$$;

-- Delivered dossiers whose progress may be asked for, the longest unasked first.
CREATE FUNCTION wire.open_streams(wanted text, most int) RETURNS TABLE (unit_id bigint, dossier_id bigint,
	code text, foreign_code text, status int)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	WITH asked AS (
		SELECT s.unit_id, s.dossier_id, s.system FROM stream s
		WHERE s.system = wanted AND NOT s.open AND NOT s.refused AND s.created_there
			AND (s.travel <> 'received' OR coalesce(s.foreign_status, 0) NOT IN (3, 8, 10))
		ORDER BY s.asked_at NULLS FIRST LIMIT greatest(0, least(most, 1000)) FOR UPDATE SKIP LOCKED
	), marked AS (
		UPDATE stream s SET asked_at = now() FROM asked a
		WHERE (s.unit_id, s.dossier_id, s.system) = (a.unit_id, a.dossier_id, a.system) RETURNING s.*
	)
	SELECT k.unit_id, k.dossier_id, d.code, k.foreign_code, d.status::int
	FROM marked k JOIN dossier d ON d.unit_id = k.unit_id AND d.dossier_id = k.dossier_id
$$;

RESET ROLE;
