/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/courier/peers.h — Systems with the profiles they are shipped with: a
 * dossier for one of them, and what it made of it. */
#pragma once
#include "tests/courier/road.h"

#define LAST(system)                                                                    \
	" FROM motcua.stream WHERE system = '" system                                   \
	"' AND dossier_id = (SELECT max(dossier_id) FROM motcua.dossier)"

/* A cmocka group fixture: road_start with those systems. */
int peers_start(void **state);
/* A dossier with one file, worked by Tư pháp and told to that system as well. */
void accept_for(const char *system, const char *procedure);
/* The only dossier they have; borrowed from *all. */
json_t *only(const char *system, json_t **all);
/* What they were sent, in this order, each once. */
void check_messages(const char *system, const char *want);
/* What they keep of it at a path holds this. */
void check_field(const char *system, const char *path, const char *want);
/* The last dossier is theirs, under such a number. */
void until_received(const char *system, const char *number);
