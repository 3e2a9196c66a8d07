/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/dossier/table.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/dossier/card.h"

static struct catalogue world;

static int open_world(void **state)
{
	struct table codes;
	(void)state;
	catalogue_start(&world);
	table_read(&codes, &world.arena, MOTCUA_SOURCE "/core/data/card_codes.tsv");
	for (size_t i = 0; i < codes.rows; i++)
		table_add(&world, CATALOGUE_PLACES, "kind", "card_code", "code",
		          table_cell(&codes, i, "code"), "name", table_cell(&codes, i, "name"),
		          NULL);
	catalogue_finish(&world);
	assert_int_equal(world.count[CATALOGUE_PLACES], 63);
	return 0;
}

static int close_world(void **state)
{
	(void)state;
	catalogue_free(&world);
	return 0;
}

static const char *verdict_name(enum card_verdict verdict)
{
	static const char *const names[] = { "accept", "warn", "ask", "refuse" };
	return names[verdict];
}

/* "\t" in a file stands for a tab. */
static const char *payload(struct arena *arena, const char *cell)
{
	char *out = arena_string(arena, cell), *to = out;
	for (const char *at = cell; *at; at++)
		if (at[0] == '\\' && at[1] == 't') {
			*to++ = '\t';
			at++;
		} else {
			*to++ = *at;
		}
	*to = '\0';
	return out;
}

static struct card read_text(struct arena *arena, const char *text, enum card_source source)
{
	struct card card;
	card_read(arena, text, strlen(text), source, &world, &card);
	return card;
}

static void every_sample_is_read_as_printed(void **state)
{
	struct arena arena = { 0 };
	struct table table;
	char iso[16];
	(void)state;
	table_read(&table, &arena, MOTCUA_SOURCE "/tests/dossier/data/card_samples.tsv");
	assert_true(table.rows > 40);
	for (size_t i = 0; i < table.rows; i++) {
		const char *text = payload(&arena, table_cell(&table, i, "payload"));
		struct card card = read_text(&arena, text, CARD_SERIAL);
		if (card.verdict != CARD_ACCEPT)
			lines_fail(&card.doubts, text);
		assert_true(card_looks_like(text, strlen(text)));
		assert_string_equal(card.number, table_cell(&table, i, "cccd"));
		assert_string_equal(card.old_number, table_cell(&table, i, "old_cmnd"));
		assert_string_equal(card.name, table_cell(&table, i, "full_name"));
		assert_string_equal(card.sex, table_cell(&table, i, "sex"));
		assert_string_equal(card.address, table_cell(&table, i, "address"));
		assert_string_equal(day_write_iso(card.birth, iso, sizeof(iso)),
		                    table_cell(&table, i, "date_of_birth"));
		assert_string_equal(day_write_iso(card.issued, iso, sizeof(iso)),
		                    table_cell(&table, i, "issue_date"));
		for (int f = 0; f < CARD_FIELD_COUNT; f++)
			if (f != CARD_OLD_NUMBER)
				assert_int_equal(card.trust[f], CARD_TRUSTED);
	}
	arena_free(&arena);
}

static void every_damage_has_its_verdict(void **state)
{
	struct arena arena = { 0 };
	struct table table;
	(void)state;
	table_read(&table, &arena, MOTCUA_SOURCE "/tests/dossier/data/card_bad.tsv");
	assert_true(table.rows >= 11);
	for (size_t i = 0; i < table.rows; i++) {
		const char *expect = table_cell(&table, i, "expect");
		struct card card = read_text(&arena, payload(&arena, table_cell(&table, i, "payload")),
		                             CARD_SERIAL);
		if (strcmp(verdict_name(card.verdict), expect)) {
			print_error("%s: %s, expected %s\n", table_cell(&table, i, "what_is_wrong"),
			            verdict_name(card.verdict), expect);
			lines_fail(&card.doubts, "wrong verdict");
		}
		assert_int_equal(card.verdict == CARD_ACCEPT, card.doubts.count == 0);
		if (card.verdict != CARD_REFUSE)
			assert_true(strlen(card.number) == 12);
	}
	arena_free(&arena);
}

