/* SPDX-License-Identifier: Apache-2.0
 *
 * Ctrl-R: the register is asked while the clerk goes on typing; its answer is
 * compared, never copied by itself; a paper that a database replaces then says
 * truly where its facts are from. */
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/ask.h"
#include "tui/compare.h"
#include "tui/receive_private.h"

enum { TAKE_NUMBER, TAKE_NAME, TAKE_BIRTH, TAKE_SEX, TAKE_ADDRESS, TAKE_REPRESENTATIVE, TAKE_NONE };

static struct receive *of_look(struct looking *look)
{
	return OWNER_OF(look, struct receive, look);
}

/* ---- beside what was typed ---- */

static const char *birth_of(struct arena *arena, const struct lookup_item *item)
{
	char day[16];
	if (item->birth != DAY_NONE)
		return arena_string(arena, day_write(item->birth, day, sizeof day));
	return item->birth_year ? arena_format(arena, "%d", item->birth_year) : "";
}

/* Only the year is known over there: the year is what is compared. */
static bool same_birth(const struct lookup_item *item, const char *typed)
{
	day_t day = day_read(typed);
	if (item->birth != DAY_NONE)
		return day == item->birth;
	return day != DAY_NONE && day_date(day).year == item->birth_year;
}

/* "Ấp 1, xã Núi Cấm" and "ấp 1 xã Núi Cấm": the same place. */
static bool same_words(const char *a, const char *b)
{
	char left[600], right[600];
	size_t n = text_fold(a, left, sizeof left), m = text_fold(b, right, sizeof right), i = 0, j = 0;
	for (;;) {
		while (i < n && (left[i] == ' ' || left[i] == ',' || left[i] == '.'))
			i++;
		while (j < m && (right[j] == ' ' || right[j] == ',' || right[j] == '.'))
			j++;
		if (i >= n || j >= m)
			return i >= n && j >= m;
		if (left[i++] != right[j++])
			return false;
	}
}

/* Codes of today's units are written as people do. */
static const char *place_of(const struct receive *receive, struct arena *arena, enum place_kind kind,
                            const char *code)
{
	const struct place *place = *code ? catalogue_place(receive->r.catalogue, kind, code) : NULL;
	if (!place)
		return code;
	size_t n = strcspn(place->full_name, " ");
	return arena_format(arena, "%s%s", text_lower(arena, arena_copy(arena, place->full_name, n)),
	                    place->full_name + n);
}

static const char *whole_address(const struct receive *receive, struct arena *arena, const struct lookup_item *item)
{
	const char *commune = place_of(receive, arena, PLACE_COMMUNE, item->commune);
	const char *province = place_of(receive, arena, PLACE_PROVINCE, item->province);
	return arena_format(arena, "%s%s%s%s%s", item->address, *item->address && *commune ? ", " : "", commune,
	                    *province && (*commune || *item->address) ? ", " : "", province);
}

static int compare_rows(const struct receive *receive, struct arena *arena, struct compare_row *rows)
{
	const struct lookup_item *item = &receive->look.items[0];
	const struct field *f = receive->fields;
	bool citizen = strcmp(receive->look.what, "citizen") == 0;
	const char *birth = birth_of(arena, item), *address = whole_address(receive, arena, item);
	const char *number = f[AT_NUMBER].text;
	int n = 0;
	rows[n++] = (struct compare_row){ TAKE_NUMBER, _("Số"), number, item->number,
		strcmp(number, item->number) == 0 || (*item->old_number && strcmp(number, item->old_number) == 0), false };
	rows[n++] = (struct compare_row){ TAKE_NAME, citizen ? _("Họ tên") : _("Tên"), f[AT_NAME].text, item->name,
		text_same_name(f[AT_NAME].text, item->name), false };
	if (citizen) {
		rows[n++] = (struct compare_row){ TAKE_BIRTH, _("Sinh ngày"), f[AT_BIRTH].text, birth,
			same_birth(item, f[AT_BIRTH].text), item->birth == DAY_NONE };
		rows[n++] = (struct compare_row){ TAKE_SEX, _("Giới"), f[AT_SEX].text, item->sex,
			strcmp(f[AT_SEX].text, item->sex) == 0, false };
	}
	rows[n++] = (struct compare_row){ TAKE_ADDRESS, _("Địa chỉ"), f[AT_ADDRESS].text, address,
		same_words(f[AT_ADDRESS].text, address), false };
	if (!citizen) {
		rows[n++] = (struct compare_row){ TAKE_REPRESENTATIVE, _("Đại diện"), receive->r.owner.representative,
			item->representative, text_same_name(receive->r.owner.representative, item->representative), false };
		rows[n++] = (struct compare_row){ TAKE_NONE, _("Tình trạng"), "", item->status, true, true };
	}
	return n;
}

