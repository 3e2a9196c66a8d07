-- SPDX-License-Identifier: Apache-2.0
-- Several dossiers of one citizen in one visit: grouped when the next is begun from the one before, listed
-- together, summed up on one slip.  The request then has a member "visit": {"with"}, a dossier of the visit.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.visit (
	unit_id      bigint NOT NULL REFERENCES motcua.unit,
	visit_id     bigint GENERATED ALWAYS AS IDENTITY,
	begun_at     timestamptz NOT NULL,          -- reception of its first dossier
	login        text NOT NULL,
	counter_code text NOT NULL,
	PRIMARY KEY (unit_id, visit_id)
);
CREATE TABLE motcua.visit_dossier (
	unit_id    bigint NOT NULL,
	dossier_id bigint NOT NULL,
	visit_id   bigint NOT NULL,
	seq        int NOT NULL,
	PRIMARY KEY (unit_id, dossier_id),
	UNIQUE (unit_id, visit_id, seq),
	FOREIGN KEY (unit_id, visit_id) REFERENCES motcua.visit,
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.visit_dossier
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- Who stood at the desk: whoever handed it in.
CREATE FUNCTION motcua.visitor_of(d motcua.dossier) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT p.id_number FROM dossier_person p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id
	ORDER BY (p.role = 'submitter') DESC LIMIT 1
$$;

-- The new dossier goes into the visit of the one it was begun from: the same person, the same day.
CREATE FUNCTION motcua.visit_join(mine motcua.clerk, req jsonb, d motcua.dossier) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	first dossier;
	v visit_dossier;
BEGIN
	IF coalesce(jsonb_typeof(req->'visit'), 'null') = 'null' THEN
		RETURN;
	END IF;
	-- Two counters cannot begin the same visit twice.
	SELECT * INTO first FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = (req->'visit'->>'with')::bigint FOR UPDATE;
	PERFORM check_that(first.dossier_id IS NOT NULL, 'visit', 'Không có hồ sơ trước của lượt tiếp này.');
	PERFORM check_that(local(first.received_at)::date = local(d.received_at)::date AND coalesce(visitor_of(first), '') = coalesce(visitor_of(d), ''),
		'visit', 'Lượt tiếp trước là của người khác hoặc ngày khác: nhận như hồ sơ mới.');
	SELECT * INTO v FROM visit_dossier x WHERE x.unit_id = first.unit_id AND x.dossier_id = first.dossier_id;
	IF v.visit_id IS NULL THEN
		INSERT INTO visit (unit_id, begun_at, login, counter_code) VALUES (first.unit_id, first.received_at, first.login, first.counter_code)
			RETURNING visit_id INTO v.visit_id;
		INSERT INTO visit_dossier VALUES (first.unit_id, first.dossier_id, v.visit_id, 1);
	END IF;
	INSERT INTO visit_dossier SELECT d.unit_id, d.dossier_id, v.visit_id, max(x.seq) + 1 FROM visit_dossier x
		WHERE x.unit_id = d.unit_id AND x.visit_id = v.visit_id;
END $$;

-- The dossiers of the visit that this one belongs to, in order; none when it came alone.
CREATE FUNCTION desk.visit(wanted bigint) RETURNS TABLE (dossier_id bigint, code text, procedure_name text, owner_name text,
	received_at timestamptz, due_at timestamptz, status int, fee bigint, paid bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT d.dossier_id, d.code, d.procedure_name, d.owner_name, d.received_at, d.due_at, d.status::int,
		coalesce((SELECT sum(f.amount) FROM dossier_fee f WHERE f.unit_id = d.unit_id AND f.dossier_id = d.dossier_id), 0)::bigint,
		coalesce((SELECT sum(f.amount) FROM dossier_fee f WHERE f.unit_id = d.unit_id AND f.dossier_id = d.dossier_id
			AND f.paid IN ('cash', 'transfer')), 0)::bigint
	FROM dossier_mine(wanted) m JOIN visit_dossier me ON me.unit_id = m.unit_id AND me.dossier_id = m.dossier_id
	JOIN visit_dossier v ON v.unit_id = me.unit_id AND v.visit_id = me.visit_id
	JOIN dossier d ON d.unit_id = v.unit_id AND d.dossier_id = v.dossier_id ORDER BY v.seq
$$;

RESET ROLE;
SELECT motcua.guard('{visit,visit_dossier}', '');
SELECT motcua.open_doors();
