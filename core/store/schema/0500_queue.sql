-- SPDX-License-Identifier: Apache-2.0
-- The queue of the hall: series of numbers per group of fields, tickets, what happened to them, the counters
-- that serve, and the machines of the hall (kiosk, display), which belong to no clerk and see nothing else.

SET LOCAL search_path = motcua, pg_temp;

-- ---- login groups of the hall ----

DO $$
DECLARE
	role text;
BEGIN
	FOREACH role IN ARRAY ARRAY['motcua_kiosk', 'motcua_display'] LOOP
		IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
			EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', role);
		END IF;
	END LOOP;
	EXECUTE format('GRANT CONNECT ON DATABASE %I TO motcua_kiosk, motcua_display', current_database());
END $$;
GRANT motcua_kiosk, motcua_display TO motcua_keeper WITH ADMIN OPTION;
CREATE SCHEMA hall AUTHORIZATION motcua_owner;
REVOKE ALL ON SCHEMA hall FROM PUBLIC;
GRANT USAGE ON SCHEMA hall TO motcua_kiosk, motcua_display;

-- As in 0005; which groups there are is asked of the keeper's own grants: a later group needs no change here.
GRANT CREATE ON SCHEMA motcua TO motcua_keeper;
SET ROLE motcua_keeper;
CREATE FUNCTION motcua.login_groups() RETURNS SETOF name
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles k ON k.oid = m.member
	WHERE k.rolname = 'motcua_keeper' AND m.admin_option AND g.rolname LIKE 'motcua\_%'
$$;

