-- SPDX-License-Identifier: Apache-2.0
-- Who was called these days: a mark made by mistake is found again and taken back (desk.call_mark, 'reopened').

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As desk.call_list, filings that are no dossier among them; the last one called first.  tried_at: when; note: by whom.
CREATE FUNCTION desk.called_list(most int) RETURNS TABLE (message_id bigint, dossier_id bigint, code text, kind text, phone text, words text,
	at timestamptz, tries int, tried_at timestamptz, note text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
	SELECT m.message_id, coalesce(m.dossier_id, f.dossier_id), coalesce(d.code, f.foreign_code), m.kind, mask(number_of(m)), m.words, m.at, coalesce(c.tries, 0)::int, c.done_at,
		CASE WHEN c.done_by IS NULL THEN '' ELSE format('%s ghi đã gọi %s', name_of(c.done_by), say_moment(c.done_at)) END
	FROM me() me JOIN citizen_message m ON m.unit_id = me.unit_id AND m.state = 'called' AND m.changed_at > now() - interval '7 days'
		LEFT JOIN dossier d ON d.unit_id = m.unit_id AND d.dossier_id = m.dossier_id
		LEFT JOIN filing f ON f.unit_id = m.unit_id AND f.filing_id = m.filing_id
		LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE x.outcome = 'no_answer') AS tries, max(x.at) FILTER (WHERE x.outcome = 'done') AS done_at,
				(array_agg(x.login ORDER BY x.seq DESC) FILTER (WHERE x.outcome = 'done'))[1] AS done_by
			FROM citizen_call x WHERE x.unit_id = m.unit_id AND x.message_id = m.message_id) c ON true
	ORDER BY m.changed_at DESC, m.message_id LIMIT greatest(1, least(most, 1000))
$$;

CREATE INDEX citizen_message_called ON motcua.citizen_message (unit_id, changed_at) WHERE state = 'called';

RESET ROLE;
SELECT motcua.open_doors();
