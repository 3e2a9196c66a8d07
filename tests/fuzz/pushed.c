/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever a portal hands over, reading it must not hurt: items with a code and a view each, or none. */
#include <stdint.h>
#include <stdlib.h>

#include "core/courier/pushed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char portal[] =
	"{\"base_url\":\"http://127.0.0.1\",\"account\":\"x\",\"inbound\":{\"filings\":\"nhanhsdvcqg\"},"
	"\"maps\":{\"status\":{\"1\":\"1\",\"7\":\"7\"},\"owner_kind\":{\"person\":\"1\"},\"result_by\":{\"post\":\"1\"}}}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct profile profile;
	json_t *described = json_loads(portal, 0, NULL), *one;
	json_t *body = json_loadb((const char *)data, size, 0, NULL);
	size_t i;
	if (!profile_take(&profile, "cong", "x", "ndxp", described, NULL) || !pushed_call(&profile, "nhanhsdvcqg") || pushed_call(&profile, ""))
		abort();
	json_t *items = pushed_items(&profile, body);
	if (items && (!json_array_size(items) || json_array_size(items) > 50))
		abort();
	json_array_foreach(items, i, one) {
		const char *code = json_string_value(json_object_get(json_object_get(one, "line"), "code"));
		if (!code || !*code || !json_is_object(json_object_get(one, "view")))
			abort();
	}
	json_decref(items);
	json_decref(body);
	profile_clear(&profile);
	json_decref(described);
	return 0;
}
