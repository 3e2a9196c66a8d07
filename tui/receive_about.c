/* SPDX-License-Identifier: Apache-2.0
 *
 * What a reception is about, and how far it is: for slips of difficulty and for lessons. */
#include <string.h>

#include "tui/receive_private.h"

void receive_about(const struct screen *screen, struct about *about)
{
	const struct receive *receive = screen->state;
	about->procedure = receive->r.procedure ? receive->r.procedure->code : NULL;
	about->system = receive->r.computed ? receive->r.route.system : NULL;
}

static bool lacks(const struct receive *receive, enum gap_kind kind)
{
	for (size_t i = 0; i < receive->gaps.count; i++)
		if (receive->gaps.items[i].kind == kind)
			return true;
	return false;
}

/* A paper was found wanting, and the clerk has said so. */
static bool some_failed(const struct checklist *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->papers[i].state == PAPER_FAILED)
			return true;
	return false;
}

bool receive_reached(const struct screen *screen, const char *what)
{
	const struct receive *receive = screen->state;
	bool chosen = receive->r.procedure && !receive->searching;
	if (strcmp(what, "owner") == 0)
		return *receive->r.owner.name && !lacks(receive, GAP_OWNER);
	if (strcmp(what, "procedure") == 0)
		return chosen;
	if (strcmp(what, "papers") == 0)
		return chosen && !lacks(receive, GAP_PAPERS);
	if (strcmp(what, "failed") == 0)
		return chosen && some_failed(&receive->r.checklist);
	if (strcmp(what, "money") == 0)
		return chosen && !lacks(receive, GAP_FEE) && !lacks(receive, GAP_LIMIT);
	if (strcmp(what, "submitter") == 0)
		return receive->r.represented && !lacks(receive, GAP_SUBMITTER);
	return false;
}
