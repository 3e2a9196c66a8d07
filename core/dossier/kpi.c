/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/kpi.h"

#include "core/base/say.h"
#include "core/dossier/lifecycle.h"

static const struct {
	int points;
	const char *label;
} groups[] = {
#define X(name, points, label) { points, label },
	KPI_GROUPS(X)
#undef X
};

/* Rows in force from a day on; a decision that changes weights or thresholds adds rows. */
static const struct {
	day_t since;
	const char *code, *label;
	enum kpi_group group;
	int full;
} rules[] = {
#define SINCE 19167 /* 24/6/2022 */
#define X(name, code, group, full, label) { SINCE, code, label, KPI_##group, full },
	KPI_INDICATORS(X)
#undef X
};

bool kpi_rule(enum kpi_indicator indicator, day_t day, struct kpi_rule *out)
{
	int shared = 0;
	if (day < rules[indicator].since)
		return false;
	for (int i = 0; i < KPI_COUNT; i++)
		shared += rules[i].group == rules[indicator].group;
	*out = (struct kpi_rule){ rules[indicator].code, rules[indicator].label, rules[indicator].group,
		.most = groups[rules[indicator].group].points * 100 / shared, .full = rules[indicator].full };
	return true;
}

const char *kpi_group_label(enum kpi_group group)
{
	return _(groups[group].label);
}

int kpi_group_points(enum kpi_group group)
{
	return groups[group].points;
}

const char *kpi_lack_words(enum kpi_lack lack)
{
	static const char *const words[] = {
#define X(name, text) text,
		KPI_LACKS(X)
#undef X
	};
	return *words[lack] ? _(words[lack]) : "";
}

static bool reached(const struct kpi_facts *facts, enum status status)
{
	return facts->at[status] != MOMENT_NONE;
}

/* The status that ends it, 0: none yet.  A dossier resumed or recalled has no end. */
static int ended_by(const struct kpi_facts *facts)
{
	bool over = facts->status == STATUS_DONE || facts->status == STATUS_RETURNED || facts->status == STATUS_STOPPED ||
	            facts->status == STATUS_REFUSED || facts->status == STATUS_WITHDRAWN;
	if (!over)
		return 0;
	if (reached(facts, STATUS_DONE) && facts->status >= STATUS_DONE)
		return STATUS_DONE;
	if (facts->status == STATUS_WITHDRAWN && !reached(facts, STATUS_RECEIVED))
		return 0;
	return reached(facts, (enum status)facts->status) ? facts->status : 0;
}

moment_t kpi_end(const struct kpi_facts *facts, moment_t period_end)
{
	int by = ended_by(facts);
	moment_t end = by ? facts->at[by] : period_end;
	if (!by && facts->status == STATUS_SUPPLEMENT && facts->supplements == 1 && reached(facts, STATUS_SUPPLEMENT))
		end = facts->at[STATUS_SUPPLEMENT];
	return end - facts->supplement_s;
}

static void mark(struct kpi_mark *out, bool met, enum kpi_lack lack, bool open)
{
	*out = (struct kpi_mark){ .counted = true, .met = met, .open = open, .lack = met ? KPI_LACKS_NOTHING : lack };
}

static void judge_time(const struct kpi_facts *facts, moment_t period_end, struct kpi_mark *out)
{
	moment_t due = facts->due_at != MOMENT_NONE ? facts->due_at : facts->limit_at;
	bool met = facts->supplements <= 1 && (due == MOMENT_NONE || kpi_end(facts, period_end) <= due);
	mark(out, met, facts->supplements > 1 ? KPI_LACKS_TWICE : KPI_LACKS_LATE, false);
	out->open = met && !ended_by(facts);
	if (met && due == MOMENT_NONE)
		out->lack = KPI_LACKS_DUE;
}

