/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/store/thief.h — Stands between a program and the server and, once,
 * steals what the server answers: the work is done, nobody hears of it. */
#pragma once
#include "core/base/loop.h"

struct thief {
	char folder[32]; /* to be named as host */
	struct loop *loop;
	struct watch door, program, server;
	bool steal; /* set by the test; forgotten after one theft */
	int stolen;
};

/* The real server is start_server's. */
void thief_open(struct thief *, struct loop *);
void thief_close(struct thief *);
