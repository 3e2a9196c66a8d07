/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/printers/peers.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define DATA MOTCUA_SOURCE "/tests/printers/data/ipp"
#define ROUNDS 1000 /* of 20 ms */

static void write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");
	if (!file || fputs(text, file) < 0 || fclose(file) != 0)
		abort();
}

static __attribute__((format(printf, 3, 4))) void write_file(const struct peers *p, const char *name,
                                                             const char *format, ...)
{
	char path[120], text[4096];
	va_list list;
	va_start(list, format);
	vsnprintf(text, sizeof text, format, list);
	va_end(list);
	snprintf(path, sizeof path, "%s/%s", p->folder, name);
	write_text(path, text);
}

static int free_port(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) < 0 ||
	    getsockname(fd, (struct sockaddr *)&at, &size) < 0)
		abort();
	close(fd);
	return ntohs(at.sin_port);
}

static bool answers(int port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons((uint16_t)port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool good = connect(fd, (struct sockaddr *)&at, sizeof at) == 0;
	close(fd);
	return good;
}

/* ---- in the guardian ---- */

/* As a user there is nobody but us: avahi's account is ours, or it would not start. */
static bool be_everybody(const struct peers *p, uid_t uid, gid_t gid)
{
	char passwd[80], group[80];
	write_file(p, "passwd", "me:x:%d:%d::/tmp:/bin/sh\navahi:x:%d:%d::/tmp:/bin/sh\nroot:x:0:0::/root:/bin/sh\n",
		(int)uid, (int)gid, (int)uid, (int)gid);
	write_file(p, "group", "me:x:%d:\navahi:x:%d:\nroot:x:0:\n", (int)gid, (int)gid);
	snprintf(passwd, sizeof passwd, "%s/passwd", p->folder);
	snprintf(group, sizeof group, "%s/group", p->folder);
	return mount(passwd, "/etc/passwd", NULL, MS_BIND, NULL) == 0 &&
	       mount(group, "/etc/group", NULL, MS_BIND, NULL) == 0;
}

/* A /run of our own.  As a user, in a user namespace that maps nobody else. */
static bool be_apart(const struct peers *p)
{
	uid_t uid = getuid();
	gid_t gid = getgid();
	char line[80];
	if (unshare(uid ? CLONE_NEWUSER | CLONE_NEWNS : CLONE_NEWNS) < 0)
		return uid == 0; /* root of a container that may not: its /run will do */
	if (uid) {
		write_text("/proc/self/setgroups", "deny");
		snprintf(line, sizeof line, "%d %d 1", (int)uid, (int)uid);
		write_text("/proc/self/uid_map", line);
		snprintf(line, sizeof line, "%d %d 1", (int)gid, (int)gid);
		write_text("/proc/self/gid_map", line);
	}
	return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	       mount("tmpfs", "/run", "tmpfs", 0, "mode=0755") == 0 && (!uid || be_everybody(p, uid, gid));
}

static pid_t run(const struct peers *p, const char *name, const char *const *argv)
{
	char log[120];
	snprintf(log, sizeof log, "%s/%s.log", p->folder, name);
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	int fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0644);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (fd < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0 || chdir(p->folder) < 0)
		_exit(126);
	close_range(3, ~0u, 0);
	execvp(argv[0], (char *const *)argv);
	_exit(127);
}

static pid_t run_printer(const struct peers *p, enum peer which)
{
	char port[8], spool[80], attributes[80], command[] = DATA "/print.sh";
	snprintf(attributes, sizeof attributes, "%s/a5.conf", p->folder);
	snprintf(port, sizeof port, "%d", p->ports[which == PEER_A5 ? 0 : 1]);
	snprintf(spool, sizeof spool, "%s/%s", p->folder, which == PEER_A5 ? "a5" : "letter");
	const char *const a5[] = { "ippeveprinter", "-r", "off", "-p", port, "-n", "localhost", "-d", spool,
		"-a", attributes, "-c", command, "Giay A5", NULL };
	const char *const letter[] = { "ippeveprinter", "-r", "off", "-p", port, "-n", "localhost", "-d", spool,
		"-c", command, "Letter", NULL };
	return run(p, which == PEER_A5 ? "a5" : "letter", which == PEER_A5 ? a5 : letter);
}

