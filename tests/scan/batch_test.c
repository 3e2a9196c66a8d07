/* SPDX-License-Identifier: Apache-2.0
 *
 * A stack: sorted by its separator sheets, with blanks, turned pages, a damaged one,
 * a foreign separator, a helper that is killed; and a hundred pages of twenty dossiers. */
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <leptonica/allheaders.h>

#include "core/base/date.h"
#include "core/scan/batch.h"
#include "tests/check.h"
#include "tests/scan/sheets.h"

static char data[] = "/tmp/mcbatch.XXXXXX";
static struct loop loop;

static void open_batch(struct batch *batch, struct scope *scope)
{
	struct error err;
	if (!batch_open(batch, &loop, scope, data, HELPERS, &err))
		fail_msg("%s", err.log);
	strcpy(batch->session, "K7QF2M");
	batch->paper = 1;
	batch->paper_count = 20;
}

static void add_sheet(struct batch *batch, const struct sheet *sheet)
{
	char name[24], path[200];
	snprintf(name, sizeof name, "p%04d.jpg", batch->next_number);
	snprintf(path, sizeof path, "%s/%s", batch->spool.folder, name);
	draw_sheet(path, sheet);
	batch_add(batch, name);
}

static void turn_until(bool (*ready)(const struct batch *), const struct batch *batch, int ms)
{
	int64_t until = monotonic_ms() + ms;
	while (!ready(batch) && monotonic_ms() < until)
		loop_turn(&loop, 100);
	for (size_t i = 0; i < batch->count && !ready(batch); i++)
		print_error("%zu %s: state %d, words %d, out %d\n", i, batch->pages[i]->file, batch->pages[i]->state,
		            batch->pages[i]->words, batch->pages[i]->out);
	assert_true(ready(batch));
}

struct made {
	struct making making;
	int calls, fd;
};

static void on_made(struct making *making, int fd, const struct error *err)
{
	struct made *made = making->owner;
	if (err)
		print_error("%s\n", err->log);
	made->calls++;
	made->fd = fd;
}

static bool all_made(const struct batch *batch)
{
	return !batch->makings;
}

static int pdf_pages(int fd)
{
	char command[120], line[80] = "";
	snprintf(command, sizeof command, "qpdf --show-npages /proc/%d/fd/%d", (int)getpid(), fd);
	FILE *pipe = popen(command, "r");
	assert_non_null(pipe);
	if (!fgets(line, sizeof line, pipe))
		*line = '\0';
	pclose(pipe);
	close(fd);
	return atoi(line);
}

static void a_stack_sorts_itself(void **state)
{
	(void)state;
	struct scope scope = { 0 };
	struct batch batch;
	struct made one = { .making.owner = &one }, three = { .making.owner = &three }, two = { 0 };
	open_batch(&batch, &scope);
	add_sheet(&batch, &(struct sheet){ .dpi = 100 });
	add_sheet(&batch, &(struct sheet){ .dpi = 100, .text = "" });
	add_sheet(&batch, &(struct sheet){ .dpi = 100, .text = "TỜ PHÂN CÁCH", .qr = "MC-SEP-K7QF2M-03" });
	add_sheet(&batch, &(struct sheet){ .dpi = 150, .quarters = 2 });
	batch_add(&batch, "khong-co.jpg");
	add_sheet(&batch, &(struct sheet){ .dpi = 100, .text = "TỜ PHÂN CÁCH", .qr = "MC-SEP-AAAAAA-01" });
	add_sheet(&batch, &(struct sheet){ .dpi = 100 });
	turn_until(batch_settled, &batch, 60000);
	static const struct {
		bool out;
		int paper;
		enum page_mark mark;
		enum page_state state;
	} wanted[] = {
		{ false, 1, PAGE_PLAIN, PAGE_READY }, { true, 1, PAGE_PLAIN, PAGE_READY },
		{ true, 3, PAGE_SEPARATES, PAGE_READY }, { false, 3, PAGE_PLAIN, PAGE_READY },
		{ true, 3, PAGE_PLAIN, PAGE_BAD }, { true, 3, PAGE_FOREIGN, PAGE_READY },
		{ false, 3, PAGE_PLAIN, PAGE_READY },
	};
	for (size_t i = 0; i < COUNT(wanted); i++) {
		const struct page *page = batch.pages[i];
		assert_int_equal(page->out, wanted[i].out);
		assert_int_equal(page->paper, wanted[i].paper);
		assert_int_equal(page->mark, wanted[i].mark);
		assert_int_equal(page->state, wanted[i].state);
	}
	assert_int_equal(batch.pages[3]->turned, 180);
	/* The clerk takes the blank one after all, and gives the last page to paper 1. */
	batch_leave_out(&batch, 1, false);
	batch_assign(&batch, 6, 1);
	assert_true(batch_move(&batch, 6, -1));
	assert_int_equal(batch.pages[5]->paper, 1);
	assert_true(batch_turn(&batch, 3, NULL));
	turn_until(batch_settled, &batch, 60000);
	assert_true(batch.pages[3]->width > batch.pages[3]->height);
	assert_true(batch_make(&batch, &one.making, 1, on_made));
	assert_true(batch_make(&batch, &three.making, 3, on_made));
	assert_false(batch_make(&batch, &two.making, 2, on_made));
	turn_until(all_made, &batch, 60000);
	assert_int_equal(one.calls + three.calls, 2);
	assert_int_equal(pdf_pages(one.fd), 3);
	assert_int_equal(pdf_pages(three.fd), 1);
	batch_close(&batch);
	assert_null(scope.tasks);
}

