/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua report — lists and reports for people outside, as files. */
#include "tui/command/report.h"

#include <string.h>

#include "core/base/say.h"
#include "core/dossier/report.h"

static const struct {
	const char *word, *what;
	int (*write)(struct clerk *, const struct call *);
} reports[] = {
#define X(word, what) { #word, what, report_##word },
	REPORTS(X)
#undef X
};

static int run(struct program *program, const struct call *call, const struct report_kind *kind,
               int (*write)(struct clerk *, const struct call *))
{
	struct clerk clerk;
	struct error err = { 0 };
	int status = !clerk_begin(&clerk, program, call, false, &err) ? command_failed(&err)
	             : kind ? report_counted(&clerk, call, kind) : write(&clerk, call);
	clerk_end(&clerk);
	return status;
}

int command_report(struct program *program, int argc, char **argv)
{
	struct call call;
	if (!command_read(&call, argc, argv, 1, 1))
		return EXIT_USAGE;
	const struct report_kind *kind = report_find(call.words[0]);
	if (kind)
		return run(program, &call, kind, NULL);
	for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
		if (strcmp(reports[i].word, call.words[0]) == 0)
			return run(program, &call, NULL, reports[i].write);
	fprintf(stderr, _("Không có bảng kê “%s”. Có:\n"), call.words[0]);
	for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
		fprintf(stderr, "    %s  %s\n", reports[i].word, _(reports[i].what));
	for (kind = report_kinds; kind->name; kind++)
		fprintf(stderr, "    %s  %s\n", kind->name, _(kind->brief));
	return EXIT_USAGE;
}
