/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/command/clerk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/store/catalogue_load.h"
#include "tui/command/setup.h"
#include "tui/practice.h"

#define PASSWORD_MOST 400
#define COUNTER_FIRST "Q1" /* as the log-in screen proposes */

/* What is waited for, and how it went. */
struct wait {
	struct clerk *clerk;
	bool done, good;
	struct error err;
};

static void over(struct wait *wait, const struct error *err)
{
	if (wait->done)
		return;
	wait->done = true;
	wait->good = !err;
	if (err)
		wait->err = *err;
}

static bool settle(struct wait *wait, struct error *err)
{
	clerk_wait(wait->clerk, &wait->done);
	if (!wait->good && err)
		*err = wait->err;
	return wait->good;
}

void clerk_wait(struct clerk *clerk, const bool *done)
{
	while (!*done)
		loop_turn(&clerk->program->loop, 1000);
}

/* ---- who, and the password ---- */

/* A secret on disk is the owner's alone; a pipe belongs to whoever opened it. */
static bool private(int fd, const char *path, struct error *err)
{
	struct stat info;
	if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || !(info.st_mode & 077))
		return true;
	fail(err, FAULT_INPUT, _("Tệp mật khẩu %s người khác đọc được: đặt quyền 0600 (chmod 600)."), path);
	return because(err, "mode %03o", (unsigned)(info.st_mode & 0777));
}

static bool read_password(const char *path, char *out, size_t room, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = 0, got = 0;
	if (fd < 0) {
		fail(err, FAULT_INPUT, _("Không mở được tệp mật khẩu %s."), path);
		return because(err, "%s", strerror(errno));
	}
	bool good = private(fd, path, err);
	while (good && got + 1 < (ssize_t)room && (n = read(fd, out + got, room - 1 - (size_t)got)) > 0)
		got += n;
	close(fd);
	out[got] = '\0';
	out[strcspn(out, "\r\n")] = '\0';
	if (good && !*out)
		return fail(err, FAULT_INPUT, _("Tệp mật khẩu %s rỗng."), path);
	return good;
}

bool clerk_password(const struct program *program, const struct call *call, char *out, size_t room,
                    struct error *err)
{
	const char *set = getenv("MOTCUA_PASSWORD");
	if (call->password_file)
		return read_password(call->password_file, out, room, err);
	if (!set && program->options.practice)
		set = PRACTICE_PASSWORD;
	if (set && *set && strlen(set) < room) {
		strcpy(out, set);
		unsetenv("MOTCUA_PASSWORD"); /* what is started for us must not inherit it */
		return true;
	}
	return fail(err, FAULT_DENIED, "%s",
	            _("Cần mật khẩu: đặt biến MOTCUA_PASSWORD hoặc dùng --password-file FILE."));
}

static bool find_login(struct clerk *clerk, const struct call *call, const char **login,
                       struct error *err)
{
	struct practice_clerks clerks;
	*login = call->user ? call->user : clerk->program->options.login;
	if (*login)
		return true;
	if (clerk->program->options.practice) {
		practice_clerks_read(&clerks, &clerk->arena, clerk->program->paths.share);
		if (clerks.count) {
			*login = clerks.rows[0].login;
			return true;
		}
	}
	return fail(err, FAULT_DENIED, "%s", _("Cần tài khoản: --user LOGIN."));
}

static const char *find_counter(struct clerk *clerk, const struct call *call)
{
	const char *code = call->counter ? call->counter : program_counter(clerk->program, &clerk->arena);
	return *code ? code : COUNTER_FIRST;
}

/* ---- the session ---- */

static void on_opened(struct session *session, const struct error *err)
{
	over(session_owner(session), err);
}

static bool log_in(struct clerk *clerk, const struct session_plan *plan, struct error *err)
{
	struct wait wait = { .clerk = clerk };
	struct session_calls calls = { .opened = on_opened, .owner = &wait };
	clerk->session = session_open(&clerk->program->loop, plan, &calls, err);
	if (!clerk->session || !settle(&wait, err))
		return false;
	clerk->store = session_store(clerk->session);
	clerk->facts = session_facts(clerk->session);
	return true;
}

bool clerk_begin(struct clerk *clerk, struct program *program, const struct call *call,
                 bool at_counter, struct error *err)
{
	char password[PASSWORD_MOST];
	const char *login;
	*clerk = (struct clerk){ .program = program };
	if (!find_login(clerk, call, &login, err) ||
	    !clerk_password(program, call, password, sizeof password, err))
		return false;
	struct session_plan plan = { .server = program->server, .login = login, .password = password,
		.counter = at_counter ? find_counter(clerk, call) : NULL, .program = "motcua" };
	bool good = (call->as_is || setup_ensure(program, err)) && log_in(clerk, &plan, err);
	seal_wipe(password, sizeof password);
	return good;
}

void clerk_end(struct clerk *clerk)
{
	scope_end(&clerk->scope);
	clerk->session = session_close(clerk->session);
	clerk->catalogue = catalogue_drop(clerk->catalogue);
	seal_key_wipe(&clerk->key);
	arena_free(&clerk->arena);
}

/* ---- catalogue ---- */

static void on_catalogue(void *owner, struct catalogue *fresh, const struct error *err)
{
	struct wait *wait = owner;
	if (fresh)
		wait->clerk->catalogue = fresh;
	over(wait, err);
}

bool clerk_catalogue(struct clerk *clerk, struct error *err)
{
	struct wait wait = { .clerk = clerk };
	clerk->catalogue = catalogue_drop(clerk->catalogue);
	catalogue_load(clerk->store, &clerk->scope,
	               &(struct catalogue_calls){ .done = on_catalogue, .owner = &wait });
	return settle(&wait, err);
}

/* ---- keys ---- */

const char *clerk_keys_file(struct program *program, struct arena *arena)
{
	return path_join(arena, program->paths.data, "known-keys");
}

static void on_registered(struct keys_ask *ask, int64_t key_id, const struct key_list *list,
                          const struct error *err)
{
	struct wait *wait = ask->owner;
	(void)list;
	wait->clerk->key_id = key_id;
	over(wait, err);
}

static void on_keys(struct keys_ask *ask, int64_t key_id, const struct key_list *list,
                    const struct error *err)
{
	struct wait *wait = ask->owner;
	(void)key_id;
	if (list)
		wait->clerk->known = *list;
	over(wait, err);
}

bool clerk_key(struct clerk *clerk, struct error *err)
{
	struct wait registering = { .clerk = clerk }, reading = { .clerk = clerk };
	struct keys_ask mine = { .done = on_registered, .owner = &registering };
	struct keys_ask all = { .done = on_keys, .into = &clerk->arena, .owner = &reading };
	struct error kept = { 0 };
	if (!seal_key_open(&clerk->key, clerk->program->paths.data, err))
		return false;
	keys_register(clerk->store, &clerk->scope, &mine, clerk->facts->counter, clerk->key.public);
	if (!settle(&registering, err))
		return false;
	keys_read(clerk->store, &clerk->scope, &all);
	if (!settle(&reading, err))
		return false;
	if (!keys_save(&clerk->known, clerk_keys_file(clerk->program, &clerk->arena), &kept))
		log_error("keeping the counters' keys", &kept);
	return true;
}
