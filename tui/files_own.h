/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/files_own.h — What the files of the screen of files share. */
#pragma once
#include "core/scan/folder.h"
#include "tui/duty.h"
#include "tui/field.h"
#include "tui/files_screen.h"
#include "tui/list.h"

struct file_row {
	struct folder_entry entry;
	const char *shown, *folded;
	bool marked;
};
struct files {
	struct screen *screen, *asker;
	bool inbox, single, pages;
	void (*then)(struct screen *, const struct files_chosen *);
	void *data;
	struct list list;
	struct field query;
	struct arena memory;             /* of here and rows                              */
	const char *here;                /* NULL: nothing is read yet                     */
	struct file_row *rows;
	size_t count;
	int *visible;                    /* rows that the query lets through              */
	bool more;
	struct folder_job job;
	bool reading;
	struct listener listener;
};

/* files_draw.c */
void files_draw(const struct screen *, struct canvas *);
void files_list_start(struct files *);

/* files_read.c */
void files_open_folder(struct files *, const char *path);
void files_open_inbox(struct files *);
void files_filter(struct files *);
void files_parent(struct files *);
