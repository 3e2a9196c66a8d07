-- SPDX-License-Identifier: Apache-2.0
-- Outages timed by the couriers themselves, and dossiers that wait too long for an
-- answer.

SET LOCAL search_path = motcua, pg_temp;

-- How many hours without an answer are an alarm; "answer_alarm_hours.<system>" overrides it for one.
INSERT INTO motcua.setting (name, value) VALUES ('answer_alarm_hours', '24');

SET ROLE motcua_owner;

-- Who holds a stream, and why; and the seqs that its head passed over unsent.
ALTER TABLE motcua.stream ADD COLUMN held_why text NOT NULL DEFAULT '', ADD COLUMN held_by text NOT NULL DEFAULT '',
	ADD COLUMN held_at timestamptz, ADD COLUMN superseded int[] NOT NULL DEFAULT '{}';
CREATE INDEX stream_held ON motcua.stream (unit_id, system) WHERE held;
CREATE INDEX stream_unanswered ON motcua.stream (unit_id, system, dossier_id) WHERE travel IN ('saved', 'sent');
CREATE INDEX stream_stuck ON motcua.stream (unit_id, system) WHERE open AND travel = 'received';
CREATE INDEX stream_changed ON motcua.stream (unit_id, system, changed_at DESC);

-- The journal also tells what hands did: who held, released or replaced a message (courier = login).
ALTER TABLE motcua.attempt DROP CONSTRAINT attempt_phase_check;
ALTER TABLE motcua.attempt ADD CONSTRAINT attempt_phase_check
	CHECK (phase IN ('begin', 'finish', 'stale', 'held', 'released', 'superseded'));
CREATE INDEX attempt_system ON motcua.attempt (unit_id, system, at);
CREATE INDEX answer_kept ON motcua.answer (unit_id, system, kept_at);

-- A system without a connection is no outage: it never was there.
ALTER TABLE motcua.system_state DROP CONSTRAINT system_state_state_check;
ALTER TABLE motcua.system_state ADD CONSTRAINT system_state_state_check
	CHECK (state IN ('ok', 'slow', 'down', 'suspended', 'unknown', 'unconnected'));

-- ---- outages ----

CREATE TABLE motcua.outage (
	outage_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	system     text NOT NULL,
	class      text NOT NULL CHECK (class IN ('down', 'suspended')),
	cause      text NOT NULL DEFAULT '',          -- what the courier heard
	from_at    timestamptz NOT NULL,              -- its first failure in a row
	to_at      timestamptz,
	CHECK (to_at >= from_at)
);
CREATE UNIQUE INDEX outage_open ON motcua.outage (system) WHERE to_at IS NULL;
CREATE INDEX outage_from ON motcua.outage (from_at);

-- How many dossiers of a unit waited; written when the outage is over.
CREATE TABLE motcua.outage_wait (
	unit_id    bigint NOT NULL REFERENCES motcua.unit,
	outage_id  bigint NOT NULL REFERENCES motcua.outage,
	dossiers   int NOT NULL,
	PRIMARY KEY (unit_id, outage_id)
);

-- The first failure since the last good word, within the hour: three failures make an outage, and
-- it began with the first.
CREATE FUNCTION motcua.outage_began(sys text) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
	WITH heard AS (
		SELECT a.at - make_interval(secs => coalesce(a.milliseconds, 0) / 1000.0) AS at,
			a.class IN ('delivered', 'duplicate', 'refused') AS good
		FROM unit u JOIN attempt a ON a.unit_id = u.unit_id AND a.system = sys
			AND a.at > clock_timestamp() - interval '1 hour' AND a.class IS NOT NULL
	)
	SELECT greatest(least(coalesce(min(h.at), clock_timestamp()), clock_timestamp()),
		(SELECT max(o.to_at) FROM outage o WHERE o.system = sys))
	FROM heard h WHERE NOT h.good AND h.at >= coalesce((SELECT max(g.at) FROM heard g WHERE g.good), '-infinity')
$$;

-- Dossiers of each unit that wait for a system, or were tried since then: the first good word, which
-- ends an outage, was one that waited, too.
CREATE FUNCTION motcua.outage_waiting(sys text, since timestamptz) RETURNS TABLE (unit_id bigint, dossiers int)
LANGUAGE sql STABLE AS $$
	SELECT w.unit_id, count(*)::int FROM (
		SELECT s.unit_id, s.dossier_id FROM stream s WHERE s.system = sys AND s.open
		UNION
		SELECT a.unit_id, a.dossier_id FROM unit u JOIN attempt a ON a.unit_id = u.unit_id AND a.system = sys
			AND a.at >= since AND a.class IS NOT NULL) w
	GROUP BY w.unit_id
$$;

