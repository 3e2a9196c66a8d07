/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/password.h — A new password: one's own, after the present one; a colleague's who has forgotten it (a supervisor). */
#pragma once

struct screen;

/* Then the clerk logs in anew.  Drafts are sealed under the old one: not while any lies here. */
void password_mine(struct screen *);
void password_of(struct screen *, const char *login, const char *full_name);
