/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/agency.h"

#include <string.h>

static const char *text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

const json_t *agency_elsewhere(const json_t *payload, const char *role)
{
	const json_t *agencies = json_object_get(payload, "agencies");
	const json_t *receiving = json_object_get(agencies, "receiving");
	const json_t *agency = json_object_get(agencies, role);
	return *text_of(agency, "name") && !json_equal(agency, receiving) ? agency : NULL;
}

const char *agency_name(const json_t *agency)
{
	return text_of(agency, "name");
}

const char *agency_code(const struct profile *profile, const json_t *agency, const char *own)
{
	const char *code = text_of(agency, "code");
	if (!*code)
		return own;
	const char *theirs = profile_map(profile, "agencies", code);
	return theirs ? theirs : strchr(code, '.') ? code : "";
}
