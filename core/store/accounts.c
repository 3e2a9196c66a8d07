/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/accounts.h"

#include <stdio.h>
#include <string.h>

/* ---- one's own ---- */

static void on_rights(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct rights_ask *mine = OWNER_OF(ask, struct rights_ask, ask);
	struct error unfit;
	struct my_right *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct my_right, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			rows[i] = (struct my_right){ .system = reply_text(reply, i, "system"),
				.state = right_read(reply_text(reply, i, "state")),
				.fields = reply_text(reply, i, "fields"),
				.procedures = reply_text(reply, i, "procedures"),
				.note = reply_text(reply, i, "note"),
				.checked_at = reply_moment(reply, i, "checked_at"),
				.others = reply_text(reply, i, "others"),
				.contact = reply_text(reply, i, "contact"),
				.contact_phone = reply_text(reply, i, "contact_phone"),
				.contact_is_me = reply_flag(reply, i, "contact_is_me"),
				.lacking = (int)reply_number(reply, i, "lacking", 0) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void rights_read(struct store *store, struct scope *scope, struct rights_ask *mine)
{
	mine->ask = (struct ask){ .done = on_rights, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.rights()", NULL, 0);
}

/* ---- the table ---- */

/* What every reply of this kind has. */
static void read_state(const struct reply *reply, int i, struct account_row *row)
{
	row->state = right_read(reply_text(reply, i, "state"));
	row->account = reply_text(reply, i, "account");
	row->fields = reply_text(reply, i, "fields");
	row->procedures = reply_text(reply, i, "procedures");
	row->note = reply_text(reply, i, "note");
}

static void read_who(const struct reply *reply, int i, struct account_row *row)
{
	row->login = reply_text(reply, i, "login");
	row->full_name = reply_text(reply, i, "full_name");
	row->title = reply_text(reply, i, "title");
	row->system = reply_text(reply, i, "system");
	row->system_name = reply_text(reply, i, "system_name");
	row->checked_at = reply_moment(reply, i, "checked_at");
}

static void read_source(const struct reply *reply, int i, struct account_row *row)
{
	row->by_system = strcmp(reply_text(reply, i, "source"), "system") == 0;
	row->by_name = reply_text(reply, i, "by_name");
}

static void read_table(const struct reply *reply, int i, struct account_row *row)
{
	read_who(reply, i, row);
	read_source(reply, i, row);
	row->family = reply_text(reply, i, "family");
	row->version = (int)reply_number(reply, i, "version", 0);
	row->checks = reply_flag(reply, i, "checks");
	row->asked_state = reply_text(reply, i, "asked_state");
	row->asked_at = reply_moment(reply, i, "asked_at");
	row->asked_note = reply_text(reply, i, "asked_note");
}

static void read_list(const struct reply *reply, int i, struct account_row *row)
{
	read_who(reply, i, row);
	row->phone = reply_text(reply, i, "phone");
	row->email = reply_text(reply, i, "email");
	row->id_number = reply_text(reply, i, "id_number");
}

static void read_event(const struct reply *reply, int i, struct account_row *row)
{
	read_source(reply, i, row);
	row->checked_at = reply_moment(reply, i, "at");
}

static void take(struct accounts_ask *mine, const struct reply *reply, const struct error *err,
                 void (*read)(const struct reply *, int, struct account_row *))
{
	struct error unfit;
	struct account_row *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct account_row, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++) {
			rows[i] = (struct account_row){ .login = "", .full_name = "", .title = "",
				.system = "", .system_name = "", .family = "", .by_name = "",
				.asked_state = "", .asked_note = "", .phone = "", .email = "",
				.id_number = "", .asked_at = MOMENT_NONE };
			read_state(reply, i, &rows[i]);
			read(reply, i, &rows[i]);
		}
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

static void on_table(struct ask *ask, const struct reply *reply, const struct error *err)
{
	take(OWNER_OF(ask, struct accounts_ask, ask), reply, err, read_table);
}

static void on_list(struct ask *ask, const struct reply *reply, const struct error *err)
{
	take(OWNER_OF(ask, struct accounts_ask, ask), reply, err, read_list);
}

static void on_history(struct ask *ask, const struct reply *reply, const struct error *err)
{
	take(OWNER_OF(ask, struct accounts_ask, ask), reply, err, read_event);
}

void accounts_read(struct store *store, struct scope *scope, struct accounts_ask *mine)
{
	mine->ask = (struct ask){ .done = on_table, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.accounts()", NULL, 0);
}

void accounts_list(struct store *store, struct scope *scope, struct accounts_ask *mine)
{
	mine->ask = (struct ask){ .done = on_list, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.account_list()", NULL, 0);
}

void account_history(struct store *store, struct scope *scope, struct accounts_ask *mine,
                     const char *login, const char *system)
{
	mine->ask = (struct ask){ .done = on_history, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.account_history($1, $2)",
	          (struct param[]){ PARAM_TEXT(login), PARAM_TEXT(system) }, 2);
}

/* ---- the clerks themselves ---- */

static void on_officers(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct officers_ask *mine = OWNER_OF(ask, struct officers_ask, ask);
	struct error unfit;
	struct officer_row *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct officer_row, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			rows[i] = (struct officer_row){ .login = reply_text(reply, i, "login"),
				.full_name = reply_text(reply, i, "full_name"),
				.title = reply_text(reply, i, "title"),
				.phone = reply_text(reply, i, "phone"),
				.email = reply_text(reply, i, "email"),
				.id_masked = reply_text(reply, i, "id_masked") };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void officers_read(struct store *store, struct scope *scope, struct officers_ask *mine)
{
	mine->ask = (struct ask){ .done = on_officers, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.officers()", NULL, 0);
}

/* ---- acts ---- */

static void on_act(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct account_act *mine = OWNER_OF(ask, struct account_act, ask);
	mine->done(mine, err ? "" : reply_text(reply, 0, "value"), err);
}

static void act(struct store *store, struct scope *scope, struct account_act *mine, const char *sql,
                const struct param *params, int count)
{
	mine->ask = (struct ask){ .done = on_act };
	store_ask(store, scope, &mine->ask, sql, params, count);
}

void account_set(struct store *store, struct scope *scope, struct account_act *mine,
                 const struct account_row *row)
{
	char version[16];
	snprintf(version, sizeof version, "%d", row->version);
	act(store, scope, mine, "select desk.account_set($1, $2, $3::int, $4, $5, $6, $7, $8) as value",
	    (struct param[]){ PARAM_TEXT(row->login), PARAM_TEXT(row->system), PARAM_TEXT(version),
	                      PARAM_TEXT(right_stored(row->state)), PARAM_TEXT(row->account),
	                      PARAM_TEXT(row->fields), PARAM_TEXT(row->procedures),
	                      PARAM_TEXT(row->note) }, 8);
}

void accounts_check(struct store *store, struct scope *scope, struct account_act *mine)
{
	act(store, scope, mine, "select desk.accounts_ask() as value", NULL, 0);
}

void officer_set(struct store *store, struct scope *scope, struct account_act *mine,
                 const char *login, const char *phone, const char *email, const char *id_number)
{
	act(store, scope, mine, "select '' as value from desk.officer_set($1, $2, $3, $4)",
	    (struct param[]){ PARAM_TEXT(login), PARAM_TEXT(phone), PARAM_TEXT(email),
	                      id_number ? PARAM_TEXT(id_number) : PARAM_NULL }, 4);
}

void officer_reveal(struct store *store, struct scope *scope, struct account_act *mine,
                    const char *login)
{
	act(store, scope, mine, "select desk.officer_id($1) as value",
	    (struct param[]){ PARAM_TEXT(login) }, 1);
}
