/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/world/sign_sheet.h — A form for the glass of a scanner. */
#pragma once

/* A PGM, a little askew. */
void sign_sheet(const char *path);
