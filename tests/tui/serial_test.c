/* SPDX-License-Identifier: Apache-2.0
 *
 * A serial scanner; a pty stands in for the device. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/date.h"
#include "tui/serial.h"

#include <cmocka.h>

static char scans[512];
static bool exact;

static void give(struct serial *serial, const struct event *event)
{
	size_t at = strlen(scans);
	(void) serial;
	assert_int_equal(event->kind, EVENT_SCAN);
	exact = event->exact;
	snprintf(scans + at, sizeof scans - at, "[%s]", event->text);
}

static int device(char *path, size_t room)
{
	int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	assert_true(fd >= 0 && grantpt(fd) == 0 && unlockpt(fd) == 0);
	assert_int_equal(ptsname_r(fd, path, room), 0);
	return fd;
}

static void turn_until(struct loop *loop, const char *wanted)
{
	int64_t end = monotonic_ms() + 5000;
	while (strcmp(scans, wanted) != 0 && monotonic_ms() < end)
		loop_turn(loop, 20);
	assert_string_equal(scans, wanted);
}

#define CARD "001199000012||Nguyễn Thị Thuỳ Dương|05031999|Nữ|Ấp 4, Núi Cấm|12122021"

static void codes_arrive_whole_with_their_accents(void **state)
{
	struct loop loop;
	struct serial serial;
	struct error err = { 0 };
	char path[128];
	(void) state;
	scans[0] = '\0';
	int fd = device(path, sizeof path);
	loop_init(&loop);
	assert_true(serial_start(&serial, &loop, path, give, NULL, &err));
	/* Torn in the middle of a letter. */
	assert_int_equal(write(fd, CARD "\r\n", 17), 17);
	loop_turn(&loop, 20);
	const char *rest = CARD "\r\nH01.999-261120-0007\r";
	assert_true(write(fd, rest + 17, strlen(rest) - 17) > 0);
	turn_until(&loop, "[" CARD "][H01.999-261120-0007]");
	assert_true(exact);
	/* A scanner without a suffix: silence ends the code. */
	scans[0] = '\0';
	assert_int_equal(write(fd, "\002ABC", 4), 4);
	turn_until(&loop, "[ABC]");
	close(fd);
	while (serial.open)
		loop_turn(&loop, 20);
	serial_stop(&serial);
}

static int64_t later;

static int64_t clock_ahead(void)
{
	return monotonic_ms() + later;
}

static void a_device_that_comes_back_is_found(void **state)
{
	struct loop loop;
	struct serial serial;
	struct error err = { 0 };
	char path[128], link[] = "/tmp/motcua-serial-XXXXXX";
	(void) state;
	scans[0] = '\0';
	assert_non_null(mkdtemp(link));
	char name[64];
	snprintf(name, sizeof name, "%s/scanner", link);
	loop_init(&loop);
	loop.clock = clock_ahead;
	assert_false(serial_start(&serial, &loop, name, give, NULL, &err));
	assert_int_equal(err.fault, FAULT_DEVICE);
	int fd = device(path, sizeof path);
	assert_int_equal(symlink(path, name), 0);
	later = 4000; /* the look is due now */
	loop_turn(&loop, 0);
	assert_true(serial.open);
	assert_int_equal(write(fd, "X1\n", 3), 3);
	turn_until(&loop, "[X1]");
	serial_stop(&serial);
	close(fd);
	unlink(name);
	rmdir(link);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_arrive_whole_with_their_accents),
		cmocka_unit_test(a_device_that_comes_back_is_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
