-- SPDX-License-Identifier: Apache-2.0
-- Between places (phi địa giới), both ways: received here for another agency to decide, received elsewhere for this unit to
-- decide.  How long the receiving desk has to hand the dossier on (NĐ 118/2025/NĐ-CP Điều 18.2 as amended by NĐ 309/2026): the same
-- working day, or the next working morning when it was received after 15:00.

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
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.taken_elsewhere
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- The last moment to hand on what was received at that time, by this unit's hours.
CREATE FUNCTION motcua.transfer_until(unit bigint, received timestamptz) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = motcua, pg_temp AS $$
DECLARE
	here text := (SELECT u.code FROM unit u WHERE u.unit_id = unit);
	day date := local(received)::date;
	closing time := closing_of(here, day);
BEGIN
	IF received IS NULL THEN
		RETURN NULL;
	END IF;
	IF closing IS NOT NULL AND local(received)::time < setting_of(unit, 'cut_off')::time THEN
		RETURN (day + closing) AT TIME ZONE 'Asia/Ho_Chi_Minh';
	END IF;
	FOR nth IN 1..60 LOOP
		IF closing_of(here, day + nth) IS NOT NULL THEN
			RETURN (SELECT min(s.closes) FROM shifts_on(here, day + nth) s);
		END IF;
	END LOOP;
	RETURN NULL;
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

-- What another desk's reception says: "receiving_unit" {code, name}, "taken" {code, at}.  The citizen has one dossier: the systems
-- know it by the code it was given there.
CREATE FUNCTION motcua.keep_taken(u motcua.unit, req jsonb, d motcua.dossier) RETURNS void
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	theirs text := btrim(coalesce(req->'taken'->>'code', ''));
	moment timestamptz := (req->'taken'->>'at')::timestamptz;
BEGIN
	IF agency_of(u, req->'receiving_unit', 'receiving_unit') IS NULL THEN
		PERFORM check_that(coalesce(jsonb_typeof(req->'taken'), 'null') = 'null', 'receiving_unit', 'Ghi cơ quan đã tiếp nhận hồ sơ.');
		RETURN;
	END IF;
	PERFORM check_that(deciding_agency(u, req, procedure_unit_of(d)) IS NULL, 'receiving_unit',
		'Nơi khác tiếp nhận, nơi khác giải quyết: hồ sơ này không phải của đơn vị mình.');
	PERFORM check_that(length(theirs) <= 60 AND theirs !~ '[[:cntrl:]]', 'taken', 'Mã hồ sơ ở nơi tiếp nhận dài quá 60 ký tự hoặc có ký tự lạ.');
	PERFORM check_that(moment IS NULL OR moment BETWEEN d.received_at - interval '1 year' AND d.received_at, 'taken',
		'Nơi kia chỉ có thể tiếp nhận trước khi chuyển đến đây.');
	INSERT INTO taken_elsewhere VALUES (d.unit_id, d.dossier_id, theirs, moment);
	IF theirs <> '' THEN
		UPDATE stream s SET created_there = true, foreign_code = theirs WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id;
	END IF;
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

-- What of one dossier goes between places; way: 'out' received here for others, 'in' received elsewhere for us.
CREATE TYPE motcua.between AS (dossier_id bigint, way text, agency_code text, agency text, back_to text, their_code text, since timestamptz,
	hand_until timestamptz, handed_at timestamptz, how text, number text, papers int);
CREATE FUNCTION motcua.handed_on(d motcua.dossier, OUT at timestamptz, OUT how text, OUT number text)
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	-- Received there is handed on, whoever carried it.
	SELECT e.received_at, 'received', '' FROM dossier_elsewhere e WHERE e.unit_id = d.unit_id AND e.dossier_id = d.dossier_id
$$;
CREATE FUNCTION motcua.between_of(unit bigint) RETURNS SETOF motcua.between
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT d.dossier_id, 'out', a.code, a.name, coalesce((SELECT r.name FROM dossier_agency r WHERE r.unit_id = d.unit_id
			AND r.dossier_id = d.dossier_id AND r.role = 'returning' AND r.code IS DISTINCT FROM u.code), ''), '', d.received_at,
		transfer_until(unit, d.received_at), h.at, coalesce(h.how, ''), coalesce(h.number, ''), papers_in_hand(d)
	FROM unit u JOIN dossier d ON d.unit_id = u.unit_id AND d.status IN (1, 2, 4, 5, 6, 9)
		JOIN dossier_agency a ON a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id AND a.role = 'deciding' AND a.code IS DISTINCT FROM u.code
		LEFT JOIN LATERAL handed_on(d) h ON true
	WHERE u.unit_id = unit
	UNION ALL
	SELECT d.dossier_id, 'in', a.code, a.name, coalesce((SELECT r.name FROM dossier_agency r WHERE r.unit_id = d.unit_id
			AND r.dossier_id = d.dossier_id AND r.role = 'returning' AND r.code IS DISTINCT FROM u.code), ''), coalesce(t.code, ''),
		t.taken_at, transfer_until(unit, t.taken_at), d.received_at, 'here', '', papers_in_hand(d)
	FROM unit u JOIN dossier d ON d.unit_id = u.unit_id AND d.status IN (1, 2, 4, 5, 6, 9)
		JOIN dossier_agency a ON a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id AND a.role = 'receiving' AND a.code IS DISTINCT FROM u.code
		LEFT JOIN taken_elsewhere t ON t.unit_id = d.unit_id AND t.dossier_id = d.dossier_id
	WHERE u.unit_id = unit
