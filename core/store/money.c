/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/money.h"

#include <stdio.h>

static void on_read(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct transfer_ask *mine = OWNER_OF(ask, struct transfer_ask, ask);
	struct error unfit;
	struct transfer_row row = { 0 };
	if (!err) {
		row = (struct transfer_row){ .code = reply_text(reply, 0, "code"),
			.amount = reply_number(reply, 0, "amount", 0), .bin = reply_text(reply, 0, "bin"),
			.bank = reply_text(reply, 0, "bank"), .account = reply_text(reply, 0, "account"),
			.holder = reply_text(reply, 0, "holder") };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : &row, err);
}

static void on_shown(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct transfer_ask *mine = OWNER_OF(ask, struct transfer_ask, ask);
	(void)reply;
	mine->done(mine, NULL, err);
}

static void on_issued(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct issue_ask *mine = OWNER_OF(ask, struct issue_ask, ask);
	mine->done(mine, err ? 0 : reply_number(reply, 0, "paper_id", 0), err);
}

static void on_paid(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct paid_ask *mine = OWNER_OF(ask, struct paid_ask, ask);
	mine->done(mine, err ? 0 : (int)reply_number(reply, 0, "version", 0), err);
}

void transfer_read(struct store *store, struct scope *scope, struct transfer_ask *mine, int64_t dossier_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->ask = (struct ask){ .done = on_read, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.transfer($1::bigint)",
	          (struct param[]){ PARAM_TEXT(id) }, 1);
}

void transfer_shown(struct store *store, struct scope *scope, struct transfer_ask *mine, int64_t dossier_id,
                    int64_t amount)
{
	char id[24], sum[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	snprintf(sum, sizeof sum, "%lld", (long long)amount);
	mine->ask = (struct ask){ .done = on_shown, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select desk.transfer_shown($1::bigint, $2::bigint)",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(sum) }, 2);
}

void fee_paid(struct store *store, struct scope *scope, struct paid_ask *mine, int64_t dossier_id, const int *lines,
              int count, const char *way, moment_t at)
{
	char id[24], when[40], seqs[PAID_LINES * 12 + 3] = "{";
	size_t used = 1;
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	for (int i = 0; i < count && i < PAID_LINES; i++)
		used += (size_t)snprintf(seqs + used, sizeof seqs - used, "%s%d", i ? "," : "", lines[i]);
	snprintf(seqs + used, sizeof seqs - used, "}");
	mine->ask = (struct ask){ .done = on_paid, .repeat = true };
	store_ask(store, scope, &mine->ask,
	          "select desk.fee_paid($1::bigint, $2::int[], $3, $4::timestamptz, $5::uuid) as version",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(seqs), PARAM_TEXT(way),
	                            PARAM_TEXT(at == MOMENT_NONE ? NULL : moment_write_iso(at, when, sizeof when)),
	                            PARAM_TEXT(mine->request_id) }, 5);
}

void paper_issue(struct store *store, struct scope *scope, struct issue_ask *mine, const char *form,
                 int64_t dossier_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->ask = (struct ask){ .done = on_issued, .repeat = true };
	store_ask(store, scope, &mine->ask, "select * from desk.issue_paper($1::uuid, $2, $3::bigint)",
	          (struct param[]){ PARAM_TEXT(mine->request_id), PARAM_TEXT(form), PARAM_TEXT(id) }, 3);
}

void paper_guide(struct store *store, struct scope *scope, struct issue_ask *mine, const char *procedure,
                 int64_t case_id, const char *lines)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)case_id);
	mine->ask = (struct ask){ .done = on_issued, .repeat = true };
	store_ask(store, scope, &mine->ask,
	          "select desk.guide_paper($1::uuid, $2, $3::bigint, $4) as paper_id",
	          (struct param[]){ PARAM_TEXT(mine->request_id), PARAM_TEXT(procedure), PARAM_TEXT(id),
	                            PARAM_TEXT(lines) }, 4);
}
