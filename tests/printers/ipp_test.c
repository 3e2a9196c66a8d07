/* SPDX-License-Identifier: Apache-2.0
 *
 * The IPP and CUPS carriers against a real ippeveprinter and a real cupsd: A5
 * arrives as A5, and each trouble reaches the clerk as a sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/date.h"
#include "core/base/path.h"
#include "printers/carrier.h"
#include "tests/printers/papers.h"
#include "tests/printers/peers.h"

#include <cmocka.h> /* last: it takes the name fail */

struct trip {
	struct carriage carriage;
	struct error err;
	bool over, failed;
	char moved[400];
};
static struct peers peers;
static struct loop loop;
static struct scope scope;
static struct trip trip;
static struct arena arena;
static char *paper;
static size_t paper_size;

static void over(struct carriage *carriage, const struct error *err)
{
	(void)carriage;
	assert_false(trip.over);
	trip.over = true;
	trip.failed = err;
	if (err)
		trip.err = *err;
}

static void second_over(struct carriage *carriage, const struct error *err)
{
	struct trip *own = OWNER_OF(carriage, struct trip, carriage);
	own->over = true;
	own->failed = err;
}

static void moved(struct carriage *carriage)
{
	size_t used = strlen(trip.moved);
	snprintf(trip.moved + used, sizeof trip.moved - used, "%s|", carriage->warning);
}

static void begin(const struct carrier *carrier, const char *address, const char *media, int patience)
{
	trip = (struct trip){ 0 };
	trip.carriage = (struct carriage){ .data = paper, .size = paper_size, .title = "H01.999-261120-0125",
		.ending = "pdf", .media = media, .helper = MOTCUA_HELPERS, .limit_ms = patience, .moved = moved };
	if (!carrier->begin(&loop, &scope, address, &trip.carriage, over, &trip.err))
		trip.failed = trip.over = true;
}

static void turn_until(const bool *flag)
{
	int64_t last = monotonic_ms() + 60000;
	while (!*flag && monotonic_ms() < last)
		loop_turn(&loop, 100);
	assert_true(*flag);
}

static void print(const struct carrier *carrier, const char *address, const char *media)
{
	begin(carrier, address, media, 20000);
	turn_until(&trip.over);
}

static void failed_saying(const char *part)
{
	if (!trip.failed || !strstr(trip.err.say, part))
		fail_msg("\"%s\" (%s), result %d, does not say \"%s\"", trip.err.say, trip.err.log,
		         trip.carriage.result, part);
	assert_int_equal(trip.err.fault, FAULT_DEVICE);
}

static void wait_moved(const char *part)
{
	for (int64_t last = monotonic_ms() + 15000; !strstr(trip.moved, part) && monotonic_ms() < last;)
		loop_turn(&loop, 100);
	assert_non_null(strstr(trip.moved, part));
}

static void done_without_a_word(void)
{
	if (trip.failed || trip.carriage.result != CARRIED_DONE)
		fail_msg("%d \"%s\" (%s) %s", trip.carriage.result, trip.err.say, trip.err.log, trip.carriage.warning);
	assert_string_equal(trip.carriage.warning, "");
}

static const char *arrived(const char *name)
{
	char *text;
	struct error err;
	assert_true(path_read(&arena, arena_format(&arena, "%s/%s", peers.folder, name), &text, NULL, &err));
	return text;
}

static void forget(void)
{
	assert_int_equal(peers_run(&peers, "rm -f paper told"), 0);
	peers_mood(&peers, "");
}

static void a5_arrives_as_a5(void **state)
{
	(void)state;
	char *back;
	size_t size;
	struct error err;
	forget();
	print(&carrier_ipp, peers.a5, "a5");
	done_without_a_word();
	assert_true(path_read(&arena, arena_format(&arena, "%s/paper", peers.folder), &back, &size, &err));
	assert_int_equal(size, paper_size);
	assert_memory_equal(back, paper, paper_size);
	assert_non_null(strstr(arrived("told"), "IPP_MEDIA=iso_a5_148x210mm"));
	assert_non_null(strstr(arrived("told"), "IPP_JOB_NAME=H01.999-261120-0125"));
	forget();
	print(&carrier_ipp, peers.a5, "a4");
	done_without_a_word();
	assert_non_null(strstr(arrived("told"), "IPP_MEDIA=iso_a4_210x297mm"));
}

static void print_as(const struct carrier *carrier, const char *address, bool fit)
{
	forget();
	trip = (struct trip){ .carriage = { .data = paper, .size = paper_size, .title = "x", .ending = "pdf", .media = "a5",
		.fit = fit, .helper = MOTCUA_HELPERS, .limit_ms = 20000 } };
	assert_true(carrier->begin(&loop, &scope, address, &trip.carriage, over, &trip.err));
	turn_until(&trip.over);
}

