/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/route_text.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/dossier/catalogue.h"
#include "tui/sync_words.h"

static const char *with(struct arena *arena, const char *so_far, const char *part)
{
	if (!*part)
		return so_far;
	return *so_far ? arena_format(arena, "%s · %s", so_far, part) : part;
}

const char *route_applies(struct arena *arena, const struct route_row *row)
{
	const char *out = row->procedure_code;
	out = with(arena, out, row->case_name);
	out = with(arena, out, row->field);
	out = with(arena, out, row->ministry);
	if (*row->level)
		out = with(arena, out, arena_format(arena, _("cấp %s"), row->level));
	if (*row->deciding_unit)
		out = with(arena, out, arena_format(arena, _("đơn vị %s giải quyết"), row->deciding_unit));
	return *out ? out : _("mọi thủ tục");
}

const char *route_state(struct arena *arena, const struct route_row *row)
{
	char day[16];
	if (strcmp(row->state, "coming") == 0)
		return arena_format(arena, _("từ %s"), day_write(row->valid_from, day, sizeof day));
	if (strcmp(row->state, "ended") != 0)
		return row->valid_to == DAY_NONE
		               ? _("đang áp dụng")
		               : arena_format(arena, _("đến %s"), day_write(row->valid_to - 1, day, sizeof day));
	return row->valid_to == DAY_NONE
	               ? _("đã bỏ")
	               : arena_format(arena, _("hết %s"), day_write(row->valid_to - 1, day, sizeof day));
}

static const char *name_of(const struct catalogue *catalogue, const char *code)
{
	const struct system *system = catalogue ? catalogue_system(catalogue, code) : NULL;
	return system && *system->name ? system->name : NULL;
}

const char *route_system_short(const struct catalogue *catalogue, const char *code)
{
	const char *name = name_of(catalogue, code);
	return name ? sync_short_name(name) : code;
}

const char *route_system_full(struct arena *arena, const struct catalogue *catalogue, const char *code)
{
	const char *name = name_of(catalogue, code);
	return name ? arena_format(arena, "%s (%s)", name, code) : code;
}

const char *route_systems(struct arena *arena, const struct catalogue *catalogue, const char *codes)
{
	const char *out = "";
	for (const char *at = codes; *at;) {
		size_t n = strcspn(at, ", ");
		char code[64];
		snprintf(code, sizeof code, "%.*s", (int)n, at);
		if (n)
			out = arena_format(arena, "%s%s%s", out, *out ? ", " : "",
			                   arena_string(arena, route_system_short(catalogue, code)));
		at += n + strspn(at + n, ", ");
	}
	return out;
}

void route_text(const struct catalogue *catalogue, const struct route_row *row, struct bytes *out)
{
	struct arena arena = { 0 };
	char day[16], at[32];
	bytes_format(out, _("Quy tắc số %lld — %s\n"), (long long)row->rule_id, route_state(&arena, row));
	bytes_format(out, _("Áp dụng cho: %s\n"), route_applies(&arena, row));
	if (*row->procedure_name)
		bytes_format(out, "  %s\n", row->procedure_name);
	bytes_format(out, _("Chuyển đến: %s\n"), arena_format(&arena, "%s (%s)", row->system_name, row->system));
	if (*row->told)
		bytes_format(out, _("Báo thêm cho: %s\n"), route_systems(&arena, catalogue, row->told));
	bytes_format(out, _("Hồ sơ nhận từ ngày %s"), row->valid_from == DAY_NONE ? "…" : day_write(row->valid_from, day, sizeof day));
	if (row->valid_to != DAY_NONE)
		bytes_format(out, _(" đến hết ngày %s"), day_write(row->valid_to - 1, day, sizeof day));
	bytes_format(out, "\n\n");
	bytes_format(out, _("Văn bản: %s\nCơ quan ban hành: %s\n"), row->notice, row->decided_by);
	if (row->entered_at != MOMENT_NONE)
		bytes_format(out, _("Người nhập: %s, lúc %s\n"), row->entered_by,
		             moment_write(row->entered_at, at, sizeof at));
	else
		bytes_format(out, _("Nạp từ tệp: %s\n"), row->entered_by);
	if (row->ended_at != MOMENT_NONE)
		bytes_format(out, _("Người kết thúc: %s, lúc %s — %s\n"), row->ended_by,
		             moment_write(row->ended_at, at, sizeof at), row->ended_why);
	if (*row->note)
		bytes_format(out, _("Ghi chú: %s\n"), row->note);
	bytes_format(out, "\n%s\n",
	             _("Hồ sơ đã nhận thì giữ nguyên hệ thống của mình, dù quy tắc về sau đổi thế nào."));
	arena_free(&arena);
}

static bool concerns(const struct route_rule *rule, const struct procedure *p)
{
	return (!*rule->procedure_code || strcmp(rule->procedure_code, p->code) == 0) &&
	       (!*rule->ministry || strcmp(rule->ministry, p->ministry) == 0) &&
	       (!*rule->field || strcmp(rule->field, p->field) == 0);
}

void route_procedure_text(const struct catalogue *catalogue, const struct procedure *p, day_t today,
                          struct bytes *out)
{
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct route route;
	struct route_ask ask = { p, "xã", 0, p->deciding_unit, today };
	char from[16], to[16];
	bytes_format(out, "%s %s\n\n%s\n", p->code, p->name, _("VÌ SAO CHUYỂN ĐẾN ĐÓ"));
	if (!route_choose(&arena, catalogue, &ask, &route, &err))
		bytes_format(out, "  %s\n", err.say);
	else
		for (size_t i = 0; i < route.why.count; i++)
			bytes_format(out, "  %s\n", route.why.items[i]);
	struct lines later = route_future(&arena, catalogue, &ask);
	bytes_format(out, "\n%s\n", _("SẼ ĐỔI TỪ NGÀY NÀO"));
	for (size_t i = 0; i < later.count; i++)
		bytes_format(out, "  %s\n", later.items[i]);
	if (later.count == 0)
		bytes_format(out, "  %s\n", _("Chưa có văn bản nào làm đổi hệ thống của thủ tục này."));
	bytes_format(out, "\n%s\n", _("CÁC QUY TẮC LIÊN QUAN"));
	for (size_t i = 0; i < catalogue->count[CATALOGUE_ROUTES]; i++) {
		const struct route_rule *rule = &catalogue->routes[i];
		if (!concerns(rule, p))
			continue;
		bytes_format(out, _("  Số %lld → %s, từ %s%s%s — %s\n"), (long long)rule->rule_id,
		             route_system_full(&arena, catalogue, rule->system),
		             rule->valid_from == DAY_NONE ? "…" : day_write(rule->valid_from, from, sizeof from),
		             rule->valid_to == DAY_NONE ? "" : _(" đến hết "),
		             rule->valid_to == DAY_NONE ? "" : day_write(rule->valid_to - 1, to, sizeof to),
		             rule->notice);
	}
	arena_free(&arena);
}
