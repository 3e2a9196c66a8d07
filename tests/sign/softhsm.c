/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sign/softhsm.h"

#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SO_PIN "13572468"

__attribute__((format(printf, 1, 2))) static void run(const char *format, ...)
{
	char command[1200];
	va_list args;
	va_start(args, format);
	vsnprintf(command, sizeof command, format, args);
	va_end(args);
	if (system(command) != 0)
		fail_msg("%s", command);
}

const char *softhsm_module(void)
{
	static const char *const paths[] = { "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
		                             "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so" };
	for (size_t i = 0; i < COUNT(paths); i++)
		if (access(paths[i], R_OK) == 0)
			return paths[i];
	return "";
}

void softhsm_use(const struct softhsm *hsm)
{
	char path[96];
	snprintf(path, sizeof path, "%s/softhsm2.conf", hsm->folder);
	assert_int_equal(setenv("SOFTHSM2_CONF", path, 1), 0);
}

void softhsm_open(struct softhsm *hsm)
{
	char path[96];
	*hsm = (struct softhsm){ .folder = "/tmp/motcua-token-XXXXXX" };
	assert_non_null(mkdtemp(hsm->folder));
	snprintf(path, sizeof path, "%s/tokens", hsm->folder);
	assert_int_equal(mkdir(path, 0700), 0);
	softhsm_use(hsm);
	FILE *file = fopen(getenv("SOFTHSM2_CONF"), "w");
	assert_non_null(file);
	fprintf(file, "directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n", path);
	fclose(file);
}

void softhsm_plug(struct softhsm *hsm, const char *label)
{
	softhsm_use(hsm);
	run("softhsm2-util --init-token --free --label %s --pin %s --so-pin %s >/dev/null", label, SOFTHSM_PIN, SO_PIN);
}

void softhsm_bring(struct softhsm *hsm, const char *label, const struct signer *signer, bool with_cert, bool with_key)
{
	char cert[96], key[96];
	int id = ++hsm->count;
	softhsm_use(hsm);
	snprintf(cert, sizeof cert, "%s/cert.der", hsm->folder);
	snprintf(key, sizeof key, "%s/key.pem", hsm->folder);
	signer_write_parts(signer, cert, key);
	if (with_cert)
		run("pkcs11-tool --module %s --token-label %s --login --pin %s --write-object %s --type cert --id %02x >/dev/null 2>&1",
		    softhsm_module(), label, SOFTHSM_PIN, cert, id);
	if (with_key)
		run("softhsm2-util --import %s --token %s --label khoa-%d --id %02x --pin %s >/dev/null", key, label, id, id,
		    SOFTHSM_PIN);
	unlink(key);
}

void softhsm_remove(struct softhsm *hsm)
{
	run("rm -r %s", hsm->folder);
}
