-- SPDX-License-Identifier: Apache-2.0
-- What a hand may do to a stream: hold it, let it go, try at once, and put right what the other side
-- refused.  Messages stay as they were; a correction writes new ones and moves the head past the old.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE FUNCTION motcua.stream_mine(wanted bigint, to_system text) RETURNS motcua.stream
LANGUAGE plpgsql AS $$
DECLARE
	d dossier := dossier_mine(wanted);
	s stream;
BEGIN
	SELECT * INTO s FROM stream x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = to_system FOR UPDATE;
	IF s.unit_id IS NULL THEN
		PERFORM refuse('MC008', 'Hồ sơ này không gửi tới hệ thống đó.', format('no stream of %s to %s', wanted, to_system));
	END IF;
	RETURN s;
END $$;

-- A line of a hand in the journal of a message.
CREATE FUNCTION motcua.journal(s motcua.stream, at_seq int, what text, say text) RETURNS void
LANGUAGE sql AS $$
	INSERT INTO attempt (unit_id, message_id, dossier_id, system, courier, fence, phase, note)
	SELECT m.unit_id, m.message_id, m.dossier_id, m.system, session_user, s.fence, what, left(say, 1000)
	FROM message m WHERE m.unit_id = s.unit_id AND m.dossier_id = s.dossier_id AND m.system = s.system AND m.seq = at_seq
$$;

CREATE FUNCTION motcua.tell_travel(s motcua.stream) RETURNS void
LANGUAGE sql AS $$
	SELECT pg_notify('motcua_outbox', s.system);
	SELECT pg_notify('motcua_unit_' || s.unit_id, 'travel ' || s.dossier_id)
$$;