static bool wait_port(const struct peers *p, enum peer which, int port)
{
	for (int i = 0; i < ROUNDS; i++) {
		if (answers(port))
			return true;
		if (waitpid(p->pids[which], NULL, WNOHANG) != 0)
			return false;
		poll(NULL, 0, 20);
	}
	return false;
}

static bool wait_path(const struct peers *p, const char *name)
{
	char path[120];
	snprintf(path, sizeof path, *name == '/' ? "%s%s" : "%s/%s", *name == '/' ? "" : p->folder, name);
	for (int i = 0; i < ROUNDS && access(path, F_OK) < 0; i++)
		poll(NULL, 0, 20);
	return access(path, F_OK) == 0;
}

/* Until avahi is ready it says so, and ends. */
static bool start_printer(struct peers *p, enum peer which)
{
	for (int i = 0; i < 20; i++) {
		p->pids[which] = run_printer(p, which);
		if (wait_port(p, which, p->ports[which == PEER_A5 ? 0 : 1]))
			return true;
		poll(NULL, 0, 100);
	}
	return false;
}

static bool start_all(struct peers *p)
{
	char bus[120], conf[3][80];
	snprintf(bus, sizeof bus, "unix:path=%s/bus", p->folder);
	setenv("DBUS_SYSTEM_BUS_ADDRESS", bus, 1);
	setenv("MOTCUA_PEERS", p->folder, 1);
	setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 1);
	snprintf(bus, sizeof bus, "--config-file=%s/bus.conf", p->folder);
	snprintf(conf[0], sizeof conf[0], "%s/avahi.conf", p->folder);
	snprintf(conf[1], sizeof conf[1], "%s/cupsd.conf", p->folder);
	snprintf(conf[2], sizeof conf[2], "%s/cups-files.conf", p->folder);
	p->pids[PEER_BUS] = run(p, "bus", (const char *const[]){ "dbus-daemon", bus, "--nofork", "--nopidfile", NULL });
	if (!wait_path(p, "bus"))
		return false;
	p->pids[PEER_AVAHI] = run(p, "avahi", (const char *const[]){ "avahi-daemon", "-f", conf[0], "--no-drop-root",
		"--no-chroot", "--no-rlimits", NULL });
	if (!wait_path(p, "/run/avahi-daemon/pid"))
		return false;
	p->pids[PEER_CUPS] = run(p, "cups", (const char *const[]){ "cupsd", "-f", "-c", conf[1], "-s", conf[2], NULL });
	return start_printer(p, PEER_A5) && start_printer(p, PEER_LETTER) &&
	       wait_port(p, PEER_CUPS, p->ports[2]);
}

/* Letters on control: 'k' and 'r' with a peer's digit kill and start it; its end ends all. */
static _Noreturn void guard(struct peers *p, int control, int answer)
{
	char order[2];
	signal(SIGPIPE, SIG_IGN);
	setpgid(0, 0);
	bool good = be_apart(p) && start_all(p);
	(void)!write(answer, good ? "y" : "n", 1);
	(void)!write(answer, p->pids, sizeof p->pids);
	while (read(control, order, 2) == 2) {
		enum peer which = (enum peer)(order[1] - '0');
		kill(p->pids[which], SIGKILL);
		waitpid(p->pids[which], NULL, 0);
		if (order[0] == 'r')
			good = start_printer(p, which);
		(void)!write(answer, good ? "y" : "n", 1);
	}
	for (int i = PEER_CUPS; i >= PEER_BUS; i--)
		if (p->pids[i] > 0)
			kill(p->pids[i], i == PEER_CUPS ? SIGTERM : SIGKILL);
	while (wait(NULL) > 0)
		;
	execlp("rm", "rm", "-rf", p->folder, (char *)NULL);
	_exit(127);
}

/* ---- in the test ---- */

