/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/form.h"

#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"

#define LABELS     22
#define AREA_ROWS  3

static bool takes(const struct form_item *item)
{
	if (item->hidden || item->kind == FORM_HEAD)
		return false;
	return item->kind != FORM_FIELD || !item->field->locked;
}

bool form_step(struct form *form, int by)
{
	for (int i = form->focus + by; i >= 0 && i < form->count; i += by) {
		if (!takes(&form->items[i]))
			continue;
		form->focus = i;
		return true;
	}
	return false;
}

void form_start(struct form *form)
{
	form->focus = -1;
	form->first = 0;
	if (!form_step(form, 1))
		form->focus = 0;
}

bool form_focus(struct form *form, const void *widget)
{
	for (int i = 0; i < form->count; i++) {
		/* Every member of the union is the same pointer. */
		if (!takes(&form->items[i]) || (const void *)form->items[i].field != widget)
			continue;
		form->focus = i;
		return true;
	}
	return false;
}

bool form_changed(const struct form *form)
{
	for (int i = 0; i < form->count; i++) {
		const struct form_item *item = &form->items[i];
		if ((item->kind == FORM_FIELD && item->field->changed) ||
		    (item->kind == FORM_AREA && item->area->field.changed) ||
		    (item->kind == FORM_CHOICE && item->choice->changed) ||
		    (item->kind == FORM_CHECK && item->check->changed))
			return true;
	}
	return false;
}

static bool widget_handle(struct form_item *item, const struct event *event)
{
	switch (item->kind) {
	case FORM_FIELD:  return field_handle(item->field, event);
	case FORM_AREA:   return area_handle(item->area, event);
	case FORM_CHOICE: return choice_handle(item->choice, event);
	case FORM_CHECK:  return check_handle(item->check, event);
	case FORM_HEAD:   return false;
	}
	return false;
}

bool form_handle(struct form *form, const struct event *event)
{
	if (form->idle || form->focus < 0 || form->focus >= form->count)
		return false;
	if (widget_handle(&form->items[form->focus], event))
		return true;
	if (event->kind != EVENT_KEY)
		return false;
	if (event_is(event, K_TAB, 0) || event_is(event, K_ENTER, 0) || event_is(event, K_DOWN, 0))
		return form_step(form, 1);
	if (event_is(event, K_TAB, MOD_SHIFT) || event_is(event, K_UP, 0))
		return form_step(form, -1);
	return false;
}

static int item_rows(const struct form_item *item)
{
	if (item->hidden)
		return 0;
	return item->kind != FORM_AREA ? 1 : item->rows ? item->rows : AREA_ROWS;
}

static void draw_widget(struct form_item *item, struct canvas *canvas, int row, int col,
                        int width, bool focused)
{
	switch (item->kind) {
	case FORM_FIELD: {
		int most = item->field->max > 0 ? item->field->max + 3 : width;
		field_draw(item->field, canvas, row, col, most < width ? most : width, focused);
		break;
	}
	case FORM_AREA:
		area_draw(item->area, canvas, row, col, item_rows(item), width, focused);
		break;
	case FORM_CHOICE: choice_draw(item->choice, canvas, row, col, width, focused); break;
	case FORM_CHECK:  check_draw(item->check, canvas, row, col, width, focused); break;
	case FORM_HEAD:   break;
	}
}

static void draw_item(struct form *form, int index, struct canvas *canvas, int row)
{
	struct form_item *item = &form->items[index];
	int labels = form->labels > 0 ? form->labels : LABELS;
	bool focused = !form->idle && index == form->focus;
	if (item->kind == FORM_HEAD) {
		canvas_text(canvas, row, 0, ROLE_HEAD, item->label ? _(item->label) : "");
		return;
	}
	/* The mark and the colour say where the hand is, and so does the cursor. */
	if (focused)
		canvas_text(canvas, row, 0, ROLE_LABEL, ">");
	if (item->label && *item->label)
		canvas_cell(canvas, row, 1, labels - 2, ROLE_LABEL, _(item->label));
	if (item->required)
		canvas_text(canvas, row, labels - 1, ROLE_LABEL, "*");
	int width = canvas->cols - labels - 1;
	draw_widget(item, canvas, row, labels, width, focused);
	int used = item->kind == FORM_FIELD && item->field->max > 0 ? item->field->max + 4 : width;
	if (focused && item->hint && used + 10 < width)
		canvas_text(canvas, row, labels + used, ROLE_DIM, _(item->hint));
}

void form_draw(struct form *form, struct canvas *canvas)
{
	int row = 0, top = 0, bottom = 1;
	for (int i = 0; i < form->count; i++) {
		if (i == form->focus) {
			top = row;
			bottom = row + item_rows(&form->items[i]);
		}
		row += item_rows(&form->items[i]);
	}
	if (bottom > form->first + canvas->rows)
		form->first = bottom - canvas->rows;
	if (top < form->first)
		form->first = top;
	if (form->first > 0 && form->first + canvas->rows > row)
		form->first = row > canvas->rows ? row - canvas->rows : 0;
	int at = -form->first;
	for (int i = 0; i < form->count; i++) {
		if (!form->items[i].hidden && at + item_rows(&form->items[i]) > 0 &&
		    at < canvas->rows)
			draw_item(form, i, canvas, at);
		at += item_rows(&form->items[i]);
	}
}
