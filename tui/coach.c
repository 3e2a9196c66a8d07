/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/coach.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "tui/desk_own.h"
#include "tui/duty.h"
#include "tui/practice.h"
#include "tui/program.h"

/* The audit trail is asked so often while a step waits for an act. */
enum { LOOK_MS = 1000, SOON_MS = 100 };

struct coach {
	struct duty *duty;
	struct scope scope;
	const struct lesson *lesson; /* NULL: none */
	int step;
	moment_t since;              /* what was done before is of no lesson */
	struct lessons_ask keep, acts;
	struct arena seen, coming;   /* of acts */
	const char *const *done;
	int done_count;
	bool asking;
	struct timer look;
	unsigned card;               /* whose turn it is to come */
	char hint[400];
};

int lesson_steps(const struct lesson *lesson)
{
	int count = 0;
	while (lesson->steps[count].say)
		count++;
	return count;
}

static struct coach *coach_of(const struct desk *desk)
{
	struct duty *duty = duty_at(desk);
	return duty ? duty->coach : NULL;
}

/* ---- was it done? ---- */

static bool recorded(const struct coach *coach, const char *act)
{
	for (int i = 0; i < coach->done_count; i++)
		if (strcmp(coach->done[i], act) == 0)
			return true;
	return false;
}

/* A dialog over the screen is still the screen's work. */
static const struct screen *where(const struct desk *desk, const char *kind)
{
	const struct screen *ground = screen_ground(desk);
	if (desk->top && strcmp(desk->top->kind->name, kind) == 0)
		return desk->top;
	return ground && strcmp(ground->kind->name, kind) == 0 ? ground : NULL;
}

static bool is_done(const struct coach *coach, const struct lesson_step *step)
{
	const struct screen *screen = step->on ? where(coach->duty->desk, step->on) : NULL;
	if (step->on && !screen)
		return false;
	if (step->reached && !(screen && screen->kind->reached && screen->kind->reached(screen, step->reached)))
		return false;
	return !step->act || recorded(coach, step->act);
}

/* ---- progress ---- */

static void on_kept(struct lessons_ask *ask, const struct error *err)
{
	(void)ask;
	if (err)
		log_error("keeping a lesson's progress", err);
}

static void keep(struct coach *coach, const struct lesson *lesson, int step, bool finished)
{
	coach->keep = (struct lessons_ask){ .done = on_kept, .owner = coach };
	lesson_keep(duty_store(coach->duty), &coach->scope, &coach->keep, lesson->name, step, finished);
}

static void finish(struct coach *coach)
{
	const struct lesson *lesson = coach->lesson;
	keep(coach, lesson, coach->step, true);
	coach_stop(coach);
	desk_say(coach->duty->desk, FAULT_NONE, _("Xong bài “%s”. Ctrl-P, “bài tập” để học bài khác."), _(lesson->title));
}

static void turned(struct desk *desk)
{
	struct coach *coach = coach_of(desk);
	if (!coach || !coach->lesson)
		return;
	const struct lesson_step *steps = coach->lesson->steps;
	int before = coach->step;
	while (steps[coach->step].say && is_done(coach, &steps[coach->step]))
		coach->step++;
	if (!steps[coach->step].say) {
		finish(coach);
		return;
	}
	if (coach->step != before)
		keep(coach, coach->lesson, coach->step, false);
	if (steps[coach->step].act && !coach->look.armed && !coach->asking)
		loop_after(desk->loop, &coach->look, coach->step != before ? SOON_MS : LOOK_MS);
}

static void on_acts(struct lessons_ask *ask, const struct error *err)
{
	struct coach *coach = ask->owner;
	coach->asking = false;
	if (err) {
		arena_free(&coach->coming);
		log_error("looking what was done in a lesson", err);
	} else {
		arena_free(&coach->seen);
		coach->seen = coach->coming;
		coach->coming = (struct arena){ 0 };
		coach->done = ask->acts;
		coach->done_count = ask->count;
	}
	desk_dirty(coach->duty->desk); /* and so the step is judged again */
}

static void on_look(struct timer *timer)
{
	struct coach *coach = OWNER_OF(timer, struct coach, look);
	if (!coach->lesson || coach->asking)
		return;
	coach->asking = true;
	coach->acts = (struct lessons_ask){ .done = on_acts, .into = &coach->coming, .owner = coach };
	lesson_acts(duty_store(coach->duty), &coach->scope, &coach->acts, coach->since);
}

/* ---- the line ---- */

static const char *hint(const struct desk *desk)
{
	struct coach *coach = coach_of(desk);
	if (!coach || !coach->lesson || !desk->top || desk->top->kind->lock)
		return "";
	const struct lesson_step *step = &coach->lesson->steps[coach->step];
	if (!step->say)
		return "";
	const char *words = step->back && step->on && !where(desk, step->on) ? step->back : step->say;
	snprintf(coach->hint, sizeof coach->hint, _("Bài tập %d/%d: %s"), coach->step + 1, lesson_steps(coach->lesson), _(words));
	return coach->hint;
}

/* ---- from outside ---- */

struct coach *coach_begin(struct duty *duty)
{
	if (!duty->facts->practice)
		return NULL;
	struct coach *coach = calloc(1, sizeof *coach);
	if (!coach)
		abort();
	coach->duty = duty;
	coach->look.fire = on_look;
	duty->desk->turned = turned;
	duty->desk->hint = hint;
	return coach;
}

struct coach *coach_end(struct coach *coach)
{
	if (!coach)
		return NULL;
	coach->duty->desk->turned = NULL;
	coach->duty->desk->hint = NULL;
	loop_cancel(coach->duty->desk->loop, &coach->look);
	scope_end(&coach->scope);
	arena_free(&coach->seen);
	arena_free(&coach->coming);
	free(coach);
	return NULL;
}

void coach_start(struct coach *coach, const struct lesson *lesson, int step, moment_t begun_at)
{
	coach_stop(coach);
	coach->lesson = lesson;
	coach->step = step < lesson_steps(lesson) ? step : 0;
	coach->since = coach->step ? begun_at : desk_now(coach->duty->desk);
	coach->done_count = 0;
	keep(coach, lesson, coach->step, false);
	desk_dirty(coach->duty->desk);
}

void coach_stop(struct coach *coach)
{
	coach->lesson = NULL;
	loop_cancel(coach->duty->desk->loop, &coach->look);
	desk_dirty(coach->duty->desk);
}

const struct lesson *coach_lesson(const struct coach *coach, int *step)
{
	if (step)
		*step = coach->step;
	return coach->lesson;
}

void coach_card(struct coach *coach)
{
	struct arena arena = { 0 };
	const char *card = practice_card(&arena, coach->duty->program->paths.share, coach->card++);
	if (card)
		desk_event(coach->duty->desk, &(struct event){ .kind = EVENT_SCAN, .text = card, .size = strlen(card), .exact = true });
	else
		desk_say(coach->duty->desk, FAULT_DEVICE, "%s", _("Không đọc được thẻ tập (core/data/practice/cards.txt)."));
	arena_free(&arena);
}
