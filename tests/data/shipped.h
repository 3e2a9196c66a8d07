/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/data/shipped.h — The reference files as a counter's catalogue, without
 * a database: what the domain makes of the real rows. */
#pragma once
#include "core/dossier/catalogue.h"

/* Says on stderr what did not fit and returns false. */
bool shipped_catalogue(struct catalogue *);
