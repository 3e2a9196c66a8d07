/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/world/ways.h — Between the files of one program: a dossier's way when things are not as usual. */
#pragma once
#include "tests/world/steps.h"

#define CODE "H01.999-261120-0001"

/* ways_batches.c */
void between_places(void **state);
void batches_out_and_in(void **state);
void parcels_by_the_post(void **state);
