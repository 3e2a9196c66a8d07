/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/check.h — cmocka with the headers it wants before it. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka last */
#include <cmocka.h>
#undef fail /* ours is core/base/error.h */

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
