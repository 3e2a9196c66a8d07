/* SPDX-License-Identifier: Apache-2.0
 *
 * Carriers against printers in every mood.  Time runs twenty times faster than
 * the wall clock, so that nobody waits for a time-out. */
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
#include "printers/carrier.h"
#include "tests/printers/papers.h"
#include "tests/printers/trips.h"

#include <cmocka.h> /* last: it takes the name fail */

static void to_fake(struct world *w, enum fake_mood mood, int which, uint8_t answer)
{
	world_start(w);
	fake_start(&w->printer, &w->loop, mood);
	if (which >= 0)
		w->printer.answers[which] = answer;
	send_paper(w, &carrier_tcp, w->printer.address, trip_paper, trip_paper_size);
}

static void paper_is_whole(const struct world *w)
{
	assert_int_equal(w->printer.paper.size, trip_paper_size);
	assert_memory_equal(w->printer.paper.data, trip_paper, trip_paper_size);
}

static void a_good_printer_confirms(void **state)
{
	(void)state;
	struct world w;
	to_fake(&w, FAKE_GOOD, -1, 0);
	assert_false(w.trip.failed);
	assert_int_equal(w.trip.carriage.result, CARRIED_DONE);
	assert_string_equal(w.trip.carriage.warning, "");
	paper_is_whole(&w);
	fake_stop(&w.printer);
}

static void paper_near_its_end_is_a_warning(void **state)
{
	(void)state;
	struct world w;
	to_fake(&w, FAKE_GOOD, 2, 0x1e);
	assert_int_equal(w.trip.carriage.result, CARRIED_DONE);
	assert_non_null(strstr(w.trip.carriage.warning, "sắp hết giấy"));
	paper_is_whole(&w);
	fake_stop(&w.printer);
}

static void trouble_is_seen_before_sending(void **state)
{
	(void)state;
	static const struct {
		int which;
		uint8_t answer;
		const char *say;
	} troubles[] = { { 2, 0x72, "hết giấy" }, { 1, 0x16, "Nắp máy in đang mở" },
			 { 1, 0x52, "báo lỗi" }, { 0, 0x1a, "tạm dừng" } };
	for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++) {
		struct world w;
		to_fake(&w, FAKE_GOOD, troubles[i].which, troubles[i].answer);
		failed_saying(&w, troubles[i].say);
		assert_int_equal(w.printer.paper.size, 0);
		fake_stop(&w.printer);
	}
}

static void a_silent_printer_is_unconfirmed(void **state)
{
	(void)state;
	struct world w;
	to_fake(&w, FAKE_SILENT, -1, 0);
	assert_false(w.trip.failed);
	assert_int_equal(w.trip.carriage.result, CARRIED_UNCONFIRMED);
	assert_non_null(strstr(w.trip.carriage.warning, "không xác nhận"));
	paper_is_whole(&w);
	fake_stop(&w.printer);
}

static void a_slow_printer_is_waited_for(void **state)
{
	(void)state;
	struct world w;
	to_fake(&w, FAKE_SLOW, -1, 0);
	assert_false(w.trip.failed);
	assert_int_equal(w.trip.carriage.result, CARRIED_DONE);
	paper_is_whole(&w);
	fake_stop(&w.printer);
}

/* All went into it; what came out of it nobody knows. */
static void half_way_dead_is_unconfirmed(void **state)
{
	(void)state;
	static const enum fake_mood moods[] = { FAKE_MUTE, FAKE_DROPS, FAKE_STUCK };
	for (size_t i = 0; i < sizeof moods / sizeof *moods; i++) {
		struct world w;
		to_fake(&w, moods[i], -1, 0);
		assert_false(w.trip.failed);
		assert_int_equal(w.trip.carriage.result, CARRIED_UNCONFIRMED);
		assert_non_null(strstr(w.trip.carriage.warning, "không xác nhận"));
		paper_is_whole(&w);
		fake_stop(&w.printer);
	}
}

static void a_cover_opened_while_printing_is_told(void **state)
{
	(void)state;
	struct world w;
	to_fake(&w, FAKE_OPENED, -1, 0);
	assert_false(w.trip.failed);
	assert_int_equal(w.trip.carriage.result, CARRIED_UNCONFIRMED);
	assert_non_null(strstr(w.trip.carriage.warning, "Nắp máy in đang mở"));
	fake_stop(&w.printer);
}

/* A look asks and prints nothing, over any carrier. */
static void a_look_moves_no_paper(void **state)
{
	(void)state;
	struct world w;
	world_start(&w);
	fake_start(&w.printer, &w.loop, FAKE_GOOD);
	w.trip = (struct trip){ .carriage = { .data = "", .look = true, .escpos = true } };
	assert_true(carrier_tcp.begin(&w.loop, &w.scope, w.printer.address, &w.trip.carriage, trip_over, &w.trip.err));
	turn_until(&w, &w.trip.over);
	assert_int_equal(w.trip.carriage.result, CARRIED_DONE);
	assert_int_equal(w.printer.paper.size, 0);
	fake_stop(&w.printer);
	w.trip = (struct trip){ .carriage = { .data = "", .look = true } };
	assert_true(carrier_file.begin(&w.loop, &w.scope, papers_folder(), &w.trip.carriage, trip_over, &w.trip.err));
	turn_until(&w, &w.trip.over);
	assert_int_equal(w.trip.carriage.result, CARRIED_DONE);
	assert_string_equal(w.trip.carriage.place, "");
}

