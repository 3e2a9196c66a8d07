/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/pg_own.h"
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char *hba =
	"local all motcua_admin trust\n"
	"local all all scram-sha-256\n";
static const char *settings =
	"listen_addresses = ''\n"
	"fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
	"shared_buffers = 32MB\nmax_connections = 60\nmax_wal_size = 256MB\nmin_wal_size = 2MB\n"
	"autovacuum = off\njit = off\nlog_min_messages = fatal\nlog_min_error_statement = panic\n";

/* The folder of the newest server programs, e.g. /usr/lib/postgresql/15/bin. */
static bool find_bin(char *out, size_t room)
{
	glob_t found;
	int best = 0;

	if (glob("/usr/lib/postgresql/*/bin/initdb", 0, NULL, &found) == 0) {
		for (size_t i = 0; i < found.gl_pathc; i++) {
			int version = atoi(found.gl_pathv[i] + strlen("/usr/lib/postgresql/"));
			if (version > best) {
				best = version;
				snprintf(out, room, "/usr/lib/postgresql/%d/bin", version);
			}
		}
		globfree(&found);
	}
	if (best == 0)
		fputs("test_pg: no PostgreSQL under /usr/lib/postgresql\n", stderr);
	return best != 0;
}

static const struct passwd *server_account(void)
{
	const struct passwd *account = getpwnam("postgres");
	return account != NULL ? account : getpwnam("nobody");
}

static bool write_file(const char *folder, const char *name, const char *text)
{
	char path[200];
	FILE *file;

	snprintf(path, sizeof path, "%s/data/%s", folder, name);
	file = fopen(path, "a");
	if (file == NULL)
		return false;
	fputs(text, file);
	return fclose(file) == 0;
}

static pid_t spawn(char *const argv[], const char *log)
{
	pid_t child = fork();

	if (child != 0)
		return child;
	int fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (fd >= 0) {
		dup2(fd, 1);
		dup2(fd, 2);
	}
	prctl(PR_SET_PDEATHSIG, SIGQUIT);
	execv(argv[0], argv);
	_exit(127);
}

static bool run(char *const argv[], const char *log)
{
	int status;
	pid_t child = spawn(argv, log);

	return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

/* As root, before the account is taken: the copy keeps its owner. */
static bool copy_cluster(const struct test_pg *pg)
{
	char data[80];
	char *argv[] = { "/bin/cp", "-a", "--reflink=auto", (char *)pg->copied, data, NULL };

	snprintf(data, sizeof data, "%s/data", pg->folder);
	return run(argv, "/dev/null");
}

static bool place_cluster(const char *folder)
{
	char line[64];

	snprintf(line, sizeof line, "unix_socket_directories = '%s'\n", folder);
	return write_file(folder, "postgresql.conf", line);
}

static bool make_cluster(const char *bin, const char *folder, const char *log)
{
	char initdb[80], data[80];
	char *argv[] = { initdb, "-D", data, "-U", "motcua_admin", "-A", "trust", "-E", "UTF8",
		"--locale=C", "--no-sync", "--wal-segsize=1", NULL };

	snprintf(initdb, sizeof initdb, "%s/initdb", bin);
	snprintf(data, sizeof data, "%s/data", folder);
	if (!run(argv, log))
		return false;
	char path[100];
	snprintf(path, sizeof path, "%s/pg_hba.conf", data);
	unlink(path);
	return write_file(folder, "postgresql.conf", settings) && write_file(folder, "pg_hba.conf", hba);
}

static bool answers(const char *folder, pid_t server)
{
	char conninfo[160];
	struct timespec pause = { .tv_nsec = 20 * 1000 * 1000 };

	snprintf(conninfo, sizeof conninfo, "host=%s user=motcua_admin dbname=postgres", folder);
	for (int turn = 0; turn < 1000; turn++) {
		if (PQping(conninfo) == PQPING_OK)
			return true;
		if (waitpid(server, NULL, WNOHANG) == server)
			return false;
		nanosleep(&pause, NULL);
	}
	return false;
}

static void remove_folder(const char *folder)
{
	char *argv[] = { "/bin/rm", "-rf", (char *)folder, NULL };
	run(argv, "/dev/null");
}

/* Its backends have sessions of their own: each is told. */
static void signal_all(pid_t server, int signal)
{
	char path[80];
	int child;

	kill(server, signal);
	snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)server, (int)server);
	FILE *file = fopen(path, "r");
	while (file != NULL && fscanf(file, "%d", &child) == 1)
		kill(child, signal);
	if (file != NULL)
		fclose(file);
}

/* One letter from the test: 'k' dies as in a power cut, 'e' ends with all on disk, 'u' comes
 * up again, 's' stands still as a hung machine does, 'c' goes on.  The letter back says that
 * it is so. */
static pid_t obey(char order, char *const argv[], const char *log, const char *folder,
                  pid_t server)
{
	switch (order) {
	case 'k':
	case 'e':
		kill(server, order == 'k' ? SIGQUIT : SIGINT);
		waitpid(server, NULL, 0);
		return -1;
	case 'u':
		server = spawn(argv, log);
		return answers(folder, server) ? server : -1;
	case 's': signal_all(server, SIGSTOP); break;
	case 'c': signal_all(server, SIGCONT); break;
	default: break;
	}
	return server;
}

