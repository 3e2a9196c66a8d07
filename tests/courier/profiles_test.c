/* SPDX-License-Identifier: Apache-2.0
 *
 * Every profile that is shipped can be read and taken, and the folder's rules. */
#include "core/courier/profile.h"
#include "core/courier/profiles.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static void shipped_profiles_are_whole(void **state)
{
	(void)state;
	static const char *const folders[] = { "practice", "real" };
	for (size_t i = 0; i < 2; i++) {
		char path[300];
		struct error err = { 0 };
		snprintf(path, sizeof path, "%s/core/data/systems/%s", MOTCUA_SOURCE, folders[i]);
		json_t *all = profiles_read(path, &err);
		if (!all)
			fail_msg("%s: %s %s", folders[i], err.say, err.log);
		assert_true(json_object_size(all) >= 12);
		const char *code;
		json_t *data;
		json_object_foreach(all, code, data) {
			struct profile profile;
			const char *family = json_string_value(json_object_get(data, "family"));
			assert_non_null(family);
			if (!profile_take(&profile, code, code, family, data, &err))
				fail_msg("%s/%s: %s", folders[i], code, err.say);
			/* Real ones wait for an account; secrets are never here. */
			assert_int_equal(profile_enabled(&profile), i == 0);
			assert_null(json_object_get(data, "secret"));
			assert_null(json_object_get(data, "password"));
			profile_clear(&profile);
		}
		json_decref(all);
	}
}

static void put(const char *folder, const char *name, const char *text)
{
	char path[200];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void own_members_lie_on_the_make_and_on_what_is_common(void **state)
{
	(void)state;
	char folder[] = "/tmp/motcua-profiles-XXXXXX", command[64];
	struct error err = { 0 };
	assert_non_null(mkdtemp(folder));
	put(folder, "common.json", "{\"a\":1,\"maps\":{\"x\":{\"1\":\"1\"},\"y\":{}}}");
	put(folder, "_make.json", "{\"b\":2,\"maps\":{\"x\":{\"1\":\"2\"}}}");
	put(folder, "mot.json", "{\"like\":\"make\",\"b\":3}");
	put(folder, "hai.json", "{\"a\":5}");
	put(folder, "notes.txt", "no profile");
	json_t *all = profiles_read(folder, &err);
	json_t *want = json_loads("{\"mot\":{\"a\":1,\"b\":3,\"like\":\"make\",\"maps\":{\"x\":{\"1\":"
	                          "\"2\"},\"y\":{}}},\"hai\":{\"a\":5,\"maps\":{\"x\":{\"1\":\"1\"},"
	                          "\"y\":{}}}}", 0, NULL);
	assert_true(json_equal(all, want));
	json_decref(all);
	json_decref(want);
	/* One broken file is told by name, and nothing is half read. */
	put(folder, "hai.json", "{\"a\":5,");
	assert_null(profiles_read(folder, &err));
	assert_non_null(strstr(err.say, "hai.json"));
	err = (struct error){ 0 };
	put(folder, "hai.json", "{\"like\":\"../mot\"}");
	assert_null(profiles_read(folder, &err));
	assert_null(profiles_read("/tmp/no-such-folder-of-profiles", &err));
	snprintf(command, sizeof command, "rm -rf %s", folder);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_profiles_are_whole),
		cmocka_unit_test(own_members_lie_on_the_make_and_on_what_is_common),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
