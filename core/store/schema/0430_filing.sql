-- SPDX-License-Identifier: Apache-2.0
-- Dossiers that citizens file online (status 1, mới đăng ký): pulled from the portal and the systems, kept here
-- until the desk accepts them, asks for a supplement or refuses, each with its clock of working hours.

SET LOCAL search_path = motcua, pg_temp;

INSERT INTO motcua.setting (name, value, basis) VALUES
	('online_hours', '8', 'Nghị quyết 66.7/2025/NQ-CP');

SET ROLE motcua_owner;

-- One filing of one system.  whole: content and every file are here, so that the other side may know.
CREATE TABLE motcua.filing (
	unit_id        bigint NOT NULL REFERENCES motcua.unit,
	filing_id      bigint GENERATED ALWAYS AS IDENTITY,
	system         text NOT NULL,
	foreign_code   text NOT NULL CHECK (length(foreign_code) BETWEEN 1 AND 60),
	status         smallint NOT NULL DEFAULT 1 CHECK (status IN (1, 2, 3, 5, 7)),
	version        int NOT NULL DEFAULT 0,        -- of its content; 0: listed, not read yet
	view           jsonb NOT NULL DEFAULT '{}',   -- what it says, in neutral members
	digest         bytea NOT NULL DEFAULT '\x',
	owner_name     text NOT NULL DEFAULT '',
	procedure_code text NOT NULL DEFAULT '',
	procedure_name text NOT NULL DEFAULT '',
	whole          boolean NOT NULL DEFAULT false,
	filed_at       timestamptz,                   -- by their clock
	arrived_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
	clock_from     timestamptz,                   -- from here the working hours run
	deadline       timestamptz,
	asks           int NOT NULL DEFAULT 0,        -- supplements asked for
	brought_at     timestamptz,                   -- the supplement came in
	answered_at    timestamptz,
	answered_by    text NOT NULL DEFAULT '',
	reason         text NOT NULL DEFAULT '',
	dossier_id     bigint,
	changed_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
	-- Reading it: when next, by whom.
	line           text NOT NULL DEFAULT '',      -- what their list said of it last
	ask_at         timestamptz NOT NULL DEFAULT now(),
	attempts       int NOT NULL DEFAULT 0,
	leased_until   timestamptz,
	fence          bigint NOT NULL DEFAULT 0,
	note           text NOT NULL DEFAULT '',
	PRIMARY KEY (unit_id, filing_id),
	UNIQUE (unit_id, system, foreign_code),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE UNIQUE INDEX filing_by_id ON motcua.filing (filing_id);
CREATE INDEX filing_open ON motcua.filing (unit_id, deadline) WHERE status IN (1, 5);
CREATE INDEX filing_asking ON motcua.filing (system, ask_at) WHERE status IN (1, 5);
CREATE INDEX filing_dossier ON motcua.filing (unit_id, dossier_id) WHERE dossier_id IS NOT NULL;

-- Its attachments as they stand in the newest version.
CREATE TABLE motcua.filing_file (
	unit_id      bigint NOT NULL,
	part_id      bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
	filing_id    bigint NOT NULL,
	seq          int NOT NULL,
	key          text NOT NULL,                 -- theirs
	component    text NOT NULL DEFAULT '',      -- the paper it is for
	name         text NOT NULL,
	link         text NOT NULL DEFAULT '',
	told_size    bigint,
	told_sha256  bytea,
	state        text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'here', 'bad')),
	file_id      bigint,
	attempts     int NOT NULL DEFAULT 0,
	next_at      timestamptz NOT NULL DEFAULT now(),
	leased_until timestamptz,
	fence        bigint NOT NULL DEFAULT 0,
	note         text NOT NULL DEFAULT '',
	PRIMARY KEY (unit_id, filing_id, key),
	FOREIGN KEY (unit_id, filing_id) REFERENCES motcua.filing,
	FOREIGN KEY (unit_id, file_id) REFERENCES motcua.file,
	CHECK ((state = 'here') = (file_id IS NOT NULL))
);
CREATE INDEX filing_file_waiting ON motcua.filing_file (next_at) WHERE state = 'waiting';

-- What the other side must hear of it, in order: that it is kept here, what the desk did.
CREATE TABLE motcua.filing_word (
	unit_id      bigint NOT NULL,
	word_id      bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
	filing_id    bigint NOT NULL,
	kind         text NOT NULL CHECK (kind IN ('ack', 'progress')),
	payload      jsonb NOT NULL DEFAULT '{}',
	made_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
	done_at      timestamptz,
	attempts     int NOT NULL DEFAULT 0,
	next_at      timestamptz NOT NULL DEFAULT now(),
	leased_until timestamptz,
	fence        bigint NOT NULL DEFAULT 0,
	note         text NOT NULL DEFAULT '',
	PRIMARY KEY (unit_id, filing_id, word_id),
	FOREIGN KEY (unit_id, filing_id) REFERENCES motcua.filing
);
CREATE INDEX filing_word_waiting ON motcua.filing_word (next_at) WHERE done_at IS NULL;

CREATE TABLE motcua.filing_event (
	unit_id   bigint NOT NULL,
	filing_id bigint NOT NULL,
	event_id  bigint GENERATED ALWAYS AS IDENTITY,
	at        timestamptz NOT NULL DEFAULT clock_timestamp(),
	what      text NOT NULL CHECK (what IN ('filed', 'changed', 'brought', 'withdrawn', 'elsewhere', 'accepted', 'asked', 'refused')),
	by_name   text NOT NULL DEFAULT '',
	note      text NOT NULL DEFAULT '',
	PRIMARY KEY (unit_id, filing_id, event_id),
	FOREIGN KEY (unit_id, filing_id) REFERENCES motcua.filing
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.filing_event
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- Whose desk a filing is for: the agency it names, the beginning of its code, the only unit here.
CREATE FUNCTION motcua.filing_unit(agency text, code text) RETURNS bigint
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce((SELECT u.unit_id FROM unit u WHERE agency <> '' AND agency IN (u.eid, u.code)), unit_of_code(code))
$$;

CREATE FUNCTION motcua.filing_say(f motcua.filing, what text, who text, note text) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	INSERT INTO filing_event (unit_id, filing_id, what, by_name, note)
		VALUES (f.unit_id, f.filing_id, filing_say.what, filing_say.who, left(coalesce(filing_say.note, ''), 2000));
	PERFORM pg_notify('motcua_unit_' || f.unit_id, 'filing ' || f.filing_id);
END $$;

CREATE FUNCTION motcua.filing_tell(f motcua.filing, what text, body jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	INSERT INTO filing_word (unit_id, filing_id, kind, payload) VALUES (f.unit_id, f.filing_id, what, body);
	PERFORM pg_notify('motcua_outbox', f.system);
END $$;

-- The working hours run from the moment the other system received it.
CREATE FUNCTION motcua.filing_deadline(unit bigint, start timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT working_add(u.code, start, setting_of(unit, 'online_hours', local(start)::date)::numeric * interval '1 hour')
	FROM unit u WHERE u.unit_id = unit
$$;

RESET ROLE;
SELECT motcua.guard('{filing,filing_file,filing_word}', 'SELECT, INSERT, UPDATE, DELETE');
SELECT motcua.guard('{filing_event}', 'SELECT, INSERT');
GRANT EXECUTE ON FUNCTION motcua.filing_unit, motcua.filing_say, motcua.filing_tell,
	motcua.filing_deadline, motcua.setting_of TO motcua_wire;
