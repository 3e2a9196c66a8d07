/* SPDX-License-Identifier: Apache-2.0
 *
 * A picture that is said to be whole has a size, and is not whole without its last bytes. */
#include <stdint.h>
#include <stdlib.h>

#include "core/sign/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int width, height, cut_width, cut_height;
	if (image_look(data, size, &width, &height) != IMAGE_WHOLE)
		return 0;
	if (width <= 0 || height <= 0 || width > 15000 || height > 15000)
		abort();
	if (image_look(data, size / 8, &cut_width, &cut_height) == IMAGE_WHOLE && size / 8 < 20)
		abort();
	return 0;
}
