/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "core/dossier/card.h"
#include "tui/receive_private.h"

static const char *const sexes[] = { "nam", "nữ" };

void receive_person_sync(struct receive *receive)
{
	struct person *owner = &receive->r.owner;
	struct field *fields = receive->fields;
	owner->id_number = fields[AT_NUMBER].text;
	owner->name = fields[AT_NAME].text;
	owner->sex = fields[AT_SEX].text;
	owner->phone = fields[AT_PHONE].text;
	owner->address = fields[AT_ADDRESS].text;
	owner->birth = day_read(fields[AT_BIRTH].text);
}

void receive_person_show(struct receive *receive)
{
	const struct person *owner = &receive->r.owner;
	char birth[16] = "";
	if (owner->birth != DAY_NONE)
		day_write(owner->birth, birth, sizeof birth);
	struct { enum at at; const char *text; } values[] = {
		{ AT_NUMBER, owner->id_number }, { AT_NAME, owner->name }, { AT_BIRTH, birth },
		{ AT_SEX, owner->sex }, { AT_PHONE, owner->phone }, { AT_ADDRESS, owner->address },
	};
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
		if (strcmp(receive->fields[values[i].at].text, values[i].text) != 0)
			field_set(&receive->fields[values[i].at], values[i].text);
}

/* "05/03/1999" whatever way it was typed; unreadable text is marked, not lost. */
static void settle_birth(struct receive *receive)
{
	struct field *field = &receive->fields[AT_BIRTH];
	day_t day = day_read(field->text);
	char text[16];
	if (day != DAY_NONE)
		field_set(field, day_write(day, text, sizeof text));
	else
		field->wrong = !field_empty(field);
}

/* The number tells the sex; a citizen's number is not asked twice. */
static void settle_number(struct receive *receive)
{
	int year;
	const char *sex;
	if (receive->r.owner.kind != PERSON_CITIZEN ||
	    !citizen_number_says(receive->fields[AT_NUMBER].text, &year, &sex))
		return;
	if (field_empty(&receive->fields[AT_SEX]))
		field_set(&receive->fields[AT_SEX], sex);
	receive_seen(receive);
}

/* A comma at the end asks for the commune that most citizens here live in: it is
 * written out at once, for the eye to check. */
void receive_person_home(struct receive *receive)
{
	struct field *field = &receive->fields[AT_ADDRESS];
	const struct session_facts *facts = receive_duty(receive)->facts;
	size_t n = strlen(field->text);
	if (n == 0 || field->text[n - 1] != ',')
		return;
	struct arena arena = { 0 };
	field_set(field, arena_format(&arena, "%s %s, %s", field->text, facts->unit_name,
	                              facts->parent_name));
	arena_free(&arena);
	receive_person_sync(receive);
}

static bool handle_sex(struct receive *receive, const struct event *event)
{
	struct field *field = &receive->fields[AT_SEX];
	if (event->kind != EVENT_TEXT && !event_is(event, K_LEFT, 0) && !event_is(event, K_RIGHT, 0))
		return event_is(event, K_BACKSPACE, 0) ? (field_set(field, ""), true) : false;
	bool male = strcmp(field->text, sexes[0]) == 0;
	field_set(field, sexes[male ? 1 : 0]);
	return true;
}

bool receive_person_handle(struct receive *receive, const struct event *event)
{
	struct field *field = &receive->fields[receive->at];
	if (receive->at == AT_SEX)
		return handle_sex(receive, event);
	if (!field_handle(field, event)) {
		if (receive->at == AT_BIRTH)
			settle_birth(receive);
		return false;
	}
	if (receive->at == AT_NUMBER && field->changed) {
		field->changed = false;
		receive->scanned = false;
		if (strlen(field->text) == 12)
			settle_number(receive);
	}
	return true;
}

/* ---- seen before ---- */

static void fill_empty(struct field *field, const char *text)
{
	if (field_empty(field) && *text)
		field_set(field, text);
}

