/* SPDX-License-Identifier: Apache-2.0
 *
 * Papers held of a person stand in another dossier of the same person by reference: each
 * use kept and told, nobody else's file taken; slips of guidance; signed files. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/support/world.h"

#define PAPER(file) "'{\"components\":[{\"name\":\"Tờ khai\",\"action\":\"submit\",\"originals\":1,\"copies\":0,\"pages\":1," \
	"\"state\":\"ok\",\"required\":true,\"reused\":true,\"files\":[" file "]}]}'::jsonb"
#define OTHER " || '{\"owner\":{\"kind\":\"person\",\"name\":\"Lê Văn Khác\",\"id_number\":\"089099990077\",\"id_kind\":\"cccd\"}}'"
#define HONG "'001199000012'"

static PGconn *man, *lan, *courier;
static char file[24], first[24];

/* A dossier of the fixture's citizen whose paper has a file. */
static int fresh(void **state)
{
	(void)state;
	man = as("man");
	lan = as("lan");
	courier = as("dua-tin");
	one(man, "SELECT session_id FROM desk.hello('Q1', 1)");
	one(lan, "SELECT session_id FROM desk.hello('Q1', 1)");
	snprintf(file, sizeof file, "%s", one(man, "SELECT desk.file_begin('to-khai.pdf', 'application/pdf', 5, sha256('%%PDF-'))"));
	one(man, "SELECT desk.file_piece(%s, 0, '%%PDF-')", file);
	one(man, "SELECT desk.file_end(%s)", file);
	snprintf(first, sizeof first, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" PAPER("%s") "))", file));
	return 0;
}

static int done(void **state)
{
	(void)state;
	PQfinish(man);
	PQfinish(lan);
	PQfinish(courier);
	return 0;
}

static const char *payload(const char *dossier, const char *system)
{
	return one(admin(), "SELECT payload->'components'->0->>'reused' FROM motcua.message WHERE dossier_id = %s AND kind = 'dossier'"
		" AND system = '%s'", dossier, system);
}

static void what_is_held_is_told_once(void **state)
{
	(void)state;
	long looks = count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'held'");
	assert_string_equal(one(man, "SELECT concat_ws(' ', name, kind, size, media_type) FROM desk.held_papers(" HONG ", 'Tờ khai', 1)"),
		"Tờ khai paper 5 application/pdf");
	/* The same content under the same name is one offer, however often it was handed in. */
	assert_int_equal(count(man, "SELECT count(*) FROM desk.held_papers(" HONG ", '', 100) WHERE name = 'Tờ khai'"), 1);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'held'"), looks + 2);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'held' AND what::text LIKE '%%001199000012%%'"), 0);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.held_papers('089099990077', '', 100)"), 0);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.held_papers(" HONG ", '', 100)"), 0);
	assert_string_equal(state_of(man, "SELECT desk.held_papers('', '', 100)"), "MC005");
	assert_string_equal(state_of(courier, "SELECT desk.held_papers(" HONG ", '', 100)"), "42501");
}

static void the_same_file_stands_in_another_dossier(void **state)
{
	(void)state;
	char second[24];
	long files = count(admin(), "SELECT count(*) FROM motcua.file");
	snprintf(second, sizeof second, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" PAPER("%s") "))", file));
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.file"), files);
	assert_string_equal(one(admin(), "SELECT dossier_id FROM motcua.file WHERE file_id = %s", file), first);
	assert_string_equal(one(admin(), "SELECT concat_ws(' ', file_id, from_dossier, seq, login) FROM motcua.file_use WHERE dossier_id = %s", second),
		one(admin(), "SELECT '%s %s 1 man'", file, first));
	assert_string_equal(one(admin(), "SELECT what->>'file' FROM motcua.audit WHERE act = 'reuse' AND dossier_id = %s", second), file);
	/* The mark is the database's own: the first dossier said "reused" too, and was not. */
	assert_string_equal(payload(second, "tu-phap"), "true");
	assert_string_equal(payload(second, "cong"), "true");
	assert_string_equal(payload(first, "tu-phap"), "");
	/* The courier gets the file with the second dossier, and its bytes. */
	long unit = count(admin(), "SELECT unit_id FROM motcua.dossier WHERE dossier_id = %s", second);
	assert_string_equal(one(courier, "SELECT wire.files_of(%ld, %s, '{\"components\":[{\"files\":[%s]}]}')->0->>'id'", unit, second, file), file);
	assert_string_equal(one(courier, "SELECT wire.file_piece(%s, 0)", file), "\\x255044462d");
	assert_string_equal(one(courier, "SELECT wire.files_of(%ld, %s + 1, '{\"components\":[{\"files\":[%s]}]}')", unit, second, file), "");
	assert_string_equal(state_of(man, "DELETE FROM motcua.file_use"), "42501");
}

static void nobody_elses_file_is_taken(void **state)
{
	(void)state;
	long uses = count(admin(), "SELECT count(*) FROM motcua.file_use");
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req(" PAPER("%s") OTHER "))", file), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req(" PAPER("%s")
		" || jsonb_build_object('owner', test.req()->'owner' || '{\"id_number\":\"\"}')))", file), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req(" PAPER("%s,424242") "))", file), "MC005");
	/* Another unit, the same person. */
	assert_string_equal(state_of(lan, "SELECT desk.accept_dossier(test.req(" PAPER("%s") "))", file), "MC005");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.file_use"), uses);
}

/* A whole file of man's, not yet in a dossier. */
static void put_file(char out[24], const char *name)
{
	snprintf(out, 24, "%s", one(man, "SELECT desk.file_begin('%s', 'application/pdf', 5, sha256('%%PDF-'))", name));
	one(man, "SELECT desk.file_piece(%s, 0, '%%PDF-')", out);
	one(man, "SELECT desk.file_end(%s)", out);
}

