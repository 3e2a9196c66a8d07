/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/secrets.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/say.h"

bool secrets_read(struct config *config, const char *path, struct error *err)
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

const char *secrets_of(const struct config *config, const char *system)
{
	return config_text(config, "secrets", system, "");
}
