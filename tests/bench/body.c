/* SPDX-License-Identifier: Apache-2.0
 *
 * What the courier would post for a neutral message, so that a load generator
 * can post the same: body PROFILES SYSTEM PORT SESSION <payload.  Prints the
 * address, the extra headers and the body, one a line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/courier/connector.h"
#include "core/courier/profiles.h"

static int give_up(const char *what, const struct error *err)
{
	fprintf(stderr, "body: %s: %s %s\n", what, err->say, err->log);
	return 1;
}

static int print_call(const struct profile *profile, const json_t *payload, unsigned port,
                      const char *session)
{
	struct error err = { 0 };
	struct http_call call = { 0 };
	struct call_facts facts = { .session = session, .secret = "", .practice_port = port,
		.code = json_string_value(json_object_get(payload, "code")), .payload = payload,
		.known = json_pack("{s:{s:{s:s, s:s}}}", "procedures",
			json_string_value(json_object_get(json_object_get(payload, "procedure"), "code")),
			"code", "G15-HT02", "name", "Hộ tịch") };
	enum call_kind kind = *session ? CALL_ADD : CALL_LOGIN;
	bool written = connector_ndxp.write(profile, kind, &facts, &call, &err);
	json_decref(facts.known);
	if (!written)
		return give_up("write", &err);
	printf("%s\n", call.url);
	size_t at = 0;
	for (int i = 0; i < 4; i++) { /* four lines, whatever there are */
		const char *header = at < call.headers.size ? call.headers.data + at : "";
		printf("%s\n", header);
		at += at < call.headers.size ? strlen(header) + 1 : 0;
	}
	printf("%s\n", bytes_string(&call.body.text));
	http_clear(&call);
	return 0;
}

int main(int argc, char **argv)
{
	struct error err = { 0 };
	struct profile profile;
	json_error_t where;
	if (argc != 5)
		return 2;
	json_t *profiles = profiles_read(argv[1], &err);
	json_t *payload = json_loadf(stdin, 0, &where);
	if (!profiles || !payload)
		return give_up("read", &err);
	json_t *data = json_deep_copy(json_object_get(profiles, argv[2]));
	if (!profile_take(&profile, argv[2], argv[2], "ndxp", data, &err))
		return give_up("profile", &err);
	int status = print_call(&profile, payload, (unsigned)strtoul(argv[3], NULL, 10), argv[4]);
	profile_clear(&profile);
	json_decref(data);
	json_decref(payload);
	json_decref(profiles);
	return status;
}
