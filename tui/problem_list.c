/* SPDX-License-Identifier: Apache-2.0
 *
 *  VƯỚNG MẮC CẦN XỬ LÝ                      Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Mã hồ sơ              Nơi nhận              Bên nhận nói
 * > H01.999-261120-0007   Hệ thống của Bộ Tư…   Thiếu ngày cấp giấy tờ
 *  …
 *   20/11/2026 09:41 · Hệ thống tập trung của Bộ Tư pháp
 *   Thiếu ngày cấp giấy tờ của chủ hồ sơ (mã lỗi 4012)
 *   F4: sửa chỗ sai rồi gửi lại. F6: đã làm xong theo cách khác.
 *  F1 Giúp  F4 Xử lý  F6 Đã xong  F7 Nghĩa
 */
#include "tui/problem_list.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/dossier/lifecycle.h"
#include "core/store/answers.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/program.h"
#include "tui/remedy.h"

enum { MOST = 200, REASON_ROWS = 5 };

struct problems {
	struct list list;
	const struct task_row *rows;
	struct fresh fresh;
	struct tasks_ask ask;
	struct answer_ask act;
	int64_t problem;             /* being answered */
	char system[48], word[128];  /* being given a meaning */
	int meaning;
};

static const char *kind_label(const char *kind)
{
	static const struct {
		const char *kind, *label;
	} labels[] = {
		{ "refused", N_("Bị từ chối") },    { "disagreed", N_("Khác nhau") },
		{ "supplement", N_("Bổ sung") },    { "payment", N_("Nộp phí") },
		{ "extension", N_("Đổi ngày hẹn") }, { "result", N_("Tệp kết quả") },
		{ "word", N_("Từ lạ") },            { "missing", N_("Đối soát") },
		{ "silent", N_("Im lặng") },        { "notice", N_("Nhắn tới") },
		{ "stranger", N_("Hồ sơ lạ") },      { "late", N_("Quá hạn") },
		{ "same_code", N_("Trùng mã") },
		{ "late_transfer", N_("Chuyển trễ") },
		{ "late_filing", N_("Kiểm tra trễ") }, { "late_supplement", N_("Bổ sung trễ") },
		{ "late_linked", N_("Bổ sung trễ") },
	};
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (strcmp(labels[i].kind, kind) == 0)
			return _(labels[i].label);
	return kind;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	const struct task_row *problem = &((const struct problems *)owner)->rows[row];
	switch (column) {
	case 0: out->text = problem->code; break;
	case 1: out->text = kind_label(problem->kind); break;
	case 2: out->text = problem->system_name; break;
	default: {
		/* Who said it stands in the column before. */
		size_t n = strlen(problem->system_name);
		bool named = n && strncmp(problem->said, problem->system_name, n) == 0;
		out->text = problem->said + (named ? n + (problem->said[n] == ' ') : 0);
		out->role = ROLE_ERROR;
		break;
	}
	}
}

static int64_t id_of(void *owner, int row)
{
	return ((const struct problems *)owner)->rows[row].problem_id;
}

static const struct list_column columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Việc"), .width = 12 },
	{ .head = N_("Nơi nhận"), .width = 16 },
	{ .head = N_("Bên nhận nói"), .width = 0 },
	{ 0 },
};

static void on_read(struct tasks_ask *ask, const struct task_row *rows, int count,
                    const struct error *err)
{
	struct problems *p = ask->owner;
	if (fresh_came(&p->fresh, err)) {
		p->rows = rows;
		list_set_count(&p->list, count);
	}
	fresh_taken(&p->fresh);
}

static void read_now(struct screen *screen)
{
	struct problems *p = screen->state;
	p->ask = (struct tasks_ask){ .done = on_read, .into = &p->fresh.coming, .owner = p };
	tasks_read(duty_store(duty_of(screen)), &screen->scope, &p->ask, MOST);
}

