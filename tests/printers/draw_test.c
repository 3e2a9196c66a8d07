/* SPDX-License-Identifier: Apache-2.0
 *
 * The counter and its drawing child: warm, killed, missing, hanging, babbling;
 * jobs from fields to a printer; printers out of the configuration. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/date.h"
#include "core/base/path.h"
#include "printers/job.h"
#include "tests/printers/fake_printer.h"
#include "tests/printers/papers.h"

#include <cmocka.h> /* last: it takes the name fail */

struct one {
	struct drawing drawing;
	struct error err;
	bool over, failed;
};
struct world {
	struct loop loop;
	struct scope scope;
	struct draw draw;
	struct arena arena;
	struct fields fields;
	struct draw_request request;
};

static void world_start(struct world *w, const char *program)
{
	*w = (struct world){ 0 };
	loop_init(&w->loop);
	draw_init(&w->draw, &w->loop, program, MOTCUA_SOURCE);
	papers_fields(&w->arena, "receipt", &w->fields);
	w->request = (struct draw_request){ .form = "01", .date = day_of(2026, 11, 20),
					    .output = DRAW_PLAIN_80, .qr = SAMPLE_QR,
					    .fields = &w->fields };
}

static void world_end(struct world *w)
{
	scope_end(&w->scope);
	draw_close(&w->draw);
	arena_free(&w->arena);
	assert_null(w->loop.watches);
	assert_null(w->loop.timers);
}

static void drawn(struct drawing *drawing, const struct error *err)
{
	struct one *one = OWNER_OF(drawing, struct one, drawing);
	assert_false(one->over);
	one->over = true;
	one->failed = err;
	if (err)
		one->err = *err;
}

static void turn_until(struct world *w, const bool *flag)
{
	int64_t last = monotonic_ms() + 20000;
	while (!*flag && monotonic_ms() < last)
		loop_turn(&w->loop, 100);
	assert_true(*flag);
}

static void ask(struct world *w, struct one *one)
{
	*one = (struct one){ 0 };
	struct error err = { 0 };
	if (!draw_paper(&w->draw, &w->scope, &w->request, &one->drawing, drawn, &err))
		fail_msg("%s", err.log);
}

static void one_warm_child_draws_many(void **state)
{
	(void)state;
	struct world w;
	struct one papers[12];
	world_start(&w, MOTCUA_DRAW);
	for (int i = 0; i < 12; i++) {
		w.request.output = i % DRAW_OUTPUT_COUNT;
		ask(&w, &papers[i]);
	}
	for (int i = 0; i < 12; i++) {
		turn_until(&w, &papers[i].over);
		if (papers[i].failed)
			fail_msg("%s", papers[i].err.log);
		assert_true(papers[i].drawing.out.size > 1000);
	}
	assert_memory_equal(papers[0].drawing.out.data, "%PDF-1.", 7);
	assert_int_equal(papers[0].drawing.out.size, papers[5].drawing.out.size);
	assert_int_equal(w.draw.started, 1);
	for (int i = 0; i < 12; i++)
		drawing_clear(&papers[i].drawing);
	world_end(&w);
}

static void a_killed_child_is_replaced(void **state)
{
	(void)state;
	struct world w;
	struct one first, second;
	world_start(&w, MOTCUA_DRAW);
	ask(&w, &first);
	turn_until(&w, &first.over);
	kill(w.draw.child, SIGKILL);
	ask(&w, &second);
	turn_until(&w, &second.over);
	assert_false(second.failed);
	assert_int_equal(w.draw.started, 2);
	assert_int_equal(first.drawing.out.size, second.drawing.out.size);
	drawing_clear(&first.drawing);
	drawing_clear(&second.drawing);
	world_end(&w);
}

static const char *drawn_with(struct world *w, const char *folder, const char *text)
{
	static char out[4000];
	struct one one;
	struct error err = { 0 };
	char path[200];
	snprintf(path, sizeof path, "%s/forms/x-2026.form", folder);
	if (text)
		assert_true(path_write(path, text, strlen(text), 0600, &err));
	else
		assert_int_equal(unlink(path), 0);
	w->request.form = "x";
	ask(w, &one);
	turn_until(w, &one.over);
	snprintf(out, sizeof out, "%.*s", one.failed ? 300 : (int)one.drawing.out.size,
	         one.failed ? one.err.say : one.drawing.out.data);
	drawing_clear(&one.drawing);
	return out;
}

