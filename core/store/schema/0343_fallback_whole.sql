-- SPDX-License-Identifier: Apache-2.0
-- What the province takes over is the dossier as it is now: corrected, without the messages that a
-- correction replaced.  And what a supervisor's word holds back only a supervisor's word lets go.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0122, but what a fallback holds goes on by desk.fall_back_release.
CREATE OR REPLACE FUNCTION desk.release(wanted bigint, to_system text, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	s stream := stream_mine(wanted, to_system);
BEGIN
	IF NOT s.held THEN
		RETURN;
	END IF;
	IF EXISTS (SELECT FROM fallback f WHERE f.unit_id = s.unit_id AND f.dossier_id = s.dossier_id AND f.from_system = s.system
			AND f.state = 'done' AND f.released_at IS NULL) THEN
		PERFORM refuse('MC004', 'Hồ sơ đã chuyển về tỉnh: người phụ trách mở hồ sơ để cho gửi tiếp hệ thống cũ.',
			format('stream of %s to %s is held by a fallback', wanted, to_system));
	END IF;
	UPDATE stream x SET held = false, held_why = '', held_by = '', held_at = NULL, next_at = now(), changed_at = clock_timestamp()
		WHERE x.unit_id = s.unit_id AND x.dossier_id = s.dossier_id AND x.system = s.system;
	PERFORM journal(s, s.head, 'released', btrim(coalesce(reason, '')));
	PERFORM audit('release', s.dossier_id, jsonb_build_object('system', s.system));
	PERFORM tell_travel(s);
END $$;

-- As in 0114: what the old system was or would have been told goes to the province's as it stands.
CREATE OR REPLACE FUNCTION motcua.fall_back_do(d motcua.dossier, f motcua.fallback, mine motcua.clerk) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	moment timestamptz := date_trunc('second', clock_timestamp());
	still_told text[] := array_remove(d.route_told, 'tinh');
	tinh_name text := (SELECT x.name FROM systems x WHERE x.code = 'tinh' AND x.ended IS NULL);
	old stream;
	count_of int;
BEGIN
	SELECT * INTO old FROM stream s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = d.route_system FOR UPDATE;
	IF NOT EXISTS (SELECT FROM stream s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = 'tinh') THEN
		INSERT INTO message (unit_id, dossier_id, system, seq, kind, payload)
			SELECT m.unit_id, m.dossier_id, 'tinh', row_number() OVER (ORDER BY m.seq), m.kind,
				CASE WHEN m.kind = 'dossier' AND m.seq = max(m.seq) OVER (PARTITION BY m.kind)
					THEN coalesce(old.correction->'body', m.payload) ELSE m.payload END
			FROM message m WHERE m.unit_id = d.unit_id AND m.dossier_id = d.dossier_id AND m.system = d.route_system
				AND m.seq <> ALL (coalesce(old.superseded, '{}')) ORDER BY m.seq;
		GET DIAGNOSTICS count_of = ROW_COUNT;
		INSERT INTO stream (unit_id, dossier_id, system, tail) VALUES (d.unit_id, d.dossier_id, 'tinh', count_of);
		PERFORM pg_notify('motcua_outbox', 'tinh');
	END IF;
	UPDATE stream s SET held = true, changed_at = clock_timestamp(),
		note = left('Giữ lại: hồ sơ nay làm trên ' || tinh_name || CASE WHEN s.note <> '' THEN '. ' || s.note ELSE '' END, 1000)
		WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = d.route_system;
	UPDATE problem p SET solved_at = now(), solved_by = mine.login, solution = left('Chuyển về tỉnh: ' || f.reason, 1000)
		WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id AND p.system = d.route_system AND p.solved_at IS NULL;
	UPDATE dossier x SET route_system = 'tinh', route_told = still_told, version = x.version + 1
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	INSERT INTO dossier_route SELECT d.unit_id, d.dossier_id, coalesce(max(h.seq), 0) + 1, moment, 'fallback', 'tinh', still_told, NULL,
		left(f.cause || '. ' || f.reason, 1000), mine.login
		FROM dossier_route h WHERE h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, moment, 'fall_back', d.status, d.status, mine.login, mine.full_name,
			left(format('Chuyển sang làm trên %s, ngày hẹn không đổi. %s. %s', tinh_name, f.cause, f.reason), 1000));
	UPDATE fallback x SET state = 'done', decided_by = mine.login, decided_at = clock_timestamp()
		WHERE x.unit_id = f.unit_id AND x.fallback_id = f.fallback_id;
	PERFORM audit('fall_back', d.dossier_id, jsonb_build_object('from', d.route_system, 'asked_by', f.asked_by,
		'reason', f.reason, 'cause', f.cause));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN d.version + 1;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
