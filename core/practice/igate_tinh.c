/* SPDX-License-Identifier: Apache-2.0
 *
 * The same platform as a province runs it, version 2: services by prefix (bd
 * bt pa fi), names of its own, what is wrong glued together by a "…n" that was
 * once a line's end, and told with status 500. */
#include <stdlib.h>
#include <string.h>

#include "core/practice/filed.h"
#include "core/practice/form.h"
#include "core/practice/igate.h"
#include "core/practice/sha256.h"

static const struct gate_path paths[] = {
	{ "POST", "oauth/token", "login" },
	{ "GET", "bd/config/get-pattern", "procedure" },
	{ "PUT", "bt/pattern/*/--get-next-value", "number" },
	{ "POST", "fi/file/--multiple", "upload" },
	{ "GET", "fi/file/*", "fetch" },
	{ "POST", "pa/dossier/--apply-online/", "add" },
	{ "POST", "pa/dossier/--update-process", "progress" },
	{ "PUT", "pa/dossier/--update-status", "status" },
	{ "GET", "pa/dossier/search", "ask" },
	{ "GET", "pa/dossier/*/--online", "filing" },
	{ "PUT", "pa/dossier/*/--received", "ack" },
	{ "PUT", "pa/dossier/*", "update" },
	{ NULL, NULL, NULL },
};

static const struct {
	const char *ministry, *here;
} names[] = {
	{ "MaHoSo", "code" },
	{ "MaTTHC", "procedureCode" },
	{ "MaDichVuCong", "serviceCode" },
	{ "ChuHoSo", "ownerFullname" },
	{ "LoaiDoiTuong", "applicantKind" },
	{ "MaDonViTiepNhan", "agencyCode" },
	{ "NgayNop", "appliedDate" },
	{ "NgayTiepNhan", "acceptedDate" },
	{ "EformThongTinChiTiet", "eForm" },
	{ "ThanhPhanHoSo", "dossierFormFile" },
	{ "MaThanhPhanHoSo", "formCode" },
	{ "TenThanhPhanHoSo", "formName" },
	{ "SoLuong", "quantity" },
	{ "LoaiBan", "typeId" },
	{ "GiayToDinhKem", "file" },
	{ "IdGiayTo", "fileId" },
	{ "TenGiayTo", "filename" },
	{ "HashTepTin", "fileHash" },
	{ "DanhSachLePhi", "dossierFee" },
	{ "ThongTinNguoiNop", "applicant" },
	{ "ThongTinChiTiet", "data" },
	{ "TenNguoiNop", "fullname" },
	{ "SoDinhDanh", "identityNumber" },
	{ "NgaySinh", "birthday" },
	{ "SoDienThoai", "phoneNumber" },
	{ "MaTinh", "provinceCode" },
	{ "MaXa", "wardCode" },
	{ "DiaChiChiTiet", "address" },
	{ "IDHoSo", "dossierId" },
	{ "IdHoSo", "dossierID" },
	{ "NguoiXuLy", "assignee" },
	{ "ThoiDiemXuLy", "updatedDate" },
	{ "PhongBanXuLy", "agencyName" },
	{ "NoiDungXuLy", "content" },
	{ "TrangThai", "status" },
	{ "idHoSo", "id" },
	{ "maHoSo", "code" },
	{ "IdTepTin", "id" },
	{ "TrangThaiHoSo", "dossierStatus" },
	{ "TienTrinh", "dossierTracking" },
	{ "DanhSachGiayToKetQua", "resultFile" },
	{ "DanhSachHoSoBoSung", "additionalRequirement" },
};
#define NAME_COUNT (sizeof names / sizeof *names)

static const char *name_of(const char *name, bool to_here)
{
	for (size_t i = 0; i < NAME_COUNT; i++)
		if (strcmp(name, to_here ? names[i].ministry : names[i].here) == 0)
			return to_here ? names[i].here : names[i].ministry;
	return name;
}

