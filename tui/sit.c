/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/sit.h"

#include <stdio.h>
#include <unistd.h>

#include "core/base/say.h"
#include "tui/board_screen.h"
#include "tui/counter.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/home.h"
#include "tui/lock.h"
#include "tui/login.h"
#include "tui/program.h"
#include "tui/province_screen.h"
#include "tui/term.h"

const struct sitting sitting_counter = { .enter = home_enter, .idle = lock_now };
const struct sitting sitting_board = { .enter = board_enter, .idle = board_left_alone, .no_counter = true, .supervisor = true };

const struct sitting sitting_province = { .enter = province_enter, .no_counter = true, .province = true };

const struct sitting *sitting_of(const struct program *program)
{
	return program->sitting ? program->sitting : &sitting_counter;
}

static int failed(const struct error *err)
{
	fprintf(stderr, "%s\n%s\n", err->say, err->log);
	return exit_status(err);
}

int sit(struct program *program, const struct sitting *sitting)
{
	struct error err = { 0 };
	struct desk desk;
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		fprintf(stderr, "%s\n", _("Việc này cần một màn hình (terminal)."));
		return EXIT_USAGE;
	}
	program->sitting = sitting;
	struct term_plan plan = { .in = STDIN_FILENO, .out = STDOUT_FILENO,
		.log = path_join(&program->arena, program->paths.data, "motcua.log") };
	struct terminal *term = term_open(&plan, &err);
	if (!term)
		return failed(&err);
	desk_init(&desk, &program->loop, term);
	desk.paths = &program->paths;
	desk.config = &program->config;
	desk.program = program;
	desk.tables = counter_tables();
	desk.log = plan.log;
	desk.practice = program->options.practice;
	desk.idle = sitting->idle;
	int status;
	if (desk_configure(&desk, &err)) {
		program->refused = NULL;
		status = desk_run(&desk, &login_screen, NULL);
		screen_home(&desk); /* screens lean on the duty: they go first */
		program->duty = duty_end(program->duty);
		desk_done(&desk);
		term_close(term);
		if (program->refused) {
			fail(&err, FAULT_DENIED, "%s", program->refused);
			because(&err, "the board is for supervisors");
			status = failed(&err);
		}
	} else {
		desk_done(&desk);
		term_close(term);
		status = failed(&err);
	}
	return status;
}
