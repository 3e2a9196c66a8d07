/* SPDX-License-Identifier: Apache-2.0 */
#include "core/sign/sign.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"

#define LOOK_MS     20000
#define BATCH_MS    60000 /* for the token to wake up, and */
#define FILE_MS     20000 /* for each file                 */
#define PAD_MS      60000 /* to type a PIN on the device   */
#define OUTPUT_MOST 65536

/* ---- what the helper says ---- */

/* "end WORD<TAB>cause": 1 done, 0 no end line, -1 failed. */
static int take_end(char *line, struct error *err)
{
	char *tab = strchr(line, '\t');
	if (strncmp(line, "end ", 4) != 0 || !tab)
		return 0;
	*tab = '\0';
	if (strcmp(line + 4, "done") == 0)
		return 1;
	sign_fail(err, line + 4, tab + 1);
	return -1;
}

static bool no_end(const struct child *child, struct error *err)
{
	char cause[200];
	snprintf(cause, sizeof cause, "status %d: %.150s", child->status, bytes_string(&child->err));
	return sign_fail(err, child->timed_out ? "slow" : "crash", cause);
}

/* "cert PRINT FROM TO SIGNS PIN PAD NAME" */
static bool take_cert(struct sign_look *look, const char *line)
{
	struct sign_found *found = &look->found;
	struct sign_cert cert = { 0 };
	long long from, to;
	char pin[12];
	int signs, pad, name = 0;
	if (sscanf(line, "cert %16s %lld %lld %d %11s %d %n", cert.print, &from, &to, &signs, pin, &pad, &name) != 6 || !name)
		return false;
	if (found->count == SIGN_CERTS)
		return true;
	while (cert.pin < PIN_STATE_COUNT && strcmp(pin_state_word(cert.pin), pin) != 0)
		cert.pin++;
	cert.from = from, cert.to = to, cert.signs = signs != 0, cert.pad = pad != 0;
	cert.name = text_mend(&look->arena, line + name, strlen(line + name));
	found->certs[found->count++] = cert;
	return cert.pin < PIN_STATE_COUNT;
}

static bool take_look(struct sign_look *look, struct error *err)
{
	char *rest = arena_copy(&look->arena, bytes_string(&look->child.out), look->child.out.size), *line;
	while ((line = strsep(&rest, "\n"))) {
		int end = take_end(line, err);
		if (end)
			return end > 0;
		if (*line && sscanf(line, "tokens %d", &look->found.tokens) != 1 && !take_cert(look, line))
			break;
	}
	return no_end(&look->child, err);
}

/* ---- looking ---- */

static void on_looked(struct child *child)
{
	struct sign_look *look = OWNER_OF(child, struct sign_look, child);
	struct error err;
	bool good = take_look(look, &err);
	child_clear(child);
	look->done(look, good ? NULL : &err);
}

bool sign_look_start(struct loop *loop, struct scope *scope, struct sign_look *look, const char *program,
                     const char *module, void (*done)(struct sign_look *, const struct error *), struct error *err)
{
	arena_free(&look->arena);
	*look = (struct sign_look){ .owner = look->owner, .done = done };
	const char *argv[] = { program, "look", module, NULL };
	struct child_plan how = { .argv = argv, .output_limit = OUTPUT_MOST, .timeout_ms = LOOK_MS };
	return child_start(loop, scope, &look->child, &how, on_looked, err);
}

void sign_look_clear(struct sign_look *look)
{
	arena_free(&look->arena);
}

/* ---- signing ---- */

/* "by PRINT TO NAME" */
static bool take_who(struct sign_job *job, const char *line)
{
	long long to;
	int name = 0;
	if (sscanf(line, "by %16s %lld %n", job->print, &to, &name) != 2 || !name)
		return false;
	job->to = to;
	job->name = text_mend(&job->arena, line + name, strlen(line + name));
	return true;
}

