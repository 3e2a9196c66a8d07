/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/scope.h — Work in flight belongs to a scope (a screen, a desk).
 * When the owner goes, its scope is ended first: every task is told, and no
 * callback outlives its owner. */
#pragma once

struct task {
	void (*end)(struct task *); /* stop, call nobody back; must not free the owner */
	struct task *next, *prev;   /* scope.c's own */
	struct scope *scope;
};
struct scope {
	struct task *tasks; /* { 0 } is an empty scope */
};

void scope_add(struct scope *, struct task *);
/* Takes a finished task out of its scope; harmless when it is in none. */
void scope_remove(struct task *);
void scope_end(struct scope *);
