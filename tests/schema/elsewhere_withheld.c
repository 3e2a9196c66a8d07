/* SPDX-License-Identifier: Apache-2.0
 *
 * What another desk received, on the boards of this unit. */
#include "tests/schema/elsewhere.h"

/* Kept back from the systems it is not "unsent", nor does a system work on it for us: it waits for the desk, on every board and in its task. */
void waits_for_no_system(const char *id)
{
	PGconn *province, *hue = as("hue");
	char due[64];
	put(due, sizeof due, one(admin(), "SELECT due_at FROM motcua.dossier WHERE dossier_id = %s", id));
	one(admin(), "UPDATE motcua.dossier SET due_at = now() - interval '1 hour' WHERE dossier_id = %s", id);
	one(admin(), "SET search_path = motcua, pg_temp");
	assert_string_equal(one(admin(), "SELECT who || ' ' || whose FROM motcua.in_hand((SELECT unit_id FROM motcua.unit WHERE code = '30538')) WHERE dossier_id = %s", id), "desk man");
	assert_string_equal(one(admin(), "SELECT w.who || ' ' || w.whose FROM motcua.dossier d JOIN motcua.stream s ON s.unit_id = d.unit_id AND s.dossier_id = d.dossier_id"
		" AND s.system = d.route_system, motcua.dossier_holder h, motcua.waits_for(d.status, d.login, s, h) w WHERE d.dossier_id = %s AND h.unit_id = d.unit_id"
		" AND h.dossier_id = d.dossier_id AND h.until_at IS NULL", id), "desk man");
	assert_string_equal(one(hue, "SELECT string_agg(split_part(key, ' ', 1), ' ') FROM desk.board() WHERE part = 'who' AND n1 > 0"), "desk");
	one(admin(), "UPDATE motcua.unit SET province_code = '91' WHERE code = '30538'");
	one(admin(), "SELECT motcua.province_add('tinh-c', '91', 'Người theo dõi', '', 'motcua-tap-duyet')");
	province = as("tinh-c");
	assert_string_equal(one(province, "SELECT string_agg(who, ' ') FROM province.holders('30538') WHERE late > 0"), "desk");
	one(admin(), "SELECT motcua.mark_late((SELECT unit_id FROM motcua.unit WHERE code = '30538'))");
	assert_string_equal(one(admin(), "SELECT text LIKE '%%Đang ở bộ phận một cửa: Lê Thị Mận.' FROM motcua.problem WHERE dossier_id = %s AND kind = 'late'", id), "t");
	one(admin(), "RESET search_path");
	one(admin(), "UPDATE motcua.dossier SET due_at = '%s' WHERE dossier_id = %s", due, id);
	PQfinish(province);
	PQfinish(hue);
}
