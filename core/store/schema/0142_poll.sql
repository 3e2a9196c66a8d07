-- SPDX-License-Identifier: Apache-2.0
-- Asking what is new: by each system's list of changes where it has one, with a cursor that overlaps
-- what was read before, else dossier by dossier; then the files they link to, and the receipts they want.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.poll (
	system       text PRIMARY KEY,
	cursor       timestamptz NOT NULL,        -- everything before was read to the end
	page         text NOT NULL DEFAULT '',    -- to go on from inside a window
	window_end   timestamptz,
	at           timestamptz NOT NULL DEFAULT now(),
	leased_until timestamptz,
	fence        bigint NOT NULL DEFAULT 0
);

-- Does a line of a list say what nobody has heard yet?
CREATE FUNCTION motcua.line_is_news(d motcua.dossier, sys text, line jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$
	SELECT EXISTS (SELECT FROM jsonb_array_elements(CASE WHEN jsonb_typeof(line->'steps') = 'array' THEN line->'steps' ELSE '[]' END) s
		WHERE jsonb_typeof(s) = 'object' AND NOT EXISTS (SELECT FROM answer a WHERE a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id
				AND a.system = sys AND a.at = view_moment(s->>'at')
				AND (a.status = coalesce(view_number(s->'status'), 0) AND a.status <> 0 OR a.word <> '' AND a.word = s->>'word'))
			AND NOT EXISTS (SELECT FROM answer_part p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id
				AND p.system = sys AND p.kind = 'word' AND p.at = view_moment(s->>'at') AND p.facts->>'word' = s->>'word'))
$$;

RESET ROLE;
SELECT motcua.guard('{poll}', 'SELECT, INSERT, UPDATE');
GRANT EXECUTE ON FUNCTION motcua.line_is_news TO motcua_wire;

SET ROLE motcua_wire;

-- The window to read next; no row: another courier is at it, or all is read.
CREATE FUNCTION wire.poll_begin(sys text, window_hours int, overlap_minutes int, lease_seconds int)
RETURNS TABLE (fence bigint, from_at timestamptz, to_at timestamptz, page text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	wide interval := make_interval(hours => greatest(1, least(window_hours, 744)));
	back interval := make_interval(mins => greatest(0, least(overlap_minutes, 1440)));
	p poll;
BEGIN
	INSERT INTO poll AS x (system, cursor) VALUES (sys, date_trunc('second', now()) - wide) ON CONFLICT DO NOTHING;
	UPDATE poll x SET leased_until = now() + make_interval(secs => greatest(5, lease_seconds)), fence = x.fence + 1,
		window_end = CASE WHEN x.page <> '' AND x.window_end IS NOT NULL THEN x.window_end
			ELSE least(date_trunc('second', clock_timestamp()), x.cursor - back + wide) END
		WHERE x.system = sys AND (x.leased_until IS NULL OR x.leased_until <= now()) RETURNING * INTO p;
	IF p.system IS NOT NULL THEN
		-- A window that overlaps more than it covers would never end.
		RETURN QUERY SELECT p.fence, p.cursor - least(back, wide / 2), p.window_end, p.page;
	END IF;
END $$;

-- A page that was read: whose dossier it tells something new of is asked about first, with all its words,
-- and the cursor moves in the same commit, never back.  True: there is more to read now.  views: [{code,
-- foreign_code, steps}] as wire.told takes them.
CREATE FUNCTION wire.polled(sys text, fence bigint, views jsonb, next_page text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	p poll;
	x jsonb;
	d dossier;
BEGIN
	SELECT * INTO p FROM poll y WHERE y.system = $1 AND y.fence = $2 AND y.leased_until IS NOT NULL FOR UPDATE;
	IF p.system IS NULL THEN
		RETURN false;
	END IF;
	-- Dossiers in one order, so that two couriers never wait for each other in a ring.
	FOR x IN SELECT v FROM jsonb_array_elements($3) v WHERE coalesce(v->>'code', v->>'foreign_code', '') <> ''
			ORDER BY coalesce(v->>'code', v->>'foreign_code') COLLATE "C", v->>'at' LOOP
		d := dossier_told($1, coalesce(nullif(x->>'code', ''), x->>'foreign_code'), coalesce(x->>'foreign_code', ''));
		IF d.unit_id IS NOT NULL AND line_is_news(d, $1, x) THEN
			UPDATE stream s SET ask_now = true, asked_at = NULL
				WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = $1 AND NOT s.ask_now;
		END IF;
	END LOOP;
	UPDATE poll y SET at = now(), leased_until = NULL, page = coalesce($4, ''),
		cursor = CASE WHEN coalesce($4, '') = '' THEN greatest(y.cursor, p.window_end) ELSE y.cursor END
		WHERE y.system = $1;
	RETURN coalesce($4, '') <> '' OR p.window_end < now() - interval '1 minute';
END $$;

-- Delivered dossiers whose progress may be asked for: those somebody wants to know of first (until there
-- was an answer, twice a minute), then the longest unasked, none asked less than rest seconds ago.
DROP FUNCTION wire.open_streams(text, int);
CREATE FUNCTION wire.open_streams(wanted text, most int, rest int DEFAULT 0) RETURNS TABLE (unit_id bigint,
	dossier_id bigint, code text, foreign_code text, status int, memory jsonb)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	WITH first AS (
		SELECT s.unit_id, s.dossier_id, s.system FROM stream s WHERE s.system = wanted AND s.ask_now
			AND (s.asked_at IS NULL OR s.asked_at <= now() - interval '30 seconds')
		ORDER BY s.asked_at NULLS FIRST LIMIT greatest(1, least(most, 1000) * 3 / 4) FOR UPDATE SKIP LOCKED
	), others AS (
		SELECT s.unit_id, s.dossier_id, s.system FROM stream s
		WHERE s.system = wanted AND NOT s.open AND NOT s.refused AND s.created_there AND NOT s.ask_now
			AND (s.travel <> 'received' OR coalesce(s.foreign_status, 0) NOT IN (3, 8, 10))
			AND (s.asked_at IS NULL OR s.asked_at <= now() - make_interval(secs => rest))
		ORDER BY s.asked_at NULLS FIRST
		LIMIT greatest(0, least(most, 1000) - (SELECT count(*) FROM first)) FOR UPDATE SKIP LOCKED
	), marked AS (
		UPDATE stream s SET asked_at = now()
		FROM (SELECT * FROM first UNION ALL SELECT * FROM others) a
		WHERE (s.unit_id, s.dossier_id, s.system) = (a.unit_id, a.dossier_id, a.system) RETURNING s.*
	)
	SELECT k.unit_id, k.dossier_id, d.code, k.foreign_code, d.status::int, k.memory
	FROM marked k JOIN dossier d ON d.unit_id = k.unit_id AND d.dossier_id = k.dossier_id
$$;

-- Files to fetch and receipts to give for what was told; ack: the kinds of parts they want a receipt for.
CREATE FUNCTION wire.part_work(sys text, lease_seconds int, most int, ack text[]) RETURNS TABLE (part_id bigint,
	fence bigint, what text, unit_id bigint, dossier_id bigint, code text, foreign_code text, kind text, key text,
	facts jsonb, attempts int, memory jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
BEGIN
	UPDATE answer_part p SET settled = true WHERE p.system = sys AND NOT p.settled AND p.kind <> 'word'
		AND (p.kind <> 'result' OR p.file_id IS NOT NULL OR coalesce(p.facts->>'link', '') = '')
		AND (p.acked_at IS NOT NULL OR NOT p.kind = ANY (ack));
	RETURN QUERY
	WITH due AS (
		SELECT p.part_id FROM answer_part p WHERE p.system = sys AND NOT p.settled AND p.next_at <= now() AND p.kind <> 'word'
			AND (p.leased_until IS NULL OR p.leased_until <= now())
		ORDER BY p.next_at LIMIT greatest(0, least(most, 100)) FOR UPDATE SKIP LOCKED
	)
	UPDATE answer_part p SET leased_until = now() + make_interval(secs => greatest(5, lease_seconds)), fence = p.fence + 1
	FROM due, stream s WHERE p.part_id = due.part_id AND s.unit_id = p.unit_id AND s.dossier_id = p.dossier_id
		AND s.system = p.system
	RETURNING p.part_id, p.fence, CASE WHEN p.kind = 'result' AND p.file_id IS NULL AND coalesce(p.facts->>'link', '') <> ''
		THEN 'fetch' ELSE 'ack' END, p.unit_id, p.dossier_id, p.code, s.foreign_code, p.kind, p.key, p.facts, p.attempts, s.memory;
END $$;

-- The file they gave, whole; false: it was kept already, or the lease is another's.
CREATE FUNCTION wire.part_file(part bigint, fence bigint, name text, media_type text, body bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	p answer_part;
BEGIN
	SELECT * INTO p FROM answer_part x WHERE x.part_id = $1 AND x.fence = $2 AND x.leased_until IS NOT NULL FOR UPDATE;
	IF p.part_id IS NULL OR p.file_id IS NOT NULL OR coalesce(octet_length($5), 0) = 0 THEN
		RETURN false;
	END IF;
	UPDATE answer_part x SET file_id = keep_file(p.unit_id, p.dossier_id, $3, $4, $5, p.system), leased_until = NULL,
		attempts = 0, next_at = now(), note = '', changed_at = clock_timestamp() WHERE x.part_id = $1;
	UPDATE problem x SET solved_at = clock_timestamp(), solved_by = p.system, solution = 'Đã tải được tệp.'
		WHERE x.unit_id = p.unit_id AND x.dossier_id = p.dossier_id AND x.system = p.system AND x.kind = 'result'
			AND x.key = p.key AND x.solved_at IS NULL;
	PERFORM pg_notify('motcua_unit_' || p.unit_id, 'travel ' || p.dossier_id);
	RETURN true;
END $$;

-- The end of an attempt: class delivered (a receipt was taken), else later again, without an end; what
-- was refused is told to the clerk once and tried again tomorrow.
CREATE FUNCTION wire.part_done(part bigint, fence bigint, class text, note text, retry_after_seconds int) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	p answer_part;
	good boolean := $3 IN ('delivered', 'duplicate');
BEGIN
	UPDATE answer_part x SET leased_until = NULL, attempts = CASE WHEN good THEN 0 ELSE x.attempts + 1 END,
		acked_at = CASE WHEN good THEN clock_timestamp() ELSE x.acked_at END, settled = x.settled OR good,
		next_at = CASE WHEN $3 = 'refused' THEN now() + interval '1 day' ELSE now() + wire.back_off(x.attempts, $5) END,
		note = CASE WHEN good THEN '' ELSE left(coalesce($4, ''), 1000) END
		WHERE x.part_id = $1 AND x.fence = $2 AND x.leased_until IS NOT NULL RETURNING * INTO p;
	IF p.part_id IS NULL THEN
		RETURN false;
	END IF;
	IF $3 = 'refused' AND p.kind = 'result' AND p.file_id IS NULL THEN
		INSERT INTO problem (unit_id, dossier_id, system, kind, key, text) VALUES (p.unit_id, p.dossier_id, p.system, 'result',
			p.key, left(format('Không tải được tệp kết quả “%s” của %s: %s', p.facts->>'name', system_name(p.system), $4), 1000))
			ON CONFLICT DO NOTHING;
		PERFORM pg_notify('motcua_unit_' || p.unit_id, 'travel ' || p.dossier_id);
	END IF;
	RETURN true;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
