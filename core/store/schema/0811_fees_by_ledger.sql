-- SPDX-License-Identifier: Apache-2.0
-- The report of fees is the ledger's: what was taken and given back in a period, by the moment it was written down, so that a
-- period that is over never changes and the drawers' shifts add up to it.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Money lines of a period: of the ledger; waived, and still owed, of dossiers received in it.  What was paid before there was
-- a ledger counts by the moment of receipt.
CREATE OR REPLACE FUNCTION motcua.money_lines(unit bigint, since date, until date)
RETURNS TABLE (dossier_id bigint, name text, field text, amount bigint, way text)
LANGUAGE sql STABLE AS $$
	SELECT l.dossier_id, coalesce(f.name, ''), d.field, CASE WHEN l.refund THEN -l.amount ELSE l.amount END, CASE WHEN l.refund THEN 'refunded' ELSE l.way END
	FROM ledger l JOIN dossier d ON d.unit_id = l.unit_id AND d.dossier_id = l.dossier_id
		LEFT JOIN dossier_fee f ON f.unit_id = l.unit_id AND f.dossier_id = l.dossier_id AND f.seq = l.fee_seq
	WHERE l.unit_id = unit AND l.at >= begins(since) AND l.at < begins(until + 1)
	UNION ALL
	SELECT f.dossier_id, f.name, d.field, f.amount, f.paid FROM dossier_fee f JOIN dossier d USING (unit_id, dossier_id)
	WHERE f.unit_id = unit AND f.paid_at >= begins(since) AND f.paid_at < begins(until + 1) AND f.paid IN ('cash', 'transfer') AND f.amount > 0
		AND NOT EXISTS (SELECT FROM ledger l WHERE l.unit_id = f.unit_id AND l.dossier_id = f.dossier_id AND l.fee_seq = f.seq)
	UNION ALL
	SELECT f.dossier_id, f.name, d.field, f.amount, CASE WHEN f.exempt_reason <> '' THEN 'exempt' ELSE 'owed' END
	FROM dossier d JOIN dossier_fee f USING (unit_id, dossier_id)
	WHERE d.unit_id = unit AND d.received_at >= begins(since) AND d.received_at < begins(until + 1) AND f.paid_at IS NULL
		AND (f.exempt_reason <> '' OR f.confirmed AND f.amount > 0 AND f.paid = 'later' AND d.status NOT IN (1, 3, 7, 8))
		AND NOT EXISTS (SELECT FROM ledger l WHERE l.unit_id = f.unit_id AND l.dossier_id = f.dossier_id AND l.fee_seq = f.seq AND l.refund)
$$;

-- As in 0561; what was given back in the period, and what stays: the ledger's sum.
DROP FUNCTION desk.report_fees(date, date, boolean, text, boolean, text);
CREATE FUNCTION desk.report_fees(since date, until date, deciding boolean, narrow text, personal boolean, reason text)
RETURNS TABLE (key text, name text, dossiers bigint, cash bigint, transfer bigint, total bigint, refunded bigint, net bigint, exempt bigint, owed bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
	unit bigint := report_gate('fees', since, until, deciding, narrow, false, '');
BEGIN
	RETURN QUERY SELECT x.name, x.name, x.dossiers, x.cash, x.transfer, x.cash + x.transfer, x.refunded, x.cash + x.transfer - x.refunded, x.exempt, x.owed
	FROM (SELECT m.name, count(DISTINCT m.dossier_id) AS dossiers, coalesce(sum(m.amount) FILTER (WHERE m.way = 'cash'), 0)::bigint AS cash,
			coalesce(sum(m.amount) FILTER (WHERE m.way = 'transfer'), 0)::bigint AS transfer,
			coalesce(sum(m.amount) FILTER (WHERE m.way = 'refunded'), 0)::bigint AS refunded,
			count(DISTINCT m.dossier_id) FILTER (WHERE m.way = 'exempt') AS exempt, coalesce(sum(m.amount) FILTER (WHERE m.way = 'owed'), 0)::bigint AS owed
		FROM money_lines(unit, since, until) m WHERE coalesce(narrow, '') IN ('', m.field) GROUP BY m.name) x
	ORDER BY x.name COLLATE vi;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
