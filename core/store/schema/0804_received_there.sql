-- SPDX-License-Identifier: Apache-2.0
-- "Họ nhận lúc …": the limit counts from there (NĐ 118/2025/NĐ-CP Điều 17.3), and what stood still since is no part of it.  A new date that
-- was promised with an apology, or set right by a supervisor, is nobody else's to count away.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Working time since a moment that is no part of the limit: waits that are over, incidents that moved the date.  The wait that lasts is
-- counted when it ends.
CREATE FUNCTION motcua.stood_since(d motcua.dossier, since timestamptz) RETURNS interval
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce(sum(working_between(u.code, lower(r.one), upper(r.one))), interval '0')
	FROM unit u, unnest((waited(d) + made_good(d)) * tstzmultirange(tstzrange(since, greatest(since,
		CASE WHEN d.status IN (5, 6, 8) THEN d.status_at ELSE clock_timestamp() END)))) r(one)
	WHERE u.unit_id = d.unit_id
$$;

-- The limit from their reception on, as the counter counted it: what can be counted here is; anything else moves the date by no more
-- than they received later, to the end of the next working day.
CREATE FUNCTION motcua.check_counted(d motcua.dossier, start timestamptz, counted timestamptz) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	here text := (SELECT u.code FROM unit u WHERE u.unit_id = d.unit_id);
	promised timestamptz := (SELECT x.new_due FROM dossier_due x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id ORDER BY x.seq LIMIT 1);
BEGIN
	PERFORM check_that(counted IS NOT NULL OR d.due_at IS NULL, 'due_at', 'Chưa tính được ngày hẹn trả từ lúc họ nhận.');
	IF due_is_plain(d) AND counted <> due_after(here, start, d.limit_value::int) OR counted > working_days_after(here, greatest(
			working_add(here, promised, working_between(here, d.received_at, start)), promised + (start - d.received_at)), 1) THEN
		PERFORM refuse('MC001', 'Ngày hẹn trả không khớp thời hạn tính từ lúc họ nhận: cần tính lại.', format('counted %s from %s', counted, start),
			iso(clock_timestamp()));
	END IF;
END $$;

-- As in 0710.
CREATE OR REPLACE FUNCTION desk.received_elsewhere(wanted bigint, seen_version int, when_received timestamptz, new_due timestamptz,
	basis text, line text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_lock(wanted, seen_version);
	told dossier_elsewhere;
	stood interval;
	fresh timestamptz := new_due;
	why text := line;
BEGIN
	PERFORM check_that(EXISTS (SELECT FROM dossier_agency a JOIN unit u USING (unit_id) WHERE a.unit_id = d.unit_id
		AND a.dossier_id = d.dossier_id AND a.role = 'deciding' AND a.code <> u.code), 'deciding_unit', 'Hồ sơ này do đơn vị mình giải quyết.');
	PERFORM check_that(btrim(coalesce(basis, '')) <> '' AND length(basis) <= 300, 'basis',
		'Ghi căn cứ: ai báo, văn bản hoặc phiếu giao nhận nào.');
	PERFORM check_that(when_received BETWEEN d.received_at AND now() + interval '1 minute', 'received_at',
		'Họ chỉ có thể nhận sau lúc tiếp nhận ở đây và trước bây giờ.');
	SELECT * INTO told FROM dossier_elsewhere e WHERE e.unit_id = d.unit_id AND e.dossier_id = d.dossier_id;
	IF told.counted THEN
		PERFORM my_supervisor(); -- a second word on the same thing
	END IF;
	IF NOT mine.is_supervisor AND (extensions_of(d) > 0 OR EXISTS (SELECT FROM dossier_due x WHERE x.unit_id = d.unit_id
			AND x.dossier_id = d.dossier_id AND x.cause = 'correction')) THEN
		PERFORM refuse('MC004', 'Ngày hẹn đã được hẹn lại hoặc điều chỉnh: người phụ trách ghi lúc họ nhận.', format('due date of %s was set anew', wanted),
			'due_at');
	END IF;
	PERFORM check_counted(d, when_received, new_due);
	stood := stood_since(d, when_received);
	IF stood > interval '0' AND fresh IS NOT NULL THEN
		fresh := coalesce(working_add((SELECT u.code FROM unit u WHERE u.unit_id = d.unit_id), fresh, stood), fresh);
		why := format(E'%s\nTừ đó hồ sơ đã dừng %s giờ %s phút làm việc (chờ bổ sung, chờ nộp tiền, sự cố): hẹn trả %s.', why,
			extract(epoch FROM stood)::int / 3600, extract(epoch FROM stood)::int % 3600 / 60, say_moment(fresh));
	END IF;
	IF fresh < d.due_at AND extensions_of(d) > 0 THEN
		fresh := d.due_at;
		why := format(E'%s\nĐã xin lỗi và hẹn lại: giữ ngày %s.', why, say_moment(fresh));
	END IF;
	INSERT INTO dossier_elsewhere AS e (unit_id, dossier_id, received_at, source, basis, login, counted)
		VALUES (d.unit_id, d.dossier_id, when_received, coalesce(told.source, ''), btrim(received_elsewhere.basis), mine.login, true)
		ON CONFLICT ON CONSTRAINT dossier_elsewhere_pkey DO UPDATE SET received_at = excluded.received_at, basis = excluded.basis,
			login = excluded.login, at = clock_timestamp(), counted = true;
	RETURN move_due(wanted, seen_version, 'elsewhere', fresh, why);
END $$;

RESET ROLE;
SELECT motcua.open_doors();
