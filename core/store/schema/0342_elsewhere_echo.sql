-- SPDX-License-Identifier: Apache-2.0
-- The deciding agency's reception is what it says itself, not our report as it comes back; and a due date
-- that a pause, an extension or an officer moved meanwhile is left to an officer.

SET LOCAL search_path = motcua, pg_temp;

GRANT CREATE ON SCHEMA motcua TO motcua_wire;
SET ROLE motcua_wire;

CREATE OR REPLACE FUNCTION motcua.learn_elsewhere() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	d dossier;
	u unit;
	moment timestamptz;
	fresh timestamptz;
	who text := (SELECT a.name FROM dossier_agency a WHERE a.unit_id = NEW.unit_id AND a.dossier_id = NEW.dossier_id
		AND a.role = 'deciding');
BEGIN
	IF who IS NULL OR NEW.status NOT IN (2, 4, 5, 6, 9, 10) THEN
		RETURN NULL;
	END IF;
	SELECT * INTO d FROM dossier x WHERE x.unit_id = NEW.unit_id AND x.dossier_id = NEW.dossier_id;
	-- Our own report, told back to us, is nobody's reception.
	IF NEW.system <> d.route_system OR EXISTS (SELECT FROM message m WHERE m.unit_id = d.unit_id AND m.dossier_id = d.dossier_id
			AND m.system = NEW.system AND m.kind = 'progress' AND (m.payload->>'status')::int = NEW.status
			AND (m.payload->>'at')::timestamptz = NEW.at) THEN
		RETURN NULL;
	END IF;
	SELECT * INTO u FROM unit x WHERE x.unit_id = d.unit_id;
	moment := greatest(least(NEW.at, clock_timestamp()), d.received_at);
	-- A date that was moved since reception is not counted anew over it: an officer does that.
	IF due_is_plain(d) AND d.status IN (1, 2, 4, 5, 6) AND NOT EXISTS (SELECT FROM dossier_due x WHERE x.unit_id = d.unit_id
			AND x.dossier_id = d.dossier_id AND x.seq > 1) THEN
		fresh := due_after(u.code, moment, d.limit_value::int);
	END IF;
	INSERT INTO dossier_elsewhere (unit_id, dossier_id, received_at, source, basis, login, counted)
		VALUES (d.unit_id, d.dossier_id, moment, NEW.system, left(NEW.text, 300), '', fresh IS NOT NULL OR d.due_at IS NULL)
		ON CONFLICT DO NOTHING;
	IF NOT FOUND OR fresh IS NULL THEN
		RETURN NULL;
	END IF;
	INSERT INTO dossier_due (unit_id, dossier_id, seq, at, cause, login, old_due, new_due, line)
		SELECT d.unit_id, d.dossier_id, max(x.seq) + 1, clock_timestamp(), 'elsewhere', NEW.system, d.due_at, fresh,
			format('%s nhận hồ sơ lúc %s (theo %s): tính %s ngày làm việc từ đó.', who,
				to_char(local(moment), 'HH24:MI DD/MM/YYYY'), coalesce((SELECT s.name FROM systems s WHERE s.code = NEW.system
					AND s.ended IS NULL), NEW.system), trim_scale(d.limit_value))
		FROM dossier_due x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	UPDATE dossier x SET due_at = fresh, version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN NULL;
END $$;

RESET ROLE;
REVOKE CREATE ON SCHEMA motcua FROM motcua_wire;
