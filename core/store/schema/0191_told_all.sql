-- SPDX-License-Identifier: Apache-2.0
-- What many systems say of many dossiers, told in one commit; what is usual in it by few statements for
-- all of them, with the same outcome as wire.told has for each.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Lines [{system, code, view}] that move nothing here: a dossier known there, with no requests, whose
-- statuses are all known here, or are the first ones told by a system that does not work the dossier or
-- says what stands here already.  place: in the list, from 1.
CREATE FUNCTION motcua.tell_plain(lines jsonb) RETURNS TABLE (place bigint, unit bigint, dossier bigint, news boolean)
LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY WITH line AS MATERIALIZED (
		SELECT e.n, d.unit_id, d.dossier_id, d.code, d.status AS stands, s.system, s.system = d.route_system AS works,
			s.travel = 'sent' AND NOT s.refused AS sent, left(coalesce(e.view->>'foreign_code', ''), 60) AS number,
			left(coalesce(e.view->>'raw', ''), 16384) AS raw, e.view->'steps' AS steps,
			coalesce(view_moment(e.view->>'received_at'), d.received_at) AS known_at,
			EXISTS (SELECT FROM answer a WHERE a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id
				AND a.system = s.system AND a.status <> 0 OFFSET 0) AS heard
		FROM (SELECT i.n, i.x->>'system' AS system, i.x->>'code' AS code, i.x->'view' AS view,
				row_number() OVER (PARTITION BY i.x->>'system', i.x->>'code' ORDER BY i.n) AS nth
			FROM jsonb_array_elements(lines) WITH ORDINALITY i(x, n)) e
		CROSS JOIN LATERAL (SELECT * FROM motcua.dossier x WHERE x.code = e.code OFFSET 0) d
		CROSS JOIN LATERAL (SELECT * FROM stream x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id
			AND x.system = e.system OFFSET 0) s
		WHERE e.nth = 1 AND d.status NOT IN (5, 6, 7, 8) AND jsonb_typeof(e.view->'steps') = 'array'
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
		UPDATE stream t SET travel = CASE WHEN p.sent OR p.fresh AND NOT t.refused THEN 'received'
				WHEN p.fresh THEN 'disagreed' ELSE t.travel END,
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
GRANT EXECUTE ON FUNCTION motcua.tell_plain TO motcua_wire;
SET ROLE motcua_wire;

-- lines: [{system, code, view}], views as wire.told takes them.  Each dossier and its streams are locked
-- in one order, so that nobody waits for another in a ring.  Back comes how many lines held news.
CREATE FUNCTION wire.told_all(lines jsonb) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	one record;
	done bigint[] := '{}';
	news int := 0;
BEGIN
	-- News of the system that works a dossier is told on to the others: their streams are locked, too.
	PERFORM FROM (
			SELECT d.unit_id, d.dossier_id, bool_or(x->>'system' = d.route_system
				AND x->'view' @? format('$.steps[*] ? (@.status != %s)', d.status)::jsonpath) AS all_of_them,
				array_agg(x->>'system') AS systems
			FROM jsonb_array_elements(lines) x
			CROSS JOIN LATERAL (SELECT * FROM dossier y WHERE y.code = x->>'code' OFFSET 0) d
			GROUP BY 1, 2 ORDER BY 1, 2) told
		CROSS JOIN LATERAL (SELECT FROM dossier y WHERE y.unit_id = told.unit_id AND y.dossier_id = told.dossier_id FOR UPDATE) d
		CROSS JOIN LATERAL (SELECT FROM stream y WHERE y.unit_id = told.unit_id AND y.dossier_id = told.dossier_id
			AND (told.all_of_them OR y.system = ANY (told.systems)) ORDER BY y.system FOR UPDATE) s;
	FOR one IN SELECT * FROM tell_plain(lines) LOOP
		done := done || one.place;
		IF one.news THEN
			news := news + 1;
			PERFORM pg_notify('motcua_unit_' || one.unit, 'travel ' || one.dossier);
		END IF;
	END LOOP;
	FOR one IN SELECT e.x->>'system' AS system, e.x->>'code' AS code, e.x->'view' AS view
			FROM jsonb_array_elements(lines) WITH ORDINALITY e(x, n) LEFT JOIN LATERAL (SELECT * FROM dossier y WHERE y.code = e.x->>'code' OFFSET 0) d ON true
			WHERE e.n <> ALL (done) ORDER BY d.unit_id, d.dossier_id, 1 LOOP
		news := news + wire.told(one.system, one.code, one.view)::int;
	END LOOP;
	RETURN news;
END $$;

-- As in 0142, its plan made once.
CREATE OR REPLACE FUNCTION wire.open_streams(wanted text, most int, rest int DEFAULT 0) RETURNS TABLE (unit_id bigint,
	dossier_id bigint, code text, foreign_code text, status int, memory jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY WITH first AS MATERIALIZED (
		SELECT s.unit_id, s.dossier_id, s.system FROM stream s WHERE s.system = wanted AND s.ask_now
			AND (s.asked_at IS NULL OR s.asked_at <= now() - interval '30 seconds')
		ORDER BY s.asked_at NULLS FIRST LIMIT greatest(1, least(most, 1000) * 3 / 4) FOR UPDATE SKIP LOCKED
	), others AS MATERIALIZED (
		SELECT s.unit_id, s.dossier_id, s.system FROM stream s
		WHERE s.system = wanted AND NOT s.open AND NOT s.refused AND s.created_there AND NOT s.ask_now
			AND (s.travel <> 'received' OR coalesce(s.foreign_status, 0) NOT IN (3, 8, 10))
			AND (s.asked_at IS NULL OR s.asked_at <= now() - make_interval(secs => rest))
		ORDER BY s.asked_at NULLS FIRST
		LIMIT greatest(0, least(most, 1000) - (SELECT count(*) FROM first)) FOR UPDATE SKIP LOCKED
	), marked AS (
		UPDATE stream s SET asked_at = now()
		FROM (SELECT * FROM first UNION ALL SELECT * FROM others) a
		WHERE s.unit_id = a.unit_id AND s.dossier_id = a.dossier_id AND s.system = a.system RETURNING s.*
	)
	SELECT k.unit_id, k.dossier_id, d.code, k.foreign_code, d.status::int, k.memory
	FROM marked k CROSS JOIN LATERAL (SELECT * FROM dossier x WHERE x.unit_id = k.unit_id AND x.dossier_id = k.dossier_id OFFSET 0) d;
END $$;

-- Plans are made once for tables of any size: along the indexes, whatever the tables held then.
DO $$
DECLARE
	f text;
	s text;
BEGIN
	FOREACH f IN ARRAY ARRAY['claim_from(text, int, text[], int[])', 'claim(text, int, int)', 'begin_all(bigint[], bigint[])',
			'finish_all(jsonb)', 'told(text, text, jsonb)', 'told_all(jsonb)', 'polled(text, bigint, jsonb, text)',
			'renew(bigint, bigint, int)', 'remember_all(jsonb)', 'open_streams(text, int, int)',
			'part_work(text, int, int, text[])', 'poll_begin(text, int, int, int)'] LOOP
		FOREACH s IN ARRAY ARRAY['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'enable_bitmapscan', 'jit'] LOOP
			EXECUTE format('ALTER FUNCTION wire.%s SET %s = off', f, s);
		END LOOP;
		EXECUTE format('ALTER FUNCTION wire.%s SET plan_cache_mode = force_generic_plan', f);
	END LOOP;
	-- Their index has them in order.
	ALTER FUNCTION wire.claim_from(text, int, text[], int[]) SET enable_sort = off;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
