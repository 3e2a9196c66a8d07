/* SPDX-License-Identifier: Apache-2.0
 *
 * Forms and fields: what is wrong is told with its line, versions follow their
 * days, and a citizen's text is never read as grammar. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "printers/form.h"
#include "printers/tongue.h"
#include "tests/printers/escdec.h"
#include "tests/printers/papers.h"

#include <cmocka.h> /* last: it takes the name fail */

#define HEAD "form x\ntitle \"T\"\nvalid 2026-01-01\nbegin\n"

static void each_mistake_has_its_line(void **state)
{
	(void)state;
	static const struct {
		const char *text, *log;
	} mistakes[] = {
		{ "", "x.form:0: begin is missing" },
		{ "form x\nbegin\n", "x.form:2: form, title and valid" },
		{ "form x\nvalid 2026-02-30\n", "x.form:2: valid wants" },
		{ "colour red\n", "x.form:1: unknown in the head: \"colour\"" },
		{ HEAD "text \"{owner.nmae}\"\n", "x.form:5: unknown field \"owner.nmae\"" },
		{ HEAD "text \"{.name}\"\n", "x.form:5: unknown field \".name\"" },
		{ HEAD "text \"{#}\"\n", "x.form:5: {#} outside each" },
		{ HEAD "text \"{at|dtae}\"\n", "x.form:5: unknown filter \"dtae\"" },
		{ HEAD "text \"{at\"\n", "x.form:5: '{' without '}'" },
		{ HEAD "text \"*bold\"\n", "x.form:5: '*' opened" },
		{ HEAD "text \"open\n", "x.form:5: text without closing quote" },
		{ HEAD "text loud \"x\"\n", "x.form:5: unknown style \"loud\"" },
		{ HEAD "text \"x\" bold\n", "x.form:5: too much in this line: \"bold\"" },
		{ HEAD "\n# nothing\nshout \"x\"\n", "x.form:7: unknown statement \"shout\"" },
		{ HEAD "if practice\ntext \"x\"\n", "is not closed" },
		{ HEAD "keep\ntext \"x\"\n", "is not closed" },
		{ HEAD "end\n", "x.form:5: closes nothing" },
		{ HEAD "columns 1 1\ntext \"x\"\nend\n", "x.form:7: cells and widths differ" },
		{ HEAD "table 1 1 1\nhead 2 \"a\" 2 \"b\"\nend\n", "x.form:6: cells and widths differ" },
		{ HEAD "table 1 1 1\nhead 2\nend\n", "x.form:6: text missing" },
		{ HEAD "table 1 1 1 1 1 1 1 1 1 1 1 1 1\nend\n", "x.form:5: too many columns" },
		{ HEAD "if at\nif at\nif at\nif at\nif at\nif at\nif at\nif at\nif at\nif at\nif at\nif at\nif at\n",
		  "x.form:16: blocks too deep" },
		{ HEAD "columns 1 x\n", "x.form:5: bad number \"x\"" },
		{ HEAD "table 1 1\nhead \"a\"\nend\n", "x.form:6: cells and widths differ" },
		{ HEAD "table 1\ntext \"a\"\nend\n", "x.form:6: not allowed in this block: \"text\"" },
		{ HEAD "row\nend\n", "x.form:5: not allowed in this block: \"row\"" },
		{ HEAD "each paper\nend\n", "x.form:5: unknown group \"paper\"" },
		{ HEAD "each fee\neach fee\nend\nend\n", "x.form:6: each inside each" },
		{ HEAD "if any component.colour is red\nend\n", "x.form:5: unknown field" },
		{ HEAD "if summary is {procedure.nmae}\nend\n", "x.form:5: unknown field" },
		{ HEAD "qr \"{blank.code}\"\n", "x.form:5: unknown field" },
		{ HEAD "columns 1\npage\nend\n", "x.form:6: not allowed in this block: \"page\"" },
		{ HEAD "if practice is\nend\n", "x.form:5: word missing after is" },
	};
	for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
		struct arena arena = { 0 };
		struct form *form;
		struct error err = { 0 };
		const char *text = mistakes[i].text;
		if (form_parse(&arena, "x.form", text, strlen(text), &form, &err))
			fail_msg("accepted: %s", text);
		if (!strstr(err.log, mistakes[i].log))
			fail_msg("\"%s\" is not \"%s\"", err.log, mistakes[i].log);
		assert_non_null(strstr(err.say, "Mẫu giấy bị lỗi: x.form"));
		arena_free(&arena);
	}
}

static struct form *parsed(struct arena *arena, const char *text)
{
	struct form *form;
	struct error err = { 0 };
	if (!form_parse(arena, "x.form", text, strlen(text), &form, &err))
		fail_msg("%s", err.log);
	return form;
}

