/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua-ipp — brings one PDF to a printer that speaks IPP, or to a queue of CUPS,
 * and stays with it until it is out; see printers/ipp_said.h for what it tells.
 *
 *     motcua-ipp print|look --uri URI | --queue NAME
 *                [--media a5|a4] [--title TEXT] [--patience MS] [--scaling none|fit]
 *
 * The PDF comes on stdin.  It asks before it sends: a printer that is stopped, has
 * no such paper or cannot read PDF gets nothing.  Everything here blocks; an alarm
 * ends it when libcups will not. */
#include <cups/cups.h>
#include <cups/pwg.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/bytes.h"
#include "printers/ipp_own.h"

#define PAPER_MOST (64u << 20)

static void on_alarm(int signal)
{
	static const char lost[] = "end lost\n", gone[] = "end gone\n";
	(void)signal;
	(void)!write(STDOUT_FILENO, ipp_sent ? lost : gone, 9);
	_exit(1);
}

void ipp_go_on(const struct ipp *ipp)
{
	alarm((unsigned)(ipp->patience_ms / 1000) + 10);
	printf("going\n");
}

/* Never asks at a terminal. */
static const char *no_password(const char *prompt, http_t *http, const char *method,
                               const char *resource, void *data)
{
	(void)prompt, (void)http, (void)method, (void)resource, (void)data;
	return NULL;
}

static int give_up(http_t *http, void *data)
{
	(void)http, (void)data;
	return 0;
}

static bool connect_to(struct ipp *ipp, const char *uri, const char *queue)
{
	char scheme[32], user[256], host[256];
	int port;
	http_encryption_t encryption = HTTP_ENCRYPTION_IF_REQUESTED;
	if (queue) {
		/* A socket's path or a host: CUPS_SERVER, client.conf. */
		httpAssembleURIf(HTTP_URI_CODING_ALL, ipp->uri, sizeof ipp->uri, "ipp", NULL, "localhost", 0,
		                 "/printers/%s", queue);
		snprintf(ipp->resource, sizeof ipp->resource, "/printers/%s", queue);
		snprintf(host, sizeof host, "%s", cupsServer());
		port = ippPort();
	} else {
		if (httpSeparateURI(HTTP_URI_CODING_ALL, uri, scheme, sizeof scheme, user, sizeof user, host,
		                    sizeof host, &port, ipp->resource, sizeof ipp->resource) < HTTP_URI_STATUS_OK)
			return false;
		snprintf(ipp->uri, sizeof ipp->uri, "%s", uri);
		if (strcmp(scheme, "ipps") == 0)
			encryption = HTTP_ENCRYPTION_ALWAYS;
	}
	ipp->http = httpConnect2(host, port, NULL, AF_UNSPEC, encryption, 1, 3000, NULL);
	if (ipp->http)
		httpSetTimeout(ipp->http, 5.0, give_up, NULL);
	return ipp->http != NULL;
}

static bool read_paper(struct bytes *out)
{
	char piece[65536];
	ssize_t n;
	out->limit = PAPER_MOST;
	while ((n = read(STDIN_FILENO, piece, sizeof piece)) > 0)
		bytes_add(out, piece, (size_t)n);
	return n == 0 && !out->failed && out->size > 0;
}

static int usage(void)
{
	fprintf(stderr, "usage: motcua-ipp print|look --uri URI | --queue NAME [--media a5|a4] [--title TEXT] [--patience MS] [--scaling none|fit]\n");
	return 64;
}

static bool take_option(struct ipp *ipp, const char **uri, const char **queue, const char *name,
                        const char *value)
{
	if (strcmp(name, "--uri") == 0)
		*uri = value;
	else if (strcmp(name, "--queue") == 0)
		*queue = value;
	else if (strcmp(name, "--media") == 0)
		ipp->media = strcmp(value, "a5") == 0 ? "iso_a5_148x210mm" : "iso_a4_210x297mm";
	else if (strcmp(name, "--title") == 0)
		ipp->title = value;
	else if (strcmp(name, "--scaling") == 0)
		ipp->fit = strcmp(value, "fit") == 0;
	else if (strcmp(name, "--patience") == 0)
		ipp->patience_ms = atoi(value);
	else
		return false;
	return true;
}

int main(int argc, char **argv)
{
	struct ipp ipp = { .media = "iso_a5_148x210mm", .title = "motcua", .patience_ms = 40000 };
	struct bytes paper = { 0 };
	const char *uri = NULL, *queue = NULL;
	bool look = argc > 1 && strcmp(argv[1], "look") == 0;
	if (argc < 2 || (!look && strcmp(argv[1], "print") != 0))
		return usage();
	for (int i = 2; i < argc; i += 2)
		if (i + 1 >= argc || !take_option(&ipp, &uri, &queue, argv[i], argv[i + 1]))
			return usage();
	ipp.counts = uri != NULL;
	if (!uri == !queue || ipp.patience_ms < 100 || ipp.patience_ms > 600000)
		return usage();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGALRM, on_alarm);
	setvbuf(stdout, NULL, _IOLBF, 0);
	cupsSetPasswordCB2(no_password, NULL);
	alarm((unsigned)(ipp.patience_ms / 1000) + 10);
	if (!look && !read_paper(&paper))
		return usage();
	enum ipp_end end = SAID_GONE;
	if (connect_to(&ipp, uri, queue)) {
		end = ipp_look(&ipp);
		if (end == SAID_READY && !look)
			end = ipp_print(&ipp, paper.data, paper.size);
	}
	printf("end %s\n", ipp_end_word(end));
	bytes_free(&paper);
	httpClose(ipp.http);
	return end == SAID_READY || end == SAID_DONE ? 0 : 1;
}
