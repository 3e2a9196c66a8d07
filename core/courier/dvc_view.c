/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/dvc_view.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/courier/codec.h"

#define EACH(list, i, item) json_array_foreach((json_t *)(uintptr_t)(list), i, item)

struct reader {
	const struct profile *profile;
	const char *(*names)(const struct profile *, const char *);
	struct peer_view *view;
};

/* A new reference, or NULL. */
static json_t *member(const struct reader *r, const json_t *item, const char *name)
{
	return codec_path(item, r->names ? r->names(r->profile, name) : name);
}

/* The member as a list, parsed again when it came as text; a new reference. */
static json_t *list_of(const struct reader *r, const json_t *item, const char *name)
{
	json_t *value = member(r, item, name);
	json_t *list = value ? codec_unquote(value) : NULL;
	json_decref(value);
	return list;
}

static const char *text_of(const struct reader *r, const json_t *item, const char *name, char *out,
                           size_t room)
{
	json_t *value = member(r, item, name);
	codec_word(value, out, room);
	json_decref(value);
	return out;
}

static moment_t when(const struct reader *r, const json_t *item, const char *name)
{
	char text[48];
	return codec_moment(text_of(r, item, name, text, sizeof text));
}

static void read_steps(const struct reader *r, const json_t *item)
{
	size_t i;
	json_t *step, *list = list_of(r, item, "TienTrinh");
	EACH(list, i, step) {
		char word[48], text[400];
		text_of(r, step, "TrangThai", word, sizeof word);
		text_of(r, step, "NoiDungXuLy", text, sizeof text);
		peer_add_step(r->profile, r->view, word, when(r, step, "ThoiDiemXuLy"), text);
	}
	json_decref(list);
}

/* Fees of a request that was made then. */
static void read_fees(const struct reader *r, const json_t *list, moment_t at, bool done)
{
	size_t i;
	json_t *fee;
	EACH(list, i, fee) {
		char name[400], key[64], amount[32];
		long value = strtol(text_of(r, fee, "Gia", amount, sizeof amount), NULL, 10);
		text_of(r, fee, "TenPhiLePhi", name, sizeof name);
		text_of(r, fee, "MaPhiLePhi", key, sizeof key);
		if (value > 0)
			peer_add_fee(r->view, &(struct peer_fee){ .key = *key ? key : name, .name = name,
			                                       .amount = value, .at = at,
			                                       .done = done });
	}
}

static void read_asks(const struct reader *r, const json_t *item)
{
	size_t i;
	json_t *ask, *list = list_of(r, item, "DanhSachHoSoBoSung");
	EACH(list, i, ask) {
		char key[64], text[2000], by[160], extension[80];
		json_t *state = member(r, ask, "TrangThaiBoSung");
		bool done = codec_flag(state) == 1;
		json_decref(state);
		moment_t at = when(r, ask, "NgayBoSung"), fresh = when(r, ask, "NgayHenTraMoi");
		text_of(r, ask, "HoSoBoSungId", key, sizeof key);
		text_of(r, ask, "NoiDungBoSung", text, sizeof text);
		text_of(r, ask, "NguoiYeuCauBoSung", by, sizeof by);
		peer_add_ask(r->view, &(struct peer_ask){ .key = key, .text = text, .by = by, .at = at,
		                                       .until = when(r, ask, "HanBoSung"),
		                                       .new_due = fresh, .done = done });
		json_t *fees = list_of(r, ask, "DanhSachLePhiBoSung");
		read_fees(r, fees, at, done);
		json_decref(fees);
		if (!done || fresh == MOMENT_NONE)
			continue;
		snprintf(extension, sizeof extension, "bo-sung-%.60s", key);
		peer_add_extension(r->view, &(struct peer_extension){ .key = extension, .text = text,
		                                                   .at = at, .new_due = fresh,
		                                                   .old_due = when(r, ask, "NgayHenTraTruoc") });
	}
	json_decref(list);
}

static void read_results(const struct reader *r, const json_t *item)
{
	size_t i;
	json_t *result, *list = list_of(r, item, "DanhSachGiayToKetQua");
	EACH(list, i, result) {
		char key[80], name[1000], code[64], link[1500];
		text_of(r, result, "GiayToId", key, sizeof key);
		text_of(r, result, "TenGiayTo", name, sizeof name);
		text_of(r, result, "MaGiayToKetQua", code, sizeof code);
		text_of(r, result, "DuongDanTepTinKetQua", link, sizeof link);
		json_t *content = member(r, result, "Base64");
		peer_add_result(r->view, &(struct peer_result){ .key = key, .name = name, .code = code,
		                                             .link = link,
		                                             .content = json_string_value(content),
		                                             .at = when(r, item, "NgayKetThucXuLy") });
		json_decref(content);
	}
	json_decref(list);
}

void dvc_read_item(const struct profile *profile, const json_t *item,
                   const char *(*names)(const struct profile *, const char *),
                   struct peer_view *view)
{
	char word[48];
	const struct reader reader = { profile, names, view }, *r = &reader;
	view->received_at = when(r, item, "NgayTiepNhan");
	view->due_at = when(r, item, "NgayHenTra");
	read_steps(r, item);
	peer_set_status(profile, view, text_of(r, item, "TrangThaiHoSo", word, sizeof word));
	read_asks(r, item);
	read_results(r, item);
	/* Fees of the dossier are ours, told back, until they wait for money. */
	if (view->status == 6) {
		moment_t at = view->received_at;
		for (int i = 0; i < view->step_count; i++)
			if (view->steps[i].status == 6)
				at = view->steps[i].at;
		json_t *fees = list_of(r, item, "DanhSachLePhi");
		read_fees(r, fees, at, false);
		json_decref(fees);
	}
}
