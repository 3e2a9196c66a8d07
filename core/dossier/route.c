/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/route.h"

#include <string.h>

#include "core/base/say.h"
#include "core/dossier/catalogue.h"

static bool same(const char *key, const char *value)
{
	return !*key || (value && !strcmp(key, value));
}

/* "xã+tỉnh" contains "xã". */
static bool has_level(const char *levels, const char *level)
{
	size_t n = strlen(level);
	for (const char *at = levels; *at;) {
		size_t m = strcspn(at, "+");
		if (m == n && !strncmp(at, level, n))
			return true;
		at += m + (at[m] == '+');
	}
	return false;
}

static bool applies(const struct route_rule *rule, const struct route_ask *ask)
{
	const struct procedure *p = ask->procedure;
	if ((rule->valid_from != DAY_NONE && ask->day < rule->valid_from) ||
	    (rule->valid_to != DAY_NONE && ask->day >= rule->valid_to))
		return false;
	/* Without a level of its own the dossier is decided where the procedure says. */
	const char *level = ask->level && *ask->level ? ask->level : NULL;
	if (*rule->level && !(level ? !strcmp(rule->level, level) : has_level(p->level, rule->level)))
		return false;
	return same(rule->procedure_code, p->code) && same(rule->ministry, p->ministry) &&
	       same(rule->field, p->field) && same(rule->deciding_unit, ask->deciding_unit) &&
	       (!rule->case_id || rule->case_id == ask->case_id);
}

/* Procedure outweighs all the rest together, and so on down. */
static int weight(const struct route_rule *rule)
{
	return (*rule->procedure_code ? 32 : 0) + (rule->case_id ? 16 : 0) +
	       (*rule->deciding_unit ? 8 : 0) + (*rule->field ? 4 : 0) + (*rule->ministry ? 2 : 0) +
	       (*rule->level ? 1 : 0);
}

static bool better(const struct route_rule *a, const struct route_rule *b)
{
	if (!b || weight(a) != weight(b))
		return !b || weight(a) > weight(b);
	if (a->valid_from != b->valid_from)
		return a->valid_from > b->valid_from;
	return a->rule_id > b->rule_id;
}

/* Splits "tinh,cong", leaving out the destination and repetitions. */
static void tell(struct arena *arena, struct route *route, const char *codes)
{
	for (const char *at = codes; *at && route->told_count < ROUTE_TOLD_MOST;) {
		at += strspn(at, ", {}");
		size_t n = strcspn(at, ", {}");
		if (!n)
			break;
		const char *code = arena_copy(arena, at, n);
		bool again = !strcmp(code, route->system);
		for (size_t i = 0; i < route->told_count; i++)
			again |= !strcmp(code, route->told[i]);
		if (!again)
			route->told[route->told_count++] = code;
		at += n;
	}
}

static const char *named(const struct catalogue *catalogue, const char *code)
{
	const struct system *system = catalogue_system(catalogue, code);
	return system && *system->name ? system->name : code;
}

/* A rule that will send this procedure elsewhere later, for the sentence. */
static const struct route_rule *coming(const struct catalogue *catalogue,
                                       const struct route_ask *ask, const struct route *now)
{
	const struct route_rule *next = NULL;
	for (size_t i = 0; i < catalogue->count[CATALOGUE_ROUTES]; i++) {
		const struct route_rule *rule = &catalogue->routes[i];
		struct route_ask then = *ask;
		if (rule->valid_from == DAY_NONE || rule->valid_from <= ask->day)
			continue;
		then.day = rule->valid_from;
		if (!applies(rule, &then) || !strcmp(rule->system, now->system))
			continue;
		if (now->rule && weight(rule) < weight(now->rule))
			continue;
		if (!next || rule->valid_from < next->valid_from)
			next = rule;
	}
	return next;
}

static void explain(struct arena *arena, const struct catalogue *catalogue,
                    const struct route_ask *ask, struct route *route)
{
	char from[16];
	const struct route_rule *rule = route->rule;
	lines_add(&route->why, arena, _("Chuyển đến: %s"), named(catalogue, route->system));
	if (!rule)
		lines_add(&route->why, arena,
		          _("Chưa có thông báo đưa thủ tục này lên hệ thống của bộ: vẫn làm trên hệ "
		            "thống của tỉnh"));
	else if (rule->valid_from != DAY_NONE)
		lines_add(&route->why, arena, _("Từ ngày %s theo %s"),
		          day_write(rule->valid_from, from, sizeof(from)),
		          *rule->notice ? rule->notice : _("quy tắc chưa ghi văn bản"));
	else
		lines_add(&route->why, arena, _("Theo %s"),
		          *rule->notice ? rule->notice : _("quy tắc chưa ghi văn bản"));
	if (rule)
		lines_add(&route->why, arena, _("Quy tắc số %lld, áp dụng cho %s%s"),
		          (long long)rule->rule_id,
		          *rule->procedure_code ? _("riêng thủ tục ")
		          : *rule->field        ? _("lĩnh vực ")
		          : *rule->ministry     ? _("mọi thủ tục của ")
		                                : _("mọi thủ tục"),
		          *rule->procedure_code ? rule->procedure_code
		          : *rule->field        ? rule->field
		                                : rule->ministry);
	for (size_t i = 0; i < route->told_count; i++)
		lines_add(&route->why, arena, _("Báo cho: %s"), named(catalogue, route->told[i]));
	const struct route_rule *next = coming(catalogue, ask, route);
	if (next)
		lines_add(&route->why, arena,
		          _("Từ ngày %s sẽ là %s; hồ sơ nhận trước ngày đó vẫn trả trên hệ thống này"),
		          day_write(next->valid_from, from, sizeof(from)),
		          named(catalogue, next->system));
}

bool route_choose(struct arena *arena, const struct catalogue *catalogue,
                  const struct route_ask *ask, struct route *out, struct error *err)
{
	struct route route = { .system = ROUTE_DEFAULT_SYSTEM, .notice = "" };
	for (size_t i = 0; i < catalogue->count[CATALOGUE_ROUTES]; i++) {
		const struct route_rule *rule = &catalogue->routes[i];
		if (applies(rule, ask) && better(rule, route.rule))
			route.rule = rule;
	}
	if (route.rule) {
		route.rule_id = route.rule->rule_id;
		route.system = route.rule->system;
		route.notice = route.rule->notice;
		tell(arena, &route, route.rule->told);
	}
	route.destination = catalogue_system(catalogue, route.system);
	if (route.rule && !route.destination) {
		fail(err, FAULT_INPUT,
		     _("Quy tắc chuyển số %lld chỉ đến hệ thống \"%s\" chưa có trong danh mục."),
		     (long long)route.rule_id, route.system);
		return because(err, "route rule %lld names unknown system %s",
		               (long long)route.rule_id, route.system);
	}
	explain(arena, catalogue, ask, &route);
	*out = route;
	return true;
}
