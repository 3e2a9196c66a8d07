/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/files_screen.h — Files to choose from: those that a network scanner dropped, or
 * any folder of this machine.  The folder is read by a child; nobody waits for it. */
#pragma once
#include "core/scan/folder.h"
#include "tui/screen.h"

enum { FILES_MOST = 40 };

/* In the order in which they were dropped or, of a folder, in which they stand. */
struct files_chosen {
	const char *folder;
	const struct folder_entry *entries; /* alive until the call returns                 */
	size_t count;
	bool pages;                         /* to be looked at page by page first           */
	void *data;                         /* the plan's                                   */
};
struct files_plan {
	struct screen *asker;
	bool inbox;                         /* what waits in [scan] folder                  */
	bool single, pages;                 /* one alone; may be looked at page by page     */
	/* When the screen has gone; not on Esc. */
	void (*then)(struct screen *asker, const struct files_chosen *);
	void *data;
};
extern const struct screen_kind files_screen;
