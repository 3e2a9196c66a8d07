-- SPDX-License-Identifier: Apache-2.0
-- What reconciliation sends again is the dossier as it is, before whatever waits for that system; lists of
-- other people's dossiers are not kept once they were compared.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0145: the dossier once more, as it is now, then where it stands; the courier asks before it sends.
CREATE OR REPLACE FUNCTION desk.difference_send(difference bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	x reconcile_difference := difference_mine(difference);
	d dossier;
	s stream;
	body jsonb;
BEGIN
	PERFORM check_that(x.dossier_id IS NOT NULL, 'difference', 'Hồ sơ này không có ở đây để gửi.');
	SELECT * INTO d FROM dossier y WHERE y.unit_id = x.unit_id AND y.dossier_id = x.dossier_id FOR UPDATE;
	SELECT * INTO s FROM stream y WHERE y.unit_id = x.unit_id AND y.dossier_id = x.dossier_id AND y.system = x.system FOR UPDATE;
	IF s.leased_until > now() THEN
		PERFORM refuse('MC006', 'Tin đang được gửi: đợi vài giây rồi làm lại.', format('stream of %s to %s is leased', d.dossier_id, s.system));
	END IF;
	body := CASE x.kind WHEN 'missing_there' THEN payload_now(d, s, jsonb_build_object('name', mine.full_name, 'title', mine.title)) END;
	IF body IS NOT NULL AND s.head <= s.tail AND NOT EXISTS (SELECT FROM message m WHERE m.unit_id = s.unit_id
			AND m.dossier_id = s.dossier_id AND m.system = s.system AND m.seq >= s.head AND m.kind = 'dossier') THEN
		-- What waits speaks of a dossier they do not have: it goes behind the dossier.
		PERFORM supersede(s, body, 'Gửi lại sau đối soát');
	ELSIF s.head > s.tail THEN
		IF body IS NOT NULL THEN
			PERFORM enqueue(d.unit_id, d.dossier_id, x.system, 'dossier', body);
		END IF;
		PERFORM enqueue(d.unit_id, d.dossier_id, x.system, 'progress', progress_payload(d.code, mine.full_name, mine.title, '',
			d.status_at, 'Gửi lại sau đối soát', d.status, d.status_at, d.due_at));
	END IF;
	UPDATE stream y SET refused = false, attempts = 0, next_at = now(), ask_first = true, changed_at = clock_timestamp(),
		created_there = CASE x.kind WHEN 'missing_there' THEN false ELSE y.created_there END,
		memory = CASE x.kind WHEN 'missing_there' THEN '{}' ELSE y.memory END,
		travel = CASE x.kind WHEN 'missing_there' THEN 'saved' ELSE 'sent' END
		WHERE y.unit_id = x.unit_id AND y.dossier_id = x.dossier_id AND y.system = x.system;
	UPDATE problem p SET solved_at = clock_timestamp(), solved_by = mine.login, solution = 'Gửi lại sau đối soát'
		WHERE p.unit_id = x.unit_id AND p.dossier_id = x.dossier_id AND p.system = x.system AND p.solved_at IS NULL
			AND p.kind IN ('refused', 'disagreed');
	PERFORM difference_set(x, 'sent', '');
	PERFORM pg_notify('motcua_outbox', x.system);
	PERFORM pg_notify('motcua_unit_' || x.unit_id, 'travel ' || x.dossier_id);
END $$;

-- As in 0144; of a list only the differences are left.
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
		UPDATE question q SET reply = NULL WHERE q.unit_id = NEW.unit_id AND q.question_id = NEW.question_id AND q.reply IS NOT NULL;
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
