/* SPDX-License-Identifier: Apache-2.0
 *
 * The database, and what a counter reads from it. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/say.h"
#include "core/dossier/catalogue.h"
#include "tui/command/doctor.h"

static void version(struct doctor *doctor)
{
	struct reply reply;
	struct error err = { 0 };
	const char *name = _("Cơ sở dữ liệu");
	if (!store_ask_wait(doctor->clerk.store, &doctor->arena,
	                    "SELECT current_setting('server_version') AS version", NULL, 0, true, &reply,
	                    &err)) {
		doctor_find(doctor, "database", name, FINDING_BAD, _("Gọi người quản trị máy chủ."), "%s",
		            err.say);
		return;
	}
	doctor_find(doctor, "database", name, FINDING_GOOD, "", _("PostgreSQL %s, %s"),
	            reply_text(&reply, 0, "version"),
	            doctor->program->embedded ? _("của máy này") : _("máy chủ"));
}

void doctor_database(struct doctor *doctor)
{
	struct error err = { 0 };
	const char *name = _("Cơ sở dữ liệu");
	struct program *program = doctor->program;
	if (program->embedded && !cluster_running(&program->cluster)) {
		doctor_find(doctor, "database", name, FINDING_BAD, _("Mở quầy, hoặc chạy: motcua setup"), "%s",
		            _("chưa chạy"));
		return;
	}
	doctor->at_work = clerk_begin(&doctor->clerk, program, &doctor->call, false, &err);
	if (!doctor->at_work) {
		doctor_find(doctor, "database", name, FINDING_BAD,
		            err.fault == FAULT_DENIED ? _("Đăng nhập đúng: --user, --password-file.")
		                                      : _("Xem máy chủ và mạng."),
		            "%s", err.say);
		return;
	}
	version(doctor);
	doctor_find(doctor, "schema", _("Cấu trúc dữ liệu"), FINDING_GOOD, "", _("phiên bản %d, đơn vị %s%s"),
	            doctor->clerk.facts->schema_version, doctor->clerk.facts->unit_name,
	            doctor->clerk.facts->practice ? _(" (tập duyệt)") : "");
}

/* A receipt bears the database's time; the counter's due date must be of it. */
void doctor_clock(struct doctor *doctor)
{
	if (!doctor->at_work)
		return;
	int64_t drift = moment_now() - session_now(doctor->clerk.session);
	int64_t size = drift < 0 ? -drift : drift;
	const char *todo = _("Bật đồng bộ giờ (NTP) trên máy này.");
	doctor_find(doctor, "clock", _("Đồng hồ"),
	            size > 60  ? FINDING_BAD
	            : size > 2 ? FINDING_NOTE
	                       : FINDING_GOOD,
	            size > 2 ? todo : "", _("lệch %lld giây so với cơ sở dữ liệu"), (long long)drift);
}

struct tally {
	int offered, no_limit, no_fee;
};

static void count_procedure(const struct procedure *p, day_t today, struct tally *tally)
{
	struct arena arena = { 0 };
	if (!p->offered || !procedure_in_force(p, today))
		return;
	const struct limit *limit = catalogue_limit(p, 0, CHANNEL_COUNTER, today);
	struct fee_list fees = fee_list_new(&arena, p, 0, CHANNEL_COUNTER, today);
	tally->offered++;
	tally->no_limit += !limit || !limit->confirmed;
	tally->no_fee += !fee_total(&fees).complete;
	arena_free(&arena);
}

