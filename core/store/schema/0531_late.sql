-- SPDX-License-Identifier: Apache-2.0
-- Lateness comes to the supervisor by itself.

SET LOCAL search_path = motcua, pg_temp;

-- A kind more, whatever kinds there are by now.
DO $$
DECLARE
	kinds text := (SELECT pg_get_constraintdef(c.oid) FROM pg_constraint c WHERE c.conrelid = 'motcua.problem'::regclass
		AND c.conname = 'problem_kind_check');
BEGIN
	ALTER TABLE motcua.problem DROP CONSTRAINT problem_kind_check;
	EXECUTE format('ALTER TABLE motcua.problem ADD CONSTRAINT problem_kind_check CHECK (%s OR kind = ''late'')',
		regexp_replace(kinds, '^CHECK ', ''));
END $$;
SET ROLE motcua_owner;

-- A task for each dossier that became late, once for each due date; it ends with the dossier, or when the due date moved.
-- What waits for the citizen is not ours to hurry.
CREATE FUNCTION motcua.mark_late(unit bigint) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	marked int;
	ended int;
BEGIN
	UPDATE problem p SET solved_at = now(), solved_by = '', solution = 'Hồ sơ không còn quá hạn.'
		FROM dossier d WHERE p.unit_id = unit AND p.kind = 'late' AND p.solved_at IS NULL AND d.unit_id = p.unit_id
			AND d.dossier_id = p.dossier_id AND (d.status NOT IN (1, 2, 4) OR d.due_at IS NULL OR d.due_at > now()
				OR p.key <> iso(d.due_at));
	GET DIAGNOSTICS ended = ROW_COUNT;
	INSERT INTO problem (unit_id, dossier_id, system, kind, key, text)
		SELECT unit, d.dossier_id, d.route_system, 'late', iso(d.due_at), format('Quá hạn từ %s. %s', say_moment(d.due_at),
			CASE w.who WHEN 'refused' THEN waits_name(w.who, w.whose) || ' từ chối, cần sửa.'
				WHEN 'unsent' THEN 'Chưa gửi được tới ' || waits_name(w.who, w.whose) || '.'
				WHEN 'desk' THEN 'Đang ở bộ phận một cửa: ' || waits_name(w.who, w.whose) || '.'
				ELSE 'Đang giữ: ' || waits_name(w.who, w.whose) || '.' END)
		FROM dossier d LEFT JOIN stream s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = d.route_system
		LEFT JOIN dossier_holder h ON h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id AND h.until_at IS NULL
		CROSS JOIN LATERAL waits_for(d.status, d.login, s, h) w
		-- The index knows these statuses together.
		WHERE d.unit_id = unit AND d.status IN (1, 2, 4, 5, 6) AND d.status NOT IN (5, 6) AND d.due_at < now()
			AND NOT EXISTS (SELECT FROM problem p WHERE p.unit_id = unit AND p.dossier_id = d.dossier_id AND p.kind = 'late'
				AND p.key = iso(d.due_at))
		ON CONFLICT DO NOTHING;
	GET DIAGNOSTICS marked = ROW_COUNT;
	IF marked + ended > 0 THEN
		PERFORM pg_notify('motcua_unit_' || unit, 'travel 0');
	END IF;
	RETURN marked;
END $$;
CREATE INDEX problem_late ON motcua.problem (unit_id, dossier_id, key) WHERE kind = 'late';

RESET ROLE;
GRANT SELECT (full_name) ON motcua.clerk TO motcua_wire;
GRANT EXECUTE ON FUNCTION motcua.mark_late TO motcua_wire;
GRANT EXECUTE ON FUNCTION motcua.waits_for(smallint, text, motcua.stream, motcua.dossier_holder), motcua.waits_name, motcua.name_of,
	motcua.name_of_system, motcua.is_quiet, motcua.say_moment TO motcua_wire;
SET ROLE motcua_wire;

-- As in 0180, and what became late.
CREATE OR REPLACE FUNCTION wire.watch() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
BEGIN
	PERFORM mark_silence(u.unit_id), mark_late(u.unit_id) FROM unit u;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
