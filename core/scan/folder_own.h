/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/folder_own.h — What the files of the helper motcua-folder share. */
#pragma once
#include <sys/stat.h>
#include "core/base/error.h"
#include "core/scan/folder.h"

int64_t folder_time(const struct stat *);
/* errno as a word of FOLDER_WORDS. */
bool folder_error(struct error *, const char *cause);
/* A folder opened for looking; -1 with err. */
int folder_open(const char *path, struct error *);
/* A regular file of the folder, never a link out of it; -1 with err. */
int folder_open_file(int folder, const char *name, struct stat *, struct error *);
/* Names that programs give to what is not finished, and hidden ones. */
bool folder_passing(const char *name);
void folder_say(const struct bytes *);

/* folder_kind.c */
enum folder_kind { KIND_OTHER, KIND_PDF, KIND_JPEG, KIND_PNG, KIND_TIFF };
/* *ends: it has the end that its kind must have, or its kind has none. */
enum folder_kind folder_kind_of(int fd, int64_t size, bool *ends);
/* Of a PDF, by pdfinfo; 1 of a picture; 0: not known. */
int folder_pages(int fd, enum folder_kind);

/* folder_look.c */
bool folder_look(const char *path, int keep_days, struct error *);
/* Removes what was done with more than so many days ago. */
void folder_sweep(int folder, int keep_days);

/* folder_move.c */
bool folder_take(const char *path, const char *name, const char *out, struct error *);
bool folder_away(const char *path, const char *name, int64_t size, int64_t time, int keep_days,
                 struct error *);
