-- SPDX-License-Identifier: Apache-2.0
-- The province: every figure of a unit leads to its dossiers, those that a system refused and
-- those with something to be done, too.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_watch;

-- As in 0730; dossiers are counted, not the systems that refused them.
CREATE OR REPLACE FUNCTION province.units() RETURNS TABLE (code text, name text, received_today int, in_hand int, due_today int, late int,
	finished_today int, to_hand_over int, refused int, problems int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp SET jit = off AS $$
	SELECT u.code, u.name,
		(SELECT count(*) FROM dossier d WHERE d.unit_id = u.unit_id AND d.received_at >= today())::int,
		h.many::int, h.due::int, h.late::int,
		(SELECT count(*) FROM dossier d WHERE d.unit_id = u.unit_id AND d.finished_at >= today())::int,
		(SELECT count(*) FROM dossier d WHERE d.unit_id = u.unit_id AND d.status = 9)::int,
		(SELECT count(DISTINCT s.dossier_id) FROM stream s WHERE s.unit_id = u.unit_id AND s.travel = 'disagreed')::int,
		(SELECT count(DISTINCT p.dossier_id) FROM problem p WHERE p.unit_id = u.unit_id AND p.solved_at IS NULL AND p.dossier_id > 0)::int
	FROM unit u CROSS JOIN LATERAL (SELECT count(*) AS many, count(*) FILTER (WHERE d.due_at >= today() AND d.due_at < today() + interval '1 day') AS due,
		count(*) FILTER (WHERE is_late(d.status, d.due_at, now())) AS late FROM dossier d WHERE d.unit_id = u.unit_id AND d.status IN (1, 2, 4, 5, 6)) h
	ORDER BY h.late DESC, h.due DESC, u.name
$$;

-- As in 0730, with both.
CREATE OR REPLACE FUNCTION province.list(of_unit text, kind text, most int) RETURNS TABLE (code text, procedure_code text, procedure_name text,
	received_at timestamptz, due_at timestamptz, finished_at timestamptz, status int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET jit = off AS $$
#variable_conflict use_column
DECLARE
	id bigint := province.unit_of(of_unit);
	ids bigint[];
BEGIN
	IF coalesce(list.kind NOT IN ('received_today', 'in_hand', 'due_today', 'late', 'finished_today', 'to_hand_over', 'refused', 'problems'), true) THEN
		PERFORM refuse('MC005', 'Không có danh sách này.', 'province list ' || coalesce(list.kind, '?'), 'kind');
	END IF;
	INSERT INTO province_look (unit_id, login, kind) VALUES (id, session_user, list.kind);
	IF list.kind IN ('refused', 'problems') THEN
		ids := CASE list.kind WHEN 'refused' THEN ARRAY(SELECT DISTINCT s.dossier_id FROM stream s WHERE s.unit_id = id AND s.travel = 'disagreed')
			ELSE ARRAY(SELECT DISTINCT p.dossier_id FROM problem p WHERE p.unit_id = id AND p.solved_at IS NULL) END;
		RETURN QUERY SELECT d.code, d.procedure_code, d.procedure_name, d.received_at, d.due_at, d.finished_at, d.status::int
			FROM dossier d WHERE d.unit_id = id AND d.dossier_id = ANY (ids) ORDER BY d.due_at, d.received_at LIMIT greatest(1, least(most, 1000));
		RETURN;
	END IF;
	RETURN QUERY SELECT d.code, d.procedure_code, d.procedure_name, d.received_at, d.due_at, d.finished_at, d.status::int
	FROM dossier d WHERE d.unit_id = id AND CASE list.kind
			WHEN 'received_today' THEN d.received_at >= today()
			WHEN 'finished_today' THEN d.finished_at >= today()
			WHEN 'to_hand_over' THEN d.status = 9
			WHEN 'late' THEN is_late(d.status, d.due_at, now())
			ELSE d.status IN (1, 2, 4, 5, 6) AND (list.kind = 'in_hand' OR (d.due_at >= today() AND d.due_at < today() + interval '1 day')) END
	ORDER BY d.due_at, d.received_at LIMIT greatest(1, least(most, 1000));
END $$;

RESET ROLE;
SELECT motcua.open_doors();
