/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua queue — the queue as it stands, and how the unit has set it up: written
 * out as JSON, changed in an editor, loaded again by a supervisor. */
#include <stdlib.h>

#include "core/base/say.h"
#include "tui/command/clerk.h"

#define PLAN_MOST 262144

static int load(struct clerk *clerk, const char *path)
{
	struct error err = { 0 };
	char *plan;
	size_t size;
	json_t *value;
	if (!command_take(&clerk->arena, path, PLAN_MOST, &plan, &size, &err))
		return command_failed(&err);
	value = json_loadb(plan, size, JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_object(value)) {
		json_decref(value);
		fail(&err, FAULT_INPUT, _("Tệp %s không phải một giá trị JSON."), path);
		return command_failed(&err);
	}
	char *text = json_dumps(value, JSON_COMPACT);
	bool good = store_ask_wait(clerk->store, &clerk->arena, "select desk.queue_setup($1::jsonb)",
	                           (struct param[]){ PARAM_TEXT(text) }, 1, false, NULL, &err);
	free(text);
	json_decref(value);
	if (!good)
		return command_failed(&err);
	printf("%s\n", _("Đã lập hàng đợi."));
	return 0;
}

/* One JSON value: what stands now, what may be loaded again. */
static int write_plan(struct clerk *clerk)
{
	struct error err = { 0 };
	struct reply reply;
	if (!store_ask_wait(clerk->store, &clerk->arena, "select desk.queue_plan()::text as plan", NULL, 0, true, &reply, &err))
		return command_failed(&err);
	json_t *plan = json_loads(reply_text(&reply, 0, "plan"), 0, NULL);
	if (plan)
		command_json(plan);
	return plan ? 0 : EXIT_BUG;
}

static int print_now(struct clerk *clerk)
{
	struct error err = { 0 };
	struct reply reply;
	if (!store_ask_wait(clerk->store, &clerk->arena, "select * from desk.queue_now()", NULL, 0, true, &reply, &err))
		return command_failed(&err);
	if (!reply.rows)
		printf("%s\n", _("Đơn vị chưa lập hàng đợi nào."));
	for (int i = 0; i < reply.rows; i++)
		printf(_("%s  đang chờ %d (lâu nhất %d phút, trung vị %d), vắng %d, xong %d, quầy mở %d  %s\n"), reply_text(&reply, i, "series"),
		       (int)reply_number(&reply, i, "waiting", 0), (int)reply_number(&reply, i, "longest_wait", 0) / 60,
		       (int)reply_number(&reply, i, "median_wait", 0) / 60, (int)reply_number(&reply, i, "no_show", 0),
		       (int)reply_number(&reply, i, "done", 0), (int)reply_number(&reply, i, "counters_open", 0),
		       reply_text(&reply, i, "name"));
	return 0;
}

int command_queue(struct program *program, int argc, char **argv)
{
	struct error err = { 0 };
	struct call call;
	struct clerk clerk;
	if (!command_read(&call, argc, argv, 0, 1))
		return EXIT_USAGE;
	int status = !clerk_begin(&clerk, program, &call, false, &err) ? command_failed(&err)
	             : call.count                                      ? load(&clerk, call.words[0])
	             : call.json                                       ? write_plan(&clerk)
	                                                               : print_now(&clerk);
	clerk_end(&clerk);
	return status;
}
