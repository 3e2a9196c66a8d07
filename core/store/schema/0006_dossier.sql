-- SPDX-License-Identifier: Apache-2.0
-- Dossiers with everything that was true at reception, and what happened since.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- The numbers of a unit's day; one row a unit and day, so that units never wait for each other.
CREATE TABLE motcua.code_sequence (
	unit_id  bigint NOT NULL REFERENCES motcua.unit,
	day      date NOT NULL,
	last     int NOT NULL CHECK (last BETWEEN 1 AND 999999999),
	PRIMARY KEY (unit_id, day)
);

CREATE TABLE motcua.dossier (
	unit_id        bigint NOT NULL REFERENCES motcua.unit,
	dossier_id     bigint GENERATED ALWAYS AS IDENTITY,
	code           text NOT NULL,
	request_id     uuid NOT NULL,
	procedure_code text NOT NULL,
	procedure_name text NOT NULL,
	procedure_row  bigint NOT NULL,            -- motcua.procedures: the version in force at reception
	field          text NOT NULL,
	catalogue_version int NOT NULL,
	case_id        bigint NOT NULL DEFAULT 0,
	case_name      text NOT NULL DEFAULT '',
	channel        int NOT NULL CHECK (channel BETWEEN 1 AND 3),
	counter_code   text NOT NULL,
	session_id     bigint NOT NULL,
	login          text NOT NULL,
	owner_name     text NOT NULL,
	owner_id       text NOT NULL DEFAULT '',
	summary        text NOT NULL DEFAULT '',
	sets           int NOT NULL DEFAULT 1 CHECK (sets BETWEEN 1 AND 99),
	mandate        jsonb,
	limit_value    numeric NOT NULL,
	limit_unit     text NOT NULL,
	limit_source   text NOT NULL CHECK (limit_source IN ('confirmed', 'asked', 'none')),
	limit_basis    text NOT NULL DEFAULT '',
	received_at    timestamptz NOT NULL,
	due_at         timestamptz,
	finished_at    timestamptz,
	status         smallint NOT NULL CHECK (status BETWEEN 1 AND 10),
	status_at      timestamptz NOT NULL,
	route_system   text NOT NULL,
	route_rule     bigint NOT NULL DEFAULT 0,
	route_basis    text NOT NULL DEFAULT '',
	route_told     text[] NOT NULL DEFAULT '{}',
	result_by      text NOT NULL CHECK (result_by IN ('counter', 'post', 'online')),
	return_to      text NOT NULL DEFAULT '',
	note           text NOT NULL DEFAULT '',
	version        int NOT NULL DEFAULT 1,
	PRIMARY KEY (unit_id, dossier_id),
	UNIQUE (unit_id, code),
	UNIQUE (unit_id, request_id)
);
CREATE INDEX dossier_code ON motcua.dossier (code);
CREATE INDEX dossier_code_prefix ON motcua.dossier (unit_id, code text_pattern_ops);
CREATE INDEX dossier_received ON motcua.dossier (unit_id, received_at DESC);
CREATE INDEX dossier_open_due ON motcua.dossier (unit_id, due_at) WHERE status IN (1, 2, 4, 5, 6);
CREATE INDEX dossier_similar ON motcua.dossier (unit_id, owner_id, procedure_code, received_at) WHERE owner_id <> '';