-- Nothing more goes to that system until it is let go; what is under way comes to its end.
CREATE FUNCTION desk.hold(wanted bigint, to_system text, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	s stream := stream_mine(wanted, to_system);
	why text := left(btrim(coalesce(reason, '')), 500);
BEGIN
	PERFORM check_that(why <> '', 'reason', 'Ghi lý do tạm giữ.');
	IF s.head > s.tail THEN
		PERFORM refuse('MC006', 'Không còn tin nào chờ gửi để giữ lại.', format('stream of %s to %s is empty', wanted, to_system));
	END IF;
	IF s.held THEN
		RETURN;
	END IF;
	UPDATE stream x SET held = true, held_why = why, held_by = mine.login, held_at = now(), changed_at = clock_timestamp()
		WHERE x.unit_id = s.unit_id AND x.dossier_id = s.dossier_id AND x.system = s.system;
	PERFORM journal(s, s.head, 'held', why);
	PERFORM audit('hold', s.dossier_id, jsonb_build_object('system', s.system, 'reason', why));
	PERFORM tell_travel(s);
END $$;

CREATE FUNCTION desk.release(wanted bigint, to_system text, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	s stream := stream_mine(wanted, to_system);
BEGIN
	IF NOT s.held THEN
		RETURN;
	END IF;
	UPDATE stream x SET held = false, held_why = '', held_by = '', held_at = NULL, next_at = now(), changed_at = clock_timestamp()
		WHERE x.unit_id = s.unit_id AND x.dossier_id = s.dossier_id AND x.system = s.system;
	PERFORM journal(s, s.head, 'released', btrim(coalesce(reason, '')));
	PERFORM audit('release', s.dossier_id, jsonb_build_object('system', s.system));
	PERFORM tell_travel(s);
END $$;

-- Tries the waiting message now instead of when its turn comes; where all was delivered and nothing
-- was heard, the couriers ask first about this dossier.
CREATE FUNCTION desk.send_now(wanted bigint, to_system text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	s stream := stream_mine(wanted, to_system);
BEGIN
	IF s.held OR s.refused THEN
		PERFORM refuse('MC006', CASE WHEN s.held THEN 'Tin đang được tạm giữ: thả ra trước.'
			ELSE 'Bên nhận đã từ chối: sửa rồi gửi lại.' END, format('stream of %s to %s stands still', wanted, to_system));
	END IF;
	UPDATE stream x SET next_at = CASE WHEN x.open THEN now() ELSE x.next_at END, asked_at = NULL
		WHERE x.unit_id = s.unit_id AND x.dossier_id = s.dossier_id AND x.system = s.system;
	PERFORM audit('send_now', s.dossier_id, jsonb_build_object('system', s.system));
	PERFORM tell_travel(s);
END $$;

-- What may be put right in a dossier, in clear: looking at it is recorded.
CREATE FUNCTION desk.correctable(wanted bigint) RETURNS TABLE (role text, name text, phone text, email text,
	address text, summary text)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT audit('reveal', (dossier_mine(wanted)).dossier_id, '{"what":"correct"}');
	SELECT p.role, p.name, p.phone, p.email, p.address, d.summary
	FROM dossier_mine(wanted) d JOIN dossier_person p USING (unit_id, dossier_id) ORDER BY p.role
$$;

-- The names of what would change, for event and audit; the values stay in the messages.
CREATE FUNCTION motcua.changed_fields(before jsonb, after jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce(array_agg(f.field ORDER BY f.nth), '{}') FROM unnest(ARRAY['owner.name', 'owner.phone', 'owner.email',
		'owner.address', 'submitter.name', 'submitter.phone', 'submitter.email', 'submitter.address', 'summary'])
		WITH ORDINALITY f(field, nth)
	WHERE coalesce(before #>> string_to_array(f.field, '.'), '') <> coalesce(after #>> string_to_array(f.field, '.'), '')
$$;

CREATE FUNCTION motcua.field_words(fields text[]) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
	SELECT string_agg(CASE WHEN f = 'summary' THEN 'nội dung yêu cầu' ELSE
		CASE split_part(f, '.', 2) WHEN 'name' THEN 'họ tên' WHEN 'phone' THEN 'số điện thoại'
			WHEN 'email' THEN 'thư điện tử' ELSE 'địa chỉ' END
		|| CASE split_part(f, '.', 1) WHEN 'owner' THEN ' chủ hồ sơ' ELSE ' người nộp' END END, ', ')
	FROM unnest(fields) f
$$;

-- Only what may be corrected is taken from the request.
CREATE FUNCTION motcua.corrected(body jsonb, changes jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	who text;
	field text;
	fresh text;
BEGIN
	PERFORM check_that(jsonb_typeof(changes) = 'object', 'changes', 'Yêu cầu không đúng dạng.');
	FOREACH who IN ARRAY ARRAY['owner', 'submitter'] LOOP
		CONTINUE WHEN jsonb_typeof(body->who) IS DISTINCT FROM 'object' OR jsonb_typeof(changes->who) IS DISTINCT FROM 'object';
		FOREACH field IN ARRAY ARRAY['name', 'phone', 'email', 'address'] LOOP
			fresh := btrim(changes->who->>field);
			CONTINUE WHEN fresh IS NULL;
			PERFORM check_that(length(fresh) <= 300, who || '.' || field, 'Phần sửa dài quá 300 chữ.');
			body := jsonb_set(body, ARRAY[who, field], to_jsonb(fresh));
		END LOOP;
		PERFORM check_party(body->who, who);
	END LOOP;
	IF changes ? 'summary' THEN
		fresh := btrim(coalesce(changes->>'summary', ''));
		PERFORM check_that(length(fresh) <= 1000, 'summary', 'Nội dung yêu cầu dài quá 1000 chữ.');
		body := jsonb_set(body, '{summary}', to_jsonb(fresh));
	END IF;
	RETURN body;
END $$;

CREATE FUNCTION motcua.keep_correction(d motcua.dossier, body jsonb) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	UPDATE dossier_person p SET name = x.body->>'name', phone = coalesce(x.body->>'phone', ''),
		email = coalesce(x.body->>'email', ''), address = coalesce(x.body->>'address', '')
		FROM (VALUES ('owner', body->'owner'), ('submitter', body->'submitter')) x(role, body)
		WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id AND p.role = x.role AND jsonb_typeof(x.body) = 'object';
	INSERT INTO name_word SELECT d.unit_id, w, p.folded FROM dossier_person p, unnest(string_to_array(p.folded, ' ')) w
		WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id ON CONFLICT DO NOTHING;
	UPDATE dossier x SET owner_name = body->'owner'->>'name', summary = coalesce(body->>'summary', ''), version = x.version + 1
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
END $$;

-- The fresh dossier message, then once more what still waited behind the old one; returns its id.
CREATE FUNCTION motcua.supersede(s motcua.stream, body jsonb, say text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
	fresh bigint := enqueue(s.unit_id, s.dossier_id, s.system, 'dossier', body);
	old message;
BEGIN
	FOR old IN SELECT * FROM message m WHERE m.unit_id = s.unit_id AND m.dossier_id = s.dossier_id
			AND m.system = s.system AND m.seq BETWEEN s.head AND s.tail ORDER BY m.seq LOOP
		PERFORM journal(s, old.seq, 'superseded', say);
		IF old.kind <> 'dossier' THEN
			PERFORM enqueue(s.unit_id, s.dossier_id, s.system, old.kind, old.payload);
		END IF;
	END LOOP;
	UPDATE stream x SET head = s.tail + 1, refused = false, attempts = 0, next_at = now(), ask_first = false, begun = false,
		leased_by = NULL, leased_until = NULL, note = '', changed_at = clock_timestamp(),
		travel = CASE WHEN x.created_there THEN 'sent' ELSE 'saved' END,
		superseded = x.superseded || ARRAY(SELECT generate_series(s.head, s.tail))
		WHERE x.unit_id = s.unit_id AND x.dossier_id = s.dossier_id AND x.system = s.system;
	RETURN fresh;
END $$;

-- Puts the dossier right and sends it anew to one system.  changes: {"owner": {"phone": …, "email": …,
-- "address": …, "name": …}, "submitter": the same, "summary": …}; a name is a supervisor's to correct.
CREATE FUNCTION desk.correct_and_resend(wanted bigint, to_system text, changes jsonb, reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	s stream := stream_mine(wanted, to_system);
	d dossier := dossier_mine(wanted);
	before jsonb;
	after jsonb;
	fields text[];
	why text := left(btrim(coalesce(reason, '')), 500);
	fresh bigint;
	say text;
BEGIN
	IF s.leased_until > now() THEN
		PERFORM refuse('MC006', 'Tin đang được gửi: đợi vài giây rồi làm lại.', format('stream of %s to %s is leased', wanted, to_system));
	END IF;
	SELECT m.payload INTO before FROM message m WHERE m.unit_id = s.unit_id AND m.dossier_id = s.dossier_id
		AND m.system = s.system AND m.kind = 'dossier' ORDER BY m.seq DESC LIMIT 1;
	IF before IS NULL THEN
		PERFORM refuse('MC006', 'Hệ thống này chưa được gửi hồ sơ nào để sửa.', format('no dossier message of %s to %s', wanted, to_system));
	END IF;
	after := corrected(before, changes);
	fields := changed_fields(before, after);
	PERFORM check_that(fields <> '{}', 'changes', 'Chưa sửa gì: nếu chỉ gửi lại, dùng phím gửi lại.');
	IF fields && ARRAY['owner.name', 'submitter.name'] THEN
		PERFORM my_supervisor();
	END IF;
	SELECT * INTO d FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id FOR UPDATE;
	PERFORM keep_correction(d, after);
	say := format('Sửa %s', field_words(fields)) || CASE why WHEN '' THEN '' ELSE ': ' || why END;
	INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
		VALUES (d.unit_id, d.dossier_id, date_trunc('second', clock_timestamp()), 'correct', d.status, d.status, mine.login,
			mine.full_name, say);
	fresh := supersede(s, after, say);
	UPDATE problem p SET solved_at = now(), solved_by = mine.login, solution = left(say, 1000)
		WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id AND p.system = to_system AND p.solved_at IS NULL;
	PERFORM audit('correct', d.dossier_id, jsonb_build_object('system', to_system, 'fields', fields, 'message', fresh, 'reason', why));
	PERFORM tell_travel(s);
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN fresh;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