static void the_version_of_the_day_is_taken(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct form *old = parsed(&arena, "form 01\ntitle \"old\"\nvalid 2025-09-15 2026-06-30\nbegin\n");
	struct form *new = parsed(&arena, "form 01\ntitle \"new\"\nvalid 2026-07-01\nbegin\n");
	old->next = new;
	assert_ptr_equal(form_find(old, "01", day_of(2026, 6, 30), &err), old);
	assert_ptr_equal(form_find(old, "01", day_of(2026, 7, 1), &err), new);
	assert_null(form_find(old, "01", day_of(2025, 9, 14), &err));
	assert_int_equal(err.fault, FAULT_INPUT);
	assert_null(form_find(old, "02", day_of(2026, 7, 1), &err));
	arena_free(&arena);
}

static void a_citizens_text_is_not_grammar(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct fields fields;
	struct error err = { 0 };
	struct slip slip;
	struct bytes out = { 0 };
	static const char hostile[] =
		"owner.name\t*{owner.phone}* <b>\"x\"</b> \x1b[31m\x07\xe2\x80\xae%s%n\\n\\\\\n";
	assert_true(fields_parse(&arena, hostile, sizeof hostile - 1, &fields, &err));
	struct form *form = parsed(&arena, HEAD "text \"Tên: *{owner.name}*.\"\n");
	struct form_fill plan = { .fields = &fields };
	assert_true(form_fill(form, &plan, &arena, &slip, &err));
	tongue_plain(&arena, &slip, 80, &out);
	assert_string_equal(bytes_string(&out), "Tên: *{owner.phone}* <b>\"x\"</b> [31m%s%n\n\\.\n");
	bytes_free(&out);
	arena_free(&arena);
}

static void hostile_values_leave_a_clean_roll(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct fields fields;
	struct bytes out = { 0 };
	struct escdec paper;
	papers_fields(&arena, "receipt", &fields);
	char word[4001];
	memset(word, 'W', sizeof word - 1);
	word[4000] = '\0';
	fields_set(&arena, &fields, "owner.name", word);
	fields_set(&arena, &fields, "component.1.name", "\x1b@\x1dV\x01 \x10\x04\x01 שלום 漢字 😀");
	fields_set(&arena, &fields, "fee.1.amount", "99999999999999999999999999");
	fields_set(&arena, &fields, "due_at", "mai");
	papers_draw(&arena, "01", DRAW_RASTER_384, &fields, SAMPLE_QR, &out);
	if (!escdec_read(&paper, 384, (const uint8_t *)out.data, out.size))
		fail_msg("%s at byte %zu", paper.wrong, paper.offset);
	assert_int_equal(paper.cuts, 1);
	escdec_free(&paper);
	bytes_free(&out);
	arena_free(&arena);
}

static void broken_fields_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text, *log;
	} broken[] = {
		{ "a\tb\nkhông dấu cách\n", "line 2: no tab" }, { "A\tb\n", "line 1: bad key" },
		{ "a..b\tc\n", "bad key" }, { ".a\tc\n", "bad key" }, { "a\tb\\q\n", "bad escape" },
		{ "a\tb\\", "bad escape" }, { "a\t\xc3\x28\n", "line 1" }, { "a\t1\nb\t2\na\t3\n", ": a" },
	};
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		struct arena arena = { 0 };
		struct fields fields;
		struct error err = { 0 };
		if (fields_parse(&arena, broken[i].text, strlen(broken[i].text), &fields, &err))
			fail_msg("accepted: %s", broken[i].text);
		if (!strstr(err.log, broken[i].log))
			fail_msg("\"%s\" is not \"%s\"", err.log, broken[i].log);
		arena_free(&arena);
	}
}

static void groups_count_to_the_first_gap(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct fields fields = { 0 };
	for (int i = 1; i <= 5; i++)
		if (i != 4)
			fields_format(&arena, &fields, arena_format(&arena, "fee.%d.amount", i), "%d", i * 1000);
	fields_set(&arena, &fields, "feet.1.amount", "1");
	fields_set(&arena, &fields, "fee.total", "1");
	assert_int_equal(fields_group(&fields, "fee"), 3);
	assert_int_equal(fields_group(&fields, "component"), 0);
	fields_set(&arena, &fields, "fee.2.amount", "0");
	assert_string_equal(fields_get(&fields, "fee.2.amount"), "0");
	assert_null(fields_get(&fields, "fee.4.amount"));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_mistake_has_its_line),
		cmocka_unit_test(the_version_of_the_day_is_taken),
		cmocka_unit_test(a_citizens_text_is_not_grammar),
		cmocka_unit_test(hostile_values_leave_a_clean_roll),
		cmocka_unit_test(broken_fields_are_refused),
		cmocka_unit_test(groups_count_to_the_first_gap),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
