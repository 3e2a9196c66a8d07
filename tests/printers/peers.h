/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/printers/peers.h — Printers and a print server that are not ours, on
 * loopback: ippeveprinter (which needs avahi and D-Bus) and cupsd, each in a
 * folder of their own.
 *
 * They live in a mount namespace with a /run of their own, so that they meddle
 * with no service of the machine; as a user that takes a user namespace.  A
 * guardian ends them when the test ends, in whatever way. */
#pragma once
#include <stdbool.h>
#include <sys/types.h>

struct peers {
	char folder[40];
	char a5[80];          /* ipp:// address of a printer with A4 and A5        */
	char letter[80];      /* … of one that has no A5                           */
	int ports[3];         /* theirs and cupsd's                                */
	pid_t pids[5];        /* see enum peer                                     */
	pid_t guardian;
	int control;
};
enum peer { PEER_BUS, PEER_AVAHI, PEER_A5, PEER_LETTER, PEER_CUPS };

/* CUPS_SERVER is set to the server's socket.  False, with the reason on stderr, when the
 * machine does not let them run. */
bool peers_start(struct peers *);
void peers_stop(struct peers *);
/* A printer dies. */
void peers_kill(struct peers *, enum peer);
/* It dies and is there again, at the same address, as its file (a5.conf) now says. */
void peers_again(struct peers *, enum peer);
/* A shell line in the folder, with CUPS's commands at hand; its status. */
int peers_run(struct peers *, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* How the printers behave from now on: "", "empty", "jam" (data/ipp/print.sh). */
void peers_mood(struct peers *, const char *mood);