$$;

-- One of the lists, the next deadline first: of handing on while it lies here, else of the result.
CREATE FUNCTION desk.between(wanted text, most int) RETURNS TABLE (dossier_id bigint, code text, owner_name text, procedure_name text, agency text,
	back_to text, their_code text, since timestamptz, hand_until timestamptz, handed_at timestamptz, how text, number text, hand_late boolean, papers int,
	due_at timestamptz, late boolean, status int, travel text, refused boolean, system_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT d.dossier_id, d.code, d.owner_name, d.procedure_name, b.agency, b.back_to, b.their_code, b.since, b.hand_until, b.handed_at, b.how, b.number,
		coalesce(coalesce(b.handed_at, clock_timestamp()) > b.hand_until, false), b.papers, d.due_at,
		coalesce(d.status IN (1, 2, 4) AND d.due_at < clock_timestamp(), false), d.status::int, coalesce(s.travel, ''), coalesce(s.refused, false),
		system_name(d.route_system)
	FROM me() m CROSS JOIN LATERAL between_of(m.unit_id) b JOIN dossier d ON d.unit_id = m.unit_id AND d.dossier_id = b.dossier_id
		LEFT JOIN stream s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.system = d.route_system
	WHERE b.way = wanted
	ORDER BY coalesce(CASE WHEN b.handed_at IS NULL THEN b.hand_until END, d.due_at, 'infinity'), d.received_at LIMIT greatest(1, least(most, 1000))
$$;

-- ---- late ones are tasks ----

-- As mark_late (0531): a task for each dossier that should have been handed on, until it is.
CREATE FUNCTION motcua.mark_late_transfer(unit bigint) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	marked int;
	ended int;
BEGIN
	UPDATE problem p SET solved_at = now(), solved_by = '', solution = 'Đã chuyển cơ quan có thẩm quyền, hoặc hồ sơ đã kết thúc.'
		WHERE p.unit_id = unit AND p.kind = 'late_transfer' AND p.solved_at IS NULL AND NOT EXISTS (SELECT FROM between_of(unit) b
			WHERE b.dossier_id = p.dossier_id AND b.way = 'out' AND b.handed_at IS NULL);
	GET DIAGNOSTICS ended = ROW_COUNT;
	INSERT INTO problem (unit_id, dossier_id, system, kind, key, text)
		SELECT unit, d.dossier_id, d.route_system, 'late_transfer', iso(b.hand_until), format('Chưa chuyển hồ sơ cho %s, lẽ ra chậm nhất %s%s.', b.agency,
			say_moment(b.hand_until), CASE WHEN b.papers > 0 THEN format(' (%s giấy tờ)', b.papers) ELSE '' END)
		FROM between_of(unit) b JOIN dossier d ON d.unit_id = unit AND d.dossier_id = b.dossier_id
		WHERE b.way = 'out' AND b.handed_at IS NULL AND b.hand_until < now() AND d.status IN (1, 2, 4)
			AND NOT EXISTS (SELECT FROM problem p WHERE p.unit_id = unit AND p.dossier_id = d.dossier_id AND p.kind = 'late_transfer')
		ON CONFLICT DO NOTHING;
	GET DIAGNOSTICS marked = ROW_COUNT;
	IF marked + ended > 0 THEN
		PERFORM pg_notify('motcua_unit_' || unit, 'travel 0');
	END IF;
	RETURN marked;
END $$;

RESET ROLE;
SELECT motcua.guard('{taken_elsewhere}', 'SELECT');
GRANT EXECUTE ON FUNCTION motcua.mark_late_transfer, motcua.between_of, motcua.handed_on, motcua.transfer_until, motcua.papers_in_hand,
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
	who text := (SELECT a.name FROM dossier_agency a JOIN unit x USING (unit_id) WHERE a.unit_id = NEW.unit_id AND a.dossier_id = NEW.dossier_id
		AND a.role = 'deciding' AND a.code <> x.code);
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
