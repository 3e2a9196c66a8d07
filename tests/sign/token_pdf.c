/* SPDX-License-Identifier: Apache-2.0
 *
 * What is signed, seen by OpenSSL, qpdf, pdfsig and our own checker. */
#include "tests/sign/token_steps.h"

#include <string.h>
#include <unistd.h>

#include "core/pdf/archive.h"

#define BATCH 5

/* ---- signing ---- */

void token_a_batch_takes_one_pin(void **state)
{
	(void)state;
	struct sign_file files[BATCH];
	struct sign_job job;
	softhsm_use(&token_full);
	for (int i = 0; i < BATCH; i++)
		files[i] = token_to_sign(token_plain_pdf(i + 1));
	assert_string_equal(token_sign(&job, softhsm_module(), "", SOFTHSM_PIN, files, BATCH), "");
	assert_int_equal(job.signed_count, BATCH);
	assert_string_equal(job.name, "NGUYỄN VĂN AN");
	assert_int_equal(moment_day(job.to), moment_day(moment_now() + 400 * DAY));
	for (int i = 0; i < BATCH; i++) {
		assert_true(files[i].good);
		token_assert_grown(files[i].in, files[i].out);
		assert_string_equal(token_check(files[i].out), token_trusted(i + 1, "NGUYỄN VĂN AN"));
		assert_true(token_says_yes("qpdf --check %s >/dev/null", files[i].out));
	}
	assert_true(token_says_yes("pdfsig -nocert %s | grep -q 'Signature is Valid'", files[0].out));
	assert_true(token_says_yes("pdfsig -nocert %s | grep -q 'Signature Type: ETSI.CAdES.detached'", files[0].out));
	assert_true(token_says_yes("pdfsig -nocert %s | grep -q 'Total document signed'", files[0].out));
	token_close_files(files, BATCH);
	sign_clear(&job);
}

/* By OpenSSL's own reader: the bytes around the hole, the CMS in it. */
static void openssl_agrees(int fd)
{
	struct bytes all = token_content(fd);
	const char *range = memmem(all.data, all.size, "/ByteRange[", 11);
	assert_non_null(range);
	const char *hole = strstr(range, "/Contents<");
	size_t first, second, rest;
	assert_non_null(hole);
	assert_int_equal(sscanf(range, "/ByteRange[0 %zu %zu %zu]", &first, &second, &rest), 3);
	assert_int_equal(second + rest, all.size);
	struct bytes der = { 0 }, covered = { 0 };
	for (const char *at = hole + 10; *at != '>'; at += 2) {
		unsigned byte;
		assert_int_equal(sscanf(at, "%2x", &byte), 1);
		bytes_byte(&der, (uint8_t)byte);
	}
	bytes_add(&covered, all.data, first);
	bytes_add(&covered, all.data + second, rest);
	int cms = token_file_of(der.data, der.size), text = token_file_of(covered.data, covered.size);
	const char *command = arena_format(&token_arena, "openssl cms -verify -cades -binary -inform DER -in %%s -content /proc/%d/fd/%d "
	                                           "-CAfile %s -purpose any -out /dev/null 2>/dev/null", (int)getpid(), text, token_roots);
	assert_true(token_says_yes(command, cms));
	/* PAdES B-B: no signing time in it, and the certificate bound to it. */
	assert_true(token_says_yes("openssl cms -cmsout -print -noout -inform DER -in %s | grep -q signingCertificateV2", cms));
	assert_false(token_says_yes("openssl cms -cmsout -print -noout -inform DER -in %s | grep -q signingTime", cms));
	close(cms);
	close(text);
	bytes_free(&all);
	bytes_free(&der);
	bytes_free(&covered);
}

void token_the_second_signature_keeps_the_first(void **state)
{
	(void)state;
	struct sign_job job;
	softhsm_use(&token_full);
	struct sign_file first = token_to_sign(token_plain_pdf(2)), second;
	assert_string_equal(token_sign(&job, softhsm_module(), "", SOFTHSM_PIN, &first, 1), "");
	openssl_agrees(first.out);
	sign_clear(&job);
	second = (struct sign_file){ .in = first.out, .out = token_file_of("", 0) };
	assert_string_equal(token_sign(&job, softhsm_module(), "trần thị bưởi", SOFTHSM_PIN, &second, 1), "");
	token_assert_grown(second.in, second.out);
	assert_string_equal(token_check(second.out), arena_format(&token_arena, "%s%s", token_trusted(2, "NGUYỄN VĂN AN"),
	                                                    strstr(token_trusted(2, "TRẦN THỊ BƯỞI"), " · ")));
	assert_true(token_says_yes("qpdf --check %s >/dev/null", second.out));
	assert_true(token_says_yes("test $(pdfsig -nocert %s | grep -c 'Signature is Valid') = 2", second.out));
	sign_clear(&job);
	token_close_files(&second, 1);
	token_close_files(&first, 0);
	close(first.in);
}

void token_tables_that_are_streams_are_continued(void **state)
{
	(void)state;
	struct sign_job job;
	softhsm_use(&token_full);
	int plain = token_plain_pdf(3), packed = token_file_of("", 0), copy;
	assert_true(token_says_yes(arena_format(&token_arena, "qpdf --object-streams=generate --linearize %%s /proc/%d/fd/%d", (int)getpid(), packed), plain));
	struct sign_file file = token_to_sign(packed), again;
	assert_string_equal(token_sign(&job, softhsm_module(), "", SOFTHSM_PIN, &file, 1), "");
	token_assert_grown(file.in, file.out);
	assert_string_equal(token_check(file.out), token_trusted(3, "NGUYỄN VĂN AN"));
	sign_clear(&job);
	copy = dup(file.out);
	again = token_to_sign(copy);
	assert_string_equal(token_sign(&job, softhsm_module(), "", SOFTHSM_PIN, &again, 1), "");
	assert_true(token_says_yes("qpdf --check %s >/dev/null", again.out));
	assert_true(token_says_yes("pdfsig -nocert %s | grep -q 'Total document signed'", again.out));
	sign_clear(&job);
	close(plain);
	token_close_files(&file, 1);
	token_close_files(&again, 1);
}