static void pages_become_coarser(void **state)
{
	(void)state;
	struct scope scope = { 0 };
	struct batch batch;
	open_batch(&batch, &scope);
	add_sheet(&batch, &(struct sheet){ .dpi = 300 });
	add_sheet(&batch, &(struct sheet){ .dpi = 100 });
	turn_until(batch_settled, &batch, 60000);
	batch_assign(&batch, 1, 2);
	long before = batch_bytes_of(&batch, 1);
	int width = batch.pages[0]->width;
	assert_true(before > 50000 && batch_can_shrink(&batch, 1) && !batch_can_shrink(&batch, 2));
	batch_shrink(&batch, 1);
	assert_false(batch_settled(&batch));
	turn_until(batch_settled, &batch, 60000);
	assert_int_equal(batch.pages[0]->dpi, BATCH_DPI_LEAST);
	assert_int_equal((batch.pages[0]->width * 3 + 1) / 2, width);
	assert_true(batch_bytes_of(&batch, 1) < before);
	assert_false(batch_can_shrink(&batch, 1));
	batch_close(&batch);
}

static void a_page_is_read_before_it_is_made(void **state)
{
	(void)state;
	struct scope scope = { 0 };
	struct batch batch;
	struct made made = { .making.owner = &made };
	char command[120], line[200] = "";
	open_batch(&batch, &scope);
	batch.words = true;
	add_sheet(&batch, &(struct sheet){ .text = "Giấy khai sinh số 15/2021" });
	assert_true(batch_make(&batch, &made.making, 1, on_made)); /* not even cleaned yet */
	turn_until(all_made, &batch, 60000);
	assert_int_equal(made.calls, 1);
	snprintf(command, sizeof command, "pdftotext /proc/%d/fd/%d -", (int)getpid(), made.fd);
	FILE *pipe = popen(command, "r");
	assert_non_null(pipe);
	assert_non_null(fgets(line, sizeof line, pipe));
	pclose(pipe);
	assert_string_equal(line, "Giấy khai sinh số 15/2021\n");
	close(made.fd);
	batch_close(&batch);
}

static char why[8];

static void on_apart(struct batch *batch, const struct error *err)
{
	(void)batch;
	snprintf(why, sizeof why, "%s", err ? err->code : "");
}

static bool apart(const struct batch *batch)
{
	return !batch->scanning && batch_settled(batch);
}

