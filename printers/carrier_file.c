/* SPDX-License-Identifier: Apache-2.0
 *
 * A folder: for offices whose printer watches one, for practice and for tests.  It may
 * be a share that hangs, and other counters write into it: a child does the work. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/base/place.h"
#include "core/base/say.h"
#include "printers/carrier.h"

enum { PATIENCE_MS = 60000 };

static bool check(const char *address, struct error *err)
{
	if (address[0] == '/' && strlen(address) < sizeof((struct carriage *)0)->address)
		return true;
	fail(err, FAULT_INPUT, _("Thư mục in không đúng: %s (cần đường dẫn đầy đủ)."), address);
	return because(err, "file printer address");
}

static void explain(const struct carriage *c, int code, struct error *err)
{
	const char *folder = c->address;
	switch (code) {
	case ENOENT:
	case ENOTDIR: fail(err, FAULT_DEVICE, _("Không thấy thư mục in %s. Hãy báo người quản trị."), folder); break;
	case ENOSPC:
	case EDQUOT: fail(err, FAULT_DEVICE, _("Ổ đĩa của thư mục in %s đã đầy: dọn bớt rồi in lại."), folder); break;
	case EEXIST: fail(err, FAULT_DEVICE, _("Thư mục in %s không còn chỗ cho tên tệp mới."), folder); break;
	case ETIMEDOUT: fail(err, FAULT_DEVICE, _("Thư mục in %s không trả lời: xem ổ mạng hoặc USB rồi in lại."), folder); break;
	default: fail(err, FAULT_DEVICE, _("Không ghi được vào thư mục in %s. Hãy báo người quản trị."), folder); break;
	}
	because(err, "file %s: %s", folder, strerror(code));
}

static void placed(struct placing *placing, const struct error *failed)
{
	struct carriage *c = placing->owner;
	struct error err;
	if (!failed) {
		c->result = CARRIED_DONE;
		snprintf(c->place, sizeof c->place, "%s", c->look ? "" : placing->where);
		c->done(c, NULL);
	} else if (placing->naming && (placing->code == ETIMEDOUT || placing->code == EIO)) {
		/* Silent, or dead, in the middle of it: its name may be there all the same, and two of it would both say "original". */
		c->result = CARRIED_UNCONFIRMED;
		snprintf(c->warning, sizeof c->warning,
		         _("Thư mục in %.100s không trả lời: hãy xem trong đó đã có tệp chưa."), c->address);
		c->done(c, NULL);
	} else {
		c->result = CARRIED_NOT;
		explain(c, placing->code, &err);
		c->done(c, &err);
	}
}

static bool begin(struct loop *loop, struct scope *scope, const char *address,
                  struct carriage *c, void (*done)(struct carriage *, const struct error *),
                  struct error *err)
{
	if (!check(address, err))
		return false;
	c->loop = loop;
	c->done = done;
	c->carrier = &carrier_file;
	c->warning[0] = c->place[0] = '\0';
	snprintf(c->address, sizeof c->address, "%s", address);
	c->placing = (struct placing){ .done = placed, .owner = c, .data = c->data, .size = c->size, .must_exist = true,
		.patience_ms = c->limit_ms ? c->limit_ms : PATIENCE_MS };
	char name[80];
	place_name(c->title ? c->title : "", name, sizeof name);
	return place_start(loop, scope, &c->placing, -1, address, c->look ? NULL : name,
	                   c->ending ? c->ending : "bin", err);
}

const struct carrier carrier_file = { "file", false, false, check, begin };
