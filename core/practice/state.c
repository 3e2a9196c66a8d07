/* SPDX-License-Identifier: Apache-2.0
 *
 * What the practice world keeps: moved on by time, listed for tests, saved and
 * read back. */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/practice/world.h"

/* The systems outside work on a dossier: taken up (4), then finished (9). */
static int next_by_itself(int status)
{
	return status == 2 ? 4 : status == 4 ? 9 : 0;
}

static void move(const struct world_system *system, const char *code, json_t *kept, int to,
                 moment_t now)
{
	char when[16], status[8];
	snprintf(status, sizeof status, "%d", to);
	json_object_set_new(kept, "status", json_integer(to));
	json_object_set_new(kept, "moved", json_integer(now));
	json_array_append_new(
		json_object_get(kept, "steps"),
		json_pack("{s:s, s:s, s:s, s:s, s:s}", "MaHoSo", code, "NguoiXuLy", system->name,
	                  "ThoiDiemXuLy", moment_write_wire(now, when, sizeof when), "NoiDungXuLy",
	                  to == 9 ? "Đã xử lý xong" : "Đang xử lý", "TrangThai", status));
}

bool world_step(struct world *world, struct world_system *system, moment_t now, int64_t step_ms)
{
	bool moved = false;
	const char *code;
	json_t *kept;
	json_object_foreach(system->dossiers, code, kept) {
		int to = next_by_itself((int)json_integer_value(json_object_get(kept, "status")));
		moment_t since = json_integer_value(json_object_get(kept, "moved"));
		if (!to || (step_ms >= 0 && (now - since) * 1000 < step_ms))
			continue;
		move(system, code, kept, to, now);
		moved = true;
	}
	world->changed |= moved;
	return moved;
}

json_t *world_state(const struct world *world, const char *only_code)
{
	json_t *systems = json_object();
	for (int i = 0; i < WORLD_COUNT; i++) {
		const struct world_system *system = &world->systems[i];
		if (only_code && strcmp(only_code, system->code) != 0)
			continue;
		json_object_set_new(systems, system->code,
		                    json_pack("{s:s, s:s, s:I, s:I, s:I, s:O, s:O}", "name",
		                              system->name, "agency", system->agency, "next",
		                              system->next, "calls", system->calls, "logins",
		                              system->logins, "dossiers", system->dossiers,
		                              "extra", system->extra));
	}
	return json_pack("{s:o}", "systems", systems);
}

bool world_load(struct world *world, const json_t *state, struct error *err)
{
	const json_t *systems = json_object_get(state, "systems");
	if (!json_is_object(systems))
		return fail(err, FAULT_INPUT, _("Tệp trạng thái tập duyệt bị hỏng"));
	for (int i = 0; i < WORLD_COUNT; i++) {
		struct world_system *system = &world->systems[i];
		const json_t *kept = json_object_get(systems, system->code);
		json_t *dossiers = json_object_get(kept, "dossiers");
		if (!json_is_object(dossiers))
			continue;
		json_decref(system->dossiers);
		system->dossiers = json_deep_copy(dossiers);
		if (json_is_object(json_object_get(kept, "extra"))) {
			json_decref(system->extra);
			system->extra = json_deep_copy(json_object_get(kept, "extra"));
		}
		system->next = json_integer_value(json_object_get(kept, "next"));
		if (system->next < 1)
			system->next = (json_int_t)json_object_size(dossiers) + 1;
	}
	return true;
}

void world_reset(struct world *world, const char *code)
{
	for (int i = 0; i < WORLD_COUNT; i++) {
		struct world_system *system = &world->systems[i];
		if (code && strcmp(code, system->code) != 0)
			continue;
		world_expire(system);
		json_object_clear(system->dossiers);
		json_object_clear(system->extra);
		system->next = 1;
		system->calls = system->logins = 0;
		world->changed = true;
	}
}
