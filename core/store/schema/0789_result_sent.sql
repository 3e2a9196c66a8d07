-- SPDX-License-Identifier: Apache-2.0
-- Indicators 3.3, 4.1 and 4.2 (QĐ 766/QĐ-TTg) ask for a result that the systems have.  A paper result scanned at this desk stays here: every
-- exchange names a result's file by an address where it can be fetched (DuongDanTepTinKetQua), and a unit has no such place.  So it is
-- kept for the citizen and the books, and not counted as sent; one that the deciding system made is.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0532, without what never left.
CREATE OR REPLACE FUNCTION motcua.kpi_with_result(unit bigint, ids bigint[]) RETURNS SETOF bigint
LANGUAGE sql STABLE AS $$
	SELECT p.dossier_id FROM answer_part p WHERE p.unit_id = unit AND p.dossier_id = ANY (ids) AND p.kind = 'result' AND p.file_id IS NOT NULL
$$;

RESET ROLE;
SELECT motcua.open_doors();
