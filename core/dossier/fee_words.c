/* SPDX-License-Identifier: Apache-2.0
 *
 * Amounts in Vietnamese words, as receipts spell them. */
#include "core/base/bytes.h"
#include "core/base/text.h"
#include "core/dossier/fee.h"

static const char *const DIGITS[] = { "không", "một", "hai", "ba", "bốn",
	"năm", "sáu", "bảy", "tám", "chín" };

static void word(struct bytes *out, const char *text)
{
	if (out->size)
		bytes_byte(out, ' ');
	bytes_text(out, text);
}

/* 0…999; padded: something stands before it, so that 5 reads "không trăm linh năm". */
static void three(struct bytes *out, int n, bool padded)
{
	int hundreds = n / 100, tens = n / 10 % 10, ones = n % 10;
	if (hundreds || padded) {
		word(out, DIGITS[hundreds]);
		word(out, "trăm");
	}
	if (tens > 1) {
		word(out, DIGITS[tens]);
		word(out, "mươi");
	} else if (tens == 1) {
		word(out, "mười");
	} else if (ones && (hundreds || padded)) {
		word(out, "linh");
	}
	if (!ones)
		return;
	if (ones == 1 && tens > 1)
		word(out, "mốt");
	else if (ones == 4 && tens > 1)
		word(out, "tư");
	else if (ones == 5 && tens)
		word(out, "lăm");
	else
		word(out, DIGITS[ones]);
}

/* Below 10^9, in groups of three; groups of zeros are silent. */
static void nine(struct bytes *out, int64_t n, bool padded)
{
	static const char *const names[] = { "triệu", "nghìn", "" };
	static const int64_t units[] = { 1000000, 1000, 1 };
	for (int i = 0; i < 3; i++) {
		int group = (int)(n / units[i] % 1000);
		if (!group)
			continue;
		three(out, group, padded);
		if (*names[i])
			word(out, names[i]);
		padded = true;
	}
}

const char *fee_words(struct arena *arena, int64_t amount)
{
	struct bytes out = { 0 };
	if (amount < 0)
		return "";
	int64_t billions = amount / 1000000000;
	if (billions) {
		nine(&out, billions % 1000000000, false);
		word(&out, "tỷ");
	}
	nine(&out, amount % 1000000000, billions > 0);
	if (!amount)
		word(&out, DIGITS[0]);
	word(&out, "đồng");
	/* The sentence begins with a capital; the first letters of the digits that
	 * can stand there are ASCII. */
	out.data[0] = (char)(out.data[0] - 'a' + 'A');
	const char *text = arena_copy(arena, out.data, out.size);
	bytes_free(&out);
	return text;
}
