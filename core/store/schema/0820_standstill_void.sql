-- SPDX-License-Identifier: Apache-2.0
-- An incident of the office that was written down wrongly is taken back by a supervisor, with the reason: the dates it moved go back by
-- the working time it gave, each with its row, its event and word to systems and citizen; then it is told anew, as it was.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

ALTER TABLE motcua.standstill ADD COLUMN voided_at timestamptz, ADD COLUMN voided_by text NOT NULL DEFAULT '', ADD COLUMN void_reason text NOT NULL DEFAULT '',
	ADD COLUMN void_kept bigint[] NOT NULL DEFAULT '{}', -- dossiers whose date kept what it gave
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

-- As in 0406; one that was taken back where the date kept what it gave: told anew it gives no hour twice.
CREATE OR REPLACE FUNCTION motcua.made_good(d motcua.dossier) RETURNS tstzmultirange
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce(range_agg(tstzrange(y.from_at, y.to_at)), '{}') FROM incident_due x CROSS JOIN LATERAL (
			SELECT o.from_at, o.to_at FROM outage o WHERE x.kind = 'outage' AND o.outage_id = x.incident_id
			UNION ALL SELECT s.from_at, s.to_at FROM standstill s WHERE x.kind = 'standstill' AND s.unit_id = x.unit_id AND s.standstill_id = x.incident_id
				AND (s.voided_at IS NULL OR x.dossier_id = ANY (s.void_kept))) y
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

-- Where a date stands without what an incident gave it: the one before, or, when it has moved since, so much working time earlier as is
-- the incident's alone.  NULL: it was promised or set right since, and is nobody else's to count away (0804).
CREATE FUNCTION motcua.due_without(d motcua.dossier, here text, x motcua.incident_due, s motcua.standstill) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	since timestamptz := greatest(s.from_at, counted_from(d));
	moved dossier_due;
	back interval;
BEGIN
	SELECT * INTO moved FROM dossier_due y WHERE y.unit_id = d.unit_id AND y.dossier_id = d.dossier_id AND y.cause = 'incident' AND y.at >= x.at
		ORDER BY y.seq LIMIT 1;
	IF EXISTS (SELECT FROM dossier_due y WHERE y.unit_id = d.unit_id AND y.dossier_id = d.dossier_id AND y.seq > moved.seq
			AND y.cause IN ('extension', 'correction') AND NOT EXISTS (SELECT FROM dossier_due z WHERE z.unit_id = y.unit_id
				AND z.dossier_id = y.dossier_id AND z.seq = y.seq + 1 AND z.cause = 'undo')) THEN
		RETURN NULL;
	END IF;
	IF NOT EXISTS (SELECT FROM dossier_due y WHERE y.unit_id = d.unit_id AND y.dossier_id = d.dossier_id AND y.seq > moved.seq) THEN
		RETURN moved.old_due;
	END IF;
	SELECT least(x.lost, sum(working_between(here, lower(r.one), upper(r.one)))) INTO back
		FROM unnest(tstzmultirange(tstzrange(since, greatest(since, least(s.to_at, d.finished_at)))) - waited(d) - made_good(d)) r(one);
	RETURN CASE WHEN back > interval '0' THEN working_before(here, d.due_at, back) END;
END $$;

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
	kept bigint[] := '{}';
BEGIN
	-- As desk.incident_due (0802): incidents of a unit one after the other.
	PERFORM pg_advisory_xact_lock(hashtextextended('incident', mine.unit_id));
	s := standstill_mine(mine.unit_id, wanted);
	PERFORM check_that(why <> '', 'reason', 'Ghi vì sao sự cố này ghi sai.');
	-- First: what is made good otherwise (made_good) is without it.
	UPDATE standstill y SET voided_at = clock_timestamp(), voided_by = mine.login, void_reason = why WHERE y.unit_id = s.unit_id AND y.standstill_id = s.standstill_id;
	FOR x IN SELECT * FROM incident_due i WHERE i.unit_id = s.unit_id AND i.kind = 'standstill' AND i.incident_id = s.standstill_id ORDER BY i.dossier_id LOOP
		SELECT * INTO d FROM dossier y WHERE y.unit_id = x.unit_id AND y.dossier_id = x.dossier_id FOR UPDATE;
		fresh := due_without(d, here, x, s);
		IF d.status = 3 OR fresh IS NULL OR fresh IS NOT DISTINCT FROM d.due_at THEN
			kept := kept || d.dossier_id;
			CONTINUE;
		END IF;
		PERFORM steps_back(d, here, fresh, d.due_at);
		PERFORM keep_due(d, mine, 'incident', fresh, format(E'Sự cố ghi sai (%s): %s\nNgày hẹn trả trở lại từ %s về %s.', s.story, why, say_moment(d.due_at),
			say_moment(fresh)));
		PERFORM tell_date(y, mine.login, mine.full_name, say_date_moved(d.due_at, fresh, format('sự cố ghi sai (%s): %s', s.story, why)), '')
			FROM dossier y WHERE y.unit_id = d.unit_id AND y.dossier_id = d.dossier_id;
		-- What has stopped has no date for the citizen; taken up again it is told.
		PERFORM tell_no_more(d.unit_id, d.dossier_id, '{new_date}') WHERE d.status = 8;
		UPDATE dossier y SET version = y.version + 1 WHERE y.unit_id = d.unit_id AND y.dossier_id = d.dossier_id;
		PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
		moved := moved + 1;
	END LOOP;
	UPDATE standstill y SET void_kept = kept WHERE y.unit_id = s.unit_id AND y.standstill_id = s.standstill_id;
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

-- As in 0151, and the moment of a batch (0751).
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
