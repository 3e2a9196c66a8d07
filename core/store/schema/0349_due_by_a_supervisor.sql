-- SPDX-License-Identifier: Apache-2.0
-- A due date moves by what happened (a wait that ended, a reception elsewhere, a system's new date), each by
-- its own door with its own checks.  By mere word it is a supervisor's to move.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- desk.change_due of 0020, for those who have checked why.
CREATE FUNCTION motcua.move_due(wanted bigint, seen_version int, cause text, new_due timestamptz, line text) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_lock(wanted, seen_version);
BEGIN
	PERFORM check_that(cause IN ('supplement', 'extension', 'incident', 'payment', 'elsewhere', 'correction'), 'cause',
		'Chưa rõ vì sao đổi ngày hẹn trả.');
	PERFORM check_that(btrim(coalesce(line, '')) <> '', 'line', 'Ghi lý do đổi ngày hẹn trả.');
	PERFORM check_that(d.status NOT IN (3, 8, 9, 10), 'due_at', 'Hồ sơ đã kết thúc.');
	PERFORM check_that(new_due IS NULL OR new_due > d.received_at, 'due_at', 'Ngày hẹn trả trước ngày nhận.');
	PERFORM check_that(new_due IS NULL OR new_due < now() + interval '50 years', 'due_at', 'Ngày hẹn trả quá xa.');
	IF cause = 'correction' OR (cause = 'extension' AND EXISTS (SELECT FROM dossier_due x WHERE x.unit_id = d.unit_id
		AND x.dossier_id = d.dossier_id AND x.cause = 'extension')) THEN
		PERFORM my_supervisor();
	END IF;
	INSERT INTO dossier_due SELECT d.unit_id, d.dossier_id, max(x.seq) + 1, clock_timestamp(), move_due.cause, mine.login,
		d.due_at, move_due.new_due, btrim(move_due.line) FROM dossier_due x
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	UPDATE dossier x SET due_at = move_due.new_due, version = x.version + 1
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	PERFORM audit('change_due', d.dossier_id, jsonb_build_object('cause', cause, 'old', d.due_at, 'new', new_due));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN d.version + 1;
END $$;

CREATE OR REPLACE FUNCTION desk.change_due(wanted bigint, seen_version int, cause text, new_due timestamptz, line text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
BEGIN
	PERFORM my_supervisor();
	RETURN move_due(wanted, seen_version, cause, new_due, line);
END $$;

-- As in 0112.
CREATE OR REPLACE FUNCTION desk.received_elsewhere(wanted bigint, seen_version int, when_received timestamptz, new_due timestamptz,
	basis text, line text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_lock(wanted, seen_version);
	told dossier_elsewhere;
BEGIN
	PERFORM check_that(EXISTS (SELECT FROM dossier_agency a WHERE a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id
		AND a.role = 'deciding'), 'deciding_unit', 'Hồ sơ này do đơn vị mình giải quyết.');
	PERFORM check_that(btrim(coalesce(basis, '')) <> '' AND length(basis) <= 300, 'basis',
		'Ghi căn cứ: ai báo, văn bản hoặc phiếu giao nhận nào.');
	PERFORM check_that(when_received BETWEEN d.received_at AND now() + interval '1 minute', 'received_at',
		'Họ chỉ có thể nhận sau lúc tiếp nhận ở đây và trước bây giờ.');
	SELECT * INTO told FROM dossier_elsewhere e WHERE e.unit_id = d.unit_id AND e.dossier_id = d.dossier_id;
	IF told.counted THEN
		PERFORM my_supervisor(); -- a second word on the same thing
	END IF;
	INSERT INTO dossier_elsewhere AS e (unit_id, dossier_id, received_at, source, basis, login, counted)
		VALUES (d.unit_id, d.dossier_id, when_received, coalesce(told.source, ''), btrim(received_elsewhere.basis), mine.login, true)
		ON CONFLICT ON CONSTRAINT dossier_elsewhere_pkey DO UPDATE SET received_at = excluded.received_at, basis = excluded.basis,
			login = excluded.login, at = clock_timestamp(), counted = true;
	RETURN move_due(wanted, seen_version, 'elsewhere', new_due, line);
END $$;

-- As in 0211.
CREATE OR REPLACE FUNCTION desk.take_date(wanted bigint, seen_version int, part bigint) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_lock(wanted, seen_version);
	p answer_part;
	fresh timestamptz;
BEGIN
	SELECT * INTO p FROM open_parts(d, 'extension') x WHERE x.part_id = part;
	fresh := view_moment(p.facts->>'new_due');
	IF p.part_id IS NULL OR fresh IS NULL THEN
		PERFORM refuse('MC008', 'Không còn ngày hẹn mới nào chờ ghi.', format('no open date %s of %s', part, wanted));
	END IF;
	UPDATE answer_part x SET answered_at = clock_timestamp(), answered_by = mine.login WHERE x.part_id = p.part_id;
	UPDATE problem x SET solved_at = clock_timestamp(), solved_by = mine.login,
			solution = format('Đã đổi ngày hẹn trả sang %s.', say_moment(fresh))
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = p.system AND x.kind = 'extension'
			AND x.key = p.key AND x.solved_at IS NULL;
	IF fresh IS NOT DISTINCT FROM d.due_at THEN
		RETURN d.version;
	END IF;
	RETURN move_due(wanted, seen_version, 'extension', fresh, left(format('%s báo ngày hẹn trả mới: %s', system_name(p.system),
		coalesce(nullif(p.facts->>'text', ''), 'không nêu lý do')), 1000));
END $$;

RESET ROLE;
SELECT motcua.open_doors();
