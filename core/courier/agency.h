/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/agency.h — The agencies of a dossier received for another place (phi
 * địa giới) as systems write them: payload "agencies" {receiving, deciding,
 * returning: {code, name}}.  Pure. */
#pragma once
#include <jansson.h>
#include "core/courier/profile.h"

/* The agency of that role where it is not the one that receives; NULL otherwise. */
const json_t *agency_elsewhere(const json_t *payload, const char *role);
const char *agency_name(const json_t *agency); /* "" without one */
/* Its electronic identifier over there: by the profile's map "agencies", or its own code
 * where that is one ("H01.998", QĐ 20/2020/QĐ-TTg); "" when neither, own when it has no
 * code at all. */
const char *agency_code(const struct profile *, const json_t *agency, const char *own);