/* A new reference: every member under its other name. */
static json_t *renamed(const json_t *value, bool to_here)
{
	const char *key;
	json_t *member, *out;
	if (json_is_object(value)) {
		out = json_object();
		json_object_foreach((json_t *)(uintptr_t)value, key, member)
			json_object_set_new(out, name_of(key, to_here), renamed(member, to_here));
	} else if (json_is_array(value)) {
		out = json_array();
		for (size_t i = 0; i < json_array_size(value); i++)
			json_array_append_new(out, renamed(json_array_get(value, i), to_here));
	} else {
		out = json_incref((json_t *)(uintptr_t)value);
	}
	return out;
}

static struct world_system *find(const struct practice_ask *ask, const char **service,
                                 struct practice_told *told)
{
	char segment[64];
	*service = gate_service(paths, ask, segment);
	if (*service && strcmp(*service, "ask") == 0 && !ask_query(ask, "code"))
		*service = ask_query(ask, "dossier-status") ? "filings" : "list";
	if (*service && ask->tenant)
		return ask->tenant;
	told->status = 404;
	told->json = json_pack("{s:i, s:s, s:s}", "status", 404, "error", "Not Found", "path",
	                       ask->rest);
	return NULL;
}

/* The words of the ministry's complaints with this platform's names in them. */
static void glue(const char *say, struct bytes *out)
{
	while (*say) {
		size_t n = strcspn(say, " ;");
		char word[64];
		if (n && n < sizeof word) {
			snprintf(word, sizeof word, "%.*s", (int)n, say);
			bytes_text(out, name_of(word, true));
		} else {
			bytes_add(out, say, n);
		}
		say += n;
		if (strncmp(say, "; ", 2) == 0) {
			bytes_text(out, "…n");
			say += 2;
		} else if (*say) {
			bytes_byte(out, (uint8_t)*say++);
		}
	}
	bytes_text(out, "…n");
}

static void complain(const struct practice_ask *ask, const struct gate_end *end,
                     struct practice_told *told)
{
	struct bytes errors = { 0 };
	glue(bytes_string(&end->say), &errors);
	told->status = end->code == 400 ? 500 : (unsigned)end->code;
	told->json = json_pack("{s:s, s:s, s:i}", "title", "Có lỗi xảy ra.", "errors",
	                       bytes_string(&errors), "status", (int)told->status);
	if (json_is_object(ask->json))
		json_object_set(told->json, "inputSend", ask->json);
	if (end->data)
		json_object_set_new(told->json, "data", renamed(end->data, true));
	bytes_free(&errors);
}

static void log_in(const struct practice_ask *ask, struct world_system *system,
                   struct practice_told *told)
{
	struct bytes grant = { 0 }, client = { 0 }, secret = { 0 };
	bool whole = form_value(ask->body, "grant_type", &grant) &&
	             form_value(ask->body, "client_id", &client) &&
	             form_value(ask->body, "client_secret", &secret) &&
	             strcmp(bytes_string(&grant), "client_credentials") == 0;
	const char *token = whole ? gate_token(system, bytes_string(&client),
	                                        bytes_string(&secret), ask->now_ms)
	                          : "";
	if (*token) {
		told->json = json_pack("{s:s, s:s, s:I, s:s}", "access_token", token, "token_type",
		                       "bearer", "expires_in",
		                       (json_int_t)(system->session_ms / 1000), "scope", "default");
	} else {
		told->status = 401;
		told->json = json_pack("{s:s, s:s}", "error", "invalid_client", "error_description",
		                       "Bad client credentials");
	}
	bytes_free(&grant);
	bytes_free(&client);
	bytes_free(&secret);
}

/* The pattern's id is made of the procedure's code. */
static void pattern(const char *procedure, char out[25])
{
	char digest[65];
	sha256_hex(procedure, strlen(procedure), digest);
	snprintf(out, 25, "%.24s", digest);
}

static void take_number(const struct practice_ask *ask, struct world_system *system,
                        const char *segment, struct gate_end *end)
{
	char id[25];
	const char *code = ask_query(ask, "code");
	pattern(code ? code : "", id);
	if (code && strcmp(id, segment) == 0) {
		gate_number(ask->world, system, code, ask->now, end);
		return;
	}
	end->code = 404;
	bytes_text(&end->say, "pattern không tồn tại");
}

