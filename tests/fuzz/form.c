/* SPDX-License-Identifier: Apache-2.0
 *
 * A form file: refused with file and line, or good enough to be filled. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "printers/form.h"
#include "printers/tongue.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char text[] = "owner.name\tNguyễn Văn Ất\ncomponent.1.name\tĐơn\n"
				   "component.1.state\tok\nat\t2026-11-20T09:41:00+07:00\n"
				   "fee.total\t58000\ntransfer.amount\t58000\nbank.bin\t970499\nbank.account\t1\n"
				   "dossier.code\tH01.999-261120-0125\n";
	struct arena arena = { 0 };
	struct form *form;
	struct fields fields;
	struct error err = { 0 };
	struct slip slip;
	struct bytes out = { .limit = 1 << 22 };
	if (!form_parse(&arena, "x.form", (const char *)data, size, &form, &err)) {
		if (!err.say[0] || strncmp(err.log, "x.form:", 7) != 0)
			abort();
	} else if (fields_parse(&arena, text, sizeof text - 1, &fields, &err)) {
		struct form_fill plan = { .fields = &fields, .narrow = size % 2 };
		if (form_fill(form, &plan, &arena, &slip, &err))
			tongue_plain(&arena, &slip, 80, &out);
		else if (!err.say[0] || !err.log[0])
			abort();
	}
	bytes_free(&out);
	arena_free(&arena);
	return 0;
}