-- Owner and submitter as they were that day.
CREATE TABLE motcua.dossier_person (
	unit_id        bigint NOT NULL,
	dossier_id     bigint NOT NULL,
	role           text NOT NULL CHECK (role IN ('owner', 'submitter')),
	kind           text NOT NULL CHECK (kind IN ('person', 'organisation')),
	name           text NOT NULL CHECK (name <> ''),
	id_number      text NOT NULL DEFAULT '',
	id_kind        text NOT NULL DEFAULT 'other' CHECK (id_kind IN ('cccd', 'cmnd', 'passport', 'tax', 'other')),
	birth          date,
	sex            text NOT NULL DEFAULT '' CHECK (sex IN ('', 'nam', 'nữ')),
	phone          text NOT NULL DEFAULT '',
	email          text NOT NULL DEFAULT '',
	address        text NOT NULL DEFAULT '',
	commune        text NOT NULL DEFAULT '',
	province       text NOT NULL DEFAULT '',
	representative text NOT NULL DEFAULT '',
	seen_at        timestamptz NOT NULL,
	folded         text GENERATED ALWAYS AS (motcua.fold(name)) STORED,
	turned         text GENERATED ALWAYS AS (motcua.given_first(motcua.fold(name))) STORED,
	phone_digits   text GENERATED ALWAYS AS (regexp_replace(regexp_replace(phone, '[^0-9]', '', 'g'),
		'^84(?=[0-9]{8,9}$)', '0')) STORED,
	PRIMARY KEY (unit_id, dossier_id, role),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE INDEX person_folded ON motcua.dossier_person (unit_id, folded text_pattern_ops, seen_at DESC);
CREATE INDEX person_given ON motcua.dossier_person (unit_id, turned text_pattern_ops, seen_at DESC);
CREATE INDEX person_number ON motcua.dossier_person (unit_id, id_number text_pattern_ops, seen_at DESC) WHERE id_number <> '';
CREATE INDEX person_phone ON motcua.dossier_person (unit_id, phone_digits text_pattern_ops, seen_at DESC) WHERE phone_digits <> '';

-- Words of the distinct folded names of a unit: few beside the dossiers, so that a word in the
-- middle of a name is found without reading millions of rows.  A trigram index would not serve:
-- under row security only leakproof operators reach an index.
CREATE TABLE motcua.name_word (
	unit_id  bigint NOT NULL,
	word     text NOT NULL,
	folded   text NOT NULL
);
CREATE UNIQUE INDEX name_word_key ON motcua.name_word (unit_id, word text_pattern_ops, folded);

CREATE TABLE motcua.dossier_component (
	unit_id      bigint NOT NULL,
	dossier_id   bigint NOT NULL,
	seq          int NOT NULL,
	name         text NOT NULL CHECK (name <> ''),
	action       text NOT NULL CHECK (action IN ('submit', 'show', 'compare', 'lookup')),
	originals    int NOT NULL CHECK (originals BETWEEN 0 AND 999),
	copies       int NOT NULL CHECK (copies BETWEEN 0 AND 999),
	pages        int NOT NULL CHECK (pages BETWEEN 0 AND 9999),
	state        text NOT NULL CHECK (state IN ('ok', 'missing', 'failed', 'not_needed')),
	required     boolean NOT NULL,
	reason       text NOT NULL DEFAULT '',
	basis        text NOT NULL DEFAULT '',
	lookup_where text NOT NULL DEFAULT '',
	lookup_at    timestamptz,
	files        bigint[] NOT NULL DEFAULT '{}',
	PRIMARY KEY (unit_id, dossier_id, seq),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);

CREATE TABLE motcua.dossier_fee (
	unit_id       bigint NOT NULL,
	dossier_id    bigint NOT NULL,
	seq           int NOT NULL,
	name          text NOT NULL CHECK (name <> ''),
	amount        bigint NOT NULL CHECK (amount >= 0),
	confirmed     boolean NOT NULL,
	basis         text NOT NULL DEFAULT '',
	exempt_reason text NOT NULL DEFAULT '',
	paid          text NOT NULL CHECK (paid IN ('cash', 'transfer', 'later', 'none')),
	PRIMARY KEY (unit_id, dossier_id, seq),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);

-- A due date is never edited: each change is a row.
CREATE TABLE motcua.dossier_due (
	unit_id    bigint NOT NULL,
	dossier_id bigint NOT NULL,
	seq        int NOT NULL,
	at         timestamptz NOT NULL,
	cause      text NOT NULL CHECK (cause IN ('reception', 'supplement', 'extension', 'incident',
		'payment', 'elsewhere', 'correction')),
	login      text NOT NULL,
	old_due    timestamptz,
	new_due    timestamptz,
	line       text NOT NULL,
	PRIMARY KEY (unit_id, dossier_id, seq),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.dossier_due
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- History: every act and every change of status, ours or told by the other side.
CREATE TABLE motcua.dossier_event (
	unit_id     bigint NOT NULL,
	dossier_id  bigint NOT NULL,
	event_id    bigint GENERATED ALWAYS AS IDENTITY,
	at          timestamptz NOT NULL,
	act         text NOT NULL,
	from_status smallint NOT NULL DEFAULT 0,
	to_status   smallint NOT NULL DEFAULT 0,
	by_login    text NOT NULL DEFAULT '',
	by_name     text NOT NULL DEFAULT '',
	form        text NOT NULL DEFAULT '',
	note        text NOT NULL DEFAULT '',
	PRIMARY KEY (unit_id, dossier_id, at, event_id)
) PARTITION BY RANGE (at);

-- Codes others give the same dossier.
CREATE TABLE motcua.alias (
	unit_id      bigint NOT NULL,
	system       text NOT NULL,
	foreign_code text NOT NULL CHECK (length(foreign_code) BETWEEN 1 AND 60),
	dossier_id   bigint NOT NULL,
	at           timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (unit_id, system, foreign_code),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE INDEX alias_code ON motcua.alias (unit_id, foreign_code text_pattern_ops);
CREATE INDEX alias_dossier ON motcua.alias (unit_id, dossier_id);

-- Issued papers with their fields as printed; numbers of forms 02 and 03 run without a gap
-- within unit, year and form, form 01 carries the dossier code.
CREATE TABLE motcua.paper_sequence (
	unit_id  bigint NOT NULL REFERENCES motcua.unit,
	form     text NOT NULL,
	year     int NOT NULL,
	last     int NOT NULL,
	PRIMARY KEY (unit_id, form, year)
);
CREATE TABLE motcua.paper (
	unit_id    bigint NOT NULL REFERENCES motcua.unit,
	paper_id   bigint GENERATED ALWAYS AS IDENTITY,
	dossier_id bigint,
	request_id uuid NOT NULL,
	form       text NOT NULL CHECK (form ~ '^0[1-7]$'),
	year       int NOT NULL,
	seq        int,
	number     text NOT NULL DEFAULT '',
	fields     text NOT NULL,
	made_at    timestamptz NOT NULL,
	login      text NOT NULL,
	copies_printed int NOT NULL DEFAULT 0,
	PRIMARY KEY (unit_id, paper_id),
	UNIQUE (unit_id, request_id, form),
	UNIQUE (unit_id, form, year, seq)
);
CREATE INDEX paper_dossier ON motcua.paper (unit_id, dossier_id);
CREATE TABLE motcua.paper_print (
	unit_id    bigint NOT NULL,
	paper_id   bigint NOT NULL,
	at         timestamptz NOT NULL DEFAULT clock_timestamp(),
	login      text NOT NULL,
	printer    text NOT NULL,
	result     text NOT NULL,
	PRIMARY KEY (unit_id, paper_id, at)
);

-- The life-cycle, once (the ten statuses of the national portal; 0: not in the books yet).
-- who: any member, supervisor only, or the deciding system's answer too.
CREATE TABLE motcua.transition (
	from_status smallint NOT NULL,
	to_status   smallint NOT NULL,
	act         text NOT NULL,
	form        text NOT NULL DEFAULT '',
	who         text NOT NULL DEFAULT 'clerk' CHECK (who IN ('clerk', 'supervisor')),
	by_peer     boolean NOT NULL DEFAULT false,
	PRIMARY KEY (from_status, to_status, act)
);
INSERT INTO motcua.transition VALUES
	(0, 1, 'register', '', 'clerk', false),
	(0, 2, 'receive', '01', 'clerk', false),
	(1, 2, 'receive', '01', 'clerk', false),
	(1, 3, 'refuse', '03', 'clerk', true),
	(1, 5, 'ask_supplement', '02', 'clerk', true),
	(2, 4, 'process', '', 'clerk', true),
	(2, 5, 'ask_supplement', '02', 'clerk', true),
	(4, 5, 'ask_supplement', '02', 'clerk', true),
	(5, 2, 'supplement', '', 'clerk', true),
	(5, 4, 'supplement', '', 'clerk', true),
	(5, 3, 'refuse', '03', 'clerk', true),
	(5, 8, 'stop', '05', 'clerk', true),
	(4, 6, 'ask_payment', '', 'clerk', true),
	(6, 4, 'pay', '', 'clerk', true),
	(1, 7, 'withdraw', '05', 'clerk', true),
	(2, 7, 'withdraw', '05', 'clerk', true),
	(4, 7, 'withdraw', '05', 'clerk', true),
	(5, 7, 'withdraw', '05', 'clerk', true),
	(6, 7, 'withdraw', '05', 'clerk', true),
	(7, 8, 'stop', '05', 'clerk', true),
	(2, 8, 'stop', '05', 'supervisor', true),
	(4, 8, 'stop', '05', 'supervisor', true),
	(8, 4, 'resume', '', 'supervisor', true),
	(2, 9, 'finish', '', 'clerk', true),
	(4, 9, 'finish', '', 'clerk', true),
	(9, 10, 'return', '', 'clerk', true),
	(9, 4, 'recall', '', 'supervisor', true);

RESET ROLE;
