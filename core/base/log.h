/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/log.h — The program's log, in English, one line an event:
 * time, program, pid, level, text.  Never holds personal data: callers pass
 * codes and masked numbers.  Rooms below the programs do not log; they fail(). */
#pragma once
#include <stdbool.h>
#include "core/base/error.h"

enum log_level { LOG_DEBUG, LOG_NOTE, LOG_WARN, LOG_FAULT };

/* Appends to path (created 0600); NULL logs to stderr. */
bool log_open(const char *program, const char *path, struct error *);
void log_level(enum log_level least);
void log_line(enum log_level, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* "what: <log> (<say>)" at LOG_WARN. */
void log_error(const char *what, const struct error *);
void log_close(void);
