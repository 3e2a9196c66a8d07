-- SPDX-License-Identifier: Apache-2.0
-- Where the other side stands elsewhere than we do, a clerk reads both statuses by their names.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0344.
CREATE OR REPLACE FUNCTION motcua.hear(sys text, our_code text, their_code text, status int, word text, at timestamptz,
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
	again boolean;
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
	-- A disagreement ends with their latest word, when it is ours.
	again := agreed AND next_status <> 0 AND (NOT old_news OR next_status = (SELECT y.status FROM dossier y
			WHERE y.unit_id = d.unit_id AND y.dossier_id = d.dossier_id) AND NOT EXISTS (SELECT FROM answer a
			WHERE a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id AND a.system = sys AND a.status <> 0 AND a.at > moment));
	UPDATE stream x SET travel = CASE WHEN x.refused OR NOT agreed OR (x.travel = 'disagreed' AND NOT again) THEN 'disagreed'
			WHEN waits_anew(x) THEN 'sent' ELSE 'received' END,
		created_there = true, foreign_code = CASE WHEN number <> '' THEN number ELSE x.foreign_code END,
		foreign_status = CASE WHEN old_news THEN x.foreign_status ELSE coalesce(nullif(next_status, 0), x.foreign_status) END,
		changed_at = clock_timestamp(), asked_at = now(), ask_now = false,
		note = CASE WHEN agreed THEN x.note ELSE format('Bên nhận báo “%s” khi hồ sơ ở đây “%s”', status_words(next_status), status_words(d.status)) END
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.system = sys;
	IF NOT agreed THEN
		INSERT INTO problem (unit_id, dossier_id, system, kind, text) VALUES (d.unit_id, d.dossier_id, sys, 'disagreed',
			format('Bên nhận báo “%s” khi hồ sơ ở đây “%s”%s', status_words(next_status), status_words(d.status),
				CASE WHEN coalesce(say, '') <> '' THEN ': ' || left(say, 500) ELSE '' END));
	END IF;
	UPDATE answer a SET applied = agreed AND NOT old_news
		WHERE a.system = sys AND a.code = our_code AND a.status = next_status AND a.at = moment;
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'travel ' || d.dossier_id);
	RETURN true;
END $$;

GRANT EXECUTE ON FUNCTION motcua.status_words TO motcua_wire;

RESET ROLE;
SELECT motcua.open_doors();
