/* SPDX-License-Identifier: Apache-2.0
 *
 * A page image as it lies in the spool, from a scanner or from somebody's file: its head
 * never tells of more than we decode, and what is decoded is as large as its head said. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <leptonica/allheaders.h>

#include "core/scan/jpeg.h"
#include "core/scan/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool truth)
{
	if (!truth)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[64];
	struct picture head;
	struct page_facts facts;
	int dpi, fd = memfd_create("page", MFD_CLOEXEC);
	must(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	bool jpeg = jpeg_head(path, &head, NULL);
	must(!jpeg || picture_fits(head.width, head.height));
	PIX *pix = page_open(path, &dpi, NULL);
	if (pix) {
		must(picture_fits(pixGetWidth(pix), pixGetHeight(pix)) && dpi >= 0);
		must(pixGetDepth(pix) == 8 || pixGetDepth(pix) == 32);
		must(!jpeg || (pixGetWidth(pix) == head.width && pixGetHeight(pix) == head.height));
	}
	pixDestroy(&pix);
	if (page_tiff_count(path) > 0 && page_tiff(path, 0, "/dev/null", &facts, NULL))
		must(picture_fits(facts.width, facts.height));
	close(fd);
	return 0;
}
