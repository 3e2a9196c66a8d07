/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/ask.h"
#include "tui/receive_private.h"

static void search(struct receive *receive)
{
	struct field *field = &receive->fields[AT_PROCEDURE];
	receive->match_count = catalogue_search(receive->r.catalogue, field->text,
	                                        desk_today(receive->screen->desk),
	                                        receive->matches, MATCHES);
	receive->match_at = 0;
	receive->not_here = receive->match_count ? NULL : catalogue_known(receive->r.catalogue, field->text);
	receive->searching = true;
}

void receive_procedure_show(struct receive *receive)
{
	const struct procedure *p = receive->r.procedure;
	field_set(&receive->fields[AT_PROCEDURE], p ? p->code : "");
}

static void on_case(struct screen *screen, int choice, void *data)
{
	struct receive *receive = receive_of(screen);
	const struct procedure *p = receive->r.procedure;
	(void)data;
	if (choice < 0 || !p || (size_t)choice >= p->case_count)
		return;
	receive->r.case_id = p->cases[choice].case_id;
	reception_change(&receive->r);
	receive_refresh(receive);
}

void receive_case(struct receive *receive)
{
	const struct procedure *p = receive->r.procedure;
	if (!p || p->case_count == 0)
		return;
	struct arena arena = { 0 };
	const char **names = ARENA_MANY(&arena, const char *, p->case_count);
	for (size_t i = 0; i < p->case_count; i++)
		names[i] = p->cases[i].name;
	ask_choice(receive->screen, _("Trường hợp nào?"), names, (int)p->case_count, 0, on_case, NULL);
	arena_free(&arena);
}

/* What the clerk must know before anything is typed: only online, or not here. */
static void warn_channel(struct receive *receive)
{
	const struct procedure *p = receive->r.procedure;
	struct desk *desk = receive->screen->desk;
	bool counter = p->limit_count == 0;
	for (size_t i = 0; i < p->limit_count; i++)
		counter |= p->limits[i].channel == CHANNEL_ANY || p->limits[i].channel == CHANNEL_COUNTER;
	if (!counter)
		desk_say(desk, FAULT_INPUT, "%s",
		         _("Thủ tục này theo công bố không nộp trực tiếp: hướng dẫn người dân nộp trực tuyến hoặc qua bưu chính."));
	else if (p->immediate)
		desk_say(desk, FAULT_NONE, "%s",
		         _("Thủ tục giải quyết ngay: không bắt buộc in giấy hẹn, nhưng vẫn phải vào sổ."));
	else if (*p->note)
		desk_say(desk, FAULT_NONE, "%s", p->note);
}

static void choose(struct receive *receive)
{
	if (receive->match_at >= receive->match_count)
		return;
	const struct procedure *p = receive->matches[receive->match_at];
	/* What the postman brought was filed by post, whatever is chosen. */
	bool posted = receive->r.taken.consignment && !*receive->r.taken.agency.name;
	receive->searching = false;
	if (p != receive->r.procedure)
		reception_choose(&receive->r, p, 0, receive->r.online.filing_id ? CHANNEL_ONLINE : posted ? CHANNEL_POST : CHANNEL_COUNTER);
	receive_procedure_show(receive);
	receive->papers.at = 0;
	receive_go(receive, receive->r.checklist.count ? AT_PAPERS : AT_PROCEDURE);
	warn_channel(receive);
	receive_case(receive);
}

/* The whole name, which may have a thousand characters. */
static void read_name(struct receive *receive)
{
	const struct procedure *p = receive->searching && receive->match_at < receive->match_count
	                                    ? receive->matches[receive->match_at]
	                                    : receive->r.procedure;
	if (!p)
		return;
	struct arena arena = { 0 };
	ask_read(receive->screen, p->code,
	         arena_format(&arena, _("%s\n\nLĩnh vực: %s\nCơ quan: %s\nKết quả: %s\nCông bố: %s\n%s"),
	                      p->name, p->field, p->ministry, p->result_name, p->decision, p->note),
	         NULL, NULL);
	arena_free(&arena);
}

bool receive_procedure_handle(struct receive *receive, const struct event *event)
{
	struct field *field = &receive->fields[AT_PROCEDURE];
	if (receive->searching && event_is(event, K_DOWN, 0)) {
		if (receive->match_at + 1 < receive->match_count)
			receive->match_at++;
		return true;
	}
	if (receive->searching && event_is(event, K_UP, 0) && receive->match_at > 0) {
		receive->match_at--;
		return true;
	}
	if (event_is(event, K_ENTER, 0) && receive->searching) {
		choose(receive);
		return true;
	}
	if (event_is(event, K_ENTER, 0) && !receive->r.procedure) {
		search(receive); /* the most used ones: shown first, never taken unseen */
		return true;
	}
	if (event_is(event, 'o', MOD_CTRL) || event_is(event, K_RIGHT, MOD_ALT)) {
		read_name(receive);
		return true;
	}
	if (event->kind == EVENT_TEXT && !receive->searching && receive->r.procedure)
		field_set(field, ""); /* a new word replaces the chosen one */
	if (!field_handle(field, event))
		return false;
	if (field->changed) {
		field->changed = false;
		search(receive);
	}
	return true;
}
