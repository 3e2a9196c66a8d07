/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/say.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MO_MAGIC 0x950412deu /* GNU gettext manual, "The Format of GNU MO Files" */

struct mo_header {
	uint32_t magic, revision, count, texts, translations;
};

struct mo_string {
	uint32_t length, offset;
};

/* The whole file as mapped; NULL while the source language is spoken. */
static const char *catalogue;
static struct mo_header header;
static const struct mo_string *texts, *translations;
static char language[12] = "vi";

static bool source_only;

void say_source(bool on)
{
	source_only = on;
}

const char *say(const char *text)
{
	if (!catalogue || source_only || !text || !*text)
		return text;
	uint32_t low = 0, high = header.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = strcmp(text, catalogue + texts[middle].offset);
		if (order == 0 && translations[middle].length)
			return catalogue + translations[middle].offset;
		if (order == 0)
			return text;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return text;
}

const char *say_language_now(void)
{
	return language;
}

static bool table_fits(size_t size, uint32_t offset, uint32_t count)
{
	return offset % sizeof(uint32_t) == 0 && offset <= size &&
	       count <= (size - offset) / sizeof(struct mo_string);
}

static bool strings_fit(const char *data, size_t size, const struct mo_string *table,
                        uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		if (table[i].offset >= size || table[i].length >= size - table[i].offset)
			return false;
		if (data[table[i].offset + table[i].length] != '\0')
			return false;
	}
	return true;
}

/* Everything say() relies on is checked once, here. */
static bool adopt(const char *data, size_t size)
{
	struct mo_header head;
	if (size < sizeof head)
		return false;
	memcpy(&head, data, sizeof head);
	if (head.magic != MO_MAGIC || !table_fits(size, head.texts, head.count) ||
	    !table_fits(size, head.translations, head.count))
		return false;
	const void *from = data + head.texts, *to = data + head.translations;
	if (!strings_fit(data, size, from, head.count) || !strings_fit(data, size, to, head.count))
		return false;
	header = head;
	texts = from;
	translations = to;
	catalogue = data;
	return true;
}

static void speak_source(void)
{
	catalogue = NULL; /* its mapping stays: texts handed out live on */
	strcpy(language, "vi");
}

bool say_catalogue(const char *lang, const char *file, struct error *err)
{
	speak_source();
	struct stat info;
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	void *data = MAP_FAILED;
	if (fd >= 0 && fstat(fd, &info) == 0 && info.st_size > 0)
		data = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	int why = errno;
	if (fd >= 0)
		close(fd);
	if (data == MAP_FAILED) {
		fail(err, FAULT_INPUT, "Không có bản dịch cho ngôn ngữ “%s”.", lang);
		return because(err, "catalogue %s: %s", file, strerror(why));
	}
	if (!adopt(data, (size_t)info.st_size)) {
		munmap(data, (size_t)info.st_size);
		fail(err, FAULT_INPUT, "Tệp bản dịch “%s” bị hỏng.", lang);
		return because(err, "catalogue %s: not a sound .mo file", file);
	}
	snprintf(language, sizeof language, "%s", lang);
	return true;
}

static bool named_like_a_language(const char *lang)
{
	size_t n = strlen(lang);
	for (size_t i = 0; i < n; i++)
		if (!isalpha((unsigned char)lang[i]) && lang[i] != '_')
			return false;
	return n >= 2 && n < sizeof language;
}

static bool find_catalogue(const char *lang, char *file, size_t room)
{
	char program[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
	program[n < 0 ? 0 : n] = '\0';
	char *slash = strrchr(program, '/');
	if (slash)
		*slash = '\0';
	/* helpers stand one folder deeper: PREFIX/libexec/motcua */
	static const char *const places[] = { "../locale", "../share/locale", "../../share/locale" };
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		int used = snprintf(file, room, "%s/%s/%s/LC_MESSAGES/motcua.mo", program,
		                    places[i], lang);
		if (used > 0 && (size_t)used < room && access(file, R_OK) == 0)
			return true;
	}
	return false;
}

bool say_language(const char *lang, struct error *err)
{
	/* C.UTF-8 is on every Debian; the user's own only where it is not. */
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		setlocale(LC_CTYPE, "");
	if (!lang || !*lang)
		lang = getenv("MOTCUA_LANG");
	if (!lang || !*lang || strcmp(lang, "vi") == 0) {
		speak_source();
		return true;
	}
	char file[PATH_MAX];
	if (named_like_a_language(lang) && find_catalogue(lang, file, sizeof file))
		return say_catalogue(lang, file, err);
	speak_source();
	return fail(err, FAULT_INPUT, "Không có bản dịch cho ngôn ngữ “%.20s”.", lang);
}
