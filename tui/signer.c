/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/signer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/path.h"
#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/ask_pin.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/program.h"

struct signer {
	struct duty *duty;
	struct arena arena;      /* of the names and the alarm */
	struct sign_look look;
	bool looking;
	struct sign_cert cert;
	bool good;
	const char *alarm;
};

static const char *setting(const struct duty *duty, const char *key)
{
	return config_text(&duty->program->config, "sign", key, "");
}

bool signer_used(const struct duty *duty)
{
	return *setting(duty, "module") != '\0';
}

static const char *program_of(const struct duty *duty, struct arena *arena)
{
	return path_join(arena, duty->program->paths.libexec, "motcua-sign");
}

/* ---- what is plugged in ---- */

static void on_looked(struct sign_look *look, const struct error *err)
{
	struct signer *signer = OWNER_OF(look, struct signer, look);
	struct duty *duty = signer->duty;
	moment_t now = desk_now(duty->desk);
	struct error why;
	signer->looking = false;
	arena_free(&signer->arena);
	int at = err ? -1 : sign_pick(&look->found, setting(duty, "key"), now, &why);
	signer->good = at >= 0;
	signer->alarm = NULL;
	if (at >= 0) {
		signer->cert = look->found.certs[at];
		signer->cert.name = arena_string(&signer->arena, signer->cert.name);
		if (sign_warns(&signer->cert, now))
			signer->alarm = arena_format(&signer->arena, _("Ký số: %s."), sign_say(&signer->arena, &signer->cert, now));
	} else {
		signer->alarm = arena_string(&signer->arena, err ? err->say : why.say);
		log_error("looking at the token", err ? err : &why);
	}
	sign_look_clear(look);
	duty_tell(duty, "signer", 0);
	desk_dirty(duty->desk);
}

void signer_look(struct duty *duty)
{
	struct signer *signer = duty->signer;
	struct arena arena = { 0 };
	struct error err = { 0 };
	if (!signer || signer->looking)
		return;
	signer->looking = sign_look_start(duty->desk->loop, &duty->scope, &signer->look, program_of(duty, &arena),
	                                  setting(duty, "module"), on_looked, &err);
	if (!signer->looking)
		log_error("looking at the token", &err);
	arena_free(&arena);
}

struct signer *signer_begin(struct duty *duty)
{
	if (!signer_used(duty))
		return NULL;
	struct signer *signer = calloc(1, sizeof *signer);
	if (!signer)
		abort();
	signer->duty = duty;
	duty->signer = signer;
	signer_look(duty);
	return signer;
}

struct signer *signer_end(struct signer *signer)
{
	if (signer) {
		sign_look_clear(&signer->look);
		arena_free(&signer->arena);
	}
	free(signer);
	return NULL;
}

const char *signer_alarm(const struct duty *duty)
{
	return duty->signer ? duty->signer->alarm : NULL;
}

const struct sign_cert *signer_cert(const struct duty *duty)
{
	return duty->signer && duty->signer->good ? &duty->signer->cert : NULL;
}

/* ---- a batch ---- */

static void over(struct signing *signing, const struct error *err)
{
	sign_look_clear(&signing->look);
	signing->done(signing, err);
}

static void on_signed(struct sign_job *job, const struct error *err)
{
	struct signing *signing = OWNER_OF(job, struct signing, job);
	signer_look(duty_of(signing->screen)); /* a wrong PIN, a token pulled out: the home screen tells */
	over(signing, err);
}

static void on_moved(struct sign_job *job)
{
	struct signing *signing = OWNER_OF(job, struct signing, job);
	desk_say(signing->screen->desk, FAULT_NONE,
	         signing->pad ? _("Đang ký số: %d/%d tệp… Thiết bị hỏi thì nhập PIN trên thiết bị.") : _("Đang ký số: %d/%d tệp…"),
	         job->dealt, job->count);
}

static void on_pin(struct screen *screen, struct pin *pin, void *data)
{
	struct signing *signing = data;
	struct duty *duty = duty_of(screen);
	struct arena arena = { 0 };
	struct error err = { 0 };
	if (!pin) {
		signing->given_up = true;
		over(signing, NULL);
		return;
	}
	signing->job.moved = on_moved;
	bool good = sign_start(duty->desk->loop, &screen->scope, &signing->job, program_of(duty, &arena),
	                       setting(duty, "module"), signing->key, pin, signing->files, signing->count, on_signed, &err);
	arena_free(&arena);
	if (good && signing->pad)
		desk_say(screen->desk, FAULT_NONE, "%s", _("Hãy nhập PIN trên thiết bị ký số…"));
	else if (good)
		desk_say(screen->desk, FAULT_NONE, _("Đang ký số: %d/%d tệp…"), 0, signing->count);
	else
		over(signing, &err);
}

