-- SPDX-License-Identifier: Apache-2.0
-- A print job is a row: it survives the counter that made it, goes to another printer on a key, and never
-- prints twice by itself.  What was being printed when a counter died is unconfirmed: somebody must look.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.print_job (
	unit_id      bigint NOT NULL REFERENCES motcua.unit,
	job_id       bigint GENERATED ALWAYS AS IDENTITY,
	request_id   uuid NOT NULL,
	papers       bigint[] NOT NULL,          -- in this order; none: a test page
	done         int NOT NULL DEFAULT 0,     -- how many of them are behind us
	title        text NOT NULL,              -- a dossier's code, a paper's number: never a name
	printer      text NOT NULL,
	device       text NOT NULL DEFAULT '',   -- what one job at a time may use; '': no need to wait
	counter_code text NOT NULL,
	login        text NOT NULL,
	session_id   bigint NOT NULL,            -- who works on it, as long as that session lives
	state        text NOT NULL DEFAULT 'queued'
		CHECK (state IN ('queued', 'printing', 'printed', 'unconfirmed', 'failed', 'dropped')),
	doubt        boolean NOT NULL DEFAULT false, -- one of its papers was not confirmed
	copy         int NOT NULL DEFAULT 0,     -- of the paper printed last: 0 the first, n the n-th copy
	attempt      int NOT NULL DEFAULT 0,     -- which begin: a late outcome belongs to its own
	counted      boolean NOT NULL DEFAULT false, -- this attempt is among the copies already
	reason       text NOT NULL DEFAULT '',   -- one sentence for the clerk
	made_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
	changed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
	PRIMARY KEY (unit_id, job_id),
	UNIQUE (unit_id, request_id)
);
CREATE INDEX print_job_open ON motcua.print_job (unit_id, job_id) WHERE state IN ('queued', 'printing', 'unconfirmed', 'failed');
CREATE INDEX print_job_latest ON motcua.print_job (unit_id, changed_at);

-- Who holds a device now.  A dead holder's hold ends by the clock.
CREATE TABLE motcua.print_hold (
	unit_id      bigint NOT NULL REFERENCES motcua.unit,
	device       text NOT NULL,
	job_id       bigint NOT NULL,
	counter_code text NOT NULL,
	until        timestamptz NOT NULL,
	PRIMARY KEY (unit_id, device)
);

-- What a printer answered last, to whom.
CREATE TABLE motcua.printer_word (
	unit_id      bigint NOT NULL REFERENCES motcua.unit,
	device       text NOT NULL,
	printer      text NOT NULL,
	state        text NOT NULL CHECK (state IN ('ready', 'printed', 'unconfirmed', 'failed')),
	say          text NOT NULL,
	counter_code text NOT NULL,
	at           timestamptz NOT NULL DEFAULT clock_timestamp(),
	PRIMARY KEY (unit_id, device)
);

CREATE FUNCTION motcua.my_counter() RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	id bigint := my_session();
BEGIN
	RETURN (SELECT s.counter_code FROM session s WHERE s.unit_id = my_unit() AND s.session_id = id);
END $$;

