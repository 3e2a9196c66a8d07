-- SPDX-License-Identifier: Apache-2.0
-- An incident of the office that was written down wrongly is taken back by a supervisor, with the reason: the dates it moved go back by
-- the working time it gave, each with its row, its event and word to systems and citizen; then it is told anew, as it was.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

ALTER TABLE motcua.standstill ADD COLUMN voided_at timestamptz, ADD COLUMN voided_by text NOT NULL DEFAULT '', ADD COLUMN void_reason text NOT NULL DEFAULT '',
	ADD CHECK ((voided_at IS NULL) = (void_reason = ''));
INSERT INTO motcua.counter_act VALUES ('incident_void', 'lùi lại sai thì người phụ trách điều chỉnh ngày hẹn (Việc khác), nêu lý do');

-- One of my unit that stands; locked.
CREATE FUNCTION motcua.standstill_mine(unit bigint, wanted bigint) RETURNS motcua.standstill
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	s standstill;
BEGIN
	SELECT * INTO s FROM standstill x WHERE x.unit_id = unit AND x.standstill_id = wanted AND x.voided_at IS NULL FOR UPDATE;
	IF s.standstill_id IS NULL THEN
		PERFORM refuse('MC008', 'Không có sự cố này.', format('no standstill %s', wanted));
	END IF;
	RETURN s;
END $$;

-- As in 0406, one that stands.
CREATE OR REPLACE FUNCTION motcua.incident_of(unit bigint, what text, wanted bigint, OUT from_at timestamptz, OUT to_at timestamptz, OUT system text, OUT say text)
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
BEGIN
	IF what = 'outage' THEN
		SELECT o.from_at, o.to_at, o.system, format('%s ngừng', system_name(o.system)) INTO from_at, to_at, system, say FROM outage o WHERE o.outage_id = wanted;
	ELSIF what = 'standstill' THEN
		SELECT s.from_at, s.to_at, '', s.story INTO from_at, to_at, system, say FROM standstill s WHERE s.unit_id = unit AND s.standstill_id = wanted
			AND s.voided_at IS NULL;
	END IF;
	IF from_at IS NULL THEN
		PERFORM refuse('MC008', 'Không có sự cố này.', format('no %s %s', what, wanted));
	END IF;
	PERFORM check_that(to_at IS NOT NULL AND to_at <= clock_timestamp(), 'incident', 'Sự cố chưa hết: hết rồi mới tính lại ngày hẹn.');
END $$;

-- As in 0406, by those that stand.
CREATE OR REPLACE FUNCTION motcua.made_good(d motcua.dossier) RETURNS tstzmultirange
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce(range_agg(tstzrange(y.from_at, y.to_at)), '{}') FROM incident_due x CROSS JOIN LATERAL (
			SELECT o.from_at, o.to_at FROM outage o WHERE x.kind = 'outage' AND o.outage_id = x.incident_id
			UNION ALL SELECT s.from_at, s.to_at FROM standstill s WHERE x.kind = 'standstill' AND s.unit_id = x.unit_id AND s.standstill_id = x.incident_id
				AND s.voided_at IS NULL) y
	WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id
$$;

