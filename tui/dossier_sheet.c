/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/dossier_sheet.h"


#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/dossier/checklist.h"
#include "core/dossier/deadline.h"
#include "core/dossier/lifecycle.h"
#include "core/dossier/procedure.h"
#include "tui/dossier_life.h"
#include "tui/dossier_private.h"
#include "tui/dossier_way.h"
#include "tui/travel.h"

static const char *given(const char *clear, const char *masked)
{
	return clear && *clear ? clear : masked;
}

static void put_person(struct sheet *sheet, const struct dossier_person *person,
                       const struct revealed *shown)
{
	bool owner = strcmp(person->role, "owner") == 0;
	const char *number = given(owner ? shown->owner_id : shown->submitter_id, person->id_masked);
	const char *phone =
		given(owner ? shown->owner_phone : shown->submitter_phone, person->phone_masked);
	char birth[16] = "";
	if (person->birth != DAY_NONE)
		day_write(person->birth, birth, sizeof birth);
	const char *line = arena_format(sheet->arena, "%s  %s%s%s%s%s%s%s", person->name, number,
	                                *person->sex ? "  " : "", person->sex, *birth ? "  " : "",
	                                birth, *phone ? "  " : "", phone);
	sheet_value(sheet, owner ? _("Chủ hồ sơ") : _("Người nộp"), ROLE_PERSON, line);
	sheet_value(sheet, "", ROLE_PERSON, person->address);
}

static void put_due(struct sheet *sheet, const struct dossier_full *d, moment_t now)
{
	char at[32];
	if (d->due_at == MOMENT_NONE) {
		sheet_value(sheet, _("Hẹn trả"), ROLE_TEXT,
		            _("Không có ngày hẹn trả cụ thể theo quy định"));
		return;
	}
	enum punctuality how = deadline_judge(d->status, d->due_at, d->finished_at, now);
	bool late = how == PUNCTUAL_LATE || how == PUNCTUAL_DONE_LATE;
	sheet_value(sheet, _("Hẹn trả"), late ? ROLE_LATE : ROLE_TEXT,
	            arena_format(sheet->arena, "%s%s, %s — %s", how == PUNCTUAL_LATE ? "! " : "",
	                         weekday_name(day_weekday(moment_day(d->due_at))),
	                         moment_write(d->due_at, at, sizeof at), punctuality_name(how)));
}

static void put_head(struct sheet *sheet, const struct dossier_full *d, const struct way *way, const struct life *life,
                     const struct revealed *shown, moment_t now)
{
	char at[32];
	sheet_value(sheet, _("Mã hồ sơ"), ROLE_TEXT,
	            *d->foreign_code ? arena_format(sheet->arena, "%s   (%s)", d->code, d->foreign_code)
	                             : d->code);
	sheet_value(sheet, _("Tình trạng"), ROLE_TEXT, status_name(d->status));
	sheet_value(sheet, _("Thủ tục"), ROLE_TEXT,
	            arena_format(sheet->arena, "%s %s", d->procedure_code, d->procedure_name));
	sheet_value(sheet, _("Nội dung"), ROLE_TEXT, d->summary);
	for (int i = 0; i < d->person_count; i++)
		put_person(sheet, &d->people[i], shown);
	sheet_value(sheet, _("Tiếp nhận"), ROLE_TEXT,
	            arena_format(sheet->arena, "%s · %s · %s · %s",
	                         moment_write(d->received_at, at, sizeof at), d->received_by,
	                         d->counter, channel_name((enum channel)d->channel)));
	put_due(sheet, d, now);
	dossier_life_head(sheet, life, d, now);
	dossier_way_agencies(sheet, way, d);
}

static void put_due_lines(struct sheet *sheet, const struct dossier_full *d)
{
	char at[32], old[32], fresh[32];
	if (d->due_count == 0)
		return;
	sheet_heading(sheet, _("Ngày hẹn trả tính ra sao"));
	for (int i = 0; i < d->due_count; i++) {
		const struct dossier_due *due = &d->due[i];
		if (due->old_due != MOMENT_NONE)
			sheet_format(sheet, 0, ROLE_TEXT, _("%s: đổi từ %s sang %s — %s (%s)"),
			             moment_write(due->at, at, sizeof at),
			             moment_write(due->old_due, old, sizeof old),
			             due->new_due == MOMENT_NONE
			                     ? _("không hẹn")
			                     : moment_write(due->new_due, fresh, sizeof fresh),
			             due->cause, due->by_name);
		sheet_line(sheet, 2, ROLE_DIM, due->line);
	}
}

