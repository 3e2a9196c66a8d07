/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/command/copies.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/command/shop.h"

static char copy[300];

static bool there(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0;
}

void a_copy_is_whole_private_and_proved(void **state)
{
	struct stat info;
	(void)state;
	/* What a backup that was killed left: of the day before it goes, of now it may be at work. */
	asked("mkdir -p %s && touch -d '2 days ago' %s", shop_path("data/backup/motcua-20260101-000000.part"), shop_path("data/backup/motcua-20260101-000000.part"));
	asked("mkdir -p %s", shop_path("data/backup/motcua-20260102-000000.part"));
	shop_write("data/printers.ini", "[printer \"Hai\"]\ncarrier = file\naddress = /tmp\n", 0600);
	/* Files that settings and profiles name elsewhere: one can be read, one cannot. */
	shop_write("roots.pem", "gốc\n", 0600);
	char ini[600];
	snprintf(ini, sizeof ini, "[sign]\nroots = %s\n[courier]\nsecrets = %s\n", shop_path("roots.pem"), shop_path("nowhere"));
	shop_write("named.ini", ini, 0600);
	shop_write("key.pem", "khoá\n", 0600);
	asked("psql -XAtq -v ON_ERROR_STOP=1 -h %s -U motcua_admin -d motcua -c \"insert into motcua.profile select system, version + 1, digest,"
	      " jsonb_set(data, '{key_file}', to_jsonb('%s'::text)), 'test' from motcua.profile where system = 'tinh' order by version desc limit 1\"",
	      shop_path("run"), shop_path("key.pem"));
	tell_first("--config", shop_path("named.ini"));
	const struct told *told = tell(NULL, "backup", "--json", NULL);
	ended(told, 0);
	json_t *answer = told_json(told);
	assert_true(json_integer_value(json_object_get(answer, "dossiers")) > 0);
	snprintf(copy, sizeof copy, "%s", told_text(answer, "copy"));
	assert_int_equal(stat(copy, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0700);
	assert_string_equal(asked("cd %s && sha256sum --quiet -c SHA256SUMS && find . -type f -perm /077 | wc -l", copy), "0\n");
	asked("cmp %s/keys/counter.key %s", copy, shop_path("data/counter.key"));
	assert_string_equal(asked("cat %s/outside/1", copy), "gốc\n");
	assert_string_equal(asked("cut -f1 %s/outside/list | tr '\\n' ' '", copy), "- 1 2 ");
	assert_string_equal(asked("cat %s/outside/2", copy), "khoá\n");
	has(tell(NULL, "doctor", NULL)->out, shop_path("nowhere"));
	assert_false(there(shop_path("data/backup/proved")));
	assert_false(there(shop_path("data/backup/motcua-20260101-000000.part")));
	assert_true(there(shop_path("data/backup/motcua-20260102-000000.part")));
	asked("rmdir %s", shop_path("data/backup/motcua-20260102-000000.part"));
	told = tell(NULL, "backup", "--verify", NULL);
	ended(told, 0);
	has(told->out, "dựng lại được");
	asked("test -s %s/proved", copy);
	assert_string_equal(asked("ls -d %s 2>/dev/null | wc -l", shop_path("data/proof-*")), "0\n");
	told = tell(NULL, "doctor", NULL);
	has(told->out, "dựng thử được lần cuối 0 ngày trước");
	/* It works on beside. */
	ended(tell(NULL, "search", shop_code, NULL), 0);
}

/* The same database as if it stood elsewhere: taken with pg_dump, proved in a fresh cluster. */
void a_server_elsewhere_is_dumped(void **state)
{
	char ini[600];
	(void)state;
	snprintf(ini, sizeof ini, "[database]\nserver = host=%s dbname=motcua\nadmin = host=%s dbname=motcua user=motcua_admin\n[backup]\nfolder = %s\n",
	         shop_path("run"), shop_path("run"), shop_path("elsewhere"));
	shop_write("elsewhere.ini", ini, 0600);
	tell_first("--config", shop_path("elsewhere.ini"));
	const struct told *told = tell(NULL, "backup", "--json", NULL);
	ended(told, 0);
	char dumped[300];
	snprintf(dumped, sizeof dumped, "%s", told_text(told_json(told), "copy"));
	asked("test -s %s/database.dump && test -s %s/roles.sql && test ! -e %s/cluster", dumped, dumped, dumped);
	tell_first("--config", shop_path("elsewhere.ini"));
	ended(tell(NULL, "backup", "--verify", NULL), 0);
	asked("test -s %s/proved", dumped);
	asked("truncate -s -100 %s/database.dump", dumped);
	tell_first("--config", shop_path("elsewhere.ini"));
	ended(tell(NULL, "backup", "--verify", NULL), 2);
}

/* What was changed, cut, lost or added is named, and nothing of it is used. */
void a_damaged_copy_is_refused(void **state)
{
	(void)state;
	static const char *const harms[][2] = {
		{ "printf X | dd of=cluster/global/pg_control bs=1 seek=900 conv=notrunc", "cluster/global/pg_control" },
		{ "truncate -s -1 $(ls cluster/pg_wal/0* | head -1)", "cluster/pg_wal/" },
		{ "rm keys/counter.key", "keys/counter.key" },
		{ "echo x > cluster/base/pg_extra", "cluster/base/pg_extra" },
		{ "ln -s /etc/passwd cluster/link", "cluster/link" },
		{ "sed -i 's/^dossiers .*/dossiers 0/' facts", "facts" },
	};
	for (size_t i = 0; i < sizeof harms / sizeof harms[0]; i++) {
		const char *bad = shop_path("bad/motcua-20260101-000000");
		asked("rm -rf %s && mkdir -p %s && cp -a %s/. %s && cd %s && { %s; } 2>/dev/null", bad, bad, copy, bad, bad, harms[i][0]);
		const struct told *told = tell(NULL, "backup", "--verify", bad, NULL);
		ended(told, 2);
		has(told->err, harms[i][1]);
	}
	ended(tell(NULL, "restore", shop_path("bad"), NULL), 2);
	ended(tell(NULL, "backup", "--verify", shop_path("data/drafts"), NULL), 2);
	const struct told *told = tell(NULL, "restore", copy, NULL);
	assert_int_not_equal(told->status, 0);
	has(told->err, "Không phục hồi đè lên");
}

/* The machine is gone; another one opens the same dossier and knows its receipt for genuine. */
void what_was_lost_comes_back(void **state)
{
	(void)state;
	ended(tell(NULL, "stop", NULL), 0);
	asked("mv %s %s && rm -rf %s && mkdir -m 700 %s", shop_path("data/backup"), shop_path("kept"), shop_path("data"), shop_path("data"));
	/* What fails when the server already runs leaves no database whose numbers were not moved; it can be done again. */
	const char *spoilt = shop_path("spoilt");
	asked("cp -a %s %s && cd %s%s && sed -i 's/^dossiers .*/dossiers 999999/' facts &&"
	      " sed -i \"s/^[0-9a-f]*\\(  [./]*facts\\)$/$(sha256sum facts | cut -c1-64)\\1/\" SHA256SUMS", shop_path("kept"), spoilt, spoilt, strrchr(copy, '/'));
	const struct told *told = tell(NULL, "restore", spoilt, NULL);
	ended(told, 2);
	has(told->err, "hồ sơ");
	assert_false(there(shop_path("data/cluster")));
	assert_string_equal(asked("ls -d %s 2>/dev/null | wc -l", shop_path("data/proof-*")), "0\n");
	told = tell(NULL, "restore", "--json", shop_path("kept"), NULL);
	ended(told, 0);
	assert_string_equal(asked("ls -d %s 2>/dev/null | wc -l", shop_path("data/proof-*")), "0\n");
	assert_true(json_integer_value(json_object_get(told_json(told), "dossiers")) > 0);
	told = tell(NULL, "search", "--json", shop_code, NULL);
	ended(told, 0);
	assert_string_equal(told_text(json_array_get(told_json(told), 0), "code"), shop_code);
	ended(tell(shop_qr, "verify", "-", NULL), 0);
	has(asked("cat %s", shop_path("data/printers.ini")), "Hai");
	/* No code that was given after the copy was made is given again. */
	told = tell("{\"procedure\": \"1.004873\", \"owner\": {\"name\": \"Lê Văn Sau\", \"id_number\": \"089099990056\"},"
	            " \"components\": [{\"seq\": 1, \"action\": \"submit\", \"originals\": 1}, {\"name\":"
	           " \"Hộ chiếu/Thẻ căn cước công dân\", \"action\": \"show\"}], \"paid\": \"cash\","
	            " \"fees\": [{\"amount\": 8000, \"basis\": \"NQ 01/2025/NQ-HĐND\"}], \"limit\": {\"value\": 3, \"unit\": \"working_day\","
	            " \"basis\": \"Luật Hộ tịch\"}}", "receive", "--json", "--out", shop_path("sau.pdf"), "-", NULL);
	ended(told, 0);
	assert_true(atoi(strrchr(told_text(told_json(told), "code"), '-') + 1) > 2000);
	/* One more, and only the newest stay with the one that was proved. */
	ended(tell(NULL, "backup", "--keep", "1", shop_path("kept"), NULL), 0);
	assert_string_equal(asked("ls %s | wc -l", shop_path("kept")), "2\n");
}
