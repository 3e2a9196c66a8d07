/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/place.h — Provinces and communes since 01/7/2025, and the first
 * three digits of a citizen number, which keep the 63 old provinces for ever. */
#pragma once
#include <stddef.h>

enum place_kind {
	PLACE_PROVINCE,  /* "province": code of 2 digits                        */
	PLACE_COMMUNE,   /* "commune": code of 5 digits                         */
	PLACE_CARD_CODE, /* "card_code": 3 digits, name of the old province     */
};

/* Columns of places(): the members of the same names. */
struct place {
	const char *code;
	enum place_kind kind;
	const char *name;          /* "Núi Cấm"                                 */
	const char *full_name;     /* "Xã Núi Cấm"                              */
	const char *province_code; /* of a commune; of a province its own       */
	const char *eid;           /* e-identifier where known, else ""         */
	const char *folded;        /* catalogue_finish() fills it               */
};
