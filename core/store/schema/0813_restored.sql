-- SPDX-License-Identifier: Apache-2.0
-- After a copy came back: no number that somebody may hold on paper is given again, of whatever kind.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0565, and: papers with a number (receipts, Mẫu 02 to 05, hand-overs …) go on at a round thousand well beyond; today's tickets
-- go on beyond what a hall gives in a day, blocks of kiosks of today and the days ahead beyond those that are out; the books of
-- certification, which have no gap, wait for a supervisor who reads the last number on paper.  Run by the administrator, once a
-- restore, before anybody is let in.
CREATE OR REPLACE FUNCTION motcua.restored(made timestamptz) RETURNS int
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
DECLARE
	today date := local(now())::date;
	days int := greatest(0, today - local(made)::date) + 1;
	beyond int := ceil(days * 0.5) * 1000;
	touched int;
	at_work bigint;
BEGIN
	INSERT INTO code_sequence AS s
		SELECT u.unit_id, d::date, 2000 FROM unit u, generate_series(local(made)::date, today, interval '1 day') d
		ON CONFLICT ON CONSTRAINT code_sequence_pkey DO UPDATE SET last = s.last + 2000;
	GET DIAGNOSTICS touched = ROW_COUNT;
	FOR at_work IN SELECT u.unit_id FROM unit u WHERE EXISTS (SELECT FROM clerk k WHERE k.unit_id = u.unit_id) LOOP
		INSERT INTO paper_sequence AS s
			SELECT at_work, f.form, y, beyond FROM (SELECT form FROM paper_sign UNION SELECT form FROM paper_sequence) f,
				generate_series(extract(year FROM local(made))::int, extract(year FROM today)::int) y
			ON CONFLICT ON CONSTRAINT paper_sequence_pkey DO UPDATE SET last = (s.last + beyond + 999) / 1000 * 1000;
		INSERT INTO certify_doubt (unit_id, book, year, at, known)
			SELECT at_work, b.book, y, clock_timestamp(), coalesce((SELECT c.last FROM certify_year c WHERE c.unit_id = at_work AND c.book = b.book AND c.year = y), 0)
			FROM certify_book b, generate_series(extract(year FROM local(made))::int, extract(year FROM today)::int) y
			WHERE NOT EXISTS (SELECT FROM certify_doubt x WHERE x.unit_id = at_work AND x.book = b.book AND x.year = y AND x.last IS NULL);
		-- What the day before left behind ends, as with a day's first number.
		IF NOT EXISTS (SELECT FROM ticket_sequence s WHERE s.unit_id = at_work AND s.day = today AND s.last > 0) THEN
			PERFORM queue_new_day(at_work, today);
		END IF;
		INSERT INTO ticket_sequence AS s (unit_id, day, series, last, held)
			SELECT at_work, today + n, q.series, CASE n WHEN 0 THEN 500 ELSE 0 END, 1900 FROM queue_series q, generate_series(0, 31) n WHERE q.unit_id = at_work
			ON CONFLICT (unit_id, day, series) DO UPDATE SET held = s.held + 1000,
				last = CASE WHEN s.day > today THEN s.last WHEN s.last <= 400 THEN s.last + 500 WHEN s.last <= 900 THEN 5500 ELSE s.last + 500 END;
	END LOOP;
	RETURN touched;
END $$;

RESET ROLE;
