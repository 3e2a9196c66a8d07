/* SPDX-License-Identifier: Apache-2.0 */
#include "core/practice/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "core/base/say.h"
#include "core/practice/rights.h"
#include "core/practice/filed.h"
#include "core/practice/told.h"

static const struct {
	const char *code, *agency, *name;
} table[WORLD_COUNT] = {
#define X(code, agency, name) { code, agency, name },
	WORLD_SYSTEMS(X)
#undef X
};

/* The portal and the coordination system are told; they decide nothing. */
static bool only_told(const char *code)
{
	return strcmp(code, "cong") == 0 || strcmp(code, "dieu-phoi") == 0 || strcmp(code, "emc") == 0;
}

void world_init(struct world *world, int64_t session_ms, int64_t step_ms)
{
	*world = (struct world){ 0 };
	for (int i = 0; i < WORLD_COUNT; i++)
		world->systems[i] = (struct world_system){
			.code = table[i].code,
			.agency = table[i].agency,
			.name = table[i].name,
			.zero = "0",
			.duplicate = "-3",
			.session_ms = session_ms ? session_ms : 600000,
			.step_ms = only_told(table[i].code) ? 0 : step_ms,
			.dossiers = json_object(),
			.extra = json_object(),
			.next = 1,
		};
}

void world_expire(struct world_system *system)
{
	while (system->sessions) {
		struct world_session *session = system->sessions;
		system->sessions = session->next;
		free(session);
	}
}

void world_free(struct world *world)
{
	for (int i = 0; i < WORLD_COUNT; i++) {
		world_expire(&world->systems[i]);
		json_decref(world->systems[i].dossiers);
		json_decref(world->systems[i].extra);
	}
}

struct world_system *world_find(struct world *world, const char *code)
{
	for (int i = 0; code && i < WORLD_COUNT; i++)
		if (strcmp(world->systems[i].code, code) == 0)
			return &world->systems[i];
	return NULL;
}

struct world_system *world_by_dstcode(struct world *world, const char *dstcode)
{
	for (int i = 0; dstcode && i < WORLD_COUNT; i++) {
		char whole[96];
		snprintf(whole, sizeof whole, "VN:GOV:%s:%s", world->systems[i].agency,
		         world->systems[i].code);
		if (strcmp(whole, dstcode) == 0)
			return &world->systems[i];
	}
	return NULL;
}

static json_t *answer(const char *code, const char *message)
{
	return json_pack("{s:s, s:s}", "error_code", code, "message", message);
}

/* Success in this system's spelling, its words only where it uses words. */
static json_t *success(const struct world_system *system, const char *message)
{
	json_t *reply = answer(system->zero, system->mute ? "Đã ghi nhận yêu cầu" : message);
	if (strcmp(system->zero, "int") == 0)
		json_object_set_new(reply, "error_code", json_integer(0));
	return reply;
}

static const char *member(const json_t *request, const char *name)
{
	const char *text = json_string_value(json_object_get(request, name));
	return text ? text : "";
}

void world_noise(char out[33])
{
	unsigned char noise[16];
	if (getrandom(noise, sizeof noise, 0) != (ssize_t)sizeof noise)
		abort();
	for (size_t i = 0; i < sizeof noise; i++)
		snprintf(out + i * 2, 3, "%02x", noise[i]);
}

const char *world_session(struct world_system *system, int64_t now_ms)
{
	struct world_session *session = calloc(1, sizeof *session);
	if (!session)
		abort();
	world_noise(session->token);
	session->until = now_ms + system->session_ms;
	session->next = system->sessions;
	system->sessions = session;
	return session->token;
}

bool world_session_good(const struct world_system *system, const char *token, int64_t now_ms)
{
	for (const struct world_session *s = system->sessions; s; s = s->next)
		if (strcmp(s->token, token) == 0)
			return s->until > now_ms;
	return false;
}

json_t *world_login(struct world_system *system, const json_t *request, int64_t now_ms)
{
	system->logins++;
	if (system->refuse_account || !*member(request, "username") ||
	    strcmp(member(request, "password"), "tap-duyet") != 0)
		return answer("-1", "Tài khoản hoặc mật khẩu không đúng");
	json_t *reply = success(system, "Thành công");
	json_object_set_new(reply, "session", json_string(world_session(system, now_ms)));
	return reply;
}

json_t *world_kept(const struct world_system *system, const char *code)
{
	return json_object_get(system->dossiers, code);
}

void world_note(struct world *world, json_t *kept, const char *service, const char *status,
                const char *when, moment_t now)
{
	char at[32];
	json_array_append_new(json_object_get(kept, "messages"),
	                      json_pack("{s:s, s:s, s:s, s:s}", "service", service, "status",
	                                status, "when", when, "at",
	                                moment_write_iso(now, at, sizeof at)));
	world->changed = true;
}