static void problems_open(struct screen *screen, const void *argument)
{
	struct problems *p = screen->state;
	screen->status = _("Enter: mở hồ sơ.");
	(void)argument;
	p->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = p,
		.empty = N_("Không còn vướng mắc nào.") };
	fresh_open(&p->fresh, screen, read_now);
}

static void problems_close(struct screen *screen)
{
	fresh_close(&((struct problems *)screen->state)->fresh);
}

static void problems_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct problems *p = screen->state;
	char at[32];
	struct canvas rows = canvas_part(canvas, 0, 0, canvas->rows - REASON_ROWS - 1, canvas->cols);
	fresh_list(&p->fresh, (struct list *)&p->list, &rows, true);
	if (p->list.count == 0)
		return;
	const struct task_row *problem = &p->rows[p->list.at];
	int top = canvas->rows - REASON_ROWS - 1;
	canvas_format(canvas, top, 1, ROLE_DIM, "%s · %s", moment_write(problem->at, at, sizeof at),
	              problem->system_name);
	const char *remedy = remedy_name(problem);
	struct canvas reason = canvas_part(canvas, top + 1, 1, REASON_ROWS - 1, canvas->cols - 2);
	canvas_lines(&reason, 0, 0, reason.cols, ROLE_ERROR, problem->said);
	if (remedy)
		canvas_format(canvas, canvas->rows - 1, 1, ROLE_TEXT, _("F4: %s. F6: đã làm xong theo cách khác."), remedy);
	else
		canvas_text(canvas, canvas->rows - 1, 1, ROLE_TEXT, _("F7: người phụ trách xác định nghĩa một lần, hồ sơ tự đi tiếp."));
}

static bool problems_handle(struct screen *screen, const struct event *event)
{
	struct problems *p = screen->state;
	if (list_handle(&p->list, event))
		return true;
	if (event_is(event, K_ENTER, 0) && p->list.count) {
		int64_t id = p->rows[p->list.at].dossier_id;
		if (id)
			screen_push(screen->desk, &dossier_screen, &id);
		else if (strcmp(p->rows[p->list.at].kind, "late_filing") == 0)
			remedy_start(screen, &p->rows[p->list.at]);
		else
			desk_say(screen->desk, FAULT_INPUT, "%s", _("Nơi đây không có hồ sơ này: hỏi bên gọi tới, rồi F6 ghi kết quả."));
		return true;
	}
	return false;
}

static void problems_resume(struct screen *screen)
{
	fresh_read(&((struct problems *)screen->state)->fresh);
}

/* ---- answering ---- */

static const struct task_row *chosen(const struct screen *screen)
{
	const struct problems *p = screen->state;
	return p->list.count ? &p->rows[p->list.at] : NULL;
}

static void on_answered(struct answer_ask *ask, const struct error *err)
{
	struct problems *p = ask->owner;
	if (err)
		ask_refused(p->fresh.screen, err);
	fresh_read(&p->fresh);
}

static void on_solution(struct screen *screen, const char *text, void *data)
{
	struct problems *p = screen->state;
	(void)data;
	if (!text || ask_busy(screen, p->act.ask.slot))
		return;
	p->act = (struct answer_ask){ .done = on_answered, .owner = p };
	task_done(duty_store(duty_of(screen)), &screen->scope, &p->act, p->problem, text);
}

static bool may_finish(const struct screen *screen)
{
	const struct task_row *task = chosen(screen);
	return task && strcmp(task->kind, "refused") != 0 && strcmp(task->kind, "word") != 0;
}

static void run_finish(struct screen *screen)
{
	struct problems *p = screen->state;
	p->problem = chosen(screen)->problem_id;
	ask_for_text(screen, &(struct ask_text){ .question = _("Đã làm gì? (ghi vào hồ sơ)"), .max = 500 },
	             on_solution, NULL);
}

