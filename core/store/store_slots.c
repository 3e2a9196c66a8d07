/* SPDX-License-Identifier: Apache-2.0
 *
 * Queues of what was asked. */
#include "core/store/store_private.h"

void slots_add(struct slots *slots, struct slot *slot)
{
	slot->next = NULL;
	*slots->last = slot;
	slots->last = &slot->next;
	slots->count++;
}

struct slot *slots_take(struct slots *slots)
{
	struct slot *slot = slots->first;
	if (slot)
		slots_remove(slots, slot);
	return slot;
}

void slots_remove(struct slots *slots, struct slot *slot)
{
	for (struct slot **at = &slots->first; *at; at = &(*at)->next) {
		if (*at != slot)
			continue;
		*at = slot->next;
		if (slots->last == &slot->next)
			slots->last = at;
		slot->next = NULL;
		slots->count--;
		return;
	}
}
