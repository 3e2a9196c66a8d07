/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/sign/softhsm.h — SoftHSM2 as the token of a test: a folder of its own, keys and
 * certificates brought in with OpenSC's tool, as an issuer would. */
#pragma once
#include "tests/sign/signed.h"

#define SOFTHSM_PIN "246813"

struct softhsm {
	char folder[64];
	int count;  /* of keys brought in */
};
/* The library; "" when SoftHSM2 is not installed. */
const char *softhsm_module(void);
/* A new folder that SoftHSM uses from now on (SOFTHSM2_CONF), without a token. */
void softhsm_open(struct softhsm *);
/* A token in it. */
void softhsm_plug(struct softhsm *, const char *label);
/* In that token: the certificate, the key or both. */
void softhsm_bring(struct softhsm *, const char *label, const struct signer *, bool with_cert, bool with_key);
/* This one is used now. */
void softhsm_use(const struct softhsm *);
void softhsm_remove(struct softhsm *);
