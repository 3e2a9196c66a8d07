/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/dossier_way.h"

#include <string.h>

#include "core/base/say.h"
#include "core/dossier/lifecycle.h"

static void put_rule(struct sheet *sheet, const struct way_route *route)
{
	char from[16], ended[16];
	if (!route->rule_id) {
		sheet_line(sheet, 2, ROLE_DIM,
		           _("Lúc nhận chưa có thông báo đưa thủ tục lên hệ thống của bộ: làm trên hệ thống tỉnh."));
		return;
	}
	sheet_format(sheet, 2, ROLE_DIM, _("Theo %s%s%s; quy tắc số %lld%s%s%s%s"), route->basis,
	             *route->decided_by ? _(" của ") : "", route->decided_by, (long long)route->rule_id,
	             route->valid_from != DAY_NONE ? _(", từ ") : "",
	             route->valid_from != DAY_NONE ? day_write(route->valid_from, from, sizeof from) : "",
	             *route->applies ? _(", cho ") : "", route->applies);
	if (route->ended_on != DAY_NONE)
		sheet_format(sheet, 2, ROLE_DIM,
		             _("Quy tắc đó hết áp dụng từ %s; hồ sơ này vẫn trả ở nơi đã nhận."),
		             day_write(route->ended_on, ended, sizeof ended));
}

void dossier_way_why(struct sheet *sheet, const struct way *way)
{
	char at[32];
	if (!way)
		return;
	for (int i = 0; i < way->route_count; i++) {
		const struct way_route *route = &way->routes[i];
		bool now = i == way->route_count - 1;
		if (strcmp(route->cause, "fallback") == 0) {
			sheet_format(sheet, 0, ROLE_WARN, _("Từ %s làm trên %s (duyệt: %s)"),
			             moment_write(route->at, at, sizeof at), route->system_name, route->by_name);
			sheet_line(sheet, 2, ROLE_DIM, route->basis);
			continue;
		}
		sheet_format(sheet, 0, now ? ROLE_TEXT : ROLE_DIM, now ? _("Làm trên %s") : _("Lúc nhận: %s"),
		             route->system_name);
		put_rule(sheet, route);
	}
	for (int i = 0; i < way->held_count; i++)
		if (way->held[i].fallback_id)
			sheet_format(sheet, 0, ROLE_WARN, _("! %s xin chuyển về hệ thống của tỉnh: chờ người phụ trách duyệt"),
			             way->held[i].name);
}

void dossier_way_agencies(struct sheet *sheet, const struct way *way, const struct dossier_full *d)
{
	char at[32];
	if (!way || way->agency_count == 0)
		return;
	const struct way_agency *deciding = way_agency(way, "deciding");
	const struct way_agency *receiving = way_agency(way, "receiving");
	const struct way_agency *returning = way_agency(way, "returning");
	sheet_value(sheet, _("Nơi nhận"), ROLE_TEXT, receiving ? receiving->name : "");
	sheet_value(sheet, _("Giải quyết"), ROLE_TEXT, deciding ? deciding->name : "");
	sheet_value(sheet, _("Nơi trả"), ROLE_TEXT, returning ? returning->name : "");
	if (!way_elsewhere(way))
		return;
	bool open = !status_final(d->status) && d->status != STATUS_DONE;
	if (way->elsewhere.received_at == MOMENT_NONE)
		sheet_value(sheet, "", open ? ROLE_WARN : ROLE_DIM,
		            arena_format(sheet->arena, _("Thời hạn tính từ khi %s nhận; chưa biết lúc nào, ngày hẹn là tạm tính."),
		                         deciding->name));
	else
		sheet_value(sheet, "", way->elsewhere.counted ? ROLE_DIM : ROLE_WARN,
		            arena_format(sheet->arena, _("%s nhận lúc %s%s%s%s"), deciding->name,
		                         moment_write(way->elsewhere.received_at, at, sizeof at),
		                         *way->elsewhere.source ? _(", theo ") : "", way->elsewhere.source,
		                         way->elsewhere.counted ? "" : _(" — cần tính lại ngày hẹn (F8)")));
}
