/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/dossier_read.h"

#include <stdio.h>

#define TEXT(name)   .name = reply_text(reply, row, #name)
#define NUMBER(name) .name = (int)reply_number(reply, row, #name, 0)
#define ID(name)     .name = reply_number(reply, row, #name, 0)
#define FLAG(name)   .name = reply_flag(reply, row, #name)
#define MOMENT(name) .name = reply_moment(reply, row, #name)
#define DAY(name)    .name = reply_day(reply, row, #name)

static void read_person(const struct reply *reply, int row, void *out)
{
	*(struct dossier_person *)out = (struct dossier_person){ TEXT(role), TEXT(kind), TEXT(name),
		TEXT(id_masked), TEXT(id_kind), TEXT(sex), TEXT(phone_masked), TEXT(address),
		TEXT(representative), DAY(birth) };
}

static void read_component(const struct reply *reply, int row, void *out)
{
	*(struct dossier_component *)out = (struct dossier_component){ NUMBER(seq), TEXT(name),
		TEXT(action), TEXT(state), TEXT(reason), TEXT(basis), TEXT(lookup_where),
		NUMBER(originals), NUMBER(copies), NUMBER(pages), FLAG(required),
		MOMENT(lookup_at) };
}

static void read_fee(const struct reply *reply, int row, void *out)
{
	*(struct dossier_fee *)out = (struct dossier_fee){ NUMBER(seq), TEXT(name), TEXT(basis),
		TEXT(exempt_reason), TEXT(paid), TEXT(receipt), ID(amount), FLAG(confirmed), MOMENT(paid_at) };
}

static void read_event(const struct reply *reply, int row, void *out)
{
	*(struct dossier_event *)out = (struct dossier_event){ MOMENT(at), NUMBER(from_status),
		NUMBER(to_status), TEXT(act), TEXT(by_name), TEXT(note), TEXT(form) };
}

static void read_travel(const struct reply *reply, int row, void *out)
{
	*(struct dossier_travel *)out = (struct dossier_travel){ TEXT(system), TEXT(system_name),
		TEXT(state), TEXT(foreign_code), TEXT(note), MOMENT(changed_at), MOMENT(next_at),
		NUMBER(attempts) };
}

static void read_paper(const struct reply *reply, int row, void *out)
{
	*(struct dossier_paper *)out = (struct dossier_paper){ ID(paper_id), TEXT(form),
		TEXT(number), TEXT(by_name), MOMENT(made_at), NUMBER(copies_printed) };
}

static void read_due(const struct reply *reply, int row, void *out)
{
	*(struct dossier_due *)out = (struct dossier_due){ MOMENT(at), MOMENT(old_due),
		MOMENT(new_due), TEXT(cause), TEXT(by_name), TEXT(line) };
}

static void read_file(const struct reply *reply, int row, void *out)
{
	*(struct dossier_file *)out = (struct dossier_file){ NUMBER(seq), ID(file_id), ID(size), TEXT(name),
		TEXT(media_type), TEXT(found), NUMBER(pages), FLAG(reused) };
}

static void read_told(const struct reply *reply, int row, void *out)
{
	*(struct dossier_part *)out = (struct dossier_part){ TEXT(kind), TEXT(system), TEXT(system_name),
		TEXT(said), TEXT(name), TEXT(result_code), TEXT(link), TEXT(file_name), TEXT(note),
		ID(part_id), ID(amount), ID(file_id), ID(file_size), MOMENT(at), MOMENT(until),
		MOMENT(new_due), MOMENT(acked_at), MOMENT(answered_at), FLAG(settled) };
}

static void read_head(const struct reply *reply, int row, struct dossier_full *out)
{
	*out = (struct dossier_full){ ID(dossier_id), TEXT(code), TEXT(foreign_code),
		TEXT(procedure_code), TEXT(procedure_name), TEXT(summary), TEXT(note),
		TEXT(case_name), TEXT(field), TEXT(return_to), TEXT(owner_name), TEXT(result_by), TEXT(counter), TEXT(received_by),
		TEXT(unit_name), NUMBER(status), NUMBER(channel), NUMBER(sets), NUMBER(version),
		MOMENT(received_at), MOMENT(due_at), MOMENT(finished_at), TEXT(route_system),
		TEXT(route_basis), TEXT(limit_value), TEXT(limit_unit) };
}