/* The file of the spool, taken apart after the pages that are there. */
static void split(struct batch *batch, const char *name, const char *code)
{
	static const struct scan_setup setup = { .dpi = 100 };
	struct error err;
	strcpy(why, "?");
	batch->scanned = on_apart;
	assert_true(batch_split(batch, name, &setup, &err));
	turn_until(apart, batch, 60000);
	assert_string_equal(why, code);
}

static const char *in_spool(const struct batch *batch, const char *name)
{
	static char path[300];
	snprintf(path, sizeof path, "%s/%s", batch->spool.folder, name);
	return path;
}

static void copy_to(int fd, const char *path)
{
	char block[4096];
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	for (ssize_t n; (n = read(fd, block, sizeof block)) > 0;)
		assert_int_equal(fwrite(block, 1, (size_t)n, file), n);
	fclose(file);
	close(fd);
}

/* What a network scanner makes: a PDF, a TIFF of two pages as faxes are, a JPEG, rubbish. */
static void a_file_comes_apart(void **state)
{
	(void)state;
	struct scope scope = { 0 };
	struct batch first, batch;
	struct made made = { .making.owner = &made };
	open_batch(&first, &scope);
	add_sheet(&first, &(struct sheet){ .dpi = 100 });
	add_sheet(&first, &(struct sheet){ .dpi = 100, .text = "TỜ PHÂN CÁCH", .qr = "MC-SEP-K7QF2M-03" });
	add_sheet(&first, &(struct sheet){ .dpi = 100 });
	turn_until(batch_settled, &first, 60000);
	batch_leave_out(&first, 1, false);
	batch_assign(&first, 1, 1);
	batch_assign(&first, 2, 1);
	assert_true(batch_make(&first, &made.making, 1, on_made));
	turn_until(all_made, &first, 60000);
	open_batch(&batch, &scope);
	copy_to(made.fd, in_spool(&batch, "tep01"));
	draw_sheet(in_spool(&batch, "bang.jpg"), &(struct sheet){ .dpi = 200 });
	PIX *gray = pixRead(in_spool(&batch, "bang.jpg"));
	PIX *ink = pixThresholdToBinary(gray, 128), *flat = pixScale(ink, 1, 0.5f);
	pixSetResolution(flat, 200, 100);
	assert_int_equal(pixWriteTiff(in_spool(&batch, "tep02"), flat, IFF_TIFF_G4, "w"), 0);
	assert_int_equal(pixWriteTiff(in_spool(&batch, "tep02"), flat, IFF_TIFF_G4, "a"), 0);
	pixDestroy(&gray);
	pixDestroy(&ink);
	pixDestroy(&flat);
	split(&batch, "tep01", "");
	assert_int_equal(batch.count, 3);
	assert_int_equal(batch.pages[0]->dpi, 100);
	/* The separator does its work as on paper. */
	assert_int_equal(batch.pages[1]->mark, PAGE_SEPARATES);
	assert_int_equal(batch.pages[2]->paper, 3);
	split(&batch, "tep02", "");
	assert_int_equal(batch.count, 5);
	assert_int_equal(batch.pages[4]->dpi, 200);
	assert_true(batch.pages[4]->height > batch.pages[4]->width);
	assert_int_equal(batch.pages[4]->state, PAGE_READY);
	split(&batch, "bang.jpg", "");
	assert_int_equal(batch.count, 6);
	assert_int_equal(access(in_spool(&batch, "bang.jpg"), F_OK), -1);
	fclose(fopen(in_spool(&batch, "rong"), "w"));
	split(&batch, "rong", "file");
	FILE *cut = fopen(in_spool(&batch, "cut"), "w");
	fputs("%PDF-1.4\n1 0 obj", cut);
	fclose(cut);
	split(&batch, "cut", "file");
	assert_int_equal(batch.count, 6);
	batch_close(&first);
	batch_close(&batch);
}

static int cleaner(void)
{
	DIR *all = opendir("/proc");
	int found = 0;
	for (struct dirent *entry; !found && (entry = readdir(all));) {
		char path[300], name[32];
		int pid = 0, parent = 0;
		snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
		FILE *file = fopen(path, "r");
		if (file && fscanf(file, "%d (%31[^)]) %*c %d", &pid, name, &parent) == 3 &&
		    parent == getpid() && strcmp(name, "motcua-pages") == 0)
			found = pid;
		if (file)
			fclose(file);
	}
	closedir(all);
	return found;
}

