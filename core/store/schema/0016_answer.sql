-- SPDX-License-Identifier: Apache-2.0
-- What the other side says of a dossier: kept first, then concluded from, by the life-cycle table.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_wire;

-- A change of status that the life-cycle allows, with its event, told to the systems that are told.
CREATE FUNCTION wire.move(d motcua.dossier, next_status int, moment timestamptz, from_system text, say text)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	t transition;
	name text := coalesce((SELECT s.name FROM systems s WHERE s.code = from_system AND s.ended IS NULL), from_system);
	sys text;
BEGIN
	SELECT * INTO t FROM transition x
		WHERE x.from_status = d.status AND x.to_status = next_status AND x.by_peer ORDER BY x.act LIMIT 1;
	IF t.act IS NULL THEN
		RETURN false;
	END IF;
	UPDATE dossier x SET status = next_status, status_at = moment, version = x.version + 1,
		finished_at = CASE WHEN next_status IN (3, 8, 9) THEN coalesce(x.finished_at, moment)
			WHEN next_status = 10 THEN coalesce(x.finished_at, moment) ELSE NULL END
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_name, form, note)
		VALUES (d.unit_id, d.dossier_id, moment, t.act, d.status, next_status, name, t.form, coalesce(say, ''));
	FOR sys IN SELECT s.system FROM stream s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id
		AND s.system <> from_system LOOP
		PERFORM enqueue(d.unit_id, d.dossier_id, sys, 'progress',
			progress_payload(d.code, name, '', '', moment, coalesce(say, ''), next_status, moment, d.due_at));
	END LOOP;
	RETURN true;
END $$;

-- The path the peer's news implies: finished (9) is passed on the way to handed over (10), being
-- processed (4) on the way to what only follows it.
CREATE FUNCTION wire.conclude(d motcua.dossier, next_status int, moment timestamptz, from_system text, say text)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	between int := (SELECT a.to_status FROM transition a JOIN transition b ON b.from_status = a.to_status
		WHERE a.from_status = d.status AND b.to_status = next_status AND a.by_peer AND b.by_peer
			AND a.to_status IN (4, 9) ORDER BY a.to_status DESC LIMIT 1);
	now_there dossier;
BEGIN
	IF wire.move(d, next_status, moment, from_system, say) THEN
		RETURN true;
	END IF;
	IF between IS NULL OR NOT wire.move(d, between, moment, from_system, say) THEN
		RETURN false;
	END IF;
	SELECT * INTO now_there FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	RETURN wire.move(now_there, next_status, moment, from_system, say);
END $$;

-- True when this was news.  status 0: known there, nothing said of its progress.
CREATE FUNCTION wire.answered(system text, code text, foreign_code text, status int, at timestamptz,
	text text, raw text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	d dossier;
	s stream;
	their_code text := left(coalesce($3, ''), 60);
	-- Numbers outside the life-cycle say no more than that the dossier is known there.
	next_status int := CASE WHEN $4 BETWEEN 0 AND 10 THEN $4 ELSE 0 END;
	moment timestamptz := CASE WHEN isfinite($5) THEN $5 ELSE date_trunc('day', now()) END;
	-- Their clock may be wrong: nothing happens here tomorrow, nor before the dossier was received.
	happened timestamptz;
	agreed boolean := true;
BEGIN
	SELECT x.* INTO d FROM dossier x WHERE x.code = $2 FOR UPDATE;
	IF d.unit_id IS NULL THEN
		SELECT x.* INTO d FROM alias a JOIN dossier x ON x.unit_id = a.unit_id AND x.dossier_id = a.dossier_id
			WHERE a.system = $1 AND a.foreign_code IN ($2, their_code) LIMIT 1 FOR UPDATE OF x;
	END IF;
	INSERT INTO answer (system, code, status, at, unit_id, dossier_id, foreign_code, text, raw)
		VALUES ($1, $2, next_status, moment, d.unit_id, d.dossier_id, their_code, left(coalesce($6, ''), 2000),
			left(coalesce($7, ''), 16384)) ON CONFLICT DO NOTHING;
	IF NOT FOUND OR d.unit_id IS NULL THEN
		RETURN false;
	END IF;
	SELECT * INTO s FROM stream x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = $1 FOR UPDATE;
	IF s.unit_id IS NULL THEN
		RETURN false;
	END IF;
	IF their_code <> '' AND their_code <> d.code THEN
		INSERT INTO alias (unit_id, system, foreign_code, dossier_id)
			VALUES (d.unit_id, $1, their_code, d.dossier_id) ON CONFLICT DO NOTHING;
	END IF;
	happened := greatest(least(moment, date_trunc('second', clock_timestamp())), d.received_at);
	IF next_status BETWEEN 1 AND 10 AND $1 = d.route_system AND next_status <> d.status THEN
		-- Older news than what we know changes nothing, it only proves reception.
		agreed := wire.conclude(d, next_status, happened, $1, $6) OR moment < d.status_at;
	END IF;
	UPDATE stream x SET travel = CASE WHEN agreed AND NOT x.refused THEN 'received' ELSE 'disagreed' END,
		created_there = true, foreign_code = CASE WHEN their_code <> '' THEN their_code ELSE x.foreign_code END,
		foreign_status = nullif(next_status, 0), changed_at = clock_timestamp(), asked_at = now(),
		note = CASE WHEN agreed THEN x.note ELSE format('Bên nhận báo trạng thái %s khi hồ sơ ở trạng thái %s', next_status, d.status) END
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = $1;
	IF NOT agreed THEN
		INSERT INTO problem (unit_id, dossier_id, system, text) VALUES (d.unit_id, d.dossier_id, $1,
			format('Bên nhận báo trạng thái %s khi hồ sơ ở trạng thái %s: %s', next_status, d.status, left(coalesce($6, ''), 500)));
	END IF;
	UPDATE answer a SET applied = agreed WHERE a.system = $1 AND a.code = $2 AND a.status = next_status AND a.at = moment;
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'travel ' || d.dossier_id);
	RETURN true;
END $$;

-- A scanned file of a dossier and its pieces (from 0; NULL after the last), for connectors that upload.
CREATE FUNCTION wire.file(file_id bigint) RETURNS TABLE (name text, media_type text, size bigint, sha256 bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT f.name, f.media_type, f.size, f.sha256 FROM file f WHERE f.file_id = $1 AND f.whole AND f.dossier_id IS NOT NULL
$$;

CREATE FUNCTION wire.file_piece(file_id bigint, seq int) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT p.data FROM file f JOIN file_piece p ON p.unit_id = f.unit_id AND p.file_id = f.file_id
		AND p.at = f.begun_at AND p.seq = $2
	WHERE f.file_id = $1 AND f.whole AND f.dossier_id IS NOT NULL
$$;

-- Housekeeping, any time: months ahead, and the attempts' journal cut at its term.
CREATE FUNCTION wire.tend() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
BEGIN
	PERFORM make_months();
	PERFORM drop_months();
END $$;

RESET ROLE;
