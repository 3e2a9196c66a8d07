/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/text.h"
#include "tui/guide_screen.h"

void guide_text(const struct guide *guide, struct bytes *out)
{
	struct arena arena = { 0 };
	for (size_t i = 0; i < guide->count; i++) {
		const struct guide_section *section = &guide->sections[i];
		bytes_format(out, "%s%s\n", i ? "\n" : "", text_upper(&arena, section->head));
		for (size_t k = 0; k < section->lines.count; k++)
			bytes_format(out, "%s\n", section->lines.items[k]);
	}
	arena_free(&arena);
}

static const char *joined(struct arena *arena, const struct lines *lines)
{
	struct bytes text = { 0 };
	for (size_t i = 0; i < lines->count; i++)
		bytes_format(&text, "%s%s", i ? "\n" : "", lines->items[i]);
	const char *out = arena_string(arena, bytes_string(&text));
	bytes_free(&text);
	return out;
}

void guide_fields(const struct guide *guide, struct arena *arena, struct fields *out)
{
	int nth = 0;
	for (size_t i = 0; i < guide->count; i++) {
		const struct guide_section *section = &guide->sections[i];
		if (section->inner)
			continue;
		nth++;
		fields_set(arena, out, arena_format(arena, "section.%d.head", nth), section->head);
		fields_set(arena, out, arena_format(arena, "section.%d.text", nth), joined(arena, &section->lines));
	}
}
