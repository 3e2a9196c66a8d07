-- SPDX-License-Identifier: Apache-2.0
-- A whole view of a dossier as the other side has it, in one durable call: every part is a row before
-- anything is concluded from it, and is acknowledged after the commit, by what stands here.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- A moment in a view; NULL when it is none.
CREATE FUNCTION motcua.view_moment(text) RETURNS timestamptz
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN CASE WHEN isfinite(nullif($1, '')::timestamptz) THEN $1::timestamptz END;
EXCEPTION WHEN data_exception THEN
	RETURN NULL;
END $$;

-- A whole number in a view; NULL when it is none.
CREATE FUNCTION motcua.view_number(jsonb) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN jsonb_typeof($1) = 'number' AND abs($1::numeric) < 1e15 THEN trunc($1::numeric)::bigint END
$$;

-- A day and hour for sentences.
CREATE FUNCTION motcua.say_moment(timestamptz) RETURNS text
LANGUAGE sql STABLE AS $$ SELECT to_char(local($1), 'DD/MM/YYYY HH24:MI') $$;

CREATE FUNCTION motcua.say_money(bigint) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT replace(to_char($1, 'FM999,999,999,999'), ',', '.') || ' đồng' $$;

-- What a part asks of us, for the clerk's list; NULL: nothing.
CREATE FUNCTION motcua.part_task(p motcua.answer_part) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
	who text := system_name(p.system);
	until timestamptz := view_moment(p.facts->>'until');
BEGIN
	IF coalesce(p.facts->'done' = 'true', false) THEN
		RETURN NULL;
	END IF;
	RETURN CASE p.kind
		WHEN 'supplement' THEN format('%s yêu cầu bổ sung: %s', who, p.facts->>'text')
			|| CASE WHEN until IS NULL THEN '' ELSE format(' (hạn %s)', say_moment(until)) END
		WHEN 'payment' THEN format('%s yêu cầu nộp %s: %s', who, p.facts->>'name', say_money(view_number(p.facts->'amount')))
		WHEN 'extension' THEN format('%s báo ngày hẹn trả mới %s: %s', who, say_moment(view_moment(p.facts->>'new_due')),
			coalesce(nullif(p.facts->>'text', ''), 'không nêu lý do'))
		WHEN 'word' THEN format('%s dùng trạng thái chưa rõ nghĩa “%s”: %s. Người phụ trách xác định nghĩa một lần.', who,
			p.facts->>'word', coalesce(nullif(p.facts->>'text', ''), 'không có lời kèm'))
		END;
END $$;

-- Keeps one part; what they changed of it since is kept, too.  NULL: nothing new.
CREATE FUNCTION motcua.keep_part(d motcua.dossier, sys text, what text, part jsonb) RETURNS motcua.answer_part
LANGUAGE plpgsql AS $$
DECLARE
	p answer_part;
	told_at timestamptz := view_moment(part->>'at');
	name text := left(coalesce(nullif(part->>'key', ''), md5(concat_ws('|', part->>'at', part->>'word', part->>'text',
		part->>'name', part->>'amount', part->>'link', part->>'new_due'))), 200);
BEGIN
	INSERT INTO answer_part AS a (system, code, kind, key, unit_id, dossier_id, at, facts)
		VALUES (sys, d.code, what, name, d.unit_id, d.dossier_id, coalesce(told_at, date_trunc('second', clock_timestamp())), part)
	ON CONFLICT (system, code, kind, key) DO UPDATE SET facts = part, changed_at = clock_timestamp()
		WHERE a.facts - 'raw' <> part - 'raw' RETURNING a.* INTO p;
	RETURN p;
END $$;

-- The clerk's row of a part, opened once, closed when they say it is settled.
CREATE FUNCTION motcua.part_open(p motcua.answer_part) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	say text := part_task(p);
	one text := CASE p.kind WHEN 'word' THEN p.facts->>'word' ELSE p.key END;
BEGIN
	IF say IS NULL THEN
		UPDATE problem x SET solved_at = clock_timestamp(), solved_by = p.system, solution = 'Bên kia báo đã xong.'
			WHERE x.unit_id = p.unit_id AND x.dossier_id = p.dossier_id AND x.system = p.system AND x.kind = p.kind
				AND x.key = one AND x.solved_at IS NULL;
	ELSE
		INSERT INTO problem (unit_id, dossier_id, system, kind, key, text)
			VALUES (p.unit_id, p.dossier_id, p.system, p.kind, one, left(say, 1000)) ON CONFLICT DO NOTHING;
	END IF;
END $$;

-- A file of a whole, in pieces as scanned ones are.
CREATE FUNCTION motcua.keep_file(unit bigint, dossier bigint, file_name text, media text, body bytea, author text)
RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
	f file;
	piece int := 262144;
BEGIN
	INSERT INTO file (unit_id, name, media_type, size, sha256, login, whole, dossier_id)
		VALUES (unit, left(coalesce(nullif(regexp_replace(file_name, '[/\\\x01-\x1f]', '_', 'g'), ''), 'ket-qua'), 255),
			left(coalesce(media, ''), 100), octet_length(body), sha256(body), author, true, dossier) RETURNING * INTO f;
	INSERT INTO file_piece (unit_id, file_id, seq, at, data)
		SELECT unit, f.file_id, n, f.begun_at, substring(body FROM n * piece + 1 FOR piece)
		FROM generate_series(0, (octet_length(body) - 1) / piece) n;
	RETURN f.file_id;
END $$;

