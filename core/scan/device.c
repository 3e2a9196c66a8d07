/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/device.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <sane/sane.h>

#include "core/scan/device_option.h"
#include "core/scan/scan.h"

struct device {
	SANE_Handle handle;
	bool feeds, asked;      /* a feeder; its source was named by the clerk */
	int dpi;
};

static bool not_good(struct error *err, SANE_Status status, const char *what)
{
	static const struct {
		SANE_Status status;
		const char *word;
	} words[] = {
		{ SANE_STATUS_CANCELLED, "stop" },   { SANE_STATUS_JAMMED, "jam" },
		{ SANE_STATUS_NO_DOCS, "empty" },    { SANE_STATUS_COVER_OPEN, "cover" },
		{ SANE_STATUS_DEVICE_BUSY, "busy" }, { SANE_STATUS_ACCESS_DENIED, "right" },
		{ SANE_STATUS_INVAL, "none" },       { SANE_STATUS_NO_MEM, "big" },
	};
	const char *word = "io", *cause = sane_strstatus(status);
	char text[160];
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (words[i].status == status)
			word = words[i].word;
	snprintf(text, sizeof text, "%s: %s", what, cause);
	return scan_fail(err, word, text);
}

static const SANE_Device *const *devices(struct error *err)
{
	const SANE_Device **list = NULL;
	SANE_Status status = sane_get_devices(&list, SANE_FALSE);
	if (status == SANE_STATUS_GOOD)
		return (const SANE_Device *const *)list;
	not_good(err, status, "sane_get_devices");
	return NULL;
}

bool device_list(void (*found)(const char *, const char *, const char *), struct error *err)
{
	SANE_Status status = sane_init(NULL, NULL);
	if (status != SANE_STATUS_GOOD)
		return not_good(err, status, "sane_init");
	const SANE_Device *const *list = devices(err);
	for (int i = 0; list && list[i]; i++)
		found(list[i]->name, list[i]->vendor, list[i]->model);
	sane_exit();
	return list != NULL;
}

/* ---- opening ---- */

static bool set_source(struct device *device, const struct device_wish *wish, struct error *err)
{
	char source[128] = "";
	if (wish->source && !option_set(device->handle, "source", wish->source))
		return scan_fail(err, "set", "source");
	if (!wish->source)
		(void)option_choose(device->handle, "source", OPTION_FEEDER);
	option_get(device->handle, "source", source, sizeof source);
	device->feeds = option_is_feeder(source);
	return true;
}

static bool set_all(struct device *device, const struct device_wish *wish, struct error *err)
{
	char dpi[16];
	snprintf(dpi, sizeof dpi, "%d", wish->dpi);
	/* What a device does not have it does in its only way. */
	(void)option_choose(device->handle, "mode", wish->gray ? OPTION_GRAY : OPTION_COLOUR);
	(void)option_set(device->handle, "depth", "8");
	(void)option_set(device->handle, "resolution", dpi);
	for (int i = 0; i < wish->setting_count; i++) {
		char name[64];
		const char *equals = strchr(wish->settings[i], '=');
		size_t length = equals ? (size_t)(equals - wish->settings[i]) : 0;
		if (length == 0 || length >= sizeof name)
			return scan_fail(err, "set", wish->settings[i]);
		memcpy(name, wish->settings[i], length);
		name[length] = '\0';
		if (!option_set(device->handle, name, equals + 1))
			return scan_fail(err, "set", wish->settings[i]);
	}
	option_whole_page(device->handle);
	device->dpi = (int)(option_number(device->handle, "resolution", wish->dpi) + 0.5);
	return true;
}

struct device *device_open(const struct device_wish *wish, struct error *err)
{
	struct device *device = calloc(1, sizeof *device);
	const char *name = wish->device;
	SANE_Status status = sane_init(NULL, NULL);
	if (!device || status != SANE_STATUS_GOOD) {
		free(device);
		not_good(err, status, "sane_init");
		return NULL;
	}
	if (!name) {
		const SANE_Device *const *list = devices(err);
		name = list && list[0] ? list[0]->name : NULL;
	}
	if (!name) {
		scan_fail(err, "none", "no device answers");
		return device_close(device);
	}
	device->asked = wish->source != NULL;
	status = sane_open(name, &device->handle);
	if (status != SANE_STATUS_GOOD) {
		device->handle = NULL;
		not_good(err, status, "sane_open");
		return device_close(device);
	}
	if (!set_source(device, wish, err) || !set_all(device, wish, err))
		return device_close(device);
	return device;
}

bool device_feeds(const struct device *device)
{
	return device->feeds;
}

