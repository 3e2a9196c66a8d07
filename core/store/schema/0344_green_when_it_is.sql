-- SPDX-License-Identifier: Apache-2.0
-- "received" is said of the dossier as it is now: not while a later version of it still waits to be sent, and
-- not while both sides have different statuses.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Has this system an earlier version of the dossier than the one that waits for it?
CREATE FUNCTION motcua.waits_anew(s motcua.stream) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN s.head <= s.tail AND EXISTS (SELECT FROM message m WHERE m.unit_id = s.unit_id AND m.dossier_id = s.dossier_id
			AND m.system = s.system AND m.seq >= s.head AND m.kind = 'dossier' OFFSET 0)
		AND EXISTS (SELECT FROM message m WHERE m.unit_id = s.unit_id AND m.dossier_id = s.dossier_id
			AND m.system = s.system AND m.seq < s.head AND m.kind = 'dossier' OFFSET 0);
END $$;

-- As in 0007; a later version of the dossier is not received yet.
CREATE OR REPLACE FUNCTION motcua.enqueue(unit bigint, dossier bigint, sys text, what text, body jsonb)
RETURNS bigint
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	fresh int;
	id bigint;
BEGIN
	INSERT INTO stream AS s (unit_id, dossier_id, system, tail) VALUES (unit, dossier, sys, 1)
	ON CONFLICT (unit_id, dossier_id, system) DO UPDATE SET tail = s.tail + 1,
		travel = CASE WHEN what = 'dossier' AND s.travel = 'received' THEN 'sent' ELSE s.travel END
	RETURNING tail INTO fresh;
	INSERT INTO message (unit_id, dossier_id, system, seq, kind, payload)
	VALUES (unit, dossier, sys, fresh, what, body) RETURNING message_id INTO id;
	PERFORM pg_notify('motcua_outbox', sys);
	RETURN id;
END $$;

