/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/pushed.h"

#include <string.h>

#include "core/courier/codec.h"
#include "core/courier/filing_read.h"

enum { MOST_AT_ONCE = 50 };

bool pushed_call(const struct profile *profile, const char *name)
{
	const char *call = json_string_value(json_object_get(json_object_get(profile->data, "inbound"), "filings"));
	return call && strcmp(call, name) == 0;
}

/* NULL without a code. */
static json_t *item_of(const struct filing_reader *reader, const char *agency, json_t *item)
{
	bool more;
	json_t *alone = json_pack("[O]", item), *lines = filing_lines(reader, alone, &more);
	json_t *line = json_incref(json_array_get(lines, 0));
	json_decref(lines);
	json_decref(alone);
	if (!line)
		return NULL;
	const char *named = json_string_value(json_object_get(line, "agency"));
	if ((!named || !*named) && *agency)
		json_object_set_new(line, "agency", json_string(agency));
	return json_pack("{s:o, s:o}", "line", line, "view", filing_of(reader, item));
}

json_t *pushed_items(const struct profile *profile, const json_t *body)
{
	const struct filing_reader reader = { .profile = profile, .shape = &filing_portal };
	json_t *data = codec_member(body, "data"), *item;
	char agency[36];
	size_t i;
	codec_text(body, "madonvi", agency, sizeof agency);
	if (!json_is_array(data) || !json_array_size(data) || json_array_size(data) > MOST_AT_ONCE)
		return NULL;
	json_t *items = json_array();
	json_array_foreach(data, i, item) {
		json_t *one = item_of(&reader, agency, item);
		if (!one) {
			json_decref(items);
			return NULL;
		}
		json_array_append_new(items, one);
	}
	return items;
}