static int differences(const struct receive *receive)
{
	struct arena arena = { 0 };
	struct compare_row rows[COMPARE_MOST];
	int count = compare_rows(receive, &arena, rows), differ = 0;
	for (int i = 0; i < count; i++)
		differ += !rows[i].same && *rows[i].theirs;
	arena_free(&arena);
	return differ;
}

static void on_take(struct screen *screen, int id)
{
	static const enum at places[] = { [TAKE_NUMBER] = AT_NUMBER, [TAKE_NAME] = AT_NAME, [TAKE_BIRTH] = AT_BIRTH,
		[TAKE_SEX] = AT_SEX, [TAKE_ADDRESS] = AT_ADDRESS };
	struct receive *receive = receive_of(screen);
	struct arena arena = { 0 };
	struct compare_row rows[COMPARE_MOST];
	int count = compare_rows(receive, &arena, rows);
	for (int i = 0; i < count; i++) {
		if (rows[i].id != id)
			continue;
		if (id == TAKE_REPRESENTATIVE)
			receive->r.owner.representative = arena_string(&screen->arena, rows[i].theirs);
		else if (id != TAKE_NONE)
			field_set(&receive->fields[places[id]], rows[i].theirs);
	}
	receive_person_sync(receive);
	receive_refresh(receive);
	arena_free(&arena);
}

/* ---- an insurance card: nothing to compare, something to read ---- */

static void read_cards(struct receive *receive)
{
	const struct looking *look = &receive->look;
	struct bytes text = { 0 };
	char from[16], until[16];
	for (int i = 0; i < look->count; i++) {
		const struct lookup_item *item = &look->items[i];
		bytes_format(&text, _("%s%s\nMã số BHXH: %s\nSố thẻ: %s\nHạn: %s – %s\nNơi đăng ký khám: %s\nTình trạng: %s\n"),
		             i ? "\n" : "", item->name, item->number, *item->card ? item->card : "—",
		             item->from == DAY_NONE ? "—" : day_write(item->from, from, sizeof from),
		             item->until == DAY_NONE ? "—" : day_write(item->until, until, sizeof until),
		             *item->place ? item->place : "—", *item->status ? item->status : "—");
	}
	ask_read(receive->screen, look->system, bytes_string(&text), NULL, NULL);
	bytes_free(&text);
}

static void show(struct receive *receive)
{
	const struct looking *look = &receive->look;
	struct arena arena = { 0 };
	struct compare_row rows[COMPARE_MOST];
	char at[32];
	if (strcmp(look->what, "insurance") == 0) {
		read_cards(receive);
		return;
	}
	int count = compare_rows(receive, &arena, rows);
	struct compare_plan plan = { .rows = rows, .count = count, .asker = receive->screen, .take = on_take,
		.title = arena_format(&arena, "%s · %s", look->system,
		                      look->at == MOMENT_NONE ? "" : moment_write(look->at, at, sizeof at)) };
	screen_push(receive->screen->desk, &compare_screen, &plan);
	arena_free(&arena);
}

/* ---- asking ---- */

static void on_code(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (text)
		looking_code(&receive_of(screen)->look, text);
}

static const char *check_code(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	size_t n = strlen(text);
	return n >= 4 && n <= 12 && strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") == n
	               ? NULL
	               : _("Mã xác nhận có từ 4 đến 12 chữ, số.");
}

static bool lacks(struct receive *receive, enum at at, const char *sentence)
{
	receive_go(receive, at);
	desk_say(receive->screen->desk, FAULT_INPUT, "%s", sentence);
	return true;
}

