-- SPDX-License-Identifier: Apache-2.0
-- Words for the citizen: one row a message, by a gateway where the unit has one (SMS, Zalo, e-mail), else on the
-- list of calls.  "Received" is the gateway's own word; what may have been sent is asked about, never sent twice.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- What is told by itself; the gateway of a channel is a system's code in tell_sms, tell_zalo, tell_email ('': none).
INSERT INTO motcua.setting (name, value) VALUES ('tell_kinds', 'result_ready supplement apology refused'),
	('tell_order', 'sms zalo email');

CREATE TABLE motcua.citizen_message (
	unit_id     bigint NOT NULL,
	message_id  bigint GENERATED ALWAYS AS IDENTITY,
	dossier_id  bigint NOT NULL,
	at          timestamptz NOT NULL,          -- of what is told
	kind        text NOT NULL CHECK (kind IN ('supplement', 'apology', 'result_ready', 'refused', 'withdrawn', 'received')),
	channel     text NOT NULL CHECK (channel IN ('sms', 'zalo', 'email', 'phone')),
	system      text NOT NULL DEFAULT '',      -- the gateway
	address     text NOT NULL CHECK (address <> ''), -- as it was then; views have it masked
	words       text NOT NULL CHECK (words <> '' AND length(words) <= 600),
	request_id  uuid NOT NULL DEFAULT gen_random_uuid(), -- by which the gateway knows it again
	state       text NOT NULL CHECK (state IN ('waiting', 'sent', 'received', 'failed', 'call', 'called', 'void')),
	their_id    text NOT NULL DEFAULT '',
	note        text NOT NULL DEFAULT '',
	made_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
	sent_at     timestamptz,
	changed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
	attempts    int NOT NULL DEFAULT 0,
	next_at     timestamptz,                   -- NULL: the courier has nothing to do
	leased_until timestamptz,
	fence       bigint NOT NULL DEFAULT 0,
	ask_first   boolean NOT NULL DEFAULT false, -- it may have been sent
	PRIMARY KEY (unit_id, message_id),
	UNIQUE (unit_id, dossier_id, kind, at),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE UNIQUE INDEX citizen_message_id ON motcua.citizen_message (message_id);
CREATE INDEX citizen_message_due ON motcua.citizen_message (system, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX citizen_message_late ON motcua.citizen_message (unit_id, made_at) WHERE state = 'waiting';
CREATE INDEX citizen_message_call ON motcua.citizen_message (unit_id, at) WHERE state IN ('call', 'failed');

-- The gateway of a channel; NULL: none.  The practice world has one of each.
CREATE FUNCTION motcua.tell_gateway(u motcua.unit, channel text) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT s.code FROM systems s WHERE s.ended IS NULL AND s.unit_id IS NULL AND s.code = coalesce(setting_of(u.unit_id, 'tell_' || channel),
		CASE WHEN u.practice THEN CASE channel WHEN 'sms' THEN 'tin-nhan' WHEN 'email' THEN 'thu-dien-tu' ELSE channel END END) LIMIT 1
$$;

-- Nothing but the code and what is to be done: a message may be read by anybody who holds the telephone.
CREATE FUNCTION motcua.tell_words(d motcua.dossier, u motcua.unit, kind text) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT left(coalesce(nullif(u.office, ''), u.name) || ': hồ sơ ' || d.code || ' ' || CASE kind
		WHEN 'result_ready' THEN CASE d.result_by WHEN 'post' THEN 'đã có kết quả, sẽ gửi qua bưu chính.' WHEN 'online' THEN 'đã có kết quả điện tử.'
			ELSE 'đã có kết quả. Mời ông/bà mang giấy hẹn đến nhận trong giờ làm việc.' END
		WHEN 'supplement' THEN 'cần bổ sung giấy tờ. Xem phiếu yêu cầu bổ sung hoặc liên hệ nơi tiếp nhận.'
		WHEN 'apology' THEN 'chưa giải quyết xong đúng hẹn. Chúng tôi xin lỗi và hẹn lại' || coalesce(' ngày ' || to_char(local(d.due_at), 'DD/MM/YYYY'), '') || '.'
		WHEN 'refused' THEN 'không được tiếp nhận giải quyết. Lý do ghi trong phiếu từ chối.'
		WHEN 'withdrawn' THEN 'đã dừng giải quyết theo đề nghị của ông/bà.'
		ELSE 'đã được tiếp nhận' || coalesce(', hẹn trả ngày ' || to_char(local(d.due_at), 'DD/MM/YYYY'), '') || '.' END
		|| CASE WHEN u.phone <> '' THEN ' ĐT ' || u.phone ELSE '' END
		|| CASE WHEN u.lookup_url <> '' THEN ' Tra cứu: ' || u.lookup_url ELSE '' END, 600)
$$;

-- A message row for the citizen of a dossier, when the unit tells such things, there is an address, and something can
-- carry it; the same thing at the same moment is told once.  words NULL or '': the usual ones.
CREATE FUNCTION motcua.tell_citizen(d motcua.dossier, kind text, words text, moment timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	u unit;
	number text;
	mail text;
	way text;
	gate text;
	say text := left(btrim(coalesce($3, '')), 600);
BEGIN
	IF NOT coalesce($2 = ANY (string_to_array(setting_of(d.unit_id, 'tell_kinds'), ' ')), false) THEN
		RETURN;
	END IF;
	SELECT * INTO u FROM unit x WHERE x.unit_id = d.unit_id;
	-- Who filed it, before the owner.
	SELECT p.phone_digits INTO number FROM dossier_person p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id
		AND p.phone_digits <> '' ORDER BY p.role DESC LIMIT 1;
	SELECT p.email INTO mail FROM dossier_person p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id
		AND p.email ~ '^[^[:space:]@]+@[^[:space:]@]+\.[^[:space:]@]+$' ORDER BY p.role DESC LIMIT 1;
	FOREACH way IN ARRAY string_to_array(setting_of(d.unit_id, 'tell_order'), ' ') LOOP
		EXIT WHEN gate IS NOT NULL;
		CONTINUE WHEN way NOT IN ('sms', 'zalo', 'email') OR CASE way WHEN 'email' THEN mail IS NULL
			ELSE coalesce(number, '') !~ '^0[35789][0-9]{8}$' END;
		gate := tell_gateway(u, way);
		EXIT WHEN gate IS NOT NULL;
	END LOOP;
	IF gate IS NULL AND (number IS NULL OR $2 IN ('received', 'withdrawn')) THEN
		RETURN;
	END IF;
	IF say = '' OR strpos(fold(say), fold(d.owner_name)) > 0 OR (d.owner_id <> '' AND strpos(say, d.owner_id) > 0) THEN
		say := tell_words(d, u, $2);
	END IF;
	INSERT INTO citizen_message (unit_id, dossier_id, at, kind, channel, system, address, words, state, next_at)
		VALUES (d.unit_id, d.dossier_id, moment, $2, CASE WHEN gate IS NULL THEN 'phone' ELSE way END, coalesce(gate, ''),
			CASE WHEN gate IS NOT NULL AND way = 'email' THEN mail ELSE number END, say, CASE WHEN gate IS NULL THEN 'call' ELSE 'waiting' END,
			CASE WHEN gate IS NULL THEN NULL ELSE clock_timestamp() END)
		ON CONFLICT DO NOTHING;
	IF gate IS NOT NULL THEN
		PERFORM pg_notify('motcua_outbox', '@' || gate);
	END IF;
END $$;

-- What the citizen hears of a change, and what is no longer worth saying: the dossier stands elsewhere by now.
CREATE FUNCTION motcua.tell_of_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	d dossier;
	what text := CASE WHEN NEW.to_status = 9 THEN 'result_ready' WHEN NEW.to_status = 5 THEN 'supplement' WHEN NEW.to_status = 3 THEN 'refused'
		WHEN NEW.to_status = 8 AND NEW.from_status = 7 THEN 'withdrawn' WHEN NEW.to_status = 2 AND NEW.from_status IN (0, 1) THEN 'received' END;
BEGIN
	IF NEW.from_status IN (5, 9) THEN
		UPDATE citizen_message x SET state = 'void', next_at = NULL, changed_at = clock_timestamp()
			WHERE x.unit_id = NEW.unit_id AND x.dossier_id = NEW.dossier_id AND x.kind = CASE NEW.from_status WHEN 5 THEN 'supplement' ELSE 'result_ready' END
				AND x.state IN ('waiting', 'call', 'failed') AND (x.leased_until IS NULL OR x.leased_until <= now()) AND NOT x.ask_first;
	END IF;
	IF what IS NOT NULL THEN
		SELECT * INTO d FROM dossier x WHERE x.unit_id = NEW.unit_id AND x.dossier_id = NEW.dossier_id;
		IF d.dossier_id IS NOT NULL THEN
			PERFORM tell_citizen(d, what, NULL, NEW.at);
		END IF;
	END IF;
	RETURN NULL;
END $$;
CREATE TRIGGER tell_of_event AFTER INSERT ON motcua.dossier_event FOR EACH ROW
	WHEN (NEW.from_status <> NEW.to_status AND NEW.act NOT IN ('told_late', 'undo', 'return_undone')) EXECUTE FUNCTION motcua.tell_of_event();

RESET ROLE;
SELECT motcua.guard('{citizen_message}', 'SELECT, INSERT, UPDATE');
-- Of people couriers see no more than where to send.
GRANT SELECT (unit_id, dossier_id, role, phone_digits, email) ON motcua.dossier_person TO motcua_wire;
CREATE POLICY wire ON motcua.dossier_person FOR SELECT TO motcua_wire USING ((SELECT motcua.is_courier()));
GRANT EXECUTE ON FUNCTION motcua.tell_gateway, motcua.tell_words, motcua.tell_citizen, motcua.tell_of_event, motcua.fold TO motcua_wire;
SET ROLE motcua_wire;

-- Messages for a gateway, leased; asks: it can be asked what became of one.  what: "tell", or "told" for a question.
CREATE FUNCTION wire.tell_work(sys text, asks boolean, lease_seconds int, most int) RETURNS TABLE (message_id bigint, fence bigint,
	what text, request_id uuid, channel text, kind text, address text, words text, code text, their_id text, attempts int)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	WITH due AS (
		SELECT m.message_id FROM citizen_message m WHERE m.system = sys AND m.next_at <= now() AND (m.leased_until IS NULL OR m.leased_until <= now())
			AND (m.state = 'waiting' OR (m.state = 'sent' AND asks))
		ORDER BY m.next_at LIMIT greatest(0, least(most, 100)) FOR UPDATE SKIP LOCKED
	), taken AS (
		-- Who takes it may die while sending: the next one asks.
		UPDATE citizen_message m SET leased_until = now() + make_interval(secs => greatest(5, lease_seconds)), fence = m.fence + 1,
			ask_first = m.ask_first OR m.state = 'waiting', changed_at = clock_timestamp()
		FROM due, citizen_message before WHERE m.message_id = due.message_id AND before.message_id = m.message_id
		RETURNING m.*, CASE WHEN before.state = 'sent' OR before.ask_first THEN 'told' ELSE 'tell' END AS what
	)
	SELECT t.message_id, t.fence, t.what, t.request_id, t.channel, t.kind, t.address, t.words, d.code, t.their_id, t.attempts
	FROM taken t JOIN dossier d ON d.unit_id = t.unit_id AND d.dossier_id = t.dossier_id
$$;

-- class: as of wire.finish; said: the gateway's own word of it ("sent" "received" "failed" "missing"), NULL without one.
CREATE FUNCTION wire.tell_done(message bigint, fence bigint, what text, class text, said text, their_id text, note text, retry_after_seconds int,
	asks boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	m citizen_message;
	good boolean := $4 IN ('delivered', 'duplicate');
	fresh text;
	why text := left(coalesce($7, ''), 500);
	again interval;
BEGIN
	SELECT * INTO m FROM citizen_message x WHERE x.message_id = $1 AND x.fence = $2 AND x.leased_until IS NOT NULL FOR UPDATE;
	IF m.message_id IS NULL THEN
		RETURN false;
	END IF;
	again := wire.back_off(m.attempts, $8);
	IF $3 = 'tell' THEN
		fresh := CASE WHEN good THEN coalesce(nullif($5, 'missing'), 'sent') WHEN $4 = 'refused' THEN 'failed' ELSE 'waiting' END;
		m.ask_first := $4 = 'unknown';
	ELSE
		fresh := CASE WHEN NOT good OR $5 IS NULL THEN m.state WHEN $5 = 'missing' THEN 'waiting' ELSE $5 END;
		m.ask_first := m.ask_first AND fresh = 'waiting' AND NOT (good AND $5 = 'missing');
		IF good AND $5 = 'missing' THEN
			again := interval '0';
		END IF;
	END IF;
	IF fresh = 'waiting' AND m.ask_first AND NOT asks THEN
		fresh := 'failed';
		why := 'Không rõ cổng đã gửi hay chưa, cổng không cho hỏi lại.';
	ELSIF fresh = 'waiting' AND m.kind IN ('supplement', 'result_ready') AND NOT EXISTS (SELECT FROM dossier d WHERE d.unit_id = m.unit_id
			AND d.dossier_id = m.dossier_id AND d.status = CASE m.kind WHEN 'supplement' THEN 5 ELSE 9 END) THEN
		fresh := 'void'; -- true when it was written, not any more
		why := '';
	ELSIF fresh = 'waiting' AND m.made_at < clock_timestamp() - interval '24 hours' THEN
		fresh := 'failed';
		why := left('Sau một ngày vẫn chưa gửi được. ' || why, 500);
	END IF;
	UPDATE citizen_message x SET state = CASE WHEN x.state IN ('called', 'void') THEN x.state ELSE fresh END, leased_until = NULL,
		ask_first = m.ask_first AND fresh = 'waiting',
		their_id = coalesce(nullif(left(coalesce($6, ''), 100), ''), x.their_id), note = CASE WHEN fresh IN ('sent', 'received') THEN '' ELSE why END,
		sent_at = CASE WHEN fresh IN ('sent', 'received') THEN coalesce(x.sent_at, clock_timestamp()) ELSE x.sent_at END,
		changed_at = clock_timestamp(), attempts = CASE WHEN fresh = x.state OR NOT good THEN x.attempts + 1 ELSE 0 END,
		-- A receipt that does not come in two days does not come.
		next_at = CASE WHEN x.state IN ('called', 'void') OR fresh IN ('received', 'failed', 'void') THEN NULL
			WHEN fresh = 'sent' AND (NOT asks OR x.made_at < clock_timestamp() - interval '48 hours') THEN NULL ELSE clock_timestamp() + again END
		WHERE x.unit_id = m.unit_id AND x.message_id = m.message_id;
	PERFORM pg_notify('motcua_unit_' || m.unit_id, 'travel ' || m.dossier_id);
	RETURN true;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