CREATE FUNCTION motcua.outage_change(sys text, state text, why text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	before outage;
BEGIN
	SELECT * INTO before FROM outage o WHERE o.system = sys AND o.to_at IS NULL FOR UPDATE;
	IF before.class = outage_change.state THEN
		RETURN;
	END IF;
	IF before.outage_id IS NOT NULL THEN
		UPDATE outage o SET to_at = greatest(o.from_at, clock_timestamp()) WHERE o.outage_id = before.outage_id;
		INSERT INTO outage_wait SELECT w.unit_id, before.outage_id, w.dossiers
			FROM outage_waiting(sys, before.from_at) w ON CONFLICT DO NOTHING;
	END IF;
	IF outage_change.state IN ('down', 'suspended') THEN
		INSERT INTO outage (system, class, cause, from_at)
			VALUES (sys, outage_change.state, left(coalesce(why, ''), 1000), outage_began(sys));
	END IF;
END $$;

-- ---- silence ----

CREATE FUNCTION motcua.alarm_hours(unit bigint, sys text) RETURNS int
LANGUAGE plpgsql STABLE AS $$
DECLARE
	said text := coalesce(setting_of(unit, 'answer_alarm_hours.' || sys), setting_of(unit, 'answer_alarm_hours'));
BEGIN
	RETURN CASE WHEN said ~ '^[1-9][0-9]{0,3}$' THEN said::int ELSE 24 END;
END $$;

-- Streams of a unit whose other side has not answered for longer than is allowed: since the dossier
-- was written for it, or, where it had answered once, since the message now at the head was.
CREATE FUNCTION motcua.silent_streams(unit bigint) RETURNS TABLE (dossier_id bigint, system text, since timestamptz, hours int)
LANGUAGE sql STABLE AS $$
	SELECT s.dossier_id, s.system, m.made_at, h.hours
	FROM systems c CROSS JOIN LATERAL (SELECT alarm_hours(unit, c.code) AS hours) h
	-- The youngest dossier that can be silent: however many are queued since, they are not looked at.
	CROSS JOIN LATERAL (SELECT d.dossier_id AS last FROM dossier d WHERE d.unit_id = unit
		AND d.received_at < now() - make_interval(hours => h.hours) ORDER BY d.received_at DESC, d.dossier_id DESC LIMIT 1) old
	CROSS JOIN LATERAL (
		SELECT x.* FROM stream x WHERE x.unit_id = unit AND x.system = c.code AND x.dossier_id <= old.last
			AND x.travel IN ('saved', 'sent') AND NOT x.refused AND NOT x.held
		UNION ALL
		SELECT x.* FROM stream x WHERE x.unit_id = unit AND x.system = c.code AND x.open AND x.travel = 'received') s
	CROSS JOIN LATERAL (SELECT max(x.made_at) AS made_at FROM message x WHERE x.unit_id = s.unit_id
		AND x.dossier_id = s.dossier_id AND x.system = s.system
		AND CASE WHEN s.travel IN ('saved', 'sent') THEN x.kind = 'dossier' ELSE x.seq = s.head END) m
	WHERE c.ended IS NULL AND (c.unit_id IS NULL OR c.unit_id = unit)
		AND m.made_at < now() - make_interval(hours => h.hours)
$$;

GRANT SELECT ON motcua.setting TO motcua_wire;
GRANT EXECUTE ON FUNCTION motcua.outage_began, motcua.outage_waiting, motcua.outage_change, motcua.alarm_hours,
	motcua.silent_streams, motcua.setting_of TO motcua_wire;

RESET ROLE;
DROP POLICY IF EXISTS wire ON motcua.setting;
CREATE POLICY wire ON motcua.setting FOR SELECT TO motcua_wire USING ((SELECT motcua.is_courier()));
SELECT motcua.guard('{outage,outage_wait}', 'SELECT, INSERT, UPDATE');

SET ROLE motcua_wire;

-- The couriers' word about a system.  What changes is told to every counter ("health 0") and times
-- the outages.
CREATE OR REPLACE FUNCTION wire.health(system text, state text, note text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	before text;
BEGIN
	INSERT INTO system_state AS h (system) VALUES ($1) ON CONFLICT DO NOTHING;
	SELECT h.state INTO before FROM system_state h WHERE h.system = $1 FOR UPDATE;
	UPDATE system_state h SET state = $2, note = left(coalesce($3, ''), 1000),
		changed_at = CASE WHEN h.state = $2 THEN h.changed_at ELSE now() END WHERE h.system = $1;
	IF before = $2 THEN
		RETURN;
	END IF;
	PERFORM outage_change($1, $2, $3);
	PERFORM pg_notify('motcua_unit_' || u.unit_id, 'health 0') FROM unit u;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
