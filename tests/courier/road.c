/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/courier/road.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/courier/profiles.h"

struct bench road;
static char folder[] = "/tmp/motcua-road-XXXXXX";
static char port_file[64];
static pid_t running[8]; /* couriers not ended yet */

/* Whatever becomes of the test, nothing it started outlives it or keeps its
 * descriptors; only what detaches itself does the former. */
static pid_t start(const char *const *argv)
{
	char log[128];
	snprintf(log, sizeof log, "%s/out.log", folder);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid > 0)
		return pid;
	int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	dup2(out, 1);
	dup2(out, 2);
	close_range(3, ~0u, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	execv(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

/* The fixture's three, and enough others to hang. */
#define SYSTEM(code, name) "{\"code\":\"" code "\",\"name\":\"" name "\",\"family\":\"ndxp\"}"
static const char SYSTEMS[] =
	"SELECT count(*) FROM motcua.load('systems', 'road', '[" SYSTEM(
		"tu-phap", "Hệ thống của Bộ Tư pháp") "," SYSTEM("tinh", "Hệ thống tỉnh") "," SYSTEM(
		"cong", "Cổng Dịch vụ công quốc gia") "," SYSTEM("khcn", "Một") "," SYSTEM(
		"noi-vu", "Hai") "," SYSTEM("cong-thuong", "Ba") "," SYSTEM("xay-dung", "Bốn") "," SYSTEM(
		"nnmt", "Năm") "," SYSTEM("y-te", "Sáu") "," SYSTEM("gddt", "Bảy") "," SYSTEM(
		"vhttdl", "Tám") "]')";

static unsigned read_port(void)
{
	unsigned port = 0;
	FILE *file = fopen(port_file, "r");
	if (file) {
		if (fscanf(file, "%u", &port) != 1)
			port = 0;
		fclose(file);
	}
	return port;
}

int road_start(void **state)
{
	if (world_start(state) != 0 || !mkdtemp(folder))
		return -1;
	setenv("MOTCUA_HOME", folder, 1);
	snprintf(port_file, sizeof port_file, "%s/practice.port", folder);
	/* --detach returns when it listens. */
	const char *argv[] = { PRACTICE, "--port-file", port_file, "--step-ms", "0", "--detach",
		               NULL };
	pid_t starter = start(argv);
	int status;
	waitpid(starter, &status, 0);
	if (status != 0 || !read_port())
		return -1;
	bench_attach(&road, read_port());
	one(admin(), "%s", SYSTEMS);
	PQclear(PQexec(admin(), "LISTEN motcua_unit_1"));
	PQclear(PQexec(admin(), "LISTEN motcua_unit_2"));
	return 0;
}

/* A test that failed may have left couriers behind. */
static void end_all(void)
{
	for (size_t i = 0; i < sizeof running / sizeof *running; i++)
		if (running[i])
			road_end(running[i], SIGKILL);
}

int road_stop(void **state)
{
	end_all();
	const char *argv[] = { PRACTICE, "--port-file", port_file, "--stop", NULL };
	int status;
	bench_close(&road);
	waitpid(start(argv), &status, 0);
	char command[96];
	snprintf(command, sizeof command, "rm -rf %s", folder);
	if (system(command) != 0)
		return -1;
	return world_stop(state) != 0 || status != 0 ? -1 : 0;
}

void road_clear(void)
{
	end_all();
	json_decref(bench_control(&road, "calm", "{\"system\":\"*\"}"));
	json_decref(bench_control(&road, "reset", "{\"system\":\"*\"}"));
	PQclear(PQexec(admin(), "UPDATE motcua.stream SET head = tail + 1, refused = false,"
	                        " leased_until = NULL"));
	PQclear(PQexec(admin(), "UPDATE motcua.system_state SET state = 'unknown', pause_until = NULL"));
}

static const char *source = MOTCUA_SOURCE "/tests/courier/data/ndxp.json";

void road_profiles(const char *path)
{
	source = path;
}

/* Members of over, and a short patience, lie on every system's profile. */
static void write_profiles(const char *path, const char *over)
{
	struct error err = { 0 };
	json_t *all = profiles_read(source, &err), *own;
	if (!all)
		fail_msg("%s (%s)", err.say, err.log);
	json_t *more = over ? json_loads(over, 0, NULL) : json_object();
	assert_non_null(more);
	json_t *one_each = json_incref(json_object_get(more, "systems"));
	json_object_del(more, "systems");
	const char *code;
	json_object_foreach(all, code, own) {
		json_object_set_new(own, "total_ms", json_integer(2000));
		json_object_update_recursive(own, more);
		json_object_update_recursive(own, json_object_get(one_each, code));
	}
	json_decref(one_each);
	json_decref(more);
	json_t *file = json_pack("{s:{}, s:o}", "common", "systems", all);
	assert_int_equal(json_dump_file(file, path, 0), 0);
	json_decref(file);
}

const char *road_tend_ms = "100000";

static pid_t courier(const char *name, const char *over, const char *argument)
{
	char profiles[128], server[256];
	snprintf(profiles, sizeof profiles, "%s/%s.json", folder, name);
	write_profiles(profiles, over);
	snprintf(server, sizeof server, "host=%s port=%s dbname=%s password=motcua-tap-duyet",
	         PQhost(admin()), PQport(admin()), PQdb(admin()));
	const char *argv[] = { COURIER, "--server", server, "--user", "dua-tin", "--name", name,
		               "--profiles", profiles, "--port-file", port_file, "--lease", "6",
		               "--claim-ms", "300", "--ask-ms", "300", "--back-off-ms", "1",
		               "--tend-ms", road_tend_ms,
		               "--verbose", "--lock", road_lock(), argument, NULL };
	return start(argv);
}

pid_t road_courier(const char *name, const char *over)
{
	pid_t pid = courier(name, over, NULL);
	for (size_t i = 0; i < sizeof running / sizeof *running; i++)
		if (!running[i]) {
			running[i] = pid;
			break;
		}
	return pid;
}

static int wait_for(pid_t pid)
{
	int status;
	while (waitpid(pid, &status, 0) < 0)
		assert_int_equal(errno, EINTR);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int road_run(const char *name, const char *argument)
{
	return wait_for(courier(name, NULL, argument));
}

int road_program(const char *const *argv)
{
	return wait_for(start(argv));
}

const char *road_folder(void)
{
	return folder;
}

const char *road_lock(void)
{
	static char path[64];
	snprintf(path, sizeof path, "%s/courier.lock", folder);
	return path;
}

bool road_logged(const char *text)
{
	char path[64], line[1024];
	bool found = false;
	snprintf(path, sizeof path, "%s/out.log", folder);
	FILE *log = fopen(path, "r");
	while (log && !found && fgets(line, sizeof line, log))
		found = strstr(line, text);
	if (log)
		fclose(log);
	return found;
}

int road_end(pid_t pid, int signal_number)
{
	for (size_t i = 0; i < sizeof running / sizeof *running; i++)
		if (running[i] == pid)
			running[i] = 0;
	kill(pid, signal_number);
	return wait_for(pid);
}

void road_accept(int count)
{
	PGconn *man = as("man");
	for (int i = 0; i < count; i++)
		one(man, "SELECT code FROM desk.accept_dossier(test.req())");
	PQfinish(man);
}

static void show_log(void)
{
	char command[128];
	snprintf(command, sizeof command, "tail -n 60 %s/out.log >&2", folder);
	if (system(command) != 0)
		fprintf(stderr, "no log\n");
}

void road_until(int seconds, const char *what, const char *sql, ...)
{
	char statement[1024];
	va_list list;
	va_start(list, sql);
	vsnprintf(statement, sizeof statement, sql, list);
	va_end(list);
	int64_t deadline = monotonic_ms() + (int64_t)seconds * 1000;
	while (strcmp(one(admin(), "%s", statement), "t") != 0) {
		if (monotonic_ms() > deadline) {
			show_log();
			fail_msg("not within %d s: %s", seconds, what);
		}
		/* Every change of travel is notified; the time-out covers the rest. */
		struct pollfd fd = { .fd = PQsocket(admin()), .events = POLLIN };
		poll(&fd, 1, 250);
		PQconsumeInput(admin());
		for (PGnotify *note; (note = PQnotifies(admin()));)
			PQfreemem(note);
	}
}

json_t *road_there(const char *system_code)
{
	char path[64];
	snprintf(path, sizeof path, "state?system=%s", system_code);
	json_t *state = bench_control(&road, path, NULL);
	json_t *dossiers = json_incref(json_object_get(
		json_object_get(json_object_get(state, "systems"), system_code), "dossiers"));
	json_decref(state);
	assert_non_null(dossiers);
	return dossiers;
}

static const char *word(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

void road_check(const char *system_code, size_t want)
{
	json_t *dossiers = road_there(system_code);
	assert_int_equal(json_object_size(dossiers), want);
	const char *code;
	json_t *kept;
	json_object_foreach(dossiers, code, kept) {
		const json_t *messages = json_object_get(kept, "messages");
		size_t added = 0, told = 0;
		for (size_t i = 0; i < json_array_size(messages); i++) {
			const char *service = word(json_array_get(messages, i), "service");
			if (strcmp(service, "add") == 0) {
				assert_int_equal(i, 0);
				added++;
			} else if (strcmp(service, "progress") == 0) {
				told++;
			} else {
				assert_int_equal(told, 0); /* an update after progress */
			}
		}
		if (added != 1 || told != 1)
			fail_msg("%s %s: added %zu times, progress told %zu times", system_code, code,
			         added, told);
	}
	json_decref(dossiers);
}

void road_fault(const char *system_code, const char *kind, const char *service, int times, int ms)
{
	char body[256];
	snprintf(body, sizeof body,
	         "{\"system\":\"%s\",\"kind\":\"%s\",\"service\":\"%s\",\"times\":%d,\"ms\":%d}",
	         system_code, kind, service, times, ms);
	json_decref(bench_control(&road, "fault", body));
}
