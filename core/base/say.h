/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/say.h — Sentences for people.  Vietnamese is the source language;
 * other catalogues translate it (--lang en).  Printed legal forms never pass
 * through here: they stay as the law words them. */
#pragma once
#include <libintl.h>

#define _(text)  gettext(text)
#define N_(text) text /* marks a constant that is translated where it is shown */
