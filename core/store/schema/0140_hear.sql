-- SPDX-License-Identifier: Apache-2.0
-- What the other side says of a dossier, beyond one status: kept first, concluded from in their own
-- order of time.  Older news never undoes newer; a word nobody knows is a task, never a guess.

SET LOCAL search_path = motcua, pg_temp;

-- The clerk's list of tasks: what was refused, and what the other side wants of us.
ALTER TABLE motcua.problem
	ADD COLUMN kind text NOT NULL DEFAULT 'refused' CHECK (kind IN ('refused', 'disagreed', 'supplement',
		'payment', 'extension', 'result', 'word', 'missing')),
	ADD COLUMN key text NOT NULL DEFAULT '';
CREATE UNIQUE INDEX problem_once ON motcua.problem (unit_id, dossier_id, system, kind, key)
	WHERE solved_at IS NULL AND kind NOT IN ('refused', 'disagreed', 'word');
CREATE UNIQUE INDEX problem_word ON motcua.problem (unit_id, system, key) WHERE solved_at IS NULL AND kind = 'word';
GRANT UPDATE ON motcua.problem TO motcua_wire;

-- Their word for the status, as written.
ALTER TABLE motcua.answer ADD COLUMN word text NOT NULL DEFAULT '';

-- Whoever shall be asked about before others.
ALTER TABLE motcua.stream ADD COLUMN ask_now boolean NOT NULL DEFAULT false;
CREATE INDEX stream_ask_now ON motcua.stream (system) WHERE ask_now;

SET ROLE motcua_owner;

