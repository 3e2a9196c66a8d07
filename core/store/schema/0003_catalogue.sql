-- SPDX-License-Identifier: Apache-2.0
-- The catalogue: facts published by others, as rows with two kinds of history.  valid_from and
-- valid_to are the law's days; added and ended are versions of the catalogue, so that a dossier
-- can always show the row it was received under.  A row of a unit (unit_id) overrides the common one.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Versions: the common one (unit 0) and each unit's own; what a counter holds is their sum.
CREATE TABLE motcua.catalogue_version (
	unit_id    bigint PRIMARY KEY,
	version    int NOT NULL,
	changed_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO motcua.catalogue_version VALUES (0, 0);

-- What every catalogue table begins with.
CREATE TABLE motcua.catalogue_row (
	row_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	unit_id     bigint,                       -- NULL: every unit
	key         uuid NOT NULL,                -- md5 of the kind's key columns
	digest      uuid NOT NULL,                -- md5 of all its columns
	loaded_from text NOT NULL,                -- which import, or who confirmed it
	added       int NOT NULL,
	ended       int
);

CREATE TABLE motcua.provinces (LIKE motcua.catalogue_row INCLUDING ALL,
	code text NOT NULL CHECK (code ~ '^[0-9]{2}$'), name text NOT NULL, full_name text NOT NULL,
	kind text NOT NULL, eid text NOT NULL, eid_confirmed boolean NOT NULL, old_codes text NOT NULL,
	variants text NOT NULL, valid_from date, valid_to date, note text NOT NULL);

CREATE TABLE motcua.communes (LIKE motcua.catalogue_row INCLUDING ALL,
	code text NOT NULL CHECK (code ~ '^[0-9]{5}$'), name text NOT NULL, full_name text NOT NULL,
	kind text NOT NULL, province_code text NOT NULL CHECK (province_code ~ '^[0-9]{2}$'),
	eid text NOT NULL, variants text NOT NULL, valid_from date, valid_to date, note text NOT NULL);

CREATE TABLE motcua.card_codes (LIKE motcua.catalogue_row INCLUDING ALL,
	code text NOT NULL CHECK (code ~ '^[0-9]{3}$'), name text NOT NULL, province_code text NOT NULL,
	note text NOT NULL);

CREATE TABLE motcua.ministries (LIKE motcua.catalogue_row INCLUDING ALL,
	code text NOT NULL CHECK (code <> ''), name text NOT NULL, short_name text NOT NULL,
	eid text NOT NULL, eid_confirmed boolean NOT NULL);

CREATE TABLE motcua.procedures (LIKE motcua.catalogue_row INCLUDING ALL,
	code text NOT NULL CHECK (code ~ '^[0-9A-Z._]{3,40}$'), name text NOT NULL CHECK (name <> ''),
	short_name text NOT NULL, short_code text NOT NULL, field text NOT NULL, ministry text NOT NULL,
	level text NOT NULL, channels text NOT NULL, decision text NOT NULL, subjects text NOT NULL,
	result_name text NOT NULL, result_code text NOT NULL, online_level text NOT NULL,
	deciding_unit text NOT NULL, interlinked text NOT NULL, same_day_rule boolean NOT NULL,
	immediate boolean NOT NULL, offered boolean NOT NULL, confidence text NOT NULL,
	valid_from date, valid_to date, note text NOT NULL);

CREATE TABLE motcua.cases (LIKE motcua.catalogue_row INCLUDING ALL,
	procedure_code text NOT NULL CHECK (procedure_code <> ''), seq int NOT NULL, name text NOT NULL);

CREATE TABLE motcua.components (LIKE motcua.catalogue_row INCLUDING ALL,
	procedure_code text NOT NULL CHECK (procedure_code <> ''), seq int NOT NULL,
	name text NOT NULL CHECK (name <> ''), case_name text NOT NULL,
	section text NOT NULL CHECK (section IN ('', 'nop', 'xuat_trinh', 'luu_y', 'huong_dan')),
	requirement text NOT NULL CHECK (requirement IN
		('required', 'required_in_case', 'conditional', 'optional', 'note')),
	originals int NOT NULL CHECK (originals >= 0), copies int NOT NULL CHECK (copies >= 0),
	condition text NOT NULL, form_number text NOT NULL, form_file text NOT NULL,
	reusable boolean NOT NULL, reusable_basis text NOT NULL, channel int NOT NULL CHECK (channel BETWEEN 0 AND 3),
	when_represented boolean NOT NULL, confirmed boolean NOT NULL, basis text NOT NULL,
	heading boolean NOT NULL, confidence text NOT NULL, valid_from date, valid_to date, note text NOT NULL);

CREATE TABLE motcua.limits (LIKE motcua.catalogue_row INCLUDING ALL,
	procedure_code text NOT NULL CHECK (procedure_code <> ''), case_name text NOT NULL,
	channel int NOT NULL CHECK (channel BETWEEN 0 AND 3), value numeric NOT NULL CHECK (value >= 0),
	unit text NOT NULL CHECK (unit IN
		('none', 'working_day', 'day', 'hour', 'working_hour', 'month', 'same_day')),
	legal_value numeric NOT NULL CHECK (legal_value >= 0), confirmed boolean NOT NULL,
	basis text NOT NULL, note text NOT NULL, valid_from date, valid_to date,
	CHECK (NOT confirmed OR basis <> ''));

CREATE TABLE motcua.fees (LIKE motcua.catalogue_row INCLUDING ALL,
	procedure_code text NOT NULL CHECK (procedure_code <> ''), case_name text NOT NULL,
	channel int NOT NULL CHECK (channel BETWEEN 0 AND 3), seq int NOT NULL, name text NOT NULL,
	amount bigint CHECK (amount >= 0), per text NOT NULL, set_locally boolean NOT NULL,
	confirmed boolean NOT NULL, basis text NOT NULL, published text NOT NULL,
	valid_from date, valid_to date,
	CHECK (NOT confirmed OR (basis <> '' AND amount IS NOT NULL)));

CREATE TABLE motcua.replacements (LIKE motcua.catalogue_row INCLUDING ALL,
	seq int NOT NULL, procedure_code text NOT NULL CHECK (procedure_code <> ''),
	paper text NOT NULL CHECK (paper <> ''), database text NOT NULL, database_key text NOT NULL,
	database_owner text NOT NULL, basis text NOT NULL, valid_from date, valid_to date, note text NOT NULL);

CREATE TABLE motcua.holidays (LIKE motcua.catalogue_row INCLUDING ALL,
	day date NOT NULL, kind text NOT NULL CHECK (kind IN
		('statutory', 'compensation', 'swap_off', 'makeup_work', 'closed')),
	status text NOT NULL CHECK (status IN ('official', 'rule', 'predicted')), name text NOT NULL,
	basis text NOT NULL, hours_of int NOT NULL CHECK (hours_of BETWEEN 0 AND 7), note text NOT NULL);

CREATE TABLE motcua.shifts (LIKE motcua.catalogue_row INCLUDING ALL,
	unit_code text NOT NULL, weekday int NOT NULL CHECK (weekday BETWEEN 1 AND 7),
	opens time NOT NULL, closes time NOT NULL, intake boolean NOT NULL, working boolean NOT NULL,
	valid_from date, valid_to date, CHECK (opens < closes));

CREATE TABLE motcua.systems (LIKE motcua.catalogue_row INCLUDING ALL,
	code text NOT NULL CHECK (code ~ '^[a-z0-9-]{1,40}$'), name text NOT NULL CHECK (name <> ''),
	family text NOT NULL CHECK (family IN ('ndxp', 'igate', 'json')), ministry text NOT NULL,
	host text NOT NULL, note text NOT NULL);

CREATE TABLE motcua.routes (LIKE motcua.catalogue_row INCLUDING ALL,
	rule_id bigint NOT NULL, procedure_code text NOT NULL, ministry text NOT NULL, field text NOT NULL,
	level text NOT NULL, case_name text NOT NULL, deciding_unit text NOT NULL,
	system text NOT NULL CHECK (system <> ''), told text NOT NULL, valid_from date, valid_to date,
	notice text NOT NULL, decided_by text NOT NULL, note text NOT NULL);

CREATE TABLE motcua.interlinked (LIKE motcua.catalogue_row INCLUDING ALL,
	group_code text NOT NULL CHECK (group_code <> ''), seq int NOT NULL, group_name text NOT NULL,
	member text NOT NULL, procedure_code text NOT NULL, body text NOT NULL, value numeric,
	unit text NOT NULL, basis text NOT NULL, confidence text NOT NULL, note text NOT NULL);

-- Which kinds load() takes, and by what a row is recognised.
CREATE TABLE motcua.catalogue_kind (
	kind text PRIMARY KEY,
	keys text[] NOT NULL
);
INSERT INTO motcua.catalogue_kind VALUES
	('provinces', '{code}'), ('communes', '{code}'), ('card_codes', '{code}'), ('ministries', '{code}'),
	('procedures', '{code}'), ('cases', '{procedure_code,name}'), ('components', '{procedure_code,seq}'),
	('limits', '{procedure_code,case_name,channel,valid_from}'),
	('fees', '{procedure_code,case_name,channel,name,valid_from}'), ('replacements', '{seq}'),
	('holidays', '{day,kind}'), ('shifts', '{unit_code,weekday,opens,valid_from}'),
	('systems', '{code}'), ('routes', '{rule_id}'), ('interlinked', '{group_code,seq}');

DO $$
DECLARE
	kind text;
BEGIN
	FOR kind IN SELECT k.kind FROM motcua.catalogue_kind k LOOP
		EXECUTE format('CREATE UNIQUE INDEX ON motcua.%I ((coalesce(unit_id, 0)), key) WHERE ended IS NULL', kind);
	END LOOP;
END $$;
CREATE INDEX procedures_code ON motcua.procedures (code) WHERE ended IS NULL;
CREATE INDEX cases_procedure ON motcua.cases (procedure_code) WHERE ended IS NULL;
CREATE INDEX components_procedure ON motcua.components (procedure_code) WHERE ended IS NULL;
CREATE INDEX limits_procedure ON motcua.limits (procedure_code) WHERE ended IS NULL;
CREATE INDEX fees_procedure ON motcua.fees (procedure_code) WHERE ended IS NULL;
CREATE INDEX systems_code ON motcua.systems (code) WHERE ended IS NULL;

-- A unit's own list: what it offers, and the short names its clerks type.
CREATE TABLE motcua.offering (
	unit_id        bigint NOT NULL REFERENCES motcua.unit,
	procedure_code text NOT NULL,
	offered        boolean NOT NULL DEFAULT true,
	short_name     text NOT NULL DEFAULT '',
	short_code     text NOT NULL DEFAULT '',
	PRIMARY KEY (unit_id, procedure_code)
);

-- What operations say of a system; wire.health writes it.
CREATE TABLE motcua.system_state (
	system      text PRIMARY KEY,
	state       text NOT NULL DEFAULT 'unknown' CHECK (state IN ('ok', 'slow', 'down', 'suspended', 'unknown')),
	note        text NOT NULL DEFAULT '',
	changed_at  timestamptz NOT NULL DEFAULT now(),
	profile     jsonb NOT NULL DEFAULT '{}'
);

-- A change of the common catalogue (unit 0) or of one unit's; counters reload at the hint.
CREATE FUNCTION motcua.catalogue_bump(unit bigint DEFAULT 0) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	fresh int;
BEGIN
	INSERT INTO catalogue_version AS v VALUES (unit, 1)
	ON CONFLICT (unit_id) DO UPDATE SET version = v.version + 1, changed_at = now()
	RETURNING version INTO fresh;
	PERFORM pg_notify('motcua_unit_' || u.unit_id, 'catalogue') FROM unit u WHERE unit IN (0, u.unit_id);
	RETURN fresh;
END $$;

CREATE FUNCTION motcua.catalogue_now(unit bigint) RETURNS int
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
BEGIN
	RETURN (
	SELECT coalesce(sum(version), 0)::int FROM catalogue_version WHERE unit_id IN (0, unit)
	);
END $$;

RESET ROLE;