/* A page of another size: ours is left alone, a foreign one is made to fit where the printer
 * knows how; where it does not, the clerk is told to look. */
static void foreign_pages_are_made_to_fit(void **state)
{
	(void)state;
	print_as(&carrier_ipp, peers.a5, false);
	done_without_a_word();
	assert_non_null(strstr(arrived("told"), "IPP_PRINT_SCALING=none"));
	print_as(&carrier_ipp, peers.a5, true);
	done_without_a_word();
	assert_non_null(strstr(arrived("told"), "IPP_PRINT_SCALING=auto-fit"));
	assert_int_equal(peers_run(&peers, "sed -i 's/auto,auto-fit,none/auto,none/' a5.conf"), 0);
	peers_again(&peers, PEER_A5);
	print_as(&carrier_ipp, peers.a5, true);
	assert_int_equal(trip.carriage.result, CARRIED_DONE);
	assert_non_null(strstr(trip.carriage.warning, "không thu trang cho vừa giấy"));
	assert_null(strstr(arrived("told"), "IPP_PRINT_SCALING"));
	print_as(&carrier_ipp, peers.a5, false);
	done_without_a_word();
}

static void paper_it_has_not_is_refused_before_sending(void **state)
{
	(void)state;
	forget();
	print(&carrier_ipp, peers.letter, "a5");
	failed_saying("không có khổ giấy A5, chưa gửi gì");
	print(&carrier_ipp, peers.letter, "a4");
	failed_saying("không đọc được PDF");
	assert_int_not_equal(peers_run(&peers, "test -e paper"), 0);
}

static void paper_out_is_told_while_it_waits(void **state)
{
	(void)state;
	forget();
	peers_mood(&peers, "empty");
	begin(&carrier_ipp, peers.a5, "a5", 20000);
	wait_moved("Máy in hết giấy");
	assert_int_equal(peers_run(&peers, "echo >gate"), 0);
	turn_until(&trip.over);
	done_without_a_word();
	/* Nobody puts paper in: canceled, said. */
	forget();
	peers_mood(&peers, "empty");
	begin(&carrier_ipp, peers.a5, "a5", 1500);
	turn_until(&trip.over);
	if (trip.failed)
		failed_saying("hết giấy");
	else
		assert_int_equal(trip.carriage.result, CARRIED_UNCONFIRMED);
	assert_int_equal(peers_run(&peers, "echo >gate"), 0);
	forget();
}

static void a_job_it_gives_up_is_told(void **state)
{
	(void)state;
	forget();
	peers_mood(&peers, "jam");
	begin(&carrier_ipp, peers.a5, "a5", 20000);
	wait_moved("kẹt giấy");
	assert_int_equal(peers_run(&peers, "echo >gate"), 0);
	turn_until(&trip.over);
	failed_saying("Máy in đã bỏ giấy này, không in xong. Máy in kẹt giấy");
	forget();
}

static void nobody_there_and_wrong_addresses(void **state)
{
	(void)state;
	struct error err;
	print(&carrier_ipp, "ipp://localhost:1/ipp/print", "a5");
	failed_saying("không trả lời");
	assert_false(carrier_ipp.check("http://localhost/", &err));
	assert_false(carrier_ipp.check("ipp://", &err));
	assert_false(carrier_ipp.check("ipp://a b/", &err));
	assert_true(carrier_ipp.check("ipps://may-in.xa.example/ipp/print", &err));
	assert_false(carrier_cups.check("phòng họp", &err));
	assert_false(carrier_cups.check("-E", &err));
	assert_true(carrier_cups.check("Van-thu_2", &err));
	/* A helper that is not there. */
	begin(&carrier_ipp, peers.a5, "a5", 0);
	scope_end(&scope);
	assert_false(trip.over);
	trip = (struct trip){ .carriage = { .data = paper, .size = paper_size, .helper = "/khong/co" } };
	if (carrier_ipp.begin(&loop, &scope, peers.a5, &trip.carriage, over, &trip.err))
		turn_until(&trip.over);
	assert_non_null(strstr(trip.err.say, "Chương trình in phụ"));
}

static void queue(const char *name, const char *uri)
{
	assert_int_equal(peers_run(&peers, "lpadmin -p %s -E -v %s -m everywhere 2>>lpadmin.log", name, uri), 0);
}

static void a_look_prints_nothing(void **state)
{
	(void)state;
	forget();
	for (int i = 0; i < 2; i++) {
		trip = (struct trip){ .carriage = { .data = "", .look = true, .media = "a5", .helper = MOTCUA_HELPERS } };
		const struct carrier *carrier = i ? &carrier_cups : &carrier_ipp;
		assert_true(carrier->begin(&loop, &scope, i ? "van-thu" : peers.a5, &trip.carriage, over, &trip.err));
		turn_until(&trip.over);
		done_without_a_word();
	}
	assert_int_not_equal(peers_run(&peers, "test -e paper"), 0);
}

