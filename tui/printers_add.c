/* SPDX-License-Identifier: Apache-2.0
 *
 * Printers of this machine set up at the screen: one more, described in four
 * questions; another default; one taken away.  Kept in printers.ini. */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "printers/printer_file.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/printers_own.h"
#include "tui/program.h"

static const struct kind {
	const char *say, *carrier, *question, *example;
	bool sheets;
} kinds[] = {
	{ N_("Máy in nhiệt cắm mạng (cổng 9100)"), "tcp", N_("Địa chỉ mạng của máy in, ví dụ 192.168.1.50:"), "192.168.1.", false },
	{ N_("Máy in nhiệt cắm USB"), "usb", N_("Cổng USB của máy in:"), "/dev/usb/lp0", false },
	{ N_("Máy in A5, A4 cắm mạng (IPP)"), "ipp", N_("Địa chỉ IPP, ví dụ ipp://192.168.1.51/ipp/print:"), "ipp://192.168.1.", true },
	{ N_("Máy in đã cài trên máy này (CUPS)"), "cups", N_("Tên hàng đợi trong CUPS (lệnh lpstat -e kể ra):"), "", true },
	{ N_("Không có máy in: ghi tệp PDF vào thư mục"), "file", N_("Thư mục, bắt đầu bằng “/”:"), "/", true },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static struct printer_draft *draft_of(const struct screen *screen)
{
	return &((struct printers *)screen->state)->draft;
}

static const struct kind *kind_of(const struct screen *screen)
{
	return &kinds[draft_of(screen)->kind];
}

/* Written, read anew, shown with the cursor on name (NULL: the first).  False, and told, when it cannot be kept. */
static bool take_over(struct screen *screen, const char *text, const char *name, const char *said)
{
	struct printers *s = screen->state;
	struct error err = { 0 };
	if (!program_write_printers(duty_of(screen)->program, text, &err)) {
		desk_tell(screen->desk, &err);
		return false;
	}
	printers_list(s);
	for (int i = 0; name && i < s->count; i++)
		if (strcmp(s->looks[i].printer->name, name) == 0)
			s->list.at = i;
	desk_say(screen->desk, FAULT_NONE, "%s", said);
	printers_read_again(s);
	screen_dirty(screen);
	return true;
}

/* ---- one more ---- */

static void add(struct screen *screen, bool is_default)
{
	struct printers *s = screen->state;
	struct printer_draft *draft = draft_of(screen);
	struct arena arena = { 0 };
	struct config own = { 0 };
	struct error err = { 0 };
	const char *text;
	const struct printer_plan plan = { .name = draft->name, .carrier = kind_of(screen)->carrier, .address = draft->address,
		.paper = draft->paper, .is_default = is_default };
	if (!program_own_printers(duty_of(screen)->program, &own, &err) ||
	    !printer_file_add(&arena, &own, duty_of(screen)->program->printers, &plan, &text, &err)) {
		desk_tell(screen->desk, &err);
	} else if (take_over(screen, text, plan.name, arena_format(&arena, _("Đã thêm máy in %s. F5 in trang thử."), plan.name))) {
		s->in_jobs = false;
		printers_look(screen);
	}
	config_free(&own);
	arena_free(&arena);
}

static void on_default(struct screen *screen, int choice, void *data)
{
	(void)data;
	if (choice >= 0)
		add(screen, choice == 0);
}

static void on_name(struct screen *screen, const char *name, void *data)
{
	static const char *const answers[] = { N_("Có, giấy của quầy này in ở đó"), N_("Không, chỉ khi chọn") };
	struct printer_draft *draft = draft_of(screen);
	(void)data;
	if (!name)
		return;
	snprintf(draft->name, sizeof draft->name, "%s", name);
	if (duty_of(screen)->program->printers)
		ask_choice(screen, _("Dùng làm máy mặc định?"), (const char *const[]){ _(answers[0]), _(answers[1]) }, 2, 0, on_default, NULL);
	else
		add(screen, true); /* the only one */
}

static const char *name_wrong(struct screen *screen, const char *name, void *data)
{
	(void)data;
	return printer_name_wrong(name, duty_of(screen)->program->printers);
}

static void on_paper(struct screen *screen, int choice, void *data)
{
	struct printer_draft *draft = draft_of(screen);
	const char *const *papers = kind_of(screen)->sheets ? (const char *const[]){ "a5", "a4" } : (const char *const[]){ "80", "58" };
	(void)data;
	if (choice < 0)
		return;
	snprintf(draft->paper, sizeof draft->paper, "%s", papers[choice]);
	ask_for_text(screen, &(struct ask_text){ .question = _("Tên máy in trên màn hình, ví dụ Quầy 3 hay Văn thư:"), .max = 30,
		.check = name_wrong }, on_name, NULL);
}

static const char *address_wrong(struct screen *screen, const char *address, void *data)
{
	struct printer_draft *draft = draft_of(screen);
	struct error err = { 0 };
	(void)data;
	if (carrier_find(kind_of(screen)->carrier)->check(address, &err))
		return NULL;
	snprintf(draft->wrong, sizeof draft->wrong, "%s", err.say);
	return draft->wrong;
}

static void on_address(struct screen *screen, const char *address, void *data)
{
	struct printer_draft *draft = draft_of(screen);
	const char *const sheets[] = { _("A5"), _("A4") }, *const rolls[] = { _("Cuộn 80 mm"), _("Cuộn 58 mm") };
	(void)data;
	if (!address)
		return;
	snprintf(draft->address, sizeof draft->address, "%s", address);
	ask_choice(screen, _("Giấy trong máy in:"), kind_of(screen)->sheets ? sheets : rolls, 2, 0, on_paper, NULL);
}

static void ask_address(struct screen *screen)
{
	const struct kind *kind = kind_of(screen);
	ask_for_text(screen, &(struct ask_text){ .question = _(kind->question), .initial = kind->example, .plain = true, .max = 200,
		.check = address_wrong }, on_address, NULL);
}

static void on_kind(struct screen *screen, int choice, void *data)
{
	(void)data;
	if (choice < 0)
		return;
	draft_of(screen)->kind = choice;
	ask_address(screen);
}

static void ask_kind(struct screen *screen)
{
	const char *says[KINDS];
	for (int i = 0; i < KINDS; i++)
		says[i] = _(kinds[i].say);
	ask_choice(screen, _("Thêm máy in nào?"), says, KINDS, 0, on_kind, NULL);
}

/* ---- another default, one less ---- */

static void change(struct screen *screen, bool remove)
{
	struct printer_draft *draft = draft_of(screen);
	struct arena arena = { 0 };
	struct config own = { 0 };
	struct error err = { 0 };
	const char *text;
	bool ok = program_own_printers(duty_of(screen)->program, &own, &err) &&
	          (remove ? printer_file_remove(&arena, &own, draft->name, &text, &err)
	                  : printer_file_default(&arena, &own, duty_of(screen)->program->printers, draft->name, &text, &err));
	if (!ok)
		desk_tell(screen->desk, &err);
	else if (remove)
		take_over(screen, text, NULL, arena_format(&arena, _("Đã bỏ máy in %s."), draft->name));
	else
		take_over(screen, text, draft->name, arena_format(&arena, _("Giấy của quầy này từ nay in ở máy %s."), draft->name));
	config_free(&own);
	arena_free(&arena);
}

static void on_what(struct screen *screen, int choice, void *data)
{
	(void)data;
	if (choice == 0)
		ask_kind(screen);
	else if (choice > 0)
		change(screen, choice == 2);
}

void printers_set_up(struct screen *screen)
{
	struct printers *s = screen->state;
	const struct printer *printer = s->list.count ? s->looks[s->list.at].printer : NULL;
	struct arena arena = { 0 };
	struct config own = { 0 };
	struct error err = { 0 };
	for (int i = 0; i < s->count; i++) {
		if (s->looks[i].busy || s->looks[i].said.ask.slot) {
			desk_say(screen->desk, FAULT_NONE, _("Đang hỏi máy in %s, chờ một lát."), s->looks[i].printer->name);
			return;
		}
	}
	if (!printer || !duty_of(screen)->program->printers) {
		ask_kind(screen); /* what stands there is only our own way out */
	} else {
		snprintf(s->draft.name, sizeof s->draft.name, "%s", printer->name);
		bool ours = program_own_printers(duty_of(screen)->program, &own, &err) && printer_file_has(&own, printer->name);
		const char *const answers[] = { _("Thêm máy in"), arena_format(&arena, _("Lấy %s làm máy mặc định của quầy này"), printer->name),
			arena_format(&arena, _("Bỏ %s khỏi danh sách"), printer->name) };
		ask_choice(screen, _("Máy in của quầy này:"), answers, ours ? 3 : 2, 0, on_what, NULL);
	}
	config_free(&own);
	arena_free(&arena);
}
