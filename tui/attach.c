/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/attach.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/say.h"

#define FILE_MOST (50L * 1024 * 1024)

static const struct {
	const char *magic;
	size_t size;
	const char *type, *ending;
} kinds[] = {
	{ "%PDF-", 5, "application/pdf", ".pdf" },
	{ "\xFF\xD8\xFF", 3, "image/jpeg", ".jpg" },
	{ "\x89PNG\r\n\x1A\n", 8, "image/png", ".png" },
};

static const char *type_of(int fd)
{
	char head[8] = { 0 };
	ssize_t n = pread(fd, head, sizeof head, 0);
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (n >= (ssize_t)kinds[i].size && memcmp(head, kinds[i].magic, kinds[i].size) == 0)
			return kinds[i].type;
	return NULL;
}

static bool tiff(int fd)
{
	char head[4] = { 0 };
	return pread(fd, head, sizeof head, 0) == (ssize_t)sizeof head &&
	       (memcmp(head, "II*\0", 4) == 0 || memcmp(head, "MM\0*", 4) == 0);
}

const char *attach_ending(const char *type)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (strcmp(kinds[i].type, type) == 0)
			return kinds[i].ending;
	return "";
}

static bool check(const char *shown, int fd, const char **type, struct error *err)
{
	struct stat info;
	if (fd < 0 || fstat(fd, &info) != 0) {
		fail(err, FAULT_INPUT, _("Không mở được tệp %s."), shown);
		return because(err, "open: %s", strerror(errno));
	}
	if (!S_ISREG(info.st_mode))
		return fail(err, FAULT_INPUT, _("%s không phải là tệp."), shown);
	if (info.st_size == 0)
		return fail(err, FAULT_INPUT, _("Tệp %s rỗng."), shown);
	if (info.st_size > FILE_MOST)
		return fail(err, FAULT_INPUT, _("Tệp %s quá 50 MB: quét lại ở độ phân giải thấp hơn."), shown);
	if (tiff(fd))
		return fail(err, FAULT_INPUT, _("Tệp %s là ảnh TIFF: chọn lại rồi bấm F5 xem trang, các trang sẽ thành PDF."), shown);
	*type = type_of(fd);
	return *type || fail(err, FAULT_INPUT, _("Tệp %s không phải PDF, JPEG hay PNG."), shown);
}

bool attach_open(const char *path, const char *shown, int *fd, const char **type, struct error *err)
{
	*fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	bool good = check(shown, *fd, type, err);
	if (!good && *fd >= 0)
		close(*fd);
	return good;
}
