/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/check.h"

#include <string.h>
#include <unistd.h>

#include "core/base/detach.h"
#include "core/base/loop.h"
#include "core/base/say.h"
#include "core/courier/connector.h"
#include "core/courier/profiles.h"
#include "core/courier/secrets.h"
#include "core/store/cluster.h"
#include "core/store/store.h"

static bool line(FILE *out, bool good, const char *what, const char *detail)
{
	fprintf(out, "%s %s: %s\n", good ? "●" : "!", what, detail);
	return good;
}

static bool has_secret(const struct config *config, const char *system)
{
	json_t *all = secrets_of(config, system);
	bool has = json_object_size(all) > 0;
	json_decref(all);
	return has;
}

/* What this system lacks before a dossier can go there; NULL: nothing. */
static const char *lack(const struct options *options, const json_t *data, const char *code,
                        const struct config *secrets)
{
	const char *family = json_string_value(json_object_get(data, "family"));
	const char *base = json_string_value(json_object_get(data, "base_url"));
	if (!data)
		return _("chưa có hồ sơ kết nối");
	if (json_is_false(json_object_get(data, "enabled")))
		return _("tắt: chưa được cấp tài khoản");
	if (family && strcmp(family, "manual") == 0)
		return NULL; /* a hand types there */
	if (!family || !connector_find(family))
		return _("chưa có bộ kết nối cho kiểu hệ thống này");
	if (!json_is_true(json_object_get(data, "practice")) && !has_secret(secrets, code))
		return _("thiếu mật khẩu trong tệp courier.secrets");
	if (base && strstr(base, "{practice}") && access(options->port_file, R_OK) != 0)
		return _("hệ thống tập duyệt chưa chạy");
	return NULL;
}

static const char *health_words(const char *state)
{
	static const struct {
		const char *state, *words;
	} known[] = {
		{ "ok", N_("thông") },
		{ "slow", N_("chậm") },
		{ "down", N_("không liên lạc được") },
		{ "suspended", N_("tài khoản bị từ chối, cần xem lại") },
		{ "unconnected", N_("chưa nối") },
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(known[i].state, state) == 0)
			return _(known[i].words);
	return _("chưa gửi gì");
}

static bool check_systems(const struct options *options, const struct reply *systems,
                          const char *path, FILE *out)
{
	struct error err = { 0 };
	struct config secrets = { 0 };
	json_t *profiles = profiles_read(path, &err);
	if (!profiles)
		return line(out, false, _("Hồ sơ kết nối"), err.say);
	bool good = secrets_read(&secrets, options->secrets, &err) ||
	            line(out, false, _("Mật khẩu kết nối"), err.say);
	int usable = 0;
	for (int row = 0; row < systems->rows; row++) {
		const char *code = reply_text(systems, row, "code");
		const char *why = lack(options, json_object_get(profiles, code), code, &secrets);
		line(out, !why, reply_text(systems, row, "name"),
		     why ? why : health_words(reply_text(systems, row, "health")));
		usable += !why;
	}
	config_free(&secrets);
	json_decref(profiles);
	return good && usable > 0;
}

bool check_run(const struct options *options, struct arena *arena, FILE *out)
{
	struct error err = { 0 };
	struct loop loop;
	struct cluster cluster;
	struct reply systems;
	const char *server = options->server;
	loop_init(&loop);
	if (!server && !cluster_find(&cluster, &options->paths, arena, &err))
		return line(out, false, _("Cơ sở dữ liệu"), err.say);
	struct store_settings settings = { .server = server ? server : cluster.server,
		                           .user = options->user,
		                           .program = "motcua-courier" };
	struct store *store = store_open(&loop, &settings, &err);
	bool good = store && store_wait(store, 5000, &err) &&
	            store_ask_wait(store, arena,
	                           "SELECT code, name, health, wire.practice() AS practice "
	                           "FROM wire.systems()", NULL, 0, true,
	                           &systems, &err);
	line(out, good, _("Cơ sở dữ liệu"), good ? _("kết nối được") : err.say);
	pid_t holder = detach_holder(options->lock);
	line(out, holder > 0, _("Chuyển tin"), holder > 0 ? _("đang chạy") : _("chưa chạy"));
	if (good) {
		bool practice = systems.rows > 0 && reply_flag(&systems, 0, "practice");
		good = check_systems(options, &systems, options_profiles(options, practice, arena),
		                     out);
	}
	store_close(store);
	return good;
}
