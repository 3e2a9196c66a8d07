/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/jpeg.h"

#include <errno.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "core/base/say.h"

struct trap {
	struct jpeg_error_mgr base;
	jmp_buf out;
	char say[JMSG_LENGTH_MAX];
};

static void on_error(j_common_ptr info)
{
	struct trap *trap = (struct trap *)info->err;
	info->err->format_message(info, trap->say);
	longjmp(trap->out, 1);
}

static void be_quiet(j_common_ptr info)
{
	(void)info;
}

static struct jpeg_error_mgr *set_trap(struct trap *trap)
{
	jpeg_std_error(&trap->base);
	trap->base.error_exit = on_error;
	trap->base.output_message = be_quiet;
	return &trap->base;
}

bool picture_fits(long width, long height)
{
	return width > 0 && height > 0 && width <= PICTURE_SIDE_MOST && height <= PICTURE_SIDE_MOST &&
	       width * height <= PICTURE_PIXELS_MOST;
}

static void write_rows(struct jpeg_compress_struct *out, const struct picture *p, FILE *raw,
                       int quality, unsigned char *row)
{
	out->image_width = (JDIMENSION)p->width;
	out->image_height = (JDIMENSION)p->height;
	out->input_components = p->channels;
	out->in_color_space = p->channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
	jpeg_set_defaults(out);
	jpeg_set_quality(out, quality, TRUE);
	out->density_unit = 1;
	out->X_density = out->Y_density = (UINT16)p->dpi;
	jpeg_start_compress(out, TRUE);
	size_t size = (size_t)p->width * (size_t)p->channels;
	for (int y = 0; y < p->height; y++) {
		if (fread(row, 1, size, raw) != size)
			memset(row, 255, size);
		jpeg_write_scanlines(out, &row, 1);
	}
	jpeg_finish_compress(out);
}

static bool cannot_write(struct error *err, const char *cause)
{
	fail(err, FAULT_DEVICE, _("Không ghi được trang quét. Kiểm tra ổ đĩa còn chỗ không."));
	return because(err, "jpeg: %s", cause);
}

bool jpeg_write(const char *path, const struct picture *picture, FILE *raw, int quality,
                struct error *err)
{
	struct jpeg_compress_struct out;
	struct trap trap;
	unsigned char *row = malloc((size_t)picture->width * 3);
	FILE *file = fopen(path, "wbx");
	volatile bool good = false;
	if (!file || !row) {
		cannot_write(err, strerror(errno));
	} else {
		out.err = set_trap(&trap);
		jpeg_create_compress(&out);
		rewind(raw);
		if (setjmp(trap.out) == 0) {
			jpeg_stdio_dest(&out, file);
			write_rows(&out, picture, raw, quality, row);
			good = true;
		} else {
			cannot_write(err, trap.say);
		}
		jpeg_destroy_compress(&out);
	}
	free(row);
	if (file && fclose(file) != 0)
		good = false, cannot_write(err, strerror(errno));
	return good;
}

static bool unfit(struct error *err, const char *cause)
{
	fail(err, FAULT_INPUT, _("Trang này hỏng hoặc không phải ảnh JPEG."));
	return because(err, "jpeg: %s", cause);
}

bool jpeg_head(const char *path, struct picture *picture, struct error *err)
{
	struct jpeg_decompress_struct in;
	struct trap trap;
	volatile bool good = false;
	FILE *file = fopen(path, "rbe");
	if (!file)
		return unfit(err, strerror(errno));
	in.err = set_trap(&trap);
	jpeg_create_decompress(&in);
	if (setjmp(trap.out) == 0) {
		jpeg_stdio_src(&in, file);
		jpeg_read_header(&in, TRUE);
		*picture = (struct picture){ (int)in.image_width, (int)in.image_height,
			in.num_components == 1 ? 1 : 3,
			in.density_unit == 1   ? in.X_density
			: in.density_unit == 2 ? (int)(in.X_density * 2.54 + 0.5)
					       : 0 };
		good = in.num_components <= 3 || unfit(err, "four colours");
		if (good && !picture_fits(in.image_width, in.image_height))
			good = unfit(err, "too large");
	} else {
		unfit(err, trap.say);
	}
	jpeg_destroy_decompress(&in);
	fclose(file);
	return good;
}
