/* SPDX-License-Identifier: Apache-2.0
 *
 * A PKCS#11 module in front of another one (LOCKING_MODULE), with what SoftHSM lacks and
 * tokens have: after three wrong PINs it is locked and says so before, and it is pulled out
 * after so many signatures.  The file LOCKING_STATE holds "wrong left": how many PINs were
 * wrong, and how many signatures it makes yet, -1: any number.
 *
 * LOCKING_PAD: it has keys of its own and takes no PIN from the program; what is typed there.
 * LOCKING_EACH: its keys want a log-in of their own before each signature; LOCKING_EACH_SEEN
 * is the file that gets a letter for each. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <p11-kit/pkcs11.h>

#define TRIES 3

static CK_FUNCTION_LIST mine, *behind;

static void read_state(int *wrong, int *left)
{
	const char *path = getenv("LOCKING_STATE");
	FILE *file = path ? fopen(path, "r") : NULL;
	*wrong = 0;
	*left = -1;
	if (file) {
		if (fscanf(file, "%d %d", wrong, left) != 2)
			abort();
		fclose(file);
	}
}

static void write_state(int wrong, int left)
{
	const char *path = getenv("LOCKING_STATE");
	FILE *file = path ? fopen(path, "w") : NULL;
	if (!file)
		abort();
	fprintf(file, "%d %d\n", wrong, left);
	fclose(file);
}

static CK_SESSION_HANDLE allowed; /* one signature, by a log-in for it; 0: none */

static CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info)
{
	int wrong, left;
	CK_RV rv = behind->C_GetTokenInfo(slot, info);
	read_state(&wrong, &left);
	if (rv == CKR_OK) {
		info->flags &= ~(CK_FLAGS)(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED);
		info->flags |= wrong >= TRIES       ? CKF_USER_PIN_LOCKED
		             : wrong == TRIES - 1 ? CKF_USER_PIN_FINAL_TRY
		             : wrong > 0          ? CKF_USER_PIN_COUNT_LOW
		                                  : 0;
		if (getenv("LOCKING_PAD"))
			info->flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
	}
	return rv;
}

static void note_each(void)
{
	FILE *file = fopen(getenv("LOCKING_EACH_SEEN"), "a");
	if (!file || fputs("x", file) < 0 || fclose(file) != 0)
		abort();
}

/* The PIN of whoever stands before the device; empty: he goes away. */
static CK_RV typed_there(CK_UTF8CHAR_PTR *pin, CK_ULONG *size)
{
	char *typed = getenv("LOCKING_PAD");
	if (!typed)
		return CKR_OK;
	if (*pin)
		return CKR_ARGUMENTS_BAD; /* a PIN that passed through the program is refused */
	*pin = (CK_UTF8CHAR_PTR)typed;
	*size = 0;
	while (typed[*size])
		++*size;
	return *typed ? CKR_OK : CKR_FUNCTION_CANCELED;
}

static CK_RV log_in(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG size)
{
	int wrong, left;
	read_state(&wrong, &left);
	if (wrong >= TRIES)
		return CKR_PIN_LOCKED;
	CK_RV rv = typed_there(&pin, &size);
	if (rv != CKR_OK)
		return rv;
	if (user == CKU_CONTEXT_SPECIFIC && getenv("LOCKING_EACH")) {
		const char *right = getenv("LOCKING_EACH");
		if (strlen(right) != size || memcmp(right, pin, size) != 0)
			return CKR_PIN_INCORRECT;
		allowed = session;
		note_each();
		return CKR_OK;
	}
	rv = behind->C_Login(session, user, pin, size);
	if (rv == CKR_PIN_INCORRECT)
		write_state(wrong + 1, left);
	else if (rv == CKR_OK)
		write_state(0, left);
	return rv;
}

static CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG size, CK_BYTE_PTR out, CK_ULONG_PTR out_size)
{
	int wrong, left;
	read_state(&wrong, &left);
	if (left == 0)
		return CKR_DEVICE_REMOVED;
	if (getenv("LOCKING_EACH") && allowed != session)
		return CKR_USER_NOT_LOGGED_IN;
	if (out)
		allowed = 0;
	CK_RV rv = behind->C_Sign(session, data, size, out, out_size);
	if (rv == CKR_OK && out && left > 0)
		write_state(wrong, left - 1);
	return rv;
}

static CK_RV get_attributes(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR list, CK_ULONG count)
{
	CK_RV rv = behind->C_GetAttributeValue(session, object, list, count);
	for (CK_ULONG i = 0; getenv("LOCKING_EACH") && i < count; i++)
		if (list[i].type == CKA_ALWAYS_AUTHENTICATE && list[i].pValue && list[i].ulValueLen == sizeof(CK_BBOOL))
			*(CK_BBOOL *)list[i].pValue = CK_TRUE;
	return rv;
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list)
{
	const char *path = getenv("LOCKING_MODULE");
	void *library = path ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;
	CK_C_GetFunctionList get = NULL;
	if (library)
		*(void **)&get = dlsym(library, "C_GetFunctionList");
	if (!get || get(&behind) != CKR_OK)
		return CKR_GENERAL_ERROR;
	mine = *behind;
	mine.C_GetTokenInfo = get_token_info;
	mine.C_Login = log_in;
	mine.C_Sign = sign;
	mine.C_GetAttributeValue = get_attributes;
	*list = &mine;
	return CKR_OK;
}
