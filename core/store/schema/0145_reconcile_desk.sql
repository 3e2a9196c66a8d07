-- SPDX-License-Identifier: Apache-2.0
-- Reconciliation as counters use it: runs on demand, differences, and the key that repairs each.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE FUNCTION desk.reconcile(of_system text, from_day date, to_day date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
BEGIN
	PERFORM check_that(EXISTS (SELECT FROM systems s WHERE s.code = of_system AND s.ended IS NULL), 'system', 'Không có hệ thống này.');
	PERFORM check_that(from_day <= to_day AND to_day <= local(now())::date AND to_day - from_day <= 92, 'from',
		'Chọn từ ngày đến ngày, không quá ba tháng và không sau hôm nay.');
	PERFORM audit('reconcile', NULL, jsonb_build_object('system', of_system, 'from', from_day, 'to', to_day));
	RETURN reconcile_start(mine.unit_id, of_system, from_day, to_day, mine.login, interval '10 minutes');
END $$;

-- Every system of this unit's dossiers with its latest run; state 'never' without one.
CREATE FUNCTION desk.reconcile_systems() RETURNS TABLE (system text, system_name text, run_id bigint, from_day date,
	to_day date, started_at timestamptz, ended_at timestamptz, state text, note text, ours int, theirs int,
	missing_there int, missing_here int, status int, doubled int, settled int, done_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT c.code, c.name, r.run_id, r.from_day, r.to_day, r.started_at, r.ended_at, coalesce(r.state, 'never'), coalesce(r.note, ''),
		done.ours, done.theirs,
		(count(x.difference_id) FILTER (WHERE x.kind = 'missing_there' AND x.state <> 'explained'))::int,
		(count(x.difference_id) FILTER (WHERE x.kind = 'missing_here' AND x.state <> 'explained'))::int,
		(count(x.difference_id) FILTER (WHERE x.kind = 'status' AND x.state <> 'explained'))::int,
		(count(x.difference_id) FILTER (WHERE x.kind = 'double' AND x.state <> 'explained'))::int,
		(count(x.difference_id) FILTER (WHERE x.state = 'explained'))::int, done.ended_at
	FROM me() m JOIN systems c ON c.ended IS NULL
		LEFT JOIN LATERAL (SELECT * FROM reconcile_run q WHERE q.unit_id = m.unit_id AND q.system = c.code
			ORDER BY q.run_id DESC LIMIT 1) r ON true
		LEFT JOIN LATERAL (SELECT * FROM reconcile_run q WHERE q.unit_id = m.unit_id AND q.system = c.code AND q.state = 'done'
			ORDER BY q.run_id DESC LIMIT 1) done ON true
		LEFT JOIN reconcile_difference x ON x.unit_id = m.unit_id AND x.run_id = done.run_id
	WHERE r.run_id IS NOT NULL OR EXISTS (SELECT FROM stream s WHERE s.unit_id = m.unit_id AND s.system = c.code)
	GROUP BY c.code, c.name, r.run_id, r.from_day, r.to_day, r.started_at, r.ended_at, r.state, r.note, done.ours, done.theirs, done.ended_at
	ORDER BY c.code
$$;

-- The differences of a system's latest whole run; what was explained comes last.
CREATE FUNCTION desk.reconcile_differences(of_system text, most int) RETURNS TABLE (difference_id bigint, kind text, code text,
	foreign_code text, dossier_id bigint, our_status int, their_status int, their_word text, received_at timestamptz,
	why text, state text, by_name text, at timestamptz, reason text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT x.difference_id, x.kind, x.code, x.foreign_code, x.dossier_id, x.our_status::int, x.their_status::int, x.their_word,
		x.received_at, x.why, x.state, CASE x.login WHEN '' THEN '' ELSE name_of(x.login) END, x.at, x.reason
	FROM me() m JOIN reconcile_difference x ON x.unit_id = m.unit_id AND x.run_id = (SELECT max(r.run_id) FROM reconcile_run r
		WHERE r.unit_id = m.unit_id AND r.system = of_system AND r.state = 'done')
	ORDER BY x.state = 'explained', array_position('{missing_there,missing_here,double,status}'::text[], x.kind), x.received_at, x.difference_id
	LIMIT greatest(1, least(most, 2000))
$$;

CREATE FUNCTION motcua.difference_mine(wanted bigint) RETURNS motcua.reconcile_difference
LANGUAGE plpgsql AS $$
DECLARE
	mine clerk := me();
	x reconcile_difference;
BEGIN
	SELECT * INTO x FROM reconcile_difference y WHERE y.unit_id = mine.unit_id AND y.difference_id = wanted FOR UPDATE;
	IF x.difference_id IS NULL THEN
		PERFORM refuse('MC008', 'Không có dòng chênh lệch này.', format('no difference %s', wanted));
	END IF;
	RETURN x;
END $$;

CREATE FUNCTION motcua.difference_set(x motcua.reconcile_difference, fresh text, words text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	mine clerk := me();
BEGIN
	UPDATE reconcile_difference y SET state = fresh, login = mine.login, at = clock_timestamp(), reason = left(btrim(coalesce(words, '')), 1000)
		WHERE y.unit_id = x.unit_id AND y.difference_id = x.difference_id;
	PERFORM audit('difference', x.dossier_id, jsonb_build_object('difference', x.difference_id, 'state', fresh, 'system', x.system));
	PERFORM pg_notify('motcua_unit_' || x.unit_id, 'reconcile ' || x.run_id);
END $$;

-- The dossier goes to that system once more, as it was told at reception, then where it stands now; the
-- courier asks before it sends.
CREATE FUNCTION desk.difference_send(difference bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	x reconcile_difference := difference_mine(difference);
	d dossier;
	s stream;
BEGIN
	PERFORM check_that(x.dossier_id IS NOT NULL, 'difference', 'Hồ sơ này không có ở đây để gửi.');
	SELECT * INTO d FROM dossier y WHERE y.unit_id = x.unit_id AND y.dossier_id = x.dossier_id FOR UPDATE;
	SELECT * INTO s FROM stream y WHERE y.unit_id = x.unit_id AND y.dossier_id = x.dossier_id AND y.system = x.system FOR UPDATE;
	IF s.head > s.tail THEN
		-- Nothing waits: the first message is written again.
		IF x.kind = 'missing_there' THEN
			PERFORM enqueue(m.unit_id, m.dossier_id, m.system, m.kind, m.payload) FROM message m WHERE m.unit_id = x.unit_id
				AND m.dossier_id = x.dossier_id AND m.system = x.system AND m.kind = 'dossier' ORDER BY m.seq LIMIT 1;
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

CREATE FUNCTION desk.difference_ask(difference bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	x reconcile_difference := difference_mine(difference);
BEGIN
	PERFORM check_that(x.dossier_id IS NOT NULL, 'difference', 'Hồ sơ này không có ở đây để hỏi.');
	UPDATE stream y SET ask_now = true, asked_at = NULL WHERE y.unit_id = x.unit_id AND y.dossier_id = x.dossier_id AND y.system = x.system;
	PERFORM difference_set(x, 'asked', '');
END $$;

-- Somebody sees to it; where there is a dossier it stands in the list of tasks, too.
CREATE FUNCTION desk.difference_take(difference bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	x reconcile_difference := difference_mine(difference);
	mine clerk := me();
BEGIN
	IF x.dossier_id IS NOT NULL THEN
		INSERT INTO problem (unit_id, dossier_id, system, kind, key, text) VALUES (x.unit_id, x.dossier_id, x.system, 'missing',
			x.kind, format('Đối soát với %s: %s (%s nhận việc).', system_name(x.system), CASE x.kind WHEN 'missing_there' THEN 'bên kia không có hồ sơ'
				WHEN 'status' THEN format('trạng thái ở đây %s, bên kia %s', x.our_status, coalesce(x.their_status::text, x.their_word))
				ELSE 'bên kia có hai bản ghi' END, mine.full_name))
			ON CONFLICT DO NOTHING;
	END IF;
	PERFORM difference_set(x, 'taken', '');
END $$;

CREATE FUNCTION desk.difference_explain(difference bigint, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	x reconcile_difference := difference_mine(difference);
BEGIN
	PERFORM check_that(btrim(coalesce(reason, '')) <> '', 'reason', 'Ghi vì sao có chênh lệch này.');
	PERFORM difference_set(x, 'explained', reason);
END $$;

RESET ROLE;
SELECT motcua.open_doors();
