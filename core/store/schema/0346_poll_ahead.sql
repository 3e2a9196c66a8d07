-- SPDX-License-Identifier: Apache-2.0
-- Reading lists of changes: the cursor always moves on, a list that leads in a circle ends, and nobody waits
-- in a ring for what a list names.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Their numbers are looked for without knowing whose dossier it is.
CREATE INDEX alias_told ON motcua.alias (system, foreign_code);

-- The dossier they speak of, by our code or one of theirs; dossier_told locks it.  No row: none of ours.
CREATE FUNCTION motcua.dossier_named(sys text, our_code text, their_code text) RETURNS SETOF motcua.dossier
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN QUERY SELECT x.* FROM dossier x WHERE x.code = our_code;
	IF NOT FOUND THEN
		RETURN QUERY SELECT x.* FROM alias a JOIN dossier x ON x.unit_id = a.unit_id AND x.dossier_id = a.dossier_id
			WHERE a.system = sys AND a.foreign_code IN (our_code, their_code) LIMIT 1;
	END IF;
END $$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.dossier_named TO motcua_wire;
SET ROLE motcua_wire;

-- As in 0142: the window to read next; no row: another courier is at it, or all is read.
CREATE OR REPLACE FUNCTION wire.poll_begin(sys text, window_hours int, overlap_minutes int, lease_seconds int)
RETURNS TABLE (fence bigint, from_at timestamptz, to_at timestamptz, page text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	wide interval := make_interval(hours => greatest(1, least(window_hours, 744)));
	-- A window that overlaps more than it covers would never end.
	back interval := least(make_interval(mins => greatest(0, least(overlap_minutes, 1440))), wide / 2);
	p poll;
BEGIN
	INSERT INTO poll AS x (system, cursor) VALUES (sys, date_trunc('second', now()) - wide) ON CONFLICT DO NOTHING;
	UPDATE poll x SET leased_until = now() + make_interval(secs => greatest(5, lease_seconds)), fence = x.fence + 1,
		window_end = CASE WHEN x.page <> '' AND x.window_end IS NOT NULL THEN x.window_end
			ELSE least(date_trunc('second', clock_timestamp()), x.cursor - back + wide) END
		WHERE x.system = sys AND (x.leased_until IS NULL OR x.leased_until <= now()) RETURNING * INTO p;
	IF p.system IS NOT NULL THEN
		RETURN QUERY SELECT p.fence, p.cursor - back, p.window_end, p.page;
	END IF;
END $$;

-- As in 0142: a page that was read.
CREATE OR REPLACE FUNCTION wire.polled(sys text, fence bigint, views jsonb, next_page text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	p poll;
	one record;
	more text := coalesce($4, '');
BEGIN
	SELECT * INTO p FROM poll y WHERE y.system = $1 AND y.fence = $2 AND y.leased_until IS NOT NULL FOR UPDATE;
	IF p.system IS NULL THEN
		RETURN false;
	END IF;
	-- A list that sends us back to where we are would be read for ever.
	IF more = p.page OR (CASE WHEN more ~ '^[0-9]{1,15}$' AND p.page ~ '^[0-9]{1,15}$' THEN more::bigint <= p.page::bigint END) THEN
		more := '';
	END IF;
	-- All of them looked up first, then locked in the order everybody locks streams in, those with news alone.
	FOR one IN SELECT DISTINCT d.unit_id, d.dossier_id FROM jsonb_array_elements($3) v CROSS JOIN LATERAL
				dossier_named($1, coalesce(nullif(v->>'code', ''), v->>'foreign_code'), coalesce(v->>'foreign_code', '')) d
			WHERE coalesce(v->>'code', v->>'foreign_code', '') <> '' AND line_is_news(d, $1, v) ORDER BY 1, 2 LOOP
		UPDATE stream s SET ask_now = true, asked_at = NULL
			WHERE s.unit_id = one.unit_id AND s.dossier_id = one.dossier_id AND s.system = $1 AND NOT s.ask_now;
	END LOOP;
	UPDATE poll y SET at = now(), leased_until = NULL, page = more,
		cursor = CASE WHEN more = '' THEN greatest(y.cursor, p.window_end) ELSE y.cursor END
		WHERE y.system = $1;
	RETURN more <> '' OR p.window_end < now() - interval '1 minute';
END $$;

-- As in 0191: a function that is replaced loses these.
DO $$
DECLARE
	f text;
	s text;
BEGIN
	FOREACH f IN ARRAY ARRAY['polled(text, bigint, jsonb, text)', 'poll_begin(text, int, int, int)'] LOOP
		FOREACH s IN ARRAY ARRAY['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'enable_bitmapscan', 'jit'] LOOP
			EXECUTE format('ALTER FUNCTION wire.%s SET %s = off', f, s);
		END LOOP;
		EXECUTE format('ALTER FUNCTION wire.%s SET plan_cache_mode = force_generic_plan', f);
	END LOOP;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
