/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/a.h — A well-kept file. */
#pragma once
int a(void);