static void the_doubtful_field_is_the_one_marked(void **state)
{
	static const struct {
		const char *text;
		enum card_field field;
		enum card_trust trust;
		const char *says;
	} rows[] = {
		{ "011096990040|050990040|Danh Ươl|12131996|Nam|Ấp 4, Điện Biên|28052021",
		  CARD_BIRTH, CARD_ABSENT, "Ngày sinh" },
		{ "011096990040||Danh Ươl|12021997|Nam|Ấp 4, Điện Biên|28052021", CARD_BIRTH,
		  CARD_DOUBTED, "năm sinh 1996" },
		{ "011096990040||Danh Ươl|12021996|Nữ|Ấp 4, Điện Biên|28052021", CARD_SEX,
		  CARD_DOUBTED, "giới tính nam" },
		{ "199096990040||Danh Ươl|12021996|Nam|Ấp 4, Điện Biên|28052021", CARD_NUMBER,
		  CARD_DOUBTED, "199" },
		{ "011096990040|12345|Danh Ươl|12021996|Nam|Ấp 4, Điện Biên|28052021",
		  CARD_OLD_NUMBER, CARD_ABSENT, "CMND cũ" },
		{ "011096990040||Danh Ươl|12021996|Nam|Ấp 4, Điện Biên|28051990", CARD_ISSUED,
		  CARD_DOUBTED, "Ngày cấp trước ngày sinh" },
		{ "011096990040||Danh 4Ươl|12021996|Nam|Ấp 4, Điện Biên|28052021", CARD_NAME,
		  CARD_DOUBTED, "ký tự lạ" },
		{ "011096990040|||12021996|Nam|Ấp 4, Điện Biên|28052021", CARD_NAME, CARD_ABSENT,
		  "không có họ tên" },
		{ "011096990040||Danh Ươl|12021996|Năm|Ấp 4, Điện Biên|28052021", CARD_NAME,
		  CARD_PROPOSED, "bộ gõ" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct arena arena = { 0 };
		struct card card = read_text(&arena, rows[i].text, CARD_SERIAL);
		assert_int_equal(card.trust[rows[i].field], rows[i].trust);
		if (!lines_have(&card.doubts, rows[i].says))
			lines_fail(&card.doubts, rows[i].says);
		arena_free(&arena);
	}
}

static void forms_of_a_good_card(void **state)
{
	static const char *const rows[] = {
		"  011096990040||Danh Ươl|12/02/1996|NAM|Ấp 4, Điện Biên|28/05/2021\r\n",
		"]Q3011096990040||Danh Ươl|12021996|Nam|Ấp 4, Điện Biên|28052021",
		"011096990040||Danh Ươl|12021996|nam|Ấp 4, Điện Biên|28052021||||",
		"011096990040||Danh Ươl|12021996|Nam|Ấp 4, Điện Biên|28052021|011060990001|Cha|Mẹ||x",
		"011096990040 | | Danh  Ươl | 12021996 | Nam | Ấp 4, Điện Biên | 28052021",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct arena arena = { 0 };
		struct card card = read_text(&arena, rows[i], CARD_SERIAL);
		if (card.verdict != CARD_ACCEPT)
			lines_fail(&card.doubts, rows[i]);
		assert_int_equal(card.birth, day_of(1996, 2, 12));
		assert_string_equal(card.sex, "nam");
		arena_free(&arena);
	}
}

static void a_keyboard_scanner_only_proposes_accents(void **state)
{
	struct arena arena = { 0 };
	(void)state;
	struct card card = read_text(
		&arena, "011096990040||Danh Ươl|12021996|Nam|Ấp 4, Điện Biên|28052021",
		CARD_KEYBOARD);
	assert_int_equal(card.verdict, CARD_ASK);
	assert_int_equal(card.trust[CARD_NUMBER], CARD_TRUSTED);
	assert_int_equal(card.trust[CARD_BIRTH], CARD_TRUSTED);
	assert_int_equal(card.trust[CARD_ISSUED], CARD_TRUSTED);
	assert_int_equal(card.trust[CARD_NAME], CARD_PROPOSED);
	assert_int_equal(card.trust[CARD_ADDRESS], CARD_PROPOSED);
	struct person person = person_new(PERSON_CITIZEN);
	card_person(&card, &person);
	assert_string_equal(person.id_number, "011096990040");
	assert_string_equal(person.name, "Danh Ươl");
	arena_free(&arena);
}

/* Nothing that came from a card may reach a terminal as a control. */
static bool clean(const char *text)
{
	if (!text_valid(text, strlen(text)))
		return false;
	for (const char *c = text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			return false;
	return !strstr(text, "\u202e") && !strstr(text, "\xc2\x9b");
}

static void hostile_text_is_harmless(void **state)
{
	char big[5000], whole[6000];
	struct arena arena = { 0 };
	(void)state;
	memset(big, 'A', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	snprintf(whole, sizeof(whole), "011096990040||%.4000s|12021996|Nam|x|28052021", big);
	assert_int_equal(read_text(&arena, whole, CARD_SERIAL).verdict, CARD_REFUSE);
	snprintf(whole, sizeof(whole), "011096990040||%.2000s|12021996|Nam|Ấp 4|28052021", big);
	struct card card = read_text(&arena, whole, CARD_SERIAL);
	assert_int_equal(card.verdict, CARD_WARN);
	assert_string_equal(card.name, "");
	assert_int_equal(card.trust[CARD_NAME], CARD_ABSENT);

	card = read_text(&arena,
	                 "011096990040||\x1b[2JDanh\x07 Ươl\u202e|12021996|Nam|Ấp\x01 4|28052021",
	                 CARD_SERIAL);
	assert_true(clean(card.name) && clean(card.address));
	assert_null(strchr(card.name, '\x1b'));

	card = read_text(&arena, "011096990040||Danh \xc6|12021996|Nam|Ấp \xff|28052021", CARD_SERIAL);
	assert_int_equal(card.verdict, CARD_ASK);
	assert_true(clean(card.name));
	assert_int_equal(card.trust[CARD_NAME], CARD_PROPOSED);
	assert_int_equal(card.birth, day_of(1996, 2, 12));

	card_read(&arena, "", 0, CARD_SERIAL, NULL, &card);
	assert_int_equal(card.verdict, CARD_REFUSE);
	card_read(&arena, "xin chào", 9, CARD_SERIAL, NULL, &card);
	assert_int_equal(card.verdict, CARD_REFUSE);
	struct person person = person_new(PERSON_CITIZEN);
	card_person(&card, &person);
	assert_string_equal(person.id_number, "");
	arena_free(&arena);
}

static void what_looks_like_a_card(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool looks;
	} rows[] = {
		{ "011096990040|x", true },   { "]Q3011096990040|x", true },
		{ "011096990040~x", true },   { "011096990040", true },
		{ "011096990040 x", false },  { "0110969900401", false },
		{ "H01.999-261120-0007", false }, { "", false }, { "01109699004", false },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(card_looks_like(rows[i].text, strlen(rows[i].text)), rows[i].looks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_sample_is_read_as_printed),
		cmocka_unit_test(every_damage_has_its_verdict),
		cmocka_unit_test(the_doubtful_field_is_the_one_marked),
		cmocka_unit_test(forms_of_a_good_card),
		cmocka_unit_test(a_keyboard_scanner_only_proposes_accents),
		cmocka_unit_test(hostile_text_is_harmless),
		cmocka_unit_test(what_looks_like_a_card),
	};
	return cmocka_run_group_tests(tests, open_world, close_world);
}
