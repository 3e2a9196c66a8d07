/* SPDX-License-Identifier: Apache-2.0
 *
 * Real TLS against openssl's own server: an authority of one's own, a
 * certificate that is asked for, and what must never be talked to. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/check.h"
#include "core/base/date.h"
#include "core/courier/address.h"
#include "core/courier/http.h"

static char folder[] = "/tmp/motcua-tls-XXXXXX";
static struct loop loop;
static struct http *http;

static void run(const char *command)
{
	char text[900];
	snprintf(text, sizeof text, "cd %s && { %s; } >>log 2>&1", folder, command);
	if (system(text) != 0)
		fail_msg("%s", command);
}

/* An authority, another one, and certificates of the first: for the server, for
 * us, and one for a server of another name. */
static void make_certificates(void)
{
	run("for ca in ca other; do openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
	    "-keyout $ca.key -out $ca.pem -days 2 -subj /CN=$ca; done");
	run("for who in server client wrong; do openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 "
	    "-nodes -keyout $who.key -out $who.csr -subj /CN=$who; done");
	run("echo 'subjectAltName=IP:127.0.0.1' >server.ext; echo 'subjectAltName=DNS:khac.example' >wrong.ext; "
	    "echo 'extendedKeyUsage=clientAuth' >client.ext");
	run("for who in server client wrong; do openssl x509 -req -in $who.csr -CA ca.pem -CAkey ca.key "
	    "-CAcreateserial -days 2 -extfile $who.ext -out $who.pem; done");
	run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout stranger.key "
	    "-out stranger.pem -days 2 -subj /CN=stranger");
}

struct server {
	pid_t pid;
	unsigned port;
};

