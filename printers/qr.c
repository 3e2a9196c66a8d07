/* SPDX-License-Identifier: Apache-2.0 */
#include "printers/qr.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

#include "core/base/say.h"

static bool make(struct arena *arena, const char *text, QRecLevel level, struct qr *out, struct error *err)
{
	for (const char *p = text; *p; p++) {
		if (*p < 0x20 || *p > 0x7E) {
			fail(err, FAULT_INPUT, _("Mã QR chỉ nhận chữ không dấu."));
			return because(err, "qr: byte %#x at %d", (unsigned char)*p, (int)(p - text));
		}
	}
	QRcode *code = QRcode_encodeString(text, 0, level, QR_MODE_8, 1);
	if (!code) {
		fail(err, FAULT_INPUT, _("Nội dung mã QR quá dài."));
		return because(err, "qr: %zu bytes: %s", strlen(text), strerror(errno));
	}
	out->size = code->width;
	out->dark = arena_take(arena, (size_t)(code->width * code->width));
	for (int i = 0; i < code->width * code->width; i++)
		out->dark[i] = code->data[i] & 1;
	QRcode_free(code);
	return true;
}

bool qr_make(struct arena *arena, const char *text, struct qr *out, struct error *err)
{
	return make(arena, text, QR_ECLEVEL_M, out, err);
}

bool qr_make_light(struct arena *arena, const char *text, struct qr *out, struct error *err)
{
	return make(arena, text, QR_ECLEVEL_L, out, err);
}
