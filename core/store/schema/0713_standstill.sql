-- SPDX-License-Identifier: Apache-2.0
-- The office itself stood still (power, network, database): whose due dates move and to when is shown before a supervisor moves them
-- (NĐ 301/2026: an incident suspends the clock); the end of one that was told while it lasted.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- What desk.incident_due would do, moving nothing.
CREATE FUNCTION desk.incident_moves(what text, wanted bigint, most int) RETURNS TABLE (dossier_id bigint, code text, procedure_name text, old_due timestamptz,
	new_due timestamptz, minutes int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT d.dossier_id, d.code, d.procedure_name, d.due_at, working_add(u.code, d.due_at, h.lost), extract(epoch FROM h.lost)::int / 60
	FROM me() m JOIN unit u ON u.unit_id = m.unit_id CROSS JOIN LATERAL held_up(m.unit_id, what, wanted) h
		JOIN dossier d ON d.unit_id = m.unit_id AND d.dossier_id = h.dossier_id
	ORDER BY d.due_at, d.dossier_id LIMIT greatest(1, least(most, 1000))
$$;

CREATE FUNCTION desk.standstill_end(wanted bigint, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	s standstill;
BEGIN
	SELECT * INTO s FROM standstill x WHERE x.unit_id = mine.unit_id AND x.standstill_id = wanted FOR UPDATE;
	IF s.standstill_id IS NULL THEN
		PERFORM refuse('MC008', 'Không có sự cố này.', format('no standstill %s', wanted));
	END IF;
	IF s.to_at IS NOT NULL THEN
		PERFORM refuse('MC006', 'Sự cố này đã ghi hết rồi.', format('standstill %s is over', wanted));
	END IF;
	PERFORM check_that(at > s.from_at AND at <= clock_timestamp() + interval '1 minute', 'to_at', 'Sự cố phải hết sau khi bắt đầu và không ở tương lai.');
	UPDATE standstill x SET to_at = at WHERE x.unit_id = s.unit_id AND x.standstill_id = s.standstill_id;
	PERFORM audit('standstill_end', NULL, jsonb_build_object('standstill', wanted, 'at', iso(at)));
	PERFORM pg_notify('motcua_unit_' || s.unit_id, 'travel 0');
END $$;

RESET ROLE;
SELECT motcua.open_doors();
