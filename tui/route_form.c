/* SPDX-License-Identifier: Apache-2.0
 *
 *  NHẬP QUY TẮC TUYẾN GỬI
 *   Thủ tục (mã)       >1.004873^             để trống: mọi thủ tục
 *   Trường hợp
 *   Bộ, ngành
 *   Lĩnh vực
 *   Cấp giải quyết      (●) mọi cấp ( ) xã ( ) tỉnh ( ) bộ ( ) khác
 *   Đơn vị giải quyết
 *   Chuyển đến *        tinh
 *   Báo thêm cho        cong,dieu-phoi
 *   Từ ngày *           23/11/2026
 *   …
 *  F1 Giúp  F4 Chọn  F9 Xem thử  Esc Bỏ
 */
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/dossier/catalogue.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/form.h"
#include "tui/route_screen.h"
#include "tui/route_text.h"

/*      item      label                        most  hint */
#define ITEMS(X)                                                                              \
	X(PROCEDURE, N_("Thủ tục (mã)"),       14,   N_("để trống: mọi thủ tục"))            \
	X(CASE,      N_("Trường hợp"),         200,  N_("vài chữ trong tên trường hợp"))     \
	X(MINISTRY,  N_("Bộ, ngành"),          120,  N_("vài chữ; F4 chọn"))                 \
	X(FIELD,     N_("Lĩnh vực"),           200,  N_("vài chữ; F4 chọn"))                 \
	X(LEVEL,     N_("Cấp giải quyết"),     0,    NULL)                                   \
	X(UNIT,      N_("Đơn vị giải quyết"),  60,   N_("mã đơn vị; để trống: mọi đơn vị"))  \
	X(SYSTEM,    N_("Chuyển đến"),         40,   N_("mã hoặc tên hệ thống; F4 chọn"))             \
	X(TOLD,      N_("Báo thêm cho"),       120,  N_("các mã cách nhau bằng dấu phẩy"))   \
	X(FROM,      N_("Từ ngày"),            10,   N_("hồ sơ nhận từ ngày này"))           \
	X(TO,        N_("Đến hết ngày"),       10,   N_("để trống: chưa hạn"))               \
	X(NUMBER,    N_("Số văn bản"),         100,  N_("ví dụ CV 77/STP-HTTK"))             \
	X(DAY,       N_("Ngày văn bản"),       10,   NULL)                                   \
	X(BY,        N_("Cơ quan ban hành"),   200,  NULL)                                   \
	X(NOTE,      N_("Ghi chú"),            500,  NULL)

enum item {
#define X(name, label, most, hint) I_##name,
	ITEMS(X)
#undef X
	I_COUNT
};
static const struct {
	const char *label, *hint;
	int most;
} facts[I_COUNT] = {
#define X(name, label, most, hint) { label, hint, most },
	ITEMS(X)
#undef X
};
static const char *const levels[] = { N_("mọi cấp"), N_("xã"), N_("tỉnh"), N_("bộ"), N_("khác"), NULL };
static const char *const level_words[] = { "", "xã", "tỉnh", "bộ", "khác" };

struct rule_form {
	struct form form;
	struct form_item items[I_COUNT];
	struct field fields[I_COUNT];
	struct choice level;
	int64_t ended;          /* the rule that is being ended; 0: a new one */
	const char *what;       /* it, in words                               */
	struct route_draft draft;
	/* Of the choice under way: */
	enum item picking;
	const char **picks;
	int pick_count;
};

static const struct catalogue *catalogue_at(const struct screen *screen)
{
	return duty_of(screen)->catalogue;
}

static bool of_ending(int item)
{
	return item == I_FROM || item == I_NUMBER || item == I_DAY || item == I_NOTE;
}

