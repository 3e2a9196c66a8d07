/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/fetch.h — A file behind a link that came inside a message.  The
 * link is hostile until its host, rewritten as the profile says, is on the
 * list; redirects are not followed; the size is capped ("max_file_bytes"). */
#pragma once
#include "core/courier/connector.h"

/* Writes CALL_FETCH for payload {link}: the same for every family.  Our
 * credentials go along only to the system's own address. */
bool fetch_write(const struct profile *, const struct call_facts *, struct http_call *,
                 struct error *);

enum fetched {
	FETCHED_FILE,   /* the body is the file                       */
	FETCHED_BASE64, /* the body is its base64, as the papers store gives it */
	FETCHED_NOT,    /* something else: classify.h says what       */
};
enum fetched fetch_judge(const struct http_reply *);
/* The file's bytes into out; false: it was no base64 after all, or empty. */
bool fetch_bytes(const struct http_reply *, struct bytes *out);
