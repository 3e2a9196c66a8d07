-- SPDX-License-Identifier: Apache-2.0
-- Figures that could not be asked: the queue's on the board and in its report, what an indicator counted and what met it; a number
-- that was ended or cancelled by mistake comes back.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0534, and what became of today's numbers: served, missed, minutes of the median service, cancelled.
CREATE OR REPLACE FUNCTION motcua.board_queue(unit bigint) RETURNS SETOF motcua.board_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET jit = off AS $$
BEGIN
	RETURN QUERY SELECT 'queue', s.series, s.name, '', '', count(w.seconds)::int, coalesce(max(w.seconds) / 60, 0)::int,
		coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY w.seconds) / 60, 0)::int,
		(SELECT count(*) FROM queue_counter q WHERE q.unit_id = unit AND q.state = 'open' AND local(q.since)::date = local(now())::date
			AND queue_rank(unit, q.counter_code, s.series) IS NOT NULL)::int, now()
	FROM queue_series s
	LEFT JOIN LATERAL (SELECT extract(epoch FROM now() - greatest(t.taken_at, t.slot)) AS seconds FROM ticket t
		WHERE t.unit_id = unit AND t.day = local(now())::date AND t.queue = s.series AND t.state IN ('waiting', 'transferred')) w ON true
	WHERE s.unit_id = unit AND s.active GROUP BY s.series, s.name, s.sort;
	RETURN QUERY SELECT 'queue_day', t.queue, '', '', '', (count(*) FILTER (WHERE t.state = 'done'))::int, (count(*) FILTER (WHERE t.state = 'no_show'))::int,
		coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM t.done_at - t.serving_at) / 60) FILTER (WHERE t.state = 'done'), 0)::int,
		(count(*) FILTER (WHERE t.state = 'cancelled'))::int, now()
	FROM ticket t WHERE t.unit_id = unit AND t.day = local(now())::date GROUP BY t.queue;
END $$;

