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
#undef fail /* ours is core/base/error.h; newer cmocka's fail_msg leans on theirs */
#undef fail_msg
#define fail_msg(...)                         \
	do {                                  \
		print_error("ERROR: " __VA_ARGS__); \
		print_error("\n");            \
		_fail(__FILE__, __LINE__);    \
	} while (0)

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
