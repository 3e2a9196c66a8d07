/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/sign/token_steps.h — Files signed and checked through the real helpers, and what the
 * tests of tokens share. */
#pragma once
#include "tests/check.h"

#include "core/base/arena.h"
#include "core/sign/check.h"
#include "core/sign/sign.h"
#include "tests/sign/softhsm.h"

#define DAY (24 * 3600)

extern struct arena token_arena;
extern struct loop token_loop;
extern struct error token_last;       /* of the helper that ended last        */
extern char token_roots[];            /* PEM of the issuer                    */

/* Each waits for its helper and gives "" or the word it failed with. */
const char *token_look(const char *module, struct sign_look *);
const char *token_sign(struct sign_job *, const char *module, const char *key, const char *digits, struct sign_file *,
                       int count);
/* The checker's line, or "! word". */
const char *token_check(int fd);

int token_file_of(const void *data, size_t size);
struct sign_file token_to_sign(int fd);
struct bytes token_content(int fd);
int token_plain_pdf(int pages);
/* A command about a file, its path for %s. */
bool token_says_yes(const char *command, int fd);
const char *token_trusted(int pages, const char *name);
/* Every byte of the first file stands at the beginning of the second one. */
void token_assert_grown(int before, int after);
void token_close_files(struct sign_file *, int count);

/* token_pdf.c: tests of what is signed, with the token of the group */
extern struct softhsm token_full;
void token_a_batch_takes_one_pin(void **);
void token_the_second_signature_keeps_the_first(void **);
void token_tables_that_are_streams_are_continued(void **);
void token_an_archive_stays_an_archive(void **);
void token_other_files_get_a_signature_beside_them(void **);
void token_one_bad_file_is_no_reason_to_leave_the_others(void **);
