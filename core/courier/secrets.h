/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/secrets.h — Passwords and keys of our accounts outside: an ini
 * file with "[secrets]" and lines "system = password" or, where there are
 * several, "system.name = value" ("tinh.client_secret").  It must belong to the
 * courier's account (or root) and be readable by nobody else.  Under systemd
 * the folder $CREDENTIALS_DIRECTORY is read as well: each file named
 * "system" or "system.name" holds one value, and "courier.secrets" is such an
 * ini file. */
#pragma once
#include <jansson.h>
#include "core/base/config.h"

/* A missing file is an empty one. FAULT_DENIED when others may read it. */
bool secrets_read(struct config *, const char *path, struct error *);
/* {name: value}, "" for the plain one: a new reference. */
json_t *secrets_of(const struct config *, const char *system);