/* A device with keys of its own: the PIN never passes through this keyboard. */
static void on_pad(struct screen *screen, bool yes, void *data)
{
	struct signing *signing = data;
	struct pin empty = { 0 };
	struct error err;
	if (yes && !pin_hold(&empty, &err)) {
		over(signing, &err);
		return;
	}
	on_pin(screen, yes ? &empty : NULL, signing);
	pin_drop(&empty);
}

static void ask_for_pin(struct signing *signing, const struct sign_cert *cert)
{
	struct screen *screen = signing->screen;
	struct arena arena = { 0 };
	struct error err;
	snprintf(signing->key, sizeof signing->key, "%s", cert->print);
	const char *who = sign_say(&arena, cert, desk_now(screen->desk));
	const char *question = arena_format(&arena, cert->pad ? _("Ký số %d tệp? Chọn Có rồi nhập PIN trên thiết bị ký số.\n%s")
	                                                       : _("Ký số %d tệp, một lần PIN.\n%s"), signing->count, who);
	signing->pad = cert->pad;
	if (cert->pad)
		ask_yes(screen, question, false, on_pad, signing);
	else if (!ask_pin(screen, question, on_pin, signing, &err))
		over(signing, &err);
	arena_free(&arena);
}

static void on_cert(struct screen *screen, int choice, void *data)
{
	struct signing *signing = data;
	(void)screen;
	if (choice >= 0) {
		ask_for_pin(signing, &signing->look.found.certs[signing->choices[choice]]);
		return;
	}
	signing->given_up = true;
	over(signing, NULL);
}

/* The one that would be taken by itself stands first. */
static void choose(struct signing *signing, const char *key, moment_t now, int first)
{
	const char *lines[SIGN_CERTS];
	struct arena arena = { 0 };
	int count = 0;
	signing->choices[count++] = first;
	for (int i = 0; i < signing->look.found.count; i++) {
		struct sign_found one = { .tokens = 1, .count = 1, .certs = { signing->look.found.certs[i] } };
		if (i != first && sign_pick(&one, key, now, NULL) == 0)
			signing->choices[count++] = i;
	}
	for (int i = 0; i < count; i++)
		lines[i] = sign_say(&arena, &signing->look.found.certs[signing->choices[i]], now);
	ask_choice(signing->screen, _("Ký bằng chứng thư nào?"), lines, count, 0, on_cert, signing);
	arena_free(&arena);
}

static void on_found(struct sign_look *look, const struct error *err)
{
	struct signing *signing = OWNER_OF(look, struct signing, look);
	struct duty *duty = duty_of(signing->screen);
	moment_t now = desk_now(duty->desk);
	struct error why;
	const char *key = setting(duty, "key");
	int at = err ? -1 : sign_pick(&look->found, key, now, &why);
	if (at < 0)
		over(signing, err ? err : &why);
	else if (!screen_is_top(signing->screen)) { /* the hand went on */
		signing->given_up = true;
		over(signing, NULL);
	} else if (sign_fitting(&look->found, key, now) > 1)
		choose(signing, key, now, at);
	else
		ask_for_pin(signing, &look->found.certs[at]);
}

void signing_start(struct screen *screen, struct signing *signing, struct sign_file *files, int count)
{
	struct duty *duty = duty_of(screen);
	struct arena arena = { 0 };
	struct error err = { 0 };
	signing_clear(signing);
	*signing = (struct signing){ .done = signing->done, .owner = signing->owner, .screen = screen, .files = files,
		.count = count, .job.name = "" };
	bool good = sign_look_start(duty->desk->loop, &screen->scope, &signing->look, program_of(duty, &arena),
	                            setting(duty, "module"), on_found, &err);
	arena_free(&arena);
	if (!good)
		over(signing, &err);
}

void signing_clear(struct signing *signing)
{
	sign_look_clear(&signing->look);
	sign_clear(&signing->job);
}
