/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua report — lists for people outside, as workbooks. */
#include "tui/command/report.h"

#include <string.h>

#include "core/base/say.h"

static const struct {
	const char *word, *what;
	int (*write)(struct clerk *, const struct call *);
} reports[] = {
#define X(word, what) { #word, what, report_##word },
	REPORTS(X)
#undef X
};

int command_report(struct program *program, int argc, char **argv)
{
	struct call call;
	struct clerk clerk;
	struct error err = { 0 };
	if (!command_read(&call, argc, argv, 1, 1))
		return EXIT_USAGE;
	for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
		if (strcmp(reports[i].word, call.words[0]) != 0)
			continue;
		int status = clerk_begin(&clerk, program, &call, false, &err)
		                     ? reports[i].write(&clerk, &call)
		                     : command_failed(&err);
		clerk_end(&clerk);
		return status;
	}
	fprintf(stderr, _("Không có bảng kê “%s”. Có:\n"), call.words[0]);
	for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
		fprintf(stderr, "    %s  %s\n", reports[i].word, _(reports[i].what));
	return EXIT_USAGE;
}
