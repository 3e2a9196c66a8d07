/* SPDX-License-Identifier: Apache-2.0 */
#include "core/sheet/xlsx.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "core/base/arena.h"
#include "core/base/bytes.h"
#include "core/base/say.h"
#include "core/base/text.h"

/* A cell holds 32767 characters, counted in UTF-16 by the readers. */
enum { MOST_TEXT = 16000, MOST_ROWS = LXW_ROW_MAX, PAPER_A4 = 9, SHEET_NAME = 31 };

enum look { LOOK_PLAIN, LOOK_BOLD, LOOK_HEAD, LOOK_TEXT, LOOK_NUMBER, LOOK_DAY, LOOK_MOMENT,
	LOOK_DURATION, LOOKS };

struct xlsx {
	struct arena arena;
	const char *path;
	char *beside;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *looks[LOOKS];
	int64_t next;        /* the row after the current one     */
	int column, columns; /* the next cell; heads of the sheet */
	int64_t head;        /* the row of heads; -1: none yet    */
	int64_t rows_end;    /* the row after those it filters; 0: all */
	struct error err;    /* the first failure                 */
};

static void spoil(struct xlsx *x, lxw_error code, const char *what)
{
	if (code == LXW_NO_ERROR || x->err.fault)
		return;
	bool disk = code == LXW_ERROR_CREATING_XLSX_FILE || code == LXW_ERROR_CREATING_TMPFILE ||
	            code == LXW_ERROR_ZIP_FILE_OPERATION || code == LXW_ERROR_READING_TMPFILE ||
	            code == LXW_ERROR_ZIP_FILE_ADD || code == LXW_ERROR_ZIP_CLOSE;
	fail(&x->err, disk ? FAULT_DEVICE : FAULT_BUG,
	     disk && errno == ENOSPC ? _("Ổ đĩa đã đầy, không ghi được %s.") : _("Không ghi được tệp %s."),
	     x->path);
	because(&x->err, "%s: %s", what, lxw_strerror(code));
}

static void make_looks(struct xlsx *x)
{
	static const char *const patterns[LOOKS] = { [LOOK_NUMBER] = "#,##0.##", [LOOK_DAY] = "dd/mm/yyyy",
		[LOOK_MOMENT] = "dd/mm/yyyy hh:mm", [LOOK_DURATION] = "[h]:mm:ss" };
	for (int i = 0; i < LOOKS; i++) {
		lxw_format *look = x->looks[i] = workbook_add_format(x->book);
		format_set_font_name(look, "Times New Roman");
		format_set_font_size(look, 12);
		format_set_align(look, i == LOOK_HEAD ? LXW_ALIGN_VERTICAL_CENTER : LXW_ALIGN_VERTICAL_TOP);
		if (patterns[i])
			format_set_num_format(look, patterns[i]);
		if (i >= LOOK_HEAD)
			format_set_border(look, LXW_BORDER_THIN);
		if (i == LOOK_HEAD || i == LOOK_TEXT)
			format_set_text_wrap(look);
		if (i == LOOK_HEAD || i == LOOK_BOLD)
			format_set_bold(look);
	}
	format_set_align(x->looks[LOOK_HEAD], LXW_ALIGN_CENTER);
}

static bool refuse_path(struct xlsx *x, int why, struct error *err)
{
	if (why == ENOSPC)
		fail(err, FAULT_DEVICE, _("Ổ đĩa đã đầy, không ghi được %s."), x->path);
	else if (why == ENOENT || why == ENOTDIR)
		fail(err, FAULT_INPUT, _("Không có thư mục để ghi %s."), x->path);
	else if (why == EACCES || why == EROFS || why == EPERM)
		fail(err, FAULT_INPUT, _("Không được phép ghi vào thư mục của %s."), x->path);
	else
		fail(err, FAULT_DEVICE, _("Không ghi được tệp %s."), x->path);
	because(err, "write %s: %s", x->path, strerror(why));
	arena_free(&x->arena);
	free(x);
	return false;
}

struct xlsx *xlsx_open(const char *path, const char *title, struct error *err)
{
	struct xlsx *x = calloc(1, sizeof *x);
	if (!x)
		abort();
	x->head = -1;
	x->path = arena_string(&x->arena, path);
	x->beside = arena_format(&x->arena, "%s.XXXXXX", path);
	int fd = mkostemp(x->beside, O_CLOEXEC); /* 0600: these lists hold personal numbers */
	if (fd < 0) {
		refuse_path(x, errno, err);
		return NULL;
	}
	close(fd);
	x->book = workbook_new(x->beside);
	if (!x->book)
		abort();
	lxw_doc_properties about = { .title = arena_string(&x->arena, title), .author = "motcua" };
	workbook_set_properties(x->book, &about);
	make_looks(x);
	return x;
}

