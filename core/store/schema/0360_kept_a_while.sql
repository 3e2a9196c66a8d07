-- SPDX-License-Identifier: Apache-2.0
-- Months are made by whoever owns the tables, triggers and all; a list that was asked for by hand is read before it is forgotten.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_wire;
GRANT EXECUTE ON FUNCTION motcua.wait_ended_there TO motcua_owner;
RESET ROLE;

SET ROLE motcua_owner;

-- As in 0348, an hour after the answer.
CREATE OR REPLACE FUNCTION motcua.forget_lists() RETURNS void
LANGUAGE sql AS $$
	UPDATE question q SET reply = NULL WHERE q.kind = 'list' AND q.reply IS NOT NULL AND q.state <> 'waiting'
		AND q.answered_at < now() - interval '1 hour'
		AND NOT EXISTS (SELECT FROM reconcile_run r WHERE r.unit_id = q.unit_id AND r.state = 'waiting' AND q.question_id = ANY (r.questions))
$$;

-- As in 0345; a list that no run asked for is kept until then, too.
CREATE OR REPLACE FUNCTION motcua.reconcile_heard() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	r reconcile_run;
	bad question;
BEGIN
	SELECT * INTO r FROM reconcile_run x WHERE x.unit_id = NEW.unit_id AND x.state = 'waiting'
		AND NEW.question_id = ANY (x.questions) FOR UPDATE;
	IF r.run_id IS NULL THEN
		-- Of a run that has ended without it.
		UPDATE question q SET reply = NULL WHERE q.unit_id = NEW.unit_id AND q.question_id = NEW.question_id AND q.reply IS NOT NULL
			AND EXISTS (SELECT FROM reconcile_run x WHERE x.unit_id = NEW.unit_id AND NEW.question_id = ANY (x.questions));
		RETURN NULL;
	END IF;
	SELECT * INTO bad FROM question q WHERE q.unit_id = r.unit_id AND q.question_id = ANY (r.questions)
		AND (q.state = 'failed' OR (q.state = 'answered' AND q.reply->'whole' IS DISTINCT FROM 'true'))
		ORDER BY q.question_id LIMIT 1;
	IF bad.question_id IS NOT NULL THEN
		UPDATE reconcile_run x SET state = 'failed', ended_at = clock_timestamp(), note = coalesce(nullif(bad.note, ''),
			CASE bad.state WHEN 'answered' THEN 'Danh sách bên kia đưa không đầy đủ.' ELSE 'Hệ thống bên kia không trả lời.' END)
			WHERE x.unit_id = r.unit_id AND x.run_id = r.run_id;
	ELSIF NOT EXISTS (SELECT FROM question q WHERE q.unit_id = r.unit_id AND q.question_id = ANY (r.questions) AND q.state = 'waiting') THEN
		PERFORM reconcile_compare(r);
	ELSE
		RETURN NULL;
	END IF;
	UPDATE question q SET reply = NULL WHERE q.unit_id = r.unit_id AND q.question_id = ANY (r.questions) AND q.reply IS NOT NULL;
	PERFORM pg_notify('motcua_unit_' || r.unit_id, 'reconcile ' || r.run_id);
	RETURN NULL;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
