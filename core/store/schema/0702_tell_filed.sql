-- SPDX-License-Identifier: Apache-2.0
-- Who filed online or by post stands at no counter: that it was received is told to them, and so is what became of a filing
-- that was not accepted.  Gateways are systems that can carry a message; those of the practice world are nobody's default
-- where real units work.

SET LOCAL search_path = motcua, pg_temp;

-- "received_away": of dossiers that came in online or by post; "received" tells everybody.
UPDATE motcua.setting SET value = value || ' received_away' WHERE unit_id IS NULL AND name = 'tell_kinds' AND value <> '';

-- Only practice units here?  Asked for a unit that sees no other.
GRANT CREATE ON SCHEMA motcua TO motcua_gate;
GRANT SELECT (practice) ON motcua.unit TO motcua_gate;
CREATE POLICY gate ON motcua.unit FOR SELECT TO motcua_gate USING (true);
SET ROLE motcua_gate;
CREATE FUNCTION motcua.practice_only() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ BEGIN RETURN (SELECT coalesce(bool_and(u.practice), false) FROM motcua.unit u); END $$;
REVOKE ALL ON FUNCTION motcua.practice_only FROM PUBLIC;
GRANT EXECUTE ON FUNCTION motcua.practice_only TO motcua_owner, motcua_wire;
RESET ROLE;
REVOKE CREATE ON SCHEMA motcua FROM motcua_gate;

SET ROLE motcua_owner;

-- Of a dossier, or of a filing before it is one.
ALTER TABLE motcua.citizen_message ALTER COLUMN dossier_id DROP NOT NULL, ADD COLUMN filing_id bigint, ADD COLUMN forgotten_at timestamptz,
	ADD CHECK (num_nonnulls(dossier_id, filing_id) = 1), ADD FOREIGN KEY (unit_id, filing_id) REFERENCES motcua.filing,
	ADD UNIQUE (unit_id, filing_id, kind, at);

-- As in 0460; the default is for a world of practice alone.
CREATE OR REPLACE FUNCTION motcua.tell_gateway(u motcua.unit, channel text) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT s.code FROM systems s WHERE s.ended IS NULL AND s.unit_id IS NULL AND s.code = coalesce(setting_of(u.unit_id, 'tell_' || channel),
		CASE WHEN u.practice AND practice_only() THEN CASE channel WHEN 'sms' THEN 'tin-nhan' WHEN 'email' THEN 'thu-dien-tu' ELSE channel END END)
		LIMIT 1
$$;

-- The first way that a unit wants and somebody can be reached by; gate NULL: none.
CREATE FUNCTION motcua.tell_way(u motcua.unit, number text, mail text, OUT way text, OUT gate text)
LANGUAGE plpgsql STABLE AS $$
BEGIN
	FOREACH way IN ARRAY string_to_array(setting_of(u.unit_id, 'tell_order'), ' ') LOOP
		CONTINUE WHEN way NOT IN ('sms', 'zalo', 'email') OR CASE way WHEN 'email' THEN mail IS NULL
			ELSE coalesce(number, '') !~ '^0[35789][0-9]{8}$' END;
		gate := tell_gateway(u, way);
		IF gate IS NOT NULL THEN
			RETURN;
		END IF;
	END LOOP;
	way := 'phone';
END $$;

CREATE FUNCTION motcua.told_by(unit bigint, kind text, channel int) RETURNS boolean
LANGUAGE sql STABLE AS $$
	SELECT coalesce(kind = ANY (k) OR (kind = 'received' AND channel IN (2, 3) AND 'received_away' = ANY (k)), false)
	FROM string_to_array(setting_of(unit, 'tell_kinds'), ' ') k
$$;

