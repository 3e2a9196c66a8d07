/* SPDX-License-Identifier: Apache-2.0
 *
 *  ┌ NGƯỜI NỘP HỒ SƠ ─────────────────────────────────────────────┐
 *  │ Là                     (●) công dân  ( ) tổ chức              │
 *  │ Họ tên, tên tổ chức   >                                       │
 *  │ Loại giấy tờ           (●) Căn cước  ( ) …                    │
 *  │ Số                                                            │
 *  │ …                                                             │
 *  │ Giấy uỷ quyền          (●) giấy uỷ quyền ( ) quan hệ gia đình │
 *  └───────────────────────────────────────────────────────────────┘
 */
#include "tui/party.h"

#include <string.h>

#include "core/base/say.h"
#include "core/dossier/card.h"
#include "tui/desk.h"
#include "tui/form.h"

enum { P_KIND, P_NAME, P_ID_KIND, P_NUMBER, P_BIRTH, P_PHONE, P_EMAIL, P_ADDRESS, P_REPRESENTATIVE,
	P_MANDATE, P_MANDATE_NUMBER, P_MANDATE_DATE, P_ITEMS };

struct party {
	struct reception *reception;
	bool submitter;
	struct choice kind, id_kind, mandate;
	struct field fields[P_ITEMS]; /* those that are fields */
	struct form_item items[P_ITEMS];
	struct form form;
	const char *sex;
};

static const char *const kinds[] = { N_("công dân"), N_("tổ chức"), NULL };
static const char *const id_kinds[] = { N_("Căn cước"), N_("CMND"), N_("Hộ chiếu"), N_("Mã số"), N_("Khác"), NULL };
static const char *const mandates[] = { N_("giấy uỷ quyền"), MANDATE_KIN, N_("khác"), NULL };

static struct person *person_of(const struct party *party)
{
	return party->submitter ? &party->reception->submitter : &party->reception->owner;
}

static void arrange(struct party *party)
{
	bool organisation = party->kind.at == 1;
	party->items[P_NAME].label = organisation ? N_("Tên tổ chức") : N_("Họ tên");
	party->items[P_BIRTH].hidden = organisation;
	party->items[P_REPRESENTATIVE].hidden = !organisation;
	for (int i = P_MANDATE; i < P_ITEMS; i++)
		party->items[i].hidden = !party->submitter;
}

static void fill(struct party *party, const struct person *person)
{
	const struct mandate *mandate = &party->reception->mandate;
	char day[16];
	party->kind.at = person->kind == PERSON_ORGANISATION;
	party->id_kind.at = (int)person->id_kind;
	party->sex = person->sex;
	field_set(&party->fields[P_NAME], person->name);
	field_set(&party->fields[P_NUMBER], person->id_number);
	field_set(&party->fields[P_BIRTH], person->birth == DAY_NONE ? "" : day_write(person->birth, day, sizeof day));
	field_set(&party->fields[P_PHONE], person->phone);
	field_set(&party->fields[P_EMAIL], person->email);
	field_set(&party->fields[P_ADDRESS], person->address);
	field_set(&party->fields[P_REPRESENTATIVE], person->representative);
	field_set(&party->fields[P_MANDATE_NUMBER], mandate->number);
	field_set(&party->fields[P_MANDATE_DATE], mandate->date == DAY_NONE ? "" : day_write(mandate->date, day, sizeof day));
	for (int i = 0; mandates[i]; i++)
		if (strcmp(mandate->kind, mandates[i]) == 0)
			party->mandate.at = i;
}

static void scan(struct screen *screen, const struct event *event)
{
	struct party *party = screen->state;
	struct card card;
	card_read(&screen->arena, event->text, event->size, event->exact ? CARD_SERIAL : CARD_KEYBOARD,
	          party->reception->catalogue, &card);
	const char *doubt = card.doubts.count ? card.doubts.items[0] : "";
	if (*doubt || card.verdict == CARD_REFUSE)
		desk_say(screen->desk, FAULT_INPUT, "%s", *doubt ? doubt : _("Mã vừa quét không phải thẻ căn cước."));
	if (card.verdict == CARD_REFUSE)
		return;
	struct person person = person_new(PERSON_CITIZEN);
	card_person(&card, &person);
	person.id_kind = ID_CCCD;
	fill(party, &person);
	arrange(party);
}

