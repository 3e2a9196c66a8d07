-- SPDX-License-Identifier: Apache-2.0
-- A result is handed over: who took it and what they showed, a hand-over recorded by mistake, the citizen's rating; the
-- list of results nobody has fetched.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

ALTER TABLE motcua.handed_over
	ADD COLUMN shown text NOT NULL DEFAULT '' CHECK (shown IN ('', 'scanned', 'receipt', 'identity')), -- '' by post, or before this was kept
	ADD COLUMN no_file text NOT NULL DEFAULT '',    -- why there is no digital copy
	ADD COLUMN corrects int,                        -- seq of the row it puts right
	ADD COLUMN reason text NOT NULL DEFAULT '',
	ADD COLUMN undone boolean NOT NULL DEFAULT false; -- nothing was handed over: the row it corrects was a mistake

-- One a dossier, asked for once; reports and boards read it.
CREATE TABLE motcua.rating (
	unit_id    bigint NOT NULL,
	dossier_id bigint NOT NULL,
	at         timestamptz NOT NULL,
	login      text NOT NULL,
	counter    text NOT NULL DEFAULT '',
	officer    text NOT NULL,               -- who received the dossier: whose work is rated
	grade      text NOT NULL CHECK (grade IN ('very', 'yes', 'no', 'none')), -- none: would not say
	reason     text NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
	helped     boolean NOT NULL DEFAULT false, -- the clerk read the question out (Điều 29.4 NĐ 61/2018)
	PRIMARY KEY (unit_id, dossier_id),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier,
	CHECK (grade <> 'no' OR reason <> '')
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.rating
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();
CREATE INDEX rating_at ON motcua.rating (unit_id, at);
-- ---- handing over ----

-- Who took it, as in 0351, with what they showed; corrects: the row this one puts right.
CREATE FUNCTION motcua.keep_taker_row(d motcua.dossier, receiver jsonb, by_login text, moment timestamptz, corrected int, why text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	who text := receiver->>'taker';
	o dossier_person;
	called text := btrim(coalesce(receiver->>'name', ''));
	number text := btrim(coalesce(receiver->>'id_number', ''));
	paper text := btrim(coalesce(receiver->>'mandate', ''));
	sent text := btrim(coalesce(receiver->>'post', ''));
	seen text := coalesce(receiver->>'shown', '');
	blank text := btrim(coalesce(receiver->>'no_file', ''));
BEGIN
	PERFORM check_that(coalesce(who IN ('owner', 'other', 'post'), false), 'receiver', 'Chưa rõ ai nhận kết quả.');
	PERFORM check_that(length(called) <= 200 AND length(number) <= 50 AND length(paper) <= 300 AND length(sent) <= 300 AND length(blank) <= 300, 'receiver',
		'Thông tin người nhận quá dài.');
	PERFORM check_that(who <> 'other' OR (called <> '' AND paper <> ''), 'receiver', 'Ghi tên người nhận thay và giấy uỷ quyền.');
	PERFORM check_that(who <> 'post' OR sent <> '', 'receiver', 'Ghi số vận đơn, ngày gửi.');
	PERFORM check_that(seen IN ('', 'scanned', 'receipt', 'identity'), 'receiver', 'Chưa rõ người nhận đã đưa giấy tờ nào.');
	IF who = 'owner' THEN
		SELECT * INTO o FROM dossier_person x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.role = 'owner';
		called := CASE o.kind WHEN 'organisation' THEN coalesce(nullif(o.representative, ''), o.name) ELSE o.name END;
		number := CASE o.kind WHEN 'organisation' THEN '' ELSE o.id_number END;
	END IF;
	INSERT INTO handed_over (unit_id, dossier_id, seq, at, login, taker, name, id_number, mandate, post, shown, no_file, corrects, reason)
		SELECT d.unit_id, d.dossier_id, coalesce(max(x.seq), 0) + 1, moment, by_login, who, CASE who WHEN 'post' THEN '' ELSE called END,
			CASE who WHEN 'post' THEN '' ELSE number END, CASE who WHEN 'other' THEN paper ELSE '' END, CASE who WHEN 'post' THEN sent ELSE '' END,
			CASE who WHEN 'post' THEN '' ELSE seen END, CASE WHEN result_is_digital(d) THEN '' ELSE blank END, corrected, why
		FROM handed_over x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
END $$;

-- receiver: {taker, name, id_number, mandate, post, shown, no_file}.  A result without a digital copy goes out only with
-- a reason, and not before the papers that must change hands have; lateness never stops it.
CREATE OR REPLACE FUNCTION motcua.keep_taker(d motcua.dossier, receiver jsonb, by_login text, moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	missing text;
BEGIN
	IF btrim(coalesce(receiver->>'no_file', '')) = '' AND NOT result_is_digital(d) THEN
		PERFORM refuse('MC005', 'Kết quả chưa có bản điện tử: quét trước khi trả, hoặc ghi lý do không số hóa.',
			format('no digital result of %s', d.code), 'no_file');
	END IF;
	SELECT string_agg(r.name, '; ' ORDER BY r.seq) INTO missing FROM return_paper r WHERE r.unit_id = d.unit_id AND r.dossier_id = d.dossier_id
		AND r.done_at IS NULL;
	IF missing IS NOT NULL THEN
		PERFORM refuse('MC005', left(format('Còn giấy tờ phải trả lại hoặc thu lại: %s. Đánh dấu từng giấy trước.', missing), 400),
			format('papers of %s have not changed hands', d.code), 'return_paper');
	END IF;
	PERFORM keep_taker_row(d, receiver, by_login, moment, NULL, '');
	-- It lies on the shelf no more.
	IF result_place_of(d) <> '' THEN
		INSERT INTO result_place (unit_id, dossier_id, seq, at, login, place) SELECT d.unit_id, d.dossier_id, max(x.seq) + 1, moment, by_login, ''
			FROM result_place x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	END IF;
END $$;

-- A hand-over recorded by mistake: the result is still here.  A supervisor's, with the reason; what was recorded stays,
-- a new row says that it was none, the dossier waits for its hand-over again and the systems are told.
CREATE FUNCTION desk.return_undo(wanted bigint, seen_version int, reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := my_supervisor();
	d dossier := dossier_lock(wanted, seen_version);
	why text := left(btrim(coalesce(reason, '')), 500);
	moment timestamptz := date_trunc('second', clock_timestamp());
	h handed_over;
	sys text;
BEGIN
	PERFORM check_that(why <> '', 'reason', 'Ghi lý do: ai báo, kết quả đang ở đâu.');
	PERFORM check_that(d.status = 10, 'status', 'Hồ sơ chưa được ghi là đã trả kết quả.');
	SELECT * INTO h FROM handed_over x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id ORDER BY x.seq DESC LIMIT 1;
	IF h.seq IS NOT NULL THEN
		INSERT INTO handed_over (unit_id, dossier_id, seq, at, login, taker, name, id_number, mandate, post, corrects, reason, undone)
			VALUES (d.unit_id, d.dossier_id, h.seq + 1, moment, mine.login, h.taker, h.name, '', '', '', h.seq, why, true);
	END IF;
	UPDATE dossier x SET status = 9, status_at = moment, version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, moment, 'return_undone', 10, 9, mine.login, mine.full_name, 'Ghi nhầm đã trả kết quả: ' || why);
	FOR sys IN SELECT s.system FROM stream s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id LOOP
		PERFORM enqueue(d.unit_id, d.dossier_id, sys, 'progress', progress_payload(d.code, mine.full_name, mine.title, '',
			moment, 'Ghi nhầm đã trả kết quả: kết quả chưa trả', 9, moment, d.due_at));
	END LOOP;
	PERFORM audit('return_undo', d.dossier_id, jsonb_build_object('reason', why));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN d.version + 1;
END $$;

-- The wrong person was recorded: a supervisor's correction is a new row beside the old one.
CREATE FUNCTION desk.taker_correct(wanted bigint, receiver jsonb, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
	d dossier := dossier_mine(wanted);
	why text := left(btrim(coalesce(reason, '')), 500);
	old handed_over;
BEGIN
	PERFORM check_size(receiver);
	PERFORM check_that(why <> '', 'reason', 'Ghi lý do sửa.');
	SELECT * INTO d FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id FOR UPDATE;
	PERFORM check_that(d.status = 10, 'status', 'Hồ sơ chưa được ghi là đã trả kết quả.');
	SELECT * INTO old FROM handed_over x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id ORDER BY x.seq DESC LIMIT 1;
	PERFORM check_that(old.seq IS NOT NULL, 'receiver', 'Chưa ghi ai nhận kết quả.');
	PERFORM keep_taker_row(d, receiver || jsonb_build_object('no_file', old.no_file), mine.login, d.status_at, old.seq, why);
	PERFORM audit('taker_correct', d.dossier_id, jsonb_build_object('corrects', old.seq, 'reason', why));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
END $$;

-- ---- rating ----

-- grade: "very" "yes" "no" (with a reason) or "none"; once a dossier, when it has its result.
CREATE FUNCTION desk.rate(wanted bigint, grade text, reason text, counter text, helped boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
	why text := btrim(coalesce($3, ''));
BEGIN
	PERFORM check_that(coalesce($2 IN ('very', 'yes', 'no', 'none'), false), 'grade', 'Chưa rõ mức hài lòng.');
	PERFORM check_that(d.status IN (9, 10), 'status', 'Chỉ đánh giá khi hồ sơ đã có kết quả.');
	PERFORM check_that($2 <> 'no' OR why <> '', 'reason', 'Không hài lòng cần ghi lý do.');
	PERFORM check_that(length(why) <= 500 AND length(coalesce($4, '')) <= 20, 'reason', 'Lý do dài quá.');
	INSERT INTO rating (unit_id, dossier_id, at, login, counter, officer, grade, reason, helped) VALUES (d.unit_id, d.dossier_id, clock_timestamp(),
		mine.login, coalesce($4, ''), d.login, $2, why, coalesce($5, false)) ON CONFLICT DO NOTHING;
	IF NOT FOUND THEN
		PERFORM refuse('MC006', 'Công dân đã đánh giá hồ sơ này rồi.', format('dossier %s is rated', wanted));
	END IF;
	PERFORM audit('rate', d.dossier_id, jsonb_build_object('grade', $2));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
END $$;

-- ---- what screens read ----

-- What belongs to the hand-over of a dossier, beside its own data.
CREATE FUNCTION desk.dossier_return(wanted bigint) RETURNS TABLE (digital boolean, place text, grade text, papers text, missing text,
	told text, phone text)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT result_is_digital(d), result_place_of(d), coalesce((SELECT r.grade FROM rating r WHERE r.unit_id = d.unit_id AND r.dossier_id = d.dossier_id), ''),
		coalesce((SELECT string_agg(format('%s%s%s%s, nhận %s', r.kind, CASE WHEN r.number <> '' THEN ' số ' || r.number ELSE '' END,
			coalesce(to_char(r.issued_on, '" ngày "DD/MM/YYYY'), ''), CASE WHEN r.signer <> '' THEN ', ' || r.signer || ' ký' ELSE '' END, say_moment(r.at)), E'\n' ORDER BY r.seq)
			FROM result_paper r WHERE r.unit_id = d.unit_id AND r.dossier_id = d.dossier_id), ''),
		coalesce((SELECT string_agg(p.name, '; ' ORDER BY p.seq) FROM return_paper p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id AND p.done_at IS NULL), ''),
		coalesce((SELECT m.state FROM citizen_message m WHERE m.unit_id = d.unit_id AND m.dossier_id = d.dossier_id AND m.kind = 'result_ready'
			AND m.state <> 'void' ORDER BY m.at DESC LIMIT 1), ''),
		coalesce((SELECT mask_address(m.address) FROM citizen_message m WHERE m.unit_id = d.unit_id AND m.dossier_id = d.dossier_id AND m.kind = 'result_ready'
			AND m.state <> 'void' ORDER BY m.at DESC LIMIT 1), '')
	FROM dossier_mine(wanted) d
$$;

-- Results nobody has fetched for at least so many days (NULL: the unit's own number), the longest waiting first.
CREATE FUNCTION desk.to_return(days int, most int) RETURNS TABLE (dossier_id bigint, code text, field text, procedure_name text, finished_at timestamptz,
	waits int, place text, result_by text, told text, tries int, message_id bigint, digital boolean, many bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT d.dossier_id, d.code, d.field, d.procedure_name, d.finished_at, (local(now())::date - local(d.finished_at)::date)::int, result_place_of(d), d.result_by,
		coalesce(m.state, ''), coalesce((SELECT count(*) FROM citizen_call c WHERE c.unit_id = m.unit_id AND c.message_id = m.message_id AND c.outcome = 'no_answer'), 0)::int,
		m.message_id, result_is_digital(d), count(*) OVER ()
	FROM me() me JOIN dossier d ON d.unit_id = me.unit_id AND d.status = 9
		LEFT JOIN LATERAL (SELECT x.* FROM citizen_message x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.kind = 'result_ready'
			AND x.state <> 'void' ORDER BY x.at DESC LIMIT 1) m ON true
	WHERE d.finished_at < (local(now())::date - coalesce(days, setting_of(me.unit_id, 'result_wait_days')::int) + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
	ORDER BY d.finished_at, d.dossier_id LIMIT greatest(1, least(most, 1000))
$$;

-- Before the hand-over a slip to be signed; after it the last word on who took it.
CREATE OR REPLACE FUNCTION motcua.slip_of_result(d motcua.dossier) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
	h handed_over;
BEGIN
	IF d.status NOT IN (9, 10) THEN
		PERFORM refuse('MC006', 'Hồ sơ chưa có kết quả để trả.', format('status %s', d.status));
	END IF;
	SELECT * INTO h FROM handed_over x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.at = d.status_at AND d.status = 10
		AND NOT x.undone ORDER BY x.seq DESC LIMIT 1;
	RETURN field('due_at', iso(d.due_at)) || CASE d.status WHEN 10 THEN field('returned_at', iso(d.status_at)) ELSE '' END
		|| coalesce((SELECT field('procedure.result', p.result_name) FROM procedures p WHERE p.code = d.procedure_code
			AND p.ended IS NULL AND p.unit_id IS NULL ORDER BY p.row_id DESC LIMIT 1), '')
		|| field('receiver.name', h.name) || field('receiver.id_number', h.id_number) || field('receiver.mandate', h.mandate)
		|| field('receiver.post', h.post) || fee_fields(d, true);
END $$;

RESET ROLE;
SELECT motcua.guard('{rating}', '');
SELECT motcua.open_doors();
