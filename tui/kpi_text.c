/* SPDX-License-Identifier: Apache-2.0
 *
 * Which missing field costs which points, in words. */
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/say.h"
#include "core/store/kpi_read.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/kpi_screen.h"

/* "≈ 4,40 điểm": a unit whose every dossier were like this one would lose so much. */
static void indicator(struct bytes *out, const char *sign, enum kpi_indicator i, moment_t now, const char *why)
{
	struct kpi_rule rule;
	if (!kpi_rule(i, moment_day(now), &rule))
		return;
	bytes_format(out, "%s %s %s (%s, ≈ %d,%02d/%d)%s%s\n", sign, rule.code, _(rule.label), kpi_group_label(rule.group), rule.most / 100,
	             rule.most % 100, kpi_group_points(rule.group), *why ? ": " : "", why);
}

static const char *paper_lack(struct arena *arena, const struct kpi_facts *facts, const struct kpi_mark *mark)
{
	if (mark->lack != KPI_LACKS_PAPER_FILES || facts->papers == 0)
		return kpi_lack_words(mark->lack);
	return arena_format(arena, _("%d/%d giấy tờ nộp bằng giấy chưa có tệp"), facts->papers - facts->paper_files, facts->papers);
}

/* Before sending: what a clerk can still change at the desk. */
static bool now_or_never(enum kpi_lack lack)
{
	return lack == KPI_LACKS_PAPER_FILES || lack == KPI_LACKS_REUSE || lack == KPI_LACKS_DUE || lack == KPI_LACKS_CHANNEL ||
	       lack == KPI_LACKS_RESULT_CODE || lack == KPI_LACKS_POPULATION || lack == KPI_LACKS_STORE;
}

const char *kpi_text(struct arena *arena, const struct kpi_facts *facts, moment_t now, bool before_sending)
{
	struct kpi_mark marks[KPI_COUNT];
	struct bytes out = { 0 };
	int lacking = 0;
	kpi_judge(facts, now, marks);
	for (int pass = 0; pass < 3; pass++) {
		for (int i = 0; i < KPI_COUNT; i++) {
			const struct kpi_mark *mark = &marks[i];
			bool lost = mark->counted && !mark->met && !mark->open, open = mark->counted && !mark->met && mark->open;
			bool met = mark->counted && mark->met;
			bool here = before_sending ? pass == 0 && (lost || open) && now_or_never(mark->lack)
			                           : (pass == 0 && lost) || (pass == 1 && open) || (pass == 2 && met);
			if (!here)
				continue;
			lacking += !met;
			indicator(&out, pass == 0 && (lost || before_sending) ? "!" : pass == 1 ? "→" : "●", (enum kpi_indicator)i, now,
			          met && mark->lack == KPI_LACKS_NOTHING ? "" : paper_lack(arena, facts, mark));
		}
	}
	if (facts->received_at == MOMENT_NONE)
		bytes_format(&out, "! %s\n", kpi_lack_words(KPI_LACKS_RECEPTION));
	else if (!lacking)
		bytes_format(&out, "● %s\n", before_sending ? _("Không thiếu trường nào mà quầy có thể ghi bây giờ.") : _("Không thiếu gì."));
	bytes_format(&out, "\n%s", _("! mất điểm   → còn có thể đạt   ● đạt.  Điểm ≈: quyết định chỉ cho điểm của nhóm, ở đây chia đều cho các chỉ tiêu "
		"đo được; mất trọn số ấy nếu mọi hồ sơ của đơn vị đều như hồ sơ này. Chỉ gửi điều có thật, thiếu thì để thiếu."));
	const char *text = arena_string(arena, bytes_string(&out));
	bytes_free(&out);
	return text;
}

/* ---- of a dossier in the books ---- */

struct asking {
	struct kpi_facts_ask ask;
	struct screen *screen;
};

static void on_facts(struct kpi_facts_ask *ask, const struct kpi_facts *facts, const struct error *err)
{
	struct asking *asking = ask->owner;
	struct screen *screen = asking->screen;
	struct arena arena = { 0 };
	if (err)
		desk_tell(screen->desk, err);
	else if (screen_is_top(screen))
		ask_read(screen, _("Chỉ số của hồ sơ này (Quyết định 766)"), kpi_text(&arena, facts, desk_now(screen->desk), false), NULL, NULL);
	arena_free(&arena);
}

static int64_t dossier_of(const struct screen *screen)
{
	struct about about = { 0 };
	if (screen->kind->about)
		screen->kind->about(screen, &about);
	return about.dossier_id;
}

bool kpi_may_show(const struct screen *screen)
{
	return dossier_of(screen) != 0;
}

void kpi_show(struct screen *screen)
{
	struct asking *asking = ARENA_NEW(&screen->arena, struct asking);
	*asking = (struct asking){ .screen = screen, .ask = { .done = on_facts, .owner = asking } };
	kpi_facts_read(duty_store(duty_of(screen)), &screen->scope, &asking->ask, dossier_of(screen));
}
