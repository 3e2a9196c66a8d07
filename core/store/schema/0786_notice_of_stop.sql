-- SPDX-License-Identifier: Apache-2.0
-- A stop has its notice (Mẫu 05) whoever wanted it: the citizen, the end of the time for a supplement, a court, a special law.  One that
-- the citizen asked for has it since they withdrew.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0401.
CREATE OR REPLACE FUNCTION motcua.act_paper(d motcua.dossier, mine motcua.clerk, wanted text, next_status int, why text, moment timestamptz,
	ground text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
	phone text := (SELECT u.phone FROM unit u WHERE u.unit_id = d.unit_id);
	asked_at timestamptz := CASE WHEN d.status = 7 THEN d.status_at WHEN next_status = 7 THEN moment END;
	head text;
BEGIN
	IF wanted NOT IN ('02', '03', '05') OR (wanted = '05' AND d.status = 7 AND EXISTS (SELECT FROM paper x WHERE x.unit_id = d.unit_id
			AND x.dossier_id = d.dossier_id AND x.form = '05' AND x.made_at >= d.status_at)) THEN
		RETURN NULL;
	END IF;
	head := paper_head(d, mine, moment);
	IF head IS NULL THEN
		RETURN NULL;
	END IF;
	RETURN number_paper(d.unit_id, d.dossier_id, gen_random_uuid(), wanted, head
		|| CASE wanted WHEN '05' THEN field('received_at', iso(d.received_at)) || coalesce(field('requested_at', iso(asked_at)), '')
			|| field('stopped_at', iso(moment)) || field('progress', status_words(d.status)) || field('reason', why)
		ELSE field('reason.1.text', why) || CASE wanted WHEN '02' THEN field('reason', ground) || coalesce((SELECT field('until',
				iso((s.until + time '17:00') AT TIME ZONE 'Asia/Ho_Chi_Minh')) FROM supplement_asked s WHERE s.unit_id = d.unit_id
					AND s.dossier_id = d.dossier_id AND s.at = moment AND s.until IS NOT NULL), '') ELSE '' END
			|| field('contact.name', mine.full_name) || field('contact.phone', phone) END, moment, mine.login);
END $$;

RESET ROLE;
SELECT motcua.open_doors();
