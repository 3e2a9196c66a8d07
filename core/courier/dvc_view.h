/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/dvc_view.h — A dossier in the vocabulary of the national portal
 * (NgayTiepNhan, TrangThaiHoSo, TienTrinh, DanhSachHoSoBoSung,
 * DanhSachGiayToKetQua …), which more than one family speaks in its replies. */
#pragma once
#include "core/courier/peer.h"

/* Everything but the codes, which are the family's to read.  names: what this
 * system calls a member (a path, as codec_path takes it); NULL: as above. */
void dvc_read_item(const struct profile *, const json_t *item,
                   const char *(*names)(const struct profile *, const char *),
                   struct peer_view *);
