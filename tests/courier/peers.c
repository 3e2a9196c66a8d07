/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/courier/peers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define S(code) ",{\"code\":\"" code "\",\"name\":\"Hệ thống " code "\",\"family\":\"json\"}"
static const char SYSTEMS[] =
	"SELECT count(*) FROM motcua.load('systems', 'peers', '[{\"code\":\"tu-phap\",\"name\":\"Bộ Tư pháp\","
	"\"family\":\"json\"},{\"code\":\"cong\",\"name\":\"Cổng\",\"family\":\"ndxp\"},{\"code\":\"tinh\","
	"\"name\":\"Tỉnh\",\"family\":\"ndxp\"}" S("khcn") S("vhttdl") S("lien-thong") S("dat-dai")
	S("emc") S("truc-van-ban") S("btxh") S("lltp") "]')";

int peers_start(void **state)
{
	if (road_start(state) != 0)
		return -1;
	road_profiles(MOTCUA_SOURCE "/core/data/systems/practice");
	one(admin(), "%s", SYSTEMS);
	one(admin(), "SELECT motcua.load('routes', 'peers', '[{\"rule_id\":\"9\",\"ministry\":\"tu-phap\",\"system\":\"tu-phap\","
	             "\"told\":\"cong,emc\",\"valid_from\":\"2026-01-01\",\"notice\":\"CV 2423/UBND-HCC\"}]')");
	return 0;
}

void accept_for(const char *system, const char *procedure)
{
	char file[32];
	PGconn *man = as("man");
	snprintf(file, sizeof file, "%s",
	         one(man, "SELECT desk.file_begin('to-khai.pdf', 'application/pdf', 6, sha256('abcdef'))"));
	one(man, "SELECT desk.file_piece(%s, 0, 'abcdef')", file);
	one(man, "SELECT desk.file_end(%s)", file);
	one(man, "SELECT code FROM desk.accept_dossier(test.req('{\"components\":[{\"seq\":1,\"name\":\"Tờ khai\","
	         "\"action\":\"submit\",\"originals\":1,\"copies\":0,\"pages\":2,\"state\":\"ok\",\"required\":true,"
	         "\"files\":[%s]}]}'))", file);
	PQfinish(man);
	if (strcmp(system, "tu-phap") == 0)
		return;
	one(admin(), "SELECT count(motcua.enqueue(unit_id, dossier_id, '%s', kind, CASE WHEN kind = 'dossier' THEN"
	             " jsonb_set(payload, '{procedure,code}', '\"%s\"') ELSE payload END)) FROM (SELECT * FROM"
	             " motcua.message WHERE system = 'tu-phap' AND dossier_id = (SELECT max(dossier_id) FROM"
	             " motcua.dossier) ORDER BY seq) m", system, procedure);
}

json_t *only(const char *system, json_t **all)
{
	*all = road_there(system);
	assert_int_equal(json_object_size(*all), 1);
	return json_object_iter_value(json_object_iter(*all));
}

void check_messages(const char *system, const char *want)
{
	char got[200] = "";
	json_t *all, *message;
	json_t *kept = only(system, &all);
	size_t i;
	json_array_foreach(json_object_get(kept, "messages"), i, message) {
		size_t at = strlen(got);
		snprintf(got + at, sizeof got - at, "%s%s", at ? " " : "",
		         json_string_value(json_object_get(message, "service")));
	}
	if (strcmp(got, want) != 0)
		fail_msg("%s: %s instead of %s", system, got, want);
	assert_int_equal(json_integer_value(json_object_get(kept, "duplicates")), 0);
	json_decref(all);
}

void check_field(const char *system, const char *path, const char *want)
{
	char word[400] = "";
	json_t *all, *at = json_object_get(only(system, &all), "fields");
	char steps[120];
	snprintf(steps, sizeof steps, "%s", path);
	for (char *save, *name = strtok_r(steps, ".", &save); name; name = strtok_r(NULL, ".", &save))
		at = json_is_array(at) ? json_array_get(at, (size_t)(name[0] - '0'))
		                       : json_object_get(at, name);
	if (json_is_string(at))
		snprintf(word, sizeof word, "%s", json_string_value(at));
	else if (json_is_integer(at))
		snprintf(word, sizeof word, "%lld", (long long)json_integer_value(at));
	if (!strstr(word, want) || !*word)
		fail_msg("%s: %s is “%s”", system, path, word);
	json_decref(all);
}

void until_received(const char *system, const char *number)
{
	road_until(30, system, "SELECT travel = 'received' AND NOT open AND foreign_code ~ '%s'"
	                       " FROM motcua.stream WHERE system = '%s' AND dossier_id = (SELECT"
	                       " max(dossier_id) FROM motcua.dossier)", number, system);
}
