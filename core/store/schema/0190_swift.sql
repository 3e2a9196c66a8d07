-- SPDX-License-Identifier: Apache-2.0
-- Many at once: a courier claims in one statement from the systems it has places for; what it announces,
-- remembers and finishes is looked up message by message along the indexes.  A statement that leaves the
-- way to the planner reads whole tables as soon as its statistics are older than the day's dossiers;
-- LATERAL and OFFSET 0 leave it none.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_wire;

-- What a courier may lease of a system: `breadth` times its places, so that calls never wait for the
-- database; one message probes a system that was down, none a system that pauses.
CREATE FUNCTION wire.room(sys text, breadth int) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	h system_state;
BEGIN
	SELECT * INTO h FROM system_state x WHERE x.system = sys;
	IF h.pause_until > now() OR h.state = 'suspended' AND h.changed_at >= now() - interval '5 minutes' THEN
		RETURN 0;
	END IF;
	RETURN greatest(0, CASE WHEN h.state IN ('suspended', 'down') THEN 1
			ELSE breadth * coalesce((h.profile->>'max_inflight')::int, 8) END
		- (SELECT count(*) FROM stream s WHERE s.system = sys AND s.leased_until > now())::int);
END $$;
REVOKE ALL ON FUNCTION wire.room(text, int) FROM PUBLIC;

-- The head messages of streams that are due and free: of each system as many as wanted, none of those
-- where a hand types.
CREATE FUNCTION wire.claim_from(courier text, lease_seconds int, systems text[], wants int[]) RETURNS SETOF wire.claimed
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
BEGIN
	RETURN QUERY WITH wanted AS MATERIALIZED (
		SELECT w.system, least(w.want, 1000) AS want FROM unnest(systems, wants) w(system, want)
		WHERE EXISTS (SELECT FROM motcua.systems c WHERE c.code = w.system AND c.ended IS NULL AND c.family <> 'manual')
	), due AS MATERIALIZED (
		SELECT d.* FROM wanted w CROSS JOIN LATERAL (
			SELECT s.unit_id, s.dossier_id, s.system FROM stream s
			WHERE s.system = w.system AND s.open AND s.next_at <= now()
				AND (s.leased_until IS NULL OR s.leased_until <= now())
			ORDER BY s.next_at LIMIT least(w.want, wire.room(w.system, 9)) FOR UPDATE SKIP LOCKED) d
	), taken AS (
		UPDATE stream s SET leased_by = courier, leased_until = now() + make_interval(secs => greatest(5, lease_seconds)),
			fence = s.fence + 1, ask_first = s.ask_first OR s.begun, begun = false
		FROM due WHERE s.unit_id = due.unit_id AND s.dossier_id = due.dossier_id AND s.system = due.system
		RETURNING s.*
	)
	SELECT t.unit_id, t.dossier_id, t.system, t.fence, m.message_id, m.kind, m.payload, t.attempts,
		t.ask_first, t.foreign_code, t.created_there, t.memory,
		CASE WHEN m.kind = 'dossier' AND m.payload @? '$.components[*].files[*]' THEN wire.files_of(t.unit_id, t.dossier_id, m.payload) END
	FROM taken t CROSS JOIN LATERAL (SELECT * FROM message x WHERE x.unit_id = t.unit_id AND x.dossier_id = t.dossier_id
		AND x.system = t.system AND x.seq = t.head OFFSET 0) m;
END $$;

-- The same for who has no places of its own to count: at most `most`, fairly over the systems.
CREATE OR REPLACE FUNCTION wire.claim(courier text, lease_seconds int, most int) RETURNS SETOF wire.claimed
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	waiting text[] := ARRAY(SELECT c.code FROM systems c WHERE c.ended IS NULL AND EXISTS (
		SELECT FROM stream s WHERE s.system = c.code AND s.open AND s.next_at <= now()) ORDER BY random() LIMIT greatest(1, most));
	n int := cardinality(waiting);
BEGIN
	RETURN QUERY SELECT * FROM wire.claim_from(courier, lease_seconds, waiting,
		array_fill(greatest(1, most / greatest(1, n)), ARRAY[n]));
END $$;
DROP FUNCTION wire.claim_of(text, text, int, int);
DROP FUNCTION wire.room(text);

-- The stream of a message when this fence still holds it, locked for a moment.
CREATE OR REPLACE FUNCTION wire.held(message bigint, with_fence bigint) RETURNS motcua.stream
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	m message;
	s stream;
BEGIN
	SELECT * INTO m FROM message x WHERE x.message_id = message;
	SELECT * INTO s FROM stream x WHERE x.unit_id = m.unit_id AND x.dossier_id = m.dossier_id AND x.system = m.system
		AND x.fence = with_fence AND x.leased_by IS NOT NULL AND x.head = m.seq FOR UPDATE;
	RETURN s;
END $$;