bool device_to_glass(struct device *device, struct error *err)
{
	if (device->asked || !option_choose(device->handle, "source", OPTION_GLASS))
		return false;
	(void)err;
	device->feeds = false;
	option_whole_page(device->handle);
	return true;
}

void device_cancel(struct device *device)
{
	if (device->handle)
		sane_cancel(device->handle);
}

struct device *device_close(struct device *device)
{
	if (device && device->handle) {
		sane_cancel(device->handle);
		sane_close(device->handle);
	}
	if (device)
		sane_exit();
	free(device);
	return NULL;
}

/* ---- reading ---- */

/* A line as it comes, and as a JPEG wants it: 8 bits, black is 0. */
struct lines_in {
	SANE_Parameters what;
	unsigned char *in, *out;
	int have, rows, told;
	size_t row_size;
};

static void widen(struct lines_in *l)
{
	int samples = l->what.pixels_per_line * (l->what.format == SANE_FRAME_RGB ? 3 : 1);
	for (int i = 0; i < samples; i++) {
		if (l->what.depth == 8)
			l->out[i] = l->in[i];
		else if (l->what.depth == 16)
			l->out[i] = l->in[2 * i + 1]; /* little endian */
		else
			l->out[i] = l->in[i / 8] & (0x80 >> i % 8) ? 0 : 255;
	}
}

static bool take(struct lines_in *l, const SANE_Byte *data, SANE_Int size, FILE *raw,
                 void (*at)(int), struct error *err)
{
	while (size > 0) {
		int want = l->what.bytes_per_line - l->have;
		int n = size < want ? size : want;
		memcpy(l->in + l->have, data, (size_t)n);
		l->have += n, data += n, size -= n;
		if (l->have < l->what.bytes_per_line)
			return true;
		l->have = 0;
		widen(l);
		if (!picture_fits(l->what.pixels_per_line, ++l->rows))
			return scan_fail(err, "big", "rows without end");
		if (fwrite(l->out, 1, l->row_size, raw) != l->row_size)
			return scan_fail(err, "disk", "write");
		int percent = l->what.lines > 0 ? (int)(100L * l->rows / l->what.lines) : 0;
		if (at && percent / 10 > l->told / 10 && percent <= 100)
			at(l->told = percent);
	}
	return true;
}

static bool begin(struct device *device, struct lines_in *l, struct error *err)
{
	SANE_Status status = sane_start(device->handle);
	if (status != SANE_STATUS_GOOD)
		return not_good(err, status, "sane_start");
	status = sane_get_parameters(device->handle, &l->what);
	if (status != SANE_STATUS_GOOD)
		return not_good(err, status, "sane_get_parameters");
	const SANE_Parameters *p = &l->what;
	int channels = p->format == SANE_FRAME_RGB ? 3 : 1;
	bool plain = (p->format == SANE_FRAME_GRAY || p->format == SANE_FRAME_RGB) &&
		     (p->depth == 8 || p->depth == 16 || (p->depth == 1 && channels == 1));
	if (!plain)
		return scan_fail(err, "set", "a format in several passes");
	l->row_size = (size_t)p->pixels_per_line * (size_t)channels;
	if (!picture_fits(p->pixels_per_line, p->lines > 0 ? p->lines : 1) ||
	    (size_t)p->bytes_per_line < (l->row_size * (size_t)p->depth + 7) / 8 ||
	    p->bytes_per_line > PICTURE_SIDE_MOST * 6 + 4096)
		return scan_fail(err, "big", "parameters");
	l->in = malloc((size_t)p->bytes_per_line);
	l->out = malloc(l->row_size);
	return (l->in && l->out) || scan_fail(err, "big", "memory");
}

static bool read_rows(struct device *device, struct lines_in *l, FILE *raw, void (*at)(int),
                      struct error *err)
{
	static SANE_Byte block[65536];
	for (;;) {
		SANE_Int got = 0;
		SANE_Status status = sane_read(device->handle, block, sizeof block, &got);
		if (status == SANE_STATUS_EOF)
			return l->rows > 0 || scan_fail(err, "io", "a page without a row");
		if (status != SANE_STATUS_GOOD)
			return not_good(err, status, "sane_read");
		if (!take(l, block, got, raw, at, err))
			return false;
	}
}

bool device_read(struct device *device, FILE *raw, struct picture *picture, void (*at)(int),
                 struct error *err)
{
	struct lines_in l = { 0 };
	bool good = begin(device, &l, err) && read_rows(device, &l, raw, at, err);
	*picture = (struct picture){ l.what.pixels_per_line, l.rows,
		l.what.format == SANE_FRAME_RGB ? 3 : 1, device->dpi };
	free(l.in);
	free(l.out);
	return good;
}
