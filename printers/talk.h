/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/talk.h — A conversation with a printer over an open descriptor:
 * how are you, here is the paper, are you done.  Shared by tcp and usb. */
#pragma once
#include "printers/carrier.h"

enum { TALK_CONNECT_MS = 3000, TALK_ANSWER_MS = 1000, TALK_STALL_MS = 5000, TALK_END_MS = 2000 };
#define TALK_PIECE 16384

/* The carriage owns fd from here on. */
void talk_start(struct carriage *, int fd);
/* Ends the trip: closes, leaves loop and scope, calls done. */
void talk_over(struct carriage *, enum carried, const struct error *);
/* Only the first half, for the task's end and for talk_over. */
void talk_stop(struct carriage *);
