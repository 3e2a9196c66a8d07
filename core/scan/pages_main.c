/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua-pages — works on page images for the counter; see core/scan/pages.h.
 *
 *     clean FOLDER                   "IN OUT" on stdin, one a line; says for each
 *                                    "page IN WIDTH HEIGHT DPI TURNED SKEW/10 DOUBTS MARK"
 *                                    or "bad IN WORD"
 *     turn FOLDER IN OUT QUARTERS    says "page …", too
 *     shrink FOLDER IN OUT DPI       says "page …", too
 *     words FOLDER PAGE              makes PAGE.words; says "words COUNT"
 *     thumb FOLDER PAGE COLS ROWS    says the rows
 *     codes PATH                     says "code TEXT" for each QR
 *     pdf FOLDER OUT                 names of pages on stdin, one a line
 *     split FOLDER FILE FIRST DPI gray|colour   takes a file apart; says what
 *                                    core/scan/scan.h tells, its words included
 *
 * Each verb ends with "end WORD<TAB>cause". */
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "core/base/arena.h"
#include "core/base/text.h"
#include "core/scan/mark.h"
#include "core/scan/page.h"
#include "core/scan/pages.h"
#include "core/scan/pdf.h"
#include "core/scan/split.h"
#include "core/scan/thumb.h"
#include "core/scan/words.h"

#define NAMES_MOST 4000
#define WORDS_MS   30000

static bool plain_name(const char *name)
{
	return *name && *name != '.' && !strchr(name, '/') && strlen(name) < 128;
}

static void join(char *out, const char *folder, const char *name)
{
	snprintf(out, PATH_MAX, "%s/%s", folder, name);
}

static void say_page(const char *name, const struct page_facts *f)
{
	printf("page %s %d %d %d %d %ld %u %s\n", name, f->width, f->height, f->dpi, f->turned,
	       lround(f->skew * 10), f->doubts, *f->mark ? f->mark : "-");
	fflush(stdout);
}

/* One bad page is no reason to leave the others. */
static bool do_clean(int argc, char **argv, struct error *err)
{
	char line[300], in[160], out[160], from[PATH_MAX], to[PATH_MAX];
	if (argc != 1)
		return pages_fail(err, "image", "arguments");
	while (fgets(line, sizeof line, stdin)) {
		struct page_facts facts;
		struct error one = { 0 };
		if (sscanf(line, "%159s %159s", in, out) != 2 || !plain_name(in) || !plain_name(out))
			return pages_fail(err, "image", "a name");
		join(from, argv[0], in);
		join(to, argv[0], out);
		if (page_clean(from, to, &facts, &one))
			say_page(in, &facts);
		else
			printf("bad %s %s\n", in, one.code), fflush(stdout);
	}
	return true;
}

static bool do_turn(int argc, char **argv, struct error *err)
{
	char from[PATH_MAX], to[PATH_MAX];
	struct page_facts facts;
	if (argc != 4 || !plain_name(argv[1]) || !plain_name(argv[2]))
		return pages_fail(err, "image", "arguments");
	join(from, argv[0], argv[1]);
	join(to, argv[0], argv[2]);
	if (!page_turn(from, to, atoi(argv[3]), &facts, err))
		return false;
	say_page(argv[1], &facts);
	return true;
}

static bool do_shrink(int argc, char **argv, struct error *err)
{
	char from[PATH_MAX], to[PATH_MAX];
	struct page_facts facts;
	int dpi = argc == 4 ? atoi(argv[3]) : 0;
	if (dpi < 50 || dpi > 1200 || !plain_name(argv[1]) || !plain_name(argv[2]))
		return pages_fail(err, "image", "arguments");
	join(from, argv[0], argv[1]);
	join(to, argv[0], argv[2]);
	if (!page_shrink(from, to, dpi, &facts, err))
		return false;
	say_page(argv[1], &facts);
	return true;
}

static bool do_words(int argc, char **argv, struct error *err)
{
	char path[PATH_MAX];
	int count;
	if (argc != 2 || !plain_name(argv[1]))
		return pages_fail(err, "image", "arguments");
	join(path, argv[0], argv[1]);
	if (!words_read(path, WORDS_MS, &count, err))
		return false;
	printf("words %d\n", count);
	return true;
}

static bool do_thumb(int argc, char **argv, struct error *err)
{
	char path[PATH_MAX];
	int cols = argc == 4 ? atoi(argv[2]) : 0, rows = argc == 4 ? atoi(argv[3]) : 0;
	if (cols < 1 || cols > 300 || rows < 1 || rows > 200 || !plain_name(argv[1]))
		return pages_fail(err, "image", "arguments");
	join(path, argv[0], argv[1]);
	return thumb_print(path, cols, rows, err);
}

static void say_code(const char *text)
{
	struct arena arena = { 0 };
	const char *clean;
	if (text_take(&arena, text, strlen(text), &clean, NULL)) /* else it is no UTF-8: somebody else's */
		printf("code %s\n", clean);
	arena_free(&arena);
}

static bool do_codes(int argc, char **argv, struct error *err)
{
	if (argc != 1)
		return pages_fail(err, "image", "arguments");
	return codes_read(argv[0], say_code, err);
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

static bool do_split(int argc, char **argv, struct error *err)
{
	if (argc != 5 || !plain_name(argv[1]))
		return pages_fail(err, "image", "arguments");
	return split_file(argv[0], argv[1], &(struct split){ .first = atoi(argv[2]), .dpi = atoi(argv[3]),
		.gray = strcmp(argv[4], "gray") == 0 }, err);
}

static const struct {
	const char *verb;
	bool (*run)(int argc, char **argv, struct error *);
} verbs[] = {
	{ "clean", do_clean }, { "turn", do_turn }, { "shrink", do_shrink }, { "words", do_words },
	{ "thumb", do_thumb }, { "codes", do_codes }, { "pdf", do_pdf },
	{ "split", do_split },
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
