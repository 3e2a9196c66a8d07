-- SPDX-License-Identifier: Apache-2.0
-- The audit trail: a hash chain per session, heads sealed into a chain per unit, files in pieces,
-- and the months that the growing tables are cut into.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.audit (
	unit_id    bigint NOT NULL,
	session_id bigint NOT NULL,
	seq        bigint NOT NULL,
	at         timestamptz NOT NULL,
	login      text NOT NULL,
	act        text NOT NULL,
	dossier_id bigint,
	what       jsonb NOT NULL,
	hash       bytea NOT NULL,        -- sha256(hash of seq - 1, canonical text of this row)
	PRIMARY KEY (unit_id, session_id, seq, at)
) PARTITION BY RANGE (at);
CREATE INDEX audit_dossier ON motcua.audit (unit_id, dossier_id);

CREATE TABLE motcua.unit_seal (
	unit_id  bigint NOT NULL REFERENCES motcua.unit,
	seq      bigint NOT NULL,
	at       timestamptz NOT NULL DEFAULT clock_timestamp(),
	heads    jsonb NOT NULL,          -- [[session, seq, hash in hex], …]
	hash     bytea NOT NULL,
	PRIMARY KEY (unit_id, seq)
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.audit
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.unit_seal
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON motcua.audit
	FOR EACH STATEMENT EXECUTE FUNCTION motcua.only_grows();

CREATE TABLE motcua.file (
	unit_id    bigint NOT NULL REFERENCES motcua.unit,
	file_id    bigint GENERATED ALWAYS AS IDENTITY,
	name       text NOT NULL,
	media_type text NOT NULL,
	size       bigint NOT NULL CHECK (size > 0),
	sha256     bytea NOT NULL CHECK (octet_length(sha256) = 32),
	login      text NOT NULL,
	begun_at   timestamptz NOT NULL DEFAULT now(),
	whole      boolean NOT NULL DEFAULT false,
	dossier_id bigint,
	PRIMARY KEY (unit_id, file_id)
);
CREATE INDEX file_by_id ON motcua.file (file_id);
CREATE TABLE motcua.file_piece (
	unit_id    bigint NOT NULL,
	file_id    bigint NOT NULL,
	seq        int NOT NULL CHECK (seq >= 0),
	at         timestamptz NOT NULL,
	data       bytea NOT NULL,
	PRIMARY KEY (unit_id, file_id, seq, at)
) PARTITION BY RANGE (at);
ALTER TABLE motcua.file_piece ALTER COLUMN data SET STORAGE EXTERNAL;

CREATE FUNCTION motcua.audit_text(unit bigint, session bigint, seq bigint, at timestamptz, login text,
	act text, dossier bigint, what jsonb) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
	SELECT convert_to(jsonb_build_array(unit, session, seq,
		to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), login, act, dossier, what)::text, 'UTF8')
$$;

-- The session that hello() opened on this connection; a connection without hello gets its own.
-- The setting is a hint only: the row must belong to this login and this server process.
CREATE FUNCTION motcua.my_session() RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
	mine clerk := me();
	id bigint;
BEGIN
	SELECT session_id INTO id FROM session s
	WHERE s.login = mine.login AND s.pid = pg_backend_pid() AND s.ended_at IS NULL
		AND s.session_id::text = current_setting('motcua.session', true);
	IF id IS NULL THEN
		INSERT INTO session (unit_id, login) VALUES (mine.unit_id, mine.login) RETURNING session_id INTO id;
		PERFORM set_config('motcua.session', id::text, false);
	END IF;
	RETURN id;
END $$;

