/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/options.h — The courier's command line and configuration. */
#pragma once
#include "core/base/arena.h"
#include "core/base/config.h"
#include "core/base/path.h"

struct options {
	const char *server;    /* [database] server, else the embedded cluster's  */
	const char *user;      /* [courier] user: "courier"                       */
	const char *config, *name, *log, *lock, *secrets, *profiles, *port_file;
	const char *listen;    /* [inbound] listen: where systems call us; NULL    */
	const char *listen_file; /* its port is written there                      */
	bool practice;         /* refuse a database with real units               */
	bool detach, once, check, stop, verbose;
	long lease_seconds, claim_ms, ask_ms, back_off_ms, tend_ms;
	struct paths paths;
	struct config settings;
};
/* Reads line and configuration, fills what neither names.  FAULT_INPUT with
 * the usage in err->log when the line cannot be read. */
bool options_read(struct options *, int argc, char **argv, struct arena *, struct error *);
/* The file named, or the shipped one for such a world. */
const char *options_profiles(const struct options *, bool practice, struct arena *);
extern const char options_usage[];
