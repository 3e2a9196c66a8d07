/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua blanks — what became of the receipts printed beforehand: every block, every sheet. */
#include "core/base/say.h"
#include "tui/blanks.h"
#include "tui/command/clerk.h"

#define MOST 500

struct accounting {
	struct call call;
	struct clerk clerk;
	struct blanks_ask ask;
	bool done, good;
	struct error err;
};

static void on_read(struct blanks_ask *ask, const struct error *err)
{
	struct accounting *a = ask->owner;
	a->done = true;
	a->good = !err;
	if (err)
		a->err = *err;
}

static bool read_blocks(struct accounting *a)
{
	a->ask = (struct blanks_ask){ .done = on_read, .into = &a->clerk.arena, .owner = a };
	blanks_blocks(a->clerk.store, &a->clerk.scope, &a->ask, a->call.most ? a->call.most : MOST);
	clerk_wait(&a->clerk, &a->done);
	return a->good;
}

static json_t *block_of(const struct blank_block *b)
{
	return json_pack("{s:I, s:s, s:s, s:s, s:i, s:i, s:i, s:i, s:i, s:s, s:o, s:s, s:o, s:s, s:s, s:i}", "block",
	                 (json_int_t)b->block_id, "counter", b->counter, "first_code", b->first_code, "last_code",
	                 b->last_code, "sheets", b->count, "free", b->free, "used", b->used, "void", b->spoilt,
	                 "missing", b->missing, "made_by", b->made_by, "made_at", command_moment(b->made_at),
	                 "reason", b->reason, "printed_at", command_moment(b->printed_at), "printed_by",
	                 b->printed_by, "printer", b->printer, "copies", b->copies);
}

static int answer(const struct accounting *a)
{
	if (a->call.json) {
		json_t *list = json_array();
		for (int i = 0; i < a->ask.count; i++)
			json_array_append_new(list, block_of(&a->ask.blocks[i]));
		command_json(list);
		return 0;
	}
	struct bytes text = { 0 };
	blanks_report(a->ask.blocks, a->ask.count, &text);
	fputs(bytes_string(&text), stdout);
	bytes_free(&text);
	return 0;
}

int command_blanks(struct program *program, int argc, char **argv)
{
	struct accounting a = { 0 };
	if (!command_read(&a.call, argc, argv, 0, -1))
		return EXIT_USAGE;
	bool good = clerk_begin(&a.clerk, program, &a.call, false, &a.err) && read_blocks(&a);
	int status = good ? answer(&a) : command_failed(&a.err);
	clerk_end(&a.clerk);
	return status;
}
