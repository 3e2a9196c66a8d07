/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/rights.h — What may our officers do over there?  The members are
 * the same in every dialect that tells it: one element per officer, with our
 * login as the reference that the reply repeats; each dialect puts them into its
 * own envelope.  States go through the profile's map "right" ({granted, missing,
 * error}: their word); a word it lacks is "error" and shown, never guessed. */
#pragma once
#include <jansson.h>
#include "core/courier/profile.h"

/* {officers: [{login, account, name, id_number, phone, email}]} → [{MaThamChieu, TaiKhoan,
 * HoTen, SoDinhDanh, SoDienThoai, Email}]: an account's name goes alone, without
 * the person's own data.  A new reference. */
json_t *rights_items(const json_t *question);
/* [{MaThamChieu, TaiKhoan, TrangThai, LinhVuc: [text or {TenLinhVuc}], ThuTuc: [code or {MaTTHC}],
 * GhiChu}] → {officers: [{login, account, state, fields, procedures, note}]}; a new
 * reference.  Whoever is not told of is left out. */
json_t *rights_read(const struct profile *, const json_t *result);
