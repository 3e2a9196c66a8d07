/* SPDX-License-Identifier: Apache-2.0
 *
 * The national exchange's REST adapter: log in, then one call told apart by
 * `service`, the session inside the body.  dstcode goes into a header or the
 * query, its colons encoded or not, as the profile says. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/arena.h"
#include "core/base/text.h"
#include "core/courier/address.h"
#include "core/courier/codec.h"
#include "core/courier/connector.h"
#include "core/courier/dvc_view.h"
#include "core/courier/filing_read.h"
#include "core/courier/ndxp.h"
#include "core/courier/rights.h"

static json_t *envelope(const struct profile *profile, const struct call_facts *facts,
                        const char *service)
{
	const char *unit = profile_text(profile, "unit_code", "");
	const char *own = json_string_value(
		json_object_get(json_object_get(facts->payload, "unit"), "eid"));
	return json_pack("{s:s, s:s, s:s}", "session", facts->session, "madonvi",
	                 *unit ? unit : own ? own : profile_text(profile, "account", ""), "service",
	                 service);
}

/* Days of reception, both included; "2026-11-20T…" or "2026-11-20". */
static void put_days(json_t *json, const json_t *period)
{
	char from[40], to[40], unit[48];
	codec_text(period, "from", from, sizeof from);
	codec_text(period, "to", to, sizeof to);
	from[strcspn(from, "T")] = to[strcspn(to, "T")] = '\0';
	json_object_set_new(json, "ngayNhan1", json_string(from));
	json_object_set_new(json, "ngayNhan2", json_string(to));
	if (*codec_text(period, "unit", unit, sizeof unit))
		json_object_set_new(json, "donViXuLy", json_string(unit));
}

/* Newly filed online, page by page. */
static void put_page(json_t *json, const json_t *asked)
{
	static const char *const names[][2] = { { "page", "trang" }, { "size", "soLuong" } };
	char text[24];
	json_object_set_new(json, "kenhThucHien", json_string("2"));
	json_object_set_new(json, "trangThai", json_string("1"));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		json_object_set_new(json, names[i][1], json_string(codec_text(asked, names[i][0], text, sizeof text)));
}

static json_t *body(const struct profile *profile, enum call_kind kind,
                    const struct call_facts *facts, struct error *err)
{
	json_t *json;
	switch (kind) {
	case CALL_LOGIN:
		return json_pack("{s:s, s:s}", "username", profile_text(profile, "account", ""),
		                 "password", facts->secret);
	case CALL_PROCEDURE:
		json = envelope(profile, facts, "LayThuTuc");
		json_object_set_new(
			json, "maTTHC",
			json_incref(json_object_get(json_object_get(facts->payload, "procedure"),
		                                    "code")));
		return json;
	case CALL_FILINGS:
		json = envelope(profile, facts, "DanhSachHoSo");
		put_days(json, facts->payload);
		put_page(json, facts->payload);
		return json;
	case CALL_ASK:
	case CALL_FILING:
		json = envelope(profile, facts, "TraCuuHoSo");
		json_object_set_new(json, "mahoso", json_string(facts->code));
		return json;
	case CALL_RIGHTS:
		json = envelope(profile, facts, "KiemTraTaiKhoan");
		json_object_set_new(json, "data", rights_items(facts->payload));
		return json;
	case CALL_LIST:
		json = envelope(profile, facts, "DanhSachHoSo");
		put_days(json, facts->payload);
		return json;
	case CALL_ACK:
		json = envelope(profile, facts, "danhDauHsThanhCong");
		json_object_set_new(json, "mahoso", json_string(facts->code));
		return json;
	case CALL_ADD:
	case CALL_UPDATE:
		json = envelope(profile, facts, "DongBoHoSoMC");
		json_object_set_new(json, "isUpdating",
		                    json_string(kind == CALL_UPDATE ? "True" : "False"));
		break;
	case CALL_PROGRESS:
		json = envelope(profile, facts, "CapNhatTienDoHoSoMC");
		break;
	default:
		return NULL;
	}
	json_t *item = kind == CALL_PROGRESS ? ndxp_progress(profile, facts, err)
	                                     : ndxp_dossier(profile, facts, err);
	if (!item) {
		json_decref(json);
		return NULL;
	}
	json_object_set_new(json, "data", json_pack("[o]", item));
	return json;
}

static bool write_call(const struct profile *profile, enum call_kind kind,
                       const struct call_facts *facts, struct http_call *call, struct error *err)
{
	http_blank(call);
	const char *path = kind == CALL_LOGIN ? profile_text(profile, "login_path", "/mapi/login")
	                                      : profile_text(profile, "call_path", "/mapi/g");
	if (!address_write(profile, path, facts->practice_port, call, err))
		return false;
	json_t *json = body(profile, kind, facts, err);
	if (!json)
		return false;
	body_json(&call->body, json);
	json_decref(json);
	/* Files may lie inside. */
	if (kind == CALL_FILING)
		call->reply_limit = FILING_REPLY;
	return true;
}

static void read_session(const struct profile *profile, const struct answer *answer, char *out,
                         size_t room, int *seconds)
{
	(void)profile;
	*seconds = 0;
	/* Only a zero code makes the session good. */
	if (answer->has_code)
		codec_text(answer->root, "session", out, room);
	else
		*out = '\0';
}

static const char *procedure_of(const struct call_facts *facts)
{
	const char *code = json_string_value(
		json_object_get(json_object_get(facts->payload, "procedure"), "code"));
	return code ? code : "";
}

const json_t *ndxp_field(const struct call_facts *facts)
{
	return json_object_get(json_object_get(facts->known, "procedures"), procedure_of(facts));
}

