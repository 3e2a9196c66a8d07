-- SPDX-License-Identifier: Apache-2.0
-- What was looked up of people is forgotten when its time is over, whether or not anybody looks up again;
-- nobody reads it after that, though it were still there.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE INDEX question_kept ON motcua.question (unit_id, kind) WHERE reply IS NOT NULL;

-- As in 0152; a question that nobody waits for any more is over, too.
CREATE OR REPLACE FUNCTION motcua.forget_lookups(unit bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	UPDATE question q SET reply = NULL, body = jsonb_build_object('what', q.body->>'what', 'forgotten', true),
		state = CASE q.state WHEN 'waiting' THEN 'failed' ELSE q.state END, answered_at = coalesce(q.answered_at, clock_timestamp()),
		note = CASE q.state WHEN 'waiting' THEN coalesce(nullif(q.note, ''), 'Hệ thống bên kia không trả lời kịp.') ELSE q.note END,
		leased_by = NULL, leased_until = NULL
	WHERE q.unit_id = unit AND q.kind = 'lookup' AND (q.body ? 'number' OR q.reply IS NOT NULL)
		AND q.asked_at < now() - make_interval(hours => setting_of(unit, 'lookup_hours')::int)
		AND (q.state <> 'waiting' OR q.give_up_at <= now());
END $$;

-- Lists that no reconciliation waits for.
CREATE FUNCTION motcua.forget_lists() RETURNS void
LANGUAGE sql AS $$
	UPDATE question q SET reply = NULL WHERE q.kind = 'list' AND q.reply IS NOT NULL AND q.state <> 'waiting'
		AND NOT EXISTS (SELECT FROM reconcile_run r WHERE r.unit_id = q.unit_id AND r.state = 'waiting' AND q.question_id = ANY (r.questions))
$$;

-- As in 0152; of my own questions only, and not for longer than may be kept.
CREATE OR REPLACE FUNCTION desk.lookup(wanted bigint) RETURNS TABLE (question_id bigint, what text, system text, system_name text,
	state text, reply jsonb, note text, asked_at timestamptz, answered_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
BEGIN
	RETURN QUERY SELECT q.question_id, q.body->>'what', q.system, coalesce(s.name, q.system), q.state,
		CASE WHEN q.asked_at >= now() - make_interval(hours => setting_of(mine.unit_id, 'lookup_hours')::int) THEN q.reply END, q.note,
		q.asked_at, q.answered_at
	FROM question q LEFT JOIN systems s ON s.code = q.system AND s.ended IS NULL
	WHERE q.unit_id = mine.unit_id AND q.question_id = $1 AND q.kind = 'lookup' AND q.login = mine.login;
	IF NOT FOUND THEN
		PERFORM refuse('MC008', 'Không có lần tra cứu này.', format('no lookup %s of %s', $1, mine.login));
	END IF;
END $$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.forget_lookups, motcua.forget_lists TO motcua_wire;
SET ROLE motcua_wire;

-- As in 0220; and what may not be kept is forgotten.
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
	PERFORM let_go_old(interval '24 hours', 1000);
	PERFORM forget_lookups(u.unit_id) FROM unit u;
	PERFORM forget_lists();
	PERFORM reconcile_night();
END $$;

RESET ROLE;
SELECT motcua.open_doors();