-- As in 0122; a correction of facts settles no disagreement on the status.
CREATE OR REPLACE FUNCTION motcua.supersede(s motcua.stream, body jsonb, say text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
	fresh bigint := enqueue(s.unit_id, s.dossier_id, s.system, 'dossier', body);
	old message;
BEGIN
	FOR old IN SELECT * FROM message m WHERE m.unit_id = s.unit_id AND m.dossier_id = s.dossier_id
			AND m.system = s.system AND m.seq BETWEEN s.head AND s.tail ORDER BY m.seq LOOP
		PERFORM journal(s, old.seq, 'superseded', say);
		IF old.kind <> 'dossier' THEN
			PERFORM enqueue(s.unit_id, s.dossier_id, s.system, old.kind, old.payload);
		END IF;
	END LOOP;
	UPDATE stream x SET head = s.tail + 1, refused = false, attempts = 0, next_at = now(), ask_first = false, begun = false,
		leased_by = NULL, leased_until = NULL, note = '', changed_at = clock_timestamp(),
		travel = CASE WHEN x.travel = 'disagreed' AND NOT s.refused THEN x.travel WHEN x.created_there THEN 'sent' ELSE 'saved' END,
		superseded = x.superseded || ARRAY(SELECT generate_series(s.head, s.tail))
		WHERE x.unit_id = s.unit_id AND x.dossier_id = s.dossier_id AND x.system = s.system;
	RETURN fresh;
END $$;

-- As in 0200; a disagreement that stands is still a task.
CREATE OR REPLACE FUNCTION motcua.end_repaired(unit bigint, dossier bigint, sys text, login text, solution text) RETURNS void
LANGUAGE sql AS $$
	UPDATE problem p SET solved_at = now(), solved_by = end_repaired.login, solution = left(coalesce(end_repaired.solution, ''), 1000)
		WHERE p.unit_id = unit AND p.dossier_id = dossier AND p.system = sys AND p.solved_at IS NULL
			AND (p.kind IN ('refused', 'silent')
				OR p.kind = 'disagreed' AND NOT EXISTS (SELECT FROM stream s WHERE s.unit_id = unit AND s.dossier_id = dossier
					AND s.system = sys AND s.travel = 'disagreed')
				OR (p.kind = 'missing' AND p.key = 'missing_there'))
$$;

-- As in 0140.
CREATE OR REPLACE FUNCTION motcua.hear(sys text, our_code text, their_code text, status int, word text, at timestamptz,
	say text, raw text) RETURNS boolean
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
	d dossier := dossier_told(sys, our_code, left(coalesce(their_code, ''), 60));
	s stream;
	number text := left(coalesce(their_code, ''), 60);
	-- Numbers outside the life-cycle say no more than that the dossier is known there.
	next_status int := CASE WHEN status BETWEEN 0 AND 10 THEN status ELSE 0 END;
	moment timestamptz := CASE WHEN isfinite(at) THEN at ELSE date_trunc('day', now()) END;
	-- Their clock may be wrong: nothing happens here tomorrow, nor before the dossier was received.
	happened timestamptz := greatest(least(moment, date_trunc('second', clock_timestamp())), d.received_at);
	old_news boolean := d.unit_id IS NOT NULL AND is_old_news(d, sys, next_status, moment);
	agreed boolean := true;
	again boolean;
BEGIN
	INSERT INTO answer AS a (system, code, status, at, unit_id, dossier_id, foreign_code, text, raw, word)
		VALUES (sys, our_code, next_status, moment, d.unit_id, d.dossier_id, number, left(coalesce(say, ''), 2000),
			left(coalesce(raw, ''), 16384), left(coalesce(word, ''), 120)) ON CONFLICT DO NOTHING;
	IF NOT FOUND OR d.unit_id IS NULL THEN
		RETURN false;
	END IF;
	SELECT * INTO s FROM stream x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = sys FOR UPDATE;
	IF s.unit_id IS NULL THEN
		RETURN false;
	END IF;
	IF number <> '' AND number <> d.code THEN
		INSERT INTO alias (unit_id, system, foreign_code, dossier_id)
			VALUES (d.unit_id, sys, number, d.dossier_id) ON CONFLICT DO NOTHING;
	END IF;
	IF next_status BETWEEN 1 AND 10 AND sys = d.route_system AND next_status <> d.status THEN
		IF old_news THEN
			PERFORM hear_late(d, next_status, happened, sys, say);
		ELSE
			agreed := wire.conclude(d, next_status, happened, sys, say) OR moment < d.status_at;
		END IF;
	END IF;
	-- A disagreement ends with their latest word, when it is ours.
	again := agreed AND next_status <> 0 AND (NOT old_news OR next_status = (SELECT y.status FROM dossier y
			WHERE y.unit_id = d.unit_id AND y.dossier_id = d.dossier_id) AND NOT EXISTS (SELECT FROM answer a
			WHERE a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id AND a.system = sys AND a.status <> 0 AND a.at > moment));
	UPDATE stream x SET travel = CASE WHEN x.refused OR NOT agreed OR (x.travel = 'disagreed' AND NOT again) THEN 'disagreed'
			WHEN waits_anew(x) THEN 'sent' ELSE 'received' END,
		created_there = true, foreign_code = CASE WHEN number <> '' THEN number ELSE x.foreign_code END,
		foreign_status = CASE WHEN old_news THEN x.foreign_status ELSE coalesce(nullif(next_status, 0), x.foreign_status) END,
		changed_at = clock_timestamp(), asked_at = now(), ask_now = false,
		note = CASE WHEN agreed THEN x.note ELSE format('Bên nhận báo trạng thái %s khi hồ sơ ở trạng thái %s', next_status, d.status) END
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = sys;
	IF NOT agreed THEN
		INSERT INTO problem (unit_id, dossier_id, system, kind, text) VALUES (d.unit_id, d.dossier_id, sys, 'disagreed',
			format('Bên nhận báo trạng thái %s khi hồ sơ ở trạng thái %s: %s', next_status, d.status, left(coalesce(say, ''), 500)));
	END IF;
	UPDATE answer a SET applied = agreed AND NOT old_news
		WHERE a.system = sys AND a.code = our_code AND a.status = next_status AND a.at = moment;
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'travel ' || d.dossier_id);
	RETURN true;
END $$;

