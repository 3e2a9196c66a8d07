-- SPDX-License-Identifier: Apache-2.0
-- A result until it is handed over: one that came on paper, its place on the shelf, whether it has a digital copy
-- (TT 01/2023: before it is handed over), papers to be given back or taken back.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

INSERT INTO motcua.setting (name, value) VALUES ('result_wait_days', '10');

-- A result that came on paper.
CREATE TABLE motcua.result_paper (
	unit_id    bigint NOT NULL,
	dossier_id bigint NOT NULL,
	seq        int NOT NULL,
	request_id uuid NOT NULL,
	at         timestamptz NOT NULL,
	login      text NOT NULL,
	kind       text NOT NULL CHECK (kind <> '' AND length(kind) <= 200),
	number     text NOT NULL CHECK (length(number) <= 60),
	issued_on  date,
	signer     text NOT NULL CHECK (length(signer) <= 200),
	copies     int NOT NULL CHECK (copies BETWEEN 1 AND 99),
	PRIMARY KEY (unit_id, dossier_id, seq),
	UNIQUE (unit_id, request_id),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.result_paper
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- A file that is the result: scanned here.  (Files of systems are answer_part's.)
CREATE TABLE motcua.result_file (
	unit_id    bigint NOT NULL,
	dossier_id bigint NOT NULL,
	file_id    bigint NOT NULL,
	at         timestamptz NOT NULL DEFAULT clock_timestamp(),
	login      text NOT NULL,
	PRIMARY KEY (unit_id, dossier_id, file_id),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier,
	FOREIGN KEY (unit_id, file_id) REFERENCES motcua.file
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.result_file
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- Where the result lies; the newest row is where, '' nowhere any more.
CREATE TABLE motcua.result_place (
	unit_id    bigint NOT NULL,
	dossier_id bigint NOT NULL,
	seq        int NOT NULL,
	at         timestamptz NOT NULL DEFAULT clock_timestamp(),
	login      text NOT NULL,
	place      text NOT NULL CHECK (length(place) <= 60),
	PRIMARY KEY (unit_id, dossier_id, seq),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.result_place
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

-- Papers that change hands with the result: "give" back to the citizen, "take" back from them (an old certificate).
CREATE TABLE motcua.return_paper (
	unit_id    bigint NOT NULL,
	dossier_id bigint NOT NULL,
	seq        int NOT NULL,
	way        text NOT NULL CHECK (way IN ('give', 'take')),
	name       text NOT NULL CHECK (name <> '' AND length(name) <= 300),
	made_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
	made_by    text NOT NULL,
	done_at    timestamptz,
	done_by    text,
	waived     text NOT NULL DEFAULT '' CHECK (length(waived) <= 300), -- why not
	PRIMARY KEY (unit_id, dossier_id, seq),
	FOREIGN KEY (unit_id, dossier_id) REFERENCES motcua.dossier,
	CHECK ((done_at IS NULL) = (done_by IS NULL))
);

CREATE INDEX dossier_to_return ON motcua.dossier (unit_id, finished_at) WHERE status = 9;

-- ---- results on paper, digital copies, places ----

CREATE FUNCTION motcua.result_is_digital(d motcua.dossier) RETURNS boolean
LANGUAGE sql STABLE AS $$
	SELECT EXISTS (SELECT FROM result_file f WHERE f.unit_id = d.unit_id AND f.dossier_id = d.dossier_id)
		OR EXISTS (SELECT FROM answer_part p WHERE p.unit_id = d.unit_id AND p.dossier_id = d.dossier_id AND p.kind = 'result' AND p.file_id IS NOT NULL)
$$;

CREATE FUNCTION motcua.result_place_of(d motcua.dossier) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT coalesce((SELECT x.place FROM result_place x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id ORDER BY x.seq DESC LIMIT 1), '')
$$;

-- A result came on paper: paper {kind, number, issued_on, signer, copies, place}.  A dossier that is worked on is done
-- by it.  Repeated with the same request: the dossier's version, nothing more.
CREATE FUNCTION desk.result_came(wanted bigint, seen_version int, paper jsonb, request uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
	what text := btrim(coalesce(paper->>'kind', ''));
	nr text := btrim(coalesce(paper->>'number', ''));
	who text := btrim(coalesce(paper->>'signer', ''));
	spot text := btrim(coalesce(paper->>'place', ''));
	day date;
	version int := seen_version;
	moment timestamptz := date_trunc('second', clock_timestamp());
	say text;
BEGIN
	PERFORM check_size(paper);
	PERFORM check_that(request IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM pg_advisory_xact_lock(hashtextextended(request::text, mine.unit_id));
	IF EXISTS (SELECT FROM result_paper r WHERE r.unit_id = d.unit_id AND r.request_id = request AND r.dossier_id = d.dossier_id) THEN
		RETURN d.version;
	END IF;
	PERFORM check_that(what <> '' AND length(what) <= 200, 'kind', 'Ghi kết quả là giấy gì.');
	PERFORM check_that(length(nr) <= 60 AND length(who) <= 200 AND length(spot) <= 60, 'number', 'Dài quá.');
	PERFORM check_that(coalesce(paper->>'issued_on', '') ~ '^([0-9]{4}-[0-9]{2}-[0-9]{2})?$', 'issued_on', 'Ngày ký không đúng.');
	day := nullif(paper->>'issued_on', '')::date;
	PERFORM check_that(day IS NULL OR day BETWEEN '1990-01-01' AND local(now())::date, 'issued_on', 'Ngày ký không thể ở tương lai.');
	PERFORM check_that(coalesce(paper->>'copies', '1') ~ '^[1-9][0-9]?$', 'copies', 'Số bản từ 1 đến 99.');
	PERFORM check_that(d.status IN (2, 4, 9), 'status', 'Hồ sơ không ở bước chờ kết quả.');
	say := left(format('Nhận kết quả giấy: %s%s%s%s', what, CASE WHEN nr <> '' THEN ' số ' || nr ELSE '' END,
		coalesce(to_char(day, '" ngày "DD/MM/YYYY'), ''), CASE WHEN who <> '' THEN ', ' || who || ' ký' ELSE '' END), 900);
	IF d.status <> 9 THEN
		SELECT a.version INTO version FROM desk.act(wanted, seen_version, 'finish', say) a;
	ELSE
		d := dossier_lock(wanted, seen_version);
		UPDATE dossier x SET version = x.version + 1 WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id RETURNING x.version INTO version;
		INSERT INTO dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name, note)
			VALUES (d.unit_id, d.dossier_id, moment, 'result_came', 9, 9, mine.login, mine.full_name, say);
	END IF;
	INSERT INTO result_paper (unit_id, dossier_id, seq, request_id, at, login, kind, number, issued_on, signer, copies)
		SELECT d.unit_id, d.dossier_id, coalesce(max(x.seq), 0) + 1, request, moment, mine.login, what, nr, day, who, coalesce(paper->>'copies', '1')::int
		FROM result_paper x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	IF spot <> '' THEN
		PERFORM desk.result_put(wanted, spot);
	END IF;
	PERFORM audit('result_came', d.dossier_id, jsonb_build_object('number', nr));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN version;
END $$;

-- Where it lies now; '' : nowhere.  The same place again is no row.
CREATE FUNCTION desk.result_put(wanted bigint, place text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
	spot text := btrim(coalesce($2, ''));
BEGIN
	PERFORM check_that(length(spot) <= 60, 'place', 'Nơi để dài quá.');
	PERFORM check_that(d.status IN (9, 10), 'place', 'Hồ sơ chưa có kết quả.');
	PERFORM FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id FOR NO KEY UPDATE;
	IF result_place_of(d) = spot THEN
		RETURN;
	END IF;
	INSERT INTO result_place (unit_id, dossier_id, seq, login, place) SELECT d.unit_id, d.dossier_id, coalesce(max(x.seq), 0) + 1, mine.login, spot
		FROM result_place x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id;
	PERFORM audit('result_place', d.dossier_id, jsonb_build_object('place', spot));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
END $$;

-- A kept file of this unit is the result's digital copy.
CREATE FUNCTION desk.result_scanned(wanted bigint, file bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
	f record;
BEGIN
	PERFORM check_that(d.status IN (9, 10), 'status', 'Hồ sơ chưa có kết quả.');
	SELECT * INTO f FROM motcua.file x WHERE x.unit_id = d.unit_id AND x.file_id = file AND x.whole FOR UPDATE;
	IF f.file_id IS NULL OR (f.dossier_id IS NOT NULL AND f.dossier_id <> d.dossier_id) OR (f.dossier_id IS NULL AND f.login <> mine.login) THEN
		PERFORM refuse('MC008', 'Không có tệp này.', format('file %s is not for dossier %s', file, wanted));
	END IF;
	UPDATE motcua.file x SET dossier_id = d.dossier_id WHERE x.unit_id = d.unit_id AND x.file_id = file AND x.dossier_id IS NULL;
	INSERT INTO result_file (unit_id, dossier_id, file_id, login) VALUES (d.unit_id, d.dossier_id, file, mine.login) ON CONFLICT DO NOTHING;
	PERFORM audit('result_scanned', d.dossier_id, jsonb_build_object('file', file));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
END $$;

-- ---- papers that change hands ----

CREATE FUNCTION desk.return_paper_add(wanted bigint, way text, name text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
	fresh int;
BEGIN
	PERFORM check_that(coalesce($2 IN ('give', 'take'), false), 'way', 'Chưa rõ trả lại hay thu lại.');
	PERFORM check_that(btrim(coalesce($3, '')) <> '' AND length($3) <= 300, 'name', 'Ghi tên giấy tờ.');
	PERFORM check_that(d.status <> 10, 'status', 'Hồ sơ đã trả kết quả.');
	PERFORM FROM dossier x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id FOR NO KEY UPDATE;
	INSERT INTO return_paper (unit_id, dossier_id, seq, way, name, made_by) SELECT d.unit_id, d.dossier_id, coalesce(max(x.seq), 0) + 1, $2,
		btrim($3), mine.login FROM return_paper x WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id RETURNING seq INTO fresh;
	PERFORM audit('return_paper', d.dossier_id, jsonb_build_object('way', $2, 'seq', fresh));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
	RETURN fresh;
END $$;

-- It changed hands; or why it need not.
CREATE FUNCTION desk.return_paper_done(wanted bigint, seq int, waived text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	d dossier := dossier_mine(wanted);
BEGIN
	PERFORM check_that(length(coalesce($3, '')) <= 300, 'waived', 'Dài quá.');
	UPDATE return_paper x SET done_at = clock_timestamp(), done_by = mine.login, waived = btrim(coalesce($3, ''))
		WHERE x.unit_id = d.unit_id AND x.dossier_id = d.dossier_id AND x.seq = $2 AND x.done_at IS NULL;
	IF NOT FOUND THEN
		PERFORM refuse('MC006', 'Giấy tờ này đã được ghi rồi.', format('return paper %s of %s is done', $2, wanted));
	END IF;
	PERFORM audit('return_paper', d.dossier_id, jsonb_build_object('seq', $2, 'waived', btrim(coalesce($3, ''))));
	PERFORM pg_notify('motcua_unit_' || d.unit_id, 'dossier ' || d.dossier_id);
END $$;

-- All that still wait at once: they changed hands, or why not.
CREATE FUNCTION desk.return_papers_all(wanted bigint, waived text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	r record;
BEGIN
	FOR r IN SELECT p.seq FROM dossier_mine(wanted) d JOIN return_paper p USING (unit_id, dossier_id) WHERE p.done_at IS NULL ORDER BY p.seq LOOP
		PERFORM desk.return_paper_done(wanted, r.seq, waived);
	END LOOP;
END $$;

CREATE FUNCTION desk.return_papers(wanted bigint) RETURNS TABLE (seq int, way text, name text, done_at timestamptz, done_by text, waived text)
LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT r.seq, r.way, r.name, r.done_at, coalesce(name_of(r.done_by), ''), r.waived FROM dossier_mine(wanted) d JOIN return_paper r USING (unit_id, dossier_id)
	ORDER BY r.seq
$$;

RESET ROLE;
SELECT motcua.guard('{result_paper, result_file, result_place, return_paper}', '');
SELECT motcua.open_doors();
