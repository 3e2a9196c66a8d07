/* SPDX-License-Identifier: Apache-2.0
 *
 * What was read from the scanned papers, beside the form: offered, taken by a key, marked
 * until the clerk has held it against the paper. */
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/proposals_screen.h"
#include "tui/receive_private.h"

enum { NAMED = 4 };

/* ---- what came ---- */

void receive_words(struct receive *receive, const struct said *const *pages, size_t count, const char *paper)
{
	struct read_words *read = &receive->read;
	struct arena *arena = &receive->screen->arena;
	size_t before = read->all.count;
	for (size_t i = 0; i < count && i < WORDS_PAGES; i++)
		if (pages[i])
			propose(arena, pages[i], (int)i + 1, receive->r.catalogue, &read->all);
	read->papers = arena_grow(arena, read->papers, sizeof *read->papers, read->count, &read->room);
	read->papers[read->count++] = (struct read_paper){ arena_string(arena, paper), before };
	screen_dirty(receive->screen);
}

static const char *paper_of(const struct read_words *read, size_t proposal)
{
	const char *name = "";
	for (size_t i = 0; i < read->count && read->papers[i].first <= proposal; i++)
		name = read->papers[i].name;
	return name;
}

/* ---- where it goes ---- */

/* AT_COUNT: into what the dossier is about (F8). */
static enum at place_of(enum proposal_kind kind)
{
	switch (kind) {
	case PROPOSE_NAME: return AT_NAME;
	case PROPOSE_NUMBER: return AT_NUMBER;
	case PROPOSE_BIRTH: return AT_BIRTH;
	case PROPOSE_SEX: return AT_SEX;
	case PROPOSE_PHONE: return AT_PHONE;
	case PROPOSE_ADDRESS: return AT_ADDRESS;
	default: return AT_COUNT;
	}
}

/* Of an organisation a paper tells where it is, and who it is about: its names and numbers
 * are those of persons. */
static bool fits(const struct receive *receive, const struct proposal *p)
{
	bool personal = p->kind == PROPOSE_NAME || p->kind == PROPOSE_NUMBER || p->kind == PROPOSE_BIRTH || p->kind == PROPOSE_SEX;
	return !personal || receive->r.owner.kind == PERSON_CITIZEN;
}

/* What the form says there. */
static const char *typed_of(const struct receive *receive, const struct proposal *p)
{
	enum at at = place_of(p->kind);
	return at == AT_COUNT ? receive->r.summary ? receive->r.summary : "" : receive->fields[at].text;
}

static bool same_as_typed(const struct receive *receive, const struct proposal *p)
{
	const char *typed = typed_of(receive, p);
	if (place_of(p->kind) == AT_COUNT)
		return strstr(typed, p->text) != NULL;
	return *typed && (p->kind == PROPOSE_NAME ? text_same_name(typed, p->text) : strcmp(typed, p->text) == 0);
}

/* Through the field's own keys, so that Ctrl-_ brings back what stood there. */
static void put(struct field *field, const char *text)
{
	static const int keys[] = { 'e', 'u' };
	for (int i = 0; i < 2; i++)
		(void)field_handle(field, &(struct event){ .kind = EVENT_KEY, .chord = { keys[i], MOD_CTRL } });
	if (!field_insert(field, text, strlen(text)))
		field_set(field, text);
}

/* "Giấy khai sinh" + "số 15/2021" + "ngày 12/08/2021" */
static void put_summary(struct receive *receive, const struct proposal *p)
{
	const char *had = receive->r.summary && *receive->r.summary ? receive->r.summary : "";
	const char *before = p->kind == PROPOSE_PAPER_NUMBER ? "số " : p->kind == PROPOSE_DATED ? "ngày " : "";
	receive->r.summary = arena_format(&receive->screen->arena, "%s%s%s%s", had, *had ? " " : "", before, p->text);
}

static void take(struct receive *receive, const struct proposal *p)
{
	enum at at = place_of(p->kind);
	if (receive->sending || receive->finished)
		return;
	if (at == AT_COUNT) {
		put_summary(receive, p);
	} else {
		put(&receive->fields[at], p->text);
		receive->read.taken[at] = p->text;
	}
	if (at == AT_NUMBER)
		receive->scanned = false;
	receive->compare = receive->read.unlooked = true; /* F9 asks */
	receive_refresh(receive);
}