static void put_travel(struct sheet *sheet, const struct dossier_full *d, const struct way *way)
{
	char at[32];
	sheet_heading(sheet, _("Đường đi"));
	if (way && way->route_count)
		dossier_way_why(sheet, way);
	else
		sheet_line(sheet, 0, ROLE_DIM, d->route_basis);
	for (int i = 0; i < d->travel_count; i++) {
		const struct dossier_travel *t = &d->travel[i];
		/* Nobody waits for a system that is only told. */
		bool timed = t->changed_at != MOMENT_NONE && !travel_told_only(t->state);
		sheet_format(sheet, 0, travel_role(t->state), "%s — %s%s%s%s%s%s", t->system_name,
		             travel_text(t->state), *t->foreign_code ? " · " : "", t->foreign_code,
		             timed ? " · " : "", timed ? moment_write(t->changed_at, at, sizeof at) : "",
		             t->attempts > 1 ? arena_format(sheet->arena, _(", đã thử %d lần"), t->attempts)
		                             : "");
		sheet_line(sheet, 4, strcmp(t->state, "disagreed") == 0 ? ROLE_ERROR : ROLE_DIM,
		           t->note);
	}
}

static void put_result(struct sheet *sheet, const struct dossier_part *part)
{
	sheet_format(sheet, 0, ROLE_GOOD, _("Kết quả: %s%s%s"), part->name,
	             *part->result_code ? " · " : "", part->result_code);
	if (part->file_id)
		sheet_format(sheet, 4, ROLE_DIM, _("tệp %s, %lld KB%s — Ctrl-E lưu, in"), part->file_name,
		             (long long)(part->file_size + 1023) / 1024,
		             part->acked_at == MOMENT_NONE ? "" : _(", đã báo bên kia là đã nhận"));
	else if (*part->link)
		sheet_line(sheet, 4, *part->note ? ROLE_ERROR : ROLE_WARN,
		           *part->note ? part->note : _("đang tải tệp"));
	else
		sheet_line(sheet, 4, *part->note ? ROLE_ERROR : ROLE_DIM,
		           *part->note ? part->note : _("không kèm tệp"));
}

static void put_asked(struct sheet *sheet, const struct dossier_part *part)
{
	char at[32], until[32];
	bool fee = strcmp(part->kind, "payment") == 0, due = strcmp(part->kind, "extension") == 0;
	const char *what = fee   ? arena_format(sheet->arena, _("Yêu cầu nộp %s: %s đ"), part->name,
	                                        text_money(sheet->arena, part->amount))
	                   : due ? arena_format(sheet->arena, _("Báo ngày hẹn trả mới %s: %s"),
	                                        moment_write(part->new_due, until, sizeof until),
	                                        part->said)
	                         : arena_format(sheet->arena, _("Yêu cầu bổ sung: %s"), part->said);
	bool answered = part->answered_at != MOMENT_NONE;
	sheet_line(sheet, 0, part->settled || answered ? ROLE_DIM : ROLE_WARN, what);
	if (answered)
		sheet_format(sheet, 4, ROLE_DIM, _("quầy đã trả lời lúc %s; %s hỏi lúc %s%s"),
		             moment_write(part->answered_at, until, sizeof until), part->system_name,
		             moment_write(part->at, at, sizeof at), part->settled ? _(" · bên kia báo đã xong") : "");
	else
		sheet_format(sheet, 4, ROLE_DIM, "%s%s%s%s · %s%s", part->until == MOMENT_NONE ? "" : _("hạn "),
		             part->until == MOMENT_NONE ? "" : moment_write(part->until, until, sizeof until),
		             part->until == MOMENT_NONE ? "" : _(", hỏi lúc "),
		             moment_write(part->at, at, sizeof at), part->system_name,
		             part->settled ? _(" · bên kia báo đã xong") : "");
}

static void put_told(struct sheet *sheet, const struct dossier_full *d)
{
	if (d->told_count == 0)
		return;
	sheet_heading(sheet, _("Bên kia yêu cầu và trả lời"));
	for (int i = 0; i < d->told_count; i++)
		if (strcmp(d->told[i].kind, "result") == 0)
			put_result(sheet, &d->told[i]);
		else
			put_asked(sheet, &d->told[i]);
}

static const char *stored_label(const char *stored, const char *(*stored_of)(int), const char *(*name_of)(int),
                                int count)
{
	for (int i = 0; i < count; i++)
		if (strcmp(stored_of(i), stored) == 0)
			return name_of(i);
	return stored;
}

static const char *state_stored(int i)
{
	return paper_state_stored((enum paper_state)i);
}

static const char *state_name(int i)
{
	return paper_state_name((enum paper_state)i);
}

static const char *action_stored(int i)
{
	return paper_action_stored((enum paper_action)i);
}

static const char *action_name(int i)
{
	return paper_action_name((enum paper_action)i);
}

