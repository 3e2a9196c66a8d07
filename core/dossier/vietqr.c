/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/vietqr.h"

#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/say.h"

#define NAPAS   "A000000727"
#define SERVICE "QRIBFTTA"

static bool unfit(struct error *err, const char *cause)
{
	fail(err, FAULT_INPUT, _("Không lập được mã chuyển khoản VietQR: thông tin tài khoản chưa đúng."));
	return because(err, "vietqr: %s", cause);
}

static unsigned checksum(const char *text, size_t size)
{
	unsigned crc = 0xffff;
	for (size_t i = 0; i < size; i++) {
		crc ^= (unsigned)(unsigned char)text[i] << 8;
		for (int bit = 0; bit < 8; bit++)
			crc = (crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1) & 0xffff;
	}
	return crc;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool all_digits(const char *text)
{
	while (is_digit(*text))
		text++;
	return !*text;
}

static bool is_account(const char *text)
{
	size_t n = strlen(text);
	for (size_t i = 0; i < n; i++)
		if (!is_digit(text[i]) && !(text[i] >= 'A' && text[i] <= 'Z') && !(text[i] >= 'a' && text[i] <= 'z'))
			return false;
	return n >= 1 && n <= VIETQR_ACCOUNT_MOST;
}

static bool is_purpose(const char *text)
{
	size_t n = strlen(text);
	for (size_t i = 0; i < n; i++)
		if (text[i] < ' ' || text[i] > '~')
			return false;
	return n <= VIETQR_PURPOSE_MOST;
}

/* The same rules for what is written and what was read. */
static bool fits(const struct vietqr *v, struct error *err)
{
	if (strlen(v->bin) != 6 || !all_digits(v->bin))
		return unfit(err, "the bank's number is not six digits");
	if (!is_account(v->account))
		return unfit(err, "the account is not 1 to 19 letters and digits");
	if (v->amount < 0 || v->amount > VIETQR_AMOUNT_MOST)
		return unfit(err, "the amount does not fit");
	if (!is_purpose(v->purpose))
		return unfit(err, "the purpose is longer than 25 or not ASCII");
	return true;
}

static void put(struct bytes *out, const char *id, const char *value)
{
	bytes_format(out, "%s%02zu%s", id, strlen(value), value);
}

bool vietqr_write(struct arena *arena, const struct vietqr *v, const char **out, struct error *err)
{
	struct bytes bank = { 0 }, transfer = { 0 }, all = { 0 };
	if (!fits(v, err))
		return false;
	put(&bank, "00", v->bin);
	put(&bank, "01", v->account);
	put(&transfer, "00", NAPAS);
	put(&transfer, "01", bytes_string(&bank));
	put(&transfer, "02", SERVICE);
	put(&all, "00", "01");
	put(&all, "01", v->amount ? "12" : "11");
	put(&all, "38", bytes_string(&transfer));
	put(&all, "53", "704");
	if (v->amount)
		put(&all, "54", arena_format(arena, "%lld", (long long)v->amount));
	put(&all, "58", "VN");
	if (*v->purpose)
		put(&all, "62", arena_format(arena, "08%02zu%s", strlen(v->purpose), v->purpose));
	bytes_text(&all, "6304");
	bytes_format(&all, "%04X", checksum(all.data, all.size));
	*out = arena_string(arena, bytes_string(&all));
	bytes_free(&bank);
	bytes_free(&transfer);
	bytes_free(&all);
	return true;
}

/* The values of a template by id, 0 to 99; false when its fields do not add up. */
static bool split(struct arena *arena, const char *text, size_t size, const char *values[100])
{
	for (size_t at = 0; at < size;) {
		if (size - at < 4)
			return false;
		for (int i = 0; i < 4; i++)
			if (!is_digit(text[at + i]))
				return false;
		int id = (text[at] - '0') * 10 + text[at + 1] - '0';
		size_t n = (size_t)(text[at + 2] - '0') * 10 + (size_t)(text[at + 3] - '0');
		at += 4;
		if (!n || n > size - at || values[id])
			return false;
		values[id] = arena_copy(arena, text + at, n);
		at += n;
	}
	return true;
}

static bool is_value(const char *value, const char *wanted)
{
	return value && strcmp(value, wanted) == 0;
}

/* "79000", "79000.00"; the đồng has no smaller coin. */
static bool read_amount(const char *text, int64_t *out)
{
	const char *dot = text ? strchr(text, '.') : NULL;
	*out = 0;
	if (!text)
		return true;
	if (dot && dot[1 + strspn(dot + 1, "0")])
		return false;
	for (; text != dot && *text; text++) {
		if (!is_digit(*text) || *out > VIETQR_AMOUNT_MOST)
			return false;
		*out = *out * 10 + (*text - '0');
	}
	return *out > 0;
}

/* The template 38 of NAPAS and the two fields of the bank inside it. */
static bool read_bank(struct arena *arena, const char *text, struct vietqr *out, struct error *err)
{
	const char *parts[100] = { NULL }, *bank[100] = { NULL };
	if (!text || !split(arena, text, strlen(text), parts))
		return unfit(err, "no field 38");
	if (!is_value(parts[0], NAPAS) || !is_value(parts[2], SERVICE))
		return unfit(err, "not a NAPAS transfer to an account");
	if (!parts[1] || !split(arena, parts[1], strlen(parts[1]), bank) || !bank[0] || !bank[1])
		return unfit(err, "no bank and account");
	out->bin = bank[0];
	out->account = bank[1];
	return true;
}

static bool read_purpose(struct arena *arena, const char *text, struct vietqr *out)
{
	const char *parts[100] = { NULL };
	out->purpose = "";
	if (text && !split(arena, text, strlen(text), parts))
		return false;
	if (parts[8])
		out->purpose = parts[8];
	return true;
}

bool vietqr_read(struct arena *arena, const char *text, size_t size, struct vietqr *out, struct error *err)
{
	const char *parts[100] = { NULL };
	char crc[8];
	*out = (struct vietqr){ 0 };
	if (size < 12 || size > 512 || memchr(text, '\0', size) || memcmp(text, "000201", 6) != 0 ||
	    memcmp(text + size - 8, "6304", 4) != 0)
		return unfit(err, "neither beginning nor end of a payment code");
	snprintf(crc, sizeof crc, "%04X", checksum(text, size - 4));
	if (memcmp(crc, text + size - 4, 4) != 0)
		return unfit(err, "the checksum is wrong");
	if (!split(arena, text, size, parts))
		return unfit(err, "fields do not add up");
	if (!is_value(parts[53], "704") || !is_value(parts[58], "VN"))
		return unfit(err, "not in đồng or not of Vietnam");
	if (!read_amount(parts[54], &out->amount))
		return unfit(err, "bad amount");
	if (!read_purpose(arena, parts[62], out))
		return unfit(err, "fields of 62 do not add up");
	return read_bank(arena, parts[38], out, err) && fits(out, err);
}
