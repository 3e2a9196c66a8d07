/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/bytes.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "core/dossier/component.h"
#include "core/dossier/fee.h"
#include "core/dossier/limit.h"
#include "core/dossier/procedure.h"
#include "tui/catalogue_screen.h"

static void put_limits(const struct procedure *p, struct arena *arena, struct bytes *out)
{
	bytes_text(out, _("\nTHỜI HẠN\n"));
	for (size_t i = 0; i < p->limit_count; i++) {
		const struct limit *limit = &p->limits[i];
		bytes_format(out, "  %s: %s%s", channel_name(limit->channel), limit->confirmed ? "" : "? ",
		             limit_text(arena, limit->value, limit->unit));
		if (limit->legal_value > limit->value)
			bytes_format(out, _(" (cam kết; luật định %s)"), limit_text(arena, limit->legal_value, limit->unit));
		bytes_format(out, " — %s %s\n", limit->basis, limit->note);
	}
}

static void put_fees(const struct procedure *p, struct arena *arena, struct bytes *out)
{
	bytes_text(out, _("\nLỆ PHÍ\n"));
	for (size_t i = 0; i < p->fee_count; i++) {
		const struct fee *fee = &p->fees[i];
		bytes_format(out, "  %s, %s: %s%s — %s\n", channel_name(fee->channel), fee->name,
		             fee->confirmed ? "" : "? ",
		             fee->amount == FEE_UNKNOWN ? fee->published
		                                        : text_money(arena, fee->amount),
		             fee->basis);
	}
}

void catalogue_text(const struct procedure *p, struct bytes *out)
{
	struct arena arena = { 0 };
	bytes_format(out, _("%s\n\nLĩnh vực: %s · %s\nCông bố: %s\nKết quả: %s\n%s\n"), p->name, p->field,
	             p->ministry, p->decision, p->result_name, p->note);
	put_limits(p, &arena, out);
	put_fees(p, &arena, out);
	bytes_text(out, _("\nTHÀNH PHẦN HỒ SƠ\n"));
	for (size_t i = 0; i < p->component_count; i++)
		bytes_format(out, "  %zu. %s\n", i + 1, p->components[i].name);
	arena_free(&arena);
}
