/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/igate_fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/courier/codec.h"

const char *igate_name(const struct profile *profile, const char *name)
{
	const char *there = json_string_value(
		json_object_get(json_object_get(profile->data, "names"), name));
	return there ? there : name;
}

void igate_put(const struct profile *profile, json_t *object, const char *name, json_t *value)
{
	json_object_set_new(object, igate_name(profile, name), value);
}

/* The member at "a" or "a.b". */
static const char *fact(const json_t *from, const char *path, char *out, size_t room)
{
	const char *dot = strchr(path, '.');
	char object[24];
	if (!dot)
		return codec_text(from, path, out, room);
	snprintf(object, sizeof object, "%.*s", (int)(dot - path), path);
	return codec_text(json_object_get(from, object), dot + 1, out, room);
}

bool igate_missing(const struct profile *profile, const char *label, struct error *err)
{
	return fail(err, FAULT_INPUT, _("Chưa gửi được tới %s: hồ sơ thiếu %s"), profile->name,
	            _(label));
}

bool igate_unmapped(const struct profile *profile, const char *label, const char *value,
                     struct error *err)
{
	return fail(err, FAULT_INPUT,
	            _("Chưa gửi được tới %s: %s “%s” chưa có mã tương ứng bên nhận"), profile->name,
	            _(label), value);
}

static void write_moment(enum igate_how how, moment_t at, char *out, size_t room)
{
	struct date d = day_date(moment_day(at));
	struct clock c = moment_clock(at);
	snprintf(out, room,
	         how == COMPACT  ? "%04d%02d%02d%02d%02d%02d"
	         : how == DASHED ? "%04d-%02d-%02d %02d:%02d:%02d"
	                         : "%04d-%02d-%02dT%02d:%02d:%02d.000",
	         d.year, d.month, d.day, c.hour, c.minute, c.second);
}

static json_t *mapped(const struct profile *profile, const struct igate_rule *rule, const char *ours,
                      struct error *err)
{
	const char *theirs = profile_map(profile, rule->map, ours);
	if (theirs)
		return json_integer(atol(theirs));
	igate_unmapped(profile, rule->label, ours, err);
	return NULL;
}

bool igate_fill(const struct profile *profile, const struct igate_rule *rules, const json_t *from,
                 json_t *out, struct error *err)
{
	char text[8192];
	for (const struct igate_rule *rule = rules; rule->wire; rule++) {
		json_t *value = NULL;
		fact(from, rule->from, text, sizeof text);
		moment_t at = rule->how >= DASHED && rule->how <= STEP ? codec_moment(text)
		                                                       : MOMENT_NONE;
		switch (rule->how) {
		case FIXED:
			value = json_string(rule->from);
			break;
		case DASHED:
		case STEPPED:
			if (at == MOMENT_NONE)
				return igate_missing(profile, rule->label, err);
			/* fall through */
		case COMPACT:
		case STEP:
			text[0] = '\0';
			if (at != MOMENT_NONE)
				write_moment(rule->how, at, text, sizeof text);
			value = json_string(text);
			break;
		case NUMBER:
			value = mapped(profile, rule, text, err);
			if (!value)
				return false;
			break;
		case MUST:
			if (!*text)
				return igate_missing(profile, rule->label, err);
			/* fall through */
		case COPY:
			value = json_string(text);
		}
		igate_put(profile, out, rule->wire, value ? value : json_string(""));
	}
	return true;
}

bool igate_put_fees(const struct profile *profile, const json_t *payload, json_t *out,
                     struct error *err)
{
	json_t *list = json_array();
	size_t i;
	json_t *fee;
	json_array_foreach(json_object_get(payload, "fees"), i, fee) {
		char name[512], amount[24], paid[16];
		codec_text(fee, "name", name, sizeof name);
		codec_text(fee, "amount", amount, sizeof amount);
		codec_text(fee, "paid", paid, sizeof paid);
		const char *how = profile_map(profile, "fee_paid", paid);
		if (!how) {
			json_decref(list);
			return igate_unmapped(profile, N_("cách thu phí"), paid, err);
		}
		json_t *one = json_object();
		igate_put(profile, one, "TenPhiLePhi", json_string(name));
		igate_put(profile, one, "MaPhiLePhi", json_string(""));
		igate_put(profile, one, "HinhThucThu", json_string(how));
		igate_put(profile, one, "Gia", json_string(amount));
		igate_put(profile, one, "LoaiPhiLePhi", json_string("1"));
		json_array_append_new(list, one);
	}
	igate_put(profile, out, "DanhSachLePhi", list);
	return true;
}
