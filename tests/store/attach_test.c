/* SPDX-License-Identifier: Apache-2.0
 *
 * Files, keys and confirmations, on the real schema. */
#include "tests/store/counter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/store/admin.h"
#include "core/store/files.h"
#include "core/store/keys.h"

/* What any of the callbacks below heard. */
static struct {
	int done;
	struct error err;
	int64_t id;
} got;

static void note(const struct error *err)
{
	got.done++;
	got.err = err ? *err : (struct error){ 0 };
}

static void wait_for(struct counter *counter)
{
	turn(counter, &got.done, 1);
	got.done = 0;
}

static void good(void)
{
	if (got.err.fault)
		print_error("%s | %s\n", got.err.say, got.err.log);
	assert_int_equal(got.err.fault, FAULT_NONE);
}

/* ---- files ---- */

static int pieces;

static void on_file(struct file_ask *ask, int64_t file_id, const struct error *err)
{
	(void)ask;
	got.id = file_id;
	note(err);
}

static void on_progress(struct file_ask *ask, int64_t sent, int64_t size)
{
	(void)ask;
	assert_true(sent <= size);
	pieces++;
}

static void a_file_arrives_whole(void **state)
{
	(void)state;
	struct counter man;
	char path[] = "/tmp/mcfile.XXXXXX", block[1000];
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	for (int i = 0; i < 600; i++) {
		memset(block, i, sizeof block);
		assert_int_equal(write(fd, block, sizeof block), sizeof block);
	}
	log_in(&man, "man", PASSWORD, "Q1");
	struct store *store = session_store(man.session);
	struct file_ask ask = { .done = on_file, .progress = on_progress };
	file_attach(store, &man.scope, &ask, "tờ khai.pdf", "application/pdf", fd);
	wait_for(&man);
	good();
	assert_int_equal(pieces, 3);
	assert_true(got.id > 0);
	int64_t files[] = { got.id };
	struct intake intake = sample(&man, "Vũ Thị Oanh", "001199000099");
	struct intake_component papers[] = { intake.components[0] };
	struct accepted accepted;
	papers[0].files = files;
	papers[0].file_count = 1;
	intake.components = papers;
	accept_one(&man, &accepted, &intake);
	assert_int_equal(accepted.err.fault, FAULT_NONE); /* the referee found it whole */
	intake_clear(&accepted.ask);
	/* A file that shrinks on the way fails and is never whole. */
	file_attach(store, &man.scope, &ask, "co.pdf", "application/pdf", fd);
	assert_int_equal(ftruncate(fd, 100), 0);
	wait_for(&man);
	assert_int_equal(got.err.fault, FAULT_DEVICE);
	assert_int_equal(ftruncate(fd, 0), 0);
	file_attach(store, &man.scope, &ask, "trong.pdf", "application/pdf", fd);
	wait_for(&man);
	assert_int_equal(got.err.fault, FAULT_INPUT);
	file_attach(store, &man.scope, &ask, "bo.pdf", "application/pdf", fd);
	log_out(&man); /* ends it silently */
	assert_int_equal(got.done, 0);
	close(fd);
	unlink(path);
}

/* ---- keys ---- */

static struct key_list keys;

static void on_keys(struct keys_ask *ask, int64_t key_id, const struct key_list *list,
                    const struct error *err)
{
	(void)ask;
	got.id = key_id;
	if (list)
		keys = *list;
	note(err);
}

static void keys_are_known_without_a_network(void **state)
{
	(void)state;
	struct counter man;
	struct seal_key key;
	struct error err;
	char folder[] = "/tmp/mckeys.XXXXXX", path[64];
	assert_non_null(mkdtemp(folder));
	assert_true(seal_key_open(&key, folder, &err));
	log_in(&man, "man", PASSWORD, "Q1");
	struct keys_ask ask = { .done = on_keys, .into = &man.arena };
	keys_register(session_store(man.session), &man.scope, &ask, "Q1", key.public);
	wait_for(&man);
	good();
	int64_t id = got.id;
	keys_register(session_store(man.session), &man.scope, &ask, "Q1", key.public);
	wait_for(&man);
	assert_int_equal(got.id, id); /* once */
	keys_read(session_store(man.session), &man.scope, &ask);
	wait_for(&man);
	good();
	assert_memory_equal(keys_find(&keys, id)->public, key.public, SEAL_PUBLIC_SIZE);
	snprintf(path, sizeof path, "%s/keys", folder);
	assert_true(keys_save(&keys, path, &err));
	struct key_list again;
	assert_true(keys_load(&again, &man.arena, path, &err));
	assert_int_equal(again.count, keys.count);
	assert_memory_equal(keys_find(&again, id), keys_find(&keys, id), sizeof *keys.keys);
	assert_int_equal(truncate(path, 60), 0);
	assert_false(keys_load(&again, &man.arena, path, &err)); /* half a line */
	assert_int_equal(unlink(path), 0);
	assert_true(keys_load(&again, &man.arena, path, &err));
	assert_int_equal(again.count, 0);
	seal_key_wipe(&key);
	log_out(&man);
	snprintf(path, sizeof path, "rm -rf %s", folder);
	assert_int_equal(system(path), 0);
}

/* ---- confirmations ---- */

static void on_admin(struct admin_ask *ask, const struct error *err)
{
	(void)ask;
	note(err);
}

static void a_supervisor_confirms(void **state)
{
	(void)state;
	struct counter hue;
	log_in(&hue, "hue", PASSWORD, NULL);
	struct store *store = session_store(hue.session);
	struct admin_ask ask = { .done = on_admin };
	struct admin_confirm confirm = { .procedure = "1.004873", .basis = "NQ 12/2026/NQ-HĐND",
		.from = DAY_NONE, .name = "Lệ phí", .amount = 12000, .value = 2.5,
		.unit = "working_day" };
	int heard = hue.changed;
	admin_confirm_fee(store, &hue.scope, &ask, &confirm);
	wait_for(&hue);
	good();
	turn(&hue, &hue.changed, heard + 1);
	assert_string_equal(hue.what, "catalogue");
	admin_confirm_limit(store, &hue.scope, &ask, &confirm);
	wait_for(&hue);
	good();
	confirm.name = "Tờ khai";
	confirm.originals = 2;
	confirm.required = true;
	admin_confirm_component(store, &hue.scope, &ask, &confirm);
	wait_for(&hue);
	good();
	confirm.basis = " ";
	admin_confirm_fee(store, &hue.scope, &ask, &confirm);
	wait_for(&hue);
	assert_string_equal(got.err.code, "MC005");
	log_out(&hue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_arrives_whole),
		cmocka_unit_test(keys_are_known_without_a_network),
		cmocka_unit_test(a_supervisor_confirms),
	};
	return cmocka_run_group_tests(tests, start_world, stop_server);
}
