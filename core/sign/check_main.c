/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua-check — looks at one foreign file for the counter; see core/sign/check.h.
 *
 *     motcua-check PATH ROOTS
 *
 * Says "pages N" or "image WIDTH HEIGHT", "flawed", "added", a "sign STATE TRUST SECONDS NAME"
 * for each signature, and ends with "end WORD<TAB>cause".  It limits itself. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/sign/image.h"
#include "core/sign/inspect.h"

#define FILE_MOST   ((off_t)128 << 20)
#define MEMORY_MOST ((rlim_t)512 << 20)
#define CPU_MOST    20

#ifdef __SANITIZE_ADDRESS__ /* whose shadow is larger than any limit */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "max_allocation_size_mb=512:detect_leaks=0";
}
#endif

static void limit(void)
{
	(void)setrlimit(RLIMIT_CPU, &(struct rlimit){ CPU_MOST, CPU_MOST });
	(void)setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 1 << 20, 1 << 20 });
	(void)setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
#ifndef __SANITIZE_ADDRESS__
	(void)setrlimit(RLIMIT_AS, &(struct rlimit){ MEMORY_MOST, MEMORY_MOST });
#endif
}

static bool look_image(const uint8_t *data, size_t size, struct check_found *found, struct error *err)
{
	switch (image_look(data, size, &found->width, &found->height)) {
	case IMAGE_WHOLE: return true;
	case IMAGE_CUT: return check_fail(err, "cut", "the picture has no end");
	case IMAGE_HUGE: return check_fail(err, "huge", "the picture's size");
	default: return check_fail(err, "kind", "neither PDF nor JPEG nor PNG");
	}
}

static void say(const struct check_found *found)
{
	if (found->pages)
		printf("pages %d\n", found->pages);
	else
		printf("image %d %d\n", found->width, found->height);
	if (found->flawed)
		puts("flawed");
	if (found->added)
		puts("added");
	for (int i = 0; i < found->sign_count; i++) {
		const struct check_sign *sign = &found->signs[i];
		char at[24] = "-";
		if (sign->at != MOMENT_NONE)
			snprintf(at, sizeof at, "%lld", (long long)sign->at);
		printf("sign %s %s %s %s\n", sign_state_word(sign->state), sign_trust_word(sign->trust), at, sign->name);
	}
}

static bool look(const char *path, const char *roots, struct error *err)
{
	struct stat info;
	struct arena arena = { 0 };
	struct check_found found = { 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
		return check_fail(err, "open", "open");
	if (info.st_size == 0)
		return check_fail(err, "empty", "empty");
	if (info.st_size > FILE_MOST)
		return check_fail(err, "big", "size");
	size_t size = (size_t)info.st_size;
	const uint8_t *data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (data == MAP_FAILED)
		return check_fail(err, "open", "mmap");
	bool good;
	if (size >= 5 && memcmp(data, "%PDF-", 5) == 0) {
		struct trust *trust = trust_open(roots);
		if (!trust) /* the clerk cannot mend it: nobody is trusted, and the log tells */
			fprintf(stderr, "roots: %s cannot be read\n", roots);
		good = inspect_pdf(&arena, path, data, size, trust, &found, err);
		trust_close(trust);
	} else {
		good = look_image(data, size, &found, err);
	}
	if (good)
		say(&found);
	arena_free(&arena);
	return good;
}

int main(int argc, char **argv)
{
	struct error err = { 0 };
	if (argc != 3) {
		fprintf(stderr, "usage: motcua-check PATH ROOTS\n");
		return 64;
	}
	limit();
	bool good = look(argv[1], argv[2], &err);
	for (char *c = err.log; *c; c++)
		if ((unsigned char)*c < ' ')
			*c = ' ';
	printf("end %s\t%.200s\n", good ? "done" : err.code, good ? "" : err.log);
	return good ? 0 : 1;
}