/* The nth that fits: as the list shows them. */
static void on_take(struct screen *screen, int row)
{
	struct receive *receive = receive_of(screen);
	const struct proposals *all = &receive->read.all;
	for (size_t i = 0; i < all->count; i++)
		if (fits(receive, &all->items[i]) && row-- == 0) {
			take(receive, &all->items[i]);
			return;
		}
}

/* ---- beside the form ---- */

bool receive_words_taken(const struct receive *receive, enum at at)
{
	const char *taken = at < AT_PROCEDURE ? receive->read.taken[at] : NULL;
	return taken && receive->read.unlooked && strcmp(taken, receive->fields[at].text) == 0;
}

/* The next proposal for the field under the cursor that it does not say already; NULL: none. */
static const struct proposal *next_for(const struct receive *receive)
{
	const struct proposals *all = &receive->read.all;
	const struct proposal *first = NULL;
	bool passed = false;
	for (size_t i = 0; receive->at < AT_PROCEDURE && i < all->count; i++) {
		const struct proposal *p = &all->items[i];
		if (place_of(p->kind) != receive->at || !fits(receive, p))
			continue;
		if (same_as_typed(receive, p)) {
			passed = true;
			continue;
		}
		if (passed)
			return p;
		first = first ? first : p;
	}
	return first;
}

const char *receive_words_hint(const struct receive *receive, struct arena *arena)
{
	const struct proposal *p = next_for(receive);
	return !p ? NULL : arena_format(arena, p->doubted ? _("Đọc được (nghi nhầm): %s — Ctrl-N lấy vào ô.") : _("Đọc được trên giấy: %s — Ctrl-N lấy vào ô."),
	                                p->text);
}

/* "Đọc được trên giấy: họ tên, số thẻ… · Ctrl-N"; NULL when the form says all of it. */
const char *receive_words_line(const struct receive *receive, struct arena *arena)
{
	const struct proposals *all = &receive->read.all;
	const char *names = "";
	unsigned seen = 0;
	int count = 0;
	for (size_t i = 0; i < all->count; i++) {
		const struct proposal *p = &all->items[i];
		bool known = seen & 1u << p->kind;
		seen |= 1u << p->kind;
		/* Several persons stand on a paper: with one of them taken the kind is done. */
		if (known || !fits(receive, p) || (*typed_of(receive, p) && place_of(p->kind) != AT_COUNT) || same_as_typed(receive, p))
			continue;
		if (count++ < NAMED)
			names = arena_format(arena, "%s%s%s", names, *names ? ", " : "", text_lower(arena, proposal_name(p->kind)));
	}
	return !count ? NULL : arena_format(arena, _("Đọc được trên giấy: %s%s · Ctrl-N "), names, count > NAMED ? "…" : "");
}

static void open_list(struct receive *receive)
{
	const struct read_words *read = &receive->read;
	struct arena arena = { 0 };
	struct proposals_row *rows = ARENA_MANY(&arena, struct proposals_row, read->all.count + 1);
	int at = -1, count = 0;
	for (size_t i = 0; i < read->all.count; i++) {
		const struct proposal *p = &read->all.items[i];
		if (!fits(receive, p))
			continue;
		rows[count] = (struct proposals_row){ proposal_name(p->kind), p->text, typed_of(receive, p), p->beside, paper_of(read, i),
			p->page, same_as_typed(receive, p), p->doubted };
		if (at < 0 && !rows[count].same)
			at = count;
		count++;
	}
	screen_push(receive->screen->desk, &proposals_screen, &(struct proposals_plan){ .rows = rows,
		.count = count, .at = at < 0 ? 0 : at, .asker = receive->screen, .take = on_take });
	arena_free(&arena);
}

void receive_read(struct screen *screen)
{
	struct receive *receive = receive_of(screen);
	const struct proposal *p = next_for(receive);
	if (p)
		take(receive, p);
	else if (receive->read.all.count)
		open_list(receive);
	else
		desk_say(screen->desk, FAULT_NONE, "%s", _("Chưa đọc được gì trên giấy: F4 quét giấy tờ trước."));
}