static void end_sheet(struct xlsx *x)
{
	int64_t end = x->rows_end ? x->rows_end : x->next;
	if (x->sheet && x->head >= 0 && x->columns)
		spoil(x, worksheet_autofilter(x->sheet, (lxw_row_t)x->head, 0,
		                              (lxw_row_t)(end > x->head + 1 ? end - 1 : x->head),
		                              (lxw_col_t)(x->columns - 1)), "filter");
}

static const char *sheet_name(struct xlsx *x, const char *name)
{
	char *clean = arena_string(&x->arena, text_mend(&x->arena, name, strlen(name)));
	size_t end = 0;
	for (int i = 0; i < SHEET_NAME && clean[end]; i++)
		do
			end++;
		while (((unsigned char)clean[end] & 0xC0) == 0x80);
	clean[end] = '\0';
	for (char *c = clean; *c; c++)
		if (strchr("[]:*?/\\'", *c))
			*c = '-';
	return *clean ? clean : "-";
}

void xlsx_sheet(struct xlsx *x, const char *name)
{
	end_sheet(x);
	const char *clean = sheet_name(x, name);
	x->sheet = NULL;
	x->next = 0;
	x->column = x->columns = 0;
	x->head = -1;
	x->rows_end = 0;
	if (x->err.fault)
		return;
	lxw_error code = workbook_validate_sheet_name(x->book, clean);
	spoil(x, code, clean);
	if (code)
		return;
	x->sheet = workbook_add_worksheet(x->book, clean);
	worksheet_set_paper(x->sheet, PAPER_A4);
	worksheet_set_landscape(x->sheet);
	worksheet_fit_to_pages(x->sheet, 1, 0);
}

/* Readers of the format take "_x0041_" for one letter; it stays what it was. */
static void add_literal(struct bytes *out, const char *text)
{
	for (const char *c = text; *c; c++) {
		bool code = c[0] == '_' && c[1] == 'x';
		for (int i = 2; code && i < 6; i++)
			code = isxdigit((unsigned char)c[i]);
		if (code && c[6] == '_')
			bytes_text(out, "_x005F");
		bytes_byte(out, (uint8_t)*c);
	}
}

static const char *clean_text(struct arena *arena, const char *text)
{
	const char *taken;
	struct bytes out = { 0 };
	if (!text_take_lines(arena, text, strlen(text), &taken, NULL))
		taken = text_mend(arena, text, strlen(text));
	size_t size = strlen(taken), end = size > MOST_TEXT ? MOST_TEXT : size;
	while (end < size && end > 0 && ((unsigned char)taken[end] & 0xC0) == 0x80)
		end--;
	add_literal(&out, arena_copy(arena, taken, end));
	const char *clean = arena_string(arena, bytes_string(&out));
	bytes_free(&out);
	return clean;
}

static bool ready(struct xlsx *x)
{
	if (x->err.fault || x->next < 1)
		return false;
	return x->sheet || (spoil(x, LXW_ERROR_NULL_PARAMETER_IGNORED, "no sheet"), false);
}

static void put_text(struct xlsx *x, const char *text, enum look look)
{
	struct arena scratch = { 0 };
	if (ready(x))
		spoil(x, worksheet_write_string(x->sheet, (lxw_row_t)(x->next - 1), (lxw_col_t)x->column,
		                                clean_text(&scratch, text), x->looks[look]), "text");
	x->column++;
	arena_free(&scratch);
}

void xlsx_row(struct xlsx *x)
{
	x->column = 0;
	if (x->next >= MOST_ROWS)
		spoil(x, LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE, "too many rows");
	else
		x->next++;
}

void xlsx_title(struct xlsx *x, const char *text)
{
	xlsx_row(x);
	put_text(x, text, LOOK_BOLD);
}

void xlsx_line(struct xlsx *x, const char *text)
{
	xlsx_row(x);
	put_text(x, text, LOOK_PLAIN);
}

void xlsx_header(struct xlsx *x, const struct xlsx_column *columns)
{
	xlsx_row(x);
	for (const struct xlsx_column *c = columns; c->head; c++) {
		if (ready(x))
			spoil(x, worksheet_set_column(x->sheet, (lxw_col_t)x->column, (lxw_col_t)x->column,
			                              c->width, NULL), "width");
		put_text(x, _(c->head), LOOK_HEAD);
	}
	x->columns = x->column;
	x->head = x->next - 1;
	if (!ready(x))
		return;
	worksheet_freeze_panes(x->sheet, (lxw_row_t)x->next, 0);
	worksheet_repeat_rows(x->sheet, (lxw_row_t)x->head, (lxw_row_t)x->head);
}

