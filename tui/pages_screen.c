/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/pages_screen.h"

#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/pages_private.h"

/* ---- what the batch tells ---- */

/* The page scanned anew goes where the old one was. */
static void take_place(struct pages *pages)
{
	struct batch *batch = pages->batch;
	size_t at = 0;
	if (!pages->retaken || batch->count <= pages->before)
		return;
	while (at < batch->count && batch->pages[at] != pages->retaken)
		at++;
	const struct page *old = pages->retaken;
	pages->retaken = NULL; /* moving tells again */
	if (at == batch->count)
		return; /* thrown away meanwhile: the new one stays at the end */
	int paper = old->moved_to;
	for (size_t from = batch->count - 1; from > at; from--)
		batch_move(batch, from, -1);
	batch->pages[at]->moved_to = paper;
	batch_remove(batch, at + 1);
	pages->list.at = (int)at;
}

static void on_changed(struct batch *batch)
{
	struct pages *pages = batch->owner;
	bool at_end = pages->list.at + 1 >= pages->list.count, more = (int)batch->count > pages->list.count;
	list_set_count(&pages->list, (int)batch->count);
	if (batch->scanning && at_end && more && !pages->retaken)
		pages->list.at = (int)batch->count - 1; /* follows what comes */
	take_place(pages);
	screen_dirty(pages->screen);
}

/* What was told of a file that is damaged is still to be read when the others have come. */
static void next_file(struct pages *pages)
{
	struct error err = { 0 };
	while (pages->files && *pages->files) {
		if (batch_split(pages->batch, *pages->files++, pages->setup, &err))
			return;
		desk_tell(pages->screen->desk, &err);
	}
	pages->files = NULL;
	if (!*pages->screen->desk->status || pages->screen->desk->fault == FAULT_NONE)
		desk_say(pages->screen->desk, FAULT_NONE, pages->may_sign ? _("Đã mở %d trang. F9 nhận, Ctrl-X nhận và ký số, F4 quét thêm.")
		                                                          : _("Đã mở %d trang. F9 nhận, F4 quét thêm."), (int)pages->batch->count);
}

static void on_scanned(struct batch *batch, const struct error *err)
{
	struct pages *pages = batch->owner;
	pages->retaken = NULL;
	if (err)
		desk_tell(pages->screen->desk, err);
	if (pages->files)
		next_file(pages);
	else if (!err)
		desk_say(pages->screen->desk, FAULT_NONE, pages->may_sign ? _("Đã quét %d trang. F9 nhận, Ctrl-X nhận và ký số, F4 quét thêm.")
		                                                          : _("Đã quét %d trang. F9 nhận, F4 quét thêm."), batch->scan.pages);
}

static void scan_more(struct pages *pages)
{
	struct error err = { 0 };
	if (!batch_scan(pages->batch, pages->setup, &err))
		desk_tell(pages->screen->desk, &err);
	screen_dirty(pages->screen);
}

static void pages_open(struct screen *screen, const void *argument)
{
	const struct pages_screen_plan *plan = argument;
	struct pages *pages = screen->state;
	*pages = (struct pages){ .screen = screen, .asker = plan->asker, .batch = plan->batch,
		.setup = plan->setup, .files = plan->files, .then = plan->then, .may_sign = plan->signs };
	pages->system = arena_string(&screen->arena, plan->system);
	pages->papers = ARENA_MANY(&screen->arena, const char *, plan->batch->paper_count + 1);
	for (int i = 0; i < plan->batch->paper_count; i++)
		pages->papers[i] = arena_string(&screen->arena, plan->papers[i]);
	pages_list_start(pages);
	plan->batch->owner = pages;
	plan->batch->changed = on_changed;
	plan->batch->scanned = on_scanned;
	if (plan->files)
		next_file(pages);
	else if (plan->setup)
		scan_more(pages);
	on_changed(plan->batch);
}

static void let_go(struct batch *batch)
{
	batch->changed = NULL;
	batch->scanned = NULL;
}

static void pages_close(struct screen *screen)
{
	struct pages *pages = screen->state;
	if (pages->batch)
		let_go(pages->batch);
}

/* ---- keys ---- */

void pages_leave(struct pages *pages, enum pages_end end)
{
	struct screen *asker = pages->asker;
	struct batch *batch = pages->batch;
	void (*then)(struct screen *, struct batch *, enum pages_end) = pages->then;
	let_go(batch);
	pages->batch = NULL; /* it is the asker's alone again */
	screen_pop(pages->screen);
	then(asker, batch, end);
}

static void on_drop(struct screen *screen, bool yes, void *data)
{
	(void)data;
	if (yes)
		pages_leave(screen->state, PAGES_DROPPED);
}

static void on_paper(struct screen *screen, int choice, void *data)
{
	struct pages *pages = screen->state;
	(void)data;
	/* The one asked about: the cursor may have followed the feeder since. */
	for (size_t at = 0; choice >= 0 && at < pages->batch->count; at++)
		if (pages->batch->pages[at] == pages->asked_about)
			batch_assign(pages->batch, at, choice + 1);
}