static void paper_that_ends_while_printing_is_told(void **state)
{
	(void)state;
	struct world w;
	to_fake(&w, FAKE_RUNS_OUT, -1, 0);
	/* All of it lies in the printer, which goes on with new paper: nothing failed, nothing is sure. */
	assert_int_equal(w.trip.carriage.result, CARRIED_UNCONFIRMED);
	assert_false(w.trip.failed);
	assert_non_null(strstr(w.trip.carriage.warning, "hết giấy"));
	assert_non_null(strstr(w.trip.carriage.warning, "xem tờ giấy có ra đủ không"));
	fake_stop(&w.printer);
}

static void a_stalled_printer_is_given_up(void **state)
{
	(void)state;
	struct world w;
	size_t size = 16 << 20;
	char *much = calloc(1, size);
	assert_non_null(much);
	world_start(&w);
	fake_start(&w.printer, &w.loop, FAKE_STALLED);
	send_paper(&w, &carrier_tcp, w.printer.address, much, size);
	failed_saying(&w, "không nhận thêm dữ liệu");
	fake_stop(&w.printer);
	free(much);
}

static void a_printer_that_hangs_up_is_told(void **state)
{
	(void)state;
	struct world w;
	size_t size = 16 << 20;
	char *much = calloc(1, size);
	assert_non_null(much);
	world_start(&w);
	fake_start(&w.printer, &w.loop, FAKE_DIES);
	send_paper(&w, &carrier_tcp, w.printer.address, much, size);
	failed_saying(&w, "ngắt");
	fake_stop(&w.printer);
	free(much);
}

static void nobody_at_the_address(void **state)
{
	(void)state;
	struct world w;
	char address[64];
	world_start(&w);
	fake_start(&w.printer, &w.loop, FAKE_GOOD);
	snprintf(address, sizeof address, "%s", w.printer.address);
	fake_stop(&w.printer);
	send_paper(&w, &carrier_tcp, address, trip_paper, trip_paper_size);
	failed_saying(&w, "không trả lời");
	struct error err;
	assert_false(carrier_tcp.check("may-in-quay-3", &err));
	assert_false(carrier_tcp.check("10.0.0.1:70000000", &err));
	assert_true(carrier_tcp.check("[fd00::5]:9100", &err));
	assert_true(carrier_tcp.check("10.0.0.5", &err));
}

static void leaving_the_screen_ends_the_trip(void **state)
{
	(void)state;
	struct world w;
	world_start(&w);
	fake_start(&w.printer, &w.loop, FAKE_SILENT);
	w.trip.carriage = (struct carriage){ .data = trip_paper, .size = trip_paper_size, .escpos = true };
	assert_true(carrier_tcp.begin(&w.loop, &w.scope, w.printer.address, &w.trip.carriage, trip_over,
	                              &w.trip.err));
	loop_turn(&w.loop, 2);
	scope_end(&w.scope);
	fake_stop(&w.printer);
	assert_null(w.loop.watches);
	assert_null(w.loop.timers);
	assert_false(w.trip.over);
}

static void usb_speaks_the_same(void **state)
{
	(void)state;
	struct world w;
	world_start(&w);
	fake_start_device(&w.printer, &w.loop, FAKE_GOOD);
	send_paper(&w, &carrier_usb, w.printer.address, trip_paper, trip_paper_size);
	if (w.trip.failed)
		fail_msg("%s", w.trip.err.log);
	assert_int_equal(w.trip.carriage.result, CARRIED_DONE);
	paper_is_whole(&w);
	fake_stop(&w.printer);
	send_paper(&w, &carrier_usb, "/dev/usb/lp999", trip_paper, trip_paper_size);
	failed_saying(&w, "Không thấy máy in USB");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_printer_confirms),
		cmocka_unit_test(paper_near_its_end_is_a_warning),
		cmocka_unit_test(trouble_is_seen_before_sending),
		cmocka_unit_test(a_silent_printer_is_unconfirmed),
		cmocka_unit_test(a_slow_printer_is_waited_for),
		cmocka_unit_test(half_way_dead_is_unconfirmed),
		cmocka_unit_test(a_cover_opened_while_printing_is_told),
		cmocka_unit_test(a_look_moves_no_paper),
		cmocka_unit_test(paper_that_ends_while_printing_is_told),
		cmocka_unit_test(a_stalled_printer_is_given_up),
		cmocka_unit_test(a_printer_that_hangs_up_is_told),
		cmocka_unit_test(nobody_at_the_address),
		cmocka_unit_test(leaving_the_screen_ends_the_trip),
		cmocka_unit_test(usb_speaks_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
