-- SPDX-License-Identifier: Apache-2.0
-- The courier's journal for many messages at once: every "about to send" is durable before its
-- bytes leave, every outcome before the stream goes on, but they share their commits.

SET LOCAL search_path = motcua, pg_temp;

-- Each message writes its stream's row three times; most of these writes touch no index when the
-- page has room for the next version of the row.
ALTER TABLE motcua.stream SET (fillfactor = 60);

SET ROLE motcua_wire;

-- The files of a dossier's papers: {id, component (its place in the payload, from 0), name, media_type, size}.
CREATE FUNCTION wire.files_of(unit bigint, dossier bigint, payload jsonb) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT jsonb_agg(jsonb_build_object('id', f.file_id, 'component', c.i - 1, 'name', f.name,
		'media_type', f.media_type, 'size', f.size) ORDER BY c.i, f.file_id)
	FROM jsonb_array_elements(payload->'components') WITH ORDINALITY c(component, i)
	CROSS JOIN LATERAL jsonb_array_elements_text(coalesce(c.component->'files', '[]')) x(file_id)
	JOIN file f ON f.file_id = x.file_id::bigint AND f.unit_id = unit AND f.dossier_id = dossier AND f.whole
$$;

-- The messages that may be sent now; of the others the lease is gone.
CREATE FUNCTION wire.begin_all(ids bigint[], fences bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
BEGIN
	RETURN QUERY WITH held AS MATERIALIZED (
		SELECT s.unit_id, s.dossier_id, s.system, s.leased_by, s.fence, m.message_id
		FROM unnest(ids, fences) w(message_id, fence) JOIN message m ON m.message_id = w.message_id
		JOIN stream s ON s.unit_id = m.unit_id AND s.dossier_id = m.dossier_id AND s.system = m.system
		WHERE s.fence = w.fence AND s.leased_by IS NOT NULL AND s.head = m.seq AND s.leased_until > clock_timestamp()
		ORDER BY s.unit_id, s.dossier_id, s.system FOR UPDATE OF s
	), marked AS (
		UPDATE stream t SET begun = true FROM held h
		WHERE t.unit_id = h.unit_id AND t.dossier_id = h.dossier_id AND t.system = h.system
	)
	INSERT INTO attempt (unit_id, message_id, dossier_id, system, courier, fence, phase)
	SELECT h.unit_id, h.message_id, h.dossier_id, h.system, h.leased_by, h.fence, 'begin' FROM held h
	RETURNING attempt.message_id;
END $$;

-- results: [{message_id, fence, class, http_code, milliseconds, reply, note, retry_after}].  Back come
-- those whose lease was still ours, and whether their stream has more to carry.
CREATE FUNCTION wire.finish_all(results jsonb) RETURNS TABLE (message_id bigint, more boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	one record;
BEGIN
	FOR one IN
		WITH told AS MATERIALIZED (
			SELECT m.unit_id, m.dossier_id, m.system, m.seq, m.kind, r.*, r.class IN ('delivered', 'duplicate') AS done
			FROM jsonb_to_recordset(results) r(message_id bigint, fence bigint, class text, http_code int,
				milliseconds int, reply text, note text, retry_after int)
			JOIN message m ON m.message_id = r.message_id
		), held AS MATERIALIZED (
			SELECT s.unit_id, s.dossier_id, s.system, s.leased_by, t.message_id, t.class, t.done, t.kind, t.note, t.retry_after
			FROM told t JOIN stream s ON s.unit_id = t.unit_id AND s.dossier_id = t.dossier_id AND s.system = t.system
			WHERE s.fence = t.fence AND s.leased_by IS NOT NULL AND s.head = t.seq
			ORDER BY s.unit_id, s.dossier_id, s.system FOR UPDATE OF s
		), journal AS (
			INSERT INTO attempt (unit_id, message_id, dossier_id, system, courier, fence, phase, class, http_code,
				milliseconds, reply, note)
			SELECT t.unit_id, t.message_id, t.dossier_id, t.system, coalesce(h.leased_by, ''), t.fence,
				CASE WHEN h.message_id IS NULL THEN 'stale' ELSE 'finish' END, t.class, t.http_code, t.milliseconds,
				left(t.reply, 4096), left(t.note, 1000)
			FROM told t LEFT JOIN held h ON h.message_id = t.message_id
		), refusals AS (
			INSERT INTO problem (unit_id, dossier_id, system, message_id, text)
			SELECT t.unit_id, t.dossier_id, t.system, t.message_id, left(coalesce(nullif(t.note, ''), t.reply, ''), 1000)
			FROM told t JOIN held h ON h.message_id = t.message_id WHERE t.class = 'refused'
		)
		UPDATE stream t SET leased_by = NULL, leased_until = NULL, begun = false, changed_at = clock_timestamp(),
			head = t.head + h.done::int,
			attempts = CASE WHEN h.done THEN 0 ELSE t.attempts + 1 END,
			next_at = CASE WHEN h.done THEN now() ELSE now() + wire.back_off(t.attempts, h.retry_after) END,
			ask_first = CASE WHEN h.done OR h.class = 'refused' THEN false ELSE t.ask_first OR h.class = 'unknown' END,
			refused = (h.class = 'refused'),
			travel = CASE WHEN h.class = 'refused' THEN 'disagreed'
				WHEN h.done AND t.travel IN ('saved', 'disagreed') THEN 'sent' ELSE t.travel END,
			created_there = t.created_there OR (h.done AND h.kind = 'dossier'),
			note = CASE WHEN h.done THEN '' ELSE left(coalesce(h.note, ''), 1000) END
		FROM held h WHERE t.unit_id = h.unit_id AND t.dossier_id = h.dossier_id AND t.system = h.system
		RETURNING t.unit_id, t.dossier_id, t.system, h.message_id, t.head <= t.tail AS more, h.done
	LOOP
		IF one.done AND one.more THEN
			PERFORM pg_notify('motcua_outbox', one.system);
		END IF;
		PERFORM pg_notify('motcua_unit_' || one.unit_id, 'travel ' || one.dossier_id);
		message_id := one.message_id;
		more := one.more;
		RETURN NEXT;
	END LOOP;
END $$;

-- The same for one.
CREATE OR REPLACE FUNCTION wire.begin(message_id bigint, fence bigint) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT EXISTS (SELECT FROM wire.begin_all(ARRAY[$1], ARRAY[$2]))
$$;

CREATE OR REPLACE FUNCTION wire.finish(message_id bigint, fence bigint, class text, http_code int, milliseconds int,
	reply text, note text, retry_after_seconds int) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
BEGIN
	IF NOT EXISTS (SELECT FROM message x WHERE x.message_id = $1) THEN
		PERFORM refuse('MC008', 'Không có tin này.', format('no message %s', $1));
	END IF;
	IF $3 IS NULL OR $3 NOT IN ('delivered', 'duplicate', 'auth', 'retry', 'refused', 'unknown') THEN
		PERFORM refuse('MC005', 'Kết quả gửi không đúng dạng.', format('class %s', $3), 'class');
	END IF;
	RETURN EXISTS (SELECT FROM wire.finish_all(jsonb_build_array(jsonb_build_object('message_id', $1, 'fence', $2,
		'class', $3, 'http_code', $4, 'milliseconds', $5, 'reply', $6, 'note', $7, 'retry_after', $8))));
END $$;

-- Nobody sends to a system before that moment: it asked for a pause, or its breaker is open.
RESET ROLE;
SET ROLE motcua_owner;
ALTER TABLE motcua.system_state ADD COLUMN pause_until timestamptz;
RESET ROLE;
SET ROLE motcua_wire;

-- Every courier keeps the pause; 0 seconds ends it.
CREATE FUNCTION wire.pause(system text, seconds int) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	INSERT INTO system_state AS h (system, pause_until)
		VALUES ($1, now() + make_interval(secs => least(greatest($2, 0), 86400)))
	ON CONFLICT ON CONSTRAINT system_state_pkey DO UPDATE SET pause_until =
		CASE WHEN $2 > 0 THEN greatest(h.pause_until, excluded.pause_until) END
$$;

-- Twice the places of a healthy system may be leased, so that the next messages are at hand; one
-- message probes a system that was down, none a system that pauses.  In PL/pgSQL, as all that couriers
-- call often, because its plans are kept.
CREATE OR REPLACE FUNCTION wire.room(sys text) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	h system_state;
BEGIN
	SELECT * INTO h FROM system_state x WHERE x.system = sys;
	IF h.pause_until > now() OR h.state = 'suspended' AND h.changed_at >= now() - interval '5 minutes' THEN
		RETURN 0;
	END IF;
	RETURN greatest(0, CASE WHEN h.state IN ('suspended', 'down') THEN 1
			ELSE 2 * coalesce((h.profile->>'max_inflight')::int, 8) END
		- (SELECT count(*) FROM stream s WHERE s.system = sys AND s.leased_until > now())::int);
END $$;

CREATE OR REPLACE FUNCTION wire.claim_of(courier text, sys text, lease_seconds int, most int) RETURNS SETOF wire.claimed
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
BEGIN
	RETURN QUERY WITH due AS (
		SELECT s.unit_id, s.dossier_id, s.system FROM stream s
		WHERE s.system = sys AND s.open AND s.next_at <= now()
			AND (s.leased_until IS NULL OR s.leased_until <= now())
		ORDER BY s.next_at LIMIT most FOR UPDATE SKIP LOCKED
	), taken AS (
		UPDATE stream s SET leased_by = courier, leased_until = now() + make_interval(secs => lease_seconds),
			fence = s.fence + 1, ask_first = s.ask_first OR s.begun, begun = false
		FROM due WHERE s.unit_id = due.unit_id AND s.dossier_id = due.dossier_id AND s.system = due.system
		RETURNING s.*
	)
	SELECT t.unit_id, t.dossier_id, t.system, t.fence, m.message_id, m.kind, m.payload, t.attempts,
		t.ask_first, t.foreign_code, t.created_there, t.memory,
		CASE WHEN m.kind = 'dossier' AND m.payload @? '$.components[*].files[*]' THEN wire.files_of(t.unit_id, t.dossier_id, m.payload) END
	FROM taken t JOIN message m ON m.unit_id = t.unit_id AND m.dossier_id = t.dossier_id
		AND m.system = t.system AND m.seq = t.head;
END $$;

-- The head messages of streams that are due and free, fairly over the systems; what a hand types
-- into a system is no courier's.
CREATE OR REPLACE FUNCTION wire.claim(courier text, lease_seconds int, most int) RETURNS SETOF wire.claimed
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	sys text;
	share int;
	taken int;
	place int;
	left_over int := greatest(1, least(most, 200));
	waiting text[] := ARRAY(SELECT c.code FROM systems c WHERE c.ended IS NULL AND c.family <> 'manual' AND EXISTS (
		SELECT FROM stream s WHERE s.system = c.code AND s.open AND s.next_at <= now()) ORDER BY random());
	hungry text[] := '{}';
BEGIN
	share := greatest(1, left_over / greatest(1, cardinality(waiting)));
	FOREACH sys IN ARRAY waiting LOOP
		place := least(share, left_over, wire.room(sys));
		CONTINUE WHEN place <= 0;
		RETURN QUERY SELECT * FROM wire.claim_of(courier, sys, greatest(5, lease_seconds), place);
		GET DIAGNOSTICS taken = ROW_COUNT;
		left_over := left_over - taken;
		IF taken = share THEN
			hungry := hungry || sys;
		END IF;
	END LOOP;
	FOREACH sys IN ARRAY hungry LOOP
		place := least(left_over, wire.room(sys));
		CONTINUE WHEN place <= 0;
		RETURN QUERY SELECT * FROM wire.claim_of(courier, sys, greatest(5, lease_seconds), place);
		GET DIAGNOSTICS taken = ROW_COUNT;
		left_over := left_over - taken;
	END LOOP;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
