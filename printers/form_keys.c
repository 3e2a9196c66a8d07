/* SPDX-License-Identifier: Apache-2.0
 *
 * The keys papers may carry; printers/fields.h says what each means. */
#include <string.h>

#include "printers/form.h"

static const char *const plain_keys[] = {
	"practice", "copy", "number", "at", "unit.name", "unit.parent", "unit.organisation", "unit.office",
	"unit.place", "unit.phone", "lookup_url", "dossier.code", "procedure.code", "procedure.name",
	"procedure.result", "case.name", "field", "summary", "sets", "owner.kind", "owner.name",
	"owner.id_number", "owner.birth", "owner.sex", "owner.address", "owner.phone", "owner.email", "owner.representative",
	"submitter.name", "submitter.id_number", "submitter.birth", "submitter.sex", "submitter.address", "submitter.phone", "submitter.email",
	"mandate.kind", "mandate.number", "mandate.date", "limit.value", "limit.unit", "received_at",
	"due_at", "result_by", "return_to", "deciding.name", "returning.name", "coordinating", "channel",
	"book.name", "book.seq", "officer.name", "officer.title", "signer.name", "signer.title", "counter",
	"reason", "until", "contact.name", "contact.phone", "agency.name", "new_due_at", "requested_at",
	"stopped_at", "returned_at", "progress", "refund", "fee.total", "postage.total", "list_only", "payer.name", "payer.address",
	"paid_by", "paid_from", "paid_at", "receipt.series", "transfer.amount", "bank.bin", "bank.name", "bank.account",
	"bank.holder", "giver.unit", "giver.name", "giver.title", "giver.address", "giver.phone",
	"taker.unit", "taker.name", "taker.title", "taker.address", "taker.phone", "item_count",
	"post.way", "post.officer", "post.slip", "receiver.name", "receiver.id_number", "receiver.mandate", "receiver.post",
	"ticket.number", "ticket.counters", "ticket.field", "ticket.before", "ticket.priority",
	"period.from", "period.to", "outage_count", "difficulty_count", "more_count", "entered_at",
	"received_by", "revised_at", "old_due_at", "missing", "block.number", "block.count",
	"report.title", "report.basis", "report.unit", "report.rule", "report.side", "report.moment", "report.narrow",
	"report.chart", "report.dark", "report.light", "report.personal",
	"shift.opened", "shift.closed", "shift.taken", "shift.open", "shift.cash", "shift.back", "shift.expected", "shift.counted",
	"shift.over", "shift.short", "shift.reason", "shift.handed", "shift.left", "shift.transfers", "shift.receipts",
	"shift.receipt_count", "shift.note_count", "shift.moved_count", "shift.void_count", "shift.fix_count",
};
static const struct {
	const char *group, *keys[11];
} groups[] = {
	{ "component", { "name", "originals", "copies", "pages", "note", "action", "state", "lookup_where",
			 "lookup_at" } },
	{ "fee", { "name", "amount", "confirmed", "paid", "basis", "exempt_reason" } },
	{ "reason", { "text" } },
	{ "step", { "from", "to", "at", "giver", "taker", "outcome", "note" } },
	{ "entry", { "code", "procedure", "owner", "contact", "agency", "received", "due", "returned", "way",
		     "signed", "nth" } },
	{ "item", { "code", "owner", "procedure", "papers", "slip", "due", "complete", "note" } },
	{ "result", { "name", "number", "copies", "note" } },
	{ "returned", { "name", "note" } },
	{ "taken", { "name", "note" } },
	{ "outage", { "system", "what", "from", "to", "length", "dossiers", "cause" } },
	{ "difficulty", { "number", "at", "by", "about", "words", "error", "state", "note" } },
	{ "blank", { "code", "nth", "qr" } },
	{ "separator", { "name", "number", "qr" } },
	{ "section", { "head", "text" } },
	{ "column", { "head", "group", "number", "width", "right" } },
	{ "line", { "cells", "bold" } },
	{ "bar", { "name", "dark", "light", "text" } },
	{ "check", { "text", "good" } },
	{ "note", { "face", "count", "sum" } },
	{ "moved", { "at", "code", "amount" } },
	{ "void", { "number", "amount", "at", "reason" } },
	{ "fix", { "text" } },
};
enum { GROUPS = sizeof groups / sizeof *groups, KEYS = sizeof groups->keys / sizeof *groups->keys };

bool form_group_known(const char *group)
{
	for (size_t i = 0; i < GROUPS; i++)
		if (strcmp(groups[i].group, group) == 0)
			return true;
	return false;
}

static bool key_of_group(const char *group, const char *key)
{
	for (size_t i = 0; i < GROUPS; i++) {
		if (strcmp(groups[i].group, group) != 0)
			continue;
		for (size_t k = 0; k < KEYS && groups[i].keys[k]; k++)
			if (strcmp(groups[i].keys[k], key) == 0)
				return true;
	}
	return false;
}

bool form_key_known(const char *group, const char *key)
{
	if (key[0] == '.')
		return group && key_of_group(group, key + 1);
	for (size_t i = 0; i < sizeof plain_keys / sizeof *plain_keys; i++)
		if (strcmp(plain_keys[i], key) == 0)
			return true;
	return false;
}
