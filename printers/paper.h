/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/paper.h — From a request to the bytes of a paper; inside motcua-draw. */
#pragma once
#include "core/base/bytes.h"
#include "printers/draw_request.h"
#include "printers/form.h"

/* Draws one paper with the forms given. */
bool paper_draw(const struct form *forms, struct arena *, const struct draw_request *,
                struct bytes *out, struct error *);
