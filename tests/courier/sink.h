/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/courier/sink.h — A far side of another process that swallows requests
 * of any size and tells what came: length, hash, whether it was whole. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct sink {
	unsigned port;
	pid_t pid;
	int reports;
};
struct sink_report {
	char head[2048];  /* request line and headers, as they came */
	bool chunked;
	bool whole;       /* all of Content-Length, or the last chunk */
	int64_t size;     /* of the body, without the chunks' frames */
	uint8_t hash[32]; /* SHA-256 of it */
};

/* Serves on a port of the loopback until sink_close. */
void sink_open(struct sink *);
void sink_close(struct sink *);
/* Waits for what the next request was. */
void sink_read(struct sink *, struct sink_report *);
