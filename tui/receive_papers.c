/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/receive_private.h"

/* A sign for each state, besides its word: nothing rests on colour alone. */
static const char *sign_of(const struct paper *paper)
{
	switch (paper->state) {
	case PAPER_OK: return "■";
	case PAPER_FAILED: return "!";
	case PAPER_NOT_NEEDED: return "–";
	default: return paper->required ? "□" : "·";
	}
}

static enum role role_of(const struct paper *paper)
{
	switch (paper->state) {
	case PAPER_OK: return ROLE_GOOD;
	case PAPER_FAILED: return ROLE_ERROR;
	case PAPER_NOT_NEEDED: return ROLE_DIM;
	default: return paper->required ? ROLE_TEXT : ROLE_DIM;
	}
}

static const char *state_text(const struct receive *receive, const struct paper *paper)
{
	for (size_t i = 0; i < receive->r.attachment_count; i++)
		if (strcmp(receive->r.attachments[i].paper, paper->name) == 0)
			return !receive->r.attachments[i].file_id ? _("đang cất")
			       : receive->r.attachments[i].reused   ? _("dùng lại")
			       : receive->r.attachments[i].doubtful ? _("nghi ngờ") : _("có tệp");
	if (paper->state == PAPER_OPEN && !paper->required)
		return _("nếu có");
	return paper_state_name(paper->state);
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char number[16];
	const struct receive *receive = owner;
	const struct paper *paper = &receive->r.checklist.papers[row];
	switch (column) {
	case 0: out->text = sign_of(paper); break;
	case 1: out->text = paper->name; break;
	case 2:
	case 3:
		snprintf(number, sizeof number, "%d", column == 2 ? paper->originals : paper->copies);
		out->text = number;
		break;
	case 4: out->text = paper_action_name(paper->action); break;
	default: out->text = state_text(receive, paper); break;
	}
	out->role = role_of(paper);
}

static const struct list_column columns[] = {
	{ .head = " ", .width = 1 },
	{ .head = N_("Giấy tờ"), .width = 0 },
	{ .head = N_("chính"), .width = 5, .right = true },
	{ .head = N_("sao"), .width = 3, .right = true },
	{ .head = N_("cách"), .width = 14 },
	{ .head = N_("trạng thái"), .width = 10 },
	{ 0 },
};

void receive_papers_start(struct receive *receive)
{
	receive->papers = (struct list){ .columns = columns, .cell = cell, .owner = receive,
		.empty = N_("Danh mục chưa có thành phần hồ sơ của thủ tục này. F8 thêm giấy tờ kèm căn cứ.") };
}

struct paper *receive_paper(struct receive *receive)
{
	struct checklist *list = &receive->r.checklist;
	size_t at = (size_t)receive->papers.at;
	return at < list->count ? &list->papers[at] : NULL;
}

static void tell(struct receive *receive, bool good, const struct error *err)
{
	if (!good)
		desk_tell(receive->screen->desk, err);
}

static void go_next(struct receive *receive)
{
	if (receive->papers.at + 1 < receive->papers.count)
		receive->papers.at++;
}

void receive_papers_done(struct receive *receive, bool good, const struct error *err)
{
	tell(receive, good, err);
	if (good)
		go_next(receive);
	receive_refresh(receive); /* a dialog's answer comes after the key was handled */
}

static int at_least_one(int count)
{
	return count > 0 ? count : 1;
}

/* The citizen has brought it; a copy alone is a copy. */
static bool bring(struct paper *paper, enum paper_action action, struct error *err)
{
	int originals = paper->originals, copies = paper->copies;
	if (action == ACTION_SUBMIT && originals == 0 && copies == 0)
		originals = 1;
	if (action == ACTION_COMPARE)
		copies = at_least_one(copies);
	return paper_ok(paper, action, originals, copies, err);
}

static void mark(struct receive *receive, enum paper_action action)
{
	struct paper *paper = receive_paper(receive);
	struct error err = { 0 };
	if (!paper)
		return;
	bool good = bring(paper, action, &err);
	tell(receive, good, &err);
	if (good)
		go_next(receive);
}

/* ---- what is wrong with it, or why it is not needed ---- */

static void on_reason(struct screen *screen, const char *text, void *data)
{
	struct receive *receive = receive_of(screen);
	struct paper *paper = receive_paper(receive);
	struct error err = { 0 };
	if (!text || !paper)
		return;
	const char *reason = arena_string(&screen->arena, text);
	bool good = data ? paper_not_needed(paper, reason, &err) : paper_fail(paper, reason, &err);
	tell(receive, good, &err);
	if (good)
		go_next(receive);
}

static void reject(struct receive *receive)
{
	if (receive_paper(receive))
		ask_for_text(receive->screen, &(struct ask_text){ .question = _("Giấy tờ này chưa đạt ở điểm nào?"), .max = 500 },
		             on_reason, NULL);
}

