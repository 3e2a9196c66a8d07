/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/courier/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/courier/codec.h"
#include "core/courier/profiles.h"

struct profile ministry, province;

static void take(json_t *all, const char *code, struct profile *profile)
{
	struct error err = { 0 };
	json_t *data = json_object_get(all, code);
	assert_string_equal(json_string_value(json_object_get(data, "family")), "igate");
	assert_true(profile_take(profile, code, code, "igate", data, &err));
}

int open_profiles(void **state)
{
	struct error err = { 0 };
	(void)state;
	json_t *all = profiles_read(MOTCUA_SOURCE "/core/data/systems/practice", &err);
	if (!all)
		fail_msg("%s (%s)", err.say, err.log);
	take(all, "noi-vu", &ministry);
	take(all, "tinh", &province);
	json_decref(all);
	return 0;
}

int close_profiles(void **state)
{
	(void)state;
	profile_clear(&ministry);
	profile_clear(&province);
	return 0;
}

struct desk desk_new(const char *memory)
{
	struct desk desk = { 0 };
	desk.payload = bench_dossier(CODE);
	json_t *owner = json_object_get(desk.payload, "owner");
	json_object_set_new(owner, "birth", json_string("1999-03-05"));
	json_object_set_new(owner, "province", json_string("91"));
	json_object_set_new(owner, "commune", json_string("30538"));
	desk.files = json_loads("[{\"id\":7,\"component\":0,\"name\":\"to-khai.pdf\",\"media_type\":"
	                        "\"application/pdf\",\"size\":10}]",
	                        0, NULL);
	desk.facts = (struct call_facts){ .session = "t", .secret = "tap-duyet",
		                          .practice_port = 80, .code = CODE,
		                          .payload = desk.payload, .files = desk.files,
		                          .memory = json_loads(memory, 0, NULL),
		                          .known = json_object(), .cursor = "" };
	assert_non_null(desk.facts.memory);
	return desk;
}

void desk_free(struct desk *desk)
{
	json_decref(desk->payload);
	json_decref(desk->files);
	json_decref(desk->facts.memory);
	json_decref(desk->facts.known);
}

const char *at(json_t *root, const char *path)
{
	static char out[256];
	json_t *value = codec_path(root, path);
	codec_word(value, out, sizeof out);
	json_decref(value);
	return out;
}
