-- SPDX-License-Identifier: Apache-2.0
-- After a copy came back: what was given between the copy and the loss is known to nobody here.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Codes of those days go on well beyond what a day has ever needed, so that no code on a receipt in a citizen's
-- hand is given twice (TT 03/2025/TT-VPCP Điều 13).  Run by the administrator, once a restore.
CREATE FUNCTION motcua.restored(made timestamptz) RETURNS int
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	touched int;
BEGIN
	INSERT INTO code_sequence AS s
		SELECT u.unit_id, d::date, 2000 FROM unit u, generate_series(local(made)::date, local(now())::date, interval '1 day') d
		ON CONFLICT ON CONSTRAINT code_sequence_pkey DO UPDATE SET last = s.last + 2000;
	GET DIAGNOSTICS touched = ROW_COUNT;
	RETURN touched;
END $$;

RESET ROLE;
