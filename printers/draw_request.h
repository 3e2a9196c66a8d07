/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/draw_request.h — What goes between the counter and motcua-draw.
 *
 * A request is text:
 *
 *     form 01
 *     date 2026-11-20
 *     output pdf-a5              see DRAW_OUTPUTS in printers/draw.h
 *     qr HTTPS://…               optional
 *     copy 1                     optional
 *     <empty line>
 *     key<TAB>value …            printers/fields.h
 *
 * One shot: request on stdin until its end, the paper on stdout, exit status 0.
 * On failure nothing on stdout, two lines on stderr (Vietnamese, English) and
 * the fault as exit status: 1 input, 3 device (fonts), 70 bug.
 *
 * Served (--serve): requests "<size>\n" + bytes, replies "<status> <size>\n" +
 * bytes, where status is 0 or the above and the bytes are the paper or the two
 * lines. */
#pragma once
#include "core/base/arena.h"
#include "core/base/bytes.h"
#include "core/base/error.h"
#include "printers/draw.h"

#define DRAW_REQUEST_MOST (FIELDS_SIZE_MOST + 4096u)
#define DRAW_REPLY_MOST   (64u << 20)

/* False when a part of the head has a line break. */
bool draw_request_write(const struct draw_request *, struct bytes *, struct error *);
/* Hostile text: FAULT_INPUT.  What it points to belongs to the arena. */
bool draw_request_parse(struct arena *, const char *text, size_t size, struct draw_request *,
                        struct fields *, struct error *);
/* Exit status of the helper for a fault, and back. */
int draw_status(enum fault);
enum fault draw_fault(int status);
