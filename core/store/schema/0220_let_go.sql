-- SPDX-License-Identifier: Apache-2.0
-- A quiet system that has no address, or is away for long, is not told for ever: what has waited a day
-- is let go, with the reason in the journal of each message.  No dossier is marked by it (0170).

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Lets go of streams whose next message has waited so long, with all of it that has; how many there were.
CREATE FUNCTION motcua.let_go_old(patience interval, most int) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	s record;
	next int;
	gone int := 0;
BEGIN
	FOR s IN SELECT x.* FROM quiet_system q JOIN stream x ON x.system = q.system AND x.open
			AND (x.leased_until IS NULL OR x.leased_until <= now())
			JOIN message m ON m.unit_id = x.unit_id AND m.dossier_id = x.dossier_id AND m.system = x.system AND m.seq = x.head
			WHERE m.made_at < now() - patience
			ORDER BY x.unit_id, x.dossier_id, x.system LIMIT most FOR UPDATE OF x SKIP LOCKED LOOP
		next := coalesce((SELECT min(m.seq) FROM message m WHERE m.unit_id = s.unit_id AND m.dossier_id = s.dossier_id
			AND m.system = s.system AND m.seq > s.head AND m.made_at >= now() - patience), s.tail + 1);
		INSERT INTO attempt (unit_id, message_id, dossier_id, system, courier, fence, phase, class, note)
			SELECT m.unit_id, m.message_id, m.dossier_id, m.system, '', s.fence, 'finish', 'retry',
				left(format('Không báo được cho %s sau %s giờ: thôi không gửi nữa. %s', system_name(s.system),
					round(extract(epoch FROM patience) / 3600), s.note), 1000)
			FROM message m WHERE m.unit_id = s.unit_id AND m.dossier_id = s.dossier_id AND m.system = s.system
				AND m.seq >= s.head AND m.seq < next;
		UPDATE stream x SET head = next, attempts = 0, next_at = now(), ask_first = false, begun = false,
				leased_by = NULL, leased_until = NULL
			WHERE x.unit_id = s.unit_id AND x.dossier_id = s.dossier_id AND x.system = s.system;
		gone := gone + 1;
	END LOOP;
	RETURN gone;
END $$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.let_go_old TO motcua_wire;
SET ROLE motcua_wire;

-- As in 0144, and what nobody could be told is let go.
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
	PERFORM reconcile_night();
END $$;

RESET ROLE;
SELECT motcua.open_doors();
