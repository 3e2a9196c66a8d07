/* SPDX-License-Identifier: Apache-2.0
 *
 * A receipt is judged by its QR alone: genuine, forged, altered, of an unknown
 * key, or signed by a key that was not valid on the day in the code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "printers/receipt_qr.h"
#include "tests/printers/papers.h"

#include <cmocka.h> /* last: it takes the name fail */

#define CODE "H01.999-261120-0125"

struct world {
	struct arena arena;
	struct seal_key key, other;
	struct counter_key known[2];
	struct key_list list;
	const char *text;
	struct receipt_result result;
};

static void world_start(struct world *w)
{
	struct error err = { 0 };
	*w = (struct world){ 0 };
	const char *folder = papers_folder();
	if (!seal_key_open(&w->key, folder, &err))
		fail_msg("%s", err.log);
	w->known[0] = (struct counter_key){ .key_id = 7, .unit_id = 1,
					    .valid_from = moment_of(day_of(2026, 11, 1), 8, 0, 0),
					    .valid_to = MOMENT_NONE };
	memcpy(w->known[0].public, w->key.public, sizeof w->key.public);
	w->known[1] = (struct counter_key){ .key_id = 8, .unit_id = 1, .valid_from = MOMENT_NONE,
					    .valid_to = MOMENT_NONE };
	memset(w->known[1].public, 9, sizeof w->known[1].public);
	w->list = (struct key_list){ w->known, 2 };
	if (!receipt_sign(&w->arena, &w->key, 7, "https://dichvucong.gov.vn/tra-cuu", CODE, &w->text,
	                  &err))
		fail_msg("%s", err.log);
}

static enum receipt_verdict judge(struct world *w, const char *text)
{
	bool good = receipt_verify(&w->arena, text, strlen(text), &w->list, &w->result);
	assert_true(good == (w->result.verdict == RECEIPT_GENUINE));
	assert_true(w->result.say && w->result.say[0]);
	return w->result.verdict;
}

static void a_receipt_of_this_counter_is_genuine(void **state)
{
	(void)state;
	struct world w;
	world_start(&w);
	assert_memory_equal(w.text, "HTTPS://DICHVUCONG.GOV.VN/TRA-CUU/H01.999-261120-0125/7/", 56);
	assert_int_equal(strlen(w.text), 56 + 103);
	assert_int_equal(strspn(w.text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$%*+-./: "), strlen(w.text));
	assert_int_equal(judge(&w, w.text), RECEIPT_GENUINE);
	assert_string_equal(w.result.parts.code, CODE);
	assert_int_equal(w.result.day, day_of(2026, 11, 20));
	arena_free(&w.arena);
}

static void nothing_altered_passes(void **state)
{
	(void)state;
	struct world w;
	world_start(&w);
	size_t length = strlen(w.text);
	for (size_t at = 34; at < length; at++) {
		char *text = arena_string(&w.arena, w.text);
		text[at] = text[at] == '3' ? '4' : text[at] == 'A' ? 'B' : text[at] == '2' ? '5' : '3';
		if (strcmp(text, w.text) != 0 && judge(&w, text) == RECEIPT_GENUINE)
			fail_msg("byte %zu: %s", at, text);
	}
	arena_free(&w.arena);
}

static const char *with(struct world *w, const char *code, int64_t key_id)
{
	const char *text;
	struct error err = { 0 };
	if (!receipt_sign(&w->arena, &w->key, key_id, "https://x.vn", code, &text, &err))
		fail_msg("%s", err.log);
	return text;
}

static void each_fault_has_its_reason(void **state)
{
	(void)state;
	struct world w;
	world_start(&w);
	assert_int_equal(judge(&w, "xin chào"), RECEIPT_NOT_OURS);
	assert_int_equal(judge(&w, ""), RECEIPT_NOT_OURS);
	assert_int_equal(judge(&w, with(&w, CODE, 99)), RECEIPT_NO_KEY);
	assert_non_null(strstr(w.result.say, "99"));
	assert_int_equal(judge(&w, with(&w, CODE, 8)), RECEIPT_FORGED);
	assert_non_null(strstr(w.result.say, "giả"));
	/* printed again by a counter whose key is younger than the dossier */
	assert_int_equal(judge(&w, with(&w, "H01.999-261031-0125", 7)), RECEIPT_GENUINE);
	w.known[0].valid_to = moment_of(day_of(2026, 11, 19), 17, 0, 0);
	assert_int_equal(judge(&w, w.text), RECEIPT_KEY_DATE);
	w.known[0].valid_to = moment_of(day_of(2026, 11, 20), 17, 0, 0);
	assert_int_equal(judge(&w, w.text), RECEIPT_GENUINE);
	arena_free(&w.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_receipt_of_this_counter_is_genuine),
		cmocka_unit_test(nothing_altered_passes),
		cmocka_unit_test(each_fault_has_its_reason),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
