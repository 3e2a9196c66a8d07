/* SPDX-License-Identifier: Apache-2.0
 *
 * The portal of linked procedures (birth, death): a log-in of its own, an
 * explicit receipt before anything else, statuses in their order, and only the
 * words of a reply tell what became of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/practice/dialect.h"

#define WHEN "dd/MM/yyyy HH:mm:ss"

static void say(struct practice_told *told, unsigned status, const char *title, const char *errors)
{
	told->status = status;
	told->json = json_pack("{s:s, s:s, s:i, s:s}", "type", "about:blank", "title", title, "status",
	                       (int)status, "traceId", "00-tapduyet-00");
	if (errors && *errors)
		json_object_set_new(told->json, "errors", json_string(errors));
}

/* A renewal outlives the session it came with, and is good once. */
static json_t *renewals(struct world_system *system, moment_t now)
{
	json_t *all = json_object_get(system->extra, "renewals"), *until;
	const char *word;
	void *next;
	if (!json_is_object(all)) {
		all = json_object();
		json_object_set_new(system->extra, "renewals", all);
	}
	json_object_foreach_safe(all, next, word, until)
		if (json_integer_value(until) <= now)
			json_object_del(all, word);
	return all;
}

static void hand_out(const struct practice_ask *ask, struct world_system *system,
                     struct practice_told *told)
{
	char until[32], word[33];
	moment_t end = ask->now + 60 + system->session_ms / 1000 * 12;
	const char *token = world_session(system, ask->now_ms);
	world_noise(word);
	json_object_set_new(renewals(system, ask->now), word, json_integer(end));
	moment_write_iso(end, until, sizeof until);
	told->json = json_pack("{s:s, s:s, s:s}", "token", token, "refreshToken", word,
	                       "refreshTokenExpiryTime", until);
}

static void renew(const struct practice_ask *ask, struct world_system *system,
                  struct practice_told *told)
{
	char word[64];
	json_t *all = renewals(system, ask->now);
	dialect_word(ask->json, "refreshToken", word, sizeof word);
	if (system->refuse_account || json_object_del(all, word) != 0) {
		say(told, 401, "Phiên gia hạn không đúng hoặc đã hết hạn", "");
		return;
	}
	json_object_set_new(system->extra, "renewed",
	                    json_integer(json_integer_value(
					 json_object_get(system->extra, "renewed")) + 1));
	hand_out(ask, system, told);
}

static void log_in(const struct practice_ask *ask, struct world_system *system,
                   struct practice_told *told)
{
	char user[64], password[64];
	dialect_word(ask->json, "userName", user, sizeof user);
	dialect_word(ask->json, "password", password, sizeof password);
	system->logins++;
	if (system->refuse_account || !*user || strcmp(password, "tap-duyet") != 0) {
		say(told, 401, "Tài khoản hoặc mật khẩu không đúng", "");
		return;
	}
	hand_out(ask, system, told);
}

/* Theirs: 1 nhận, 3 tiếp nhận, 2 bổ sung, 7 đã gửi BTP, 4 có kết quả, 5 trả kết quả,
 * 6 từ chối; ours of the life-cycle. */
static int ours(const char *theirs)
{
	static const int table[] = { 0, 1, 5, 2, 9, 10, 3, 4 };
	int status = atoi(theirs);
	return status >= 1 && status <= 7 ? table[status] : 0;
}

static const char *theirs(int status)
{
	static const char *const words[] = { "0", "1", "3", "6", "7", "2", "0", "0", "0", "4", "5" };
	return words[status >= 0 && status <= 10 ? status : 0];
}

