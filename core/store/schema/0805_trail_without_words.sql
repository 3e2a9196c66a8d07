-- SPDX-License-Identifier: Apache-2.0
-- The trail says who did what to which dossier.  Why is free text, may name persons, and stands in the row it belongs to (consignment,
-- return_paper, fallback, dossier_event, stream, blank): acts that used to repeat it in the trail (0114, 0122, 0150, 0341, 0462, 0711)
-- do not any more.  Kept are the reasons the law wants beside a look at persons (reports, exports, reveals).

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE FUNCTION motcua.trail_facts(act text, what jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN act IN ('consign_void', 'fall_back', 'fall_back_ask', 'fall_back_decline', 'fall_back_release', 'hold', 'correct',
			'blank_free', 'blank_void', 'blank_missing') THEN what - '{reason,note}'::text[]
		WHEN act = 'return_paper' AND what ? 'waived' THEN what || jsonb_build_object('waived', what->>'waived' <> '')
		ELSE what END
$$;

-- As in 0008.
CREATE OR REPLACE FUNCTION motcua.audit(act text, dossier bigint, what jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	id bigint := my_session();
	s session;
	moment timestamptz := clock_timestamp();
	facts jsonb := trail_facts(act, what);
	fresh bytea;
BEGIN
	IF act IN ('view', 'reveal', 'person', 'people', 'find', 'paper', 'file') THEN
		RAISE LOG 'motcua look: % % dossier % session %', session_user, act, coalesce(dossier, 0), id;
	END IF;
	SELECT * INTO s FROM session WHERE unit_id = my_unit() AND session_id = id FOR UPDATE;
	fresh := sha256(s.last_hash || audit_text(s.unit_id, id, s.last_seq + 1, moment, s.login, act, dossier, facts));
	INSERT INTO audit VALUES (s.unit_id, id, s.last_seq + 1, moment, s.login, act, dossier, facts, fresh);
	UPDATE session SET last_seq = s.last_seq + 1, last_hash = fresh
		WHERE unit_id = s.unit_id AND session_id = id;
END $$;

-- What was said of a blank, each time: the sheet itself knows only the last word.
CREATE TABLE motcua.blank_said (
	unit_id bigint NOT NULL,
	code    text NOT NULL,
	at      timestamptz NOT NULL,
	login   text NOT NULL,
	state   text NOT NULL,
	reason  text NOT NULL,
	PRIMARY KEY (unit_id, code, at),
	FOREIGN KEY (unit_id, code) REFERENCES motcua.blank
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.blank_said
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();
CREATE FUNCTION motcua.blank_marked() RETURNS trigger
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	INSERT INTO blank_said VALUES (NEW.unit_id, NEW.code, NEW.at, NEW.login, NEW.state, NEW.reason) ON CONFLICT DO NOTHING;
	RETURN NULL;
END $$;
CREATE TRIGGER blank_marked AFTER UPDATE ON motcua.blank FOR EACH ROW
	WHEN (NEW.reason <> '' AND (NEW.at, NEW.reason) IS DISTINCT FROM (OLD.at, OLD.reason)) EXECUTE FUNCTION motcua.blank_marked();

RESET ROLE;
SELECT motcua.guard('{blank_said}', '');
SELECT motcua.open_doors();
