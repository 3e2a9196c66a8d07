/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/remedy.h — From a task to what settles it: the papers, the money, the date,
 * the correction, the question, the file. */
#pragma once
#include "core/store/answers.h"
#include "tui/screen.h"

/* "ghi giấy tờ công dân mang đến"; NULL: only its own keys settle it. */
const char *remedy_name(const struct task_row *);
/* Over the asker, or a screen of its own; the task is borrowed until it returns. */
void remedy_start(struct screen *asker, const struct task_row *);
