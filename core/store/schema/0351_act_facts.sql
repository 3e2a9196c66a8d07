-- SPDX-License-Identifier: Apache-2.0
-- What an act of the desk says beside its words: the ground of a request to complete the dossier (form 02), who took a
-- result away.  The result slip repeats what was recorded then and nothing better.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.handed_over (
	unit_id    bigint NOT NULL,
	dossier_id bigint NOT NULL,
	seq        int NOT NULL,
	at         timestamptz NOT NULL,
	login      text NOT NULL,
	taker      text NOT NULL CHECK (taker IN ('owner', 'other', 'post')),
	name       text NOT NULL,          -- '' only by post
	id_number  text NOT NULL,
	mandate    text NOT NULL,          -- of another than the owner: which paper
	post       text NOT NULL,          -- number and day of the post's slip
	PRIMARY KEY (unit_id, dossier_id, seq),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.handed_over
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- receiver: {taker, name, id_number, mandate, post}; the owner's own are those of the dossier, for an organisation its
-- representative's name.
CREATE FUNCTION motcua.keep_taker(d motcua.dossier, receiver jsonb, by_login text, moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	who text := receiver->>'taker';
	o dossier_person;
	called text := btrim(coalesce(receiver->>'name', ''));
	number text := btrim(coalesce(receiver->>'id_number', ''));
	paper text := btrim(coalesce(receiver->>'mandate', ''));
	sent text := btrim(coalesce(receiver->>'post', ''));
BEGIN
	PERFORM check_that(coalesce(who IN ('owner', 'other', 'post'), false), 'receiver', 'Chưa rõ ai nhận kết quả.');
	PERFORM check_that(length(called) <= 200 AND length(number) <= 50 AND length(paper) <= 300 AND length(sent) <= 300, 'receiver',
		'Thông tin người nhận quá dài.');
	PERFORM check_that(who <> 'other' OR (called <> '' AND paper <> ''), 'receiver', 'Ghi tên người nhận thay và giấy uỷ quyền.');
	PERFORM check_that(who <> 'post' OR sent <> '', 'receiver', 'Ghi số vận đơn, ngày gửi.');
	IF who = 'owner' THEN
		SELECT * INTO o FROM dossier_person x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.role = 'owner';
		called := CASE o.kind WHEN 'organisation' THEN coalesce(nullif(o.representative, ''), o.name) ELSE o.name END;
		number := CASE o.kind WHEN 'organisation' THEN '' ELSE o.id_number END;
	END IF;
	INSERT INTO handed_over SELECT d.unit_id, d.dossier_id, coalesce(max(x.seq), 0) + 1, moment, by_login, who, CASE who WHEN 'post' THEN '' ELSE called END,
		CASE who WHEN 'post' THEN '' ELSE number END, CASE who WHEN 'other' THEN paper ELSE '' END, CASE who WHEN 'post' THEN sent ELSE '' END
		FROM handed_over x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
END $$;

DROP FUNCTION motcua.act_paper(motcua.dossier, motcua.clerk, text, int, text, timestamptz);
-- As in 0332; ground is the "Lý do" of form 02, beside what is to be added.
CREATE FUNCTION motcua.act_paper(d motcua.dossier, mine motcua.clerk, wanted text, next_status int, why text, moment timestamptz,
	ground text) RETURNS bigint
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
	called := lpad(place.seq::text, greatest(2, length(place.seq::text)), '0') || paper_sign_of(wanted, moment);
	INSERT INTO paper (unit_id, dossier_id, request_id, form, year, seq, number, fields, made_at, login)
	VALUES (d.unit_id, d.dossier_id, gen_random_uuid(), wanted, place.year, place.seq, called, field('number', called)
		|| head_fields(u, mine, req, p, moment) || field('dossier.code', d.code)
		|| CASE wanted WHEN '05' THEN field('received_at', iso(d.received_at)) || field('requested_at', iso(moment))
			|| field('stopped_at', iso(moment)) || field('progress', status_words(d.status)) || field('reason', why)
		ELSE field('reason.1.text', why) || CASE wanted WHEN '02' THEN field('reason', ground) ELSE '' END
			|| field('contact.name', mine.full_name) || field('contact.phone', u.phone) END,
		moment, mine.login)
	RETURNING paper_id INTO id;
	RETURN id;
END $$;

DROP FUNCTION motcua.carry_out(bigint, int, text, text, boolean);
-- As in 0211, with the facts of desk.act.
CREATE FUNCTION motcua.carry_out(wanted bigint, seen_version int, what text, reason text, ours boolean, facts jsonb DEFAULT '{}',
	OUT version int, OUT paper_id bigint)
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
	IF t.act = 'return' AND jsonb_typeof(facts->'receiver') = 'object' THEN
		PERFORM keep_taker(d, facts->'receiver', mine.login, moment);
	END IF;
	FOR sys IN SELECT s.system FROM stream s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id LOOP
		PERFORM enqueue(d.unit_id, d.dossier_id, sys, 'progress', progress_payload(d.code, mine.full_name, mine.title, '',
			moment, coalesce(nullif(why, ''), act_words(t.act)), t.to_status, moment, d.due_at));
	END LOOP;
	paper_id := CASE WHEN ours THEN act_paper(d, mine, t.form, t.to_status, why, moment, left(btrim(coalesce(facts->>'ground', '')), 500)) END;
	PERFORM audit('act', d.dossier_id, jsonb_build_object('act', t.act, 'from', d.status, 'to', t.to_status));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	version := d.version + 1;
END $$;

DROP FUNCTION desk.act(bigint, int, text, text);
-- What ends a wait goes through desk.take_up: the pause belongs into the due date.  facts: {ground, receiver}.
CREATE FUNCTION desk.act(wanted bigint, seen_version int, act text, reason text, facts jsonb DEFAULT '{}', OUT version int,
	OUT paper_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
BEGIN
	PERFORM check_size(facts);
	IF $3 IN ('supplement', 'pay', 'resume') AND EXISTS (SELECT FROM transition x WHERE x.from_status
			= (dossier_mine(wanted)).status AND x.act = $3) THEN
		PERFORM refuse('MC005', 'Hồ sơ đang chờ: ghi đã bổ sung, đã nộp tiền hoặc xử lý tiếp để tính lại ngày hẹn.',
			format('%s of %s ends a wait', $3, wanted), 'act');
	END IF;
	SELECT c.version, c.paper_id INTO version, paper_id FROM carry_out(wanted, seen_version, $3, $4, true, facts) c;
END $$;

-- Before the hand-over a slip to be signed, its moment and receiver left open; after it what was recorded.
CREATE FUNCTION motcua.slip_of_result(d motcua.dossier) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
	h handed_over;
BEGIN
	IF d.status NOT IN (9, 10) THEN
		PERFORM refuse('MC006', 'Hồ sơ chưa có kết quả để trả.', format('status %s', d.status));
	END IF;
	SELECT * INTO h FROM handed_over x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.at = d.status_at AND d.status = 10
		ORDER BY x.seq DESC LIMIT 1;
	RETURN field('due_at', iso(d.due_at)) || CASE d.status WHEN 10 THEN field('returned_at', iso(d.status_at)) ELSE '' END
		|| coalesce((SELECT field('procedure.result', p.result_name) FROM procedures p WHERE p.code = d.procedure_code
			AND p.ended IS NULL AND p.unit_id IS NULL ORDER BY p.row_id DESC LIMIT 1), '')
		|| field('receiver.name', h.name) || field('receiver.id_number', h.id_number) || field('receiver.mandate', h.mandate)
		|| field('receiver.post', h.post) || fee_fields(d, true);
END $$;

CREATE OR REPLACE FUNCTION motcua.paper_body(wanted text, d motcua.dossier, receipt text, moment timestamptz) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN CASE wanted WHEN 'fee' THEN receipt_of_money(d, receipt) WHEN 'result' THEN slip_of_result(d)
		ELSE issue_fields(wanted, d, receipt, moment) END;
END $$;

RESET ROLE;
SELECT motcua.guard('{handed_over}', '');
SELECT motcua.open_doors();
