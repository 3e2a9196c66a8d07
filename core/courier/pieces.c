/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/pieces.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/courier/wire.h"

static void stop(struct body_source *source)
{
	struct pieces *pieces = OWNER_OF(source, struct pieces, source);
	scope_end(&pieces->scope);
	pieces->body = NULL;
}

static void read_one(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct pieces *pieces = ask->owner;
	struct body *body = pieces->body;
	pieces->body = NULL;
	if (err) {
		log_error("file piece", err);
		body_failed(body);
		return;
	}
	/* A piece that is not there is NULL, and breaks the body off. */
	const struct cell *cell = reply->rows ? reply_cell(reply, 0, "data") : NULL;
	bool none = !cell || !cell->text;
	body_arrived(body, none ? "" : cell->text, none ? 0 : cell->size);
}

static bool fetch(struct body_source *source, struct body *body, int64_t file, int piece)
{
	struct pieces *pieces = OWNER_OF(source, struct pieces, source);
	bool ours = false;
	for (size_t i = 0; i < pieces->count; i++)
		ours |= pieces->files[i] == file;
	if (!ours) {
		log_line(LOG_WARN, "file %lld is not of this message", (long long)file);
		return false;
	}
	pieces->body = body;
	pieces->ask = (struct ask){ .done = read_one, .owner = pieces };
	wire_file_piece(pieces->store, &pieces->scope, &pieces->ask, file, piece);
	return true;
}

void pieces_open(struct pieces *pieces, struct store *store, const json_t *files)
{
	size_t i;
	json_t *file;
	pieces_close(pieces);
	*pieces = (struct pieces){ .source = { fetch, stop }, .store = store };
	if (!json_array_size(files))
		return;
	pieces->files = calloc(json_array_size(files), sizeof *pieces->files);
	if (!pieces->files)
		abort();
	json_array_foreach((json_t *)(uintptr_t)files, i, file)
		pieces->files[pieces->count++] = json_integer_value(json_object_get(file, "id"));
}

void pieces_close(struct pieces *pieces)
{
	stop(&pieces->source);
	free(pieces->files);
	pieces->files = NULL;
	pieces->count = 0;
}
