/* SPDX-License-Identifier: Apache-2.0
 *
 * core/sign/image.h — Whether a JPEG or PNG is all there and of a sane size, by its parts'
 * lengths alone (ITU-T T.81 Annex B; PNG, 5.3): nothing is decoded. */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum image_state {
	IMAGE_WHOLE,
	IMAGE_NONE, /* neither, or its parts make no sense */
	IMAGE_CUT,  /* the end is missing                  */
	IMAGE_HUGE, /* larger than A3 at 600 dpi           */
};

/* Width and height in pixels; 0 unless found. */
enum image_state image_look(const uint8_t *data, size_t size, int *width, int *height);