/* "file N WORD<TAB>cause" */
static bool take_file(struct sign_job *job, char *line)
{
	char word[12];
	int at;
	char *tab = strchr(line, '\t');
	if (sscanf(line, "file %d %11s", &at, word) != 2 || !tab || at != job->dealt || at >= job->count)
		return false;
	struct sign_file *file = &job->files[job->dealt++];
	file->good = strcmp(word, "done") == 0;
	if (file->good)
		job->signed_count++;
	else
		sign_fail(&file->why, word, tab + 1);
	return true;
}

/* The whole lines that came since the last time. */
static void take_lines(struct sign_job *job)
{
	const struct bytes *out = &job->child.out;
	const char *end;
	while (!job->ended && job->read < out->size && (end = memchr(out->data + job->read, '\n', out->size - job->read))) {
		char *line = arena_copy(&job->arena, out->data + job->read, (size_t)(end - out->data) - job->read);
		job->read = (size_t)(end - out->data) + 1;
		job->ended = take_end(line, &job->why);
		if (!job->ended && !take_who(job, line))
			(void)take_file(job, line);
	}
}

static void on_heard(struct child *child)
{
	struct sign_job *job = OWNER_OF(child, struct sign_job, child);
	int before = job->dealt;
	take_lines(job);
	if (job->dealt > before && job->moved)
		job->moved(job);
}

static void on_signed(struct child *child)
{
	struct sign_job *job = OWNER_OF(child, struct sign_job, child);
	pin_drop(&job->pin);
	take_lines(job);
	if (!job->ended)
		no_end(child, &job->why);
	/* Whoever is told "done" finds each file dealt with. */
	bool good = job->ended > 0 && job->dealt == job->count;
	if (job->ended > 0 && !good)
		sign_fail(&job->why, "crash", "the helper left files out");
	for (int i = job->dealt; i < job->count; i++)
		job->files[i].why = job->why;
	child_clear(child);
	job->done(job, good ? NULL : &job->why);
}

static bool put_files(struct sign_job *job)
{
	char line[96];
	bool good = pin_add(&job->pin, "\n", 1);
	for (int i = 0; i < job->count && good; i++) {
		int n = snprintf(line, sizeof line, "/proc/%ld/fd/%d\t/proc/%ld/fd/%d\n", (long)getpid(), job->files[i].in,
		                 (long)getpid(), job->files[i].out);
		good = pin_add(&job->pin, line, (size_t)n);
	}
	return good;
}

bool sign_start(struct loop *loop, struct scope *scope, struct sign_job *job, const char *program,
                const char *module, const char *key, struct pin *pin, struct sign_file *files, int count,
                void (*done)(struct sign_job *, const struct error *), struct error *err)
{
	arena_free(&job->arena);
	*job = (struct sign_job){ .name = "", .to = MOMENT_NONE, .count = count, .files = files,
		.owner = job->owner, .moved = job->moved, .done = done, .pin = *pin };
	*pin = (struct pin){ 0 };
	for (int i = 0; i < count; i++)
		files[i].good = false;
	const char *argv[] = { program, "sign", module, key, NULL };
	int patience = job->pin.size ? 0 : PAD_MS * (1 + count); /* the token's own keys are used, for each file perhaps */
	bool good = count <= SIGN_FILES_MOST && put_files(job);
	if (!good)
		sign_fail(err, "big", "too many files in one batch");
	struct child_plan how = { .argv = argv, .input = job->pin.text, .input_size = job->pin.size, .heard = on_heard,
		.output_limit = OUTPUT_MOST, .timeout_ms = BATCH_MS + count * FILE_MS + patience };
	good = good && child_start(loop, scope, &job->child, &how, on_signed, err);
	if (!good)
		pin_drop(&job->pin);
	return good;
}

void sign_clear(struct sign_job *job)
{
	pin_drop(&job->pin);
	arena_free(&job->arena);
}
