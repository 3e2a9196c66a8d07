/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/keys_own.h — Between the files of the key decoder only. */
#pragma once
#include "tui/keys.h"

/* What a text so far may become. */
enum shape {
	SHAPE_NONE,    /* no code begins so                        */
	SHAPE_MAYBE,
	SHAPE_CERTAIN, /* nobody types this; more is to come       */
	SHAPE_WHOLE,   /* a whole code as it stands                */
};
/* Citizen card ("12 digits|…"), dossier code, receipt address; at least four
 * different characters, so that a key held down is none. */
enum shape scan_shape(const char *text);
/* A whole card or receipt address and nothing else: what was pasted is a scan.  A
 * bare dossier code is not: it may belong into the field it was pasted into. */
bool scan_pasted(const char *text);

/* Length of the UTF-8 character this byte begins; 0: it begins none. */
size_t utf8_length(unsigned char lead);
void keys_give_key(struct keys *, int key, int mods);
void keys_give_typed(struct keys *, const char *data, size_t size);
/* A byte inside, or at the start of, an escape sequence, a UTF-8 character, "~~". */
void keys_sequence(struct keys *, unsigned char byte);
/* The rest of it never came. */
void keys_settle_sequence(struct keys *);
/* A byte while nothing is pending. */
void keys_ground(struct keys *, unsigned char byte, int64_t gap);
void keys_begin(struct keys *, enum keys_mode);
