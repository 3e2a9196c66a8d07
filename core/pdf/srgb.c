/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "core/pdf/archive.h"

#define CURVE_POINTS 1024

/* ICC.1:2001-04; numbers are big endian. */
struct writer {
	unsigned char *out;
	size_t at;
};

static void put(struct writer *w, unsigned long value, int bytes)
{
	while (bytes-- > 0)
		w->out[w->at++] = (unsigned char)(value >> 8 * bytes);
}

static void put_text(struct writer *w, const char *text, size_t n)
{
	memcpy(w->out + w->at, text, n);
	w->at += n;
}

static void put_fixed(struct writer *w, double value)
{
	put(w, (unsigned long)lround(value * 65536) & 0xFFFFFFFFul, 4);
}

static void put_xyz(struct writer *w, double x, double y, double z)
{
	put_text(w, "XYZ \0\0\0\0", 8);
	put_fixed(w, x), put_fixed(w, y), put_fixed(w, z);
}

static void put_curve(struct writer *w)
{
	put_text(w, "curv\0\0\0\0", 8);
	put(w, CURVE_POINTS, 4);
	for (int i = 0; i < CURVE_POINTS; i++) {
		double v = (double)i / (CURVE_POINTS - 1);
		double linear = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
		put(w, (unsigned long)lround(linear * 65535), 2);
	}
}

static void put_description(struct writer *w)
{
	static const char name[] = "sRGB IEC61966-2.1";
	put_text(w, "desc\0\0\0\0", 8);
	put(w, sizeof name, 4);
	put_text(w, name, sizeof name);
	w->at += 4 + 4 + 2 + 1 + 67; /* no Unicode, no Macintosh name */
	while (w->at % 4)
		w->at++;
}

static void put_copyright(struct writer *w)
{
	static const char text[] = "No copyright";
	put_text(w, "text\0\0\0\0", 8);
	put_text(w, text, sizeof text);
	while (w->at % 4)
		w->at++;
}

static void put_head(struct writer *w)
{
	put(w, 0, 4); /* the size, at the end */
	put(w, 0, 4);
	put(w, 0x02100000, 4);
	put_text(w, "mntrRGB XYZ ", 12);
	put(w, 2026, 2), put(w, 1, 2), put(w, 1, 2), put(w, 0, 2), put(w, 0, 2), put(w, 0, 2);
	put_text(w, "acsp", 4);
	w->at = 68;
	put_fixed(w, 0.9642), put_fixed(w, 1.0), put_fixed(w, 0.8249); /* D50 */
	w->at = 128;
}

size_t srgb_profile(unsigned char out[SRGB_MOST])
{
	static const char *const tags[] = { "desc", "cprt", "wtpt", "rXYZ", "gXYZ", "bXYZ",
		"rTRC", "gTRC", "bTRC" };
	enum { COUNT = sizeof tags / sizeof tags[0] };
	size_t from[COUNT + 1];
	struct writer w = { out, 0 };
	memset(out, 0, SRGB_MOST);
	put_head(&w);
	w.at += 4 + 12 * COUNT;
	from[0] = w.at, put_description(&w);
	from[1] = w.at, put_copyright(&w);
	from[2] = w.at, put_xyz(&w, 0.9642, 1.0, 0.8249);
	/* The primaries as seen under D50 (Bradford). */
	from[3] = w.at, put_xyz(&w, 0.4360747, 0.2225045, 0.0139322);
	from[4] = w.at, put_xyz(&w, 0.3850649, 0.7168786, 0.0971045);
	from[5] = w.at, put_xyz(&w, 0.1430804, 0.0606169, 0.7141733);
	from[6] = w.at, put_curve(&w);
	from[7] = from[8] = from[6]; /* one curve for all three */
	from[COUNT] = w.at;
	size_t size = w.at;
	w.at = 128;
	put(&w, COUNT, 4);
	for (int i = 0; i < COUNT; i++) {
		size_t end = i < 6 ? from[i + 1] : size;
		put_text(&w, tags[i], 4);
		put(&w, from[i], 4);
		put(&w, end - from[i], 4);
	}
	w.at = 0;
	put(&w, size, 4);
	return size;
}