-- As in 0150, those that stand.
CREATE OR REPLACE FUNCTION desk.standstills(most int) RETURNS TABLE (standstill_id bigint, kind text, story text,
	from_at timestamptz, to_at timestamptz, told_by text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
BEGIN
	RETURN QUERY SELECT s.standstill_id, s.kind, s.story, s.from_at, s.to_at, coalesce(c.full_name, s.login)
		FROM standstill s LEFT JOIN clerk c ON c.login = s.login
		WHERE s.unit_id = mine.unit_id AND s.voided_at IS NULL ORDER BY s.from_at DESC LIMIT least(coalesce($1, 20), 200);
END $$;

-- As in 0713.
CREATE OR REPLACE FUNCTION desk.standstill_end(wanted bigint, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	s standstill := standstill_mine(mine.unit_id, wanted);
BEGIN
	IF s.to_at IS NOT NULL THEN
		PERFORM refuse('MC006', 'Sự cố này đã ghi hết rồi.', format('standstill %s is over', wanted));
	END IF;
	PERFORM check_that(at > s.from_at AND at <= clock_timestamp() + interval '1 minute', 'to_at', 'Sự cố phải hết sau khi bắt đầu và không ở tương lai.');
	UPDATE standstill x SET to_at = at WHERE x.unit_id = s.unit_id AND x.standstill_id = s.standstill_id;
	PERFORM audit('standstill_end', NULL, jsonb_build_object('standstill', wanted, 'at', iso(at)));
	PERFORM pg_notify('motcua_unit_' || s.unit_id, 'travel 0');
END $$;

-- Where a date stood before an incident moved it: the one before, or, when it has moved since, so much working time earlier.
CREATE FUNCTION motcua.due_before(d motcua.dossier, here text, lost interval, moved_at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce((SELECT x.old_due FROM dossier_due x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.cause = 'incident'
			AND x.new_due = d.due_at AND x.at BETWEEN moved_at - interval '1 minute' AND moved_at + interval '1 minute'
			AND x.seq = (SELECT max(y.seq) FROM dossier_due y WHERE y.unit_id = d.unit_id AND y.dossier_id = d.dossier_id)),
		working_before(here, d.due_at, lost))
$$;

-- By a supervisor; returns how many dates went back, of what is done for the books (0802).
CREATE FUNCTION desk.standstill_void(wanted bigint, reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := my_supervisor();
	s standstill;
	why text := left(btrim(coalesce(reason, '')), 300);
	here text := (SELECT u.code FROM unit u WHERE u.unit_id = mine.unit_id);
	x incident_due;
	d dossier;
	fresh timestamptz;
	moved int := 0;
BEGIN
	-- As desk.incident_due (0802): incidents of a unit one after the other.
	PERFORM pg_advisory_xact_lock(hashtextextended('incident', mine.unit_id));
	s := standstill_mine(mine.unit_id, wanted);
	PERFORM check_that(why <> '', 'reason', 'Ghi vì sao sự cố này ghi sai.');
	FOR x IN SELECT * FROM incident_due i WHERE i.unit_id = s.unit_id AND i.kind = 'standstill' AND i.incident_id = s.standstill_id ORDER BY i.dossier_id LOOP
		SELECT * INTO d FROM dossier y WHERE y.unit_id = x.unit_id AND y.dossier_id = x.dossier_id FOR UPDATE;
		fresh := due_before(d, here, x.lost, x.at);
		CONTINUE WHEN d.status IN (3, 7, 8) OR fresh IS NULL OR fresh = d.due_at;
		PERFORM keep_due(d, mine, 'correction', fresh, format(E'Sự cố ghi sai (%s): %s\nNgày hẹn trả trở lại từ %s về %s.', s.story, why, say_moment(d.due_at),
			say_moment(fresh)));
		PERFORM tell_date(y, mine.login, mine.full_name, say_date_moved(d.due_at, fresh, format('sự cố ghi sai (%s): %s', s.story, why)), '')
			FROM dossier y WHERE y.unit_id = d.unit_id AND y.dossier_id = d.dossier_id;
		UPDATE dossier y SET version = y.version + 1 WHERE y.unit_id = d.unit_id AND y.dossier_id = d.dossier_id;
		PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
		moved := moved + 1;
	END LOOP;
	UPDATE standstill y SET voided_at = clock_timestamp(), voided_by = mine.login, void_reason = why WHERE y.unit_id = s.unit_id AND y.standstill_id = s.standstill_id;
	PERFORM audit('standstill_void', NULL, jsonb_build_object('standstill', wanted, 'dossiers', moved));
	PERFORM pg_notify('motcua_unit_' || s.unit_id, 'travel 0');
	RETURN moved;
END $$;

-- An entry of a reception by hand (0151) leans on one that stands.
CREATE FUNCTION motcua.check_standing(unit bigint, later jsonb) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
BEGIN
	PERFORM check_that(NOT EXISTS (SELECT FROM standstill s WHERE s.unit_id = unit AND s.standstill_id = (later->>'standstill_id')::bigint
		AND s.voided_at IS NOT NULL), 'later.standstill_id', 'Sự cố này đã bị bỏ vì ghi sai: chọn sự cố đúng.');
END $$;

-- As in 0751.
CREATE OR REPLACE FUNCTION motcua.reception_moment(mine motcua.clerk, req jsonb) RETURNS timestamptz
LANGUAGE plpgsql AS $$
DECLARE
	moment timestamptz := clock_timestamp();
	truly timestamptz := filed_in_batch(req->'consigned');
BEGIN
	IF NOT is_later(req) AND truly IS NULL THEN
		PERFORM check_moment(mine.unit_id, (req->>'computed_at')::timestamptz, moment);
		RETURN date_trunc('second', moment);
	END IF;
	IF is_later(req) THEN
		PERFORM check_later(mine, req->'later', moment);
		PERFORM check_standing(mine.unit_id, req->'later');
		truly := date_trunc('second', (req->'later'->>'received_at')::timestamptz);
	END IF;
	IF (req->>'computed_at')::timestamptz IS DISTINCT FROM truly THEN
		PERFORM refuse('MC001', 'Thời điểm tiếp nhận đã đổi: cần tính lại ngày hẹn trả.',
			'counted from another moment than the true one', iso(truly));
	END IF;
	RETURN truly;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