/* asks: does it want a certificate of the client?  version: "-tls1_2" or NULL. */
static struct server serve(const char *name, bool asks, const char *version)
{
	char cert[64], key[64], text[256];
	int out[2];
	struct server server = { 0 };
	snprintf(cert, sizeof cert, "%s.pem", name);
	snprintf(key, sizeof key, "%s.key", name);
	assert_int_equal(pipe(out), 0);
	server.pid = fork();
	assert_true(server.pid >= 0);
	if (server.pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(out[1], 1);
		int log = open("/dev/null", O_RDWR);
		dup2(log, 0);
		dup2(log, 2);
		close_range(3, ~0u, 0);
		const char *argv[20] = { "openssl", "s_server", "-4", "-accept", "127.0.0.1:0", "-cert",
			                 cert, "-key", key, "-CAfile", "ca.pem", "-www" };
		int n = 12;
		if (version)
			argv[n++] = version;
		if (asks) {
			argv[n++] = "-Verify";
			argv[n++] = "2";
			argv[n++] = "-verify_return_error";
		}
		if (chdir(folder) == 0)
			execvp("openssl", (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(out[1]);
	FILE *lines = fdopen(out[0], "r");
	while (!server.port && fgets(text, sizeof text, lines))
		if (sscanf(text, "ACCEPT 127.0.0.1:%u", &server.port) != 1)
			server.port = 0;
	assert_true(server.port);
	fclose(lines);
	return server;
}

static void stop_server(struct server *server)
{
	kill(server->pid, SIGKILL);
	waitpid(server->pid, NULL, 0);
}

static bool over;

static void done(struct http_call *call)
{
	(void)call;
	over = true;
}

/* As a connector would call: the files are the profile's. */
static struct http_reply call_with(unsigned port, const char *host, const char *files, bool post)
{
	char text[600];
	struct profile profile;
	struct error err = { 0 };
	struct http_call call = { .done = done };
	snprintf(text, sizeof text,
	         "{\"base_url\":\"https://%s:%u\",\"account\":\"x\",\"maps\":{}%s}", host, port, files);
	for (char *at; (at = strchr(text, '@'));) { /* the folder */
		char rest[600];
		snprintf(rest, sizeof rest, "%s", at + 1);
		snprintf(at, sizeof text - (size_t)(at - text), "%s/%s", folder, rest);
	}
	json_t *data = json_loads(text, 0, NULL);
	assert_non_null(data);
	assert_true(profile_take(&profile, "x", "x", "ndxp", data, &err));
	assert_true(address_write(&profile, "/", 0, &call, &err));
	snprintf(call.hosts, sizeof call.hosts, "%s:%u", host, port);
	if (post)
		body_string(&call.body, "{}");
	over = false;
	http_send(http, &call);
	profile_clear(&profile); /* nothing of it is needed any more */
	json_decref(data);
	int64_t deadline = monotonic_ms() + 20000;
	while (!over) {
		assert_true(monotonic_ms() < deadline);
		loop_turn(&loop, 1000);
	}
	struct http_reply reply = call.reply;
	reply.body = (struct bytes){ 0 };
	http_clear(&call);
	return reply;
}

#define CA     ",\"ca_file\":\"@ca.pem\""
#define CLIENT ",\"cert_file\":\"@client.pem\",\"key_file\":\"@client.key\""

static void an_authority_of_ones_own(void **state)
{
	(void)state;
	struct server server = serve("server", false, NULL);
	struct http_reply reply = call_with(server.port, "127.0.0.1", CA, false);
	assert_int_equal(reply.fault, HTTP_FINE);
	assert_int_equal(reply.code, 200);
	static const char *const wrong[] = { "", ",\"ca_file\":\"@other.pem\"",
		                             ",\"ca_file\":\"@nowhere.pem\"" };
	for (size_t i = 0; i < COUNT(wrong); i++)
		for (int post = 0; post < 2; post++) {
			reply = call_with(server.port, "127.0.0.1", wrong[i], post);
			assert_int_equal(reply.fault, HTTP_TLS);
			assert_false(reply.sent);
		}
	/* The certificate names an address, not this name. */
	reply = call_with(server.port, "localhost", CA, true);
	assert_int_equal(reply.fault, HTTP_TLS);
	assert_false(reply.sent);
	stop_server(&server);
	server = serve("wrong", false, NULL);
	reply = call_with(server.port, "127.0.0.1", CA, true);
	assert_int_equal(reply.fault, HTTP_TLS);
	stop_server(&server);
}

static void a_certificate_of_ours_is_asked_for(void **state)
{
	(void)state;
	static const char *const versions[] = { "-tls1_2", "-tls1_3" };
	for (size_t v = 0; v < COUNT(versions); v++) {
		struct server server = serve("server", true, versions[v]);
		struct http_reply reply = call_with(server.port, "127.0.0.1", CA CLIENT, false);
		assert_int_equal(reply.fault, HTTP_FINE);
		assert_int_equal(reply.code, 200);
		static const char *const wrong[] = {
			CA,
			CA ",\"cert_file\":\"@stranger.pem\",\"key_file\":\"@stranger.key\"",
			CA ",\"cert_file\":\"@client.pem\",\"key_file\":\"@stranger.key\"",
			CA ",\"cert_file\":\"@nowhere.pem\"",
		};
		for (size_t i = 0; i < COUNT(wrong); i++) {
			reply = call_with(server.port, "127.0.0.1", wrong[i], true);
			assert_int_equal(reply.fault, HTTP_TLS);
			assert_false(reply.sent);
		}
		stop_server(&server);
	}
}

static int start(void **state)
{
	(void)state;
	struct error err = { 0 };
	if (!mkdtemp(folder))
		return -1;
	make_certificates();
	loop_init(&loop);
	http = http_open(&loop, &err);
	return http ? 0 : -1;
}

static int stop(void **state)
{
	(void)state;
	char command[64];
	http_close(http);
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_authority_of_ones_own),
		cmocka_unit_test(a_certificate_of_ours_is_asked_for),
	};
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, start, stop);
}