/* What an administrator lays in, spoils, mends or takes away counts from the next paper on. */
static void forms_are_read_again_when_they_change(void **state)
{
	(void)state;
	static const char head[] = "form x\ntitle \"Thử\"\nvalid 2026-01-01\nbegin\n";
	char folder[] = "/tmp/mc-draw-XXXXXX", path[64], text[200];
	struct world w;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/forms", folder);
	assert_true(path_make(path, 0700, NULL));
	const char *before = getenv("MOTCUA_HOME");
	setenv("MOTCUA_HOME", folder, 1);
	world_start(&w, MOTCUA_DRAW);
	struct one first;
	ask(&w, &first);
	turn_until(&w, &first.over);
	assert_false(first.failed);
	drawing_clear(&first.drawing);
	snprintf(text, sizeof text, "%stext \"Dòng thứ nhất\"\n", head);
	assert_non_null(strstr(drawn_with(&w, folder, text), "Dòng thứ nhất"));
	snprintf(text, sizeof text, "%stext \"Dòng thứ hai\"\n", head);
	assert_non_null(strstr(drawn_with(&w, folder, text), "Dòng thứ hai"));
	snprintf(text, sizeof text, "%sshout \"x\"\n", head);
	assert_null(strstr(drawn_with(&w, folder, text), "Dòng"));
	snprintf(text, sizeof text, "%stext \"Dòng thứ ba\"\n", head);
	assert_non_null(strstr(drawn_with(&w, folder, text), "Dòng thứ ba"));
	assert_non_null(strstr(drawn_with(&w, folder, NULL), "Không có mẫu giấy"));
	assert_int_equal(w.draw.started, 1);
	world_end(&w);
	if (before)
		setenv("MOTCUA_HOME", before, 1);
	else
		unsetenv("MOTCUA_HOME");
	snprintf(text, sizeof text, "rm -r %s", folder);
	assert_int_equal(system(text), 0);
}

static void fails_saying(const char *program, int timeout_ms, const char *log)
{
	struct world w;
	struct one one, next;
	world_start(&w, program);
	w.draw.timeout_ms = timeout_ms;
	ask(&w, &one);
	ask(&w, &next);
	turn_until(&w, &next.over);
	assert_true(one.over && one.failed && next.failed);
	assert_non_null(strstr(one.err.say, "Không vẽ được giấy"));
	if (!strstr(one.err.log, log))
		fail_msg("%s", one.err.log);
	world_end(&w);
}

static void bad_helpers_are_given_up(void **state)
{
	(void)state;
	fails_saying("/khong/co/motcua-draw", 10000, "ended");
	fails_saying(MOTCUA_SOURCE "/tests/printers/hang.sh", 40, "in time");
	fails_saying(MOTCUA_SOURCE "/tests/printers/babble.sh", 10000, "");
}

static void the_helpers_refusal_reaches_the_clerk(void **state)
{
	(void)state;
	struct world w;
	struct one one;
	world_start(&w, MOTCUA_DRAW);
	w.request.form = "99";
	ask(&w, &one);
	turn_until(&w, &one.over);
	assert_true(one.failed);
	assert_int_equal(one.err.fault, FAULT_INPUT);
	assert_non_null(strstr(one.err.say, "Không có mẫu giấy \"99\" có hiệu lực ngày 20/11/2026"));
	w.request.form = "01";
	w.request.date = day_of(2020, 1, 1);
	ask(&w, &one);
	turn_until(&w, &one.over);
	assert_true(one.failed);
	w.request.date = day_of(2026, 11, 20);
	w.request.qr = "không dấu";
	w.request.output = DRAW_PDF_A5;
	ask(&w, &one);
	turn_until(&w, &one.over);
	assert_non_null(strstr(one.err.say, "QR"));
	struct error err;
	w.request.qr = "A\noutput pdf-a4";
	assert_false(draw_paper(&w.draw, &w.scope, &w.request, &one.drawing, drawn, &err));
	assert_int_equal(w.draw.started, 1);
	world_end(&w);
}

/* Noto hidden, as on a machine where somebody took it away. */
static void a_missing_font_is_refused_by_name(void **state)
{
	(void)state;
	struct world w;
	struct one one;
	const char *conf;
	world_start(&w, MOTCUA_DRAW);
	conf = arena_format(&w.arena, "%s/fonts.conf", papers_folder());
	struct bytes text = { 0 };
	bytes_format(&text, "<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>%s</cachedir></fontconfig>",
	             papers_folder());
	papers_write(conf, &text);
	bytes_free(&text);
	setenv("FONTCONFIG_FILE", conf, 1);
	ask(&w, &one);
	turn_until(&w, &one.over);
	unsetenv("FONTCONFIG_FILE");
	assert_true(one.failed);
	assert_int_equal(one.err.fault, FAULT_DEVICE);
	assert_non_null(strstr(one.err.say, "thiếu phông chữ Noto Sans đủ dấu tiếng Việt"));
	world_end(&w);
}

static void a_closed_screen_does_not_hear(void **state)
{
	(void)state;
	struct world w;
	struct one gone, stays;
	struct scope screen = { 0 };
	struct error err;
	world_start(&w, MOTCUA_DRAW);
	gone = (struct one){ 0 };
	assert_true(draw_paper(&w.draw, &screen, &w.request, &gone.drawing, drawn, &err));
	ask(&w, &stays);
	scope_end(&screen);
	turn_until(&w, &stays.over);
	assert_false(stays.failed);
	assert_false(gone.over);
	drawing_clear(&gone.drawing);
	drawing_clear(&stays.drawing);
	world_end(&w);
}