static bool incomplete(struct receive *receive, const char *what)
{
	const struct person *owner = &receive->r.owner;
	size_t digits = strspn(owner->id_number, "0123456789");
	if (strcmp(what, "enterprise") == 0)
		return digits < 10 && lacks(receive, AT_NUMBER, _("Tra đăng ký kinh doanh cần mã số 10 chữ số."));
	if (digits != 9 && digits != 12)
		return lacks(receive, AT_NUMBER, _("Tra cần số định danh 12 chữ số (hoặc CMND 9 chữ số)."));
	if (!*owner->name)
		return lacks(receive, AT_NAME, _("Tra cần họ tên đầy đủ."));
	return owner->birth == DAY_NONE && lacks(receive, AT_BIRTH, _("Tra cần ngày sinh."));
}

/* Of the paper under the hand when a register holds it, else of the owner. */
static const char *wanted(const struct receive *receive)
{
	const struct paper *paper = receive_paper((struct receive *)receive);
	const char *kind = receive->at == AT_PAPERS && paper && paper->replaced ? looking_kind(paper->replaced->database) : NULL;
	if (kind)
		return kind;
	return receive->r.owner.kind == PERSON_CITIZEN ? "citizen" : "enterprise";
}

void receive_lookup_start(struct receive *receive, const char *what)
{
	struct arena arena = { 0 };
	receive_person_sync(receive);
	if (incomplete(receive, what))
		return;
	const struct person *owner = &receive->r.owner;
	const struct procedure *p = receive->r.procedure;
	struct lookup_wish wish = { what, owner->id_number, owner->name, owner->birth, "",
		p ? arena_format(&arena, "Tiếp nhận hồ sơ %s", p->code) : "Tiếp nhận hồ sơ" };
	looking_ask(&receive->look, &wish);
	if (looking_waits(&receive->look))
		desk_say(receive->screen->desk, FAULT_NONE, _("Đang hỏi %s. Cứ nhập tiếp, có trả lời sẽ báo."),
		         looking_name(what));
	arena_free(&arena);
}

static bool about_this_owner(const struct receive *receive)
{
	return strcmp(receive->look.number, receive->fields[AT_NUMBER].text) == 0 ||
	       (receive->look.count && strcmp(receive->look.items[0].number, receive->fields[AT_NUMBER].text) == 0);
}

void receive_lookup(struct receive *receive)
{
	struct looking *look = &receive->look;
	const char *what = wanted(receive);
	bool same = strcmp(look->what, what) == 0 && about_this_owner(receive);
	if (looking_waits(look)) {
		desk_say(receive->screen->desk, FAULT_NONE, _("%s: chưa trả lời, cứ nhập tiếp."), looking_name(look->what));
	} else if (same && (look->answer == ANSWER_NEEDS_CODE || look->answer == ANSWER_WRONG_CODE)) {
		ask_for_text(receive->screen, &(struct ask_text){ .question = _("Mã xác nhận một lần vừa nhận được:"),
			.max = 12, .plain = true, .check = check_code }, on_code, NULL);
	} else if (same && look->answer == ANSWER_FOUND) {
		show(receive);
	} else {
		receive_lookup_start(receive, what);
	}
}

/* ---- what came ---- */

static void on_change(struct looking *look)
{
	struct receive *receive = of_look(look);
	struct desk *desk = receive->screen->desk;
	screen_dirty(receive->screen);
	if (look->answer != ANSWER_FOUND || !*look->what)
		return;
	int differ = strcmp(look->what, "insurance") == 0 ? 0 : differences(receive);
	if (!about_this_owner(receive))
		desk_say(desk, FAULT_INPUT, _("%s trả lời về số %s, không phải người đang ghi. Ctrl-R tra lại."),
		         looking_name(look->what), look->number);
	else if (differ)
		desk_say(desk, FAULT_INPUT, _("%s trả lời: khác %d điều so với đang ghi. Ctrl-R xem."),
		         looking_name(look->what), differ);
	else
		desk_say(desk, FAULT_NONE, _("%s trả lời: khớp. Ctrl-R xem."), looking_name(look->what));
}

void receive_lookup_open(struct receive *receive)
{
	looking_open(&receive->look, receive->screen, on_change);
}

bool receive_lookup_serves(const struct receive *receive, const struct paper *paper)
{
	const char *kind = paper->replaced ? looking_kind(paper->replaced->database) : NULL;
	return kind && receive->look.answer == ANSWER_FOUND && strcmp(receive->look.what, kind) == 0 &&
	       about_this_owner(receive);
}
