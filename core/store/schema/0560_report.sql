-- SPDX-License-Identifier: Apache-2.0
-- Reports: dossiers of a period are classed once, and every figure and the list behind it come of that.
-- What is counted is said by the kinds' table of the program (core/dossier/report.h), in words.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Carried over from before a period: still open, or finished since (dossier_finished of 0530), or being withdrawn.
CREATE INDEX dossier_withdrawing ON motcua.dossier (unit_id, status_at) WHERE status = 7 AND finished_at IS NULL;
CREATE INDEX fee_received ON motcua.dossier_fee (unit_id, paid_at) WHERE paid_at IS NOT NULL;

CREATE FUNCTION motcua.begins(date) RETURNS timestamptz
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN $1::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh';

-- Who asks, for what; every report read is in the trail.  Names and numbers of citizens: supervisors, with a reason.
CREATE FUNCTION motcua.report_gate(kind text, since date, until date, deciding boolean, narrow text, personal boolean, reason text)
RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
	mine clerk := me();
BEGIN
	PERFORM check_that(since IS NOT NULL AND until IS NOT NULL AND since <= until, 'period', 'Ngày đầu kỳ đứng sau ngày cuối kỳ.');
	PERFORM check_that(until - since <= 1100, 'period', 'Kỳ báo cáo dài nhất ba năm.');
	IF personal THEN
		PERFORM my_supervisor();
		PERFORM check_that(length(btrim(coalesce(reason, ''))) BETWEEN 5 AND 300, 'reason',
			'Bảng có họ tên, địa chỉ công dân: phải ghi lý do lập.');
	END IF;
	PERFORM audit('report', NULL, jsonb_strip_nulls(jsonb_build_object('kind', kind, 'since', since, 'until', until, 'deciding', deciding,
		'narrow', nullif(narrow, ''), 'personal', nullif(personal, false), 'reason', CASE WHEN personal THEN btrim(reason) END)));
	RETURN mine.unit_id;
END $$;

