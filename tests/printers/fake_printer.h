/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/printers/fake_printer.h — A thermal printer on a socket or behind a
 * terminal, living in the test's own loop: it answers as it is told to. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "core/base/bytes.h"
#include "core/base/loop.h"

enum fake_mood {
	FAKE_GOOD,
	FAKE_SILENT,    /* prints, never answers */
	FAKE_STALLED,   /* accepts the connection and reads nothing after the questions */
	FAKE_DIES,      /* hangs up after the first bytes of the paper */
	FAKE_RUNS_OUT,  /* the paper ends while it prints */
	FAKE_STUCK,     /* takes everything, answers how it is, never says that it is done */
	FAKE_MUTE,      /* answers at first, is mute once the paper came: cut off half-way */
	FAKE_SLOW,      /* says that it is done only after it was asked how it is twice more */
	FAKE_DROPS,     /* takes everything, then hangs up instead of saying that it is done */
	FAKE_OPENED,    /* its cover is opened while it prints */
};
struct fake_printer {
	enum fake_mood mood;
	uint8_t answers[3];       /* to DLE EOT 1, 2, 4; defaults 12 12 12 */
	struct bytes paper;       /* what came that was no question */
	char address[64];
	/* own: */
	struct loop *loop;
	struct watch door, line;
	struct bytes in;
	int asked;
	long coming;              /* bytes of a picture that are still to come */
};
void fake_start(struct fake_printer *, struct loop *, enum fake_mood);
/* The same behind a pseudo terminal: address is a device. */
void fake_start_device(struct fake_printer *, struct loop *, enum fake_mood);
void fake_stop(struct fake_printer *);
