/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/command/filing.h — A dossier described in a JSON file, as "motcua receive"
 * takes it; the keys are documented in motcua(1).  The file is foreign: every key
 * must be known and of its type, texts are normalised, nothing is guessed. */
#pragma once
#include <jansson.h>
#include "tui/reception.h"

#define FILING_MOST (1u << 20) /* bytes of a file */

/* A file named for one of the papers, still on disk. */
struct filed_file {
	const char *paper, *path;
};
struct filing {
	json_t *root;
	struct arena *arena;
	struct filed_file *files;   /* after filing_fill */
	size_t file_count, file_room;
};

/* The whole shape is checked: FAULT_INPUT names the line, or the key
 * ("components[2].action").  filing_end in every case. */
bool filing_parse(struct filing *, struct arena *, const char *text, size_t size, struct error *);
/* Does with the reception what a clerk would do on the screen: persons, procedure,
 * papers, fees, limit.  What the catalogue forbids is FAULT_INPUT with the key. */
bool filing_fill(struct filing *, struct reception *, moment_t now, struct error *);
bool filing_has_request_id(const struct filing *);
void filing_end(struct filing *);
