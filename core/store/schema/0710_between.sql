-- SPDX-License-Identifier: Apache-2.0
-- Between places (phi địa giới), both ways: received here for another agency to decide, received elsewhere for this unit to
-- decide.  How long the receiving desk has to hand the dossier on (NĐ 118/2025/NĐ-CP Điều 18.2 as amended by NĐ 309/2026): the same
-- working day, or the beginning of the next working day when it was received after 15:00.

SET LOCAL search_path = motcua, pg_temp;

-- A kind more, whatever kinds there are by now.
DO $$
DECLARE
	kinds text := (SELECT pg_get_constraintdef(c.oid) FROM pg_constraint c WHERE c.conrelid = 'motcua.problem'::regclass
		AND c.conname = 'problem_kind_check');
BEGIN
	ALTER TABLE motcua.problem DROP CONSTRAINT problem_kind_check;
	EXECUTE format('ALTER TABLE motcua.problem ADD CONSTRAINT problem_kind_check CHECK (%s OR kind = ''late_transfer'')',
		regexp_replace(kinds, '^CHECK ', ''));
END $$;
SET ROLE motcua_owner;

-- A dossier that another desk received for us: their code and moment, as their list or receipt says.
CREATE TABLE motcua.taken_elsewhere (
	unit_id    bigint NOT NULL,
	dossier_id bigint NOT NULL,
	code       text NOT NULL CHECK (length(code) <= 60), -- '' not known
	taken_at   timestamptz,                              -- NULL: not known
	PRIMARY KEY (unit_id, dossier_id),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
-- One dossier of theirs is one of ours.
CREATE UNIQUE INDEX taken_elsewhere_code ON motcua.taken_elsewhere (unit_id, code) WHERE code <> '';
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.taken_elsewhere
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- The last moment to hand on what was received at that time, by this unit's hours.  The decree says "đầu giờ" and names no minute: the
-- first hour of the next working day.  What came in after the day's closing is like what came in after 15:00.
CREATE FUNCTION motcua.transfer_until(unit bigint, received timestamptz) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	here text := (SELECT u.code FROM unit u WHERE u.unit_id = unit);
	day date := local(received)::date;
	closing time := closing_of(here, day);
	until timestamptz;
BEGIN
	IF received IS NULL THEN
		RETURN NULL;
	END IF;
	IF local(received)::time < least(closing, setting_of(unit, 'cut_off')::time) AND closing IS NOT NULL THEN
		RETURN (day + closing) AT TIME ZONE 'Asia/Ho_Chi_Minh';
	END IF;
	FOR nth IN 1..60 LOOP
		until := (SELECT least(s.opens + interval '1 hour', s.closes) FROM shifts_on(here, day + nth) s ORDER BY s.opens LIMIT 1);
		EXIT WHEN until IS NOT NULL;
	END LOOP;
	RETURN until;
END $$;

-- Papers that must travel: handed in, and not only shown.
CREATE FUNCTION motcua.papers_in_hand(d motcua.dossier) RETURNS int
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce(sum(c.originals + c.copies), 0)::int FROM dossier_component c WHERE c.unit_id = d.unit_id
		AND c.dossier_id = d.dossier_id AND c.action = 'submit' AND c.state = 'ok'
$$;

-- The three agencies, for messages and papers; a dossier that comes from another desk says so.
CREATE OR REPLACE FUNCTION motcua.agencies_payload(u motcua.unit, req jsonb, procedure_unit text) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
	SELECT jsonb_build_object('receiving', coalesce(agency_of(u, req->'receiving_unit', 'receiving_unit'), here),
		'deciding', coalesce(deciding_agency(u, req, procedure_unit), here),
		'returning', coalesce(agency_of(u, req->'returning_unit', 'returning_unit'), here))
	FROM (SELECT jsonb_build_object('code', u.code, 'name', coalesce(nullif(u.organisation, ''), u.name)) AS here) h
$$;

-- The citizen has one dossier, and the systems have it under the code that the other desk gave: it is found by that code, and it is
-- not sent as a second one.  No system takes our progress under a code of others, so nothing goes out until a supervisor lets it.
CREATE FUNCTION motcua.keep_their_code(u motcua.unit, req jsonb, d motcua.dossier, typed text, moment timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	theirs text := upper(regexp_replace(coalesce(typed, ''), '\s', '', 'g'));
	why text := format('%s đã tiếp nhận hồ sơ này, mã %s: không gửi thêm một hồ sơ nữa.', agency_of(u, req->'receiving_unit', 'receiving_unit')->>'name', theirs);
	same text;
BEGIN
	PERFORM check_that(theirs = '' OR theirs ~ '^[0-9A-Z./_-]{3,60}$', 'taken', 'Mã hồ sơ ở nơi tiếp nhận chỉ gồm chữ, số, dấu chấm, gạch.');
	PERFORM check_that(theirs = '' OR NOT ours_or_a_persons(d, theirs), 'taken',
		'Đây là mã hồ sơ của đơn vị mình hoặc số giấy tờ của người dân: gõ mã mà nơi tiếp nhận đã cấp.');
	INSERT INTO taken_elsewhere VALUES (d.unit_id, d.dossier_id, theirs, moment) ON CONFLICT (unit_id, code) WHERE code <> '' DO NOTHING;
	SELECT x.code INTO same FROM dossier x WHERE theirs <> '' AND x.unit_id = d.unit_id AND x.dossier_id <> d.dossier_id AND x.dossier_id IN (
		SELECT t.dossier_id FROM taken_elsewhere t WHERE t.unit_id = d.unit_id AND t.code = theirs AND t.code <> ''
		UNION ALL SELECT a.dossier_id FROM alias a WHERE a.unit_id = d.unit_id AND a.upper_code = theirs) LIMIT 1;
	IF same IS NOT NULL THEN
		PERFORM refuse('MC005', format('Mã %s đã ghi cho hồ sơ %s ở đây: mở hồ sơ đó, không tiếp nhận lần nữa.', theirs, same),
			'their code is another dossier''s', 'taken');
	END IF;
	IF theirs = '' THEN
		RETURN;
	END IF;
	INSERT INTO alias (unit_id, system, foreign_code, dossier_id) SELECT d.unit_id, s.system, theirs, d.dossier_id FROM stream s
		WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id ON CONFLICT DO NOTHING; -- a filing's own code
	PERFORM journal(s, s.head, 'held', why) FROM stream s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id;
	UPDATE stream s SET held = true, held_why = why, held_by = d.login, held_at = now(), note = why
		WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id;
END $$;

-- Let go, it becomes a second dossier there: a supervisor's word.
CREATE FUNCTION motcua.second_dossier() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	IF EXISTS (SELECT FROM taken_elsewhere t WHERE t.unit_id = NEW.unit_id AND t.dossier_id = NEW.dossier_id AND t.code <> '') THEN
		PERFORM my_supervisor();
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER second_dossier BEFORE UPDATE OF held ON motcua.stream FOR EACH ROW WHEN (OLD.held AND NOT NEW.held)
	EXECUTE FUNCTION motcua.second_dossier();

-- As in 0701, and the code that another desk gave.
CREATE OR REPLACE FUNCTION motcua.filing_twin(unit bigint, sys text, code text) RETURNS bigint
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce((SELECT d.dossier_id FROM dossier d WHERE d.unit_id = unit AND d.code = filing_twin.code),
		(SELECT a.dossier_id FROM alias a WHERE a.unit_id = unit AND a.system = sys AND a.foreign_code = filing_twin.code),
		(SELECT t.dossier_id FROM taken_elsewhere t WHERE t.unit_id = unit AND t.code = upper(filing_twin.code) AND t.code <> ''))
$$;

-- What another desk's reception says: "receiving_unit" {code, name}, "taken" {code, at}.
CREATE FUNCTION motcua.keep_taken(u motcua.unit, req jsonb, d motcua.dossier) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	moment timestamptz := (req->'taken'->>'at')::timestamptz;
BEGIN
	IF agency_of(u, req->'receiving_unit', 'receiving_unit') IS NULL THEN
		PERFORM check_that(coalesce(jsonb_typeof(req->'taken'), 'null') = 'null', 'receiving_unit', 'Ghi cơ quan đã tiếp nhận hồ sơ.');
		RETURN;
	END IF;
	PERFORM check_that(deciding_agency(u, req, procedure_unit_of(d)) IS NULL, 'receiving_unit',
		'Nơi khác tiếp nhận, nơi khác giải quyết: hồ sơ này không phải của đơn vị mình.');
	PERFORM check_that(moment IS NULL OR moment BETWEEN d.received_at - interval '1 year' AND d.received_at, 'taken',
		'Nơi kia chỉ có thể tiếp nhận trước khi chuyển đến đây.');
	PERFORM keep_their_code(u, req, d, req->'taken'->>'code', moment);
END $$;

-- As in 0112, and who received it, when that was not this desk.
CREATE OR REPLACE FUNCTION motcua.post_reception(u motcua.unit, mine motcua.clerk, req jsonb, d motcua.dossier) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	systems text[] := d.route_system || d.route_told;
	body jsonb := dossier_payload(u, mine, req, d);
	step jsonb := progress_payload(d.code, mine.full_name, mine.title, u.office, d.received_at,
		'Tiếp nhận hồ sơ', 2, d.received_at, d.due_at);
BEGIN
	INSERT INTO stream (unit_id, dossier_id, system, tail)
		SELECT d.unit_id, d.dossier_id, w, 2 FROM unnest(systems) w;
	INSERT INTO message (unit_id, dossier_id, system, seq, kind, payload)
		SELECT d.unit_id, d.dossier_id, w, 1, 'dossier', body FROM unnest(systems) w
		UNION ALL SELECT d.unit_id, d.dossier_id, w, 2, 'progress', step FROM unnest(systems) w;
	INSERT INTO dossier_route SELECT d.unit_id, d.dossier_id, 1, d.received_at, 'reception', d.route_system, d.route_told,
		(SELECT to_jsonb(r) - '{unit_id,key,digest}'::text[] FROM routes r WHERE r.rule_id = d.route_rule AND r.ended IS NULL),
		d.route_basis, mine.login;
	IF deciding_agency(u, req, procedure_unit_of(d)) IS NOT NULL
		OR agency_of(u, req->'returning_unit', 'returning_unit') IS NOT NULL
		OR agency_of(u, req->'receiving_unit', 'receiving_unit') IS NOT NULL THEN
		INSERT INTO dossier_agency SELECT d.unit_id, d.dossier_id, a.key, a.value->>'code', a.value->>'name'
			FROM jsonb_each(body->'agencies') a;
	END IF;
	PERFORM keep_taken(u, req, d);
	PERFORM pg_notify('motcua_outbox', w) FROM unnest(systems) w;
END $$;

-- Our internal procedure is not theirs; ours stays where this unit decides what others received or hand over.
CREATE OR REPLACE FUNCTION motcua.steps_of_others() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	IF NEW.code IS DISTINCT FROM (SELECT u.code FROM unit u WHERE u.unit_id = NEW.unit_id) THEN
		DELETE FROM dossier_step s WHERE s.unit_id = NEW.unit_id AND s.dossier_id = NEW.dossier_id;
	END IF;
	RETURN NULL;
END $$;

-- As in 0349, for another agency: what only begins or ends elsewhere is ours to decide.
CREATE OR REPLACE FUNCTION desk.received_elsewhere(wanted bigint, seen_version int, when_received timestamptz, new_due timestamptz,
	basis text, line text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_lock(wanted, seen_version);
	told dossier_elsewhere;
BEGIN
	PERFORM check_that(EXISTS (SELECT FROM dossier_agency a JOIN unit u USING (unit_id) WHERE a.unit_id = d.unit_id
		AND a.dossier_id = d.dossier_id AND a.role = 'deciding' AND a.code <> u.code), 'deciding_unit', 'Hồ sơ này do đơn vị mình giải quyết.');
	PERFORM check_that(btrim(coalesce(basis, '')) <> '' AND length(basis) <= 300, 'basis',
		'Ghi căn cứ: ai báo, văn bản hoặc phiếu giao nhận nào.');
	PERFORM check_that(when_received BETWEEN d.received_at AND now() + interval '1 minute', 'received_at',
		'Họ chỉ có thể nhận sau lúc tiếp nhận ở đây và trước bây giờ.');
	SELECT * INTO told FROM dossier_elsewhere e WHERE e.unit_id = d.unit_id AND e.dossier_id = d.dossier_id;
	IF told.counted THEN
		PERFORM my_supervisor(); -- a second word on the same thing
	END IF;
	INSERT INTO dossier_elsewhere AS e (unit_id, dossier_id, received_at, source, basis, login, counted)
		VALUES (d.unit_id, d.dossier_id, when_received, coalesce(told.source, ''), btrim(received_elsewhere.basis), mine.login, true)
		ON CONFLICT ON CONSTRAINT dossier_elsewhere_pkey DO UPDATE SET received_at = excluded.received_at, basis = excluded.basis,
			login = excluded.login, at = clock_timestamp(), counted = true;
	RETURN move_due(wanted, seen_version, 'elsewhere', new_due, line);
END $$;

-- Whether an agency of dossier_agencies is another than this unit.
CREATE FUNCTION desk.is_elsewhere(agency text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT u.code IS DISTINCT FROM agency FROM me() m JOIN unit u ON u.unit_id = m.unit_id
$$;

-- ---- the two lists ----

-- What of one dossier goes between places; way: 'out' received here for others, 'in' received elsewhere for us.  since: received by
-- the first desk; handed_at: by whom and when it was handed on, how as handed_on says, 'here' of what came in.
CREATE TYPE motcua.between AS (dossier_id bigint, status int, way text, agency text, back_to text, their_code text, since timestamptz,
	due_at timestamptz, received_at timestamptz, handed_at timestamptz, how text, number text);
-- What needs no paper is handed on when their system has it.
CREATE FUNCTION motcua.handed_by_system(d motcua.dossier) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT coalesce((SELECT min(a.kept_at) FROM answer a WHERE a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id AND a.system = s.system), s.changed_at)
	FROM stream s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = d.route_system AND s.travel = 'received'
		AND papers_in_hand(d) = 0
$$;
CREATE FUNCTION motcua.handed_on(d motcua.dossier, OUT at timestamptz, OUT how text, OUT number text)
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	-- Received there is handed on, whoever carried it.
	SELECT x.at, x.how, '' FROM (
		SELECT e.received_at AS at, 'received' AS how FROM dossier_elsewhere e WHERE e.unit_id = d.unit_id AND e.dossier_id = d.dossier_id
		UNION ALL SELECT handed_by_system(d), 'system') x
	WHERE x.at IS NOT NULL ORDER BY x.at LIMIT 1
$$;
-- No SET here: it is to be planned within its caller, along the indexes of what is open and of what waits to be handed over.
CREATE FUNCTION motcua.between_of(unit bigint) RETURNS SETOF motcua.between
LANGUAGE sql STABLE AS $$
	SELECT a.dossier_id, (o.d).status::int, CASE a.role WHEN 'deciding' THEN 'out' ELSE 'in' END, a.name,
		coalesce((SELECT r.name FROM motcua.dossier_agency r WHERE r.unit_id = a.unit_id AND r.dossier_id = a.dossier_id AND r.role = 'returning'
			AND r.code IS DISTINCT FROM u.code), ''), coalesce(t.code, ''), CASE a.role WHEN 'deciding' THEN (o.d).received_at ELSE t.taken_at END,
		(o.d).due_at, (o.d).received_at, CASE a.role WHEN 'deciding' THEN h.at ELSE (o.d).received_at END,
		CASE a.role WHEN 'deciding' THEN coalesce(h.how, '') ELSE 'here' END, coalesce(h.number, '')
	FROM motcua.unit u
		CROSS JOIN LATERAL (SELECT x FROM motcua.dossier x WHERE x.unit_id = $1 AND x.status IN (1, 2, 4, 5, 6)
			UNION ALL SELECT x FROM motcua.dossier x WHERE x.unit_id = $1 AND x.status = 9) o(d)
		JOIN motcua.dossier_agency a ON a.unit_id = $1 AND a.dossier_id = (o.d).dossier_id AND a.role IN ('deciding', 'receiving')
			AND a.code IS DISTINCT FROM u.code
		LEFT JOIN motcua.taken_elsewhere t ON t.unit_id = a.unit_id AND t.dossier_id = a.dossier_id
		LEFT JOIN LATERAL motcua.handed_on(o.d) h ON a.role = 'deciding'
	WHERE u.unit_id = $1
$$;

-- One of the lists: first what lies here to be handed on, the oldest first; then by the day of the result.
CREATE FUNCTION desk.between(wanted text, most int) RETURNS TABLE (dossier_id bigint, code text, owner_name text, procedure_name text, agency text,
	back_to text, their_code text, since timestamptz, hand_until timestamptz, handed_at timestamptz, how text, number text, hand_late boolean, papers int,
	due_at timestamptz, late boolean, status int, travel text, refused boolean, system_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT d.dossier_id, d.code, d.owner_name, d.procedure_name, b.agency, b.back_to, b.their_code, b.since, w.hand_until, b.handed_at, b.how, b.number,
		coalesce(coalesce(b.handed_at, clock_timestamp()) > w.hand_until, false), papers_in_hand(d), d.due_at,
		coalesce(d.status IN (1, 2, 4) AND d.due_at < clock_timestamp(), false), d.status::int, coalesce(s.travel, ''), coalesce(s.refused, false),
		system_name(d.route_system)
	FROM me() m CROSS JOIN LATERAL (SELECT x.* FROM between_of(m.unit_id) x WHERE x.way = wanted
			ORDER BY x.handed_at IS NOT NULL, CASE WHEN x.handed_at IS NULL THEN x.since ELSE coalesce(x.due_at, 'infinity') END, x.received_at
			LIMIT greatest(1, least(most, 1000))) b
		JOIN dossier d ON d.unit_id = m.unit_id AND d.dossier_id = b.dossier_id
		CROSS JOIN LATERAL (SELECT transfer_until(m.unit_id, b.since) AS hand_until OFFSET 0) w
		LEFT JOIN stream s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = d.route_system
	ORDER BY b.handed_at IS NOT NULL, CASE WHEN b.handed_at IS NULL THEN b.since ELSE coalesce(b.due_at, 'infinity') END, b.received_at
$$;

-- ---- late ones are tasks ----

-- As mark_late (0531): a task for each dossier that should have been handed on, until it is.  A clerk who has ended the task is not
-- asked again until the dossier takes another turn.
CREATE FUNCTION motcua.mark_late_transfer(unit bigint) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	marked int;
	ended int;
BEGIN
	WITH lies AS MATERIALIZED (SELECT b.* FROM between_of(unit) b WHERE b.way = 'out' AND b.handed_at IS NULL AND b.status <> 9), over AS (
		UPDATE problem p SET solved_at = now(), solved_by = '', solution = 'Đã chuyển cơ quan có thẩm quyền, hoặc hồ sơ đã kết thúc.'
			WHERE p.unit_id = unit AND p.kind = 'late_transfer' AND p.solved_at IS NULL AND NOT EXISTS (SELECT FROM lies b WHERE b.dossier_id = p.dossier_id)
			RETURNING 1
	), fresh AS (
		INSERT INTO problem (unit_id, dossier_id, system, kind, key, text)
			SELECT unit, d.dossier_id, d.route_system, 'late_transfer', iso(w.hand_until), format('Chưa chuyển hồ sơ cho %s, lẽ ra chậm nhất %s%s.', b.agency,
				say_moment(w.hand_until), CASE WHEN w.papers > 0 THEN format(' (%s giấy tờ)', w.papers) ELSE '' END)
			FROM lies b JOIN dossier d ON d.unit_id = unit AND d.dossier_id = b.dossier_id AND d.status IN (1, 2, 4)
				CROSS JOIN LATERAL (SELECT transfer_until(unit, b.since) AS hand_until, papers_in_hand(d) AS papers OFFSET 0) w
			WHERE w.hand_until < now() AND NOT EXISTS (SELECT FROM problem p WHERE p.unit_id = unit AND p.dossier_id = d.dossier_id
				AND p.kind = 'late_transfer' AND (p.solved_at IS NULL OR p.solved_by <> '' AND p.solved_at >= d.status_at))
			ON CONFLICT DO NOTHING RETURNING 1
	)
	SELECT (SELECT count(*) FROM over), (SELECT count(*) FROM fresh) INTO ended, marked;
	IF marked + ended > 0 THEN
		PERFORM pg_notify('motcua_unit_' || unit, 'travel 0');
	END IF;
	RETURN marked;
END $$;
CREATE INDEX problem_late_transfer ON motcua.problem (unit_id, dossier_id) WHERE kind = 'late_transfer';

RESET ROLE;
SELECT motcua.guard('{taken_elsewhere}', 'SELECT');
GRANT EXECUTE ON FUNCTION motcua.mark_late_transfer, motcua.between_of, motcua.handed_on, motcua.handed_by_system,
	motcua.transfer_until, motcua.papers_in_hand,
	motcua.setting_of, motcua.closing_of TO motcua_wire;
GRANT SELECT ON motcua.dossier_component TO motcua_wire;
CREATE POLICY wire ON motcua.dossier_component FOR SELECT TO motcua_wire USING ((SELECT motcua.is_courier()));
GRANT CREATE ON SCHEMA motcua TO motcua_wire;
SET ROLE motcua_wire;

-- As in 0342, for an agency that is not this unit.
CREATE OR REPLACE FUNCTION motcua.learn_elsewhere() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	d dossier;
	u unit;
	moment timestamptz;
	fresh timestamptz;
	who text := (SELECT x.name FROM decided_elsewhere(NEW.unit_id, NEW.dossier_id) x);
BEGIN
	IF who IS NULL OR NEW.status NOT IN (2, 4, 5, 6, 9, 10) THEN
		RETURN NULL;
	END IF;
	SELECT * INTO d FROM dossier x WHERE x.unit_id = NEW.unit_id AND x.dossier_id = NEW.dossier_id;
	-- Our own report, told back to us, is nobody's reception.
	IF NEW.system <> d.route_system OR EXISTS (SELECT FROM message m WHERE m.unit_id = d.unit_id AND m.dossier_id = d.dossier_id
			AND m.system = NEW.system AND m.kind = 'progress' AND (m.payload->>'status')::int = NEW.status
			AND (m.payload->>'at')::timestamptz = NEW.at) THEN
		RETURN NULL;
	END IF;
	SELECT * INTO u FROM unit x WHERE x.unit_id = d.unit_id;
	moment := greatest(least(NEW.at, clock_timestamp()), d.received_at);
	-- A date that was moved since reception is not counted anew over it: an officer does that.
	IF due_is_plain(d) AND d.status IN (1, 2, 4, 5, 6) AND NOT EXISTS (SELECT FROM dossier_due x WHERE x.unit_id = d.unit_id
			AND x.dossier_id = d.dossier_id AND x.seq > 1) THEN
		fresh := due_after(u.code, moment, d.limit_value::int);
	END IF;
	INSERT INTO dossier_elsewhere (unit_id, dossier_id, received_at, source, basis, login, counted)
		VALUES (d.unit_id, d.dossier_id, moment, NEW.system, left(NEW.text, 300), '', fresh IS NOT NULL OR d.due_at IS NULL)
		ON CONFLICT DO NOTHING;
	IF NOT FOUND OR fresh IS NULL THEN
		RETURN NULL;
	END IF;
	INSERT INTO dossier_due (unit_id, dossier_id, seq, at, cause, login, old_due, new_due, line)
		SELECT d.unit_id, d.dossier_id, max(x.seq) + 1, clock_timestamp(), 'elsewhere', NEW.system, d.due_at, fresh,
			format('%s nhận hồ sơ lúc %s (theo %s): tính %s ngày làm việc từ đó.', who,
				to_char(local(moment), 'HH24:MI DD/MM/YYYY'), coalesce((SELECT s.name FROM systems s WHERE s.code = NEW.system
					AND s.ended IS NULL), NEW.system), trim_scale(d.limit_value))
		FROM dossier_due x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	UPDATE dossier x SET due_at = fresh, version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN NULL;
END $$;

-- As in 0531, and what should have been handed on.
CREATE OR REPLACE FUNCTION wire.watch() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
BEGIN
	PERFORM mark_silence(u.unit_id), mark_late(u.unit_id), mark_late_transfer(u.unit_id) FROM unit u;
END $$;

RESET ROLE;
REVOKE CREATE ON SCHEMA motcua FROM motcua_wire;
SELECT motcua.open_doors();
