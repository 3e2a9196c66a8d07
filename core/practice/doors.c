/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of dialects, and the oldest of them: the envelope of the national
 * exchange. */
#include <string.h>

#include "core/practice/dialect.h"
#include "core/practice/door.h"
#include "core/practice/igate.h"
#include "core/practice/lookup.h"
#include "core/practice/rights.h"
#include "core/practice/told.h"

static const struct practice_door door_files;

static const struct practice_door *const doors[] = {
	&door_ndxp,
	&door_files,
	&door_igate,
	&door_igate_tinh,
	&door_igate_file,
	&door_rights,
	&door_token, &door_ho_tich, &door_lien_thong, &door_dat_dai,
	&door_emc, &door_van_ban, &door_btxh, &door_lltp, &door_chung,
	&door_dan_cu, &door_dang_ky_kinh_doanh, &door_bhxh, &door_nhan_tin,
};

const struct practice_door *door_of(const char *path, const char **rest)
{
	for (size_t i = 0; i < sizeof doors / sizeof *doors; i++) {
		size_t n = strlen(doors[i]->prefix);
		if (strncmp(path, doors[i]->prefix, n) == 0) {
			*rest = path + n;
			return doors[i];
		}
	}
	return NULL;
}

static struct world_system *ndxp_find(const struct practice_ask *ask, const char **service,
                                      struct practice_told *told)
{
	const char *dstcode = ask_header(ask, "dstcode");
	if (!dstcode)
		dstcode = ask_query(ask, "dstcode");
	struct world_system *system = world_by_dstcode(ask->world, dstcode);
	const char *word = json_string_value(json_object_get(ask->json, "service"));
	*service = strcmp(ask->rest, "login") == 0 ? "login" : word ? word : "";
	if (strcmp(ask->method, "POST") != 0)
		return NULL;
	if (!system) {
		told->status = 400;
		told->json = json_pack("{s:s, s:s, s:s}", "type", "Client.BadRequest", "message",
		                       "dstcode unknown", "detail", dstcode ? dstcode : "");
	}
	return system;
}

static void ndxp_answer(const struct practice_ask *ask, struct world_system *system,
                        const char *service, struct practice_told *told)
{
	if (!ask->json)
		told->json = json_pack("{s:s, s:s}", "error_code", "-1", "message",
		                       "Dữ liệu gửi lên không đúng cấu trúc");
	else if (strcmp(service, "login") == 0)
		told->json = world_login(system, ask->json, ask->now_ms);
	else
		told->json = world_call(ask->world, system, ask->json, ask->now_ms, ask->now);
}

const struct practice_door door_ndxp = {
	.prefix = "/XrdAdapter/RestService/forward/mapi/",
	.find = ndxp_find,
	.answer = ndxp_answer,
};

/* Files of results; who asks need not have logged in, only know the link. */
static struct world_system *files_find(const struct practice_ask *ask, const char **service,
                                       struct practice_told *told)
{
	(void)told;
	*service = "downloadfile";
	return strcmp(ask->method, "GET") == 0
	               ? world_by_dstcode(ask->world, ask_query(ask, "dstcode"))
	               : NULL;
}

static void files_answer(const struct practice_ask *ask, struct world_system *system,
                         const char *service, struct practice_told *told)
{
	bool base64;
	(void)service;
	if (told_file(system, ask->rest, &told->text, &base64)) {
		told->type = base64 ? "text/plain" : "application/pdf";
		return;
	}
	told->status = 404;
	told->json = json_pack("{s:i, s:s}", "error_code", -1, "message", "Không tìm thấy tệp");
}

static const struct practice_door door_files = {
	.prefix = "/XrdAdapter/RestService/forward/downloadfile/",
	.find = files_find,
	.answer = files_answer,
};
