/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/secrets.h — Passwords of our accounts outside: an ini file,
 * "[secrets]" and lines "system = password".  It must belong to the courier's
 * account (or root) and be readable by nobody else. */
#pragma once
#include "core/base/config.h"

/* A missing file is an empty one. FAULT_DENIED when others may read it. */
bool secrets_read(struct config *, const char *path, struct error *);
/* "" when there is none; borrowed from the config. */
const char *secrets_of(const struct config *, const char *system);