static void write_settings(struct peers *p)
{
	const char *f = p->folder;
	static const char *const folders[] = { "a5", "letter", "spool", "cache", "state", "state/certs", "temp", "ppd" };
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		char path[120];
		snprintf(path, sizeof path, "%s/%s", f, folders[i]);
		if (mkdir(path, 0755) < 0)
			abort();
	}
	write_file(p, "bus.conf", "<busconfig><type>system</type><listen>unix:path=%s/bus</listen>"
		"<auth>EXTERNAL</auth><policy context=\"default\"><allow send_destination=\"*\"/>"
		"<allow receive_sender=\"*\"/><allow own=\"*\"/><allow user=\"*\"/></policy></busconfig>", f);
	write_file(p, "avahi.conf", "[server]\nallow-interfaces=lo\nuse-ipv6=no\nenable-dbus=yes\n");
	write_file(p, "cupsd.conf", "Listen 127.0.0.1:%d\nListen %s/cups.sock\nBrowsing No\nWebInterface No\n"
		"DefaultAuthType None\nErrorPolicy retry-job\nJobRetryInterval 1\nLogLevel info\n"
		"<Location />\nOrder allow,deny\nAllow all\n</Location>\n<Location /admin>\nOrder allow,deny\nAllow all\n</Location>\n"
		"<Policy default>\n<Limit All>\nOrder allow,deny\nAllow all\n</Limit>\n</Policy>\n", p->ports[2], f);
	write_file(p, "cups-files.conf", "ServerRoot %s\nRequestRoot %s/spool\nCacheDir %s/cache\nStateDir %s/state\n"
		"TempDir %s/temp\nAccessLog %s/access_log\nErrorLog %s/error_log\nPageLog %s/page_log\n",
		f, f, f, f, f, f, f, f);
	write_file(p, "mood", "%s", "");
	if (peers_run(p, "cp " DATA "/a5.conf .") != 0)
		abort();
	char gate[80];
	snprintf(gate, sizeof gate, "%s/gate", f);
	if (mkfifo(gate, 0600) < 0)
		abort();
}

static bool order(struct peers *p, const char *what)
{
	char answer = 'n';
	return write(p->control, what, 2) == 2 && read(p->control, &answer, 1) == 1 && answer == 'y';
}

bool peers_start(struct peers *p)
{
	int ends[2];
	char answer = 'n', socket_path[80];
	*p = (struct peers){ .folder = "/tmp/motcua-peers.XXXXXX" };
	if (!mkdtemp(p->folder) || chmod(p->folder, 0755) < 0)
		abort();
	for (int i = 0; i < 3; i++)
		p->ports[i] = free_port();
	snprintf(p->a5, sizeof p->a5, "ipp://localhost:%d/ipp/print", p->ports[0]);
	snprintf(p->letter, sizeof p->letter, "ipp://localhost:%d/ipp/print", p->ports[1]);
	write_settings(p);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		abort();
	p->guardian = fork();
	if (p->guardian == 0) {
		close(ends[0]);
		guard(p, ends[1], ends[1]);
	}
	close(ends[1]);
	p->control = ends[0];
	bool good = read(p->control, &answer, 1) == 1 &&
	            read(p->control, p->pids, sizeof p->pids) == (ssize_t)sizeof p->pids && answer == 'y';
	snprintf(socket_path, sizeof socket_path, "%s/cups.sock", p->folder);
	setenv("CUPS_SERVER", socket_path, 1);
	if (!good) {
		fprintf(stderr, "no printers of others here (uid %d): bus %d, avahi %d, a5 %d, letter %d, cups %d\n",
		        (int)getuid(), p->pids[0], p->pids[1], p->pids[2], p->pids[3], p->pids[4]);
		(void)!peers_run(p, "tail -n 5 *.log error_log >&2");
	}
	return good;
}

void peers_stop(struct peers *p)
{
	close(p->control);
	waitpid(p->guardian, NULL, 0);
}

void peers_kill(struct peers *p, enum peer which)
{
	if (!order(p, (char[]){ 'k', (char)('0' + which), '\0' }))
		abort();
}

void peers_again(struct peers *p, enum peer which)
{
	if (!order(p, (char[]){ 'r', (char)('0' + which), '\0' }))
		abort();
}

int peers_run(struct peers *p, const char *format, ...)
{
	char line[600], whole[800];
	va_list list;
	va_start(list, format);
	vsnprintf(line, sizeof line, format, list);
	va_end(list);
	snprintf(whole, sizeof whole, "cd %s && PATH=$PATH:/usr/sbin && %s", p->folder, line);
	int status = system(whole);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

void peers_mood(struct peers *p, const char *mood)
{
	write_file(p, "mood", "%s", mood);
}
