-- SPDX-License-Identifier: Apache-2.0
-- A portal that hands over what citizens filed instead of being asked for it (nhanhsdvcqg): each goes the way of a
-- filing that was listed and read; who hands it over again hears that it is here.

SET LOCAL search_path = motcua, pg_temp;

GRANT CREATE ON SCHEMA motcua TO motcua_wire;
SET ROLE motcua_wire;

-- line as of wire.filings_listed, view as of wire.filing_told.  stored: something of it was news; known; taken: its code
-- is another dossier's; nowhere: of no unit here; old: nothing that was newly filed;
-- later: filed once more, and they have not heard yet what became of it before.
CREATE FUNCTION motcua.filing_pushed(sys text, line jsonb, view jsonb) RETURNS text
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
	code text := line->>'code';
	unit bigint := filing_unit(coalesce(line->>'agency', ''), code);
	f filing;
	was filing;
BEGIN
	IF unit IS NULL THEN
		RETURN 'nowhere';
	END IF;
	PERFORM wire.filings_listed(sys, jsonb_build_array(line));
	SELECT * INTO was FROM filing x WHERE x.unit_id = unit AND x.system = sys AND x.foreign_code = code FOR UPDATE;
	IF was.filing_id IS NULL THEN
		RETURN 'old';
	ELSIF was.status NOT IN (1, 5) THEN
		IF was.dossier_id IS NULL AND line->>'status' = '1' AND was.line <> concat_ws(' ', line->>'status', line->>'at') THEN
			RETURN 'later';
		END IF;
		IF was.dossier_id IS NULL OR filing_is(unit, was.dossier_id, view) THEN
			RETURN CASE WHEN was.dossier_id IS NULL AND was.twin IS NOT NULL AND was.version > 0 THEN 'taken' ELSE 'known' END;
		END IF;
		PERFORM filing_clash(was, was.dossier_id);
		RETURN 'taken';
	END IF;
	-- Whoever reads it at this moment comes too late.
	UPDATE filing x SET fence = x.fence + 1, leased_until = now() + interval '1 minute' WHERE x.unit_id = unit AND x.filing_id = was.filing_id
		RETURNING x.* INTO f;
	PERFORM wire.filing_told(sys, f.filing_id, f.fence, view);
	SELECT * INTO f FROM filing x WHERE x.unit_id = unit AND x.filing_id = was.filing_id;
	RETURN CASE WHEN f.filing_id IS NULL THEN 'old' WHEN f.status = 2 AND f.twin IS NOT NULL THEN CASE f.version WHEN 0 THEN 'known' ELSE 'taken' END
		WHEN f.version <> was.version OR f.status <> was.status THEN 'stored' ELSE 'known' END;
END $$;

-- items: [{"line", "view"}], all of one call.  outcome: "taken" (in), "known", "failed" with a sentence for them, "later":
-- some of it is to be handed over again (what is here stays so).
CREATE FUNCTION wire.filings_pushed(sys text, call text, items jsonb, OUT outcome text, OUT note text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_variable
DECLARE
	one record;
	what text;
	code text;
BEGIN
	outcome := 'known';
	note := '';
	FOR one IN SELECT e->'line' AS line, e->'view' AS view FROM jsonb_array_elements(items) e ORDER BY e->'line'->>'code' LOOP
		what := filing_pushed(sys, one.line, one.view);
		code := one.line->>'code';
		IF what = 'later' THEN
			outcome := 'later';
			note := left(note || format('Hồ sơ %s: kết quả lần nộp trước chưa gửi đến nơi, xin gửi lại sau. ', code), 500);
		ELSIF what IN ('nowhere', 'taken', 'old') THEN
			outcome := CASE outcome WHEN 'later' THEN outcome ELSE 'failed' END;
			note := left(note || CASE what WHEN 'nowhere' THEN format('Hồ sơ %s không phải của đơn vị nào ở đây. ', code)
				WHEN 'taken' THEN format('Mã %s là của một hồ sơ khác ở đây. ', code) ELSE format('Hồ sơ %s không phải mới đăng ký. ', code) END, 500);
		ELSIF what = 'stored' AND outcome = 'known' THEN
			outcome := 'taken';
		END IF;
		INSERT INTO called_in (system, call, unit_id, code, digest, outcome) VALUES (sys, left(call, 60),
			filing_unit(coalesce(one.line->>'agency', ''), code), code, sha256(convert_to(one.view::text, 'UTF8')),
			CASE WHEN what = 'stored' THEN 'news' WHEN what IN ('known', 'later') THEN 'known' ELSE 'stranger' END);
	END LOOP;
END $$;

RESET ROLE;
REVOKE CREATE ON SCHEMA motcua FROM motcua_wire;
SELECT motcua.open_doors();
