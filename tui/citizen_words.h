/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/citizen_words.h — What became of a message to the citizen, and what it was about,
 * as the clerk reads it.  Green only when the gateway itself said that it arrived. */
#pragma once
#include "tui/theme.h"

/* "chờ gửi", "đã gửi cổng nhắn tin" …; "" for "". */
const char *citizen_state(const char *state);
enum role citizen_state_role(const char *state);
/* "có kết quả", "bổ sung" … */
const char *citizen_kind(const char *kind);
/* Why it did not arrive, for a clerk: of an answer about many messages only its number was kept. */
const char *citizen_note(const char *note);