#define SIGNED(what) "SELECT desk.file_signed(" what ", 'LÊ THỊ MẬN', '0123456789abcdef', '2029-01-01')"

static void a_signed_file_lies_beside_its_original(void **state)
{
	(void)state;
	char bare[24], signed_one[24], dossier[24], paper[24], form[24];
	/* Before it is received: nobody's dossier yet, and the signed one is what is handed in. */
	put_file(bare, "a.pdf");
	put_file(signed_one, "a.pdf");
	one(man, "SELECT desk.file_found(%s, 1, 'x', 1)", signed_one);
	one(man, "SELECT desk.file_words(%s, 'tờ khai ký tên')", bare);
	one(man, SIGNED("%s, %s, NULL"), signed_one, bare);
	one(man, SIGNED("%s, %s, NULL"), signed_one, bare);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.file_word WHERE file_id = %s", signed_one), 1);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.file_signature WHERE file_id = %s", signed_one), 1);
	assert_string_equal(one(admin(), "SELECT dossier_id FROM motcua.file WHERE file_id = %s", signed_one), "");
	snprintf(dossier, sizeof dossier, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" PAPER("%s") "))", signed_one));
	assert_int_equal(count(man, "SELECT count(*) FROM desk.to_sign(%s)", dossier), 0);
	assert_string_equal(one(man, "SELECT concat_ws(' ', kind, name, signer) FROM desk.dossier_signatures(%s)", dossier), "file a.pdf LÊ THỊ MẬN");
	/* Afterwards: beside, into the same dossier, once the paper has been printed. */
	snprintf(paper, sizeof paper, "%s", one(man, "SELECT paper_id FROM desk.dossier_papers(%s)", dossier));
	put_file(form, "mau.pdf");
	assert_string_equal(state_of(man, SIGNED("%s, NULL, %s"), form, paper), "MC008");
	one(man, "SELECT desk.keep_copy(%s, 'pdf-a5', '%%PDF-')", paper);
	assert_string_equal(one(man, "SELECT concat_ws(' ', paper_id, name) FROM desk.to_sign(%s)", dossier),
		one(admin(), "SELECT '%s mau-01-%s.pdf'", paper, paper));
	one(man, SIGNED("%s, NULL, %s"), form, paper);
	assert_string_equal(one(admin(), "SELECT dossier_id FROM motcua.file WHERE file_id = %s", form), dossier);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.to_sign(%s)", dossier), 0);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.dossier_signatures(%s)", dossier), 2);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'file_signed' AND dossier_id = %s", dossier), 1);
	/* Nothing of another unit, no other file's, nothing twice, no word about nothing. */
	put_file(bare, "b.pdf");
	assert_string_equal(state_of(lan, SIGNED("%s, %s, NULL"), bare, file), "MC008");
	assert_string_equal(state_of(man, SIGNED("%s, NULL, NULL"), bare), "MC005");
	assert_string_equal(state_of(man, SIGNED("%s, %s, NULL"), bare, bare), "MC005");
	assert_string_equal(state_of(man, SIGNED("%s, 424242, NULL"), bare), "MC008");
	assert_string_equal(state_of(man, SIGNED("%s, %s, NULL"), form, bare), "MC005");
	assert_string_equal(state_of(lan, "SELECT * FROM desk.to_sign(%s)", dossier), "MC008");
	assert_string_equal(state_of(lan, "SELECT * FROM desk.dossier_signatures(%s)", dossier), "MC008");
	assert_string_equal(state_of(man, "DELETE FROM motcua.file_signature"), "42501");
	assert_string_equal(state_of(courier, SIGNED("%s, %s, NULL"), bare, file), "42501");
}

#define GUIDE "SELECT desk.guide_paper('%s', '%s', 0, E'section.1.head\\tThời hạn\\nsection.1.text\\t3 ngày\\\\nhai dòng\\n')"
#define ONCE "22222222-2222-4222-8222-222222222222"

static void a_slip_of_guidance_is_a_paper(void **state)
{
	(void)state;
	char paper[24];
	snprintf(paper, sizeof paper, "%s", one(man, GUIDE, ONCE, "1.004873"));
	assert_string_equal(one(man, GUIDE, ONCE, "1.004873"), paper);
	const char *fields = one(man, "SELECT fields FROM desk.paper(%s)", paper);
	assert_non_null(strstr(fields, "procedure.name\tCấp Giấy xác nhận tình trạng hôn nhân\n"));
	assert_non_null(strstr(fields, "officer.name\tLê Thị Mận\n"));
	assert_non_null(strstr(fields, "section.1.text\t3 ngày\\nhai dòng\n"));
	assert_string_equal(state_of(lan, "SELECT desk.paper(%s)", paper), "MC008");
	assert_string_equal(state_of(man, GUIDE, "33333333-3333-4333-8333-333333333333", "9.999999"), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.guide_paper(gen_random_uuid(), '1.004873', 0, E'unit.name\\tGiả\\n')"), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.guide_paper(gen_random_uuid(), '1.004873', 0, '')"), "MC005");
}

#define T(name) cmocka_unit_test_setup_teardown(name, fresh, done)
int main(void)
{
	const struct CMUnitTest tests[] = {
		T(what_is_held_is_told_once), T(the_same_file_stands_in_another_dossier), T(nobody_elses_file_is_taken),
		T(a_slip_of_guidance_is_a_paper), T(a_signed_file_lies_beside_its_original),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
