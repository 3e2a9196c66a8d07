/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua — the counter of a one-stop shop.  Without a command and on a terminal
 * it opens the counter; else it does one thing and ends. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/say.h"
#include "tui/command/command.h"
#include "tui/program.h"
#include "tui/sit.h"

static void print_help(FILE *out)
{
	fprintf(out, "%s\n\n", _("motcua — tiếp nhận và trả kết quả thủ tục hành chính tại một cửa"));
	fprintf(out, "    motcua [--practice] [--lang LANG] [--config FILE] [--counter CODE]\n"
	             "           [--user LOGIN] [COMMAND …]\n\n");
	fprintf(out, "%s\n\n", _("Không có lệnh: mở quầy trên màn hình này. Các lệnh:"));
	for (const struct command *at = commands; at->name; at++)
		command_usage(at, out);
	fprintf(out, "\n%s\n",
	        _("Mã thoát: 0 được, 1 không có hoặc không thật, 2 dữ liệu vào sai, 3 không có quyền,\n"
	          "4 mất kết nối, 5 máy in hay ổ đĩa, 64 sai cú pháp, 70 lỗi của chương trình."));
}

/* -1: go on; else the exit status. */
static int read_options(struct options *options, int argc, char **argv)
{
	static const struct option known[] = {
		{ "practice", no_argument, NULL, 'p' },   { "lang", required_argument, NULL, 'l' },
		{ "config", required_argument, NULL, 'c' },{ "counter", required_argument, NULL, 'q' },
		{ "user", required_argument, NULL, 'u' }, { "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },    { 0 },
	};
	struct error err = { 0 };
	for (int got; (got = getopt_long(argc, argv, "+hV", known, NULL)) != -1;) {
		switch (got) {
		case 'p': options->practice = true; break;
		case 'l': options->lang = optarg; break;
		case 'c': options->config = optarg; break;
		case 'q': options->counter = optarg; break;
		case 'u': options->login = optarg; break;
		case 'V': printf("motcua %s\n", MOTCUA_VERSION); return 0;
		case 'h':
			(void)say_language(options->lang, &err);
			print_help(stdout);
			return 0;
		default: print_help(stderr); return EXIT_USAGE;
		}
	}
	return -1;
}

static int failed(const struct error *err)
{
	fprintf(stderr, "%s\n%s\n", err->say, err->log);
	return exit_status(err);
}

static int no_terminal(void)
{
	fprintf(stderr, "%s\n\n", _("Quầy cần một màn hình (terminal). Ở đây có thể làm từng việc một:"));
	for (const struct command *at = commands; at->name; at++)
		command_usage(at, stderr);
	return EXIT_USAGE;
}

int main(int argc, char **argv)
{
	struct options options = { 0 };
	struct program program;
	struct error err = { 0 };
	int status = read_options(&options, argc, argv);
	if (status >= 0)
		return status;
	if (!say_language(options.lang, &err))
		fprintf(stderr, "%s\n", err.say);
	const struct command *command = optind < argc ? command_find(argv[optind]) : NULL;
	if (optind < argc && !command) {
		fprintf(stderr, _("Không có lệnh “%s”.\n"), argv[optind]);
		print_help(stderr);
		return EXIT_USAGE;
	}
	if (command && command_asks_help(argc - optind, argv + optind)) {
		command_help(command, stdout);
		return 0;
	}
	if (!command && (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)))
		return no_terminal();
	if (!program_open(&program, &options, &err)) {
		program_close(&program);
		return failed(&err);
	}
	status = command ? command->run(&program, argc - optind, argv + optind)
	                 : sit(&program, &sitting_counter);
	program_close(&program);
	return status;
}
