/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever a system tells of our officers: what is read of it has the neutral
 * members and whole UTF-8, or is left out. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/courier/rights.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const json_t *value, size_t most)
{
	const char *text = json_string_value(value);
	if (!text || !text_valid(text, strlen(text)) || strlen(text) > most)
		abort();
}

static void check(const json_t *officer)
{
	static const char *const states[] = { "granted", "missing", "error" };
	const char *state = json_string_value(json_object_get(officer, "state"));
	bool known = false;
	size_t i;
	json_t *word;
	for (size_t k = 0; k < 3; k++)
		known |= state && strcmp(state, states[k]) == 0;
	if (!known)
		abort();
	check_text(json_object_get(officer, "login"), 300);
	check_text(json_object_get(officer, "account"), 300);
	check_text(json_object_get(officer, "note"), 1300);
	json_array_foreach(json_object_get(officer, "fields"), i, word)
		check_text(word, 700);
	json_array_foreach(json_object_get(officer, "procedures"), i, word)
		check_text(word, 700);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct profile profile;
	json_t *words = json_loads("{\"base_url\":\"http://127.0.0.1\",\"account\":\"x\",\"maps\":{\"right\":"
	                           "{\"granted\":\"1\",\"missing\":\"0\",\"error\":\"2\",\"king\":\"9\"}}}", 0, NULL);
	if (!profile_take(&profile, "x", "x", "ndxp", words, NULL))
		abort();
	json_t *result = json_loadb((const char *)data, size, JSON_DECODE_ANY, NULL);
	json_t *reply = rights_read(&profile, result), *officer;
	size_t i;
	if (!json_is_array(json_object_get(reply, "officers")))
		abort();
	json_array_foreach(json_object_get(reply, "officers"), i, officer)
		check(officer);
	json_t *asked = rights_items(reply), *back = rights_items(result);
	json_decref(asked);
	json_decref(back);
	json_decref(reply);
	json_decref(result);
	profile_clear(&profile);
	json_decref(words);
	return 0;
}