void xlsx_blank(struct xlsx *x)
{
	if (ready(x))
		spoil(x, worksheet_write_blank(x->sheet, (lxw_row_t)(x->next - 1), (lxw_col_t)x->column,
		                               x->looks[LOOK_TEXT]), "blank");
	x->column++;
}

void xlsx_text(struct xlsx *x, const char *text)
{
	if (text && *text)
		put_text(x, text, LOOK_TEXT);
	else
		xlsx_blank(x);
}

static void put_number(struct xlsx *x, double number, enum look look)
{
	if (ready(x))
		spoil(x, worksheet_write_number(x->sheet, (lxw_row_t)(x->next - 1), (lxw_col_t)x->column,
		                                number, x->looks[look]), "number");
	x->column++;
}

void xlsx_number(struct xlsx *x, double number)
{
	put_number(x, number, LOOK_NUMBER);
}

int xlsx_at(const struct xlsx *x)
{
	return (int)x->next;
}

const char *xlsx_letters(int column, char out[4])
{
	char *at = out;
	if (column >= 26)
		*at++ = (char)('A' + column / 26 - 1);
	*at++ = (char)('A' + column % 26);
	*at = '\0';
	return out;
}

void xlsx_formula(struct xlsx *x, const char *formula, double value)
{
	if (ready(x))
		spoil(x, worksheet_write_formula_num(x->sheet, (lxw_row_t)(x->next - 1), (lxw_col_t)x->column, formula,
		                                     x->looks[LOOK_NUMBER], value), "formula");
	x->column++;
}

void xlsx_formula_text(struct xlsx *x, const char *formula, const char *value)
{
	if (ready(x))
		spoil(x, worksheet_write_formula_str(x->sheet, (lxw_row_t)(x->next - 1), (lxw_col_t)x->column, formula,
		                                     x->looks[LOOK_TEXT], value), "formula");
	x->column++;
}

void xlsx_end_rows(struct xlsx *x)
{
	x->rows_end = x->next;
}

/* The readers count days from 30/12/1899 (exact from 01/03/1900 on). */
static double serial(day_t day)
{
	return (double)(day - day_of(1899, 12, 30));
}

void xlsx_day(struct xlsx *x, day_t day)
{
	if (day == DAY_NONE || day < day_of(1900, 3, 1))
		xlsx_blank(x);
	else
		put_number(x, serial(day), LOOK_DAY);
}

void xlsx_moment(struct xlsx *x, moment_t moment)
{
	if (moment == MOMENT_NONE || moment_day(moment) < day_of(1900, 3, 1)) {
		xlsx_blank(x);
		return;
	}
	struct clock c = moment_clock(moment);
	put_number(x, serial(moment_day(moment)) + (c.hour * 3600 + c.minute * 60 + c.second) / 86400.0,
	           LOOK_MOMENT);
}

void xlsx_duration(struct xlsx *x, int64_t seconds)
{
	if (seconds < 0)
		xlsx_blank(x);
	else
		put_number(x, (double)seconds / 86400.0, LOOK_DURATION);
}

/* On the disk before it has the name. */
static bool settle(struct xlsx *x)
{
	int fd = open(x->beside, O_RDONLY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;
	int why = errno;
	if (fd >= 0)
		close(fd);
	if (good && rename(x->beside, x->path) == 0)
		return true;
	why = good ? errno : why;
	fail(&x->err, FAULT_DEVICE, _("Không ghi được tệp %s."), x->path);
	return because(&x->err, "rename to %s: %s", x->path, strerror(why));
}

bool xlsx_close(struct xlsx *x, struct error *err)
{
	end_sheet(x);
	if (!x->err.fault) {
		errno = 0;
		spoil(x, workbook_close(x->book), "close");
		x->book = NULL;
	}
	bool good = !x->err.fault && settle(x);
	if (!good && err)
		*err = x->err;
	if (good)
		*x->beside = '\0';
	xlsx_drop(x);
	return good;
}

void xlsx_drop(struct xlsx *x)
{
	if (x->book)
		lxw_workbook_free(x->book);
	if (*x->beside)
		(void)unlink(x->beside);
	arena_free(&x->arena);
	free(x);
}
