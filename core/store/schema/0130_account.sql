-- SPDX-License-Identifier: Apache-2.0
-- Who has which right on which outside system: what officers entered, what the systems themselves
-- told, and the history of both; and of clerks what a list of missing accounts must name.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- No row: nobody knows.  fields and procedures: what the right is limited to; both empty: not limited,
-- or not said.
CREATE TABLE motcua.account (
	unit_id    bigint NOT NULL REFERENCES motcua.unit,
	login      text NOT NULL REFERENCES motcua.clerk,
	system     text NOT NULL,
	state      text NOT NULL CHECK (state IN ('granted', 'error', 'missing', 'asked')),
	account    text NOT NULL DEFAULT '',          -- its name over there
	fields     text[] NOT NULL DEFAULT '{}',      -- lĩnh vực
	procedures text[] NOT NULL DEFAULT '{}',
	note       text NOT NULL DEFAULT '',
	source     text NOT NULL CHECK (source IN ('officer', 'system')),
	by_login   text NOT NULL DEFAULT '',          -- '' when the system said it
	checked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	version    int NOT NULL DEFAULT 1,
	PRIMARY KEY (unit_id, login, system)
);

CREATE TABLE motcua.account_event (
	unit_id    bigint NOT NULL,
	event_id   bigint GENERATED ALWAYS AS IDENTITY,
	at         timestamptz NOT NULL DEFAULT clock_timestamp(),
	login      text NOT NULL,
	system     text NOT NULL,
	state      text NOT NULL,
	account    text NOT NULL,
	fields     text[] NOT NULL,
	procedures text[] NOT NULL,
	note       text NOT NULL,
	source     text NOT NULL,
	by_login   text NOT NULL,
	PRIMARY KEY (unit_id, event_id)
);
CREATE INDEX account_event_of ON motcua.account_event (unit_id, login, system, event_id DESC);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.account_event
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- A clerk's own number, asked for by those who open accounts.  Supervisors alone read it here.
CREATE TABLE motcua.clerk_personal (
	unit_id    bigint NOT NULL REFERENCES motcua.unit,
	login      text NOT NULL REFERENCES motcua.clerk,
	id_number  text NOT NULL CHECK (id_number ~ '^[0-9]{12}$'),
	by_login   text NOT NULL,
	changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	PRIMARY KEY (unit_id, login)
);

CREATE FUNCTION motcua.account_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	INSERT INTO account_event (unit_id, login, system, state, account, fields, procedures, note, source, by_login)
	VALUES (NEW.unit_id, NEW.login, NEW.system, NEW.state, NEW.account, NEW.fields, NEW.procedures, NEW.note,
		NEW.source, NEW.by_login);
	RETURN NULL;
END $$;
CREATE TRIGGER account_begun AFTER INSERT ON motcua.account
	FOR EACH ROW EXECUTE FUNCTION motcua.account_changed();
CREATE TRIGGER account_changed AFTER UPDATE ON motcua.account FOR EACH ROW
	WHEN ((OLD.state, OLD.account, OLD.fields, OLD.procedures, OLD.note)
		IS DISTINCT FROM (NEW.state, NEW.account, NEW.fields, NEW.procedures, NEW.note))
	EXECUTE FUNCTION motcua.account_changed();

RESET ROLE;
SELECT motcua.guard('{account}', 'SELECT, INSERT, UPDATE');
SELECT motcua.guard('{account_event}', 'INSERT');
SELECT motcua.guard('{clerk_personal}', '');
CREATE POLICY supervisors ON motcua.clerk_personal AS RESTRICTIVE TO motcua_owner
	USING ((SELECT motcua.my_kind()) = 'supervisor') WITH CHECK ((SELECT motcua.my_kind()) = 'supervisor');

-- Which clerks a unit has is asked when a system tells of their rights.
GRANT SELECT (login, unit_id, kind, locked) ON motcua.clerk TO motcua_wire;
CREATE POLICY wire ON motcua.clerk FOR SELECT TO motcua_wire USING ((SELECT motcua.is_courier()));

