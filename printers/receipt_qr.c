/* SPDX-License-Identifier: Apache-2.0 */
#include "printers/receipt_qr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"

/* What stands before the first '-'. */
static const char *unit_of(struct arena *arena, const char *code)
{
	const char *dash = strchr(code, '-');
	return dash ? arena_copy(arena, code, (size_t)(dash - code)) : code;
}

/* YYMMDD after the first '-'; DAY_NONE if there is none. */
static day_t day_of_code(const char *code)
{
	const char *dash = strchr(code, '-');
	if (!dash || strspn(dash + 1, "0123456789") != 6)
		return DAY_NONE;
	long n = strtol(dash + 1, NULL, 10);
	return day_of(2000 + (int)(n / 10000), (int)(n / 100 % 100), (int)(n % 100));
}

bool receipt_sign(struct arena *arena, const struct seal_key *key, int64_t key_id,
                  const char *lookup_url, const char *code, const char **out, struct error *err)
{
	struct receipt_code parts = { .lookup_url = lookup_url };
	if (strlen(code) >= sizeof parts.code) {
		fail(err, FAULT_BUG, _("Mã hồ sơ quá dài."));
		return because(err, "receipt: code of %zu characters", strlen(code));
	}
	strcpy(parts.code, code);
	snprintf(parts.key_id, sizeof parts.key_id, "%lld", (long long)key_id);
	const char *message = receipt_message(arena, unit_of(arena, code), code, parts.key_id);
	seal_sign(key, message, strlen(message), parts.signature);
	return receipt_code_write(arena, &parts, out, err);
}

static const struct counter_key *key_named(const struct key_list *keys, int64_t id)
{
	for (int i = 0; i < keys->count; i++)
		if (keys->keys[i].key_id == id)
			return &keys->keys[i];
	return NULL;
}

static bool valid_on(const struct counter_key *key, day_t day)
{
	if (day == DAY_NONE)
		return false;
	/* No lower bound: a receipt of an earlier day may be printed again by a
	 * counter that got its key later. */
	return key->valid_to == MOMENT_NONE || day <= moment_day(key->valid_to);
}

static bool verdict(struct receipt_result *result, enum receipt_verdict what,
                    const char *sentence)
{
	result->verdict = what;
	result->say = sentence;
	return what == RECEIPT_GENUINE;
}

bool receipt_verify(struct arena *arena, const char *text, size_t size,
                    const struct key_list *keys, struct receipt_result *result)
{
	struct error err;
	*result = (struct receipt_result){ .day = DAY_NONE };
	if (!receipt_code_read(arena, text, size, &result->parts, &err))
		return verdict(result, RECEIPT_NOT_OURS, _("Đây không phải mã QR của giấy tiếp nhận hồ sơ."));
	const struct receipt_code *parts = &result->parts;
	char *end;
	result->day = day_of_code(parts->code);
	result->key_id = strtoll(parts->key_id, &end, 10);
	const struct counter_key *key = *end ? NULL : key_named(keys, result->key_id);
	if (!key)
		return verdict(result, RECEIPT_NO_KEY,
		               arena_format(arena, _("Không biết khoá số %s đã ký giấy này. Hãy kết nối máy chủ rồi thử lại; nếu vẫn không biết thì giấy không do đơn vị này cấp."),
		                            parts->key_id));
	const char *message = receipt_message(arena, unit_of(arena, parts->code), parts->code,
	                                      parts->key_id);
	if (!seal_verify(key->public, message, strlen(message), parts->signature))
		return verdict(result, RECEIPT_FORGED,
		               arena_format(arena, _("Chữ ký không khớp với mã %s: giấy giả hoặc đã bị sửa."),
		                            parts->code));
	if (!valid_on(key, result->day))
		return verdict(result, RECEIPT_KEY_DATE,
		               arena_format(arena, _("Khoá đã ký giấy %s không có hiệu lực vào ngày ghi trong mã: không được coi là giấy thật."),
		                            parts->code));
	return verdict(result, RECEIPT_GENUINE,
	               arena_format(arena, _("Giấy thật: hồ sơ %s."), parts->code));
}