static void rule_form_open(struct screen *screen, const void *argument)
{
	const struct route_plan *plan = argument;
	struct rule_form *f = screen->state;
	char day[16];
	for (int i = 0; i < I_COUNT; i++) {
		field_init(&f->fields[i], &screen->arena, &screen->desk->composer);
		f->fields[i].max = facts[i].most;
		f->items[i] = (struct form_item){ .label = facts[i].label, .kind = FORM_FIELD,
			.field = &f->fields[i], .hint = facts[i].hint, .hidden = plan->ended && !of_ending(i),
			.required = i == I_SYSTEM || i == I_FROM || i == I_NUMBER || i == I_DAY || i == I_BY };
	}
	f->level.names = levels;
	f->items[I_LEVEL] = (struct form_item){ .label = facts[I_LEVEL].label, .kind = FORM_CHOICE,
		.choice = &f->level, .hidden = plan->ended };
	f->fields[I_PROCEDURE].plain = f->fields[I_UNIT].plain = f->fields[I_SYSTEM].plain = true;
	f->fields[I_TOLD].plain = f->fields[I_FROM].plain = f->fields[I_TO].plain = true;
	f->fields[I_DAY].plain = true;
	field_set(&f->fields[I_TOLD], "cong,dieu-phoi");
	field_set(&f->fields[I_FROM], day_write(desk_today(screen->desk) + 1, day, sizeof day));
	if (plan->ended) {
		f->ended = plan->ended->rule_id;
		f->what = arena_format(&screen->arena, _("Kết thúc quy tắc số %lld: %s → %s"),
		                       (long long)f->ended, route_applies(&screen->arena, plan->ended),
		                       plan->ended->system_name);
		screen->title = _("KẾT THÚC QUY TẮC");
		f->items[I_NOTE].label = N_("Vì sao");
		f->items[I_NOTE].required = true;
	}
	f->form = (struct form){ .items = f->items, .count = I_COUNT, .labels = 19 };
	form_start(&f->form);
}

/* Codes are typed, names are read. */
static void draw_names(const struct screen *screen, struct canvas *canvas)
{
	struct rule_form *f = screen->state;
	struct arena arena = { 0 };
	const struct catalogue *catalogue = catalogue_at(screen);
	const char *told = route_systems(&arena, catalogue, f->fields[I_TOLD].text);
	if (catalogue && catalogue_system(catalogue, f->fields[I_SYSTEM].text))
		canvas_format(canvas, canvas->rows - 2, 1, ROLE_TEXT, "→ %s",
		              route_system_full(&arena, catalogue, f->fields[I_SYSTEM].text));
	if (*told)
		canvas_format(canvas, canvas->rows - 1, 1, ROLE_TEXT, _("Báo thêm cho: %s"), told);
	arena_free(&arena);
}

static void rule_form_draw(const struct screen *screen, struct canvas *canvas)
{
	struct rule_form *f = screen->state;
	if (f->what)
		canvas_lines(canvas, 0, 1, canvas->cols - 2, ROLE_HEAD, f->what);
	if (!f->ended)
		draw_names(screen, canvas);
	int top = f->what ? 3 : 1;
	struct canvas inputs = canvas_part(canvas, top, 1, canvas->rows - top, canvas->cols - 2);
	form_draw(&f->form, &inputs);
}

/* ---- what was typed, found in the catalogue ---- */

static bool wrong(struct screen *screen, enum item item, const char *say)
{
	struct rule_form *f = screen->state;
	f->fields[item].wrong = true;
	form_focus(&f->form, &f->fields[item]);
	desk_say(screen->desk, FAULT_INPUT, "%s", say);
	return false;
}

/* Adds a value once. */
static void pick_add(struct rule_form *f, const char *value)
{
	for (int i = 0; i < f->pick_count; i++)
		if (strcmp(f->picks[i], value) == 0)
			return;
	if (*value)
		f->picks[f->pick_count++] = value;
}

/* The values an item may take: of cases those of the procedure typed. */
static void picks_of(struct screen *screen, struct arena *arena, enum item item)
{
	struct rule_form *f = screen->state;
	const struct catalogue *c = catalogue_at(screen);
	f->picks = ARENA_MANY(arena, const char *,
	                      c->count[CATALOGUE_PROCEDURES] + c->count[CATALOGUE_SYSTEMS] +
	                              c->count[CATALOGUE_CASES] + 1);
	f->pick_count = 0;
	const struct procedure *p = catalogue_known(c, f->fields[I_PROCEDURE].text);
	for (size_t i = 0; item == I_CASE && p && i < p->case_count; i++)
		pick_add(f, p->cases[i].name);
	for (size_t i = 0; item == I_SYSTEM && i < c->count[CATALOGUE_SYSTEMS]; i++)
		pick_add(f, c->systems[i].code);
	for (size_t i = 0; (item == I_MINISTRY || item == I_FIELD) && i < c->count[CATALOGUE_PROCEDURES]; i++)
		pick_add(f, item == I_MINISTRY ? c->procedures[i].ministry : c->procedures[i].field);
}

