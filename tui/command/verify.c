/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua verify — the QR of a receipt, judged without a network by the keys that
 * this machine learnt at its last log-in. */
#include <string.h>

#include "core/base/say.h"
#include "printers/receipt_qr.h"
#include "tui/command/clerk.h"

#define QR_MOST 8192 /* a QR holds less */

static const char *const verdicts[] = { "genuine", "not-a-receipt", "unknown-key", "forged", "key-date" };

static bool take_text(struct arena *arena, const char *word, const char **text, size_t *size,
                      struct error *err)
{
	char *read;
	*text = word;
	*size = strlen(word);
	if (strcmp(word, "-") != 0)
		return *size <= QR_MOST || fail(err, FAULT_INPUT, "%s", _("Chữ dài hơn mọi mã QR."));
	if (!command_take(arena, word, QR_MOST, &read, size, err))
		return false;
	*text = read;
	return true;
}

static int answer(const struct call *call, const struct receipt_result *result, bool genuine)
{
	char day[16] = "";
	if (result->day != DAY_NONE)
		day_write_iso(result->day, day, sizeof day);
	if (call->json)
		command_json(json_pack("{s:b, s:s, s:s, s:s, s:I, s:s}", "genuine", genuine, "verdict",
		                       verdicts[result->verdict], "say", result->say, "code",
		                       result->parts.code, "key_id", (json_int_t)result->key_id,
		                       "day", day));
	else
		fprintf(genuine ? stdout : stderr, "%s\n", result->say);
	return genuine ? 0 : EXIT_NO;
}

int command_verify(struct program *program, int argc, char **argv)
{
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct key_list keys = { 0 };
	struct receipt_result result;
	struct call call;
	const char *text;
	size_t size;
	if (!command_read(&call, argc, argv, 1, 1))
		return EXIT_USAGE;
	int status;
	if (take_text(&arena, call.words[0], &text, &size, &err) &&
	    keys_load(&keys, &arena, clerk_keys_file(program, &arena), &err)) {
		bool genuine = receipt_verify(&arena, text, size, &keys, &result);
		status = answer(&call, &result, genuine);
	} else {
		status = command_failed(&err);
	}
	arena_free(&arena);
	return status;
}
