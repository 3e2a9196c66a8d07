/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/glass/glass_own.h — Between the glass's files only. */
#pragma once
#include <vterm.h>

#include "tests/glass/glass.h"
#include "tui/term.h"

struct glass {
	struct loop loop;
	struct desk desk;
	struct terminal *term;
	VTerm *vterm;
	VTermScreen *screen;
	int memory;             /* what ncurses wrote              */
	off_t seen;             /* how much of it the emulator has */
	int pipe[2];            /* the keyboard                    */
	struct watch keyboard;
	moment_t moment;
	bool wanted[ROLE_COUNT];
	char row[8192];
};
