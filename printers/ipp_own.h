/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/ipp_own.h — Inside motcua-ipp: one printer and one paper. */
#pragma once
#include <cups/cups.h>
#include <signal.h>
#include <stdbool.h>
#include "printers/ipp_said.h"

struct ipp {
	http_t *http;
	char uri[1024], resource[1024];
	const char *media, *title; /* media: a PWG name (PWG 5101.1) */
	int patience_ms;
	bool fit;                  /* pages of other sizes are to fit the paper */
	const char *scaling;       /* print-scaling (PWG 5100.13, 5100.16) as it knows it; NULL: it is not told */
	char told[512];            /* the report told last: the same one is not told again */
	int job;
	bool counts;               /* the printer itself counts sides; a queue counts what went through it */
	int out;                   /* sides that came out         */
	bool busy;                 /* the printer has work, ours or others' */
};

/* However long others print before it. */
#define IPP_LONGEST_MS (30 * 60 * 1000)
/* The alarm waits anew, and who waits for us hears that it goes on. */
void ipp_go_on(const struct ipp *);

/* Set once bytes of the paper were sent; read by the alarm. */
extern volatile sig_atomic_t ipp_sent;

/* Reports how the printer is; READY when the paper may be sent. */
enum ipp_end ipp_look(struct ipp *);
/* Sends it and follows it to its end. */
enum ipp_end ipp_print(struct ipp *, const char *paper, size_t size);