static void count_up(json_t *object, const char *name)
{
	json_int_t so_far = json_integer_value(json_object_get(object, name));
	json_object_set_new(object, name, json_integer(so_far + 1));
}

static json_t *duplicate(struct world_system *system, json_t *kept, const char *code)
{
	char text[160];
	snprintf(text, sizeof text, "Hồ sơ %s đã tồn tại", code);
	count_up(kept, "duplicates");
	json_t *reply = answer(system->duplicate, text);
	if (strcmp(system->duplicate, "0") == 0 && strcmp(system->zero, "int") == 0)
		json_object_set_new(reply, "error_code", json_integer(0));
	return reply;
}

json_t *world_keep(struct world *world, struct world_system *system, const char *code,
                   const char *number, const json_t *fields, int status, moment_t now)
{
	char made[64];
	struct date day = day_date(moment_day(now));
	snprintf(made, sizeof made, "%s-%04d%02d%02d-%07lld", system->agency, day.year, day.month,
	         day.day, (long long)system->next);
	if (!*number)
		system->next++;
	json_t *kept = json_pack("{s:s, s:i, s:i, s:I, s:O, s:[], s:[], s:i}", "number",
	                         *number ? number : made, "status", status, "desk", 0, "moved",
	                         (json_int_t)now, "fields", (json_t *)(uintptr_t)fields, "messages",
	                         "steps", "duplicates", 0);
	json_object_set_new(system->dossiers, code, kept);
	world->changed = true;
	return kept;
}

static json_t *sync_one(struct world *world, struct world_system *system, const json_t *item,
                        bool updating, moment_t now)
{
	char text[1024];
	if (!fields_check_dossier(item, text, sizeof text))
		return answer("-1", text);
	const char *code = member(item, "MaHoSo");
	json_t *kept = json_object_get(system->dossiers, code);
	/* What was lost over there is taken as new. */
	if (kept && json_is_true(json_object_get(kept, "hidden"))) {
		json_object_del(system->dossiers, code);
		kept = NULL;
	}
	if (kept && !updating)
		return duplicate(system, kept, code);
	if (!kept && updating) {
		snprintf(text, sizeof text, "Hồ sơ %s không tồn tại", code);
		return answer("-1", text);
	}
	if (kept) {
		json_object_set(kept, "fields", (json_t *)item);
		told_answered(kept, json_object_get(item, "DanhSachHoSoBoSung"));
	} else {
		kept = world_keep(world, system, code, "", item,
		                  atoi(member(item, "TrangThaiHoSo")), now);
	}
	world_note(world, kept, updating ? "update" : "add", member(item, "TrangThaiHoSo"),
	           member(item, "NgayTiepNhan"), now);
	return success(system, "Đồng bộ hồ sơ thành công");
}

static bool already_told(const json_t *kept, const json_t *item)
{
	size_t i;
	json_t *step;
	json_array_foreach(json_object_get(kept, "steps"), i, step)
		if (strcmp(member(step, "TrangThai"), member(item, "TrangThai")) == 0 &&
		    strcmp(member(step, "ThoiDiemXuLy"), member(item, "ThoiDiemXuLy")) == 0)
			return true;
	return false;
}

enum world_report world_report(struct world *world, json_t *kept, const json_t *step, moment_t now)
{
	int to = atoi(member(step, "TrangThai"));
	int desk = (int)json_integer_value(json_object_get(kept, "desk"));
	int status = (int)json_integer_value(json_object_get(kept, "status"));
	if (already_told(kept, step))
		return REPORT_KNOWN;
	if (!fields_may_follow(desk, to) && !fields_may_follow(status, to))
		return REPORT_OUT_OF_ORDER;
	json_object_set_new(kept, "desk", json_integer(to));
	/* What this system has already done is not undone by a late report. */
	if (fields_may_follow(status, to)) {
		json_object_set_new(kept, "status", json_integer(to));
		json_object_set_new(kept, "moved", json_integer(now));
	}
	json_array_append(json_object_get(kept, "steps"), (json_t *)(uintptr_t)step);
	world_note(world, kept, "progress", member(step, "TrangThai"),
	           member(step, "ThoiDiemXuLy"), now);
	return REPORT_TAKEN;
}

static json_t *progress_one(struct world *world, struct world_system *system, const json_t *item,
                            moment_t now)
{
	char text[1024];
	if (!fields_check_progress(item, text, sizeof text))
		return answer("-1", text);
	const char *code = member(item, "MaHoSo");
	json_t *kept = json_object_get(system->dossiers, code);
	if (!kept) {
		snprintf(text, sizeof text, "Hồ sơ %s không tồn tại", code);
		return answer("-1", text);
	}
	switch (world_report(world, kept, item, now)) {
	case REPORT_KNOWN:
		return duplicate(system, kept, code);
	case REPORT_OUT_OF_ORDER:
		snprintf(text, sizeof text,
		         "TrangThai không hợp lệ: không thể chuyển hồ sơ từ trạng thái %d sang %d",
		         (int)json_integer_value(json_object_get(kept, "desk")),
		         atoi(member(item, "TrangThai")));
		return answer("-1", text);
	case REPORT_TAKEN:
		break;
	}
	return success(system, "Cập nhật tiến độ thành công");
}