/* ---- the lists ---- */

/*      SQL function          reader          type                members */
#define LISTS(X)                                                                            \
	X("dossier_people",     read_person,    dossier_person,     people, person_count)    \
	X("dossier_components", read_component, dossier_component,  components, component_count) \
	X("dossier_fees",       read_fee,       dossier_fee,        fees, fee_count)         \
	X("dossier_events",     read_event,     dossier_event,      events, event_count)     \
	X("dossier_travel",     read_travel,    dossier_travel,     travel, travel_count)    \
	X("dossier_papers",     read_paper,     dossier_paper,      papers, paper_count)     \
	X("dossier_due",        read_due,       dossier_due,        due, due_count)          \
	X("dossier_parts",      read_told,      dossier_part,       told, told_count)        \
	X("dossier_files",      read_file,      dossier_file,       files, file_count)

enum part {
	PART_HEAD,
#define X(function, reader, type, member, count) PART_##member,
	LISTS(X)
#undef X
	PART_COUNT
};
_Static_assert(PART_COUNT == sizeof(((struct dossier_ask *)0)->parts) / sizeof(struct ask), "parts");

static const char *const SQL[PART_COUNT] = {
	"select * from desk.dossier($1::bigint)",
#define X(function, reader, type, member, count) "select * from desk." function "($1::bigint)",
	LISTS(X)
#undef X
};

static void *read_rows(const struct reply *reply, struct arena *arena, size_t size,
                       void (*read)(const struct reply *, int, void *))
{
	char *rows = arena_take(arena, size * ((size_t)reply->rows + 1));
	for (int i = 0; i < reply->rows; i++)
		read(reply, i, rows + size * (size_t)i);
	return rows;
}

/* The head's answer comes first: it fills the whole structure. */
static void read_part(struct dossier_ask *mine, enum part part, const struct reply *reply)
{
	struct dossier_full *full = &mine->full;
	switch (part) {
	case PART_HEAD: read_head(reply, 0, full); break;
#define X(function, reader, type, member, count)                                        \
	case PART_##member:                                                             \
		full->member = read_rows(reply, mine->into, sizeof(struct type), reader); \
		full->count = reply->rows;                                              \
		break;
		LISTS(X)
#undef X
	case PART_COUNT: break;
	}
}

/* All parts are waited for: an ask must not be given back while it is out. */
static void on_part(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct dossier_ask *mine = ask->owner;
	struct error unfit;
	if (!err && mine->err.fault == FAULT_NONE) {
		read_part(mine, (enum part)(ask - mine->parts), reply);
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	if (err && mine->err.fault == FAULT_NONE)
		mine->err = *err;
	if (--mine->left)
		return;
	bool good = mine->err.fault == FAULT_NONE;
	mine->done(mine, good ? &mine->full : NULL, good ? NULL : &mine->err);
}

void dossier_read(struct store *store, struct scope *scope, struct dossier_ask *mine,
                  int64_t dossier_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->left = PART_COUNT;
	mine->err = (struct error){ 0 };
	for (int i = 0; i < PART_COUNT; i++) {
		mine->parts[i] = (struct ask){ .done = on_part, .repeat = true, .into = mine->into,
			.owner = mine };
		store_ask(store, scope, &mine->parts[i], SQL[i], (struct param[]){ PARAM_TEXT(id) },
		          1);
	}
}

/* ---- one value in clear ---- */

static void on_revealed(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct reveal_ask *mine = OWNER_OF(ask, struct reveal_ask, ask);
	struct error unfit;
	const char *value = err ? NULL : reply_text(reply, 0, "value");
	if (!err && !reply_whole(reply, &unfit))
		err = &unfit;
	mine->done(mine, err ? NULL : value, err);
}

void dossier_reveal(struct store *store, struct scope *scope, struct reveal_ask *mine,
                    int64_t dossier_id, const char *what)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->ask = (struct ask){ .done = on_revealed, .repeat = true };
	store_ask(store, scope, &mine->ask, "select desk.reveal($1::bigint, $2) as value",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(what) }, 2);
}