struct desk {
	struct print_job job;
	bool over;
};

static void printed(struct print_job *job)
{
	struct desk *desk = OWNER_OF(job, struct desk, job);
	assert_false(desk->over);
	desk->over = true;
}

static struct printer *printers_of(struct world *w, const char *format, ...)
{
	struct config config = { 0 };
	struct printer *printers;
	struct error err = { 0 };
	char text[1000];
	va_list list;
	va_start(list, format);
	vsnprintf(text, sizeof text, format, list);
	va_end(list);
	if (!config_parse(&config, text, "motcua.ini", &err) ||
	    !printers_read(&config, &w->arena, "", &printers, &err))
		fail_msg("%s", err.log);
	config_free(&config);
	return printers;
}

static void a_failed_job_is_printed_again_elsewhere(void **state)
{
	(void)state;
	struct world w;
	struct fake_printer thermal;
	struct desk desk = { 0 };
	struct error err;
	world_start(&w, MOTCUA_DRAW);
	fake_start(&thermal, &w.loop, FAKE_GOOD);
	thermal.answers[2] = 0x72;
	const struct printer *all = printers_of(&w,
		"[printer \"Quầy 3\"]\ncarrier=tcp\naddress=%s\ndots=384\ndefault=yes\n"
		"[printer \"Tệp\"]\ntongue=pdf\ncarrier=file\naddress=%s\n",
		thermal.address, papers_folder());
	const struct printer *roll = printer_find(all, NULL), *file = printer_find(all, "Tệp");
	assert_string_equal(roll->name, "Quầy 3");
	assert_int_equal(roll->output, DRAW_RASTER_384);
	assert_true(job_start(&desk.job, &w.draw, &w.scope, roll, &w.request, "H01.999-261120-0125",
	                      printed, &err));
	turn_until(&w, &desk.over);
	assert_int_equal(desk.job.result, CARRIED_NOT);
	assert_non_null(strstr(desk.job.say, "hết giấy"));
	thermal.answers[2] = 0x12;
	desk.over = false;
	assert_true(job_again(&desk.job, &w.scope, NULL, &err));
	assert_false(job_again(&desk.job, &w.scope, NULL, &err));
	turn_until(&w, &desk.over);
	assert_int_equal(desk.job.result, CARRIED_DONE);
	assert_string_equal(desk.job.say, "Đã in giấy H01.999-261120-0125 trên máy in Quầy 3.");
	assert_int_equal(thermal.paper.size, desk.job.drawing.out.size);
	desk.over = false;
	assert_true(job_again(&desk.job, &w.scope, file, &err));
	turn_until(&w, &desk.over);
	assert_int_equal(desk.job.result, CARRIED_DONE);
	assert_non_null(strstr(desk.job.say, "H01.999-261120-0125.pdf"));
	assert_int_equal(desk.job.tries, 3);
	desk.over = false;
	fake_stop(&thermal);
	assert_true(job_again(&desk.job, &w.scope, roll, &err));
	turn_until(&w, &desk.over);
	assert_non_null(strstr(desk.job.say, "không trả lời"));
	job_clear(&desk.job);
	world_end(&w);
}

static void two_printers_work_side_by_side(void **state)
{
	(void)state;
	struct world w;
	struct fake_printer a, b;
	struct desk one = { 0 }, two = { 0 };
	struct error err;
	world_start(&w, MOTCUA_DRAW);
	fake_start(&a, &w.loop, FAKE_GOOD);
	fake_start(&b, &w.loop, FAKE_GOOD);
	const struct printer *all = printers_of(&w,
		"[printer \"a\"]\ncarrier=tcp\naddress=%s\n[printer \"b\"]\ncarrier=tcp\naddress=%s\n",
		a.address, b.address);
	assert_true(job_start(&one.job, &w.draw, &w.scope, all, &w.request, "1", printed, &err));
	assert_true(job_start(&two.job, &w.draw, &w.scope, all->next, &w.request, "2", printed, &err));
	turn_until(&w, &one.over);
	turn_until(&w, &two.over);
	assert_int_equal(one.job.result, CARRIED_DONE);
	assert_int_equal(two.job.result, CARRIED_DONE);
	assert_true(a.paper.size == b.paper.size && a.paper.size > 10000);
	fake_stop(&a);
	fake_stop(&b);
	job_clear(&one.job);
	job_clear(&two.job);
	world_end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_warm_child_draws_many),
		cmocka_unit_test(a_killed_child_is_replaced),
		cmocka_unit_test(forms_are_read_again_when_they_change),
		cmocka_unit_test(bad_helpers_are_given_up),
		cmocka_unit_test(the_helpers_refusal_reaches_the_clerk),
		cmocka_unit_test(a_missing_font_is_refused_by_name),
		cmocka_unit_test(a_closed_screen_does_not_hear),
		cmocka_unit_test(a_failed_job_is_printed_again_elsewhere),
		cmocka_unit_test(two_printers_work_side_by_side),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
