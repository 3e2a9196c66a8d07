/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/secrets.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/base/say.h"

/* One value a file; a line's end after it is none of it. */
static bool take_credential(struct config *config, const char *folder, const char *name,
                            struct error *err)
{
	char *path = arena_format(&config->arena, "%s/%s", folder, name), *text;
	struct stat info;
	if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
		return true;
	if (strcmp(name, "courier.secrets") == 0)
		return config_read(config, path, false, err);
	if (!path_read(&config->arena, path, &text, NULL, err))
		return false;
	text[strcspn(text, "\r\n")] = '\0';
	struct config_entry *entry = ARENA_NEW(&config->arena, struct config_entry);
	*entry = (struct config_entry){ .section = "secrets", .key = arena_string(&config->arena, name),
		                        .value = text, .file = path, .next = config->entries };
	config->entries = entry;
	return true;
}

/* systemd keeps this folder from everybody else. */
static bool take_credentials(struct config *config, const char *folder, struct error *err)
{
	struct dirent **names;
	int count = folder ? scandir(folder, &names, NULL, alphasort) : 0;
	bool good = true;
	if (count < 0) {
		fail(err, FAULT_DENIED, _("Không đọc được tệp mật khẩu kết nối %s"), folder);
		return because(err, "%s: %s", folder, strerror(errno));
	}
	for (int i = 0; i < count; i++) {
		good = good && (names[i]->d_name[0] == '.' ||
		                take_credential(config, folder, names[i]->d_name, err));
		free(names[i]);
	}
	if (count)
		free(names);
	return good;
}

static bool take_file(struct config *config, const char *path, struct error *err)
{
	struct stat info;
	if (stat(path, &info) != 0) {
		if (errno == ENOENT)
			return true;
		fail(err, FAULT_DENIED, _("Không đọc được tệp mật khẩu kết nối %s"), path);
		return because(err, "%s: %s", path, strerror(errno));
	}
	if ((info.st_mode & 077) || (info.st_uid != geteuid() && info.st_uid != 0)) {
		fail(err, FAULT_DENIED,
		     _("Tệp mật khẩu %s phải chỉ mình tài khoản chuyển tin đọc được (chmod 600)"),
		     path);
		return because(err, "%s: mode %o, owner %d", path, (unsigned)info.st_mode & 0777,
		               (int)info.st_uid);
	}
	return config_read(config, path, false, err);
}

bool secrets_read(struct config *config, const char *path, struct error *err)
{
	return take_file(config, path, err) &&
	       take_credentials(config, getenv("CREDENTIALS_DIRECTORY"), err);
}

json_t *secrets_of(const struct config *config, const char *system)
{
	json_t *all = json_object();
	size_t n = strlen(system);
	/* The last given comes first in the list. */
	for (const struct config_entry *at = config->entries; at; at = at->next) {
		if (strcmp(at->section, "secrets") != 0 || strncmp(at->key, system, n) != 0 ||
		    (at->key[n] && at->key[n] != '.') || !*at->value)
			continue;
		const char *name = at->key[n] ? at->key + n + 1 : "";
		if (!json_object_get(all, name))
			json_object_set_new(all, name, json_string(at->value));
	}
	return all;
}
