/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua-practice — the practice world as a program. */
#include <getopt.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "core/base/detach.h"
#include "core/base/log.h"
#include "core/base/path.h"
#include "core/base/say.h"
#include "core/practice/practice.h"

struct options {
	struct practice_plan plan;
	const char *port_file, *log;
	bool detach, stop;
};

static const struct option long_options[] = {
	{ "port", required_argument, NULL, 'p' },
	{ "port-file", required_argument, NULL, 'f' },
	{ "state", required_argument, NULL, 's' },
	{ "log", required_argument, NULL, 'l' },
	{ "step-ms", required_argument, NULL, 't' },
	{ "session-ms", required_argument, NULL, 'e' },
	{ "day", required_argument, NULL, 'y' },
	{ "fault", required_argument, NULL, 'u' },
	{ "call-file", required_argument, NULL, 'c' },
	{ "detach", no_argument, NULL, 'd' },
	{ "stop", no_argument, NULL, 'x' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static const char usage[] =
	"motcua-practice — stands in for the systems outside, on this machine only\n"
	"  --port N        listen on 127.0.0.1:N (a free port unless given)\n"
	"  --port-file F   write the port there (default: practice.port in the run folder)\n"
	"  --state F       keep what was received there across restarts\n"
	"  --step-ms N     dossiers move on by themselves after N ms (20000; 0: never)\n"
	"  --session-ms N  life of a session (600000)\n"
	"  --day F         a scripted day: lines \"08:15 fault {…}\" or \"+90 calm {…}\"\n"
	"  --fault JSON    turned on at once, as POST /practice/fault takes it; up to 7\n"
	"  --call-file F   where a courier writes the port at which it is called (default:\n"
	"                  inbound.port in the run folder)\n"
	"  --log F         log file\n"
	"  --detach        leave the terminal; harmless when one runs already\n"
	"  --stop          end the one that runs\n";

static bool number(const char *text, long most, long *out)
{
	char *end;
	*out = strtol(text, &end, 10);
	return *text && !*end && *out >= 0 && *out <= most;
}

static bool read_options(int argc, char **argv, struct options *options)
{
	long value = 0;
	int faults = 0;
	bool good = true;
	for (int option; (option = getopt_long(argc, argv, "h", long_options, NULL)) != -1;) {
		switch (option) {
		case 'p':
			good &= number(optarg, 65535, &value);
			options->plan.port = (uint16_t)value;
			break;
		case 'f': options->port_file = optarg; break;
		case 's': options->plan.state_file = optarg; break;
		case 'l': options->log = optarg; break;
		case 't':
			good &= number(optarg, 1000000000, &value);
			options->plan.step_ms = value;
			break;
		case 'e':
			good &= number(optarg, 1000000000, &value);
			options->plan.session_ms = value;
			break;
		case 'c': options->plan.call_file = optarg; break;
		case 'y': options->plan.day_file = optarg; break;
		case 'u':
			good &= faults < 7;
			if (good)
				options->plan.faults[faults++] = optarg;
			break;
		case 'd': options->detach = true; break;
		case 'x': options->stop = true; break;
		default: good = false;
		}
	}
	return good && optind == argc;
}

/* The loop that a signal ends. */
static struct loop *running;

static void on_signal(struct watch *watch, short revents)
{
	(void)revents;
	struct signalfd_siginfo info;
	while (read(watch->fd, &info, sizeof info) == (ssize_t)sizeof info)
		;
	running->stop = true;
}

static bool write_port(const char *path, uint16_t port, struct error *err)
{
	char text[16];
	int n = snprintf(text, sizeof text, "%u\n", (unsigned)port);
	return path_write(path, text, (size_t)n, 0644, err);
}

static bool serve(const struct options *options, int ready, struct error *err)
{
	static const int signals[] = { SIGTERM, SIGINT, SIGHUP };
	struct loop loop;
	loop_init(&loop);
	running = &loop;
	struct watch signal_watch = { .fd = loop_signal_fd(signals, 3),
		                      .events = POLLIN,
		                      .ready = on_signal };
	loop_watch(&loop, &signal_watch);
	signal(SIGPIPE, SIG_IGN);
	struct practice *practice = practice_start(&loop, &options->plan, err);
	if (!practice)
		return false;
	bool good = write_port(options->port_file, practice_port(practice), err);
	if (good) {
		log_line(LOG_NOTE, "practice world on 127.0.0.1:%u",
		         (unsigned)practice_port(practice));
		if (ready >= 0)
			detach_ready(ready);
		else
			printf("127.0.0.1:%u\n", (unsigned)practice_port(practice));
		fflush(stdout);
		loop_run(&loop);
		unlink(options->port_file);
	}
	practice_stop(practice);
	return good;
}

static int complain(const struct error *err)
{
	fprintf(stderr, "motcua-practice: %s\n", err->say);
	if (err->log[0])
		fprintf(stderr, "  (%s)\n", err->log);
	return 1;
}

static int run(struct options *options, struct arena *arena, struct error *err)
{
	struct paths paths;
	if ((!options->port_file || !options->plan.call_file) && !paths_find(&paths, arena, err))
		return complain(err);
	if (!options->port_file)
		options->port_file = path_join(arena, paths.run, "practice.port");
	if (!options->plan.call_file)
		options->plan.call_file = path_join(arena, paths.run, "inbound.port");
	const char *lock = arena_format(arena, "%s.lock", options->port_file);
	if (options->stop)
		return detach_stop(lock, 10000, err) ? 0 : complain(err);
	int ready = -1;
	if (options->detach) {
		if (detach_holder(lock) > 0)
			return 0;
		if (!detach_start(&ready, err))
			return complain(err);
	}
	pid_t holder = 0;
	if (!detach_lock(lock, &holder, err) && options->detach && holder > 0)
		return 0; /* another start was quicker: that one serves */
	if (err->fault || !log_open("motcua-practice", options->log, err) ||
	    !serve(options, ready, err))
		return complain(err);
	log_close();
	return 0;
}

int main(int argc, char **argv)
{
	struct options options = { .plan.step_ms = 20000 };
	struct error err = { 0 };
	struct arena arena = { 0 };
	setlocale(LC_CTYPE, "C.UTF-8");
	if (!read_options(argc, argv, &options)) {
		fputs(usage, stderr);
		return 2;
	}
	int status = run(&options, &arena, &err);
	arena_free(&arena);
	return status;
}