static void search(const struct practice_ask *ask, struct world_system *system,
                   struct gate_end *end)
{
	const char *code = ask_query(ask, "code");
	const char *from = ask_query(ask, "updated-from"), *to = ask_query(ask, "updated-to");
	const char *page = ask_query(ask, "page"), *size = ask_query(ask, "size");
	size_t total;
	json_t *content;
	if (code) {
		gate_view(system, code, end);
		content = end->data ? json_pack("[o]", end->data) : json_array();
		end->code = 200;
	} else {
		gate_changes(system, from, to, page ? atol(page) : 0, size ? atol(size) : 50, &total,
		              end);
		content = end->data;
	}
	if (end->code == 200)
		end->data = json_pack("{s:o, s:i}", "content", content, "numberOfElements",
		                      (int)json_array_size(content));
}

/* One item, one fate. */
static void only_item(struct gate_end *end)
{
	const json_t *one = json_array_get(end->data, 0);
	json_int_t code = json_integer_value(json_object_get(one, "code"));
	if (end->code != 200 || !one || code == 200)
		return;
	end->code = (int)code;
	bytes_clear(&end->say);
	bytes_text(&end->say, json_string_value(json_object_get(one, "message")));
}

static void carry_out(const struct practice_ask *ask, struct world_system *system,
                      const char *service, const char *segment, const json_t *item,
                      struct gate_end *end)
{
	char id[25];
	if (strcmp(service, "procedure") == 0) {
		pattern(ask_query(ask, "procedure-id") ? ask_query(ask, "procedure-id") : "", id);
		end->code = 200;
		end->data = json_pack("{s:s}", "patternId", id);
	} else if (strcmp(service, "number") == 0) {
		take_number(ask, system, segment, end);
	} else if (strcmp(service, "upload") == 0) {
		gate_upload(ask->world, system, ask_header(ask, "Content-Type"), ask->body, end);
	} else if (strcmp(service, "add") == 0) {
		gate_create(ask->world, system, item, ask->now, end);
	} else if (strcmp(service, "update") == 0) {
		gate_change(ask->world, system, segment, item, ask->now, end);
	} else if (strcmp(service, "progress") == 0) {
		gate_progress(ask->world, system, item, ask->now, end);
		only_item(end);
	} else if (strcmp(service, "status") == 0) {
		gate_status(ask->world, system, item, ask->now, end);
		only_item(end);
	} else if (strcmp(service, "filings") == 0) {
		const char *page = ask_query(ask, "page"), *size = ask_query(ask, "size");
		end->code = 200;
		end->data = json_pack("{s:o}", "content", filed_page(system, ask_query(ask, "dossier-status"), page ? atol(page) : 0,
		                                                     size ? atol(size) : 50));
	} else if (strcmp(service, "filing") == 0) {
		gate_filing(system, segment, end);
	} else if (strcmp(service, "ack") == 0) {
		gate_taken(ask->world, system, segment, end);
	} else {
		search(ask, system, end);
	}
}

static void answer(const struct practice_ask *ask, struct world_system *system,
                   const char *service, struct practice_told *told)
{
	char segment[64] = "";
	struct gate_end end = { 0 };
	gate_service(paths, ask, segment);
	if (strcmp(service, "login") == 0) {
		log_in(ask, system, told);
		return;
	}
	system->calls++;
	if (!world_session_good(system, ask_bearer(ask), ask->now_ms)) {
		told->status = 401;
		told->json = json_pack("{s:s, s:s}", "error", "invalid_token", "error_description",
		                       "Access token expired");
		return;
	}
	if (strcmp(service, "fetch") == 0) {
		if (gate_result_file(system, segment, &told->text))
			told->type = "application/pdf";
		return;
	}
	json_t *item = ask->json ? renamed(ask->json, false) : NULL;
	carry_out(ask, system, service, segment, item, &end);
	if (end.code != 200)
		complain(ask, &end, told);
	else
		told->json = end.data ? renamed(end.data, true) : json_object();
	json_decref(item);
	gate_end_clear(&end);
}

const struct practice_door door_igate_tinh = {
	.prefix = "/igate/",
	.find = find,
	.answer = answer,
};
