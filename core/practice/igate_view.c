/* SPDX-License-Identifier: Apache-2.0
 *
 * What a system of this platform tells: one dossier, what changed, files of
 * results; and sessions of its accounts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/practice/filed.h"
#include "core/practice/igate.h"

static const char *text(const json_t *object, const char *name)
{
	const char *value = json_string_value(json_object_get(object, name));
	return value ? value : "";
}

/* Asked-for supplements: those of the dial, else the lines of the history with
 * status 5. */
static json_t *supplements(const json_t *kept)
{
	if (json_array_size(json_object_get(kept, "asks")))
		return json_incref(json_object_get(kept, "asks"));
	json_t *list = json_array();
	const json_t *steps = json_object_get(kept, "steps");
	for (size_t i = 0; i < json_array_size(steps); i++) {
		const json_t *step = json_array_get(steps, i);
		if (strcmp(text(step, "TrangThai"), "5") != 0)
			continue;
		json_array_append_new(
			list, json_pack("{s:I, s:s, s:s, s:s, s:b}", "HoSoBoSungId",
		                        (json_int_t)json_array_size(list) + 1,
		                        "NguoiYeuCauBoSung", text(step, "NguoiXuLy"),
		                        "NoiDungBoSung", text(step, "NoiDungXuLy"), "NgayBoSung",
		                        text(step, "ThoiDiemXuLy"), "TrangThaiBoSung", 0));
	}
	return list;
}

/* The 24 digits of the dossier's id and eight zeros, as a UUID. */
static void file_uuid(const json_t *kept, char out[40])
{
	const char *id = text(kept, "id");
	snprintf(out, 40, "%.8s-%.4s-%.4s-%.4s-%.4s00000000", id, id + 8, id + 12, id + 16, id + 20);
}

/* A finished dossier has one result; the link names a host that only a security
 * server knows, and "&" begins its query, as found. */
static json_t *results(const struct world_system *system, const json_t *kept)
{
	char link[300], id[40];
	json_int_t status = json_integer_value(json_object_get(kept, "status"));
	if (json_array_size(json_object_get(kept, "results")))
		return json_incref(json_object_get(kept, "results"));
	if (status != 9 && status != 10)
		return json_array();
	file_uuid(kept, id);
	snprintf(link, sizeof link,
	         "http://ip-ss-donvi:8080/XrdAdapter/RestService/forward/tichhop/tep-tin/%s"
	         "&dstcode=VN:GOV:%s:%s",
	         id, system->agency, system->code);
	char code[32];
	snprintf(code, sizeof code, "KQ.%.3s.000001", system->agency);
	return json_pack("[{s:s, s:s, s:s, s:s, s:s}]", "TenGiayTo", "Giấy kết quả (tập duyệt)",
	                 "MaThanhPhanHoSo", "", "GiayToId", id, "DuongDanTepTinKetQua", link,
	                 "MaGiayToKetQua", code);
}

void gate_view(const struct world_system *system, const char *number, struct gate_end *end)
{
	const json_t *kept = json_object_get(system->dossiers, number);
	char status[8];
	if (!kept) {
		end->code = 404;
		bytes_text(&end->say, "Không tìm thấy hồ sơ");
		return;
	}
	end->code = 200;
	bytes_text(&end->say, "OK");
	snprintf(status, sizeof status, "%d",
	         (int)json_integer_value(json_object_get(kept, "status")));
	end->data = json_pack("{s:O, s:O, s:s, s:s, s:O, s:o, s:o, s:O*}", "idHoSo",
	                      json_object_get(kept, "id"), "maHoSo", json_object_get(kept, "number"),
	                      "TrangThaiHoSo", status, "NgayHenTra", "", "TienTrinh",
	                      json_object_get(kept, "steps"), "DanhSachHoSoBoSung",
	                      supplements(kept), "DanhSachGiayToKetQua", results(system, kept), "DanhSachLePhi",
	                      json_object_get(kept, "fees"));
}

void gate_filing(const struct world_system *system, const char *number, struct gate_end *end)
{
	const json_t *kept = json_object_get(system->dossiers, number);
	bool there = kept && json_object_get(kept, "filed");
	end->code = there ? 200 : 404;
	bytes_text(&end->say, there ? "OK" : "Không tìm thấy hồ sơ");
	if (there)
		end->data = filed_content(system, number, kept);
}