static pid_t serve(char *const argv[], const char *log, const char *folder, int control, int ready)
{
	char order = 'y';
	pid_t server = spawn(argv, log);

	if (server <= 0 || !answers(folder, server))
		return server;
	for (;;) {
		if (write(ready, &order, 1) != 1)
			return server;
		ssize_t n;
		while ((n = read(control, &order, 1)) < 0 && errno == EINTR)
			;
		if (n <= 0)
			return server;
		server = obey(order, argv, log, folder, server);
	}
}

/* The guardian: makes the cluster, says so, then serves until its maker's end. */
static void guard(const struct test_pg *pg, int control, int ready)
{
	char bin[64], postgres[80], data[80], log[80];
	const struct passwd *account = server_account();
	pid_t server = -1;

	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	setsid();
	if (*pg->copied && !copy_cluster(pg))
		_exit(1);
	if (geteuid() == 0 && account != NULL &&
	    (chown(pg->folder, account->pw_uid, account->pw_gid) != 0 ||
	     setgroups(0, NULL) != 0 || setgid(account->pw_gid) != 0 || setuid(account->pw_uid) != 0))
		_exit(1);
	umask(077);
	snprintf(data, sizeof data, "%s/data", pg->folder);
	snprintf(log, sizeof log, "%s/log", pg->folder);
	if (chdir(pg->folder) == 0 && find_bin(bin, sizeof bin) &&
	    (*pg->copied || make_cluster(bin, pg->folder, log)) && place_cluster(pg->folder)) {
		snprintf(postgres, sizeof postgres, "%s/postgres", bin);
		char *argv[] = { postgres, "-D", data, NULL };
		server = serve(argv, log, pg->folder, control, ready);
	}
	close(ready);
	if (server > 0) {
		signal_all(server, SIGCONT);
		kill(server, SIGQUIT);
		waitpid(server, NULL, 0);
	}
	remove_folder(pg->folder);
	_exit(0);
}

static bool make_database(struct test_pg *pg)
{
	char conninfo[160];
	bool done;

	snprintf(conninfo, sizeof conninfo, "host=%s user=motcua_admin dbname=postgres", pg->folder);
	PGconn *connection = PQconnectdb(conninfo);
	PGresult *result = PQexec(connection, "CREATE DATABASE motcua");
	done = PQresultStatus(result) == PGRES_COMMAND_OK;
	if (!done)
		fputs(PQerrorMessage(connection), stderr);
	PQclear(result);
	PQfinish(connection);
	return done;
}

/* Nothing of a test need reach a disk, where the machine has memory to spare. */
static bool in_memory(void)
{
	struct statvfs room;

	return statvfs("/dev/shm", &room) == 0 && access("/dev/shm", W_OK) == 0 &&
	       (uint64_t)room.f_bavail * room.f_frsize > 4000000000u;
}

bool test_pg_start_copy(struct test_pg *pg, const char *copied)
{
	int control[2], ready[2];
	char byte = 0;

	*pg = (struct test_pg){ .control = -1, .ready = -1 };
	snprintf(pg->copied, sizeof pg->copied, "%s", copied);
	strcpy(pg->folder, in_memory() ? "/dev/shm/mcpg.XXXXXX" : "/tmp/mcpg.XXXXXX");
	if (mkdtemp(pg->folder) == NULL || pipe2(control, O_CLOEXEC) != 0 ||
	    pipe2(ready, O_CLOEXEC) != 0)
		return false;
	pg->guardian = fork();
	if (pg->guardian == 0) {
		close(control[1]);
		close(ready[0]);
		guard(pg, control[0], ready[1]);
	}
	close(control[0]);
	close(ready[1]);
	pg->control = control[1];
	pg->ready = ready[0];
	snprintf(pg->conninfo, sizeof pg->conninfo, "host=%s user=motcua_admin dbname=motcua",
	         pg->folder);
	ssize_t got = read(pg->ready, &byte, 1);
	if (got == 1 && (*pg->copied || make_database(pg)))
		return true;
	fputs("test_pg: the server did not start\n", stderr);
	test_pg_stop(pg);
	return false;
}

bool test_pg_start(struct test_pg *pg)
{
	return test_pg_start_copy(pg, "");
}

void test_pg_stop(struct test_pg *pg)
{
	if (pg->control >= 0) {
		close(pg->control);
		waitpid(pg->guardian, NULL, 0);
	}
	if (pg->ready >= 0)
		close(pg->ready);
	pg->control = pg->ready = -1;
}

static bool order(struct test_pg *pg, char what)
{
	char byte = 0;

	return write(pg->control, &what, 1) == 1 && read(pg->ready, &byte, 1) == 1 && byte == what;
}

bool test_pg_settle(struct test_pg *pg)
{
	return order(pg, 'e');
}

bool test_pg_kill(struct test_pg *pg)
{
	return order(pg, 'k');
}

bool test_pg_again(struct test_pg *pg)
{
	return order(pg, 'u');
}

bool test_pg_halt(struct test_pg *pg, bool halt)
{
	return order(pg, halt ? 's' : 'c');
}

char *test_pg_as(const struct test_pg *pg, const char *login, const char *password)
{
	char *out = NULL;

	if (asprintf(&out, "host=%s dbname=motcua user=%s password=%s", pg->folder, login,
	             password) < 0)
		abort();
	return out;
}
