-- SPDX-License-Identifier: Apache-2.0
-- Reports know what came after them: a result scanned at the desk, a receipt that was cancelled.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0561; a result is digital when a system sent it or it was scanned here.
CREATE OR REPLACE FUNCTION motcua.digitised(unit bigint, since date, until date, deciding boolean)
RETURNS TABLE (dossier_id bigint, field text, received boolean, with_file boolean, reused boolean, portal boolean, done boolean,
	result_file boolean)
LANGUAGE sql STABLE AS $$
	SELECT c.dossier_id, c.field, NOT c.carried,
		NOT c.carried AND EXISTS (SELECT FROM dossier_component k WHERE k.unit_id = unit AND k.dossier_id = c.dossier_id AND k.files <> '{}'),
		NOT c.carried AND (EXISTS (SELECT FROM file_use f WHERE f.unit_id = unit AND f.dossier_id = c.dossier_id)
			OR EXISTS (SELECT FROM dossier_component k WHERE k.unit_id = unit AND k.dossier_id = c.dossier_id AND k.action = 'lookup'
				AND k.state = 'ok')),
		NOT c.carried AND c.channel = 2, r.done,
		r.done AND (EXISTS (SELECT FROM answer_part p WHERE p.unit_id = unit AND p.dossier_id = c.dossier_id AND p.kind = 'result'
				AND p.file_id IS NOT NULL)
			OR EXISTS (SELECT FROM motcua.result_file f WHERE f.unit_id = unit AND f.dossier_id = c.dossier_id))
	FROM counted(unit, since, until, deciding) c CROSS JOIN LATERAL (SELECT c.ended_at IS NOT NULL AND c.status IN (9, 10) AS done) r
	WHERE NOT c.carried OR r.done
$$;

-- Receipts in the order they were given, with what stands on each; a cancelled one keeps its number and counts nothing.
-- Why it was cancelled is a clerk's free text: with persons only.
DROP FUNCTION desk.report_receipts(date, date, boolean, text, boolean, text);
CREATE FUNCTION desk.report_receipts(since date, until date, deciding boolean, narrow text, personal boolean, reason text)
RETURNS TABLE (key text, number text, made_at timestamptz, code text, payer text, officer text, cash bigint, transfer bigint, total bigint, note text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' SET plan_cache_mode = force_custom_plan AS $$
DECLARE
	unit bigint := report_gate('receipts', since, until, deciding, narrow, personal, reason);
BEGIN
	RETURN QUERY SELECT p.dossier_id::text, p.number, p.made_at, d.code, CASE WHEN personal THEN field_raw(p.fields, 'payer.name') END,
		coalesce(nullif(k.full_name, ''), p.login), s.cash, s.transfer, s.cash + s.transfer,
		CASE WHEN x.paper_id IS NULL THEN '' ELSE concat_ws(': ', format('Huỷ %s, trên biên lai ghi %s', to_char(x.at, 'DD/MM/YYYY'),
			say_money(coalesce(nullif(field_raw(p.fields, 'fee.total'), '')::bigint, 0))), CASE WHEN personal THEN x.reason END) END
	FROM paper p JOIN dossier d ON d.unit_id = p.unit_id AND d.dossier_id = p.dossier_id LEFT JOIN clerk k ON k.login = p.login
		LEFT JOIN receipt_cancelled x ON x.unit_id = p.unit_id AND x.paper_id = p.paper_id
		CROSS JOIN LATERAL (SELECT coalesce(sum(f.amount) FILTER (WHERE f.paid = 'cash'), 0)::bigint AS cash,
			coalesce(sum(f.amount) FILTER (WHERE f.paid = 'transfer'), 0)::bigint AS transfer
			FROM dossier_fee f WHERE x.paper_id IS NULL AND f.unit_id = p.unit_id AND f.dossier_id = p.dossier_id AND f.receipt_paper = p.paper_id) s
	WHERE p.unit_id = unit AND p.form = 'fee' AND p.made_at >= begins(since) AND p.made_at < begins(until + 1)
		AND coalesce(narrow, '') IN ('', d.field)
	ORDER BY p.year, p.seq, p.paper_id LIMIT 20001;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
