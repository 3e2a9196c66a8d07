/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua kiosk, motcua display — the machines of the hall: a whole screen each,
 * logged in as themselves. */
#include <unistd.h>

#include "core/base/say.h"
#include "core/store/hall.h"
#include "core/store/seal.h"
#include "tui/command/clerk.h"
#include "tui/command/setup.h"
#include "tui/counter.h"
#include "tui/desk.h"
#include "tui/display.h"
#include "tui/kiosk.h"
#include "tui/practice.h"
#include "tui/print_run.h"
#include "tui/term.h"

struct machine {
	struct program *program;
	struct call call;
	struct hall_plan login;
	char password[400];
};

/* Who it is; what runs on a machine of our own is brought up first. */
static bool prepare(struct machine *machine, const char *kind, const char *practice_login, struct error *err)
{
	struct program *program = machine->program;
	const char *login = machine->call.user ? machine->call.user : program->options.login;
	if (!login)
		login = config_text(&program->config, kind, "login", program->options.practice ? practice_login : NULL);
	if (!login)
		return fail(err, FAULT_DENIED, "%s", _("Cần tài khoản: --user LOGIN."));
	machine->login = (struct hall_plan){ .server = program->server, .login = login, .password = machine->password,
		.kind = kind };
	return clerk_password(program, &machine->call, machine->password, sizeof machine->password, err) &&
	       setup_ensure(program, err);
}

static int run_screen(struct machine *machine, const struct screen_kind *kind, const void *argument)
{
	struct program *program = machine->program;
	struct error err = { 0 };
	struct desk desk;
	struct term_plan plan = { .in = STDIN_FILENO, .out = STDOUT_FILENO,
		.log = path_join(&program->arena, program->paths.data, "motcua.log") };
	struct terminal *term = term_open(&plan, &err);
	if (!term)
		return command_failed(&err);
	desk_init(&desk, &program->loop, term);
	desk.paths = &program->paths;
	desk.config = &program->config;
	desk.program = program;
	desk.tables = counter_tables(); /* the keys file is the counter's, too */
	desk.log = plan.log;
	desk.practice = program->options.practice;
	bool good = desk_configure(&desk, &err);
	desk.idle_ms = 0;
	int status = good ? desk_run(&desk, kind, argument) : 0;
	desk_done(&desk);
	term_close(term);
	seal_wipe(machine->password, sizeof machine->password);
	return good ? status : command_failed(&err);
}

static int begin(struct machine *machine, struct program *program, int argc, char **argv, const char *kind,
                 const char *practice_login)
{
	struct error err = { 0 };
	*machine = (struct machine){ .program = program };
	if (!command_read(&machine->call, argc, argv, 0, -1))
		return EXIT_USAGE;
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		fprintf(stderr, "%s\n", _("Lệnh này cần một màn hình (terminal)."));
		return EXIT_USAGE;
	}
	return prepare(machine, kind, practice_login, &err) ? 0 : command_failed(&err);
}

int command_kiosk(struct program *program, int argc, char **argv)
{
	struct machine machine;
	int status = begin(&machine, program, argc, argv, "kiosk", PRACTICE_KIOSK);
	if (status)
		return status;
	const char *name = machine.call.printer ? machine.call.printer : config_text(&program->config, "kiosk", "printer", NULL);
	const struct printer *printer = printer_find(program->printers, name);
	if (name && !printer) {
		struct error err = { 0 };
		fail(&err, FAULT_INPUT, _("Cấu hình không có máy in “%s”."), name);
		return command_failed(&err);
	}
	const struct kiosk_plan plan = { .login = &machine.login, .folder = program->paths.data,
		.printer = printer ? printer : print_fallback(&program->arena, program->paths.data) };
	return run_screen(&machine, &kiosk_screen, &plan);
}

int command_display(struct program *program, int argc, char **argv)
{
	struct machine machine;
	int status = begin(&machine, program, argc, argv, "display", PRACTICE_DISPLAY);
	const struct display_plan plan = { .login = &machine.login,
		.sound = config_text(&program->config, "display", "sound", NULL) };
	return status ? status : run_screen(&machine, &display_screen, &plan);
}
