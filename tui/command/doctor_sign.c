/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua doctor: whether the token answers, and until when its certificate is valid. */
#include "core/base/path.h"
#include "core/base/say.h"
#include "core/sign/sign.h"
#include "tui/command/doctor.h"

struct looking {
	struct sign_look look;
	bool done;
	struct error err;
};

static void on_looked(struct sign_look *look, const struct error *err)
{
	struct looking *looking = OWNER_OF(look, struct looking, look);
	looking->done = true;
	if (err)
		looking->err = *err;
}

static void tell(struct doctor *doctor, struct looking *looking, const char *key)
{
	moment_t now = moment_now();
	const struct sign_found *found = &looking->look.found;
	int at = looking->err.fault ? -1 : sign_pick(found, key, now, &looking->err);
	if (at < 0) {
		doctor_find(doctor, "signer", _("Ký số"), FINDING_BAD, "", "%s", looking->err.say);
		return;
	}
	const struct sign_cert *cert = &found->certs[at];
	bool warns = sign_warns(cert, now);
	doctor_find(doctor, "signer", _("Ký số"), warns ? FINDING_NOTE : FINDING_GOOD,
	            warns ? _("Liên hệ nơi cấp để gia hạn hoặc hỏi về PIN, trước khi không ký được nữa.") : "", "%s",
	            sign_say(&doctor->arena, cert, now));
}

void doctor_signer(struct doctor *doctor)
{
	struct program *program = doctor->program;
	const char *module = config_text(&program->config, "sign", "module", "");
	const char *helper = path_join(&doctor->arena, program->paths.libexec, "motcua-sign");
	struct scope scope = { 0 };
	struct looking looking = { .done = false };
	if (!*module)
		return; /* not used here */
	if (sign_look_start(&program->loop, &scope, &looking.look, helper, module, on_looked, &looking.err))
		while (!looking.done)
			loop_turn(&program->loop, 1000);
	tell(doctor, &looking, config_text(&program->config, "sign", "key", ""));
	sign_look_clear(&looking.look);
}
