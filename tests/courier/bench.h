/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/courier/bench.h — A practice world in this process and what tests of
 * the courier need around it. */
#pragma once
#include <jansson.h>
#include "core/base/loop.h"
#include "core/courier/connector.h"
#include "core/practice/practice.h"

struct bench {
	struct loop loop;
	struct practice *practice;
	struct http *http;
	json_t *profiles;
	unsigned port;
};
void bench_open(struct bench *, int64_t session_ms);
/* The same around a practice world that runs as a program. */
void bench_attach(struct bench *, unsigned port);
void bench_close(struct bench *);
/* The practice profile of a system, with members of `over` (JSON text or NULL)
 * put on top. */
void bench_profile(struct bench *, const char *code, const char *over, struct profile *);
/* Turns the loop for so many ms. */
void bench_pause(struct bench *, int ms);
/* POSTs (or GETs, body NULL) /practice/path; the reply, a new reference. */
json_t *bench_control(struct bench *, const char *path, const char *body);
/* Sends and turns the loop until it is done. */
void bench_call(struct bench *, struct http_call *);
/* Log in, then one call; classified. verb_kind as connector.h. */
void bench_talk(struct bench *, const struct profile *, enum call_kind, struct call_facts *,
                struct answer *);
/* A session, "" when refused. */
void bench_login(struct bench *, const struct profile *, char *session, size_t room);
/* What a system told of the field of that message's procedure; a new reference. */
json_t *bench_known(const char *field);
/* An invented dossier message; a new reference. */
json_t *bench_dossier(const char *code);
json_t *bench_progress(const char *code, int status, const char *at);
