/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/body.h — What a request carries: a row of segments, texts and
 * files.  A file is named by its number only; its bytes come piece by piece
 * from a source while the request is being sent, so that no file is ever held
 * whole in memory.
 *
 * Writing: body_clear, then the body_… functions in the order of the wire.
 * Reading is http.c's: body_open, body_read until it gives 0, body_close. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/bytes.h"

struct body;

/* Where the pieces come from (core/courier/pieces.h: the database). */
struct body_source {
	/* Asks for the nth piece (from 0); false: it gives out no such file.  Later,
	 * never from inside, it is answered by body_arrived or body_failed.  One at
	 * a time. */
	bool (*fetch)(struct body_source *, struct body *, int64_t file, int piece);
	/* Forgets what was asked for. */
	void (*stop)(struct body_source *);
};

enum body_code {
	BODY_PLAIN,
	BODY_BASE64,
	BODY_FORM, /* base64, percent-encoded, for a form */
};

struct body_part {
	size_t size;   /* of a text                     */
	int64_t file;  /* 0: a text                     */
	int64_t bytes; /* of the file, before its code  */
	enum body_code code;
};

struct body {
	struct bytes text;         /* all texts, one after the other               */
	struct body_part *parts;
	int count, room;
	char boundary[40];         /* "" until a multipart part was added          */
	char type[96];             /* content type of a multipart or form, else "" */
	/* Reading: body.c's own. */
	struct body_source *source;
	void (*wake)(struct body *);
	int at, piece;
	size_t text_at;
	int64_t got;
	bool asked, failed;
	struct bytes ready;        /* coded bytes of the piece at hand             */
	size_t ready_at;
	unsigned char carry[3];
	int carried;
};

/* Empties it and keeps its room. */
void body_clear(struct body *);
void body_free(struct body *);
bool body_empty(const struct body *);
/* Bytes that will be sent; -1: known only at the end (BODY_FORM). */
int64_t body_size(const struct body *);
/* Bytes of files among them, before their code. */
int64_t body_file_bytes(const struct body *);

void body_text(struct body *, const char *bytes, size_t n);
void body_string(struct body *, const char *text);
void body_file(struct body *, int64_t file, int64_t size, enum body_code);

/* multipart/form-data with a random boundary; the content type is set. */
void body_multipart_text(struct body *, const char *field, const char *value);
void body_multipart_file(struct body *, const char *field, const char *filename,
                         const char *media_type, int64_t file, int64_t size);
void body_multipart_end(struct body *);

/* application/x-www-form-urlencoded; the content type is set. */
void body_form_text(struct body *, const char *field, const char *value);
void body_form_file(struct body *, const char *field, int64_t file, int64_t size);

/* The JSON, compact.  A string value made by body_mark ("\u0001file:<id>:<size>")
 * becomes the base64 of that file, inside its quotes. */
void body_json(struct body *, const json_t *);
/* A new reference. */
json_t *body_mark(int64_t file, int64_t size);

/* Everything but letters, digits and "-._~" as %XX. */
void body_percent(struct bytes *, const char *text);
/* n bytes as base64, for headers. */
void body_base64(struct bytes *, const void *bytes, size_t n);

/* Begins (again) at the first byte.  wake: after a wait there is more, or it
 * failed; called from body_arrived and body_failed.  source may be NULL when
 * there are no files. */
void body_open(struct body *, struct body_source *source, void (*wake)(struct body *));
#define BODY_WAIT   (-1L) /* until wake                                   */
#define BODY_BROKEN (-2L) /* a file could not be read: never send the rest */
/* Bytes put at out, 0 at the end. */
long body_read(struct body *, char *out, size_t room);
void body_close(struct body *);

/* For sources: the piece asked for; n = 0: there is none, the file is shorter
 * than it was said to be. */
void body_arrived(struct body *, const void *piece, size_t n);
void body_failed(struct body *);
