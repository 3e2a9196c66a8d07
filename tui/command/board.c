/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua board — the supervisor's board, or the province's units, on a terminal of its own. */
#include "tui/command/command.h"
#include "tui/sit.h"

int command_board(struct program *program, int argc, char **argv)
{
	struct call call;
	return command_read(&call, argc, argv, -1, 0) ? sit(program, call.province ? &sitting_province : &sitting_board) : EXIT_USAGE;
}