-- Supplements, fees, results, new dates, and statuses in words that have no meaning here yet.
CREATE TABLE motcua.answer_part (
	part_id      bigint GENERATED ALWAYS AS IDENTITY,
	system       text NOT NULL,
	code         text NOT NULL,                -- ours
	kind         text NOT NULL CHECK (kind IN ('supplement', 'payment', 'result', 'extension', 'word')),
	key          text NOT NULL,                -- theirs, or made of what it says
	unit_id      bigint NOT NULL,
	dossier_id   bigint NOT NULL,
	at           timestamptz NOT NULL,         -- as they tell it, else when it was first heard
	facts        jsonb NOT NULL,
	kept_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
	changed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
	concluded    boolean NOT NULL DEFAULT false,
	-- The file of a result, and the receipt they want for what they gave.
	file_id      bigint,
	acked_at     timestamptz,
	settled      boolean NOT NULL DEFAULT false, -- nothing is left to fetch or to acknowledge
	attempts     int NOT NULL DEFAULT 0,
	next_at      timestamptz NOT NULL DEFAULT now(),
	leased_until timestamptz,
	fence        bigint NOT NULL DEFAULT 0,
	note         text NOT NULL DEFAULT '',
	PRIMARY KEY (system, code, kind, key),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE UNIQUE INDEX answer_part_id ON motcua.answer_part (part_id);
CREATE INDEX answer_part_dossier ON motcua.answer_part (unit_id, dossier_id);
CREATE INDEX answer_part_due ON motcua.answer_part (system, next_at) WHERE NOT settled;
CREATE INDEX answer_part_word ON motcua.answer_part (system, (facts->>'word')) WHERE kind = 'word' AND NOT concluded;

-- What a foreign word means, decided by a supervisor for their unit; status 0: it is no status.
CREATE TABLE motcua.status_word (
	unit_id    bigint NOT NULL REFERENCES motcua.unit,
	system     text NOT NULL,
	word       text NOT NULL CHECK (length(word) BETWEEN 1 AND 120),
	status     smallint NOT NULL CHECK (status BETWEEN 0 AND 10),
	basis      text NOT NULL,
	decided_by text NOT NULL,
	decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	PRIMARY KEY (unit_id, system, word)
);

CREATE FUNCTION motcua.system_name(sys text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN coalesce((SELECT s.name FROM systems s WHERE s.code = sys AND s.ended IS NULL), sys);
END $$;

-- The dossier they speak of, by our code or one of theirs, locked.
CREATE FUNCTION motcua.dossier_told(sys text, our_code text, their_code text) RETURNS motcua.dossier
LANGUAGE plpgsql AS $$
DECLARE
	d dossier;
BEGIN
	SELECT x.* INTO d FROM dossier x WHERE x.code = our_code FOR UPDATE;
	IF d.unit_id IS NULL THEN
		SELECT x.* INTO d FROM alias a JOIN dossier x ON x.unit_id = a.unit_id AND x.dossier_id = a.dossier_id
			WHERE a.system = sys AND a.foreign_code IN (our_code, their_code) LIMIT 1 FOR UPDATE OF x;
	END IF;
	RETURN d;
END $$;

-- Has this system said something later already?  Only its own clock is compared with itself.  What it
-- said from a future that never came counts from when it was heard; a time before the dossier was here
-- orders nothing but such times.
CREATE FUNCTION motcua.is_old_news(d motcua.dossier, sys text, next_status int, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN EXISTS (SELECT FROM answer a WHERE a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id
			AND a.system = sys AND a.status <> 0 AND moment < CASE
				WHEN moment < d.received_at AND a.at >= d.received_at THEN '-infinity'
				WHEN a.at > a.kept_at AND moment <= now() THEN a.kept_at ELSE a.at END)
		-- Our own report, told back to us: nothing that happened here since is undone by it.
		OR EXISTS (SELECT FROM message m WHERE m.unit_id = d.unit_id AND m.dossier_id = d.dossier_id
			AND m.system = sys AND m.kind = 'progress' AND (m.payload->>'status')::int = next_status
			AND (m.payload->>'at')::timestamptz = moment)
		-- Back to work is never concluded from before a wait that others began.
		OR (d.status IN (5, 6, 7, 8) AND next_status IN (2, 4) AND moment < d.status_at AND NOT EXISTS (
			SELECT FROM answer a WHERE a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id AND a.system = sys
				AND a.status = d.status AND a.applied));
END $$;

-- One status of theirs: kept, then concluded from.  True: it was news.
CREATE FUNCTION motcua.hear(sys text, our_code text, their_code text, status int, word text, at timestamptz,
	say text, raw text) RETURNS boolean
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
	d dossier := dossier_told(sys, our_code, left(coalesce(their_code, ''), 60));
	s stream;
	number text := left(coalesce(their_code, ''), 60);
	-- Numbers outside the life-cycle say no more than that the dossier is known there.
	next_status int := CASE WHEN status BETWEEN 0 AND 10 THEN status ELSE 0 END;
	moment timestamptz := CASE WHEN isfinite(at) THEN at ELSE date_trunc('day', now()) END;
	-- Their clock may be wrong: nothing happens here tomorrow, nor before the dossier was received.
	happened timestamptz := greatest(least(moment, date_trunc('second', clock_timestamp())), d.received_at);
	old_news boolean := d.unit_id IS NOT NULL AND is_old_news(d, sys, next_status, moment);
	agreed boolean := true;
BEGIN
	INSERT INTO answer AS a (system, code, status, at, unit_id, dossier_id, foreign_code, text, raw, word)
		VALUES (sys, our_code, next_status, moment, d.unit_id, d.dossier_id, number, left(coalesce(say, ''), 2000),
			left(coalesce(raw, ''), 16384), left(coalesce(word, ''), 120)) ON CONFLICT DO NOTHING;
	IF NOT FOUND OR d.unit_id IS NULL THEN
		RETURN false;
	END IF;
	SELECT * INTO s FROM stream x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = sys FOR UPDATE;
	IF s.unit_id IS NULL THEN
		RETURN false;
	END IF;
	IF number <> '' AND number <> d.code THEN
		INSERT INTO alias (unit_id, system, foreign_code, dossier_id)
			VALUES (d.unit_id, sys, number, d.dossier_id) ON CONFLICT DO NOTHING;
	END IF;
	IF next_status BETWEEN 1 AND 10 AND sys = d.route_system AND next_status <> d.status THEN
		IF old_news THEN
			PERFORM hear_late(d, next_status, happened, sys, say);
		ELSE
			agreed := wire.conclude(d, next_status, happened, sys, say) OR moment < d.status_at;
		END IF;
	END IF;
	UPDATE stream x SET travel = CASE WHEN agreed AND NOT x.refused THEN 'received' ELSE 'disagreed' END,
		created_there = true, foreign_code = CASE WHEN number <> '' THEN number ELSE x.foreign_code END,
		foreign_status = CASE WHEN old_news THEN x.foreign_status ELSE coalesce(nullif(next_status, 0), x.foreign_status) END,
		changed_at = clock_timestamp(), asked_at = now(), ask_now = false,
		note = CASE WHEN agreed THEN x.note ELSE format('Bên nhận báo trạng thái %s khi hồ sơ ở trạng thái %s', next_status, d.status) END
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = sys;
	IF NOT agreed THEN
		INSERT INTO problem (unit_id, dossier_id, system, kind, text) VALUES (d.unit_id, d.dossier_id, sys, 'disagreed',
			format('Bên nhận báo trạng thái %s khi hồ sơ ở trạng thái %s: %s', next_status, d.status, left(coalesce(say, ''), 500)));
	END IF;
	UPDATE answer a SET applied = agreed AND NOT old_news
		WHERE a.system = sys AND a.code = our_code AND a.status = next_status AND a.at = moment;
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'travel ' || d.dossier_id);
	RETURN true;
END $$;

-- News that came too late to move anything still belongs to the history, once.
CREATE FUNCTION motcua.hear_late(d motcua.dossier, past_status int, moment timestamptz, sys text, say text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM dossier_event e WHERE e.unit_id = d.unit_id AND e.dossier_id = d.dossier_id
			AND e.to_status = past_status AND e.at BETWEEN moment - interval '1 minute' AND moment + interval '1 minute') THEN
		INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_name, note)
			VALUES (d.unit_id, d.dossier_id, moment, 'told_late', 0, past_status, system_name(sys), coalesce(say, ''));
	END IF;
END $$;

RESET ROLE;
GRANT EXECUTE ON FUNCTION motcua.system_name, motcua.dossier_told, motcua.is_old_news, motcua.hear, motcua.hear_late
	TO motcua_wire;
SELECT motcua.guard('{answer_part,status_word}', 'SELECT, INSERT, UPDATE');
GRANT SELECT ON motcua.dossier_event TO motcua_wire;

SET ROLE motcua_wire;

-- True when this was news.  status 0: known there, nothing said of its progress.
CREATE OR REPLACE FUNCTION wire.answered(system text, code text, foreign_code text, status int, at timestamptz,
	text text, raw text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT hear($1, $2, $3, $4, '', $5, $6, $7)
$$;

RESET ROLE;
SELECT motcua.open_doors();
