/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/profiles.h — The files of profiles: {"common": {…}, "systems":
 * {code: {…}}}; a system's profile is common with its own members on top. */
#pragma once
#include <jansson.h>
#include "core/base/error.h"

/* A new reference to {code: profile}; NULL when the file cannot be read. */
json_t *profiles_read(const char *path, struct error *);
