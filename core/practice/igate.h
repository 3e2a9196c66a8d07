/* SPDX-License-Identifier: Apache-2.0
 *
 * core/practice/igate.h — The platform of six ministries and most provinces:
 * a number is reserved, files are uploaded, the dossier quoting both is
 * created, then its progress and its status are told.  The same steps under
 * two sets of paths and names: a ministry's (igate.c) and a province's
 * (igate_tinh.c). */
#pragma once
#include "core/practice/door.h"

/* What a step comes to. */
struct gate_end {
	int code;           /* 200, or as HTTP would say it: 400 401 404 409 415 */
	struct bytes say;   /* the message; several sentences glued             */
	json_t *data;       /* a new reference, or NULL                         */
};
void gate_end_clear(struct gate_end *);

/* The next number of the day; each is given once, and kept as given. */
void gate_number(struct world *, struct world_system *, const char *procedure, moment_t now,
                  struct gate_end *);
/* Every file part named "files"; data: [{IdTepTin, HashTepTin}]. */
void gate_upload(struct world *, struct world_system *, const char *content_type,
                  const struct bytes *body, struct gate_end *);
/* data: {idHoSo, maHoSo}, also with 409 when it was there already. */
void gate_create(struct world *, struct world_system *, const json_t *item, moment_t now,
                  struct gate_end *);
/* The same dossier anew. */
void gate_change(struct world *, struct world_system *, const char *number, const json_t *item,
                  moment_t now, struct gate_end *);
/* Lists, item by item; data: [{IDHoSo, MaHoSo, code, message}]. */
void gate_progress(struct world *, struct world_system *, const json_t *items, moment_t now,
                    struct gate_end *);
void gate_status(struct world *, struct world_system *, const json_t *items, moment_t now,
                  struct gate_end *);
/* data: {idHoSo, maHoSo, TrangThaiHoSo, …, TienTrinh, DanhSachHoSoBoSung, DanhSachGiayToKetQua}. */
void gate_view(const struct world_system *, const char *number, struct gate_end *);
/* data: [{maHoSo, TrangThaiHoSo, ThoiDiemXuLy}] of the window (yyyyMMddHHmmss, at most five
 * days, both ends in it), oldest first, one page; *total. */
void gate_changes(const struct world_system *, const char *from, const char *to, long page,
                   long size, size_t *total, struct gate_end *);
void gate_taken(struct world *, struct world_system *, const char *number, struct gate_end *);
/* data: all that a citizen filed online under that number. */
void gate_filing(const struct world_system *, const char *number, struct gate_end *);
/* A file of a result; false: none with that id. */
bool gate_result_file(const struct world_system *, const char *id, struct bytes *out);
/* A fresh token, "" when the account is refused. */
const char *gate_token(struct world_system *, const char *client, const char *secret, int64_t now_ms);

/* A table of paths, "*" one segment of them; ends with NULL. */
struct gate_path {
	const char *method, *path, *service;
};
/* The service of the path asked for, or NULL; segment: what "*" stood for. */
const char *gate_service(const struct gate_path *, const struct practice_ask *, char segment[64]);

/* igate_fields.c: complaints are added to the string. */
void gate_check_dossier(const json_t *item, const json_t *files, struct bytes *complaints);
void gate_check_progress(const json_t *item, struct bytes *complaints);
void gate_check_status(const json_t *item, struct bytes *complaints);

extern const struct practice_door door_igate, door_igate_tinh, door_igate_file;
