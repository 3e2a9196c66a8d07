-- SPDX-License-Identifier: Apache-2.0
-- The outbox: immutable messages in streams.  A stream is one dossier for one system; what was
-- delivered is whatever stands before its head, so no message ever carries a state to lose.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.message (
	unit_id    bigint NOT NULL,
	message_id bigint GENERATED ALWAYS AS IDENTITY,
	dossier_id bigint NOT NULL,
	system     text NOT NULL,
	seq        int NOT NULL,
	kind       text NOT NULL CHECK (kind IN ('dossier', 'progress')),
	payload    jsonb NOT NULL,
	made_at    timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (unit_id, message_id),
	UNIQUE (unit_id, dossier_id, system, seq),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE INDEX message_by_id ON motcua.message (message_id);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.message
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

CREATE TABLE motcua.stream (
	unit_id       bigint NOT NULL,
	dossier_id    bigint NOT NULL,
	system        text NOT NULL,
	head          int NOT NULL DEFAULT 1,             -- seq of the next message to deliver
	tail          int NOT NULL DEFAULT 0,             -- seq of the last message written
	refused       boolean NOT NULL DEFAULT false,     -- stands still until an officer acts
	open          boolean GENERATED ALWAYS AS (head <= tail AND NOT refused) STORED,
	attempts      int NOT NULL DEFAULT 0,             -- of the head message
	next_at       timestamptz NOT NULL DEFAULT now(),
	leased_by     text,
	leased_until  timestamptz,
	fence         bigint NOT NULL DEFAULT 0,          -- grows with every claim
	begun         boolean NOT NULL DEFAULT false,     -- sending was announced, no outcome yet
	ask_first     boolean NOT NULL DEFAULT false,     -- an earlier outcome is unknown
	-- What the clerk sees.
	travel        text NOT NULL DEFAULT 'saved' CHECK (travel IN ('saved', 'sent', 'received', 'disagreed')),
	created_there boolean NOT NULL DEFAULT false,
	foreign_code  text NOT NULL DEFAULT '',
	foreign_status smallint,
	asked_at      timestamptz,
	note          text NOT NULL DEFAULT '',
	changed_at    timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (unit_id, dossier_id, system),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE INDEX stream_due ON motcua.stream (system, next_at) WHERE open;
CREATE INDEX stream_leased ON motcua.stream (system, leased_until) WHERE leased_until IS NOT NULL;
CREATE INDEX stream_waiting ON motcua.stream (unit_id, system) WHERE open;
CREATE INDEX stream_problem ON motcua.stream (unit_id) WHERE travel = 'disagreed';
CREATE INDEX stream_asking ON motcua.stream (system, asked_at NULLS FIRST) WHERE NOT open AND NOT refused;

-- Each attempt with what the other side said; kept a year, cut off by months.
CREATE TABLE motcua.attempt (
	unit_id      bigint NOT NULL,
	message_id   bigint NOT NULL,
	at           timestamptz NOT NULL DEFAULT clock_timestamp(),
	attempt_id   bigint GENERATED ALWAYS AS IDENTITY,
	dossier_id   bigint NOT NULL,
	system       text NOT NULL,
	courier      text NOT NULL,
	fence        bigint NOT NULL,
	phase        text NOT NULL CHECK (phase IN ('begin', 'finish', 'stale')),
	class        text CHECK (class IN ('delivered', 'duplicate', 'auth', 'retry', 'refused', 'unknown')),
	http_code    int,
	milliseconds int,
	reply        text,
	note         text,
	PRIMARY KEY (unit_id, message_id, at, attempt_id)
) PARTITION BY RANGE (at);

-- What the other side says of a dossier, stored before anything is concluded from it.
CREATE TABLE motcua.answer (
	system       text NOT NULL,
	code         text NOT NULL,
	status       smallint NOT NULL,
	at           timestamptz NOT NULL,
	unit_id      bigint,
	dossier_id   bigint,
	foreign_code text NOT NULL DEFAULT '',
	text         text NOT NULL DEFAULT '',
	raw          text NOT NULL DEFAULT '',
	kept_at      timestamptz NOT NULL DEFAULT now(),
	applied      boolean NOT NULL DEFAULT false,
	PRIMARY KEY (system, code, status, at)
);
CREATE INDEX answer_dossier ON motcua.answer (unit_id, dossier_id);

-- "Needs correction": the officer's list.
CREATE TABLE motcua.problem (
	unit_id    bigint NOT NULL,
	problem_id bigint GENERATED ALWAYS AS IDENTITY,
	dossier_id bigint NOT NULL,
	system     text NOT NULL,
	message_id bigint,
	at         timestamptz NOT NULL DEFAULT now(),
	text       text NOT NULL,
	solved_at  timestamptz,
	solved_by  text,
	solution   text NOT NULL DEFAULT '',
	PRIMARY KEY (unit_id, problem_id)
);
CREATE INDEX problem_open ON motcua.problem (unit_id, dossier_id) WHERE solved_at IS NULL;

-- Writes a message at the end of its stream (making stream and travel when new) and hints.
CREATE FUNCTION motcua.enqueue(unit bigint, dossier bigint, sys text, what text, body jsonb)
RETURNS bigint
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	fresh int;
	id bigint;
BEGIN
	INSERT INTO stream AS s (unit_id, dossier_id, system, tail) VALUES (unit, dossier, sys, 1)
	ON CONFLICT (unit_id, dossier_id, system) DO UPDATE SET tail = s.tail + 1
	RETURNING tail INTO fresh;
	INSERT INTO message (unit_id, dossier_id, system, seq, kind, payload)
	VALUES (unit, dossier, sys, fresh, what, body) RETURNING message_id INTO id;
	PERFORM pg_notify('motcua_outbox', sys);
	RETURN id;
END $$;

RESET ROLE;
