/* SPDX-License-Identifier: Apache-2.0
 *
 * core/sign/cms_cert.h — What a certificate says of itself.  Between the files that know OpenSSL only; its own names are
 * declared here, so that the library stays behind its door. */
#pragma once
#include "core/base/arena.h"
#include "core/base/date.h"

struct x509_st;
struct asn1_string_st;

/* The holder's common name, mended and cut, the arena's; "" when it has none. */
const char *cert_name(struct arena *, const struct x509_st *);
/* MOMENT_NONE when it is none, or NULL. */
moment_t cert_time(const struct asn1_string_st *);
