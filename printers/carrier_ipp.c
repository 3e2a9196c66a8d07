/* SPDX-License-Identifier: Apache-2.0
 *
 * Printers that speak IPP, and queues of this machine's CUPS.  libcups blocks, so
 * it lives in motcua-ipp: one child a paper, killed when it is late. */
#include <stdio.h>
#include <string.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "printers/carrier.h"

enum {
	PATIENCE_MS = 40000, /* paper can be put in meanwhile */
	GRACE_MS = 12000,    /* the child ends by itself well before */
};

static bool check_ipp(const char *address, struct error *err)
{
	const char *rest = strncmp(address, "ipp://", 6) == 0    ? address + 6
	                   : strncmp(address, "ipps://", 7) == 0 ? address + 7
	                                                         : "";
	bool good = *rest && *rest != '/' && strlen(address) < sizeof((struct carriage *)0)->address;
	for (const char *p = rest; *p; p++)
		good = good && *p > ' ' && *p < 0x7f;
	if (good)
		return true;
	fail(err, FAULT_INPUT, _("Địa chỉ máy in không đúng: %s (cần dạng ipp://192.168.1.50/ipp/print)."), address);
	return because(err, "ipp printer address");
}

/* A queue's name, as lpadmin takes it. */
static bool check_cups(const char *address, struct error *err)
{
	size_t n = strlen(address);
	bool good = n > 0 && n < 128 && address[0] != '-';
	for (const char *p = address; *p; p++)
		good = good && *p > ' ' && *p < 0x7f && !strchr("/#?\"'", *p);
	if (good)
		return true;
	fail(err, FAULT_INPUT, _("Tên hàng đợi CUPS không đúng: %s."), address);
	return because(err, "cups queue name");
}

static void over(struct child *child)
{
	struct carriage *c = OWNER_OF(child, struct carriage, child);
	struct error err = { 0 };
	bool unsure = false;
	bool came = ipp_verdict(&c->said, c->address, c->media, &unsure, &err);
	c->result = !came ? CARRIED_NOT : unsure ? CARRIED_UNCONFIRMED : CARRIED_DONE;
	snprintf(c->warning, sizeof c->warning, "%s",
	         unsure           ? _("Đã gửi đến máy in nhưng máy in không xác nhận: hãy xem tờ giấy đã ra đủ chưa.")
	         : c->said.unfit  ? _("Máy in này không thu trang cho vừa giấy: hãy xem tờ in có mất chữ ở mép không.")
	                          : ipp_warning(&c->said));
	child_clear(child);
	c->done(c, came ? NULL : &err);
}

/* While it prints: what the printer waits for goes to the clerk at once. */
static void heard(struct child *child)
{
	struct carriage *c = OWNER_OF(child, struct carriage, child);
	const struct bytes *out = &child->out;
	if (!ipp_hear(&c->said, out->data + c->sent, out->size - c->sent)) {
		c->sent = out->size;
		return;
	}
	c->sent = out->size;
	child_patience(child, (c->limit_ms ? c->limit_ms : PATIENCE_MS) + GRACE_MS);
	const char *now = *ipp_trouble(&c->said) ? ipp_trouble(&c->said) : ipp_warning(&c->said);
	if (!*now || strcmp(now, c->warning) == 0)
		return;
	snprintf(c->warning, sizeof c->warning, "%s", now);
	if (c->moved)
		c->moved(c);
}

static bool begin(struct loop *loop, struct scope *scope, const char *address, struct carriage *c,
                  void (*done)(struct carriage *, const struct error *), struct error *err, bool queue)
{
	if (!(queue ? check_cups : check_ipp)(address, err))
		return false;
	struct arena arena = { 0 };
	char patience[16];
	int limit = c->limit_ms ? c->limit_ms : PATIENCE_MS;
	snprintf(patience, sizeof patience, "%d", limit);
	c->loop = loop;
	c->done = done;
	c->carrier = queue ? &carrier_cups : &carrier_ipp;
	c->warning[0] = c->place[0] = '\0';
	c->sent = 0;
	c->said = (struct ipp_said){ 0 };
	snprintf(c->address, sizeof c->address, "%s", address);
	const char *const argv[] = { path_join(&arena, c->helper ? c->helper : "", "motcua-ipp"),
		c->look ? "look" : "print", queue ? "--queue" : "--uri", address,
		"--media", c->media ? c->media : "a4", "--title", c->title ? c->title : "",
		"--patience", patience, "--scaling", c->fit ? "fit" : "none", NULL };
	const struct child_plan plan = { .argv = argv, .input = c->data, .input_size = c->size,
		.output_limit = 1 << 20, .timeout_ms = limit + GRACE_MS, .heard = heard };
	bool good = child_start(loop, scope, &c->child, &plan, over, err);
	arena_free(&arena);
	return good;
}

static bool begin_ipp(struct loop *loop, struct scope *scope, const char *address, struct carriage *c,
                      void (*done)(struct carriage *, const struct error *), struct error *err)
{
	return begin(loop, scope, address, c, done, err, false);
}

static bool begin_cups(struct loop *loop, struct scope *scope, const char *address, struct carriage *c,
                       void (*done)(struct carriage *, const struct error *), struct error *err)
{
	return begin(loop, scope, address, c, done, err, true);
}

const struct carrier carrier_ipp = { "ipp", false, true, check_ipp, begin_ipp };
const struct carrier carrier_cups = { "cups", false, true, check_cups, begin_cups };