-- A transaction that is rolled back takes its line with it, and what was shown stays seen: looks are
-- told to the server's own log, too, which no client can take back.
CREATE FUNCTION motcua.audit(act text, dossier bigint, what jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	id bigint := my_session();
	s session;
	moment timestamptz := clock_timestamp();
	fresh bytea;
BEGIN
	IF act IN ('view', 'reveal', 'person', 'people', 'find', 'paper', 'file') THEN
		RAISE LOG 'motcua look: % % dossier % session %', session_user, act, coalesce(dossier, 0), id;
	END IF;
	SELECT * INTO s FROM session WHERE unit_id = my_unit() AND session_id = id FOR UPDATE;
	fresh := sha256(s.last_hash || audit_text(s.unit_id, id, s.last_seq + 1, moment, s.login, act, dossier, what));
	INSERT INTO audit VALUES (s.unit_id, id, s.last_seq + 1, moment, s.login, act, dossier, what, fresh);
	UPDATE session SET last_seq = s.last_seq + 1, last_hash = fresh
		WHERE unit_id = s.unit_id AND session_id = id;
END $$;

-- For what is read in several calls: one line a session, whichever call comes first.
CREATE FUNCTION motcua.audit_once(act text, dossier bigint, what jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	id bigint := my_session();
BEGIN
	IF NOT EXISTS (SELECT FROM audit a WHERE a.unit_id = my_unit() AND a.session_id = id AND a.act = audit_once.act
		AND a.dossier_id IS NOT DISTINCT FROM dossier AND a.what = audit_once.what) THEN
		PERFORM audit(act, dossier, what);
	END IF;
END $$;

-- Ties the heads of a unit's session chains together; sessions go on meanwhile.
CREATE FUNCTION motcua.seal_chains(unit bigint) RETURNS boolean
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	before unit_seal;
	list jsonb;
BEGIN
	IF NOT pg_try_advisory_xact_lock(hashtextextended('motcua.seal', unit)) THEN
		RETURN false;
	END IF;
	WITH sealed AS (
		UPDATE session SET sealed_seq = last_seq WHERE session_id IN (
			SELECT session_id FROM session WHERE unit_id = unit AND last_seq > sealed_seq
			ORDER BY session_id FOR UPDATE SKIP LOCKED) AND unit_id = unit
		RETURNING session_id, last_seq, last_hash)
	SELECT jsonb_agg(jsonb_build_array(session_id, last_seq, encode(last_hash, 'hex')) ORDER BY session_id)
		INTO list FROM sealed;
	IF list IS NULL THEN
		RETURN false;
	END IF;
	SELECT * INTO before FROM unit_seal WHERE unit_id = unit ORDER BY seq DESC LIMIT 1;
	INSERT INTO unit_seal (unit_id, seq, heads, hash) VALUES (unit, coalesce(before.seq, 0) + 1, list,
		sha256(coalesce(before.hash, '\x') || convert_to(list::text, 'UTF8')));
	RETURN true;
END $$;

-- Recomputes every chain of a unit; no rows: all is as it was written.
CREATE FUNCTION motcua.verify_chains(unit bigint)
RETURNS TABLE (session_id bigint, seq bigint, problem text)
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	WITH lines AS (
		SELECT a.*, lag(a.hash, 1, '\x') OVER w AS before, row_number() OVER w AS nth
		FROM audit a WHERE a.unit_id = unit WINDOW w AS (PARTITION BY a.session_id ORDER BY a.seq)
	), seals AS (
		SELECT u.*, lag(u.hash, 1, '\x') OVER (ORDER BY u.seq) AS before, row_number() OVER (ORDER BY u.seq) AS nth
		FROM unit_seal u WHERE u.unit_id = unit
	)
	SELECT l.session_id, l.seq, 'line changed or its forerunner is missing' FROM lines l
	WHERE l.nth <> l.seq OR l.hash <> sha256(l.before || audit_text(l.unit_id, l.session_id, l.seq, l.at,
		l.login, l.act, l.dossier_id, l.what))
	UNION ALL
	SELECT s.session_id, s.last_seq, 'the end of the chain is missing' FROM session s
	WHERE s.unit_id = unit AND s.last_seq > 0 AND NOT EXISTS (SELECT FROM audit a
		WHERE a.unit_id = unit AND a.session_id = s.session_id AND a.seq = s.last_seq AND a.hash = s.last_hash)
	UNION ALL
	SELECT NULL, u.seq, 'seal changed or its forerunner is missing' FROM seals u
	WHERE u.nth <> u.seq OR u.hash <> sha256(u.before || convert_to(u.heads::text, 'UTF8'))
	UNION ALL
	SELECT (h->>0)::bigint, (h->>1)::bigint, 'sealed line is missing or changed'
	FROM unit_seal u, jsonb_array_elements(u.heads) h
	WHERE u.unit_id = unit AND NOT EXISTS (SELECT FROM audit a WHERE a.unit_id = unit
		AND a.session_id = (h->>0)::bigint AND a.seq = (h->>1)::bigint AND encode(a.hash, 'hex') = h->>2)
$$;

CREATE FUNCTION desk.verify_audit() RETURNS TABLE (session_id bigint, seq bigint, problem text)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp
AS $$ SELECT v.* FROM my_supervisor() m, verify_chains(m.unit_id) v $$;

-- Months ahead for the tables that only grow.  A default partition takes what no month covers;
-- rows that landed there move when their month is made.
CREATE TABLE motcua.monthly (name text PRIMARY KEY, keep_months int);
INSERT INTO motcua.monthly VALUES ('dossier_event', NULL), ('attempt', 12), ('audit', NULL), ('file_piece', NULL);

-- Rows of a month that waited in the default partition.  Only here, and only when there are any,
-- is the owner let past its own policies and triggers on that partition.
CREATE FUNCTION motcua.month_move(parent text, part text, month date) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	rest text := parent || '_rest';
BEGIN
	IF pg_relation_size(to_regclass(rest)) = 0 THEN
		RETURN;
	END IF;
	EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY, DISABLE TRIGGER USER', rest);
	EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', part);
	EXECUTE format($m$
		WITH moved AS (DELETE FROM %1$I WHERE at >= %3$L AND at < %4$L RETURNING *)
		INSERT INTO %2$I SELECT * FROM moved $m$, rest, part,
		month::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh',
		(month + interval '1 month') AT TIME ZONE 'Asia/Ho_Chi_Minh');
	EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY, ENABLE TRIGGER USER', rest);
	EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', part);
END $$;

CREATE FUNCTION motcua.make_months(ahead int DEFAULT 2) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	parent text;
	month date;
	part text;
	made int := 0;
BEGIN
	FOR parent IN SELECT name FROM monthly LOOP
		IF to_regclass(parent || '_rest') IS NULL THEN
			EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', parent || '_rest', parent);
			EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', parent || '_rest');
		END IF;
		FOR month IN SELECT generate_series(date_trunc('month', local(now())),
			date_trunc('month', local(now())) + make_interval(months => ahead), '1 month')::date LOOP
			part := parent || to_char(month, '_YYYYMM');
			CONTINUE WHEN to_regclass(part) IS NOT NULL;
			IF NOT pg_try_advisory_xact_lock(hashtextextended('motcua.months', 0)) THEN
				RETURN made;
			END IF;
			EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part, parent);
			EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', part);
			PERFORM month_move(parent, part, month);
			EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', parent, part,
				month::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh',
				(month + interval '1 month') AT TIME ZONE 'Asia/Ho_Chi_Minh');
			made := made + 1;
		END LOOP;
	END LOOP;
	RETURN made;
END $$;

-- Whole months of the attempts' journal older than its term leave; nothing else ever does.
CREATE FUNCTION motcua.drop_months() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	part text;
	gone int := 0;
BEGIN
	FOR part IN SELECT c.relname FROM monthly m JOIN pg_inherits i ON i.inhparent = ('motcua.' || m.name)::regclass
		JOIN pg_class c ON c.oid = i.inhrelid
		WHERE m.keep_months IS NOT NULL AND c.relname ~ '_[0-9]{6}$'
			AND to_date(right(c.relname, 6), 'YYYYMM') < date_trunc('month', local(now()))
				- make_interval(months => m.keep_months) LOOP
		EXECUTE format('DROP TABLE %I', part);
		gone := gone + 1;
	END LOOP;
	RETURN gone;
END $$;

DO $$ BEGIN PERFORM motcua.make_months(); END $$;

RESET ROLE;
