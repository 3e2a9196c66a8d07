/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua sign — files signed with this machine's token, one PIN for all; each signed file
 * is a new one beside the original.  No log-in, no database. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/base/place.h"
#include "core/base/say.h"
#include "core/sign/sign.h"
#include "tui/command/command.h"

struct sign_call {
	struct program *program;
	struct call call;
	struct scope scope;
	struct sign_look look;
	struct sign_job job;
	struct placing placing;
	struct sign_file files[SIGN_FILES_MOST];
	int count;
	const char *module, *key, *helper;
	bool done;
	struct error err;
};

static void settle(struct sign_call *c, const struct error *err)
{
	c->done = true;
	c->err = err ? *err : (struct error){ 0 };
}

static bool wait_for(struct sign_call *c)
{
	while (!c->done)
		loop_turn(&c->program->loop, 1000);
	c->done = false;
	return !c->err.fault;
}

static void on_looked(struct sign_look *look, const struct error *err)
{
	settle(look->owner, err);
}

static void on_signed(struct sign_job *job, const struct error *err)
{
	settle(job->owner, err);
}

static void on_placed(struct placing *placing, const struct error *err)
{
	settle(placing->owner, err);
}

/* ---- the token ---- */

static bool look(struct sign_call *c)
{
	const struct config *config = &c->program->config;
	c->module = config_text(config, "sign", "module", "");
	c->key = c->call.key ? c->call.key : config_text(config, "sign", "key", "");
	c->helper = path_join(&c->program->arena, c->program->paths.libexec, "motcua-sign");
	if (!*c->module)
		return fail(&c->err, FAULT_INPUT, "%s",
		            _("Máy này chưa cài ký số: người quản trị ghi module ở mục [sign] của motcua.ini."));
	c->look.owner = c;
	return sign_look_start(&c->program->loop, &c->scope, &c->look, c->helper, c->module, on_looked, &c->err) && wait_for(c);
}

static int list(struct sign_call *c)
{
	json_t *rows = json_array();
	struct arena *arena = &c->program->arena;
	moment_t now = moment_now();
	int chosen = sign_pick(&c->look.found, c->key, now, &c->err);
	for (int i = 0; i < c->look.found.count; i++) {
		const struct sign_cert *cert = &c->look.found.certs[i];
		struct sign_found one = { .tokens = 1, .count = 1, .certs = { *cert } };
		struct error why = { 0 };
		bool good = sign_pick(&one, "", now, &why) == 0;
		if (c->call.json)
			json_array_append_new(rows, json_pack("{s:s, s:s, s:o, s:o, s:b, s:b, s:s}", "print", cert->print, "name",
			                                      cert->name, "from", command_moment(cert->from), "to",
			                                      command_moment(cert->to), "good", good, "chosen", i == chosen, "say", why.say));
		else
			printf("%s %s  %s%s%s\n", i == chosen ? "●" : good ? "·" : "!", cert->print, sign_say(arena, cert, now),
			       good ? "" : " → ", why.say);
	}
	if (c->call.json)
		command_json(rows);
	else
		json_decref(rows);
	return chosen >= 0 ? 0 : command_failed(&c->err);
}

/* ---- the PIN ---- */

static bool read_line(int fd, struct pin *pin)
{
	char byte;
	ssize_t n;
	while ((n = read(fd, &byte, 1)) == 1 && byte != '\n')
		if (byte != '\r' && (pin->size == PIN_MOST || !pin_add(pin, &byte, 1)))
			return false;
	explicit_bzero(&byte, 1);
	return n >= 0 && pin->size > 0;
}

static bool pin_of_file(const char *path, struct pin *pin, struct error *err)
{
	struct stat info;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	bool good = fd >= 0 && fstat(fd, &info) == 0;
	if (!good) {
		fail(err, FAULT_INPUT, _("Không mở được tệp %s."), path);
		because(err, "open: %s", strerror(errno));
	} else if (S_ISREG(info.st_mode) && (info.st_mode & 077)) {
		good = fail(err, FAULT_DENIED, _("Tệp PIN %s người khác đọc được: đặt quyền 0600."), path);
	} else if (!read_line(fd, pin)) {
		good = fail(err, FAULT_INPUT, _("Dòng đầu của %s không phải PIN."), path);
	}
	if (fd >= 0)
		close(fd);
	return good;
}

/* It only ends the reading: a terminal is not left without its echo. */
static void on_signal(int number)
{
	(void)number;
}

/* From the terminal itself, not from standard input. */
static bool pin_of_terminal(struct sign_call *c, const struct sign_cert *cert, struct pin *pin)
{
	struct termios was, quiet;
	struct sigaction stop = { .sa_handler = on_signal }, before[2];
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (fd < 0 || tcgetattr(fd, &was) != 0) {
		if (fd >= 0)
			close(fd);
		return fail(&c->err, FAULT_INPUT, "%s", _("Không có bàn phím để gõ PIN: dùng --pin-file."));
	}
	quiet = was;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	dprintf(fd, _("Ký số %d tệp, một lần PIN.\n%s"), c->count, sign_say(&c->program->arena, cert, moment_now()));
	dprintf(fd, "\nPIN: ");
	sigaction(SIGINT, &stop, &before[0]);
	sigaction(SIGTERM, &stop, &before[1]);
	(void)tcsetattr(fd, TCSAFLUSH, &quiet);
	bool good = read_line(fd, pin);
	(void)tcsetattr(fd, TCSAFLUSH, &was);
	sigaction(SIGINT, &before[0], NULL);
	sigaction(SIGTERM, &before[1], NULL);
	dprintf(fd, "\n");
	close(fd);
	return good || fail(&c->err, FAULT_INPUT, "%s", _("Chưa gõ PIN, chưa ký tệp nào."));
}

