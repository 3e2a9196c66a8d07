-- SPDX-License-Identifier: Apache-2.0
-- Acts of the desk with their paper; result files with what is needed to check them; what was answered.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- What systems read when nobody gave words of their own.
CREATE FUNCTION motcua.act_words(act text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce((SELECT w.say FROM (VALUES ('process', 'Đang xử lý'), ('ask_supplement', 'Yêu cầu bổ sung hồ sơ'),
		('refuse', 'Không tiếp nhận hồ sơ'), ('stop', 'Dừng xử lý hồ sơ'), ('ask_payment', 'Yêu cầu thực hiện nghĩa vụ tài chính'),
		('withdraw', 'Công dân yêu cầu rút hồ sơ'), ('finish', 'Đã xử lý xong'), ('return', 'Đã trả kết quả'),
		('recall', 'Thu hồi kết quả để xử lý lại')) w(name, say) WHERE w.name = act), act)
$$;

-- A status as the paper for the citizen names it.
CREATE FUNCTION motcua.status_words(status int) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
	SELECT (ARRAY['mới đăng ký', 'đã tiếp nhận', 'không được tiếp nhận', 'đang xử lý', 'chờ bổ sung giấy tờ',
		'chờ thực hiện nghĩa vụ tài chính', 'công dân đề nghị rút', 'dừng xử lý', 'đã xử lý xong', 'đã trả kết quả'])[status]
$$;

-- Form 02, 03 or 05 on a dossier in the books, numbered without a gap; NULL: no paper of ours.  A notice of
-- stop is the citizen's who asked for it, once.
CREATE FUNCTION motcua.act_paper(d motcua.dossier, mine motcua.clerk, wanted text, next_status int, why text, moment timestamptz)
RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
	u unit;
	p procedures;
	req jsonb;
	place record;
	called text;
	id bigint;
BEGIN
	IF wanted NOT IN ('02', '03') AND NOT (wanted = '05' AND 7 IN (d.status, next_status) AND NOT EXISTS (SELECT FROM paper x
			WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.form = '05')) THEN
		RETURN NULL;
	END IF;
	SELECT * INTO u FROM unit x WHERE x.unit_id = d.unit_id;
	SELECT * INTO p FROM procedures x WHERE x.row_id = d.procedure_row;
	SELECT m.payload || jsonb_build_object('counter', d.counter_code, 'sets', d.sets) INTO req FROM message m
		WHERE m.unit_id = d.unit_id AND m.dossier_id = d.dossier_id AND m.kind = 'dossier' ORDER BY m.message_id DESC LIMIT 1;
	IF req IS NULL OR p.row_id IS NULL THEN
		RETURN NULL;
	END IF;
	SELECT * INTO place FROM paper_number(d.unit_id, wanted, moment);
	called := lpad(place.seq::text, greatest(2, length(place.seq::text)), '0')
		|| CASE wanted WHEN '02' THEN '/PBS-TTPVHCC' WHEN '03' THEN '/PTC-TTPVHCC' ELSE '/TBD-TTPVHCC' END;
	INSERT INTO paper (unit_id, dossier_id, request_id, form, year, seq, number, fields, made_at, login)
	VALUES (d.unit_id, d.dossier_id, gen_random_uuid(), wanted, place.year, place.seq, called, field('number', called)
		|| head_fields(u, mine, req, p, moment) || field('dossier.code', d.code)
		|| CASE wanted WHEN '05' THEN field('received_at', iso(d.received_at)) || field('requested_at', iso(moment))
			|| field('stopped_at', iso(moment)) || field('progress', status_words(d.status)) || field('reason', why)
		ELSE field('reason.1.text', why) || field('contact.name', mine.full_name) || field('contact.phone', u.phone) END,
		moment, mine.login)
	RETURNING paper_id INTO id;
	RETURN id;
END $$;

-- A step of the life-cycle by the desk, with its event, its message to every system and, for an act of our own, its paper.
CREATE FUNCTION motcua.carry_out(wanted bigint, seen_version int, what text, reason text, ours boolean, OUT version int,
	OUT paper_id bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	d dossier := dossier_lock(wanted, seen_version);
	t transition;
	moment timestamptz := date_trunc('second', clock_timestamp());
	why text := left(btrim(coalesce($4, '')), 1000);
	sys text;
BEGIN
	SELECT * INTO t FROM transition x WHERE x.from_status = d.status AND x.act = what ORDER BY x.to_status DESC LIMIT 1;
	IF t.act IS NULL OR t.from_status = 0 THEN
		PERFORM refuse('MC005', 'Trạng thái hiện tại không cho phép việc này.', format('no act %s from status %s', what, d.status), 'act');
	END IF;
	IF t.who = 'supervisor' THEN
		PERFORM my_supervisor();
	END IF;
	PERFORM check_that(t.act IN ('process', 'return', 'finish', 'pay', 'supplement') OR why <> '', 'reason', 'Việc này cần ghi lý do.');
	UPDATE dossier x SET status = t.to_status, status_at = moment, version = x.version + 1,
		finished_at = CASE WHEN t.to_status IN (3, 8, 9, 10) THEN coalesce(x.finished_at, moment) END
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, form, note)
		VALUES (d.unit_id, d.dossier_id, moment, t.act, d.status, t.to_status, mine.login, mine.full_name, t.form, why);
	FOR sys IN SELECT s.system FROM stream s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id LOOP
		PERFORM enqueue(d.unit_id, d.dossier_id, sys, 'progress', progress_payload(d.code, mine.full_name, mine.title, '',
			moment, coalesce(nullif(why, ''), act_words(t.act)), t.to_status, moment, d.due_at));
	END LOOP;
	paper_id := CASE WHEN ours THEN act_paper(d, mine, t.form, t.to_status, why, moment) END;
	PERFORM audit('act', d.dossier_id, jsonb_build_object('act', t.act, 'from', d.status, 'to', t.to_status));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	version := d.version + 1;
END $$;

DROP FUNCTION desk.act(bigint, int, text, text);
-- What ends a wait goes through desk.take_up: the pause belongs into the due date.
CREATE FUNCTION desk.act(wanted bigint, seen_version int, act text, reason text, OUT version int, OUT paper_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
BEGIN
	IF $3 IN ('supplement', 'pay', 'resume') AND EXISTS (SELECT FROM transition x WHERE x.from_status
			= (dossier_mine(wanted)).status AND x.act = $3) THEN
		PERFORM refuse('MC005', 'Hồ sơ đang chờ: ghi đã bổ sung, đã nộp tiền hoặc xử lý tiếp để tính lại ngày hẹn.',
			format('%s of %s ends a wait', $3, wanted), 'act');
	END IF;
	SELECT c.version, c.paper_id INTO version, paper_id FROM carry_out(wanted, seen_version, $3, $4, true) c;
END $$;

-- A clerk read in another system how far the dossier is there.
CREATE OR REPLACE FUNCTION desk.manual_status(wanted bigint, seen_version int, to_system text, their_status int,
	read_at timestamptz, said text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_lock(wanted, seen_version);
	s stream := manual_stream(d, to_system);
	name text := (SELECT y.name FROM systems y WHERE y.code = to_system AND y.ended IS NULL);
	way text;
	version int := d.version;
BEGIN
	PERFORM check_that(s.created_there, 'dossier', 'Hồ sơ chưa được nhập vào hệ thống đó.');
	PERFORM check_that(their_status BETWEEN 2 AND 10, 'status', 'Trạng thái không đúng.');
	PERFORM check_that(read_at BETWEEN d.received_at AND now() + interval '1 minute', 'read_at', 'Thời điểm đọc không đúng.');
	INSERT INTO answer (system, code, status, at, unit_id, dossier_id, foreign_code, text, raw, applied)
		VALUES (to_system, d.code, their_status, read_at, d.unit_id, d.dossier_id, s.foreign_code, left(coalesce(said, ''), 2000),
			jsonb_build_object('read_by', mine.login)::text, true) ON CONFLICT DO NOTHING;
	UPDATE stream x SET foreign_status = their_status, asked_at = now(), changed_at = clock_timestamp()
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = to_system;
	IF their_status <> d.status AND to_system = d.route_system THEN
		SELECT t.act INTO way FROM transition t WHERE t.from_status = d.status AND t.to_status = their_status AND t.by_peer
			ORDER BY t.act LIMIT 1;
		PERFORM check_that(way IS NOT NULL, 'status', 'Từ trạng thái hiện nay không đi thẳng tới trạng thái đó được: ghi từng bước.');
		version := (carry_out(wanted, seen_version, way, left(format('Theo %s (số %s), đọc lúc %s: %s', name, s.foreign_code,
			to_char(local(read_at), 'HH24:MI DD/MM/YYYY'), coalesce(said, '')), 1000), false)).version;
		-- What they told us need not be typed back to them.
		UPDATE stream x SET head = x.tail + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id
			AND x.system = to_system AND s.head > s.tail;
	END IF;
	PERFORM audit('manual_status', d.dossier_id, jsonb_build_object('system', to_system, 'status', their_status));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'travel ' || d.dossier_id);
	RETURN version;
END $$;

DROP FUNCTION desk.dossier_parts(bigint);
-- Supplements, fees, results, new dates of a dossier; answered_at: when the desk dealt with it.
CREATE FUNCTION desk.dossier_parts(wanted bigint) RETURNS TABLE (part_id bigint, kind text, system text, system_name text,
	at timestamptz, said text, name text, result_code text, link text, amount bigint, until timestamptz,
	new_due timestamptz, settled boolean, file_id bigint, file_name text, file_size bigint, acked_at timestamptz, note text,
	answered_at timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT p.part_id, p.kind, p.system, system_name(p.system), p.at, coalesce(p.facts->>'text', ''), coalesce(p.facts->>'name', ''),
		coalesce(p.facts->>'code', ''), coalesce(p.facts->>'link', ''), view_number(p.facts->'amount'),
		view_moment(p.facts->>'until'), view_moment(p.facts->>'new_due'), coalesce(p.facts->'done' = 'true', false),
		p.file_id, coalesce(f.name, ''), f.size, p.acked_at, p.note, p.answered_at
	FROM dossier_mine(wanted) d JOIN answer_part p USING (unit_id, dossier_id)
		LEFT JOIN file f ON f.unit_id = p.unit_id AND f.file_id = p.file_id
	WHERE p.kind <> 'word' ORDER BY p.at, p.part_id
$$;

-- What is needed to read a whole file of my unit and to know that it is the one.
CREATE FUNCTION desk.file_facts(wanted bigint) RETURNS TABLE (name text, media_type text, size bigint, sha256 text, dossier_id bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
BEGIN
	RETURN QUERY SELECT f.name, f.media_type, f.size, encode(f.sha256, 'hex'), f.dossier_id FROM file f
		WHERE f.unit_id = mine.unit_id AND f.file_id = wanted AND f.whole;
	IF NOT FOUND THEN
		PERFORM refuse('MC008', 'Không có tệp này.', format('no file %s', wanted));
	END IF;
END $$;

-- What became of a file that was read (its reading is recorded by file_read): saved, printed.
CREATE FUNCTION desk.file_used(wanted bigint, how text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	f record;
BEGIN
	PERFORM check_that(how IN ('save', 'print'), 'how', 'Yêu cầu không đúng dạng.');
	SELECT * INTO f FROM desk.file_facts(wanted);
	PERFORM audit('file_' || how, f.dossier_id, jsonb_build_object('file', wanted));
END $$;

-- The courier tries a result's file now, not when its turn comes.
CREATE FUNCTION desk.fetch_now(wanted bigint, from_system text, part_key text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	d dossier := dossier_mine(wanted);
BEGIN
	UPDATE answer_part p SET next_at = now(), attempts = 0 WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id
		AND p.system = from_system AND p.kind = 'result' AND p.key = part_key AND p.file_id IS NULL;
	IF NOT FOUND THEN
		PERFORM refuse('MC008', 'Tệp này đã có, hoặc bên kia không còn gửi.', format('no file to fetch of %s from %s', wanted, from_system));
	END IF;
	PERFORM audit('fetch_now', d.dossier_id, jsonb_build_object('system', from_system));
END $$;

-- An officer has seen the new date a system set: the due date follows it.
CREATE FUNCTION desk.take_date(wanted bigint, seen_version int, part bigint) RETURNS int
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
	RETURN desk.change_due(wanted, seen_version, 'extension', fresh, left(format('%s báo ngày hẹn trả mới: %s', system_name(p.system),
		coalesce(nullif(p.facts->>'text', ''), 'không nêu lý do')), 1000));
END $$;

RESET ROLE;
SELECT motcua.open_doors();