-- The one way past the supervisors' policy: the morning's question names a clerk by this number where
-- nothing else does, whoever logs in first.  Nobody but the owner's functions may call it.
GRANT CREATE ON SCHEMA motcua TO motcua_gate;
GRANT SELECT ON motcua.clerk_personal TO motcua_gate;
CREATE POLICY gate ON motcua.clerk_personal FOR SELECT TO motcua_gate USING (unit_id = (SELECT motcua.my_unit()));
SET ROLE motcua_gate;
CREATE FUNCTION motcua.id_of(of_login text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ BEGIN RETURN coalesce((SELECT p.id_number FROM motcua.clerk_personal p WHERE p.login = of_login), ''); END $$;
GRANT EXECUTE ON FUNCTION motcua.id_of TO motcua_owner;
RESET ROLE;
REVOKE CREATE ON SCHEMA motcua FROM motcua_gate;

SET ROLE motcua_owner;

-- Systems that tell of rights, as their profiles say.
CREATE FUNCTION motcua.rights_systems() RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT s.code FROM systems s JOIN system_state h ON h.system = s.code
	WHERE s.ended IS NULL AND h.profile->'rights' = 'true' AND h.profile->'enabled' IS DISTINCT FROM 'false'
$$;

-- Asks a system for all clerks of the unit.  A clerk whose account is known by name is asked by that name alone.
CREATE FUNCTION motcua.rights_ask(unit bigint, sys text, asker text, reason text) RETURNS bigint
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	officers jsonb := (SELECT jsonb_agg(jsonb_build_object('login', c.login, 'account', coalesce(a.account, ''))
			|| CASE WHEN coalesce(a.account, '') = '' THEN jsonb_build_object('name', c.full_name, 'phone', c.phone,
				'email', c.email, 'id_number', id_of(c.login)) ELSE '{}' END ORDER BY c.login)
		FROM clerk c LEFT JOIN account a ON a.unit_id = c.unit_id AND a.login = c.login AND a.system = sys
		WHERE c.unit_id = unit AND NOT c.locked);
BEGIN
	IF officers IS NULL OR EXISTS (SELECT FROM question q WHERE q.unit_id = unit AND q.system = sys
			AND q.kind = 'rights' AND q.state = 'waiting' AND q.give_up_at > clock_timestamp()) THEN
		RETURN NULL;
	END IF;
	RETURN ask_system(unit, sys, 'rights', jsonb_build_object('officers', officers), reason, asker, NULL,
		interval '2 hours');
END $$;

-- Once a day and unit, by whoever comes first; it never stands in the way of a log-in.
CREATE FUNCTION motcua.morning() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	IF NOT pg_try_advisory_xact_lock(hashtextextended('motcua.rights', NEW.unit_id)) THEN
		RETURN NULL;
	END IF;
	-- No courier came in time: the personal data do not wait for one.
	UPDATE question q SET state = 'failed', answered_at = clock_timestamp(), leased_by = NULL, leased_until = NULL,
		note = 'Bộ chuyển hồ sơ không chạy nên chưa hỏi được.'
		WHERE q.unit_id = NEW.unit_id AND q.kind = 'rights' AND q.state = 'waiting'
			AND q.give_up_at <= clock_timestamp() AND coalesce(q.leased_until <= clock_timestamp(), true);
	PERFORM rights_ask(NEW.unit_id, r.code, '', 'Kiểm tra quyền của cán bộ đầu ngày')
	FROM rights_systems() r(code) WHERE NOT EXISTS (SELECT FROM question q WHERE q.unit_id = NEW.unit_id
		AND q.kind = 'rights' AND q.system = r.code AND local(q.asked_at)::date = local(clock_timestamp())::date);
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	RAISE LOG 'motcua rights of unit % not asked: % %', NEW.unit_id, SQLSTATE, SQLERRM;
	RETURN NULL;
END $$;
CREATE TRIGGER morning AFTER INSERT ON motcua.session FOR EACH ROW EXECUTE FUNCTION motcua.morning();

-- At most 300 words of at most 200 letters, each once, in their order.
CREATE FUNCTION motcua.words_of(list jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce(array_agg(w.word ORDER BY w.i), '{}') FROM (
		SELECT left(btrim(e.word), 200) AS word, min(e.i) AS i
		FROM jsonb_array_elements_text(CASE WHEN jsonb_typeof(list) = 'array' THEN list ELSE '[]' END)
			WITH ORDINALITY e(word, i)
		WHERE btrim(coalesce(e.word, '')) <> '' GROUP BY 1 ORDER BY 2 LIMIT 300) w
$$;

-- What a system told: it knows better than what was entered here, but "asked for" stays until granted.
CREATE FUNCTION motcua.rights_taken(q motcua.question) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	o jsonb;
BEGIN
	FOR o IN SELECT e FROM jsonb_array_elements(CASE WHEN jsonb_typeof(q.reply->'officers') = 'array'
			THEN q.reply->'officers' ELSE '[]' END) e LOOP
		CONTINUE WHEN o->>'state' IS NULL OR o->>'state' NOT IN ('granted', 'missing', 'error') OR NOT EXISTS (
			SELECT FROM clerk c WHERE c.unit_id = q.unit_id AND c.login = o->>'login' AND c.kind IN ('clerk', 'supervisor'));
		INSERT INTO account AS a (unit_id, login, system, state, account, fields, procedures, note, source)
		VALUES (q.unit_id, o->>'login', q.system, o->>'state', left(coalesce(o->>'account', ''), 80),
			words_of(o->'fields'), words_of(o->'procedures'), left(coalesce(o->>'note', ''), 500), 'system')
		ON CONFLICT ON CONSTRAINT account_pkey DO UPDATE SET
			state = CASE WHEN a.state = 'asked' AND excluded.state = 'missing' THEN a.state ELSE excluded.state END,
			account = coalesce(nullif(excluded.account, ''), a.account), fields = excluded.fields,
			procedures = excluded.procedures,
			note = CASE WHEN excluded.note = '' AND a.state = 'asked' AND excluded.state = 'missing' THEN a.note
				ELSE excluded.note END,
			source = 'system', by_login = '', checked_at = clock_timestamp(), version = a.version + 1;
	END LOOP;
	PERFORM pg_notify('motcua_unit_' || q.unit_id, 'account 0');
END $$;

-- When nobody asks any more: the answer is taken, and the personal data that went with it are dropped.
CREATE FUNCTION motcua.rights_over() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	NEW.body := jsonb_build_object('officers', coalesce((SELECT jsonb_agg(o - 'id_number' - 'phone' - 'email' - 'name')
		FROM jsonb_array_elements(NEW.body->'officers') o), '[]'));
	IF NEW.state = 'answered' THEN
		PERFORM rights_taken(NEW);
	ELSE
		PERFORM pg_notify('motcua_unit_' || NEW.unit_id, 'account 0');
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER rights_over BEFORE UPDATE ON motcua.question FOR EACH ROW
	WHEN (NEW.kind = 'rights' AND OLD.state = 'waiting' AND NEW.state <> 'waiting')
	EXECUTE FUNCTION motcua.rights_over();
GRANT EXECUTE ON FUNCTION motcua.rights_taken, motcua.words_of TO motcua_wire;

RESET ROLE;
SELECT motcua.open_doors();
