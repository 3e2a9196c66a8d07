/* SPDX-License-Identifier: Apache-2.0
 *
 * A link from outside: whatever it is, what comes of it is on the list of
 * hosts, or nothing. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/courier/address.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char text[] =
		"{\"base_url\":\"http://10.0.0.9:8080/x\",\"hosts\":\"10.0.0.9:8080 tep.example\","
		"\"link_hosts\":\"ip-ss-donvi:8080\",\"account\":\"x\",\"maps\":{}}";
	struct profile profile;
	struct error err = { 0 };
	char url[256];
	json_t *json = json_loads(text, 0, NULL);
	char *link = malloc(size + 1);
	if (!link || !profile_take(&profile, "x", "x", "ndxp", json, NULL))
		abort();
	memcpy(link, data, size);
	link[size] = '\0';
	if (address_of_link(&profile, link, 1, url, sizeof url, &err)) {
		const char *host = strstr(url, "://") + 3;
		size_t n = strcspn(host, "/?#");
		if (!(n == 13 && strncasecmp(host, "10.0.0.9:8080", n) == 0) &&
		    !(n == 11 && strncasecmp(host, "tep.example", n) == 0))
			abort();
	} else if (*url) {
		abort();
	}
	free(link);
	profile_clear(&profile);
	json_decref(json);
	return 0;
}