struct change {
	const char *number, *status, *when;
};

static int earlier(const void *a, const void *b)
{
	const struct change *one = a, *two = b;
	int by_time = strcmp(one->when, two->when);
	return by_time ? by_time : strcmp(one->number, two->number);
}

/* How many lines lie in the window; out may be NULL. */
static size_t gather(const struct world_system *system, const char *from, const char *to,
                     struct change *out)
{
	size_t count = 0;
	const char *number;
	json_t *kept;
	json_object_foreach(system->dossiers, number, kept) {
		const json_t *steps = json_object_get(kept, "steps");
		for (size_t i = 0; i < json_array_size(steps); i++) {
			const json_t *step = json_array_get(steps, i);
			const char *when = text(step, "ThoiDiemXuLy");
			if (strcmp(when, from) < 0 || strcmp(when, to) > 0)
				continue;
			if (out)
				out[count] = (struct change){ number, text(step, "TrangThai"), when };
			count++;
		}
	}
	return count;
}

static moment_t wire_moment(const char *text14)
{
	int y, mo, d, h, mi, s;
	if (!text14 || strlen(text14) != 14 ||
	    sscanf(text14, "%4d%2d%2d%2d%2d%2d", &y, &mo, &d, &h, &mi, &s) != 6 ||
	    !date_valid(y, mo, d))
		return MOMENT_NONE;
	return moment_of(day_of(y, mo, d), h, mi, s);
}

void gate_changes(const struct world_system *system, const char *from, const char *to, long page,
                   long size, size_t *total, struct gate_end *end)
{
	moment_t first = wire_moment(from), last = wire_moment(to);
	*total = 0;
	if (first == MOMENT_NONE || last == MOMENT_NONE || last < first ||
	    last - first > (moment_t)5 * 86400) {
		end->code = 400;
		bytes_text(&end->say, first == MOMENT_NONE || last == MOMENT_NONE
		                              ? "tuNgay, denNgay không đúng định dạng yyyyMMddHHmmss"
		                              : "Khoảng thời gian không quá 5 ngày");
		return;
	}
	if (size < 1 || size > 200)
		size = 50;
	*total = gather(system, from, to, NULL);
	struct change *all = calloc(*total + 1, sizeof *all);
	if (!all)
		abort();
	gather(system, from, to, all);
	qsort(all, *total, sizeof *all, earlier);
	end->code = 200;
	bytes_text(&end->say, "OK");
	end->data = json_array();
	for (size_t i = (size_t)(page * size); i < *total && i < (size_t)((page + 1) * size); i++)
		json_array_append_new(end->data,
		                      json_pack("{s:s, s:s, s:s}", "maHoSo", all[i].number,
		                                "TrangThaiHoSo", all[i].status, "ThoiDiemXuLy",
		                                all[i].when));
	free(all);
}

void gate_taken(struct world *world, struct world_system *system, const char *number,
                 struct gate_end *end)
{
	json_t *kept = json_object_get(system->dossiers, number);
	end->code = kept ? 200 : 404;
	bytes_text(&end->say, kept ? "OK" : "Không tìm thấy hồ sơ");
	if (kept) {
		json_object_set_new(kept, "taken", json_true());
		world->changed = true;
	}
}

bool gate_result_file(const struct world_system *system, const char *id, struct bytes *out)
{
	const char *number;
	json_t *kept;
	json_object_foreach(system->dossiers, number, kept) {
		json_int_t status = json_integer_value(json_object_get(kept, "status"));
		char uuid[40];
		if (strlen(text(kept, "id")) != 24 || (status != 9 && status != 10))
			continue;
		file_uuid(kept, uuid);
		if (strcmp(id, uuid) != 0)
			continue;
		bytes_format(out, "%%PDF-1.4\n%% Giấy kết quả tập duyệt của hồ sơ %s\n%%%%EOF\n",
		             number);
		return true;
	}
	return false;
}

const char *gate_token(struct world_system *system, const char *client, const char *secret,
                        int64_t now_ms)
{
	system->logins++;
	if (system->refuse_account || !client || !*client || !secret ||
	    strcmp(secret, "tap-duyet") != 0)
		return "";
	return world_session(system, now_ms);
}
