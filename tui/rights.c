/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/rights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/log.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/home.h"

#define LEVEL "xã"

struct rights {
	struct duty *duty;
	struct arena memory, coming; /* of the rows; of those on their way  */
	const struct my_right *rows;
	int count;
	bool known, reading, again;
	struct rights_ask ask;
	struct listener listener;
	/* What the catalogue's routes make of it, for one catalogue and day: */
	struct arena worked;
	const struct catalogue *catalogue;
	day_t day;
	const struct right_work *works;
	size_t work_count;
	char alarm[400];             /* "": nothing is wrong                */
};

size_t rights_works(struct duty *duty, const struct right_work **out)
{
	struct rights *r = duty->rights;
	day_t today = desk_today(duty->desk);
	if (duty->catalogue && (r->catalogue != duty->catalogue || r->day != today)) {
		struct right_work *works;
		arena_free(&r->worked);
		r->work_count = right_works(&r->worked, duty->catalogue, LEVEL, today, &works);
		r->works = works;
		r->catalogue = duty->catalogue;
		r->day = today;
	}
	*out = r->works;
	return r->catalogue ? r->work_count : 0;
}

static const struct my_right *right_on(const struct rights *r, const char *system)
{
	for (int i = 0; r && i < r->count; i++)
		if (strcmp(r->rows[i].system, system) == 0)
			return &r->rows[i];
	return NULL;
}

const struct my_right *rights_lack(const struct duty *duty, const struct procedure *p,
                                   const struct system *system)
{
	const struct my_right *mine = system ? right_on(duty->rights, system->code) : NULL;
	return mine && right_lacks(mine->state, mine->fields, mine->procedures, p) ? mine : NULL;
}

/* ---- words ---- */

static const char *what_lacks(const struct my_right *mine)
{
	switch (mine->state) {
	case RIGHT_ERROR: return _("tài khoản lỗi");
	case RIGHT_ASKED: return _("đã xin, chưa được cấp");
	case RIGHT_GRANTED: return _("tài khoản chưa có thủ tục này");
	default: return _("chưa có quyền");
	}
}

static const char *whom_to_ask(struct arena *arena, const struct my_right *mine)
{
	if (mine->contact_is_me)
		return _("Ctrl-P “tài khoản” để xin cấp");
	if (!*mine->contact)
		return "";
	return arena_format(arena, _("hỏi %s%s%s"), mine->contact, *mine->contact_phone ? ", " : "",
	                    mine->contact_phone);
}

const char *rights_brief(struct arena *arena, const struct my_right *mine)
{
	const char *ask = whom_to_ask(arena, mine);
	return arena_format(arena, "%s%s%s", what_lacks(mine), *ask ? "; " : "", ask);
}

const char *rights_sentence(struct arena *arena, const struct my_right *mine,
                            const struct system *system)
{
	const char *ask = whom_to_ask(arena, mine);
	const char *carried = strcmp(system->family, "manual") == 0
	                              ? _("Vẫn nhận được; nhập vào hệ thống đó phải nhờ người có quyền")
	                              : _("Vẫn nhận được, hồ sơ gửi bằng tài khoản của đơn vị");
	const char *others = *mine->others ? arena_format(arena, _("có quyền: %s"), mine->others)
	                                   : _("chưa biết ai ở đây có quyền");
	return arena_format(arena, "%s — %s%s%s%s. %s; %s%s%s.", system_brief(system->name),
	                    what_lacks(mine), *mine->note ? " (" : "", mine->note, *mine->note ? ")" : "",
	                    carried, others, *ask ? "; " : "", ask);
}

/* ---- the alarm ---- */

static void own_alarm(struct rights *r, struct bytes *out)
{
	int lacking = 0;
	struct bytes names = { 0 };
	for (size_t i = 0; i < r->work_count; i++) {
		const struct my_right *mine = right_on(r, r->works[i].system->code);
		if (!mine || !right_lacks(mine->state, "", "", NULL))
			continue;
		bytes_format(&names, "%s%s (%s)", lacking++ ? ", " : "",
		             system_brief(r->works[i].system->name), right_name(mine->state));
	}
	if (lacking)
		bytes_format(out, _("Bạn chưa dùng được %d hệ thống: %s."), lacking, bytes_string(&names));
	bytes_free(&names);
}

static void unit_alarm(struct rights *r, struct bytes *out)
{
	int lacking = 0;
	for (size_t i = 0; i < r->work_count; i++) {
		const struct my_right *mine = right_on(r, r->works[i].system->code);
		lacking += mine ? mine->lacking : 0;
	}
	if (lacking)
		bytes_format(out, _("Đơn vị còn %d tài khoản thiếu hoặc lỗi: Ctrl-P “tài khoản”."), lacking);
}

static bool find_alarm(struct rights *r)
{
	struct bytes text = { 0 };
	const struct right_work *works;
	char before[sizeof r->alarm];
	if (!r->known || !rights_works(r->duty, &works))
		return false;
	if (r->duty->facts->is_supervisor)
		unit_alarm(r, &text);
	if (!text.size)
		own_alarm(r, &text);
	memcpy(before, r->alarm, sizeof before);
	snprintf(r->alarm, sizeof r->alarm, "%s", bytes_string(&text));
	while (!text_valid(r->alarm, strlen(r->alarm)))
		r->alarm[strlen(r->alarm) - 1] = '\0'; /* cut inside a letter */
	bytes_free(&text);
	return strcmp(before, r->alarm) != 0;
}

static void look(struct rights *r)
{
	/* The home screen shows it in its own place. */
	if (find_alarm(r) && r->alarm[0] && r->duty->desk->top->kind != &home_screen)
		desk_say(r->duty->desk, FAULT_DENIED, "%s", r->alarm);
	desk_dirty(r->duty->desk);
}

const char *rights_alarm(const struct duty *duty)
{
	return duty->rights && duty->rights->alarm[0] ? duty->rights->alarm : NULL;
}

/* ---- reading ---- */

static void read_them(struct rights *r);

static void on_read(struct rights_ask *ask, const struct my_right *rows, int count,
                    const struct error *err)
{
	struct rights *r = ask->owner;
	r->reading = false;
	if (err) {
		log_error("reading the clerk's rights", err);
		arena_free(&r->coming);
	} else {
		arena_free(&r->memory);
		r->memory = r->coming;
		r->coming = (struct arena){ 0 };
		r->rows = rows;
		r->count = count;
		r->known = true;
		look(r);
	}
	if (r->again)
		read_them(r);
}

static void read_them(struct rights *r)
{
	r->again = r->reading;
	if (r->reading)
		return;
	r->reading = true;
	r->ask = (struct rights_ask){ .done = on_read, .into = &r->coming, .owner = r };
	rights_read(duty_store(r->duty), &r->duty->scope, &r->ask);
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	struct rights *r = OWNER_OF(listener, struct rights, listener);
	(void)id;
	if (strcmp(what, "account") == 0 || strcmp(what, "again") == 0)
		read_them(r);
	else if (strcmp(what, "catalogue") == 0)
		look(r);
}

struct rights *rights_begin(struct duty *duty)
{
	struct rights *r = calloc(1, sizeof *r);
	if (!r)
		abort();
	r->duty = duty;
	r->listener.heard = on_heard;
	duty_listen(duty, &duty->scope, &r->listener);
	read_them(r);
	return r;
}

struct rights *rights_end(struct rights *r)
{
	if (!r)
		return NULL;
	arena_free(&r->memory);
	arena_free(&r->coming);
	arena_free(&r->worked);
	free(r);
	return NULL;
}