-- As in 0191, with the same outcome as wire.told.
CREATE OR REPLACE FUNCTION motcua.tell_plain(lines jsonb) RETURNS TABLE (place bigint, unit bigint, dossier bigint, news boolean)
LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY WITH line AS MATERIALIZED (
		SELECT e.n, d.unit_id, d.dossier_id, d.code, d.status AS stands, s.system, s.system = d.route_system AS works,
			s.travel = 'sent' AND NOT s.refused AND NOT s.anew AS sent, s.anew, left(coalesce(e.view->>'foreign_code', ''), 60) AS number,
			left(coalesce(e.view->>'raw', ''), 16384) AS raw, e.view->'steps' AS steps,
			coalesce(view_moment(e.view->>'received_at'), d.received_at) AS known_at,
			EXISTS (SELECT FROM answer a WHERE a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id
				AND a.system = s.system AND a.status <> 0 OFFSET 0) AS heard
		FROM (SELECT i.n, i.x->>'system' AS system, i.x->>'code' AS code, i.x->'view' AS view,
				row_number() OVER (PARTITION BY i.x->>'system', i.x->>'code' ORDER BY i.n) AS nth
			FROM jsonb_array_elements(lines) WITH ORDINALITY i(x, n)) e
		CROSS JOIN LATERAL (SELECT * FROM motcua.dossier x WHERE x.code = e.code OFFSET 0) d
		CROSS JOIN LATERAL (SELECT x.*, waits_anew(x) AS anew FROM stream x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id
			AND x.system = e.system OFFSET 0) s
		WHERE e.nth = 1 AND d.status NOT IN (5, 6, 7, 8) AND s.travel <> 'disagreed' AND jsonb_typeof(e.view->'steps') = 'array'
			AND NOT (e.view @? '$.asks[*]' OR e.view @? '$.fees[*]' OR e.view @? '$.results[*]' OR e.view @? '$.extensions[*]')
			AND NOT EXISTS (SELECT FROM answer_part p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id OFFSET 0)
	), step AS MATERIALIZED (
		SELECT l.n, y.i, view_moment(y.x->>'at') AS at,
			CASE WHEN view_number(y.x->'status') BETWEEN 1 AND 10 THEN view_number(y.x->'status') ELSE 0 END::int AS status,
			left(coalesce(y.x->>'word', ''), 120) AS word, left(coalesce(y.x->>'text', ''), 2000) AS say
		FROM line l CROSS JOIN LATERAL jsonb_array_elements(l.steps) WITH ORDINALITY y(x, i)
	), said AS MATERIALIZED (
		SELECT l.n, 0 AS i, l.known_at AS at, 0 AS status, '' AS word, '' AS say, '' AS raw FROM line l
		UNION ALL
		SELECT s.n, s.i, s.at, s.status, s.word, s.say, CASE WHEN s.at = max(s.at) OVER (PARTITION BY s.n) THEN l.raw ELSE '' END
		FROM step s JOIN line l ON l.n = s.n WHERE s.at IS NOT NULL
	), fresh AS MATERIALIZED (
		-- ours: our own report, told back to us.
		SELECT f.*, EXISTS (SELECT FROM message m WHERE m.unit_id = l.unit_id AND m.dossier_id = l.dossier_id
				AND m.system = l.system AND m.kind = 'progress' AND (m.payload->>'status')::int = f.status
				AND (m.payload->>'at')::timestamptz = f.at OFFSET 0) AS ours
		FROM said f JOIN line l ON l.n = f.n
		WHERE NOT EXISTS (SELECT FROM answer a WHERE a.system = l.system AND a.code = l.code AND a.status = f.status AND a.at = f.at OFFSET 0)
	), plain AS MATERIALIZED (
		SELECT l.*, EXISTS (SELECT FROM fresh f WHERE f.n = l.n) AS fresh,
			(SELECT f.status FROM fresh f WHERE f.n = l.n AND f.status <> 0 AND NOT f.ours ORDER BY f.at DESC, f.i DESC LIMIT 1) AS last
		FROM line l
		WHERE NOT EXISTS (SELECT FROM step s WHERE s.n = l.n AND s.at IS NOT NULL AND (s.status = 0 OR l.works AND s.status <> l.stands))
			AND NOT (l.heard AND EXISTS (SELECT FROM fresh f WHERE f.n = l.n AND f.status <> 0))
	), kept AS (
		INSERT INTO answer (system, code, status, at, unit_id, dossier_id, foreign_code, text, raw, word, applied)
		SELECT p.system, p.code, f.status, f.at, p.unit_id, p.dossier_id, p.number, f.say, f.raw, f.word, NOT f.ours
		FROM plain p JOIN fresh f ON f.n = p.n ORDER BY p.n, f.i ON CONFLICT DO NOTHING
	), named AS (
		INSERT INTO alias (unit_id, system, foreign_code, dossier_id)
		SELECT p.unit_id, p.system, p.number, p.dossier_id FROM plain p WHERE p.number NOT IN ('', p.code)
		ON CONFLICT DO NOTHING RETURNING alias.dossier_id, alias.system
	), marked AS (
		UPDATE stream t SET travel = CASE WHEN NOT p.sent AND NOT p.fresh THEN t.travel
				WHEN t.refused THEN 'disagreed' WHEN p.anew THEN 'sent' ELSE 'received' END,
			created_there = t.created_there OR p.fresh OR p.sent,
			foreign_code = CASE WHEN p.fresh AND p.number <> '' THEN p.number ELSE t.foreign_code END,
			foreign_status = coalesce(p.last, t.foreign_status), ask_now = false,
			asked_at = CASE WHEN p.fresh THEN now() ELSE t.asked_at END,
			changed_at = CASE WHEN p.fresh OR p.sent THEN clock_timestamp() ELSE t.changed_at END
		FROM plain p WHERE t.unit_id = p.unit_id AND t.dossier_id = p.dossier_id AND t.system = p.system
			AND (p.fresh OR p.sent OR t.ask_now)
	)
	SELECT p.n, p.unit_id, p.dossier_id, p.fresh OR p.sent OR EXISTS (SELECT FROM named x
		WHERE x.dossier_id = p.dossier_id AND x.system = p.system) FROM plain p;