static void take(const struct practice_ask *ask, struct world_system *system,
                 struct practice_told *told)
{
	struct complaint complaint = { 0 };
	char code[64], wire[16];
	must_fill(&complaint, ask->json, "maTTHC");
	must_fill(&complaint, ask->json, "maHoSo");
	must_fill(&complaint, ask->json, "coQuanTiepNhan");
	must_fill(&complaint, ask->json, "hoTenNguoiYeuCau");
	must_be(&complaint, ask->json, "loaiLienThong", " LTKS LTKT ");
	must_when(&complaint, ask->json, "ngayTiepNhan", WHEN, wire);
	if (complaint.text[0]) {
		say(told, 400, "Có lỗi xảy ra.", complaint.text);
		return;
	}
	dialect_word(ask->json, "maHoSo", code, sizeof code);
	json_t *kept = world_kept(system, code);
	if (kept) {
		json_object_set_new(kept, "duplicates",
		                    json_integer(json_integer_value(
						 json_object_get(kept, "duplicates")) + 1));
		say(told, 400, "Hồ sơ đã tồn tại trong một cửa điện tử", "");
		return;
	}
	kept = world_keep(ask->world, system, code, "", ask->json, 2, ask->now);
	world_note(ask->world, kept, "add", "2", wire, ask->now);
	say(told, 200, "Thêm mới hồ sơ thành công", "");
	json_object_set(told->json, "soHoSoLT", json_object_get(kept, "number"));
}

static void receipt(const struct practice_ask *ask, struct world_system *system,
                    struct practice_told *told)
{
	char any[64];
	json_t *kept = dialect_kept(system, dialect_word(ask->json, "maHoSo", any, sizeof any), NULL);
	if (!kept) {
		say(told, 404, "Không tìm thấy hồ sơ", "");
		return;
	}
	if (!json_is_true(json_object_get(ask->json, "daNhan"))) {
		say(told, 400, "Có lỗi xảy ra.", "daNhan không đúng");
		return;
	}
	if (!json_is_true(json_object_get(kept, "receipt")))
		world_note(ask->world, kept, "receipt", "", "", ask->now);
	json_object_set_new(kept, "receipt", json_true());
	say(told, 200, "Xác nhận đã nhận thành công", "");
}

static void report(const struct practice_ask *ask, struct world_system *system,
                   struct practice_told *told)
{
	struct complaint complaint = { 0 };
	char any[64], wire[16], to[8], text[200], number[64];
	const char *code = NULL;
	must_fill(&complaint, ask->json, "maTTHC");
	must_fill(&complaint, ask->json, "coQuanXuLy");
	must_fill(&complaint, ask->json, "maHoSo");
	must_be(&complaint, ask->json, "trangThai", " 1 2 3 4 5 6 7 ");
	must_when(&complaint, ask->json, "thoiGianThucHien", WHEN, wire);
	json_t *kept = dialect_kept(system, dialect_word(ask->json, "maHoSo", any, sizeof any), &code);
	dialect_word(ask->json, "soHoSoLT", number, sizeof number);
	if (complaint.text[0]) {
		say(told, 400, "Có lỗi xảy ra.", complaint.text);
		return;
	}
	if (!kept || dialect_kept(system, number, NULL) != kept) {
		say(told, 404, "Không tìm thấy hồ sơ", "");
		return;
	}
	if (!json_is_true(json_object_get(kept, "receipt"))) {
		say(told, 400, "Chưa xác nhận đã nhận: logic xử lý không hợp lệ", "");
		return;
	}
	json_t *step = dialect_step(code, "Một cửa", wire,
	                            dialect_word(ask->json, "noiDungXuLy", text, sizeof text),
	                            ours(dialect_word(ask->json, "trangThai", to, sizeof to)));
	switch (world_report(ask->world, kept, step, ask->now)) {
	case REPORT_TAKEN:
		say(told, 200, "Cập nhật trạng thái thành công", "");
		break;
	case REPORT_KNOWN:
		say(told, 400, "Trạng thái đã tồn tại trong một cửa điện tử", "");
		break;
	case REPORT_OUT_OF_ORDER:
		say(told, 400, "Logic xử lý không hợp lệ", "");
		break;
	}
	json_decref(step);
}

