/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/log.h"
#include "core/base/say.h"

static void next_piece(struct file_ask *);

static void finish(struct file_ask *mine, const struct error *err)
{
	loop_cancel(store_loop(mine->store), &mine->timer);
	scope_remove(&mine->task);
	arena_free(&mine->arena);
	mine->done(mine, err ? 0 : mine->file_id, err);
}

static void on_scope_end(struct task *task)
{
	struct file_ask *mine = OWNER_OF(task, struct file_ask, task);
	loop_cancel(store_loop(mine->store), &mine->timer);
	scope_end(&mine->own);
	arena_free(&mine->arena);
}

/* The next piece of the file, or false: it cannot be read, or it changed. */
static bool read_piece(struct file_ask *mine, int64_t at, size_t *got, struct error *err)
{
	size_t want = mine->size - at < FILE_PIECE ? (size_t)(mine->size - at) : FILE_PIECE;
	size_t have = 0;
	while (have < want) {
		ssize_t n = pread(mine->fd, mine->buffer + have, want - have, at + (int64_t)have);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			fail(err, FAULT_DEVICE, _("Không đọc được tệp %s."), mine->name);
			return because(err, "read at %lld: %s", (long long)at,
			               n < 0 ? strerror(errno) : "the file became shorter");
		}
		have += (size_t)n;
	}
	*got = have;
	return true;
}

/* ---- sending ---- */

static void ask(struct file_ask *mine, void (*done)(struct ask *, const struct reply *,
                                                    const struct error *),
                const char *sql, const struct param *params, int count)
{
	/* Pieces have numbers, the end may be said twice; only a beginning that
	 * was said twice leaves an empty shell behind, never half a file. */
	mine->ask = (struct ask){ .done = done, .repeat = true };
	store_ask(mine->store, &mine->own, &mine->ask, sql, params, count);
}

static void on_ended(struct ask *one, const struct reply *reply, const struct error *err)
{
	struct file_ask *mine = OWNER_OF(one, struct file_ask, ask);
	(void)reply;
	finish(mine, err);
}

static void on_piece(struct ask *one, const struct reply *reply, const struct error *err)
{
	struct file_ask *mine = OWNER_OF(one, struct file_ask, ask);
	(void)reply;
	if (err) {
		finish(mine, err);
		return;
	}
	if (mine->progress)
		mine->progress(mine, mine->sent, mine->size);
	next_piece(mine);
}

static void next_piece(struct file_ask *mine)
{
	char id[24], number[16];
	snprintf(id, sizeof id, "%lld", (long long)mine->file_id);
	if (mine->sent == mine->size) {
		ask(mine, on_ended, "select desk.file_end($1::bigint)",
		    (struct param[]){ PARAM_TEXT(id) }, 1);
		return;
	}
	struct error err;
	size_t got;
	if (!read_piece(mine, mine->sent, &got, &err)) {
		finish(mine, &err);
		return;
	}
	snprintf(number, sizeof number, "%d", mine->piece++);
	mine->sent += (int64_t)got;
	ask(mine, on_piece, "select desk.file_piece($1::bigint, $2::int, $3)",
	    (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(number), PARAM_BYTES(mine->buffer, got) },
	    3);
}

static void on_begun(struct ask *one, const struct reply *reply, const struct error *err)
{
	struct file_ask *mine = OWNER_OF(one, struct file_ask, ask);
	struct error unfit;
	if (!err) {
		mine->file_id = reply_number(reply, 0, "file_id", 0);
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->sent = 0;
	if (err)
		finish(mine, err);
	else
		next_piece(mine);
}

static void begin(struct file_ask *mine)
{
	uint8_t hash[SEAL_HASH_SIZE];
	char size[24];
	seal_hash_end(&mine->hash, hash);
	snprintf(size, sizeof size, "%lld", (long long)mine->size);
	ask(mine, on_begun, "select desk.file_begin($1, $2, $3::bigint, $4) as file_id",
	    (struct param[]){ PARAM_TEXT(mine->name), PARAM_TEXT(mine->media_type),
	                      PARAM_TEXT(size), PARAM_BYTES(hash, sizeof hash) }, 4);
}

/* ---- hashing, a piece a turn ---- */

static void on_hash(struct timer *timer)
{
	struct file_ask *mine = OWNER_OF(timer, struct file_ask, timer);
	struct error err;
	size_t got;
	if (mine->bad) {
		err = mine->err;
		finish(mine, &err);
		return;
	}
	if (!read_piece(mine, mine->sent, &got, &err)) {
		finish(mine, &err);
		return;
	}
	seal_hash_add(&mine->hash, mine->buffer, got);
	mine->sent += (int64_t)got;
	if (mine->sent < mine->size)
		loop_after(store_loop(mine->store), &mine->timer, 1);
	else
		begin(mine);
}

void file_attach(struct store *store, struct scope *scope, struct file_ask *mine, const char *name,
                 const char *media_type, int fd)
{
	struct stat info;
	mine->store = store;
	mine->fd = fd;
	mine->own = (struct scope){ 0 };
	mine->arena = (struct arena){ 0 };
	mine->name = arena_string(&mine->arena, name);
	mine->media_type = arena_string(&mine->arena, media_type);
	mine->buffer = arena_take(&mine->arena, FILE_PIECE);
	mine->size = mine->sent = mine->file_id = 0;
	mine->piece = 0;
	mine->bad = false;
	mine->task = (struct task){ .end = on_scope_end };
	scope_add(scope, &mine->task);
	mine->timer = (struct timer){ .fire = on_hash };
	seal_hash_start(&mine->hash);
	if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode))
		mine->size = info.st_size;
	if (mine->size == 0) {
		mine->bad = true;
		fail(&mine->err, FAULT_INPUT, _("Tệp %s trống hoặc không đọc được."), mine->name);
		because(&mine->err, "not a regular file, or empty");
	}
	loop_after(store_loop(store), &mine->timer, 1);
}

/* ---- its words ---- */

static void on_words(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct file_words_ask *mine = OWNER_OF(ask, struct file_words_ask, ask);
	(void)reply;
	if (err)
		log_error("the words of a file", err);
	if (mine->done)
		mine->done(mine, err);
}

void file_words(struct store *store, struct scope *scope, struct file_words_ask *mine, int64_t file_id, const char *pages)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)file_id);
	mine->ask = (struct ask){ .done = on_words, .repeat = true };
	store_ask(store, scope, &mine->ask, "select desk.file_words($1::bigint, $2)",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(pages) }, 2);
}

void file_fits(struct store *store, struct scope *scope, struct ask *ask, const char *system, const char *name, int64_t size)
{
	char bytes[24];
	snprintf(bytes, sizeof bytes, "%lld", (long long)size);
	ask->repeat = ask->at_once = true;
	store_ask(store, scope, ask, "select desk.file_fits($1, $2, $3::bigint)",
	          (struct param[]){ PARAM_TEXT(system), PARAM_TEXT(name), PARAM_TEXT(bytes) }, 3);
}