static bool take_pin(struct sign_call *c, const struct sign_cert *cert, struct pin *pin)
{
	if (!pin_hold(pin, &c->err))
		return false;
	if (cert->pad) {
		fprintf(stderr, "%s\n", _("Hãy nhập PIN trên thiết bị ký số…"));
		return true;
	}
	bool good = c->call.pin_file ? pin_of_file(c->call.pin_file, pin, &c->err) : pin_of_terminal(c, cert, pin);
	if (!good)
		pin_drop(pin);
	return good;
}

/* ---- files ---- */

static bool open_files(struct sign_call *c)
{
	if (c->call.count > SIGN_FILES_MOST)
		return fail(&c->err, FAULT_INPUT, _("Mỗi lần ký nhiều nhất %d tệp."), SIGN_FILES_MOST);
	for (int i = 0; i < c->call.count; i++) {
		struct sign_file *file = &c->files[c->count++];
		file->in = open(c->call.words[i], O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
		file->out = memfd_create("signed", MFD_CLOEXEC);
		if (file->in < 0 || file->out < 0) {
			fail(&c->err, FAULT_INPUT, _("Không mở được tệp %s."), c->call.words[i]);
			return because(&c->err, "open: %s", strerror(errno));
		}
	}
	return true;
}

/* NAME.pdf → NAME.signed.pdf, anything else → NAME.p7s; beside it, or in the folder of --out. */
static bool place(struct sign_call *c, int at)
{
	struct arena *arena = &c->program->arena;
	const char *path = c->call.words[at], *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const char *folder = c->call.out ? c->call.out : slash == path ? "/" : slash ? arena_copy(arena, path, (size_t)(slash - path)) : ".";
	char head[5] = "";
	bool pdf = pread(c->files[at].out, head, sizeof head, 0) == (ssize_t)sizeof head && memcmp(head, "%PDF-", 5) == 0;
	size_t size = strlen(name);
	if (pdf && size > 4 && strcasecmp(name + size - 4, ".pdf") == 0)
		name = arena_copy(arena, name, size - 4);
	c->placing = (struct placing){ .done = on_placed, .owner = c };
	return place_start(&c->program->loop, &c->scope, &c->placing, c->files[at].out, folder, name,
	                   pdf ? "signed.pdf" : "p7s", &c->err) && wait_for(c);
}

/* The worst of what happened to the files, 0: all of them are signed. */
static int answer(struct sign_call *c)
{
	json_t *rows = json_array();
	int status = 0;
	for (int i = 0; i < c->count; i++) {
		struct sign_file *file = &c->files[i];
		if (file->good && !place(c, i)) {
			file->good = false;
			file->why = c->err;
		}
		if (!file->good)
			status = exit_status(&file->why);
		if (c->call.json)
			json_array_append_new(rows, json_pack("{s:s, s:b, s:s, s:s}", "file", c->call.words[i], "signed", file->good,
			                                      "to", file->good ? c->placing.where : "", "say", file->good ? "" : file->why.say));
		else if (file->good)
			printf("%s\n", c->placing.where);
		else
			fprintf(stderr, "%s: %s\n", c->call.words[i], file->why.say);
	}
	if (c->call.json)
		command_json(json_pack("{s:s, s:s, s:o, s:o}", "name", c->job.name, "print", c->job.print, "to",
		                       command_moment(c->job.to), "files", rows));
	else
		json_decref(rows);
	return status;
}

static int sign(struct sign_call *c)
{
	struct pin pin = { 0 };
	int at = open_files(c) ? sign_pick(&c->look.found, c->key, moment_now(), &c->err) : -1;
	if (at < 0 || !take_pin(c, &c->look.found.certs[at], &pin))
		return command_failed(&c->err);
	c->job.owner = c;
	if (!sign_start(&c->program->loop, &c->scope, &c->job, c->helper, c->module, c->look.found.certs[at].print, &pin,
	                c->files, c->count, on_signed, &c->err))
		return command_failed(&c->err);
	if (!wait_for(c) && !c->job.signed_count)
		return command_failed(&c->err);
	return answer(c);
}

int command_sign(struct program *program, int argc, char **argv)
{
	struct sign_call c = { .program = program };
	if (!command_read(&c.call, argc, argv, 0, 0))
		return EXIT_USAGE;
	if (c.call.list == (c.call.count > 0))
		return command_misused(argv[0]);
	int status = !look(&c) ? command_failed(&c.err) : c.call.list ? list(&c) : sign(&c);
	for (int i = 0; i < c.count; i++) {
		if (c.files[i].in >= 0)
			close(c.files[i].in);
		if (c.files[i].out >= 0)
			close(c.files[i].out);
	}
	sign_look_clear(&c.look);
	sign_clear(&c.job);
	return status;
}