-- The messages that may be sent now; of the others the lease is gone.
CREATE OR REPLACE FUNCTION wire.begin_all(ids bigint[], fences bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
BEGIN
	RETURN QUERY WITH line AS MATERIALIZED (
		SELECT m.unit_id, m.dossier_id, m.system, m.seq, m.message_id, w.fence FROM unnest(ids, fences) w(message_id, fence)
		CROSS JOIN LATERAL (SELECT * FROM message x WHERE x.message_id = w.message_id OFFSET 0) m
		ORDER BY m.unit_id, m.dossier_id, m.system
	), held AS MATERIALIZED (
		SELECT l.*, s.leased_by FROM line l CROSS JOIN LATERAL (SELECT x.leased_by FROM stream x
			WHERE x.unit_id = l.unit_id AND x.dossier_id = l.dossier_id AND x.system = l.system AND x.fence = l.fence
				AND x.leased_by IS NOT NULL AND x.head = l.seq AND x.leased_until > clock_timestamp() FOR UPDATE) s
	), marked AS (
		UPDATE stream t SET begun = true FROM held h
		WHERE t.unit_id = h.unit_id AND t.dossier_id = h.dossier_id AND t.system = h.system
	)
	INSERT INTO attempt (unit_id, message_id, dossier_id, system, courier, fence, phase)
	SELECT h.unit_id, h.message_id, h.dossier_id, h.system, h.leased_by, h.fence, 'begin' FROM held h
	RETURNING attempt.message_id;
END $$;

-- lines: [{message_id, fence, memory}], what they told on the way.  Back come those whose lease still is ours.
CREATE FUNCTION wire.remember_all(lines jsonb) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
BEGIN
	RETURN QUERY WITH line AS MATERIALIZED (
		SELECT m.unit_id, m.dossier_id, m.system, m.seq, m.message_id, w.fence, w.memory
		FROM jsonb_to_recordset(lines) w(message_id bigint, fence bigint, memory jsonb)
		CROSS JOIN LATERAL (SELECT * FROM message x WHERE x.message_id = w.message_id OFFSET 0) m
		ORDER BY m.unit_id, m.dossier_id, m.system
	), held AS MATERIALIZED (
		SELECT l.* FROM line l CROSS JOIN LATERAL (SELECT FROM stream x
			WHERE x.unit_id = l.unit_id AND x.dossier_id = l.dossier_id AND x.system = l.system AND x.fence = l.fence
				AND x.leased_by IS NOT NULL AND x.head = l.seq FOR UPDATE) s
	)
	UPDATE stream t SET memory = coalesce(h.memory, '{}') FROM held h
	WHERE t.unit_id = h.unit_id AND t.dossier_id = h.dossier_id AND t.system = h.system RETURNING h.message_id;
END $$;

-- results: [{message_id, fence, class, http_code, milliseconds, reply, note, retry_after}].  Back come
-- those whose lease was still ours, and whether their stream has more to carry.
CREATE OR REPLACE FUNCTION wire.finish_all(results jsonb) RETURNS TABLE (message_id bigint, more boolean)
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
			CROSS JOIN LATERAL (SELECT * FROM message x WHERE x.message_id = r.message_id OFFSET 0) m
			ORDER BY m.unit_id, m.dossier_id, m.system
		), looked AS MATERIALIZED (
			SELECT t.*, s.leased_by FROM told t LEFT JOIN LATERAL (SELECT x.leased_by FROM stream x
				WHERE x.unit_id = t.unit_id AND x.dossier_id = t.dossier_id AND x.system = t.system AND x.fence = t.fence
					AND x.leased_by IS NOT NULL AND x.head = t.seq FOR UPDATE) s ON true
		), journal AS (
			INSERT INTO attempt (unit_id, message_id, dossier_id, system, courier, fence, phase, class, http_code,
				milliseconds, reply, note)
			SELECT t.unit_id, t.message_id, t.dossier_id, t.system, coalesce(t.leased_by, ''), t.fence,
				CASE WHEN t.leased_by IS NULL THEN 'stale' ELSE 'finish' END, t.class, t.http_code, t.milliseconds,
				left(t.reply, 4096), left(t.note, 1000)
			FROM looked t
		), refusals AS (
			INSERT INTO problem (unit_id, dossier_id, system, message_id, text)
			SELECT t.unit_id, t.dossier_id, t.system, t.message_id, left(coalesce(nullif(t.note, ''), t.reply, ''), 1000)
			FROM looked t WHERE t.class = 'refused' AND t.leased_by IS NOT NULL
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
		FROM looked h WHERE h.leased_by IS NOT NULL
			AND t.unit_id = h.unit_id AND t.dossier_id = h.dossier_id AND t.system = h.system
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

RESET ROLE;
-- Most news says no more than that a dossier is known there.
DROP TRIGGER learn_elsewhere ON motcua.answer;
CREATE CONSTRAINT TRIGGER learn_elsewhere AFTER INSERT ON motcua.answer DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (NEW.dossier_id IS NOT NULL AND NEW.status IN (2, 4, 5, 6, 9, 10)) EXECUTE FUNCTION motcua.learn_elsewhere();

RESET ROLE;
SELECT motcua.open_doors();
