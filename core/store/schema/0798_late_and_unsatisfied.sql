-- SPDX-License-Identifier: Apache-2.0
-- Reports: who has what is late, and since when, or who had it when it became late; why citizens were not satisfied.  What is nearly
-- late and what was not brought in time, as figures of the clerk's day.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Who has it now, with its step; of what has ended, whose leg was late last, else in whose hands its date passed.
CREATE FUNCTION motcua.delayed_by(d motcua.dossier, due timestamptz, OUT holder text, OUT since timestamptz)
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT x.holder, x.since FROM (
		SELECT 1 AS rank, CASE r.who WHEN 'refused' THEN r.words || ' từ chối, chờ sửa' WHEN 'unsent' THEN 'chưa gửi được tới ' || r.words
				WHEN 'system' THEN r.words WHEN 'citizen' THEN 'chờ công dân bổ sung' WHEN 'payment' THEN 'chờ công dân nộp tiền'
				ELSE concat_ws(', ', nullif(r.words, ''), nullif(nullif(h.place, r.words), '')) END
				|| coalesce(' · ' || nullif(s.name, ''), '') AS holder, coalesce(h.at, d.received_at) AS since
		FROM board_row_of(d) r LEFT JOIN dossier_holder h ON h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id AND h.until_at IS NULL
			LEFT JOIN dossier_step s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.state = 'current'
		WHERE d.status IN (1, 2, 4, 5, 6)
		UNION ALL
		SELECT CASE l.ended_as WHEN 'late' THEN 2 ELSE 3 END, concat_ws(', ', nullif(l.name, ''), nullif(l.place, ''))
			|| coalesce((SELECT ' · ' || s.name FROM dossier_step s WHERE s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id AND s.seq = l.step), ''), l.at
		-- How a leg went is written where the next one begins.
		FROM (SELECT h.*, lead(h.outcome) OVER w AS ended_as FROM dossier_holder h WHERE h.unit_id = d.unit_id AND h.dossier_id = d.dossier_id
				WINDOW w AS (ORDER BY h.seq)) l
		WHERE d.status NOT IN (1, 2, 4, 5, 6) AND l.kind IN ('desk', 'room', 'agency')
			AND (l.ended_as = 'late' OR due >= l.at AND due < coalesce(l.until_at, 'infinity'))) x
	WHERE x.holder <> '' ORDER BY x.rank, x.since DESC LIMIT 1
$$;

-- As in 0560, with who holds or delayed it; what was undone moved no date.
DROP FUNCTION desk.report_late(date, date, boolean, text, boolean, text);
CREATE FUNCTION desk.report_late(since date, until date, deciding boolean, narrow text, personal boolean, reason text)
RETURNS TABLE (key text, code text, owner text, field text, procedure text, officer text, received_at timestamptz, due_at timestamptz,
	ended_at timestamptz, days int, holder text, held_since timestamptz, cause text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
	unit bigint := report_gate('late', since, until, deciding, narrow, personal, reason);
BEGIN
	RETURN QUERY SELECT c.dossier_id::text, d.code, CASE WHEN personal THEN d.owner_name END, c.field, c.procedure_name,
		coalesce(nullif(k.full_name, ''), c.login), c.received_at, c.due_at, c.ended_at,
		local(coalesce(c.ended_at, least(begins(until + 1) - interval '1 second', now())))::date - local(c.due_at)::date,
		coalesce(b.holder, ''), b.since,
		coalesce(CASE WHEN personal THEN y.why END, CASE y.cause WHEN 'supplement' THEN 'bổ sung hồ sơ' WHEN 'extension' THEN 'xin lỗi, gia hạn'
			WHEN 'incident' THEN 'sự cố' WHEN 'payment' THEN 'nghĩa vụ tài chính' WHEN 'elsewhere' THEN 'phi địa giới'
			WHEN 'correction' THEN 'điều chỉnh' END, '')
	FROM counted(unit, since, until, deciding) c JOIN dossier d ON d.unit_id = unit AND d.dossier_id = c.dossier_id
		LEFT JOIN clerk k ON k.login = c.login
		LEFT JOIN LATERAL (SELECT u.cause, u.line AS why FROM dossier_due u WHERE u.unit_id = unit AND u.dossier_id = c.dossier_id
			AND u.cause NOT IN ('reception', 'undo') AND NOT EXISTS (SELECT FROM dossier_due v WHERE v.unit_id = u.unit_id
				AND v.dossier_id = u.dossier_id AND v.seq = u.seq + 1 AND v.cause = 'undo') ORDER BY u.seq DESC LIMIT 1) y ON true
		LEFT JOIN LATERAL delayed_by(d, c.due_at) b ON true
	WHERE c.class IN ('late', 'overdue') AND coalesce(narrow, '') IN ('', c.field)
	ORDER BY 10 DESC, c.due_at, c.dossier_id LIMIT 20001;
END $$;

-- Citizens who were not satisfied, in the words that were written down: a supervisor's alone, each reading in the trail.
CREATE FUNCTION desk.report_unsatisfied(since date, until date, deciding boolean, narrow text, personal boolean, reason text)
RETURNS TABLE (key text, code text, field text, procedure text, officer text, counter text, rated_at timestamptz, why text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
	mine clerk := my_supervisor();
	unit bigint := report_gate('unsatisfied', since, until, deciding, narrow, false, '');
BEGIN
	RETURN QUERY SELECT d.dossier_id::text, d.code, d.field, d.procedure_name, coalesce(nullif(name_of(r.officer), ''), r.officer), r.counter, r.at, r.reason
	FROM rating r JOIN dossier d USING (unit_id, dossier_id)
	WHERE r.unit_id = unit AND r.at >= begins(since) AND r.at < begins(until + 1) AND r.grade = 'no' AND coalesce(narrow, '') IN ('', d.field)
	ORDER BY r.at DESC, d.dossier_id LIMIT 20001;
END $$;

-- soon: in time for an apology (0733), none made yet; unbrought: see supplements_over (0795).
CREATE FUNCTION desk.day_limits() RETURNS TABLE (soon int, unbrought int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	WITH here AS MATERIALIZED (SELECT m.unit_id, today() + interval '1 day' AS tomorrow, working_days_after(u.code, clock_timestamp(), 3) AS near
		FROM me() m JOIN unit u ON u.unit_id = m.unit_id)
	SELECT (SELECT count(*)::int FROM dossier d WHERE d.unit_id = (SELECT unit_id FROM here) AND d.status IN (1, 2, 4, 5, 6) AND d.status IN (2, 4)
			AND d.due_at >= (SELECT tomorrow FROM here) AND d.due_at <= (SELECT near FROM here) AND (NOT EXISTS (SELECT FROM dossier_due x
				WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.cause = 'extension') OR extensions_of(d) = 0)),
		(SELECT count(DISTINCT s.dossier_id)::int FROM here w, supplements_over(w.unit_id) s)
$$;

RESET ROLE;
SELECT motcua.open_doors();
