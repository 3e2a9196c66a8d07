/* SPDX-License-Identifier: Apache-2.0
 *
 * core/practice/sha256.h — SHA-256 (FIPS 180-4), written apart from the one the
 * counter uses: when both agree on a file, the file arrived. */
#pragma once
#include <stddef.h>

/* Lower-case hexadecimal. */
void sha256_hex(const void *data, size_t n, char out[65]);
