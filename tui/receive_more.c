/* SPDX-License-Identifier: Apache-2.0
 *
 * What is needed less often: another submitter, notes, files, and why. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/attach.h"
#include "tui/party.h"
#include "tui/receive_private.h"

/* ---- F8 ---- */

static void on_summary(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (text)
		receive_of(screen)->r.summary = arena_string(&screen->arena, text);
}

static void on_note(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (text)
		receive_of(screen)->r.note = arena_string(&screen->arena, text);
}

static void on_address(struct screen *screen, const char *text, void *data)
{
	struct receive *receive = receive_of(screen);
	(void)data;
	if (!text)
		return;
	receive->r.result_by = "post";
	receive->r.return_to = arena_string(&screen->arena, text);
	receive_refresh(receive);
}

static const char *check_address(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi địa chỉ để bưu chính đưa kết quả đến.");
}

static void on_result_by(struct screen *screen, int choice, void *data)
{
	static const char *const words[] = { "counter", "post", "online" };
	struct receive *receive = receive_of(screen);
	(void)data;
	if (choice < 0)
		return;
	if (choice != 1) {
		receive->r.result_by = words[choice];
		receive->r.return_to = "";
		receive_refresh(receive);
	} else {
		ask_for_text(screen, &(struct ask_text){ .question = _("Địa chỉ nhận kết quả qua bưu chính:"),
			.initial = receive->r.owner.address, .max = 400, .check = check_address }, on_address, NULL);
	}
}

static void on_channel(struct screen *screen, int choice, void *data)
{
	struct receive *receive = receive_of(screen);
	(void)data;
	if (choice < 0)
		return;
	receive->r.channel = choice == 0 ? CHANNEL_COUNTER : CHANNEL_POST;
	reception_change(&receive->r);
	receive_refresh(receive);
}

static const char *check_sets(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	char *end;
	long n = strtol(text, &end, 10);
	return end != text && !*end && n >= 1 && n <= 99 ? NULL : _("Gõ một số từ 1 đến 99.");
}

static void on_sets(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (text)
		receive_of(screen)->r.sets = (int)strtol(text, NULL, 10);
}

static void edit_party(struct receive *receive, bool submitter)
{
	receive_person_sync(receive);
	screen_push(receive->screen->desk, &party_screen,
	            &(struct party_plan){ .reception = &receive->r, .submitter = submitter });
}

static void ask_line(struct screen *screen, const char *question, const char *initial, int max,
                     void (*then)(struct screen *, const char *, void *))
{
	ask_for_text(screen, &(struct ask_text){ .question = question, .initial = initial, .max = max }, then, NULL);
}

enum { MORE_SUBMITTER, MORE_SELF, MORE_OWNER, MORE_PAPER, MORE_CASE, MORE_SUMMARY, MORE_RESULT,
	MORE_CHANNEL, MORE_SETS, MORE_NOTE, MORE_AGENCY, MORE_COUNT };

static void on_more(struct screen *screen, int choice, void *data)
{
	struct receive *receive = receive_of(screen);
	(void)data;
	switch (choice) {
	case MORE_SUBMITTER: edit_party(receive, true); break;
	case MORE_SELF:
		receive->r.represented = false;
		reception_change(&receive->r);
		receive_refresh(receive);
		break;
	case MORE_OWNER: edit_party(receive, false); break;
	case MORE_PAPER: receive_add_paper(receive); break;
	case MORE_CASE: receive_case(receive); break;
	case MORE_SUMMARY:
		ask_line(screen, _("Nội dung yêu cầu giải quyết:"), receive->r.summary, 1000, on_summary);
		break;
	case MORE_RESULT: {
		const char *ways[] = { _("Tại quầy"), _("Qua bưu chính công ích"), _("Trực tuyến") };
		ask_choice(screen, _("Nhận kết quả ở đâu?"), ways, 3, 0, on_result_by, NULL);
		break;
	}
	case MORE_CHANNEL: {
		const char *ways[] = { channel_name(CHANNEL_COUNTER), channel_name(CHANNEL_POST) };
		ask_choice(screen, _("Hồ sơ đến bằng kênh nào?"), ways, 2, 0, on_channel, NULL);
		break;
	}
	case MORE_SETS:
		ask_for_text(screen, &(struct ask_text){ .question = _("Số bộ hồ sơ:"), .plain = true, .max = 2,
			.check = check_sets }, on_sets, NULL);
		break;
	case MORE_NOTE: ask_line(screen, _("Ghi chú:"), receive->r.note, 500, on_note); break;
	case MORE_AGENCY: receive_agency(receive); break;
	default: break;
	}
}

