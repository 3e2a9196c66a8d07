/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/courier/desk.h — What the engine knows of one dossier with one scanned
 * paper, and the platform's two profiles as they are shipped. */
#pragma once
#include "tests/courier/bench.h"

#define CODE "H01.999-261120-0007"
#define NUMBER "G10.99-20261120-0000001"
#define HASH "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
/* Everything they ever told of it. */
#define WHOLE "{\"number\":\"" NUMBER "\",\"id\":\"0123456789abcdef01234567\",\"files\":{\"7\":" \
	"{\"id\":\"f1\",\"hash\":\"" HASH "\"}}}"

extern struct profile ministry, province;
/* cmocka group fixtures. */
int open_profiles(void **state);
int close_profiles(void **state);

struct desk {
	struct call_facts facts;
	json_t *payload, *files;
};
struct desk desk_new(const char *memory);
void desk_free(struct desk *);
/* The scalar at a path, in a buffer of its own; "" when there is none. */
const char *at(json_t *root, const char *path);
