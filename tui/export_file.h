/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/export_file.h — A table of a screen leaves as a file: one at a time, read whole for it, and in the end the clerk hears
 * where it lies or why not. */
#pragma once
#include "printers/draw.h"
#include "tui/screen.h"

struct export_file {
	char path[512];
	struct arena memory; /* of what is read for it; gone when it is over */
	bool busy;
	/* export_file.c's own: */
	struct screen *screen;
	struct drawing drawing;
};

/* From now until export_file_over it is busy. */
void export_file_begin(struct export_file *, struct screen *, const char *path);
/* Written, or err tells why not. */
void export_file_over(struct export_file *, bool good, const struct error *err);
/* Draws the form and writes what was drawn; then it is over. */
void export_file_draw(struct export_file *, const struct draw_request *);
/* With its screen. */
void export_file_clear(struct export_file *);

/* The folder for reports, made; NULL: the clerk was told. */
const char *export_folder(struct screen *, struct arena *);
/* For ask_for_text: a path that may be given; NULL, or what is wrong. */
const char *export_path_wrong(const char *text);
