/* SPDX-License-Identifier: Apache-2.0 */
#include "printers/escpos.h"

#include "core/base/say.h"

void escpos_ask(struct escpos_ear *ear)
{
	ear->answered = 0;
	ear->offline = ear->cover_open = ear->paper_end = ear->paper_near = ear->broken = false;
}

/* Fixed bits of an answer to DLE EOT: 0 0 . 1 . . 1 0 (bits 7, 4, 1, 0). */
static bool is_answer(uint8_t byte)
{
	return (byte & 0x93) == 0x12;
}

static void take_answer(struct escpos_ear *ear, uint8_t byte)
{
	switch (++ear->answered) {
	case 1: ear->offline = byte & 0x08; break;
	case 2:
		ear->cover_open = byte & 0x04;
		ear->paper_end = byte & 0x20;
		ear->broken = byte & 0x40;
		break;
	case 3:
		ear->paper_near = byte & 0x0c;
		ear->paper_end = ear->paper_end || (byte & 0x60);
		break;
	default: ear->answered = 3; break;
	}
}

void escpos_hear(struct escpos_ear *ear, const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		uint8_t byte = bytes[i];
		if (ear->skip > 0)
			ear->skip--;
		else if (is_answer(byte))
			take_answer(ear, byte);
		else if ((byte & 0x93) == 0x10) /* four bytes nobody asked for */
			ear->skip = 3;
		else if (ear->asked_end && (byte & 0x90) == 0) {
			ear->end = true;
			ear->paper_near = ear->paper_near || (byte & 0x0f);
		}
	}
}

bool escpos_ready(const struct escpos_ear *ear, struct error *err)
{
	const char *sentence = NULL, *log = "";
	if (ear->paper_end) {
		sentence = _("Máy in hết giấy. Hãy thay giấy rồi in lại.");
		log = "paper end";
	} else if (ear->cover_open) {
		sentence = _("Nắp máy in đang mở. Hãy đóng nắp rồi in lại.");
		log = "cover open";
	} else if (ear->broken) {
		sentence = _("Máy in báo lỗi (dao cắt hoặc đầu in). Hãy tắt, bật lại máy in rồi in lại.");
		log = "device error";
	} else if (ear->offline) {
		sentence = _("Máy in đang tạm dừng. Hãy xem đèn báo trên máy in rồi in lại.");
		log = "offline";
	}
	if (!sentence)
		return true;
	fail(err, FAULT_DEVICE, "%s", sentence);
	return because(err, "printer: %s", log);
}
