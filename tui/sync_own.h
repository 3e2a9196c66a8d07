/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/sync_own.h — What the list of messages and the single exchange share: the
 * hand's acts on a message's stream.  Their states begin with a struct hand. */
#pragma once
#include "core/store/acts.h"
#include "core/store/sync.h"
#include "tui/screen.h"

struct hand {
	/* The message under the cursor; NULL: none. */
	const struct sync_message *(*message)(const struct screen *);
	/* Something was done: read again. */
	void (*done)(struct screen *);
	struct screen *screen;
	int64_t dossier_id; /* of the act under way, while a question is open */
	char system[64];
	const char *told;   /* the sentence when it worked */
	struct sync_act_ask act;
	struct act_ask again;
};

/* Correct, resend, hold, release, the dossier: for both screens. */
extern const struct action hand_actions[];
/* What a slip of difficulty says about a message. */
void hand_about(const struct sync_message *, struct about *);

/* Sửa và gửi lại; the plan is borrowed during open. */
struct correct_plan {
	int64_t dossier_id;
	const char *system, *system_name, *code;
	const char *complaint; /* what the other side said: named fields are marked */
};
extern const struct screen_kind sync_correct_screen;
