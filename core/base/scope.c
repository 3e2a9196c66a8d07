/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/scope.h"

#include <stddef.h>

void scope_add(struct scope *scope, struct task *task)
{
	scope_remove(task);
	task->scope = scope;
	task->prev = NULL;
	task->next = scope->tasks;
	if (scope->tasks)
		scope->tasks->prev = task;
	scope->tasks = task;
}

void scope_remove(struct task *task)
{
	if (!task->scope)
		return;
	if (task->prev)
		task->prev->next = task->next;
	else
		task->scope->tasks = task->next;
	if (task->next)
		task->next->prev = task->prev;
	task->next = task->prev = NULL;
	task->scope = NULL;
}

void scope_end(struct scope *scope)
{
	while (scope->tasks) {
		struct task *task = scope->tasks;
		scope_remove(task);
		task->end(task);
	}
}
