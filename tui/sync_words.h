/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/sync_words.h — How the couriers' work reads: states of systems and of
 * messages with their signs, ages, the fields of a message, and which of them an
 * answer complains about. */
#pragma once
#include <stdbool.h>
#include "core/base/arena.h"
#include "core/base/date.h"
#include "tui/theme.h"

/* "ok" "slow" "down" "suspended" "unconnected" "unknown": "● hoạt động" … */
const char *sync_system_text(const char *state);
enum role sync_system_role(const char *state);
/* "Hệ thống tập trung của Bộ Tư pháp" → "Bộ Tư pháp": where columns are few. */
const char *sync_short_name(const char *name);

/* A message's state as in core/store/sync.h, and "silent", "". */
const char *sync_state_text(const char *state);
enum role sync_state_role(const char *state);
const char *sync_kind_text(const char *kind);    /* "hồ sơ", "tiến độ" */
const char *sync_class_text(const char *class);  /* of an attempt      */
enum role sync_class_role(const char *class);
const char *sync_phase_text(const char *phase);

/* "4 phút", "2 giờ", "3 ngày"; "" for MOMENT_NONE. */
char *sync_age(moment_t from, moment_t now, char *out, size_t room);
/* "0,3 giây"; "" when negative. */
char *sync_seconds(int milliseconds, char *out, size_t room);
/* "09:41" today, else "20/11 09:41"; "—" for MOMENT_NONE. */
char *sync_when(moment_t at, moment_t now, char *out, size_t room);

/* "owner.phone" → "Chủ hồ sơ: điện thoại"; an unknown path as it is.  The arena's. */
const char *sync_field_label(struct arena *, const char *path);
/* Where it stands in a message read from above; unknown ones last.  And back:
 * the path at a rank from 0, NULL past the last. */
int sync_field_rank(const char *path);
const char *sync_field_at(int rank);
/* Does the complaint name this field, by a word people use or a name from the
 * wire ("SoDienThoai", "số điện thoại")? */
bool sync_field_named(const char *complaint, const char *path);
