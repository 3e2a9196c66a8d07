/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua-pages — works on page images for the counter; see core/scan/pages.h.
 *
 *     motcua-pages pdf FOLDER OUT        names of pages on stdin, one a line
 *
 * Each verb ends with "end WORD<TAB>cause". */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "core/base/arena.h"
#include "core/scan/pages.h"
#include "core/scan/pdf.h"

#define NAMES_MOST 4000

static bool plain_name(const char *name)
{
	return *name && *name != '.' && !strchr(name, '/') && strlen(name) < 128;
}

static bool do_pdf(int argc, char **argv, struct error *err)
{
	struct arena arena = { 0 };
	const char **names = ARENA_MANY(&arena, const char *, NAMES_MOST);
	char line[160];
	size_t count = 0;
	bool good = argc == 2 && plain_name(argv[1]) && strlen(argv[0]) < 3000;
	while (good && count < NAMES_MOST && fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = '\0';
		good = plain_name(line);
		names[count++] = arena_string(&arena, line);
	}
	good = good ? pdf_make(argv[0], names, count, argv[1], err) : pages_fail(err, "image", "arguments");
	arena_free(&arena);
	return good;
}

static const struct {
	const char *verb;
	bool (*run)(int argc, char **argv, struct error *);
} verbs[] = {
	{ "pdf", do_pdf },
};

static int end_with(const char *word, const char *cause)
{
	printf("end %s\t", word);
	for (; *cause; cause++)
		putchar((unsigned char)*cause < ' ' ? ' ' : *cause);
	putchar('\n');
	return strcmp(word, "done") == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct rlimit file = { 512u << 20, 512u << 20 };
	struct error err = { 0 };
	setlocale(LC_CTYPE, "C.UTF-8");
	(void)setrlimit(RLIMIT_FSIZE, &file);
	for (size_t i = 0; argc > 1 && i < sizeof verbs / sizeof verbs[0]; i++) {
		if (strcmp(argv[1], verbs[i].verb) != 0)
			continue;
		bool good = verbs[i].run(argc - 2, argv + 2, &err);
		return good ? end_with("done", "") : end_with(err.code, err.log);
	}
	fprintf(stderr, "usage: motcua-pages VERB …; see core/scan/pages.h\n");
	return 64;
}
