/* SPDX-License-Identifier: Apache-2.0
 *
 * The cards that a newcomer pastes read as their comments say. */
#include <stdio.h>
#include <string.h>

#include "core/base/path.h"
#include "core/dossier/card.h"
#include "tests/check.h"
#include "tests/data/shipped.h"

static void cards_read_as_said(void **state)
{
	(void)state;
	static const enum card_verdict want[] = {
		CARD_ACCEPT, CARD_ACCEPT, CARD_ACCEPT, CARD_ACCEPT, CARD_ACCEPT,
		CARD_ACCEPT, CARD_ACCEPT, CARD_WARN,   CARD_WARN,   CARD_REFUSE,
	};
	struct catalogue catalogue;
	struct arena arena = { 0 };
	struct error err = { 0 };
	char *text;
	size_t count = 0;
	assert_true(shipped_catalogue(&catalogue));
	assert_true(path_read(&arena, MOTCUA_SOURCE "/core/data/practice/cards.txt", &text, NULL, &err));
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
		if (*line == '#')
			continue;
		struct card card;
		assert_true(count < COUNT(want));
		card_read(&arena, line, strlen(line), CARD_SERIAL, &catalogue, &card);
		if (card.verdict != want[count])
			print_error("%s: verdict %d, expected %d\n", line, card.verdict, want[count]);
		assert_int_equal(card.verdict, want[count++]);
		if (card.verdict == CARD_REFUSE)
			continue;
		/* Practice numbers are known by their serial. */
		assert_memory_equal(card.number + 6, "99", 2);
		assert_non_null(strchr(card.name, ' '));
		assert_non_null(strstr(card.address, ", "));
	}
	assert_int_equal(count, COUNT(want));
	catalogue_free(&catalogue);
	arena_free(&arena);
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(cards_read_as_said) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