static void a_helper_that_dies_costs_one_page(void **state)
{
	(void)state;
	struct scope scope = { 0 };
	struct batch batch;
	int bad = 0;
	open_batch(&batch, &scope);
	for (int i = 0; i < 3; i++)
		add_sheet(&batch, &(struct sheet){ .dpi = 75 });
	int pid = cleaner();
	assert_true(pid > 1);
	assert_int_equal(kill(pid, SIGKILL), 0);
	turn_until(batch_settled, &batch, 60000);
	for (int i = 0; i < 3; i++)
		bad += batch.pages[i]->state == PAGE_BAD;
	assert_int_equal(bad, 1);
	/* No process can be begun for a while: pages without words, and who waits for the last of them is told. */
	struct rlimit before, none = { .rlim_cur = 3 };
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	none.rlim_max = before.rlim_max;
	assert_false(batch_read(&batch));
	batch.words = true;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	batch_shrink(&batch, 99); /* of no paper: it looks for work */
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_true(batch_read(&batch));
	/* The owner goes: nothing is left behind. */
	char folder[200];
	snprintf(folder, sizeof folder, "%s", batch.spool.folder);
	add_sheet(&batch, &(struct sheet){ .dpi = 75 });
	scope_end(&scope);
	assert_int_equal(access(folder, F_OK), -1);
	assert_int_equal(cleaner(), 0);
}

enum { DOSSIERS = 20, PAGES_EACH = 5 /* the separator included */ };

static void a_hundred_pages_of_twenty_split(void **state)
{
	(void)state;
	struct scope scope = { 0 };
	struct batch batch;
	char name[24], command[700];
	open_batch(&batch, &scope);
	batch.paper = 20;
	/* Drawn once, copied: what is measured is the sorting. */
	snprintf(command, sizeof command, "%s/sheet.jpg", batch.spool.folder);
	draw_sheet(command, &(struct sheet){ .dpi = 75 });
	for (int i = 0; i < DOSSIERS * PAGES_EACH; i++) {
		char mark[32];
		if (i % PAGES_EACH == 0) {
			snprintf(mark, sizeof mark, "MC-SEP-K7QF2M-%02d", i / PAGES_EACH + 1);
			add_sheet(&batch, &(struct sheet){ .dpi = 75, .text = "TỜ PHÂN CÁCH", .qr = mark });
			continue;
		}
		snprintf(name, sizeof name, "p%04d.jpg", batch.next_number);
		snprintf(command, sizeof command, "%s/sheet.jpg", batch.spool.folder);
		char to[300];
		snprintf(to, sizeof to, "%s/%s", batch.spool.folder, name);
		assert_int_equal(link(command, to), 0);
		batch_add(&batch, name);
	}
	turn_until(batch_settled, &batch, 60000);
	for (int i = 0; i < DOSSIERS * PAGES_EACH; i++) {
		assert_int_equal(batch.pages[i]->paper, i / PAGES_EACH + 1);
		assert_int_equal(batch.pages[i]->out, i % PAGES_EACH == 0);
	}
	for (int paper = 1; paper <= DOSSIERS; paper++)
		assert_int_equal(batch_pages_of(&batch, paper), PAGES_EACH - 1);
	batch_close(&batch);
}

static int set_up(void **state)
{
	(void)state;
	loop_init(&loop);
	return mkdtemp(data) ? 0 : -1;
}

static int tear_down(void **state)
{
	char command[80];
	(void)state;
	snprintf(command, sizeof command, "rmdir %s/quet && rmdir %s", data, data);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stack_sorts_itself),
		cmocka_unit_test(pages_become_coarser),
		cmocka_unit_test(a_page_is_read_before_it_is_made),
		cmocka_unit_test(a_file_comes_apart),
		cmocka_unit_test(a_helper_that_dies_costs_one_page),
		cmocka_unit_test(a_hundred_pages_of_twenty_split),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
