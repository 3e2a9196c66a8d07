/* SPDX-License-Identifier: Apache-2.0 */
#include "core/sign/image.h"

#include <stdbool.h>
#include <string.h>

#define SIDE_MOST   15000u
#define PIXELS_MOST (100ul * 1000 * 1000)

static const uint8_t png_magic[8] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };

static uint32_t big32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static unsigned big16(const uint8_t *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static enum image_state sized(uint32_t wide, uint32_t high, int *width, int *height)
{
	if (!wide || !high)
		return IMAGE_NONE;
	if (wide > SIDE_MOST || high > SIDE_MOST || (unsigned long)wide * high > PIXELS_MOST)
		return IMAGE_HUGE;
	*width = (int)wide;
	*height = (int)high;
	return IMAGE_WHOLE;
}

static enum image_state look_png(const uint8_t *data, size_t size, int *width, int *height)
{
	size_t at = sizeof png_magic;
	bool pixels = false;
	if (size < at + 25)
		return IMAGE_CUT;
	if (big32(data + at) != 13 || memcmp(data + at + 4, "IHDR", 4) != 0)
		return IMAGE_NONE;
	enum image_state state = sized(big32(data + at + 8), big32(data + at + 12), width, height);
	while (state == IMAGE_WHOLE && size - at >= 12) {
		uint32_t length = big32(data + at);
		if (length > size - at - 12)
			return IMAGE_CUT;
		if (memcmp(data + at + 4, "IEND", 4) == 0)
			return pixels ? IMAGE_WHOLE : IMAGE_NONE;
		pixels |= memcmp(data + at + 4, "IDAT", 4) == 0;
		at += 12u + length;
	}
	return state == IMAGE_WHOLE ? IMAGE_CUT : state;
}

/* Inside a scan: to the next marker that is neither a stuffed 0 nor a restart. */
static size_t after_scan(const uint8_t *data, size_t size, size_t at)
{
	while (at + 1 < size && (data[at] != 0xFF || data[at + 1] == 0 || data[at + 1] == 0xFF ||
	                         (data[at + 1] >= 0xD0 && data[at + 1] <= 0xD7)))
		at++;
	return at;
}

static bool frame_head(uint8_t marker)
{
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

static enum image_state look_jpeg(const uint8_t *data, size_t size, int *width, int *height)
{
	size_t at = 2;
	bool pixels = false;
	while (at + 1 < size) {
		uint8_t marker = data[at + 1];
		if (data[at] != 0xFF)
			return IMAGE_NONE;
		if (marker == 0xFF) {
			at++; /* padding */
			continue;
		}
		if (marker == 0xD9)
			return pixels ? IMAGE_WHOLE : IMAGE_NONE;
		if (at + 4 > size)
			return IMAGE_CUT;
		size_t length = big16(data + at + 2);
		if (length < 2 || (frame_head(marker) && length < 8))
			return IMAGE_NONE;
		if (length > size - at - 2)
			return IMAGE_CUT;
		if (frame_head(marker)) {
			enum image_state state = sized(big16(data + at + 7), big16(data + at + 5), width, height);
			if (state != IMAGE_WHOLE)
				return state;
		}
		at += 2 + length;
		if (marker == 0xDA) {
			pixels = *width > 0;
			at = after_scan(data, size, at);
		}
	}
	return IMAGE_CUT;
}

enum image_state image_look(const uint8_t *data, size_t size, int *width, int *height)
{
	*width = *height = 0;
	if (size >= 8 && memcmp(data, png_magic, 8) == 0)
		return look_png(data, size, width, height);
	if (size >= 3 && memcmp(data, "\xFF\xD8\xFF", 3) == 0)
		return look_jpeg(data, size, width, height);
	return IMAGE_NONE;
}
