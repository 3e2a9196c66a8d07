/* SPDX-License-Identifier: Apache-2.0 */
#include "core/practice/rights.h"

#include <stdio.h>
#include <string.h>

static const char *member(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

static json_t *table_of(struct world_system *system)
{
	json_t *table = json_object_get(system->extra, "rights");
	if (!table) {
		table = json_object();
		json_object_set_new(system->extra, "rights", table);
	}
	return table;
}

void rights_turn(struct world *world, struct world_system *system, const json_t *request)
{
	const char *officer = *member(request, "officer") ? member(request, "officer") : "*";
	json_t *table = table_of(system);
	world->changed = true;
	if (strcmp(officer, "*") == 0)
		json_object_clear(table);
	if (*member(request, "state"))
		json_object_set_new(table, officer, json_deep_copy(request));
	else
		json_object_del(table, officer);
}

/* Known here under some name: the account's, or the person's own. */
static bool known(const json_t *item)
{
	static const char *const names[] = { "TaiKhoan", "SoDinhDanh", "SoDienThoai", "Email" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (*member(item, names[i]))
			return true;
	return false;
}

static json_t *list_of(const json_t *turned, const char *name)
{
	json_t *list = json_object_get(turned, name);
	return json_is_array(list) ? json_deep_copy(list) : json_array();
}

static json_t *one(const struct world_system *system, const json_t *item)
{
	char made[96];
	const char *who = member(item, "MaThamChieu"), *account = member(item, "TaiKhoan");
	const json_t *table = json_object_get(system->extra, "rights");
	const json_t *turned = json_object_get(table, who);
	if (!turned)
		turned = json_object_get(table, "*");
	const char *state = turned ? member(turned, "state") : known(item) ? "granted" : "missing";
	bool granted = strcmp(state, "granted") == 0;
	snprintf(made, sizeof made, "%.40s.%s", who, system->code);
	return json_pack("{s:s, s:s, s:s, s:o, s:o, s:s}", "MaThamChieu", who, "TaiKhoan",
	                 *account                          ? account
	                 : *member(turned, "account") ? member(turned, "account")
	                 : granted                    ? made
	                                              : "", "TrangThai",
	                 granted ? "1" : strcmp(state, "missing") == 0 ? "0" : "2", "LinhVuc",
	                 list_of(turned, "fields"), "ThuTuc", list_of(turned, "procedures"), "GhiChu",
	                 turned ? member(turned, "note") : known(item) ? "" : "Không tìm thấy cán bộ");
}

json_t *rights_answer(const struct world_system *system, const json_t *items)
{
	size_t i;
	json_t *item, *list = json_array();
	json_array_foreach((json_t *)(uintptr_t)items, i, item)
		json_array_append_new(list, one(system, item));
	return list;
}

static struct world_system *find(const struct practice_ask *ask, const char **service,
                                 struct practice_told *told)
{
	(void)told;
	*service = "rights";
	bool ours = strcmp(ask->method, "POST") == 0 && strcmp(ask->rest, "kiem-tra") == 0;
	return ours ? ask->tenant : NULL;
}

static void answer(const struct practice_ask *ask, struct world_system *system,
                   const char *service, struct practice_told *told)
{
	(void)service;
	system->calls++;
	if (!world_session_good(system, ask_bearer(ask), ask->now_ms)) {
		told->status = 401;
		told->json = json_pack("{s:i, s:s}", "code", 401, "message", "Unauthorized");
		return;
	}
	told->json = json_pack("{s:i, s:s, s:o}", "code", 200, "message", "Thành công", "data",
	                       rights_answer(system, json_object_get(ask->json, "danhSach")));
}

const struct practice_door door_rights = {
	.prefix = "/quyen-can-bo/",
	.find = find,
	.answer = answer,
};