static enum call_kind next(const struct profile *profile, const struct call_facts *facts,
                           enum call_kind verb)
{
	(void)profile;
	if (facts->done & 1u << verb)
		return CALL_NONE;
	return verb == CALL_PROGRESS || ndxp_field(facts) ? verb : CALL_PROCEDURE;
}

/* Their code and name of the procedure's field of law. */
static bool learn(const struct profile *profile, enum call_kind kind, const struct answer *answer,
                  struct call_facts *facts, struct error *err)
{
	char code[64], name[160];
	if (kind != CALL_PROCEDURE)
		return true;
	json_t *result = answer_result(answer);
	const json_t *fields = codec_member(json_array_get(result, 0), "LINHVUCTHUCHIEN");
	codec_text(json_array_get(fields, 0), "MALINHVUC", code, sizeof code);
	codec_text(json_array_get(fields, 0), "TENLINHVUC", name, sizeof name);
	json_decref(result);
	if (!*code)
		return fail(err, FAULT_INPUT, _("%s chưa có thủ tục %s trong danh mục"),
		            profile->name, procedure_of(facts));
	if (!json_object_get(facts->known, "procedures"))
		json_object_set_new(facts->known, "procedures", json_object());
	json_object_set_new(json_object_get(facts->known, "procedures"), procedure_of(facts),
	                    json_pack("{s:s, s:s}", "code", code, "name", name));
	return true;
}

static void mend(char *text, size_t room)
{
	struct arena arena = { 0 };
	snprintf(text, room, "%s", text_mend(&arena, text, strlen(text)));
	arena_free(&arena);
}

/* Theirs may lead and ours be "the other" code; one without any code is about
 * what was asked. */
static bool is_about(const json_t *item, const char *code)
{
	char first[64], second[64];
	codec_text(item, "MaHoSo", first, sizeof first);
	codec_text(item, "MaHoSoKhac", second, sizeof second);
	return !*first || strcmp(first, code) == 0 || strcmp(second, code) == 0;
}

/* A far side that ignores the question sends whatever it has. */
static const json_t *item_about(const json_t *result, const char *code, bool *other)
{
	size_t i;
	json_t *item;
	*other = false;
	if (json_is_object(result) && json_object_size(result)) {
		*other = !is_about(result, code);
		return *other ? NULL : result;
	}
	json_array_foreach((json_t *)(uintptr_t)result, i, item) {
		if (!json_is_object(item) || !json_object_size(item))
			continue;
		if (is_about(item, code)) {
			*other = false;
			return item;
		}
		*other = true;
	}
	return NULL;
}

static void read_view(const struct profile *profile, const struct answer *answer,
                      const char *code, struct peer_view *view)
{
	*view = (struct peer_view){ .received_at = MOMENT_NONE, .due_at = MOMENT_NONE };
	json_t *result = answer_result(answer);
	const json_t *item = item_about(result, code, &view->other);
	if (item) {
		view->found = true;
		codec_text(item, "MaHoSoKhac", view->foreign_code, sizeof view->foreign_code);
		if (strcmp(view->foreign_code, code) == 0)
			codec_text(item, "MaHoSo", view->foreign_code, sizeof view->foreign_code);
		mend(view->foreign_code, sizeof view->foreign_code);
		dvc_read_item(profile, item, NULL, view);
	}
	json_decref(result);
}

static json_t *read_reply(const struct profile *profile, enum call_kind kind,
                          const struct answer *answer, struct error *err)
{
	if (kind != CALL_RIGHTS || !json_is_true(json_object_get(profile->data, "rights"))) {
		fail(err, FAULT_INPUT, _("%s không trả lời câu hỏi này"), profile->name);
		return NULL;
	}
	json_t *result = answer_result(answer);
	json_t *reply = rights_read(profile, result);
	json_decref(result);
	return reply;
}

/* `data` or `result`; a new reference. */
static json_t *items_of(const struct answer *answer)
{
	json_t *data = codec_member(answer->root, "data");
	return data ? codec_unquote(data) : answer_result(answer);
}

/* What they have of some days.  `data` there, `result` elsewhere. */
static bool read_list(const struct profile *profile, const struct answer *answer,
                      struct peer_list *list)
{
	size_t i;
	json_t *item, *items = items_of(answer);
	bool good = json_is_array(items);
	json_array_foreach(items, i, item) {
		struct peer_view *view = json_is_object(item) ? peer_list_add(list) : NULL;
		if (!view)
			continue;
		codec_text(item, "MaHoSo", view->code, sizeof view->code);
		codec_text(item, "MaHoSoKhac", view->foreign_code, sizeof view->foreign_code);
		mend(view->code, sizeof view->code);
		mend(view->foreign_code, sizeof view->foreign_code);
		dvc_read_item(profile, item, NULL, view);
	}
	list->more = good && json_array_size(items) > MOST_PEER_VIEWS;
	json_decref(items);
	return good;
}

static json_t *read_filings(const struct profile *profile, const struct answer *answer, bool *more)
{
	const struct filing_reader reader = { .profile = profile, .shape = &filing_portal };
	json_t *items = items_of(answer), *lines = filing_lines(&reader, items, more);
	json_decref(items);
	return lines;
}

static json_t *read_filing(const struct profile *profile, const struct answer *answer, const char *code)
{
	const struct filing_reader reader = { .profile = profile, .shape = &filing_portal };
	bool other;
	json_t *result = answer_result(answer);
	json_t *filing = filing_of(&reader, item_about(result, code, &other));
	json_decref(result);
	return filing;
}

const struct connector connector_ndxp = {
	.family = "ndxp",
	.next = next,
	.write = write_call,
	.learn = learn,
	.read_session = read_session,
	.read_view = read_view,
	.read_reply = read_reply,
	.read_list = read_list,
	.read_filings = read_filings,
	.read_filing = read_filing,
};
