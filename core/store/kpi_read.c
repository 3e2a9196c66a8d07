/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/kpi_read.h"

#include <stdio.h>
#include <string.h>

static int indicator_of(const char *code)
{
	static const char *const codes[] = {
#define X(name, code, group, full, label) code,
		KPI_INDICATORS(X)
#undef X
	};
	for (int i = 0; i < KPI_COUNT; i++)
		if (strcmp(codes[i], code) == 0)
			return i;
	return -1;
}

static void on_unit(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct kpi_unit_ask *mine = OWNER_OF(ask, struct kpi_unit_ask, ask);
	struct kpi_sum sum = { 0 };
	struct error unfit;
	for (int row = 0; !err && row < reply->rows; row++) {
		const char *code = reply_text(reply, row, "indicator");
		int met = (int)reply_number(reply, row, "met", 0), i = indicator_of(code);
		if (strcmp(code, "late") == 0)
			sum.late = met;
		else if (strcmp(code, "complained") == 0)
			sum.complained = met;
		if (i < 0)
			continue;
		sum.counted[i] = (int)reply_number(reply, row, "counted", 0);
		sum.met[i] = met;
	}
	if (!err && !reply_whole(reply, &unfit))
		err = &unfit;
	mine->done(mine, err ? NULL : &sum, err);
}

void kpi_unit_read(struct store *store, struct scope *scope, struct kpi_unit_ask *mine, day_t from, day_t to)
{
	char first[16], last[16];
	mine->ask = (struct ask){ .done = on_unit, .repeat = true };
	store_ask(store, scope, &mine->ask, "select * from desk.kpi_unit($1::date, $2::date)",
	          (struct param[]){ PARAM_TEXT(day_write_iso(from, first, sizeof first)),
	                            PARAM_TEXT(day_write_iso(to, last, sizeof last)) }, 2);
}

static struct kpi_facts facts_of(const struct reply *reply)
{
	static const char *const at[] = { "", "at1", "at2", "at3", "at4", "at5", "at6", "at7", "at8", "at9", "at10" };
#define MOMENT(name) .name = reply_moment(reply, 0, #name)
#define NUMBER(name) .name = (int)reply_number(reply, 0, #name, 0)
#define FLAG(name)   .name = reply_flag(reply, 0, #name)
	struct kpi_facts facts = { MOMENT(received_at), MOMENT(due_at), MOMENT(limit_at), NUMBER(status), NUMBER(supplements),
		.supplement_s = reply_number(reply, 0, "supplement_s", 0), NUMBER(channel), FLAG(paper_result), FLAG(result_code),
		FLAG(result_file), FLAG(fees), FLAG(paid_online), NUMBER(papers), NUMBER(paper_files), FLAG(reused), FLAG(own_store),
		FLAG(population), FLAG(synced), FLAG(complained) };
	facts.at[0] = MOMENT_NONE;
	for (int i = 1; i <= 10; i++)
		facts.at[i] = reply_moment(reply, 0, at[i]);
	return facts;
}

static void on_facts(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct kpi_facts_ask *mine = OWNER_OF(ask, struct kpi_facts_ask, ask);
	struct kpi_facts facts = { 0 };
	struct error unfit;
	if (!err) {
		facts = facts_of(reply);
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : &facts, err);
}

void kpi_facts_read(struct store *store, struct scope *scope, struct kpi_facts_ask *mine, int64_t dossier_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->ask = (struct ask){ .done = on_facts, .repeat = true };
	store_ask(store, scope, &mine->ask, "select * from desk.kpi_facts($1::bigint)", (struct param[]){ PARAM_TEXT(id) }, 1);
}