static void through_cups_a5_arrives_as_a5(void **state)
{
	(void)state;
	forget();
	queue("van-thu", peers.a5);
	print(&carrier_cups, "van-thu", "a5");
	done_without_a_word();
	assert_non_null(strstr(arrived("told"), "IPP_JOB_NAME=H01.999-261120-0125"));
	assert_non_null(strstr(arrived("told"), "14800"));
	print(&carrier_cups, "khong-co", "a5");
	failed_saying("Không có máy in tên khong-co");
}

/* On a printer that others use, too: who waits behind them is not late, however short his
 * patience, and prints when they are done. */
static void others_before_it_are_waited_for(void **state)
{
	(void)state;
	static struct trip second;
	forget();
	peers_mood(&peers, "empty");
	begin(&carrier_cups, "van-thu", "a5", 60000);
	wait_moved("Máy in hết giấy");
	second = (struct trip){ .carriage = { .data = paper, .size = paper_size, .title = "sau", .ending = "pdf", .media = "a5",
		.helper = MOTCUA_HELPERS, .limit_ms = 4000 } };
	assert_true(carrier_cups.begin(&loop, &scope, "van-thu", &second.carriage, second_over, &second.err));
	/* Longer than its patience, by the wall's clock. */
	for (int64_t last = monotonic_ms() + 6000; monotonic_ms() < last;)
		loop_turn(&loop, 100);
	assert_false(second.over);
	peers_mood(&peers, "");
	assert_int_equal(peers_run(&peers, "echo >gate"), 0);
	turn_until(&trip.over);
	turn_until(&second.over);
	assert_int_equal(second.carriage.result, CARRIED_DONE);
	assert_non_null(strstr(arrived("told"), "IPP_JOB_NAME=sau"));
	forget();
}

static void a_stopped_queue_is_told(void **state)
{
	(void)state;
	forget();
	assert_int_equal(peers_run(&peers, "cupsdisable -r 'Chờ thợ sửa' van-thu"), 0);
	print(&carrier_cups, "van-thu", "a5");
	failed_saying("đang tạm dừng");
	assert_int_equal(peers_run(&peers, "cupsenable van-thu && cupsreject van-thu"), 0);
	print(&carrier_cups, "van-thu", "a5");
	failed_saying("không nhận việc in");
	assert_int_equal(peers_run(&peers, "cupsaccept van-thu"), 0);
}

static void media_are_checked_before_cups(void **state)
{
	(void)state;
	forget();
	queue("letter", peers.letter);
	print(&carrier_cups, "letter", "a5");
	failed_saying("không có khổ giấy A5");
}

/* Last: the printer does not come back. */
static void a_vanished_printer_is_canceled(void **state)
{
	(void)state;
	forget();
	peers_kill(&peers, PEER_A5);
	begin(&carrier_cups, "van-thu", "a5", 3000);
	turn_until(&trip.over);
	failed_saying("không in xong trong thời gian chờ, đã huỷ");
	assert_int_equal(peers_run(&peers, "test -z \"$(lpstat -o van-thu)\""), 0);
	print(&carrier_ipp, peers.a5, "a5");
	failed_saying("không trả lời");
}

static int start(void **state)
{
	(void)state;
	struct error err;
	loop_init(&loop);
	papers_run(&arena, "printf 'form test\\ndate 2026-11-20\\noutput pdf-a5\\n\\n' | "
		MOTCUA_HELPERS "/motcua-draw --share " MOTCUA_SOURCE " >%s/a5.pdf", papers_folder());
	return path_read(&arena, arena_format(&arena, "%s/a5.pdf", papers_folder()), &paper, &paper_size, &err) &&
	       peers_start(&peers) ? 0 : -1;
}

static int stop(void **state)
{
	(void)state;
	peers_stop(&peers);
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a5_arrives_as_a5),
		cmocka_unit_test(foreign_pages_are_made_to_fit),
		cmocka_unit_test(paper_it_has_not_is_refused_before_sending),
		cmocka_unit_test(paper_out_is_told_while_it_waits),
		cmocka_unit_test(a_job_it_gives_up_is_told),
		cmocka_unit_test(nobody_there_and_wrong_addresses),
		cmocka_unit_test(through_cups_a5_arrives_as_a5),
		cmocka_unit_test(others_before_it_are_waited_for),
		cmocka_unit_test(a_look_prints_nothing),
		cmocka_unit_test(a_stopped_queue_is_told),
		cmocka_unit_test(media_are_checked_before_cups),
		cmocka_unit_test(a_vanished_printer_is_canceled),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
