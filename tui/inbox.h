/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/inbox.h — The folder where network scanners drop their files ([scan] folder),
 * watched while a clerk is at work.  Screens hear "inbox" with how many files wait. */
#pragma once
#include "core/base/config.h"
#include "core/scan/folder.h"

struct duty;
struct inbox;

/* NULL: no folder is named in motcua.ini. */
struct inbox *inbox_begin(struct duty *);
/* After the duty's scope has ended.  NULL-safe; returns NULL. */
struct inbox *inbox_end(struct inbox *);
/* What waits, the newest first, and whether the folder can be seen; NULL: no folder. */
const struct folder_watch *inbox_look(const struct duty *);
const char *inbox_folder(const struct duty *);
/* Days that a file lies in the folder's own TAKEN_FOLDER before it is removed. */
int inbox_keep_days(const struct duty *);
/* This one is kept elsewhere: cleared away, by and by, as long as it is unchanged. */
void inbox_done_with(struct duty *, const struct folder_entry *);
