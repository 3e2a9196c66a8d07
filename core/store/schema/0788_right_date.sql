-- SPDX-License-Identifier: Apache-2.0
-- A date that was set wrongly (an apology, an incident, a slip of the hand) is put right by a supervisor on the dossier's screen, with the
-- reason; everybody hears of it (0785).

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

INSERT INTO motcua.side_act (act, from_status, who) SELECT 'change_due', s, 'supervisor' FROM unnest('{1,2,4,5,6}'::int[]) s;
UPDATE motcua.counter_act SET say = 'hẹn sai ngày thì người phụ trách điều chỉnh ngày hẹn (Việc khác), nêu lý do; văn bản đã in thu lại' WHERE act = 'apologise';
UPDATE motcua.counter_act SET say = 'tính sai thì người phụ trách điều chỉnh ngày hẹn (Việc khác), nêu lý do' WHERE act = 'incident_due';
INSERT INTO motcua.counter_act VALUES ('change_due', 'sai thì người phụ trách điều chỉnh lại ngày hẹn (Việc khác), nêu lý do');

-- What desk.side_act (0806) does for it.
CREATE FUNCTION motcua.right_date(d motcua.dossier, seen_version int, fresh timestamptz, why text) RETURNS int
LANGUAGE plpgsql SET search_path = motcua, pg_temp AS $$
BEGIN
	PERFORM check_that(why <> '', 'reason', 'Ghi vì sao ngày hẹn đang ghi là sai.');
	PERFORM check_that(fresh IS NOT NULL AND isfinite(fresh), 'new_due', 'Ghi ngày hẹn đúng.');
	PERFORM check_that(fresh IS DISTINCT FROM d.due_at, 'new_due', 'Ngày hẹn vẫn như đang ghi.');
	PERFORM check_that(EXISTS (SELECT FROM unit u, LATERAL shifts_on(u.code, local(fresh)::date) WHERE u.unit_id = d.unit_id), 'new_due',
		'Ngày hẹn rơi vào ngày nghỉ.');
	RETURN move_due(d.dossier_id, seen_version, 'correction', fresh, 'Điều chỉnh ngày hẹn ghi sai: ' || why);
END $$;

RESET ROLE;
SELECT motcua.open_doors();
