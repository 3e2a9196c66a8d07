/* SPDX-License-Identifier: Apache-2.0
 *
 * What helpers say, a line each: names of files that are none, sizes that cannot be. */
#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "core/scan/folder_line.h"
#include "core/scan/told.h"
#include "tests/check.h"

static void names_travel_unharmed(void **state)
{
	(void)state;
	static const char *const names[] = { "a.pdf", "Đơn của bà Mận.pdf", "a\nfile 1 2 3 b", "\x1b[2J", "\xff\xfe", "100%.pdf", " ",
		"-rf" };
	static const char *const bad[] = { "dir 1 ..", "dir 1 .", "dir 1 ", "file 1 2 3 a%2Fb", "file 1 2 3 a%00", "file 1 2 3 a%4",
		"file 1 2 3 %41", "file 1 2 3 %c4", "file 1 2 3 a b", "file -1 2 3 a", "file 1 2 a", "here a", "" };
	for (size_t i = 0; i < COUNT(names); i++) {
		struct bytes line = { 0 };
		struct arena arena = { 0 };
		struct folder_entry entry;
		folder_line_write(&line, &(struct folder_entry){ .name = names[i], .size = 5, .time = INT64_MAX, .pages = 7 });
		assert_int_equal(strcspn(line.data, "\n"), line.size - 1);
		line.data[line.size - 1] = '\0';
		assert_true(folder_line_read(&arena, line.data, &entry));
		assert_string_equal(entry.name, names[i]);
		assert_true(entry.time == INT64_MAX && entry.size == 5 && entry.pages == 7 && !entry.folder);
		bytes_free(&line);
		arena_free(&arena);
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct arena arena = { 0 };
		struct folder_entry entry;
		if (folder_line_read(&arena, bad[i], &entry))
			fail_msg("taken: %s", bad[i]);
		arena_free(&arena);
	}
}

static void lines_are_taken_whole_or_not_at_all(void **state)
{
	(void)state;
	static const struct {
		const char *line;
		enum told_kind scan, pages;
	} lines[] = {
		{ "at 3 40", TOLD_AT, TOLD_NOTHING },
		{ "at 3 101", TOLD_NOTHING, TOLD_NOTHING },
		{ "page 1 p0001.jpg 1654 2339 200", TOLD_PAGE, TOLD_NOTHING },
		{ "page 1 p0001.jpg 1654 2339 200 0", TOLD_NOTHING, TOLD_NOTHING },
		{ "page 1 ../p0001.jpg 1654 2339 200", TOLD_NOTHING, TOLD_NOTHING },
		{ "page 1 .lock 1654 2339 200", TOLD_NOTHING, TOLD_NOTHING },
		{ "page 1 p0001.jpg 1654 15001 200", TOLD_NOTHING, TOLD_NOTHING },
		{ "page p0001.jpg 1654 2339 200 180 -7 2 MC-SEP-K7QF2M-03", TOLD_NOTHING, TOLD_FACTS },
		{ "page p0001.jpg 1654 2339 200 45 0 0 -", TOLD_NOTHING, TOLD_NOTHING },
		{ "bad p0001.jpg image", TOLD_NOTHING, TOLD_BAD },
		{ "end jam\tpaper", TOLD_END, TOLD_NOTHING },
		{ "", TOLD_NOTHING, TOLD_NOTHING },
	};
	struct told told;
	for (size_t i = 0; i < COUNT(lines); i++)
		if (told_scan(lines[i].line, &told) != lines[i].scan || told_pages(lines[i].line, &told) != lines[i].pages)
			fail_msg("%s", lines[i].line);
	told_pages("page p0001.jpg 1654 2339 200 180 -7 2 MC-SEP-K7QF2M-03", &told);
	assert_string_equal(told.facts.mark, "MC-SEP-K7QF2M-03");
	assert_true(told.facts.turned == 180 && told.facts.skew < -0.69 && told.facts.skew > -0.71 && told.facts.doubts == 2);
	told_scan("end jam\tpaper", &told);
	assert_string_equal(told.word, "jam");
	assert_string_equal(told.cause, "paper");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_travel_unharmed),
		cmocka_unit_test(lines_are_taken_whole_or_not_at_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