END $$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.waits_anew TO motcua_wire;
SET ROLE motcua_wire;

-- As in 0141; what the desk did meanwhile may have ended a disagreement.
CREATE OR REPLACE FUNCTION wire.told(system text, code text, view jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	number text := left(coalesce($3->>'foreign_code', ''), 60);
	d dossier := dossier_told($1, $2, number);
	step record;
	meaning int;
	news boolean := false;
	last_at timestamptz;
BEGIN
	IF d.unit_id IS NULL THEN
		RETURN false; -- not ours: nothing of it is kept
	END IF;
	-- Known there, whatever else is said.
	news := hear($1, d.code, number, 0, '', coalesce(view_moment($3->>'received_at'), d.received_at), '', '');
	IF number NOT IN ('', d.code) AND EXISTS (SELECT FROM stream s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id
			AND s.system = $1) THEN
		INSERT INTO alias (unit_id, system, foreign_code, dossier_id) VALUES (d.unit_id, $1, number, d.dossier_id) ON CONFLICT DO NOTHING;
		news := news OR FOUND;
	END IF;
	news := keep_parts(d, $1, 'supplement', $3->'asks') OR news;
	news := keep_parts(d, $1, 'payment', $3->'fees') OR news;
	news := keep_parts(d, $1, 'result', $3->'results') OR news;
	news := keep_parts(d, $1, 'extension', $3->'extensions') OR news;
	last_at := (SELECT max(s.at) FROM view_steps(d, $1, $3) s);
	FOR step IN SELECT * FROM view_steps(d, $1, $3) LOOP
		meaning := CASE WHEN step.status BETWEEN 1 AND 10 THEN step.status
			WHEN step.word = '' THEN 0 ELSE word_status(d.unit_id, $1, step.word) END;
		IF meaning IS NULL THEN
			news := keep_parts(d, $1, 'word', jsonb_build_array(jsonb_build_object('key', left(step.word, 120) || '@' || iso(step.at),
				'word', left(step.word, 120), 'at', iso(step.at), 'text', left(step.say, 500),
				'raw', left(coalesce($3->>'raw', ''), 4096)))) OR news;
		ELSE
			news := hear($1, d.code, number, meaning, step.word, step.at, step.say,
				CASE WHEN step.at = last_at THEN $3->>'raw' ELSE '' END) OR news;
		END IF;
	END LOOP;
	news := hear_words(d.unit_id, d.dossier_id, $1) OR news;
	UPDATE answer_part p SET concluded = true WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id
		AND p.system = $1 AND p.kind <> 'word' AND NOT p.concluded;
	UPDATE stream s SET ask_now = false WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = $1 AND s.ask_now;
	-- What was sent again and is there needs no news to be received.
	UPDATE stream s SET travel = CASE WHEN waits_anew(s) THEN 'sent' ELSE 'received' END, created_there = true,
		changed_at = clock_timestamp() FROM dossier x
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id
			AND s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = $1 AND NOT s.refused
			AND (s.travel = 'sent' AND NOT waits_anew(s)
				OR s.travel = 'disagreed' AND s.system = x.route_system AND s.foreign_status = x.status);
	news := news OR FOUND;
	IF news THEN
		PERFORM pg_notify('motcua_unit_' || d.unit_id, 'travel ' || d.dossier_id);
	END IF;
	RETURN news;
END $$;

-- As in 0190; what arrives ends a refusal, no disagreement on the status.
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
				WHEN h.done AND (t.travel = 'saved' OR t.travel = 'disagreed' AND t.refused) THEN 'sent' ELSE t.travel END,
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

-- As in 0191: a function that is replaced loses these.
DO $$
DECLARE
	f text;
	s text;
BEGIN
	FOREACH f IN ARRAY ARRAY['finish_all(jsonb)', 'told(text, text, jsonb)'] LOOP
		FOREACH s IN ARRAY ARRAY['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'enable_bitmapscan', 'jit'] LOOP
			EXECUTE format('ALTER FUNCTION wire.%s SET %s = off', f, s);
		END LOOP;
		EXECUTE format('ALTER FUNCTION wire.%s SET plan_cache_mode = force_generic_plan', f);
	END LOOP;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