CREATE OR REPLACE FUNCTION motcua.role_is_ours(login text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT EXISTS (SELECT FROM pg_roles r JOIN pg_auth_members m ON m.member = r.oid
		JOIN pg_roles g ON g.oid = m.roleid
		WHERE r.rolname = login AND NOT r.rolsuper AND NOT r.rolcreaterole AND NOT r.rolbypassrls
			AND r.rolname NOT LIKE 'motcua\_%' AND g.rolname IN (SELECT motcua.login_groups()))
$$;

CREATE OR REPLACE FUNCTION motcua.role_make(login text, password text, grp text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	other text;
BEGIN
	IF login !~ '^[a-z][a-z0-9_.-]{0,40}$' OR login ~ '^(pg_|motcua_)' OR login IN ('postgres', 'public', 'none') THEN
		RAISE EXCEPTION USING ERRCODE = 'MC005', HINT = 'login', MESSAGE =
			'Tên đăng nhập gồm chữ thường không dấu, chữ số, dấu chấm; bắt đầu bằng chữ.',
			DETAIL = format('bad login %s', login);
	END IF;
	IF grp NOT IN (SELECT motcua.login_groups()) THEN
		RAISE EXCEPTION USING ERRCODE = 'MC004', MESSAGE = 'Nhóm quyền không đúng.', DETAIL = grp;
	END IF;
	IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
		EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS', login);
	ELSIF NOT motcua.role_is_ours(login) THEN
		RAISE EXCEPTION USING ERRCODE = 'MC005', HINT = 'login',
			MESSAGE = format('Tên đăng nhập %s đã có người dùng.', login),
			DETAIL = format('role %s exists and is not ours', login);
	END IF;
	FOR other IN SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
		JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = login AND g.rolname <> grp
			AND g.rolname IN (SELECT motcua.login_groups()) LOOP
		EXECUTE format('REVOKE %I FROM %I', other, login);
	END LOOP;
	EXECUTE format('GRANT %I TO %I', grp, login);
	IF password IS NOT NULL THEN
		EXECUTE format('ALTER ROLE %I PASSWORD %L', login, password);
	END IF;
END $$;
RESET ROLE;
REVOKE CREATE ON SCHEMA motcua FROM motcua_keeper;

SET ROLE motcua_owner;

-- A machine of the hall.  It is no clerk: no policy and no function made for clerks knows it.
CREATE TABLE motcua.hall_login (
	login     text PRIMARY KEY,
	unit_id   bigint NOT NULL REFERENCES motcua.unit,
	kind      text NOT NULL CHECK (kind IN ('kiosk', 'display')),
	place     text NOT NULL DEFAULT '',                  -- "Sảnh tầng 1"
	locked    boolean NOT NULL DEFAULT false,
	made_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX hall_login_unit ON motcua.hall_login (unit_id, login);

-- ---- how a unit queues ----

CREATE TABLE motcua.queue_setting (
	unit_id        bigint PRIMARY KEY REFERENCES motcua.unit,
	-- strict: priority numbers always first.  interleaved: one priority number, then every_n others, and so on.
	policy         text NOT NULL DEFAULT 'interleaved' CHECK (policy IN ('strict', 'interleaved')),
	every_n        int NOT NULL DEFAULT 2 CHECK (every_n BETWEEN 1 AND 20),
	grace_minutes  int NOT NULL DEFAULT 10 CHECK (grace_minutes BETWEEN 0 AND 120),  -- a booked number holds so long
	calls_most     int NOT NULL DEFAULT 3 CHECK (calls_most BETWEEN 1 AND 9),        -- the first call among them
	recall_seconds int NOT NULL DEFAULT 60 CHECK (recall_seconds BETWEEN 0 AND 600), -- between two calls of a number
	back_after     int NOT NULL DEFAULT 3 CHECK (back_after BETWEEN 0 AND 50),       -- who missed it waits so many numbers
	transfer_place text NOT NULL DEFAULT 'keep' CHECK (transfer_place IN ('keep', 'first', 'end')),
	target_minutes int NOT NULL DEFAULT 15 CHECK (target_minutes BETWEEN 1 AND 480), -- a wait that is wanted
	slot_minutes   int NOT NULL DEFAULT 30 CHECK (slot_minutes BETWEEN 5 AND 240),   -- booked numbers: so many …
	slot_places    int NOT NULL DEFAULT 2 CHECK (slot_places BETWEEN 0 AND 50),      -- … a slot and series
	block_size     int NOT NULL DEFAULT 50 CHECK (block_size BETWEEN 5 AND 500)      -- held by a kiosk for bad times
);

-- Numbers run per series and day: A001, A002 …  fields: which lĩnh vực belong to it.
CREATE TABLE motcua.queue_series (
	unit_id   bigint NOT NULL REFERENCES motcua.unit,
	series    text NOT NULL CHECK (series ~ '^[A-Z]$'),
	name      text NOT NULL CHECK (length(btrim(name)) BETWEEN 1 AND 120),
	fields    text[] NOT NULL DEFAULT '{}',
	quick     boolean NOT NULL DEFAULT false,            -- a quick lane: short work, no forms
	sort      int NOT NULL DEFAULT 0,
	active    boolean NOT NULL DEFAULT true,
	PRIMARY KEY (unit_id, series)
);

-- Which counter serves which series; a higher rank helps only when all lower ones are empty.  A counter that
-- is not named here serves every series that is no quick lane of others.
CREATE TABLE motcua.queue_serves (
	unit_id      bigint NOT NULL REFERENCES motcua.unit,
	counter_code text NOT NULL,
	series       text NOT NULL,
	rank         int NOT NULL DEFAULT 1 CHECK (rank BETWEEN 1 AND 9),
	PRIMARY KEY (unit_id, counter_code, series),
	FOREIGN KEY (unit_id, series) REFERENCES motcua.queue_series
);

-- Who goes first, as the office has posted it.
CREATE TABLE motcua.queue_group (
	unit_id   bigint NOT NULL REFERENCES motcua.unit,
	code      text NOT NULL CHECK (code ~ '^[a-z_]{1,20}$'),
	name      text NOT NULL CHECK (length(btrim(name)) BETWEEN 1 AND 120),
	basis     text NOT NULL DEFAULT '',
	sort      int NOT NULL DEFAULT 0,
	active    boolean NOT NULL DEFAULT true,
	PRIMARY KEY (unit_id, code)
);

-- What a counter does for the queue now; no row: it has not opened yet.
CREATE TABLE motcua.queue_counter (
	unit_id      bigint NOT NULL REFERENCES motcua.unit,
	counter_code text NOT NULL,
	state        text NOT NULL CHECK (state IN ('open', 'paused', 'out_of_order', 'closed')),
	reason       text NOT NULL DEFAULT '',
	login        text NOT NULL,
	since        timestamptz NOT NULL DEFAULT clock_timestamp(),
	PRIMARY KEY (unit_id, counter_code)
);
CREATE TABLE motcua.queue_counter_event (
	unit_id      bigint NOT NULL REFERENCES motcua.unit,
	event_id     bigint GENERATED ALWAYS AS IDENTITY,
	at           timestamptz NOT NULL DEFAULT clock_timestamp(),
	counter_code text NOT NULL,
	state        text NOT NULL,
	reason       text NOT NULL DEFAULT '',
	login        text NOT NULL,
	PRIMARY KEY (unit_id, event_id)
);
CREATE INDEX queue_counter_event_at ON motcua.queue_counter_event (unit_id, at);

-- ---- tickets ----

-- The last number of a day and series: up to 900, then from 5001; 901 … 5000 are for the blocks of kiosks.
CREATE TABLE motcua.ticket_sequence (
	unit_id  bigint NOT NULL REFERENCES motcua.unit,
	day      date NOT NULL,
	series   text NOT NULL,
	last     int NOT NULL DEFAULT 0,
	held     int NOT NULL DEFAULT 900,                   -- the last number given to a block
	PRIMARY KEY (unit_id, day, series)
);

-- waiting and transferred stand in the queue; parked and no_show may come back; done and cancelled are over.
CREATE TABLE motcua.ticket (
	unit_id      bigint NOT NULL REFERENCES motcua.unit,
	ticket_id    bigint GENERATED ALWAYS AS IDENTITY,
	request_id   uuid NOT NULL,
	day          date NOT NULL,
	series       text NOT NULL,                          -- its number's
	number       int NOT NULL CHECK (number BETWEEN 1 AND 99999),
	queue        text NOT NULL,                          -- the series whose queue it stands in
	to_counter   text NOT NULL DEFAULT '',               -- transferred to this very counter
	priority     text NOT NULL DEFAULT '',               -- motcua.queue_group; '' none
	kind         text NOT NULL CHECK (kind IN ('walk_in', 'booked', 'desk')),  -- desk: served without having waited
	slot         timestamptz,                            -- booked for, and came in time
	state        text NOT NULL CHECK (state IN ('waiting', 'called', 'serving', 'done', 'no_show', 'parked',
		'transferred', 'cancelled')),
	place_at     timestamptz NOT NULL,                   -- its place in the queue
	taken_at     timestamptz NOT NULL,
	taken_by     text NOT NULL,                          -- login of the kiosk or clerk
	offline      boolean NOT NULL DEFAULT false,         -- given out while the kiosk was alone
	counter_code text NOT NULL DEFAULT '',               -- where it was called last
	login        text NOT NULL DEFAULT '',               -- the clerk who called it last
	calls        int NOT NULL DEFAULT 0,                 -- of the present calling
	first_called_at timestamptz,
	called_at    timestamptz,
	serving_at   timestamptz,
	done_at      timestamptz,
	target_minutes int NOT NULL,                         -- the wait wanted that day
	PRIMARY KEY (unit_id, ticket_id),
	UNIQUE (unit_id, request_id),
	UNIQUE (unit_id, day, series, number),
	CHECK ((state IN ('called', 'serving')) <= (counter_code <> ''))
);
CREATE INDEX ticket_day ON motcua.ticket (unit_id, day, queue);
-- Nobody is called by two counters, no counter calls two: called and serving hold the counter.
CREATE UNIQUE INDEX ticket_at_counter ON motcua.ticket (unit_id, day, counter_code) WHERE state IN ('called', 'serving');

-- Every act on a ticket.  lane: 1 priority, 2 booked, 3 in order of coming, 4 booked for later.
CREATE TABLE motcua.ticket_event (
	unit_id      bigint NOT NULL,
	ticket_id    bigint NOT NULL,
	event_id     bigint GENERATED ALWAYS AS IDENTITY,
	at           timestamptz NOT NULL DEFAULT clock_timestamp(),
	act          text NOT NULL CHECK (act IN ('take', 'call', 'recall', 'serve', 'done', 'no_show', 'back', 'park',
		'transfer', 'cancel', 'release', 'lapse')),
	from_state   text NOT NULL DEFAULT '',
	to_state     text NOT NULL,
	queue        text NOT NULL,
	lane         int NOT NULL,
	counter_code text NOT NULL DEFAULT '',
	login        text NOT NULL,
	note         text NOT NULL DEFAULT '',
	PRIMARY KEY (unit_id, ticket_id, at, event_id)
) PARTITION BY RANGE (at);
CREATE INDEX ticket_event_at ON motcua.ticket_event (unit_id, at, act);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.ticket_event
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON motcua.ticket_event
	FOR EACH STATEMENT EXECUTE FUNCTION motcua.only_grows();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.queue_counter_event
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();
INSERT INTO motcua.monthly VALUES ('ticket_event', NULL);

-- Dossiers accepted while a ticket was served: none or several.
CREATE TABLE motcua.ticket_dossier (
	unit_id     bigint NOT NULL,
	ticket_id   bigint NOT NULL,
	dossier_id  bigint NOT NULL,
	at          timestamptz NOT NULL DEFAULT clock_timestamp(),
	PRIMARY KEY (unit_id, ticket_id, dossier_id),
	UNIQUE (unit_id, dossier_id),
	FOREIGN KEY (unit_id, ticket_id) REFERENCES motcua.ticket
);

-- One number per person: a digest that cannot be turned back once the day's secret has gone, and it goes with the day.
CREATE TABLE motcua.ticket_secret (
	unit_id   bigint NOT NULL REFERENCES motcua.unit,
	day       date NOT NULL,
	secret    bytea NOT NULL CHECK (octet_length(secret) = 32),
	PRIMARY KEY (unit_id, day)
);
CREATE TABLE motcua.ticket_person (
	unit_id   bigint NOT NULL,
	day       date NOT NULL,
	digest    bytea NOT NULL,
	ticket_id bigint NOT NULL,
	PRIMARY KEY (unit_id, day, digest)
);

-- Numbers booked at home: the citizen types the code at the kiosk.
CREATE TABLE motcua.ticket_booking (
	unit_id    bigint NOT NULL REFERENCES motcua.unit,
	booking_id bigint GENERATED ALWAYS AS IDENTITY,
	series     text NOT NULL,
	slot       timestamptz NOT NULL,
	code       text NOT NULL CHECK (code ~ '^[0-9]{6}$'),
	state      text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'cancelled')),
	ticket_id  bigint,
	login      text NOT NULL,
	made_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
	PRIMARY KEY (unit_id, booking_id),
	FOREIGN KEY (unit_id, series) REFERENCES motcua.queue_series
);
CREATE UNIQUE INDEX ticket_booking_code ON motcua.ticket_booking (unit_id, code) WHERE state = 'open';
CREATE INDEX ticket_booking_slot ON motcua.ticket_booking (unit_id, series, slot);

-- Numbers a kiosk holds for the time when the server is away; given to one kiosk only, never given again.
CREATE TABLE motcua.ticket_block (
	unit_id    bigint NOT NULL REFERENCES motcua.unit,
	block_id   bigint GENERATED ALWAYS AS IDENTITY,
	login      text NOT NULL,
	day        date NOT NULL,
	series     text NOT NULL,
	first      int NOT NULL,
	last       int NOT NULL CHECK (last >= first),
	at         timestamptz NOT NULL DEFAULT clock_timestamp(),
	PRIMARY KEY (unit_id, block_id)
);
CREATE INDEX ticket_block_of ON motcua.ticket_block (unit_id, day, series, login);

RESET ROLE;
SELECT motcua.guard(ARRAY['hall_login', 'queue_setting', 'queue_series', 'queue_serves', 'queue_group', 'queue_counter',
	'queue_counter_event', 'ticket_sequence', 'ticket', 'ticket_event', 'ticket_dossier', 'ticket_secret',
	'ticket_person', 'ticket_booking', 'ticket_block'], '');
SELECT motcua.make_months();

-- ---- whose a machine of the hall is ----

GRANT CREATE ON SCHEMA motcua TO motcua_gate;
GRANT SELECT ON motcua.hall_login TO motcua_gate;
CREATE POLICY gate ON motcua.hall_login FOR SELECT TO motcua_gate USING (login = session_user);
SET ROLE motcua_gate;
-- The unit of the machine that logged in; NULL for everybody else.
CREATE FUNCTION motcua.my_hall(wanted text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	RETURN (SELECT h.unit_id FROM motcua.hall_login h WHERE h.login = session_user AND NOT h.locked
		AND (wanted IS NULL OR h.kind = wanted));
END $$;
GRANT EXECUTE ON FUNCTION motcua.my_hall TO motcua_owner;
RESET ROLE;
REVOKE CREATE ON SCHEMA motcua FROM motcua_gate;

-- A kiosk gives tickets; a display reads.  Nothing of dossiers and persons is among it.
DO $$
DECLARE
	t text;
BEGIN
	FOREACH t IN ARRAY ARRAY['unit', 'counter', 'queue_setting', 'queue_series', 'queue_serves', 'queue_group',
		'queue_counter', 'ticket', 'ticket_event'] LOOP
		EXECUTE format('CREATE POLICY hall ON motcua.%I FOR SELECT TO motcua_owner
			USING (unit_id = (SELECT motcua.my_hall()))', t);
	END LOOP;
	FOREACH t IN ARRAY ARRAY['queue_setting', 'ticket', 'ticket_event', 'ticket_sequence', 'ticket_secret',
		'ticket_person', 'ticket_booking', 'ticket_block'] LOOP
		EXECUTE format('CREATE POLICY kiosk ON motcua.%I TO motcua_owner
			USING (unit_id = (SELECT motcua.my_hall(''kiosk''))) WITH CHECK (unit_id = (SELECT motcua.my_hall(''kiosk'')))', t);
	END LOOP;
	FOREACH t IN ARRAY ARRAY['hall_login', 'queue_setting', 'queue_series', 'queue_serves', 'queue_group'] LOOP
		EXECUTE format('CREATE POLICY import ON motcua.%I TO motcua_owner USING ((SELECT motcua.is_admin()))', t);
	END LOOP;
END $$;
-- The first number of a day closes the counters that were left open the day before.
CREATE POLICY kiosk ON motcua.queue_counter FOR UPDATE TO motcua_owner
	USING (unit_id = (SELECT motcua.my_hall('kiosk'))) WITH CHECK (unit_id = (SELECT motcua.my_hall('kiosk')));
