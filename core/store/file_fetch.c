/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/file_fetch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "core/base/log.h"
#include "core/base/say.h"

static void next_piece(struct fetch_ask *);

void fetch_close(struct fetch_ask *mine)
{
	if (mine->fd >= 0)
		close(mine->fd);
	mine->fd = -1;
}

static void finish(struct fetch_ask *mine, const struct error *err)
{
	scope_remove(&mine->task);
	if (err)
		fetch_close(mine);
	mine->done(mine, err);
}

static void on_scope_end(struct task *task)
{
	struct fetch_ask *mine = OWNER_OF(task, struct fetch_ask, task);
	scope_end(&mine->own);
	fetch_close(mine);
}

static void ask(struct fetch_ask *mine, void (*done)(struct ask *, const struct reply *, const struct error *),
                const char *sql, const struct param *params, int count, bool binary)
{
	mine->ask = (struct ask){ .done = done, .repeat = true, .binary = binary };
	store_ask(mine->store, &mine->own, &mine->ask, sql, params, count);
}

/* By its first bytes; of their name only an ending that opens nothing by itself. */
static const char *ending_of(const struct fetch_ask *mine)
{
	static const struct {
		const char *magic;
		size_t size;
		const char *ending;
	} kinds[] = { { "%PDF-", 5, "pdf" }, { "\xFF\xD8\xFF", 3, "jpg" }, { "\x89PNG\r\n\x1A\n", 8, "png" } };
	static const char *const quiet[] = { "docx", "xlsx", "odt", "ods", "xml", "zip", "p7m", "txt", "tif", "tiff" };
	char head[8] = { 0 };
	ssize_t n = pread(mine->fd, head, sizeof head, 0);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (n >= (ssize_t)kinds[i].size && memcmp(head, kinds[i].magic, kinds[i].size) == 0)
			return kinds[i].ending;
	const char *dot = strrchr(mine->name, '.');
	for (size_t i = 0; dot && i < sizeof quiet / sizeof *quiet; i++)
		if (strcasecmp(dot + 1, quiet[i]) == 0)
			return quiet[i];
	return "bin";
}

static void compare(struct fetch_ask *mine)
{
	uint8_t hash[SEAL_HASH_SIZE];
	char hex[2 * SEAL_HASH_SIZE + 1];
	struct error err;
	seal_hash_end(&mine->hash, hash);
	seal_hex(hash, sizeof hash, hex);
	if (mine->got != mine->size || strcmp(hex, mine->sha256) != 0) {
		fail(&err, FAULT_BUG, _("Tệp đọc ra không giống tệp đã nhận: không lưu. Hãy báo người quản trị."));
		because(&err, "file %lld: %lld of %lld bytes, sha256 %s", (long long)mine->file_id, (long long)mine->got,
		        (long long)mine->size, hex);
		finish(mine, &err);
		return;
	}
	mine->ending = ending_of(mine);
	finish(mine, NULL);
}

static bool put_piece(struct fetch_ask *mine, const struct cell *piece, struct error *err)
{
	for (size_t done = 0; done < piece->size;) {
		ssize_t n = pwrite(mine->fd, piece->text + done, piece->size - done, mine->got + (int64_t)done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			fail(err, FAULT_DEVICE, _("Ổ đĩa của máy này không đủ chỗ cho tệp."));
			return because(err, "write: %s", strerror(errno));
		}
		done += (size_t)n;
	}
	seal_hash_add(&mine->hash, piece->text, piece->size);
	mine->got += (int64_t)piece->size;
	return true;
}

static void on_piece(struct ask *one, const struct reply *reply, const struct error *err)
{
	struct fetch_ask *mine = OWNER_OF(one, struct fetch_ask, ask);
	struct error why = { 0 };
	const struct cell *piece = err ? NULL : reply_cell(reply, 0, "piece");
	bool more = piece && piece->text && piece->size;
	if (more && !put_piece(mine, piece, &why))
		err = &why;
	if (err) {
		finish(mine, err);
		return;
	}
	if (mine->progress)
		mine->progress(mine, mine->got, mine->size);
	if (more && mine->got < mine->size)
		next_piece(mine);
	else
		compare(mine);
}

static void next_piece(struct fetch_ask *mine)
{
	char id[24], number[16];
	snprintf(id, sizeof id, "%lld", (long long)mine->file_id);
	snprintf(number, sizeof number, "%d", mine->piece++);
	ask(mine, on_piece, "select desk.file_read($1::bigint, $2::int) as piece",
	    (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(number) }, 2, true);
}

static void on_facts(struct ask *one, const struct reply *reply, const struct error *err)
{
	struct fetch_ask *mine = OWNER_OF(one, struct fetch_ask, ask);
	struct error why;
	if (!err) {
		mine->size = reply_number(reply, 0, "size", 0);
		snprintf(mine->sha256, sizeof mine->sha256, "%s", reply_text(reply, 0, "sha256"));
		snprintf(mine->name, sizeof mine->name, "%s", reply_text(reply, 0, "name"));
		if (!reply_whole(reply, &why))
			err = &why;
	}
	if (!err && mine->fd < 0) {
		fail(&why, FAULT_DEVICE, _("Máy này không ghi được tệp tạm: hãy báo người quản trị."));
		because(&why, "no nameless file");
		err = &why;
	}
	if (err)
		finish(mine, err);
	else
		next_piece(mine);
}

int fetch_nameless(const char *folder)
{
	char path[600];
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0)
		return fd;
	snprintf(path, sizeof path, "%s/.tep-XXXXXX", folder);
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		(void)unlink(path);
	return fd;
}

void file_fetch(struct store *store, struct scope *scope, struct fetch_ask *mine, int64_t file_id, const char *folder)
{
	char id[24];
	mine->store = store;
	mine->own = (struct scope){ 0 };
	mine->file_id = file_id;
	mine->got = mine->size = 0;
	mine->piece = 0;
	mine->fd = fetch_nameless(folder);
	mine->task = (struct task){ .end = on_scope_end };
	scope_add(scope, &mine->task);
	seal_hash_start(&mine->hash);
	snprintf(id, sizeof id, "%lld", (long long)file_id);
	ask(mine, on_facts, "select * from desk.file_facts($1::bigint)", (struct param[]){ PARAM_TEXT(id) }, 1, false);
}

static void on_used(struct ask *one, const struct reply *reply, const struct error *err)
{
	struct used_ask *mine = OWNER_OF(one, struct used_ask, ask);
	(void)reply;
	if (err) /* that it was read is recorded already */
		log_error("recording what became of a file", err);
	if (mine->done)
		mine->done(mine);
}

void file_used(struct store *store, struct scope *scope, struct used_ask *mine, int64_t file_id, const char *how)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)file_id);
	mine->ask = (struct ask){ .done = on_used };
	store_ask(store, scope, &mine->ask, "select desk.file_used($1::bigint, $2)",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(how) }, 2);
}
