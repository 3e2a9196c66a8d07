/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/profiles.h — The shipped profiles: a folder with common.json and
 * one file per system, CODE.json, beginning with its "family".  A system's
 * profile is common with its own members on top; "like": "igate" puts
 * _igate.json in between, for systems of one make.  For tests one file may hold
 * them all: {"common": {…}, "systems": {code: {…}}}. */
#pragma once
#include <jansson.h>
#include "core/base/error.h"

/* A new reference to {code: profile}; NULL when one cannot be read: the sentence
 * names the file, the log the line. */
json_t *profiles_read(const char *path, struct error *);
