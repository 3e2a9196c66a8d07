/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua-sign — signs files with a token for the counter; see core/sign/sign.h.
 *
 *     motcua-sign look MODULE       what is plugged in, without a PIN; says "tokens N" and
 *                                   "cert PRINT FROM TO SIGNS PIN PAD NAME" for each
 *     motcua-sign sign MODULE KEY   on stdin the PIN in a line, then "IN<TAB>OUT" each;
 *                                   says "by PRINT TO NAME", then for each, in order,
 *                                   "file N WORD<TAB>cause"
 *
 * Ends with "end WORD<TAB>cause".  It limits itself, leaves no core, and lets nobody look
 * into it; the PIN comes on the pipe alone, never in an argument or the environment. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/sign/token.h"
#include "core/sign/update.h"

#define FILE_MOST   ((off_t)128 << 20)
#define MEMORY_MOST ((rlim_t)2 << 30)
#define CPU_MOST    120

#ifdef __SANITIZE_ADDRESS__ /* modules let nothing go; the process ends instead */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "detect_leaks=0";
}
#endif

static void limit(void)
{
	(void)setrlimit(RLIMIT_CPU, &(struct rlimit){ CPU_MOST, CPU_MOST });
	(void)setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 2 * FILE_MOST, 2 * FILE_MOST });
	(void)setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
	(void)prctl(PR_SET_DUMPABLE, 0);
#ifndef __SANITIZE_ADDRESS__ /* whose shadow is larger than any limit */
	(void)setrlimit(RLIMIT_AS, &(struct rlimit){ MEMORY_MOST, MEMORY_MOST });
#endif
}

/* libp11 keeps a copy of the PIN while it is logged in, and modules may: as far as the
 * limit allows, no page of the heap is swapped. */
static void lock_heap(char *start)
{
	char *end = sbrk(0);
	if (end > start)
		(void)mlock2(start, (size_t)(end - start), 0);
}

static void one_line(char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ')
			*text = ' ';
}

static int end_with(const char *word, const char *cause)
{
	char text[240];
	snprintf(text, sizeof text, "%s", cause);
	one_line(text);
	printf("end %s\t%s\n", word, text);
	fflush(stdout);
	return strcmp(word, "done") == 0 ? 0 : 1;
}

/* ---- look ---- */

static int look(const char *module)
{
	struct arena arena = { 0 };
	struct sign_found found;
	struct error err = { 0 };
	struct token *token = token_open(&arena, module, &found, &err);
	if (!token)
		return end_with(err.code, err.log);
	printf("tokens %d\n", found.tokens);
	for (int i = 0; i < found.count; i++) {
		const struct sign_cert *cert = &found.certs[i];
		printf("cert %s %lld %lld %d %s %d %s\n", cert->print, (long long)cert->from, (long long)cert->to, cert->signs,
		       pin_state_word(cert->pin), cert->pad, *cert->name ? cert->name : "?");
	}
	return found.tokens ? end_with("done", "") : end_with("token", "no initialised token");
}

/* ---- one file ---- */

struct input {
	int fd;
	size_t size;
	const uint8_t *data;
};

