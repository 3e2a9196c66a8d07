/* SPDX-License-Identifier: Apache-2.0
 *
 * Looking a paper up instead of asking for it: through the connection when a
 * register has answered, else by hand, and the record says which. */
#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/receive_private.h"

static void on_looked(struct screen *screen, const char *text, void *data)
{
	struct receive *receive = receive_of(screen);
	struct paper *paper = receive_paper(receive);
	struct error err = { 0 };
	(void)data;
	if (!text || !paper)
		return;
	const char *where = arena_string(&screen->arena, text);
	receive->looked_at = where;
	receive_papers_done(receive, paper_looked_up(paper, where, desk_now(screen->desk), &err), &err);
}

static void on_look_failed(struct screen *screen, const char *text, void *data)
{
	struct receive *receive = receive_of(screen);
	struct paper *paper = receive_paper(receive);
	struct error err = { 0 };
	(void)data;
	if (text && paper && !paper_lookup_failed(paper, arena_string(&screen->arena, text),
	                                          desk_now(screen->desk), &err))
		desk_tell(screen->desk, &err);
}

/* The register's own answer: where and when are what it said, and which question. */
static void take_answer(struct receive *receive, struct paper *paper)
{
	const struct looking *look = &receive->look;
	struct error err = { 0 };
	moment_t at = look->at == MOMENT_NONE ? desk_now(receive->screen->desk) : look->at;
	bool good = paper_looked_up(paper, arena_string(&receive->screen->arena, look->system), at, &err);
	if (good)
		paper->lookup_question = look->question;
	receive_papers_done(receive, good, &err);
}

/* Where one looks: as the rule says, else where the last one was looked up. */
static const char *database_of(const struct receive *receive, const struct paper *paper)
{
	if (paper->replaced)
		return paper->replaced->database;
	return receive->looked_at ? receive->looked_at : "";
}

static void ask_where(struct screen *screen, const char *initial)
{
	ask_for_text(screen, &(struct ask_text){ .question = _("Đã tra ở đâu (cơ sở dữ liệu, hệ thống nào)?"),
		.initial = initial, .max = 300 }, on_looked, NULL);
}

enum { LOOKED_THERE, LOOKED_ELSEWHERE, LOOKED_IN_VAIN, LOOK_NOW, LOOK_CHOICES };

static void on_look_choice(struct screen *screen, int choice, void *data)
{
	struct receive *receive = receive_of(screen);
	struct paper *paper = receive_paper(receive);
	(void)data;
	if (!paper)
		return;
	if (choice == LOOKED_THERE && receive_lookup_serves(receive, paper))
		take_answer(receive, paper);
	else if (choice == LOOKED_THERE && *database_of(receive, paper))
		on_looked(screen, database_of(receive, paper), NULL);
	else if (choice == LOOKED_THERE || choice == LOOKED_ELSEWHERE)
		ask_where(screen, "");
	else if (choice == LOOKED_IN_VAIN)
		ask_for_text(screen, &(struct ask_text){ .question = _("Vì sao không tra được?"),
			.initial = _("Hệ thống không trả lời") }, on_look_failed, NULL);
	else if (choice == LOOK_NOW)
		receive_lookup_start(receive, looking_kind(paper->replaced->database));
}

static const char *first_choice(const struct receive *receive, const struct paper *paper, struct arena *arena)
{
	char at[32];
	if (receive_lookup_serves(receive, paper))
		return arena_format(arena, _("Đã lấy qua kết nối %s, đúng và đủ: %s"),
		                    receive->look.at == MOMENT_NONE ? ""
		                                                    : moment_write(receive->look.at, at, sizeof at),
		                    receive->look.system);
	if (*database_of(receive, paper))
		return arena_format(arena, _("Đã tra bằng tay, đúng và đủ: %s"), database_of(receive, paper));
	return _("Đã tra bằng tay, dữ liệu đúng và đủ");
}

/* One answer when it was where the rule says. */
void receive_look_up(struct receive *receive)
{
	const struct paper *paper = receive_paper(receive);
	struct arena arena = { 0 };
	if (!paper)
		return;
	bool asked = paper->replaced && looking_kind(paper->replaced->database) &&
	             !receive_lookup_serves(receive, paper) && !looking_waits(&receive->look);
	const char *choices[LOOK_CHOICES] = { first_choice(receive, paper, &arena),
		_("Đã tra bằng tay ở nơi khác"), _("Không tra được, hoặc dữ liệu sai, thiếu"),
		_("Hỏi ngay qua kết nối (Ctrl-R)") };
	ask_choice(receive->screen, _("Khai thác cơ sở dữ liệu cho giấy tờ này:"), choices,
	           asked ? LOOK_CHOICES : LOOK_CHOICES - 1, 0, on_look_choice, NULL);
	arena_free(&arena);
}