/* The one value that holds what was typed, accents aside; NULL: none or several. */
static const char *only(struct screen *screen, struct arena *arena, enum item item)
{
	struct rule_form *f = screen->state;
	const char *typed = f->fields[item].text, *found = NULL;
	const char *want = text_fold_new(arena, typed);
	picks_of(screen, arena, item);
	for (int i = 0; i < f->pick_count; i++) {
		if (strcmp(f->picks[i], typed) == 0)
			return f->picks[i];
		const char *whole = item == I_SYSTEM ? route_system_full(arena, catalogue_at(screen), f->picks[i]) : f->picks[i];
		if (!strstr(text_fold_new(arena, whole), want))
			continue;
		if (found)
			return NULL;
		found = f->picks[i];
	}
	return found;
}

/* Takes a matched value into the draft and shows it in full. */
static bool take_matched(struct screen *screen, enum item item, const char **out, const char *say)
{
	struct rule_form *f = screen->state;
	struct arena arena = { 0 };
	*out = "";
	if (field_empty(&f->fields[item]))
		return true;
	const char *found = only(screen, &arena, item);
	if (found) {
		*out = arena_string(&screen->arena, found);
		field_set(&f->fields[item], *out);
	}
	arena_free(&arena);
	return found || wrong(screen, item, say);
}

static bool take_day(struct screen *screen, enum item item, bool needed, day_t *out)
{
	struct rule_form *f = screen->state;
	*out = day_read(f->fields[item].text);
	if (*out != DAY_NONE || (!needed && field_empty(&f->fields[item])))
		return true;
	return wrong(screen, item, _("Gõ ngày/tháng/năm."));
}

static const char *typed(struct screen *screen, enum item item)
{
	return arena_string(&screen->arena, ((struct rule_form *)screen->state)->fields[item].text);
}

static bool take_keys(struct screen *screen)
{
	struct rule_form *f = screen->state;
	const struct catalogue *c = catalogue_at(screen);
	const struct procedure *p = NULL;
	if (!field_empty(&f->fields[I_PROCEDURE]) &&
	    !(p = catalogue_known(c, f->fields[I_PROCEDURE].text)))
		return wrong(screen, I_PROCEDURE, _("Danh mục không có thủ tục này."));
	f->draft.procedure = p ? arena_string(&screen->arena, p->code) : "";
	const char *case_name;
	if (!take_matched(screen, I_CASE, &case_name, _("Thủ tục không có trường hợp này, hoặc có nhiều: F4 chọn.")) ||
	    !take_matched(screen, I_MINISTRY, &f->draft.ministry, _("Không bộ nào, hoặc nhiều bộ, có tên như vậy: F4 chọn.")) ||
	    !take_matched(screen, I_FIELD, &f->draft.field, _("Không lĩnh vực nào, hoặc nhiều, có tên như vậy: F4 chọn.")))
		return false;
	f->draft.case_id = 0;
	for (size_t i = 0; p && i < p->case_count; i++)
		if (strcmp(p->cases[i].name, case_name) == 0)
			f->draft.case_id = p->cases[i].case_id;
	f->draft.level = level_words[f->level.at];
	f->draft.deciding_unit = typed(screen, I_UNIT);
	if (field_empty(&f->fields[I_SYSTEM]))
		return wrong(screen, I_SYSTEM, _("Chọn hệ thống mà hồ sơ chuyển đến: F4."));
	if (!take_matched(screen, I_SYSTEM, &f->draft.system, _("Không có hệ thống này: F4 chọn.")))
		return false;
	f->draft.told = typed(screen, I_TOLD);
	return true;
}

static bool take_notice(struct screen *screen)
{
	struct rule_form *f = screen->state;
	if (field_empty(&f->fields[I_NUMBER]))
		return wrong(screen, I_NUMBER, _("Ghi số, ký hiệu văn bản thông báo."));
	if (!take_day(screen, I_DAY, true, &f->draft.notice.day))
		return false;
	if (f->draft.notice.day > desk_today(screen->desk))
		return wrong(screen, I_DAY, _("Văn bản không thể có ngày sắp tới."));
	if (!f->ended && field_empty(&f->fields[I_BY]))
		return wrong(screen, I_BY, _("Ghi cơ quan ban hành văn bản."));
	if (f->ended && field_empty(&f->fields[I_NOTE]))
		return wrong(screen, I_NOTE, _("Ghi vì sao kết thúc quy tắc."));
	f->draft.notice.number = typed(screen, I_NUMBER);
	f->draft.notice.by = typed(screen, I_BY);
	f->draft.note = typed(screen, I_NOTE);
	return true;
}