static json_t *history(const json_t *kept)
{
	json_t *list = json_array(), *step;
	size_t i;
	json_array_foreach(json_object_get(kept, "steps"), i, step) {
		char wire[16], at[32], text[200], status[8];
		dialect_word(step, "ThoiDiemXuLy", wire, sizeof wire);
		json_array_append_new(
			list,
			json_pack("{s:s, s:s, s:s}", "trangThai",
		                  theirs(atoi(dialect_word(step, "TrangThai", status, sizeof status))),
		                  "thoiGianThucHien", moment_to(wire, WHEN, at, sizeof at), "noiDung",
		                  dialect_word(step, "NoiDungXuLy", text, sizeof text)));
	}
	return list;
}

static json_t *view(const char *code, const json_t *kept)
{
	char at[32], procedure[40];
	const json_t *fields = json_object_get(kept, "fields");
	char *lines = NULL;
	json_t *steps = history(kept);
	lines = json_dumps(steps, JSON_COMPACT);
	json_decref(steps);
	/* Their history is JSON in a string. */
	json_t *out = json_pack("{s:s, s:O, s:s, s:s, s:s, s:s}", "maHoSo", code, "soHoSoLT",
	                        json_object_get(kept, "number"), "maTTHC",
	                        dialect_word(fields, "maTTHC", procedure, sizeof procedure),
	                        "trangThai", theirs(dialect_status(kept)), "ngayTiepNhan",
	                        dialect_word(fields, "ngayTiepNhan", at, sizeof at), "quaTrinhXuLy",
	                        lines ? lines : "[]");
	free(lines);
	return out;
}

static void show(const struct practice_ask *ask, struct world_system *system,
                 struct practice_told *told)
{
	const char *code, *any = ask->rest + strlen("hosolienthong");
	json_t *kept;
	if (*any == '/') {
		kept = dialect_kept(system, any + 1, &code);
		if (kept)
			told->json = json_pack("{s:i, s:o}", "status", 200, "data", view(code, kept));
		else
			say(told, 404, "Không tìm thấy hồ sơ", "");
		return;
	}
	json_t *list = json_array();
	json_object_foreach(system->dossiers, code, kept)
		json_array_append_new(list, view(code, kept));
	told->json = json_pack("{s:i, s:o}", "status", 200, "data", list);
}

static const struct {
	const char *method, *path, *service;
	void (*answer)(const struct practice_ask *, struct world_system *, struct practice_told *);
} table[] = {
	{ "POST", "login", "login", log_in },
	{ "POST", "refresh-token", "refresh-token", renew },
	{ "PUT", "hosolienthong/da-nhan", "da-nhan", receipt },
	{ "POST", "hosolienthong", "hosolienthong", take },
	{ "GET", "hosolienthong", "tra-cuu", show },
	{ "POST", "trangthai", "trangthai", report },
};

static struct world_system *find(const struct practice_ask *ask, const char **service,
                                 struct practice_told *told)
{
	(void)told;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		size_t n = strlen(table[i].path);
		if (strcmp(ask->method, table[i].method) == 0 &&
		    strncmp(ask->rest, table[i].path, n) == 0 &&
		    (!ask->rest[n] || (ask->rest[n] == '/' && *table[i].method == 'G'))) {
			*service = table[i].service;
			return dialect_system(ask, "lien-thong");
		}
	}
	return NULL;
}

static void answer(const struct practice_ask *ask, struct world_system *system, const char *service,
                   struct practice_told *told)
{
	if (strcmp(service, "login") != 0 && strcmp(service, "refresh-token") != 0 &&
	    !dialect_bearer(ask, system, told))
		return;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (strcmp(service, table[i].service) == 0)
			table[i].answer(ask, system, told);
}

const struct practice_door door_lien_thong = {
	.prefix = "/dvclt/",
	.find = find,
	.answer = answer,
};