static void party_open(struct screen *screen, const void *argument)
{
	static const char *const labels[P_ITEMS] = { N_("Là"), N_("Họ tên"), N_("Loại giấy tờ"),
		N_("Số"), N_("Sinh ngày"), N_("Điện thoại"), N_("Thư điện tử"), N_("Địa chỉ"),
		N_("Người đại diện"), N_("Nộp thay nhờ"), N_("Số giấy"), N_("Ngày giấy") };
	const struct party_plan *plan = argument;
	struct party *party = screen->state;
	party->reception = plan->reception;
	party->submitter = plan->submitter;
	party->kind.names = kinds;
	party->id_kind.names = id_kinds;
	party->mandate.names = mandates;
	for (int i = 0; i < P_ITEMS; i++) {
		struct form_item *item = &party->items[i];
		field_init(&party->fields[i], &screen->arena, &screen->desk->composer);
		*item = (struct form_item){ .label = labels[i], .kind = FORM_FIELD, .field = &party->fields[i],
			.required = i == P_NAME || i == P_NUMBER };
	}
	party->items[P_KIND] = (struct form_item){ .label = labels[P_KIND], .kind = FORM_CHOICE, .choice = &party->kind };
	party->items[P_ID_KIND] = (struct form_item){ .label = labels[P_ID_KIND], .kind = FORM_CHOICE, .choice = &party->id_kind };
	party->items[P_MANDATE] = (struct form_item){ .label = labels[P_MANDATE], .kind = FORM_CHOICE, .choice = &party->mandate };
	party->fields[P_NUMBER].plain = party->fields[P_PHONE].plain = party->fields[P_EMAIL].plain = true;
	party->fields[P_BIRTH].plain = party->fields[P_MANDATE_DATE].plain = true;
	party->form = (struct form){ .items = party->items, .count = P_ITEMS, .labels = 16 };
	screen->title = party->submitter ? _("NGƯỜI NỘP HỒ SƠ") : _("CHỦ HỒ SƠ");
	fill(party, person_of(party));
	arrange(party);
	if (plan->scan)
		scan(screen, plan->scan);
	form_start(&party->form);
	form_focus(&party->form, &party->fields[P_NAME]);
}

static void party_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct party *party = screen->state;
	int rows = P_ITEMS + 2 < canvas->rows ? P_ITEMS + 2 : canvas->rows;
	int cols = canvas->cols < 78 ? canvas->cols : 78;
	struct canvas box = canvas_part(canvas, 1, (canvas->cols - cols) / 2, rows, cols);
	struct canvas inside = canvas_frame(&box, ROLE_FRAME, screen->title);
	form_draw((struct form *)&party->form, &inside);
}

static bool bad_day(struct screen *screen, struct field *field, struct form *form)
{
	if (field_empty(field) || day_read(field->text) != DAY_NONE)
		return false;
	field->wrong = true;
	form_focus(form, field);
	desk_say(screen->desk, FAULT_INPUT, _("Ngày “%s” không đúng: gõ ngày/tháng/năm."), field->text);
	return true;
}

static const char *kept(const struct party *party, int field)
{
	return arena_string(party->reception->arena, party->fields[field].text);
}

static void store(struct party *party)
{
	struct person *person = person_of(party);
	struct reception *r = party->reception;
	*person = person_new(party->kind.at ? PERSON_ORGANISATION : PERSON_CITIZEN);
	person->name = kept(party, P_NAME);
	person->id_kind = (enum id_kind)party->id_kind.at;
	person->id_number = kept(party, P_NUMBER);
	person->birth = day_read(party->fields[P_BIRTH].text);
	person->sex = arena_string(r->arena, party->sex ? party->sex : "");
	person->phone = kept(party, P_PHONE);
	person->email = kept(party, P_EMAIL);
	person->address = kept(party, P_ADDRESS);
	person->representative = kept(party, P_REPRESENTATIVE);
	if (!party->submitter)
		return;
	r->represented = true;
	r->mandate = (struct mandate){ mandates[party->mandate.at], kept(party, P_MANDATE_NUMBER), "",
		day_read(party->fields[P_MANDATE_DATE].text) };
	reception_change(r);
}

static void run_keep(struct screen *screen)
{
	struct party *party = screen->state;
	if (bad_day(screen, &party->fields[P_BIRTH], &party->form) ||
	    bad_day(screen, &party->fields[P_MANDATE_DATE], &party->form))
		return;
	store(party);
	screen_pop(screen);
}

static bool party_handle(struct screen *screen, const struct event *event)
{
	struct party *party = screen->state;
	if (event->kind == EVENT_SCAN && card_looks_like(event->text, event->size)) {
		scan(screen, event);
		return true;
	}
	if (form_handle(&party->form, event)) {
		arrange(party);
		return true;
	}
	if (event_is(event, K_ENTER, 0)) {
		run_keep(screen);
		return true;
	}
	if (!event_is(event, K_ESC, 0))
		return false;
	screen_pop(screen);
	return true;
}

static const struct action actions[] = {
	{ "party-keep", "F9", N_("Xong"), N_("Giữ những gì đã nhập và trở lại hồ sơ."), NULL, run_keep },
	{ 0 },
};

const struct screen_kind party_screen = {
	.name = "party",
	.title = N_("NGƯỜI NỘP HỒ SƠ"),
	.help = N_("Thông tin đầy đủ của chủ hồ sơ hoặc người nộp. Quét thẻ để điền. F9 hoặc Enter ở ô cuối để giữ, Esc bỏ."),
	.actions = actions,
	.size = sizeof(struct party),
	.dialog = true,
	.open = party_open,
	.draw = party_draw,
	.handle = party_handle,
};
