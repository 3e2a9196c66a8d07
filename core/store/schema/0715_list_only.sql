-- SPDX-License-Identifier: Apache-2.0
-- A list printed of chosen dossiers says on the paper that it is a list: who holds a dossier changes by the signed hand-over alone
-- (desk.hand_give, desk.consign_print).

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0361; it says what it is.
CREATE OR REPLACE FUNCTION desk.issue_handover(request uuid, wanted bigint[], taker_unit text, taker_name text,
	OUT paper_id bigint, OUT number text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET timezone = 'Asia/Ho_Chi_Minh' AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
	made paper;
	moment timestamptz := date_trunc('second', clock_timestamp());
	items text;
	how_many int;
BEGIN
	PERFORM check_that(request IS NOT NULL, 'request_id', 'Yêu cầu không có mã.');
	PERFORM check_that(length(btrim(coalesce(taker_unit, ''))) BETWEEN 1 AND 200, 'taker_unit', 'Ghi bên nhận hồ sơ.');
	PERFORM check_that(length(btrim(coalesce(taker_name, ''))) <= 120, 'taker_name', 'Tên người nhận quá dài.');
	PERFORM check_chosen(mine, wanted);
	PERFORM pg_advisory_xact_lock(hashtextextended(request::text, mine.unit_id));
	SELECT * INTO made FROM paper x WHERE x.unit_id = mine.unit_id AND x.request_id = request AND x.form = 'handover';
	IF made.paper_id IS NULL THEN
		SELECT count(*), string_agg(field('item.' || n || '.code', code) || field('item.' || n || '.owner', owner_name)
				|| field('item.' || n || '.procedure', procedure_name) || field('item.' || n || '.papers', papers::text)
				|| field('item.' || n || '.due', iso(due_at)), '' ORDER BY n)
			INTO how_many, items
			FROM (SELECT d.code, d.owner_name, d.procedure_name, d.due_at, row_number() OVER (ORDER BY w.n) AS n,
					(SELECT nullif(sum(c.originals + c.copies), 0) FROM dossier_component c WHERE c.unit_id = d.unit_id
						AND c.dossier_id = d.dossier_id AND c.action = 'submit' AND c.state = 'ok') AS papers
				FROM (SELECT x.id, min(x.n) AS n FROM unnest(wanted) WITH ORDINALITY x(id, n) GROUP BY x.id) w
				JOIN dossier d ON d.unit_id = mine.unit_id AND d.dossier_id = w.id) q;
		made := paper_of_list(mine, request, 'handover', field('item_count', how_many::text) || field('list_only', '1')
			|| (SELECT field('giver.unit', coalesce(nullif(u.office, ''), u.name)) FROM unit u WHERE u.unit_id = mine.unit_id)
			|| field('giver.name', mine.full_name) || field('giver.title', mine.title)
			|| field('taker.unit', btrim(taker_unit)) || field('taker.name', btrim(taker_name)) || items, moment);
		PERFORM audit('paper_issue', w.id, jsonb_build_object('paper', made.paper_id, 'form', 'handover', 'number', made.number))
			FROM (SELECT DISTINCT x.id FROM unnest(wanted) x(id)) w;
	END IF;
	paper_id := made.paper_id;
	number := made.number;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