static bool take(struct screen *screen)
{
	struct rule_form *f = screen->state;
	f->draft = (struct route_draft){ .to = DAY_NONE };
	if ((!f->ended && !take_keys(screen)) || !take_day(screen, I_FROM, true, &f->draft.from) ||
	    (!f->ended && !take_day(screen, I_TO, false, &f->draft.to)))
		return false;
	if (f->draft.to != DAY_NONE && f->draft.to < f->draft.from)
		return wrong(screen, I_TO, _("Ngày hết hiệu lực phải sau ngày bắt đầu."));
	if (f->ended && f->draft.from < desk_today(screen->desk))
		return wrong(screen, I_FROM, _("Chỉ kết thúc được từ hôm nay trở đi."));
	if (f->draft.to != DAY_NONE)
		f->draft.to++; /* the first day it no longer holds */
	return take_notice(screen);
}

static const char *in_words(struct screen *screen)
{
	struct rule_form *f = screen->state;
	const struct route_draft *d = &f->draft;
	const struct system *system = catalogue_system(catalogue_at(screen), d->system ? d->system : "");
	struct route_row row = { .procedure_code = d->procedure, .case_name = f->fields[I_CASE].text,
		.ministry = d->ministry, .field = d->field, .level = d->level,
		.deciding_unit = d->deciding_unit };
	return f->ended ? f->what
	                : arena_format(&screen->arena, "%s → %s", route_applies(&screen->arena, &row),
	                               system ? system->name : d->system);
}

static void run_try(struct screen *screen)
{
	struct rule_form *f = screen->state;
	if (!catalogue_at(screen) || !take(screen))
		return;
	screen_push(screen->desk, &route_trial_screen,
	            &(struct route_trial_plan){ screen, &f->draft, f->ended, in_words(screen) });
}

/* ---- F4 ---- */

static bool may_pick(const struct screen *screen)
{
	const struct rule_form *f = screen->state;
	enum item at = (enum item)f->form.focus;
	return catalogue_at(screen) && (at == I_CASE || at == I_MINISTRY || at == I_FIELD || at == I_SYSTEM);
}

static void on_pick(struct screen *screen, int choice, void *data)
{
	struct rule_form *f = screen->state;
	struct arena arena = { 0 };
	(void)data;
	if (choice < 0 || !catalogue_at(screen))
		return;
	picks_of(screen, &arena, f->picking);
	if (choice < f->pick_count)
		field_set(&f->fields[f->picking], f->picks[choice]);
	arena_free(&arena);
}

static void run_pick(struct screen *screen)
{
	struct rule_form *f = screen->state;
	struct arena arena = { 0 };
	f->picking = (enum item)f->form.focus;
	picks_of(screen, &arena, f->picking);
	const char **names = ARENA_MANY(&arena, const char *, f->pick_count + 1);
	for (int i = 0; i < f->pick_count; i++)
		names[i] = f->picking == I_SYSTEM ? route_system_full(&arena, catalogue_at(screen), f->picks[i]) : f->picks[i];
	if (f->pick_count)
		ask_choice(screen, _(facts[f->picking].label), names, f->pick_count, 0, on_pick, NULL);
	else
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Không có gì để chọn."));
	arena_free(&arena);
}

static bool rule_form_handle(struct screen *screen, const struct event *event)
{
	struct rule_form *f = screen->state;
	if (form_handle(&f->form, event))
		return true;
	if (event_is(event, K_ENTER, 0)) {
		run_try(screen);
		return true;
	}
	return false;
}

static const struct action actions[] = {
	{ "route-pick", "F4", N_("Chọn"), N_("Chọn từ danh sách cho ô đang gõ."), may_pick, run_pick },
	{ "route-try", "F9", N_("Xem thử"), N_("Xem quy tắc này đã làm gì với hồ sơ đã nhận, rồi mới áp dụng."), NULL, run_try },
	{ 0 },
};

const struct screen_kind route_form_screen = {
	.name = "route-form",
	.title = N_("NHẬP QUY TẮC TUYẾN GỬI"),
	.help = N_("Quy tắc của đơn vị theo một văn bản thông báo: áp dụng cho thủ tục nào, chuyển đến hệ thống nào, từ ngày nào.\n"
	           "Ô để trống khớp với mọi thứ; quy tắc riêng hơn thắng quy tắc chung hơn. F9 xem thử trên hồ sơ đã nhận."),
	.actions = actions,
	.size = sizeof(struct rule_form),
	.open = rule_form_open,
	.draw = rule_form_draw,
	.handle = rule_form_handle,
};
