/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/command/setup.h — What a counter stands on, made and started for the other
 * one-shot commands, too. */
#pragma once
#include <stdbool.h>
#include <stdio.h>
#include "core/base/error.h"
#include "core/store/store.h"

struct program;

/* Everything, step by step; each step is a line on the stream (NULL: silent). */
bool setup_run(struct program *, FILE *steps, struct error *);
/* The same on stderr, only when something does not run. */
bool setup_ensure(struct program *, struct error *);
/* The administrator's connection: of our own cluster, or what [database] admin
 * says.  NULL with the error; the caller closes it. */
struct store *setup_admin(struct program *, struct error *);
