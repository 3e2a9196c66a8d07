/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/print_qr.h"

#include <string.h>

#include "core/base/say.h"
#include "printers/receipt_qr.h"

static bool sign(const struct print_tools *tools, struct arena *arena, const char *code, const char **qr,
                 struct error *err)
{
	*qr = NULL;
	if (!code || !*code)
		return true;
	if (!*tools->key_id) {
		fail(err, FAULT_OFFLINE, _("Khoá ký của máy này chưa đăng ký xong, in lại sau ít phút."));
		return because(err, "no key id yet");
	}
	return receipt_sign(arena, tools->key, *tools->key_id, tools->lookup_url, code, qr, err);
}

bool print_needs_key(const char *form)
{
	return strcmp(form, "01") == 0 || strcmp(form, "01b") == 0;
}

bool print_qr(const struct print_tools *tools, struct arena *arena, const char *form, struct fields *fields,
              const char **qr, struct error *err)
{
	*qr = NULL;
	if (strcmp(form, "01") == 0)
		return sign(tools, arena, fields_get(fields, "dossier.code"), qr, err);
	int sheets = strcmp(form, "01b") == 0 ? fields_group(fields, "blank") : 0;
	for (int i = 1; i <= sheets; i++) {
		const char *own;
		if (!sign(tools, arena, fields_get(fields, arena_format(arena, "blank.%d.code", i)), &own, err))
			return false;
		fields_set(arena, fields, arena_format(arena, "blank.%d.qr", i), own);
	}
	return true;
}