-- The file that came inside the message leaves the facts for the files.
CREATE FUNCTION motcua.keep_inline(p motcua.answer_part, content text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	UPDATE answer_part x SET file_id = keep_file(p.unit_id, p.dossier_id, coalesce(nullif(p.facts->>'file', ''), p.facts->>'name'),
			p.facts->>'media_type', decode(content, 'base64'), p.system)
		WHERE x.part_id = p.part_id AND x.file_id IS NULL;
EXCEPTION WHEN data_exception OR check_violation THEN
	UPDATE answer_part x SET note = 'Tệp kèm trong tin không đọc được.' WHERE x.part_id = p.part_id;
END $$;

-- Parts of one kind in a view.
CREATE FUNCTION motcua.keep_parts(d motcua.dossier, sys text, what text, parts jsonb) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
	part jsonb;
	p answer_part;
	news boolean := false;
BEGIN
	FOR part IN SELECT x FROM jsonb_array_elements(CASE WHEN jsonb_typeof(parts) = 'array' THEN parts ELSE '[]' END) x
			WHERE jsonb_typeof(x) = 'object' LIMIT 200 LOOP
		p := keep_part(d, sys, what, part - 'content');
		CONTINUE WHEN p.part_id IS NULL;
		news := true;
		IF coalesce(part->>'content', '') <> '' THEN
			PERFORM keep_inline(p, part->>'content');
		END IF;
		PERFORM part_open(p);
	END LOOP;
	RETURN news;
END $$;

-- A word of theirs in our vocabulary: the supervisor's decision, or NULL.
CREATE FUNCTION motcua.word_status(unit bigint, sys text, theirs text) RETURNS int
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN (SELECT w.status FROM status_word w WHERE w.unit_id = unit AND w.system = sys AND w.word = theirs);
END $$;

-- Words that were decided since are heard now, in their order.
CREATE FUNCTION motcua.hear_words(unit bigint, dossier bigint, sys text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
	p answer_part;
	meaning int;
	news boolean := false;
BEGIN
	FOR p IN SELECT * FROM answer_part x WHERE x.unit_id = unit AND x.dossier_id = dossier AND x.system = sys
			AND x.kind = 'word' AND NOT x.concluded ORDER BY x.at, x.part_id LOOP
		meaning := word_status(unit, sys, p.facts->>'word');
		CONTINUE WHEN meaning IS NULL;
		UPDATE answer_part x SET concluded = true, settled = true WHERE x.part_id = p.part_id;
		news := hear(sys, p.code, '', meaning, p.facts->>'word', p.at, p.facts->>'text', p.facts->>'raw') OR news;
	END LOOP;
	RETURN news;
END $$;

-- The statuses in a view, theirs and those that a request implies, oldest first; their own words for a
-- request stand before the bare status of the same moment.
CREATE FUNCTION motcua.view_steps(d motcua.dossier, sys text, view jsonb)
RETURNS TABLE (at timestamptz, status int, word text, say text)
LANGUAGE sql STABLE AS $$
	SELECT x.at, x.status, x.word, x.say FROM (
		SELECT view_moment(s.x->>'at') AS at, coalesce(view_number(s.x->'status'), 0)::int AS status,
			coalesce(s.x->>'word', '') AS word, coalesce(s.x->>'text', '') AS say, 1 AS rank, s.n
		FROM jsonb_array_elements(CASE WHEN jsonb_typeof(view->'steps') = 'array' THEN view->'steps' ELSE '[]' END)
			WITH ORDINALITY s(x, n) WHERE jsonb_typeof(s.x) = 'object'
		UNION ALL
		SELECT p.at, CASE p.kind WHEN 'supplement' THEN 5 ELSE 6 END, '',
			CASE p.kind WHEN 'supplement' THEN p.facts->>'text'
				ELSE format('%s: %s', p.facts->>'name', say_money(view_number(p.facts->'amount'))) END, 0, p.part_id
		FROM answer_part p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id AND p.system = sys
			AND p.kind IN ('supplement', 'payment') AND NOT p.concluded AND NOT coalesce(p.facts->'done' = 'true', false)
	) x WHERE x.at IS NOT NULL ORDER BY x.at, x.rank, x.n
$$;

RESET ROLE;
GRANT INSERT ON motcua.file, motcua.file_piece TO motcua_wire;
GRANT EXECUTE ON FUNCTION motcua.view_moment, motcua.view_number, motcua.say_moment, motcua.say_money, motcua.part_task, motcua.keep_part,
	motcua.part_open, motcua.keep_file, motcua.keep_inline, motcua.keep_parts, motcua.word_status, motcua.hear_words,
	motcua.view_steps TO motcua_wire;

SET ROLE motcua_wire;

-- view: {foreign_code, raw, steps [{status, word, at, text}], asks [{key, text, at, until, done, by}],
-- fees [{key, name, amount, at, done}], results [{key, name, code, link, file, media_type, content}],
-- extensions [{key, at, old_due, new_due, text}]}.  status 0 with a word: a word their profile does not
-- map.  True: something of it was news.
CREATE FUNCTION wire.told(system text, code text, view jsonb) RETURNS boolean
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
	UPDATE stream s SET travel = 'received', created_there = true, changed_at = clock_timestamp()
		WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = $1 AND s.travel = 'sent' AND NOT s.refused;
	news := news OR FOUND;
	IF news THEN
		PERFORM pg_notify('motcua_unit_' || d.unit_id, 'travel ' || d.dossier_id);
	END IF;
	RETURN news;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