static void on_basis(struct screen *screen, const char *text, void *data)
{
	struct problems *p = screen->state;
	(void)data;
	if (!text || ask_busy(screen, p->act.ask.slot))
		return;
	p->act = (struct answer_ask){ .done = on_answered, .owner = p };
	word_map(duty_store(duty_of(screen)), &screen->scope, &p->act, p->system, p->word, p->meaning,
	         text);
}

static void on_meaning(struct screen *screen, int choice, void *data)
{
	struct problems *p = screen->state;
	(void)data;
	if (choice < 0)
		return;
	p->meaning = choice;
	ask_for_text(screen, &(struct ask_text){ .question = _("Căn cứ nào? (văn bản, ai bên kia trả lời, ngày nào)"), .max = 300 },
	             on_basis, NULL);
}

static bool may_map(const struct screen *screen)
{
	const struct task_row *task = chosen(screen);
	return task && strcmp(task->kind, "word") == 0;
}

static void run_map(struct screen *screen)
{
	enum { MEANINGS = STATUS_RETURNED + 1 };
	struct problems *p = screen->state;
	const struct task_row *task = chosen(screen);
	const char *choices[MEANINGS] = { _("Không phải trạng thái hồ sơ") };
	char question[400];
	if (!duty_of(screen)->facts->is_supervisor) {
		desk_say(screen->desk, FAULT_DENIED, "%s",
		         _("Người phụ trách xác định nghĩa của từ lạ; hãy báo họ."));
		return;
	}
	for (int i = 1; i < MEANINGS; i++)
		choices[i] = status_name(i);
	snprintf(p->system, sizeof p->system, "%s", task->system);
	snprintf(p->word, sizeof p->word, "%s", task->key);
	snprintf(question, sizeof question, _("Với %s, “%s” nghĩa là gì?"), task->system_name, task->key);
	ask_choice(screen, question, choices, MEANINGS, 0, on_meaning, NULL);
}

static bool may_remedy(const struct screen *screen)
{
	const struct task_row *task = chosen(screen);
	return task && remedy_name(task);
}

static void run_remedy(struct screen *screen)
{
	remedy_start(screen, chosen(screen));
}

static const struct action actions[] = {
	{ "task-remedy", "F4", N_("Xử lý"), N_("Đến ngay chỗ giải quyết việc này: giấy tờ, tiền, ngày hẹn, chỗ sai, tệp."), may_remedy,
	  run_remedy },
	{ "task-done", "F6", N_("Đã xong"), N_("Ghi đã làm gì; việc rời danh sách."), may_finish, run_finish },
	{ "task-word", "F7", N_("Nghĩa"), N_("Xác định một lần nghĩa của từ lạ bên kia dùng (người phụ trách)."),
	  may_map, run_map },
	{ 0 },
};

static void problems_about(const struct screen *screen, struct about *about)
{
	const struct problems *p = screen->state;
	if (!p->list.count)
		return;
	const struct task_row *problem = &p->rows[p->list.at];
	about->system = problem->system;
	about->dossier_id = problem->dossier_id;
	about->dossier = problem->code;
	about->error = problem->said;
}

const struct screen_kind problem_list_screen = {
	.name = "problems",
	.title = N_("VƯỚNG MẮC CẦN XỬ LÝ"),
	.help = N_("Việc bên kia để lại: hồ sơ bị từ chối, yêu cầu bổ sung, nộp phí, đổi hẹn, tệp không tải được, từ chưa rõ nghĩa.\n"
	           "F4 đến ngay chỗ giải quyết (dòng dưới cùng nói là chỗ nào); Enter mở hồ sơ; F6 ghi đã xong theo cách khác;\n"
	           "F7 người phụ trách xác định nghĩa của từ lạ."),
	.actions = actions,
	.size = sizeof(struct problems),
	.open = problems_open,
	.draw = problems_draw,
	.handle = problems_handle,
	.resume = problems_resume,
	.close = problems_close,
	.about = problems_about,
};