-- A file or a paper was made of a report, or is about to be.
CREATE FUNCTION desk.report_exported(kind text, since date, until date, format text, personal boolean, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
BEGIN
	PERFORM me();
	PERFORM check_that(format IN ('xlsx', 'csv', 'pdf', 'print') AND length(kind) <= 40, 'format', 'Dạng tệp không đúng.');
	IF personal THEN
		PERFORM my_supervisor();
	END IF;
	PERFORM audit('report_export', NULL, jsonb_strip_nulls(jsonb_build_object('kind', kind, 'since', since, 'until', until,
		'format', format, 'personal', nullif(personal, false), 'reason', CASE WHEN personal THEN left(btrim(reason), 300) END)));
END $$;

-- Ends of the way, a withdrawal that was asked for among them.
CREATE FUNCTION motcua.is_end(status int) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN status IN (3, 7, 8, 9, 10);

-- When it came to the end at which it stood before a moment.
CREATE FUNCTION motcua.ended_before(unit bigint, dossier bigint, stop timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
	SELECT max(v.at) FROM dossier_event v WHERE v.unit_id = unit AND v.dossier_id = dossier AND v.at < stop
		AND is_end(v.to_status) AND NOT is_end(v.from_status)
$$;

-- The dossiers of a period, each once: received in it, or before and not at an end before it.  class is how each
-- stood when the period ended (now, when it has not), whatever became of it since: done early, on_time, late; open
-- within, overdue.  Days are compared, not hours.  Returned, refused and withdrawn ones are done on time (note of the
-- form); who waits for a supplement or a payment is within.  What was only registered (1), or refused before reception,
-- is none of them.  deciding: those this unit decides, else those it received; NULL: all.
CREATE FUNCTION motcua.counted(unit bigint, since date, until date, deciding boolean)
RETURNS TABLE (dossier_id bigint, field text, procedure_name text, login text, channel int, received_at timestamptz,
	due_at timestamptz, ended_at timestamptz, carried boolean, status int, class text)
LANGUAGE sql STABLE AS $$
	SELECT d.dossier_id, d.field, d.procedure_name, d.login, d.channel, d.received_at, s.due_at, s.ended_at, d.carried, s.status, CASE
		WHEN s.ended_at IS NOT NULL THEN CASE
			WHEN s.status IN (3, 7, 8) OR s.due_at IS NULL OR local(s.ended_at)::date = local(s.due_at)::date THEN 'on_time'
			WHEN local(s.ended_at)::date < local(s.due_at)::date THEN 'early' ELSE 'late' END
		WHEN s.status IN (5, 6) OR s.due_at IS NULL OR local(s.due_at)::date >= least(until, local(now())::date) THEN 'within'
		ELSE 'overdue' END
	FROM (
		SELECT x.*, false AS carried FROM dossier x
		WHERE x.unit_id = unit AND x.received_at >= begins(since) AND x.received_at < begins(until + 1)
		UNION ALL
		SELECT x.*, true FROM dossier x
		WHERE x.unit_id = unit AND x.received_at < begins(since) AND x.finished_at >= begins(since)
		UNION ALL
		SELECT x.*, true FROM dossier x
		WHERE x.unit_id = unit AND x.received_at < begins(since) AND x.finished_at IS NULL AND x.status IN (1, 2, 4, 5, 6)
		UNION ALL
		SELECT x.*, true FROM dossier x WHERE x.unit_id = unit AND x.received_at < begins(since) AND x.finished_at IS NULL
			AND x.status = 7 AND x.status_at >= begins(since)
	) d
	-- Since the period ended it may have gone on, or got another date.
	LEFT JOIN LATERAL (SELECT v.from_status::int AS status FROM dossier_event v WHERE d.status_at >= begins(until + 1)
		AND v.unit_id = d.unit_id AND v.dossier_id = d.dossier_id AND v.at >= begins(until + 1) AND v.from_status NOT IN (0, v.to_status)
		AND v.to_status <> 0 ORDER BY v.at, v.event_id LIMIT 1) was ON true
	LEFT JOIN LATERAL (SELECT true AS there, u.old_due FROM dossier_due u WHERE until < local(now())::date
		AND u.unit_id = d.unit_id AND u.dossier_id = d.dossier_id AND u.at >= begins(until + 1) AND u.cause <> 'reception'
		ORDER BY u.seq LIMIT 1) then_due ON true
	CROSS JOIN LATERAL (SELECT coalesce(was.status, d.status) AS status,
		CASE WHEN then_due.there THEN then_due.old_due ELSE d.due_at END AS due_at,
		CASE WHEN NOT is_end(coalesce(was.status, d.status)) THEN NULL
			WHEN was.status IS NOT NULL OR d.status IN (7, 8) THEN coalesce(ended_before(d.unit_id, d.dossier_id, begins(until + 1)), d.finished_at, d.status_at)
			ELSE d.finished_at END AS ended_at) s
	WHERE d.status <> 1 AND (d.status NOT IN (3, 5, 7, 8) OR EXISTS (SELECT FROM dossier_event v WHERE v.unit_id = d.unit_id
			AND v.dossier_id = d.dossier_id AND v.to_status IN (2, 4)))
		AND (NOT d.carried OR s.ended_at IS NULL OR s.ended_at >= begins(since))
		AND (deciding IS NULL OR NOT EXISTS (SELECT FROM dossier_agency a WHERE a.unit_id = d.unit_id AND a.dossier_id = d.dossier_id
			AND a.role = CASE WHEN deciding THEN 'deciding' ELSE 'receiving' END
			AND a.code IS DISTINCT FROM (SELECT u.code FROM unit u WHERE u.unit_id = unit)))
$$;

-- Is a dossier in this column?
CREATE FUNCTION motcua.in_column(carried boolean, channel int, class text, wanted text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE wanted WHEN 'total' THEN true WHEN 'received' THEN NOT carried WHEN 'online' THEN NOT carried AND channel = 2
		WHEN 'direct' THEN NOT carried AND channel <> 2 WHEN 'carried' THEN carried
		WHEN 'done' THEN class IN ('early', 'on_time', 'late') WHEN 'open' THEN class IN ('within', 'overdue')
		ELSE class = wanted END
$$;

-- Biểu số 06: rows are fields.
CREATE FUNCTION desk.report_form06(since date, until date, deciding boolean, narrow text, personal boolean, reason text)
RETURNS TABLE (key text, field text, total bigint, online bigint, direct bigint, carried bigint, done bigint, early bigint,
	on_time bigint, late bigint, open bigint, within bigint, overdue bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
	unit bigint := report_gate('form06', since, until, deciding, narrow, false, '');
BEGIN
	RETURN QUERY SELECT c.field, c.field, count(*), count(*) FILTER (WHERE in_column(c.carried, c.channel, c.class, 'online')),
		count(*) FILTER (WHERE in_column(c.carried, c.channel, c.class, 'direct')), count(*) FILTER (WHERE c.carried),
		count(*) FILTER (WHERE in_column(c.carried, c.channel, c.class, 'done')), count(*) FILTER (WHERE c.class = 'early'),
		count(*) FILTER (WHERE c.class = 'on_time'), count(*) FILTER (WHERE c.class = 'late'),
		count(*) FILTER (WHERE in_column(c.carried, c.channel, c.class, 'open')), count(*) FILTER (WHERE c.class = 'within'),
		count(*) FILTER (WHERE c.class = 'overdue')
	FROM counted(unit, since, until, deciding) c WHERE coalesce(narrow, '') IN ('', c.field)
	GROUP BY c.field ORDER BY c.field COLLATE vi;
END $$;

-- Of each officer: who received it has it on this sheet.
CREATE FUNCTION desk.report_officers(since date, until date, deciding boolean, narrow text, personal boolean, reason text)
RETURNS TABLE (key text, officer text, title text, received bigint, online bigint, carried bigint, done bigint, early bigint,
	on_time bigint, late bigint, open bigint, overdue bigint, hours numeric)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
	unit bigint := report_gate('officers', since, until, deciding, narrow, false, '');
BEGIN
	RETURN QUERY SELECT c.login, coalesce(nullif(k.full_name, ''), c.login), coalesce(k.title, ''), count(*) FILTER (WHERE NOT c.carried),
		count(*) FILTER (WHERE in_column(c.carried, c.channel, c.class, 'online')), count(*) FILTER (WHERE c.carried),
		count(*) FILTER (WHERE in_column(c.carried, c.channel, c.class, 'done')), count(*) FILTER (WHERE c.class = 'early'),
		count(*) FILTER (WHERE c.class = 'on_time'), count(*) FILTER (WHERE c.class = 'late'),
		count(*) FILTER (WHERE in_column(c.carried, c.channel, c.class, 'open')), count(*) FILTER (WHERE c.class = 'overdue'),
		round((extract(epoch FROM avg(c.ended_at - c.received_at)) / 3600)::numeric, 1)
	FROM counted(unit, since, until, deciding) c LEFT JOIN clerk k ON k.login = c.login
	WHERE coalesce(narrow, '') IN ('', c.field)
	GROUP BY c.login, k.full_name, k.title ORDER BY given_of(coalesce(k.full_name, c.login)) COLLATE vi, c.login;
END $$;

-- Late ones: finished late in the period, or overdue when it ended; with what changed the due date last.
CREATE FUNCTION desk.report_late(since date, until date, deciding boolean, narrow text, personal boolean, reason text)
RETURNS TABLE (key text, code text, owner text, field text, procedure text, officer text, received_at timestamptz, due_at timestamptz,
	ended_at timestamptz, days int, cause text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
	unit bigint := report_gate('late', since, until, deciding, narrow, personal, reason);
BEGIN
	RETURN QUERY SELECT c.dossier_id::text, d.code, CASE WHEN personal THEN d.owner_name END, c.field, c.procedure_name,
		coalesce(nullif(k.full_name, ''), c.login), c.received_at, c.due_at, c.ended_at,
		local(coalesce(c.ended_at, least(begins(until + 1) - interval '1 second', now())))::date - local(c.due_at)::date,
		coalesce(CASE WHEN personal THEN y.why END, CASE y.cause WHEN 'supplement' THEN 'bổ sung hồ sơ' WHEN 'extension' THEN 'xin lỗi, gia hạn'
			WHEN 'incident' THEN 'sự cố' WHEN 'payment' THEN 'nghĩa vụ tài chính' WHEN 'elsewhere' THEN 'phi địa giới'
			WHEN 'correction' THEN 'điều chỉnh' END, '')
	FROM counted(unit, since, until, deciding) c JOIN dossier d ON d.unit_id = unit AND d.dossier_id = c.dossier_id
		LEFT JOIN clerk k ON k.login = c.login
		LEFT JOIN LATERAL (SELECT u.cause, u.line AS why FROM dossier_due u WHERE u.unit_id = unit AND u.dossier_id = c.dossier_id
			AND u.cause <> 'reception' ORDER BY u.seq DESC LIMIT 1) y ON true
	WHERE c.class IN ('late', 'overdue') AND coalesce(narrow, '') IN ('', c.field)
	ORDER BY 10 DESC, c.due_at, c.dossier_id LIMIT 20001;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
