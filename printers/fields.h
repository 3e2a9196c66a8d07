/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/fields.h — What stands on a paper, as ordered keys and values.
 *
 * The database keeps this text beside every paper that was issued, so that a
 * copy printed years later says what the first one said.  One line a field:
 *
 *     key<TAB>value<LF>          \n \t \\ inside the value are escaped
 *
 * A key is small ASCII: letters, digits, '_' and dots, at most 64 bytes.
 * Repeated groups count from 1 without a gap: "component.1.name".  A key that
 * comes twice, a broken escape or invalid UTF-8 is an error; other control
 * characters are dropped: the text may come from anywhere.  Values are NFC.
 *
 * Keys of the papers (all optional unless the form says otherwise; "1" is yes):
 *   practice                     1: printed "TẬP DUYỆT"
 *   number  at                   "12/PBS-TTPVHCC"; ISO moment of issue
 *   unit.name unit.parent        "xã Núi Cấm", "tỉnh An Giang"
 *   unit.organisation            "Ủy ban nhân dân xã Núi Cấm"; default from unit.name
 *   unit.office                  "Trung tâm Phục vụ hành chính công …"; likewise
 *   unit.place                   place before the date; default: the unit's bare name
 *   unit.phone lookup_url        hotline; page where the citizen looks up
 *   dossier.code procedure.code procedure.name case.name summary sets
 *   owner.kind                   person|organisation
 *   owner.name .id_number .address .phone .email .representative
 *   owner.birth owner.sex        applications only: ISO day; nam|nữ
 *   submitter.name …             the same keys, when somebody else files
 *   mandate.kind .number .date   the paper that lets the submitter act (ISO day)
 *   component.N.name .originals .copies .pages .note
 *   component.N.action           submit|show|compare|lookup
 *   component.N.state            ok|missing|failed|not_needed
 *   component.N.lookup_where .lookup_at
 *   fee.N.name .amount           whole đồng
 *   fee.N.confirmed .paid        1|0; cash|transfer|later|none
 *   fee.N.basis .exempt_reason
 *   limit.value limit.unit       as in the catalogue: working_day|day|hour|…|none
 *   received_at due_at           ISO moments; no due_at: no appointment by law
 *   result_by return_to          counter|post|online; address for the post
 *   deciding.name returning.name another agency that decides; that hands over
 *   channel                      1 at the counter, 2 online, 3 post
 *   book.name book.seq           the register, if one is kept on paper
 *   officer.name officer.title counter
 *   signer.name signer.title     who signs for the agency, when it is not the officer
 *   procedure.result field       what the citizen gets; the field (lĩnh vực) of a book
 *   reason.N.text                supplement: what to add; refusal: why
 *   reason                       supplement: the common reason ("Lý do")
 *   until                        ISO day until which a supplement is awaited
 *   contact.name contact.phone   whom to ask while completing the dossier
 *   entered_at received_by       ISO moment a dossier taken in by hand came into the books; by whom
 *   block.number block.count     sheets printed beforehand: which block, how many
 *   agency.name new_due_at       apology: the agency that is late; ISO day it promises
 *   requested_at stopped_at progress refund
 *                                stop: ISO days, how far it had come, money given back
 *   coordinating                 control sheet: agencies that help
 *   step.N.from .to .at .giver .taker .note   a hand-over on the way; ISO moment
 *   step.N.outcome               early|on_time|late
 *   entry.N.code .procedure .owner .contact .agency .received .due .returned .way .signed
 *                                a line of the book (form 07); ISO moments
 *   giver.unit .name .title .address .phone   who hands over; taker.* who takes
 *   item_count item.N.code .owner .procedure .papers .slip .due .complete .note
 *                                dossiers handed over; slip: number of the post's slip; complete: 1
 *   post.way post.officer        in|out; the postman
 *   post.slip                    the post's own number of a parcel
 *   returned_at                  ISO moment of the result's hand-over; none yet: dotted
 *   result.N.name .number .copies .note       what was handed over
 *   returned.N.name .note taken.N.name .note  papers given back; papers drawn in
 *   receiver.name .id_number .mandate .post   who took it; post: number and day of the post's slip
 *   fee.total paid_by paid_at    a receipt's sum; cash|transfer; ISO moment the money was received
 *   paid_from                    sums received at several times: the first; paid_at is the last
 *   payer.name payer.address receipt.series
 *   transfer.amount              whole đồng still to be paid; with bank.* a VietQR
 *   bank.bin bank.name bank.account bank.holder
 *   ticket.number .counters .field .before .priority   a queue ticket; before: how many wait; 1
 *   period.from period.to        ISO days of a report, both counted
 *   outage_count difficulty_count more_count
 *   outage.N.system .what .from .to .length .dossiers .cause
 *   difficulty.N.number .at .by .about .words .error .state .note
 *   separator.N.name .number .qr a paper of the checklist, its row, what core/scan/mark.h reads
 *   section.N.head .text         guidance on a procedure; text of several lines
 *   blank.N.code .nth .qr        one of them: its code, which of the block, its signed QR text
 *   report.title .basis .unit .rule .side .moment .narrow .personal
 *                                a report: what it counts and how, of which side, when counted; lĩnh vực; 1
 *   report.chart .dark .light    what its bars show, and their two shades
 *   column.N.head .group .number .width .right   of a grid: widths in proportion; 1
 *   line.N.cells .bold           a line of it: its cells, divided by \n; 1
 *   bar.N.name .dark .light .text   two shares of 100, and the figures in words
 *   check.N.text .good           "3 = 4 + 5 + 6"; 1
 *   shift.opened .closed .taken  a drawer's shift: ISO moments, taken by the second clerk
 *   shift.open .cash .back .expected .counted .over .short .handed .left .transfers
 *                                whole đồng: at the beginning, taken in, given back … over or short with
 *   shift.reason                 … its reason
 *   shift.receipts .receipt_count   "01–14, 16"; how many
 *   shift.note_count note.N.face .count .sum     notes counted; whole đồng
 *   shift.moved_count moved.N.at .code .amount   transfers; ISO moment; the last, without one: of all that are not named
 *   shift.void_count void.N.number .amount .at .reason   receipts cancelled
 *   shift.fix_count fix.N.text   payments put right or given back, in words */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "core/base/arena.h"
#include "core/base/bytes.h"
#include "core/base/error.h"

#define FIELDS_MOST      8192
#define FIELDS_SIZE_MOST (1u << 20)

struct field_line {
	const char *key, *value;
	struct field_line *next;
};
struct fields {
	struct field_line *first, *last;
	int count;
};

/* Foreign text to fields; everything kept belongs to the arena.
 * FAULT_INPUT with the line number in the cause. */
bool fields_parse(struct arena *, const char *text, size_t size, struct fields *,
                  struct error *);
/* Appends the text form. */
void fields_write(const struct fields *, struct bytes *);
/* NULL when absent. */
const char *fields_get(const struct fields *, const char *key);
/* Replaces the value or appends the field; NULL is written as "".  Values of
 * our own program: not checked again here, fields_parse checks at the far end. */
void fields_set(struct arena *, struct fields *, const char *key, const char *value);
void fields_format(struct arena *, struct fields *, const char *key, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* How many "group.N.…" there are, counted from 1 until the first gap. */
int fields_group(const struct fields *, const char *group);
