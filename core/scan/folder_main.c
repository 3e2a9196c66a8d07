/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua-folder — looks into folders that may hang or vanish; see core/scan/folder.h.
 *
 * Two processes: one that touches the folder and may hang with it, where no signal
 * reaches it, and one that never does, so that the counter can always end it. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/scan/folder_own.h"

#define WORDS_MOST 5

int64_t folder_time(const struct stat *info)
{
	int64_t time = (int64_t)info->st_mtim.tv_sec * 1000000000 + info->st_mtim.tv_nsec;
	return time < 0 ? 0 : time;
}

bool folder_error(struct error *err, const char *cause)
{
	char text[160];
	int why = errno;
	bool gone = why == ENOENT || why == ENOTDIR;
	bool right = why == EACCES || why == EPERM || why == EROFS;
	snprintf(text, sizeof text, "%s: %s", cause, strerror(why));
	return folder_fail(err, gone ? "gone" : right ? "right" : why == ELOOP || why == ENXIO ? "kind" : "io", text);
}

int folder_open(const char *path, struct error *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		folder_error(err, "open the folder");
	return fd;
}

int folder_open_file(int folder, const char *name, struct stat *info, struct error *err)
{
	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0) {
		folder_error(err, "open");
		return -1;
	}
	if (fstat(fd, info) == 0 && S_ISREG(info->st_mode))
		return fd;
	close(fd);
	folder_fail(err, "kind", "no regular file");
	return -1;
}

bool folder_passing(const char *name)
{
	static const char *const endings[] = { "~", ".tmp", ".part", ".crdownload", ".filepart", ".lock" };
	size_t n = strlen(name);
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		size_t m = strlen(endings[i]);
		if (n > m && strcasecmp(name + n - m, endings[i]) == 0)
			return true;
	}
	return *name == '.';
}

void folder_say(const struct bytes *text)
{
	fwrite(text->data, 1, text->size, stdout);
	fflush(stdout);
}

/* ---- list ---- */

/* Links to files lead somewhere else and are left out; links to folders may be entered. */
static bool add(struct bytes *out, int folder, const char *name)
{
	struct stat info;
	if (*name == '.' || fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	if (S_ISLNK(info.st_mode) && (fstatat(folder, name, &info, 0) != 0 || !S_ISDIR(info.st_mode)))
		return false;
	if (!S_ISDIR(info.st_mode) && !S_ISREG(info.st_mode))
		return false;
	folder_line_write(out, &(struct folder_entry){ .name = name, .folder = S_ISDIR(info.st_mode),
		.size = info.st_size, .time = folder_time(&info) });
	return true;
}

static bool list(const char *path, struct error *err)
{
	char real[PATH_MAX];
	struct bytes out = { 0 };
	int fd = folder_open(path, err), count = 0;
	DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
	if (!folder)
		return fd < 0 ? false : folder_error(err, "fdopendir");
	bytes_text(&out, "here ");
	folder_word_write(&out, realpath(path, real) ? real : path);
	bytes_text(&out, "\n");
	for (struct dirent *entry; count < FOLDER_LIST_MOST && (entry = readdir(folder));)
		count += add(&out, fd, entry->d_name);
	if (count == FOLDER_LIST_MOST)
		bytes_text(&out, "more\n");
	folder_say(&out);
	bytes_free(&out);
	closedir(folder);
	return true;
}

/* ---- the worker ---- */

static bool work(const char *verb, char *const *words, int count, struct error *err)
{
	if (strcmp(verb, "list") == 0 && count == 1)
		return list(words[0], err);
	if (strcmp(verb, "watch") == 0 && count == 2)
		return folder_look(words[0], atoi(words[1]), err);
	if (strcmp(verb, "take") == 0 && count == 3 && folder_name_fits(words[1]))
		return folder_take(words[0], words[1], words[2], err);
	if (strcmp(verb, "away") == 0 && count == 5 && folder_name_fits(words[1]))
		return folder_away(words[0], words[1], atoll(words[2]), atoll(words[3]), atoi(words[4]), err);
	return folder_fail(err, "crash", "arguments");
}

static int end_with(const char *word, const char *cause)
{
	printf("end %s\t", word);
	for (; *cause; cause++)
		putchar((unsigned char)*cause < ' ' ? ' ' : *cause);
	putchar('\n');
	fflush(stdout);
	return strcmp(word, "done") == 0 ? 0 : 1;
}

static int be_worker(const char *verb)
{
	struct arena arena = { 0 };
	struct rlimit file = { FOLDER_TAKE_MOST, FOLDER_TAKE_MOST };
	struct error err = { 0 };
	char line[3 * PATH_MAX + 2], *words[WORDS_MOST];
	int count = 0;
	bool good = true;
	(void)setrlimit(RLIMIT_FSIZE, &file);
	signal(SIGXFSZ, SIG_IGN);
	while (good && count < WORDS_MOST && fgets(line, sizeof line, stdin)) {
		words[count] = folder_word_read(&arena, line, strcspn(line, "\n"));
		good = words[count++] != NULL;
	}
	good = good ? work(verb, words, count, &err) : folder_fail(&err, "crash", "a word");
	arena_free(&arena);
	return good ? end_with("done", "") : end_with(err.code, err.log);
}

int main(int argc, char **argv)
{
	int status = 0;
	if (argc != 2) {
		fprintf(stderr, "usage: motcua-folder VERB; see core/scan/folder.h\n");
		return 64;
	}
	pid_t pid = fork();
	if (pid == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		return getppid() == 1 ? 1 : be_worker(argv[1]);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 70;
}
