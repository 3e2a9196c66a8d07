/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/path.h"
#include "printers/draw.h"
#include "tui/command/report.h"

struct wait {
	struct drawing drawing;
	bool done, good;
	struct error err;
};

static void on_drawn(struct drawing *drawing, const struct error *err)
{
	struct wait *wait = OWNER_OF(drawing, struct wait, drawing);
	wait->done = true;
	wait->good = !err;
	if (err)
		wait->err = *err;
}

bool report_draw(struct clerk *clerk, const char *form, day_t day, const struct fields *fields, const char *path, struct error *err)
{
	struct program *program = clerk->program;
	struct wait wait = { .done = false };
	struct draw draw;
	struct draw_request request = { .form = form, .date = day, .output = DRAW_PDF_A4, .fields = fields };
	draw_init(&draw, &program->loop, path_join(&clerk->arena, program->paths.libexec, "motcua-draw"), program->paths.share);
	bool good = draw_paper(&draw, &clerk->scope, &request, &wait.drawing, on_drawn, err);
	if (good) {
		clerk_wait(clerk, &wait.done);
		if (!wait.good)
			*err = wait.err;
		good = wait.good && path_write(path, wait.drawing.out.data, wait.drawing.out.size, 0600, err);
	}
	drawing_clear(&wait.drawing);
	draw_close(&draw);
	return good;
}