/* Items are carried out one by one; the first complaint is the reply, as the
 * peers that share one fate per chunk behave. */
static json_t *each(struct world *world, struct world_system *system, const json_t *request,
                    bool dossiers, moment_t now)
{
	const json_t *data = json_object_get(request, "data");
	bool updating = strcmp(member(request, "isUpdating"), "True") == 0;
	if (dossiers && !updating && strcmp(member(request, "isUpdating"), "False") != 0)
		return answer("-1", "Thiếu trường isUpdating");
	if (!json_array_size(data))
		return answer("-1", "Thiếu trường data");
	json_t *reply = NULL;
	for (size_t i = 0; i < json_array_size(data); i++) {
		json_decref(reply);
		const json_t *item = json_array_get(data, i);
		reply = dossiers ? sync_one(world, system, item, updating, now)
		                 : progress_one(world, system, item, now);
		const json_t *code = json_object_get(reply, "error_code");
		if (json_is_string(code) && strtol(json_string_value(code), NULL, 10) != 0)
			break;
	}
	return reply;
}

static json_t *look_up(const struct world_system *system, const char *code)
{
	const json_t *kept = json_object_get(system->dossiers, code);
	json_t *reply = success(system, "Thành công");
	json_t *result = json_array();
	if (kept && !json_is_true(json_object_get(kept, "hidden")))
		json_array_append_new(result, told_item(system, code, kept));
	json_object_set_new(reply, "result", result);
	return reply;
}

static json_t *list_days(const struct world_system *system, const json_t *request)
{
	const char *from = member(request, "ngayNhan1"), *to = member(request, "ngayNhan2");
	if (strlen(from) != 10 || strlen(to) != 10 || strcmp(from, to) > 0)
		return answer("-1", "ngayNhan1, ngayNhan2 không đúng định dạng yyyy-MM-dd");
	json_t *reply = success(system, "Thành công");
	if (*member(request, "trangThai"))
		json_object_set_new(reply, "data", filed_page(system, member(request, "trangThai"), atol(member(request, "trang")),
		                                              atol(member(request, "soLuong"))));
	else
		json_object_set_new(reply, "data", told_list(system, from, to));
	return reply;
}

/* The practice catalogue knows every procedure by its code alone; the field
 * code is invented from it. */
static json_t *procedure(const struct world_system *system, const char *code)
{
	json_t *reply = success(system, "Thành công");
	char field[32];
	snprintf(field, sizeof field, "%s-LV%.2s", system->agency, *code ? code + strlen(code) - 1 : "0");
	json_t *result = json_array();
	if (*code)
		json_array_append_new(result,
		                      json_pack("{s:s, s:[{s:s, s:s}]}", "MATTHC", code,
		                                "LINHVUCTHUCHIEN", "MALINHVUC", field,
		                                "TENLINHVUC", "Lĩnh vực tập duyệt"));
	json_object_set_new(reply, "result", result);
	return reply;
}

json_t *world_call(struct world *world, struct world_system *system, const json_t *request,
                   int64_t now_ms, moment_t now)
{
	system->calls++;
	if (!world_session_good(system, member(request, "session"), now_ms))
		return answer("-1", "Session không hợp lệ hoặc đã hết hạn");
	if (!*member(request, "madonvi"))
		return answer("-1", "Thiếu trường madonvi");
	const char *service = member(request, "service");
	if (strcmp(service, "DongBoHoSoMC") == 0)
		return each(world, system, request, true, now);
	if (strcmp(service, "CapNhatTienDoHoSoMC") == 0)
		return each(world, system, request, false, now);
	if (strcmp(service, "TraCuuHoSo") == 0)
		return look_up(system, member(request, "mahoso"));
	if (strcmp(service, "DanhSachHoSo") == 0)
		return list_days(system, request);
	if (strcmp(service, "danhDauHsThanhCong") == 0)
		return told_taken(world, system, member(request, "mahoso"))
		               ? success(system, "Thành công")
		               : answer("-1", "Hồ sơ không tồn tại");
	if (strcmp(service, "LayThuTuc") == 0)
		return procedure(system, member(request, "maTTHC"));
	if (strcmp(service, "KiemTraTaiKhoan") == 0) {
		json_t *reply = success(system, "Thành công");
		json_object_set_new(reply, "result",
		                    rights_answer(system, json_object_get(request, "data")));
		return reply;
	}
	return answer("-1", "service không tồn tại");
}