static bool open_input(struct input *in, const char *path, struct error *err)
{
	struct stat info;
	in->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (in->fd < 0 || fstat(in->fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size == 0)
		return sign_fail(err, "hurt", "not a file, or empty");
	if (info.st_size > FILE_MOST)
		return sign_fail(err, "big", "size");
	in->size = (size_t)info.st_size;
	in->data = mmap(NULL, in->size, PROT_READ, MAP_PRIVATE, in->fd, 0);
	if (in->data != MAP_FAILED)
		return true;
	in->data = NULL;
	return sign_fail(err, "hurt", strerror(errno));
}

static void close_input(struct input *in)
{
	if (in->data)
		(void)munmap((void *)in->data, in->size);
	if (in->fd >= 0)
		close(in->fd);
}

static bool put(int fd, const void *bytes, size_t size, struct error *err)
{
	return path_put(fd, bytes, size) || sign_fail(err, "disk", strerror(errno));
}

/* Whole, or empty again. */
static bool write_out(const char *path, const struct input *in, const struct bytes *tail, struct error *err)
{
	int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return sign_fail(err, "disk", strerror(errno));
	bool good = (!in || put(fd, in->data, in->size, err)) && put(fd, tail->data, tail->size, err);
	if (!good && ftruncate(fd, 0) != 0)
		because(err, "disk: what is half written cannot be cut: %s", strerror(errno));
	close(fd);
	return good;
}

static bool sign_pdf(struct token *token, const char *name, const char *path, const struct input *in, const char *out,
                     struct error *err)
{
	struct update update;
	struct bytes der = { 0 };
	uint8_t sum[TOKEN_HASH];
	bool good = update_make(&update, path, in->data, in->size, cms_room(token), moment_now(), name, err);
	if (good) {
		struct hash *hash = hash_new();
		size_t behind = update_behind(&update);
		hash_add(hash, in->data, in->size);
		hash_add(hash, update.tail.data, update_before(&update));
		hash_add(hash, update.tail.data + behind, update.tail.size - behind);
		hash_end(hash, sum);
		good = cms_make(token, sum, MOMENT_NONE, &der, err);
	}
	if (good && !update_fill(&update, der.data, der.size))
		good = sign_fail(err, "fail", "the hole is too small");
	good = good && write_out(out, in, &update.tail, err);
	update_free(&update);
	bytes_free(&der);
	return good;
}

static bool sign_other(struct token *token, const struct input *in, const char *out, struct error *err)
{
	struct bytes der = { 0 };
	uint8_t sum[TOKEN_HASH];
	struct hash *hash = hash_new();
	hash_add(hash, in->data, in->size);
	hash_end(hash, sum);
	bool good = cms_make(token, sum, moment_now(), &der, err) && write_out(out, NULL, &der, err);
	bytes_free(&der);
	return good;
}

static bool sign_file(struct token *token, const char *name, const char *path, const char *out, struct error *err)
{
	struct input in = { .fd = -1 };
	bool good = open_input(&in, path, err);
	if (good && in.size >= 5 && memcmp(in.data, "%PDF-", 5) == 0)
		good = sign_pdf(token, name, path, &in, out, err);
	else if (good)
		good = sign_other(token, &in, out, err);
	close_input(&in);
	return good;
}

/* ---- sign ---- */

/* Byte by byte: nothing of it comes into a buffer of ours. */
static bool read_pin(struct pin *pin, struct error *err)
{
	char c;
	if (!pin_hold(pin, err))
		return false;
	while (read(0, &c, 1) == 1 && c != '\n')
		if (pin->size == PIN_MOST || !pin_add(pin, &c, 1))
			return sign_fail(err, "pin", "longer than any");
	return true;
}

static bool sign_all(struct token *token, const char *name, struct error *err)
{
	char line[600];
	for (int at = 0; fgets(line, sizeof line, stdin); at++) {
		struct error why = { 0 };
		char *out = strchr(line, '\t');
		line[strcspn(line, "\n")] = '\0';
		if (!out)
			return sign_fail(err, "crash", "a line without two paths");
		*out++ = '\0';
		bool good = sign_file(token, name, line, out, &why);
		one_line(why.log);
		printf("file %d %s\t%.200s\n", at, good ? "done" : why.code, why.log);
		fflush(stdout);
		if (!good && strcmp(why.code, "gone") == 0)
			return sign_fail(err, "gone", why.log);
	}
	return true;
}

static int sign(const char *module, const char *key, char *heap)
{
	struct arena arena = { 0 };
	struct sign_found found = { 0 };
	struct pin pin = { 0 };
	struct error err = { 0 };
	bool good = read_pin(&pin, &err);
	struct token *token = good ? token_open(&arena, module, &found, &err) : NULL;
	int at = token ? sign_pick(&found, key, moment_now(), &err) : -1;
	good = at >= 0 && token_log_in(token, found.certs[at].print, &pin, &err);
	lock_heap(heap);
	if (good) {
		printf("by %s %lld %s\n", found.certs[at].print, (long long)found.certs[at].to,
		       *found.certs[at].name ? found.certs[at].name : "?");
		good = sign_all(token, found.certs[at].name, &err);
	}
	token_close(token);
	pin_drop(&pin); /* until here: a key may want it before each signature */
	return good ? end_with("done", "") : end_with(err.code, err.log);
}

int main(int argc, char **argv)
{
	int status;
	char *heap = sbrk(0);
	limit();
	if (argc == 3 && strcmp(argv[1], "look") == 0) {
		status = look(argv[2]);
	} else if (argc == 4 && strcmp(argv[1], "sign") == 0) {
		status = sign(argv[2], argv[3], heap);
	} else {
		fprintf(stderr, "usage: motcua-sign look MODULE | sign MODULE KEY\n");
		status = 64;
	}
	fflush(stdout);
	_Exit(status); /* what modules leave behind is nobody's */
}