static void ask_paper(struct pages *pages)
{
	pages->asked_about = pages->batch->pages[pages->list.at];
	ask_choice(pages->screen, _("Trang này thuộc giấy tờ nào?"), pages->papers, pages->batch->paper_count,
	           pages->asked_about->paper - 1, on_paper, NULL);
}

static void escape(struct pages *pages)
{
	if (pages->batch->scanning)
		batch_stop(pages->batch);
	else if (pages->batch->count)
		ask_yes(pages->screen, _("Bỏ các trang đã quét?"), true, on_drop, NULL);
	else
		pages_leave(pages, PAGES_DROPPED);
}

static bool pages_handle(struct screen *screen, const struct event *event)
{
	struct pages *pages = screen->state;
	struct batch *batch = pages->batch;
	size_t at = (size_t)pages->list.at;
	if (list_handle(&pages->list, event))
		;
	else if (event_is(event, K_DELETE, 0) && batch->count)
		batch_remove(batch, at);
	else if (event_is(event, K_ENTER, 0) && batch->count)
		ask_paper(pages);
	else if (event_is(event, K_ESC, 0))
		escape(pages);
	else
		return false;
	screen_dirty(screen);
	return true;
}

static struct pages *pages_of(const struct screen *screen)
{
	return screen->state;
}

static bool may_scan(const struct screen *screen)
{
	return pages_of(screen)->setup && !pages_of(screen)->batch->scanning;
}

static bool may_accept(const struct screen *screen)
{
	const struct batch *batch = pages_of(screen)->batch;
	return !batch->scanning && batch->count > 0 && batch_settled(batch) && !pages_of(screen)->asked;
}

static bool may_work(const struct screen *screen)
{
	return pages_of(screen)->batch->count > 0;
}

static bool may_retake(const struct screen *screen)
{
	return may_scan(screen) && may_work(screen);
}

static void run_scan(struct screen *screen)
{
	scan_more(screen->state);
}

static void run_retake(struct screen *screen)
{
	struct pages *pages = screen->state;
	pages->retaken = pages->batch->pages[pages->list.at];
	pages->before = pages->batch->count;
	scan_more(pages);
}

static void run_turn(struct screen *screen)
{
	struct error err = { 0 };
	if (!batch_turn(pages_of(screen)->batch, (size_t)pages_of(screen)->list.at, &err))
		desk_tell(screen->desk, &err);
}

static void run_out(struct screen *screen)
{
	struct pages *pages = screen->state;
	size_t at = (size_t)pages->list.at;
	batch_leave_out(pages->batch, at, !pages->batch->pages[at]->out);
}

static void move(struct pages *pages, int by)
{
	if (batch_move(pages->batch, (size_t)pages->list.at, by))
		pages->list.at += by;
}

static void run_up(struct screen *screen)
{
	move(screen->state, -1);
}

static void run_down(struct screen *screen)
{
	move(screen->state, 1);
}

static void run_accept(struct screen *screen)
{
	pages_accept(screen->state, PAGES_TAKEN);
}

static bool may_sign(const struct screen *screen)
{
	return pages_of(screen)->may_sign && may_accept(screen);
}

static void run_sign(struct screen *screen)
{
	pages_accept(screen->state, PAGES_TO_SIGN);
}

static const struct action actions[] = {
	{ "pages-scan", "F4", N_("Quét thêm"), N_("Quét tiếp các trang khác vào cuối."), may_scan, run_scan },
	{ "pages-turn", "F5", N_("Xoay"), N_("Xoay trang đang chọn một góc vuông."), may_work, run_turn },
	{ "pages-out", "F6", N_("Bỏ/lấy"), N_("Không lấy trang này vào tệp, hoặc lấy lại."), may_work, run_out },
	{ "pages-up", "F7", N_("Lên"), N_("Đổi chỗ với trang trước."), may_work, run_up },
	{ "pages-down", "F8", N_("Xuống"), N_("Đổi chỗ với trang sau."), may_work, run_down },
	{ "pages-accept", "F9", N_("Nhận"), N_("Ghép các trang thành tệp PDF của từng giấy tờ."), may_accept, run_accept },
	{ "pages-sign", "Ctrl-X", NULL, N_("Nhận các trang, cất xong thì ký số luôn (một lần PIN)."), may_sign, run_sign },
	{ "pages-retake", "Ctrl-R", NULL, N_("Quét lại trang đang chọn; trang mới thay chỗ nó."), may_retake, run_retake },
	{ 0 },
};

const struct screen_kind pages_screen = {
	.name = "pages",
	.title = N_("TRANG QUÉT"),
	.help = N_("Xem các trang vừa quét trước khi nhận vào giấy tờ. Trang trắng và tờ phân cách tự bỏ ra, trang nằm ngang hay "
	           "ngược được xoay lại.\n"
	           "Enter chuyển trang sang giấy tờ khác; Delete xoá hẳn; Esc ngừng máy quét, hoặc bỏ cả tập.\n"
	           "F9 nhận, Ctrl-X nhận rồi ký số luôn nếu quầy có USB ký số.\n"
	           "■ lấy vào tệp, – không lấy, ! nên xem lại hoặc quét lại trước khi trả giấy cho công dân."),
	.actions = actions,
	.size = sizeof(struct pages),
	.open = pages_open,
	.draw = pages_draw,
	.handle = pages_handle,
	.close = pages_close,
};