static void leave_out(struct receive *receive)
{
	struct paper *paper = receive_paper(receive);
	struct error err = { 0 };
	if (!paper)
		return;
	if (!paper->required) {
		tell(receive, paper_not_needed(paper, "", &err), &err);
		go_next(receive);
		return;
	}
	ask_for_text(receive->screen, &(struct ask_text){ .question = _("Vì sao không cần giấy tờ này?"), .max = 300 },
	             on_reason, "không cần");
}

/* ---- details ---- */

/* What was found in its files, a line each. */
static const char *files_text(const struct receive *receive, const struct paper *paper, struct arena *arena)
{
	const char *text = "";
	for (size_t i = 0; i < receive->r.attachment_count; i++) {
		const struct attachment *file = &receive->r.attachments[i];
		if (file->file_id && strcmp(file->paper, paper->name) == 0)
			text = arena_format(arena, _("%s\nTệp %s: %s"), text, file->name, file->found);
	}
	return text;
}

static void read_paper(struct receive *receive)
{
	const struct paper *paper = receive_paper(receive);
	struct arena arena = { 0 };
	if (!paper)
		return;
	const struct component *c = paper->component;
	const char *text = arena_format(
		&arena, _("%s\n\n%s%s%s\nCách: %s. %s%s%s%s%s%s"), paper->name,
		c && *c->condition ? _("Khi: ") : "", c ? c->condition : "", c && *c->condition ? "\n" : "",
		paper_action_name(paper->action),
		paper->replaced ? _("Dữ liệu đã có trong ") : "", paper->replaced ? paper->replaced->database : "",
		paper->replaced ? _(": tra trước, chỉ yêu cầu nộp khi không tra được.") : "",
		paper->reason && *paper->reason ? _("\nGhi: ") : "", paper->reason ? paper->reason : "",
		c && *c->form_number ? arena_format(&arena, _("\nMẫu: %s"), c->form_number) : "");
	text = arena_format(&arena, "%s%s", text, files_text(receive, paper, &arena));
	ask_read(receive->screen, _("Giấy tờ"), text, NULL, NULL);
	arena_free(&arena);
}

static void count(struct receive *receive, int by, bool copies)
{
	struct paper *paper = receive_paper(receive);
	int *number = !paper ? NULL : copies ? &paper->copies : &paper->originals;
	if (number && *number + by >= 0 && *number + by <= 999)
		*number += by;
}

static void toggle(struct receive *receive)
{
	struct paper *paper = receive_paper(receive);
	if (!paper)
		return;
	if (paper->state != PAPER_OPEN)
		paper_reopen(paper);
	else if (paper->action == ACTION_LOOKUP)
		receive_look_up(receive);
	else
		mark(receive, paper->action);
}

static bool command(struct receive *receive, char letter)
{
	switch (letter) {
	case ' ': toggle(receive); break;
	case 'n': mark(receive, ACTION_SUBMIT); break;
	case 'x': mark(receive, ACTION_SHOW); break;
	case 'd': mark(receive, ACTION_COMPARE); break;
	case 'k': receive_look_up(receive); break;
	case '-': reject(receive); break;
	case 'o': leave_out(receive); break;
	case 'c': count(receive, +1, false); break;
	case 'C': count(receive, -1, false); break;
	case 's': count(receive, +1, true); break;
	case 'S': count(receive, -1, true); break;
	default: return false;
	}
	return true;
}

bool receive_papers_handle(struct receive *receive, const struct event *event)
{
	if (event->kind == EVENT_TEXT && event->text[0] && !event->text[1])
		return command(receive, event->text[0]);
	if (event_is(event, K_ENTER, 0)) {
		read_paper(receive);
		return true;
	}
	if (event_is(event, K_TAB, 0)) {
		receive_go(receive, AT_NUMBER);
		return true;
	}
	return list_handle(&receive->papers, event) || event_is(event, K_DOWN, 0);
}

/* ---- a paper that the catalogue does not name ---- */

const char *receive_check_basis(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Phải ghi căn cứ.");
}

static void on_basis(struct screen *screen, const char *basis, void *data)
{
	struct receive *receive = receive_of(screen);
	struct error err = { 0 };
	struct paper *paper;
	if (!basis)
		return;
	if (!checklist_add(&screen->arena, &receive->r.checklist, data,
	                   arena_string(&screen->arena, basis), ACTION_SUBMIT, &paper, &err)) {
		desk_tell(screen->desk, &err);
		return;
	}
	list_set_count(&receive->papers, (int)receive->r.checklist.count);
	receive->papers.at = receive->papers.count - 1;
	receive_go(receive, AT_PAPERS);
}

static void on_name(struct screen *screen, const char *name, void *data)
{
	(void)data;
	if (name && *name)
		ask_for_text(screen, &(struct ask_text){ .question = _("Căn cứ pháp lý để yêu cầu giấy tờ này (bắt buộc):"), .max = 300,
			.check = receive_check_basis },
		             on_basis, arena_string(&screen->arena, name));
}

void receive_add_paper(struct receive *receive)
{
	ask_for_text(receive->screen, &(struct ask_text){ .question = _("Tên giấy tờ:"), .max = 400 }, on_name, NULL);
}
