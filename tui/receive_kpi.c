/* SPDX-License-Identifier: Apache-2.0
 *
 * The dossier on the desk, as the indicators of Decision 766 will see it when it is sent. */
#include <string.h>

#include "tui/receive_private.h"

static bool has_file(const struct reception *r, const struct paper *paper)
{
	for (size_t i = 0; i < r->attachment_count; i++)
		if (r->attachments[i].file_id && strcmp(r->attachments[i].paper, paper->name) == 0)
			return true;
	return false;
}

struct kpi_facts receive_kpi(const struct reception *r, moment_t now)
{
	struct kpi_facts facts = { .received_at = reception_moment(r, now), .due_at = r->due.due, .limit_at = MOMENT_NONE,
		.status = 2, .channel = (int)r->channel, .paper_result = *r->procedure->result_name != '\0',
		.result_code = *r->procedure->result_code != '\0' };
	for (int i = 0; i <= 10; i++)
		facts.at[i] = MOMENT_NONE;
	facts.at[2] = facts.received_at;
	for (size_t i = 0; i < r->fees.count; i++)
		facts.fees |= fee_owed(&r->fees.items[i]) > 0;
	for (size_t i = 0; i < r->checklist.count; i++) {
		const struct paper *paper = &r->checklist.papers[i];
		bool here = paper->state == PAPER_OK && (paper->action == ACTION_SUBMIT || paper->action == ACTION_COMPARE);
		facts.papers += here;
		facts.paper_files += here && has_file(r, paper);
	}
	facts.reused = facts.paper_files > 0;
	/* What was asked of the citizen before, and how they filed, goes along (core/store/schema/0787). */
	if (r->online.filing_id) {
		facts.supplements = r->online.asks;
		facts.population = r->online.verified;
		facts.paid_online = r->online.paid;
	}
	return facts;
}
