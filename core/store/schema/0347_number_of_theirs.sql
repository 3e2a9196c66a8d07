-- SPDX-License-Identifier: Apache-2.0
-- The number that a hand brings back from another system is one that system gave: not our own code, not a
-- citizen's number.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Whether this looks like one of our codes, or is the number of one of the dossier's people.
CREATE FUNCTION motcua.ours_or_a_persons(d motcua.dossier, number text) RETURNS boolean
LANGUAGE sql STABLE AS $$
	SELECT number = upper(d.code)
		OR EXISTS (SELECT FROM unit u WHERE u.unit_id = d.unit_id AND starts_with(number, upper(u.eid) || '-')
			AND substr(number, length(u.eid) + 2) ~ '^[0-9]{6}-[0-9]{4,}$')
		OR EXISTS (SELECT FROM dossier_person p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id AND p.id_number <> ''
			AND upper(regexp_replace(p.id_number, '[^0-9A-Za-z]', '', 'g')) = regexp_replace(number, '[^0-9A-Z]', '', 'g'))
$$;

-- As in 0116; the dossier is locked before its stream, as everywhere.
CREATE OR REPLACE FUNCTION motcua.manual_stream(d motcua.dossier, sys text) RETURNS motcua.stream
LANGUAGE plpgsql AS $$
DECLARE
	s stream;
BEGIN
	PERFORM FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id FOR UPDATE;
	SELECT x.* INTO s FROM stream x JOIN systems y ON y.code = x.system AND y.ended IS NULL AND y.family = 'manual'
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = sys FOR UPDATE OF x;
	IF s.system IS NULL THEN
		PERFORM refuse('MC008', 'Hồ sơ này không có gì phải nhập tay vào hệ thống đó.', format('no manual stream %s of %s', sys, d.dossier_id));
	END IF;
	RETURN s;
END $$;

-- As in 0116.
CREATE OR REPLACE FUNCTION desk.manual_done(wanted bigint, to_system text, their_code text, note text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
	s stream := manual_stream(d, to_system);
	code text := upper(regexp_replace(coalesce(their_code, ''), '\s', '', 'g'));
	name text := (SELECT y.name FROM systems y WHERE y.code = to_system AND y.ended IS NULL);
BEGIN
	IF s.foreign_code <> '' AND code = '' THEN
		code := s.foreign_code; -- a later message to the dossier they know already
	END IF;
	PERFORM check_that(code ~ '^[0-9A-Z./_-]{3,60}$', 'their_code', 'Gõ số hồ sơ mà hệ thống đó cấp (chữ, số, dấu chấm, gạch).');
	PERFORM check_that(NOT ours_or_a_persons(d, code), 'their_code',
		'Đây là mã hồ sơ của một cửa hoặc số giấy tờ của người dân: gõ số mà hệ thống đó cấp.');
	PERFORM check_that(s.head <= s.tail OR s.foreign_code IS DISTINCT FROM code, 'their_code', 'Số này đã được ghi rồi.');
	IF EXISTS (SELECT FROM alias a WHERE a.unit_id = d.unit_id AND a.system = to_system AND a.foreign_code = code
		AND a.dossier_id <> d.dossier_id) THEN
		PERFORM refuse('MC005', 'Số này đã ghi cho một hồ sơ khác: kiểm tra lại.', 'foreign code of another dossier', 'their_code');
	END IF;
	INSERT INTO attempt (unit_id, message_id, dossier_id, system, courier, fence, phase, class, note)
		SELECT m.unit_id, m.message_id, m.dossier_id, m.system, 'tay: ' || mine.login, s.fence, 'finish', 'delivered',
			left(coalesce(manual_done.note, ''), 1000)
		FROM message m WHERE m.unit_id = d.unit_id AND m.dossier_id = d.dossier_id AND m.system = to_system AND m.seq >= s.head;
	INSERT INTO alias (unit_id, system, foreign_code, dossier_id) VALUES (d.unit_id, to_system, code, d.dossier_id)
		ON CONFLICT DO NOTHING;
	UPDATE stream x SET head = x.tail + 1, created_there = true, travel = 'received', foreign_code = code, attempts = 0,
		ask_first = false, begun = false,
		changed_at = clock_timestamp(), note = left(format('Nhập tay: %s', mine.full_name), 1000)
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = to_system;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, date_trunc('second', clock_timestamp()), 'manual', d.status, d.status, mine.login,
			mine.full_name, left(btrim(format('Đã nhập vào %s, số %s. %s', name, code, coalesce(manual_done.note, ''))), 1000));
	PERFORM audit('manual_done', d.dossier_id, jsonb_build_object('system', to_system, 'code', code));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'travel ' || d.dossier_id);
END $$;

RESET ROLE;
SELECT motcua.open_doors();