void token_an_archive_stays_an_archive(void **state)
{
	(void)state;
	struct bytes plain = { 0 }, archive = { 0 };
	struct sign_job job;
	struct error err;
	softhsm_use(&token_full);
	signed_pdf(&plain, 1, NULL, NULL);
	assert_true(archive_bytes(plain.data, plain.size, "giấy thử", &archive, &err));
	struct sign_file file = token_to_sign(token_file_of(archive.data, archive.size));
	assert_string_equal(token_sign(&job, softhsm_module(), "", SOFTHSM_PIN, &file, 1), "");
	token_assert_grown(file.in, file.out);
	struct bytes made = token_content(file.out);
	const char *tail = made.data + archive.size;
	size_t size = made.size - archive.size;
	/* ISO 19005-2: 6.1.3 an /ID, its first part as before; 6.3.2 /F with Print and without
	 * Hidden; 6.3.3 an appearance; 6.4.1 no /NeedAppearances; 6.1.2 nothing behind %%EOF. */
	const char *id = memmem(archive.data, archive.size, "/ID [<", 6);
	char first[40];
	assert_int_equal(sscanf(id, "/ID [<%32[0-9a-f]>", first), 1);
	assert_non_null(memmem(tail, size, first, 32));
	assert_non_null(memmem(tail, size, "/F 132", 6));
	assert_non_null(memmem(tail, size, "/AP", 3));
	assert_null(memmem(tail, size, "/NeedAppearances", 16));
	assert_null(strstr((const char *)memmem(tail, size, "trailer", 7), "/Info"));
	assert_memory_equal(made.data + made.size - 6, "%%EOF\n", 6);
	static const char *const kept[] = { "pdfaid:part>2", "/OutputIntents", "/Metadata", "/Lang" };
	for (size_t i = 0; i < COUNT(kept); i++)
		assert_true(token_says_yes(arena_format(&token_arena, "qpdf --qdf --object-streams=disable %%s - | grep -qa '%s'", kept[i]), file.out));
	assert_true(token_says_yes("qpdf --check %s >/dev/null", file.out));
	bytes_free(&plain);
	bytes_free(&archive);
	bytes_free(&made);
	token_close_files(&file, 1);
	sign_clear(&job);
}

void token_other_files_get_a_signature_beside_them(void **state)
{
	(void)state;
	struct sign_job job;
	softhsm_use(&token_full);
	struct sign_file file = token_to_sign(token_file_of("\xFF\xD8\xFF ảnh", 9));
	assert_string_equal(token_sign(&job, softhsm_module(), "", SOFTHSM_PIN, &file, 1), "");
	const char *command = arena_format(&token_arena, "openssl cms -verify -cades -binary -inform DER -in %%s -content /proc/%d/fd/%d "
	                                           "-CAfile %s -purpose any -out /dev/null 2>/dev/null", (int)getpid(), file.in, token_roots);
	assert_true(token_says_yes(command, file.out));
	assert_true(token_says_yes("openssl cms -cmsout -print -noout -inform DER -in %s | grep -q signingTime", file.out));
	assert_int_equal(pwrite(file.in, "x", 1, 4), 1);
	assert_false(token_says_yes(command, file.out));
	sign_clear(&job);
	token_close_files(&file, 1);
}

void token_one_bad_file_is_no_reason_to_leave_the_others(void **state)
{
	(void)state;
	struct sign_job job;
	struct bytes final = { 0 };
	softhsm_use(&token_full);
	/* A certification that forbids every change. */
	struct signer one = signer_new("AI ĐÓ", moment_now() - DAY, moment_now() + DAY, NULL);
	signed_pdf(&final, 1, &one, "ETSI.CAdES.detached");
	signer_free(&one);
	static const char *const parts[][2] = {
		{ "/AcroForm<</SigFlags 3/Fields[3 0 R]>>", "/Perms<</DocMDP 3 0 R>>               " },
		{ "<</FT/Sig/T(ky)/V 4 0 R>>", "<</Reference[4 0 R]>>    " },
		{ "/Type/Sig/Filter/Adobe.PPKLite", "/TransformParams<</P 1>>      " },
	};
	for (size_t i = 0; i < COUNT(parts); i++) {
		char *at = memmem(final.data, final.size, parts[i][0], strlen(parts[i][0]));
		assert_non_null(at);
		memcpy(at, parts[i][1], strlen(parts[i][0]));
	}
	struct sign_file files[4] = { token_to_sign(token_plain_pdf(1)), token_to_sign(token_file_of("%PDF-1.7\nrác\n%%EOF\n", 19)),
		token_to_sign(token_file_of(final.data, final.size)), token_to_sign(token_plain_pdf(2)) };
	assert_string_equal(token_sign(&job, softhsm_module(), "", SOFTHSM_PIN, files, 4), "");
	assert_int_equal(job.signed_count, 2);
	assert_true(files[0].good && !files[1].good && !files[2].good && files[3].good);
	assert_string_equal(files[1].why.code, "hurt");
	assert_string_equal(files[2].why.code, "final");
	assert_int_equal(lseek(files[1].out, 0, SEEK_END), 0);
	bytes_free(&final);
	token_close_files(files, 4);
	sign_clear(&job);
}