-- Whether the program that works on a job is still there.
CREATE FUNCTION motcua.session_lives(unit bigint, id bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
	SELECT EXISTS (SELECT FROM session s JOIN pg_stat_activity a ON a.pid = s.pid AND a.usename = s.login
		WHERE s.unit_id = unit AND s.session_id = id AND s.ended_at IS NULL)
$$;

CREATE FUNCTION motcua.print_changed(unit bigint, job bigint) RETURNS void
LANGUAGE sql AS $$ SELECT pg_notify('motcua_unit_' || unit, 'printjob ' || job) $$;

-- Held until the end of the transaction.
CREATE FUNCTION motcua.print_of(mine motcua.clerk, wanted bigint) RETURNS motcua.print_job
LANGUAGE plpgsql AS $$
DECLARE
	j print_job;
BEGIN
	SELECT * INTO j FROM print_job x WHERE x.unit_id = mine.unit_id AND x.job_id = wanted FOR UPDATE;
	IF j.job_id IS NULL THEN
		PERFORM refuse('MC008', 'Không có việc in này.', format('no print job %s', wanted));
	END IF;
	RETURN j;
END $$;

-- The paper a job is at; NULL for a test page.
CREATE FUNCTION motcua.print_paper(j motcua.print_job) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$ SELECT j.papers[j.done + 1] $$;

CREATE FUNCTION motcua.print_last(j motcua.print_job) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT j.done + 1 >= cardinality(j.papers) $$;

-- Somebody else is at it.
CREATE FUNCTION motcua.print_busy(j motcua.print_job) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
	RETURN j.state IN ('queued', 'printing') AND j.session_id <> my_session() AND session_lives(j.unit_id, j.session_id);
END $$;

-- Among the copies, and in the paper's own history.
CREATE FUNCTION motcua.print_count(mine motcua.clerk, j motcua.print_job, result text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	wanted bigint := print_paper(j);
	came boolean := result IN ('ok', 'unconfirmed') AND NOT j.counted;
	of_dossier bigint;
BEGIN
	IF wanted IS NULL THEN
		PERFORM audit('print_test', NULL, jsonb_build_object('printer', j.printer, 'result', left(result, 400)));
		RETURN;
	END IF;
	UPDATE paper p SET copies_printed = p.copies_printed + CASE WHEN came THEN 1 ELSE 0 END
		WHERE p.unit_id = mine.unit_id AND p.paper_id = wanted RETURNING p.dossier_id INTO of_dossier;
	INSERT INTO paper_print (unit_id, paper_id, login, printer, result)
		VALUES (mine.unit_id, wanted, mine.login, j.printer, left(result, 400));
	PERFORM audit('print', of_dossier, jsonb_build_object('paper', wanted, 'printer', j.printer,
		'copy', j.copy, 'result', left(result, 400)));
END $$;

-- Jobs whose counter died.  Sent, perhaps: unconfirmed, and counted, so that the next one says it is a copy.
-- Never sent: failed.  A moment of grace for lines that were only lost; none at the counter's own log-in.
CREATE FUNCTION motcua.print_recover(mine motcua.clerk, at_once text) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	j print_job;
	found_some int := 0;
BEGIN
	FOR j IN SELECT * FROM print_job x WHERE x.unit_id = mine.unit_id AND x.state IN ('queued', 'printing')
			AND (x.counter_code = at_once OR x.changed_at < clock_timestamp() - interval '30 seconds')
			AND NOT session_lives(x.unit_id, x.session_id)
			AND (x.counter_code = at_once OR NOT EXISTS (SELECT FROM print_hold h WHERE h.unit_id = x.unit_id
				AND h.job_id = x.job_id AND h.until > clock_timestamp()))
			ORDER BY x.job_id FOR UPDATE SKIP LOCKED LOOP
		IF j.state = 'printing' THEN
			PERFORM print_count(mine, j, 'unconfirmed');
		END IF;
		UPDATE print_job x SET changed_at = clock_timestamp(), counted = j.state = 'printing',
			doubt = x.doubt OR j.state = 'printing',
			state = CASE j.state WHEN 'printing' THEN 'unconfirmed' ELSE 'failed' END,
			reason = CASE j.state WHEN 'printing' THEN 'Chương trình dừng giữa lúc in: hãy xem tờ giấy đã ra chưa.'
				ELSE 'Chương trình dừng trước khi in: chưa có gì ra giấy.' END
			WHERE x.unit_id = j.unit_id AND x.job_id = j.job_id;
		DELETE FROM print_hold h WHERE h.unit_id = j.unit_id AND h.job_id = j.job_id;
		PERFORM print_changed(j.unit_id, j.job_id);
		found_some := found_some + 1;
	END LOOP;
	RETURN found_some;
END $$;

-- What a job is called when nobody names it.
CREATE FUNCTION motcua.print_title(unit bigint, papers bigint[]) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN (SELECT coalesce(d.code, nullif(p.number, ''), 'in-san-tap-' || p.block_id, 'Mẫu ' || p.form)
			|| CASE WHEN cardinality(papers) > 1 THEN ' +' || cardinality(papers) - 1 ELSE '' END
		FROM paper p LEFT JOIN dossier d ON d.unit_id = p.unit_id AND d.dossier_id = p.dossier_id
		WHERE p.unit_id = unit AND p.paper_id = papers[1]);
END $$;

-- Lays a job in; the same request gives the same job.
CREATE FUNCTION desk.print_queue(request uuid, papers bigint[], title text, printer text, device text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	id bigint;
BEGIN
	PERFORM check_that(cardinality($2) <= 200 AND array_position($2, NULL) IS NULL, 'papers', 'Mỗi lần in nhiều nhất 200 giấy.');
	IF EXISTS (SELECT FROM unnest($2) w(id) WHERE NOT EXISTS (SELECT FROM paper p
			WHERE p.unit_id = mine.unit_id AND p.paper_id = w.id)) THEN
		PERFORM refuse('MC008', 'Không có giấy tờ này.', format('no paper among %s', $2));
	END IF;
	INSERT INTO print_job (unit_id, request_id, papers, title, printer, device, counter_code, login, session_id)
		VALUES (mine.unit_id, $1, $2, left(coalesce(nullif($3, ''), print_title(mine.unit_id, $2), 'trang in thử'), 120), left($4, 200), left($5, 300), my_counter(), mine.login, my_session())
		ON CONFLICT (unit_id, request_id) DO NOTHING RETURNING job_id INTO id;
	RETURN coalesce(id, (SELECT j.job_id FROM print_job j WHERE j.unit_id = mine.unit_id AND j.request_id = $1));
END $$;

-- Takes the device, if it is free, and hands out the next paper as frozen.  NULL form: holder prints there now.
CREATE FUNCTION desk.print_begin(wanted bigint, OUT holder text, OUT attempt int, OUT paper_id bigint, OUT form text,
	OUT fields text, OUT number text, OUT copy int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	j print_job := print_of(mine, wanted);
	p paper;
BEGIN
	IF j.state <> 'queued' THEN
		PERFORM refuse('MC006', 'Giấy này đang được in ở nơi khác.', format('print job is %s', j.state));
	END IF;
	IF j.device <> '' THEN
		INSERT INTO print_hold AS h VALUES (mine.unit_id, j.device, j.job_id, j.counter_code,
				clock_timestamp() + interval '20 seconds')
			ON CONFLICT (unit_id, device) DO UPDATE SET job_id = excluded.job_id,
				counter_code = excluded.counter_code, until = excluded.until
			WHERE h.until < clock_timestamp() OR h.job_id = excluded.job_id;
		IF NOT FOUND THEN
			SELECT h.counter_code INTO holder FROM print_hold h WHERE h.unit_id = mine.unit_id AND h.device = j.device;
			RETURN;
		END IF;
	END IF;
	IF print_paper(j) IS NULL THEN
		SELECT 'test', field('unit.name', u.name) || field('at', iso(clock_timestamp())) || field('counter', j.counter_code)
				|| CASE WHEN u.practice THEN field('practice', '1') ELSE '' END, '', 0
			INTO form, fields, number, copy FROM unit u WHERE u.unit_id = mine.unit_id;
	ELSE
		-- Two begins of one paper see each other; whoever counts copies is not waited for.
		PERFORM pg_advisory_xact_lock(hashtextextended('motcua.print', print_paper(j)));
		SELECT * INTO p FROM paper x WHERE x.unit_id = mine.unit_id AND x.paper_id = print_paper(j);
		paper_id := p.paper_id;
		form := p.form;
		fields := p.fields;
		number := p.number;
		-- What others print of it at this moment is out before this one.
		copy := p.copies_printed + (SELECT count(*) FROM print_job o WHERE o.unit_id = mine.unit_id
			AND o.job_id <> j.job_id AND o.state = 'printing' AND print_paper(o) = p.paper_id);
		PERFORM audit('paper', p.dossier_id, jsonb_build_object('paper', p.paper_id));
	END IF;
	attempt := j.attempt + 1;
	UPDATE print_job x SET state = 'printing', attempt = x.attempt + 1, counted = false, copy = print_begin.copy,
		session_id = my_session(), login = mine.login, reason = '', changed_at = clock_timestamp()
		WHERE x.unit_id = j.unit_id AND x.job_id = j.job_id;
END $$;

-- Still at it.
CREATE FUNCTION desk.print_hold(wanted bigint, attempt int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
BEGIN
	UPDATE print_job x SET state = 'printing', session_id = my_session()
		WHERE x.unit_id = mine.unit_id AND x.job_id = $1 AND x.attempt = $2 AND x.state IN ('printing', 'unconfirmed');
	UPDATE print_hold h SET until = clock_timestamp() + interval '20 seconds'
		WHERE h.unit_id = mine.unit_id AND h.job_id = $1;
END $$;

CREATE FUNCTION desk.printer_said(printer text, device text, state text, say text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
BEGIN
	INSERT INTO printer_word AS w VALUES (mine.unit_id, left($2, 300), left($1, 200), $3, left($4, 400), my_counter())
		ON CONFLICT (unit_id, device) DO UPDATE SET printer = excluded.printer, state = excluded.state,
			say = excluded.say, counter_code = excluded.counter_code, at = clock_timestamp();
END $$;

-- How an attempt ended: 'printed', 'unconfirmed' or 'failed'.  May be told twice; an outcome of an earlier
-- attempt changes nothing.  more: the next paper of the job is due (print_begin again).
CREATE FUNCTION desk.print_end(wanted bigint, attempt int, outcome text, say text, cause text, OUT state text,
	OUT more boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	j print_job := print_of(mine, wanted);
BEGIN
	PERFORM check_that($3 IN ('printed', 'unconfirmed', 'failed'), 'outcome', 'Kết quả in không đúng.');
	state := j.state;
	more := false;
	IF j.attempt <> $2 OR j.state NOT IN ('printing', 'unconfirmed') THEN
		RETURN;
	END IF;
	PERFORM print_count(mine, j, CASE $3 WHEN 'failed' THEN coalesce(nullif($5, ''), 'failed') ELSE 'ok' END);
	DELETE FROM print_hold h WHERE h.unit_id = j.unit_id AND h.job_id = j.job_id;
	j.doubt := CASE WHEN j.state = 'printing' THEN j.doubt OR $3 = 'unconfirmed' ELSE $3 = 'unconfirmed' END;
	more := $3 <> 'failed' AND NOT print_last(j);
	state := CASE WHEN $3 = 'failed' THEN 'failed' WHEN more THEN 'queued' WHEN j.doubt THEN 'unconfirmed' ELSE 'printed' END;
	UPDATE print_job x SET state = print_end.state, doubt = j.doubt, counted = true, reason = left(coalesce($4, ''), 400),
		done = x.done + CASE WHEN $3 = 'failed' THEN 0 ELSE 1 END, session_id = my_session(), changed_at = clock_timestamp()
		WHERE x.unit_id = j.unit_id AND x.job_id = j.job_id;
	PERFORM desk.printer_said(j.printer, CASE j.device WHEN '' THEN j.counter_code || ' ' || j.printer ELSE j.device END,
		$3, $4);
	PERFORM print_changed(j.unit_id, j.job_id);
END $$;

-- Once more, or elsewhere: what failed, what nobody confirmed, what a dead counter left.  Those of its papers
-- that are out stay out, unless all were.
CREATE FUNCTION desk.print_take(wanted bigint, printer text, device text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	j print_job := print_of(mine, wanted);
BEGIN
	IF j.state IN ('printed', 'dropped') THEN
		PERFORM refuse('MC006', 'Việc in này đã xong.', format('print job is %s', j.state));
	ELSIF print_busy(j) THEN
		PERFORM refuse('MC006', 'Giấy này đang được in ở nơi khác.', format('print job is %s', j.state));
	ELSIF j.state = 'printing' THEN -- its word was lost: it may be out
		PERFORM print_count(mine, j, 'unconfirmed');
	END IF;
	DELETE FROM print_hold h WHERE h.unit_id = j.unit_id AND h.job_id = j.job_id;
	UPDATE print_job x SET state = 'queued', printer = left($2, 200), device = left($3, 300), reason = '',
		done = CASE WHEN x.done >= greatest(cardinality(x.papers), 1) THEN 0 ELSE x.done END, doubt = false,
		counter_code = my_counter(), session_id = my_session(), login = mine.login, changed_at = clock_timestamp()
		WHERE x.unit_id = j.unit_id AND x.job_id = j.job_id;
	PERFORM audit('print_take', NULL, jsonb_build_object('job', j.job_id, 'was', j.state, 'from', j.printer, 'to', $2));
	PERFORM print_changed(j.unit_id, j.job_id);
END $$;

-- Nobody prints it any more: seen (somebody has the paper in the hand) or let go.
CREATE FUNCTION desk.print_close(wanted bigint, seen boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	j print_job := print_of(mine, wanted);
BEGIN
	IF j.state NOT IN ('queued', 'unconfirmed', 'failed') OR ($2 AND j.state <> 'unconfirmed')
			OR print_busy(j) THEN
		PERFORM refuse('MC006', 'Việc in này đã xong hoặc đang được in.', format('print job is %s', j.state));
	END IF;
	UPDATE print_job x SET state = CASE WHEN $2 THEN 'printed' ELSE 'dropped' END, changed_at = clock_timestamp(),
		reason = CASE WHEN $2 THEN format('%s đã xem: giấy ra đủ.', mine.full_name)
			ELSE format('%s bỏ, không in nữa.', mine.full_name) END
		WHERE x.unit_id = j.unit_id AND x.job_id = j.job_id;
	PERFORM audit(CASE WHEN $2 THEN 'print_seen' ELSE 'print_drop' END, NULL,
		jsonb_build_object('job', j.job_id, 'papers', to_jsonb(j.papers), 'was', j.state, 'reason', j.reason));
	PERFORM print_changed(j.unit_id, j.job_id);
END $$;

-- At log-in: what this counter left unfinished, told once; old lines go.
CREATE FUNCTION desk.print_left(OUT found_now int, OUT failed int, OUT unconfirmed int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	here text := my_counter();
BEGIN
	found_now := print_recover(mine, nullif(here, ''));
	SELECT count(*) FILTER (WHERE j.state = 'failed'), count(*) FILTER (WHERE j.state = 'unconfirmed')
		INTO failed, unconfirmed FROM print_job j WHERE j.unit_id = mine.unit_id AND j.counter_code = here
			AND j.state IN ('failed', 'unconfirmed');
	DELETE FROM print_job j WHERE j.unit_id = mine.unit_id AND j.changed_at < clock_timestamp() - interval '60 days';
END $$;

-- Open ones first, then the latest.
CREATE FUNCTION desk.print_jobs(most int) RETURNS TABLE (job_id bigint, state text, title text, papers bigint[], done int,
	copy int, printer text, counter_code text, here boolean, busy boolean, by_name text, reason text, made_at timestamptz,
	changed_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	place text := my_counter();
BEGIN
	PERFORM print_recover(mine, NULL);
	RETURN QUERY SELECT j.job_id, j.state, j.title, j.papers, j.done, j.copy, j.printer, j.counter_code,
		j.counter_code = place, print_busy(j), coalesce(c.full_name, j.login), j.reason, j.made_at, j.changed_at
	FROM print_job j LEFT JOIN clerk c ON c.login = j.login
	WHERE j.unit_id = mine.unit_id
	ORDER BY j.state IN ('queued', 'printing', 'unconfirmed', 'failed') DESC, j.changed_at DESC
	LIMIT least(coalesce($1, 100), 500);
END $$;

CREATE FUNCTION desk.printer_words() RETURNS TABLE (device text, printer text, state text, say text, counter_code text,
	at timestamptz, held_by text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT w.device, w.printer, w.state, w.say, w.counter_code, w.at, coalesce((SELECT h.counter_code FROM print_hold h
		WHERE h.unit_id = w.unit_id AND h.device = w.device AND h.until > clock_timestamp()), '')
	FROM me() m JOIN printer_word w ON w.unit_id = m.unit_id ORDER BY w.printer
$$;

RESET ROLE;
SELECT motcua.guard('{print_job,print_hold,printer_word}', '');
SELECT motcua.open_doors();
