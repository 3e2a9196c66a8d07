-- SPDX-License-Identifier: Apache-2.0
-- Linked procedures (liên thông: NĐ 63/2024/NĐ-CP as amended by NĐ 301/2026/NĐ-CP): one request of a citizen, its
-- procedures each with a code, an agency, a clock and a result of its own.  The one that this desk receives is a
-- dossier; of the others an officer writes down what their agencies say.  The request of desk.accept_dossier then
-- has a member "linked": {"group"}.

SET LOCAL search_path = motcua, pg_temp;

INSERT INTO motcua.setting (name, value, basis) VALUES
	('linked_supplement_days', '7', 'Nghị định 301/2026/NĐ-CP');

SET ROLE motcua_owner;

CREATE TABLE motcua.linked (
	unit_id    bigint NOT NULL REFERENCES motcua.unit,
	linked_id  bigint GENERATED ALWAYS AS IDENTITY,
	group_code text NOT NULL,
	group_name text NOT NULL,
	begun_at   timestamptz NOT NULL,
	login      text NOT NULL,
	PRIMARY KEY (unit_id, linked_id)
);
CREATE TABLE motcua.linked_part (
	unit_id        bigint NOT NULL,
	linked_id      bigint NOT NULL,
	seq            int NOT NULL,
	member         text NOT NULL,
	procedure_code text NOT NULL DEFAULT '',
	body           text NOT NULL DEFAULT '',      -- whose it is
	dossier_id     bigint,                        -- ours; then its state is the dossier's
	code           text NOT NULL DEFAULT '' CHECK (length(code) <= 60),
	state          text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'begun', 'asked', 'done', 'stopped')),
	begun_at       timestamptz,
	due_at         timestamptz,
	asked_at       timestamptz,
	until_at       timestamptz,                   -- the citizen's days to bring what was asked for
	done_at        timestamptz,
	returned_at    timestamptz,
	result         text NOT NULL DEFAULT '',
	note           text NOT NULL DEFAULT '',
	PRIMARY KEY (unit_id, linked_id, seq),
	FOREIGN KEY (unit_id, linked_id) REFERENCES motcua.linked,
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE UNIQUE INDEX linked_part_dossier ON motcua.linked_part (unit_id, dossier_id) WHERE dossier_id IS NOT NULL;
CREATE TABLE motcua.linked_event (
	unit_id   bigint NOT NULL,
	linked_id bigint NOT NULL,
	event_id  bigint GENERATED ALWAYS AS IDENTITY,
	seq       int NOT NULL,
	at        timestamptz NOT NULL DEFAULT clock_timestamp(),
	act       text NOT NULL,
	login     text NOT NULL,
	facts     jsonb NOT NULL,
	PRIMARY KEY (unit_id, linked_id, event_id),
	FOREIGN KEY (unit_id, linked_id) REFERENCES motcua.linked
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.linked_event
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- The whole group begins with the procedure that is received here.
CREATE FUNCTION motcua.linked_begin(mine motcua.clerk, req jsonb, d motcua.dossier) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	wanted text := req->'linked'->>'group';
	id bigint;
BEGIN
	IF coalesce(jsonb_typeof(req->'linked'), 'null') = 'null' THEN
		RETURN;
	END IF;
	PERFORM check_that(EXISTS (SELECT FROM interlinked i WHERE i.group_code = wanted AND i.ended IS NULL
		AND i.procedure_code = d.procedure_code), 'linked', 'Thủ tục này không thuộc nhóm liên thông đã chọn.');
	INSERT INTO linked (unit_id, group_code, group_name, begun_at, login)
		SELECT d.unit_id, wanted, min(i.group_name), d.received_at, mine.login FROM interlinked i WHERE i.group_code = wanted AND i.ended IS NULL
		RETURNING linked_id INTO id;
	INSERT INTO linked_part (unit_id, linked_id, seq, member, procedure_code, body, dossier_id, code, state, begun_at, due_at)
		SELECT d.unit_id, id, i.seq, i.member, i.procedure_code, i.body, CASE WHEN ours THEN d.dossier_id END, CASE WHEN ours THEN d.code ELSE '' END,
			CASE WHEN ours THEN 'begun' ELSE 'waiting' END, CASE WHEN ours THEN d.received_at END, CASE WHEN ours THEN d.due_at END
		FROM interlinked i CROSS JOIN LATERAL (SELECT i.procedure_code = d.procedure_code AS ours) o
		WHERE i.group_code = wanted AND i.ended IS NULL;
	INSERT INTO linked_event (unit_id, linked_id, seq, act, login, facts) VALUES (d.unit_id, id, 0, 'begin', mine.login,
		jsonb_build_object('dossier', d.dossier_id, 'group', wanted));
END $$;

-- The receipt and every message name the procedures of the whole request.
CREATE FUNCTION motcua.linked_words(req jsonb) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT left(btrim(coalesce(req->>'summary', '') || ' Liên thông: ' || coalesce(string_agg(i.seq || '. ' || i.member || ' (' || i.body || ')', '; ' ORDER BY i.seq), '')), 1000)
	FROM interlinked i WHERE i.group_code = req->'linked'->>'group' AND i.ended IS NULL
$$;

-- As in 0152, with them.
CREATE OR REPLACE FUNCTION motcua.reception_request(req jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
	req := reception_components(me(), req);
	IF coalesce(jsonb_typeof(req->'linked'), 'null') <> 'null' THEN
		req := req || jsonb_build_object('summary', linked_words(req));
	END IF;
	IF NOT is_later(req) THEN
		RETURN req;
	END IF;
	RETURN req || jsonb_build_object('note', btrim(coalesce(req->>'note', '') || ' ' || later_words(req)));
END $$;

-- As in 0152, with the visit and the linked request.
CREATE OR REPLACE FUNCTION motcua.reception_entered(mine motcua.clerk, req jsonb, d motcua.dossier, paper bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	UPDATE dossier_component k SET lookup_question = (e.c->>'lookup_question')::bigint
		FROM jsonb_array_elements(req->'components') WITH ORDINALITY e(c, nth)
		WHERE k.unit_id = d.unit_id AND k.dossier_id = d.dossier_id AND k.seq = e.nth AND e.c ? 'lookup_question';
	UPDATE question q SET dossier_id = d.dossier_id FROM dossier_component k
		WHERE k.unit_id = d.unit_id AND k.dossier_id = d.dossier_id AND q.unit_id = d.unit_id
			AND q.question_id = k.lookup_question AND q.dossier_id IS NULL;
	PERFORM later_entered(mine, req, d, paper);
	PERFORM visit_join(mine, req, d);
	PERFORM linked_begin(mine, req, d);
END $$;

-- The chain that a dossier belongs to; a part of ours stands where its dossier stands.
CREATE FUNCTION desk.linked(wanted bigint) RETURNS TABLE (group_name text, seq int, member text, body text, dossier_id bigint, code text,
	state text, begun_at timestamptz, due_at timestamptz, asked_at timestamptz, until_at timestamptz, done_at timestamptz,
	returned_at timestamptz, result text, note text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT l.group_name, p.seq, p.member, p.body, p.dossier_id, p.code,
		CASE WHEN d.dossier_id IS NULL THEN p.state WHEN d.status IN (9, 10) THEN 'done' WHEN d.status IN (3, 7, 8) THEN 'stopped'
			WHEN d.status = 5 THEN 'asked' ELSE 'begun' END,
		p.begun_at, coalesce(d.due_at, p.due_at), CASE WHEN d.status = 5 THEN d.status_at ELSE p.asked_at END, p.until_at,
		CASE WHEN d.status IN (9, 10) THEN d.finished_at ELSE p.done_at END, CASE WHEN d.status = 10 THEN d.status_at ELSE p.returned_at END,
		p.result, p.note
	FROM dossier_mine(wanted) m JOIN linked_part me ON me.unit_id = m.unit_id AND me.dossier_id = m.dossier_id
	JOIN linked l ON l.unit_id = me.unit_id AND l.linked_id = me.linked_id
	JOIN linked_part p ON p.unit_id = l.unit_id AND p.linked_id = l.linked_id
	LEFT JOIN dossier d ON d.unit_id = p.unit_id AND d.dossier_id = p.dossier_id ORDER BY p.seq
$$;

-- What an officer writes down of another agency's part: begin {code, at, due, basis}, ask {text}, bring {}, finish
-- {result, at}, return {to}, stop {text}.  A supplement stops the clock; the citizen has so many working days for it.
CREATE FUNCTION desk.linked_act(wanted bigint, part int, act text, facts jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
	p linked_part;
	u unit;
	moment timestamptz := date_trunc('second', clock_timestamp());
	happened timestamptz := coalesce((facts->>'at')::timestamptz, moment);
	say text := btrim(coalesce(facts->>'text', facts->>'basis', facts->>'result', facts->>'to', ''));
BEGIN
	SELECT x.* INTO p FROM linked_part me JOIN linked_part x ON x.unit_id = me.unit_id AND x.linked_id = me.linked_id
		WHERE me.unit_id = d.unit_id AND me.dossier_id = d.dossier_id AND x.seq = part FOR UPDATE OF x;
	SELECT * INTO u FROM unit x WHERE x.unit_id = d.unit_id;
	PERFORM check_that(p.seq IS NOT NULL, 'part', 'Yêu cầu liên thông không có thủ tục này.');
	PERFORM check_that(p.dossier_id IS NULL, 'part', 'Thủ tục này là hồ sơ ở đây: làm ngay trên hồ sơ đó.');
	PERFORM check_that(act = 'bring' OR (length(say) BETWEEN 1 AND 500), 'text', 'Ghi rõ: căn cứ, nội dung, kết quả hoặc lý do.');
	PERFORM check_that(isfinite(happened) AND happened <= moment + interval '1 minute' AND happened >= (SELECT l.begun_at FROM linked l
		WHERE l.unit_id = p.unit_id AND l.linked_id = p.linked_id), 'at', 'Thời điểm trước yêu cầu liên thông hoặc ở tương lai.');
	PERFORM check_that(CASE act WHEN 'begin' THEN p.state = 'waiting' WHEN 'ask' THEN p.state = 'begun' WHEN 'bring' THEN p.state = 'asked'
		WHEN 'finish' THEN p.state = 'begun' WHEN 'return' THEN p.state = 'done' AND p.returned_at IS NULL
		WHEN 'stop' THEN p.state IN ('waiting', 'begun', 'asked') END, 'act', 'Lúc này thủ tục ấy không ở bước đó.');
	UPDATE linked_part x SET
		state = CASE act WHEN 'begin' THEN 'begun' WHEN 'ask' THEN 'asked' WHEN 'bring' THEN 'begun' WHEN 'finish' THEN 'done'
			WHEN 'stop' THEN 'stopped' ELSE x.state END,
		code = CASE WHEN act = 'begin' THEN upper(left(btrim(coalesce(facts->>'code', '')), 60)) ELSE x.code END,
		begun_at = CASE WHEN act = 'begin' THEN happened ELSE x.begun_at END,
		due_at = CASE act WHEN 'begin' THEN (facts->>'due')::timestamptz
			WHEN 'bring' THEN working_add(u.code, x.due_at, working_between(u.code, x.asked_at, moment)) ELSE x.due_at END,
		asked_at = CASE WHEN act = 'ask' THEN moment ELSE x.asked_at END,
		until_at = CASE act WHEN 'ask' THEN due_after(u.code, moment, setting_of(u.unit_id, 'linked_supplement_days')::int)
			WHEN 'bring' THEN NULL ELSE x.until_at END,
		done_at = CASE WHEN act = 'finish' THEN happened ELSE x.done_at END,
		returned_at = CASE WHEN act = 'return' THEN moment ELSE x.returned_at END,
		result = CASE WHEN act = 'finish' THEN say ELSE x.result END,
		note = CASE WHEN act = 'finish' THEN x.note ELSE say END
		WHERE x.unit_id = p.unit_id AND x.linked_id = p.linked_id AND x.seq = p.seq;
	INSERT INTO linked_event (unit_id, linked_id, seq, act, login, facts) VALUES (p.unit_id, p.linked_id, p.seq, act, mine.login, facts);
	PERFORM audit('linked', d.dossier_id, jsonb_build_object('part', p.seq, 'act', act));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
END $$;

RESET ROLE;
SELECT motcua.guard('{linked,linked_part,linked_event}', '');
SELECT motcua.open_doors();