void doctor_catalogue(struct doctor *doctor)
{
	struct error err = { 0 };
	struct tally tally = { 0 };
	const char *name = _("Danh mục");
	if (!doctor->at_work)
		return;
	if (!clerk_catalogue(&doctor->clerk, &err)) {
		doctor_find(doctor, "catalogue", name, FINDING_BAD, _("Nạp lại: motcua setup"), "%s", err.say);
		return;
	}
	const struct catalogue *c = doctor->clerk.catalogue;
	day_t today = moment_day(session_now(doctor->clerk.session));
	for (size_t i = 0; i < c->count[CATALOGUE_PROCEDURES]; i++)
		count_procedure(&c->procedures[i], today, &tally);
	doctor_find(doctor, "catalogue", name, tally.offered ? FINDING_GOOD : FINDING_BAD,
	            tally.offered ? "" : _("Nạp danh mục: motcua import …"), _("%d thủ tục đang tiếp nhận"),
	            tally.offered);
	bool open = tally.no_limit || tally.no_fee;
	doctor_find(doctor, "unconfirmed", _("Chưa xác nhận"), open ? FINDING_NOTE : FINDING_GOOD,
	            open ? _("Người phụ trách xác nhận trong màn hình Danh mục.") : "",
	            _("thời hạn của %d thủ tục, mức thu của %d thủ tục"), tally.no_limit, tally.no_fee);
}

/* ---- this machine's key ---- */

struct keys {
	struct key_list list;
	bool done, good;
};

static void on_keys(struct keys_ask *ask, int64_t key_id, const struct key_list *list,
                    const struct error *err)
{
	struct keys *keys = ask->owner;
	(void)key_id;
	keys->done = true;
	keys->good = !err;
	if (list)
		keys->list = *list;
}

static int64_t registered(const struct key_list *list, const struct seal_key *key)
{
	for (int i = 0; i < list->count; i++)
		if (memcmp(list->keys[i].public, key->public, sizeof key->public) == 0)
			return list->keys[i].key_id;
	return 0;
}

static void look_at_key(struct doctor *doctor, const char *name)
{
	struct error err = { 0 };
	struct keys keys = { 0 };
	struct keys_ask ask = { .done = on_keys, .into = &doctor->arena, .owner = &keys };
	struct seal_key key;
	if (!seal_key_open(&key, doctor->program->paths.data, &err)) {
		doctor_find(doctor, "key", name, FINDING_BAD, _("Gọi người quản trị."), "%s", err.say);
		return;
	}
	keys_read(doctor->clerk.store, &doctor->clerk.scope, &ask);
	clerk_wait(&doctor->clerk, &keys.done);
	int64_t id = registered(&keys.list, &key);
	seal_key_wipe(&key);
	if (id)
		doctor_find(doctor, "key", name, FINDING_GOOD, "", _("đã đăng ký, số %lld"), (long long)id);
	else
		doctor_find(doctor, "key", name, FINDING_NOTE, _("Đăng nhập ở quầy một lần."), "%s",
		            _("chưa đăng ký với cơ sở dữ liệu"));
}

void doctor_key(struct doctor *doctor)
{
	const char *name = _("Khoá ký của máy");
	if (!doctor->at_work)
		return;
	/* Opening makes one where there is none; looking must not. */
	if (access(path_join(&doctor->arena, doctor->program->paths.data, "counter.key"), F_OK) == 0)
		look_at_key(doctor, name);
	else
		doctor_find(doctor, "key", name, FINDING_NOTE, _("Đăng nhập ở quầy một lần."), "%s",
		            _("chưa có"));
}

static const struct {
	const char *health, *say;
	enum finding_state state;
} healths[] = {
	{ "ok", N_("trả lời tốt"), FINDING_GOOD },
	{ "slow", N_("trả lời chậm"), FINDING_NOTE },
	{ "unknown", N_("chưa gửi lần nào"), FINDING_NOTE },
	{ "down", N_("không trả lời"), FINDING_BAD },
};

void doctor_systems(struct doctor *doctor)
{
	const struct catalogue *c = doctor->clerk.catalogue;
	const size_t last = sizeof healths / sizeof healths[0] - 1;
	for (size_t i = 0; c && i < c->count[CATALOGUE_SYSTEMS]; i++) {
		const struct system *s = &c->systems[i];
		size_t h = 0;
		while (h < last && strcmp(healths[h].health, s->health) != 0)
			h++;
		doctor_find(doctor, arena_format(&doctor->arena, "system.%s", s->code), s->name, healths[h].state,
		            healths[h].state == FINDING_BAD
		                    ? _("Hồ sơ vẫn giữ ở đây và tự gửi lại; báo đơn vị vận hành.")
		                    : "",
		            "%s", _(healths[h].say));
	}
}
