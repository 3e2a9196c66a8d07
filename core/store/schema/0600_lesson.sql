-- SPDX-License-Identifier: Apache-2.0
-- Lessons of the practice world: how far each clerk is, and what the audit trail says was really done.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.lesson (
	unit_id  bigint NOT NULL REFERENCES motcua.unit,
	login    text NOT NULL REFERENCES motcua.clerk,
	lesson   text NOT NULL CHECK (lesson ~ '^[a-z-]{1,30}$'),
	step     int NOT NULL CHECK (step BETWEEN 0 AND 99),
	begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	at       timestamptz NOT NULL DEFAULT clock_timestamp(),
	done_at  timestamptz,              -- the first time all of it was done
	times    int NOT NULL DEFAULT 0,   -- how often
	PRIMARY KEY (unit_id, login, lesson)
);
RESET ROLE;
SELECT motcua.guard('{lesson}', '');
SET ROLE motcua_owner;

CREATE FUNCTION motcua.my_practice() RETURNS motcua.clerk
LANGUAGE plpgsql STABLE AS $$
DECLARE
	mine clerk := me();
BEGIN
	PERFORM check_that(EXISTS (SELECT FROM unit u WHERE u.unit_id = mine.unit_id AND u.practice), 'practice',
		'Bài tập chỉ có ở đơn vị tập duyệt.');
	RETURN mine;
END $$;

CREATE FUNCTION desk.lessons() RETURNS TABLE (lesson text, step int, begun_at timestamptz, done_at timestamptz, times int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT l.lesson, l.step, l.begun_at, l.done_at, l.times FROM me() m JOIN lesson l ON l.unit_id = m.unit_id AND l.login = m.login
$$;

-- Step 0 begins it anew; finished ends it.
CREATE FUNCTION desk.lesson_at(name text, step int, finished boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_practice();
	moment timestamptz := clock_timestamp();
BEGIN
	INSERT INTO lesson AS l (unit_id, login, lesson, step) VALUES (mine.unit_id, mine.login, name, lesson_at.step)
		ON CONFLICT (unit_id, login, lesson) DO UPDATE SET step = EXCLUDED.step, at = moment,
			begun_at = CASE WHEN EXCLUDED.step = 0 THEN moment ELSE l.begun_at END;
	IF finished THEN
		UPDATE lesson l SET step = 0, done_at = coalesce(l.done_at, moment), times = l.times + 1
			WHERE l.unit_id = mine.unit_id AND l.login = mine.login AND l.lesson = name;
	END IF;
END $$;

-- What I did since, as the audit trail knows it: "accept", "turn_away:02", "act:return".
CREATE FUNCTION desk.lesson_acts(since timestamptz) RETURNS TABLE (act text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := my_practice();
BEGIN
	RETURN QUERY SELECT DISTINCT a.act || coalesce(':' || CASE a.act WHEN 'turn_away' THEN CASE WHEN a.what->>'number' LIKE '%/PTC%' THEN '03' ELSE '02' END
			ELSE coalesce(a.what->>'act', a.what->>'form', a.what->>'by') END, '')
		FROM audit a WHERE a.unit_id = mine.unit_id AND a.login = mine.login AND a.at >= greatest(since, now() - interval '1 day');
END $$;

RESET ROLE;
SELECT motcua.open_doors();