void receive_more(struct receive *receive)
{
	const char *choices[MORE_COUNT] = { _("Người nộp không phải chủ hồ sơ (uỷ quyền)"),
		_("Chủ hồ sơ tự nộp"), _("Chi tiết chủ hồ sơ; chủ hồ sơ là tổ chức"),
		_("Thêm giấy tờ ngoài danh mục, kèm căn cứ"), _("Chọn lại trường hợp"),
		_("Nội dung yêu cầu"), _("Cách nhận kết quả"), _("Kênh nộp"), _("Số bộ"), _("Ghi chú"),
		_("Cơ quan khác giải quyết, trả kết quả nơi khác (phi địa giới)") };
	ask_choice(receive->screen, _("Thêm:"), choices, MORE_COUNT, 0, on_more, NULL);
}

/* ---- F4: a file for the paper under the cursor ---- */

struct file_job {
	struct file_ask ask;
	struct receive *receive;
	const char *paper, *name;
	int fd;
	struct task task;  /* closes the file when the screen goes first */
	struct file_job *next;
};

static void on_kept(struct file_ask *ask, int64_t file_id, const struct error *err)
{
	struct file_job *job = ask->owner;
	struct receive *receive = job->receive;
	scope_remove(&job->task);
	close(job->fd);
	job->fd = -1;
	struct reception *r = &receive->r;
	for (size_t i = 0; i < r->attachment_count; i++) {
		if (r->attachments[i].file_id || strcmp(r->attachments[i].name, job->name) != 0)
			continue;
		if (!err)
			r->attachments[i].file_id = file_id;
		else
			r->attachments[i] = r->attachments[--r->attachment_count];
		break;
	}
	if (err)
		desk_tell(receive->screen->desk, err);
	else
		desk_say(receive->screen->desk, FAULT_NONE, _("Đã cất tệp %s."), job->name);
	receive_refresh(receive);
}

static void on_task_end(struct task *task)
{
	struct file_job *job = OWNER_OF(task, struct file_job, task);
	if (job->fd >= 0)
		close(job->fd);
}

static void on_path(struct screen *screen, const char *path, void *data)
{
	struct receive *receive = receive_of(screen);
	const struct paper *paper = receive_paper(receive);
	struct error err = { 0 };
	const char *type;
	int fd;
	(void)data;
	if (!path || !*path || !paper)
		return;
	if (!attach_open(path, &fd, &type, &err)) {
		desk_tell(screen->desk, &err);
		return;
	}
	const char *slash = strrchr(path, '/');
	struct file_job *job = ARENA_NEW(&screen->arena, struct file_job);
	/* The name is the catalogue's, which may be read anew while the file goes. */
	*job = (struct file_job){ .receive = receive, .fd = fd, .next = receive->files,
		.paper = arena_string(&screen->arena, paper->name),
		.name = arena_string(&screen->arena, slash ? slash + 1 : path) };
	receive->files = job;
	job->task.end = on_task_end;
	scope_add(&screen->scope, &job->task);
	reception_attach(&receive->r, job->paper, job->name);
	job->ask = (struct file_ask){ .done = on_kept, .owner = job };
	file_attach(duty_store(receive_duty(receive)), &screen->scope, &job->ask, job->name, type, fd);
	receive_refresh(receive);
}

void receive_attach(struct receive *receive)
{
	if (!receive_paper(receive)) {
		desk_say(receive->screen->desk, FAULT_INPUT, "%s", _("Chọn một giấy tờ trong danh sách trước."));
		return;
	}
	ask_for_text(receive->screen, &(struct ask_text){ .question = _("Đường dẫn tệp (PDF, JPEG, PNG) kèm vào giấy tờ đang chọn:"),
		.plain = true, .max = 400 }, on_path, NULL);
}

/* ---- why ---- */

void receive_why(struct receive *receive)
{
	const struct reception *r = &receive->r;
	struct bytes text = { 0 };
	bytes_format(&text, "%s\n", _("VÌ SAO CHUYỂN ĐẾN ĐÓ"));
	for (size_t i = 0; i < r->route.why.count; i++)
		bytes_format(&text, "  %s\n", r->route.why.items[i]);
	bytes_format(&text, "\n%s\n", _("VÌ SAO HẸN NGÀY NÀY"));
	for (size_t i = 0; i < r->due.lines.count; i++)
		bytes_format(&text, "  %s\n", r->due.lines.items[i]);
	if (r->due.lines.count == 0)
		bytes_format(&text, "  %s\n", _("Chưa có thời hạn nào được xác nhận, nên chưa tính được ngày."));
	if (*r->limit.basis)
		bytes_format(&text, _("  Căn cứ thời hạn: %s\n"), r->limit.basis);
	if (r->checklist.help.count)
		bytes_format(&text, "\n%s\n", _("LƯU Ý CỦA THỦ TỤC"));
	for (size_t i = 0; i < r->checklist.help.count; i++)
		bytes_format(&text, "  %s\n", r->checklist.help.items[i]);
	ask_read(receive->screen, _("Vì sao"), bytes_string(&text), NULL, NULL);
	bytes_free(&text);
}