-- Ended or cancelled by mistake, the same day: it waits again in its old place, and it is said why.  Returns how many are before it.
CREATE FUNCTION desk.queue_reopen(wanted bigint, reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	rules queue_setting := queue_rules(mine.unit_id, true);
	t ticket := ticket_hold(mine.unit_id, wanted);
	was text := t.state;
BEGIN
	IF was NOT IN ('done', 'cancelled') THEN
		PERFORM refuse('MC006', 'Chỉ số đã xong hay đã huỷ mới phải đưa lại.', format('ticket is %s', was), 'state');
	END IF;
	PERFORM check_that(length(btrim(coalesce(reason, ''))) >= 3, 'note', 'Việc này cần ghi lý do.');
	t.state := 'waiting';
	t.counter_code := '';
	t.to_counter := '';
	t.calls := 0;
	t.serving_at := NULL;
	t.done_at := NULL;
	PERFORM ticket_move(t, 'back', was, mine.login, btrim(reason));
	PERFORM audit('queue_reopen', NULL, jsonb_build_object('ticket', ticket_text(t.series, t.number), 'was', was, 'reason', left(btrim(reason), 300)));
	RETURN ticket_before(t);
END $$;

-- ---- KPI ----

-- As in 0532.  which: 'missed', 'met', 'counted' (both).
DROP FUNCTION desk.kpi_list(text, date, date, int);
CREATE FUNCTION desk.kpi_list(code text, first date, last date, which text, most int) RETURNS SETOF motcua.board_row
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET jit = off AS $$
DECLARE
	mine clerk := my_supervisor();
	ids bigint[];
BEGIN
	PERFORM check_that(first <= last AND last - first < 400, 'from', 'Kỳ tính chỉ số không đúng.');
	PERFORM check_that(which IN ('missed', 'met', 'counted'), 'which', 'Không có danh sách này.');
	ids := ARRAY(SELECT f.dossier_id FROM kpi_facts(mine.unit_id, first, last) f, LATERAL kpi_marks_of(f, kpi_end(last)) m
		WHERE m.indicator = kpi_list.code AND (which = 'counted' OR m.met = (which = 'met')) LIMIT greatest(1, least(most, 1000)));
	PERFORM board_look(jsonb_build_object('list', 'kpi', 'key', left(kpi_list.code, 10) || ' ' || which));
	RETURN QUERY SELECT r.* FROM dossier d, LATERAL board_row_of(d) r WHERE d.unit_id = mine.unit_id AND d.dossier_id = ANY (ids)
		ORDER BY d.received_at DESC;
END $$;

-- ---- reports ----

-- As in 0720; behind numbers of the queue, the dossiers that came of them.
CREATE OR REPLACE FUNCTION motcua.report_ids(unit bigint, kind text, since date, until date, deciding boolean, narrow text, row_key text, col text)
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
	CASE kind
	WHEN 'form06' THEN RETURN QUERY SELECT c.dossier_id FROM counted(unit, since, until, deciding) c
		WHERE coalesce(narrow, '') IN ('', c.field) AND row_key IN ('', c.field) AND in_column(c.carried, c.channel, c.class, col);
	WHEN 'officers' THEN RETURN QUERY SELECT c.dossier_id FROM counted(unit, since, until, deciding) c
		WHERE coalesce(narrow, '') IN ('', c.field) AND row_key IN ('', c.login) AND in_column(c.carried, c.channel, c.class, col);
	WHEN 'elsewhere' THEN RETURN QUERY SELECT b.dossier_id FROM between_places(unit, since, until) b
		WHERE coalesce(narrow, '') IN ('', b.field) AND row_key IN ('', b.key) AND in_column(b.carried, b.channel, b.class, col);
	WHEN 'digitised' THEN RETURN QUERY SELECT g.dossier_id FROM digitised(unit, since, until, deciding) g
		WHERE coalesce(narrow, '') IN ('', g.field) AND row_key IN ('', g.field) AND CASE col WHEN 'received' THEN g.received
			WHEN 'no_file' THEN g.received AND NOT g.with_file WHEN 'with_file' THEN g.with_file WHEN 'reused' THEN g.reused
			WHEN 'portal' THEN g.portal WHEN 'done' THEN g.done WHEN 'no_result' THEN g.done AND NOT g.result_file
			WHEN 'result_file' THEN g.result_file ELSE false END;
	WHEN 'fees' THEN RETURN QUERY SELECT DISTINCT m.dossier_id FROM money_lines(unit, since, until) m
		WHERE coalesce(narrow, '') IN ('', m.field) AND row_key IN ('', m.name)
			AND (col = 'dossiers' OR m.way = col OR col = 'total' AND m.way IN ('cash', 'transfer'));
	WHEN 'ratings' THEN RETURN QUERY SELECT DISTINCT r.dossier_id FROM rated(unit, since, until) r
		WHERE coalesce(narrow, '') IN ('', r.field) AND row_key IN ('', r.nth::text)
			AND CASE col WHEN 'dossiers' THEN true WHEN 'two' THEN r.points = 2 WHEN 'one' THEN r.points = 1 WHEN 'zero' THEN r.points = 0 ELSE false END;
	WHEN 'queue' THEN RETURN QUERY SELECT DISTINCT k.dossier_id FROM ticket t JOIN ticket_dossier k ON k.unit_id = t.unit_id AND k.ticket_id = t.ticket_id
		WHERE t.unit_id = unit AND t.day BETWEEN since AND until AND row_key IN ('', t.queue) AND CASE col WHEN 'taken' THEN true
			WHEN 'done' THEN t.state = 'done' WHEN 'with_dossier' THEN t.state = 'done'
			WHEN 'over_target' THEN extract(epoch FROM t.first_called_at - greatest(t.taken_at, t.slot)) / 60 > t.target_minutes ELSE false END;
	ELSE PERFORM refuse('MC008', 'Bảng này không mở được danh sách hồ sơ.', format('no list behind %s', kind));
	END CASE;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
