/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever a portal says that a citizen filed, reading it must not hurt, and what comes out is
 * clean text of known length.  The first byte chooses the vocabulary, the rest is the body. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/courier/connector.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char peer_text[] =
	"{\"base_url\":\"http://127.0.0.1\",\"account\":\"x\",\"filings\":{\"size\":2},"
	"\"found\":{\"filings\":\"data\",\"filing\":[\"data\",\"\"]},\"names\":{\"ChuHoSo\":\"owner.name\"},"
	"\"maps\":{\"status\":{\"1\":\"1\",\"7\":\"7\"},\"owner_kind\":{\"person\":\"1\",\"organisation\":\"4\"},\"result_by\":{\"post\":\"1\"}}}";

/* Every text is whole UTF-8 without control characters, and no longer than a form needs. */
static void check(const json_t *value, const char *name)
{
	const char *key;
	json_t *member;
	size_t i;
	if (json_is_string(value) && strcmp(name, "content") != 0) {
		const char *text = json_string_value(value);
		if (strlen(text) > 1500 || !text_valid(text, strlen(text)))
			abort();
		for (; *text; text++)
			if ((unsigned char)*text < ' ' && *text != '\n' && *text != '\t')
				abort();
	}
	json_object_foreach((json_t *)(uintptr_t)value, key, member)
		check(member, key);
	if (json_is_array(value) && json_array_size(value) > 5000)
		abort();
	json_array_foreach((json_t *)(uintptr_t)value, i, member)
		check(member, "");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct profile profile;
	struct answer answer;
	bool more = false;
	if (!size)
		return 0;
	const struct connector *connector = data[0] & 1 ? &connector_igate : &connector_ndxp;
	json_t *profile_data = json_loads(peer_text, 0, NULL);
	if (!profile_take(&profile, "x", "x", connector->family, profile_data, NULL))
		abort();
	struct http_reply reply = { .code = 200, .sent = true, .retry_after = -1 };
	bytes_add(&reply.body, data + 1, size - 1);
	classify(&answer, &profile, CALL_FILING, &reply);
	json_t *filing = connector->read_filing(&profile, &answer, "G22.99-20261120-0000001");
	json_t *lines = connector->read_filings(&profile, &answer, &more);
	if (!filing)
		abort();
	check(filing, "");
	if (lines)
		check(lines, "");
	json_decref(filing);
	json_decref(lines);
	bytes_free(&reply.body);
	answer_clear(&answer);
	profile_clear(&profile);
	json_decref(profile_data);
	return 0;
}
