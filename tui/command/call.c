/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands after a command's name: one table of options for all of them. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/command/command.h"

/*      letter  option           argument           */
#define OPTIONS(X)                                    \
	X('j', "json",           no_argument)         \
	X('n', "dry-run",        no_argument)         \
	X('o', "out",            required_argument)   \
	X('p', "printer",        required_argument)   \
	X('f', "form",           required_argument)   \
	X('b', "by",             required_argument)   \
	X('m', "most",           required_argument)   \
	X('S', "save",           required_argument)   \
	X('F', "from",           required_argument)   \
	X('T', "to",             required_argument)   \
	X('R', "period",         required_argument)   \
	X('D', "deciding",       no_argument)         \
	X('L', "field",          required_argument)   \
	X('N', "personal",       required_argument)   \
	X('K', "keep",           required_argument)   \
	X('V', "verify",         no_argument)         \
	X('c', "check",          required_argument)   \
	X('v', "preview",        required_argument)   \
	X('d', "fields",         required_argument)   \
	X('l', "list",           no_argument)         \
	X('t', "test",           no_argument)         \
	X('r', "province",       no_argument)         \
	X('O', "original",       no_argument)         \
	X('k', "key",            required_argument)   \
	X('P', "pin-file",       required_argument)   \
	X('u', "user",           required_argument)   \
	X('w', "password-file",  required_argument)   \
	X('q', "counter",        required_argument)

static const struct option known[] = {
#define X(letter, word, argument) { word, argument, NULL, letter },
	OPTIONS(X)
#undef X
	{ 0 },
};

/* Who works as a clerk, and so is told who. */
static const char *const as_clerk[] = { "receive", "search", "print", "result", "guide", "report", "blanks", "doctor", NULL };

static bool works_as_clerk(const char *name)
{
	for (int i = 0; as_clerk[i]; i++)
		if (strcmp(as_clerk[i], name) == 0)
			return true;
	return false;
}

/* An option belongs to a command when its usage names it. */
static bool takes(const struct command *command, int letter)
{
	if (letter == 'u' || letter == 'w' || letter == 'q')
		return works_as_clerk(command->name);
	for (const struct option *at = known; at->name; at++) {
		char word[40];
		if (at->val != letter)
			continue;
		snprintf(word, sizeof word, "[--%s", at->name);
		return strstr(command->usage, word) != NULL;
	}
	return false;
}

static bool read_number(const char *text, int *out)
{
	char *end;
	long value = strtol(text, &end, 10);
	*out = (int)value;
	return *text && !*end && value >= 1 && value <= 500;
}

static bool read_day(const char *text, day_t *out)
{
	*out = day_read(text);
	if (*out == DAY_NONE)
		*out = day_read_iso(text);
	return *out != DAY_NONE;
}

static bool take(struct call *call, int letter)
{
	switch (letter) {
	case 'j': call->json = true; return true;
	case 'n': call->dry = true; return true;
	case 'o': call->out = optarg; return *optarg;
	case 'p': call->printer = optarg; return *optarg;
	case 'f': call->form = optarg; return *optarg;
	case 'b': call->by = optarg; return *optarg;
	case 'S': call->save = optarg; return *optarg;
	case 'F': return read_day(optarg, &call->from);
	case 'T': return read_day(optarg, &call->to);
	case 'm': return read_number(optarg, &call->most);
	case 'O': return call->original = true;
	case 'k': call->key = optarg; return *optarg;
	case 'P': call->pin_file = optarg; return *optarg;
	case 'R': call->period = optarg; return *optarg;
	case 'D': return call->deciding = true;
	case 'L': call->field = optarg; return *optarg;
	case 'N': call->personal = optarg; return *optarg;
	case 'K': return read_number(optarg, &call->keep);
	case 'V': return call->verify = true;
	case 'c': call->check = optarg; return *optarg;
	case 'v': call->preview = optarg; return *optarg;
	case 'l': call->list = true; return true;
	case 't': call->test = true; return true;
	case 'r': call->province = true; return true;
	case 'd': call->fields = optarg; return *optarg;
	case 'u': call->user = optarg; return *optarg;
	case 'w': call->password_file = optarg; return *optarg;
	default: call->counter = optarg; return *optarg;
	}
}

bool command_read(struct call *call, int argc, char **argv, int least, int most)
{
	const struct command *command = command_find(argv[0]);
	bool good = true;
	*call = (struct call){ .from = DAY_NONE, .to = DAY_NONE };
	optind = 0; /* getopt starts anew, with this command's own arguments */
	for (int letter; (letter = getopt_long(argc, argv, "", known, NULL)) != -1;)
		good &= letter != '?' && takes(command, letter) && take(call, letter);
	call->words = argv + optind;
	call->count = argc - optind;
	good &= call->count >= least && (!most || call->count <= (most < 0 ? 0 : most));
	if (!good)
		command_help(command, stderr);
	return good;
}

bool command_asks_help(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0)
			return true;
	return false;
}

void command_help(const struct command *command, FILE *out)
{
	command_usage(command, out);
	fprintf(out, "\n%s\n", _("    --json                in một giá trị JSON thay cho lời"));
	if (works_as_clerk(command->name))
		fprintf(out, "%s\n",
		        _("    --user LOGIN          làm việc với tài khoản này; mật khẩu trong biến\n"
		          "                          MOTCUA_PASSWORD hoặc --password-file\n"
		          "    --password-file FILE  dòng đầu của tệp (quyền 0600) hoặc của /dev/fd/N\n"
		          "    --counter CODE        quầy, nếu máy này chưa chọn quầy nào"));
	fprintf(out, "\n%s\n",
	        _("Mã thoát: 0 được, 1 không có hoặc không thật, 2 dữ liệu vào sai, 3 không có quyền,\n"
	          "4 mất kết nối, 5 máy in hay ổ đĩa, 64 sai cú pháp, 70 lỗi của chương trình."));
}