-- As in 0460, for who is away, too.
CREATE OR REPLACE FUNCTION motcua.tell_citizen(d motcua.dossier, kind text, words text, moment timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	u unit;
	number text;
	mail text;
	t record;
	say text := left(btrim(coalesce($3, '')), 600);
BEGIN
	IF NOT told_by(d.unit_id, $2, d.channel) THEN
		RETURN;
	END IF;
	SELECT * INTO u FROM unit x WHERE x.unit_id = d.unit_id;
	-- Who filed it, before the owner.
	SELECT p.phone_digits INTO number FROM dossier_person p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id
		AND p.phone_digits <> '' ORDER BY p.role DESC LIMIT 1;
	SELECT p.email INTO mail FROM dossier_person p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id
		AND p.email ~ '^[^[:space:]@]+@[^[:space:]@]+\.[^[:space:]@]+$' ORDER BY p.role DESC LIMIT 1;
	SELECT * INTO t FROM tell_way(u, number, mail);
	IF t.gate IS NULL AND (number IS NULL OR $2 IN ('received', 'withdrawn')) THEN
		RETURN;
	END IF;
	IF say = '' OR strpos(fold(say), fold(d.owner_name)) > 0 OR (d.owner_id <> '' AND strpos(say, d.owner_id) > 0) THEN
		say := tell_words(d, u, $2);
	END IF;
	INSERT INTO citizen_message (unit_id, dossier_id, at, kind, channel, system, address, words, state, next_at)
		VALUES (d.unit_id, d.dossier_id, moment, $2, t.way, coalesce(t.gate, ''), CASE t.way WHEN 'email' THEN mail ELSE number END, say,
			CASE WHEN t.gate IS NULL THEN 'call' ELSE 'waiting' END, CASE WHEN t.gate IS NULL THEN NULL ELSE clock_timestamp() END)
		ON CONFLICT DO NOTHING;
	IF t.gate IS NOT NULL THEN
		PERFORM pg_notify('motcua_outbox', '@' || t.gate);
	END IF;
END $$;

-- The number of who filed, or of the owner, as 0006 writes numbers; '': none.
CREATE FUNCTION motcua.filing_phone(f motcua.filing) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
	SELECT regexp_replace(regexp_replace(coalesce(nullif(f.view->'submitter'->>'phone', ''), f.view->'owner'->>'phone', ''), '[^0-9]', '', 'g'),
		'^84(?=[0-9]{8,9}$)', '0')
$$;

-- The same for a filing that was not accepted: "supplement", "refused".  Nothing but the code and what is to be done.
CREATE FUNCTION motcua.tell_filing(f motcua.filing, u motcua.unit, kind text, moment timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
#variable_conflict use_variable
DECLARE
	number text := filing_phone(f);
	mail text := coalesce(nullif(f.view->'submitter'->>'email', ''), f.view->'owner'->>'email');
	t record;
BEGIN
	IF NOT told_by(f.unit_id, kind, 2) THEN
		RETURN;
	END IF;
	SELECT * INTO t FROM tell_way(u, number, CASE WHEN mail ~ '^[^[:space:]@]+@[^[:space:]@]+\.[^[:space:]@]+$' THEN mail END);
	IF t.gate IS NULL AND number = '' THEN
		RETURN;
	END IF;
	INSERT INTO citizen_message (unit_id, filing_id, at, kind, channel, system, address, words, state, next_at)
		VALUES (f.unit_id, f.filing_id, moment, kind, t.way, coalesce(t.gate, ''), CASE t.way WHEN 'email' THEN mail ELSE number END,
			left(coalesce(nullif(u.office, ''), u.name) || ': hồ sơ nộp trực tuyến ' || f.foreign_code || ' ' || CASE kind
				WHEN 'supplement' THEN 'cần bổ sung giấy tờ. Xem yêu cầu trên hệ thống đã nộp hoặc liên hệ nơi tiếp nhận.'
				ELSE 'không được tiếp nhận giải quyết. Lý do ghi trên hệ thống đã nộp.' END
				|| CASE WHEN u.phone <> '' THEN ' ĐT ' || u.phone ELSE '' END
				|| CASE WHEN u.lookup_url <> '' THEN ' Tra cứu: ' || u.lookup_url ELSE '' END, 600),
			CASE WHEN t.gate IS NULL THEN 'call' ELSE 'waiting' END, CASE WHEN t.gate IS NULL THEN NULL ELSE clock_timestamp() END)
		ON CONFLICT DO NOTHING;
	IF t.gate IS NOT NULL THEN
		PERFORM pg_notify('motcua_outbox', '@' || t.gate);
	END IF;
END $$;

-- What was still to be said of a filing and is not true any more.
CREATE FUNCTION motcua.filing_moved() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	UPDATE citizen_message x SET state = 'void', next_at = NULL, changed_at = clock_timestamp()
		WHERE x.unit_id = NEW.unit_id AND x.filing_id = NEW.filing_id AND x.kind = 'supplement' AND x.state IN ('waiting', 'call', 'failed')
			AND (x.leased_until IS NULL OR x.leased_until <= now()) AND NOT x.ask_first;
	RETURN NULL;
END $$;
CREATE TRIGGER filing_moved AFTER UPDATE ON motcua.filing FOR EACH ROW
	WHEN (OLD.status = 5 AND (NEW.status <> 5 OR NEW.brought_at IS DISTINCT FROM OLD.brought_at) AND NEW.asks = OLD.asks)
	EXECUTE FUNCTION motcua.filing_moved();

-- As in 0432; the citizen hears of it.
CREATE OR REPLACE FUNCTION motcua.filing_turned(mine motcua.clerk, u motcua.unit, f motcua.filing, wanted text, reasons text[], basis text,
	moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	next_status int := CASE wanted WHEN '02' THEN 5 ELSE 3 END;
	say text := array_to_string(reasons, '; ');
BEGIN
	IF f.filing_id IS NULL THEN
		RETURN;
	END IF;
	IF wanted = '02' THEN
		PERFORM check_that(f.status = 1 OR f.brought_at IS NOT NULL, 'kind', 'Đang chờ công dân bổ sung, chưa có gì mới.');
		IF f.asks > 0 THEN
			-- Once only (NĐ 61/2018/NĐ-CP Điều 11, NĐ 118/2025/NĐ-CP); a second time counts as late (QĐ 766/QĐ-TTg).
			PERFORM my_supervisor();
			PERFORM check_that(btrim(coalesce(basis, '')) <> '', 'basis', 'Yêu cầu bổ sung lần hai phải có căn cứ pháp lý.');
		END IF;
	END IF;
	PERFORM filing_end(f, mine, next_status, say, moment, NULL);
	PERFORM filing_tell(f, 'progress', progress_payload(f.foreign_code, mine.full_name, mine.title, u.office, moment, left(say, 1000),
		next_status, moment, NULL) || jsonb_build_object('unit', jsonb_build_object('code', u.code, 'name', u.name, 'eid', u.eid),
		'foreign_code', f.foreign_code, 'memory', coalesce(f.view->'memory', '{}')));
	PERFORM tell_filing(f, u, CASE wanted WHEN '02' THEN 'supplement' ELSE 'refused' END, moment);
END $$;

-- Is what it says still so?
CREATE FUNCTION motcua.still_true(m motcua.citizen_message) RETURNS boolean
LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN m.kind NOT IN ('supplement', 'result_ready') THEN true
		WHEN m.filing_id IS NOT NULL THEN EXISTS (SELECT FROM filing f WHERE f.unit_id = m.unit_id AND f.filing_id = m.filing_id
			AND f.status = 5 AND f.brought_at IS NULL)
		ELSE EXISTS (SELECT FROM dossier d WHERE d.unit_id = m.unit_id AND d.dossier_id = m.dossier_id
			AND d.status = CASE m.kind WHEN 'supplement' THEN 5 ELSE 9 END) END
$$;

-- ---- as a desk sees them ----

-- As in 0461, with what was said of the filing it came from.
CREATE OR REPLACE FUNCTION desk.citizen_messages(wanted bigint) RETURNS TABLE (message_id bigint, at timestamptz, kind text, channel text, gateway text,
	address text, words text, state text, note text, changed_at timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT m.message_id, m.at, m.kind, m.channel, CASE m.system WHEN '' THEN '' ELSE system_name(m.system) END, mask_address(m.address),
		m.words, m.state, m.note, m.changed_at
	FROM dossier_mine(wanted) d CROSS JOIN LATERAL (
		SELECT x.* FROM citizen_message x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id
		UNION ALL SELECT x.* FROM filing f JOIN citizen_message x ON x.unit_id = f.unit_id AND x.filing_id = f.filing_id
			WHERE f.unit_id = d.unit_id AND f.dossier_id = d.dossier_id) m ORDER BY m.at, m.message_id
$$;

-- As in 0461; '' when it is forgotten.
CREATE OR REPLACE FUNCTION motcua.number_of(m motcua.citizen_message) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN m.forgotten_at IS NOT NULL THEN '' WHEN m.channel <> 'email' THEN m.address
		WHEN m.filing_id IS NOT NULL THEN coalesce((SELECT filing_phone(f) FROM filing f WHERE f.unit_id = m.unit_id AND f.filing_id = m.filing_id), '')
		ELSE coalesce((SELECT p.phone_digits FROM dossier_person p WHERE p.unit_id = m.unit_id
		AND p.dossier_id = m.dossier_id AND p.phone_digits <> '' ORDER BY p.role DESC LIMIT 1), '') END
$$;

-- As in 0461, filings that are no dossier among them (dossier_id NULL).
CREATE OR REPLACE FUNCTION desk.call_list(most int) RETURNS TABLE (message_id bigint, dossier_id bigint, code text, kind text, phone text, words text,
	at timestamptz, tries int, tried_at timestamptz, note text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT m.message_id, coalesce(m.dossier_id, f.dossier_id), coalesce(d.code, f.foreign_code), m.kind, mask(number_of(m)), m.words, m.at,
		coalesce(c.tries, 0)::int, c.tried_at, m.note
	FROM me() me JOIN citizen_message m ON m.unit_id = me.unit_id AND (m.state IN ('call', 'failed')
			OR m.state = 'waiting' AND m.made_at < now() - interval '24 hours')
		LEFT JOIN dossier d ON d.unit_id = m.unit_id AND d.dossier_id = m.dossier_id
		LEFT JOIN filing f ON f.unit_id = m.unit_id AND f.filing_id = m.filing_id
		LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE x.outcome = 'no_answer') AS tries, max(x.at) FILTER (WHERE x.outcome = 'no_answer') AS tried_at
			FROM citizen_call x WHERE x.unit_id = m.unit_id AND x.message_id = m.message_id) c ON true
	ORDER BY coalesce(c.tried_at, m.at), m.message_id LIMIT greatest(1, least(most, 1000))
$$;

-- As in 0461.
CREATE OR REPLACE FUNCTION desk.call_mark(wanted bigint, outcome text, said text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	m citizen_message := message_to_call(wanted);
BEGIN
	PERFORM check_that(coalesce($2 IN ('done', 'no_answer', 'reopened'), false), 'outcome', 'Chưa rõ gọi được hay không.');
	PERFORM check_that(length(coalesce(said, '')) <= 300, 'note', 'Ghi chú dài quá.');
	IF NOT (m.state IN ('call', 'failed', 'called') OR m.state = 'waiting' AND m.made_at < now() - interval '24 hours') OR (m.state = 'called') <> ($2 = 'reopened')
		OR m.forgotten_at IS NOT NULL THEN
		PERFORM refuse('MC006', 'Tin này không còn chờ gọi: danh sách đã đổi.', format('message %s is %s', wanted, m.state));
	END IF;
	INSERT INTO citizen_call (unit_id, message_id, seq, login, outcome, note) SELECT m.unit_id, m.message_id, coalesce(max(x.seq), 0) + 1, mine.login, $2,
		btrim(coalesce(said, '')) FROM citizen_call x WHERE x.unit_id = m.unit_id AND x.message_id = m.message_id;
	IF $2 <> 'no_answer' THEN
		UPDATE citizen_message x SET state = CASE $2 WHEN 'done' THEN 'called' ELSE 'call' END, changed_at = clock_timestamp()
			WHERE x.unit_id = m.unit_id AND x.message_id = m.message_id;
	END IF;
	PERFORM audit('call', m.dossier_id, jsonb_build_object('message', m.message_id, 'outcome', $2));
	PERFORM pg_notify('motcua_unit_' || m.unit_id, 'travel ' || coalesce(m.dossier_id, 0));
END $$;

-- A system that can carry a message, by this way where it says by which.
CREATE FUNCTION motcua.is_gateway(system text, channel text) RETURNS boolean
LANGUAGE sql STABLE AS $$
	SELECT EXISTS (SELECT FROM systems s WHERE s.code = system AND s.ended IS NULL AND s.unit_id IS NULL)
		AND coalesce((SELECT p ? 'calls' AND p->'calls' ? 'tell' AND coalesce(p->>'channel', channel) = channel FROM profile_of(system) p), false)
$$;

-- As in 0461; a gateway must be one.  message_days, filing_days: how long what is over is kept (0703).
CREATE OR REPLACE FUNCTION desk.unit_setting(wanted text, value text, basis text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
	fresh text := btrim(coalesce(value, ''));
BEGIN
	PERFORM check_that(wanted IN ('tell_sms', 'tell_zalo', 'tell_email', 'tell_kinds', 'tell_order', 'result_wait_days', 'result_places',
		'message_days', 'filing_days'), 'name', 'Không có mục này.');
	PERFORM check_that(length(fresh) <= 300 AND length(coalesce(basis, '')) <= 300, 'value', 'Dài quá.');
	PERFORM check_that(wanted NOT IN ('tell_sms', 'tell_zalo', 'tell_email') OR fresh = '' OR is_gateway(fresh, substr(wanted, 6)), 'value',
		'Hệ thống này không phải cổng nhắn tin theo cách đó.');
	PERFORM check_that(wanted <> 'result_wait_days' OR fresh ~ '^[0-9]{1,3}$', 'value', 'Số ngày từ 0 đến 999.');
	PERFORM check_that(wanted NOT IN ('message_days', 'filing_days') OR fresh ~ '^([3-9][0-9]|[1-9][0-9]{2})$', 'value', 'Số ngày từ 30 đến 999.');
	INSERT INTO setting (unit_id, name, value, basis, valid_from) VALUES (mine.unit_id, wanted, fresh, coalesce(basis, ''), local(now())::date)
		ON CONFLICT (unit_id, name, valid_from) DO UPDATE SET value = excluded.value, basis = excluded.basis;
	PERFORM audit('unit_setting', NULL, jsonb_build_object('name', wanted, 'value', fresh));
END $$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.told_by, motcua.tell_way, motcua.filing_phone, motcua.filing_moved, motcua.still_true TO motcua_wire;
SET ROLE motcua_wire;

-- As in 0460, filings among them.
CREATE OR REPLACE FUNCTION wire.tell_work(sys text, asks boolean, lease_seconds int, most int) RETURNS TABLE (message_id bigint, fence bigint,
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
	SELECT t.message_id, t.fence, t.what, t.request_id, t.channel, t.kind, t.address, t.words, coalesce(d.code, f.foreign_code), t.their_id, t.attempts
	FROM taken t LEFT JOIN dossier d ON d.unit_id = t.unit_id AND d.dossier_id = t.dossier_id
		LEFT JOIN filing f ON f.unit_id = t.unit_id AND f.filing_id = t.filing_id
$$;

-- As in 0460.
CREATE OR REPLACE FUNCTION wire.tell_done(message bigint, fence bigint, what text, class text, said text, their_id text, note text,
	retry_after_seconds int, asks boolean) RETURNS boolean
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
	ELSIF fresh = 'waiting' AND NOT still_true(m) THEN
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
	PERFORM pg_notify('motcua_unit_' || m.unit_id, 'travel ' || coalesce(m.dossier_id, 0));
	RETURN true;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