static void on_seen(struct people_ask *ask, const struct person_row *rows, int count,
                    const struct error *err)
{
	struct receive *receive = ask->owner;
	struct field *fields = receive->fields;
	if (err) {
		log_error("asking for an earlier visit", err);
		return; /* a convenience: reception goes on without it */
	}
	/* The clerk may have typed another number meanwhile. */
	if (count == 0 || strcmp(fields[AT_NUMBER].text, receive->seen_number) != 0)
		return;
	char birth[16] = "", at[32];
	if (rows->birth != DAY_NONE)
		day_write(rows->birth, birth, sizeof birth);
	fill_empty(&fields[AT_NAME], rows->name);
	fill_empty(&fields[AT_BIRTH], birth);
	fill_empty(&fields[AT_SEX], rows->sex);
	fill_empty(&fields[AT_PHONE], rows->phone);
	fill_empty(&fields[AT_ADDRESS], rows->address);
	desk_say(receive->screen->desk, FAULT_NONE,
	         _("Từng đến %s: đã điền những ô còn trống, hãy hỏi lại."),
	         rows->seen_at == MOMENT_NONE ? "?" : moment_write(rows->seen_at, at, sizeof at));
	receive_refresh(receive);
}

void receive_seen(struct receive *receive)
{
	const char *number = receive->fields[AT_NUMBER].text;
	if (!*number || strlen(number) >= sizeof receive->seen_number ||
	    strcmp(number, receive->seen_number) == 0 || receive->seen.ask.slot)
		return;
	strcpy(receive->seen_number, number);
	arena_free(&receive->seen_memory);
	receive->seen = (struct people_ask){ .done = on_seen, .into = &receive->seen_memory,
		.owner = receive };
	people_by_number(duty_store(receive_duty(receive)), &receive->screen->scope, &receive->seen,
	                 receive->seen_number);
}

/* ---- the card ---- */

static bool must_compare(const struct card *card)
{
	return card->trust[CARD_NAME] == CARD_PROPOSED || card->trust[CARD_ADDRESS] == CARD_PROPOSED ||
	       card->trust[CARD_NAME] == CARD_DOUBTED || card->trust[CARD_NUMBER] == CARD_DOUBTED;
}

void receive_scan(struct receive *receive, const struct event *event)
{
	struct desk *desk = receive->screen->desk;
	struct card card;
	card_read(&receive->screen->arena, event->text, event->size,
	          event->exact ? CARD_SERIAL : CARD_KEYBOARD, receive->r.catalogue, &card);
	const char *doubt = card.doubts.count ? card.doubts.items[0] : "";
	if (card.verdict == CARD_REFUSE) {
		desk_say(desk, FAULT_INPUT, "%s", *doubt ? doubt : _("Mã vừa quét không phải thẻ căn cước."));
		return;
	}
	if (strcmp(card.number, receive->fields[AT_NUMBER].text) != 0) {
		for (int i = 0; i < AT_PROCEDURE; i++)
			field_set(&receive->fields[i], ""); /* another person sits here now */
		receive->seen_number[0] = '\0';
	}
	receive->r.owner.kind = PERSON_CITIZEN;
	receive->r.owner.id_kind = ID_CCCD;
	receive_person_sync(receive);
	card_person(&card, &receive->r.owner);
	int year;
	const char *sex;
	if (!*receive->r.owner.sex && citizen_number_says(card.number, &year, &sex))
		receive->r.owner.sex = sex; /* "Nu" of a scanner that plays keyboard */
	receive_person_show(receive);
	receive->scanned = true;
	receive->compare = must_compare(&card);
	receive->fields[AT_NAME].wrong = card.trust[CARD_NAME] == CARD_DOUBTED;
	receive->fields[AT_NUMBER].wrong = card.trust[CARD_NUMBER] == CARD_DOUBTED;
	if (*doubt)
		desk_say(desk, FAULT_INPUT, "%s", doubt);
	receive_seen(receive);
	bool named = *receive->r.owner.name != '\0';
	receive_go(receive, !named ? AT_NAME : receive->r.procedure ? AT_PAPERS : AT_PROCEDURE);
}
