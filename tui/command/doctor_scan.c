/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua doctor: which scanner answers. */
#include <string.h>

#include "core/base/child.h"
#include "core/base/path.h"
#include "core/base/say.h"
#include "core/scan/scan.h"
#include "tui/command/doctor.h"

#define LIST_MS 20000 /* drivers look for scanners on the network, too */

struct listing {
	struct child child;
	bool done;
};

static void on_done(struct child *child)
{
	OWNER_OF(child, struct listing, child)->done = true;
}

/* "device NAME<TAB>MODEL" each. */
static int tell_devices(struct doctor *doctor, char *said, const char *wanted)
{
	int count = 0;
	char *line;
	while (said && (line = strsep(&said, "\n"))) {
		char *tab = strchr(line, '\t');
		if (strncmp(line, "device ", 7) != 0 || !tab)
			continue;
		*tab = '\0';
		if (wanted && strcmp(wanted, line + 7) != 0)
			continue;
		doctor_find(doctor, "scanner", _("Máy quét"), FINDING_GOOD, "", "%s (%s)", tab + 1, line + 7);
		count++;
	}
	return count;
}

void doctor_scanner(struct doctor *doctor)
{
	struct program *program = doctor->program;
	struct scope scope = { 0 };
	struct listing listing = { .done = false };
	struct scan_setup setup;
	struct error err = { 0 };
	const char *argv[] = { path_join(&doctor->arena, program->paths.libexec, "motcua-scan"), "--list", NULL };
	if (!scan_setup_read(&program->config, &setup, &err) ||
	    !child_start(&program->loop, &scope, &listing.child, &(struct child_plan){ .argv = argv,
			.output_limit = 65536, .timeout_ms = LIST_MS }, on_done, &err)) {
		doctor_find(doctor, "scanner", _("Máy quét"), FINDING_BAD, _("Sửa mục [scan] trong motcua.ini."), "%s", err.say);
		return;
	}
	while (!listing.done)
		loop_turn(&program->loop, 1000);
	int count = tell_devices(doctor, listing.child.out.data, setup.device);
	if (count == 0 && setup.device)
		doctor_find(doctor, "scanner", _("Máy quét"), FINDING_BAD, _("Bật máy, kiểm tra dây và tên trong motcua.ini."),
		            _("%s không trả lời"), setup.device);
	else if (count == 0)
		doctor_find(doctor, "scanner", _("Máy quét"), FINDING_NOTE, "", "%s", _("không có; vẫn kèm tệp được"));
	child_clear(&listing.child);
}
