/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/ndxp.h — The room's own: neutral payloads as elements of `data`
 * of DongBoHoSoMC and CapNhatTienDoHoSoMC.  All mandatory members of the
 * portal's guide, strings throughout, dates yyyyMMddHHmmss. */
#pragma once
#include "core/courier/connector.h"

/* New references; NULL with FAULT_INPUT when a mandatory fact is missing or a
 * code has no map. */
/* Their names of the payload's procedure, {code, name}; NULL: not asked yet. */
const json_t *ndxp_field(const struct call_facts *);
json_t *ndxp_dossier(const struct profile *, const struct call_facts *, struct error *);
json_t *ndxp_progress(const struct profile *, const struct call_facts *, struct error *);
