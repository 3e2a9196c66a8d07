/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/attach.h — Whether a file may go with a paper: a PDF, JPEG or PNG by what it
 * is, not by what it is called, neither empty nor larger than 50 MB. */
#pragma once
#include <stdbool.h>
#include "core/base/error.h"

/* shown: what the clerk calls it.  The caller closes *fd; *type is the media type.
 * False: nothing is open. */
bool attach_open(const char *path, const char *shown, int *fd, const char **type, struct error *);
/* The ending of a media type: ".pdf". */
const char *attach_ending(const char *type);
