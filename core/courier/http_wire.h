/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/http_wire.h — The room's own: what libcurl is told of a call,
 * and what it tells back while bytes go and come. */
#pragma once
#include "core/courier/http.h"

/* Sets every option of call->easy; call->list holds its headers after. */
void http_wire(struct http_call *);
