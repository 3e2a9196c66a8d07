/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/options.h"

#include <getopt.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/say.h"

const char options_usage[] =
	"motcua-courier — carries dossiers between the database and the systems outside\n"
	"  --server TEXT     connection string (default: [database] server, or the own database)\n"
	"  --user NAME       database role (default: courier)\n"
	"  --config F        settings (default: motcua.ini)\n"
	"  --secrets F       passwords of outside accounts, mode 0600\n"
	"  --profiles F      folder (or one file) of the systems' profiles (default: as installed)\n"
	"  --practice        serve invented units only; refuse a database with real ones\n"
	"  --port-file F     where the practice world writes its port\n"
	"  --name TEXT       of this courier (default: host:pid)\n"
	"  --log F --lock F  log file; lock that keeps two started couriers apart\n"
	"  --lease N --claim-ms N --ask-ms N --back-off-ms N --tend-ms N   for tests\n"
	"  --detach          leave the terminal; harmless when one runs already\n"
	"  --once            carry what is due now, then end\n"
	"  --check           say whether everything needed is there\n"
	"  --stop            end the one that runs\n"
	"  --verbose         log every message\n";

enum { LEASE = 1000, CLAIM, ASK, BACK_OFF, TEND };

static const struct option known[] = {
	{ "server", required_argument, NULL, 's' },
	{ "user", required_argument, NULL, 'u' },
	{ "config", required_argument, NULL, 'c' },
	{ "secrets", required_argument, NULL, 'k' },
	{ "profiles", required_argument, NULL, 'p' },
	{ "port-file", required_argument, NULL, 'f' },
	{ "name", required_argument, NULL, 'n' },
	{ "log", required_argument, NULL, 'l' },
	{ "lock", required_argument, NULL, 'L' },
	{ "lease", required_argument, NULL, LEASE },
	{ "claim-ms", required_argument, NULL, CLAIM },
	{ "ask-ms", required_argument, NULL, ASK },
	{ "back-off-ms", required_argument, NULL, BACK_OFF },
	{ "tend-ms", required_argument, NULL, TEND },
	{ "practice", no_argument, NULL, 'P' },
	{ "detach", no_argument, NULL, 'd' },
	{ "once", no_argument, NULL, 'o' },
	{ "check", no_argument, NULL, 'C' },
	{ "stop", no_argument, NULL, 'x' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static bool number(const char *text, long *out)
{
	char *end;
	*out = strtol(text, &end, 10);
	return *text && !*end && *out >= 0 && *out < 100000000;
}

static bool take(struct options *options, int option)
{
	switch (option) {
	case 's': options->server = optarg; return true;
	case 'u': options->user = optarg; return true;
	case 'c': options->config = optarg; return true;
	case 'k': options->secrets = optarg; return true;
	case 'p': options->profiles = optarg; return true;
	case 'f': options->port_file = optarg; return true;
	case 'n': options->name = optarg; return true;
	case 'l': options->log = optarg; return true;
	case 'L': options->lock = optarg; return true;
	case 'P': options->practice = true; return true;
	case 'd': options->detach = true; return true;
	case 'o': options->once = true; return true;
	case 'C': options->check = true; return true;
	case 'x': options->stop = true; return true;
	case 'v': options->verbose = true; return true;
	case LEASE: return number(optarg, &options->lease_seconds);
	case CLAIM: return number(optarg, &options->claim_ms);
	case ASK: return number(optarg, &options->ask_ms);
	case TEND: return number(optarg, &options->tend_ms);
	case BACK_OFF: return number(optarg, &options->back_off_ms);
	default: return false;
	}
}

static const char *beside(struct arena *arena, const char *given, const char *folder,
                          const char *name)
{
	return given ? given : path_join(arena, folder, name);
}

bool options_read(struct options *options, int argc, char **argv, struct arena *arena,
                  struct error *err)
{
	*options = (struct options){ .back_off_ms = -1 };
	for (int option; (option = getopt_long(argc, argv, "h", known, NULL)) != -1;)
		if (!take(options, option))
			return fail(err, FAULT_INPUT, "%s", "");
	if (optind != argc)
		return fail(err, FAULT_INPUT, "%s", "");
	if (!paths_find(&options->paths, arena, err))
		return false;
	const struct paths *paths = &options->paths;
	const char *config = options->config ? options->config : paths->config;
	if (!config_read(&options->settings, config, !options->config, err))
		return false;
	const struct config *settings = &options->settings;
	if (!options->server)
		options->server = config_text(settings, "database", "server", NULL);
	if (!options->user)
		options->user = config_text(settings, "courier", "user", "courier");
	if (!options->secrets)
		options->secrets = config_text(settings, "courier", "secrets", NULL);
	options->secrets = beside(arena, options->secrets, paths->data, "courier.secrets");
	options->lock = beside(arena, options->lock, paths->run, "courier.lock");
	options->port_file = beside(arena, options->port_file, paths->run, "practice.port");
	options->listen = config_text(settings, "inbound", "listen", NULL);
	options->listen_file = path_join(arena, paths->run, "inbound.port");
	if (!options->log && options->detach)
		options->log = path_join(arena, paths->data, "courier.log");
	if (!options->name) {
		char host[64] = "";
		gethostname(host, sizeof host - 1);
		options->name = arena_format(arena, "%s:%d", host, (int)getpid());
	}
	return true;
}

const char *options_profiles(const struct options *options, bool practice, struct arena *arena)
{
	if (options->profiles)
		return options->profiles;
	return path_join(arena, options->paths.share,
	                 practice ? "core/data/systems/practice" : "core/data/systems/real");
}
