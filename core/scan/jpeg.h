/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/jpeg.h — The door to libjpeg: rows into a JPEG file, and the head of one
 * read back.  Used by the helpers only; libjpeg's own errors come back as ours. */
#pragma once
#include <stdbool.h>
#include <stdio.h>
#include "core/base/error.h"

/* A page as pixels or as a JPEG's head tells. */
struct picture {
	int width, height;
	int channels; /* 1 gray, 3 colour            */
	int dpi;      /* 0: the file does not say it */
};

/* Nothing larger is decoded: A3 at 600 dpi. */
#define PICTURE_SIDE_MOST   15000
#define PICTURE_PIXELS_MOST (100L * 1000 * 1000)
bool picture_fits(long width, long height);

/* Reads width × channels bytes a row from raw, from its start. */
bool jpeg_write(const char *path, const struct picture *, FILE *raw, int quality, struct error *);
/* FAULT_INPUT when it is no JPEG, or larger than picture_fits allows. */
bool jpeg_head(const char *path, struct picture *, struct error *);
