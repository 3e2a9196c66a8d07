/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/path.h"
#include "core/base/say.h"
#include "tui/accounts_sheet.h"
#include "tui/command/report.h"

struct wait {
	const struct account_row *rows;
	int count;
	bool done, good;
	struct error err;
};

static void on_list(struct accounts_ask *ask, const struct account_row *rows, int count,
                    const struct error *err)
{
	struct wait *wait = ask->owner;
	wait->rows = rows;
	wait->count = count;
	wait->good = !err;
	if (err)
		wait->err = *err;
	wait->done = true;
}

static void tell(const struct call *call, const char *path, const struct accounts_counts *counts)
{
	if (call->json)
		command_json(json_pack("{s:s, s:i, s:i}", "file", path, "officers", counts->officers,
		                       "gaps", counts->gaps));
	else
		printf(_("Đã ghi %s: %d cán bộ, %d tài khoản cần cấp.\n"), path, counts->officers, counts->gaps);
}

int report_accounts(struct clerk *clerk, const struct call *call)
{
	struct wait wait = { 0 };
	struct accounts_ask ask = { .done = on_list, .into = &clerk->arena, .owner = &wait };
	struct accounts_counts counts;
	moment_t now = session_now(clerk->session);
	const char *path = call->out ? call->out
	                             : accounts_sheet_path(&clerk->arena, ".", moment_day(now));
	if (!clerk_catalogue(clerk, &wait.err))
		return command_failed(&wait.err);
	accounts_list(clerk->store, &clerk->scope, &ask);
	clerk_wait(clerk, &wait.done);
	if (!wait.good || !accounts_sheet(path, wait.rows, wait.count, clerk->catalogue, clerk->facts, now,
	                                  &counts, &wait.err))
		return command_failed(&wait.err);
	tell(call, path, &counts);
	return 0;
}
