-- SPDX-License-Identifier: Apache-2.0
-- Words for citizens as a desk sees them: those of a dossier, the list of calls with its marks, and which gateway a
-- unit uses.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- A call that was made or tried; a mark made by mistake is taken back by another row.
CREATE TABLE motcua.citizen_call (
	unit_id    bigint NOT NULL,
	message_id bigint NOT NULL,
	seq        int NOT NULL,
	at         timestamptz NOT NULL DEFAULT clock_timestamp(),
	login      text NOT NULL,
	outcome    text NOT NULL CHECK (outcome IN ('done', 'no_answer', 'reopened')),
	note       text NOT NULL DEFAULT '' CHECK (length(note) <= 300),
	PRIMARY KEY (unit_id, message_id, seq),
	FOREIGN KEY (unit_id, message_id) REFERENCES motcua.citizen_message
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.citizen_call
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- A number or an address as a shared screen may show it.
CREATE FUNCTION motcua.mask_address(address text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN address LIKE '%@%' THEN mask_mail(address) ELSE mask(address) END $$;

CREATE FUNCTION desk.citizen_messages(wanted bigint) RETURNS TABLE (message_id bigint, at timestamptz, kind text, channel text, gateway text,
	address text, words text, state text, note text, changed_at timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT m.message_id, m.at, m.kind, m.channel, CASE m.system WHEN '' THEN '' ELSE system_name(m.system) END, mask_address(m.address),
		m.words, m.state, m.note, m.changed_at
	FROM dossier_mine(wanted) d JOIN citizen_message m USING (unit_id, dossier_id) ORDER BY m.at, m.message_id
$$;

-- The number to call for a message: its own, or where an e-mail failed the citizen's.
CREATE FUNCTION motcua.number_of(m motcua.citizen_message) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN m.channel <> 'email' THEN m.address ELSE coalesce((SELECT p.phone_digits FROM dossier_person p WHERE p.unit_id = m.unit_id
		AND p.dossier_id = m.dossier_id AND p.phone_digits <> '' ORDER BY p.role DESC LIMIT 1), '') END
$$;

-- Who is to be called: no gateway, it did not reach them, or nobody carried the message for a day (switched off, no courier).  The longest waiting first; never a name.
CREATE FUNCTION desk.call_list(most int) RETURNS TABLE (message_id bigint, dossier_id bigint, code text, kind text, phone text, words text,
	at timestamptz, tries int, tried_at timestamptz, note text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT m.message_id, m.dossier_id, d.code, m.kind, mask(number_of(m)), m.words, m.at, coalesce(c.tries, 0)::int, c.tried_at, m.note
	FROM me() me JOIN citizen_message m ON m.unit_id = me.unit_id AND (m.state IN ('call', 'failed')
			OR m.state = 'waiting' AND m.made_at < now() - interval '24 hours')
		JOIN dossier d ON d.unit_id = m.unit_id AND d.dossier_id = m.dossier_id
		LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE x.outcome = 'no_answer') AS tries, max(x.at) FILTER (WHERE x.outcome = 'no_answer') AS tried_at
			FROM citizen_call x WHERE x.unit_id = m.unit_id AND x.message_id = m.message_id) c ON true
	ORDER BY coalesce(c.tried_at, m.at), m.message_id LIMIT greatest(1, least(most, 1000))
$$;

CREATE FUNCTION motcua.message_to_call(wanted bigint) RETURNS motcua.citizen_message
LANGUAGE plpgsql AS $$
DECLARE
	mine clerk := me();
	m citizen_message;
BEGIN
	SELECT * INTO m FROM citizen_message x WHERE x.unit_id = mine.unit_id AND x.message_id = wanted FOR UPDATE;
	IF m.message_id IS NULL THEN
		PERFORM refuse('MC008', 'Không có tin này.', format('no message %s in unit %s', wanted, mine.unit_id));
	END IF;
	RETURN m;
END $$;

-- The number in clear; that it was looked at stays known.
CREATE FUNCTION desk.call_number(wanted bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	m citizen_message := message_to_call(wanted);
BEGIN
	PERFORM audit('reveal', m.dossier_id, jsonb_build_object('what', 'call', 'message', m.message_id));
	RETURN number_of(m);
END $$;

-- outcome: "done", "no_answer"; "reopened" takes "done" back.
CREATE FUNCTION desk.call_mark(wanted bigint, outcome text, said text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	m citizen_message := message_to_call(wanted);
BEGIN
	PERFORM check_that(coalesce($2 IN ('done', 'no_answer', 'reopened'), false), 'outcome', 'Chưa rõ gọi được hay không.');
	PERFORM check_that(length(coalesce(said, '')) <= 300, 'note', 'Ghi chú dài quá.');
	IF NOT (m.state IN ('call', 'failed', 'called') OR m.state = 'waiting' AND m.made_at < now() - interval '24 hours') OR (m.state = 'called') <> ($2 = 'reopened') THEN
		PERFORM refuse('MC006', 'Tin này không còn chờ gọi: danh sách đã đổi.', format('message %s is %s', wanted, m.state));
	END IF;
	INSERT INTO citizen_call (unit_id, message_id, seq, login, outcome, note) SELECT m.unit_id, m.message_id, coalesce(max(x.seq), 0) + 1, mine.login, $2,
		btrim(coalesce(said, '')) FROM citizen_call x WHERE x.unit_id = m.unit_id AND x.message_id = m.message_id;
	IF $2 <> 'no_answer' THEN
		UPDATE citizen_message x SET state = CASE $2 WHEN 'done' THEN 'called' ELSE 'call' END, changed_at = clock_timestamp()
			WHERE x.unit_id = m.unit_id AND x.message_id = m.message_id;
	END IF;
	PERFORM audit('call', m.dossier_id, jsonb_build_object('message', m.message_id, 'outcome', $2));
	PERFORM pg_notify('motcua_unit_' || m.unit_id, 'travel ' || m.dossier_id);
END $$;

-- What a supervisor may set for the own unit from today on.  value '' switches it off.
CREATE FUNCTION desk.unit_setting(wanted text, value text, basis text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
	fresh text := btrim(coalesce(value, ''));
BEGIN
	PERFORM check_that(wanted IN ('tell_sms', 'tell_zalo', 'tell_email', 'tell_kinds', 'tell_order', 'result_wait_days', 'result_places'), 'name',
		'Không có mục này.');
	PERFORM check_that(length(fresh) <= 300 AND length(coalesce(basis, '')) <= 300, 'value', 'Dài quá.');
	PERFORM check_that(wanted NOT IN ('tell_sms', 'tell_zalo', 'tell_email') OR fresh = '' OR EXISTS (SELECT FROM systems s WHERE s.code = fresh
		AND s.ended IS NULL), 'value', 'Không có cổng này.');
	PERFORM check_that(wanted <> 'result_wait_days' OR fresh ~ '^[0-9]{1,3}$', 'value', 'Số ngày từ 0 đến 999.');
	INSERT INTO setting (unit_id, name, value, basis, valid_from) VALUES (mine.unit_id, wanted, fresh, coalesce(basis, ''), local(now())::date)
		ON CONFLICT (unit_id, name, valid_from) DO UPDATE SET value = excluded.value, basis = excluded.basis;
	PERFORM audit('unit_setting', NULL, jsonb_build_object('name', wanted, 'value', fresh));
END $$;

RESET ROLE;
SELECT motcua.guard('{citizen_call}', '');
SELECT motcua.open_doors();