/* Its files, with what was found in them when they came; that a paper which stayed here has none. */
static void put_files(struct sheet *sheet, const struct dossier_full *d, const struct dossier_component *c)
{
	bool stays = strcmp(c->state, paper_state_stored(PAPER_OK)) == 0 &&
		     (strcmp(c->action, paper_action_stored(ACTION_SUBMIT)) == 0 ||
		      strcmp(c->action, paper_action_stored(ACTION_COMPARE)) == 0);
	for (int i = 0; i < d->file_count; i++) {
		const struct dossier_file *f = &d->files[i];
		if (f->seq != c->seq)
			continue;
		stays = false;
		sheet_format(sheet, 4, ROLE_DIM, _("Tệp %s: %s%s"), f->name, *f->found ? f->found : _("chưa kiểm"),
		             f->reused ? _(" · dùng lại") : "");
	}
	if (stays)
		sheet_line(sheet, 4, ROLE_WARN, _("Chưa số hóa"));
}

static void put_components(struct sheet *sheet, const struct dossier_full *d)
{
	sheet_heading(sheet, _("Thành phần hồ sơ"));
	for (int i = 0; i < d->component_count; i++) {
		const struct dossier_component *c = &d->components[i];
		const char *state = stored_label(c->state, state_stored, state_name, PAPER_STATE_COUNT);
		if (!c->required && strcmp(c->state, paper_state_stored(PAPER_OPEN)) == 0) {
			/* "If there is one", and there was none: nothing is missing. */
			sheet_format(sheet, 0, ROLE_DIM, _("%d. %s — không nộp"), c->seq, c->name);
			continue;
		}
		const char *action =
			stored_label(c->action, action_stored, action_name, PAPER_ACTION_COUNT);
		sheet_format(sheet, 0, ROLE_TEXT, "%d. %s", c->seq, c->name);
		sheet_format(sheet, 4, ROLE_DIM, _("%s · %s · %d bản chính, %d bản sao%s%s%s%s"), action,
		             state, c->originals, c->copies, *c->reason ? " · " : "", c->reason,
		             *c->lookup_where ? " · " : "", c->lookup_where);
		put_files(sheet, d, c);
	}
}

static void put_fees(struct sheet *sheet, const struct dossier_full *d)
{
	char at[32];
	if (d->fee_count == 0)
		return;
	sheet_heading(sheet, _("Phí, lệ phí"));
	for (int i = 0; i < d->fee_count; i++) {
		const struct dossier_fee *fee = &d->fees[i];
		sheet_format(sheet, 0, ROLE_TEXT, "%s: %s đ%s%s%s%s", fee->name,
		             text_money(sheet->arena, fee->amount), *fee->exempt_reason ? " — miễn: " : "",
		             fee->exempt_reason, *fee->basis ? " — " : "", fee->basis);
		if (fee->paid_at != MOMENT_NONE)
			sheet_format(sheet, 4, ROLE_DIM, "%s %s%s%s", strcmp(fee->paid, "cash") == 0 ? _("đã thu tiền mặt") : _("đã chuyển khoản"),
			             moment_write(fee->paid_at, at, sizeof at), *fee->receipt ? _(", biên lai ") : "", fee->receipt);
		else if (dossier_fee_owed(fee))
			sheet_line(sheet, 4, ROLE_WARN, _("chưa thu"));
	}
}

static void put_papers(struct sheet *sheet, const struct dossier_full *d)
{
	char at[32];
	if (d->paper_count == 0)
		return;
	sheet_heading(sheet, _("Giấy đã lập"));
	for (int i = 0; i < d->paper_count; i++)
		sheet_format(sheet, 0, ROLE_TEXT, _("Mẫu %s %s · %s · %s · in %d lần"), d->papers[i].form,
		             d->papers[i].number, moment_write(d->papers[i].made_at, at, sizeof at),
		             d->papers[i].by_name, d->papers[i].copies_printed);
}

static void put_events(struct sheet *sheet, const struct dossier_full *d)
{
	char at[32];
	sheet_heading(sheet, _("Diễn biến"));
	for (int i = 0; i < d->event_count; i++) {
		const struct dossier_event *event = &d->events[i];
		bool moved = event->to_status && event->to_status != event->from_status;
		sheet_format(sheet, 0, ROLE_TEXT, "%s  %s%s%s%s%s",
		             moment_write(event->at, at, sizeof at),
		             moved ? status_name(event->to_status) : "", moved && *event->note ? " — " : "",
		             event->note, *event->by_name ? " · " : "", event->by_name);
	}
}

void dossier_sheet(struct sheet *sheet, const struct dossier_full *d, const struct way *way, const struct life *life,
                   const struct return_state *returns, const struct revealed *shown, moment_t now)
{
	put_head(sheet, d, way, life, shown, now);
	if (returns)
		dossier_put_return(sheet, d, returns);
	put_travel(sheet, d, way);
	put_told(sheet, d);
	put_due_lines(sheet, d);
	put_components(sheet, d);
	put_fees(sheet, d);
	put_papers(sheet, d);
	sheet_value(sheet, _("Ghi chú"), ROLE_TEXT, d->note);
	put_events(sheet, d);
	dossier_life_parts(sheet, life, d, now);
}