static void judge_digital(const struct kpi_facts *facts, bool open, struct kpi_mark out[KPI_COUNT])
{
	bool files = facts->paper_files > 0 && facts->paper_files >= facts->papers;
	if (facts->paper_result)
		mark(&out[KPI_IS_E_RESULT], facts->result_file, KPI_LACKS_RESULT_FILE, open);
	mark(&out[KPI_IS_DIGITISED], files && (facts->result_file || !facts->paper_result),
	     files ? KPI_LACKS_RESULT_FILE : KPI_LACKS_PAPER_FILES, open || !files);
	mark(&out[KPI_IS_REUSED], facts->reused, KPI_LACKS_REUSE, open);
	mark(&out[KPI_IS_STORE], facts->own_store, KPI_LACKS_STORE, open);
	mark(&out[KPI_IS_POPULATION], facts->population, KPI_LACKS_POPULATION, open);
}

static void judge_online(const struct kpi_facts *facts, bool open, struct kpi_mark out[KPI_COUNT])
{
	bool online = facts->channel == 2;
	bool result = !facts->paper_result || (facts->result_code && facts->result_file);
	enum kpi_lack lack = facts->channel == 0   ? KPI_LACKS_CHANNEL
	                     : !online             ? KPI_LACKS_DIRECT
	                     : !facts->result_code ? KPI_LACKS_RESULT_CODE
	                                           : KPI_LACKS_RESULT_FILE;
	mark(&out[KPI_IS_FILED], online && result, lack, online && open);
	if (facts->fees)
		mark(&out[KPI_IS_PAID], facts->paid_online, KPI_LACKS_PAY, false); /* what was paid in cash stays so */
}

void kpi_judge(const struct kpi_facts *facts, moment_t period_end, struct kpi_mark out[KPI_COUNT])
{
	bool open = !ended_by(facts) || facts->status == STATUS_DONE;
	for (int i = 0; i < KPI_COUNT; i++)
		out[i] = (struct kpi_mark){ .lack = facts->received_at == MOMENT_NONE ? KPI_LACKS_RECEPTION : KPI_LACKS_NOTHING };
	if (facts->received_at == MOMENT_NONE)
		return;
	mark(&out[KPI_IS_SYNCED], facts->synced, KPI_LACKS_SYNC, true);
	judge_time(facts, period_end, &out[KPI_IS_ON_TIME]);
	judge_online(facts, open, out);
	judge_digital(facts, open, out);
	bool late = !out[KPI_IS_ON_TIME].met;
	mark(&out[KPI_IS_SATISFIED], !late && !facts->complained, facts->complained ? KPI_LACKS_COMPLAINT : KPI_LACKS_LATE, false);
}

void kpi_add(struct kpi_sum *sum, const struct kpi_mark marks[KPI_COUNT], const struct kpi_facts *facts)
{
	for (int i = 0; i < KPI_COUNT; i++) {
		sum->counted[i] += marks[i].counted;
		sum->met[i] += marks[i].counted && marks[i].met;
	}
	sum->late += marks[KPI_IS_ON_TIME].counted && !marks[KPI_IS_ON_TIME].met;
	sum->complained += marks[KPI_IS_SATISFIED].counted && facts->complained;
}

/* Half up. */
static int64_t divide(int64_t value, int64_t by)
{
	return (2 * value + by) / (2 * by);
}

int kpi_rate(const struct kpi_sum *sum, enum kpi_indicator indicator)
{
	int64_t counted = sum->counted[indicator], met = sum->met[indicator];
	int64_t all = sum->counted[KPI_IS_SYNCED];
	if (counted == 0)
		return -1;
	if (indicator == KPI_IS_SATISFIED) {
		int64_t bad = (int64_t)sum->late + sum->complained;
		return (int)divide(bad > counted ? 0 : (counted - bad) * 10000, counted);
	}
	if (indicator == KPI_IS_FILED)
		return (int)divide(met * 10000 * sum->met[KPI_IS_SYNCED], counted * all);
	return (int)divide(met * 10000, counted);
}

int kpi_points(int rate, const struct kpi_rule *rule)
{
	int full = rule->full * 10; /* ‰ to hundredths of a percent */
	if (rate < 0)
		return 0;
	return rate >= full ? rule->most : (int)divide((int64_t)rate * rule->most, full);
}
