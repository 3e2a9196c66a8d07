-- SPDX-License-Identifier: Apache-2.0
-- Sending again ends the tasks that sending repairs, and no others: a supplement, a fee, a new date, a
-- foreign word still wait for their own answer.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE FUNCTION motcua.end_repaired(unit bigint, dossier bigint, sys text, login text, solution text) RETURNS void
LANGUAGE sql AS $$
	UPDATE problem p SET solved_at = now(), solved_by = end_repaired.login, solution = left(coalesce(end_repaired.solution, ''), 1000)
		WHERE p.unit_id = unit AND p.dossier_id = dossier AND p.system = sys AND p.solved_at IS NULL
			AND (p.kind IN ('refused', 'disagreed', 'silent') OR (p.kind = 'missing' AND p.key = 'missing_there'))
$$;

-- The officer has dealt with the refusal: the stream goes on with the same message, asking first.
CREATE OR REPLACE FUNCTION desk.send_again(wanted bigint, to_system text, solution text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
BEGIN
	UPDATE stream s SET refused = false, travel = CASE WHEN s.created_there THEN 'sent' ELSE 'saved' END, attempts = 0,
		next_at = now(), ask_first = true, changed_at = clock_timestamp()
		WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = to_system AND s.travel = 'disagreed';
	IF NOT FOUND THEN
		PERFORM refuse('MC008', 'Không có gì phải gửi lại.', format('stream %s of %s did not disagree', to_system, wanted));
	END IF;
	PERFORM end_repaired(d.unit_id, d.dossier_id, to_system, mine.login, send_again.solution);
	PERFORM audit('send_again', d.dossier_id, jsonb_build_object('system', to_system));
	PERFORM pg_notify('motcua_outbox', to_system);
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'travel ' || d.dossier_id);
END $$;

RESET ROLE;
SELECT motcua.open_doors();
